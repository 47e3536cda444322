"""What people can mend themselves, as issues among Home Assistant's repairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..api.errors import (
    AddressNotAllowed,
    ApiError,
    ClockSkew,
    DailyLimitReached,
    InvalidAuth,
    NotFound,
    PermissionDenied,
    RequestRejected,
)
from ..api.registry import VENDORS
from ..const import CONF_VENDOR, DOMAIN

POLL: Final = "list"
"""The part of an account that the polls read, beside its features."""
ROOMS: Final = "rooms"
"""What the polls find out about rooms."""
_ANSWERS: Final = (InvalidAuth, NotFound, RequestRejected)
"""Errors that the vendor comes to only after it has found nothing else to be mended."""


@dataclass(frozen=True, slots=True)
class RepairIssue:
    """Something to be mended, and what the text about it needs to know."""

    key: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    """What tells it from others with the same key."""


class AccountIssues:
    """Show the troubles of one account until their cause is gone.

    Each part of the account has issues of its own. What an earlier attempt to set the account
    up has shown stands, ignored or not, until its part is reported on again.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Start with what is shown of the account."""
        self._hass = hass
        self._entry = entry
        self._shown: dict[str, dict[str, RepairIssue | None]] = {}

    def subjects_of(self, part: str, key: str) -> set[str]:
        """Return what the issues with a key, shown before a restart or a reload, are about."""
        prefix = f"{self._entry.entry_id}_{part}_{key}_"
        return {each.removeprefix(prefix) for each in _ids(self._hass, prefix)}

    @callback
    def report(self, part: str, troubles: Iterable[RepairIssue] = ()) -> None:
        """Show what is wrong with one part of the account now, and only that."""
        prefix = f"{self._entry.entry_id}_{part}_"
        if (shown := self._shown.get(part)) is None:
            shown = dict.fromkeys(_ids(self._hass, prefix))
        now: dict[str, RepairIssue | None] = {
            prefix + "_".join(filter(None, (trouble.key, trouble.about))): trouble
            for trouble in troubles
        }
        for issue_id in shown.keys() - now.keys():
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
        for issue_id, trouble in now.items():
            if trouble is not None and shown.get(issue_id) != trouble:
                self._show(issue_id, trouble)
        self._shown[part] = now

    @callback
    def report_error(self, part: str, err: ApiError, asked: str | None = None) -> None:
        """Show what an error of the vendor asks people to do, if anything.

        What concerns the whole account is left to the polls. An error that does not tell
        whether the cause of the one before is gone changes nothing.
        """
        match err:
            case PermissionDenied():
                found = [self._about_interface(f"permission_{part}", part)]
            case DailyLimitReached(whole_account=False):
                found = [self._about_interface("daily_limit_interface", asked or part)]
            case _ if isinstance(err, _ANSWERS):
                found = []
            case _ if part != POLL:
                return
            case AddressNotAllowed(address=str() as address):
                found = [RepairIssue(err.key, {"address": address})]
            case AddressNotAllowed() | ClockSkew() | DailyLimitReached():
                found = [RepairIssue(err.key)]
            case _:
                return
        self.report(part, found)

    def _about_interface(self, key: str, part: str) -> RepairIssue:
        """Return what is to be said of an interface that does not answer."""
        vendor = VENDORS[self._entry.data[CONF_VENDOR]]
        return RepairIssue(
            key,
            {
                "interface": vendor.api_names.get(part, part),
                "console_path": vendor.permissions_path,
            },
        )

    def _show(self, issue_id: str, trouble: RepairIssue) -> None:
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
    for issue_id in _ids(hass, f"{entry.entry_id}_"):
        ir.async_delete_issue(hass, DOMAIN, issue_id)


def _ids(hass: HomeAssistant, prefix: str) -> list[str]:
    """Return the issues of ours whose ids begin in one way."""
    return [
        issue_id
        for domain, issue_id in ir.async_get(hass).issues
        if domain == DOMAIN and issue_id.startswith(prefix)
    ]
