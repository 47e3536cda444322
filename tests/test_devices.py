"""Test that every room, controller, conference and account has its device."""

from typing import Any

import pytest

from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import (
    CONNECTION_NETWORK_MAC,
    DeviceEntry,
    DeviceEntryType,
)
from simulator.company.booking import Booking
from simulator.company.properties import ControllerInfo

from .forms import add_account
from .home import LISTERS, QUANSHI, TENCENT, VENDORS, WECOM, Home, credentials
from .translations import LANGUAGES, load_texts

ROOM = {TENCENT: "100002", WECOM: "200002"}
OTHER = {TENCENT: "100001", WECOM: "RoomId001"}
HARDWARE = {
    "factory": "MAXHUB",
    "device_model": "UC W31 ",
    "sn": "SN123",
    "mac": "A1-EE-27-C1-8A-1A",
    "rooms_version": "3.19.1.512",
    "firmware_version": "1.0.8",
}


def macs(device: DeviceEntry) -> set[str]:
    """Return the network addresses of a device."""
    return {
        address
        for kind, address in device.connections
        if kind == CONNECTION_NETWORK_MAC
    }


def running(home: Home) -> Booking:
    """Return a conference that is being held."""
    now = home.clock().timestamp()
    return next(
        each for each in home.sim.company.quanshi.bookings if each.session_at(now)
    )


def controller_of(home: Home, vendor: str) -> ControllerInfo:
    """Return the controller of the room."""
    controller = home.sim.company.room(vendor, ROOM[vendor]).properties.controller
    assert controller is not None
    return controller


def controller_key(controller: ControllerInfo) -> tuple[str, str]:
    """Return the last parts of a controller's identifier."""
    return ("controller", f"{controller.rooms_id}_{controller.mac_address}")


@pytest.mark.parametrize(
    ("vendor", "name", "console"),
    [
        (TENCENT, "腾讯会议 Tencent Meeting", "https://meeting.tencent.com/"),
        (WECOM, "企业微信 WeCom", "https://work.weixin.qq.com/"),
        (QUANSHI, "全时 Quanshi", "https://www.quanshi.com"),
    ],
)
async def test_an_account_is_a_service(
    home: Home, vendor: str, name: str, console: str
) -> None:
    """It leads to the vendor's console."""
    entry = await add_account(home.hass, vendor, credentials(home.sim, vendor))
    device = home.known_device(vendor)
    assert device.entry_type is DeviceEntryType.SERVICE
    assert (device.name, device.manufacturer) == (entry.title, name)
    assert (device.configuration_url or "").startswith(console)
    assert device.via_device_id is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_is_a_device_with_what_the_vendor_knows_of_it(
    home: Home, vendor: str
) -> None:
    """Behind its account."""
    home.sim.company.change(
        vendor, ROOM[vendor], **HARDWARE, meeting_room_name=" 长安 "
    )
    await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    assert device.name == "长安"
    assert device.manufacturer == "MAXHUB"
    assert device.model == "UC W31"
    assert device.serial_number == "SN123"
    assert device.sw_version == "3.19.1.512"
    assert device.hw_version == "1.0.8"
    assert macs(device) == {"a1:ee:27:c1:8a:1a"}
    assert device.entry_type is None
    assert device.via_device_id == home.known_device(vendor).id


@pytest.mark.parametrize("nothing", ["", "-", " "])
@pytest.mark.parametrize("vendor", LISTERS)
async def test_what_the_vendor_does_not_know_is_left_out(
    home: Home, vendor: str, nothing: str
) -> None:
    """A dash is nothing."""
    home.sim.company.change(vendor, ROOM[vendor], **dict.fromkeys(HARDWARE, nothing))
    await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    assert device.manufacturer is device.model is device.serial_number is None
    assert device.sw_version is device.hw_version is None
    assert device.connections == set()


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_without_a_name_is_called_by_its_id(
    home: Home, vendor: str
) -> None:
    """Rather than not at all."""
    room_id = next(iter(home.sim.truth()[vendor]))
    home.sim.company.rename(vendor, room_id, " ")
    await home.add(vendor)
    assert home.known_device(vendor, room_id).name == room_id


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_is_renamed_is_renamed_here(home: Home, vendor: str) -> None:
    """At the next poll; a name that was given by hand stays."""
    first, second = [*home.sim.truth()[vendor]][:2]
    await home.add(vendor)
    mine = home.known_device(vendor, second)
    home.devices.async_update_device(mine.id, name_by_user="Mine")
    for room_id in (first, second):
        home.sim.company.rename(vendor, room_id, f"新名 {room_id}")
    await home.pass_time()
    assert home.known_device(vendor, first).name == f"新名 {first}"
    assert home.known_device(vendor, second).name == f"新名 {second}"
    assert home.known_device(vendor, second).name_by_user == "Mine"


@pytest.mark.parametrize(
    "name",
    [
        "会" * 64,
        "会" * 100,
        "装修双床窗" * 40,
        "Board room " * 24,
        "🚪" * 9_000,
        *("x" * length for length in range(240, 256)),
    ],
    ids=len,
)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_with_a_very_long_name_has_all_its_entities(
    home: Home, caplog: pytest.LogCaptureFixture, vendor: str, name: str
) -> None:
    """Home Assistant has no place for all of it in an entity id."""
    home.sim.company.rename(vendor, ROOM[vendor], name)
    await home.enable_all(await home.add(vendor))
    device = home.known_device(vendor, ROOM[vendor])
    assert str(device.name).endswith("…")
    assert name.startswith(str(device.name).removesuffix("…"))
    assert [
        entry.entity_id
        for entry in er.async_entries_for_device(home.entities, device.id)
        if home.hass.states.get(entry.entity_id) is None
    ] == []
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("vendor", LISTERS)
async def test_two_rooms_with_the_same_address_stay_two(
    home: Home, vendor: str
) -> None:
    """One of them has it."""
    for room_id in (ROOM[vendor], OTHER[vendor]):
        home.sim.company.change(vendor, room_id, mac="a1:ee:27:c1:8a:1a")
    entry = await home.add(vendor)
    await home.restart(entry)
    await home.pass_time(300)
    one, two = (home.known_device(vendor, each[vendor]) for each in (ROOM, OTHER))
    assert one.id != two.id
    assert sorted([*macs(one), *macs(two)]) == ["a1:ee:27:c1:8a:1a"]
    assert home.shown(vendor, ROOM[vendor], "status") != "unavailable"
    assert home.shown(vendor, OTHER[vendor], "status") != "unavailable"


async def test_the_same_room_in_two_accounts_stays_two(home: Home) -> None:
    """Removing one account leaves the other's device as it was."""
    for vendor in LISTERS:
        home.sim.company.change(vendor, ROOM[vendor], mac="a1:ee:27:c1:8a:1a")
    entries = [await home.add(vendor) for vendor in LISTERS]
    one, two = (home.known_device(vendor, ROOM[vendor]) for vendor in LISTERS)
    assert one.id != two.id
    await home.hass.config_entries.async_remove(entries[0].entry_id)
    await home.settle()
    left = home.known_device(WECOM, ROOM[WECOM])
    assert (left.id, left.name) == (two.id, two.name)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_machine_that_is_replaced_brings_its_own_address(
    home: Home, vendor: str
) -> None:
    """The old one is forgotten."""
    home.sim.company.change(vendor, ROOM[vendor], mac="a1:ee:27:c1:8a:1a")
    await home.add(vendor)
    home.sim.company.change(vendor, ROOM[vendor], mac="a1ee.27c1.8a1b", sn="SN9")
    await home.pass_time(300)
    await home.polls(1)
    device = home.known_device(vendor, ROOM[vendor])
    assert macs(device) == {"a1:ee:27:c1:8a:1b"}
    assert device.serial_number == "SN9"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_stands_behind_its_room(home: Home, vendor: str) -> None:
    """With entities of its own."""
    home.sim.company.change(vendor, ROOM[vendor], status=2)
    controller = controller_of(home, vendor)
    controller.manufacture_name, controller.controller_model = "HUAWEI", "BZT3-W09"
    controller.app_version, controller.framework_version = "3.19.1.512", "1.2.0"
    entry = await home.add(vendor)
    await home.enable_all(entry)
    key = controller_key(controller)
    device = home.known_device(vendor, *key)
    assert device.name == controller.controller_name
    assert (device.manufacturer, device.model) == ("HUAWEI", "BZT3-W09")
    assert (device.sw_version, device.hw_version) == ("3.19.1.512", "1.2.0")
    assert macs(device) == {controller.mac_address}
    assert device.via_device_id == home.known_device(vendor, ROOM[vendor]).id
    assert home.shown(vendor, *key, "online") == "on"
    assert home.shown(vendor, *key, "ip_address") == controller.ip_address
    assert home.shown(vendor, *key, "memory_usage") == "3.6GB"
    assert float(home.shown(vendor, *key, "cpu_usage")) < 5


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_that_is_offline(home: Home, vendor: str) -> None:
    """Says so, and nothing else."""
    home.sim.company.change(vendor, ROOM[vendor], status=4)
    controller = controller_of(home, vendor)
    await home.add(vendor)
    key = controller_key(controller)
    assert home.shown(vendor, *key, "online") == "off"
    assert home.shown(vendor, *key, "cpu_usage") == "unknown"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_controller_without_a_name(home: Home, language: str) -> None:
    """Is called by its model, or else by what it is, in the language of the office."""
    home.hass.config.language = language
    home.sim.company.change(TENCENT, ROOM[TENCENT], status=2)
    controller = controller_of(home, TENCENT)
    controller.controller_name, controller.controller_model = "", "BZT3-W09"
    entry = await home.add(TENCENT)
    key = controller_key(controller)
    assert home.known_device(TENCENT, *key).name == "BZT3-W09"
    controller.controller_model = ""
    await home.hass.config_entries.async_remove(entry.entry_id)
    await home.add(TENCENT)
    name = load_texts(language)["device.controller.name"]
    assert home.known_device(TENCENT, *key).name == name


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_that_is_gone_is_removed(home: Home, vendor: str) -> None:
    """When two readings miss it, or with its room."""
    home.sim.company.change(vendor, ROOM[vendor], status=2)
    room = home.sim.company.room(vendor, ROOM[vendor])
    controller = controller_of(home, vendor)
    key = controller_key(controller)
    await home.add(vendor)
    room.properties.controller = None
    await home.live(320)
    assert home.device(vendor, *key) is not None
    await home.live(300)
    assert home.device(vendor, *key) is None
    room.properties.controller = controller
    await home.live(300)
    assert home.device(vendor, *key) is not None
    home.sim.company.remove_room(vendor, ROOM[vendor])
    await home.polls(2)
    assert home.device(vendor, *key) is None
    assert home.device(vendor, ROOM[vendor]) is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_that_went_while_home_assistant_was_off(
    home: Home, vendor: str
) -> None:
    """It is removed after two readings that could place it, which take ten minutes."""
    home.sim.company.change(vendor, ROOM[vendor], status=2)
    key = controller_key(controller_of(home, vendor))
    entry = await home.add(vendor)
    await home.hass.config_entries.async_unload(entry.entry_id)
    home.sim.company.room(vendor, ROOM[vendor]).properties.controller = None
    await home.start(entry)
    await home.polls(2)
    assert home.device(vendor, *key) is not None
    await home.live(570)
    assert home.device(vendor, *key) is None
    assert home.device(vendor, ROOM[vendor]) is not None


async def test_a_conference_is_a_service_behind_its_account(home: Home) -> None:
    """Named by its title."""
    booking = running(home)
    await home.add(QUANSHI)
    device = home.known_device(QUANSHI, "event", str(booking.event_id))
    assert device.name == booking.title
    assert device.entry_type is DeviceEntryType.SERVICE
    assert device.via_device_id == home.known_device(QUANSHI).id


@pytest.mark.parametrize("changes", [{"hidden": True}, {"title": ""}, {"title": " "}])
@pytest.mark.parametrize(
    ("language", "name"), [("en", "Meeting {}"), ("zh-Hans", "会议 {}")]
)
async def test_a_conference_without_a_title_to_show(
    home: Home, language: str, name: str, changes: dict[str, Any]
) -> None:
    """It is called by its event id, in the language of the office."""
    home.hass.config.language = language
    booking = running(home)
    booking.title = "绝密收购"
    for field, value in changes.items():
        setattr(booking, field, value)
    entry = await home.add(QUANSHI)
    await home.enable_all(entry)
    device = home.known_device(QUANSHI, "event", str(booking.event_id))
    assert device.name == name.format(booking.event_id)
    states = [str(state.as_dict()) for state in home.hass.states.async_all()]
    assert "绝密收购" not in "".join(states)


async def test_a_title_that_is_hidden_later_disappears(home: Home) -> None:
    """From the device at the next poll."""
    booking = running(home)
    booking.title = "绝密收购"
    event = ("event", str(booking.event_id))
    await home.add(QUANSHI)
    assert home.known_device(QUANSHI, *event).name == "绝密收购"
    booking.hidden = True
    await home.pass_time()
    assert home.known_device(QUANSHI, *event).name == f"Meeting {booking.event_id}"
    state = home.state(QUANSHI, *event, "status")
    assert "绝密收购" not in str(state.as_dict())
