"""Test the client of Tencent Meeting against the simulated vendor."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession
import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    ClockSkew,
    DailyLimitReached,
    InvalidAuth,
    InvalidOperator,
    InvalidResponse,
    NotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
)
from custom_components.meeting_rooms.api.models.room import (
    Alarm,
    DeviceAlarms,
    Health,
    RoomStatus,
    parse_details,
)
from custom_components.meeting_rooms.api.rows import MAX_PAGES
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    DEFAULT_BASE_URL,
    TencentMeetingClient,
    sign,
)
from custom_components.meeting_rooms.api.values import BEIJING
from simulator import Fault, Simulator
from simulator.vendors.tencent_meeting.signature import signature, string_to_sign

from ..accounts import Company
from ..fixtures import answer, printed
from ..scripted import Received, ScriptedVendor

VENDOR = "tencent_meeting"
ROOM = "100001"
LIST = "/v1/meeting-rooms"
ALARMS = "/v1/meeting-rooms-monitor/monitor-info"
VECTORS: dict[str, Any] = answer("tencent_signature")
HEADERS = {
    "Content-Type": "application/json",
    "X-TC-Registered": "1",
}


def refusal(code: object) -> dict[str, Any]:
    """Return the vendor's envelope of an error."""
    return {"error_info": {"error_code": code, "message": "no"}}


def page(total: object, *room_ids: object) -> dict[str, Any]:
    """Return a page of the list."""
    rows = [{"meeting_room_id": room_id} for room_id in room_ids]
    return {"total_count": total, "meeting_room_list": rows}


def query_of(request: Received) -> dict[str, list[str]]:
    """Return the query of a request."""
    return parse_qs(urlsplit(request.target).query)


def expected_signature(secret_key: str, request: Received) -> str:
    """Return the signature that the vendor's side computes for a request."""
    text = string_to_sign(
        request.method,
        request.target,
        request.body.decode(),
        secret_id=request.headers["X-TC-Key"],
        nonce=request.headers["X-TC-Nonce"],
        timestamp=request.headers["X-TC-Timestamp"],
    )
    return signature(secret_key, text)


# Signing


def test_the_client_calls_the_vendors_public_host() -> None:
    """Unless another is given."""
    assert DEFAULT_BASE_URL == "https://api.meeting.qq.com"


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda each: each["uri"])
def test_a_signature_equals_that_of_the_vendors_own_client(
    vector: Mapping[str, str],
) -> None:
    """For every request that was recorded."""
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


async def test_every_header_that_the_vendor_asks_for_is_sent(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """With a nonce that is a positive integer, and Unix seconds."""
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


async def test_without_an_sdk_id_none_is_sent(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """One that was not allotted is refused."""
    vendor.reply(LIST, page(0))
    await scripted.tencent(sdk_id=None).fetch_live()
    assert "SdkId" not in vendor.received[0].headers


async def test_the_operator_goes_with_every_call(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """As a userid."""
    vendor.reply(LIST, page(0))
    vendor.reply("/v1/devices", {"total_count": 0})
    vendor.reply(ALARMS, {"total_count": 0})
    controllers = "/v1/meeting-rooms-monitor/device-controller-info"
    vendor.reply(controllers, {"total_count": 0})
    vendor.reply(f"{LIST}/{ROOM}", answer("tencent_meeting_room_details"))
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


async def test_without_an_operator_none_is_sent(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The page of old does not know one."""
    vendor.reply(LIST, page(0))
    vendor.reply(f"{LIST}/{ROOM}", answer("tencent_meeting_room_details"))
    client = scripted.tencent(operator_id=None)
    await client.fetch_live()
    await client.fetch_details(ROOM)
    assert [request.target for request in vendor.received] == [
        f"{LIST}?page=1&page_size=50",
        f"{LIST}/{ROOM}",
    ]


@pytest.mark.parametrize("operator", ["operator 1", "王芳", "a&b=c", "x/y?z", "~+%"])
async def test_a_query_is_signed_as_it_goes_out(
    company: Company, operator: str
) -> None:
    """The simulated vendor checks the signature over what it received."""
    company.sim.accounts.tencent_meeting.operator_id = operator
    reading = await company.tencent(operator_id=operator).fetch_live()
    assert len(reading.rooms) == 40


@pytest.mark.parametrize("room_id", ["a/b", "a b", "会议室", "a?b#c", "..", "%2F"])
async def test_an_id_stays_within_its_place_in_the_path(
    scripted: Company, vendor: ScriptedVendor, room_id: str
) -> None:
    """Whoever typed it, it asks for a room and for nothing else."""
    replies: dict[str, Any] = dict.fromkeys(
        ["a%2Fb", "a%20b", "%E4%BC%9A%E8%AE%AE%E5%AE%A4", "a%3Fb%23c", "..", "%252F"],
        answer("tencent_meeting_room_details"),
    )
    for name, reply in replies.items():
        vendor.reply(f"{LIST}/{name}", reply)
    client = scripted.tencent()
    assert (await client.fetch_details(room_id)).basic.city == "广州"
    [request] = vendor.received
    key = scripted.tencent_account().secret_key
    assert request.headers["X-TC-Signature"] == expected_signature(key, request)


async def test_a_proxy_that_strips_its_prefix_breaks_no_signature(
    sim: Simulator, session: ClientSession
) -> None:
    """The signature covers the vendor's path only."""
    behind = Company(sim, session, f"{sim.url}/proxy")
    assert len((await behind.tencent().fetch_live()).rooms) == 40


async def test_no_two_calls_carry_the_same_nonce(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor would take the second for a replay."""
    vendor.reply(LIST, page(0))
    client = scripted.tencent()
    await asyncio.gather(*(client.fetch_live() for _ in range(50)))
    assert len({each.headers["X-TC-Nonce"] for each in vendor.received}) == 50


@pytest.mark.parametrize("code", [190301, 200002, 41, 5108])
async def test_a_retry_is_signed_anew(
    scripted: Company, vendor: ScriptedVendor, code: int
) -> None:
    """With a nonce of its own, and a signature that fits it."""
    vendor.reply(LIST, refusal(code), page(0))
    await scripted.tencent().fetch_live()
    first, second = vendor.received
    assert first.headers["X-TC-Nonce"] != second.headers["X-TC-Nonce"]
    assert first.headers["X-TC-Signature"] != second.headers["X-TC-Signature"]
    key = scripted.tencent_account().secret_key
    assert second.headers["X-TC-Signature"] == expected_signature(key, second)


async def test_a_call_that_the_network_repeats_still_gets_its_answer(
    company: Company,
) -> None:
    """The vendor refuses the repetition as a replay; the next is signed anew."""
    company.sim.faults.add(Fault("reset", VENDOR, times=1))
    assert len((await company.tencent().fetch_live()).rooms) == 40


def test_an_account_does_not_show_its_keys(company: Company) -> None:
    """Not even to whoever prints it."""
    assert company.sim.canaries.found_in(repr(company.tencent_account())) == []


# The list


async def test_the_list_tells_every_room_and_its_status(company: Company) -> None:
    """As it truly is."""
    reading = await company.tencent().fetch_live()
    found = {room_id: str(room.status) for room_id, room in reading.rooms.items()}
    assert found == company.sim.truth()[VENDOR]
    assert reading.rooms_complete is True
    assert (reading.conferences, reading.conferences_complete) == ({}, True)


async def test_one_hundred_and_twenty_rooms_take_three_calls(
    session: ClientSession, socket_enabled: None
) -> None:
    """By fifty a page."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        reading = await Company(sim, session, sim.url).tencent().fetch_live()
        assert [*reading.rooms] == sim.company.tencent_meeting.ids
        assert reading.rooms_complete is True
        assert sim.requests.count(VENDOR, "list") == 3


async def test_a_list_that_broke_off_in_the_middle_costs_no_second_copies(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The next reading brings the rooms of the one before as the same objects."""
    pages = page(3, 1, 2), page(3, 3)
    refusal = {"error_info": {"error_code": 190004}}
    vendor.reply(LIST, *pages, pages[0], refusal, *pages)
    client = scripted.tencent()
    before = await client.fetch_live()
    with pytest.raises(RequestRejected):
        await client.fetch_live()
    after = await client.fetch_live()
    assert [*after.rooms] == ["1", "2", "3"]
    assert [*map(id, after.rooms.values())] == [*map(id, before.rooms.values())]


async def test_a_company_without_rooms_is_read_completely(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Its list is absent."""
    vendor.reply(LIST, {"total_count": 0, "current_size": 0, "total_page": 0})
    reading = await scripted.tencent().fetch_live()
    assert (reading.rooms, reading.rooms_complete) == ({}, True)
    assert len(vendor.received) == 1


@pytest.mark.parametrize("total", [3, "3", " 3 "])
async def test_the_total_may_come_as_text(
    scripted: Company, vendor: ScriptedVendor, total: object
) -> None:
    """The last page is known by it."""
    vendor.reply(LIST, page(total, 1, 2), page(total, "3"))
    reading = await scripted.tencent().fetch_live()
    assert [*reading.rooms] == ["1", "2", "3"]
    assert reading.rooms_complete is True
    assert [query_of(each)["page"] for each in vendor.received] == [["1"], ["2"]]


@pytest.mark.parametrize("total", [None, "many", -1, []])
async def test_without_a_total_the_list_is_read_until_no_list_comes(
    scripted: Company, vendor: ScriptedVendor, total: object
) -> None:
    """But nobody can say that it was complete."""
    end = {"total_count": total}
    vendor.reply(LIST, page(total, 1, 2), page(total, 3), end)
    reading = await scripted.tencent().fetch_live()
    assert [*reading.rooms] == ["1", "2", "3"]
    assert reading.rooms_complete is False


def numbered(pages: object, *room_ids: object) -> dict[str, Any]:
    """Return a page of a list that tells how many pages it has, and no total."""
    rows = [{"meeting_room_id": room_id} for room_id in room_ids]
    return {"total_page": pages, "meeting_room_list": rows}


NOTHING: dict[str, Any] = {"current_size": 0, "total_page": 0}


@pytest.mark.parametrize(
    ("pages", "ids", "whole"),
    [
        ([numbered(1, 1, 2)], ["1", "2"], True),
        ([numbered("2", 1), numbered("2", 2)], ["1", "2"], True),
        ([numbered(2, 1), numbered(2)], ["1"], True),
        ([numbered(0)], [], True),
        ([NOTHING], [], True),
        ([page(None, 1), page(None)], ["1"], False),
        ([page(None)], [], False),
        ([numbered(0, 1)], ["1"], False),
        ([numbered(3, 1), numbered(1, 2)], ["1", "2"], False),
        ([numbered(2, 1), numbered(2, 1)], ["1"], False),
        ([numbered(3, 1), numbered(3)], ["1"], False),
        ([numbered(2, 1), {"total_page": 2}], ["1"], False),
        ([{"total_page": 1}], [], False),
        ([page(None, 1), page(None, 1)], ["1"], False),
    ],
)
async def test_without_a_total_the_pages_tell_where_the_list_ends(
    scripted: Company,
    vendor: ScriptedVendor,
    pages: list[dict[str, Any]],
    ids: list[str],
    whole: bool,
) -> None:
    """By their number, not by one that is just empty, that repeats or that lacks its list."""
    vendor.reply(LIST, *pages)
    reading = await scripted.tencent().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (ids, whole)
    assert len(vendor.received) == len(pages)


FULL = [*map(str, range(50))]


@pytest.mark.parametrize(
    ("marks", "whole"),
    [
        ({"total_count": 50, "total_page": 1}, True),
        ({"total_count": "50"}, True),
        ({"total_page": 1}, True),
        ({"total_count": 0, "total_page": 0}, False),
        ({"total_count": 0, "total_page": 1}, False),
        ({"total_count": 49, "total_page": 1}, False),
        ({"total_count": 50, "total_page": 3}, False),
        ({"total_count": -1, "total_page": 0}, False),
    ],
    ids=str,
)
async def test_only_an_end_that_fits_the_rows_is_one(
    scripted: Company, vendor: ScriptedVendor, marks: dict[str, object], whole: bool
) -> None:
    """The rooms that came are shown; a company may well fill its last page."""
    rows = [{"meeting_room_id": room_id} for room_id in FULL]
    vendor.reply(LIST, marks | {"meeting_room_list": rows})
    reading = await scripted.tencent().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (FULL, whole)
    assert len(vendor.received) == 1


UNREADABLE_CODES: list[object] = ["ERR_BUSY", "", None, True, [], 2**63]


@pytest.mark.parametrize(
    "told",
    [
        *({"error_code": code} for code in UNREADABLE_CODES),
        *({"new_error_code": 500123, "message": "busy"}, {}, "busy", ["busy"], [], 7),
    ],
    ids=repr,
)
async def test_an_error_that_cannot_be_read_is_no_success(
    scripted: Company, vendor: ScriptedVendor, told: object
) -> None:
    """Whatever list comes with it."""
    vendor.reply(LIST, page(0) | {"error_info": told})
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_live()


@pytest.mark.parametrize("told", [None, {"error_code": 0}, {"error_code": "0"}])
async def test_an_answer_that_tells_of_no_error_is_success(
    scripted: Company, vendor: ScriptedVendor, told: object
) -> None:
    """In so many words."""
    vendor.reply(LIST, page(1, "1") | {"error_info": told})
    assert (await scripted.tencent().fetch_live()).rooms_complete is True


async def test_a_list_that_ends_early_is_not_complete(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The rooms that came are kept; none is known to be gone."""
    vendor.reply(LIST, page(99, 1, 2), {"total_count": 99})
    reading = await scripted.tencent().fetch_live()
    assert [*reading.rooms] == ["1", "2"]
    assert reading.rooms_complete is False


async def test_a_page_that_repeats_ends_the_reading(
    session: ClientSession, socket_enabled: None
) -> None:
    """Its rooms are read, none is known to be gone."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        sim.faults.add(Fault("repeat_page", VENDOR, "list"))
        reading = await Company(sim, session, sim.url).tencent().fetch_live()
        assert [*reading.rooms] == sim.company.tencent_meeting.ids[:50]
        assert reading.rooms_complete is False
        assert sim.requests.count(VENDOR, "list") == 2


@pytest.mark.parametrize(
    ("answer_of", "calls"),
    [
        (lambda number: page(10**9, number), 2),
        (lambda number: page(10_001, number), 2),
        (lambda number: numbered(10**6, number), 2),
        (lambda number: page(2 * number + 1, number, -number), 5),
        (lambda number: numbered(number + 1, number), 5),
        (lambda number: page(3 * number + 2, number, -number), 7),
    ],
)
async def test_a_list_that_goes_on_after_its_end_is_not_believed(
    scripted: Company,
    vendor: ScriptedVendor,
    answer_of: Callable[[int], dict[str, Any]],
    calls: int,
) -> None:
    """The first page tells the end; nobody has more than ten thousand rooms."""
    vendor.reply(LIST, lambda asked: answer_of(int(query_of(asked)["page"][0])))
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_live()
    assert len(vendor.received) == calls


async def test_one_wrong_number_costs_no_room(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The number of pages still tells the end of the list."""
    first, second = page(10**9, 1, 2), page(10**9, 3)
    vendor.reply(LIST, first | {"total_page": 2}, second | {"total_page": 2}, {})
    reading = await scripted.tencent().fetch_live()
    assert [*reading.rooms] == ["1", "2", "3"]
    assert reading.rooms_complete is False


async def test_pages_may_be_shorter_than_the_first(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """A vendor may leave rows out of a page."""
    vendor.reply(LIST, page(5, 1, 2), page(5, 3), page(5, 4), page(5, 5))
    reading = await scripted.tencent().fetch_live()
    assert [*reading.rooms] == ["1", "2", "3", "4", "5"]
    assert reading.rooms_complete is True


async def test_a_list_without_end_is_given_up(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Where no page tells how many there are; nobody can say that it was complete."""
    vendor.reply(LIST, lambda asked: page(None, query_of(asked)["page"][0]))
    reading = await scripted.tencent().fetch_live()
    assert len(reading.rooms) == len(vendor.received) == MAX_PAGES
    assert reading.rooms_complete is False


async def test_rooms_that_are_added_while_the_list_is_read_are_read_too(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """They make it a page longer than its first page told."""
    vendor.reply(LIST, page(3, 1, 2), page(5, 3, 4), page(5, 5))
    reading = await scripted.tencent().fetch_live()
    assert [*reading.rooms] == ["1", "2", "3", "4", "5"]
    assert reading.rooms_complete is True


async def test_rooms_that_shift_between_pages_do_not_pass_for_gone(
    session: ClientSession, socket_enabled: None
) -> None:
    """One was read twice and another not at all."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        sim.faults.add(Fault("shift_page", VENDOR, "list"))
        reading = await Company(sim, session, sim.url).tencent().fetch_live()
        assert len(reading.rooms) < 120
        assert reading.rooms_complete is False


async def test_one_bad_row_among_good_ones_hurts_no_other_room(
    company: Company,
) -> None:
    """But no room is known to be gone."""
    company.sim.faults.add(Fault("bad_room", VENDOR, "list"))
    reading = await company.tencent().fetch_live()
    assert [*reading.rooms] == company.sim.company.tencent_meeting.ids
    assert reading.rooms_complete is False


async def test_values_of_wrong_types_are_unknown(company: Company) -> None:
    """They are no reason to fail."""
    company.sim.faults.add(Fault("wrong_types", VENDOR, "details"))
    details = await company.tencent().fetch_details(ROOM)
    assert details.hardware.status is None
    assert details.callable is None


@pytest.mark.parametrize(
    "fields",
    [{}, {"code": 0, "login": True}, {"total_count": 2, "meeting_room_list": "x"}],
)
async def test_a_foreign_json_object_is_no_list(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, object]
) -> None:
    """Whoever answers so is not the vendor."""
    vendor.reply(LIST, fields)
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_live()


# One room


async def test_the_details_of_a_room_are_read(company: Company) -> None:
    """As it truly is."""
    room = company.sim.company.room(VENDOR, ROOM)
    details = await company.tencent().fetch_details(ROOM)
    assert details.basic.name == room.name.strip()
    assert details.hardware.status == room.status.label
    assert details.hardware.ip_address == room.properties.hardware.ip


async def test_the_vendors_sample_is_read_once_it_is_mended(company: Company) -> None:
    """A comma is missing in it."""
    text = printed("tencent_meeting_room_details")
    company.sim.set_response(VENDOR, "details", ROOM, text)
    details = await company.tencent().fetch_details(ROOM)
    assert details == parse_details(answer("tencent_meeting_room_details"))


async def test_the_vendors_sample_as_printed_is_an_invalid_answer(
    company: Company,
) -> None:
    """And hurts nothing but this call."""
    text = printed("tencent_meeting_room_details_as_printed")
    company.sim.set_response(VENDOR, "details", ROOM, text)
    with pytest.raises(InvalidResponse):
        await company.tencent().fetch_details(ROOM)


async def test_an_object_that_is_no_details_page_is_an_invalid_answer(
    company: Company,
) -> None:
    """A room is not wiped by it."""
    company.sim.set_response(VENDOR, "details", ROOM, "{}")
    with pytest.raises(InvalidResponse):
        await company.tencent().fetch_details(ROOM)


# Devices, alarms, controllers


async def test_the_devices_are_found_by_their_room(company: Company) -> None:
    """Although every third room has its id as a number there."""
    company.sim.company.change(VENDOR, ROOM, status=2, camera=False)
    devices = (await company.tencent().fetch_devices()).items
    assert devices.keys() <= {*company.sim.company.tencent_meeting.ids}
    assert devices[ROOM][0].health.camera is False
    rooms_ids = company.sim.company.room(VENDOR, ROOM).properties.basic.rooms_id_list
    assert [device.rooms_id for device in devices[ROOM]] == rooms_ids


async def test_the_alarms_are_joined_to_the_right_room(company: Company) -> None:
    """Although rooms have numbers there and texts everywhere else."""
    company.sim.company.change(VENDOR, ROOM, status=2, alarms=["device_off_line"])
    company.sim.company.change(VENDOR, "100002", status=2, alarms=["on_fire"])
    device_alarms = (await company.tencent().fetch_alarms()).items
    assert device_alarms.keys() <= {*company.sim.company.tencent_meeting.ids}
    facts = company.sim.company.tencent_meeting[ROOM].properties
    assert device_alarms[ROOM][0] == DeviceAlarms(
        room_id=ROOM,
        rooms_id=facts.basic.rooms_id_list[0],
        health=Health.ERROR,
        alarms=(Alarm(code="device_off_line", description="设备离线"),),
    )
    assert device_alarms["100002"][0].health is Health.WARNING
    assert [alarm.code for alarm in device_alarms["100002"][0].alarms] == ["on_fire"]


async def test_the_controllers_are_read(company: Company) -> None:
    """All of them."""
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


async def test_lists_of_devices_are_paged_too(
    session: ClientSession, socket_enabled: None
) -> None:
    """By fifty a page."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        client = Company(sim, session, sim.url).tencent()
        devices = await client.fetch_devices()
        assert sum(map(len, devices.items.values())) > 100
        assert devices.complete is True
        assert sim.requests.count(VENDOR, "devices") == 3


@pytest.mark.parametrize(
    ("path", "verb"),
    [
        ("/v1/devices", "fetch_devices"),
        ("/v1/meeting-rooms-monitor/monitor-info", "fetch_alarms"),
        ("/v1/meeting-rooms-monitor/device-controller-info", "fetch_controllers"),
    ],
)
@pytest.mark.parametrize(("total", "whole"), [(0, True), (3, False)])
async def test_a_list_says_whether_it_was_read_to_its_end(
    scripted: Company,
    vendor: ScriptedVendor,
    *,
    path: str,
    verb: str,
    total: int,
    whole: bool,
) -> None:
    """Only then is what is missing gone."""
    vendor.reply(path, {"total_count": total})
    bulk = await getattr(scripted.tencent(), verb)()
    assert (len(bulk.items), bulk.complete) == (0, whole)


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
    ("path", "key", "verb"),
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
    ("rows", "found", "whole"),
    [
        ([GOOD_ROW], 1, True),
        ([], 0, True),
        (None, 0, True),
        *(([GOOD_ROW, each], 1, False) for each in UNREADABLE),
    ],
    ids=repr,
)
async def test_what_a_row_that_cannot_be_read_is_about_is_not_known_to_be_gone(
    scripted: Company,
    vendor: ScriptedVendor,
    *,
    path: str,
    key: str,
    verb: str,
    rows: list[object] | None,
    found: int,
    whole: bool,
) -> None:
    """The readable rows are read; an empty list may be absent."""
    vendor.reply(path, {"total_count": len(rows or ()), "total_page": 1, key: rows})
    bulk = await getattr(scripted.tencent(), verb)()
    assert bulk.complete is whole
    assert any(bulk.items) is (found == 1)


# Refusals


@pytest.mark.parametrize(
    ("code", "kind", "calls"),
    [
        (190303, InvalidAuth, 1),
        (200003, InvalidAuth, 1),
        (200001, RequestRejected, 1),
        (190300, ClockSkew, 1),
        (190301, RequestRejected, 2),
        (200002, RequestRejected, 2),
        (9042, PermissionDenied, 1),
        (190001, InvalidOperator, 1),
        (20001, InvalidOperator, 1),
        (190310, RateLimited, 1),
        (190313, RateLimited, 1),
        (9061, RateLimited, 1),
        (190311, DailyLimitReached, 1),
        (190312, DailyLimitReached, 1),
        (20201, NotFound, 1),
        (190004, RequestRejected, 1),
        (200005, RequestRejected, 1),
        (200006, RequestRejected, 1),
        (10001, RequestRejected, 1),
        (41, CannotConnect, 2),
        (5108, CannotConnect, 2),
        (777777, RequestRejected, 1),
    ],
)
@pytest.mark.parametrize("status", [None, 200, 400, 403, 500])
async def test_every_code_of_the_vendor_means_what_its_page_says(
    company: Company, code: int, kind: type[ApiError], calls: int, status: int | None
) -> None:
    """Whatever the HTTP status; only what asks for it is asked once more."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code, status=status))
    with pytest.raises(ApiError) as caught:
        await company.tencent().fetch_live()
    assert type(caught.value) is kind
    assert caught.value.code == code
    assert company.sim.requests.count() == calls


@pytest.mark.parametrize("code", [190301, 200002, 41, 5108])
async def test_what_is_asked_once_more_succeeds(company: Company, code: int) -> None:
    """Nobody notices."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code, times=1))
    assert (await company.tencent().fetch_live()).rooms_complete is True
    assert company.sim.requests.count(VENDOR, "list") == 2


async def test_a_code_may_come_as_text(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """It is the same code."""
    vendor.reply(LIST, refusal("9042"))
    with pytest.raises(PermissionDenied):
        await scripted.tencent().fetch_live()


@pytest.mark.parametrize("code", [190310, 190313, 9061])
async def test_a_limit_per_minute_waits_for_the_next_minute(
    company: Company, code: int
) -> None:
    """A whole minute is enough."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code))
    with pytest.raises(RateLimited) as caught:
        await company.tencent().fetch_live()
    assert caught.value.retry_after == 60


@pytest.mark.parametrize("code", [190311, 190312])
@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (datetime(2026, 3, 17, 23, 59, 30, tzinfo=BEIJING), 30),
        (datetime(2026, 3, 17, 0, 5, 0, tzinfo=BEIJING), 86_100),
        (datetime(2026, 3, 17, 8, 0, 0, tzinfo=BEIJING), 16 * 3600),
    ],
)
async def test_a_limit_per_day_waits_for_midnight_in_beijing(
    company: Company, code: int, now: datetime, seconds: float
) -> None:
    """Wherever the house stands."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code))
    client = TencentMeetingClient(
        company.transport, company.tencent_account(), now=now.timestamp
    )
    with pytest.raises(RateLimited) as caught:
        await client.fetch_live()
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(("after", "seconds"), [(0, 300), (1, 299), (299, 1)])
async def test_a_vendor_whose_midnight_comes_later_costs_no_day(
    company: Company, after: int, seconds: float
) -> None:
    """Its clock may be five minutes behind: what it refuses until then is of the day before."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=190311))
    midnight = datetime(2026, 3, 17, tzinfo=BEIJING).timestamp()
    client = TencentMeetingClient(
        company.transport, company.tencent_account(), now=lambda: midnight + after
    )
    with pytest.raises(DailyLimitReached) as caught:
        await client.fetch_live()
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, "{}", CannotConnect),
        (503, '{"error_info": {"error_code": 0}}', CannotConnect),
        (400, "{}", InvalidResponse),
        (404, '{"error_info": "gone"}', InvalidResponse),
        (401, '{"error_info": {"error_code": []}}', InvalidResponse),
    ],
)
async def test_an_error_without_a_code_is_judged_by_its_status(
    company: Company, status: int, body: str, kind: type[ApiError]
) -> None:
    """There is nothing else to judge it by."""
    company.sim.faults.add(Fault("http", VENDOR, status=status, body=body))
    with pytest.raises(ApiError) as caught:
        await company.tencent().fetch_live()
    assert (type(caught.value), caught.value.code) == (kind, status)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"app_id": "1"}, InvalidAuth),
        ({"secret_id": "wrong"}, InvalidAuth),
        ({"secret_key": "wrong"}, InvalidAuth),
        ({"sdk_id": None}, InvalidAuth),
        ({"sdk_id": "1"}, InvalidAuth),
        ({"operator_id": "nobody"}, InvalidOperator),
        ({"operator_id": None}, InvalidOperator),
    ],
)
async def test_an_account_that_is_wrong_is_told_apart(
    company: Company, changed: dict[str, str | None], kind: type[ApiError]
) -> None:
    """As the simulated vendor refuses it."""
    with pytest.raises(ApiError) as caught:
        await company.tencent(**changed).fetch_live()
    assert type(caught.value) is kind


@pytest.mark.parametrize("seconds", [-400, 400])
async def test_a_clock_that_is_off_is_said_so(company: Company, seconds: float) -> None:
    """More than five minutes."""
    company.sim.faults.add(Fault("clock", VENDOR, seconds=seconds))
    with pytest.raises(ClockSkew):
        await company.tencent().fetch_live()


async def test_a_right_that_is_missing_is_said_so(company: Company) -> None:
    """Only the list is refused."""
    company.sim.accounts.tencent_meeting.permissions.revoke("list")
    client = company.tencent()
    with pytest.raises(PermissionDenied):
        await client.fetch_live()
    details = await client.fetch_details(ROOM)
    assert details.hardware.status in {*RoomStatus}


async def test_a_room_that_the_vendor_does_not_know_is_not_found(
    company: Company,
) -> None:
    """It is this room's trouble alone."""
    with pytest.raises(NotFound) as caught:
        await company.tencent().fetch_details("999999")
    assert caught.value.item_only is True
