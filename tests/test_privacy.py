"""Test that the texts of bookings are found nowhere, unless the options allow them."""

import asyncio
from datetime import timedelta
import json
import logging
from typing import Any, Final

import pytest
from sqlalchemy import select

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.components.calendar import CalendarEvent
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.db_schema import Base
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir, restore_state
from homeassistant.helpers.recorder import get_instance, session_scope
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Fault
from simulator.vendors.tencent_meeting.webhook import Webhook

from .forms import add_conference
from .home import ALL_ROOMS, MORNING, QUANSHI, TENCENT, VENDORS, WECOM, Home
from .offices import OfficeCalendar, add_entities, change_options, linked
from .vendors import OTHER_ROOM, ROOM
from .webhooks import path_of, webhook_of

MINUTE: Final = timedelta(minutes=1)
LINKED: Final = OTHER_ROOM[TENCENT]
SPAN: Final = {
    "start_date_time": (MORNING - timedelta(days=1)).isoformat(),
    "end_date_time": (MORNING + timedelta(days=3)).isoformat(),
}
TEXTS: Final = (
    "CANARY-title",
    "CANARY-organizer",
    "CANARY-description",
    "CANARY-place",
    "CANARY-hidden",
)
TITLE, ORGANIZER, DESCRIPTION, PLACE, HIDDEN = TEXTS
KINDS: Final = {
    "meeting_subject",
    "meeting_organizer",
    "meeting_code",
    "join_url",
    "hidden_title",
    "attendee_mobile",
    "attendee_mail",
    "attendeeJoinUrl",
}
MEETING_EVENTS: Final = ("created", "updated", "started", "end", "canceled")


class Office:
    """Accounts at all vendors whose bookings have secret texts, and a linked calendar."""

    def __init__(self, home: Home) -> None:
        """Start without accounts."""
        self.home = home
        self.calendar = OfficeCalendar("Beijing")
        self.entries: dict[str, MockConfigEntry] = {}

    async def open(self, **options: str) -> None:
        """Book rooms now and later, and add the accounts with all of their entities."""
        home = self.home
        self._book()
        self.calendar.events = [self.event()]
        stored = {**ALL_ROOMS, **options, **linked(LINKED, calendar="calendar.beijing")}
        hook = webhook_of(home.sim)
        for vendor, subentries in ((TENCENT, (hook,)), (WECOM, ()), (QUANSHI, ())):
            entry = home.entry(vendor, stored, subentries)
            self.entries[vendor] = await home.start(entry)
        await home.live(10)
        for booking in home.sim.company.quanshi.bookings[-2:]:
            event = {"event_id": str(booking.event_id)}
            await add_conference(home.hass, self.entries[QUANSHI], event)
        for entry in self.entries.values():
            await home.enable_all(entry)
        await home.live(10)

    def _book(self) -> None:
        """Book a room of each vendor now and later; hide the title of the last booking."""
        company = self.home.sim.company
        for vendor in VENDORS:
            for start in (MORNING - 5 * MINUTE, MORNING + 90 * MINUTE):
                company.book(
                    vendor,
                    ROOM[vendor],
                    start,
                    start + 60 * MINUTE,
                    subject=TITLE,
                    organizer=ORGANIZER,
                )
        for booking in company.quanshi.bookings:
            booking.host_name = ORGANIZER
        last = company.quanshi.bookings[-1]
        last.title, last.hidden = HIDDEN, True

    @staticmethod
    def event() -> CalendarEvent:
        """Return an event of the linked calendar."""
        return CalendarEvent(
            start=MORNING,
            end=MORNING + 60 * MINUTE,
            summary=TITLE,
            description=DESCRIPTION,
            location=PLACE,
        )

    async def events(self) -> str:
        """Return the events of a room of each vendor in a long span, and those of the host."""
        calendars = [
            self.home.entity(QUANSHI, "conferences").entity_id,
            self.home.entity(TENCENT, LINKED, "bookings").entity_id,
            *(
                self.home.entity(vendor, ROOM[vendor], "bookings").entity_id
                for vendor in VENDORS
            ),
        ]
        action = self.home.hass.services.async_call(
            "calendar",
            "get_events",
            {"entity_id": calendars, **SPAN},
            blocking=True,
            return_response=True,
        )
        response = asyncio.ensure_future(action)
        # The requests may have to wait for the budget.
        while not response.done():
            self.home.clock.tick(1)
            self.home.fire_time()
            for _ in range(100):
                await self.home.breathe()
        return json.dumps(await response, ensure_ascii=False)

    def shown(self) -> str:
        """Return the states, registries, entries and repair issues of the accounts."""
        home = self.home
        entities = home.all_entities().values()
        states = (home.hass.states.get(each.entity_id) for each in entities)
        entries = home.hass.config_entries.async_entries(DOMAIN)
        return repr(
            [
                *(each.as_dict() for each in filter(None, states)),
                *(each.extended_dict for each in entities),
                *(each.dict_repr for each in home.all_devices().values()),
                *(each.as_dict() for each in entries),
                *ir.async_get(home.hass).issues.values(),
            ]
        )

    async def diagnostics(self, hass_client: ClientSessionGenerator) -> str:
        """Return the diagnostics of all accounts."""
        hass = self.home.hass
        found = [
            await get_diagnostics_for_config_entry(hass, hass_client, entry)
            for entry in self.entries.values()
        ]
        return json.dumps(found, ensure_ascii=False)

    async def database(self) -> str:
        """Return all that the recorder has stored."""
        await async_wait_recording_done(self.home.hass)
        recorder = get_instance(self.home.hass)
        return await recorder.async_add_executor_job(self._rows)

    def _rows(self) -> str:
        """Return the rows of all tables."""
        tables = Base.metadata.sorted_tables
        with session_scope(hass=self.home.hass, read_only=True) as session:
            return repr([session.execute(select(each)).all() for each in tables])

    def found_in(self, *texts: str) -> list[str]:
        """Return the texts of bookings that were found."""
        canaries = self.home.sim.canaries
        secrets = {each for kind in KINDS for each in canaries.of(kind)} | {*TEXTS}
        everything = "\n".join(texts)
        return sorted(each for each in secrets if each in everything)


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture
def recorder_config() -> dict[str, Any]:
    """Let the recorder write many states at once."""
    return {"commit_interval": 60}


@pytest.fixture
async def office(home: Home) -> Office:
    """Return the office, with the linked calendar."""
    office = Office(home)
    await add_entities(home, "calendar", office.calendar)
    return office


@pytest.fixture(autouse=True)
def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    """Log all that can be logged, except the work of the database."""
    for name in ("homeassistant.components.recorder", "sqlalchemy"):
        caplog.set_level(logging.WARNING, name)
    for name in ("root", "custom_components", "homeassistant"):
        caplog.set_level(logging.DEBUG, name)


@pytest.fixture
async def vendor(
    office: Office, hass_client_no_auth: ClientSessionGenerator
) -> Webhook:
    """Return the vendor that pushes events."""
    home = office.home
    for component in ("diagnostics", DOMAIN):
        assert await async_setup_component(home.hass, component, {})
    client = await hass_client_no_auth()
    home.sim.webhook.url = str(client.make_url(path_of()))
    return home.sim.webhook


async def push_events(office: Office, vendor: Webhook) -> None:
    """Push every event about a meeting."""
    start = MORNING + 200 * MINUTE
    company = office.home.sim.company
    booking = company.book(TENCENT, ROOM[TENCENT], start, start + 30 * MINUTE)
    for kind in MEETING_EVENTS:
        assert (await vendor.meeting(f"meeting.{kind}", booking)).acknowledged
        await office.home.settle()


async def hold_meetings(office: Office) -> None:
    """Let people come and go; the second booking is a no-show."""
    home = office.home
    for each in VENDORS:
        home.sim.company.start_meeting(each, ROOM[each])
    await home.polls(4)
    for each in VENDORS:
        home.sim.company.end_meeting(each, ROOM[each])
    await home.polls(12)
    await home.pass_time(5400)
    await home.live(60)


async def fail_everywhere(office: Office) -> None:
    """Let every API and the linked calendar fail with the texts in the error."""
    home = office.home
    secrets = " ".join([*home.sim.canaries, *TEXTS])
    for fault in (
        Fault(kind="http", status=500, body=f"no {secrets}"),
        Fault(kind="http", status=200, body=f'{{"subject": "{secrets}"'),
        Fault(kind="vendor_code", code=50002, message=secrets),
    ):
        home.sim.faults.add(fault)
        office.calendar.error = HomeAssistantError(secrets)
        office.calendar.change(office.event())
        await home.polls(2)
        home.sim.faults.clear()
        office.calendar.error = None
        office.calendar.change(office.event())
        await home.polls(2)


@pytest.mark.timeout(120)
async def test_no_text_of_a_booking_is_found_with_the_default_options(
    recorder_mock: Recorder,
    office: Office,
    vendor: Webhook,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither in states, registries, the database, the storage nor the log."""
    await office.open()
    await push_events(office, vendor)
    await office.events()
    await hold_meetings(office)
    await fail_everywhere(office)
    texts = [office.shown(), await office.events()]
    await restore_state.async_get(office.home.hass).async_dump_states()
    for entry in office.entries.values():
        assert await office.home.hass.config_entries.async_unload(entry.entry_id)
    database = await office.database()
    storage = json.dumps(hass_storage, ensure_ascii=False, default=str)
    assert office.found_in(*texts, database, storage, caplog.text) == []
    assert "no_show" in database
    assert "core.restore_state" in hass_storage
    assert "meeting_rooms" in caplog.text


async def test_only_names_of_organizers_are_shown_if_titles_are_not_allowed(
    office: Office,
) -> None:
    """Descriptions, places and titles are not kept; codes and links are never parsed."""
    await office.open(titles="organizer")
    found = {*office.found_in(office.shown(), await office.events())}
    assert ORGANIZER in found
    assert found <= {ORGANIZER, *office.home.sim.canaries.of("meeting_organizer")}


async def test_titles_are_shown_but_no_hidden_one_if_titles_are_allowed(
    office: Office,
) -> None:
    """The vendor's own option to hide a title is stronger than this one."""
    await office.open(titles="full")
    found = {*office.found_in(office.shown(), await office.events())}
    assert {TITLE, ORGANIZER} <= found
    assert found.isdisjoint({HIDDEN, DESCRIPTION, PLACE})
    assert found.isdisjoint(office.home.sim.canaries.of("meeting_code"))


@pytest.mark.parametrize("titles", ["busy_only", "full"])
async def test_diagnostics_contain_no_text_even_if_titles_are_allowed(
    office: Office, vendor: Webhook, hass_client: ClientSessionGenerator, titles: str
) -> None:
    """Users give diagnostics to others."""
    del vendor
    await office.open(titles=titles)
    assert office.found_in(await office.diagnostics(hass_client)) == []


@pytest.mark.parametrize("titles", ["busy_only", "organizer"])
async def test_texts_that_are_no_longer_allowed_disappear_at_once(
    office: Office, titles: str
) -> None:
    """No vendor needs to respond."""
    await office.open(titles="full")
    await office.events()
    office.home.sim.faults.add(Fault(kind="http", status=500))
    office.calendar.error = HomeAssistantError("failed")
    for entry in office.entries.values():
        change_options(office.home, entry, titles=titles)
    await office.home.settle()
    shown = office.shown()
    assert TITLE not in shown
    assert (ORGANIZER in shown) == (titles == "organizer")


@pytest.mark.parametrize("titles", ["busy_only", "organizer"])
async def test_a_calendar_forgets_texts_that_are_no_longer_allowed(
    office: Office, titles: str
) -> None:
    """What was requested before is requested again."""
    await office.open(titles="full")
    assert TITLE in await office.events()
    for entry in office.entries.values():
        change_options(office.home, entry, titles=titles)
    await office.home.settle()
    events = await office.events()
    assert TITLE not in events
    assert (ORGANIZER in events) == (titles == "organizer")
