"""Test how rooms of Tencent Meeting are booked, released and called."""

from datetime import UTC, datetime, timedelta
from http import HTTPMethod
from typing import Any

from aiohttp import web
import pytest

from custom_components.meeting_rooms.api.budget import Tier
from custom_components.meeting_rooms.api.client import (
    BookingRules,
    Feature,
    NewBooking,
    VendorClient,
)
from custom_components.meeting_rooms.api.errors import (
    NotFound,
    OperatorRequired,
    OutcomeUnknown,
    RequestRejected,
)
from custom_components.meeting_rooms.api.models.booking import Titles
from custom_components.meeting_rooms.api.registry import VENDORS
from custom_components.meeting_rooms.api.tencent_meeting.client import sign
from simulator import Fault, Simulator

from ..accounts import Company
from ..scripted import Received, ScriptedVendor
from ..writes import TENCENT_ROOM, new_booking, open_rooms

OPERATOR = {"operator_id": "operator1", "operator_id_type": 1}
USER = {"userid": "operator1", "instanceid": 1}
START = datetime(2026, 3, 17, 8, tzinfo=UTC)
BOOKING = NewBooking(
    room_id="100001", start=START, end=START + timedelta(hours=1), subject="周会"
)
BOOK, RELEASE = "/v1/meetings/7/book-rooms", "/v1/meetings/7/release-rooms"
CANCEL = "/v1/meetings/7/cancel"
CALL = "/v1/meeting-rooms/room-call"
CANCEL_CALL = "/v1/meeting-rooms/cancel-room-call"


@pytest.fixture
def client(company: Company) -> VendorClient:
    """Return a client of a company whose rooms are free and open."""
    open_rooms(company)
    return company.tencent()


def new(*meetings: object) -> dict[str, Any]:
    """Return the response to a new meeting."""
    return {"meeting_number": len(meetings), "meeting_info_list": [*meetings]}


def only(vendor: ScriptedVendor) -> tuple[str, str, dict[str, Any]]:
    """Return the method, the path and the body of the only request."""
    [request] = vendor.received
    return request.method, request.target, request.json_body


async def states(client: VendorClient) -> list[str | None]:
    """Return the ids of the bookings of the room."""
    now = datetime.now(UTC)
    span = (now - timedelta(hours=1), now + timedelta(hours=2))
    found = await client.fetch_bookings(TENCENT_ROOM, *span)
    return [each.booking_id for each in found]


# Requests


async def test_a_meeting_is_created_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The times are text in seconds, and the operator is its creator."""
    vendor.reply("/v1/meetings", new({"meeting_id": "7567173273889276131"}))
    client = scripted.tencent()
    assert await client.create_meeting(BOOKING) == "7567173273889276131"
    assert only(vendor) == (
        "POST",
        "/v1/meetings",
        USER
        | {
            "subject": "周会",
            "type": 0,
            "start_time": "1773734400",
            "end_time": "1773738000",
        },
    )


@pytest.mark.parametrize(
    ("titles", "shown"),
    [(Titles.BUSY_ONLY, False), (Titles.ORGANIZER, False), (Titles.FULL, True)],
)
async def test_the_room_shows_the_subject_where_all_titles_are_shown(
    scripted: Company, vendor: ScriptedVendor, titles: Titles, shown: bool
) -> None:
    """The id of the booking is that of the meeting."""
    vendor.reply(BOOK, {"meeting_room_list": []})
    client = scripted.tencent()
    client.titles = titles
    assert await client.book_room(BOOKING, "7") == "7"
    rooms = {"meeting_room_id_list": ["100001"], "subject_visible": shown}
    assert only(vendor) == ("POST", BOOK, OPERATOR | rooms)


async def test_a_room_is_released_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Success may have no body."""
    vendor.reply(RELEASE, lambda _: web.Response())
    await scripted.tencent().release_room("100001", "7")
    room = {"meeting_room_id_list": ["100001"]}
    assert only(vendor) == ("POST", RELEASE, OPERATOR | room)


async def test_a_meeting_is_cancelled_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Success may have no body."""
    vendor.reply(CANCEL, lambda _: web.Response())
    await scripted.tencent().cancel_meeting("7")
    assert only(vendor) == ("POST", CANCEL, USER | {"reason_code": 1})


async def test_a_call_is_cancelled_by_its_id(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The id of the meeting is an integer in one request and text in the other."""
    vendor.reply(CALL, {"status": 1, "invite_id": "i1"})
    vendor.reply(CANCEL_CALL, {"status": 4})
    client = scripted.tencent()
    statuses = [
        await client.call_room("100001", " 7567173273889276131 "),
        await client.cancel_call("100001", "7567173273889276131"),
        await client.cancel_call("100001", "7567173273889276131"),
    ]
    assert statuses == ["1", "4", "4"]
    assert [each.method for each in vendor.received] == ["PUT", "PUT", "PUT"]
    room = OPERATOR | {"meeting_room_id": "100001"}
    cancelled = room | {"meeting_id": "7567173273889276131", "instance_id": 1}
    assert [each.json_body for each in vendor.received] == [
        room | {"meeting_id": 7567173273889276131},
        cancelled | {"invite_id": "i1"},
        cancelled,
    ]


@pytest.mark.parametrize("meeting_id", ["abc", "9" * 30, "７"])
async def test_any_id_of_a_meeting_is_sent(
    scripted: Company, vendor: ScriptedVendor, meeting_id: str
) -> None:
    """An id that is no integer of the vendor's size is text."""
    vendor.reply(CALL, {})
    assert await scripted.tencent().call_room("100001", meeting_id) is None
    assert vendor.received[0].json_body["meeting_id"] == meeting_id


async def test_a_call_without_an_id_forgets_the_previous_one(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The id of a call that is over is never sent."""
    vendor.reply(CALL, {"invite_id": "i1"}, {})
    vendor.reply(CANCEL_CALL, {})
    client = scripted.tencent()
    for _ in range(2):
        await client.call_room("100001", "7")
    await client.cancel_call("100001", "7")
    assert "invite_id" not in vendor.received[-1].json_body


async def test_the_id_of_a_meeting_is_quoted_in_the_path(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """It cannot name another API."""
    vendor.reply("/v1/meetings/7%2Fcancel%3F/release-rooms", {})
    await scripted.tencent().release_room("100001", "7/cancel?")
    assert len(vendor.received) == 1


def signature_of(company: Company, request: Received) -> str:
    """Return the signature that a request must have."""
    account = company.tencent_account()
    return sign(
        account.secret_id,
        account.secret_key,
        method=request.method,
        uri=request.target,
        nonce=request.headers["X-TC-Nonce"],
        timestamp=request.headers["X-TC-Timestamp"],
        body=request.body.decode(),
    )


@pytest.mark.parametrize("subject", ["周会 🏯", "", "a\tb", '"{}"\\'])
async def test_the_signature_covers_the_method_and_the_body(
    scripted: Company, vendor: ScriptedVendor, subject: str
) -> None:
    """The body is signed exactly as it is sent."""
    vendor.reply("/v1/meetings", new({"meeting_id": 7}))
    await scripted.tencent().create_meeting(new_booking("1", subject=subject))
    [request] = vendor.received
    signature = signature_of(scripted, request)
    assert request.headers["X-TC-Signature"] == signature
    assert request.method == HTTPMethod.POST


async def test_a_subject_that_cannot_be_encoded_is_replaced(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Line breaks become blanks."""
    vendor.reply("/v1/meetings", new({"meeting_id": 7}))
    await scripted.tencent().create_meeting(new_booking("1", subject=" a\r\nb\ud800 "))
    assert vendor.received[0].json_body["subject"] == "a  b?"


# Responses


@pytest.mark.parametrize(
    "answer",
    [
        {},
        new(),
        new({}),
        new({"meeting_id": ""}),
        new({"meeting_id": None}),
        new(7),
        {"meeting_info_list": "x"},
        {"meeting_info_list": {"meeting_id": "7"}},
    ],
)
async def test_the_outcome_of_a_meeting_without_an_id_is_unknown(
    scripted: Company, vendor: ScriptedVendor, answer: Any
) -> None:
    """It can neither be used nor cancelled."""
    vendor.reply("/v1/meetings", answer)
    with pytest.raises(OutcomeUnknown):
        await scripted.tencent().create_meeting(BOOKING)


@pytest.mark.parametrize("found", ["7", 7, " 7 "])
async def test_the_id_of_a_meeting_may_be_a_number(
    scripted: Company, vendor: ScriptedVendor, found: object
) -> None:
    """It is text afterwards."""
    vendor.reply("/v1/meetings", new({"meeting_id": found}))
    assert await scripted.tencent().create_meeting(BOOKING) == "7"


# At the vendor


async def test_a_booking_is_made_and_released(
    sim: Simulator, client: VendorClient
) -> None:
    """The booking is in the list until it is released, and no meeting is left over."""
    booking = new_booking(TENCENT_ROOM)
    meeting_id = await client.create_meeting(booking)
    booked = await client.book_room(booking, meeting_id)
    assert await states(client) == [booked]
    await client.release_room(TENCENT_ROOM, booked)
    assert await states(client) == []
    await client.cancel_meeting(booked)
    assert sim.company.meetings.left_over == []
    assert sim.company.writes.kinds() == [
        *("create_meeting", "book", "release", "cancel_meeting"),
    ]


async def test_cancelling_twice_is_no_error(
    sim: Simulator, client: VendorClient
) -> None:
    """An earlier attempt may have succeeded."""
    meeting_id = str(await client.create_meeting(new_booking(TENCENT_ROOM)))
    for _ in range(2):
        await client.cancel_meeting(meeting_id)
    assert sim.company.writes.count("cancel_meeting") == 1


async def test_an_occupied_room_is_refused(
    sim: Simulator, client: VendorClient
) -> None:
    """The new meeting is left over for the caller to cancel."""
    booking = new_booking(TENCENT_ROOM)
    sim.company.book("tencent_meeting", TENCENT_ROOM, booking.start, booking.end)
    meeting_id = str(await client.create_meeting(booking))
    with pytest.raises(RequestRejected) as caught:
        await client.book_room(booking, meeting_id)
    assert caught.value.code == 20006
    assert [each.meeting_id for each in sim.company.meetings.left_over] == [meeting_id]


async def test_releasing_an_unknown_booking_is_not_found(client: VendorClient) -> None:
    """It may have been released elsewhere."""
    with pytest.raises(NotFound):
        await client.release_room(TENCENT_ROOM, "7")


async def test_a_booking_without_a_meeting_is_not_sent(
    sim: Simulator, client: VendorClient
) -> None:
    """Each booking belongs to a meeting."""
    with pytest.raises(NotFound):
        await client.book_room(new_booking(TENCENT_ROOM), None)
    assert len(sim.requests) == 0


async def test_a_write_has_the_priority_of_a_person(client: VendorClient) -> None:
    """It uses what the background tiers leave."""
    await client.create_meeting(new_booking(TENCENT_ROOM))
    assert client.budget.sent == {Tier.INTERACTIVE: 1}


async def test_a_limit_of_lists_does_not_delay_a_write(
    sim: Simulator, client: VendorClient
) -> None:
    """A person waits for the answer."""
    sim.faults.add(Fault("vendor_code", api="list", code=190310))
    with pytest.raises(Exception, match="190310"):
        await client.fetch_live()
    assert await client.create_meeting(new_booking(TENCENT_ROOM)) is not None


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("create_meeting", (BOOKING,)),
        ("book_room", (BOOKING, "7")),
        ("release_room", ("100001", "7")),
        ("cancel_meeting", ("7",)),
        ("call_room", ("100001", "7")),
        ("cancel_call", ("100001", "7")),
    ],
)
async def test_a_write_requires_an_operator(
    company: Company, method: str, arguments: tuple[Any, ...]
) -> None:
    """Nothing is sent without one."""
    client = company.tencent(operator_id=None)
    with pytest.raises(OperatorRequired):
        await getattr(client, method)(*arguments)
    assert len(company.sim.requests) == 0


# What the client offers


def test_rooms_are_booked_and_called_with_an_operator_only(company: Company) -> None:
    """The operator is the creator of the meetings."""
    writing = {Feature.BOOK, Feature.CALL}
    assert company.tencent().features >= writing
    assert company.tencent(operator_id=None).features.isdisjoint(writing)


def test_a_booking_lasts_from_15_minutes_to_24_hours(client: VendorClient) -> None:
    """It may begin at any time, and the operator books."""
    assert client.booking_rules == BookingRules(
        shortest=timedelta(minutes=15), longest=timedelta(hours=24)
    )


def test_the_permissions_name_the_apis_with_their_methods() -> None:
    """A repair shows which of them is missing."""
    names = VENDORS["tencent_meeting"].api_names
    assert names["create_meeting"] == "POST /v1/meetings"
    assert names["book_room"] == "POST /v1/meetings/{meeting_id}/book-rooms"
    assert names["release_room"] == "POST /v1/meetings/{meeting_id}/release-rooms"
    assert names["cancel_meeting"] == "POST /v1/meetings/{meeting_id}/cancel"
    assert names["call_room"] == "PUT /v1/meeting-rooms/room-call"
    assert names["cancel_call"] == "PUT /v1/meeting-rooms/cancel-room-call"
    assert names["list"] == "GET /v1/meeting-rooms"
