"""Test the blueprint of the light or sign at the door."""

from typing import Any, Final

import pytest

from homeassistant.core import ServiceCall

from ..home import TENCENT
from .house import AUTOMATION, ROOM, House

LIGHT: Final = "light.door"
COLORS: Final = {
    "free_color": [0, 200, 0],
    "soon_color": [255, 150, 0],
    "busy_color": [255, 0, 0],
    "notice_color": [0, 80, 255],
    "offline_color": [160, 160, 160],
}
TONES: Final = {tuple(rgb): key.split("_")[0] for key, rgb in COLORS.items()}


def sign(tone: str) -> list[dict[str, Any]]:
    """Return the action that draws a sign."""
    text = f"{tone}: {{{{ room_name }}}} {{{{ state_text }}}} {{{{ until }}}}"
    return [{"action": "epaper.draw", "data": {"text": text}}]


async def draw(house: House, **inputs: Any) -> list[ServiceCall]:
    """Use the blueprint for a sign; return what is drawn."""
    drawn = house.watch("epaper.draw")
    await house.automate(
        "door_sign",
        room=house.entity_id("availability"),
        **{"until": house.entity_id("until"), **inputs},
        **{f"{tone}_actions": sign(tone) for tone in TONES.values()},
    )
    return drawn


def texts_of(calls: list[ServiceCall]) -> list[str]:
    """Return what is drawn by each call."""
    return [call.data["text"].strip() for call in calls]


def tones_of(calls: list[ServiceCall]) -> list[str]:
    """Return the color of the light at each change."""
    tones = [TONES[(*call.data["rgb_color"],)] for call in calls]
    return [
        tone for tone, last in zip(tones, [None, *tones], strict=False) if tone != last
    ]


async def test_light_and_sign_show_five_states_during_a_day(house: House) -> None:
    """Both change at the second of the room's availability."""
    lit = house.watch("light.turn_on")
    for start, end in (("10:30", "11:00"), ("12:00", "12:30")):
        house.book(start, end)
    drawn = await draw(house, lights=[LIGHT], brightness=40)
    await house.reach("10:31")
    house.use()
    await house.reach("10:50")
    house.leave()
    await house.reach("12:11")
    house.company.change(TENCENT, ROOM, status=4)
    await house.reach("12:40")
    assert tones_of(lit) == [
        "free",  # The first booking is known.
        "soon",
        "busy",
        "soon",  # It has ended early.
        "free",
        "soon",
        "busy",
        "notice",  # No-show.
        "busy",  # Whether an offline room is used is unknown.
        "offline",
    ]
    assert {call.data["brightness_pct"] for call in lit} == {40}
    assert {(*call.data["entity_id"],) for call in lit} == {(LIGHT,)}
    name = house.name()
    texts = texts_of(drawn)
    assert f"soon: {name} Starting soon 10:30" in texts
    assert f"busy: {name} Booked 11:00" in texts
    assert f"busy: {name} In use 11:00" in texts
    assert f"soon: {name} Ended early 12:00" in texts
    assert f"free: {name} Free 12:00" in texts
    assert f"notice: {name} No-show 12:30" in texts
    assert f"offline: {name} Offline" in texts


async def test_an_account_that_cannot_be_reached_is_not_free(house: House) -> None:
    """An unavailable room has the color of an offline one, and has its own color again later."""
    lit = house.watch("light.turn_on")
    await house.automate(
        "door_sign", room=house.entity_id("availability"), lights=[LIGHT]
    )
    await house.unload()
    assert tones_of(lit) == ["offline"]
    await house.load()
    assert tones_of(lit) == ["offline", "free"]


async def test_a_new_automation_shows_the_state_at_once(house: House) -> None:
    """Home Assistant reloads the automations when one is saved."""
    lit = house.watch("light.turn_on")
    await house.automate(
        "door_sign", room=house.entity_id("availability"), lights=[LIGHT]
    )
    house.hass.bus.async_fire("automation_reloaded")
    await house.home.wait_until_idle()
    assert tones_of(lit) == ["free"]


async def test_a_light_that_is_switched_on_again_has_the_color(house: House) -> None:
    """A light without power misses the changes."""
    lit = house.watch("light.turn_on")
    house.hass.states.async_set(LIGHT, "unavailable")
    await house.automate(
        "door_sign", room=house.entity_id("availability"), lights=[LIGHT]
    )
    house.hass.states.async_set(LIGHT, "on")
    await house.home.wait_until_idle()
    assert tones_of(lit) == ["free"]


async def test_another_entity_of_the_room_is_refused(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The error names the entity that is needed."""
    lit = house.watch("light.turn_on")
    await house.automate("door_sign", room=house.entity_id("status"), lights=[LIGHT])
    await house.hass.services.async_call(
        "automation", "trigger", {"entity_id": AUTOMATION}, blocking=True
    )
    assert "Select the entity Availability of a room" in caplog.text
    assert lit == []


async def test_a_sign_follows_a_booking_that_is_made_meanwhile(house: House) -> None:
    """The room stays free, but no longer as long."""
    house.book("14:00", "15:00")
    drawn = await draw(house)
    await house.reach("10:15")
    house.book("12:00", "13:00")
    await house.reach("10:25")
    assert texts_of(drawn) == [
        f"free: {house.name()} Free {until}" for until in ("14:00", "12:00")
    ]


async def test_a_sign_counts_bookings_without_a_gap_as_one(house: House) -> None:
    """The second of two is still to come, and a third is made meanwhile."""
    house.book("10:10", "10:40")
    house.book("10:40", "11:00")
    drawn = await draw(house)
    await house.reach("10:10")
    house.use()
    await house.reach("10:20")
    house.book("11:00", "11:30")
    await house.reach("10:50")
    assert texts_of(drawn)[-2:] == [
        f"busy: {house.name()} In use {until}" for until in ("11:00", "11:30")
    ]


async def test_a_sign_without_the_time_shows_the_state(house: House) -> None:
    """The form does not ask for more than the availability."""
    drawn = await draw(house, until=[])
    house.hass.bus.async_fire("automation_reloaded")
    await house.reach("10:10")
    assert texts_of(drawn) == [f"free: {house.name()} Free"]
