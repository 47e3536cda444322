"""Test the blueprint that shuts rooms down after their last meeting."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.core import ServiceCall
from simulator import Fault

from ..home import TENCENT
from .house import MINUTE, OTHER, ROOM, House, entities_of

DAY: Final = timedelta(days=1)


async def test_the_last_meeting_shuts_the_room_down(house: House) -> None:
    """Earlier meetings and rooms with a later booking do not."""
    off = house.watch("homeassistant.turn_off")
    floor = house.furnish("3F", "East", ROOM)
    house.furnish("3F", "West", OTHER)
    east = [house.add_thing(domain, "east", "East") for domain in ("light", "fan")]
    house.add_thing("switch", "projector", "East")
    house.add_thing("light", "dark", "East", "off")
    west = house.add_thing("media_player", "west", "West", "playing")
    house.book("10:30", "11:00")
    house.book("13:00", "14:00")
    house.book("15:00", "15:30", OTHER)
    await house.automate(
        "last_meeting", rooms={"floor_id": floor}, not_before="11:30:00", free_for=10
    )
    for start, end in (("10:30", "11:00"), ("13:00", "14:00")):
        await house.reach(start)
        house.use()
        await house.reach(end)
        house.leave()
    await house.reach("14:08")
    assert off == []
    await house.reach("14:16")
    assert entities_of(off) == [east]
    await house.reach("15:00")
    house.use(OTHER)
    await house.reach("15:50")
    house.leave(OTHER)
    await house.reach("16:30")
    assert entities_of(off) == [east, [west]]


async def test_a_room_whose_last_meeting_is_over_earlier_waits_for_the_evening(
    house: House,
) -> None:
    """At the time of the automation, only rooms without a later booking are shut down."""
    off = house.watch("homeassistant.turn_off")
    house.furnish("3F", "East", ROOM)
    house.furnish("3F", "West", OTHER)
    east = house.add_thing("light", "east", "East")
    west = house.add_thing("light", "west", "West")
    house.book("12:00", "12:30", OTHER)
    await house.automate(
        "last_meeting", rooms={"area_id": ["east", "west"]}, not_before="11:00:00"
    )
    house.use()
    await house.reach("10:10")
    house.leave()
    await house.reach("10:59")
    assert off == []
    await house.reach("11:01")
    assert entities_of(off) == [[east]]
    await house.reach("12:55")
    assert entities_of(off) == [[east], [west]]


async def test_rooms_that_share_an_area_are_shut_down_together(house: House) -> None:
    """The other room is still used."""
    off = house.watch("homeassistant.turn_off")
    floor = house.furnish("3F", "East", ROOM, OTHER)
    light = house.add_thing("light", "east", "East")
    house.use(OTHER)
    house.use()
    await house.automate(
        "last_meeting", rooms={"floor_id": floor}, not_before="10:00:00"
    )
    await house.reach("10:10")
    house.leave()
    await house.reach("10:40")
    assert off == []
    house.leave(OTHER)
    await house.reach("11:00")
    assert entities_of(off) == [[light]]


async def test_things_can_stay_on_and_other_actions_run(house: House) -> None:
    """The actions know the room and its area."""
    off = house.watch("homeassistant.turn_off")
    closed = house.watch("cover.close_cover")
    house.furnish("3F", "East", ROOM)
    light = house.add_thing("light", "emergency", "East")
    socket = house.add_thing("switch", "socket", "East")
    note = "{{ room_name }} {{ area }}"
    house.use()
    await house.automate(
        "last_meeting",
        rooms={"device_id": [house.device_id()]},
        not_before="10:00:00",
        domains=["light", "switch"],
        exempt=[light],
        actions=[{"action": "cover.close_cover", "data": {"note": note}}],
    )
    await house.reach("10:10")
    house.leave()
    await house.reach("10:30")
    assert entities_of(off) == [[socket]]
    assert [call.data["note"] for call in closed] == [f"{house.name()} east"]


async def shut_down(house: House, **inputs: Any) -> list[ServiceCall]:
    """Use the blueprint for a room with a light; return what is turned off."""
    off = house.watch("homeassistant.turn_off")
    house.furnish("3F", "East", ROOM)
    house.add_thing("light", "east", "East")
    await house.automate(
        "last_meeting",
        **{"rooms": {"area_id": ["east"]}, "not_before": "10:00:00", **inputs},
    )
    return off


async def test_a_room_whose_last_booking_is_cancelled_is_shut_down(
    house: House,
) -> None:
    """The room is free all the time."""
    house.book("12:00", "12:30")
    off = await shut_down(house)
    await house.reach("11:00")
    assert off == []
    house.company.clear_bookings(TENCENT)
    await house.reach("13:30")
    assert len(off) == 1


async def test_a_room_is_shut_down_after_an_outage(house: House) -> None:
    """The room was not free for long enough before it."""
    house.use()
    await house.home.live(60)
    off = await shut_down(house)
    await house.reach("10:40")
    house.leave()
    await house.reach("10:44")
    house.home.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
    await house.reach("10:50")
    assert house.shown("availability") == "unavailable"
    house.home.sim.faults.clear()
    await house.reach("11:30")
    assert len(off) == 1


async def test_a_room_that_is_used_past_midnight_is_shut_down(house: House) -> None:
    """The first booking of the morning belongs to another day."""
    house.use()
    house.company.book(
        TENCENT, ROOM, house.time("09:00") + DAY, house.time("09:30") + DAY
    )
    await house.home.live(60)
    off = await shut_down(house, not_before="17:00:00")
    await house.reach("23:59")
    await house.pass_time(40 * MINUTE.total_seconds())
    house.leave()
    await house.reach("01:30")
    assert len(off) == 1
    await house.reach("04:00")
    assert len(off) == 1


async def test_midnight_shuts_nothing_down_again(house: House) -> None:
    """The bookings of the day after tomorrow become known."""
    house.company.book(
        TENCENT, ROOM, house.time("09:00") + 2 * DAY, house.time("09:30") + 2 * DAY
    )
    off = await shut_down(house, not_before="23:30:00")
    await house.reach("23:59")
    assert len(off) == 1
    await house.pass_time(MINUTE.total_seconds())
    await house.reach("00:30")
    assert house.shown("until") != "unknown"
    assert len(off) == 1


async def test_times_of_another_integration_do_not_count(house: House) -> None:
    """It has an entity on the device of the room."""
    house.join("sensor", house.time("20:00").isoformat(), device_class="timestamp")
    off = await shut_down(house)
    await house.reach("10:30")
    assert len(off) == 1
