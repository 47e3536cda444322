"""Test that neither models nor errors contain a secret."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
import logging
from typing import Any

import pytest

from custom_components.meeting_rooms.api.client import (
    Feature,
    TrackedConference,
    VendorClient,
)
from custom_components.meeting_rooms.api.errors import ApiError
from custom_components.meeting_rooms.api.values import BEIJING
from simulator import Fault

from .accounts import Company
from .fixtures import printed
from .leaks import full_text, leaks
from .writes import ORGANIZER, SUBJECT, WRITES, Write

type Fetch = Callable[[Company], Awaitable[object]]

MARK = "MARKED-BODY"
NOW = datetime.now(BEIJING)
TODAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))
BODY = f'{{"errcode": 7, "errmsg": "{MARK}", "status": 7, "msg": "{MARK}"}}'


NOW = datetime.now(UTC)
SPAN = (NOW - timedelta(days=1), NOW + timedelta(days=1))
FEATURES: dict[Feature, Callable[[VendorClient], Awaitable[object]]] = {
    Feature.DEVICES: lambda client: client.fetch_devices(),
    Feature.ALARMS: lambda client: client.fetch_alarms(),
    Feature.CONTROLLERS: lambda client: client.fetch_controllers(),
    Feature.BOOKING_CALENDAR: lambda client: client.fetch_calendar(*TODAY),
    Feature.ROOM_BOOKINGS: lambda client: client.fetch_bookings("100001", *SPAN),
}


async def send(company: Company, write: Write) -> object:
    """Send a write about a meeting or booking that the vendor does not know."""
    return await write.send(write.client(company), "31")


async def fetch_everything(client: VendorClient) -> list[object]:
    """Return everything that a client can fetch about its rooms."""
    live = await client.fetch_live()
    with_details = [*live.rooms] * (Feature.DETAILS in client.features)
    return [
        live,
        *[await client.fetch_details(room_id) for room_id in with_details],
        *[
            await fetch(client)
            for feature, fetch in FEATURES.items()
            if feature in client.features
        ],
    ]


async def of_tencent(company: Company) -> list[object]:
    """Return everything of Tencent Meeting."""
    return await fetch_everything(company.tencent())


async def of_wecom(company: Company) -> list[object]:
    """Return everything of WeCom."""
    return await fetch_everything(company.wecom())


async def of_quanshi(company: Company) -> list[object]:
    """Return everything of Quanshi, including each conference fetched by its id."""
    client = company.quanshi()
    bookings = company.sim.company.quanshi.bookings
    kept = [each for each in bookings if not each.cancelled]
    tracked = [TrackedConference(event_id=str(each.event_id)) for each in kept]
    return [
        *await fetch_everything(client),
        await client.fetch_live(tracked),
        *[
            await client.find_conference(
                event_id=None, pcode=each.secrets.pcode1, run_id=None
            )
            for each in kept
        ],
    ]


@pytest.fixture(autouse=True)
def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    """Log every level."""
    caplog.set_level(logging.DEBUG)


@pytest.fixture(autouse=True)
def no_limits(company: Company) -> None:
    """Remove the rate limits of the simulated vendor."""
    company.sim.accounts.tencent_meeting.limits.enabled = False


@pytest.mark.parametrize("fetch", [of_tencent, of_wecom, of_quanshi])
async def test_no_model_contains_a_secret(
    company: Company, caplog: pytest.LogCaptureFixture, fetch: Fetch
) -> None:
    """The log contains no secret either."""
    said = repr(await fetch(company))
    assert len(said) > 10_000
    assert company.sim.canaries.found_in(said) == []
    assert leaks(caplog.text, *company.sim.canaries) == []


@pytest.mark.parametrize(
    ("api", "page", "secrets"),
    [
        ("details", "tencent_meeting_room_details", ["MzMz", "XXXXXXX"]),
        ("get_info", "wecom_get_info", ["MzMz", "XXXXXXX"]),
    ],
)
async def test_no_secret_of_the_documented_samples_is_kept(
    company: Company, api: str, page: str, secrets: list[str]
) -> None:
    """The samples contain the passwords of the administrator and of the room's meeting."""
    clients: dict[str, VendorClient] = {
        "details": company.tencent(),
        "get_info": company.wecom(),
    }
    for vendor in ("tencent_meeting", "wecom"):
        company.sim.set_response(vendor, api, None, printed(page))
    details = await clients[api].fetch_details("100001")
    assert leaks(repr(details), *secrets) == []


REQUESTS: list[tuple[str, Fetch]] = [
    ("tencent_meeting", lambda company: company.tencent().fetch_live()),
    ("tencent_meeting", lambda company: company.tencent().fetch_details("100001")),
    ("wecom", lambda company: company.wecom().fetch_live()),
    ("wecom", lambda company: company.wecom().fetch_details("RoomId001")),
    ("wecom", lambda company: company.wecom().fetch_calendar_rooms()),
    ("wecom", lambda company: company.wecom().fetch_calendar(*TODAY)),
    ("wecom", lambda company: company.wecom().fetch_bookings("31", *TODAY)),
    ("quanshi", lambda company: company.quanshi().fetch_live()),
    (
        "quanshi",
        lambda company: company.quanshi().find_conference(
            event_id=None,
            pcode=company.sim.canaries.of("pcode1")[0],
            run_id=company.sim.canaries.of("pcode2")[0],
        ),
    ),
]
WRITE_IDS = ("tencent create", "tencent call", "wecom book", "wecom release")
WRITING: list[tuple[str, Fetch]] = [
    (WRITES[name].vendor, partial(send, write=WRITES[name])) for name in WRITE_IDS
]
REQUEST_IDS = (
    "tencent list",
    "tencent details",
    "wecom list",
    "wecom details",
    "wecom calendar rooms",
    "wecom calendar",
    "wecom bookings",
    "quanshi list",
    "quanshi infos",
)
FAULTS: list[dict[str, Any]] = [
    {"kind": "hang_before"},
    {"kind": "hang_within"},
    {"kind": "reset"},
    {"kind": "truncate"},
    {"kind": "endless"},
    {"kind": "redirect", "location": f"https://example.com/{MARK}"},
    {"kind": "invalid_json", "body": f'{{"errcode": 0 "{MARK}"'},
    {"kind": "wrong_shape", "body": f'["{MARK}"]'},
    {"kind": "wrong_shape", "body": f'"{MARK}"'},
    {"kind": "deep_nesting"},
    {"kind": "empty_404"},
    {"kind": "http", "status": 200, "body": f"<html>{MARK}"},
    {"kind": "http", "status": 502, "body": f"<html>{MARK}"},
    {"kind": "http", "status": 401, "body": BODY},
    {"kind": "http", "status": 404, "body": BODY},
    {"kind": "http", "status": 500, "body": BODY},
    {"kind": "http", "status": 429, "body": BODY, "headers": {"Retry-After": MARK}},
    {"kind": "vendor_code", "code": 9042, "message": MARK},
    {"kind": "vendor_code", "code": 20201, "message": MARK},
    {"kind": "vendor_code", "code": 40001, "message": MARK},
    {"kind": "vendor_code", "code": 40014, "message": MARK},
    {"kind": "vendor_code", "code": 40058, "message": MARK},
    {"kind": "vendor_code", "code": 60020, "message": f"token {MARK}"},
    {"kind": "vendor_code", "code": 190301, "message": MARK},
]


@pytest.mark.parametrize(
    "fault", FAULTS, ids=lambda fault: "-".join(map(str, [*fault.values()][:2]))
)
@pytest.mark.parametrize(
    ("vendor", "fetch"), [*REQUESTS, *WRITING], ids=[*REQUEST_IDS, *WRITE_IDS]
)
async def test_no_error_contains_a_secret(
    hurried: Company,
    caplog: pytest.LogCaptureFixture,
    vendor: str,
    fetch: Fetch,
    fault: dict[str, Any],
) -> None:
    """Errors, their causes and contexts contain no secret, no URL and no text of the body."""
    hurried.sim.faults.add(Fault(vendor=vendor, **fault))
    with pytest.raises(ApiError) as caught:
        await fetch(hurried)
    account = hurried.tencent_account()
    secrets = (
        MARK,
        SUBJECT,
        ORGANIZER,
        *hurried.sim.canaries,
        account.app_id,
        str(account.operator_id),
    )
    assert leaks(full_text(caught.value), *secrets) == []
    assert leaks(caplog.text, *secrets) == []


@pytest.mark.parametrize(
    ("vendor", "fetch"), [*REQUESTS, *WRITING], ids=[*REQUEST_IDS, *WRITE_IDS]
)
async def test_no_network_error_contains_a_secret(
    nowhere: Company, caplog: pytest.LogCaptureFixture, vendor: str, fetch: Fetch
) -> None:
    """The errors of connections to an address without a server contain no secret."""
    with pytest.raises(ApiError) as caught:
        await fetch(nowhere)
    secrets = (vendor, "127.0.0.1", *nowhere.sim.canaries)
    assert leaks(full_text(caught.value), *secrets) == []
    assert leaks(caplog.text, *nowhere.sim.canaries) == []
