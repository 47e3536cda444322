"""Test the form that adds a conference to an account."""

from datetime import UTC, datetime
import json
from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.util import dt as dt_util
from simulator import Fault

from ..forms import (
    add_conference,
    fields_of,
    fill_in_conference,
    open_conference,
    options_of,
    suggested,
)
from ..home import ALL_ROOMS, ALL_TEXTS, QUANSHI, VENDORS, Home, is_in
from .bookings import book, running_booking

OTHER_SERVICE = '{"error_info": {"error_code": 10001, "message": "parameter error"}}'


async def test_conference_is_added_by_its_event_id(home: Home) -> None:
    """Store the event ID without white space, and use the title of the conference."""
    entry = await home.add(QUANSHI, ALL_TEXTS)
    event_id = str(book(home).event_id)
    form = await open_conference(home.hass, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "user")
    assert fields_of(form) == ["event_id", "pcode", "temp_conference_id"]
    result = await fill_in_conference(home.hass, form, {"event_id": f" {event_id} "})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "年会"
    (subentry,) = entry.subentries.values()
    assert subentry.data == {"event_id": event_id}
    assert subentry.unique_id == event_id
    assert entry.state is ConfigEntryState.LOADED


async def test_bookings_of_the_host_are_offered(home: Home) -> None:
    """Show title and local start, neither a hidden title nor an added conference."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    running, coming = home.leave_two_conferences()
    running.title, running.hidden = "并购谈判", True
    coming.title = "季度总结"
    entry = await home.add(QUANSHI, ALL_TEXTS)
    form = await open_conference(home.hass, entry)
    starts = [
        f"{dt_util.as_local(datetime.fromtimestamp(each.start, UTC)):%Y-%m-%d %H:%M}"
        for each in (running, coming)
    ]
    assert options_of(form, "event_id") == {
        str(running.event_id): f"Meeting {running.event_id} · {starts[0]}",
        str(coming.event_id): f"季度总结 · {starts[1]}",
    }
    await fill_in_conference(home.hass, form, {"event_id": str(coming.event_id)})
    form = await open_conference(home.hass, entry)
    assert {*options_of(form, "event_id")} == {str(running.event_id)}


async def test_booking_without_a_start_is_offered_by_its_title(home: Home) -> None:
    """Show the title alone."""
    row = {"eventId": 650002, "title": "季度总结", "status": 1}
    body = json.dumps({"status": 0, "result": {"conferences": [row]}})
    home.sim.set_response(QUANSHI, "list", None, body)
    entry = await home.add(QUANSHI, ALL_TEXTS)
    form = await open_conference(home.hass, entry)
    assert options_of(form, "event_id") == {"650002": "季度总结"}


@pytest.mark.parametrize("titles", ["busy_only", "organizer"])
async def test_titles_that_must_not_be_shown_are_in_no_form(
    home: Home, titles: str
) -> None:
    """Name the booking, the subentry and the device by the event ID."""
    entry = await home.add(QUANSHI, {**ALL_ROOMS, "titles": titles})
    booking = running_booking(home)
    event_id, name = str(booking.event_id), f"Meeting {booking.event_id}"
    form = await open_conference(home.hass, entry)
    assert options_of(form, "event_id")[event_id].startswith(f"{name} · ")
    result = await fill_in_conference(home.hass, form, {"event_id": event_id})
    assert result["title"] == name
    assert home.known_device(QUANSHI, "event", event_id).name == name
    shown = [str(state.as_dict()) for state in home.hass.states.async_all()]
    assert booking.title not in "".join((str(entry.as_dict()), *shown))


async def test_no_booking_is_offered_before_the_account_is_set_up(home: Home) -> None:
    """Open the form without bookings, and show the error after it is submitted."""
    entry = await home.start(home.entry(QUANSHI, base_url="http://127.0.0.1:9"))
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    form = await open_conference(home.hass, entry)
    assert options_of(form, "event_id") == {}
    form = await fill_in_conference(home.hass, form, {"event_id": "650000"})
    assert form["errors"] == {"base": "cannot_connect"}


async def test_conference_is_added_by_the_password_of_its_host(home: Home) -> None:
    """Store the event ID instead of the password."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    pcode = booking.secrets.pcode1
    result = await add_conference(home.hass, entry, {"pcode": f" {pcode} "})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = entry.subentries.values()
    assert subentry.data == {"event_id": str(booking.event_id)}
    assert pcode not in str(entry.as_dict())


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Meeting {}"), ("zh-Hans", "会议 {}")]
)
async def test_hidden_title_is_replaced_by_the_event_id(
    home: Home, language: str, title: str
) -> None:
    """Name the subentry and the device in the language of Home Assistant."""
    home.hass.config.language = language
    entry = await home.add(QUANSHI)
    booking = book(home, "秘密的并购")
    booking.hidden = True
    result = await add_conference(home.hass, entry, {"event_id": str(booking.event_id)})
    assert result["title"] == title.format(booking.event_id)
    device = home.known_device(QUANSHI, "event", str(booking.event_id))
    assert device.name == title.format(booking.event_id)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"event_id": " ", "pcode": ""},
        {"event_id": "650000", "pcode": "909090909090000001"},
        {"temp_conference_id": "1"},
    ],
    ids=["empty", "blank", "both", "run"],
)
async def test_exactly_one_of_event_id_and_password_is_required(
    home: Home, fields: dict[str, str]
) -> None:
    """Accept the event ID alone."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": "conference_required"}
    result = await fill_in_conference(home.hass, form, {"event_id": event_id})
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    "fields",
    [
        {"event_id": "1"},
        {"event_id": "no-number", "temp_conference_id": "1"},
        {"event_id": "9" * 30},
        {"pcode": "no-such-password"},
    ],
    ids=["unknown", "text", "long", "password"],
)
async def test_unknown_conference_has_an_error(
    home: Home, fields: dict[str, str]
) -> None:
    """Keep all values in the form, the password too."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": "conference_not_found"}
    assert suggested(form) == fields
    result = await fill_in_conference(home.hass, form, {"event_id": event_id})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_deleted_conference_has_an_error(home: Home) -> None:
    """Report it as unknown."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    home.sim.company.quanshi.delete(booking.event_id)
    form = await add_conference(home.hass, entry, {"event_id": str(booking.event_id)})
    assert form["errors"] == {"base": "conference_not_found"}


async def test_conference_without_a_live_state_has_an_error(home: Home) -> None:
    """Report a booking as unknown if its live state says that it does not exist."""
    entry = await home.add(QUANSHI)
    event_id = book(home).event_id
    state = {"eventId": event_id, "status": 0, "tempConferenceId": ""}
    body = json.dumps({"status": 0, "result": {"conferences": [state]}})
    home.sim.set_response(QUANSHI, "getStatus", None, body)
    form = await add_conference(home.hass, entry, {"event_id": str(event_id)})
    assert form["errors"] == {"base": "conference_not_found"}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "http", "status": 502}, "cannot_connect"),
        ({"kind": "http", "status": 429}, "rate_limited"),
        ({"kind": "redirect"}, "invalid_response"),
        ({"kind": "wrong_shape", "api": "infos"}, "invalid_response"),
        ({"kind": "http", "status": 400, "body": OTHER_SERVICE}, "wrong_service"),
    ],
)
async def test_form_keeps_all_values_after_an_api_error(
    home: Home, fault: dict[str, Any], error: str
) -> None:
    """Accept the same password once the error is over."""
    entry = await home.add(QUANSHI)
    fields = {"pcode": book(home).secrets.pcode1}
    home.sim.faults.add(Fault(vendor=QUANSHI, **fault))
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": error}
    assert suggested(form) == fields
    home.sim.faults.clear()
    result = await fill_in_conference(home.hass, form, fields)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_rejected_token_is_not_sent_again(home: Home) -> None:
    """Show the error after a rejected poll, and while the account is not set up."""
    entry = await home.add(QUANSHI)
    fields = {"event_id": str(book(home).event_id)}
    token, home.sim.accounts.quanshi.token = home.sim.accounts.quanshi.token, "another"
    await home.polls(1)
    home.sim.requests.clear()
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": "invalid_auth"}
    assert home.sim.requests.by_api() == {}
    await home.restart(entry)
    assert is_in(entry, ConfigEntryState.SETUP_ERROR)
    home.sim.requests.clear()
    form = await fill_in_conference(home.hass, form, fields)
    assert form["errors"] == {"base": "invalid_auth"}
    assert home.sim.requests.by_api() == {}
    home.sim.accounts.quanshi.token = token
    await home.restart(entry)
    result = await fill_in_conference(home.hass, form, fields)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("key", ["event_id", "pcode"])
async def test_conference_cannot_be_added_twice(home: Home, key: str) -> None:
    """Abort the second of two open forms, by event ID or by password."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    fields = {"event_id": str(booking.event_id), "pcode": booking.secrets.pcode1}
    first, second = [await open_conference(home.hass, entry) for _ in range(2)]
    await fill_in_conference(home.hass, first, {"event_id": fields["event_id"]})
    result = await fill_in_conference(home.hass, second, {key: fields[key]})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(entry.subentries) == 1


@pytest.mark.parametrize("vendor", VENDORS)
async def test_only_quanshi_accounts_accept_conferences(
    home: Home, vendor: str
) -> None:
    """Offer the subentry for no other vendor."""
    entry = await home.add(vendor)
    offered = "conference" in entry.supported_subentry_types
    assert offered is (vendor == QUANSHI)
