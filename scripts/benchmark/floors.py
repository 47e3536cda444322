"""What no integration can go below: the bare fetch of the pages, and their decoding."""

from math import ceil
import secrets
from time import time
from typing import Final

from aiohttp import ClientSession, hdrs
import orjson
from yarl import URL

from custom_components.meeting_rooms.api.tencent_meeting.client import sign

from .company import Company

_PAGE_SIZE: Final = 50


async def fetch_pages(session: ClientSession, company: Company) -> list[bytes]:
    """Return the pages of the list of rooms, with nothing done about them."""
    number = ceil(len(company.rooms) / _PAGE_SIZE)
    return [await _fetch(session, company, page) for page in range(1, number + 1)]


async def _fetch(session: ClientSession, company: Company, page: int) -> bytes:
    """Return the bytes of one page."""
    account = company.tencent_meeting
    uri = (
        f"/v1/meeting-rooms?page={page}&page_size={_PAGE_SIZE}"
        f"&operator_id={account['operator_id']}&operator_id_type=1"
    )
    nonce, timestamp = str(secrets.randbelow(2**31 - 1) + 1), str(int(time()))
    signature = sign(
        account["secret_id"],
        account["secret_key"],
        method="GET",
        uri=uri,
        nonce=nonce,
        timestamp=timestamp,
    )
    headers = {
        hdrs.CONTENT_TYPE: "application/json",
        "X-TC-Key": account["secret_id"],
        "X-TC-Timestamp": timestamp,
        "X-TC-Nonce": nonce,
        "X-TC-Signature": signature,
        "AppId": account["app_id"],
        "SdkId": account["sdk_id"],
        "X-TC-Registered": "1",
    }
    url = URL(company.url + uri, encoded=True)
    async with session.get(url, headers=headers) as response:
        return await response.read()


def decode(pages: list[bytes]) -> None:
    """Decode the pages, with nothing done about what they say."""
    for page in pages:
        orjson.loads(page)
