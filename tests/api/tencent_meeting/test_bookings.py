"""Test the bookings of a room of Tencent Meeting."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.meeting_rooms.api.budget import Tier
from custom_components.meeting_rooms.api.client import Feature
from custom_components.meeting_rooms.api.errors import (
    ApiError,
    InvalidOperator,
    InvalidResponse,
    NotFound,
    OperatorRequired,
    PermissionDenied,
)
from custom_components.meeting_rooms.api.models.booking import Booking, Titles
from simulator import Fault, RoomBookingStatus, Simulator

from ..accounts import Company
from ..scripted import ScriptedVendor
from .requests import query_of

VENDOR = "tencent_meeting"
ROOM = "100001"
PATH = "/v1/meeting-rooms/operator1/meetings"
HOUR = timedelta(hours=1)


@pytest.fixture
def now(sim: Simulator) -> datetime:
    """Return the present second, in which no room has a booking."""
    sim.company.clear_bookings(VENDOR)
    return datetime.fromtimestamp(int(sim.company.clock.now), UTC)


def meeting(start: object, end: object, **fields: object) -> dict[str, Any]:
    """Return a row of the list."""
    return {"meeting_id": "7", "start_time": start, "end_time": end, **fields}


def listed(*rows: object) -> dict[str, Any]:
    """Return a complete list."""
    return {"total_count": len(rows), "meeting_info_list": [*rows]}


# Requests


async def test_the_request_is_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The operator is part of the path, and the span is in seconds."""
    path = "/v1/meeting-rooms/wang%20fang%2F1/meetings"
    vendor.reply(path, listed())
    start = datetime(2026, 3, 17, 8, tzinfo=UTC)
    end = start + HOUR + timedelta(microseconds=1)
    client = scripted.tencent(operator_id="wang fang/1")
    assert await client.fetch_bookings(ROOM, start, end) == ()
    [request] = vendor.received
    assert (request.method, request.path) == ("GET", path)
    assert query_of(request) == {
        "operator_id_type": ["1"],
        "instanceid": ["1"],
        "target_rooms_id": [ROOM],
        "target_rooms_id_type": ["5"],
        "start_time": ["1773734400"],
        "end_time": ["1773738001"],
        "page": ["1"],
        "page_size": ["20"],
    }


@pytest.mark.parametrize("tier", [Tier.BOOKINGS, Tier.INTERACTIVE])
async def test_a_request_has_the_priority_of_its_purpose(
    company: Company, now: datetime, tier: Tier
) -> None:
    """The requests of a person precede those of the background."""
    client = company.tencent()
    await client.fetch_bookings(ROOM, now, now + HOUR, tier)
    assert client.budget.sent == {tier: 1}


async def test_all_pages_are_fetched(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """A room with 45 bookings requires three requests."""
    for number in range(45):
        start = now + number * HOUR
        sim.company.book(VENDOR, ROOM, start, start + HOUR)
    client = company.tencent()
    bookings = await client.fetch_bookings(ROOM, now, now + 45 * HOUR)
    assert [each.start for each in bookings] == [now + n * HOUR for n in range(45)]
    assert sim.requests.count(VENDOR, "meetings") == 3


# Features


def test_an_account_with_an_operator_has_bookings(company: Company) -> None:
    """The vendor lists the meetings that an operator may view."""
    assert Feature.ROOM_BOOKINGS in company.tencent().features
    assert Feature.ROOM_BOOKINGS not in company.tencent(operator_id=None).features


async def test_no_request_is_sent_without_an_operator(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """The error says that an operator is required."""
    client = company.tencent(operator_id=None)
    with pytest.raises(OperatorRequired):
        await client.fetch_bookings(ROOM, now, now + HOUR)
    assert len(sim.requests) == 0


# Bookings


async def test_a_booking_has_its_times(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """Texts are not kept by default."""
    made = sim.company.book(VENDOR, ROOM, now, now + HOUR)
    [booking] = await company.tencent().fetch_bookings(ROOM, now, now + HOUR)
    assert booking == Booking(
        booking_id=made.booking_id, start=now, end=now + HOUR, tentative=False
    )


@pytest.mark.parametrize("room_id", ["100001", "100002", "100003"])
async def test_times_may_be_numbers_or_text(
    sim: Simulator, company: Company, now: datetime, room_id: str
) -> None:
    """The vendor sends both."""
    sim.company.book(VENDOR, room_id, now, now + HOUR)
    [booking] = await company.tencent().fetch_bookings(room_id, now, now + HOUR)
    assert (booking.start, booking.end) == (now, now + HOUR)


@pytest.mark.parametrize(
    ("titles", "title"),
    [(Titles.BUSY_ONLY, None), (Titles.ORGANIZER, None), (Titles.FULL, "Board")],
)
async def test_the_title_is_kept_only_where_it_is_permitted(
    sim: Simulator, company: Company, now: datetime, titles: Titles, title: str | None
) -> None:
    """The vendor's list has no organizer."""
    sim.company.book(VENDOR, ROOM, now, now + HOUR, subject="Board", organizer="Wang")
    client = company.tencent()
    client.titles = titles
    [booking] = await client.fetch_bookings(ROOM, now, now + HOUR)
    assert (booking.title, booking.organizer) == (title, None)


@pytest.mark.parametrize("titles", [Titles.BUSY_ONLY, Titles.ORGANIZER])
async def test_no_text_of_a_booking_is_kept(
    sim: Simulator, company: Company, titles: Titles
) -> None:
    """The vendor sends subjects, codes and links."""
    clock = datetime.fromtimestamp(sim.company.clock.now, UTC)
    client = company.tencent()
    client.titles = titles
    found = [
        await client.fetch_bookings(room_id, clock - 24 * HOUR, clock + 24 * HOUR)
        for room_id in sim.company.tencent_meeting.ids
    ]
    assert sum(map(len, found)) > 100
    assert sim.canaries.found_in(repr(found)) == []


async def test_full_titles_contain_no_code_and_no_link(
    sim: Simulator, company: Company
) -> None:
    """Only the subject is kept."""
    clock = datetime.fromtimestamp(sim.company.clock.now, UTC)
    client = company.tencent()
    client.titles = Titles.FULL
    found = repr(await client.fetch_bookings(ROOM, clock - 24 * HOUR, clock))
    leaked = {*sim.canaries.found_in(found)}
    assert leaked
    assert leaked <= {*sim.canaries.of("meeting_subject")}


async def test_a_cancelled_booking_does_not_reserve_the_room(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """The same applies to a released one."""
    made = sim.company.book(VENDOR, ROOM, now, now + HOUR)
    sim.company.book(VENDOR, ROOM, now, now + HOUR, status=RoomBookingStatus.RELEASED)
    client = company.tencent()
    assert len(await client.fetch_bookings(ROOM, now, now + HOUR)) == 1
    sim.company.cancel_booking(VENDOR, made.booking_id)
    assert await client.fetch_bookings(ROOM, now, now + HOUR) == ()


async def test_a_moved_booking_has_its_new_times(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """Its id stays the same."""
    made = sim.company.book(VENDOR, ROOM, now, now + HOUR)
    sim.company.move_booking(VENDOR, made.booking_id, now + HOUR, now + 2 * HOUR)
    [booking] = await company.tencent().fetch_bookings(ROOM, now, now + 3 * HOUR)
    assert (booking.booking_id, booking.start) == (made.booking_id, now + HOUR)


async def test_a_meeting_that_ended_early_reserves_the_room_until_its_end(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """Whether the room is used says whether the meeting is over there."""
    made = sim.company.book(VENDOR, ROOM, now - HOUR, now + HOUR)
    sim.company.end_booking(VENDOR, made.booking_id)
    bookings = await company.tencent().fetch_bookings(ROOM, now, now + HOUR)
    assert [(each.start, each.end) for each in bookings] == [(now - HOUR, now + HOUR)]


async def test_a_meeting_that_was_held_before_its_start_does_not_reserve_the_room(
    scripted: Company, vendor: ScriptedVendor, now: datetime
) -> None:
    """The host ended it already."""
    at = int(now.timestamp())
    over = meeting(at + 1800, at + 3600, status="MEETING_STATE_ENDED")
    vendor.reply(PATH, listed(over))
    assert await scripted.tencent().fetch_bookings(ROOM, now, now + HOUR) == ()


async def test_a_booking_of_the_past_is_kept(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """The room was reserved, whether or not the meeting was held."""
    sim.company.book(VENDOR, ROOM, now - 2 * HOUR, now - HOUR)
    bookings = await company.tencent().fetch_bookings(ROOM, now - 3 * HOUR, now)
    assert [each.end for each in bookings] == [now - HOUR]


async def test_only_bookings_within_the_span_are_returned(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """A booking that ends when the span begins is not within it."""
    for hours in (-1, 0, 1):
        start = now + hours * HOUR
        sim.company.book(VENDOR, ROOM, start, start + HOUR)
    [booking] = await company.tencent().fetch_bookings(ROOM, now, now + HOUR)
    assert booking.start == now


async def test_a_recurring_booking_has_one_entry_for_each_occurrence(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """The occurrences have the same id, and one may be cancelled alone."""
    days = [now + number * 24 * HOUR for number in range(3)]
    made = [
        sim.company.book(VENDOR, ROOM, day, day + HOUR, recurring_id="42")
        for day in days
    ]
    sim.company.cancel_booking(VENDOR, made[1].booking_id)
    bookings = await company.tencent().fetch_bookings(ROOM, now, now + 72 * HOUR)
    assert [(each.booking_id, each.start) for each in bookings] == [
        ("42", days[0]),
        ("42", days[2]),
    ]
    assert all(each.recurring for each in bookings)


@pytest.mark.parametrize(
    ("kind", "recurring"),
    [(1, True), ("1", True), (0, False), (None, False), (6, False), ("x", False)],
)
async def test_a_booking_of_a_recurring_meeting_is_marked(
    scripted: Company, vendor: ScriptedVendor, kind: object, recurring: bool
) -> None:
    """Its occurrences can be released together only."""
    start = datetime(2026, 3, 17, 8, tzinfo=UTC)
    times = (int(start.timestamp()), int((start + HOUR).timestamp()))
    vendor.reply(PATH, listed(meeting(*times, meeting_type=kind)))
    span = (start, start + HOUR)
    [booking] = await scripted.tencent().fetch_bookings(ROOM, *span)
    assert booking.recurring is recurring


# Rows


@pytest.mark.parametrize(
    ("status", "reserves"),
    [
        ("MEETING_STATE_INIT", True),
        ("MEETING_STATE_STARTED", True),
        ("MEETING_STATE_NEW", True),
        (None, True),
        (7, True),
        ("MEETING_STATE_ENDED", True),
        ("MEETING_STATE_NULL", False),
        ("MEETING_STATE_CANCELLED", False),
        ("MEETING_STATE_RECYCLED", False),
        ("MEETING_STATE_INVALID", False),
    ],
)
async def test_the_status_decides_whether_the_room_is_reserved(
    scripted: Company,
    vendor: ScriptedVendor,
    now: datetime,
    status: object,
    reserves: bool,
) -> None:
    """An unknown status reserves it: a room that seems free would be booked twice."""
    at = int(now.timestamp())
    vendor.reply(PATH, listed(meeting(at, at + 3600, status=status)))
    bookings = await scripted.tencent().fetch_bookings(ROOM, now, now + HOUR)
    assert len(bookings) == int(reserves)


async def test_a_row_without_valid_times_is_left_out(
    scripted: Company, vendor: ScriptedVendor, now: datetime
) -> None:
    """The other bookings are kept, also one without an id."""
    at = int(now.timestamp())
    times = [(None, at), (at, None), (at, at), (at, at - 1), ("", "soon"), (0, at)]
    rows: list[object] = [*(meeting(*pair) for pair in times), 7, None, []]
    good = {"start_time": f" {at} ", "end_time": f"{at + 60}"}
    vendor.reply(PATH, listed(*rows, good))
    [booking] = await scripted.tencent().fetch_bookings(ROOM, now, now + HOUR)
    assert (booking.booking_id, booking.start) == (None, now)


async def test_a_booking_on_two_pages_is_returned_once(
    scripted: Company, vendor: ScriptedVendor, now: datetime
) -> None:
    """A page has moved while it was fetched."""
    at = int(now.timestamp())
    one, two, three = (meeting(at + n, at + 60) for n in range(3))
    pages = [
        {"total_count": 4, "meeting_info_list": [one, two]},
        {"total_count": 4, "meeting_info_list": [two, three]},
    ]
    vendor.reply(PATH, *pages)
    bookings = await scripted.tencent().fetch_bookings(ROOM, now, now + HOUR)
    assert [each.start.timestamp() - at for each in bookings] == [0, 1, 2]


@pytest.mark.parametrize(
    "response",
    [{}, {"meeting_info_list": []}, {"meeting_info_list": {}}, {"total_count": 3}],
)
async def test_a_response_without_a_list_is_invalid(
    scripted: Company, vendor: ScriptedVendor, now: datetime, response: dict[str, Any]
) -> None:
    """An empty list would cancel every booking of the room."""
    vendor.reply(PATH, response)
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_bookings(ROOM, now, now + HOUR)


# Errors


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"code": 9042}, PermissionDenied),
        ({"code": 20201}, NotFound),
        ({"code": 190001}, InvalidOperator),
    ],
)
async def test_an_error_of_the_vendor_is_raised(
    sim: Simulator,
    company: Company,
    now: datetime,
    fault: dict[str, Any],
    kind: type[ApiError],
) -> None:
    """The error is the same as that of any other API."""
    sim.faults.add(Fault("vendor_code", vendor=VENDOR, api="meetings", **fault))
    with pytest.raises(kind):
        await company.tencent().fetch_bookings(ROOM, now, now + HOUR)


async def test_an_unknown_room_is_not_found(company: Company, now: datetime) -> None:
    """The error concerns this room only."""
    with pytest.raises(NotFound) as raised:
        await company.tencent().fetch_bookings("999", now, now + HOUR)
    assert raised.value.code == 20201


async def test_a_missing_permission_concerns_bookings_only(
    sim: Simulator, company: Company, now: datetime
) -> None:
    """The list of rooms is fetched as before."""
    sim.accounts.tencent_meeting.permissions.revoke("meetings")
    client = company.tencent()
    with pytest.raises(PermissionDenied):
        await client.fetch_bookings(ROOM, now, now + HOUR)
    assert (await client.fetch_live()).rooms
