"""Test every state of the availability of a room and each of its boundaries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.rooms.availability import (
    Availability,
    Circumstances,
    Forecast,
    Rules,
    forecast,
)
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule
from custom_components.meeting_rooms.rooms.usage import Usage

from .bookings import SECOND, at, booking, schedule

IDLE = (("0:00", False),)
UNKNOWN = (("0:00", None),)
UNREACHABLE = [RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN]


def room(
    times: str | None,
    uses: tuple[tuple[str, bool | None], ...] = IDLE,
    *,
    status: RoomStatus | None = None,
    span_seen: datetime | None = None,
    rules: Rules = Rules(),
) -> Circumstances:
    """Return a room with the bookings and the use of a day."""
    usage = Usage()
    for clock, used in uses:
        usage = usage.updated(used, at(clock))
    return Circumstances(
        schedule=None if times is None else schedule(*times.split()),
        status=status,
        usage=usage,
        span_seen=span_seen,
        rules=rules,
    )


def seen(known: Circumstances, clock: str) -> str:
    """Return the availability at a time, and until when as "HH:MM"."""
    found = forecast(known, at(clock))
    until = "" if found.until is None else f" {found.until:%H:%M}"
    return f"{found.availability}{until}"


def changes(known: Circumstances, first: str, last: str) -> list[str]:
    """Return the moments at which the forecast announces a change."""
    announced, moment = [], forecast(known, at(first)).changes_at
    while moment is not None and moment <= at(last):
        announced.append(f"{moment:%H:%M}")
        moment = forecast(known, moment).changes_at
    return announced


class TestWithoutBooking:
    """The room is not booked now."""

    def test_an_empty_room_is_free_until_the_next_booking(self) -> None:
        """Without a next booking the end is not known."""
        assert seen(room("10:00-11:00"), "9:00") == "free 10:00"
        assert seen(room("10:00-11:00"), "11:00") == "free"
        assert seen(room(""), "9:00") == "free"

    @pytest.mark.parametrize("uses", [IDLE, UNKNOWN])
    def test_a_booking_starts_soon_at_the_second(
        self, uses: tuple[tuple[str, bool | None]]
    ) -> None:
        """Ten minutes before it by default, also where the use is unknown."""
        known = room("10:00-11:00", uses)
        assert seen(known, "9:49:59") == "free 10:00"
        assert seen(known, "9:50:00") == "starting_soon 10:00"
        assert seen(known, "9:59:59") == "starting_soon 10:00"
        assert seen(known, "10:00:00") == "booked 11:00"
        assert changes(known, "9:00", "10:00") == ["09:50", "10:00"]

    def test_the_time_of_starting_soon_is_an_option(self) -> None:
        """The next booking starts soon from then on."""
        known = room("10:00-11:00", rules=Rules(soon=timedelta(minutes=60)))
        assert seen(known, "8:59:59") == "free 10:00"
        assert seen(known, "9:00:00") == "starting_soon 10:00"

    def test_a_short_gap_is_starting_soon(self) -> None:
        """The next booking is near when the last one ends."""
        known = room("9:00-9:55 10:00-11:00", (("9:00", True), ("9:55", False)))
        assert seen(known, "9:55") == "starting_soon 10:00"

    def test_a_use_without_booking_is_unbooked(self) -> None:
        """Its end is unknown, and the next booking does not start soon."""
        known = room("10:00-11:00", (("0:00", False), ("9:00", True)))
        assert seen(known, "9:00") == "unbooked_use"
        assert seen(known, "9:59:59") == "unbooked_use"
        assert seen(known, "10:00:00") == "in_use 11:00"

    @pytest.mark.parametrize(
        ("began", "state"),
        [
            ("8:00", "running_over"),
            ("9:00", "running_over"),
            ("9:59:59", "running_over"),
            ("10:00:00", "unbooked_use"),
            ("10:00:01", "unbooked_use"),
        ],
    )
    def test_a_meeting_runs_over_its_booking(self, began: str, state: str) -> None:
        """A use that begins when the booking ends is another one."""
        known = room("9:00-10:00", (("0:00", False), (began, True)))
        assert seen(known, "10:00:01") == state
        assert seen(known, "20:00") == state

    def test_a_meeting_that_was_left_no_longer_runs_over(self) -> None:
        """The next use is an unbooked one."""
        left = room("9:00-10:00", (("9:00", True), ("10:05", False)))
        assert seen(left, "10:05") == "free"
        again = replace(left, usage=left.usage.updated(True, at("10:06")))
        assert seen(again, "10:06") == "unbooked_use"

    def test_an_unknown_use_does_not_end_running_over(self) -> None:
        """It is a gap of the knowledge, not of the use."""
        known = room("9:00-10:00", (("9:00", True), ("10:05", None)))
        assert seen(known, "10:05") == "free"
        again = replace(known, usage=known.usage.updated(True, at("10:06")))
        assert seen(again, "10:06") == "running_over"

    @pytest.mark.parametrize("status", UNREACHABLE)
    def test_an_unreachable_room_is_offline(self, status: RoomStatus) -> None:
        """It is booked when a booking starts."""
        known = room("10:00-11:00", UNKNOWN, status=status)
        assert seen(known, "9:00") == "offline"
        assert seen(known, "9:55") == "offline"
        assert seen(known, "10:00") == "booked 11:00"
        assert seen(known, "11:00") == "offline"

    @pytest.mark.parametrize("status", UNREACHABLE)
    def test_sensors_know_the_use_of_an_unreachable_room(
        self, status: RoomStatus
    ) -> None:
        """It is not offline then."""
        assert seen(room("", IDLE, status=status), "9:00") == "free"
        used = room("", (("8:00", True),), status=status)
        assert seen(used, "9:00") == "unbooked_use"

    def test_a_room_that_is_not_set_up_is_free(self) -> None:
        """Only its bookings are known."""
        known = room("", UNKNOWN, status=RoomStatus.NOT_BOUND)
        assert seen(known, "9:00") == "free"

    def test_a_request_does_not_book_the_room(self) -> None:
        """The room is free until the next confirmed booking."""
        requested = booking("10:00", "11:00", tentative=True)
        confirmed = booking("12:00", "13:00")
        known = replace(room(""), schedule=RoomSchedule((requested, confirmed)))
        assert seen(known, "9:55") == "free 12:00"
        assert seen(known, "10:30") == "free 12:00"
        used = replace(known, usage=known.usage.updated(True, at("10:30")))
        assert seen(used, "11:30") == "unbooked_use"


class TestDuringBooking:
    """The room is booked now."""

    def test_a_used_room_is_in_use_until_its_booking_ends(self) -> None:
        """The end excludes its second."""
        known = room("10:00-11:00", (("0:00", False), ("10:03", True)))
        assert seen(known, "10:03") == "in_use 11:00"
        assert seen(known, "10:59:59") == "in_use 11:00"
        assert seen(known, "11:00:00") == "running_over"
        assert changes(known, "10:03", "23:00") == ["11:00"]

    def test_a_booking_is_a_no_show_at_the_second(self) -> None:
        """Ten minutes after its start by default."""
        known = room("10:00-11:00")
        assert seen(known, "10:09:59") == "booked 11:00"
        assert seen(known, "10:10:00") == "no_show 11:00"
        assert seen(known, "10:59:59") == "no_show 11:00"
        assert seen(known, "11:00:00") == "free"
        assert changes(known, "10:00", "23:00") == ["10:10", "11:00"]

    def test_the_time_of_a_no_show_is_an_option(self) -> None:
        """A booking that ends before is none."""
        known = room(
            "10:00-10:30 11:00-12:00", rules=Rules(no_show=timedelta(minutes=30))
        )
        assert seen(known, "10:29:59") == "booked 10:30"
        assert seen(known, "11:29:59") == "booked 12:00"
        assert seen(known, "11:30:00") == "no_show 12:00"

    def test_a_booking_seen_late_is_a_no_show_later(self) -> None:
        """The time counts from when it was first seen."""
        known = room("10:00-11:00", span_seen=at("10:25"))
        assert seen(known, "10:34:59") == "booked 11:00"
        assert seen(known, "10:35:00") == "no_show 11:00"
        assert changes(known, "10:25", "23:00") == ["10:35", "11:00"]

    def test_a_booking_seen_early_is_a_no_show_after_its_start(self) -> None:
        """It was known before it began."""
        known = room("10:00-11:00", span_seen=at("8:00"))
        assert seen(known, "10:09:59") == "booked 11:00"
        assert seen(known, "10:10:00") == "no_show 11:00"

    def test_a_no_show_ends_when_the_room_is_used(self) -> None:
        """The room is not a no-show again when it is left."""
        known = room("10:00-11:00", (("0:00", False), ("10:20", True)))
        assert seen(known, "10:20") == "in_use 11:00"
        left = replace(known, usage=known.usage.updated(False, at("10:30")))
        assert seen(left, "10:30") == "booked 11:00"
        assert seen(left, "10:35") == "ended_early"

    @pytest.mark.parametrize(
        ("end", "state"),
        [("12:59:59", "no_show"), ("13:00:00", "booked"), ("13:00:01", "booked")],
    )
    def test_a_long_booking_is_never_a_no_show(self, end: str, state: str) -> None:
        """Three hours are long by default."""
        known = room(f"10:00-{end}")
        assert forecast(known, at("12:50")).availability == state
        longer = replace(known, rules=Rules(no_show_exempt=timedelta(hours=4)))
        assert forecast(longer, at("12:50")).availability == Availability.NO_SHOW

    def test_an_exempt_booking_changes_only_at_its_end(self) -> None:
        """It can end early all the same."""
        assert changes(room("10:00-13:00"), "10:00", "23:00") == ["13:00"]
        left = room("10:00-13:00", (("10:00", True), ("11:00", False)))
        assert seen(left, "11:05") == "ended_early"

    def test_a_meeting_ended_early_after_five_empty_minutes(self) -> None:
        """The room is available until the next booking."""
        uses = (("0:00", False), ("10:00", True), ("10:20", False))
        known = room("10:00-11:00 14:00-15:00", uses)
        assert seen(known, "10:20:00") == "booked 11:00"
        assert seen(known, "10:24:59") == "booked 11:00"
        assert seen(known, "10:25:00") == "ended_early 14:00"
        assert seen(known, "10:59:59") == "ended_early 14:00"
        assert seen(known, "11:00:00") == "free 14:00"
        assert changes(known, "10:20", "11:00") == ["10:25", "11:00"]

    def test_a_brief_use_is_no_no_show(self) -> None:
        """The room has been used, however briefly."""
        uses = (("0:00", False), ("10:08", True), ("10:08", False))
        known = room("10:00-11:00", uses)
        assert seen(known, "10:12:59") == "booked 11:00"
        assert seen(known, "10:13:00") == "ended_early"

    def test_a_use_before_the_booking_is_not_its_meeting(self) -> None:
        """One that ends when the booking starts is before it."""
        before = room("10:00-11:00", (("9:00", True), ("10:00", False)))
        assert seen(before, "10:10") == "no_show 11:00"
        into = room("10:00-11:00", (("9:00", True), ("10:00:01", False)))
        assert seen(into, "10:05:00") == "booked 11:00"
        assert seen(into, "10:05:01") == "ended_early"

    def test_a_room_of_unknown_use_is_booked(self) -> None:
        """It is neither a no-show nor ended early."""
        assert seen(room("10:00-11:00", UNKNOWN), "10:59:59") == "booked 11:00"
        left = room("10:00-11:00", (("10:00", True), ("10:20", None)))
        assert seen(left, "10:40") == "booked 11:00"
        empty = replace(left, usage=left.usage.updated(False, at("10:40")))
        assert seen(empty, "10:44:59") == "booked 11:00"
        assert seen(empty, "10:45:00") == "ended_early"

    def test_the_next_booking_follows_without_a_gap(self) -> None:
        """Booked until the last one ends; each is a no-show of its own."""
        known = room("10:00-11:00 11:00-12:00")
        assert seen(known, "10:05") == "booked 12:00"
        assert seen(known, "10:59:59") == "no_show 12:00"
        assert seen(known, "11:00:00") == "booked 12:00"
        assert seen(known, "11:10:00") == "no_show 12:00"
        assert changes(known, "10:00", "23:00") == ["10:10", "11:00", "11:10", "12:00"]

    def test_a_meeting_that_ended_early_frees_the_room_until_the_next(self) -> None:
        """The next booking has its own meeting."""
        uses = (("10:00", True), ("10:20", False))
        known = room("10:00-11:00 11:00-12:00", uses)
        assert seen(known, "10:25") == "ended_early 11:00"
        assert seen(known, "11:00") == "booked 12:00"
        assert seen(known, "11:10") == "no_show 12:00"

    def test_overlapping_bookings_are_one(self) -> None:
        """The second one is no booking of its own."""
        known = room("10:00-11:00 10:30-12:00")
        assert seen(known, "10:05") == "booked 12:00"
        assert seen(known, "11:30") == "no_show 12:00"
        left = room("10:00-11:00 10:30-12:00", (("10:00", True), ("10:10", False)))
        assert seen(left, "11:30") == "ended_early"


class TestUnknownBookings:
    """No source of bookings is known."""

    def test_the_room_is_free_in_use_or_offline(self) -> None:
        """Until when is never known, and the time changes nothing."""
        now = at("10:00")
        free, used = room(None), room(None, (("9:00", True),))
        assert forecast(free, now) == Forecast(Availability.FREE)
        assert forecast(used, now) == Forecast(Availability.IN_USE)

    @pytest.mark.parametrize("status", UNREACHABLE)
    def test_an_unreachable_room_is_offline(self, status: RoomStatus) -> None:
        """Sensors know the use of it all the same."""
        now = at("10:00")
        offline = forecast(room(None, UNKNOWN, status=status), now)
        assert offline == Forecast(Availability.OFFLINE)
        empty = forecast(room(None, IDLE, status=status), now)
        assert empty == Forecast(Availability.FREE)

    def test_a_room_of_unknown_use_is_unknown(self) -> None:
        """There is nothing to conclude from."""
        assert forecast(room(None, UNKNOWN), at("10:00")) == Forecast(None)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 3, 17), datetime(2026, 3, 18)),
        (datetime(2026, 3, 17, 23, 30), datetime(2026, 3, 18, 0, 30)),
        (datetime(2026, 3, 28), datetime(2026, 3, 31)),
        (datetime(2026, 3, 29, 1, 55), datetime(2026, 3, 29, 3, 5)),
        (datetime(2026, 10, 25, 2, 55), datetime(2026, 10, 25, 2, 5, fold=1)),
    ],
)
def test_bookings_over_midnight_and_daylight_changes(
    start: datetime, end: datetime
) -> None:
    """They begin and end at their second."""
    berlin = ZoneInfo("Europe/Berlin")
    start, end = (each.replace(tzinfo=berlin).astimezone(UTC) for each in (start, end))
    bookings = (Booking(booking_id="1", start=start, end=end),)
    known = replace(room(""), schedule=RoomSchedule(bookings))
    assert forecast(known, start - SECOND).availability == Availability.STARTING_SOON
    assert forecast(known, start).availability == Availability.BOOKED
    assert forecast(known, start).until == end
    assert forecast(known, end - SECOND).until == end
    assert forecast(known, end) == Forecast(Availability.FREE)
