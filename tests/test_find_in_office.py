"""Test twenty questions in a company of more than five hundred rooms.

Each answer is compared with that of a slow second implementation, which knows what the test has
told the simulated vendors.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
import random
from typing import Any, Final

import pytest

from homeassistant.components.calendar import CalendarEvent
from homeassistant.const import STATE_UNKNOWN
from homeassistant.util import dt as dt_util
from simulator import RoomStatus

from .home import ALL_ROOMS, LISTERS, MORNING, QUANSHI, TENCENT, WECOM, Home
from .offices import OfficeCalendar, add_entities, linked
from .questions import Row, find

pytestmark = pytest.mark.timeout(300)

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
FAULTS: Final[tuple[Mapping[str, Any], ...]] = (
    *({},) * 6,
    {"camera": False},
    {"status": RoomStatus.OFFLINE},
    {"status": RoomStatus.IN_USE},
)

type Place = tuple[str, str, str]
type Span = tuple[datetime, datetime]


@dataclass(kw_only=True)
class Desk:
    """A room as the test has arranged it."""

    vendor: str
    room_id: str
    seats: int
    place: Place = ("", "", "")
    fault: Mapping[str, Any] = field(default_factory=dict)
    has_system: bool = True
    booked: list[Span] = field(default_factory=list)
    known: bool = True

    @property
    def name(self) -> str:
        """Return the name of the room."""
        return f"{self.vendor} {self.room_id}"

    @property
    def ready(self) -> bool | None:
        """Return whether its devices work."""
        broken = not {"camera", "status"}.isdisjoint(self.fault) and not self.used
        return not broken if self.has_system else None

    @property
    def used(self) -> bool:
        """Return whether people are in it."""
        return self.fault.get("status") == RoomStatus.IN_USE

    def is_free(self, span: Span) -> bool:
        """Return whether no known booking overlaps a span."""
        start, end = span
        return not self.known or all(
            to <= start or begin >= end for begin, to in self.booked
        )

    def free_until(self, span: Span, horizon: datetime) -> datetime | None:
        """Return the start of the next known booking."""
        later = [begin for begin, _ in self.booked if begin >= span[1]]
        known = [begin for begin in later if self.known and begin < horizon]
        return min(known, default=None)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question for free rooms."""

    people: int | None = None
    starts_in: timedelta = timedelta()
    length: timedelta = 30 * MINUTE
    limit: int = 5
    location: str = ""
    is_there: Callable[[Place], bool] = lambda _place: True
    vendor: str | None = None
    include_not_ready: bool = False

    def span(self, now: datetime) -> Span:
        """Return the time of the meeting."""
        start = now + self.starts_in
        return start, start + self.length

    def suits(self, desk: Desk, now: datetime) -> bool:
        """Return whether a room is an answer."""
        if self.people is not None and desk.seats < self.people:
            return False
        if self.vendor not in (None, desk.vendor) or not self.is_there(desk.place):
            return False
        if desk.ready is False and not self.include_not_ready:
            return False
        if desk.used and not self.starts_in:
            return False
        return desk.is_free(self.span(now))

    def order(self, desk: Desk, now: datetime, horizon: datetime) -> tuple[Any, ...]:
        """Return the key that sorts the answers."""
        until = desk.free_until(self.span(now), horizon)
        return (
            (desk.seats or inf) - (self.people or 0),
            [True, None, False].index(desk.ready),
            [True, False].index(desk.known),
            -(until.timestamp() if until else inf),
            desk.name,
        )

    async def ask(self, home: Home) -> list[Row]:
        """Return the rows of the answer."""
        fields: dict[str, Any] = {
            "location": self.location,
            "limit": self.limit,
            "include_not_ready": self.include_not_ready,
            "duration": {"minutes": self.length / MINUTE},
        }
        for key, value in (
            ("people", self.people),
            ("start", self.starts_in and now_of(home) + self.starts_in),
            ("config_entry_id", self.vendor and entry_id(home, self.vendor)),
        ):
            fields |= {key: value} if value else {}
        question = asyncio.ensure_future(find(home, **fields))
        await home.settle()
        while not question.done():
            await home.pass_time(1)
        return await question


QUESTIONS: Final = (
    Question(),
    Question(limit=20),
    Question(people=1, limit=20),
    Question(people=6),
    Question(people=7, limit=20),
    Question(people=12, length=2 * HOUR, limit=20),
    Question(people=40),
    Question(people=41),
    Question(people=8, include_not_ready=True, limit=20),
    Question(people=4, starts_in=HOUR, length=3 * HOUR, limit=20),
    Question(people=4, starts_in=MINUTE, include_not_ready=True, limit=20),
    Question(people=6, starts_in=DAY, length=HOUR, limit=20),
    Question(length=8 * HOUR, limit=20),
    Question(vendor=WECOM, limit=20),
    Question(vendor=QUANSHI, people=10, limit=20),
    Question(people=5, location="西安", is_there=lambda place: place[0] == "西安"),
    Question(
        location="望京soho 22楼",
        is_there=lambda place: place[1:] in {("望京 SOHO", "22F"), ("望京 SOHO", "22")},
        limit=20,
    ),
    Question(
        people=4,
        location="B1",
        is_there=lambda place: place[2] == "B1",
        starts_in=2 * HOUR,
        limit=20,
    ),
    Question(people=20, starts_in=5 * DAY, length=HOUR, limit=3),
    Question(people=6, starts_in=9 * DAY, length=2 * HOUR, vendor=WECOM, limit=20),
)


def now_of(home: Home) -> datetime:
    """Return the time, with its time zone."""
    return home.clock().replace(tzinfo=MORNING.tzinfo)


def entry_id(home: Home, vendor: str) -> str:
    """Return the id of a vendor's account."""
    entries = home.hass.config_entries.async_entries("meeting_rooms")
    return next(each.entry_id for each in entries if each.data["vendor"] == vendor)


def arranged(home: Home, rng: random.Random) -> list[Desk]:
    """Arrange all rooms of the company, and return what they are."""
    company = home.sim.company
    desks = []
    for vendor in LISTERS:
        for room in company.rooms_of(vendor):
            basic = room.properties.basic
            desk = Desk(
                vendor=vendor,
                room_id=room.room_id,
                seats=rng.choice([0, 4, 6, 8, 12, 20, 40]),
                place=(basic.city, basic.building, basic.floor),
                fault=rng.choice(FAULTS),
            )
            room.change(status=RoomStatus.IDLE, health_status="OK", alarms=[])
            room.change(camera=True, microphone=True, speaker=True, scheduled_status=1)
            room.change(participant_number=desk.seats, meeting_room_name=desk.name)
            room.change(**desk.fault)
            desks.append(desk)
    for each in company.quanshi.rooms.values():
        desk = Desk(
            vendor=QUANSHI,
            room_id=str(each.room_id),
            seats=rng.choice([0, 6, 10, 20]),
            place=(each.city, each.street, each.floor),
            has_system=False,
        )
        each.capacity, each.name = desk.seats, desk.name
        desks.append(desk)
    for desk in desks:
        desk.known = (desk.vendor, desk.room_id) != (WECOM, company.calendar.twin_of)
        for day in (0, 0, 1, 5, 9):
            start = MORNING + day * DAY + rng.randrange(-2, 18) * 30 * MINUTE
            span = start, start + rng.randrange(1, 5) * 30 * MINUTE
            company.book(desk.vendor, desk.room_id, *span)
            desk.booked.append(span)
    return desks


def told(desks: list[Desk], is_near: bool) -> list[str] | list[int]:
    """Return the names of rooms, or only their seats on a day with too few known bookings."""
    names, seats = [desk.name for desk in desks], [desk.seats for desk in desks]
    return names if is_near else seats


async def wait_for_values(home: Home) -> None:
    """Wait until the vendors have reported the devices and the bookings of all rooms."""
    rooms = [
        (vendor, room.room_id)
        for vendor in LISTERS
        for room in home.sim.company.rooms_of(vendor)
    ]
    problems = {home.entity(*room, "problem").entity_id for room in rooms}
    calendars = [home.unique_id(*room, "bookings") for room in rooms]
    doubtful = home.unique_id(WECOM, str(home.sim.company.calendar.twin_of), "bookings")
    calendars.remove(doubtful)
    while (
        problems & {*entity_ids(home, STATE_UNKNOWN)}
        or not {*calendars} <= home.all_entities().keys()
    ):
        await home.live(60)


def entity_ids(home: Home, state: str) -> list[str]:
    """Return the entities with a state."""
    return [
        each.entity_id for each in home.hass.states.async_all() if each.state == state
    ]


@pytest.mark.parametrize("rooms", [300])
async def test_twenty_questions_in_a_large_company(home: Home) -> None:
    """Of three vendors, with a calendar that is linked to a room."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    home.sim.company.clear_bookings(QUANSHI)
    desks = arranged(home, random.Random(11))
    calendar = OfficeCalendar("Office")
    await add_entities(home, "calendar", calendar)
    by_name = {desk.name: desk for desk in desks}
    first = desks[0]
    meeting = MORNING + 4 * HOUR, MORNING + 6 * HOUR
    first.booked.append(meeting)
    calendar.events = [CalendarEvent(start=meeting[0], end=meeting[1], summary="Plan")]
    link = linked(first.room_id, calendar="calendar.office")
    for vendor in (TENCENT, WECOM, QUANSHI):
        await home.add(vendor, {**ALL_ROOMS, **link})
    await wait_for_values(home)
    horizon = dt_util.start_of_local_day(MORNING.date() + 2 * DAY)
    answers, expected, wrong = [], [], []
    for question in QUESTIONS:
        now = now_of(home)
        found = [by_name[row["name"]] for row in await question.ask(home)]
        suitable = [desk for desk in desks if question.suits(desk, now)]
        suitable.sort(key=lambda desk: question.order(desk, now, horizon))
        wrong += [desk for desk in found if not question.suits(desk, now)]
        is_near = question.span(now)[1] <= horizon
        answers.append(told(found, is_near))
        expected.append(told(suitable[: question.limit], is_near))
    assert answers == expected
    assert wrong == []
