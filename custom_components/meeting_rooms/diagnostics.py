"""What helps to find a fault, without what must stay secret or says who is who."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntry

from .api.budget import Tier
from .api.limits import POLL_INTERVALS
from .api.registry import VENDORS
from .const import CONF_VENDOR, DOMAIN, SUBENTRY_CONFERENCE, SUBENTRY_WEBHOOK
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry

_PERSONAL_FIELDS = frozenset({"operator_id", "user_id"})
_TO_REDACT = _PERSONAL_FIELDS | frozenset(
    {
        "base_url",
        "billing_code",
        "customer_code",
        "host",
        "host_id",
        "host_location",
        "host_organization",
        "ip_address",
        "h323_addresses",
        "mac_address",
        "meeting_number",
        "serial_number",
        "title",
    }
)


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> dict[str, Any]:
    """Return what is known of an account; its settings alone where it was never set up."""
    loaded = entry.state is ConfigEntryState.LOADED
    return _without_secrets(
        entry,
        {
            "entry": {
                "data": dict(entry.data),
                "options": dict(entry.options),
                "conferences": [
                    dict(subentry.data)
                    for subentry in entry.subentries.values()
                    if subentry.subentry_type == SUBENTRY_CONFERENCE
                ],
                "webhook": bool(_webhook_secrets(entry)),
            },
            **(_findings(entry.runtime_data) if loaded else {}),
        },
    )


def _findings(coordinator: AccountCoordinator) -> dict[str, Any]:
    """Return what the account's readings brought."""
    return {
        "vendor_offers": sorted(coordinator.client.features),
        "reachable": coordinator.last_update_success,
        "last_error": _kind(coordinator.last_exception),
        "calls": _calls(coordinator),
        "settled": sorted(kind.__name__ for kind in coordinator.data.confirmed),
        "subjects": {
            key: {"kind": type(subject).__name__, **asdict(subject)}
            for key, subject in coordinator.data.subjects.items()
        },
    }


def _calls(coordinator: AccountCoordinator) -> dict[str, Any]:
    """Return what the account costs the vendor, and how the interval of polls was chosen."""
    budget, plan = coordinator.client.budget, coordinator.plan
    return {
        "limits": asdict(budget.limits),
        "today": budget.today.calls,
        "last_minute_used": budget.used,
        "since_start": {tier.name.lower(): budget.sent[tier] for tier in Tier},
        "paused_seconds": {api or "all": left for api, left in budget.paused.items()},
        "status_plan": {
            **asdict(plan),
            "calls_per_minute": plan.requests_per_minute,
            "intervals": list(POLL_INTERVALS),
        },
        "oldest_reading": coordinator.presence.oldest_update,
    }


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry, device: DeviceEntry
) -> dict[str, Any]:
    """Return what is known of one room, controller or conference, while the account runs."""
    prefix = f"{entry.unique_id}_"
    keys = {
        identifier.removeprefix(prefix)
        for domain, identifier in device.identifiers
        if domain == DOMAIN
    }
    if entry.state is not ConfigEntryState.LOADED:
        return {}
    coordinator = entry.runtime_data
    return _without_secrets(
        entry,
        {
            "reachable": coordinator.last_update_success,
            "subjects": {
                key: {"kind": type(subject).__name__, **asdict(subject)}
                for key, subject in coordinator.data.subjects.items()
                if key in keys
            },
        },
    )


def _kind(err: BaseException | None) -> str | None:
    """Return what kind of error it was; its text may name the account."""
    return None if err is None else type(err.__cause__ or err).__name__


def _without_secrets(
    entry: MeetingRoomsConfigEntry, found: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what was found, with secrets replaced by key and, wherever they stand, by value."""
    fields = VENDORS[entry.data[CONF_VENDOR]].secret_fields
    secrets = {
        entry.data[field]
        for field in fields | _PERSONAL_FIELDS
        if entry.data.get(field)
    }
    secrets |= _webhook_secrets(entry)
    secrets |= _values_of(found, {"mac_address", "serial_number"})
    redacted: dict[str, Any] = async_redact_data(
        _by_value(found, secrets), _TO_REDACT | fields
    )
    return redacted


def _webhook_secrets(entry: MeetingRoomsConfigEntry) -> set[str]:
    """Return the address that the vendor calls, and what it proves itself by."""
    return {
        value
        for subentry in entry.subentries.values()
        if subentry.subentry_type == SUBENTRY_WEBHOOK
        for value in subentry.data.values()
    }


def _values_of(found: Any, keys: set[str]) -> set[str]:
    """Return the texts that stand under some keys, however deep."""
    match found:
        case Mapping():
            here = {found[key] for key in keys & found.keys()}
            deeper = (_values_of(value, keys) for value in found.values())
            return {text for text in here if isinstance(text, str)}.union(*deeper)
        case list() | tuple():
            return set().union(*(_values_of(item, keys) for item in found))
    return set()


def _by_value(found: Any, secrets: set[str]) -> Any:
    """Return the same structure without the secrets, in keys and in values."""
    match found:
        case str():
            for secret in secrets:
                found = found.replace(secret, REDACTED)
            return found
        case Mapping():
            return {
                _by_value(key, secrets): _by_value(value, secrets)
                for key, value in found.items()
            }
        case list() | tuple() | set() | frozenset():
            return [_by_value(item, secrets) for item in found]
    return found
