"""The requests of each vendor that change something, for a company without bookings."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from custom_components.meeting_rooms.api.client import NewBooking, VendorClient

from .accounts import Company

TENCENT, WECOM = "tencent_meeting", "wecom"
SUBJECT: Final = "MARKED-SUBJECT"
ORGANIZER: Final = "markedorganizer"
TENCENT_ROOM, WECOM_ROOM, CALENDAR_ROOM = "100001", "RoomId001", "32"


@dataclass(frozen=True, slots=True)
class Write:
    """A request, the simulator's name of its API, and what must be done before it."""

    vendor: str
    api: str
    send: Callable[[VendorClient, str], Awaitable[object]]
    prepare: Callable[[VendorClient], Awaitable[str]]

    def client(self, company: Company) -> VendorClient:
        """Return a client of the vendor, whose rooms are free and can be booked and called."""
        open_rooms(company)
        return company.tencent() if self.vendor == TENCENT else company.wecom()


def open_rooms(company: Company) -> None:
    """Remove all bookings, and open the rooms for bookings and calls."""
    for vendor, room_id in ((TENCENT, TENCENT_ROOM), (WECOM, WECOM_ROOM)):
        company.sim.company.clear_bookings(vendor)
        company.sim.company.change(
            vendor, room_id, scheduled_status=1, is_allow_call=True
        )
    company.sim.company.change(
        WECOM, company.sim.company.wecom.ids[1], scheduled_status=1
    )


def new_booking(room_id: str, minutes: int = 30, **changed: object) -> NewBooking:
    """Return a booking from now on."""
    now = datetime.now(UTC).replace(microsecond=0)
    return NewBooking(
        room_id=room_id,
        start=now,
        end=now + timedelta(minutes=minutes),
        subject=str(changed.get("subject", SUBJECT)),
        organizer=str(changed.get("organizer", ORGANIZER)),
    )


async def _nothing(client: VendorClient) -> str:
    """Prepare nothing."""
    return "meeting1"


async def _created(client: VendorClient) -> str:
    """Create a meeting."""
    return str(await client.create_meeting(new_booking(TENCENT_ROOM)))


async def _booked(client: VendorClient) -> str:
    """Book the room of Tencent Meeting."""
    meeting_id = await _created(client)
    return await client.book_room(new_booking(TENCENT_ROOM), meeting_id)


async def _called(client: VendorClient) -> str:
    """Call the room of Tencent Meeting."""
    meeting_id = await _created(client)
    await client.call_room(TENCENT_ROOM, meeting_id)
    return meeting_id


async def _reserved(client: VendorClient) -> str:
    """Book the room of WeCom's calendar."""
    return await client.book_room(new_booking(CALENDAR_ROOM), None)


async def _called_rooms(client: VendorClient) -> str:
    """Call the room of WeCom."""
    await client.call_room(WECOM_ROOM, "meeting1")
    return "meeting1"


WRITES: Final = {
    "tencent create": Write(
        TENCENT,
        "create_meeting",
        lambda client, _: client.create_meeting(new_booking(TENCENT_ROOM)),
        _nothing,
    ),
    "tencent book": Write(
        TENCENT,
        "book_rooms",
        lambda client, meeting: client.book_room(new_booking(TENCENT_ROOM), meeting),
        _created,
    ),
    "tencent release": Write(
        TENCENT,
        "release_rooms",
        lambda client, meeting: client.release_room(TENCENT_ROOM, meeting),
        _booked,
    ),
    "tencent cancel": Write(
        TENCENT,
        "cancel_meeting",
        lambda client, meeting: client.cancel_meeting(meeting),
        _created,
    ),
    "tencent call": Write(
        TENCENT,
        "room_call",
        lambda client, meeting: client.call_room(TENCENT_ROOM, meeting),
        _created,
    ),
    "tencent cancel call": Write(
        TENCENT,
        "cancel_room_call",
        lambda client, meeting: client.cancel_call(TENCENT_ROOM, meeting),
        _called,
    ),
    "wecom book": Write(
        WECOM,
        "book",
        lambda client, _: client.book_room(new_booking(CALENDAR_ROOM), None),
        _nothing,
    ),
    "wecom release": Write(
        WECOM,
        "cancel_book",
        lambda client, booking: client.release_room(CALENDAR_ROOM, booking),
        _reserved,
    ),
    "wecom call": Write(
        WECOM,
        "call",
        lambda client, meeting: client.call_room(WECOM_ROOM, meeting),
        _nothing,
    ),
    "wecom cancel call": Write(
        WECOM,
        "cancel_call",
        lambda client, meeting: client.cancel_call(WECOM_ROOM, meeting),
        _called_rooms,
    ),
}
