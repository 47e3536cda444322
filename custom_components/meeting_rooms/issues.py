"""What people can mend themselves, as issues among Home Assistant's repairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .api.errors import (
    AddressNotAllowed,
    ApiError,
    ClockSkew,
    DayUsedUp,
    PermissionDenied,
    UnnamedAddressNotAllowed,
)
from .const import CONF_VENDOR, DOMAIN
from .vendors import VENDORS

POLL: Final = "list"
"""The part of an account that the polls read, beside its features."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to be mended, and what the text about it needs to know."""

    key: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    """What tells it from others with the same key."""


class AccountIssues:
    """Show the troubles of one account until their cause is gone."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take over what an earlier attempt to set the account up has left."""
        self._hass = hass
        self._entry = entry
        self._reported: dict[str, dict[str, Trouble]] = {}
        self._shown: dict[str, Trouble | None] = dict.fromkeys(_ids_of(hass, entry))

    @callback
    def report(self, part: str, troubles: Iterable[Trouble] = ()) -> None:
        """Show what is wrong with one part of the account now, and only that."""
        self._reported[part] = {
            "_".join(
                filter(None, (self._entry.entry_id, trouble.key, trouble.about))
            ): trouble
            for trouble in troubles
        }
        now: dict[str, Trouble] = {}
        for reported in self._reported.values():
            now |= reported
        for issue_id in self._shown.keys() - now.keys():
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
        for issue_id, trouble in now.items():
            if self._shown.get(issue_id) != trouble:
                self._show(issue_id, trouble)
        self._shown = dict(now)

    @callback
    def report_error(self, part: str, err: ApiError) -> None:
        """Show what an error of the vendor asks people to do, if anything."""
        match err:
            case AddressNotAllowed():
                found = [Trouble(err.key, {"address": err.address})]
            case UnnamedAddressNotAllowed() | ClockSkew() | DayUsedUp():
                found = [Trouble(err.key)]
            case PermissionDenied():
                found = [self._denied(part)]
            case _:
                return
        self.report(part, found)

    def _denied(self, part: str) -> Trouble:
        """Return what is to be said of an interface that is not granted."""
        vendor = VENDORS[self._entry.data[CONF_VENDOR]]
        return Trouble(
            f"permission_{part}",
            {
                "interface": vendor.interfaces.get(part, part),
                "console_path": vendor.rights_path,
            },
        )

    def _show(self, issue_id: str, trouble: Trouble) -> None:
        """Show one trouble."""
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=trouble.key,
            translation_placeholders={
                "account": self._entry.title,
                "console_url": VENDORS[self._entry.data[CONF_VENDOR]].console_url,
                **trouble.placeholders,
            },
        )


@callback
def async_clear_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Show nothing more of an account."""
    for issue_id in _ids_of(hass, entry):
        ir.async_delete_issue(hass, DOMAIN, issue_id)


def _ids_of(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the issues that are shown of an account."""
    return [
        issue_id
        for domain, issue_id in ir.async_get(hass).issues
        if domain == DOMAIN and issue_id.startswith(f"{entry.entry_id}_")
    ]
