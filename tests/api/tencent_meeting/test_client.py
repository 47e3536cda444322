"""Test the client of Tencent Meeting against the simulated vendor."""

import asyncio
from collections.abc import Mapping
import json
import re
from typing import Any

from aiohttp import ClientSession, web
import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    ClockSkew,
    InvalidAuth,
    InvalidOperator,
    InvalidResponse,
    NotFound,
    OperatorRequired,
    PermissionDenied,
)
from custom_components.meeting_rooms.api.models.room import Health, RoomStatus
from custom_components.meeting_rooms.api.rooms_backend import parse_details
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    DEFAULT_BASE_URL,
    sign,
)
from custom_components.meeting_rooms.api.tencent_meeting.wire import (
    AlarmInfo,
    AlarmsRow,
)
from simulator import Fault, Simulator
from simulator.vendors.tencent_meeting.signature import signature, string_to_sign

from ..accounts import Company
from ..fixtures import printed, sample_json
from ..scripted import Received, ScriptedVendor
from .requests import LIST, page, query_of

VENDOR = "tencent_meeting"
ROOM = "100001"
ALARMS = "/v1/meeting-rooms-monitor/monitor-info"
VECTORS: dict[str, Any] = sample_json("tencent_signature")
HEADERS = {
    "Content-Type": "application/json",
    "X-TC-Registered": "1",
}


def error(code: object) -> dict[str, Any]:
    """Return an error response."""
    return {"error_info": {"error_code": code, "message": "no"}}


def expected_signature(secret_key: str, request: Received, prefix: str = "") -> str:
    """Return the signature that the simulated vendor expects, without a path prefix."""
    text = string_to_sign(
        request.method,
        request.target.removeprefix(prefix),
        request.body.decode(),
        secret_id=request.headers["X-TC-Key"],
        nonce=request.headers["X-TC-Nonce"],
        timestamp=request.headers["X-TC-Timestamp"],
    )
    return signature(secret_key, text)


# Signing


def test_the_default_base_url_is_the_public_host() -> None:
    """The user can configure another host."""
    assert DEFAULT_BASE_URL == "https://api.meeting.qq.com"


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda each: each["uri"])
def test_a_signature_equals_that_of_the_vendors_own_client(
    vector: Mapping[str, str],
) -> None:
    """Each recorded request has the same signature."""
    signed = sign(
        VECTORS["secret_id"],
        VECTORS["secret_key"],
        method=vector["method"],
        uri=vector["uri"],
        nonce=VECTORS["nonce"],
        timestamp=VECTORS["timestamp"],
        body=vector["body"],
    )
    assert signed == vector["signature"]


async def test_every_required_header_is_sent(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The nonce is a positive integer, and the timestamp is in Unix seconds."""
    vendor.reply(LIST, page(0))
    await scripted.tencent().fetch_live()
    account = scripted.tencent_account()
    [request] = vendor.received
    sent = request.headers
    assert {name: sent[name] for name in HEADERS} == HEADERS
    assert sent["X-TC-Key"] == account.secret_id
    assert sent["AppId"] == account.app_id
    assert sent["SdkId"] == account.sdk_id
    assert re.fullmatch(r"[1-9]\d*", sent["X-TC-Nonce"])
    assert re.fullmatch(r"\d{10}", sent["X-TC-Timestamp"])
    assert sent["X-TC-Signature"] == expected_signature(account.secret_key, request)
    assert len(sent["X-TC-Signature"]) == 88


async def test_no_sdk_id_is_sent_without_one(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor rejects an SDK id that it did not assign."""
    vendor.reply(LIST, page(0))
    await scripted.tencent(sdk_id=None).fetch_live()
    assert "SdkId" not in vendor.received[0].headers


async def test_the_operator_is_sent_with_every_request(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The operator is a user id."""
    vendor.reply(LIST, page(0))
    vendor.reply("/v1/devices", {"total_count": 0})
    vendor.reply(ALARMS, {"total_count": 0})
    controllers = "/v1/meeting-rooms-monitor/device-controller-info"
    vendor.reply(controllers, {"total_count": 0})
    vendor.reply(f"{LIST}/{ROOM}", sample_json("tencent_meeting_room_details"))
    client = scripted.tencent(operator_id="wang fang/1")
    await client.fetch_live()
    await client.fetch_devices()
    await client.fetch_alarms()
    await client.fetch_controllers()
    await client.fetch_details(ROOM)
    assert [
        (query_of(each)["operator_id"], query_of(each)["operator_id_type"])
        for each in vendor.received
    ] == [(["wang fang/1"], ["1"])] * 5


async def test_no_operator_is_sent_without_one(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Older accounts do not require an operator."""
    vendor.reply(LIST, page(0))
    vendor.reply(f"{LIST}/{ROOM}", sample_json("tencent_meeting_room_details"))
    client = scripted.tencent(operator_id=None)
    await client.fetch_live()
    await client.fetch_details(ROOM)
    assert [request.target for request in vendor.received] == [
        f"{LIST}?page=1&page_size=50",
        f"{LIST}/{ROOM}",
    ]


@pytest.mark.parametrize("operator", ["operator 1", "王芳", "a&b=c", "x/y?z", "~+%"])
async def test_the_signature_covers_the_query_as_sent(
    company: Company, operator: str
) -> None:
    """The simulated vendor verifies the signature of the query that it receives."""
    company.sim.accounts.tencent_meeting.operator_id = operator
    live = await company.tencent(operator_id=operator).fetch_live()
    assert len(live.rooms) == 40


@pytest.mark.parametrize("room_id", ["a/b", "a b", "会议室", "a?b#c", "..", "%2F"])
async def test_a_room_id_is_one_segment_of_the_path(
    scripted: Company, vendor: ScriptedVendor, room_id: str
) -> None:
    """Special characters are percent-encoded."""
    replies: dict[str, Any] = dict.fromkeys(
        ["a%2Fb", "a%20b", "%E4%BC%9A%E8%AE%AE%E5%AE%A4", "a%3Fb%23c", "..", "%252F"],
        sample_json("tencent_meeting_room_details"),
    )
    for name, reply in replies.items():
        vendor.reply(f"{LIST}/{name}", reply)
    client = scripted.tencent()
    assert (await client.fetch_details(room_id)).basic.city == "广州"
    [request] = vendor.received
    key = scripted.tencent_account().secret_key
    assert request.headers["X-TC-Signature"] == expected_signature(key, request)


async def test_a_path_prefix_is_not_signed(
    sim: Simulator, session: ClientSession
) -> None:
    """A proxy removes the prefix."""
    behind = Company(sim, session, f"{sim.url}/proxy")
    assert len((await behind.tencent().fetch_live()).rooms) == 40


async def test_a_path_prefix_of_any_language_is_not_signed(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The prefix is percent-encoded, and the vendor's path is sent as signed."""
    prefix = "/%E4%BC%9A%E8%AE%AE"
    vendor.reply(f"{prefix}{LIST}", page(0))
    base_url = scripted.base_url.rstrip("/") + "/会议"
    behind = Company(scripted.sim, scripted.session, base_url)
    await behind.tencent(operator_id="王芳").fetch_live()
    [request] = vendor.received
    assert request.target == (
        f"{prefix}{LIST}?page=1&page_size=50"
        "&operator_id=%E7%8E%8B%E8%8A%B3&operator_id_type=1"
    )
    key = scripted.tencent_account().secret_key
    expected = expected_signature(key, request, prefix)
    assert request.headers["X-TC-Signature"] == expected


async def test_every_request_has_a_new_nonce(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor rejects a nonce that was used before."""
    vendor.reply(LIST, page(0))
    client = scripted.tencent()
    await asyncio.gather(*(client.fetch_live() for _ in range(50)))
    assert len({each.headers["X-TC-Nonce"] for each in vendor.received}) == 50


@pytest.mark.parametrize("code", [190301, 200002, 41, 5108])
async def test_a_retry_has_a_new_signature(
    scripted: Company, vendor: ScriptedVendor, code: int
) -> None:
    """The retry has a new nonce too."""
    vendor.reply(LIST, error(code), page(0))
    await scripted.tencent().fetch_live()
    first, second = vendor.received
    assert first.headers["X-TC-Nonce"] != second.headers["X-TC-Nonce"]
    assert first.headers["X-TC-Signature"] != second.headers["X-TC-Signature"]
    key = scripted.tencent_account().secret_key
    assert second.headers["X-TC-Signature"] == expected_signature(key, second)


async def test_a_request_succeeds_after_a_lost_connection(
    company: Company,
) -> None:
    """The request is sent again with a new signature."""
    company.sim.faults.add(Fault("reset", VENDOR, times=1))
    assert len((await company.tencent().fetch_live()).rooms) == 40


def test_an_account_has_no_keys_in_its_representation(company: Company) -> None:
    """The representation may appear in a log."""
    assert company.sim.canaries.found_in(repr(company.tencent_account())) == []


# The list


async def test_the_list_has_every_room_with_its_status(company: Company) -> None:
    """The list has no conferences."""
    live = await company.tencent().fetch_live()
    found = {room_id: str(room.status) for room_id, room in live.rooms.items()}
    assert found == company.sim.truth()[VENDOR]
    assert live.rooms_complete is True
    assert (live.conferences, live.conferences_complete) == ({}, True)


async def test_a_list_with_a_room_on_two_pages_is_incomplete(
    session: ClientSession, socket_enabled: None
) -> None:
    """Another room may be missing from every page."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        sim.faults.add(Fault("shift_page", VENDOR, "list"))
        live = await Company(sim, session, sim.url).tencent().fetch_live()
        assert len(live.rooms) < 120
        assert live.rooms_complete is False


async def test_an_unreadable_row_makes_the_list_incomplete(
    company: Company,
) -> None:
    """The other rooms are returned."""
    company.sim.faults.add(Fault("bad_room", VENDOR, "list"))
    live = await company.tencent().fetch_live()
    assert [*live.rooms] == company.sim.company.tencent_meeting.ids
    assert live.rooms_complete is False


async def test_an_undecodable_name_is_unknown(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Some gateways return GBK without declaring it; a row with such an id is not a room."""
    rows = [
        {"meeting_room_id": "1", "meeting_room_name": "会议室"},
        {"meeting_room_id": "会议室"},
    ]
    listed = {"total_count": 2, "meeting_room_list": rows}
    body = json.dumps(listed, ensure_ascii=False).encode("gbk")
    vendor.reply(LIST, lambda _: web.Response(body=body))
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1"]
    assert (live.rooms["1"].name, live.rooms_complete) == (None, False)


async def test_a_name_in_a_declared_charset_is_known(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The response of the gateway declares GBK."""
    rows = [{"meeting_room_id": "1", "meeting_room_name": "会议室"}]
    listed = {"total_count": 1, "meeting_room_list": rows}
    body = json.dumps(listed, ensure_ascii=False).encode("gbk")
    headers = {"Content-Type": "application/json; charset=GBK"}
    vendor.reply(LIST, lambda _: web.Response(body=body, headers=headers))
    live = await scripted.tencent().fetch_live()
    assert (live.rooms["1"].name, live.rooms_complete) == ("会议室", True)


async def test_values_of_wrong_types_are_unknown(company: Company) -> None:
    """A wrong type is not an error."""
    company.sim.faults.add(Fault("wrong_types", VENDOR, "details"))
    details = await company.tencent().fetch_details(ROOM)
    assert details.hardware.status is None
    assert details.callable is None


# One room


async def test_the_details_of_a_room_are_returned(company: Company) -> None:
    """The values are those of the vendor."""
    room = company.sim.company.room(VENDOR, ROOM)
    details = await company.tencent().fetch_details(ROOM)
    assert details.basic.name == room.name.strip()
    assert details.hardware.status == room.status.label
    assert details.hardware.ip_address == room.properties.hardware.ip


async def test_the_documented_sample_is_parsed(company: Company) -> None:
    """The fixture has the comma that is missing in the printed sample."""
    text = printed("tencent_meeting_room_details")
    company.sim.set_response(VENDOR, "details", ROOM, text)
    details = await company.tencent().fetch_details(ROOM)
    assert details == parse_details(sample_json("tencent_meeting_room_details"))


async def test_the_documented_sample_as_printed_is_an_invalid_response(
    company: Company,
) -> None:
    """The printed sample is not valid JSON."""
    text = printed("tencent_meeting_room_details_as_printed")
    company.sim.set_response(VENDOR, "details", ROOM, text)
    with pytest.raises(InvalidResponse):
        await company.tencent().fetch_details(ROOM)


async def test_an_object_without_details_is_an_invalid_response(
    company: Company,
) -> None:
    """The last details of the room are kept."""
    company.sim.set_response(VENDOR, "details", ROOM, "{}")
    with pytest.raises(InvalidResponse):
        await company.tencent().fetch_details(ROOM)


# Devices, alarms, controllers


async def test_devices_are_grouped_by_room(company: Company) -> None:
    """Some rows have the room id as a number."""
    company.sim.company.change(VENDOR, ROOM, status=2, camera=False)
    devices = (await company.tencent().fetch_devices()).items
    assert devices.keys() <= {*company.sim.company.tencent_meeting.ids}
    assert devices[ROOM][0].health.camera is False
    rooms_ids = company.sim.company.room(VENDOR, ROOM).properties.basic.rooms_id_list
    assert [device.rooms_id for device in devices[ROOM]] == rooms_ids


async def test_alarms_are_grouped_by_room(company: Company) -> None:
    """All rows have the room id as a number."""
    company.sim.company.change(VENDOR, ROOM, status=2, alarms=["device_off_line"])
    company.sim.company.change(VENDOR, "100002", status=2, alarms=["on_fire"])
    device_alarms = (await company.tencent().fetch_alarms()).items
    assert device_alarms.keys() <= {*company.sim.company.tencent_meeting.ids}
    facts = company.sim.company.tencent_meeting[ROOM].properties
    assert device_alarms[ROOM][0] == AlarmsRow(
        room_id=ROOM,
        rooms_id=facts.basic.rooms_id_list[0],
        health=Health.ERROR,
        alarms=(AlarmInfo(code="device_off_line", description="设备离线"),),
    )
    assert device_alarms["100002"][0].health is Health.WARNING
    assert [alarm.code for alarm in device_alarms["100002"][0].alarms] == ["on_fire"]


async def test_all_controllers_are_returned(company: Company) -> None:
    """The order is that of the list."""
    controllers = (await company.tencent().fetch_controllers()).items
    facts = [
        room.properties.controller
        for room in company.sim.company.tencent_meeting
        if room.properties.controller is not None
    ]
    assert [one.rooms_id for one in controllers] == [each.rooms_id for each in facts]
    assert [one.mac_address for one in controllers] == [
        each.mac_address for each in facts
    ]


async def test_devices_are_fetched_by_page(
    session: ClientSession, socket_enabled: None
) -> None:
    """A page has fifty rows."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        client = Company(sim, session, sim.url).tencent()
        devices = await client.fetch_devices()
        assert sum(map(len, devices.items.values())) > 100
        assert devices.complete is True
        assert sim.requests.count(VENDOR, "devices") == 3


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/v1/devices", "fetch_devices"),
        ("/v1/meeting-rooms-monitor/monitor-info", "fetch_alarms"),
        ("/v1/meeting-rooms-monitor/device-controller-info", "fetch_controllers"),
    ],
)
@pytest.mark.parametrize(("total", "complete"), [(0, True), (3, False)])
async def test_a_listing_is_complete_at_the_end_of_the_list(
    scripted: Company,
    vendor: ScriptedVendor,
    *,
    path: str,
    method: str,
    total: int,
    complete: bool,
) -> None:
    """Only a complete list removes missing rows."""
    vendor.reply(path, {"total_count": total})
    listing = await getattr(scripted.tencent(), method)()
    assert (len(listing.items), listing.complete) == (0, complete)


GOOD_ROW = {"meeting_room_id": 1, "rooms_id": "r1"}
UNREADABLE: list[object] = [
    None,
    "nonsense",
    [],
    {},
    {"meeting_room_id": "", "rooms_id": ""},
    {"meeting_room_id": {}, "rooms_id": [], "device_model": 7},
    {"meeting_room_id": 2**70, "rooms_id": True, "controller_name": "Plum"},
]


@pytest.mark.parametrize(
    ("path", "key", "method"),
    [
        ("/v1/devices", "device_info_list", "fetch_devices"),
        (ALARMS, "monitor_info_list", "fetch_alarms"),
        (
            "/v1/meeting-rooms-monitor/device-controller-info",
            "controller_info_list",
            "fetch_controllers",
        ),
    ],
)
@pytest.mark.parametrize(
    ("rows", "found", "complete"),
    [
        ([GOOD_ROW], 1, True),
        ([], 0, True),
        (None, 0, True),
        *(([GOOD_ROW, each], 1, False) for each in UNREADABLE),
    ],
    ids=repr,
)
async def test_an_unreadable_row_makes_a_listing_incomplete(
    scripted: Company,
    vendor: ScriptedVendor,
    *,
    path: str,
    key: str,
    method: str,
    rows: list[object] | None,
    found: int,
    complete: bool,
) -> None:
    """The other rows are returned; an empty list may be absent."""
    vendor.reply(path, {"total_count": len(rows or ()), "total_page": 1, key: rows})
    listing = await getattr(scripted.tencent(), method)()
    assert listing.complete is complete
    assert any(listing.items) is (found == 1)


# Accounts and permissions


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"app_id": "1"}, InvalidAuth),
        ({"secret_id": "wrong"}, InvalidAuth),
        ({"secret_key": "wrong"}, InvalidAuth),
        ({"sdk_id": None}, InvalidAuth),
        ({"sdk_id": "1"}, InvalidAuth),
        ({"operator_id": "nobody"}, InvalidOperator),
        ({"operator_id": None}, OperatorRequired),
    ],
)
async def test_each_wrong_field_of_an_account_has_its_error(
    company: Company, changed: dict[str, str | None], kind: type[ApiError]
) -> None:
    """The errors are those that the simulated vendor returns."""
    with pytest.raises(ApiError) as caught:
        await company.tencent(**changed).fetch_live()
    assert type(caught.value) is kind


@pytest.mark.parametrize("seconds", [-400, 400])
async def test_a_wrong_clock_is_reported(company: Company, seconds: float) -> None:
    """The vendor accepts a difference of five minutes."""
    company.sim.faults.add(Fault("clock", VENDOR, seconds=seconds))
    with pytest.raises(ClockSkew):
        await company.tencent().fetch_live()


async def test_a_missing_permission_is_reported(company: Company) -> None:
    """The permission for the list is missing; the details succeed."""
    company.sim.accounts.tencent_meeting.permissions.revoke("list")
    client = company.tencent()
    with pytest.raises(PermissionDenied):
        await client.fetch_live()
    details = await client.fetch_details(ROOM)
    assert details.hardware.status in {*RoomStatus}


async def test_an_unknown_room_is_not_found(
    company: Company,
) -> None:
    """The error is limited to this room."""
    with pytest.raises(NotFound) as caught:
        await company.tencent().fetch_details("999999")
    assert caught.value.item_only is True
