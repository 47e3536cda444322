"""Send answers in ways no server should."""

import asyncio
import contextlib
import socket
import struct

from aiohttp import web

from simulator.exchange import Answer

CHUNK = b'"' + b"x" * 65_534 + b'",'


async def hang(
    request: web.Request, answer: Answer, closing: asyncio.Event
) -> web.StreamResponse:
    """Say nothing until the server ends."""
    await closing.wait()
    return await reset(request, answer, closing)


async def hang_within(
    request: web.Request, answer: Answer, closing: asyncio.Event
) -> web.StreamResponse:
    """Send half of the body and then nothing until the server ends."""
    response = await _begin(request, answer)
    await response.write(answer.payload[: len(answer.payload) // 2])
    await closing.wait()
    return _cut(request, response)


async def truncate(
    request: web.Request, answer: Answer, closing: asyncio.Event
) -> web.StreamResponse:
    """Promise more bytes than are sent, then close."""
    del closing
    response = await _begin(request, answer)
    await response.write(answer.payload[: len(answer.payload) // 2])
    return _cut(request, response)


async def reset(
    request: web.Request, answer: Answer, closing: asyncio.Event
) -> web.StreamResponse:
    """Drop the connection hard."""
    del answer, closing
    transport = request.transport
    if transport is not None:
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )
        transport.abort()
    return web.Response(status=500)


async def endless(
    request: web.Request, answer: Answer, closing: asyncio.Event
) -> web.StreamResponse:
    """Send a body without an end until the client or the server gives up."""
    response = web.StreamResponse(status=answer.status, headers=answer.all_headers)
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        await response.write(b"[")
        while not closing.is_set():
            await response.write(CHUNK)
            await asyncio.sleep(0)
    return _cut(request, response)


async def _begin(request: web.Request, answer: Answer) -> web.StreamResponse:
    """Send the head with the length of the whole body."""
    response = web.StreamResponse(status=answer.status, headers=answer.all_headers)
    response.content_length = len(answer.payload)
    await response.prepare(request)
    return response


def _cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """Close the connection in the middle of the answer."""
    response.force_close()
    if request.transport is not None:
        request.transport.close()
    return response
