"""Test the status of rooms at Quanshi."""

from typing import Final

import pytest

from custom_components.meeting_rooms.api.models.room import RoomStatus, RoomSummary
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from simulator import Approval, Fault

from ..accounts import Company
from ..scripted import ScriptedVendor
from .diary import book
from .responses import (
    GET_STATUS,
    HOUR,
    LIST,
    LIST_ALL,
    REJECTED,
    VENDOR,
    booked_in_5,
    state,
    success,
)

OPENED = 6516
WIDE: Final = "\N{FULLWIDTH HYPHEN-MINUS}"


async def test_every_room_is_idle_or_in_use(company: Company) -> None:
    """The status is that of the simulated company."""
    live = await company.quanshi().fetch_live()
    found = {room_id: str(room.status) for room_id, room in live.rooms.items()}
    assert found == company.sim.truth()[VENDOR]
    assert {*found.values()} == {"idle", "in_use"}
    assert live.rooms_complete is True


async def test_a_room_has_the_values_of_its_row(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """An enabled room is bookable; a capacity of 0 is unknown."""
    rooms = [
        {"roomId": 1, "name": "厅 ", "capacity": 6, "status": 1},
        {"roomId": "2", "name": "", "capacity": "0", "status": 2},
        {"roomId": 3},
    ]
    vendor.reply(LIST_ALL, success(rooms))
    idle = RoomStatus.IDLE
    assert (await client.fetch_live()).rooms == {
        "1": RoomSummary(
            room_id="1", name="厅", capacity=6, bookable=True, status=idle
        ),
        "2": RoomSummary(room_id="2", bookable=False, status=idle),
        "3": RoomSummary(room_id="3", status=idle),
    }


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ({"city": "西安", "location": "锦业路", "floor": 14}, "西安-锦业路-14"),
        ({"city": "西安", "location": "中国/西安/A座 ", "floor": "B1"}, "西安-A座-B1"),
        ({"city": "西安", "location": 7, "floor": ""}, "西安-7-"),
        ({"city": "", "location": "/", "floor": "3"}, "--3"),
        ({"city": "成都", "location": "天府大道", "floor": "-1"}, "成都-天府大道-B1"),
        ({"city": "成都", "location": "A-1座", "floor": -2}, f"成都-A{WIDE}1座-B2"),
        ({"city": "X-Y", "location": "Z", "floor": "3-5"}, f"X{WIDE}Y-Z-3{WIDE}5"),
        ({"city": "", "location": "", "floor": None}, None),
    ],
)
async def test_a_room_has_the_place_of_its_row(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    place: dict[str, object],
    location: str | None,
) -> None:
    """City, building and floor, separated by "-"; the building is the end of a path."""
    vendor.reply(LIST_ALL, success([{"roomId": 1, **place}]))
    assert (await client.fetch_live()).rooms["1"].location == location


async def test_a_room_is_in_use_while_a_conference_is_running_in_it(
    company: Company,
) -> None:
    """The room is idle before and after the conference."""
    sim = company.sim
    room = sim.company.quanshi.add_room()
    booking = book(sim, room.room_id)
    client = company.quanshi()
    statuses = [(await client.fetch_live()).rooms[str(room.room_id)].status]
    sim.company.quanshi.start_conference(booking.event_id)
    statuses.append((await client.fetch_live()).rooms[str(room.room_id)].status)
    sim.company.quanshi.end_conference(booking.event_id)
    statuses.append((await client.fetch_live()).rooms[str(room.room_id)].status)
    assert statuses == [RoomStatus.IDLE, RoomStatus.IN_USE, RoomStatus.IDLE]


@pytest.mark.parametrize(
    ("approval", "status"),
    [
        (Approval.PENDING, RoomStatus.IDLE),
        (Approval.REFUSED, RoomStatus.IDLE),
        (Approval.APPROVED, RoomStatus.IN_USE),
        (Approval.WITHDRAWN, RoomStatus.IDLE),
    ],
)
async def test_only_an_approved_room_is_in_use(
    company: Company, approval: Approval, status: RoomStatus
) -> None:
    """A running conference does not occupy a room whose request is not approved."""
    sim = company.sim
    room = sim.company.quanshi.add_room()
    booking = book(sim, room.room_id, approval=approval)
    sim.company.quanshi.start_conference(booking.event_id)
    live = await company.quanshi().fetch_live()
    assert live.conferences[str(booking.event_id)].in_progress is True
    assert live.rooms[str(room.room_id)].status is status


async def test_a_cancelled_conference_does_not_occupy_its_room(
    company: Company,
) -> None:
    """The room is idle with the next poll."""
    sim = company.sim
    room = sim.company.quanshi.add_room()
    booking = book(sim, room.room_id)
    sim.company.quanshi.start_conference(booking.event_id)
    sim.company.quanshi.cancel(booking.event_id)
    live = await company.quanshi().fetch_live()
    assert live.rooms[str(room.room_id)].status is RoomStatus.IDLE


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        (-HOUR, HOUR, None),
        (-3 * HOUR, -2 * HOUR, RoomStatus.IDLE),
        (2 * HOUR, 3 * HOUR, RoomStatus.IDLE),
    ],
    ids=["now", "past", "future"],
)
async def test_without_live_states_a_room_is_unknown_for_the_booked_time(
    client: QuanshiClient,
    running_in_5: ScriptedVendor,
    start: float,
    end: float,
    status: RoomStatus | None,
) -> None:
    """The status is unknown from the first poll on."""
    running_in_5.reply(LIST, success([booked_in_5(7, start, end)]))
    running_in_5.reply(GET_STATUS, REJECTED)
    assert (await client.fetch_live()).rooms["5"].status is status


async def test_a_room_of_two_bookings_is_in_use_while_one_is_running(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """An unknown conference does not hide a running one, in either order."""
    running_in_5.reply(LIST, success([booked_in_5(number) for number in (7, 8, 9)]))
    states = [state(7, 77), state(8, 2), state(9, 77)]
    running_in_5.reply(GET_STATUS, success(states))
    assert (await client.fetch_live()).rooms["5"].status is RoomStatus.IN_USE


async def test_the_last_rooms_are_kept_while_their_list_is_rejected(
    company: Company,
) -> None:
    """The status of the rooms is current, because it follows from the conferences."""
    client = company.quanshi()
    before = await client.fetch_live()
    company.sim.accounts.quanshi.permissions.revoke("listAll")
    after = await client.fetch_live()
    assert after.rooms == before.rooms
    assert after.rooms_complete is False


async def test_conferences_are_fetched_without_the_list_of_rooms(
    company: Company,
) -> None:
    """The empty list of rooms is incomplete."""
    company.sim.accounts.quanshi.permissions.revoke("listAll")
    live = await company.quanshi().fetch_live()
    assert (live.rooms, live.rooms_complete) == ({}, False)
    assert len(live.conferences) > 5
    assert live.conferences_complete is True


@pytest.mark.parametrize(
    "fault",
    [
        Fault("invalid_json", VENDOR, "listAll"),
        Fault("empty_404", VENDOR, "listAll"),
        Fault("http", VENDOR, "listAll", status=200, body='{"errcode":7}'),
        Fault("http", VENDOR, "listAll", status=200, body='{"status":0,"result":7}'),
        Fault("http", VENDOR, "listAll", status=200, body='{"status":0,"result":"x"}'),
    ],
    ids=["no JSON", "HTTP 404", "another envelope", "number", "words"],
)
async def test_the_last_rooms_are_kept_while_their_list_cannot_be_parsed(
    company: Company, fault: Fault
) -> None:
    """Conferences are not affected."""
    client = company.quanshi()
    before = await client.fetch_live()
    company.sim.faults.add(fault)
    after = await client.fetch_live()
    assert after.rooms == before.rooms
    assert after.conferences == before.conferences
    assert after.rooms_complete is False


async def test_a_damaged_row_makes_the_list_of_rooms_incomplete(
    company: Company,
) -> None:
    """The other rooms are returned."""
    company.sim.faults.add(Fault("bad_room", VENDOR, "listAll"))
    live = await company.quanshi().fetch_live()
    assert [*live.rooms] == [*map(str, company.sim.company.quanshi.rooms)]
    assert live.rooms_complete is False


async def test_a_room_that_was_removed_is_not_in_a_complete_list(
    company: Company,
) -> None:
    """The previous poll returned the room."""
    client = company.quanshi()
    await client.fetch_live()
    company.sim.company.quanshi.remove_room(OPENED)
    live = await client.fetch_live()
    assert str(OPENED) not in live.rooms
    assert live.rooms_complete is True
