"""Test whether the devices of a room are ready for its next booking."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.meeting_rooms.rooms.problems import ProblemReason
from custom_components.meeting_rooms.rooms.readiness import (
    CONTROLLER_OFFLINE,
    REASONS,
    Readiness,
    problem_times,
    readiness,
    worst_of,
)
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule, merge

from ..api.any_json import MANY
from .bookings import at, booking, schedule
from .days import room_days
from .slow_availability import MINUTE, RoomDay

QUARTER = 15 * MINUTE
READY = Readiness(not_ready=False, reason="none")
HORIZON = timedelta(days=4)
"""Later than every booking of a day."""


def test_a_problem_matters_from_shortly_before_a_booking_until_its_end() -> None:
    """Both at their second."""
    room_schedule = schedule("10:00-11:00")
    before = Readiness(not_ready=False, reason="none", changes_at=at("9:45"))
    during = Readiness(not_ready=True, reason="camera", changes_at=at("11:00"))
    found = {
        clock: readiness(room_schedule, "camera", QUARTER, at(clock))
        for clock in ("9:44:59", "9:45", "10:00", "10:59:59", "11:00")
    }
    assert found == {
        "9:44:59": before,
        "9:45": during,
        "10:00": during,
        "10:59:59": during,
        "11:00": READY,
    }


def test_a_problem_matters_between_close_bookings() -> None:
    """The next booking is checked as soon as the last one ends."""
    for times in (["10:00-11:00", "11:00-12:00"], ["10:00-11:00", "11:15-12:00"]):
        found = readiness(schedule(*times), "camera", QUARTER, at("11:00"))
        assert found == Readiness(True, "camera", at("12:00"))


def test_a_room_without_a_problem_is_ready() -> None:
    """Nothing changes by time."""
    found = readiness(schedule("10:00-11:00"), ProblemReason.NONE, QUARTER, at("10:00"))
    assert found == READY


def test_a_room_without_a_next_booking_is_ready() -> None:
    """A request is no booking."""
    requested = RoomSchedule((booking("10:00", "11:00", tentative=True),))
    assert readiness(requested, "camera", QUARTER, at("10:30")) == READY
    assert readiness(RoomSchedule(), "camera", QUARTER, at("10:30")) == READY


@pytest.mark.parametrize("clock", ["9:00", "10:30", "12:00"])
def test_a_room_of_unknown_devices_or_bookings_is_unknown(clock: str) -> None:
    """Neither ready nor not."""
    unknown = Readiness(not_ready=None, reason=None)
    assert readiness(schedule("10:00-11:00"), None, QUARTER, at(clock)) == unknown
    assert readiness(None, "camera", QUARTER, at(clock)) == unknown


@settings(MANY, max_examples=40)
@given(room_days())
def test_every_minute_is_as_the_contract_says(day: RoomDay) -> None:
    """A problem matters when the second implementation says so."""
    room_schedule = merge(day.bookings or (), None)
    found = [
        readiness(room_schedule, "camera", day.rules.ready, now) for now in day.minutes
    ]
    expected = [day.not_ready(now) for now in day.minutes]
    reasons = {True: "camera", False: "none"}
    assert [each.not_ready for each in found] == expected
    assert [each.reason for each in found] == [reasons[each] for each in expected]


@MANY
@given(room_days(), st.integers(0, 23 * 60 - 1))
def test_nothing_changes_before_the_announced_moment(day: RoomDay, minute: int) -> None:
    """No change is announced when none is to come."""
    room_schedule = merge(day.bookings or (), None)
    now = day.minutes[minute]
    present = readiness(room_schedule, "camera", day.rules.ready, now)
    changes_at = present.changes_at or now + HORIZON
    assert changes_at > now
    moments = [now + count * MINUTE for count in range((changes_at - now) // MINUTE)]
    moments.append(changes_at - timedelta(seconds=1))
    found = {
        readiness(room_schedule, "camera", day.rules.ready, moment)
        for moment in moments
    }
    assert found == {present}


def test_an_offline_controller_is_worse_than_most_problems() -> None:
    """The worse one of both is returned."""
    found = [worst_of(each, controller_offline=True) for each in ProblemReason]
    assert found == [
        "offline",
        "not_logged_in",
        "device_off_line",
        *["controller_offline"] * (len(ProblemReason) - 3),
    ]


@pytest.mark.parametrize("problem", [*ProblemReason, None])
def test_without_an_offline_controller_the_problem_counts(
    problem: ProblemReason | None,
) -> None:
    """It may be unknown."""
    assert worst_of(problem, controller_offline=False) is problem


def test_an_offline_controller_of_a_room_of_unknown_devices_counts() -> None:
    """It is something that speaks against the room."""
    assert worst_of(None, controller_offline=True) == CONTROLLER_OFFLINE


def test_each_problem_has_its_own_time() -> None:
    """It is that of its first report; one of which nothing is known for a while is kept."""
    reports = (
        ("10:00", {"camera": True, "speaker": False}),
        ("10:10", {"camera": True, "speaker": True, "offline": True}),
        ("10:20", {"speaker": True}),
        ("10:30", {"camera": True, "speaker": True, "offline": False}),
        ("10:40", {"camera": False, "speaker": True, "offline": False}),
        ("10:50", {"camera": True, "speaker": True, "offline": False}),
        ("11:00", {"camera": False, "speaker": False, "offline": False}),
    )
    times: Mapping[str, datetime] = {}
    found = []
    for clock, reported in reports:
        times = problem_times(times, reported, at(clock))
        found.append(dict(times))
    begun = {"camera": at("10:00"), "speaker": at("10:10")}
    assert found == [
        {"camera": at("10:00")},
        begun | {"offline": at("10:10")},
        begun | {"offline": at("10:10")},
        begun,
        {"speaker": at("10:10")},
        begun | {"camera": at("10:50")},
        {},
    ]


def test_the_reasons_are_sorted_by_how_bad_they_are() -> None:
    """Each is there once, and `none` is the last one."""
    assert REASONS[:4] == (
        "offline",
        "not_logged_in",
        "device_off_line",
        "controller_offline",
    )
    assert sorted(REASONS) == sorted([*ProblemReason, CONTROLLER_OFFLINE])
    assert REASONS[-1] == ProblemReason.NONE
