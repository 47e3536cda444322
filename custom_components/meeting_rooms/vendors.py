"""The vendors whose accounts can be added: what they ask for, and how their client is made.

This and the config flow are the only places outside `api/` that know a vendor by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientSession, DummyCookieJar

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.helpers.singleton import singleton

from .api import (
    quanshi,
    quanshi_calls,
    tencent_meeting,
    tencent_webhook,
    wecom,
    wecom_token,
)
from .api.client import Feature, VendorClient
from .api.limits import CallLimits
from .api.push import PushReceiver
from .api.transport import Transport
from .calls import async_get_budgets
from .const import CONF_BASE_URL, CONF_VENDOR, DOMAIN, WHOLE_BUDGET

TENCENT_MEETING: Final = "tencent_meeting"
WECOM: Final = "wecom"
QUANSHI: Final = "quanshi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """How a vendor calls by itself; all that it asks for is secret."""

    fields: Mapping[str, str]
    """The fields that must be filled in, and the pattern of each."""
    optional_fields: Mapping[str, str]
    create_receiver: Callable[[Mapping[str, str]], PushReceiver]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """What an account at one vendor consists of."""

    manufacturer: str
    """The name on the account's device, as the vendor writes it."""
    account_field: str
    """The field that tells one account from another."""
    fields: tuple[str, ...]
    """The fields that must be filled in, in the order of the form."""
    optional_fields: tuple[str, ...] = ()
    secret_fields: frozenset[str]
    """The fields that are never shown again."""
    base_url: str
    console_url: str
    rights_path: str
    """Where in the console rights are granted, in the words of the console."""
    interfaces: Mapping[str, str]
    """The vendor's names of what is read, by part: the list, and each feature."""
    api_root: str
    """The first part of the path of every call, which is no part of a base URL."""
    number_fields: frozenset[str] = frozenset()
    """The fields that hold a number."""
    rooms_can_be_chosen: bool = False
    conferences_can_be_added: bool = False
    limits: CallLimits
    """How much of the vendor's limits one account may use."""
    create_client: Callable[[Transport, Mapping[str, str]], VendorClient]
    push: Push | None = None
    """None where the vendor can only be polled."""


def _create_tencent_meeting(
    transport: Transport, data: Mapping[str, str]
) -> VendorClient:
    """Return a client for an enterprise application of Tencent Meeting."""
    account = tencent_meeting.TencentMeetingAccount(
        app_id=data["app_id"],
        secret_id=data["secret_id"],
        secret_key=data["secret_key"],
        sdk_id=data.get("sdk_id"),
        operator_id=data.get("operator_id"),
    )
    return tencent_meeting.TencentMeetingClient(transport, account)


def _create_tencent_webhook(data: Mapping[str, str]) -> PushReceiver:
    """Return the receiver of what Tencent Meeting pushes."""
    return tencent_webhook.WebhookReceiver(data["token"], data.get("encoding_aes_key"))


def _create_wecom(transport: Transport, data: Mapping[str, str]) -> VendorClient:
    """Return a client for an application of WeCom."""
    account = wecom_token.WeComAccount(
        corp_id=data["corp_id"], corp_secret=data["corp_secret"]
    )
    return wecom.WeComClient(transport, wecom_token.WeComToken(transport, account))


def _create_quanshi(transport: Transport, data: Mapping[str, str]) -> VendorClient:
    """Return a client for a host's bookings at Quanshi."""
    account = quanshi_calls.QuanshiAccount(user_id=data["user_id"], token=data["token"])
    return quanshi.QuanshiClient(transport, account)


VENDORS: Final[Mapping[str, Vendor]] = {
    TENCENT_MEETING: Vendor(
        manufacturer="腾讯会议 Tencent Meeting",
        account_field="app_id",
        fields=("app_id", "secret_id", "secret_key"),
        optional_fields=("sdk_id", "operator_id"),
        secret_fields=frozenset({"secret_id", "secret_key"}),
        base_url=tencent_meeting.DEFAULT_BASE_URL,
        console_url="https://meeting.tencent.com/user-center/account",
        rights_path="企业管理 → REST API → 企业自建应用",
        interfaces={
            "list": "GET /v1/meeting-rooms",
            Feature.DETAILS: "GET /v1/meeting-rooms/{meeting_room_id}",
            Feature.DEVICES: "GET /v1/devices",
            Feature.ALARMS: "GET /v1/meeting-rooms-monitor/monitor-info",
            Feature.CONTROLLERS: "GET /v1/meeting-rooms-monitor/device-controller-info",
        },
        api_root="v1",
        rooms_can_be_chosen=True,
        limits=tencent_meeting.TencentMeetingClient.limits,
        create_client=_create_tencent_meeting,
        push=Push(
            fields={"token": tencent_webhook.TOKEN_PATTERN},
            optional_fields={"encoding_aes_key": tencent_webhook.KEY_PATTERN},
            create_receiver=_create_tencent_webhook,
        ),
    ),
    WECOM: Vendor(
        manufacturer="企业微信 WeCom",
        account_field="corp_id",
        fields=("corp_id", "corp_secret"),
        secret_fields=frozenset({"corp_secret"}),
        base_url=wecom.DEFAULT_BASE_URL,
        console_url="https://work.weixin.qq.com/wework_admin/frame",
        rights_path="应用管理 → 会议 → 可调用接口的应用",
        interfaces={
            "list": "POST /cgi-bin/meeting/rooms/list",
            Feature.DETAILS: "POST /cgi-bin/meeting/rooms/get_info",
            Feature.DEVICES: "POST /cgi-bin/meeting/rooms/list_devices",
            Feature.CONTROLLERS: "POST /cgi-bin/meeting/rooms/list_controllers",
        },
        api_root="cgi-bin",
        rooms_can_be_chosen=True,
        limits=wecom.WeComClient.limits,
        create_client=_create_wecom,
    ),
    QUANSHI: Vendor(
        manufacturer="全时 Quanshi",
        account_field="user_id",
        fields=("token", "user_id"),
        secret_fields=frozenset({"token"}),
        base_url=quanshi.DEFAULT_BASE_URL,
        console_url="https://www.quanshi.com",
        rights_path="开放平台",
        interfaces={"list": "POST /confopenapi/room/conference/list"},
        api_root="confopenapi",
        number_fields=frozenset({"user_id"}),
        conferences_can_be_added=True,
        limits=quanshi.QuanshiClient.limits,
        create_client=_create_quanshi,
    ),
}


def account_id(data: Mapping[str, Any]) -> str:
    """Return the unique id of an account, by its config entry's data."""
    vendor_key = data[CONF_VENDOR]
    return f"{vendor_key}_{data[VENDORS[vendor_key].account_field]}"


@singleton(f"{DOMAIN}_session")
@callback
def _session(hass: HomeAssistant) -> ClientSession:
    """Return the session of all accounts, over Home Assistant's connections.

    It keeps no cookies: no vendor needs any, and one account's are nobody else's business.
    """
    return async_create_clientsession(
        hass, auto_cleanup=False, cookie_jar=DummyCookieJar()
    )


async def async_create_client(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    name: str | None = None,
    budget_share: float = WHOLE_BUDGET,
) -> VendorClient:
    """Return the client of an account, by its config entry's data.

    All clients of an account share its budget of calls, or the part of it in percent that this
    Home Assistant may take. Without a name it is for a person who waits in a form.
    """
    vendor = VENDORS[data[CONF_VENDOR]]
    budgets = await async_get_budgets(hass)
    budget = budgets.of(account_id(data), vendor.limits.share(budget_share), name)
    base_url = data.get(CONF_BASE_URL, vendor.base_url)
    return vendor.create_client(
        Transport(_session(hass), base_url, budget, asked=name is None),
        data,
    )
