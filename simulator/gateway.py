"""Dispatch each request to its vendor, through the active faults."""

from asyncio import Event
from collections.abc import Callable, Sequence
from functools import partial
import time

from aiohttp import web

from .faults import ActiveFaults
from .faults.actions import apply
from .messages import NOT_FOUND, Request, Response
from .request_log import RequestLog
from .vendors.vendor import Route, Vendor

UNKNOWN = "unknown"


class Gateway:
    """Serve all vendors at one address."""

    def __init__(
        self, vendors: Sequence[Vendor], faults: ActiveFaults, log: RequestLog
    ) -> None:
        """Set the vendors to serve."""
        self._vendors = vendors
        self._faults = faults
        self._log = log
        self.closing = Event()

    async def handle(self, web_request: web.Request) -> web.StreamResponse:
        """Serve one request."""
        request = await Request.read(web_request, time.time())
        response = self._respond(request)
        return await response.delivery(web_request, response, self.closing)

    def _respond(self, request: Request) -> Response:
        """Find the vendor by the path and return its response."""
        for vendor in self._vendors:
            if request.path.startswith(vendor.prefix):
                return self._vendor_response(vendor, request)
        return NOT_FOUND

    def _vendor_response(self, vendor: Vendor, request: Request) -> Response:
        """Log the request, apply the faults that match it and return the response."""
        route = vendor.route(request)
        api = route.api if route else UNKNOWN
        room_id = route.room_id if route else None
        self._log.add(vendor.name, api, room_id)
        handler: Callable[[Request], Response] = partial(_serve, vendor, route)
        for fault in reversed(self._faults.take(vendor.name, api, room_id)):
            handler = partial(apply, fault, vendor, api, handler)
        return handler(request)


def _serve(vendor: Vendor, route: Route | None, request: Request) -> Response:
    """Serve a request without faults; an unknown path is a 404."""
    return vendor.respond(request, route) if route else NOT_FOUND
