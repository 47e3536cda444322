"""Test the calendars."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Approval, Fault
from simulator.company.booking import Booking

from .home import ALL_ROOMS, ALL_TEXTS, QUANSHI, Home

HOUR = 3600
DAY = 24 * HOUR
BUSY = {**ALL_ROOMS, "titles": "busy_only"}


@pytest.fixture
def bookings(home: Home) -> tuple[Booking, Booking]:
    """Return the current and the next booking of the host."""
    return home.leave_two_conferences()


async def events(home: Home, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Return the events of the host in a period, as an action does."""
    entity_id = home.entity(QUANSHI, "conferences").entity_id
    times = {"start_date_time": start.isoformat(), "end_date_time": end.isoformat()}
    found = await home.hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": entity_id, **times},
        blocking=True,
        return_response=True,
    )
    assert isinstance(found, dict)
    calendar: Any = found[entity_id]
    return [*calendar["events"]]


async def today(home: Home) -> list[dict[str, Any]]:
    """Return the events of today and tomorrow."""
    start = dt_util.start_of_local_day()
    return await events(home, start, start + timedelta(days=2))


def local(timestamp: float) -> str:
    """Return a time in Home Assistant's time zone."""
    return dt_util.as_local(dt_util.utc_from_timestamp(timestamp)).isoformat()


def requests(home: Home) -> int:
    """Return the number of requests for the host's bookings."""
    return home.sim.requests.count(QUANSHI, "list")


async def test_the_calendar_shows_the_hosts_bookings(
    home: Home, bookings: tuple[Booking, Booking]
) -> None:
    """Each has its title, its rooms and no description."""
    await home.add(QUANSHI, ALL_TEXTS)
    rooms = home.sim.company.quanshi.rooms
    assert await today(home) == [
        {
            "start": local(each.start),
            "end": local(each.end),
            "summary": each.title,
            "location": ", ".join(
                rooms[request.room_id].name
                for request in each.requests
                if request.approval is Approval.APPROVED
            ),
            "status": "confirmed",
        }
        for each in bookings
    ]


@pytest.mark.parametrize(
    ("language", "booked"), [("en", "Booked"), ("zh-Hans", "已预订")]
)
async def test_a_booking_without_texts_is_shown_as_booked(
    home: Home, bookings: tuple[Booking, Booking], language: str, booked: str
) -> None:
    """The word is in the language of Home Assistant."""
    home.hass.config.language = language
    await home.add(QUANSHI, BUSY)
    assert [each["summary"] for each in await today(home)] == [booked, booked]
    state = home.state(QUANSHI, "conferences")
    assert state.attributes["message"] == booked
    texts = "".join(str(each.as_dict()) for each in home.hass.states.async_all())
    assert bookings[0].title not in texts
    assert bookings[0].host_name not in texts


async def test_the_organizer_is_shown_if_permitted(
    home: Home, bookings: tuple[Booking, Booking]
) -> None:
    """A hidden title is shown like one that is not permitted."""
    bookings[0].hidden = True
    await home.add(QUANSHI, ALL_TEXTS)
    summaries = [each["summary"] for each in await today(home)]
    assert summaries == [bookings[0].host_name, bookings[1].title]


async def test_the_state_changes_at_the_second_of_a_booking(
    home: Home, bookings: tuple[Booking, Booking]
) -> None:
    """It is on during a booking, and shows the next one after it; no poll is needed."""
    home.sim.company.quanshi.end_conference(bookings[0].event_id)
    start = int(home.clock().timestamp()) + 70
    bookings[0].deleted = True
    booking = home.sim.company.quanshi.book("周会", start, start + 65)
    entry = await home.add(QUANSHI, ALL_TEXTS)
    home.hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await home.restart(entry)
    seen = []
    for seconds in (0, 69, 1, 64, 1):
        await home.pass_time(seconds)
        state = home.state(QUANSHI, "conferences")
        seen.append((state.state, state.attributes["message"]))
    next_title = bookings[1].title
    assert seen[:4] == [
        ("off", "周会"),
        ("off", "周会"),
        ("on", "周会"),
        ("on", "周会"),
    ]
    assert seen[4] == ("off", next_title)
    assert booking.title == "周会"


async def test_a_change_of_a_later_booking_is_written(
    home: Home, bookings: tuple[Booking, Booking]
) -> None:
    """The subscribers get all bookings, though the attributes are the same."""
    await home.add(QUANSHI, ALL_TEXTS)
    before = home.state(QUANSHI, "conferences").last_reported
    await home.polls(1)
    assert home.state(QUANSHI, "conferences").last_reported == before
    bookings[1].title = "年会"
    await home.polls(1)
    state = home.state(QUANSHI, "conferences")
    assert state.last_reported > before
    assert state.last_changed <= before


async def test_cancelled_bookings_are_not_shown(
    home: Home, bookings: tuple[Booking, Booking]
) -> None:
    """The other booking is."""
    home.sim.company.quanshi.cancel(bookings[1].event_id)
    await home.add(QUANSHI, ALL_TEXTS)
    assert [each["summary"] for each in await today(home)] == [bookings[0].title]


async def test_later_bookings_are_fetched_and_kept_for_five_minutes(
    home: Home, bookings: tuple[Booking, Booking]
) -> None:
    """Today's and tomorrow's are in memory."""
    diary, now = home.sim.company.quanshi, dt_util.utcnow()
    later = diary.book(
        "年会", now.timestamp() + 9 * DAY, now.timestamp() + 9 * DAY + 60
    )
    await home.add(QUANSHI, ALL_TEXTS)
    before = requests(home)
    assert len(await today(home)) == len(bookings)
    assert requests(home) == before
    period = now + timedelta(days=8), now + timedelta(days=80)
    for _ in range(2):
        found = await events(home, *period)
        assert [each["summary"] for each in found] == ["年会"]
    assert requests(home) == before + 1
    later.title = "新年会"
    await home.pass_time(301)
    assert [each["summary"] for each in await events(home, *period)] == ["新年会"]


async def test_an_error_of_the_vendor_is_reported(home: Home) -> None:
    """The error is translated, and the calendar in memory still works."""
    await home.add(QUANSHI)
    home.sim.faults.add(Fault("http", QUANSHI, status=502))
    now = dt_util.utcnow()
    with pytest.raises(HomeAssistantError) as caught:
        await events(home, now + timedelta(days=8), now + timedelta(days=9))
    assert caught.value.translation_key == "cannot_connect"
    assert await today(home)
    home.sim.faults.clear()
    assert await events(home, now + timedelta(days=8), now + timedelta(days=9)) == []


async def test_refused_credentials_are_not_sent_again(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """The calendar of the frontend shows an error."""
    await home.add(QUANSHI)
    home.sim.accounts.quanshi.token = "another"
    await home.polls(1)
    before = requests(home)
    client = await hass_client()
    entity_id = home.entity(QUANSHI, "conferences").entity_id
    period = {"start": "2026-04-01T00:00:00Z", "end": "2026-04-02T00:00:00Z"}
    response = await client.get(f"/api/calendars/{entity_id}", params=period)
    assert response.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "rejected the credentials" in (await response.json())["message"]
    assert requests(home) == before
