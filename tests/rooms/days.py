"""Strategies for a room on a day, which may have 23 or 25 hours."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.rooms.availability import Rules

from .slow_availability import MINUTE, Report, RoomDay

DATES = st.sampled_from(
    [
        datetime(2026, 3, 29, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 3, 8, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 11, 1, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 4, 5, tzinfo=ZoneInfo("Australia/Lord_Howe")),
        datetime(2026, 3, 17, tzinfo=ZoneInfo("Asia/Shanghai")),
        datetime(2026, 3, 17, tzinfo=ZoneInfo("Asia/Kathmandu")),
    ]
)
# Adjacent and overlapping bookings, and those near a minute's boundary, are frequent.
GAPS = st.sampled_from([0, 0, 1, 5, 15, 60]) | st.integers(-90, 400)
LENGTHS = st.sampled_from([0, 1, 15, 30, 60, 180, 24 * 60]) | st.integers(1, 300)
STATUSES = ["idle", "idle", "in_use", "in_use", "in_use", "offline", None, None]
REPORTS: st.SearchStrategy[Report] = st.tuples(
    st.sampled_from(STATUSES).map(lambda status: status and RoomStatus(status)),
    st.sampled_from([None, None, None, None, False, True]),
)
LAST_MINUTE = 23 * 60 - 1
"""The last minute that every day has."""
RULES = st.builds(
    Rules,
    soon=st.integers(1, 60).map(lambda count: count * MINUTE),
    ready=st.integers(1, 120).map(lambda count: count * MINUTE),
    no_show=st.integers(1, 60).map(lambda count: count * MINUTE),
    no_show_exempt=st.integers(1, 24).map(lambda hours: timedelta(hours=hours)),
)


def bookings_from(start: datetime) -> st.SearchStrategy[list[Booking]]:
    """Return bookings of a room from a moment on, in any order."""
    rows = st.lists(
        st.tuples(GAPS, LENGTHS, st.sampled_from([False, False, False, True])),
        max_size=8,
    )
    return rows.map(lambda rows: list(_bookings(start, rows))).flatmap(st.permutations)


def _bookings(start: datetime, rows: list[tuple[int, int, bool]]) -> Iterator[Booking]:
    """Yield bookings of which each begins at a distance from the end of the last one."""
    end = start - 30 * MINUTE
    for number, (gap, length, tentative) in enumerate(rows):
        begin = end + gap * MINUTE
        end = begin + length * MINUTE
        yield Booking(booking_id=str(number), start=begin, end=end, tentative=tentative)


@st.composite
def room_days(draw: st.DrawFn) -> RoomDay:
    """Return a room on a day; of one in four the bookings are unknown.

    The use changes often when a booking begins or ends, or shortly before or after it.
    """
    midnight = draw(DATES)
    start = midnight.astimezone(UTC)
    bookings = draw(bookings_from(start))
    boundaries = [
        (moment - start) // MINUTE + shift
        for booking in bookings
        for moment in (booking.start, booking.end)
        for shift in (-1, 0, 0, 0, 1, 5)
    ]
    minutes = st.sampled_from([1, *boundaries]) | st.integers(1, LAST_MINUTE)
    changes = draw(
        st.sets(minutes.filter(range(1, LAST_MINUTE).__contains__), max_size=16)
    )
    return RoomDay(
        midnight=midnight,
        rows=[(minute, draw(REPORTS)) for minute in (0, *sorted(changes))],
        bookings=draw(st.sampled_from([bookings, bookings, bookings, None])),
        rules=draw(RULES),
        first_seen=start + draw(st.integers(-100, 1200)) * MINUTE,
    )
