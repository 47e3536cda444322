"""Test which rooms suit a meeting, and which of them is best."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.api.models.room import (
    Device,
    DeviceHealth,
    RoomStatus,
    RoomSummary,
)
from custom_components.meeting_rooms.rooms.finder import Candidate, Wish, find_rooms
from custom_components.meeting_rooms.rooms.outlook import Outlook
from custom_components.meeting_rooms.rooms.room import Room
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule

from .bookings import SECOND, at, booking, schedule, span

READY: Final = DeviceHealth(camera=True)
BROKEN: Final = DeviceHealth(camera=False)
HALF_PAST_NINE: Final = at("9:30")


def candidate(
    name: str,
    *times: str,
    capacity: int | None = None,
    health: DeviceHealth = READY,
    used: bool | None = None,
    status: RoomStatus | None = None,
    maintenance: bool = False,
    controller_offline: bool = False,
) -> Candidate:
    """Return a room with bookings, unknown ones for "?"."""
    return Candidate(
        key=f"sensor.{name}",
        name=name,
        room=Room(
            room_id=name,
            summary=RoomSummary(capacity=capacity, status=status),
            devices=(Device(health=health),),
            outlook=Outlook(used=used),
            maintenance=maintenance,
        ),
        controller_offline=controller_offline,
        schedule=None if times == ("?",) else schedule(*times),
    )


def found(
    *candidates: Candidate,
    time: str = "10:00-11:00",
    people: int | None = None,
    include_not_ready: bool = False,
    now: datetime = HALF_PAST_NINE,
) -> list[str]:
    """Return the names of the rooms that suit, the best first."""
    wish = Wish(
        span=span(*time.split("-")), people=people, include_not_ready=include_not_ready
    )
    return [each.name for each in find_rooms(candidates, wish, now)]


@pytest.mark.parametrize(
    ("best", "other"),
    [
        pytest.param(
            candidate("b", capacity=6), candidate("a", capacity=8), id="fewest seats"
        ),
        pytest.param(
            candidate("b", "?", capacity=6, health=DeviceHealth()),
            candidate("a", capacity=8),
            id="fewest seats before all others",
        ),
        pytest.param(
            candidate("b", capacity=500), candidate("a"), id="unknown capacity last"
        ),
        pytest.param(
            candidate("b", "?"),
            candidate("a", health=DeviceHealth()),
            id="ready before unknown",
        ),
        pytest.param(
            candidate("b", "?", health=DeviceHealth()),
            candidate("a", health=BROKEN),
            id="unknown before not ready",
        ),
        pytest.param(
            candidate("b", "11:00-12:00"), candidate("a", "?"), id="known bookings"
        ),
        pytest.param(
            candidate("b", "12:00-13:00"),
            candidate("a", "11:30-13:00"),
            id="free longest",
        ),
        pytest.param(
            candidate("b"), candidate("a", "23:00-24:00"), id="free without an end"
        ),
        pytest.param(
            candidate("a", "11:00-12:00"),
            candidate("b", "11:00-13:00"),
            id="name",
        ),
    ],
)
def test_one_room_is_better(best: Candidate, other: Candidate) -> None:
    """Whatever their order."""
    for candidates in ((best, other), (other, best)):
        names = found(*candidates, include_not_ready=True)
        assert names == [best.name, other.name]


@pytest.mark.parametrize(
    ("room", "people"),
    [
        pytest.param(candidate("a", capacity=5), 6, id="too small"),
        pytest.param(candidate("a"), 1, id="unknown capacity"),
        pytest.param(candidate("a", "9:00-10:01"), None, id="booked at the start"),
        pytest.param(candidate("a", "10:59-12:00"), None, id="booked at the end"),
        pytest.param(candidate("a", "10:20-10:30"), None, id="booked meanwhile"),
        pytest.param(candidate("a", "9:00-12:00"), None, id="booked all the time"),
        pytest.param(candidate("a", health=BROKEN), None, id="a problem"),
        pytest.param(candidate("a", status=RoomStatus.OFFLINE), None, id="offline"),
        pytest.param(candidate("a", controller_offline=True), None, id="controller"),
        pytest.param(candidate("a", maintenance=True), None, id="maintenance"),
    ],
)
def test_a_room_does_not_suit(room: Candidate, people: int | None) -> None:
    """One reason is enough."""
    assert found(room, people=people) == []


@pytest.mark.parametrize(
    ("room", "people"),
    [
        pytest.param(candidate("a", capacity=6), 6, id="just large enough"),
        pytest.param(candidate("a"), None, id="any capacity"),
        pytest.param(candidate("a", "9:00-10:00", "11:00-12:00"), None, id="a gap"),
        pytest.param(candidate("a", "?"), None, id="unknown bookings"),
        pytest.param(candidate("a", health=DeviceHealth()), None, id="unknown health"),
    ],
)
def test_a_room_suits(room: Candidate, people: int | None) -> None:
    """What is not known does not speak against a room, except for the capacity."""
    assert found(room, people=people) == ["a"]


def test_a_requested_booking_does_not_reserve_a_room() -> None:
    """The vendor has not confirmed it."""
    requested = RoomSchedule((booking("10:00", "11:00", tentative=True),))
    assert found(replace(candidate("a"), schedule=requested)) == ["a"]


@pytest.mark.parametrize(
    "room",
    [
        candidate("a", health=BROKEN),
        candidate("a", status=RoomStatus.NOT_LOGGED_IN),
        candidate("a", controller_offline=True),
    ],
)
def test_a_room_that_is_not_ready_can_be_included(room: Candidate) -> None:
    """It is marked."""
    assert found(room, include_not_ready=True) == ["a"]
    assert room.ready is False


def test_a_room_under_maintenance_is_never_included() -> None:
    """Nobody may use it."""
    assert found(candidate("a", maintenance=True), include_not_ready=True) == []


def test_a_used_room_is_not_free_now() -> None:
    """It may be free later."""
    room = candidate("a", used=True)
    assert found(room, now=at("10:00")) == []
    assert found(room, now=at("10:30")) == []
    assert found(room, now=at("10:00") - SECOND) == ["a"]
    assert found(candidate("a", used=False), now=at("10:00")) == ["a"]
    assert found(candidate("a", used=None), now=at("10:00")) == ["a"]


@pytest.mark.parametrize(
    ("room", "ready", "reason"),
    [
        (candidate("a"), True, "none"),
        (candidate("a", health=DeviceHealth()), None, None),
        (candidate("a", health=BROKEN), False, "camera"),
        (candidate("a", health=BROKEN, controller_offline=True), False, "controller_offline"),
        (candidate("a", status=RoomStatus.OFFLINE, controller_offline=True), False, "offline"),
        (candidate("a", status=RoomStatus.NOT_BOUND), None, None),
    ],
)  # fmt: skip
def test_the_reason_is_the_worst_problem(
    room: Candidate, ready: bool | None, reason: str | None
) -> None:
    """Unknown where nothing is known of the devices."""
    assert (room.ready, room.reason) == (ready, reason)


@pytest.mark.parametrize(
    ("room", "until"),
    [
        (candidate("a"), None),
        (candidate("a", "?"), None),
        (candidate("a", "9:00-10:00"), None),
        (candidate("a", "11:00-12:00"), at("11:00")),
        (candidate("a", "14:00-15:00", "12:00-13:00"), at("12:00")),
    ],
)
def test_a_room_is_free_until_its_next_booking(
    room: Candidate, until: datetime | None
) -> None:
    """As far as bookings are known."""
    assert room.free_until(span("10:00", "11:00")) == until


HOURS = st.integers(0, 23)
BOOKINGS = st.builds(
    lambda start, hours, tentative: Booking(
        booking_id=None,
        start=at(f"{start}:00"),
        end=at(f"{start + hours}:00"),
        tentative=tentative,
    ),
    HOURS,
    st.integers(1, 4),
    st.booleans(),
)
CAPACITIES = st.one_of(st.none(), st.integers(1, 12))
CANDIDATES = st.builds(
    replace,
    st.builds(
        candidate,
        st.just("a"),
        capacity=CAPACITIES,
        health=st.sampled_from([READY, BROKEN, DeviceHealth()]),
        used=st.sampled_from([True, False, None]),
        maintenance=st.booleans(),
        controller_offline=st.booleans(),
    ),
    schedule=st.one_of(
        st.none(), st.builds(RoomSchedule, st.lists(BOOKINGS, max_size=4).map(tuple))
    ),
)
OFFICES = st.lists(CANDIDATES, max_size=8).map(
    lambda rooms: [
        replace(each, key=f"sensor.{number}", name=f"{number}")
        for number, each in enumerate(rooms)
    ]
)
WISHES = st.builds(
    lambda start, hours, people, include: Wish(
        span=span(f"{start}:00", f"{start + hours}:00"),
        people=people,
        include_not_ready=include,
    ),
    HOURS,
    st.integers(1, 3),
    CAPACITIES,
    st.booleans(),
)
MOMENTS = HOURS.map(lambda hour: at(f"{hour}:00"))


@given(OFFICES, WISHES, MOMENTS)
def test_a_wrong_room_is_never_found(
    office: list[Candidate], wish: Wish, now: datetime
) -> None:
    """None that is too small, booked, broken, under maintenance or used."""
    for each in find_rooms(office, wish, now):
        assert (each.room.capacity or 0) >= (wish.people or 0)
        assert not each.room.maintenance
        assert wish.include_not_ready or each.ready is not False
        assert not each.room.outlook.used or wish.span.start > now
        bookings = () if each.schedule is None else each.schedule.bookings
        assert all(
            one.tentative or one.end <= wish.span.start or one.start >= wish.span.end
            for one in bookings
        )


@given(OFFICES, WISHES, MOMENTS)
def test_a_suitable_room_is_never_left_out(
    office: list[Candidate], wish: Wish, now: datetime
) -> None:
    """Each room that is left out has a reason."""
    left_out = {each.key for each in office} - {
        each.key for each in find_rooms(office, wish, now)
    }
    for each in office:
        reasons = (
            wish.people is not None and (each.room.capacity or 0) < wish.people,
            each.room.maintenance,
            each.ready is False and not wish.include_not_ready,
            each.room.outlook.used and wish.span.start <= now,
            each.is_booked(wish.span),
        )
        assert any(reasons) is (each.key in left_out)


@given(OFFICES, WISHES, MOMENTS, st.integers(0, 59))
def test_a_looser_wish_never_finds_fewer_rooms(
    office: list[Candidate], wish: Wish, now: datetime, minutes: int
) -> None:
    """Fewer people, a shorter time, or any room."""
    names = {each.name for each in find_rooms(office, wish, now)}
    first = wish.span.start
    looser = (
        replace(wish, people=None),
        replace(wish, people=wish.people and 1),
        replace(wish, include_not_ready=True),
        replace(wish, span=replace(wish.span, end=first + 60 * SECOND * (minutes + 1))),
    )
    for each in looser:
        assert names <= {found.name for found in find_rooms(office, each, now)}


@given(
    OFFICES.flatmap(lambda rooms: st.tuples(st.just(rooms), st.permutations(rooms))),
    WISHES,
    MOMENTS,
)
def test_the_order_of_the_rooms_does_not_matter(
    offices: tuple[list[Candidate], list[Candidate]], wish: Wish, now: datetime
) -> None:
    """Accounts are loaded in any order."""
    one, other = offices
    assert find_rooms(one, wish, now) == find_rooms(other, wish, now)
