"""What Tencent Meeting pushes by itself: alerts of rooms, signed and perhaps encrypted.

Source: the vendor's pages on event subscription, https://cloud.tencent.com/document/product/1095/51605.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
from ..models.room import Alarm, Health, parse_health
from ..push import PushReceiver, PushRejected
from ..values import flag, identifier, text, unix_time, wire_field
from ..wire import WireModel, parse_rows

TOKEN_PATTERN: Final = r"[A-Za-z0-9]{25}"
KEY_PATTERN: Final = r"[A-Za-z0-9+/]{43}"

REPLAY_WINDOW_SECONDS: Final = 5 * 60
RESEND_WINDOW_SECONDS: Final = 11 * 60
"""How long a request that came before may come again: the vendor tries after 1, 3 and 6 minutes."""

_OLDEST_NEWS: Final = timedelta(seconds=RESEND_WINDOW_SECONDS)
_REMEMBERED_SECONDS: Final = 3600
_MAX_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class _AlertRow(WireModel):
    """A row of an event, as the vendor writes it."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)
    code: str | None = wire_field("health_code", text)
    description: str | None = wire_field("health_desc", text)
    health: Health | None = wire_field("health_status", parse_health)
    recovered: bool | None = wire_field("alert_kind", flag)
    at: datetime | None = wire_field("operate_time", unix_time)

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Lay the three levels of the vendor's row into one."""
        row = _object(d)
        room_event = _object(row.get("room_event"))
        return row | room_event | _object(room_event.get("alert_event"))

    def alert(self, sent: datetime, now: datetime) -> RoomAlert | None:
        """Return what it tells, sent at a moment of the vendor's clock, now by ours.

        It is never of the future, nor older than the vendor's attempts to send it take: a time
        long past is not that of the news. None where nothing can be said.
        """
        if self.recovered is None:
            return None
        latest = max(sent, now)
        at = min(self.at or latest, latest)
        vendor_behind = now - max(sent, at)
        return RoomAlert(
            room_id=self.room_id,
            rooms_id=self.rooms_id,
            alarm=Alarm(code=self.code, description=self.description),
            health=self.health,
            recovered=self.recovered,
            at=at,
            clock_offset=vendor_behind if sent - at <= _OLDEST_NEWS else now - at,
        )


def _object(value: object) -> dict[object, object]:
    """Return a JSON object; anything else reads as an empty one."""
    return value if isinstance(value, dict) else {}


class _Seal:
    """The vendor's encryption: AES-256-CBC, the first vector being the start of the key."""

    def __init__(self, encoding_aes_key: str) -> None:
        """Take the key; raises ValueError for what cannot be one, without repeating it."""
        if not re.fullmatch(KEY_PATTERN, encoding_aes_key):
            raise ValueError("an EncodingAESKey has 43 characters of base64")
        self._written = encoding_aes_key.encode()
        self._key = b64decode(f"{encoding_aes_key}=")

    def open(self, sealed: bytes) -> bytes:
        """Return the plain text, without the key that one of the vendor's texts appends."""
        decryptor = Cipher(AES(self._key), CBC(self._key[:16])).decryptor()
        unpadder = PKCS7(AES.block_size).unpadder()
        try:
            padded = decryptor.update(sealed) + decryptor.finalize()
            plain = unpadder.update(padded) + unpadder.finalize()
        except ValueError:
            raise PushRejected from None
        return plain.removesuffix(self._written).removesuffix(self._key)


@dataclass(slots=True)
class _Memory:
    """Names that came in the last hour, and only so many of them."""

    _until: dict[str, float] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        """Return whether a name came before."""
        return name in self._until

    def add(self, name: str, now: float) -> bool:
        """Remember a name, and return whether it is new."""
        self._until = {kept: end for kept, end in self._until.items() if end >= now}
        if name in self._until:
            return False
        if len(self._until) >= _MAX_REMEMBERED:
            del self._until[next(iter(self._until))]
        self._until[name] = now + _REMEMBERED_SECONDS
        return True


class WebhookReceiver(PushReceiver):
    """Both sides of the vendor's one URL: its check of the URL, and its events."""

    acknowledgement: ClassVar = "successfully received callback"
    max_body_bytes: ClassVar = 256 * 1024

    def __init__(
        self,
        token: str,
        encoding_aes_key: str | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take what the vendor's console shows, or raise ValueError, and a clock in seconds."""
        if not token:
            raise ValueError("a webhook needs a token")
        self._token = token
        self._seal = _Seal(encoding_aes_key) if encoding_aes_key else None
        self._now = now
        self._checks = _Memory()
        self._events = _Memory()
        self._traces = _Memory()

    @override
    def check(self, query: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """Return the plain text that answers a check of the URL."""
        # Base64 has no blank: it is a "+" that was not quoted in the URL
        data = query.get("check_str", "").replace(" ", "+")
        signature = self._verify(data, headers, before=self._checks)
        # Else an event that somebody overheard could be had deciphered
        if signature in self._events:
            raise PushRejected
        try:
            plain = self._open(data).decode()
        except UnicodeDecodeError:
            raise PushRejected from None
        self._checks.add(signature, self._now())
        return plain

    @override
    def receive(self, body: bytes, headers: Mapping[str, str]) -> tuple[RoomAlert, ...]:
        """Return the alerts of an event, none where it tells nothing new.

        Another event, and one that came before, is to be acknowledged too.
        """
        if len(body) > self.max_body_bytes:
            raise PushRejected
        data = _first_object(body).get("data")
        if not isinstance(data, str):
            raise PushRejected
        signature = self._verify(data, headers, before=self._events)
        if signature in self._checks:
            raise PushRejected
        event = _first_object(self._open(data))
        if not self._events.add(signature, self._now()):
            return ()
        if event.get("event") != "room.alert" or self._came_before(event):
            return ()
        now = datetime.fromtimestamp(self._now(), UTC)
        sent = datetime.fromtimestamp(int(headers["timestamp"]) / 1000, UTC)
        rows = parse_rows(_AlertRow, event.get("payload"))
        return tuple(
            alert for row in rows if (alert := row.alert(sent, now)) is not None
        )

    def _came_before(self, event: dict[str, object]) -> bool:
        """Return whether the vendor sends an event again, newly signed."""
        trace_id = text(event.get("trace_id"))
        return trace_id is not None and not self._traces.add(trace_id, self._now())

    def _open(self, data: str) -> bytes:
        """Return what the vendor wrote."""
        try:
            decoded = b64decode(data + "=" * (-len(data) % 4), validate=True)
        except ValueError:
            raise PushRejected from None
        return self._seal.open(decoded) if self._seal else decoded

    def _verify(self, data: str, headers: Mapping[str, str], *, before: _Memory) -> str:
        """Return the signature; refuse what is not signed, or neither of now nor sent again."""
        timestamp, nonce = headers.get("timestamp", ""), headers.get("nonce", "")
        signature = headers.get("signature", "")
        expected = _sign(self._token, timestamp, nonce, data)
        if not hmac.compare_digest(expected, signature.encode(errors="replace")):
            raise PushRejected
        if not nonce or not re.fullmatch(r"[0-9]{13}", timestamp):
            raise PushRejected
        age = self._now() - int(timestamp) / 1000
        oldest = RESEND_WINDOW_SECONDS if signature in before else REPLAY_WINDOW_SECONDS
        if not -REPLAY_WINDOW_SECONDS <= age <= oldest:
            raise PushRejected
        return signature


def _sign(*parts: str) -> bytes:
    """Return the hexadecimal SHA-1 of the parts in the order of their bytes."""
    ordered = sorted(part.encode(errors="surrogatepass") for part in parts)
    return hashlib.sha1(b"".join(ordered)).hexdigest().encode()


def _first_object(document: bytes) -> dict[str, object]:
    """Return the JSON object that a document begins with, whatever follows it."""
    try:
        value, _ = json.JSONDecoder().raw_decode(document.decode().lstrip())
    except RecursionError, ValueError:
        raise PushRejected from None
    if not isinstance(value, dict):
        raise PushRejected
    return value
