"""The registry entry of WeCom."""

from collections.abc import Mapping
from typing import Final

from ..client import VendorClient
from ..transport import Transport
from ..vendor import Vendor
from .client import DEFAULT_BASE_URL, PATHS, WeComAccount, WeComClient


def _create_client(transport: Transport, data: Mapping[str, str]) -> VendorClient:
    """Return the client of a self-built application."""
    account = WeComAccount(corp_id=data["corp_id"], corp_secret=data["corp_secret"])
    return WeComClient(transport, account)


VENDOR: Final = Vendor(
    key="wecom",
    manufacturer="企业微信 WeCom",
    account_field="corp_id",
    fields=("corp_id", "corp_secret"),
    secret_fields=frozenset({"corp_secret"}),
    base_url=DEFAULT_BASE_URL,
    console_url="https://work.weixin.qq.com/wework_admin/frame",
    permissions_path="应用管理 → 会议 → 可调用接口的应用",
    api_names={api: f"POST {path}" for api, path in PATHS.items()},
    path_prefix="cgi-bin",
    supports_room_selection=True,
    limits=WeComClient.limits,
    create_client=_create_client,
)
