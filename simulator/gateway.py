"""Bring each request to its vendor, through the faults in force."""

from asyncio import Event
from collections.abc import Callable, Sequence
from functools import partial
import time

from aiohttp import web

from .exchange import NOT_FOUND, Answer, Call
from .faults import Faults
from .faults.table import apply
from .request_log import RequestLog
from .vendor import Route, Vendor

UNKNOWN = "unknown"


class Gateway:
    """Serve all vendors on one address."""

    def __init__(
        self, vendors: Sequence[Vendor], faults: Faults, log: RequestLog
    ) -> None:
        """Serve some vendors."""
        self._vendors = vendors
        self._faults = faults
        self._log = log
        self.closing = Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        call = await Call.read(request, time.time())
        answer = self._answer(call)
        return await answer.delivery(request, answer, self.closing)

    def _answer(self, call: Call) -> Answer:
        """Find the vendor and its answer."""
        for vendor in self._vendors:
            if call.path.startswith(vendor.prefix):
                return self._answer_of(vendor, call)
        return NOT_FOUND

    def _answer_of(self, vendor: Vendor, call: Call) -> Answer:
        """Let the vendor answer, and whatever goes wrong go wrong."""
        route = vendor.route(call)
        api = route.api if route else UNKNOWN
        room_id = route.room_id if route else None
        self._log.add(vendor.name, api, room_id)
        following: Callable[[Call], Answer] = partial(_of_route, vendor, route)
        for fault in reversed(self._faults.take(vendor.name, api, room_id)):
            following = partial(apply, fault, vendor, api, following)
        return following(call)


def _of_route(vendor: Vendor, route: Route | None, call: Call) -> Answer:
    """Answer a call to an API, or to no API at all."""
    return vendor.answer(call, route) if route else NOT_FOUND
