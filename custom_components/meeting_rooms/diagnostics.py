"""Diagnostics of an account and of its devices."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import count
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntry

from .account.snapshot import CONTROLLER_PREFIX, RoomController, Subject
from .api.budget import Tier
from .api.limits import POLL_INTERVALS
from .api.registry import VENDORS
from .const import CONF_VENDOR, DOMAIN, SUBENTRY_CONFERENCE, SUBENTRY_WEBHOOK
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .redaction import Redactor, values_of

_SERIAL_NUMBER: Final = "serial_number"
_KEYS_TO_REDACT: Final = frozenset(
    {
        "base_url",
        "billing_code",
        "customer_code",
        "h323_addresses",
        "host",
        "host_id",
        "host_location",
        "host_organization",
        "ip_address",
        "mac_address",
        "meeting_number",
        _SERIAL_NUMBER,
        "title",
    }
)


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> dict[str, Any]:
    """Return the settings of an account, and its state while it is loaded."""
    settings = {
        "data": dict(entry.data),
        "options": dict(entry.options),
        "conferences": _subentries(entry, SUBENTRY_CONFERENCE),
        "webhook": bool(_subentries(entry, SUBENTRY_WEBHOOK)),
    }
    state: dict[str, Any] = {}
    if entry.state is ConfigEntryState.LOADED:
        state = _state(entry.runtime_data)
    return await hass.async_add_executor_job(
        _redacted, entry, {"entry": settings, **state}
    )


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry, device: DeviceEntry
) -> dict[str, Any]:
    """Return the state of one room, controller or conference while its account is loaded."""
    if entry.state is not ConfigEntryState.LOADED:
        return {}
    prefix = f"{entry.unique_id}_"
    keys = {
        identifier.removeprefix(prefix)
        for domain, identifier in device.identifiers
        if domain == DOMAIN
    }
    coordinator = entry.runtime_data
    subjects = {
        key: subject
        for key, subject in coordinator.data.subjects.items()
        if key in keys
    }
    return await hass.async_add_executor_job(
        _redacted,
        entry,
        {"reachable": coordinator.last_update_success, "subjects": subjects},
    )


def _state(coordinator: AccountCoordinator) -> dict[str, Any]:
    """Return the state of an account, with the subjects of its snapshot."""
    return {
        "vendor_offers": sorted(coordinator.client.features),
        "reachable": coordinator.last_update_success,
        "last_error": _error_name(coordinator.last_exception),
        "requests": _requests(coordinator),
        "confirmed": sorted(kind.__name__ for kind in coordinator.data.confirmed),
        "subjects": coordinator.data.subjects,
    }


def _requests(coordinator: AccountCoordinator) -> dict[str, Any]:
    """Return the API requests of an account, and how its polling interval was chosen."""
    budget, plan = coordinator.client.budget, coordinator.plan
    return {
        "limits": asdict(budget.limits),
        "today": budget.today.requests,
        "last_minute_used": budget.used,
        "since_start": {tier.name.lower(): budget.sent[tier] for tier in Tier},
        "paused_seconds": {api or "all": left for api, left in budget.paused.items()},
        "status_plan": {
            **asdict(plan),
            "requests_per_minute": plan.requests_per_minute,
            "intervals": list(POLL_INTERVALS),
        },
        "oldest_status": coordinator.presence.oldest_update,
    }


def _error_name(err: BaseException | None) -> str | None:
    """Return the class of an error; its text may contain the account's name."""
    return None if err is None else type(err.__cause__ or err).__name__


def _subentries(entry: MeetingRoomsConfigEntry, kind: str) -> list[dict[str, Any]]:
    """Return the settings of an account's subentries of one kind."""
    return [
        dict(subentry.data)
        for subentry in entry.subentries.values()
        if subentry.subentry_type == kind
    ]


def _redacted(
    entry: MeetingRoomsConfigEntry, state: Mapping[str, Any]
) -> dict[str, Any]:
    """Return diagnostics without secrets; runs in an executor, for there may be many rooms."""
    found = {**state}
    if "subjects" in found:
        found["subjects"] = _described(found["subjects"])
    vendor = VENDORS.get(entry.data.get(CONF_VENDOR, ""))
    # Of an unknown vendor any field may be a secret.
    secret_fields = (
        frozenset(entry.data) - {CONF_VENDOR}
        if vendor is None
        else vendor.secret_fields
    )
    personal_fields = frozenset() if vendor is None else vendor.personal_fields
    redactor = Redactor(
        keys=_KEYS_TO_REDACT | secret_fields | personal_fields,
        secrets=[
            *_texts(entry.data, secret_fields),
            *(
                secret
                for webhook in _subentries(entry, SUBENTRY_WEBHOOK)
                for secret in _texts(webhook, webhook)
            ),
        ],
        persons=_texts(entry.data, personal_fields),
        serial_numbers=values_of(found, _SERIAL_NUMBER),
    )
    redacted: dict[str, Any] = redactor.redact(found)
    return redacted


def _described(subjects: Mapping[str, Subject]) -> dict[str, Any]:
    """Return the subjects; controllers get a number, for their keys contain MAC addresses."""
    numbers = count(1)
    return {
        (
            f"{CONTROLLER_PREFIX}{next(numbers)}"
            if isinstance(subject, RoomController)
            else key
        ): {"kind": type(subject).__name__, **asdict(subject)}
        for key, subject in subjects.items()
    }


def _texts(fields: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """Return the texts of some fields that are set."""
    return [fields[key] for key in keys if isinstance(fields.get(key), str)]
