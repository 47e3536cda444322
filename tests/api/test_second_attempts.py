"""Test that a call is made twice at most, and never with the same signature."""

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
"""What a vendor does with a request; whether it keeps the connection."""

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
CALLS = [(Company.tencent, 1), (Company.wecom, 2), (Company.quanshi, 2)]
"""How to open each vendor, and how many calls a poll of it makes."""


def says(answer: Any) -> Act:
    """Answer, and keep the connection."""
    body = json.dumps(answer).encode()

    async def act(writer: asyncio.StreamWriter) -> bool:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        return True

    return act


async def reset(writer: asyncio.StreamWriter) -> bool:
    """Break the connection."""
    linger = struct.pack("ii", 1, 0)
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
    return False


async def hang_up(writer: asyncio.StreamWriter) -> bool:
    """Close the connection without a word."""
    return False


async def stop_half_way(writer: asyncio.StreamWriter) -> bool:
    """Begin an answer, and close the connection."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    return False


@asynccontextmanager
async def serving(
    company: Company, *acts: Act
) -> AsyncIterator[tuple[Company, list[bytes]]]:
    """Do one thing with each request, the last one ever after; tell the heads that came."""
    left, heads = [*acts], list[bytes]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kept = True
        while kept and (head := await _hear(reader)):
            heads.append(head)
            kept = await (left.pop(0) if len(left) > 1 else left[0])(writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield Company(company.sim, company.session, f"http://127.0.0.1:{port}"), heads
        await company.session.close()


async def _hear(reader: asyncio.StreamReader) -> bytes:
    """Return the head of the next request; nothing once the caller has hung up."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except OSError, asyncio.IncompleteReadError:
        return b""
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    await reader.readexactly(int(fields.get(b"content-length", 0)))
    return head


def nonces(heads: list[bytes]) -> list[bytes]:
    """Return the nonces of some requests."""
    return [
        line
        for head in heads
        for line in head.split(b"\r\n")
        if line.startswith(b"X-TC-Nonce")
    ]


@pytest.mark.parametrize(("open_client", "calls"), CALLS)
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_connection_that_breaks_costs_one_more_request(
    company: Company,
    open_client: Callable[[Company], VendorClient],
    calls: int,
    broken: Act,
) -> None:
    """And nothing else, be it a new one or one that was kept from poll to poll."""
    act = says(EMPTY)
    async with serving(company, *[act] * calls, broken, act) as (there, heads):
        client = open_client(there)
        await client.fetch_live()
        assert len(heads) == calls
        await client.fetch_live()
        more = len(heads)
        await client.fetch_live()
    assert len(nonces(heads)) == len({*nonces(heads)})
    assert more - calls == len(heads) - more + 1


@pytest.mark.parametrize("open_client", [each for each, _ in CALLS])
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_connection_that_breaks_again_is_given_up(
    company: Company, open_client: Callable[[Company], VendorClient], broken: Act
) -> None:
    """After the second time, each time with a signature of its own."""
    async with serving(company, broken) as (there, heads):
        with pytest.raises(ConnectionLost):
            await open_client(there).fetch_live()
    assert len(heads) == 2
    assert len(nonces(heads)) == len({*nonces(heads)})


@pytest.mark.parametrize(
    ("acts", "kind"),
    [
        ((reset, says(USED_SIGNATURE)), RequestRejected),
        ((says(USED_SIGNATURE), reset), ConnectionLost),
        ((says(USED_SIGNATURE), hang_up), ConnectionLost),
        ((says({"error_info": {"error_code": 41}}), reset), ApiError),
        ((reset, says({"error_info": {"error_code": 190303}})), InvalidAuth),
    ],
)
async def test_a_call_is_made_twice_at_most_for_whatever_reasons(
    company: Company, acts: tuple[Act, ...], kind: type[ApiError]
) -> None:
    """A broken connection and a signature that was used before do not add up."""
    async with serving(company, *acts) as (there, heads):
        with pytest.raises(kind):
            await there.tencent().fetch_live()
    assert len(heads) == 2
    assert len({*nonces(heads)}) == 2


@pytest.mark.parametrize("open_client", [each for each, _ in CALLS])
async def test_an_answer_that_breaks_off_is_not_asked_for_again(
    company: Company, open_client: Callable[[Company], VendorClient]
) -> None:
    """The vendor had the request."""
    async with serving(company, stop_half_way) as (there, heads):
        with pytest.raises(ApiError):
            await open_client(there).fetch_live()
    assert len(heads) == 1
