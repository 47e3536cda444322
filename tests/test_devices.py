"""Test the devices of accounts, rooms, controllers and conferences."""

import json
from typing import Any

import pytest

from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import (
    CONNECTION_NETWORK_MAC,
    DeviceEntry,
    DeviceEntryType,
)
from simulator import Fault
from simulator.company.booking import Booking
from simulator.company.properties import ControllerInfo

from .forms import add_account, add_conference
from .home import (
    ALL_TEXTS,
    LISTERS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    chosen,
    credentials,
)
from .translations import LANGUAGES, load_texts
from .vendors import OTHER_ROOM as ROOM, ROOM as OTHER, VENDOR_TABLE

CONTROLLERS = {key: VENDOR_TABLE[key].apis["controllers"] for key in LISTERS}
HARDWARE = {
    "factory": "MAXHUB",
    "device_model": "UC W31 ",
    "sn": "SN123",
    "mac": "A1-EE-27-C1-8A-1A",
    "rooms_version": "3.19.1.512",
    "firmware_version": "1.0.8",
}


def macs(device: DeviceEntry) -> set[str]:
    """Return the MAC addresses of a device."""
    return {
        address
        for kind, address in device.connections
        if kind == CONNECTION_NETWORK_MAC
    }


def running(home: Home) -> Booking:
    """Return a running conference."""
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


def controllers(home: Home, vendor: str) -> dict[tuple[str, str], DeviceEntry]:
    """Return the controllers by the last parts of their identifier."""
    prefix = home.unique_id(vendor, "controller") + "_"
    return {
        ("controller", identifier.removeprefix(prefix)): device
        for identifier, device in sorted(home.all_devices().items())
        if identifier.startswith(prefix)
    }


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
    """The device links to the vendor's console."""
    entry = await add_account(home.hass, vendor, credentials(home.sim, vendor))
    device = home.known_device(vendor)
    assert device.entry_type is DeviceEntryType.SERVICE
    assert (device.name, device.manufacturer) == (entry.title, name)
    assert (device.configuration_url or "").startswith(console)
    assert device.via_device_id is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_is_a_device_with_the_values_of_its_vendor(
    home: Home, vendor: str
) -> None:
    """The device is connected via the account."""
    home.sim.company.change(
        vendor, ROOM[vendor], **HARDWARE, meeting_room_name=" 长安 "
    )
    await home.add(vendor)
    await home.live(30)
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
async def test_values_that_the_vendor_does_not_report_are_unknown(
    home: Home, vendor: str, nothing: str
) -> None:
    """A dash is not a value."""
    home.sim.company.change(vendor, ROOM[vendor], **dict.fromkeys(HARDWARE, nothing))
    await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    assert device.manufacturer is device.model is device.serial_number is None
    assert device.sw_version is device.hw_version is None
    assert device.connections == set()


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_without_a_name_is_named_by_its_id(
    home: Home, vendor: str
) -> None:
    """The vendor always returns the id."""
    room_id = next(iter(home.sim.truth()[vendor]))
    home.sim.company.rename(vendor, room_id, " ")
    await home.add(vendor)
    assert home.known_device(vendor, room_id).name == room_id


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_is_renamed_renames_its_device(
    home: Home, vendor: str
) -> None:
    """The next poll renames the device, but keeps a name that the user has set."""
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
    """The device name is cut, because Home Assistant limits the length of entity ids."""
    home.sim.company.rename(vendor, ROOM[vendor], name)
    entry = await home.add(vendor)
    await home.live(60)
    await home.enable_all(entry)
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
async def test_an_address_that_two_rooms_share_is_no_connection(
    home: Home, vendor: str
) -> None:
    """A shared serial number is not shown either."""
    for room_id in (ROOM[vendor], OTHER[vendor]):
        home.sim.company.change(vendor, room_id, mac="a1:ee:27:c1:8a:1a", sn="SN123")
    entry = await home.add(vendor)
    await home.live(60)
    await home.restart(entry)
    await home.live(60)
    one, two = (home.known_device(vendor, each[vendor]) for each in (ROOM, OTHER))
    assert one.id != two.id
    assert [macs(one), macs(two)] == [set(), set()]
    assert one.serial_number is two.serial_number is None
    assert home.shown(vendor, ROOM[vendor], "status") != "unavailable"
    assert home.shown(vendor, OTHER[vendor], "status") != "unavailable"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_address_that_is_no_longer_shared_is_a_connection(
    home: Home, vendor: str
) -> None:
    """The address is added once one of the two rooms reports another address."""
    for room_id in (ROOM[vendor], OTHER[vendor]):
        home.sim.company.change(vendor, room_id, mac="a1:ee:27:c1:8a:1a", sn="SN123")
    await home.add(vendor)
    await home.live(60)
    home.sim.company.change(vendor, OTHER[vendor], mac="a1:ee:27:c1:8a:1b", sn="SN9")
    await home.live(360)
    device = home.known_device(vendor, ROOM[vendor])
    assert (macs(device), device.serial_number) == ({"a1:ee:27:c1:8a:1a"}, "SN123")
    other = home.known_device(vendor, OTHER[vendor])
    assert (macs(other), other.serial_number) == ({"a1:ee:27:c1:8a:1b"}, "SN9")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_address_shared_with_a_removed_room_is_a_connection(
    home: Home, vendor: str
) -> None:
    """The remaining room is the only one that reports the address."""
    for room_id in (ROOM[vendor], OTHER[vendor]):
        home.sim.company.change(vendor, room_id, mac="a1:ee:27:c1:8a:1a")
    await home.add(vendor)
    await home.live(60)
    home.sim.company.remove_room(vendor, OTHER[vendor])
    await home.polls(2)
    assert macs(home.known_device(vendor, ROOM[vendor])) == {"a1:ee:27:c1:8a:1a"}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_two_room_devices_that_are_swapped_swap_their_addresses(
    home: Home, vendor: str
) -> None:
    """The order of the two updates does not matter."""
    first, second = "a1:ee:27:c1:8a:1a", "a1:ee:27:c1:8a:1b"
    home.sim.company.change(vendor, ROOM[vendor], mac=first)
    home.sim.company.change(vendor, OTHER[vendor], mac=second)
    await home.add(vendor)
    await home.live(60)
    home.sim.company.change(vendor, ROOM[vendor], mac=second)
    home.sim.company.change(vendor, OTHER[vendor], mac=first)
    await home.live(360)
    assert macs(home.known_device(vendor, ROOM[vendor])) == {second}
    assert macs(home.known_device(vendor, OTHER[vendor])) == {first}


@pytest.mark.parametrize(
    ("mac", "serial_number"),
    [
        ("ff:ff:ff:ff:ff:ff", "0"),
        ("02:00:00:00:00:00", "unknown"),
        ("00:00:00:00:00:00", "00000000"),
    ],
)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_filler_is_neither_a_connection_nor_a_serial_number(
    home: Home, vendor: str, mac: str, serial_number: str
) -> None:
    """Only one room reports the filler."""
    home.sim.company.change(vendor, ROOM[vendor], mac=mac, sn=serial_number)
    await home.add(vendor)
    await home.live(60)
    device = home.known_device(vendor, ROOM[vendor])
    assert (macs(device), device.serial_number) == (set(), None)


async def test_a_room_in_two_accounts_has_two_devices(home: Home) -> None:
    """Removing one account keeps the device of the other."""
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
async def test_a_replaced_room_device_has_its_own_address(
    home: Home, vendor: str
) -> None:
    """The old address is removed."""
    home.sim.company.change(vendor, ROOM[vendor], mac="a1:ee:27:c1:8a:1a")
    await home.add(vendor)
    home.sim.company.change(vendor, ROOM[vendor], mac="a1ee.27c1.8a1b", sn="SN9")
    await home.pass_time(300)
    await home.polls(1)
    device = home.known_device(vendor, ROOM[vendor])
    assert macs(device) == {"a1:ee:27:c1:8a:1b"}
    assert device.serial_number == "SN9"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_is_a_device_that_is_connected_via_its_room(
    home: Home, vendor: str
) -> None:
    """The controller has entities, and its name begins with the room's."""
    home.sim.company.change(vendor, ROOM[vendor], status=2)
    controller = controller_of(home, vendor)
    controller.manufacture_name, controller.controller_model = "HUAWEI", "BZT3-W09"
    controller.app_version, controller.framework_version = "3.19.1.512", "1.2.0"
    entry = await home.add(vendor)
    await home.enable_all(entry)
    await home.live(30)
    key = controller_key(controller)
    device = home.known_device(vendor, *key)
    room = home.known_device(vendor, ROOM[vendor])
    assert device.name == f"{room.name} {controller.controller_name}"
    assert (device.manufacturer, device.model) == ("HUAWEI", "BZT3-W09")
    assert (device.sw_version, device.hw_version) == ("3.19.1.512", "1.2.0")
    assert macs(device) == {controller.mac_address}
    assert device.via_device_id == room.id
    assert home.shown(vendor, *key, "online") == "on"
    assert home.shown(vendor, *key, "ip_address") == controller.ip_address
    assert home.shown(vendor, *key, "memory_usage") == "3.6GB"
    assert float(home.shown(vendor, *key, "cpu_usage")) < 5


@pytest.mark.parametrize("mac", ["02:00:00:00:00:00", "00:00:00:00:00:00", ""])
@pytest.mark.parametrize("name", ["Controller", ""])
@pytest.mark.parametrize("vendor", LISTERS)
async def test_two_controllers_of_a_room_with_the_same_filler_are_two_devices(
    home: Home, vendor: str, name: str, mac: str
) -> None:
    """The devices have no connections, and are kept after a restart."""
    facts = controller_of(home, vendor)
    row = {"rooms_id": facts.rooms_id, "controller_name": name, "mac_address": mac}
    rows = [
        row | {"controller_model": model, "status": status}
        for model, status in (("A", "1"), ("B", "0"))
    ]
    listing = {"errcode": 0, "total_count": 2, "total_page": 1, "has_more": False}
    answer = json.dumps({**listing, "controller_info_list": rows})
    home.sim.set_response(vendor, CONTROLLERS[vendor], None, answer)
    entry = await home.add(vendor)
    await home.live(60)
    before = controllers(home, vendor)
    assert [device.model for device in before.values()] == ["A", "B"]
    assert [macs(device) for device in before.values()] == [set(), set()]
    assert [home.shown(vendor, *key, "online") for key in before] == ["on", "off"]
    await home.restart(entry)
    await home.live(60)
    ids = [device.id for device in before.values()]
    assert [device.id for device in controllers(home, vendor).values()] == ids


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_that_has_the_name_of_its_room_keeps_its_name(
    home: Home, vendor: str
) -> None:
    """A new name of the room renames the controller."""
    home.sim.company.rename(vendor, ROOM[vendor], "长安")
    controller = controller_of(home, vendor)
    controller.controller_name = "长安控制平板"
    key = controller_key(controller)
    await home.add(vendor)
    assert home.known_device(vendor, *key).name == "长安控制平板"
    home.sim.company.rename(vendor, ROOM[vendor], "洛阳")
    await home.polls(1)
    assert home.known_device(vendor, *key).name == "洛阳 长安控制平板"


@pytest.mark.parametrize(
    ("room", "controller", "device"),
    [
        ("Lab", "Lab-Pad", "Lab-Pad"),
        ("Lab", "Lab 2", "Lab 2"),
        ("Lab", "Label 1", "Lab Label 1"),
        ("Lab", "Touch in Lab", "Lab Touch in Lab"),
        ("Lab", "Lab", "Lab Controller"),
        ("东方厅", "东方厅", "东方厅 Controller"),
        ("东方厅", "东方厅Pad", "东方厅Pad"),
    ],
)
async def test_the_name_of_a_controller_begins_with_that_of_its_room(
    home: Home, room: str, controller: str, device: str
) -> None:
    """A name that begins with a longer word is a different name."""
    home.sim.company.rename(TENCENT, ROOM[TENCENT], room)
    panel = controller_of(home, TENCENT)
    panel.controller_name = controller
    await home.add(TENCENT)
    assert home.known_device(TENCENT, *controller_key(panel)).name == device


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_keeps_its_name_while_it_cannot_be_decoded(
    home: Home, vendor: str
) -> None:
    """A gateway returns GBK for some minutes without declaring it."""
    home.sim.company.rename(vendor, ROOM[vendor], "望江楼")
    await home.add(vendor)
    home.sim.faults.add(Fault("charset", vendor, charset="gbk", declared=False))
    await home.polls(12)
    assert home.known_device(vendor, ROOM[vendor]).name == "望江楼"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_of_an_offline_room_is_offline(
    home: Home, vendor: str
) -> None:
    """The other values of the controller are unknown."""
    home.sim.company.change(vendor, ROOM[vendor], status=4)
    controller = controller_of(home, vendor)
    await home.add(vendor)
    key = controller_key(controller)
    assert home.shown(vendor, *key, "online") == "off"
    assert home.shown(vendor, *key, "cpu_usage") == "unknown"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_controller_without_a_name_is_named_by_its_model_or_kind(
    home: Home, language: str
) -> None:
    """The name begins with that of the room, and is in the language of Home Assistant."""
    home.hass.config.language = language
    home.sim.company.change(TENCENT, ROOM[TENCENT], status=2)
    controller = controller_of(home, TENCENT)
    controller.controller_name, controller.controller_model = "", "BZT3-W09"
    entry = await home.add(TENCENT)
    key = controller_key(controller)
    room = home.known_device(TENCENT, ROOM[TENCENT]).name
    assert home.known_device(TENCENT, *key).name == f"{room} BZT3-W09"
    controller.controller_model = ""
    await home.hass.config_entries.async_remove(entry.entry_id)
    await home.add(TENCENT)
    await home.live(30)
    name = load_texts(language)["device.controller.name"]
    assert home.known_device(TENCENT, *key).name == name.format(room=room)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_that_is_no_longer_in_the_list_is_removed(
    home: Home, vendor: str
) -> None:
    """The controller is removed after two updates without it, or with its room."""
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
async def test_a_controller_that_was_removed_while_home_assistant_was_off(
    home: Home, vendor: str
) -> None:
    """The device is removed after two complete updates, which take ten minutes."""
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


async def test_a_conference_is_a_service(home: Home) -> None:
    """The title is the name of the device, which is connected via the account."""
    booking = running(home)
    await home.follow(booking)
    device = home.known_device(QUANSHI, "event", str(booking.event_id))
    assert device.name == booking.title
    assert device.entry_type is DeviceEntryType.SERVICE
    assert device.via_device_id == home.known_device(QUANSHI).id


@pytest.mark.parametrize("changes", [{"hidden": True}, {"title": ""}, {"title": " "}])
@pytest.mark.parametrize(
    ("language", "name"), [("en", "Meeting {}"), ("zh-Hans", "会议 {}")]
)
async def test_a_conference_without_a_visible_title_is_named_by_its_event_id(
    home: Home, language: str, name: str, changes: dict[str, Any]
) -> None:
    """The name is in the language of Home Assistant, and the title is not shown."""
    home.hass.config.language = language
    booking = running(home)
    booking.title = "绝密收购"
    for field, value in changes.items():
        setattr(booking, field, value)
    entry = await home.follow(booking)
    await home.enable_all(entry)
    device = home.known_device(QUANSHI, "event", str(booking.event_id))
    assert device.name == name.format(booking.event_id)
    states = [str(state.as_dict()) for state in home.hass.states.async_all()]
    assert "绝密收购" not in "".join(states)


async def test_a_title_that_is_hidden_later_is_removed(home: Home) -> None:
    """The next poll renames the device."""
    booking = running(home)
    booking.title = "绝密收购"
    event = ("event", str(booking.event_id))
    entry = await home.follow(booking)
    assert home.known_device(QUANSHI, *event).name == "绝密收购"
    booking.hidden = True
    await home.pass_time()
    assert home.known_device(QUANSHI, *event).name == f"Meeting {booking.event_id}"
    state = home.state(QUANSHI, *event, "status")
    assert "绝密收购" not in str(state.as_dict())
    assert "绝密收购" not in str(entry.as_dict())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"title": "周会"}, {"title": "年会"}, "年会"),
        ({"title": "周会"}, {"hidden": True}, "Meeting {}"),
        ({"hidden": True}, {"hidden": False}, "周会"),
    ],
    ids=["renamed", "hidden", "shown"],
)
async def test_the_subentry_of_a_conference_follows_the_name_of_its_device(
    home: Home, before: dict[str, Any], after: dict[str, Any], expected: str
) -> None:
    """The form names the subentry like the device, until the user renames it."""
    booking = running(home)
    booking.title = "周会"
    for field, value in before.items():
        setattr(booking, field, value)
    entry = await home.add(QUANSHI, ALL_TEXTS)
    await add_conference(home.hass, entry, {"event_id": str(booking.event_id)})
    for field, value in after.items():
        setattr(booking, field, value)
    await home.polls(1)
    [subentry] = entry.subentries.values()
    assert subentry.title == expected.format(booking.event_id)
    home.hass.config_entries.async_update_subentry(entry, subentry, title="Mine")
    await home.settle()
    booking.title = "月会"
    await home.polls(1)
    assert [each.title for each in entry.subentries.values()] == ["Mine"]


async def test_the_current_conference_is_a_service(home: Home) -> None:
    """The name does not contain the title."""
    await home.add(QUANSHI, ALL_TEXTS)
    device = home.known_device(QUANSHI, "current")
    assert device.name == "Current conference"
    assert device.entry_type is DeviceEntryType.SERVICE
    assert device.via_device_id == home.known_device(QUANSHI).id


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_controller_is_removed_with_a_room_that_is_no_longer_selected(
    home: Home, vendor: str
) -> None:
    """It does not stay until the next lists of controllers."""
    entry = await home.add(vendor)
    await home.live(30)
    key = controller_key(controller_of(home, vendor))
    assert home.device(vendor, *key) is not None
    home.hass.config_entries.async_update_entry(entry, options=chosen(OTHER[vendor]))
    await home.settle()
    assert home.device(vendor, *key) is None
    assert home.device(vendor, OTHER[vendor]) is not None
