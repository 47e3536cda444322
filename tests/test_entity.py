"""Test which entities exist: their keys, platforms, categories, and default visibility."""

import pytest

from homeassistant.const import EntityCategory
from homeassistant.helpers import entity_registry as er
from simulator import Fault

from .home import LISTERS, QUANSHI, TENCENT, VENDORS, WECOM, Home
from .vendors import OTHER_ROOM, ROOM as ROOM_ID

MAIN, DIAGNOSTIC, CONFIG, OFF = "main", "diagnostic", "config", "off"

ALWAYS = {
    "sensor.availability": MAIN,
    "sensor.status": DIAGNOSTIC,
    "sensor.utilization": DIAGNOSTIC,
    "switch.maintenance": CONFIG,
    "binary_sensor.in_use": MAIN,
    "binary_sensor.bookable": DIAGNOSTIC,
    "sensor.capacity": DIAGNOSTIC,
}
BOOKED = {
    "sensor.until": MAIN,
    "calendar.bookings": MAIN,
    "sensor.next_meeting_start": DIAGNOSTIC,
    "event.meeting": DIAGNOSTIC,
    "sensor.no_shows": DIAGNOSTIC,
    "sensor.current_meeting": OFF,
    "sensor.next_meeting": OFF,
    "sensor.booked_share": OFF,
}
READINESS = {
    "binary_sensor.not_ready": DIAGNOSTIC,
    "sensor.not_ready_reason": DIAGNOSTIC,
}

LISTED_ROOM = ALWAYS | {
    "binary_sensor.problem": MAIN,
    "binary_sensor.online": DIAGNOSTIC,
    "sensor.health": DIAGNOSTIC,
    "sensor.problem_reason": DIAGNOSTIC,
    "sensor.problem_since": DIAGNOSTIC,
    "sensor.cpu_usage": DIAGNOSTIC,
    "binary_sensor.callable": DIAGNOSTIC,
    "binary_sensor.alerts_enabled": DIAGNOSTIC,
    "binary_sensor.camera": DIAGNOSTIC,
    "binary_sensor.microphone": DIAGNOSTIC,
    "binary_sensor.speaker": DIAGNOSTIC,
    "sensor.ip_address": OFF,
    "sensor.network_type": OFF,
    "sensor.system": OFF,
    "sensor.memory": OFF,
    "sensor.cpu_model": OFF,
    "sensor.gpu_model": OFF,
    "sensor.camera_model": OFF,
    "sensor.microphone_model": OFF,
    "sensor.speaker_model": OFF,
    "sensor.refresh_rate": OFF,
    "sensor.activated_at": OFF,
    "sensor.account_type": OFF,
    "sensor.account_tier": OFF,
    "sensor.valid_until": OFF,
    "sensor.meeting_number": OFF,
    "sensor.description": OFF,
    "sensor.location": OFF,
    "sensor.equipment": OFF,
    "binary_sensor.video_mirroring": OFF,
}
ROOM = {
    TENCENT: LISTED_ROOM | BOOKED | READINESS,
    WECOM: LISTED_ROOM | BOOKED | READINESS,
    QUANSHI: ALWAYS | BOOKED | {"sensor.participants": DIAGNOSTIC},
}
CONTROLLER = {
    "binary_sensor.online": DIAGNOSTIC,
    "sensor.cpu_usage": DIAGNOSTIC,
    "sensor.memory_usage": OFF,
    "sensor.cpu_model": OFF,
    "sensor.ip_address": OFF,
    "sensor.network_type": OFF,
}
CONFERENCE = {
    "sensor.status": MAIN,
    "binary_sensor.in_progress": MAIN,
    "sensor.start": MAIN,
    "sensor.end": MAIN,
    "sensor.host": MAIN,
    "sensor.participants": MAIN,
    "binary_sensor.recording": MAIN,
    "sensor.rooms": MAIN,
    "sensor.voip": DIAGNOSTIC,
    "sensor.phone": DIAGNOSTIC,
    "sensor.video": DIAGNOSTIC,
    "sensor.screen_shares": DIAGNOSTIC,
    "sensor.hardware_video": DIAGNOSTIC,
    "sensor.room_boxes": DIAGNOSTIC,
    "sensor.started_at": OFF,
    "sensor.ended_at": OFF,
    "sensor.duration": OFF,
    "sensor.recurrence": OFF,
    "binary_sensor.on_site": OFF,
    "binary_sensor.secure": OFF,
    "sensor.data_center": OFF,
    "sensor.host_location": OFF,
    "sensor.invited": OFF,
}
COUNTS = {
    "sensor.rooms_free": MAIN,
    "sensor.utilization": DIAGNOSTIC,
    "sensor.no_shows": DIAGNOSTIC,
    "sensor.rooms_idle": MAIN,
    "sensor.rooms_in_use": MAIN,
    "sensor.calls_today": DIAGNOSTIC,
    "sensor.budget_used": DIAGNOSTIC,
    "sensor.oldest_reading": DIAGNOSTIC,
}
DETAILED_COUNTS = COUNTS | {
    "sensor.rooms_offline": MAIN,
    "sensor.rooms_problem": MAIN,
    "sensor.rooms_not_ready": MAIN,
    "sensor.rooms_other": DIAGNOSTIC,
}
ACCOUNT = {
    TENCENT: DETAILED_COUNTS,
    WECOM: DETAILED_COUNTS,
    QUANSHI: COUNTS
    | {"sensor.conferences_running": MAIN, "calendar.conferences": MAIN},
}


def prominence(entity: er.RegistryEntry) -> str:
    """Return the category of an entity, or that it is disabled by default."""
    categories = {
        None: MAIN,
        EntityCategory.DIAGNOSTIC: DIAGNOSTIC,
        EntityCategory.CONFIG: CONFIG,
    }
    default = OFF if entity.disabled_by else categories[entity.entity_category]
    assert default != OFF or entity.entity_category is EntityCategory.DIAGNOSTIC
    return default


def of_device(home: Home, vendor: str, *parts: str) -> dict[str, str]:
    """Return the entities of a device, by platform and key."""
    prefix = home.unique_id(vendor, *parts) + "_"
    device = home.known_device(vendor, *parts)
    return {
        f"{entity.domain}.{unique_id.removeprefix(prefix)}": prominence(entity)
        for unique_id, entity in home.all_entities().items()
        if entity.device_id == device.id
    }


@pytest.mark.parametrize("vendor", VENDORS)
async def test_every_room_has_the_entities_that_its_vendor_reports(
    home: Home, vendor: str
) -> None:
    """The room has no other entity."""
    await home.add(vendor)
    await home.live(60)
    assert of_device(home, vendor, ROOM_ID[vendor]) == ROOM[vendor]


async def test_a_room_that_the_calendar_lacks_has_no_entities_of_bookings(
    home: Home,
) -> None:
    """The room is not open for booking at WeCom."""
    await home.add(WECOM)
    await home.live(60)
    assert of_device(home, WECOM, OTHER_ROOM[WECOM]) == LISTED_ROOM


@pytest.mark.parametrize("vendor", VENDORS)
async def test_every_account_counts_its_rooms(home: Home, vendor: str) -> None:
    """Only vendors that report offline rooms and problems have these counts."""
    await home.add(vendor)
    assert of_device(home, vendor) == ACCOUNT[vendor]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_every_controller_has_its_entities(home: Home, vendor: str) -> None:
    """All of them are diagnostic."""
    await home.add(vendor)
    prefix = home.unique_id(vendor, "controller") + "_"
    found = [key for key in home.all_devices() if key.startswith(prefix)]
    assert found
    for key in found:
        assert of_device(home, vendor, "controller", key.removeprefix(prefix)) == (
            CONTROLLER
        )


async def test_every_conference_has_its_entities(home: Home) -> None:
    """The details are disabled by default."""
    booking = home.leave_two_conferences()[0]
    await home.follow(booking)
    for parts in (("event", str(booking.event_id)), ("current",)):
        found = of_device(home, QUANSHI, *parts)
        assert found.items() >= CONFERENCE.items()
        others = {found[key] for key in found.keys() - CONFERENCE.keys()}
        assert others == {OFF}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_every_entity_has_a_translated_name(home: Home, vendor: str) -> None:
    """The unique id ends with the translation key."""
    await home.add(vendor)
    for unique_id, entity in home.all_entities().items():
        assert entity.translation_key is not None
        assert unique_id.endswith(f"_{entity.translation_key}")
        assert entity.has_entity_name


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_renamed_entity_shows_its_state(home: Home, vendor: str) -> None:
    """The new entity id has the state, also after the next change."""
    await home.add(vendor)
    entity = home.entity(vendor, "rooms_idle")
    shown = home.shown(vendor, "rooms_idle")
    home.entities.async_update_entity(
        entity.entity_id, new_entity_id="sensor.free_rooms"
    )
    await home.settle()
    assert home.hass.states.get(entity.entity_id) is None
    assert home.shown(vendor, "rooms_idle") == shown
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(3)
    state = home.hass.states.get("sensor.free_rooms")
    assert state is not None
    assert state.state == "unavailable"
