"""Create and verify the cursors of WeCom's lists."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
import hashlib
import hmac
import json

from simulator.vendors.vendor import VendorError

MAC_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Position:
    """Hold the list, the filter, the page size and the offset of a cursor."""

    api: str
    name: str
    limit: int
    offset: int


class Cursors:
    """Sign cursors and verify them."""

    def __init__(self, key: str) -> None:
        """Set the key."""
        self._key = key.encode()

    def write(self, position: Position) -> str:
        """Return the cursor of a position."""
        text = json.dumps(asdict(position)).encode()
        return urlsafe_b64encode(self._mac(text) + text).decode()

    def read(self, cursor: str, api: str, name: str, limit: int) -> int:
        """Return the offset; list, filter and limit must be those of the first page."""
        try:
            decoded = urlsafe_b64decode(cursor.encode())
        except ValueError:
            raise VendorError(40058, "invalid cursor") from None
        mac, text = decoded[:MAC_LENGTH], decoded[MAC_LENGTH:]
        if not hmac.compare_digest(mac, self._mac(text)):
            raise VendorError(40058, "invalid cursor")
        position = Position(**json.loads(text))
        if (position.api, position.name, position.limit) != (api, name, limit):
            raise VendorError(40058, "cursor does not fit the request")
        return position.offset

    def _mac(self, text: bytes) -> bytes:
        """Return the message authentication code of a text."""
        return hmac.new(self._key, text, hashlib.sha256).digest()[:MAC_LENGTH]
