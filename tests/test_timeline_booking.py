"""Test which rooms a dashboard offers to book, and which bookings to release, to whom."""

from datetime import timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from simulator import Fault

from .home import ALL_ROOMS, QUANSHI, TENCENT, VENDORS, WECOM, Home
from .offices import change_options
from .vendors import OTHER_ROOM, ROOM

HOUR: Final = timedelta(hours=1)
ORGANIZER: Final = {"organizer": "zhangsan"}
NOTHING: Final[dict[str, Any]] = {"book": [], "book_step": None}
TENCENT_OFFER: Final = {"book": [15, 30, 60], "book_step": None}
WECOM_OFFER: Final = {"book": [30, 60], "book_step": 30}


class Dashboard:
    """A user's dashboard."""

    def __init__(
        self, home: Home, connect: WebSocketGenerator, token: str | None = None
    ) -> None:
        """Use a Home Assistant as an administrator, or as the user of a token."""
        self.home = home
        self._connect = connect
        self._login = [] if token is None else [token]

    async def places(self, **fields: Any) -> dict[str, Any]:
        """Return the places of rooms."""
        client = await self._connect(self.home.hass, *self._login)
        await client.send_json_auto_id({"type": f"{DOMAIN}/places", **fields})
        places: dict[str, Any] = (await client.receive_json())["result"]
        await client.close()
        return places

    async def offer(self, vendor: str, room_id: str = "") -> dict[str, Any]:
        """Return for how long the user can book a room."""
        device = self.home.known_device(vendor, room_id or ROOM[vendor])
        place = (await self.places())[device.id]
        return {key: place[key] for key in NOTHING}

    async def own(self) -> list[str | None]:
        """Return the id of each booking of a room that the user may release; None for others."""
        client = await self._connect(self.home.hass, *self._login)
        await client.send_json_auto_id({"type": f"{DOMAIN}/timeline/subscribe"})
        await client.receive_json()
        rooms = (await client.receive_json())["event"]["rooms"]
        await client.close()
        bookings = rooms[availability(self.home)]["bookings"]
        return [each["booking_id"] for each in bookings]


def availability(home: Home) -> str:
    """Return the availability of the room at Tencent Meeting."""
    return home.entity(TENCENT, ROOM[TENCENT], "availability").entity_id


def calendar(home: Home) -> str:
    """Return the calendar of the room at Tencent Meeting."""
    return home.entity(TENCENT, ROOM[TENCENT], "bookings").entity_id


async def act(home: Home, action: str) -> Any:
    """Book or release the room at Tencent Meeting, and return the response."""
    device = home.known_device(TENCENT, ROOM[TENCENT])
    fields = {"device_id": device.id}
    response = await home.hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True
    )
    await home.settle()
    return response


@pytest.fixture
async def dashboard(home: Home, hass_ws_client: WebSocketGenerator) -> Dashboard:
    """Return the dashboard of an administrator; no room is booked."""
    for component in (DOMAIN, "calendar"):
        assert await async_setup_component(home.hass, component, {})
    for vendor in (TENCENT, WECOM):
        home.sim.company.clear_bookings(vendor)
    return Dashboard(home, hass_ws_client)


@pytest.fixture
def guest(
    dashboard: Dashboard,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> Dashboard:
    """Return the dashboard of a user who may read everything and control nothing."""
    return Dashboard(dashboard.home, hass_ws_client, hass_read_only_access_token)


@pytest.mark.parametrize(
    ("vendor", "offer"),
    [(TENCENT, TENCENT_OFFER), (WECOM, WECOM_OFFER), (QUANSHI, NOTHING)],
)
async def test_the_lengths_are_those_that_a_vendor_books(
    dashboard: Dashboard, vendor: str, offer: dict[str, Any]
) -> None:
    """With the step at whose multiples its bookings start and end."""
    home = dashboard.home
    await home.add(vendor, {**ALL_ROOMS, **ORGANIZER})
    await home.live(10)
    assert await dashboard.offer(vendor) == offer


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_that_is_not_loaded_offers_nothing(
    dashboard: Dashboard, vendor: str
) -> None:
    """Its rooms are still on the dashboard."""
    home = dashboard.home
    entry = await home.add(vendor, {**ALL_ROOMS, **ORGANIZER})
    await home.live(10)
    await home.hass.config_entries.async_unload(entry.entry_id)
    assert await dashboard.offer(vendor) == NOTHING


async def test_an_account_that_cannot_be_reached_offers_nothing(
    dashboard: Dashboard,
) -> None:
    """With the third failed poll, its rooms are unavailable."""
    home = dashboard.home
    await home.add(TENCENT)
    assert await dashboard.offer(TENCENT) == TENCENT_OFFER
    home.sim.faults.add(Fault("http", status=502))
    await home.polls(4)
    assert home.shown(TENCENT, ROOM[TENCENT], "availability") == "unavailable"
    assert await dashboard.offer(TENCENT) == NOTHING


async def test_an_account_without_an_operator_offers_nothing(
    dashboard: Dashboard,
) -> None:
    """Tencent Meeting books in the name of a user."""
    home = dashboard.home
    home.sim.accounts.tencent_meeting.operator_required = False
    entry = home.entry(TENCENT)
    data = {key: each for key, each in entry.data.items() if key != "operator_id"}
    home.hass.config_entries.async_update_entry(entry, data=data)
    await home.start(entry)
    assert (await dashboard.offer(TENCENT))["book"] == []


async def test_rooms_at_wecom_need_a_member_who_books(dashboard: Dashboard) -> None:
    """The option takes effect at once."""
    home = dashboard.home
    entry = await home.add(WECOM)
    await home.live(10)
    assert (await dashboard.offer(WECOM))["book"] == []
    change_options(home, entry, **ORGANIZER)
    await home.settle()
    assert await dashboard.offer(WECOM) == WECOM_OFFER


async def test_a_room_that_is_not_open_for_booking_offers_nothing(
    dashboard: Dashboard,
) -> None:
    """The other rooms do."""
    home = dashboard.home
    home.sim.company.change(TENCENT, ROOM[TENCENT], scheduled_status=0)
    home.sim.company.change(TENCENT, OTHER_ROOM[TENCENT], scheduled_status=1)
    await home.add(TENCENT)
    assert (await dashboard.offer(TENCENT))["book"] == []
    assert await dashboard.offer(TENCENT, OTHER_ROOM[TENCENT]) == TENCENT_OFFER


async def test_a_user_who_may_not_control_a_room_is_offered_nothing(
    guest: Dashboard,
) -> None:
    """The place is that of the room."""
    home = guest.home
    entry = await home.add(TENCENT)
    assert await guest.offer(TENCENT) == NOTHING
    device = home.known_device(TENCENT, ROOM[TENCENT])
    assert (await guest.places())[device.id]["account"] == entry.title


async def test_the_right_is_that_on_the_calendar_of_the_room(
    guest: Dashboard, hass_read_only_user: MockUser
) -> None:
    """It is of one room."""
    home = guest.home
    await home.add(TENCENT)
    entities = {each.entity_id: {"read": True} for each in home.all_entities().values()}
    entities[calendar(home)] = {"read": True, "control": True}
    hass_read_only_user.mock_policy({"entities": {"entity_ids": entities}})
    assert await guest.offer(TENCENT) == TENCENT_OFFER
    assert await guest.offer(TENCENT, OTHER_ROOM[TENCENT]) == NOTHING


async def test_a_card_asks_for_its_room_only(dashboard: Dashboard) -> None:
    """A dashboard with all rooms asks for all of them."""
    home = dashboard.home
    await home.add(TENCENT)
    places = await dashboard.places(entity_ids=[availability(home)])
    assert places.keys() == {home.known_device(TENCENT, ROOM[TENCENT]).id}
    assert len(await dashboard.places()) == 8


async def test_a_booking_from_home_assistant_can_be_released(
    dashboard: Dashboard, guest: Dashboard
) -> None:
    """By a user who may control the room; the booking of another user cannot."""
    home = dashboard.home
    later = home.clock() + 2 * HOUR
    home.sim.company.book(TENCENT, ROOM[TENCENT], later, later + HOUR)
    await home.add(TENCENT)
    await home.live(10)
    assert await dashboard.own() == [None]
    booked = await act(home, "book_room")
    assert await dashboard.own() == [booked["booking_id"], None]
    assert await guest.own() == [None, None]
    await act(home, "release_room")
    assert await dashboard.own() == [None]


async def test_a_booking_can_be_released_after_a_restart(dashboard: Dashboard) -> None:
    """What was booked from Home Assistant is stored."""
    home = dashboard.home
    entry = await home.add(TENCENT)
    await home.live(10)
    booked = await act(home, "book_room")
    await home.restart(entry)
    await home.live(10)
    assert await dashboard.own() == [booked["booking_id"]]
