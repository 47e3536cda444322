"""Test the blueprint of the lights and the climate of a room."""

from typing import Any, Final

from homeassistant.core import ServiceCall, callback
from homeassistant.util import dt as dt_util
from simulator import Fault

from ..home import TENCENT
from .house import House

LIGHT: Final = {"entity_id": ["light.ceiling"]}
CLIMATE: Final = {"area_id": ["east"]}


class Switched:
    """When lights and climate were turned on and off."""

    def __init__(self, house: House) -> None:
        """Watch the four actions."""
        self.log: list[str] = []
        self._house = house
        for domain in ("light", "climate"):
            for action in ("turn_on", "turn_off"):
                house.hass.services.async_register(domain, action, self._note)

    @callback
    def _note(self, call: ServiceCall) -> None:
        """Keep the time and the action."""
        now = dt_util.now()
        assert {**call.data} == {"light": LIGHT, "climate": CLIMATE}[call.domain]
        self.log.append(f"{now:%H:%M} {call.domain} {call.service[5:]}")


async def automate(house: House, **inputs: Any) -> None:
    """Use the blueprint for a room with one light and one climate."""
    await house.automate(
        "lights_climate",
        room=house.entity_id("availability"),
        lights=LIGHT,
        climate=CLIMATE,
        **inputs,
    )


async def test_light_and_climate_follow_a_day_of_bookings(house: House) -> None:
    """The climate is earlier than the light; both are off five minutes after the room is free."""
    switched = Switched(house)
    house.book("11:00", "11:30")
    house.book("11:45", "12:00")
    house.book("14:00", "15:00")
    await automate(house)
    await house.reach("11:01")
    house.use()
    await house.reach("12:00")
    house.leave()
    await house.reach("16:00")
    assert sorted(switched.log) == [
        "10:45 climate on",
        "10:58 light on",
        "11:00 climate on",
        "11:00 light on",
        # The meeting goes on until the next booking, and ends with that.
        "12:06 climate off",
        "12:06 light off",
        "13:45 climate on",
        "13:58 light on",
        "14:00 climate on",
        "14:00 light on",
        # It is a no-show ten minutes after the start.
        "14:15 climate off",
        "14:15 light off",
    ]


async def test_use_without_a_booking_turns_on_at_once(house: House) -> None:
    """A change from booked to in use turns nothing on again."""
    switched = Switched(house)
    await automate(house, off_after=0)
    house.use()
    await house.reach("10:15")
    house.leave()
    await house.reach("10:20")
    assert [row[6:] for row in switched.log[:2]] == ["light on", "climate on"]
    assert sorted(row[6:] for row in switched.log[2:]) == ["climate off", "light off"]


async def test_a_booking_that_is_made_late_turns_on_at_once(house: House) -> None:
    """The room is booked for a time that is nearer than the lead time."""
    switched = Switched(house)
    await automate(house, lights_lead=30, climate_lead=30)
    house.book("10:30", "11:00")
    await house.reach("10:20")
    assert [row[6:] for row in switched.log] == ["light on", "climate on"]


async def test_a_restart_turns_nothing_on(house: House) -> None:
    """What was turned off during a meeting stays off."""
    house.book("10:30", "11:30")
    await house.reach("10:30")
    house.use()
    await house.reach("10:35")
    switched = Switched(house)
    await automate(house)
    await house.unload()
    await house.load()
    await house.reach("10:40")
    assert house.shown("availability") == "in_use"
    assert switched.log == []


async def test_only_lights_need_no_climate(house: House) -> None:
    """A target that is left empty is no error."""
    lit = house.watch("light.turn_on")
    await house.automate(
        "lights_climate", room=house.entity_id("availability"), lights=LIGHT
    )
    house.use()
    await house.reach("10:10")
    assert len(lit) == 1


async def test_a_booking_that_is_cancelled_leaves_nothing_on(house: House) -> None:
    """The climate was on before the room was starting soon."""
    switched = Switched(house)
    house.book("10:45", "11:30")
    await automate(house)
    await house.reach("10:32")
    assert house.shown("availability") == "free"
    house.company.clear_bookings(TENCENT)
    await house.reach("12:00")
    assert switched.log == ["10:30 climate on", "10:38 climate off"]


async def test_a_booking_that_is_near_does_not_keep_the_lights_on(house: House) -> None:
    """The room is free, and starting soon before the time to turn off has passed."""
    switched = Switched(house)
    house.use()
    await house.home.live(60)
    house.book("11:00", "11:30")
    await automate(house, climate_lead=60)
    await house.reach("10:48")
    house.leave()
    await house.reach("10:59")
    assert switched.log == ["10:49 climate on", "10:54 light off", "10:58 light on"]


async def test_a_meeting_that_begins_in_an_outage_has_light(house: House) -> None:
    """Whatever was turned off by hand in an earlier meeting stays off."""
    switched = Switched(house)
    house.book("11:00", "11:30")
    await automate(house, climate_lead=0)
    for start, end in (("10:50", "11:02"), ("11:10", "11:15")):
        await house.reach(start)
        house.home.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
        await house.reach(end)
        assert house.shown("availability") == "unavailable"
        house.home.sim.faults.clear()
        house.use()
    await house.reach("11:25")
    assert house.shown("availability") == "in_use"
    assert [row[6:] for row in switched.log] == ["light on", "climate on"]


async def test_times_of_another_integration_do_not_count(house: House) -> None:
    """It has an entity on the device of the room."""
    switched = Switched(house)
    house.join("sensor", house.time("10:20").isoformat(), device_class="timestamp")
    await automate(house)
    await house.reach("10:30")
    assert switched.log == []
