"""Send Tencent Meeting's events to a subscribed URL."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
import hashlib
import json
import random
import time
from typing import Final
import uuid

from aiohttp import ClientError, ClientSession, ClientTimeout
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from simulator.accounts import TencentMeetingAccount
from simulator.clock import rfc3339
from simulator.company.room_bookings import RoomBooking
from simulator.company.rooms import Rooms
from simulator.messages import Row

from .rows import DESCRIPTIONS, SERIOUS, UNKNOWN_DESCRIPTION

ACKNOWLEDGEMENT: Final = "successfully received callback"
_CHECK_TIMEOUT: Final = ClientTimeout(total=3)
_EVENT_TIMEOUT: Final = ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """Hold a signed request, so that it can be sent again unchanged."""

    data: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Hold a request and the response to it; the status is 0 without a response."""

    request: SignedRequest
    status: int = 0
    text: str = ""

    @property
    def acknowledged(self) -> bool:
        """Return whether the subscriber acknowledged the event."""
        return (self.status, self.text) == (200, ACKNOWLEDGEMENT)


class Webhook:
    """Check the subscribed URL and push events to it.

    `url` is the subscribed URL, `encrypted` whether the EncodingAESKey is used. Nothing is
    pushed automatically: `alert` and `meeting` push an event, and `resend` repeats it, which the vendor
    does after 1, 3 and 6 minutes unless the delivery was acknowledged.
    """

    def __init__(self, account: TencentMeetingAccount, rooms: Rooms) -> None:
        """Set the rooms; no URL is subscribed yet."""
        self.url = ""
        self.encrypted = False
        self.token = account.webhook_token
        self.encoding_aes_key = account.encoding_aes_key
        self._rooms = rooms

    async def check(self, text: str = "4p4bnq8") -> bool:
        """Check the URL as on subscribing, and return whether its response is correct."""
        request = self.signed(text.encode())
        query = {"check_str": request.data}
        delivery = await self._request(
            "GET", request, _CHECK_TIMEOUT, params=query, body=None
        )
        return (delivery.status, delivery.text) == (200, text)

    async def alert(
        self,
        room_id: str,
        code: str,
        *,
        recovered: bool = False,
        at: float | None = None,
    ) -> Delivery:
        """Push that an alarm was raised or has recovered, now or at a given time."""
        when = time.time() if at is None else at
        event: Row = {
            "event": "room.alert",
            "trace_id": str(uuid.uuid4()),
            "payload": [self._row(room_id, code, recovered=recovered, at=when)],
        }
        return await self.push(event)

    async def meeting(self, event: str, booking: RoomBooking) -> Delivery:
        """Push an event about a meeting, such as `meeting.created`, which names its room."""
        person = {"userid": f"user{booking.code}", "user_name": booking.organizer}
        room_id = booking.room_id
        info: Row = {
            "meeting_id": booking.recurring_id or booking.booking_id,
            "meeting_code": booking.code,
            "subject": booking.subject,
            "creator": person,
            "meeting_type": 1 if booking.recurring_id else 0,
            "start_time": booking.start,
            "end_time": booking.end,
            "rooms_info": [
                {
                    "meeting_room_id": int(room_id) if room_id.isdigit() else room_id,
                    "rooms_id": self._rooms_id(room_id),
                }
            ],
        }
        row: Row = {
            "operate_time": int(time.time() * 1000),
            "operator": person,
            "meeting_info": info,
        }
        trace_id = str(uuid.uuid4())
        return await self.push({"event": event, "trace_id": trace_id, "payload": [row]})

    async def push(self, event: Row) -> Delivery:
        """Push any event."""
        plain = json.dumps(event, ensure_ascii=False).encode()
        return await self.send(self.signed(plain))

    async def resend(
        self, delivery: Delivery, *, newly_signed: bool = False
    ) -> Delivery:
        """Send an event again, with the same headers or with new ones."""
        request = delivery.request
        return await self.send(self._sign(request.data) if newly_signed else request)

    async def send(self, request: SignedRequest) -> Delivery:
        """Send a request unchanged."""
        body = {"data": request.data}
        return await self._request(
            "POST", request, _EVENT_TIMEOUT, params=None, body=body
        )

    def signed(self, plain: bytes) -> SignedRequest:
        """Return a signed request, encrypted if the subscription is."""
        content = self._encrypt(plain) if self.encrypted else plain
        return self._sign(b64encode(content).decode())

    def _sign(self, data: str) -> SignedRequest:
        """Return a request with headers of the current time."""
        timestamp, nonce = f"{time.time() * 1000:.0f}", f"{random.randrange(10**8)}"
        parts = sorted((self.token, timestamp, nonce, data))
        signature = hashlib.sha1("".join(parts).encode()).hexdigest()
        headers = {"timestamp": timestamp, "nonce": nonce, "signature": signature}
        return SignedRequest(data, headers)

    def _encrypt(self, plain: bytes) -> bytes:
        """Encrypt a content with AES-256-CBC."""
        key = b64decode(self.encoding_aes_key + "=")
        padder = PKCS7(AES.block_size).padder()
        encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
        padded = padder.update(plain) + padder.finalize()
        return encryptor.update(padded) + encryptor.finalize()

    def _rooms_id(self, room_id: str) -> str:
        """Return the id of the first device of a room."""
        return self._rooms[room_id].properties.basic.rooms_id_list[0]

    def _row(self, room_id: str, code: str, *, recovered: bool, at: float) -> Row:
        """Return the row of an alert for the first device of a room."""
        properties = self._rooms[room_id].properties
        return {
            "operate_time": int(at * 1000),
            "room_event": {
                "rooms_id": self._rooms_id(room_id),
                "meeting_room_id": int(room_id) if room_id.isdigit() else room_id,
                "device_model": properties.hardware.device_model,
                "app_version": properties.hardware.rooms_version,
                "alert_event": {
                    "health_status": 2 if code == SERIOUS else 1,
                    "device_connect_status": "OFFLINE" if code == SERIOUS else "ONLINE",
                    "create_time": rfc3339(int(at)),
                    "health_desc": DESCRIPTIONS.get(code, UNKNOWN_DESCRIPTION),
                    "health_code": code,
                    "alert_kind": int(recovered),
                },
            },
        }

    async def _request(
        self,
        method: str,
        request: SignedRequest,
        timeout: ClientTimeout,
        *,
        params: Mapping[str, str] | None,
        body: Mapping[str, str] | None,
    ) -> Delivery:
        """Send a request to the URL and return the response, if it arrives in time."""
        try:
            async with (
                ClientSession(timeout=timeout) as session,
                session.request(
                    method, self.url, params=params, json=body, headers=request.headers
                ) as reply,
            ):
                return Delivery(request, reply.status, await reply.text())
        except ClientError, TimeoutError:
            return Delivery(request)
