"""Test that diagnostics contain the state of an account, and no secrets."""

from datetime import timedelta
import json
import sys
from types import FrameType
from typing import Any

import pytest

from custom_components.meeting_rooms.diagnostics import (
    async_get_config_entry_diagnostics,
)
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Fault

from .forms import add_conference
from .home import (
    ALL_TEXTS,
    LISTERS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    credentials,
)
from .vendors import ROOM, VENDOR_TABLE

REDACTED = "**REDACTED**"
SECRETS = {key: row.secret_fields for key, row in VENDOR_TABLE.items()}


@pytest.fixture(autouse=True)
async def diagnostics(home: Home) -> None:
    """Set up the diagnostics integration."""
    assert await async_setup_component(home.hass, "diagnostics", {})


@pytest.mark.parametrize("vendor", VENDORS)
async def test_diagnostics_contain_the_settings_and_rooms_of_an_account(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """Each room is included with its state."""
    entry = await home.add(vendor)
    await home.polls(2)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["data"]["vendor"] == vendor
    assert found["entry"]["options"] == entry.options
    assert (found["reachable"], found["last_error"]) == (True, None)
    assert {*home.sim.truth()[vendor]} <= {*found["subjects"]}
    assert found["subjects"][ROOM[vendor]]["kind"] == "Room"
    assert home.sim.canaries.found_in(json.dumps(found, ensure_ascii=False)) == []


async def test_diagnostics_contain_the_freshness_of_bookings(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """The number of rooms by need, the ages, the next rooms and the cost are included."""
    entry = await home.add(TENCENT)
    await home.pass_time(30)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    bookings, rooms = found["bookings"], home.sim.truth()[TENCENT]
    assert bookings["busy"] + bookings["quiet"] == len(rooms)
    assert bookings["never_fetched"] == 0
    assert bookings["known_rooms"] == len(rooms)
    assert bookings["oldest_seconds"] == bookings["median_seconds"] == 30
    assert {*bookings["next_rooms"]} == {*rooms}
    assert bookings["requests"] == len(rooms)
    assert (bookings["linked_calendars"], bookings["matches"]) == (0, None)


async def test_diagnostics_count_the_matches_with_a_booking_calendar(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """All rooms are fetched with one request."""
    entry = await home.add(WECOM)
    await home.pass_time(30)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    bookings = found["bookings"]
    assert bookings["busy"] == len(home.sim.truth()[WECOM])
    assert (bookings["quiet"], bookings["never_fetched"]) == (0, 0)
    assert bookings["matches"]["matched"] == bookings["known_rooms"] > 0
    assert {*bookings["matches"]} == {"matched", "doubtful", "missing", "unmatched"}


async def test_diagnostics_of_polled_bookings_have_no_ages(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """At Quanshi, each poll fetches the bookings."""
    entry = await home.add(QUANSHI)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    bookings = found["bookings"]
    assert bookings["known_rooms"] == len(home.sim.truth()[QUANSHI])
    assert (bookings["busy"], bookings["oldest_seconds"]) == (0, None)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_credentials_are_redacted_by_key(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The keys of the redacted credentials are kept."""
    entry = await home.add(vendor)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    data = found["entry"]["data"]
    assert {data[field] for field in SECRETS[vendor]} == {REDACTED}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_credentials_are_redacted_in_any_text(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The name of a room may contain credentials."""
    secret = credentials(home.sim, vendor)[SECRETS[vendor][-1]]
    home.sim.company.rename(vendor, ROOM[vendor], f"长安 {secret}")
    entry = await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    for found in (
        await get_diagnostics_for_config_entry(home.hass, hass_client, entry),
        await get_diagnostics_for_device(home.hass, hass_client, entry, device),
    ):
        text = json.dumps(found, ensure_ascii=False)
        assert secret not in text
        assert f"长安 {REDACTED}" in text


@pytest.mark.parametrize("vendor", LISTERS)
async def test_addresses_and_serial_numbers_are_redacted(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The values are redacted under every key."""
    home.sim.company.change(
        vendor, ROOM[vendor], ip="10.1.2.3", mac="a1:ee:27:c1:8a:1a", sn="SN4711"
    )
    entry = await home.add(vendor)
    await home.live(30)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    hardware = found["subjects"][ROOM[vendor]]["details"]["hardware"]
    for key in ("ip_address", "mac_address", "serial_number"):
        assert hardware[key] == REDACTED
    text = json.dumps(found)
    for value in ("10.1.2.3", "a1:ee:27:c1:8a:1a", "SN4711"):
        assert value not in text


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_ids_of_a_rooms_devices_are_in_the_diagnostics(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The ids assign controllers to rooms."""
    entry = await home.add(vendor)
    await home.live(30)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    ids = home.sim.company.room(vendor, ROOM[vendor]).properties.basic.rooms_id_list
    assert found["subjects"][ROOM[vendor]]["details"]["basic"]["rooms_ids"] == ids


async def test_diagnostics_redact_title_and_host_of_a_conference(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """A conference that was added manually is redacted as well."""
    entry = await home.add(QUANSHI, ALL_TEXTS)
    now = home.clock().timestamp()
    booking = next(
        each for each in home.sim.company.quanshi.bookings if each.session_at(now)
    )
    event_id = str(booking.event_id)
    await add_conference(home.hass, entry, {"event_id": event_id})
    device = home.known_device(QUANSHI, "event", event_id)
    found: Any = await get_diagnostics_for_device(home.hass, hass_client, entry, device)
    (conference,) = found["subjects"].values()
    assert conference["kind"] == "Conference"
    assert conference["title"] == REDACTED
    assert conference["host"] == REDACTED
    assert conference["host_location"] == REDACTED
    account: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert account["entry"]["conferences"] == [{"event_id": event_id}]
    text = json.dumps([found, account], ensure_ascii=False)
    assert home.sim.canaries.found_in(text) == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_diagnostics_redact_the_texts_of_bookings(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """Titles and organizers are redacted, also where the option shows them."""
    company, room_id = home.sim.company, ROOM[vendor]
    company.clear_bookings(vendor)
    now = home.clock()
    for minutes in (0, 60):
        start = now + timedelta(minutes=minutes - 5)
        end = start + timedelta(minutes=30)
        company.book(
            vendor, room_id, start, end, subject="Board Xyzzy", organizer="Li Xyzzy"
        )
    entry = await home.add(vendor, ALL_TEXTS)
    await home.live(60)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert len(found["subjects"][room_id]["schedule"]["bookings"]) == 2
    assert "Xyzzy" not in json.dumps(found)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_diagnostics_of_a_device_contain_only_this_device(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The diagnostics of the account's device contain no room."""
    entry = await home.add(vendor)
    room, account = home.known_device(vendor, ROOM[vendor]), home.known_device(vendor)
    found: Any = await get_diagnostics_for_device(home.hass, hass_client, entry, room)
    assert {*found["subjects"]} == {ROOM[vendor]}
    found = await get_diagnostics_for_device(home.hass, hass_client, entry, account)
    assert found == {"reachable": True, "subjects": {}}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_diagnostics_of_an_unavailable_account_contain_the_error(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The last known state and, until a poll succeeds, the class of the error are included."""
    entry = await home.add(vendor)
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(3)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert (found["reachable"], found["last_error"]) == (False, "CannotConnect")
    assert ROOM[vendor] in found["subjects"]
    home.sim.faults.clear()
    await home.polls(1)
    found = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert (found["reachable"], found["last_error"]) == (True, None)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_diagnostics_of_an_account_that_was_never_set_up_contain_its_settings(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """Diagnostics can be downloaded without a coordinator."""
    home.sim.faults.add(Fault("http", vendor, status=502))
    entry = await home.add(vendor)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["data"]["vendor"] == vendor
    assert {found["entry"]["data"][field] for field in SECRETS[vendor]} == {REDACTED}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_diagnostics_of_a_device_of_an_unloaded_account_are_empty(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The diagnostics can be downloaded."""
    entry = await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    await home.hass.config_entries.async_unload(entry.entry_id)
    assert await get_diagnostics_for_device(home.hass, hass_client, entry, device) == {}


async def test_controllers_are_numbered(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """The ids of controllers contain MAC addresses, so numbers replace them."""
    entry = await home.add(TENCENT)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    controllers = [
        key
        for key, subject in found["subjects"].items()
        if subject["kind"] == "RoomController"
    ]
    assert len(controllers) >= 2
    assert controllers == [
        f"controller_{number + 1}" for number in range(len(controllers))
    ]


@pytest.mark.parametrize("user_id", ["6", "65", "651"])
async def test_a_user_id_is_not_redacted_within_longer_numbers(
    home: Home, hass_client: ClientSessionGenerator, user_id: str
) -> None:
    """The user id itself is redacted."""
    home.sim.accounts.quanshi.user_id = user_id
    entry = await home.add(QUANSHI)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["data"]["user_id"] == REDACTED
    assert found["subjects"]["6516"]["room_id"] == "6516"


async def test_diagnostics_of_an_unknown_vendor_redact_all_settings(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """Any of the settings may be a secret."""
    await home.add(WECOM)
    entry = home.entry(TENCENT)
    data = {"vendor": "zoom", "base_url": "https://example.com", "client_key": "abc"}
    home.hass.config_entries.async_update_entry(entry, data=data)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["data"] == {
        "vendor": "zoom",
        "base_url": REDACTED,
        "client_key": REDACTED,
    }


@pytest.mark.parametrize("rooms", [100])
async def test_the_event_loop_only_collects_the_rooms(home: Home) -> None:
    """The executor converts and redacts any number of rooms."""
    entry = await home.add(TENCENT)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        """Count the functions that the event loop calls."""
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        found = await async_get_config_entry_diagnostics(home.hass, entry)
    finally:
        sys.setprofile(None)
    assert len(found["subjects"]) >= 100
    assert calls < 5 * len(found["subjects"])
