"""Test that diagnostics help and tell nothing that is secret."""

import json
from typing import Any

import pytest

from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Fault

from .forms import add_conference
from .home import LISTERS, QUANSHI, TENCENT, VENDORS, WECOM, Home, credentials

ROOM = {TENCENT: "100002", WECOM: "200002", QUANSHI: "6516"}
REDACTED = "**REDACTED**"
SECRETS = {
    TENCENT: ("secret_id", "secret_key"),
    WECOM: ("corp_secret",),
    QUANSHI: ("token",),
}


@pytest.fixture(autouse=True)
async def diagnostics(home: Home) -> None:
    """Set the diagnostics up."""
    assert await async_setup_component(home.hass, "diagnostics", {})


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_diagnostics_of_an_account(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """They tell what it is and what is known of each of its rooms."""
    entry = await home.add(vendor)
    await home.polls(2)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["data"]["vendor"] == vendor
    assert found["entry"]["options"] == entry.options
    assert (found["reachable"], found["last_error"]) == (True, None)
    assert {*home.sim.truth()[vendor]} <= {*found["subjects"]}
    assert found["subjects"][ROOM[vendor]]["kind"] == "Room"
    assert home.sim.canaries.found_in(json.dumps(found, ensure_ascii=False)) == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_credentials_are_redacted_by_key(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """So that the reader sees that they are there."""
    entry = await home.add(vendor)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    data = found["entry"]["data"]
    assert {data[field] for field in SECRETS[vendor]} == {REDACTED}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_credentials_are_redacted_wherever_they_stand(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """Somebody may have written one into the name of a room."""
    secret = credentials(home.sim, vendor)[SECRETS[vendor][-1]]
    home.sim.company.rename(vendor, ROOM[vendor], f"长安 {secret}")
    entry = await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    for found in (
        await get_diagnostics_for_config_entry(home.hass, hass_client, entry),
        await get_diagnostics_for_device(home.hass, hass_client, entry, device),
    ):
        told = json.dumps(found, ensure_ascii=False)
        assert secret not in told
        assert f"长安 {REDACTED}" in told


@pytest.mark.parametrize("vendor", LISTERS)
async def test_what_says_who_is_who_is_redacted(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """Addresses and numbers of machines."""
    home.sim.company.change(
        vendor, ROOM[vendor], ip="10.1.2.3", mac="a1:ee:27:c1:8a:1a", sn="SN4711"
    )
    entry = await home.add(vendor)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    hardware = found["subjects"][ROOM[vendor]]["details"]["hardware"]
    for key in ("ip_address", "mac_address", "serial_number"):
        assert hardware[key] == REDACTED
    told = json.dumps(found)
    for value in ("10.1.2.3", "a1:ee:27:c1:8a:1a", "SN4711"):
        assert value not in told


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_ids_of_a_rooms_machines_stand_in_the_diagnostics(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """They join rooms and controllers."""
    entry = await home.add(vendor)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    ids = home.sim.company.room(vendor, ROOM[vendor]).properties.basic.rooms_id_list
    assert found["subjects"][ROOM[vendor]]["details"]["basic"]["rooms_ids"] == ids


async def test_the_diagnostics_of_a_conference(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """Title and host are redacted, also of one that was added by hand."""
    entry = await home.add(QUANSHI)
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
    assert conference["booking"]["title"] == REDACTED
    assert conference["booking"]["host"] == REDACTED
    assert conference["run"]["host_location"] == REDACTED
    whole: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert whole["entry"]["conferences"] == [{"event_id": event_id}]
    told = json.dumps([found, whole], ensure_ascii=False)
    assert home.sim.canaries.found_in(told) == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_diagnostics_of_a_device_are_only_its_own(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """The account's device stands for no room."""
    entry = await home.add(vendor)
    room, account = home.known_device(vendor, ROOM[vendor]), home.known_device(vendor)
    found: Any = await get_diagnostics_for_device(home.hass, hass_client, entry, room)
    assert {*found["subjects"]} == {ROOM[vendor]}
    found = await get_diagnostics_for_device(home.hass, hass_client, entry, account)
    assert found == {"reachable": True, "subjects": {}}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_diagnostics_of_an_account_that_fails(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """They tell the kind of error, and what was known last."""
    entry = await home.add(vendor)
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(3)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert (found["reachable"], found["last_error"]) == (False, "CannotConnect")
    assert ROOM[vendor] in found["subjects"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_diagnostics_of_an_account_that_was_never_set_up(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """They tell how it is configured."""
    home.sim.faults.add(Fault("http", vendor, status=502))
    entry = await home.add(vendor)
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["data"]["vendor"] == vendor
    assert {found["entry"]["data"][field] for field in SECRETS[vendor]} == {REDACTED}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_diagnostics_of_a_device_whose_account_does_not_run(
    home: Home, vendor: str, hass_client: ClientSessionGenerator
) -> None:
    """They say nothing, but they can be downloaded."""
    entry = await home.add(vendor)
    device = home.known_device(vendor, ROOM[vendor])
    await home.hass.config_entries.async_unload(entry.entry_id)
    assert await get_diagnostics_for_device(home.hass, hass_client, entry, device) == {}
