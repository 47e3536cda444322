"""Test that conferences can be added to a Quanshi account by hand."""

import json
from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from simulator import Fault
from simulator.company.booking import Booking

from ..forms import add_conference, fill_in_conference, open_conference, suggested
from ..home import QUANSHI, TENCENT, WECOM, Home, is_in

DAY = 86_400


def book(home: Home, title: str = "年会", days: float = 5) -> Booking:
    """Book a conference that the host's list does not show yet."""
    start = home.clock().timestamp() + days * DAY
    return home.sim.company.quanshi.book(title, start, start + 3600)


def listed(home: Home) -> Booking:
    """Return a booking that is running, so that the host's list shows it."""
    now = home.clock().timestamp()
    return next(
        each for each in home.sim.company.quanshi.bookings if each.session_at(now)
    )


async def test_a_conference_is_added_by_its_event_id(home: Home) -> None:
    """It is followed from then on, however far ahead it is."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    assert home.device(QUANSHI, "event", event_id) is None
    form = await open_conference(home.hass, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "user")
    done = await fill_in_conference(home.hass, form, {"event_id": f" {event_id} "})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["title"] == "年会"
    (subentry,) = entry.subentries.values()
    assert subentry.data == {"event_id": event_id}
    assert subentry.unique_id == event_id
    assert entry.state is ConfigEntryState.LOADED
    device = home.known_device(QUANSHI, "event", event_id)
    assert device.config_subentry_id == subentry.subentry_id
    status = home.entity(QUANSHI, "event", event_id, "status")
    assert status.config_subentry_id == subentry.subentry_id
    assert home.shown(QUANSHI, "event", event_id, "status") == "created"
    await home.polls(3)
    assert home.shown(QUANSHI, "event", event_id, "status") == "created"


async def test_a_conference_is_added_by_its_hosts_password(home: Home) -> None:
    """The password finds it and is not kept."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    done = await add_conference(
        home.hass, entry, {"pcode": f" {booking.secrets.pcode1} "}
    )
    assert done["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = entry.subentries.values()
    assert subentry.data == {"event_id": str(booking.event_id)}
    assert booking.secrets.pcode1 not in str(entry.as_dict())
    assert home.device(QUANSHI, "event", str(booking.event_id)) is not None


async def test_one_run_of_a_conference(home: Home) -> None:
    """Its live counts are shown, although another may be the latest."""
    entry = await home.add(QUANSHI)
    booking = book(home, days=-5)
    run = home.sim.company.quanshi.start_conference(booking.event_id)
    home.sim.company.quanshi.end_conference(booking.event_id)
    home.sim.company.advance(60)
    event_id = str(booking.event_id)
    fields = {"event_id": event_id, "temp_conference_id": run.temp_id}
    await add_conference(home.hass, entry, fields)
    (subentry,) = entry.subentries.values()
    assert subentry.data == fields
    await home.enable_all(entry)
    assert home.shown(QUANSHI, "event", event_id, "run_id") == run.temp_id
    assert home.shown(QUANSHI, "event", event_id, "data_center") == "阿里云"


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Meeting {}"), ("zh-Hans", "会议 {}")]
)
async def test_a_hidden_title_is_not_the_title_of_the_subentry(
    home: Home, language: str, title: str
) -> None:
    """Its event id is, in the language of the office."""
    home.hass.config.language = language
    entry = await home.add(QUANSHI)
    booking = book(home, "秘密的并购")
    booking.hidden = True
    done = await add_conference(home.hass, entry, {"event_id": str(booking.event_id)})
    assert done["title"] == title.format(booking.event_id)
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
)
async def test_one_of_event_id_and_password_is_needed(
    home: Home, fields: dict[str, str]
) -> None:
    """Not none and not both."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": "conference_required"}
    done = await fill_in_conference(home.hass, form, {"event_id": event_id})
    assert done["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    "fields",
    [
        {"event_id": "1"},
        {"event_id": "no-number"},
        {"event_id": "9" * 30},
        {"pcode": "no-such-password"},
    ],
)
async def test_a_conference_that_quanshi_does_not_know(
    home: Home, fields: dict[str, str]
) -> None:
    """The password is not filled in again."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": "conference_not_found"}
    assert suggested(form) == {
        field: value for field, value in fields.items() if field != "pcode"
    }
    done = await fill_in_conference(home.hass, form, {"event_id": event_id})
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_a_deleted_conference_is_not_found(home: Home) -> None:
    """Although somebody still has its id."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    home.sim.company.quanshi.delete(booking.event_id)
    form = await add_conference(home.hass, entry, {"event_id": str(booking.event_id)})
    assert form["errors"] == {"base": "conference_not_found"}


async def test_a_conference_of_which_only_the_booking_is_left(home: Home) -> None:
    """Its live state says that it does not exist."""
    entry = await home.add(QUANSHI)
    event_id = book(home).event_id
    state = {"eventId": event_id, "status": 0, "tempConferenceId": ""}
    answer = json.dumps({"status": 0, "result": {"conferences": [state]}})
    home.sim.set_response(QUANSHI, "getStatus", None, answer)
    form = await add_conference(home.hass, entry, {"event_id": str(event_id)})
    assert form["errors"] == {"base": "conference_not_found"}


@pytest.mark.parametrize("number", [0, 1], ids=["gone at once", "still created"])
async def test_a_cancelled_conference_is_shown_as_such(home: Home, number: int) -> None:
    """Whatever its live state says."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    booking.cancelled = True
    booking.event_id = 700_000 + number
    event_id = str(booking.event_id)
    await add_conference(home.hass, entry, {"event_id": event_id})
    assert home.shown(QUANSHI, "event", event_id, "status") == "cancelled"
    await home.polls(3)
    assert home.shown(QUANSHI, "event", event_id, "status") == "cancelled"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "http", "status": 502}, "cannot_connect"),
        ({"kind": "http", "status": 401}, "invalid_auth"),
        ({"kind": "http", "status": 429}, "rate_limited"),
        ({"kind": "redirect"}, "invalid_response"),
        ({"kind": "wrong_shape", "api": "infos"}, "invalid_response"),
    ],
)
async def test_trouble_at_quanshi(
    home: Home, fault: dict[str, Any], error: str
) -> None:
    """It is told; once it is over the conference is added."""
    entry = await home.add(QUANSHI)
    fields = {"event_id": str(book(home).event_id)}
    home.sim.faults.add(Fault(vendor=QUANSHI, **fault))
    form = await add_conference(home.hass, entry, fields)
    assert form["errors"] == {"base": error}
    home.sim.faults.clear()
    done = await fill_in_conference(home.hass, form, fields)
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_a_refused_token_is_not_sent_by_looking_for_a_conference(
    home: Home,
) -> None:
    """Neither where a poll met the refusal, nor where the account was never set up."""
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
    done = await fill_in_conference(home.hass, form, fields)
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_a_conference_is_added_only_once(home: Home) -> None:
    """By whichever of its keys."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    await add_conference(home.hass, entry, {"event_id": str(booking.event_id)})
    again = await add_conference(home.hass, entry, {"pcode": booking.secrets.pcode1})
    assert again["type"] is FlowResultType.ABORT
    assert again["reason"] == "already_configured"
    assert len(entry.subentries) == 1


async def test_a_conference_that_was_followed_already_keeps_its_entities(
    home: Home,
) -> None:
    """Device and entities move to the subentry with all that people changed."""
    entry = await home.add(QUANSHI)
    event_id = str(listed(home).event_id)
    before = home.known_device(QUANSHI, "event", event_id)
    status = home.entity(QUANSHI, "event", event_id, "status")
    home.entities.async_update_entity(status.entity_id, new_entity_id="sensor.mine")
    held = {
        unique_id: entity.id
        for unique_id, entity in home.all_entities().items()
        if entity.device_id == before.id
    }
    assert before.config_subentry_id is None
    await add_conference(home.hass, entry, {"event_id": event_id})
    (subentry,) = entry.subentries.values()
    after = home.known_device(QUANSHI, "event", event_id)
    assert (after.id, after.config_subentry_id) == (before.id, subentry.subentry_id)
    moved = {
        unique_id: entity.id
        for unique_id, entity in home.all_entities().items()
        if entity.config_subentry_id == subentry.subentry_id
    }
    assert moved == held
    assert home.entity(QUANSHI, "event", event_id, "status").entity_id == "sensor.mine"
    assert home.shown(QUANSHI, "event", event_id, "status") == "in_progress"


async def test_a_conference_that_is_removed_by_hand_is_gone(home: Home) -> None:
    """With its device and its entities."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    await add_conference(home.hass, entry, {"event_id": event_id})
    (subentry_id,) = entry.subentries
    home.hass.config_entries.async_remove_subentry(entry, subentry_id)
    await home.settle()
    assert entry.state is ConfigEntryState.LOADED
    assert home.device(QUANSHI, "event", event_id) is None
    assert home.unique_id(QUANSHI, "event", event_id, "status") not in (
        home.all_entities()
    )
    await home.polls(2)
    assert home.device(QUANSHI, "event", event_id) is None


async def test_a_removed_conference_of_the_hosts_list_stays(home: Home) -> None:
    """It is followed with the other bookings of the host again."""
    entry = await home.add(QUANSHI)
    event_id = str(listed(home).event_id)
    await add_conference(home.hass, entry, {"event_id": event_id})
    (subentry_id,) = entry.subentries
    home.hass.config_entries.async_remove_subentry(entry, subentry_id)
    await home.settle()
    device = home.known_device(QUANSHI, "event", event_id)
    assert device.config_subentry_id is None
    assert home.shown(QUANSHI, "event", event_id, "status") == "in_progress"


async def test_only_quanshi_accounts_take_conferences(home: Home) -> None:
    """The others have none."""
    quanshi, tencent, wecom = [
        await home.add(each) for each in (QUANSHI, TENCENT, WECOM)
    ]
    assert {*quanshi.supported_subentry_types} == {"conference"}
    assert "conference" not in tencent.supported_subentry_types
    assert "conference" not in wecom.supported_subentry_types
