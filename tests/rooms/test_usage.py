"""Test whether a room is used, and the record of its latest use."""

from datetime import datetime

import pytest

from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.rooms.usage import Usage, is_used

from .bookings import at


def used_over(*values: tuple[str, bool | None]) -> Usage:
    """Return the usage after the values of several moments."""
    usage = Usage()
    for clock, used in values:
        usage = usage.updated(used, at(clock))
    return usage


@pytest.mark.parametrize("status", [*RoomStatus, None])
def test_a_room_with_presence_is_used(status: RoomStatus | None) -> None:
    """Presence counts whatever the vendor reports."""
    assert is_used(status, evidence=True) is True


@pytest.mark.parametrize("evidence", [True, False, None])
def test_a_room_in_use_is_used(evidence: bool | None) -> None:
    """The vendor's report counts whatever the sensors report."""
    assert is_used(RoomStatus.IN_USE, evidence) is True


@pytest.mark.parametrize("evidence", [False, None])
def test_an_idle_room_without_presence_is_not_used(evidence: bool | None) -> None:
    """A vendor's report suffices without sensors."""
    assert is_used(RoomStatus.IDLE, evidence) is False


UNCLEAR = [None, *(set(RoomStatus) - {RoomStatus.IN_USE, RoomStatus.IDLE})]


@pytest.mark.parametrize("status", sorted(UNCLEAR, key=str))
def test_without_the_vendor_the_sensors_decide(status: RoomStatus | None) -> None:
    """A status that does not concern the use is no report of it."""
    assert is_used(status, evidence=False) is False
    assert is_used(status, evidence=None) is None


def test_nothing_is_known_before_the_first_value() -> None:
    """A new room was not used."""
    usage = Usage()
    assert usage.used is None
    assert not usage.was_used_since(datetime.min.replace(tzinfo=at("0:00").tzinfo))


def test_a_use_has_a_begin_and_an_end() -> None:
    """Both are the moments of the updates."""
    usage = used_over(("9:00", False), ("9:05", True))
    assert (usage.began, usage.ended) == (at("9:05"), None)
    usage = usage.updated(False, at("9:30"))
    assert (usage.began, usage.ended) == (at("9:05"), at("9:30"))
    usage = usage.updated(True, at("9:40"))
    assert (usage.began, usage.ended) == (at("9:40"), None)


@pytest.mark.parametrize("used", [True, False, None])
def test_the_same_value_again_changes_nothing(used: bool | None) -> None:
    """The value is kept since its first update."""
    usage = used_over(("9:00", used))
    assert usage.since == at("9:00")
    assert usage.updated(used, at("9:01")) is usage


def test_an_unknown_time_does_not_interrupt_a_use() -> None:
    """The use began before it."""
    usage = used_over(("9:00", True), ("9:10", None), ("9:20", True))
    assert (usage.began, usage.ended) == (at("9:00"), None)
    assert usage.since == at("9:20")


def test_a_use_that_becomes_unknown_ends_when_the_room_is_empty() -> None:
    """The end is when the empty room is first seen."""
    usage = used_over(("9:00", True), ("9:10", None))
    assert usage.used is None
    assert usage.ended is None
    usage = usage.updated(False, at("9:20"))
    assert (usage.began, usage.ended) == (at("9:00"), at("9:20"))


def test_an_unknown_time_does_not_interrupt_an_empty_room() -> None:
    """The use ended before it."""
    usage = used_over(("9:00", True), ("9:10", False), ("9:15", None), ("9:20", False))
    assert (usage.began, usage.ended) == (at("9:00"), at("9:10"))
    assert usage.since == at("9:20")


def test_a_room_is_empty_without_an_earlier_use() -> None:
    """It has no end of a use."""
    usage = used_over(("9:00", False), ("9:10", None), ("9:20", False))
    assert (usage.began, usage.ended) == (None, None)


@pytest.mark.parametrize(
    ("since", "used"),
    [("9:04", True), ("9:05", True), ("9:29:59", True), ("9:30", False)],
)
def test_a_past_use_counts_until_its_end(since: str, used: bool) -> None:
    """A use that ends at the moment was before it."""
    usage = used_over(("9:05", True), ("9:30", False))
    assert usage.was_used_since(at(since)) is used


def test_a_present_use_counts_since_any_moment() -> None:
    """It has not ended, also while it is unknown."""
    usage = used_over(("9:05", True))
    assert usage.was_used_since(at("9:00"))
    assert usage.was_used_since(at("9:10"))
    assert usage.updated(None, at("9:08")).was_used_since(at("9:10"))


def test_the_briefest_use_counts() -> None:
    """A sensor that is on and off within one update has been on."""
    usage = used_over(("9:00", False), ("9:05", True), ("9:05", False))
    assert usage.was_used_since(at("9:05"))
    assert not usage.was_used_since(at("9:05:01"))
