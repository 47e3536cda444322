"""Test that a request is sent twice at most, and never with the same signature."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
import json
import socket
import struct
from typing import Any

import pytest

from custom_components.meeting_rooms.api.client import VendorClient
from custom_components.meeting_rooms.api.errors import (
    ApiError,
    ConnectionLost,
    InvalidAuth,
    RequestRejected,
)

from .accounts import Company

type Act = Callable[[asyncio.StreamWriter], Awaitable[bool]]
"""A function that responds to a request and returns whether to keep the connection."""

EMPTY = {
    "errcode": 0,
    "status": 0,
    "total_count": 0,
    "has_more": False,
    "access_token": "T",
    "meeting_room_list": [],
    "result": [],
}
USED_SIGNATURE = {"error_info": {"error_code": 190301}}
CLIENTS = [(Company.tencent, 1), (Company.wecom, 2), (Company.quanshi, 2)]
"""Each vendor's client, and the number of requests of one poll."""


def respond(answer: Any) -> Act:
    """Send a response, and keep the connection."""
    body = json.dumps(answer).encode()

    async def act(writer: asyncio.StreamWriter) -> bool:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        return True

    return act


async def reset(writer: asyncio.StreamWriter) -> bool:
    """Reset the connection."""
    linger = struct.pack("ii", 1, 0)
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
    return False


async def hang_up(writer: asyncio.StreamWriter) -> bool:
    """Close the connection without a response."""
    return False


async def stop_half_way(writer: asyncio.StreamWriter) -> bool:
    """Close the connection within a response."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    return False


@asynccontextmanager
async def serving(
    company: Company, *acts: Act
) -> AsyncIterator[tuple[Company, list[bytes]]]:
    """Serve requests by the acts in their order, the last one repeated; yield their headers."""
    left, heads = [*acts], list[bytes]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kept = True
        while kept and (head := await _receive(reader)):
            heads.append(head)
            kept = await (left.pop(0) if len(left) > 1 else left[0])(writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield Company(company.sim, company.session, f"http://127.0.0.1:{port}"), heads
        await company.session.close()


async def _receive(reader: asyncio.StreamReader) -> bytes:
    """Return the headers of the next request, empty after the last one."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except OSError, asyncio.IncompleteReadError:
        return b""
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    await reader.readexactly(int(fields.get(b"content-length", 0)))
    return head


def nonces(heads: list[bytes]) -> list[bytes]:
    """Return the nonces of requests."""
    return [
        line
        for head in heads
        for line in head.split(b"\r\n")
        if line.startswith(b"X-TC-Nonce")
    ]


@pytest.mark.parametrize(("open_client", "requests"), CLIENTS)
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_lost_connection_costs_one_more_request(
    company: Company,
    open_client: Callable[[Company], VendorClient],
    requests: int,
    broken: Act,
) -> None:
    """The connection may be new or kept from the previous poll."""
    act = respond(EMPTY)
    async with serving(company, *[act] * requests, broken, act) as (there, heads):
        client = open_client(there)
        await client.fetch_live()
        assert len(heads) == requests
        await client.fetch_live()
        more = len(heads)
        await client.fetch_live()
    assert len(nonces(heads)) == len({*nonces(heads)})
    assert more - requests == len(heads) - more + 1


@pytest.mark.parametrize("open_client", [each for each, _ in CLIENTS])
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_connection_that_is_lost_twice_is_an_error(
    company: Company, open_client: Callable[[Company], VendorClient], broken: Act
) -> None:
    """Each attempt has a different signature."""
    async with serving(company, broken) as (there, heads):
        with pytest.raises(ConnectionLost):
            await open_client(there).fetch_live()
    assert len(heads) == 2
    assert len(nonces(heads)) == len({*nonces(heads)})


@pytest.mark.parametrize(
    ("acts", "kind"),
    [
        ((reset, respond(USED_SIGNATURE)), RequestRejected),
        ((respond(USED_SIGNATURE), reset), ConnectionLost),
        ((respond(USED_SIGNATURE), hang_up), ConnectionLost),
        ((respond({"error_info": {"error_code": 41}}), reset), ApiError),
        ((reset, respond({"error_info": {"error_code": 190303}})), InvalidAuth),
    ],
)
async def test_a_request_is_sent_twice_at_most(
    company: Company, acts: tuple[Act, ...], kind: type[ApiError]
) -> None:
    """The two failures may have different reasons."""
    async with serving(company, *acts) as (there, heads):
        with pytest.raises(kind):
            await there.tencent().fetch_live()
    assert len(heads) == 2
    assert len({*nonces(heads)}) == 2


@pytest.mark.parametrize("open_client", [each for each, _ in CLIENTS])
async def test_an_incomplete_response_is_not_requested_again(
    company: Company, open_client: Callable[[Company], VendorClient]
) -> None:
    """The vendor has received the request."""
    async with serving(company, stop_half_way) as (there, heads):
        with pytest.raises(ApiError):
            await open_client(there).fetch_live()
    assert len(heads) == 1
