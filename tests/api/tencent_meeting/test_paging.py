"""Test that lists of numbered pages are fetched to a consistent end."""

from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession
import pytest

from custom_components.meeting_rooms.api.errors import InvalidResponse
from custom_components.meeting_rooms.api.rows import MAX_PAGES
from simulator import Fault, Simulator

from ..accounts import Company
from ..scripted import ScriptedVendor
from .requests import LIST, page, query_of

VENDOR = "tencent_meeting"
FULL = [*map(str, range(50))]
NOTHING: dict[str, Any] = {"current_size": 0, "total_page": 0}


def numbered(pages: object, *room_ids: object) -> dict[str, Any]:
    """Return a page of a list with a number of pages, and without a total."""
    rows = [{"meeting_room_id": room_id} for room_id in room_ids]
    return {"total_page": pages, "meeting_room_list": rows}


async def test_a_page_has_fifty_rows(
    session: ClientSession, socket_enabled: None
) -> None:
    """120 rooms require three requests."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        live = await Company(sim, session, sim.url).tencent().fetch_live()
        assert [*live.rooms] == sim.company.tencent_meeting.ids
        assert live.rooms_complete is True
        assert sim.requests.count(VENDOR, "list") == 3


async def test_an_absent_list_without_rows_is_complete(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor omits an empty list."""
    vendor.reply(LIST, {"total_count": 0, "current_size": 0, "total_page": 0})
    live = await scripted.tencent().fetch_live()
    assert (live.rooms, live.rooms_complete) == ({}, True)
    assert len(vendor.received) == 1


@pytest.mark.parametrize("total", [3, "3", " 3 "])
async def test_the_total_may_be_text(
    scripted: Company, vendor: ScriptedVendor, total: object
) -> None:
    """A total as text determines the last page."""
    vendor.reply(LIST, page(total, 1, 2), page(total, "3"))
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1", "2", "3"]
    assert live.rooms_complete is True
    assert [query_of(each)["page"] for each in vendor.received] == [["1"], ["2"]]


@pytest.mark.parametrize("total", [None, "many", -1, []])
async def test_a_list_without_a_total_is_incomplete(
    scripted: Company, vendor: ScriptedVendor, total: object
) -> None:
    """The client requests pages until one has no rows."""
    end = {"total_count": total}
    vendor.reply(LIST, page(total, 1, 2), page(total, 3), end)
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1", "2", "3"]
    assert live.rooms_complete is False


@pytest.mark.parametrize(
    ("pages", "ids", "complete"),
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
async def test_the_number_of_pages_marks_the_end_without_a_total(
    scripted: Company,
    vendor: ScriptedVendor,
    pages: list[dict[str, Any]],
    ids: list[str],
    complete: bool,
) -> None:
    """An empty, repeated or missing page does not end the list."""
    vendor.reply(LIST, *pages)
    live = await scripted.tencent().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (ids, complete)
    assert len(vendor.received) == len(pages)


@pytest.mark.parametrize(
    ("marks", "complete"),
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
async def test_marks_that_contradict_the_rows_make_a_list_incomplete(
    scripted: Company, vendor: ScriptedVendor, marks: dict[str, object], complete: bool
) -> None:
    """The rooms are returned nevertheless."""
    rows = [{"meeting_room_id": room_id} for room_id in FULL]
    vendor.reply(LIST, marks | {"meeting_room_list": rows})
    live = await scripted.tencent().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (FULL, complete)
    assert len(vendor.received) == 1


async def test_a_list_that_ends_early_is_incomplete(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The rooms of the list are returned."""
    vendor.reply(LIST, page(99, 1, 2), {"total_count": 99})
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1", "2"]
    assert live.rooms_complete is False


async def test_a_repeated_page_ends_the_list(
    session: ClientSession, socket_enabled: None
) -> None:
    """The list is incomplete."""
    async with Simulator(rooms=120, seed=2, speed=0) as sim:
        sim.faults.add(Fault("repeat_page", VENDOR, "list"))
        live = await Company(sim, session, sim.url).tencent().fetch_live()
        assert [*live.rooms] == sim.company.tencent_meeting.ids[:50]
        assert live.rooms_complete is False
        assert sim.requests.count(VENDOR, "list") == 2


@pytest.mark.parametrize(
    ("page_of", "requests"),
    [
        (lambda number: page(10**9, number), 2),
        (lambda number: page(10_001, number), 2),
        (lambda number: numbered(10**6, number), 2),
        (lambda number: page(2 * number + 1, number, -number), 5),
        (lambda number: numbered(number + 1, number), 5),
        (lambda number: page(3 * number + 2, number, -number), 7),
    ],
)
async def test_a_list_that_continues_after_its_end_is_an_invalid_response(
    scripted: Company,
    vendor: ScriptedVendor,
    page_of: Callable[[int], dict[str, Any]],
    requests: int,
) -> None:
    """Twice the reported number of pages and 10,000 rooms are accepted."""
    vendor.reply(LIST, lambda request: page_of(int(query_of(request)["page"][0])))
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_live()
    assert len(vendor.received) == requests


async def test_a_wrong_total_or_number_of_pages_loses_no_room(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The client uses the plausible value of the two."""
    first, second = page(10**9, 1, 2), page(10**9, 3)
    vendor.reply(LIST, first | {"total_page": 2}, second | {"total_page": 2}, {})
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1", "2", "3"]
    assert live.rooms_complete is False


async def test_pages_may_be_shorter_than_the_first(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The list is complete when the total is reached."""
    vendor.reply(LIST, page(5, 1, 2), page(5, 3), page(5, 4), page(5, 5))
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1", "2", "3", "4", "5"]
    assert live.rooms_complete is True


async def test_rooms_that_are_added_meanwhile_are_fetched(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The list is one page longer than its first page reports."""
    vendor.reply(LIST, page(3, 1, 2), page(5, 3, 4), page(5, 5))
    live = await scripted.tencent().fetch_live()
    assert [*live.rooms] == ["1", "2", "3", "4", "5"]
    assert live.rooms_complete is True


async def test_an_endless_list_is_incomplete(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The number of pages without a total is limited."""
    vendor.reply(LIST, lambda request: page(None, query_of(request)["page"][0]))
    live = await scripted.tencent().fetch_live()
    assert len(live.rooms) == len(vendor.received) == MAX_PAGES
    assert live.rooms_complete is False


@pytest.mark.parametrize(
    "fields",
    [{}, {"code": 0, "login": True}, {"total_count": 2, "meeting_room_list": "x"}],
)
async def test_another_json_object_is_an_invalid_response(
    scripted: Company, vendor: ScriptedVendor, fields: dict[str, object]
) -> None:
    """The response is not treated as an empty list."""
    vendor.reply(LIST, fields)
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_live()
