"""Define the base class of the simulated vendors."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from simulator.enums import VendorName
from simulator.messages import Request, Response


@dataclass(frozen=True, slots=True)
class Route:
    """Hold the API that serves a request, and the room the request is about."""

    api: str
    handler: Callable[[Request], Response]
    room_id: str | None = None


class VendorError(Exception):
    """Reject a request with an error code of the vendor."""

    def __init__(self, code: int, message: str = "", status: int | None = None) -> None:
        """Set the code; an empty message becomes the vendor's usual one."""
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status


class Vendor(ABC):
    """Serve the API of one vendor."""

    name: VendorName
    prefix: str

    def __init__(self) -> None:
        """Start without preset responses."""
        self._preset: dict[tuple[str, str | None], str] = {}

    @abstractmethod
    def route(self, request: Request) -> Route | None:
        """Find the API that serves a request."""

    @abstractmethod
    def check(self, request: Request, route: Route) -> None:
        """Raise the error with which the vendor rejects a request, if it does."""

    @abstractmethod
    def error_response(
        self, error: VendorError, request: Request, api: str
    ) -> Response:
        """Return an error in the vendor's format."""

    @abstractmethod
    def expire_tokens(self, code: int | None = None) -> None:
        """Invalidate the access tokens; `code` replaces the vendor's usual error code."""

    def set_response(self, api: str, room_id: str | None, body: str | None) -> None:
        """Return a fixed body from one API (of one room); `None` removes it."""
        self._preset.pop((api, room_id), None)
        if body is not None:
            self._preset[(api, room_id)] = body

    def respond(self, request: Request, route: Route) -> Response:
        """Check a request and serve it."""
        try:
            self.check(request, route)
            if body := self._preset_body(route):
                return Response(body)
            return route.handler(request)
        except VendorError as error:
            return self.error_response(error, request, route.api)

    def _preset_body(self, route: Route) -> str | None:
        """Return the fixed body for a request; that of the room wins."""
        return self._preset.get((route.api, route.room_id)) or self._preset.get(
            (route.api, None)
        )
