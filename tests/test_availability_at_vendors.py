"""Test the availability of rooms at each vendor, to the second and without a poll."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.rooms.availability import Availability
from homeassistant.const import STATE_UNKNOWN
from homeassistant.util import dt as dt_util
from simulator.company.booked_day import RoomBookingStatus
from simulator.company.room_bookings import RoomBooking

from .home import LISTERS, MORNING, QUANSHI, TENCENT, VENDORS, WECOM, Home
from .vendors import ROOM

MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
START: Final = MORNING + 30 * MINUTE
END: Final = START + 60 * MINUTE


@pytest.fixture
def empty(home: Home) -> Home:
    """Return a Home Assistant whose rooms are neither booked nor used."""
    for vendor in VENDORS:
        home.sim.company.clear_bookings(vendor)
        home.sim.company.end_meeting(vendor, ROOM[vendor])
    return home


class Room:
    """A room of an account, its bookings and its people."""

    def __init__(self, home: Home, vendor: str) -> None:
        """Choose the vendor."""
        self.home = home
        self.vendor = vendor
        self.company = home.sim.company

    def book(self, start: Any, end: Any, **texts: Any) -> RoomBooking:
        """Book the room."""
        return self.company.book(self.vendor, ROOM[self.vendor], start, end, **texts)

    def enter(self, booking: RoomBooking) -> None:
        """Let the people of a booking come."""
        begin: dict[str, Callable[[], object]] = {
            TENCENT: lambda: self.company.start_meeting(TENCENT, ROOM[TENCENT], 600),
            WECOM: lambda: self.company.start_meeting(WECOM, ROOM[WECOM], 600),
            QUANSHI: lambda: self.company.quanshi.start_conference(
                int(booking.booking_id)
            ),
        }
        begin[self.vendor]()

    def leave(self) -> None:
        """Let the people go."""
        self.company.end_meeting(self.vendor, ROOM[self.vendor])

    async def open(self) -> None:
        """Add the account."""
        await self.home.add(self.vendor)
        await self.home.live(10)

    async def at(self, moment: Any) -> str:
        """Advance to a moment in one step, and return the availability."""
        await self.home.pass_time((moment - dt_util.utcnow()).total_seconds())
        return self.shown("availability")

    def shown(self, key: str) -> str:
        """Return the state of an entity."""
        return self.home.shown(self.vendor, ROOM[self.vendor], key)


@pytest.fixture(params=VENDORS)
def room(empty: Home, request: pytest.FixtureRequest) -> Room:
    """Return a room of each vendor."""
    return Room(empty, request.param)


async def test_an_unused_booking_is_a_no_show_after_ten_minutes(room: Room) -> None:
    """Each state begins at its second, and not one before."""
    room.book(START, END)
    await room.open()
    states = [
        (moment, await room.at(moment))
        for moment in (
            START - 10 * MINUTE - SECOND,
            START - 10 * MINUTE,
            START - SECOND,
            START,
            START + 10 * MINUTE - SECOND,
            START + 10 * MINUTE,
            END - SECOND,
            END,
        )
    ]
    assert [state for _, state in states] == [
        "free",
        "starting_soon",
        "starting_soon",
        "booked",
        "booked",
        "no_show",
        "no_show",
        "free",
    ]
    assert room.shown("no_shows") == "1"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_meeting_runs_over_until_it_ends(empty: Home, vendor: str) -> None:
    """At Quanshi a booking ends with its conference."""
    room = Room(empty, vendor)
    booking = room.book(START, END)
    await room.open()
    await room.at(START)
    room.enter(booking)
    await room.home.polls(1)
    assert room.shown("availability") == "in_use"
    assert room.shown("until") == END.isoformat()
    assert await room.at(END - SECOND) == "in_use"
    assert await room.at(END) == "running_over"
    room.leave()
    await room.home.polls(1)
    assert room.shown("availability") == "free"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_empty_meeting_has_ended_early_after_five_minutes(
    empty: Home, vendor: str
) -> None:
    """It is no no-show, also when it lasted for less than a minute."""
    room = Room(empty, vendor)
    booking = room.book(START, END)
    await room.open()
    await room.at(START + MINUTE)
    room.enter(booking)
    await room.home.polls(1)
    room.leave()
    await room.home.polls(1)
    left = dt_util.utcnow()
    assert await room.at(left + 5 * MINUTE - SECOND) == "booked"
    assert await room.at(left + 5 * MINUTE) == "ended_early"
    assert await room.at(END) == "free"
    assert room.shown("no_shows") == "0"


async def test_a_conference_that_ends_early_leaves_its_room_empty(empty: Home) -> None:
    """Quanshi reports that the conference is over; the room is booked until its end."""
    room = Room(empty, QUANSHI)
    booking = room.book(START, END)
    await room.open()
    await room.at(START)
    room.enter(booking)
    await room.home.polls(1)
    assert room.shown("availability") == "in_use"
    room.leave()
    await room.home.polls(1)
    left = dt_util.utcnow()
    assert await room.at(left + 5 * MINUTE - SECOND) == "booked"
    assert await room.at(left + 5 * MINUTE) == "ended_early"
    assert await room.at(END) == "free"
    assert room.shown("no_shows") == "0"


async def test_a_requested_booking_does_not_reserve_the_room(room: Room) -> None:
    """Neither does a cancelled or a released one."""
    for status in (
        RoomBookingStatus.REQUESTED,
        RoomBookingStatus.CANCELLED,
        RoomBookingStatus.RELEASED,
    ):
        room.book(START, END, status=status)
    await room.open()
    assert await room.at(START) == "free"
    assert room.shown("next_meeting_start") == STATE_UNKNOWN


async def test_adjacent_bookings_are_two_meetings_without_a_gap(room: Room) -> None:
    """Overlapping ones count as one span."""
    room.book(START, END)
    room.book(END, END + 30 * MINUTE)
    room.book(END + 20 * MINUTE, END + 50 * MINUTE)
    await room.open()
    assert await room.at(START) == "booked"
    assert room.shown("until") == (END + 50 * MINUTE).isoformat()
    assert await room.at(START + 10 * MINUTE) == "no_show"
    assert await room.at(END) == "booked"
    assert await room.at(END + 10 * MINUTE) == "no_show"
    assert await room.at(END + 30 * MINUTE) == "no_show"
    assert await room.at(END + 50 * MINUTE) == "free"
    assert room.shown("no_shows") == "2"


async def test_a_moved_booking_ends_at_its_new_end(room: Room) -> None:
    """It is moved while it runs."""
    booking = room.book(START, END)
    await room.open()
    await room.at(START + MINUTE)
    room.company.move_booking(room.vendor, booking.booking_id, end=END + 30 * MINUTE)
    await room.home.live(600)
    assert room.shown("until") == (END + 30 * MINUTE).isoformat()
    assert await room.at(END) == "no_show"
    assert await room.at(END + 30 * MINUTE) == "free"
    assert room.shown("no_shows") == "1"


async def test_a_no_show_that_is_moved_counts_once(room: Room) -> None:
    """The room is a no-show again at the new time; it is still the same booking."""
    booking = room.book(START, END)
    await room.open()
    await room.at(START)
    assert await room.at(START + 10 * MINUTE) == "no_show"
    later = START + 40 * MINUTE
    room.company.move_booking(
        room.vendor, booking.booking_id, start=later, end=later + 60 * MINUTE
    )
    await room.home.live(600)
    assert await room.at(later) == "booked"
    assert await room.at(later + 10 * MINUTE) == "no_show"
    assert room.shown("no_shows") == "1"


async def test_another_booking_after_a_cancelled_no_show_counts(room: Room) -> None:
    """It is not the cancelled one at another time."""
    booking = room.book(START, END)
    await room.open()
    await room.at(START)
    assert await room.at(START + 10 * MINUTE) == "no_show"
    room.company.cancel_booking(room.vendor, booking.booking_id)
    later = START + 40 * MINUTE
    room.book(later, later + 60 * MINUTE)
    await room.home.live(600)
    await room.at(later)
    assert await room.at(later + 10 * MINUTE) == "no_show"
    assert room.shown("no_shows") == "2"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_each_occurrence_of_a_series_can_be_a_no_show(
    empty: Home, vendor: str
) -> None:
    """Occurrences share an id; a cancelled one says nothing about the next."""
    room = Room(empty, vendor)
    later = END + 60 * MINUTE
    booking = room.book(START, END, recurring_id="42")
    room.book(later, later + 60 * MINUTE, recurring_id="42")
    await room.open()
    await room.at(START)
    assert await room.at(START + 10 * MINUTE) == "no_show"
    room.company.cancel_booking(vendor, booking.booking_id)
    await room.home.live(600)
    assert room.shown("availability") == "free"
    await room.at(later)
    assert await room.at(later + 10 * MINUTE) == "no_show"
    assert room.shown("no_shows") == "2"


async def test_a_cancelled_booking_frees_the_room(room: Room) -> None:
    """It is cancelled while it runs."""
    booking = room.book(START, END)
    await room.open()
    await room.at(START + MINUTE)
    assert room.shown("availability") == "booked"
    room.company.cancel_booking(room.vendor, booking.booking_id)
    await room.home.live(600)
    assert room.shown("availability") == "free"
    assert room.shown("until") == STATE_UNKNOWN


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_offline_room_is_offline_unless_it_is_booked(
    empty: Home, vendor: str
) -> None:
    """Whether it is used is not known, so that its booking is no no-show."""
    room = Room(empty, vendor)
    room.book(START, END)
    empty.sim.company.change(vendor, ROOM[vendor], status=4)
    await room.open()
    assert room.shown("availability") == Availability.OFFLINE
    assert room.shown("utilization") == STATE_UNKNOWN
    assert await room.at(START - 5 * MINUTE) == "offline"
    assert await room.at(START) == "booked"
    assert await room.at(START + 30 * MINUTE) == "booked"
    assert await room.at(END) == "offline"
