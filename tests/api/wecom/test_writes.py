"""Test how rooms of WeCom are booked, released and called."""

from datetime import UTC, datetime, timedelta
from typing import Any

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
    OutcomeUnknown,
    RequestRejected,
)
from custom_components.meeting_rooms.api.models.booking import Titles
from custom_components.meeting_rooms.api.registry import VENDORS
from simulator import Simulator

from ..accounts import Company
from ..scripted import ScriptedVendor
from ..writes import CALENDAR_ROOM, WECOM_ROOM, new_booking, open_rooms
from .requests import OK

BOOK, CANCEL = "/cgi-bin/oa/meetingroom/book", "/cgi-bin/oa/meetingroom/cancel_book"
CALL = "/cgi-bin/meeting/rooms/call"
CANCEL_CALL = "/cgi-bin/meeting/rooms/cancel_call"
WITH_APPROVAL = "31"
START = datetime(2026, 3, 17, 8, tzinfo=UTC)
BOOKING = NewBooking(
    room_id="2",
    start=START,
    end=START + timedelta(hours=1),
    subject="周会",
    organizer="zhangsan",
)


@pytest.fixture
def client(company: Company) -> VendorClient:
    """Return a client of a company whose rooms are free and open."""
    open_rooms(company)
    client = company.wecom()
    client.titles = Titles.FULL
    return client


# Requests


async def test_a_room_is_booked_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Ids and times are integers, and no meeting is needed."""
    vendor.reply(BOOK, OK | {"booking_id": "bk7", "schedule_id": "sc7"})
    client = scripted.wecom()
    assert await client.create_meeting(BOOKING) is None
    assert await client.book_room(BOOKING, None) == "bk7"
    [request] = vendor.of(BOOK)
    assert (request.method, request.target) == ("POST", f"{BOOK}?access_token=T1")
    assert "周会".encode() in request.body
    assert request.json_body == {
        "meetingroom_id": 2,
        "start_time": 1773734400,
        "end_time": 1773738000,
        "booker": "zhangsan",
        "subject": "周会",
    }


async def test_a_booking_is_cancelled_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor knows the room of a booking."""
    vendor.reply(CANCEL, OK)
    await scripted.wecom().release_room("2", "bk7")
    assert vendor.of(CANCEL)[0].json_body == {"booking_id": "bk7"}


async def test_a_room_is_called_as_documented(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor documents no status, which may be a number or text."""
    vendor.reply(CALL, OK | {"status": 1})
    vendor.reply(CANCEL_CALL, OK)
    client = scripted.wecom()
    assert await client.call_room("RoomId001", " m1 ") == "1"
    assert await client.cancel_call("RoomId001", "m1") is None
    body = {"meetingid": "m1", "meeting_room_id": "RoomId001"}
    assert vendor.of(CALL)[0].json_body == body
    assert vendor.of(CANCEL_CALL)[0].json_body == body


async def test_texts_that_cannot_be_encoded_are_replaced(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor requires raw UTF-8."""
    vendor.reply(BOOK, OK | {"booking_id": "bk7"})
    booking = new_booking("2", subject="a\nb\x00\ud800", organizer=" li\x07si ")
    await scripted.wecom().book_room(booking, None)
    [request] = vendor.of(BOOK)
    assert rb"\u" not in request.body
    assert request.json_body["subject"] == "a b ?"
    assert request.json_body["booker"] == "li si"


@pytest.mark.parametrize("room_id", ["RoomId001", "", "1.5"])
async def test_a_room_without_an_integer_id_is_not_found(
    scripted: Company, vendor: ScriptedVendor, room_id: str
) -> None:
    """Nothing is sent for it."""
    with pytest.raises(NotFound):
        await scripted.wecom().book_room(new_booking(room_id), None)
    assert vendor.received == []


# Responses


@pytest.mark.parametrize(
    ("fields", "booking_id"),
    [
        ({"booking_id": "bk7"}, "bk7"),
        ({"meeting_id": "mt7"}, "mt7"),
        ({"booking_id": 7}, "7"),
    ],
)
async def test_the_id_of_a_booking_may_have_its_older_name(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, Any], booking_id: str
) -> None:
    """As it may in the list of bookings."""
    vendor.reply(BOOK, OK | fields)
    assert await scripted.wecom().book_room(BOOKING, None) == booking_id


@pytest.mark.parametrize("fields", [{}, {"booking_id": ""}, {"booking_id": ["bk7"]}])
async def test_the_outcome_of_a_booking_without_an_id_is_unknown(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, Any]
) -> None:
    """The list of bookings says whether the room is booked."""
    vendor.reply(BOOK, OK | fields)
    with pytest.raises(OutcomeUnknown):
        await scripted.wecom().book_room(BOOKING, None)
    assert len(vendor.of(BOOK)) == 1


# At the vendor


async def test_a_booking_is_made_and_released(
    sim: Simulator, client: VendorClient
) -> None:
    """Its id is that of the list of bookings; it covers full half hours."""
    booking = new_booking(CALENDAR_ROOM, organizer="zhangsan")
    booked = await client.book_room(booking, None)
    span = (booking.start - timedelta(hours=1), booking.end + timedelta(hours=1))
    [found] = await client.fetch_bookings(CALENDAR_ROOM, *span)
    assert (found.booking_id, found.organizer) == (booked, "zhangsan")
    assert not found.tentative
    assert not found.recurring
    assert found.start <= booking.start < booking.end <= found.end
    assert {found.start.minute, found.end.minute} <= {0, 30}
    await client.release_room(CALENDAR_ROOM, booked)
    assert await client.fetch_bookings(CALENDAR_ROOM, *span) == ()
    assert sim.company.writes.kinds() == ["book", "release"]


async def test_a_room_with_approval_is_requested(client: VendorClient) -> None:
    """The booking is tentative until it is approved."""
    booking = new_booking(WITH_APPROVAL)
    await client.book_room(booking, None)
    span = (booking.start - timedelta(hours=1), booking.end + timedelta(hours=1))
    [found] = await client.fetch_bookings(WITH_APPROVAL, *span)
    assert found.tentative


async def test_an_occupied_room_is_refused(client: VendorClient) -> None:
    """The second booking overlaps the first one."""
    await client.book_room(new_booking(CALENDAR_ROOM), None)
    with pytest.raises(RequestRejected):
        await client.book_room(new_booking(CALENDAR_ROOM), None)


async def test_a_booking_without_an_organizer_is_refused(client: VendorClient) -> None:
    """The vendor requires the user who books."""
    with pytest.raises(RequestRejected):
        await client.book_room(new_booking(CALENDAR_ROOM, organizer=""), None)


async def test_releasing_twice_is_not_found(client: VendorClient) -> None:
    """It may have been released elsewhere."""
    booked = await client.book_room(new_booking(CALENDAR_ROOM), None)
    await client.release_room(CALENDAR_ROOM, booked)
    with pytest.raises(NotFound):
        await client.release_room(CALENDAR_ROOM, booked)


async def test_a_write_has_the_priority_of_a_person(client: VendorClient) -> None:
    """Only the token is fetched with another priority."""
    await client.call_room(WECOM_ROOM, "meeting1")
    assert client.budget.sent == {Tier.STATUS: 1, Tier.INTERACTIVE: 1}


# What the client offers


def test_rooms_are_booked_for_half_hours_by_an_organizer(client: VendorClient) -> None:
    """The vendor extends other bookings to half hours."""
    assert client.features >= {Feature.BOOK, Feature.CALL}
    assert client.booking_rules == BookingRules(
        longest=timedelta(hours=24),
        shortest=timedelta(minutes=30),
        step=timedelta(minutes=30),
        needs_organizer=True,
    )


def test_the_permissions_name_the_apis() -> None:
    """A repair shows which of them is missing."""
    names = VENDORS["wecom"].api_names
    assert names["book_room"] == f"POST {BOOK}"
    assert names["release_room"] == f"POST {CANCEL}"
    assert names["call_room"] == f"POST {CALL}"
    assert names["cancel_call"] == f"POST {CANCEL_CALL}"
