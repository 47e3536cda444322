"""The registry entry of Tencent Meeting."""

from collections.abc import Mapping
from typing import Final

from ..client import VendorClient
from ..push import PushReceiver
from ..transport import Transport
from ..vendor import Vendor, Webhook
from .client import DEFAULT_BASE_URL, PATHS, TencentMeetingAccount, TencentMeetingClient
from .webhook import KEY_PATTERN, TOKEN_PATTERN, WebhookReceiver
from .writes import WRITES


def _create_client(transport: Transport, data: Mapping[str, str]) -> VendorClient:
    """Return the client of an enterprise application."""
    account = TencentMeetingAccount(
        app_id=data["app_id"],
        secret_id=data["secret_id"],
        secret_key=data["secret_key"],
        sdk_id=data.get("sdk_id"),
        operator_id=data.get("operator_id"),
    )
    return TencentMeetingClient(transport, account)


def _create_receiver(data: Mapping[str, str]) -> PushReceiver:
    """Return the receiver of the application's events."""
    return WebhookReceiver(data["token"], data.get("encoding_aes_key"))


VENDOR: Final = Vendor(
    key="tencent_meeting",
    manufacturer="腾讯会议 Tencent Meeting",
    account_field="app_id",
    fields=("app_id", "secret_id", "secret_key"),
    optional_fields=("sdk_id", "operator_id"),
    secret_fields=frozenset({"secret_id", "secret_key"}),
    personal_fields=frozenset({"operator_id"}),
    base_url=DEFAULT_BASE_URL,
    console_url="https://meeting.tencent.com/user-center/account",
    permissions_path="企业管理 → REST API → 企业自建应用",
    api_names={
        **{api: f"GET {path}" for api, path in PATHS.items()},
        **{api: f"{method} {path}" for api, (method, path) in WRITES.items()},
    },
    path_prefix="v1",
    supports_room_selection=True,
    limits=TencentMeetingClient.limits,
    create_client=_create_client,
    webhook=Webhook(
        fields={"token": TOKEN_PATTERN},
        optional_fields={"encoding_aes_key": KEY_PATTERN},
        create_receiver=_create_receiver,
    ),
)
