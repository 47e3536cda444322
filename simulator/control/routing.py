"""Define the path of the control endpoints and how they report a bad request."""

from collections.abc import Awaitable, Callable

from aiohttp import web

BASE = "/_control"

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def report_errors(handler: Callable[[web.Request], Awaitable[web.Response]]) -> Handler:
    """Return a handler that answers a bad request with HTTP 400 and one line of text."""

    async def wrapped(request: web.Request) -> web.StreamResponse:
        """Serve the request."""
        try:
            return await handler(request)
        except (ValueError, TypeError, KeyError, AttributeError) as err:
            return web.Response(status=400, text=f"{type(err).__name__}: {err}\n")

    return wrapped
