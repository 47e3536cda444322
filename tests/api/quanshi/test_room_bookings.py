"""Test the bookings of rooms, and those of the host, at Quanshi."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.meeting_rooms.api.budget import Tier
from custom_components.meeting_rooms.api.errors import InvalidResponse, NotFound
from custom_components.meeting_rooms.api.models.booking import Booking, HostBooking
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from simulator import Approval

from ..accounts import Company
from ..scripted import ScriptedVendor
from .diary import book
from .responses import (
    DASHBOARD,
    GET_STATUS,
    HOUR,
    LIST,
    LIST_ALL,
    NOW,
    REJECTED,
    booked,
    booked_in_5,
    state,
    success,
)

START, END = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
IN_5 = Booking(booking_id="7", start=START, end=END)


def times(
    bookings: Sequence[Booking], *, origin: datetime = NOW
) -> list[tuple[float, float]]:
    """Return the start and end of each booking in hours from now."""
    return [
        (
            (each.start - origin).total_seconds() / HOUR,
            (each.end - origin).total_seconds() / HOUR,
        )
        for each in bookings
    ]


def room(approval: object, room_id: int = 5, **more: object) -> dict[str, object]:
    """Return a booked room."""
    row = {"DeviceId": room_id, "DeviceType": 2, "ApprovalStatus": approval}
    return row | {"DeviceName": f"厅{room_id}"} | more


async def in_5(client: QuanshiClient) -> tuple[Booking, ...] | None:
    """Return the bookings of room 5 after a poll; None where no bookings are known."""
    bookings = (await client.fetch_live()).bookings
    return None if bookings is None else bookings.get("5", ())


async def test_a_room_has_the_hosts_bookings_that_hold_it(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """The title and the organizer are those of the booking."""
    row = booked_in_5(7) | {"title": "周会", "hostName": "张三"}
    running_in_5.reply(LIST, success([row]))
    assert await in_5(client) == (
        Booking(booking_id="7", start=START, end=END, title="周会", organizer="张三"),
    )


@pytest.mark.parametrize("field", ["houseList", "detailHouseList"])
@pytest.mark.parametrize(
    ("approval", "tentative"), [(0, [True]), (1, []), (2, [False]), (3, [])]
)
async def test_the_approval_decides_whether_a_booking_reserves_its_room(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    field: str,
    approval: int,
    tentative: list[bool],
) -> None:
    """A request is tentative until it is decided."""
    row = booked(7, -HOUR, HOUR, **{field: [room(approval)]})
    vendor.reply(LIST, success([row]))
    found = await in_5(client)
    assert found is not None
    assert [each.tentative for each in found] == tentative


async def test_a_room_in_both_lists_is_held_once(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """One of the lists may not contain the approval yet."""
    rows = {"houseList": [room(0)], "detailHouseList": [room(2)]}
    vendor.reply(LIST, success([booked(7, -HOUR, HOUR, **rows)]))
    assert await in_5(client) == (IN_5,)


async def test_a_device_is_not_a_room(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A device may have the id of a room."""
    devices = [room(approval, DeviceType=3) for approval in (0, 2)]
    vendor.reply(LIST, success([booked(7, -HOUR, HOUR, houseList=devices)]))
    assert await in_5(client) == ()


async def test_each_occurrence_of_a_series_is_a_booking(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A cancelled occurrence affects no other one, and one that has ended neither."""
    spans = [(-20, -19), (-1, 1), (23, 24), (47, 48)]
    rows = [booked_in_5(7, a * HOUR, b * HOUR) | {"calType": "M"} for a, b in spans]
    rows[2]["status"] = 0
    run = {"tempConferenceId": "70", "eventId": 7, "startTime": rows[0]["startTime"]}
    over = {"stopTime": rows[0]["endTime"], "status": 4}
    vendor.reply(LIST, success(rows))
    vendor.reply(GET_STATUS, success([state(7, 4, "70")]))
    vendor.reply(DASHBOARD, success(run | over))
    found = await in_5(client)
    assert found is not None
    assert times(found) == [(-20, -19), (-1, 1), (47, 48)]


@pytest.mark.parametrize(
    ("row", "codes"),
    [({"status": 0}, [1]), ({"status": 0}, [0]), ({}, [0])],
    ids=["cancelled", "cancelled without a state", "deleted"],
)
async def test_a_booking_that_does_not_take_place_reserves_nothing(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    row: dict[str, object],
    codes: list[int],
) -> None:
    """The list may still contain the booking."""
    vendor.reply(LIST, success([booked_in_5(7) | row]))
    vendor.reply(GET_STATUS, success([state(7, code) for code in codes]))
    live = await client.fetch_live()
    assert (live.bookings, live.host_bookings) == ({}, ())


async def test_a_booking_reserves_its_room_until_its_end(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """The conference ended early; the vendor may start it again within 12 hours."""
    stopped = int(NOW.timestamp()) - 1800
    run = {"tempConferenceId": "70", "eventId": 7, "stopTime": stopped, "status": 4}
    running_in_5.reply(GET_STATUS, success([state(7, 4, "70")]))
    running_in_5.reply(DASHBOARD, success(run))
    assert await in_5(client) == (IN_5,)


async def test_a_booking_keeps_its_times_after_its_end(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """The conference lasted for longer than it was booked."""
    running_in_5.reply(LIST, success([booked_in_5(7, -3 * HOUR, -2 * HOUR)]))
    running_in_5.reply(GET_STATUS, success([state(7, 4)]))
    assert times(await in_5(client) or ()) == [(-3, -2)]


@pytest.mark.parametrize("live_state", [REJECTED, success([state(7, 77)])])
async def test_a_booking_that_was_held_before_its_start_reserves_nothing(
    client: QuanshiClient, running_in_5: ScriptedVendor, live_state: object
) -> None:
    """The list says that its conference has ended."""
    running_in_5.reply(LIST, success([booked_in_5(7, HOUR, 2 * HOUR) | {"status": 4}]))
    running_in_5.reply(GET_STATUS, live_state)
    assert await in_5(client) == ()


@pytest.mark.parametrize("length", [10**11, 10**30])
async def test_a_booking_with_an_endless_length_is_left_out(
    client: QuanshiClient, vendor: ScriptedVendor, length: int
) -> None:
    """The other bookings are kept."""
    endless = booked_in_5(8) | {"endTime": None, "length": length}
    vendor.reply(LIST, success([endless, booked_in_5(7)]))
    assert await in_5(client) == (IN_5,)


async def test_a_moved_booking_has_its_new_times(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The next poll returns them."""
    later = booked_in_5(7, 2 * HOUR, 3 * HOUR)
    vendor.reply(LIST, success([booked_in_5(7)]), success([later]))
    assert [times(await in_5(client) or ()) for _ in range(2)] == [[(-1, 1)], [(2, 3)]]


@pytest.mark.parametrize(
    ("times_of_row", "expected"),
    [
        ({"endTime": None, "length": 30}, [(-1, -0.5)]),
        ({"endTime": None}, []),
        ({"startTime": None}, []),
        ({"endTime": int(NOW.timestamp()) - 2 * HOUR}, []),
    ],
    ids=["length", "no end", "no start", "end before start"],
)
async def test_a_booking_needs_a_start_and_an_end(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    times_of_row: dict[str, Any],
    expected: list[tuple[float, float]],
) -> None:
    """The end follows from the length."""
    vendor.reply(LIST, success([booked_in_5(7) | times_of_row]))
    assert times(await in_5(client) or ()) == expected


async def test_an_incomplete_list_keeps_the_bookings_that_have_not_ended(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The rows that can be parsed are current."""
    old = booked_in_5(6, -30 * HOUR, -25 * HOUR)
    new = booked_in_5(8, HOUR, 2 * HOUR)
    vendor.reply(
        LIST, success([old, booked_in_5(7)]), success([new, {"eventId": None}])
    )
    await client.fetch_live()
    assert [each.booking_id for each in await in_5(client) or ()] == ["7", "8"]


async def test_bookings_are_unknown_until_a_list_can_be_parsed(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """An empty complete list is known to be empty."""
    vendor.reply(LIST, success("x"), success([]), success("x"))
    found = [await client.fetch_live() for _ in range(3)]
    assert [each.bookings for each in found] == [None, {}, {}]
    assert [each.host_bookings for each in found] == [None, (), ()]


async def test_the_bookings_of_the_host_include_those_without_rooms(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The location is the names of the rooms that are held."""
    rows = [
        booked(8, 2 * HOUR, 3 * HOUR),
        booked(7, -HOUR, HOUR, houseList=[room(2), room(0, 6), room(2, 7)]),
    ]
    vendor.reply(LIST, success(rows))
    assert (await client.fetch_live()).host_bookings == (
        HostBooking(booking_id="7", start=START, end=END, location="厅5, 厅7"),
        HostBooking(
            booking_id="8",
            start=NOW + timedelta(hours=2),
            end=NOW + timedelta(hours=3),
        ),
    )


async def test_bookings_beyond_the_poll_are_fetched_for_a_room(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The vendor may return more than the period contains."""
    vendor.reply(LIST_ALL, success([{"roomId": 5}, {"roomId": 6}]))
    await client.fetch_live()
    start, end = NOW + timedelta(days=5), NOW + timedelta(days=10)
    rows = [
        booked_in_5(number, days * 24 * HOUR, days * 24 * HOUR + HOUR)
        for number, days in ((1, 4), (2, 6), (3, 10))
    ]
    vendor.reply(LIST, success(rows))
    found = await client.fetch_bookings("5", start, end, Tier.INTERACTIVE)
    assert [each.booking_id for each in found] == ["2"]
    assert await client.fetch_bookings("6", start, end) == ()
    assert vendor.of(LIST)[-1].json_body["startTime"] == int(start.timestamp())
    of_host = await client.fetch_host_bookings(start, end)
    assert [each.booking_id for each in of_host] == ["2"]
    assert client.budget.sent[Tier.INTERACTIVE] == 1
    assert client.budget.sent[Tier.BOOKINGS] == 2


async def test_bookings_of_an_unknown_room_are_not_found(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The list of rooms does not contain the room."""
    vendor.reply(LIST_ALL, success([{"roomId": 5}]))
    await client.fetch_live()
    with pytest.raises(NotFound):
        await client.fetch_bookings("6", START, END)


async def test_a_list_without_bookings_that_can_be_parsed_is_an_error(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The calendar does not look empty."""
    vendor.reply(LIST, success("x"))
    with pytest.raises(InvalidResponse):
        await client.fetch_bookings("5", START, END)


async def test_a_room_has_the_participants_of_its_running_conference(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """Of two conferences, the one that began last counts."""
    earlier = booked_in_5(8, -2 * HOUR, HOUR)
    running_in_5.reply(LIST, success([booked_in_5(7), earlier]))
    states = [state(7, 2, "70"), state(8, 2, "80")]
    running_in_5.reply(GET_STATUS, success(states), success([state(7, 4, "70")]))
    runs = [
        success({"tempConferenceId": run, "eventId": event_id, "attendeeCnt": people})
        for event_id, run, people in ((7, "70", 3), (8, "80", 9))
    ]
    running_in_5.reply(DASHBOARD, *runs)
    assert (await client.fetch_live()).rooms["5"].participants == 3


async def test_a_room_without_a_running_conference_has_no_participants(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """The number is unknown."""
    running_in_5.reply(GET_STATUS, success([state(7, 1)]))
    assert (await client.fetch_live()).rooms["5"].participants is None


@pytest.mark.parametrize(
    ("approval", "tentative"),
    [
        (Approval.PENDING, [True]),
        (Approval.REFUSED, []),
        (Approval.APPROVED, [False]),
        (Approval.WITHDRAWN, []),
    ],
)
async def test_the_simulated_company_has_bookings(
    company: Company, approval: Approval, tentative: list[bool]
) -> None:
    """The booking is for the present hour."""
    added = company.sim.company.quanshi.add_room()
    booking = book(company.sim, added.room_id, approval=approval)
    live = await company.quanshi().fetch_live()
    assert live.bookings is not None
    found = live.bookings.get(str(added.room_id), ())
    assert [each.tentative for each in found] == tentative
    assert {each.booking_id for each in found} <= {str(booking.event_id)}
