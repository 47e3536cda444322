"""Clients with the accounts of the simulated company."""

from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientSession

from custom_components.meeting_rooms.api.budget import ApiRequest, RequestBudget, Tier
from custom_components.meeting_rooms.api.limits import RequestLimits
from custom_components.meeting_rooms.api.models.booking import Titles
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.quanshi.requests import QuanshiAccount
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingAccount,
    TencentMeetingClient,
)
from custom_components.meeting_rooms.api.transport import Transport
from custom_components.meeting_rooms.api.wecom.client import WeComAccount, WeComClient
from simulator import Simulator

ANY_REQUEST: Final = ApiRequest("any", Tier.STATUS)


def unlimited() -> RequestBudget:
    """Return a budget without waits."""
    return RequestBudget(RequestLimits(per_minute=2_000_000, burst=1_000_000))


@dataclass(frozen=True, slots=True)
class Company:
    """Clients of one address, with the accounts of the simulated company.

    Keyword arguments replace single fields of an account.
    """

    sim: Simulator
    session: ClientSession
    base_url: str
    seconds: float = 10

    @property
    def transport(self) -> Transport:
        """Return a transport."""
        return Transport(
            self.session, self.base_url, unlimited(), timeout_seconds=self.seconds
        )

    def tencent_account(self, **changed: str | None) -> TencentMeetingAccount:
        """Return the account at Tencent Meeting."""
        known = self.sim.accounts.tencent_meeting
        right: dict[str, Any] = {
            "app_id": known.app_id,
            "secret_id": known.secret_id,
            "secret_key": known.secret_key,
            "sdk_id": known.sdk_id,
            "operator_id": known.operator_id,
        }
        return TencentMeetingAccount(**right | changed)

    def tencent(self, **changed: str | None) -> TencentMeetingClient:
        """Return a client of Tencent Meeting."""
        return TencentMeetingClient(self.transport, self.tencent_account(**changed))

    def wecom_account(self, **changed: str) -> WeComAccount:
        """Return the account at WeCom."""
        known = self.sim.accounts.wecom
        right = {"corp_id": known.corp_id, "corp_secret": known.corp_secret}
        return WeComAccount(**right | changed)

    def wecom(self, **changed: str) -> WeComClient:
        """Return a client of WeCom."""
        return WeComClient(self.transport, self.wecom_account(**changed))

    def quanshi_account(self, **changed: str) -> QuanshiAccount:
        """Return the account at Quanshi."""
        known = self.sim.accounts.quanshi
        right = {"user_id": known.user_id, "token": known.token}
        return QuanshiAccount(**right | changed)

    def quanshi(self, titles: Titles = Titles.FULL, **changed: str) -> QuanshiClient:
        """Return a client of Quanshi that returns all texts."""
        client = QuanshiClient(self.transport, self.quanshi_account(**changed))
        client.titles = titles
        return client
