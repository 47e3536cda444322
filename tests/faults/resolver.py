"""A resolver for host names that can fail."""

from dataclasses import dataclass
import socket
from typing import override

from aiohttp.abc import AbstractResolver, ResolveResult

from .proxy import LOOPBACK


@dataclass(slots=True)
class FaultyResolver(AbstractResolver):
    """Resolve every host name to the loopback address while available."""

    available: bool = True

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the loopback address."""
        if not self.available:
            raise OSError(None, "no response from the DNS server")
        return [
            ResolveResult(
                hostname=host,
                host=LOOPBACK,
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """Do nothing."""

    async def real_close(self) -> None:
        """Do nothing when Home Assistant stops."""
