"""Accounts with a webhook, and requests to it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from aiohttp.test_utils import TestClient

from custom_components.meeting_rooms.const import SUBENTRY_WEBHOOK
from homeassistant.components import webhook
from homeassistant.config_entries import ConfigSubentryDataWithId
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Simulator

from .home import ALL_ROOMS, Home
from .vendors import TENCENT

HOOK: Final = "a" * 64
OTHER_HOOK: Final = "b" * 64


def webhook_of(
    sim: Simulator, *, webhook_id: str = HOOK, encrypted: bool = False, **fields: str
) -> ConfigSubentryDataWithId:
    """Return the subentry of a webhook."""
    account = sim.accounts.tencent_meeting
    settings = {"webhook_id": webhook_id, "token": account.webhook_token}
    key = {"encoding_aes_key": account.encoding_aes_key} if encrypted else {}
    return ConfigSubentryDataWithId(
        subentry_id=webhook_id,
        subentry_type=SUBENTRY_WEBHOOK,
        title="Webhook",
        unique_id=SUBENTRY_WEBHOOK,
        data=MappingProxyType({**settings, **key, **fields}),
    )


async def add_pushed(
    home: Home, options: Mapping[str, Any] = ALL_ROOMS, *, encrypted: bool = False
) -> MockConfigEntry:
    """Add an account with a webhook."""
    hook = webhook_of(home.sim, encrypted=encrypted)
    home.sim.webhook.encrypted = encrypted
    return await home.start(home.entry(TENCENT, options, (hook,)))


def path_of(webhook_id: str = HOOK) -> str:
    """Return the path of a webhook's URL."""
    return webhook.async_generate_path(webhook_id)


@dataclass(slots=True)
class EndlessBody:
    """A request body without an end."""

    sent: int = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield chunks until the server stops reading, 64 MiB at most."""
        while self.sent < 64 * 2**20:
            self.sent += 2**16
            yield b" " * 2**16


async def response_to(
    client: TestClient[Any, Any], method: str, path: str, **request: Any
) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and headers of a response, without its date and length."""
    async with client.request(method, path, **request) as reply:
        ignored = {"Date", "Content-Length"}
        headers = {k: v for k, v in reply.headers.items() if k not in ignored}
        return reply.status, await reply.read(), headers
