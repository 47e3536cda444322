"""Carry a request and its answer between the web server and the vendors."""

from asyncio import Event
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
import json
from typing import Any

from aiohttp import web

type Row = dict[str, Any]
type Delivery = Callable[[web.Request, Answer, Event], Awaitable[web.StreamResponse]]

PROXY_PREFIX = "/proxy"
JSON_TYPE = "application/json; charset=utf-8"


async def deliver_whole(
    request: web.Request, answer: Answer, closing: Event
) -> web.StreamResponse:
    """Send the answer in one piece, as it should be."""
    del request, closing
    return web.Response(
        status=answer.status, body=answer.payload, headers=answer.all_headers
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a vendor says and how it goes out."""

    content: Row | list[Any] | str | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delivery: Delivery = deliver_whole
    good: bool = True

    @property
    def payload(self) -> bytes:
        """Return the bytes of the body."""
        match self.content:
            case bytes():
                return self.content
            case str():
                return self.content.encode()
            case _:
                return json.dumps(self.content, ensure_ascii=False).encode()

    @property
    def all_headers(self) -> dict[str, str]:
        """Return the headers, with a content type unless there is no body."""
        base = {"Content-Type": JSON_TYPE} if self.content else {}
        return base | dict(self.headers)


@dataclass(frozen=True, slots=True)
class Call:
    """Hold one request as the vendor behind a proxy sees it."""

    method: str
    target: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    remote: str
    now: float
    shift: int = 0

    @classmethod
    async def read(cls, request: web.Request, now: float) -> Call:
        """Read a request and take the proxy's prefix off its path."""
        return cls(
            method=request.method,
            target=without_prefix(request.raw_path),
            path=without_prefix(request.path),
            query=request.query,
            headers=request.headers,
            body=await request.read(),
            remote=request.remote or "",
            now=now,
        )

    def json_object(self) -> Row | None:
        """Return the body as a JSON object, or None when it is anything else."""
        try:
            parsed = json.loads(self.body)
        except ValueError, RecursionError:
            return None
        return parsed if isinstance(parsed, dict) else None


def without_prefix(path: str) -> str:
    """Strip the prefix that the pretended reverse proxy strips."""
    return (
        path.removeprefix(PROXY_PREFIX) if path.startswith(PROXY_PREFIX + "/") else path
    )


NOT_FOUND = Answer(b"", status=404, good=False)
