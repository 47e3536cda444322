"""Test that accounts work although the file of request counts cannot be loaded."""

from typing import Any
from unittest.mock import patch

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from ..forms import fill_in, open_form
from ..home import TENCENT, WECOM, Home, credentials, is_in

STORE = "meeting_rooms.calls"
NEWER = {"version": 2, "minor_version": 1, "key": STORE, "data": {"counts": []}}
WARNING = "request counts start at 0 and are not saved"


async def test_a_file_of_request_counts_of_a_newer_version_is_not_changed(
    home: Home, hass_storage: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """The accounts start with a count of 0, and one line is logged."""
    hass_storage[STORE] = dict(NEWER)
    for vendor in (TENCENT, WECOM):
        entry = await home.add(vendor)
        assert is_in(entry, ConfigEntryState.LOADED)
        assert int(home.shown(vendor, "calls_today")) < 1000
    assert caplog.text.count(WARNING) == 1
    await home.live(310)
    await home.hass.config_entries.async_remove(entry.entry_id)
    assert hass_storage[STORE] == NEWER


async def test_a_form_works_with_the_file_of_a_newer_version(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """The form uses the request budget of the account as well."""
    hass_storage[STORE] = dict(NEWER)
    form = await open_form(home.hass, TENCENT)
    form = await fill_in(home.hass, form, credentials(home.sim, TENCENT))
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "rooms")


@pytest.mark.parametrize(
    "error",
    [
        IsADirectoryError(),
        PermissionError(),
        HomeAssistantError("unreadable"),
        KeyError("version"),
        TypeError("a list"),
        NotImplementedError(),
    ],
    ids=repr,
)
async def test_accounts_work_although_the_file_of_request_counts_cannot_be_loaded(
    home: Home, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder in place of the file does not stop the accounts."""
    load = Store.async_load

    async def load_others(store: Store[Any]) -> Any:
        """Fail for the file of request counts only."""
        match store.key:
            case "meeting_rooms.calls":
                raise error
        return await load(store)

    with patch.object(Store, "async_load", load_others):
        entry = await home.add(TENCENT)
    assert is_in(entry, ConfigEntryState.LOADED)
    assert caplog.text.count(WARNING) == 1
