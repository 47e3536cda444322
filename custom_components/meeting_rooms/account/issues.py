"""The repair issues of an account: what its user or administrator can fix."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.hass_dict import HassKey

from ..api.client import Feature
from ..api.errors import (
    AddressNotAllowed,
    ApiError,
    ClockSkew,
    DailyLimitReached,
    InvalidAuth,
    InvalidOperator,
    NotFound,
    OperatorRequired,
    PermissionDenied,
    RequestRejected,
)
from ..api.registry import VENDORS
from ..const import CONF_VENDOR, DOMAIN, UNKNOWN_AFTER

POLL: Final = "list"
"""The part of an account that the polls fetch, beside its features."""
ROOMS: Final = "rooms"
"""The part of the issues about rooms."""
_APIS: Final = "apis"
"""The part of the issues about APIs that a poll leaves out."""
_NEEDS_OPERATOR: Final = Feature.ROOM_BOOKINGS
"""The part that needs an operator at every account."""
_MAX_NAMES: Final = 10
_VERDICTS: Final = (InvalidAuth, NotFound, RequestRejected)
"""Errors that the vendor reports only where no cause of a repair issue is left."""
_ABSENCES: HassKey[Counter[str]] = HassKey(f"{DOMAIN}_issue_absences")


@dataclass(frozen=True, slots=True)
class RepairIssue:
    """A repair issue, and the placeholders of its text."""

    key: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    """What distinguishes it from others with the same key."""


class AccountIssues:
    """Show the repair issues of one account until their cause is fixed.

    Each part of the account has its own issues. An issue is deleted after the third report in a
    row without it, so that an error that comes and goes is one issue; an ignored one is kept.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Continue with the issues from before a reload or a failed setup."""
        self._hass = hass
        self._entry = entry
        self._absences = hass.data.setdefault(_ABSENCES, Counter())
        """The reports in a row without an issue, by its id."""

    def subjects_of(self, part: str, key: str) -> set[str]:
        """Return what the issues with a key are about that were shown before a reload."""
        prefix = f"{self._entry.entry_id}_{part}_{key}_"
        return {each.removeprefix(prefix) for each in _issues(self._hass, prefix)}

    @callback
    def report(
        self,
        part: str,
        issues: Iterable[RepairIssue] = (),
        *,
        delete_after: int = UNKNOWN_AFTER,
    ) -> None:
        """Show these issues of a part, and delete those that enough reports did not contain."""
        prefix = f"{self._entry.entry_id}_{part}_"
        present = set()
        for issue in issues:
            issue_id = prefix + "_".join(filter(None, (issue.key, issue.about)))
            self._show(issue_id, issue)
            present.add(issue_id)
        for issue_id, shown in _issues(self._hass, prefix).items():
            if issue_id in present:
                self._absences[issue_id] = 0
                continue
            self._absences[issue_id] += 1
            if self._absences[issue_id] >= delete_after and not shown.dismissed_version:
                ir.async_delete_issue(self._hass, DOMAIN, issue_id)

    @callback
    def report_denied(self, apis: Iterable[str]) -> None:
        """Show the APIs that a successful poll left out for want of a permission."""
        self.report(
            _APIS, [self._about_api("permission_api", api, api) for api in apis]
        )

    @callback
    def report_denied_write(self, api: str, *, in_calendar: bool) -> None:
        """Show that an account may not change bookings, or call rooms, by an API."""
        key = "permission_calendar_write" if in_calendar else "permission_write"
        self.report(api, [self._about_api(key, api)])

    @callback
    def report_error(self, part: str, err: ApiError, api: str | None = None) -> None:
        """Show the issue of an error, if it is one that can be fixed.

        An error that concerns the whole account is left to the polls. An error that says nothing
        about the cause of an earlier one changes nothing.
        """
        delete_after = UNKNOWN_AFTER
        match err:
            case PermissionDenied():
                issues = [self._about_api(f"permission_{part}", part)]
            case InvalidOperator() | OperatorRequired() if part == _NEEDS_OPERATOR:
                issues = [self._about_api(f"operator_{part}", part)]
            case DailyLimitReached(whole_account=False):
                issues = [self._about_api("daily_limit_interface", api or part)]
            case InvalidAuth() if part == POLL:
                # No poll follows until the user enters new credentials.
                issues, delete_after = [], 1
            case _ if isinstance(err, _VERDICTS):
                issues = []
            case _ if part != POLL:
                return
            case AddressNotAllowed(address=str(address)):
                issues = [RepairIssue(err.key, {"address": address})]
            case AddressNotAllowed() | ClockSkew() | DailyLimitReached():
                issues = [RepairIssue(err.key)]
            case _:
                return
        self.report(part, issues, delete_after=delete_after)

    def _about_api(self, key: str, api: str, about: str = "") -> RepairIssue:
        """Return an issue about an API, by its key in the vendor's api_names."""
        vendor = VENDORS[self._entry.data[CONF_VENDOR]]
        return RepairIssue(
            key,
            {
                "interface": vendor.api_names.get(api, api),
                "console_path": vendor.permissions_path,
            },
            about,
        )

    def _show(self, issue_id: str, issue: RepairIssue) -> None:
        """Show one issue; the registry writes it only if it changed."""
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=issue.key,
            translation_placeholders={
                "account": self._entry.title,
                "console_url": VENDORS[self._entry.data[CONF_VENDOR]].console_url,
                **issue.placeholders,
            },
        )


def enumeration(names: Collection[str]) -> str:
    """Return the first names, and how many more there are."""
    more = [f"… (+{len(names) - _MAX_NAMES})"] if len(names) > _MAX_NAMES else []
    return ", ".join([*islice(names, _MAX_NAMES), *more])


@callback
def async_clear_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete all issues of an account."""
    for issue_id in _issues(hass, f"{entry.entry_id}_"):
        ir.async_delete_issue(hass, DOMAIN, issue_id)


def _issues(hass: HomeAssistant, prefix: str) -> dict[str, ir.IssueEntry]:
    """Return the issues of the integration whose ids begin with a prefix, by id."""
    return {
        issue_id: issue
        for (domain, issue_id), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue_id.startswith(prefix)
    }
