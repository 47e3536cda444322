"""The registry entry of Quanshi."""

from collections.abc import Mapping
from typing import Final

from ..client import VendorClient
from ..transport import Transport
from ..vendor import Vendor
from .client import DEFAULT_BASE_URL, QuanshiClient
from .requests import APIS, BASE_PATH, BOOKINGS, QuanshiAccount


def _create_client(transport: Transport, data: Mapping[str, str]) -> VendorClient:
    """Return the client of a host's bookings."""
    account = QuanshiAccount(user_id=data["user_id"], token=data["token"])
    return QuanshiClient(transport, account)


VENDOR: Final = Vendor(
    key="quanshi",
    manufacturer="全时 Quanshi",
    account_field="user_id",
    fields=("token", "user_id"),
    secret_fields=frozenset({"token"}),
    personal_fields=frozenset({"user_id"}),
    number_fields=frozenset({"user_id"}),
    base_url=DEFAULT_BASE_URL,
    console_url="https://www.quanshi.com",
    permissions_path="开放平台",
    api_names={
        "list": f"POST {BASE_PATH}{BOOKINGS.api}",
        **{request.api: f"POST {BASE_PATH}{request.api}" for request in APIS},
    },
    path_prefix="confopenapi",
    supports_manual_conferences=True,
    limits=QuanshiClient.limits,
    create_client=_create_client,
)
