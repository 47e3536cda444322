"""All code of the integration that the benchmark uses, so that only this file follows changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
import secrets
from time import time
from typing import Any, Final
from unittest.mock import patch

from yarl import URL

from custom_components.meeting_rooms.api.registry import VENDORS
from custom_components.meeting_rooms.api.rooms_backend import RoomRow
from custom_components.meeting_rooms.api.tencent_meeting.client import sign
from homeassistant.config_entries import ConfigEntry

DOMAIN: Final = "meeting_rooms"
_VENDOR: Final = "tencent_meeting"
_PAGE_SIZE: Final = 50
_UNLIMITED: Final = 1_000_000


@contextmanager
def without_limits() -> Iterator[None]:
    """Remove the rate limits of the accounts that are set up in this context."""
    vendor = VENDORS[_VENDOR]
    limits = replace(vendor.limits, per_minute=2 * _UNLIMITED, burst=_UNLIMITED)
    with patch.dict(VENDORS, {_VENDOR: replace(vendor, limits=limits)}):
        yield


async def poll(entry: ConfigEntry[Any]) -> None:
    """Poll an account once."""
    await entry.runtime_data.async_refresh()


def pages_of(rooms: int) -> range:
    """Return the page numbers of the list of rooms."""
    return range(1, -(-rooms // _PAGE_SIZE) + 1)


def bare_requests(
    account: dict[str, str], rooms: int
) -> Iterator[tuple[URL, dict[str, str]]]:
    """Return the URL and the signed headers of each request of a poll."""
    for page in pages_of(rooms):
        uri = (
            f"/v1/meeting-rooms?page={page}&page_size={_PAGE_SIZE}"
            f"&operator_id={account['operator_id']}&operator_id_type=1"
        )
        nonce, timestamp = str(secrets.randbelow(2**31 - 1) + 1), str(int(time()))
        key_id, key = account["secret_id"], account["secret_key"]
        yield (
            URL(account["base_url"] + uri, encoded=True),
            {
                "Content-Type": "application/json",
                "X-TC-Key": key_id,
                "X-TC-Timestamp": timestamp,
                "X-TC-Nonce": nonce,
                "X-TC-Signature": sign(
                    key_id,
                    key,
                    method="GET",
                    uri=uri,
                    nonce=nonce,
                    timestamp=timestamp,
                ),
                "AppId": account["app_id"],
                "SdkId": account["sdk_id"],
                "X-TC-Registered": "1",
            },
        )


def parse(page: dict[str, Any]) -> list[RoomRow]:
    """Parse a decoded page of the list of rooms into the wire model."""
    return [RoomRow.from_dict(row) for row in page["meeting_room_list"]]
