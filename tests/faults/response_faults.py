"""The faults that a proxy applies to a response."""

import asyncio

from .proxy import ClientConnection, FaultyProxy, ProxiedRequest, ResponseFault, forward


def response_head(status: str = "200 OK", **headers: str) -> bytes:
    """Return status line and headers of a response."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def respond_raw(raw: bytes) -> ResponseFault:
    """Respond with raw bytes and close the connection."""

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        await client.send(raw)

    return fault


def respond(body: str | bytes, status: str = "200 OK", **headers: str) -> ResponseFault:
    """Respond with a body."""
    payload = body.encode() if isinstance(body, str) else body
    head = response_head(status, Content_Length=str(len(payload)), **headers)
    return respond_raw(head + payload)


def respond_after(event: asyncio.Event, fault: ResponseFault) -> ResponseFault:
    """Apply another fault once an event is set."""

    async def delayed(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        proxy.stalls += 1
        await event.wait()
        await fault(proxy, request, client)

    return delayed


def hang_after(raw: bytes = b"") -> ResponseFault:
    """Send some bytes, then nothing until the client times out."""

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        await client.send(raw)
        proxy.stalls += 1
        await client.wait_closed()

    return fault


def trickle(head: bytes, chunk: bytes) -> ResponseFault:
    """Send a head, then one chunk each second until the client times out."""

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        await client.send(head)
        while not client.reader.at_eof():
            await client.send(chunk)
            proxy.stalls += 1
            await asyncio.sleep(0.9 * proxy.stall_seconds)

    return fault


def respond_endlessly(head: bytes, chunk: bytes) -> ResponseFault:
    """Send a head, then the same chunk until the client disconnects."""

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        await client.send(head)
        while not client.writer.is_closing():
            await client.send(chunk)

    return fault


async def reset_connection(
    proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
) -> None:
    """Reset the connection instead of responding."""
    client.reset()


def only_for(part: str, fault: ResponseFault) -> ResponseFault:
    """Apply a fault to the requests whose target contains a part, and forward the others."""

    async def selected(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        applied = fault if part in request.target else forward
        await applied(proxy, request, client)

    return selected
