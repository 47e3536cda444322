"""The line between Home Assistant and the vendors, on which everything can go wrong."""

import asyncio
from collections.abc import Awaitable, Callable
import contextlib
from dataclasses import dataclass, field
import socket
import ssl
import struct
from typing import Self

LOOPBACK = "127.0.0.1"
NAME = "rooms.vendor.test"
"""A name, because a session keeps no cookies of a bare address."""

type Mishap = Callable[[Line, Asked, Caller], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came over the wire."""

    head: bytes
    body: bytes

    @property
    def target(self) -> str:
        """Return path and query."""
        return self.head.split(b" ", 2)[1].decode()

    @property
    def cookies(self) -> list[str]:
        """Return the cookies that came along."""
        return [
            line.decode()
            for line in self.head.split(b"\r\n")
            if line.lower().startswith(b"cookie:")
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Caller:
    """Who asks, at the other end of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def hear(self) -> Asked:
        """Return the next request."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        fields = dict(
            line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line
        )
        length = int(fields.get(b"content-length", 0))
        return Asked(head, await self.reader.readexactly(length))

    async def say(self, raw: bytes) -> None:
        """Send some bytes."""
        self.writer.write(raw)
        await self.writer.drain()

    async def gone(self) -> None:
        """Wait until the other end hangs up."""
        await self.reader.read()

    def drop(self) -> None:
        """Break the connection."""
        linger = struct.pack("ii", 1, 0)
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


async def pass_on(line: Line, asked: Asked, caller: Caller) -> None:
    """Let the simulated vendor answer, as a proxy does."""
    reader, vendor = await asyncio.open_connection(LOOPBACK, line.vendor_port)
    try:
        vendor.write(
            asked.head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) + asked.body
        )
        while chunk := await reader.read(65536):
            await caller.say(chunk)
    finally:
        vendor.close()


@dataclass(slots=True)
class Line:
    """Carry each request to the vendors on a connection of its own, or let a mishap happen."""

    vendor_port: int
    tls: ssl.SSLContext | None = None
    mishap: Mishap = pass_on
    asked: list[Asked] = field(default_factory=list)
    held: int = 0
    """How often somebody was left to wait for an answer, or for the rest of it."""
    seconds_a_hold: float = 21
    """How long somebody is left to wait each time."""
    port: int = 0
    _open: set[Caller] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Return the base URL of an account that uses this line."""
        scheme = "http" if self.tls is None else "https"
        return f"{scheme}://{NAME}:{self.port}"

    @property
    def connections(self) -> int:
        """Count the connections that are open."""
        return len(self._open)

    async def __aenter__(self) -> Self:
        """Listen."""
        await self.connect()
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Hang up."""
        await self.cut()

    async def connect(self) -> None:
        """Listen, at the same port as before."""
        self._server = await asyncio.start_server(
            self._serve, LOOPBACK, self.port, ssl=self.tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Refuse every connection from now on, and break those that are open."""
        if self._server is not None:
            self._server.close()
            for caller in [*self._open]:
                caller.drop()
            await self._server.wait_closed()
            self._server = None

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Take one request, and let come what comes of it."""
        caller = Caller(reader, writer)
        self._open.add(caller)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            asked = await caller.hear()
            self.asked.append(asked)
            await self.mishap(self, asked, caller)
        self._open.discard(caller)
        writer.close()


def says(raw: bytes) -> Mishap:
    """Answer with these bytes, and close."""

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        await caller.say(raw)

    return mishap


def http(body: str | bytes, status: str = "200 OK", **headers: str) -> Mishap:
    """Answer with this body."""
    payload = body.encode() if isinstance(body, str) else body
    return says(head_of(status, Content_Length=str(len(payload)), **headers) + payload)


def head_of(status: str = "200 OK", **headers: str) -> bytes:
    """Return the head of an answer."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def then_holds(raw: bytes = b"") -> Mishap:
    """Send these bytes, and then nothing until the caller gives up."""

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        await caller.say(raw)
        line.held += 1
        await caller.gone()

    return mishap


def waits_for(go: asyncio.Event, mishap: Mishap) -> Mishap:
    """Leave the caller waiting until somebody says go."""

    async def chosen(line: Line, asked: Asked, caller: Caller) -> None:
        line.held += 1
        await go.wait()
        await mishap(line, asked, caller)

    return chosen


def dribbles(head: bytes, drop: bytes = b" ") -> Mishap:
    """Send a head, and then a byte each second until the caller gives up."""

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        await caller.say(head)
        while not caller.reader.at_eof():
            await caller.say(drop)
            line.held += 1
            await asyncio.sleep(0.9 * line.seconds_a_hold)

    return mishap


def for_ever(head: bytes, chunk: bytes) -> Mishap:
    """Send a head, and then the same bytes until the caller gives up."""

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        await caller.say(head)
        while not caller.writer.is_closing():
            await caller.say(chunk)

    return mishap


async def reset(line: Line, asked: Asked, caller: Caller) -> None:
    """Break the connection instead of an answer."""
    caller.drop()


def only(part: str, mishap: Mishap) -> Mishap:
    """Let a mishap happen where the target has this part."""

    async def chosen(line: Line, asked: Asked, caller: Caller) -> None:
        happens = mishap if part in asked.target else pass_on
        await happens(line, asked, caller)

    return chosen


def once(mishap: Mishap) -> Mishap:
    """Let a mishap happen to the first request alone."""
    left = [mishap]

    async def chosen(line: Line, asked: Asked, caller: Caller) -> None:
        happens = left.pop() if left else pass_on
        await happens(line, asked, caller)

    return chosen
