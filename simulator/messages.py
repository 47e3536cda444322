"""Model the requests and responses that pass between the web server and the vendors."""

from asyncio import Event
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
import json
from typing import Any

from aiohttp import web

type Row = dict[str, Any]
type Delivery = Callable[[web.Request, Response, Event], Awaitable[web.StreamResponse]]

PROXY_PREFIX = "/proxy"
JSON_TYPE = "application/json; charset=utf-8"


async def deliver(
    request: web.Request, response: Response, closing: Event
) -> web.StreamResponse:
    """Send a response normally."""
    del request, closing
    return web.Response(
        status=response.status, body=response.payload, headers=response.all_headers
    )


@dataclass(frozen=True, slots=True)
class Response:
    """Hold a vendor's response and the function that sends it."""

    content: Row | list[Any] | str | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delivery: Delivery = deliver
    success: bool = True

    @property
    def text(self) -> str:
        """Return the body as text."""
        match self.content:
            case bytes():
                return self.content.decode()
            case str():
                return self.content
            case _:
                return json.dumps(self.content, ensure_ascii=False)

    @property
    def payload(self) -> bytes:
        """Return the body as bytes."""
        return self.content if isinstance(self.content, bytes) else self.text.encode()

    @property
    def all_headers(self) -> dict[str, str]:
        """Return the headers, with a content type unless the body is empty."""
        base = {"Content-Type": JSON_TYPE} if self.payload else {}
        return base | dict(self.headers)


@dataclass(frozen=True, slots=True)
class Request:
    """Hold a request as the vendor receives it from a reverse proxy."""

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
    async def read(cls, request: web.Request, now: float) -> Request:
        """Read a request and strip the proxy's prefix from its path."""
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
        """Return the body as a JSON object, or `None` if it is anything else."""
        try:
            parsed = json.loads(self.body)
        except ValueError, RecursionError:
            return None
        return parsed if isinstance(parsed, dict) else None


def without_prefix(path: str) -> str:
    """Strip the path prefix, as the simulated reverse proxy does."""
    return (
        path.removeprefix(PROXY_PREFIX) if path.startswith(PROXY_PREFIX + "/") else path
    )


NOT_FOUND = Response(b"", status=404, success=False)
