"""Test the blueprint that shuts rooms down after their last meeting."""

from .house import OTHER, ROOM, House, entities_of


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
    await house.reach("14:15")
    assert entities_of(off) == [east]
    await house.reach("15:00")
    house.use(OTHER)
    await house.reach("15:50")
    house.leave(OTHER)
    await house.reach("16:30")
    assert entities_of(off) == [east, [west]]
