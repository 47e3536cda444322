"""Give out cursors that nobody else can make."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
import hashlib
import hmac
import json

from simulator.vendor import Refusal

MARK = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Say where in which list a cursor points to."""

    api: str
    name: str
    limit: int
    offset: int


class Cursors:
    """Sign cursors and check them."""

    def __init__(self, key: str) -> None:
        """Sign with a key."""
        self._key = key.encode()

    def write(self, place: Place) -> str:
        """Return the cursor for a place."""
        text = json.dumps(asdict(place)).encode()
        return urlsafe_b64encode(self._mark(text) + text).decode()

    def read(self, cursor: str, api: str, name: str, limit: int) -> int:
        """Return the offset; the list, the filter and the limit must be those of the chain."""
        try:
            whole = urlsafe_b64decode(cursor.encode())
        except ValueError:
            raise Refusal(40058, "invalid cursor") from None
        mark, text = whole[:MARK], whole[MARK:]
        if not hmac.compare_digest(mark, self._mark(text)):
            raise Refusal(40058, "invalid cursor")
        place = Place(**json.loads(text))
        if (place.api, place.name, place.limit) != (api, name, limit):
            raise Refusal(40058, "cursor does not fit the request")
        return place.offset

    def _mark(self, text: bytes) -> bytes:
        """Return the mark of a text."""
        return hmac.new(self._key, text, hashlib.sha256).digest()[:MARK]
