"""Test that no secret is visible outside the integration, even after errors."""

import asyncio
from collections.abc import Iterator, Mapping
import json
import logging
from typing import Any

import pytest

from homeassistant.config_entries import SOURCE_RECONFIGURE
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Fault, FaultKind

from .forms import add_conference, fill_in, open_form, open_options, suggested
from .home import QUANSHI, VENDORS, Home, credentials

HANGING = {FaultKind.HANG_BEFORE, FaultKind.HANG_WITHIN, FaultKind.HOLD}
FAULTS: list[dict[str, Any]] = [
    *({"kind": kind} for kind in FaultKind if kind not in HANGING),
    {"kind": "http", "status": 401},
    {"kind": "http", "status": 429},
    {"kind": "vendor_code", "code": 40001},
    {"kind": "vendor_code", "code": 190303, "message": "for {secrets}"},
    {"kind": "http", "status": 200, "body": "no JSON but {secrets}"},
    {"kind": "wrong_shape", "body": '["{secrets}"]'},
    {"kind": "redirect", "location": "https://example.com/?{secrets}"},
]


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Enable the debug mode of asyncio, which logs the most."""
    asyncio.get_running_loop().set_debug(True)


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture(autouse=True)
def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    """Set all loggers to debug."""
    for name in (None, "aiohttp", "asyncio", "custom_components", "homeassistant"):
        caplog.set_level(logging.DEBUG, name)


def visible_texts(home: Home, caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    """Yield every text that users or other integrations can see."""
    hass = home.hass
    yield caplog.text
    yield from (repr(state.as_dict()) for state in hass.states.async_all())
    yield from (repr(entity.as_partial_dict) for entity in home.all_entities().values())
    yield from (repr(entity.extended_dict) for entity in home.all_entities().values())
    yield from (repr(device.dict_repr) for device in home.all_devices().values())
    yield from (repr(issue) for issue in ir.async_get(hass).issues.values())
    yield repr(hass.config_entries.flow.async_progress())
    for entry in hass.config_entries.async_entries():
        yield json_dumps(entry.as_json_fragment)
        yield repr((entry.title, entry.reason, entry.options))
        yield repr(entry.error_reason_translation_placeholders)
        yield repr([each.as_dict() for each in entry.subentries.values()])


def opened(form: Mapping[str, Any]) -> str:
    """Return the texts and values of a form when it is opened."""
    return repr([suggested(form), submitted(form)])


def submitted(result: Mapping[str, Any]) -> str:
    """Return the texts of a submitted form, without the values that the user entered."""
    hidden = {"data", "data_schema", "result", "context"}
    return repr({key: value for key, value in result.items() if key not in hidden})


def leaks(home: Home, texts: list[str]) -> list[str]:
    """Return the secrets that the texts contain."""
    return home.sim.canaries.found_in("\n".join(texts))


async def use_everything(home: Home) -> list[str]:
    """Complete the flows of all accounts, and return their results."""
    results = []
    for entry in home.hass.config_entries.async_entries("meeting_rooms"):
        fields = {k: v for k, v in entry.data.items() if k != "vendor"}
        form = await home.hass.config_entries.flow.async_init(
            "meeting_rooms",
            context={"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id},
        )
        results += [opened(form), submitted(await fill_in(home.hass, form, fields))]
    for vendor in VENDORS:
        await home.pass_time(60)
        form = await open_form(home.hass, vendor)
        fields = credentials(home.sim, vendor)
        wrong = {field: value + "1" for field, value in fields.items()}
        wrong |= {"base_url": fields["base_url"]}
        results += [opened(form), submitted(await fill_in(home.hass, form, wrong))]
    return results


async def use_conferences(home: Home) -> list[str]:
    """Add a conference by a correct and by a wrong password."""
    entries = home.hass.config_entries.async_entries("meeting_rooms")
    quanshi = next(each for each in entries if each.data["vendor"] == QUANSHI)
    booking = home.leave_two_conferences()[0]
    codes = (booking.secrets.pcode2, booking.secrets.pcode1)
    return [
        submitted(await add_conference(home.hass, quanshi, {"pcode": code}))
        for code in codes
    ]


async def test_no_secret_is_visible_in_normal_operation(
    home: Home, caplog: pytest.LogCaptureFixture, hass_client: ClientSessionGenerator
) -> None:
    """Every entity is enabled, every API is fetched, and every flow is used."""
    assert await async_setup_component(home.hass, "diagnostics", {})
    entries = [await home.add(vendor) for vendor in VENDORS]
    for entry in entries:
        await home.enable_all(entry)
    await home.live(120)
    results = await use_everything(home) + await use_conferences(home)
    results += [opened(await open_options(home.hass, each)) for each in entries[:2]]
    for entry in entries:
        results.append(
            json.dumps(
                await get_diagnostics_for_config_entry(home.hass, hass_client, entry),
                ensure_ascii=False,
            )
        )
    assert {*home.sim.canaries.kinds()} >= {
        "access_token",
        "active_code",
        "admin_password",
        "corp_secret",
        "eventHostSecret",
        "hostMobile",
        "password",
        "pcode1",
        "pmi_pwd",
        "secret_key",
        "token",
    }
    assert leaks(home, [*visible_texts(home, caplog), *results]) == []


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_no_secret_is_visible_when_requests_fail(
    home: Home,
    caplog: pytest.LogCaptureFixture,
    hass_client: ClientSessionGenerator,
    fault: dict[str, Any],
) -> None:
    """Polls, the set-up and the config flow fail."""
    assert await async_setup_component(home.hass, "diagnostics", {})
    entries = [await home.add(vendor) for vendor in VENDORS]
    secrets = " ".join(home.sim.canaries)
    arguments: dict[str, Any] = {
        key: value.replace("{secrets}", secrets) if isinstance(value, str) else value
        for key, value in fault.items()
    }
    home.sim.faults.add(Fault(**arguments))
    await home.polls(3)
    results = [
        json.dumps(
            await get_diagnostics_for_config_entry(home.hass, hass_client, entry),
            ensure_ascii=False,
        )
        for entry in entries
    ]
    results += await use_everything(home) + await use_conferences(home)
    for entry in entries:
        await home.pass_time(60)
        await home.restart(entry)
    assert leaks(home, [*visible_texts(home, caplog), *results]) == []


async def test_a_visible_secret_would_be_found(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """The check finds a secret in a state and in the log."""
    entry = await home.add(VENDORS[0])
    assert leaks(home, [*visible_texts(home, caplog)]) == []
    secret = entry.data["secret_key"]
    home.hass.states.async_set("sensor.leak", "on", {"about": secret})
    assert leaks(home, [*visible_texts(home, caplog)]) == [secret]
    home.hass.states.async_remove("sensor.leak")
    logging.getLogger("aiohttp").debug("calling with %s", secret)
    assert leaks(home, [*visible_texts(home, caplog)]) == [secret]
