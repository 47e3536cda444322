"""Test the client of WeCom against the simulated vendor."""

import asyncio
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession
import pytest

from custom_components.meeting_rooms.api.errors import (
    AddressNotAllowed,
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    NotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    TokenRejected,
)
from custom_components.meeting_rooms.api.rooms_backend import parse_details
from custom_components.meeting_rooms.api.wecom.client import DEFAULT_BASE_URL
from simulator import Fault, Simulator

from ..accounts import Company
from ..fixtures import printed, sample_json
from ..scripted import Received, ScriptedVendor
from .requests import GETTOKEN, LIST, OK, issued, page

VENDOR = "wecom"
ROOM = "RoomId001"
DETAILS = "/cgi-bin/meeting/rooms/get_info"
REQUESTS = 50
TOKEN_CODES = [40014, 42001, 40001, 40013, 40091, 45031, 50003]


def token_of(request: Received) -> list[str]:
    """Return the token of a request."""
    return parse_qs(urlsplit(request.target).query)["access_token"]


def test_the_default_base_url_is_the_public_host() -> None:
    """The user can configure another host."""
    assert DEFAULT_BASE_URL == "https://qyapi.weixin.qq.com"


# The token


async def test_requests_at_the_same_time_share_a_token(company: Company) -> None:
    """All requests succeed."""
    client = company.wecom()
    ids = (company.sim.company.wecom.ids * 3)[:REQUESTS]
    details = await asyncio.gather(*map(client.fetch_details, ids))
    assert len(details) == REQUESTS
    assert company.sim.requests.count(VENDOR, "gettoken") == 1


async def test_the_token_is_only_in_the_query(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The token is percent-encoded."""
    vendor.reply(GETTOKEN, issued("T+/=&", 7200))
    vendor.reply(LIST, page())
    await scripted.wecom().fetch_live()
    [request] = vendor.of(LIST)
    assert token_of(request) == ["T+/=&"]
    assert "T+/=&" not in repr(request.headers) + request.body.decode()


@pytest.mark.parametrize("code", TOKEN_CODES)
async def test_a_rejected_token_is_replaced_once(company: Company, code: int) -> None:
    """The token has ended, or another program has fetched a newer one."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=code, times=1))
    assert (await company.wecom().fetch_live()).rooms_complete is True
    assert company.sim.requests.count(VENDOR, "gettoken") == 2


@pytest.mark.parametrize("code", TOKEN_CODES)
async def test_a_new_token_that_is_rejected_is_an_error(
    company: Company, code: int
) -> None:
    """Two requests are sent with two tokens, and the error is not about the credentials."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=code))
    with pytest.raises(TokenRejected) as caught:
        await company.wecom().fetch_live()
    assert (caught.value.code, caught.value.item_only) == (code, False)
    assert company.sim.requests.by_api() == {"wecom/gettoken": 2, "wecom/list": 2}


@pytest.mark.parametrize("code", [40001, 40013, 40091, 45031, 50003])
async def test_only_gettoken_rejects_the_credentials(
    company: Company, code: int
) -> None:
    """The credentials are sent once, because the vendor blocks an address that repeats them."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "gettoken", code=code))
    client = company.wecom()
    for _ in range(3):
        with pytest.raises(InvalidAuth) as caught:
            await client.fetch_live()
        assert caught.value.code == code
    assert company.sim.requests.by_api() == {"wecom/gettoken": 1}


async def test_credentials_that_become_invalid_are_reported(company: Company) -> None:
    """The first request fails with an ended token, and gettoken then rejects the secret."""
    client = company.wecom()
    await client.fetch_live()
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=40001))
    company.sim.faults.add(Fault("vendor_code", VENDOR, "gettoken", code=40001))
    with pytest.raises(InvalidAuth):
        await client.fetch_live()


async def test_an_api_that_rejects_tokens_does_not_affect_the_others(
    company: Company,
) -> None:
    """The client fetches one new token for each request to this API."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "get_info", code=40014))
    client = company.wecom()
    for _ in range(3):
        with pytest.raises(TokenRejected) as caught:
            await client.fetch_details(ROOM)
        assert not caught.value.item_only
        await client.fetch_live()
    assert company.sim.requests.by_api()["wecom/gettoken"] == 4
    assert company.sim.requests.count(VENDOR, "list") == 3


async def test_the_credentials_are_in_the_query_of_gettoken(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The credentials are percent-encoded."""
    vendor.reply(LIST, page())
    await scripted.wecom(corp_id="ww 1", corp_secret="a&b=c+/").fetch_live()
    [request] = vendor.of(GETTOKEN)
    assert request.method == "GET"
    assert parse_qs(urlsplit(request.target).query) == {
        "corpid": ["ww 1"],
        "corpsecret": ["a&b=c+/"],
    }


@pytest.mark.parametrize("seconds", [7200, "7200", None, "soon", 0, -1])
async def test_a_token_with_an_unusual_lifetime_is_used(
    scripted: Company, vendor: ScriptedVendor, seconds: object
) -> None:
    """Several requests share the token."""
    vendor.reply(GETTOKEN, issued("T", seconds))
    vendor.reply(LIST, page())
    client = scripted.wecom()
    for _ in range(3):
        await client.fetch_live()
    assert len(vendor.of(GETTOKEN)) == 1


@pytest.mark.parametrize(
    "fields", [{}, {"errcode": 0}, issued("", 1), issued(None, 1), issued([], 1)]
)
async def test_a_response_without_a_token_is_invalid(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, object]
) -> None:
    """The client sends no request with an empty token."""
    vendor.reply(GETTOKEN, fields)
    with pytest.raises(InvalidResponse):
        await scripted.wecom().fetch_live()
    assert vendor.of(LIST) == []


async def test_an_error_code_precedes_a_token_in_the_same_response(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The response with an error has the fields of a success."""
    vendor.reply(GETTOKEN, issued("T", 7200) | {"errcode": 40013})
    with pytest.raises(InvalidAuth):
        await scripted.wecom().fetch_live()


def test_an_account_has_no_secret_in_its_representation(company: Company) -> None:
    """The representation may appear in a log."""
    assert company.sim.canaries.found_in(repr(company.wecom_account())) == []


async def test_the_second_attempt_has_the_new_token(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The old token is dropped."""
    vendor.reply(LIST, {"errcode": 42001}, page("1"))
    await scripted.wecom().fetch_live()
    assert [*map(token_of, vendor.of(LIST))] == [["T1"], ["T2"]]


async def test_requests_that_lose_their_token_share_a_new_one(
    company: Company,
) -> None:
    """Several requests may get the error at the same time."""
    client = company.wecom()
    await client.fetch_details(ROOM)
    company.sim.wecom.expire_tokens()
    await asyncio.gather(*(client.fetch_details(ROOM) for _ in range(REQUESTS)))
    assert company.sim.requests.count(VENDOR, "gettoken") == 2


async def test_a_wrong_secret_is_sent_once(company: Company) -> None:
    """Later requests for the rooms do not send the secret again."""
    client = company.wecom(corp_secret="wrong")
    for _ in range(6):
        with pytest.raises(InvalidAuth):
            await client.fetch_live()
    assert company.sim.requests.by_api() == {"wecom/gettoken": 1}


async def test_an_unknown_company_is_invalid_auth(company: Company) -> None:
    """The id of the company is part of the credentials."""
    with pytest.raises(InvalidAuth):
        await company.wecom(corp_id="ww0").fetch_live()


# The list


async def test_the_list_has_every_room_with_its_status(company: Company) -> None:
    """The ids keep their leading zeros."""
    live = await company.wecom().fetch_live()
    found = {room_id: str(room.status) for room_id, room in live.rooms.items()}
    assert found == company.sim.truth()[VENDOR]
    assert "000003" in found
    assert live.rooms_complete is True


async def test_a_list_with_a_room_on_two_pages_is_incomplete(
    session: ClientSession, socket_enabled: None
) -> None:
    """Another room may be missing from every page."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        sim.faults.add(Fault("shift_page", VENDOR, "list"))
        live = await Company(sim, session, sim.url).wecom().fetch_live()
        assert len(live.rooms) < 120
        assert live.rooms_complete is False


async def test_an_unreadable_row_makes_the_list_incomplete(
    company: Company,
) -> None:
    """The other rooms are returned."""
    company.sim.faults.add(Fault("bad_room", VENDOR, "list"))
    live = await company.wecom().fetch_live()
    assert [*live.rooms] == company.sim.company.wecom.ids
    assert live.rooms_complete is False


@pytest.mark.parametrize(
    "code",
    [
        *(True, False, [60020], {"c": 1}, "SYSTEM_BUSY", "E60020", "", None),
        *(-1.5, 2**63, 10**40),
    ],
    ids=repr,
)
async def test_an_unreadable_code_is_an_invalid_response(
    scripted: Company, vendor: ScriptedVendor, code: object
) -> None:
    """The response with an error has an empty list."""
    vendor.reply(LIST, page() | {"errcode": code})
    with pytest.raises(InvalidResponse):
        await scripted.wecom().fetch_live()


async def test_a_response_without_a_code_is_a_success(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The documentation describes such a response."""
    vendor.reply(LIST, {"has_more": False, "meeting_room_list": []})
    live = await scripted.wecom().fetch_live()
    assert (live.rooms, live.rooms_complete) == ({}, True)


GOOD_ROW = {"meeting_room_id": "1", "rooms_id": "r1"}
UNREADABLE: list[object] = [
    None,
    "nonsense",
    [],
    {},
    {"meeting_room_id": "", "rooms_id": ""},
    {"meeting_room_id": {}, "rooms_id": [], "device_model": 7},
    {"meeting_room_id": "x" * 10_000, "rooms_id": True, "controller_name": "Plum"},
]


@pytest.mark.parametrize(
    ("api", "key", "method"),
    [
        ("list_devices", "device_info_list", "fetch_devices"),
        ("list_controllers", "controller_info_list", "fetch_controllers"),
    ],
)
@pytest.mark.parametrize(
    ("rows", "found", "complete"),
    [
        ([GOOD_ROW], 1, True),
        ([], 0, True),
        (None, 0, False),
        *(([GOOD_ROW, each], 1, False) for each in UNREADABLE),
    ],
    ids=repr,
)
async def test_an_unreadable_row_makes_a_listing_incomplete(
    scripted: Company,
    vendor: ScriptedVendor,
    *,
    api: str,
    key: str,
    method: str,
    rows: list[object] | None,
    found: int,
    complete: bool,
) -> None:
    """An absent list is incomplete too; the other rows are returned."""
    vendor.reply(f"/cgi-bin/meeting/rooms/{api}", OK | {"has_more": False, key: rows})
    listing = await getattr(scripted.wecom(), method)()
    assert listing.complete is complete
    assert any(listing.items) is (found == 1)


async def test_the_base_url_may_have_a_path_prefix(
    sim: Simulator, session: ClientSession
) -> None:
    """A proxy removes the prefix."""
    behind = Company(sim, session, f"{sim.url}/proxy")
    assert len((await behind.wecom().fetch_live()).rooms) == 20


# One room, devices, controllers


async def test_the_details_of_a_room_are_returned(company: Company) -> None:
    """The values are those of the vendor."""
    room = company.sim.company.room(VENDOR, ROOM)
    details = await company.wecom().fetch_details(ROOM)
    assert details.basic.name == room.name.strip()
    assert details.hardware.status == room.status.label


async def test_the_documented_sample_is_parsed(company: Company) -> None:
    """The fixture is the printed sample."""
    text = printed("wecom_get_info")
    company.sim.set_response(VENDOR, "get_info", ROOM, text)
    details = await company.wecom().fetch_details(ROOM)
    assert details == parse_details(sample_json("wecom_get_info"))


@pytest.mark.parametrize("room_id", ["100001", "会议室", 'a"b'])
async def test_a_room_id_is_sent_as_text_in_utf_8(
    scripted: Company, vendor: ScriptedVendor, room_id: str
) -> None:
    """The id is never sent as a number and never escaped."""
    vendor.reply(DETAILS, sample_json("wecom_get_info"))
    await scripted.wecom().fetch_details(room_id)
    [request] = vendor.of(DETAILS)
    assert request.json_body == {"meeting_room_id": room_id}
    assert rb"\u" not in request.body
    assert request.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("code", [40035, 40058, 40063])
async def test_a_bad_parameter_of_details_is_an_unknown_room(
    company: Company, code: int
) -> None:
    """The error is limited to this room."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "get_info", code=code))
    with pytest.raises(NotFound) as caught:
        await company.wecom().fetch_details(ROOM)
    assert (caught.value.code, caught.value.item_only) == (code, True)


async def test_an_unknown_room_is_not_found(company: Company) -> None:
    """The code is that of the simulated vendor."""
    with pytest.raises(NotFound):
        await company.wecom().fetch_details("Nobody")


async def test_another_code_of_details_is_no_unknown_room(company: Company) -> None:
    """The error does not mean that the room does not exist."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "get_info", code=47001))
    with pytest.raises(RequestRejected) as caught:
        await company.wecom().fetch_details(ROOM)
    assert type(caught.value) is RequestRejected


async def test_an_object_without_details_is_an_invalid_response(
    company: Company,
) -> None:
    """The last details of the room are kept."""
    company.sim.set_response(VENDOR, "get_info", ROOM, '{"errcode": 0}')
    with pytest.raises(InvalidResponse):
        await company.wecom().fetch_details(ROOM)


async def test_devices_are_grouped_by_room(company: Company) -> None:
    """Each device has the health of its parts."""
    company.sim.company.change(VENDOR, ROOM, status=2, microphone=False)
    listing = await company.wecom().fetch_devices()
    assert listing.complete is True
    devices = listing.items
    assert devices.keys() <= {*company.sim.company.wecom.ids}
    assert devices[ROOM][0].health.microphone is False
    assert devices[ROOM][0].health.camera is True


async def test_all_controllers_are_returned(company: Company) -> None:
    """The order is that of the list."""
    controllers = await company.wecom().fetch_controllers()
    assert controllers.complete is True
    assert [one.rooms_id for one in controllers.items] == [
        room.properties.controller.rooms_id
        for room in company.sim.company.wecom
        if room.properties.controller is not None
    ]


# Refusals


@pytest.mark.parametrize(
    ("code", "kind", "requests"),
    [
        (-1, CannotConnect, 2),
        (48002, PermissionDenied, 1),
        (48006, PermissionDenied, 1),
        (60020, AddressNotAllowed, 1),
        (45009, RateLimited, 1),
        (45033, RateLimited, 1),
        (40058, RequestRejected, 1),
        (777777, RequestRejected, 1),
    ],
)
async def test_a_rejected_request_is_not_repeated(
    company: Company, code: int, kind: type[ApiError], requests: int
) -> None:
    """Only a busy vendor gets one more request."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=code))
    with pytest.raises(ApiError) as caught:
        await company.wecom().fetch_live()
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert company.sim.requests.count(VENDOR, "list") == requests
    assert company.sim.requests.count(VENDOR, "gettoken") == 1


async def test_a_request_to_a_busy_vendor_is_repeated_once(company: Company) -> None:
    """The method returns the result of the second request."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=-1, times=1))
    assert (await company.wecom().fetch_live()).rooms_complete is True


async def test_a_missing_permission_is_reported(company: Company) -> None:
    """The account gets a token without the permission."""
    company.sim.accounts.wecom.permissions.revoke()
    with pytest.raises(PermissionDenied):
        await company.wecom().fetch_live()


@pytest.mark.parametrize("client_ip", ["203.0.113.7", "2001:db8::7"])
async def test_an_untrusted_address_is_reported(
    company: Company, client_ip: str
) -> None:
    """The error has the address, which the user enters in the vendor's console."""
    company.sim.accounts.wecom.trusted_ips = set()
    company.sim.accounts.wecom.client_ip = client_ip
    with pytest.raises(AddressNotAllowed) as caught:
        await company.wecom().fetch_live()
    assert caught.value.address == client_ip


async def test_an_unknown_path_is_an_invalid_response(company: Company) -> None:
    """The vendor returns 404 and an empty body, as it does for a wrong base URL."""
    company.sim.faults.add(Fault("empty_404", VENDOR, "list"))
    with pytest.raises(InvalidResponse) as caught:
        await company.wecom().fetch_live()
    assert caught.value.code == 404
