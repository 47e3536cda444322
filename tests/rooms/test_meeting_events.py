"""Test the events of the bookings of a room between two moments."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.rooms.availability import Availability
from custom_components.meeting_rooms.rooms.meeting_events import (
    MeetingEvent,
    Moment,
    meeting_events,
)
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule, merge

from .bookings import at, booking

FREE, NO_SHOW = Availability.FREE, Availability.NO_SHOW
MEETING = booking("10:00", "11:00", "1")
UNNAMED = booking("10:00", "11:00")


def moment(
    clock: str,
    *bookings: Booking,
    availability: Availability | None = Availability.BOOKED,
) -> Moment:
    """Return the bookings as known at a time; the window ends two days later."""
    return Moment(
        schedule=RoomSchedule(bookings),
        availability=availability,
        at=at(clock),
        window_end=at("48:00"),
    )


def lines(events: Sequence[MeetingEvent]) -> list[str]:
    """Return the events as "kind HH:MM-HH:MM"."""
    return [f"{each.kind} {each.start:%H:%M}-{each.end:%H:%M}" for each in events]


def between(before: Moment, after: Moment) -> list[str]:
    """Return the events between two moments."""
    return lines(meeting_events(before, after))


@pytest.mark.parametrize("made", [MEETING, UNNAMED])
def test_a_new_booking_is_booked_and_one_that_is_removed_cancelled(
    made: Booking,
) -> None:
    """With and without an id; other bookings do not matter."""
    other = booking("12:00", "13:00", "2")
    without, with_it = moment("9:00", other), moment("9:02", other, made)
    assert between(without, with_it) == ["booked 10:00-11:00"]
    assert between(with_it, without) == ["cancelled 10:00-11:00"]


def test_a_request_is_booked_when_it_is_confirmed() -> None:
    """And cancelled when it is only a request again."""
    requested = moment("9:00", replace(MEETING, tentative=True))
    confirmed = moment("9:00", MEETING)
    assert between(moment("9:00"), requested) == []
    assert between(requested, confirmed) == ["booked 10:00-11:00"]
    assert between(confirmed, requested) == ["cancelled 10:00-11:00"]
    assert between(requested, moment("9:00")) == []


@pytest.mark.parametrize("clock", ["11:00", "11:01"])
def test_a_booking_that_is_over_is_neither_booked_nor_cancelled(clock: str) -> None:
    """It is over at the second of its end."""
    assert between(moment("8:00"), moment(clock, MEETING)) == []
    assert between(moment("8:00", MEETING), moment(clock)) == []


def test_a_booking_that_enters_the_window_is_not_new() -> None:
    """Only one that starts before the end of the former window is."""
    before = moment("23:59")
    entered = booking("48:00", "49:00", "1")
    made = booking("47:59:59", "49:00", "2")
    after = replace(moment("24:00", entered, made), window_end=at("72:00"))
    assert between(before, after) == ["booked 23:59-01:00"]


def test_a_booking_that_leaves_the_window_is_not_cancelled() -> None:
    """Another time zone moves the end of the window back."""
    before = moment("9:00", booking("47:00", "48:00", "1"))
    after = replace(moment("9:01"), window_end=at("42:00"))
    assert between(before, after) == []


def test_an_empty_booking_is_not_booked() -> None:
    """It reserves nothing."""
    assert between(moment("9:00"), moment("9:00", booking("10:00", "10:00"))) == []


def test_another_end_is_the_same_booking() -> None:
    """It is longer or shorter, neither cancelled nor booked."""
    longer = booking("10:00", "12:00", "1")
    assert between(moment("9:00", MEETING), moment("9:01", longer)) == []
    assert between(moment("10:30", longer), moment("10:31", MEETING)) == []


def test_another_start_is_another_booking() -> None:
    """The one is cancelled, the other booked."""
    moved = booking("10:30", "11:00", "1")
    assert between(moment("9:00", MEETING), moment("9:01", moved)) == [
        "booked 10:30-11:00",
        "cancelled 10:00-11:00",
    ]


def test_another_end_without_an_id_is_another_booking() -> None:
    """There is nothing else to tell them apart by."""
    longer = booking("10:00", "12:00")
    assert between(moment("9:00", UNNAMED), moment("9:01", longer)) == [
        "booked 10:00-12:00",
        "cancelled 10:00-11:00",
    ]


def test_occurrences_that_share_an_id_are_told_apart() -> None:
    """One cancelled occurrence says nothing about the others."""
    later = booking("14:00", "15:00", "1")
    assert between(moment("9:00", MEETING, later), moment("9:01", later)) == [
        "cancelled 10:00-11:00"
    ]


@pytest.mark.parametrize("other", [UNNAMED, booking("10:00", "11:00", "other")])
def test_the_same_booking_of_another_source_is_no_event(other: Booking) -> None:
    """The same start and end is the same booking, before it and while it runs."""
    for first, second in (("9:00", "9:01"), ("10:30", "10:31")):
        assert between(moment(first, MEETING), moment(second, other)) == []
        assert between(moment(first, other), moment(second, MEETING)) == []


def test_another_title_is_no_event() -> None:
    """The booking is the same."""
    renamed = replace(MEETING, title="Renamed", organizer="Somebody")
    assert between(moment("9:00", MEETING), moment("9:01", renamed)) == []


def test_a_booking_starts_and_ends_at_its_second() -> None:
    """Once each, however often it is looked at."""
    clocks = ["9:59:59", "10:00", "10:00", "10:59:59", "11:00", "11:00", "12:00"]
    moments = [moment(clock, MEETING) for clock in clocks]
    assert [between(*pair) for pair in pairwise(moments)] == [
        ["started 10:00-11:00"],
        [],
        [],
        ["ended 10:00-11:00"],
        [],
        [],
    ]


def test_a_booking_made_with_a_past_start_is_started() -> None:
    """It runs already."""
    assert between(moment("10:20"), moment("10:21", MEETING)) == [
        "booked 10:00-11:00",
        "started 10:00-11:00",
    ]


def test_a_running_request_that_is_confirmed_is_started() -> None:
    """It did not reserve the room before; and ends as cancelled when it is withdrawn."""
    requested = moment("10:20", replace(MEETING, tentative=True))
    confirmed = moment("10:20", MEETING)
    events = ["booked 10:00-11:00", "started 10:00-11:00"]
    assert between(requested, confirmed) == events
    assert between(confirmed, requested) == ["cancelled 10:00-11:00"]


def test_a_running_booking_that_is_removed_is_cancelled() -> None:
    """It is not ended as well; one that is removed at its end is ended."""
    running = moment("10:30", MEETING)
    assert between(running, moment("10:59:59")) == ["cancelled 10:00-11:00"]
    assert between(running, moment("11:00")) == ["ended 10:00-11:00"]


def test_a_shortened_booking_is_ended_at_its_new_end() -> None:
    """Also one that is shortened to nothing."""
    running = moment("10:30", MEETING)
    for end in ("10:31", "10:00"):
        shortened = moment("10:31", booking("10:00", end, "1"))
        assert between(running, shortened) == [f"ended 10:00-{end}"]


def test_an_extended_booking_runs_on() -> None:
    """It ends at its new end."""
    extended = booking("10:00", "12:00", "1")
    running = moment("10:59", MEETING)
    assert between(running, moment("11:30", extended)) == []
    assert between(moment("11:30", extended), moment("12:00", extended)) == [
        "ended 10:00-12:00"
    ]


def test_a_booking_ends_before_the_next_one_starts() -> None:
    """Both at the same second, and after what was booked and cancelled."""
    second, third = booking("11:00", "12:00", "2"), booking("13:00", "14:00", "3")
    fourth = booking("15:00", "16:00", "4")
    before = moment("10:59", MEETING, second, third)
    after = moment("11:00", MEETING, second, fourth, availability=NO_SHOW)
    assert between(before, after) == [
        "booked 15:00-16:00",
        "cancelled 13:00-14:00",
        "ended 10:00-11:00",
        "no_show 11:00-12:00",
        "started 11:00-12:00",
    ]


@pytest.mark.parametrize("state", ["no_show", "ended_early"])
def test_a_changed_availability_is_an_event(state: str) -> None:
    """With the span of the bookings; once."""
    bookings = (MEETING, booking("10:30", "12:00", "2"))
    booked = moment("10:09", *bookings)
    changed = moment("10:10", *bookings, availability=Availability(state))
    assert between(booked, changed) == [f"{state} 10:00-12:00"]
    assert between(changed, changed) == []
    assert between(changed, booked) == []


@pytest.mark.parametrize("state", [None, *Availability])
def test_only_two_states_are_events(state: Availability | None) -> None:
    """An availability that was unknown did not change."""
    after = moment("10:10", MEETING, availability=state)
    events = {f"{state} 10:00-11:00"} & {
        "no_show 10:00-11:00",
        "ended_early 10:00-11:00",
    }
    assert between(moment("10:09", MEETING), after) == list(events)
    unknown = moment("10:09", MEETING, availability=None)
    assert between(unknown, after) == []


def test_a_state_without_a_booking_is_no_event() -> None:
    """The availability is of another moment."""
    after = moment("12:00", MEETING, availability=NO_SHOW)
    assert between(moment("11:59", MEETING, availability=FREE), after) == []


def test_unknown_bookings_have_no_events() -> None:
    """Neither the first known ones nor when the source fails."""
    unknown = replace(moment("10:20"), schedule=None)
    known = moment("10:20", MEETING, availability=NO_SHOW)
    assert between(unknown, known) == []
    assert between(known, unknown) == []
    assert between(unknown, unknown) == []


def test_a_source_that_comes_or_goes_is_no_event() -> None:
    """Its bookings were neither made nor cancelled."""
    one, two = booking("10:00", "11:00"), booking("12:00", "13:00")
    both = replace(moment("9:00"), schedule=merge([one], [two]))
    alone = replace(moment("9:30"), schedule=merge([one], None))
    assert between(both, alone) == []
    assert between(replace(alone, at=at("8:00")), both) == []
