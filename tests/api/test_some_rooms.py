"""Test that a list is read no further than the rooms reach that matter."""

from collections.abc import AsyncIterator
from typing import Final
from unittest.mock import patch

from aiohttp import ClientSession
import pytest

from custom_components.meeting_rooms.api.errors import RequestRejected
from custom_components.meeting_rooms.api.lenient_json import read_json
from simulator import Fault, Simulator

from .accounts import Company
from .scripted import ScriptedVendor

TENCENT: Final = "tencent_meeting"
WECOM: Final = "wecom"
READ_JSON: Final = "custom_components.meeting_rooms.api.transport.read_json"
LIST: Final = "/v1/meeting-rooms"
PAGES: Final = 6
FLOOR: Final = slice(95, 115)
"""Twenty rooms in a row: the last five of the second page, and fifteen of the third."""


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Serve three hundred rooms in which nothing moves by itself."""
    async with Simulator(rooms=300, seed=1, speed=0) as simulator:
        while len(simulator.company.wecom) < 300:
            simulator.company.add_room(WECOM)
        yield simulator


async def test_tencent_is_asked_for_the_pages_of_the_rooms_alone(
    company: Company, sim: Simulator
) -> None:
    """As soon as the whole list was read once; other rooms of these pages come along."""
    client = company.tencent()
    floor = sim.company.tencent_meeting.ids[FLOOR]
    assert (await client.fetch_live(only=floor)).rooms_complete is True
    assert sim.requests.count(TENCENT, "list") == PAGES
    sim.company.change(TENCENT, floor[-1], status=3)
    reading = await client.fetch_live(only=floor)
    assert sim.requests.count(TENCENT, "list") == PAGES + 2
    assert reading.rooms_complete is False
    assert [*reading.rooms] == sim.company.tencent_meeting.ids[50:150]
    assert reading.rooms[floor[-1]].status == "in_use"


async def test_of_some_pages_those_that_changed_are_decoded(
    company: Company, sim: Simulator
) -> None:
    """The other one is known by its fingerprint; its rooms are the same objects."""
    client = company.tencent()
    floor = sim.company.tencent_meeting.ids[FLOOR]
    await client.fetch_live()
    before = await client.fetch_live(only=floor)
    sim.company.change(TENCENT, floor[-1], status=3)
    with patch(READ_JSON, wraps=read_json) as decoded:
        after = await client.fetch_live(only=floor)
    assert decoded.call_count == 1
    assert after.rooms[floor[0]] is before.rooms[floor[0]]
    assert after.rooms[floor[-1]].status == "in_use"


async def test_tencent_is_asked_for_the_rest_where_a_room_has_moved(
    company: Company, sim: Simulator
) -> None:
    """Each page once; from then on the new pages are known."""
    client = company.tencent()
    book = sim.company.tencent_meeting
    floor = book.ids[150:160]
    await client.fetch_live()
    sim.company.remove_room(TENCENT, book.ids[0])
    sim.requests.clear()
    reading = await client.fetch_live(only=floor)
    assert sim.requests.count(TENCENT, "list") == PAGES
    assert reading.rooms_complete is True
    assert {*reading.rooms} == {*book.ids}
    await client.fetch_live(only=floor)
    assert sim.requests.count(TENCENT, "list") == PAGES + 2


async def test_tencent_is_asked_for_everything_where_a_room_is_gone(
    company: Company, sim: Simulator
) -> None:
    """So that its absence is known and not just supposed."""
    client = company.tencent()
    floor = sim.company.tencent_meeting.ids[FLOOR]
    await client.fetch_live()
    sim.company.remove_room(TENCENT, floor[0])
    sim.requests.clear()
    for reading in (await client.fetch_live(only=floor), await client.fetch_live()):
        assert reading.rooms_complete is True
        assert floor[0] not in reading.rooms
    assert sim.requests.count(TENCENT, "list") == 2 * PAGES


async def test_a_page_that_is_refused_since_the_list_is_shorter(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The reading fails; the next one takes the whole list."""
    client = scripted.tencent()
    rows = [{"meeting_room_id": "1"}], [{"meeting_room_id": "2"}]
    first, second = (
        {"total_count": 2, "total_page": 2, "meeting_room_list": each} for each in rows
    )
    refusal = {"error_info": {"error_code": 190004, "message": "page"}}
    shorter = {"total_count": 1, "total_page": 1, "meeting_room_list": rows[1]}
    vendor.reply(LIST, first, second, refusal, shorter)
    await client.fetch_live()
    with pytest.raises(RequestRejected):
        await client.fetch_live(only=["2"])
    reading = await client.fetch_live(only=["2"])
    assert ([*reading.rooms], reading.rooms_complete) == (["2"], True)
    assert len(vendor.of(LIST)) == 4


async def test_wecoms_chain_is_followed_to_the_last_of_the_rooms(
    company: Company, sim: Simulator
) -> None:
    """It cannot be begun in its middle."""
    client = company.wecom()
    book = sim.company.wecom
    reading = await client.fetch_live(only=book.ids[FLOOR])
    assert sim.requests.count(WECOM, "list") == 3
    assert reading.rooms_complete is False
    assert [*reading.rooms] == book.ids[:150]
    reading = await client.fetch_live(only=[*book.ids[FLOOR], "4711"])
    assert sim.requests.count(WECOM, "list") == 3 + PAGES
    assert reading.rooms_complete is True
    reading = await client.fetch_live(only=book.ids[-1:])
    assert reading.rooms_complete is True


async def test_four_buildings_share_a_thousand_rooms(session: ClientSession) -> None:
    """Each asks for its five pages of twenty, whatever the others do."""
    async with Simulator(rooms=1000, seed=1, speed=0) as sim:
        company = Company(sim, session, sim.url)
        ids = sim.company.tencent_meeting.ids
        for start in range(0, 1000, 250):
            client = company.tencent()
            await client.fetch_live()
            sim.requests.clear()
            reading = await client.fetch_live(only=ids[start : start + 250])
            assert [*reading.rooms] == ids[start : start + 250]
            assert sim.requests.count(TENCENT, "list") == 5


@pytest.mark.parametrize("vendor_name", [TENCENT, WECOM])
async def test_a_failure_among_some_pages_is_the_same_as_among_all(
    sim: Simulator, session: ClientSession, vendor_name: str
) -> None:
    """Nothing else is asked for then."""
    company = Company(sim, session, sim.url)
    client = {TENCENT: company.tencent, WECOM: company.wecom}[vendor_name]()
    floor = sim.company.rooms_of(vendor_name).ids[FLOOR]
    await client.fetch_live()
    sim.requests.clear()
    sim.faults.add(Fault("vendor_code", vendor_name, "list", code=7))
    with pytest.raises(RequestRejected):
        await client.fetch_live(only=floor)
    assert sim.requests.count(vendor_name, "list") == 1
