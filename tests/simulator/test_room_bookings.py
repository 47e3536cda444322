"""Test what is booked in the rooms of the simulated company."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from simulator import RoomBookingStatus, Simulator
from simulator.company.room_bookings import RoomBooking

HOUR = 3600
ROOMS = [("tencent_meeting", "100001"), ("wecom", "RoomId001"), ("quanshi", "6516")]
PLANNED = ["tencent_meeting", "wecom"]
ROOM = "100001"


@pytest.fixture
def sim() -> Simulator:
    """Return forty rooms whose states change only when a test changes them."""
    return Simulator(rooms=40, seed=1, speed=0)


def day(sim: Simulator, vendor: str, room_id: str) -> list[RoomBooking]:
    """Return the bookings of a room within half a day of now."""
    now = sim.company.clock.now
    return sim.company.bookings.between(
        vendor, room_id, now - 12 * HOUR, now + 12 * HOUR
    )


@pytest.mark.parametrize(("vendor", "room_id"), ROOMS)
def test_a_room_is_booked_moved_and_cancelled(
    sim: Simulator, vendor: str, room_id: str
) -> None:
    """A cancelled booking stays in the list with its status."""
    company, now = sim.company, int(sim.company.clock.now)
    company.clear_bookings(vendor, room_id)
    made = company.book(vendor, room_id, now, now + HOUR, subject="Board")
    assert day(sim, vendor, room_id) == [made]
    assert (made.start, made.end, made.subject) == (now, now + HOUR, "Board")
    moved = company.move_booking(vendor, made.booking_id, end=now + 2 * HOUR)
    assert day(sim, vendor, room_id) == [moved]
    assert (moved.start, moved.end) == (now, now + 2 * HOUR)
    cancelled = company.cancel_booking(vendor, made.booking_id)
    assert day(sim, vendor, room_id) == [cancelled]
    assert cancelled.status is RoomBookingStatus.CANCELLED


@pytest.mark.parametrize(("vendor", "room_id"), ROOMS)
def test_a_requested_booking_has_its_status(
    sim: Simulator, vendor: str, room_id: str
) -> None:
    """Times may be dates with a time zone."""
    sim.company.clear_bookings(vendor, room_id)
    start = datetime.fromtimestamp(int(sim.company.clock.now), UTC)
    end = start.replace(year=start.year + 1)
    status = RoomBookingStatus.REQUESTED
    made = sim.company.book(vendor, room_id, start, end, status=status)
    assert made.start == start.timestamp()
    assert [each.status for each in day(sim, vendor, room_id)] == [status]


def test_a_host_ends_a_meeting_early(sim: Simulator) -> None:
    """The booked end stays."""
    now = int(sim.company.clock.now)
    made = sim.company.book("wecom", "RoomId001", now - HOUR, now + HOUR)
    ended = sim.company.end_booking("wecom", made.booking_id)
    assert (ended.ended_at, ended.end) == (now, now + HOUR)


def test_bookings_say_nothing_about_presence(sim: Simulator) -> None:
    """A booked room is empty before a meeting starts, and a meeting books nothing."""
    company, now = sim.company, sim.company.clock.now
    company.end_meeting("tencent_meeting", ROOM)
    company.clear_bookings("tencent_meeting", ROOM)
    company.book("tencent_meeting", ROOM, now, now + HOUR)
    assert sim.truth()["tencent_meeting"][ROOM] == "idle"
    company.clear_bookings("tencent_meeting", ROOM)
    company.start_meeting("tencent_meeting", ROOM)
    assert day(sim, "tencent_meeting", ROOM) == []


@pytest.mark.parametrize("vendor", PLANNED)
def test_planned_bookings_do_not_overlap(sim: Simulator, vendor: str) -> None:
    """They begin and end at full minutes, and the room is booked most of the day."""
    found = [day(sim, vendor, room_id) for room_id in sim.company.rooms_of(vendor).ids]
    pairs = [pair for bookings in found for pair in pairwise(bookings)]
    assert all(one.end <= other.start for one, other in pairs)
    assert {each.start % 60 for bookings in found for each in bookings} == {0}
    assert min(len(bookings) for bookings in found) > 5


@pytest.mark.parametrize("vendor", PLANNED)
def test_the_plan_has_every_kind_of_booking(sim: Simulator, vendor: str) -> None:
    """Some are cancelled, requested, recurring, or ended by the host."""
    found = [
        booking
        for room_id in sim.company.rooms_of(vendor).ids
        for booking in day(sim, vendor, room_id)
    ]
    assert {each.status for each in found} == {*RoomBookingStatus}
    assert {each.recurring_id is None for each in found} == {True, False}
    assert {each.ended_at is None for each in found} == {True, False}


def test_occurrences_have_one_recurring_id(sim: Simulator) -> None:
    """Each occurrence has an id of its own."""
    now = sim.company.clock.now
    found = [
        each
        for room in sim.company.tencent_meeting
        for each in room.bookings.between(now, now + 96 * HOUR)
        if each.recurring_id is not None
    ]
    series = Counter(each.recurring_id for each in found)
    assert min(series.values()) >= 3
    assert len({each.booking_id for each in found}) == len(found)


def test_some_bookings_are_moved_while_they_run(sim: Simulator) -> None:
    """The end changes at some time after the start."""
    now = sim.company.clock.now

    def ends() -> dict[str, int]:
        """Return the ends of the bookings of the next hours."""
        rooms = sim.company.tencent_meeting
        lists = [room.bookings.between(now, now + 6 * HOUR) for room in rooms]
        found = [each for bookings in lists for each in bookings]
        return {each.booking_id: each.end for each in found}

    before = ends()
    sim.company.advance(6 * HOUR)
    after = ends()
    moved = [each for each in before if after[each] > before[each]]
    assert 0 < len(moved) < len(before)


def test_a_planned_booking_is_moved_to_another_day(sim: Simulator) -> None:
    """It is no longer in the list of its day."""
    company, now = sim.company, sim.company.clock.now
    first = day(sim, "tencent_meeting", ROOM)[0]
    later = now + 48 * HOUR
    company.move_booking("tencent_meeting", first.booking_id, later, later + HOUR)
    assert first.booking_id not in {
        each.booking_id for each in day(sim, "tencent_meeting", ROOM)
    }
    found = company.bookings.between("tencent_meeting", ROOM, later, later + 1)
    assert first.booking_id in {each.booking_id for each in found}


def test_a_seed_gives_the_same_bookings(sim: Simulator) -> None:
    """The time of the start does not matter."""
    again = Simulator(rooms=40, seed=1, speed=0)
    assert [each.subject for each in day(sim, "wecom", "RoomId001")] == [
        each.subject for each in day(again, "wecom", "RoomId001")
    ]


def test_texts_contain_canaries(sim: Simulator) -> None:
    """Leak tests find the subject, the organizer, the code and the link."""
    booking = day(sim, "tencent_meeting", ROOM)[0]
    texts = (booking.subject, booking.organizer, booking.code, booking.link)
    assert all(sim.canaries.found_in(text) for text in texts)


@pytest.mark.parametrize("booking_id", ["", "1", "71000000205290999", "7100000xxxxxx"])
def test_an_unknown_booking_is_an_error(sim: Simulator, booking_id: str) -> None:
    """The error is a KeyError."""
    with pytest.raises(KeyError):
        sim.company.cancel_booking("tencent_meeting", booking_id)


def test_a_booking_ends_after_its_start(sim: Simulator) -> None:
    """Anything else is a ValueError."""
    with pytest.raises(ValueError, match="end"):
        sim.company.book("wecom", "RoomId001", 1000, 1000)


def test_at_a_high_speed_the_bookings_of_a_day_fit_on_a_page() -> None:
    """The days of a fast clock do not add up to more requests than a real office needs."""
    company = Simulator(rooms=40, seed=1, speed=60).company
    now = company.clock.now
    found = [
        company.bookings.between(
            "tencent_meeting", room, now - 24 * HOUR, now + 48 * HOUR
        )
        for room in company.tencent_meeting.ids
    ]
    assert min(map(len, found)) > 5
    assert max(map(len, found)) <= 20
