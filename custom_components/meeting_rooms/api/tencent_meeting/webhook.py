"""The receiver of the events that Tencent Meeting pushes, signed and optionally encrypted.

Source: the vendor's pages on event subscription,
https://cloud.tencent.com/document/product/1095/51605.
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import hashlib
import hmac
import json
import re
import time
from typing import ClassVar, Final, override

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from ..models.alert import RoomAlert
from ..models.room import Alarm, Health
from ..push import PushedEvents, PushReceiver, PushRejected
from ..rooms_backend import health
from ..values import flag, identifier, text, unix_time, wire_field
from ..wire import WireModel, parse_rows

TOKEN_PATTERN: Final = r"[A-Za-z0-9]{25}"
KEY_PATTERN: Final = r"[A-Za-z0-9+/]{43}"
_ALERT_EVENT: Final = "room.alert"
_MEETING_EVENTS: Final = {
    "meeting.canceled",
    "meeting.created",
    "meeting.end",
    "meeting.started",
    "meeting.updated",
}

_MAX_DELAY: Final = timedelta(minutes=15)
"""How late a delivery is accepted: the vendor repeats a failed one after 1, 3 and 6 minutes."""
_MAX_CLOCK_SKEW: Final = timedelta(minutes=5)
_MAX_REMEMBERED: Final = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class _AlertRow(WireModel):
    """A row of an alert event."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)
    code: str | None = wire_field("health_code", text)
    description: str | None = wire_field("health_desc", text)
    health: Health | None = wire_field("health_status", health)
    recovered: bool | None = wire_field("alert_kind", flag)
    at: datetime | None = wire_field("operate_time", unix_time)

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Merge the three levels of the vendor's row."""
        row = _object(d)
        room_event = _object(row.get("room_event"))
        return row | room_event | _object(room_event.get("alert_event"))

    def alert(self, sent: datetime, now: datetime) -> RoomAlert | None:
        """Return the alert of a row that was sent at `sent` by the vendor's clock.

        Its time is never in the future. An alert that is much older than its delivery counts as
        current, because its time is wrong. None where the row is neither a start nor an end.
        """
        if self.recovered is None:
            return None
        latest = max(sent, now)
        at = min(self.at or latest, latest)
        offset = now - max(sent, at)
        if offset > _MAX_CLOCK_SKEW:
            # The delivery is late: requests fail where the clocks differ by so much.
            offset = timedelta(0)
        return RoomAlert(
            room_id=self.room_id,
            rooms_id=self.rooms_id,
            alarm=Alarm(code=self.code, description=self.description),
            health=self.health,
            recovered=self.recovered,
            at=at,
            clock_offset=offset if sent - at <= _MAX_DELAY else now - at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _RoomRow(WireModel):
    """A room of a meeting."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)


def _object(value: object) -> dict[object, object]:
    """Return a JSON object; any other value becomes an empty one."""
    return value if isinstance(value, dict) else {}


class WebhookReceiver(PushReceiver):
    """The receiver of one webhook URL: the vendor's check of the URL, and its events."""

    acknowledgement: ClassVar = "successfully received callback"
    max_body_bytes: ClassVar = 256 * 1024

    def __init__(self, token: str, encoding_aes_key: str | None = None) -> None:
        """Use the token and the key of the vendor's console; raises ValueError for bad ones."""
        if not token:
            raise ValueError("the webhook requires a token")
        self._token = token
        if encoding_aes_key and not re.fullmatch(KEY_PATTERN, encoding_aes_key):
            raise ValueError("the EncodingAESKey must be 43 characters of base64")
        self._encoding_aes_key = encoding_aes_key
        self._received: dict[str, None] = {}
        """The signatures and trace ids of the latest events, the oldest first."""

    @override
    def check(self, query: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """Return the plain text of a check of the URL."""
        # Base64 has no blank: it is a "+" that was not quoted in the URL.
        data = query.get("check_str", "").replace(" ", "+")
        # A recorded event must not be decrypted by sending it as a check.
        if self._verify(data, headers) in self._received:
            raise PushRejected
        try:
            return self._decode(data).decode()
        except UnicodeDecodeError:
            raise PushRejected from None

    @override
    def receive(self, body: bytes, headers: Mapping[str, str]) -> PushedEvents:
        """Return the content of an event; a repeated event and any other kind have none."""
        if len(body) > self.max_body_bytes:
            raise PushRejected
        data = _first_object(body).get("data")
        if not isinstance(data, str):
            raise PushRejected
        signature = self._verify(data, headers)
        event = _first_object(self._decode(data))
        if not self._is_new(signature, text(event.get("trace_id"))):
            return PushedEvents()
        sent = datetime.fromtimestamp(int(headers["timestamp"]) / 1000, UTC)
        payload = event.get("payload")
        match event.get("event"):
            case str(kind) if kind == _ALERT_EVENT:
                return PushedEvents(alerts=_alerts(payload, sent))
            case str(kind) if kind in _MEETING_EVENTS:
                return PushedEvents(rooms=_rooms(payload))
        return PushedEvents()

    def _is_new(self, signature: str, trace_id: str | None) -> bool:
        """Store the event, and return whether it is new; a repetition has a new signature."""
        names = [signature] if trace_id is None else [signature, trace_id]
        new = not any(name in self._received for name in names)
        self._received |= dict.fromkeys(names)
        while len(self._received) > _MAX_REMEMBERED:
            del self._received[next(iter(self._received))]
        return new

    def _decode(self, data: str) -> bytes:
        """Return the plain text of data that the vendor sent."""
        try:
            decoded = b64decode(data + "=" * (-len(data) % 4), validate=True)
        except ValueError:
            raise PushRejected from None
        key = self._encoding_aes_key
        return _decrypt(decoded, key) if key else decoded

    def _verify(self, data: str, headers: Mapping[str, str]) -> str:
        """Return the signature; raises PushRejected for a wrong one, and an old timestamp."""
        timestamp, nonce = headers.get("timestamp", ""), headers.get("nonce", "")
        signature = headers.get("signature", "")
        expected = _sign(self._token, timestamp, nonce, data)
        if not hmac.compare_digest(expected, signature.encode(errors="replace")):
            raise PushRejected
        if not nonce or not re.fullmatch(r"[0-9]{13}", timestamp):
            raise PushRejected
        delay = timedelta(seconds=time.time() - int(timestamp) / 1000)
        if not -_MAX_CLOCK_SKEW <= delay <= _MAX_DELAY:
            raise PushRejected
        return signature


def _alerts(payload: object, sent: datetime) -> tuple[RoomAlert, ...]:
    """Return the alerts of an event."""
    now = datetime.now(UTC)
    rows = parse_rows(_AlertRow, payload)
    return tuple(alert for row in rows if (alert := row.alert(sent, now)) is not None)


def _rooms(payload: object) -> frozenset[str]:
    """Return the rooms that an event about meetings names, by their id or that of a device."""
    rows = [_object(row) for row in payload] if isinstance(payload, list) else []
    meetings = [*rows, *(_object(row.get("meeting_info")) for row in rows)]
    rooms = (
        room
        for meeting in meetings
        for room in parse_rows(_RoomRow, meeting.get("rooms_info"))
    )
    ids = (room.room_id or room.rooms_id for room in rooms)
    return frozenset(each for each in ids if each is not None)


def _decrypt(data: bytes, encoding_aes_key: str) -> bytes:
    """Decrypt AES-256-CBC with PKCS#7, its IV being the start of the key.

    The plain text is returned without the key that the vendor may append.
    """
    key = b64decode(f"{encoding_aes_key}=")
    decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
    unpadder = PKCS7(AES.block_size).unpadder()
    try:
        padded = decryptor.update(data) + decryptor.finalize()
        plain = unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise PushRejected from None
    return plain.removesuffix(encoding_aes_key.encode()).removesuffix(key)


def _sign(*parts: str) -> bytes:
    """Return the hexadecimal SHA-1 of the parts, sorted by their bytes."""
    ordered = sorted(part.encode(errors="surrogatepass") for part in parts)
    return hashlib.sha1(b"".join(ordered)).hexdigest().encode()


def _first_object(document: bytes) -> dict[str, object]:
    """Return the JSON object at the start of a document, ignoring the rest."""
    try:
        value, _ = json.JSONDecoder().raw_decode(document.decode().lstrip())
    except RecursionError, ValueError:
        raise PushRejected from None
    if not isinstance(value, dict):
        raise PushRejected
    return value
