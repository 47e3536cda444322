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
REPORTS: st.SearchStrategy[list[tuple[int, Report]]] = st.lists(
    st.tuples(
        st.sampled_from([1, 4, 5, 6]) | st.integers(1, 400),
        st.tuples(
            st.sampled_from(["idle", "in_use", "offline", "not_logged_in", None]).map(
                lambda status: status and RoomStatus(status)
            ),
            st.sampled_from([None, None, False, True]),
        ),
    ),
    min_size=1,
    max_size=12,
)
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
        max_size=6,
    )
    return rows.map(lambda rows: list(_bookings(start, rows))).flatmap(st.permutations)


def _bookings(start: datetime, rows: list[tuple[int, int, bool]]) -> Iterator[Booking]:
    """Yield bookings of which each begins at a distance from the end of the last one."""
    end = start - 120 * MINUTE
    for number, (gap, length, tentative) in enumerate(rows):
        begin = end + gap * MINUTE
        end = begin + length * MINUTE
        yield Booking(booking_id=str(number), start=begin, end=end, tentative=tentative)


@st.composite
def room_days(draw: st.DrawFn) -> RoomDay:
    """Return a room on a day; of one in four the bookings are unknown."""
    midnight = draw(DATES)
    start = midnight.astimezone(UTC)
    known = bookings_from(start)
    return RoomDay(
        midnight=midnight,
        rows=draw(REPORTS),
        bookings=draw(st.one_of(known, known, known, st.none())),
        rules=draw(RULES),
        first_seen=start + draw(st.integers(-100, 1200)) * MINUTE,
    )
