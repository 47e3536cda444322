"""Tell which responses are older than the latest bookings of a room."""

from itertools import count


class RequestOrder:
    """Number the requests for bookings: responses may arrive in another order."""

    def __init__(self) -> None:
        """Start without a request."""
        self._numbers = count(1)
        self._latest: dict[str, int] = {}

    def begin(self) -> int:
        """Return the number of a request that begins now."""
        return next(self._numbers)

    def supersede(self, room_id: str, request: int) -> None:
        """Discard the responses for a room to the requests that began before a request."""
        self._latest[room_id] = request

    def is_superseded(self, room_id: str, request: int) -> bool:
        """Return whether newer bookings of a room than those of a request are known."""
        return request < self._latest.get(room_id, 0)
