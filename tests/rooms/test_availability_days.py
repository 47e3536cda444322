"""Test the availability over random days against a second implementation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from custom_components.meeting_rooms.rooms.availability import Circumstances, forecast
from custom_components.meeting_rooms.rooms.schedule import merge
from custom_components.meeting_rooms.rooms.usage import Usage, is_used

from ..api.any_json import MANY
from .days import room_days
from .slow_availability import MINUTE, RoomDay

HORIZON = timedelta(days=4)
"""Later than every booking of a day."""


def minute_by_minute(day: RoomDay) -> Iterator[Circumstances]:
    """Yield what is known in every minute."""
    known = Circumstances(
        schedule=merge(day.bookings, None),
        status=None,
        usage=Usage(),
        span_seen=day.first_seen,
        rules=day.rules,
    )
    for now, (status, sensors) in zip(day.minutes, day.reports, strict=True):
        usage = known.usage.updated(is_used(status, sensors), now)
        known = replace(known, status=status, usage=usage)
        yield known


def seen(known: Circumstances, now: datetime) -> tuple[str | None, datetime | None]:
    """Return the availability and until when."""
    found = forecast(known, now)
    return found.availability, found.until


@settings(MANY, max_examples=150)
@given(room_days())
def test_every_minute_is_as_the_contract_says(day: RoomDay) -> None:
    """The state and its end are those of the second implementation."""
    found = [
        seen(known, now)
        for known, now in zip(minute_by_minute(day), day.minutes, strict=True)
    ]
    expected = [
        ((state := day.availability(minute)), day.until(minute, state))
        for minute in range(len(day.minutes))
    ]
    assert found == expected


@settings(MANY, max_examples=40)
@given(room_days(), st.data())
def test_nothing_changes_before_the_announced_moment(
    day: RoomDay, data: st.DataObject
) -> None:
    """Without a new input, and also one second before it."""
    minute = data.draw(st.integers(0, len(day.minutes) - 1))
    known, now = list(minute_by_minute(day))[minute], day.minutes[minute]
    changes_at = forecast(known, now).changes_at or now + HORIZON
    quiet = range(1, -((now - changes_at) // MINUTE))
    moments = [now + count * MINUTE for count in quiet]
    last_second = changes_at - timedelta(seconds=1)
    assert {seen(known, each) for each in [now, *moments, last_second]} == {
        seen(known, now)
    }


@settings(MANY, max_examples=40)
@given(room_days(), st.data())
def test_a_change_is_announced_exactly_while_one_is_to_come(
    day: RoomDay, data: st.DataObject
) -> None:
    """Going from one announced moment to the next reaches every change and then stops."""
    minute = data.draw(st.integers(0, len(day.minutes) - 1))
    known, now = list(minute_by_minute(day))[minute], day.minutes[minute]
    moments = [now + count * MINUTE for count in range(HORIZON // MINUTE)]
    changes = [
        each
        for last, each in pairwise(moments)
        if seen(known, last) != seen(known, each)
    ]
    announced, moment = [], now
    while (changes_at := forecast(known, moment).changes_at) is not None:
        assert changes_at > moment
        announced.append(changes_at)
        moment = changes_at
    assert set(changes) <= set(announced)
    assert announced[-1:] == changes[-1:]
