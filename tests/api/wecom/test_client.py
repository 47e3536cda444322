"""Test the client of WeCom against the simulated vendor."""

import asyncio
from typing import Any
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
from custom_components.meeting_rooms.api.models.room import parse_details
from custom_components.meeting_rooms.api.rows import MAX_PAGES
from custom_components.meeting_rooms.api.wecom.client import DEFAULT_BASE_URL
from simulator import Fault, Simulator

from ..accounts import Company
from ..fixtures import answer, printed
from ..scripted import Received, ScriptedVendor

VENDOR = "wecom"
ROOM = "RoomId001"
GETTOKEN = "/cgi-bin/gettoken"
LIST = "/cgi-bin/meeting/rooms/list"
DETAILS = "/cgi-bin/meeting/rooms/get_info"
OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
CROWD = 50


def page(*room_ids: object, more: object = False, cursor: object = "") -> Any:
    """Return a page of the list."""
    rows = [{"meeting_room_id": room_id} for room_id in room_ids]
    return OK | {"has_more": more, "next_cursor": cursor, "meeting_room_list": rows}


@pytest.fixture
def vendor(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor that gives out the tokens T1, T2 and so on."""
    vendor.reply(
        GETTOKEN,
        lambda _: (
            OK | {"access_token": f"T{len(vendor.of(GETTOKEN))}", "expires_in": 7200}
        ),
    )
    return vendor


def token_of(request: Received) -> list[str]:
    """Return the token that a request carried."""
    return parse_qs(urlsplit(request.target).query)["access_token"]


def test_the_client_calls_the_vendors_public_host() -> None:
    """Unless another is given."""
    assert DEFAULT_BASE_URL == "https://qyapi.weixin.qq.com"


# The token


async def test_fifty_calls_at_once_fetch_one_token(company: Company) -> None:
    """And each of them is answered."""
    client = company.wecom()
    ids = (company.sim.company.wecom.ids * 3)[:CROWD]
    details = await asyncio.gather(*map(client.fetch_details, ids))
    assert len(details) == CROWD
    assert company.sim.requests.count(VENDOR, "gettoken") == 1


async def test_the_token_goes_in_the_query_and_nowhere_else(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Percent-encoded."""
    vendor.reply(GETTOKEN, OK | {"access_token": "T+/=&", "expires_in": 7200})
    vendor.reply(LIST, page())
    await scripted.wecom().fetch_live()
    [request] = vendor.of(LIST)
    assert token_of(request) == ["T+/=&"]
    assert "T+/=&" not in repr(request.headers) + request.body.decode()


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_that_ended_is_renewed_once(company: Company, code: int) -> None:
    """Nobody notices."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=code, times=1))
    assert (await company.wecom().fetch_live()).rooms_complete is True
    assert company.sim.requests.count(VENDOR, "gettoken") == 2


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_that_is_never_taken_is_no_loop(
    company: Company, code: int
) -> None:
    """Two calls with two tokens, and no more."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=code))
    with pytest.raises(RequestRejected) as caught:
        await company.wecom().fetch_live()
    assert caught.value.code == code
    assert company.sim.requests.by_api() == {"wecom/gettoken": 2, "wecom/list": 2}


async def test_an_api_that_takes_no_token_leaves_the_others_theirs(
    company: Company,
) -> None:
    """A new one is fetched for it at each of its calls, and for none of the others."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "get_info", code=40014))
    client = company.wecom()
    for _ in range(3):
        with pytest.raises(TokenRejected) as caught:
            await client.fetch_details(ROOM)
        assert not caught.value.item_only
        await client.fetch_live()
    assert company.sim.requests.by_api()["wecom/gettoken"] == 4
    assert company.sim.requests.count(VENDOR, "list") == 3


async def test_the_second_call_carries_the_new_token(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The old one is forgotten."""
    vendor.reply(LIST, {"errcode": 42001}, page("1"))
    await scripted.wecom().fetch_live()
    assert [*map(token_of, vendor.of(LIST))] == [["T1"], ["T2"]]


async def test_fifty_calls_that_lose_their_token_fetch_one_more(
    company: Company,
) -> None:
    """However many of them find out."""
    client = company.wecom()
    await client.fetch_details(ROOM)
    company.sim.wecom.expire_tokens()
    await asyncio.gather(*(client.fetch_details(ROOM) for _ in range(CROWD)))
    assert company.sim.requests.count(VENDOR, "gettoken") == 2


async def test_a_token_that_ends_in_the_middle_of_a_list_breaks_no_list(
    session: ClientSession, socket_enabled: None
) -> None:
    """The page is asked for once more, with its cursor."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        client = Company(sim, session, sim.url).wecom()
        await client.fetch_details(sim.company.wecom.ids[0])
        fault = Fault("token_expired", VENDOR, "list", times=1)
        sim.faults.add(Fault("shift_page", VENDOR, "none"))
        sim.faults.add(fault)
        reading = await client.fetch_live()
        assert [*reading.rooms] == sim.company.wecom.ids
        assert reading.rooms_complete is True
        assert fault.used == 1


async def test_a_page_in_the_middle_is_asked_for_again_with_its_cursor(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Neither from the start nor past it."""
    vendor.reply(LIST, page("1", more=True, cursor="c1"), {"errcode": 40014}, page("2"))
    reading = await scripted.wecom().fetch_live()
    assert [*reading.rooms] == ["1", "2"]
    assert reading.rooms_complete is True
    assert [each.asked.get("cursor") for each in vendor.of(LIST)] == [None, "c1", "c1"]


async def test_a_list_that_broke_off_in_the_middle_costs_no_second_copies(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The next reading brings the rooms of the one before as the same objects."""
    pages = page("1", more=True, cursor="c1"), page("2")
    vendor.reply(LIST, *pages, pages[0], {"errcode": 40097}, *pages)
    client = scripted.wecom()
    before = await client.fetch_live()
    with pytest.raises(RequestRejected):
        await client.fetch_live()
    after = await client.fetch_live()
    assert [*after.rooms] == ["1", "2"]
    assert [*map(id, after.rooms.values())] == [*map(id, before.rooms.values())]


async def test_a_wrong_secret_is_sent_once(company: Company) -> None:
    """However often the house asks."""
    client = company.wecom(corp_secret="wrong")
    for _ in range(6):
        with pytest.raises(InvalidAuth):
            await client.fetch_live()
    assert company.sim.requests.by_api() == {"wecom/gettoken": 1}


async def test_a_wrong_company_is_said_so(company: Company) -> None:
    """Its id is a credential too."""
    with pytest.raises(InvalidAuth):
        await company.wecom(corp_id="ww0").fetch_live()


# The list


async def test_the_list_tells_every_room_and_its_status(company: Company) -> None:
    """As it truly is; ids are opaque texts, leading zeros included."""
    reading = await company.wecom().fetch_live()
    found = {room_id: str(room.status) for room_id, room in reading.rooms.items()}
    assert found == company.sim.truth()[VENDOR]
    assert "000003" in found
    assert reading.rooms_complete is True


async def test_a_long_list_is_read_by_its_cursors(
    session: ClientSession, socket_enabled: None
) -> None:
    """By fifty a page, the same on every page: the simulated vendor insists on it."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        reading = await Company(sim, session, sim.url).wecom().fetch_live()
        assert [*reading.rooms] == sim.company.wecom.ids
        assert reading.rooms_complete is True
        assert sim.requests.count(VENDOR, "list") == 3


async def test_every_page_of_a_chain_has_the_same_limit(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor would refuse the cursor."""
    vendor.reply(LIST, page("1", more=True, cursor="c1"), page("2"))
    await scripted.wecom().fetch_live()
    assert [each.asked for each in vendor.of(LIST)] == [
        {"limit": 50},
        {"limit": 50, "cursor": "c1"},
    ]


@pytest.mark.parametrize("more", [1, "true", True])
async def test_more_may_be_said_in_each_form(
    scripted: Company, vendor: ScriptedVendor, more: object
) -> None:
    """A truth value, a number or a text."""
    vendor.reply(LIST, page("1", more=more, cursor="c1"), page("2"))
    assert [*(await scripted.wecom().fetch_live()).rooms] == ["1", "2"]


@pytest.mark.parametrize("cursor", ["", None, [], {}])
async def test_more_without_a_cursor_ends_the_reading(
    scripted: Company, vendor: ScriptedVendor, cursor: object
) -> None:
    """The rooms that came are kept; none is known to be gone."""
    vendor.reply(LIST, page("1", more=True, cursor=cursor))
    reading = await scripted.wecom().fetch_live()
    assert [*reading.rooms] == ["1"]
    assert reading.rooms_complete is False
    assert len(vendor.of(LIST)) == 1


async def test_a_cursor_that_repeats_ends_the_reading(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Also when others came in between."""
    vendor.reply(
        LIST,
        page("1", more=True, cursor="a"),
        page("2", more=True, cursor="b"),
        page("3", more=True, cursor="a"),
        page("4"),
    )
    reading = await scripted.wecom().fetch_live()
    assert [*reading.rooms] == ["1", "2", "3"]
    assert reading.rooms_complete is False


@pytest.mark.parametrize(("kind", "calls"), [("endless_cursor", 3), ("repeat_page", 2)])
async def test_a_page_that_repeats_ends_the_reading(
    session: ClientSession, socket_enabled: None, kind: str, calls: int
) -> None:
    """Whatever its cursor promises."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        sim.faults.add(Fault(kind, VENDOR, "list"))
        reading = await Company(sim, session, sim.url).wecom().fetch_live()
        assert [*reading.rooms] == sim.company.wecom.ids[:50]
        assert reading.rooms_complete is False
        assert sim.requests.count(VENDOR, "list") == calls


@pytest.mark.parametrize("idle", [("1",), ()], ids=["repeats", "is empty"])
async def test_one_page_that_brings_nothing_new_does_not_end_the_reading(
    scripted: Company, vendor: ScriptedVendor, idle: tuple[str, ...]
) -> None:
    """Its cursor leads on."""
    vendor.reply(
        LIST,
        page("1", more=True, cursor="a"),
        page(*idle, more=True, cursor="b"),
        page("2"),
    )
    reading = await scripted.wecom().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (["1", "2"], True)


async def test_two_pages_that_bring_nothing_new_end_the_reading(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """One after the other, whatever their cursors promise."""
    vendor.reply(
        LIST,
        page("1", more=True, cursor="a"),
        page(more=True, cursor="b"),
        page(more=True, cursor="c"),
    )
    reading = await scripted.wecom().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (["1"], False)
    assert len(vendor.of(LIST)) == 3


@pytest.mark.parametrize(
    ("cursor", "sent"),
    [("-", "-"), (" c 1 ", " c 1 "), (7, "7"), (0, "0"), ("x" * 20_000, "x" * 20_000)],
    ids=["dash", "padded", "number", "zero", "long"],
)
async def test_a_cursor_is_handed_back_as_it_came(
    scripted: Company, vendor: ScriptedVendor, cursor: object, sent: str
) -> None:
    """It is the vendor's own word."""
    vendor.reply(LIST, page("1", more=True, cursor=cursor), page("2"))
    reading = await scripted.wecom().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (["1", "2"], True)
    assert vendor.of(LIST)[1].asked["cursor"] == sent


async def test_a_chain_without_end_is_given_up(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """After twenty thousand rooms."""

    def endless(_: Received) -> Any:
        number = len(vendor.received)
        return page(number, more=True, cursor=f"c{number}")

    vendor.reply(LIST, endless)
    reading = await scripted.wecom().fetch_live()
    assert len(reading.rooms) == len(vendor.of(LIST)) == MAX_PAGES
    assert reading.rooms_complete is False


async def test_rooms_that_shift_between_pages_do_not_pass_for_gone(
    session: ClientSession, socket_enabled: None
) -> None:
    """One was read twice and another not at all."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        sim.faults.add(Fault("shift_page", VENDOR, "list"))
        reading = await Company(sim, session, sim.url).wecom().fetch_live()
        assert len(reading.rooms) < 120
        assert reading.rooms_complete is False


async def test_one_bad_row_among_good_ones_hurts_no_other_room(
    company: Company,
) -> None:
    """But no room is known to be gone."""
    company.sim.faults.add(Fault("bad_room", VENDOR, "list"))
    reading = await company.wecom().fetch_live()
    assert [*reading.rooms] == company.sim.company.wecom.ids
    assert reading.rooms_complete is False


async def test_a_company_without_rooms_is_read_completely(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Its list is empty."""
    vendor.reply(LIST, page())
    reading = await scripted.wecom().fetch_live()
    assert (reading.rooms, reading.rooms_complete) == ({}, True)


@pytest.mark.parametrize("more", [False, 0, None, "soon"])
async def test_an_absent_list_is_not_taken_for_an_empty_one(
    scripted: Company, vendor: ScriptedVendor, more: object
) -> None:
    """The vendor sends an empty one where it has no rooms."""
    vendor.reply(LIST, OK | {"has_more": more})
    reading = await scripted.wecom().fetch_live()
    assert (reading.rooms, reading.rooms_complete) == ({}, False)


FULL = [*map(str, range(50))]


@pytest.mark.parametrize(
    ("marks", "whole"),
    [
        ({"has_more": False, "next_cursor": ""}, True),
        ({"has_more": 0, "next_cursor": None}, True),
        ({"has_more": "false"}, True),
        ({}, False),
        ({"next_cursor": ""}, False),
        ({"has_more": None, "next_cursor": ""}, False),
        ({"has_more": -1, "next_cursor": ""}, False),
        ({"has_more": 10**15, "next_cursor": ""}, False),
        ({"has_more": "", "next_cursor": ""}, False),
        ({"has_more": [], "next_cursor": ""}, False),
        ({"has_more": 0, "next_cursor": "c1"}, False),
        ({"has_more": False, "next_cursor": "c1"}, False),
    ],
    ids=str,
)
@pytest.mark.parametrize("rooms", [FULL, FULL[:3]], ids=["full", "short"])
async def test_only_an_end_that_is_told_and_not_contradicted_is_one(
    scripted: Company,
    vendor: ScriptedVendor,
    rooms: list[str],
    marks: dict[str, object],
    whole: bool,
) -> None:
    """The rooms that came are shown; a company may well fill its last page."""
    rows = [{"meeting_room_id": room_id} for room_id in rooms]
    vendor.reply(LIST, OK | marks | {"meeting_room_list": rows})
    reading = await scripted.wecom().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (rooms, whole)
    assert len(vendor.of(LIST)) == 1


@pytest.mark.parametrize("more", [None, -1, 10**15, "soon"])
async def test_a_cursor_leads_on_where_nobody_can_tell_whether_there_is_more(
    scripted: Company, vendor: ScriptedVendor, more: object
) -> None:
    """So that the rooms of the later pages keep their status."""
    vendor.reply(LIST, page("1", more=more, cursor="c1"), page("2"))
    reading = await scripted.wecom().fetch_live()
    assert ([*reading.rooms], reading.rooms_complete) == (["1", "2"], True)


@pytest.mark.parametrize(
    "code",
    [
        *(True, False, [60020], {"c": 1}, "SYSTEM_BUSY", "E60020", "", None),
        *(-1.5, 2**63, 10**40),
    ],
    ids=repr,
)
async def test_a_code_that_cannot_be_read_is_no_success(
    scripted: Company, vendor: ScriptedVendor, code: object
) -> None:
    """The answer to a call that was refused has an empty list."""
    vendor.reply(LIST, page() | {"errcode": code})
    with pytest.raises(InvalidResponse):
        await scripted.wecom().fetch_live()


async def test_an_answer_without_a_code_is_one(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """As the vendor's page says."""
    vendor.reply(LIST, {"has_more": False, "meeting_room_list": []})
    reading = await scripted.wecom().fetch_live()
    assert (reading.rooms, reading.rooms_complete) == ({}, True)


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
    ("api", "key", "verb"),
    [
        ("list_devices", "device_info_list", "fetch_devices"),
        ("list_controllers", "controller_info_list", "fetch_controllers"),
    ],
)
@pytest.mark.parametrize(
    ("rows", "found", "whole"),
    [
        ([GOOD_ROW], 1, True),
        ([], 0, True),
        (None, 0, False),
        *(([GOOD_ROW, each], 1, False) for each in UNREADABLE),
    ],
    ids=repr,
)
async def test_what_a_row_that_cannot_be_read_is_about_is_not_known_to_be_gone(
    scripted: Company,
    vendor: ScriptedVendor,
    *,
    api: str,
    key: str,
    verb: str,
    rows: list[object] | None,
    found: int,
    whole: bool,
) -> None:
    """Nor anything, where there is no list; the readable rows are read."""
    vendor.reply(f"/cgi-bin/meeting/rooms/{api}", OK | {"has_more": False, key: rows})
    bulk = await getattr(scripted.wecom(), verb)()
    assert bulk.complete is whole
    assert any(bulk.items) is (found == 1)


@pytest.mark.parametrize(
    "fields", [{}, OK, {"login": True}, OK | {"meeting_room_list": "x"}]
)
async def test_a_foreign_json_object_is_no_list(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, object]
) -> None:
    """Whoever answers so is not the vendor."""
    vendor.reply(LIST, fields)
    with pytest.raises(InvalidResponse):
        await scripted.wecom().fetch_live()


async def test_a_proxy_that_strips_its_prefix_changes_nothing(
    sim: Simulator, session: ClientSession
) -> None:
    """The base URL may carry a path."""
    behind = Company(sim, session, f"{sim.url}/proxy")
    assert len((await behind.wecom().fetch_live()).rooms) == 20


# One room, devices, controllers


async def test_the_details_of_a_room_are_read(company: Company) -> None:
    """As it truly is."""
    room = company.sim.company.room(VENDOR, ROOM)
    details = await company.wecom().fetch_details(ROOM)
    assert details.basic.name == room.name.strip()
    assert details.hardware.status == room.status.label


async def test_the_vendors_sample_is_read(company: Company) -> None:
    """As the page prints it."""
    text = printed("wecom_get_info")
    company.sim.set_response(VENDOR, "get_info", ROOM, text)
    details = await company.wecom().fetch_details(ROOM)
    assert details == parse_details(answer("wecom_get_info"))


@pytest.mark.parametrize("room_id", ["100001", "会议室", 'a"b'])
async def test_an_id_is_sent_as_text_in_utf_8(
    scripted: Company, vendor: ScriptedVendor, room_id: str
) -> None:
    """Never as a number, never escaped."""
    vendor.reply(DETAILS, answer("wecom_get_info"))
    await scripted.wecom().fetch_details(room_id)
    [request] = vendor.of(DETAILS)
    assert request.asked == {"meeting_room_id": room_id}
    assert rb"\u" not in request.body
    assert request.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("code", [40035, 40058, 40063])
async def test_a_room_that_the_vendor_does_not_know_is_not_found(
    company: Company, code: int
) -> None:
    """It is this room's trouble alone."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "get_info", code=code))
    with pytest.raises(NotFound) as caught:
        await company.wecom().fetch_details(ROOM)
    assert (caught.value.code, caught.value.item_only) == (code, True)


async def test_an_id_that_was_typed_wrong_is_not_found(company: Company) -> None:
    """As the simulated vendor refuses it."""
    with pytest.raises(NotFound):
        await company.wecom().fetch_details("Nobody")


async def test_another_refusal_of_a_room_is_no_missing_room(company: Company) -> None:
    """It may well be there."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "get_info", code=47001))
    with pytest.raises(RequestRejected) as caught:
        await company.wecom().fetch_details(ROOM)
    assert type(caught.value) is RequestRejected


async def test_an_object_that_is_no_details_page_is_an_invalid_answer(
    company: Company,
) -> None:
    """A room is not wiped by it."""
    company.sim.set_response(VENDOR, "get_info", ROOM, '{"errcode": 0}')
    with pytest.raises(InvalidResponse):
        await company.wecom().fetch_details(ROOM)


async def test_the_devices_are_found_by_their_room(company: Company) -> None:
    """With their health."""
    company.sim.company.change(VENDOR, ROOM, status=2, microphone=False)
    bulk = await company.wecom().fetch_devices()
    assert bulk.complete is True
    devices = bulk.items
    assert devices.keys() <= {*company.sim.company.wecom.ids}
    assert devices[ROOM][0].health.microphone is False
    assert devices[ROOM][0].health.camera is True


async def test_the_controllers_are_read(company: Company) -> None:
    """All of them."""
    controllers = await company.wecom().fetch_controllers()
    assert controllers.complete is True
    assert [one.rooms_id for one in controllers.items] == [
        room.properties.controller.rooms_id
        for room in company.sim.company.wecom
        if room.properties.controller is not None
    ]


# Refusals


@pytest.mark.parametrize(
    ("code", "kind", "calls"),
    [
        (-1, CannotConnect, 2),
        (40001, InvalidAuth, 1),
        (48002, PermissionDenied, 1),
        (48006, PermissionDenied, 1),
        (60020, AddressNotAllowed, 1),
        (45009, RateLimited, 1),
        (45033, RateLimited, 1),
        (40058, RequestRejected, 1),
        (777777, RequestRejected, 1),
    ],
)
async def test_a_refused_call_is_not_hammered(
    company: Company, code: int, kind: type[ApiError], calls: int
) -> None:
    """Only a busy vendor is asked once more."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=code))
    with pytest.raises(ApiError) as caught:
        await company.wecom().fetch_live()
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert company.sim.requests.count(VENDOR, "list") == calls
    assert company.sim.requests.count(VENDOR, "gettoken") == 1


async def test_a_busy_vendor_is_asked_once_more(company: Company) -> None:
    """Nobody notices."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "list", code=-1, times=1))
    assert (await company.wecom().fetch_live()).rooms_complete is True


async def test_a_call_without_the_right_is_said_so(company: Company) -> None:
    """A token alone would not have shown it."""
    company.sim.accounts.wecom.permissions.revoke()
    with pytest.raises(PermissionDenied):
        await company.wecom().fetch_live()


@pytest.mark.parametrize("client_ip", ["203.0.113.7", "2001:db8::7"])
async def test_an_address_that_is_not_trusted_is_told(
    company: Company, client_ip: str
) -> None:
    """So that it can be entered in the vendor's console."""
    company.sim.accounts.wecom.trusted_ips = set()
    company.sim.accounts.wecom.client_ip = client_ip
    with pytest.raises(AddressNotAllowed) as caught:
        await company.wecom().fetch_live()
    assert caught.value.address == client_ip


async def test_an_unknown_path_is_an_invalid_answer(company: Company) -> None:
    """It answers 404 with an empty body, as a wrong base URL would."""
    company.sim.faults.add(Fault("empty_404", VENDOR, "list"))
    with pytest.raises(InvalidResponse) as caught:
        await company.wecom().fetch_live()
    assert caught.value.code == 404
