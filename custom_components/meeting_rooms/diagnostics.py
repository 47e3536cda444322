"""Diagnostics of an account and of its devices."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import count
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntry

from .account.client import vendor_of
from .account.snapshot import CONTROLLER_PREFIX, RoomController, Subject
from .api.budget import Tier
from .api.limits import POLL_INTERVALS
from .const import CONF_VENDOR, SUBENTRY_CONFERENCE, SUBENTRY_WEBHOOK
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .devices import subject_keys
from .redaction import Redactor
from .rooms.room import Room

_KEYS_TO_REDACT: Final = frozenset(
    {
        "base_url",
        "billing_code",
        "current_title",
        "customer_code",
        "h323_addresses",
        "host",
        "host_id",
        "host_location",
        "host_organization",
        "ip_address",
        "mac_address",
        "meeting_number",
        "next_title",
        "organizer",
        "serial_number",
        "title",
    }
)


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> dict[str, Any]:
    """Return the settings of an account, and its state while it is loaded."""
    conferences = entry.get_subentries_of_type(SUBENTRY_CONFERENCE)
    settings = {
        "data": dict(entry.data),
        "options": dict(entry.options),
        "conferences": [dict(conference.data) for conference in conferences],
        "webhook": bool(entry.get_subentries_of_type(SUBENTRY_WEBHOOK)),
    }
    loaded = entry.state is ConfigEntryState.LOADED
    state = _state(entry.runtime_data) if loaded else {}
    return await hass.async_add_executor_job(
        _redacted, entry, {"entry": settings, **state}
    )


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry, device: DeviceEntry
) -> dict[str, Any]:
    """Return the state of one room, controller or conference while its account is loaded."""
    if entry.state is not ConfigEntryState.LOADED:
        return {}
    coordinator = entry.runtime_data
    subjects = coordinator.data.subjects
    state = {
        "reachable": coordinator.last_update_success,
        "subjects": {
            key: subjects[key] for key in subject_keys(entry, device) if key in subjects
        },
    }
    return await hass.async_add_executor_job(_redacted, entry, state)


def _state(coordinator: AccountCoordinator) -> dict[str, Any]:
    """Return the state of an account, with the subjects of its snapshot."""
    reachable = coordinator.last_update_success
    # Home Assistant keeps the exception after a successful poll.
    err = None if reachable else coordinator.last_exception
    return {
        "vendor_offers": sorted(coordinator.client.features),
        "reachable": reachable,
        # The class only: the text may contain the account's name.
        "last_error": None if err is None else type(err.__cause__ or err).__name__,
        "requests": _requests(coordinator),
        "bookings": _bookings(coordinator),
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


def _bookings(coordinator: AccountCoordinator) -> dict[str, Any]:
    """Return how fresh the bookings of an account are, what they cost, and where they are from."""
    sent, meetings = coordinator.client.budget.sent, coordinator.meetings
    matches = meetings.calendar_rooms.matches
    return {
        **asdict(meetings.freshness()),
        "requests": sent[Tier.BOOKINGS] + sent[Tier.REQUESTED],
        "known_rooms": len(coordinator.data.rooms_with_bookings),
        "linked_calendars": meetings.linked_calendars,
        "matches": None
        if matches is None
        else {
            "matched": len(matches.calendar_ids),
            "doubtful": len(matches.doubtful),
            "missing": len(matches.missing),
            "unmatched": len(matches.unmatched),
        },
    }


def _redacted(
    entry: MeetingRoomsConfigEntry, state: Mapping[str, Any]
) -> dict[str, Any]:
    """Return diagnostics without secrets; runs in an executor, for there may be many rooms."""
    subjects: Mapping[str, Subject] = state.get("subjects", {})
    vendor = vendor_of(entry)
    # Of an unknown vendor any field may be a secret.
    secret_fields = (
        entry.data.keys() - {CONF_VENDOR} if vendor is None else vendor.secret_fields
    )
    personal_fields = frozenset() if vendor is None else vendor.personal_fields
    redactor = Redactor(
        keys=_KEYS_TO_REDACT | secret_fields | personal_fields,
        secrets=[
            *_texts(entry.data, secret_fields),
            *(
                secret
                for webhook in entry.get_subentries_of_type(SUBENTRY_WEBHOOK)
                for secret in webhook.data.values()
            ),
        ],
        persons=_texts(entry.data, personal_fields),
        serial_numbers=[
            serial_number
            for room in subjects.values()
            if isinstance(room, Room)
            and (serial_number := room.known.hardware.serial_number) is not None
        ],
    )
    redacted: dict[str, Any] = redactor.redact(
        {**state, "subjects": _described(subjects)} if subjects else state
    )
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
