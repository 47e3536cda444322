"""Test that lists with cursors are fetched to a consistent end."""

from typing import Any

from aiohttp import ClientSession
import pytest

from custom_components.meeting_rooms.api.errors import InvalidResponse
from custom_components.meeting_rooms.api.rows import MAX_PAGES
from simulator import Fault, Simulator

from ..accounts import Company
from ..scripted import Received, ScriptedVendor
from .requests import LIST, OK, page

VENDOR = "wecom"


async def test_a_list_is_complete_although_the_token_ends(
    session: ClientSession, socket_enabled: None
) -> None:
    """The client requests the page again with the same cursor."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        client = Company(sim, session, sim.url).wecom()
        await client.fetch_details(sim.company.wecom.ids[0])
        fault = Fault("token_expired", VENDOR, "list", times=1)
        sim.faults.add(Fault("shift_page", VENDOR, "none"))
        sim.faults.add(fault)
        live = await client.fetch_live()
        assert [*live.rooms] == sim.company.wecom.ids
        assert live.rooms_complete is True
        assert fault.used == 1


async def test_a_repeated_request_has_the_same_cursor(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The list continues at the same page."""
    vendor.reply(LIST, page("1", more=True, cursor="c1"), {"errcode": 40014}, page("2"))
    live = await scripted.wecom().fetch_live()
    assert [*live.rooms] == ["1", "2"]
    assert live.rooms_complete is True
    assert [each.json_body.get("cursor") for each in vendor.of(LIST)] == [
        None,
        "c1",
        "c1",
    ]


async def test_a_page_has_fifty_rows(
    session: ClientSession, socket_enabled: None
) -> None:
    """The simulated vendor requires the same number on every page."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        live = await Company(sim, session, sim.url).wecom().fetch_live()
        assert [*live.rooms] == sim.company.wecom.ids
        assert live.rooms_complete is True
        assert sim.requests.count(VENDOR, "list") == 3


async def test_every_page_has_the_same_limit(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor rejects the cursor with a different limit."""
    vendor.reply(LIST, page("1", more=True, cursor="c1"), page("2"))
    await scripted.wecom().fetch_live()
    assert [each.json_body for each in vendor.of(LIST)] == [
        {"limit": 50},
        {"limit": 50, "cursor": "c1"},
    ]


@pytest.mark.parametrize("more", [1, "true", True])
async def test_has_more_may_have_each_form(
    scripted: Company, vendor: ScriptedVendor, more: object
) -> None:
    """The value may be a boolean, a number or text."""
    vendor.reply(LIST, page("1", more=more, cursor="c1"), page("2"))
    assert [*(await scripted.wecom().fetch_live()).rooms] == ["1", "2"]


@pytest.mark.parametrize("cursor", ["", None, [], {}])
async def test_a_missing_cursor_ends_the_list(
    scripted: Company, vendor: ScriptedVendor, cursor: object
) -> None:
    """The list is incomplete."""
    vendor.reply(LIST, page("1", more=True, cursor=cursor))
    live = await scripted.wecom().fetch_live()
    assert [*live.rooms] == ["1"]
    assert live.rooms_complete is False
    assert len(vendor.of(LIST)) == 1


async def test_a_repeated_cursor_ends_the_list(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Other cursors may be between the two."""
    vendor.reply(
        LIST,
        page("1", more=True, cursor="a"),
        page("2", more=True, cursor="b"),
        page("3", more=True, cursor="a"),
        page("4"),
    )
    live = await scripted.wecom().fetch_live()
    assert [*live.rooms] == ["1", "2", "3"]
    assert live.rooms_complete is False


@pytest.mark.parametrize(
    ("kind", "requests"), [("endless_cursor", 3), ("repeat_page", 2)]
)
async def test_a_repeated_page_ends_the_list(
    session: ClientSession, socket_enabled: None, kind: str, requests: int
) -> None:
    """The repeated page may have any cursor."""
    async with Simulator(rooms=240, seed=2, speed=0) as sim:
        sim.faults.add(Fault(kind, VENDOR, "list"))
        live = await Company(sim, session, sim.url).wecom().fetch_live()
        assert [*live.rooms] == sim.company.wecom.ids[:50]
        assert live.rooms_complete is False
        assert sim.requests.count(VENDOR, "list") == requests


@pytest.mark.parametrize("second", [("1",), ()], ids=["repeats", "is empty"])
async def test_one_page_without_new_rows_does_not_end_the_list(
    scripted: Company, vendor: ScriptedVendor, second: tuple[str, ...]
) -> None:
    """The client follows the cursor of the page."""
    vendor.reply(
        LIST,
        page("1", more=True, cursor="a"),
        page(*second, more=True, cursor="b"),
        page("2"),
    )
    live = await scripted.wecom().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (["1", "2"], True)


async def test_two_pages_without_new_rows_end_the_list(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The pages may have any cursor."""
    vendor.reply(
        LIST,
        page("1", more=True, cursor="a"),
        page(more=True, cursor="b"),
        page(more=True, cursor="c"),
    )
    live = await scripted.wecom().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (["1"], False)
    assert len(vendor.of(LIST)) == 3


@pytest.mark.parametrize(
    ("cursor", "sent"),
    [("-", "-"), (" c 1 ", " c 1 "), (7, "7"), (0, "0"), ("x" * 20_000, "x" * 20_000)],
    ids=["dash", "padded", "number", "zero", "long"],
)
async def test_a_cursor_is_sent_back_unchanged(
    scripted: Company, vendor: ScriptedVendor, cursor: object, sent: str
) -> None:
    """A cursor is an opaque text."""
    vendor.reply(LIST, page("1", more=True, cursor=cursor), page("2"))
    live = await scripted.wecom().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (["1", "2"], True)
    assert vendor.of(LIST)[1].json_body["cursor"] == sent


async def test_an_endless_list_is_incomplete(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The number of pages is limited."""

    def endless(_: Received) -> Any:
        number = len(vendor.received)
        return page(number, more=True, cursor=f"c{number}")

    vendor.reply(LIST, endless)
    live = await scripted.wecom().fetch_live()
    assert len(live.rooms) == len(vendor.of(LIST)) == MAX_PAGES
    assert live.rooms_complete is False


async def test_an_empty_list_is_complete(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The company has no rooms."""
    vendor.reply(LIST, page())
    live = await scripted.wecom().fetch_live()
    assert (live.rooms, live.rooms_complete) == ({}, True)


@pytest.mark.parametrize("more", [False, 0, None, "soon"])
async def test_an_absent_list_is_incomplete(
    scripted: Company, vendor: ScriptedVendor, more: object
) -> None:
    """Without rooms, the vendor sends an empty list."""
    vendor.reply(LIST, OK | {"has_more": more})
    live = await scripted.wecom().fetch_live()
    assert (live.rooms, live.rooms_complete) == ({}, False)


FULL = [*map(str, range(50))]


@pytest.mark.parametrize(
    ("marks", "complete"),
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
async def test_marks_that_contradict_each_other_make_a_list_incomplete(
    scripted: Company,
    vendor: ScriptedVendor,
    rooms: list[str],
    marks: dict[str, object],
    complete: bool,
) -> None:
    """The rooms are returned nevertheless."""
    rows = [{"meeting_room_id": room_id} for room_id in rooms]
    vendor.reply(LIST, OK | marks | {"meeting_room_list": rows})
    live = await scripted.wecom().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (rooms, complete)
    assert len(vendor.of(LIST)) == 1


@pytest.mark.parametrize("more", [None, -1, 10**15, "soon"])
async def test_a_cursor_is_followed_where_has_more_is_unreadable(
    scripted: Company, vendor: ScriptedVendor, more: object
) -> None:
    """The list may have further pages."""
    vendor.reply(LIST, page("1", more=more, cursor="c1"), page("2"))
    live = await scripted.wecom().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (["1", "2"], True)


@pytest.mark.parametrize(
    "fields", [{}, OK, {"login": True}, OK | {"meeting_room_list": "x"}]
)
async def test_another_json_object_is_an_invalid_response(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, object]
) -> None:
    """The response is not treated as an empty list."""
    vendor.reply(LIST, fields)
    with pytest.raises(InvalidResponse):
        await scripted.wecom().fetch_live()
