"""Send responses in ways that violate HTTP."""

import asyncio
import contextlib
import socket
import struct

from aiohttp import web

from simulator.messages import Delivery, Response

CHUNK = b'"' + b"x" * 65_534 + b'",'


async def hang(
    request: web.Request, response: Response, closing: asyncio.Event
) -> web.StreamResponse:
    """Send nothing until the server stops."""
    await closing.wait()
    return await reset(request, response, closing)


def hold(removed: asyncio.Event) -> Delivery:
    """Return a delivery that sends the response when the fault is removed."""

    async def held(
        request: web.Request, response: Response, closing: asyncio.Event
    ) -> web.StreamResponse:
        """Send the response late, as it was at the request."""
        del request, closing
        await removed.wait()
        return web.Response(
            status=response.status, body=response.payload, headers=response.all_headers
        )

    return held


async def hang_within(
    request: web.Request, response: Response, closing: asyncio.Event
) -> web.StreamResponse:
    """Send half of the body, then nothing until the server stops."""
    stream = await _start(request, response)
    await stream.write(response.payload[: len(response.payload) // 2])
    await closing.wait()
    return _close(request, stream)


async def truncate(
    request: web.Request, response: Response, closing: asyncio.Event
) -> web.StreamResponse:
    """Announce more bytes than are sent, then close the connection."""
    del closing
    stream = await _start(request, response)
    await stream.write(response.payload[: len(response.payload) // 2])
    return _close(request, stream)


async def reset(
    request: web.Request, response: Response, closing: asyncio.Event
) -> web.StreamResponse:
    """Reset the connection."""
    del response, closing
    transport = request.transport
    if transport is not None:
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )
        transport.abort()
    return web.Response(status=500)


async def endless(
    request: web.Request, response: Response, closing: asyncio.Event
) -> web.StreamResponse:
    """Send an endless body until the client disconnects or the server stops."""
    stream = web.StreamResponse(status=response.status, headers=response.all_headers)
    await stream.prepare(request)
    with contextlib.suppress(ConnectionError):
        await stream.write(b"[")
        while not closing.is_set():
            await stream.write(CHUNK)
            await asyncio.sleep(0)
    return _close(request, stream)


async def _start(request: web.Request, response: Response) -> web.StreamResponse:
    """Send the headers with the length of the complete body."""
    stream = web.StreamResponse(status=response.status, headers=response.all_headers)
    stream.content_length = len(response.payload)
    await stream.prepare(request)
    return stream


def _close(request: web.Request, stream: web.StreamResponse) -> web.StreamResponse:
    """Close the connection in the middle of the response."""
    stream.force_close()
    if request.transport is not None:
        request.transport.close()
    return stream
