"""A proxy between Home Assistant and the simulated vendors that can fault every response."""

import asyncio
from collections.abc import Awaitable, Callable
import contextlib
from dataclasses import dataclass, field
import socket
import ssl
import struct
from typing import Self

LOOPBACK = "127.0.0.1"
HOST = "rooms.vendor.test"
"""A host name, because aiohttp ignores the cookies of an IP address."""

type ResponseFault = Callable[
    [FaultyProxy, ProxiedRequest, ClientConnection], Awaitable[None]
]


@dataclass(frozen=True, slots=True)
class ProxiedRequest:
    """A request as raw bytes."""

    head: bytes
    body: bytes

    @property
    def target(self) -> str:
        """Return path and query."""
        return self.head.split(b" ", 2)[1].decode()

    @property
    def cookies(self) -> list[str]:
        """Return the cookie headers."""
        return [
            line.decode()
            for line in self.head.split(b"\r\n")
            if line.lower().startswith(b"cookie:")
        ]


@dataclass(frozen=True, slots=True, eq=False)
class ClientConnection:
    """A connection from Home Assistant."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def read_request(self) -> ProxiedRequest:
        """Return the next request."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        fields = dict(
            line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line
        )
        length = int(fields.get(b"content-length", 0))
        return ProxiedRequest(head, await self.reader.readexactly(length))

    async def send(self, raw: bytes) -> None:
        """Send raw bytes."""
        self.writer.write(raw)
        await self.writer.drain()

    async def wait_closed(self) -> None:
        """Wait until Home Assistant closes the connection."""
        await self.reader.read()

    def reset(self) -> None:
        """Reset the connection."""
        linger = struct.pack("ii", 1, 0)
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


async def forward(
    proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
) -> None:
    """Forward the request to the simulated vendor."""
    reader, vendor = await asyncio.open_connection(LOOPBACK, proxy.vendor_port)
    try:
        vendor.write(
            request.head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
            + request.body
        )
        while chunk := await reader.read(65536):
            await client.send(chunk)
    finally:
        vendor.close()


@dataclass(slots=True)
class FaultyProxy:
    """Forward each request on a separate connection, or apply a fault to the response."""

    vendor_port: int
    tls: ssl.SSLContext | None = None
    fault: ResponseFault = forward
    requests: list[ProxiedRequest] = field(default_factory=list)
    stalls: int = 0
    """The number of responses for which a client had to wait."""
    stall_seconds: float = 21
    """The length of each wait."""
    port: int = 0
    _clients: set[ClientConnection] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Return the base URL of an account behind this proxy."""
        scheme = "http" if self.tls is None else "https"
        return f"{scheme}://{HOST}:{self.port}"

    @property
    def connections(self) -> int:
        """Count the open connections."""
        return len(self._clients)

    async def __aenter__(self) -> Self:
        """Start to listen."""
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Stop to listen."""
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as before."""
        self._server = await asyncio.start_server(
            self._serve, LOOPBACK, self.port, ssl=self.tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse new connections and reset the open ones."""
        if self._server is not None:
            self._server.close()
            for client in [*self._clients]:
                client.reset()
            await self._server.wait_closed()
            self._server = None

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Read one request and apply the fault."""
        client = ClientConnection(reader, writer)
        self._clients.add(client)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            request = await client.read_request()
            self.requests.append(request)
            await self.fault(self, request, client)
        self._clients.discard(client)
        writer.close()
