"""Test that the bookings of all sources are merged, and when they reserve the room."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule, Span, merge

from ..api.any_json import MANY
from .bookings import SECOND, at, booking, schedule, span

BERLIN = ZoneInfo("Europe/Berlin")


def merged(
    vendor: list[Booking] | None, linked: list[Booking] | None
) -> tuple[Booking, ...]:
    """Return the bookings of both sources."""
    room_schedule = merge(vendor, linked)
    assert room_schedule is not None
    return room_schedule.bookings


def test_the_bookings_are_unknown_without_a_source() -> None:
    """An empty source is known."""
    assert merge(None, None) is None
    assert merge([], None) == merge(None, []) == RoomSchedule()


def test_the_bookings_of_both_sources_are_sorted() -> None:
    """A source that is not known adds nothing."""
    first, second = booking("9:00", "10:00", "1"), booking("11:00", "12:00", "2")
    assert merged([second], [first]) == (first, second)
    assert merged([second, first], None) == (first, second)
    assert merged(None, [second, first]) == (first, second)


@pytest.mark.parametrize(
    "linked",
    [
        booking("9:00", "10:00", "other"),
        booking("9:00", "10:00"),
        booking("9:00", "10:30", "1"),
        booking("9:00", "10:00", "1", tentative=True),
    ],
)
def test_the_vendor_replaces_the_same_booking(linked: Booking) -> None:
    """It is the same by id and start, or by start and end."""
    vendor = booking("9:00", "10:00", "1", title="Vendor")
    assert merged([vendor], [linked]) == (vendor,)


@pytest.mark.parametrize(
    "linked",
    [
        booking("9:30", "10:00", "1"),
        booking("9:00", "10:30", "2"),
        booking("9:00", "10:30"),
    ],
)
def test_other_bookings_are_kept(linked: Booking) -> None:
    """Occurrences share an id, and bookings of other lengths are others."""
    vendor = booking("9:00", "10:00", "1")
    assert set(merged([vendor], [linked])) == {vendor, linked}


def test_bookings_without_id_are_told_apart_by_their_times() -> None:
    """No id is not an id."""
    found = merged([booking("9:00", "10:00"), booking("9:00", "10:30")], [])
    assert [each.end for each in found] == [at("10:00"), at("10:30")]


def test_a_confirmed_booking_replaces_a_request_of_its_source() -> None:
    """The room is reserved whichever the source lists first."""
    confirmed = booking("9:00", "10:00", "2")
    requested = booking("9:00", "10:00", "1", tentative=True)
    assert merged([requested, confirmed], None) == (confirmed,)
    assert merged(None, [confirmed, requested]) == (confirmed,)


def test_a_booking_that_is_left_out_replaces_no_other() -> None:
    """Only a booking that is kept does."""
    kept, left_out = booking("9:00", "9:30", "1"), booking("9:00", "10:00", "1")
    linked = booking("9:00", "10:00")
    assert merged([kept, left_out], [linked]) == (kept, linked)


def test_of_equal_bookings_the_same_one_is_kept() -> None:
    """Its texts do not depend on the order."""
    first, second = (booking("9:00", "10:00", "1", title=each) for each in "AB")
    assert merged([first, second], None) == merged([second, first], None) == (first,)


HOURS = st.integers(8, 12)
BOOKINGS = st.lists(
    st.builds(
        lambda start, end, booking_id, tentative, title: Booking(
            booking_id=booking_id,
            start=at(f"{start}:00"),
            end=at(f"{end}:00"),
            tentative=tentative,
            title=title,
        ),
        HOURS,
        HOURS,
        st.sampled_from([None, "1", "2", "3"]),
        st.booleans(),
        st.sampled_from([None, "A", "B"]),
    ),
    max_size=6,
)


@MANY
@given(st.data(), BOOKINGS, BOOKINGS)
def test_the_order_within_a_source_has_no_effect(
    data: st.DataObject, vendor: list[Booking], linked: list[Booking]
) -> None:
    """The merged bookings are the same, and each is one of a source."""
    found = merged(vendor, linked)
    shuffled = merged(
        data.draw(st.permutations(vendor)), data.draw(st.permutations(linked))
    )
    assert shuffled == found
    assert set(found) <= {*vendor, *linked}
    assert merged(list(found), linked) == found


@MANY
@given(BOOKINGS, BOOKINGS)
def test_each_booking_is_merged_once(
    vendor: list[Booking], linked: list[Booking]
) -> None:
    """No two have the same times or the same id and start; the vendor's all are there."""
    found = merged(vendor, linked)
    times = [(each.start, each.end) for each in found]
    ids = [
        (each.booking_id, each.start) for each in found if each.booking_id is not None
    ]
    assert len(set(times)) == len(times)
    assert len(set(ids)) == len(ids)
    assert set(merged(vendor, None)) <= set(found)


@MANY
@given(BOOKINGS)
def test_the_spans_reserve_what_the_bookings_reserve(bookings: list[Booking]) -> None:
    """At every half hour a span is there exactly when a confirmed booking is."""
    room_schedule = RoomSchedule(tuple(bookings))
    for half_hours in range(15, 26):
        moment = at("0:00") + timedelta(minutes=30 * half_hours)
        reserved = any(
            each.start <= moment < each.end for each in bookings if not each.tentative
        )
        assert (room_schedule.span_at(moment) is not None) is reserved
        assert (room_schedule.booking_at(moment) is not None) is reserved


@pytest.mark.parametrize(
    ("times", "spans"),
    [
        (["9:00-10:00", "10:00-11:00"], [("9:00", "10:00"), ("10:00", "11:00")]),
        (["9:00-10:00", "9:59-11:00"], [("9:00", "11:00")]),
        (["9:00-12:00", "10:00-11:00", "11:30-12:30"], [("9:00", "12:30")]),
        (["11:00-12:00", "9:00-10:00"], [("9:00", "10:00"), ("11:00", "12:00")]),
        (["9:00-9:00", "10:00-9:00"], []),
    ],
)
def test_only_overlapping_bookings_are_one_span(
    times: list[str], spans: list[tuple[str, str]]
) -> None:
    """Adjacent ones are two, and empty ones none."""
    assert schedule(*times).spans == tuple(span(*each) for each in spans)


def test_a_span_excludes_its_end() -> None:
    """At the second of its end a booking is over, and the next one begins."""
    room_schedule = schedule("9:00-10:00", "10:00-11:00")
    first, second = room_schedule.spans
    assert first.length == timedelta(hours=1)
    assert room_schedule.span_at(at("9:00") - SECOND) is None
    assert room_schedule.span_at(at("9:00")) == first
    assert room_schedule.span_at(at("10:00") - SECOND) == first
    assert room_schedule.span_at(at("10:00")) == second
    assert room_schedule.span_at(at("11:00")) is None
    assert room_schedule.next_span(at("9:00") - SECOND) == first
    assert room_schedule.next_span(at("9:00")) == second
    assert room_schedule.next_span(at("10:00")) is None


def test_adjacent_bookings_follow_without_a_gap() -> None:
    """The room is booked until the end of the last one."""
    room_schedule = schedule("9:00-10:00", "10:00-11:00", "11:00:01-12:00")
    assert room_schedule.busy_until(at("8:59")) is None
    assert room_schedule.busy_until(at("9:30")) == at("11:00")
    assert room_schedule.busy_until(at("10:30")) == at("11:00")
    assert room_schedule.busy_until(at("11:00")) is None
    assert room_schedule.busy_until(at("11:30")) == at("12:00")


def test_the_last_end_is_of_a_span_that_is_over() -> None:
    """A span is over at the second of its end."""
    room_schedule = schedule("9:00-10:00", "11:00-12:00")
    assert room_schedule.last_end(at("10:00") - SECOND) is None
    assert room_schedule.last_end(at("10:00")) == at("10:00")
    assert room_schedule.last_end(at("11:30")) == at("10:00")
    assert room_schedule.last_end(at("13:00")) == at("12:00")


def test_of_overlapping_bookings_the_latest_is_the_present_one() -> None:
    """The other one is the present one again after its end."""
    room_schedule = RoomSchedule(
        (booking("9:00", "12:00", "long"), booking("10:00", "11:00", "short"))
    )
    moments = [at("9:30"), at("10:00"), at("11:00"), at("12:00")]
    found = [room_schedule.booking_at(each) for each in moments]
    assert [each and each.booking_id for each in found] == [
        "long",
        "short",
        "long",
        None,
    ]


def test_the_next_booking_has_not_begun() -> None:
    """A booking within another one is the next one, a request and an empty one are not."""
    room_schedule = RoomSchedule(
        (
            booking("8:00", "8:30", "requested", tentative=True),
            booking("8:15", "8:15", "empty"),
            booking("9:00", "12:00", "long"),
            booking("10:00", "11:00", "short"),
        )
    )
    moments = [at("7:00"), at("9:00") - SECOND, at("9:00"), at("10:00")]
    found = [room_schedule.next_booking(each) for each in moments]
    assert [each and each.booking_id for each in found] == [
        "long",
        "long",
        "short",
        None,
    ]


def test_the_boundaries_are_those_of_every_confirmed_booking() -> None:
    """Also of one within another one."""
    room_schedule = RoomSchedule(
        (
            booking("8:00", "8:30", tentative=True),
            booking("9:00", "12:00"),
            booking("10:00", "11:00"),
        )
    )
    moment, boundaries = at("0:00"), []
    while (following := room_schedule.next_boundary(moment)) is not None:
        boundaries.append(following)
        moment = following
    assert boundaries == [at("9:00"), at("10:00"), at("11:00"), at("12:00")]


def test_a_request_does_not_reserve_the_room() -> None:
    """It is one of the bookings, but no span."""
    room_schedule = RoomSchedule((booking("9:00", "10:00", tentative=True),))
    assert len(room_schedule.bookings) == 1
    assert room_schedule.spans == ()
    assert room_schedule.booking_at(at("9:30")) is None


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (datetime(2026, 3, 17), datetime(2026, 3, 18), 24),
        (datetime(2026, 3, 29), datetime(2026, 3, 30), 23),
        (datetime(2026, 10, 25), datetime(2026, 10, 26), 25),
        (datetime(2026, 3, 28, 22), datetime(2026, 3, 30, 6), 31),
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 2, 30, fold=1), 1),
    ],
)
def test_long_bookings_are_right_to_the_second(
    start: datetime, end: datetime, hours: int
) -> None:
    """All-day bookings, over midnight and over a change of daylight time."""
    start, end = (each.replace(tzinfo=BERLIN).astimezone(UTC) for each in (start, end))
    room_schedule = RoomSchedule((Booking(booking_id="1", start=start, end=end),))
    assert room_schedule.span_at(start - SECOND) is None
    assert room_schedule.span_at(start) == Span(start, end)
    assert room_schedule.span_at(end - SECOND) == Span(start, end)
    assert room_schedule.span_at(end) is None
    assert room_schedule.spans[0].length == timedelta(hours=hours)
