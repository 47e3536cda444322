"""A vendor with responses that a test sets, which records its requests."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
import json
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

type Reply = Callable[[Received], Any]


@dataclass(frozen=True, slots=True)
class Received:
    """A recorded request."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """Return the target without its query."""
        return self.target.partition("?")[0]

    @property
    def json_body(self) -> dict[str, Any]:
        """Return the JSON object of the body."""
        json_body: dict[str, Any] = json.loads(self.body)
        return json_body


@dataclass(slots=True)
class ScriptedVendor:
    """Respond to each path with its replies in order; the last one is repeated.

    A reply is JSON, a web response, or a function of the request that returns either.
    """

    replies: dict[str, list[Any]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def reply(self, path: str, *replies: Any) -> None:
        """Set the replies of a path."""
        self.replies[path] = [*replies]

    def of(self, path: str) -> list[Received]:
        """Return the requests for a path."""
        return [request for request in self.received if request.path == path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Record a request, and send the next reply."""
        came = Received(
            request.method, request.raw_path, request.headers, await request.read()
        )
        self.received.append(came)
        self.came.set()
        replies = self.replies[came.path]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        answer = await _awaited(reply(came) if callable(reply) else reply)
        return (
            answer
            if isinstance(answer, web.StreamResponse)
            else web.json_response(answer)
        )


async def _awaited(answer: Any) -> Any:
    """Return a reply, after awaiting it if it is a coroutine."""
    return await answer if asyncio.iscoroutine(answer) else answer


def serve(vendor: ScriptedVendor) -> TestServer:
    """Return a server on loopback for a scripted vendor."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", vendor.handle)
    return TestServer(app)
