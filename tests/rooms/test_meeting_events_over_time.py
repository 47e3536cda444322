"""Test that the events of random bookings are complete as time passes."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from hypothesis import given, strategies as st

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.rooms.meeting_events import (
    MeetingEvent,
    MeetingEventKind,
    Moment,
    meeting_events,
)
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule

from ..api.any_json import MANY
from .bookings import DAY

MINUTE = timedelta(minutes=1)
SHORTEST = 20
LAST_END = 800
STARTS = st.lists(st.integers(1, 500), max_size=6, unique=True)
LENGTHS = st.integers(SHORTEST, 300)
# More steps than a day has, each shorter than the shortest booking
STEPS = st.lists(st.integers(1, SHORTEST - 1), min_size=1, max_size=8).map(
    lambda steps: steps * (LAST_END // sum(steps) + 2)
)


def events_over(
    schedules: Sequence[RoomSchedule], steps: Sequence[int]
) -> list[MeetingEvent]:
    """Return all events of a day; the schedules follow each other again and again."""
    moments = [
        Moment(
            schedule=schedules[number % len(schedules)],
            availability=None,
            at=DAY + minutes * MINUTE,
            window_end=DAY + timedelta(days=2),
        )
        for number, minutes in enumerate(accumulate(steps, initial=0))
    ]
    return [event for pair in pairwise(moments) for event in meeting_events(*pair)]


@st.composite
def bookings(draw: st.DrawFn, starts: Sequence[int]) -> RoomSchedule:
    """Return a schedule with some bookings that begin at the minutes of the day."""
    kept = [start for start in starts if draw(st.integers(0, 4))]
    begins = [DAY + start * MINUTE for start in kept]
    return RoomSchedule(
        tuple(
            Booking(
                booking_id="series",
                start=begin,
                end=begin + draw(LENGTHS) * MINUTE,
                tentative=not draw(st.integers(0, 4)),
            )
            for begin in begins
        )
    )


def kinds_by_start(events: Sequence[MeetingEvent]) -> dict[datetime, list[str]]:
    """Return which bookings started and no longer ran, in the order of the events."""
    kinds: dict[datetime, list[str]] = {}
    for event in events:
        kinds.setdefault(event.start, []).append(event.kind)
    return kinds


@MANY
@given(STARTS.flatmap(bookings), STEPS)
def test_every_booking_starts_and_ends_once(
    schedule: RoomSchedule, steps: list[int]
) -> None:
    """Nothing else happens while the bookings do not change."""
    confirmed = [each for each in schedule.bookings if not each.tentative]
    expected = [
        MeetingEvent(kind, each.start, each.end)
        for each in confirmed
        for kind in (MeetingEventKind.STARTED, MeetingEventKind.ENDED)
    ]
    events = events_over([schedule], steps)
    assert Counter(events) == Counter(expected)
    assert all(
        kinds == ["started", "ended"] for kinds in kinds_by_start(events).values()
    )


@MANY
@given(
    STARTS.flatmap(lambda starts: st.lists(bookings(starts), min_size=1, max_size=12)),
    STEPS,
)
def test_every_started_booking_is_ended_or_cancelled_once(
    schedules: list[RoomSchedule], steps: list[int]
) -> None:
    """Before it may start again, and while bookings come, go and change their end."""
    for kinds in kinds_by_start(events_over(schedules, steps)).values():
        history = ["", *(kind for kind in kinds if kind != "booked"), ""]
        for last, kind in pairwise(history):
            assert (last == "started") <= (kind in {"ended", "cancelled"})
            assert (kind == "ended") <= (last == "started")
