"""Test that a room is booked and released by its calendar."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from homeassistant.components.calendar.const import CalendarEntityFeature
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from .desk import MADE, OPTIONS, RELEASED, ROOM, Desk
from .home import ALL_ROOMS, LISTERS, MORNING, QUANSHI, TENCENT, WECOM, Home
from .offices import change_options

HOUR: Final = timedelta(hours=1)
NOON: Final = MORNING.replace(hour=4, minute=0)
BOTH: Final = CalendarEntityFeature.CREATE_EVENT | CalendarEntityFeature.DELETE_EVENT


@pytest.fixture
def desk(home: Home) -> Desk:
    """Return a person who books rooms."""
    return Desk(home)


def calendar(desk: Desk, vendor: str) -> State:
    """Return the calendar of the room of a vendor."""
    return desk.home.state(vendor, ROOM[vendor], "bookings")


def features(desk: Desk, vendor: str) -> int:
    """Return what the calendar of a room can do."""
    return int(calendar(desk, vendor).attributes.get("supported_features", 0))


async def create(desk: Desk, vendor: str, **event: Any) -> None:
    """Create an event by the action of calendars."""
    await desk.home.hass.services.async_call(
        "calendar",
        "create_event",
        {"entity_id": calendar(desk, vendor).entity_id, "summary": "周会", **event},
        blocking=True,
    )


async def events(desk: Desk, vendor: str) -> list[dict[str, Any]]:
    """Return today's events of the calendar of a room, as the frontend gets them."""
    start = dt_util.start_of_local_day()
    entity = calendar(desk, vendor).entity_id
    found = (
        await desk.home.hass.data["calendar"]
        .get_entity(entity)
        .async_get_events(desk.home.hass, start, start + timedelta(days=2))
    )
    return [{"uid": each.uid, "start": each.start} for each in found]


async def command(
    client: MockHAClientWebSocket, desk: Desk, vendor: str, kind: str, **fields: Any
) -> Mapping[str, Any]:
    """Return the response to a command of the frontend about the calendar of a room."""
    entity_id = calendar(desk, vendor).entity_id
    await client.send_json_auto_id(
        {"type": f"calendar/event/{kind}", "entity_id": entity_id, **fields}
    )
    response: Mapping[str, Any] = await client.receive_json()
    return response


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_event_books_the_room_and_deleting_it_releases_the_room(
    desk: Desk, vendor: str, hass_ws_client: WebSocketGenerator
) -> None:
    """As the calendar panel does it; only the times and the summary are used."""
    await desk.open(vendor)
    client = await hass_ws_client(desk.home.hass)
    event = {
        "summary": "周会",
        "description": "秘密",
        "location": "别处",
        "dtstart": NOON.isoformat(),
        "dtend": (NOON + HOUR).isoformat(),
    }
    response = await command(client, desk, vendor, "create", event=event)
    assert response["success"]
    (booking,) = desk.at_vendor(vendor)
    assert booking.subject == "周会"
    assert desk.bookings(vendor) == [(NOON, NOON + HOUR)]
    (shown,) = await events(desk, vendor)
    assert shown["start"] == NOON
    response = await command(client, desk, vendor, "delete", uid=shown["uid"])
    assert response["success"]
    assert desk.written() == MADE[vendor] + RELEASED[vendor]
    assert await events(desk, vendor) == []
    assert desk.left_over() == 0


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_action_of_calendars_books_the_room(desk: Desk, vendor: str) -> None:
    """A time without a zone is in Home Assistant's."""
    await desk.open(vendor)
    start = dt_util.as_local(NOON).replace(tzinfo=None)
    await create(desk, vendor, start_date_time=start, end_date_time=start + HOUR)
    assert desk.bookings(vendor) == [(NOON, NOON + HOUR)]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_open_calendar_shows_a_booking_of_next_week_at_once(
    desk: Desk, vendor: str, hass_ws_client: WebSocketGenerator
) -> None:
    """Whoever made and released it, also by an action."""
    await desk.open(vendor)
    client = await hass_ws_client(desk.home.hass)
    start = NOON + 7 * 24 * HOUR
    span = {"start": (start - HOUR).isoformat(), "end": (start + HOUR).isoformat()}
    assert (await command(client, desk, vendor, "subscribe", **span))["success"]
    assert (await client.receive_json())["event"]["events"] == []
    booked = await desk.book(vendor, start=start)
    await desk.home.live(10)
    events = (await client.receive_json())["event"]["events"]
    assert [each["summary"] for each in events] == ["Booked"]
    await desk.release(vendor, booking_id=booked["booking_id"])
    await desk.home.live(10)
    assert (await client.receive_json())["event"]["events"] == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_own_bookings_can_be_deleted(
    desk: Desk, vendor: str, hass_ws_client: WebSocketGenerator
) -> None:
    """Those of others have no id in the calendar."""
    booking = desk.home.sim.company.book(vendor, ROOM[vendor], NOON, NOON + HOUR)
    await desk.open(vendor)
    assert [each["uid"] for each in await events(desk, vendor)] == [None]
    client = await hass_ws_client(desk.home.hass)
    response = await command(client, desk, vendor, "delete", uid=booking.booking_id)
    assert not response["success"]
    assert "made from Home Assistant" in response["error"]["message"]
    assert desk.written() == []


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (
            {"start_date": date(2026, 3, 18), "end_date": date(2026, 3, 19)},
            "event_all_day",
        ),
        ({"in": {"days": 1}}, "event_all_day"),
        (
            {"start_date_time": NOON - 3 * HOUR, "end_date_time": NOON - 2 * HOUR},
            "booking_in_past",
        ),
        (
            {"start_date_time": NOON, "end_date_time": NOON + 25 * HOUR},
            "booking_too_long",
        ),
    ],
)
async def test_an_event_that_cannot_be_booked_is_refused(
    desk: Desk, event: dict[str, Any], reason: str
) -> None:
    """Nothing is sent."""
    await desk.open(TENCENT)
    before = len(desk.home.sim.requests)
    with pytest.raises(HomeAssistantError) as caught:
        await create(desk, TENCENT, **event)
    assert caught.value.translation_key == reason
    assert len(desk.home.sim.requests) == before


async def test_a_recurring_event_is_refused(
    desk: Desk, hass_ws_client: WebSocketGenerator
) -> None:
    """The vendors cannot book one."""
    await desk.open(TENCENT)
    client = await hass_ws_client(desk.home.hass)
    event = {
        "summary": "周会",
        "dtstart": NOON.isoformat(),
        "dtend": (NOON + HOUR).isoformat(),
        "rrule": "FREQ=WEEKLY",
    }
    response = await command(client, desk, TENCENT, "create", event=event)
    assert "Recurring bookings" in response["error"]["message"]
    assert desk.written() == []


@pytest.mark.parametrize(
    ("vendor", "expected"), [(TENCENT, BOTH), (WECOM, BOTH), (QUANSHI, 0)]
)
async def test_events_can_be_added_where_the_vendor_can_book(
    desk: Desk, vendor: str, expected: int
) -> None:
    """Quanshi's API only reads."""
    await desk.open(vendor)
    assert features(desk, vendor) == expected


async def test_the_option_that_says_who_books_takes_effect_at_once(desk: Desk) -> None:
    """Without a member, the room can be released only."""
    entry = await desk.open(WECOM, ALL_ROOMS)
    coordinator = entry.runtime_data
    assert features(desk, WECOM) == CalendarEntityFeature.DELETE_EVENT
    change_options(desk.home, entry, **OPTIONS[WECOM])
    await desk.home.settle()
    assert features(desk, WECOM) == BOTH
    assert entry.runtime_data is coordinator
    change_options(desk.home, entry, organizer=" ")
    await desk.home.settle()
    assert features(desk, WECOM) == CalendarEntityFeature.DELETE_EVENT


@pytest.mark.parametrize("vendor", LISTERS)
async def test_titles_that_must_not_be_shown_are_not(desk: Desk, vendor: str) -> None:
    """The summary of an own event is no exception."""
    await desk.open(vendor)
    await create(
        desk, vendor, start_date_time=NOON, end_date_time=NOON + HOUR, summary="秘密"
    )
    states = desk.home.hass.states.async_all()
    assert [each.entity_id for each in states if "秘密" in str(each.as_dict())] == []


def test_noon_is_noon_in_beijing() -> None:
    """The tests book half hours."""
    assert datetime.fromisoformat("2026-03-17T12:00+08:00") == NOON
