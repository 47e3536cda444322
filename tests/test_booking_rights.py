"""Test that a missing right to bookings costs only what needs it, and is named."""

from datetime import timedelta
from typing import Final

import pytest

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from simulator import Fault

from .home import MORNING, QUANSHI, TENCENT, VENDORS, WECOM, Home, permissions
from .vendors import OTHER_ROOM, ROOM

HOUR: Final = timedelta(hours=1)
NEEDS_BOOKINGS: Final = ("until", "next_meeting_start", "not_ready")


@pytest.fixture
def booked(home: Home) -> Home:
    """Return a Home Assistant with a room at each vendor that is booked now."""
    for vendor in VENDORS:
        home.sim.company.clear_bookings(vendor)
        home.sim.company.end_meeting(vendor, ROOM[vendor])
        home.sim.company.book(
            vendor, ROOM[vendor], MORNING - HOUR / 12, MORNING + 8 * HOUR
        )
    return home


def revoke(home: Home, right: str) -> None:
    """Revoke a right at the vendor that has it."""
    apis = {
        "meetings": (TENCENT, "meetings"),
        "calendar": (WECOM, "get_booking_info"),
    }
    vendor, api = apis[right]
    permissions(home, vendor).revoke(api)


RIGHTS: Final = [
    (TENCENT, "meetings", "permission_room_bookings"),
    (WECOM, "calendar", "permission_booking_calendar"),
]


@pytest.mark.parametrize(("vendor", "right", "issue"), RIGHTS)
async def test_without_the_right_the_status_counts_until_it_is_given_back(
    booked: Home, vendor: str, right: str, issue: str
) -> None:
    """The other entities are as before."""
    await booked.add(vendor)
    await booked.live(20)
    assert booked.shown(vendor, ROOM[vendor], "availability") == "booked"
    revoke(booked, right)
    await booked.live(600)
    assert issue in booked.issues()
    shown = [booked.shown(vendor, ROOM[vendor], key) for key in NEEDS_BOOKINGS]
    assert shown == [STATE_UNKNOWN] * 3
    assert booked.shown(vendor, ROOM[vendor], "bookings") == STATE_UNAVAILABLE
    assert booked.shown(vendor, ROOM[vendor], "availability") == "free"
    assert booked.shown(vendor, ROOM[vendor], "status") == "idle"
    assert booked.shown(vendor, ROOM[vendor], "utilization") == "0.0"
    permissions(booked, vendor).grant()
    await booked.pass_time(3600)
    await booked.live(400)
    assert issue not in booked.issues()
    assert booked.shown(vendor, ROOM[vendor], "availability") == "booked"
    assert booked.shown(vendor, ROOM[vendor], "bookings") == "on"


@pytest.mark.parametrize(("vendor", "right", "issue"), RIGHTS)
async def test_a_right_that_is_missing_from_the_start_is_named(
    booked: Home, vendor: str, right: str, issue: str
) -> None:
    """The entities appear, without a reload, when it is given."""
    revoke(booked, right)
    await booked.add(vendor)
    await booked.live(20)
    assert issue in booked.issues()
    until = booked.unique_id(vendor, ROOM[vendor], "until")
    assert until not in booked.all_entities()
    permissions(booked, vendor).grant()
    await booked.pass_time(3600)
    await booked.live(400)
    assert booked.issues() == {}
    assert booked.shown(vendor, ROOM[vendor], "availability") == "booked"
    assert until in booked.all_entities()


async def test_an_operator_who_may_not_see_the_meetings_is_named(booked: Home) -> None:
    """The status of rooms is polled in the same way."""
    fault = Fault(kind="vendor_code", vendor=TENCENT, api="meetings", code=190001)
    booked.sim.faults.add(fault)
    await booked.add(TENCENT)
    await booked.live(60)
    assert booked.shown(TENCENT, ROOM[TENCENT], "availability") == "free"
    assert {*booked.issues()} == {"operator_room_bookings"}


async def test_a_single_room_that_is_rejected_costs_only_its_bookings(
    booked: Home,
) -> None:
    """The other rooms keep theirs."""
    fault = Fault(
        kind="vendor_code",
        vendor=TENCENT,
        api="meetings",
        room_id=OTHER_ROOM[TENCENT],
        code=20201,
    )
    booked.sim.faults.add(fault)
    await booked.add(TENCENT)
    await booked.live(60)
    assert booked.shown(TENCENT, ROOM[TENCENT], "availability") == "booked"
    other = booked.shown(TENCENT, OTHER_ROOM[TENCENT], "availability")
    assert other != STATE_UNKNOWN
    assert booked.issues() == {}


async def test_quanshi_without_the_list_of_bookings_has_no_status_either(
    booked: Home,
) -> None:
    """The status of its rooms follows from the bookings."""
    entry = await booked.add(QUANSHI)
    assert booked.shown(QUANSHI, ROOM[QUANSHI], "availability") == "booked"
    permissions(booked, QUANSHI).revoke("list")
    await booked.polls(4)
    assert booked.shown(QUANSHI, ROOM[QUANSHI], "availability") == STATE_UNAVAILABLE
    permissions(booked, QUANSHI).grant()
    await booked.pass_time(3600)
    await booked.polls(2)
    assert booked.shown(QUANSHI, ROOM[QUANSHI], "availability") == "booked"
    assert booked.issues() == {}
    assert entry.runtime_data.last_update_success
