"""Call the address that a customer subscribed to events, as Tencent Meeting does."""

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
from simulator.company.rooms import RoomBook
from simulator.exchange import Row

from .answers import DESCRIPTIONS, SERIOUS, UNDESCRIBED

ACKNOWLEDGEMENT: Final = "successfully received callback"
_CHECK_PATIENCE: Final = ClientTimeout(total=3)
_EVENT_PATIENCE: Final = ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Request:
    """Hold what goes out, so that the very same can go out again."""

    data: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Hold a request and what came back; status 0 when nothing did."""

    request: Request
    status: int = 0
    text: str = ""

    @property
    def acknowledged(self) -> bool:
        """Return whether the vendor is content, and will not send it again."""
        return (self.status, self.text) == (200, ACKNOWLEDGEMENT)


class Webhook:
    """Check the subscribed address, and push the alerts of rooms to it.

    `url` is where, `encrypted` whether the EncodingAESKey is used. Nothing is pushed
    by itself: `alert` does it, and `again` is what the vendor does after 1, 3 and 6 minutes
    unless the delivery was acknowledged.
    """

    def __init__(self, account: TencentMeetingAccount, rooms: RoomBook) -> None:
        """Push about some rooms; nobody has subscribed yet."""
        self.url = ""
        self.encrypted = False
        self.token = account.webhook_token
        self.encoding_aes_key = account.encoding_aes_key
        self._rooms = rooms

    async def check(self, text: str = "4p4bnq8") -> bool:
        """Check the address as on saving it, and return whether it answers rightly."""
        request = self.signed(text.encode())
        query = {"check_str": request.data}
        delivery = await self._call(
            "GET", request, _CHECK_PATIENCE, params=query, body=None
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
        """Push that an alarm was raised or is over, in real time unless a moment is given."""
        moment = time.time() if at is None else at
        event: Row = {
            "event": "room.alert",
            "trace_id": str(uuid.uuid4()),
            "payload": [self._row(room_id, code, recovered=recovered, at=moment)],
        }
        return await self.push(event)

    async def push(self, event: Row) -> Delivery:
        """Push any event."""
        plain = json.dumps(event, ensure_ascii=False).encode()
        return await self.send(self.signed(plain))

    async def again(
        self, delivery: Delivery, *, newly_signed: bool = False
    ) -> Delivery:
        """Send the same event again, with the same headers or with new ones."""
        request = delivery.request
        return await self.send(self._sign(request.data) if newly_signed else request)

    async def send(self, request: Request) -> Delivery:
        """Send a request as it is."""
        body = {"data": request.data}
        return await self._call(
            "POST", request, _EVENT_PATIENCE, params=None, body=body
        )

    def signed(self, plain: bytes) -> Request:
        """Return a request with a content, encrypted if so subscribed."""
        sealed = self._sealed(plain) if self.encrypted else plain
        return self._sign(b64encode(sealed).decode())

    def _sign(self, data: str) -> Request:
        """Return a request with headers of this moment."""
        timestamp, nonce = f"{time.time() * 1000:.0f}", f"{random.randrange(10**8)}"
        parts = sorted((self.token, timestamp, nonce, data))
        signature = hashlib.sha1("".join(parts).encode()).hexdigest()
        headers = {"timestamp": timestamp, "nonce": nonce, "signature": signature}
        return Request(data, headers)

    def _sealed(self, plain: bytes) -> bytes:
        """Return a content as AES-256-CBC makes it."""
        key = b64decode(self.encoding_aes_key + "=")
        padder = PKCS7(AES.block_size).padder()
        encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
        padded = padder.update(plain) + padder.finalize()
        return encryptor.update(padded) + encryptor.finalize()

    def _row(self, room_id: str, code: str, *, recovered: bool, at: float) -> Row:
        """Print an alert of the first device of a room."""
        facts = self._rooms[room_id].facts
        return {
            "operate_time": int(at * 1000),
            "room_event": {
                "rooms_id": facts.basic.rooms_id_list[0],
                "meeting_room_id": int(room_id) if room_id.isdigit() else room_id,
                "device_model": facts.hardware.device_model,
                "app_version": facts.hardware.rooms_version,
                "alert_event": {
                    "health_status": 2 if code == SERIOUS else 1,
                    "device_connect_status": "OFFLINE" if code == SERIOUS else "ONLINE",
                    "create_time": rfc3339(int(at)),
                    "health_desc": DESCRIPTIONS.get(code, UNDESCRIBED),
                    "health_code": code,
                    "alert_kind": int(recovered),
                },
            },
        }

    async def _call(
        self,
        method: str,
        request: Request,
        patience: ClientTimeout,
        *,
        params: Mapping[str, str] | None,
        body: Mapping[str, str] | None,
    ) -> Delivery:
        """Call the address, and return what it says in time."""
        try:
            async with (
                ClientSession(timeout=patience) as session,
                session.request(
                    method, self.url, params=params, json=body, headers=request.headers
                ) as reply,
            ):
                return Delivery(request, reply.status, await reply.text())
        except ClientError, TimeoutError:
            return Delivery(request)
