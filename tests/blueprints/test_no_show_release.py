"""Test the blueprint that releases rooms that are not used."""

from typing import Any, Final

import pytest

from homeassistant.helpers import area_registry as ar, label_registry as lr
from simulator import Fault

from ..home import TENCENT, permissions
from .house import OTHER, ROOM, House, messages_of

FACILITY: Final = "notify.facility"
ANNOUNCED: Final = "The booking may be released in 5 minutes."
WARNING: Final = [{"action": "tts.speak", "data": {"message": "{{ message }}"}}]


def released_rooms(house: House) -> list[str | None]:
    """Return the rooms that the vendor has released."""
    writes = house.company.writes
    assert {*writes.kinds()} == {"release"}
    return [write.room_id for write in writes]


async def automate(house: House, **inputs: Any) -> None:
    """Use the blueprint for all rooms of a floor, with a warning and a message."""
    floor = house.furnish("3F", "East", ROOM, OTHER)
    await house.automate(
        "no_show_release",
        rooms={"floor_id": floor},
        **{"warning": WARNING, "recipients": [FACILITY], **inputs},
    )


async def test_a_room_that_is_not_used_is_released_after_a_warning(
    house: House,
) -> None:
    """A used room keeps its booking."""
    warned = house.watch("tts.speak")
    reported = house.watch("notify.send_message")
    house.book("10:30", "11:30")
    house.book("10:30", "11:30", OTHER)
    await automate(house)
    await house.reach("10:30")
    house.use(OTHER)
    await house.reach("10:42")
    name = house.name()
    assert messages_of(warned) == [
        f"{name} is booked from 10:30 to 11:30, but not used. {ANNOUNCED}"
    ]
    assert len(house.company.writes) == 0
    await house.reach("10:46")
    assert released_rooms(house) == [ROOM]
    assert house.shown("availability") == "free"
    assert messages_of(reported) == [
        f"{name} was booked from 10:30 to 11:30, but not used. The booking was released."
    ]
    await house.reach("11:00")
    assert len(house.company.writes) == len(reported) == 1


async def test_a_room_that_is_used_after_the_warning_keeps_its_booking(
    house: House,
) -> None:
    """The room is used before the time has passed."""
    warned = house.watch("tts.speak")
    house.book("10:30", "11:30")
    await automate(house, grace=10)
    await house.reach("10:44")
    house.use()
    await house.reach("10:46")
    house.leave()
    await house.reach("11:30")
    assert len(warned) == 1
    assert len(house.company.writes) == 0


@pytest.mark.parametrize(
    "inputs",
    [
        {"exempt_labels": ["director"]},
        {"exempt_labels": ["vip"]},
        {"exempt_labels": ["kept"]},
        {"after": "09:00:00", "before": "10:30:00"},
        {"after": "18:00:00", "before": "06:00:00"},
        {"weekdays": ["mon", "wed"]},
    ],
    ids=[
        "label of the room",
        "label of the area",
        "label of an entity",
        "hours",
        "night",
        "days",
    ],
)
async def test_exempt_rooms_and_times_are_not_released(
    house: House, inputs: dict[str, Any]
) -> None:
    """It is a Tuesday; the booking becomes a no-show at 10:40."""
    warned = house.watch("tts.speak")
    for name in ("director", "vip", "kept"):
        lr.async_get(house.hass).async_create(name)
    house.book("10:30", "11:00")
    await automate(house, **inputs)
    house.home.devices.async_update_device(house.device_id(), labels={"director"})
    availability = house.entity_id("availability")
    house.home.entities.async_update_entity(availability, labels={"kept"})
    areas = ar.async_get(house.hass)
    areas.async_update("east", labels={"vip"})
    await house.reach("11:05")
    assert house.shown("no_shows") == "1"
    assert warned == []
    assert len(house.company.writes) == 0


async def test_an_exempt_room_is_not_released(
    house: House,
) -> None:
    """The other room of the floor is."""
    house.watch("notify.send_message")
    house.book("10:30", "11:00")
    house.book("10:30", "11:00", OTHER)
    await automate(house, exempt_rooms=[house.device_id()], warning=[])
    await house.reach("10:50")
    assert released_rooms(house) == [OTHER]


async def test_a_long_booking_is_not_released(
    house: House,
) -> None:
    """It is no no-show by the account's option, which is three hours by default."""
    house.book("10:30", "13:30")
    await automate(house, grace=0)
    await house.reach("11:00")
    assert house.shown("availability") == "booked"
    assert len(house.company.writes) == 0


async def test_the_next_booking_is_not_released_in_its_place(
    house: House,
) -> None:
    """The booking has ended before the time after the warning has passed."""
    warned = house.watch("tts.speak")
    house.book("10:30", "10:45")
    house.book("10:45", "11:30")
    await automate(house, grace=10)
    await house.reach("10:54")
    assert len(warned) == 1
    assert len(house.company.writes) == 0


async def test_a_recurring_meeting_is_neither_released_nor_reported(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The vendor would release all of its occurrences."""
    reported = house.watch("notify.send_message")
    for start, end in (("10:30", "10:50"), ("11:00", "11:20")):
        house.company.book(
            TENCENT, ROOM, house.time(start), house.time(end), recurring_id="weekly"
        )
    await automate(house, warning=[], grace=0)
    await house.reach("11:30")
    assert house.shown("no_shows") == "2"
    assert caplog.text.count(f"The booking of {house.name()} recurs") == 2
    assert reported == []
    assert len(house.company.writes) == 0


async def test_a_room_that_cannot_be_released_is_not_reported(house: House) -> None:
    """The account may not release rooms; the booking stays."""
    reported = house.watch("notify.send_message")
    permissions(house.home, TENCENT).revoke("release_rooms")
    house.book("10:30", "11:00")
    await automate(house, warning=[], grace=0)
    await house.reach("10:55")
    assert house.shown("availability") == "no_show"
    assert reported == []


async def test_messages_are_in_the_language_of_home_assistant(
    house: House,
) -> None:
    """The language is that of the availability."""
    house.hass.config.language = "zh-Hans"
    await house.home.restart(house.entry)
    warned = house.watch("tts.speak")
    reported = house.watch("notify.send_message")
    house.book("10:30", "11:00")
    await automate(house)
    await house.reach("10:50")
    name = house.name()
    assert messages_of(warned) == [
        f"{name}：10:30–11:00 的预订无人使用，5 分钟后可能会被释放。"
    ]
    assert messages_of(reported) == [f"{name}：10:30–11:00 的预订无人使用，已释放。"]


async def test_an_account_that_cannot_release_warns_of_nothing(house: House) -> None:
    """The calendar of the room says that no booking can be deleted."""
    warned = house.watch("tts.speak")
    house.book("10:30", "11:00")
    await automate(house)
    await house.reach("10:39")
    bookings = house.home.state(TENCENT, ROOM, "bookings")
    house.hass.states.async_set(
        bookings.entity_id,
        bookings.state,
        {**bookings.attributes, "supported_features": 1},
    )
    await house.reach("10:55")
    assert house.shown("availability") == "no_show"
    assert warned == []


async def test_a_room_is_released_after_an_outage(house: House) -> None:
    """The account cannot be reached when the time after the warning is over."""
    warned = house.watch("tts.speak")
    house.watch("notify.send_message")
    house.book("10:30", "11:30")
    await automate(house)
    await house.reach("10:42")
    house.home.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
    await house.reach("10:50")
    assert house.shown("availability") == "unavailable"
    house.home.sim.faults.clear()
    await house.reach("11:00")
    assert len(warned) == 1
    assert released_rooms(house) == [ROOM]


async def test_entities_can_be_renamed_and_joined(house: House) -> None:
    """Another integration has a calendar on the device of the room."""
    house.watch("notify.send_message")
    house.join("calendar", "off")
    house.book("10:30", "11:30")
    await automate(house, warning=[])
    await house.reach("10:42")
    for key, name in (("availability", "sensor.new"), ("bookings", "calendar.new")):
        entity_id = house.entity_id(key)
        house.home.entities.async_update_entity(entity_id, new_entity_id=name)
    await house.reach("10:50")
    assert released_rooms(house) == [ROOM]
