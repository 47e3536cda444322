"""Test the span of a new booking, by what a user enters and by the vendor's rules."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.client import BookingRules
from custom_components.meeting_rooms.rooms.booking_plan import (
    BookingRefused,
    EnteredSpan,
)
from custom_components.meeting_rooms.rooms.schedule import Span

MINUTE: Final = timedelta(minutes=1)
NOW: Final = datetime(2026, 3, 17, 10, 7, 20, 5, UTC)
ANY_TIME: Final = BookingRules(shortest=15 * MINUTE, longest=timedelta(hours=24))
DAY: Final = timedelta(days=1)
HALF_HOURS: Final = BookingRules(shortest=30 * MINUTE, longest=DAY, step=30 * MINUTE)
FIRST: Final = datetime.min.replace(tzinfo=UTC)
LAST: Final = datetime.max.replace(tzinfo=UTC)


def at(text: str) -> datetime:
    """Return a time of the day."""
    return datetime.fromisoformat(f"2026-03-17T{text}Z")


def planned(rules: BookingRules, **entered: Any) -> Span:
    """Return the span to book now."""
    return EnteredSpan(**entered).planned(rules, NOW)


def refusal(rules: BookingRules, **entered: Any) -> str:
    """Return why nothing can be booked now."""
    with pytest.raises(BookingRefused) as caught:
        planned(rules, **entered)
    return str(caught.value)


@pytest.mark.parametrize(
    ("rules", "entered", "start", "end"),
    [
        (ANY_TIME, {}, "10:07:20", "10:37:20"),
        (ANY_TIME, {"duration": 15 * MINUTE}, "10:07:20", "10:22:20"),
        (ANY_TIME, {"end": at("10:30")}, "10:07:20", "10:30"),
        (ANY_TIME, {"start": at("12:01")}, "12:01", "12:31"),
        (ANY_TIME, {"start": at("12:01"), "end": at("12:20")}, "12:01", "12:20"),
        (ANY_TIME, {"start": at("10:07")}, "10:07", "10:37"),
        (HALF_HOURS, {}, "10:00", "11:00"),
        (HALF_HOURS, {"duration": 50 * MINUTE}, "10:00", "11:00"),
        (HALF_HOURS, {"duration": 60 * MINUTE}, "10:00", "11:30"),
        (HALF_HOURS, {"end": at("11:00")}, "10:00", "11:00"),
        (HALF_HOURS, {"end": at("10:30")}, "10:00", "10:30"),
        (HALF_HOURS, {"start": at("10:00")}, "10:00", "10:30"),
        (HALF_HOURS, {"start": at("12:30"), "duration": 90 * MINUTE}, "12:30", "14:00"),
    ],
)
def test_a_booking_is_as_entered_and_from_now_on_widened_to_half_hours(
    rules: BookingRules, entered: dict[str, Any], start: str, end: str
) -> None:
    """It starts now and lasts half an hour where nothing else is entered."""
    assert planned(rules, **entered) == Span(at(start), at(end))


@pytest.mark.parametrize(
    ("rules", "entered", "reason"),
    [
        (ANY_TIME, {"duration": 14 * MINUTE}, "booking_too_short"),
        (ANY_TIME, {"duration": 1441 * MINUTE}, "booking_too_long"),
        (ANY_TIME, {"duration": timedelta()}, "end_before_start"),
        (ANY_TIME, {"end": at("10:07")}, "end_before_start"),
        (ANY_TIME, {"start": at("12:00"), "end": at("12:00")}, "end_before_start"),
        (ANY_TIME, {"start": at("10:06")}, "booking_in_past"),
        (ANY_TIME, {"start": at("08:00"), "end": at("09:00")}, "booking_in_past"),
        (ANY_TIME, {"duration": MINUTE, "end": at("12:00")}, "duration_and_end"),
        (ANY_TIME, {"duration": timedelta.max}, "booking_too_long"),
        (ANY_TIME, {"end": LAST}, "booking_too_long"),
        (ANY_TIME, {"start": FIRST}, "booking_in_past"),
        (ANY_TIME, {"start": LAST}, "booking_too_far"),
        (ANY_TIME, {"start": LAST, "duration": timedelta.max}, "booking_too_far"),
        (ANY_TIME, {"start": NOW + 367 * DAY}, "booking_too_far"),
        (HALF_HOURS, {"duration": timedelta.max}, "booking_too_long"),
        (HALF_HOURS, {"duration": DAY + MINUTE}, "booking_too_long"),
        (HALF_HOURS, {"start": FIRST}, "booking_in_past"),
        (HALF_HOURS, {"start": LAST}, "booking_too_far"),
        (HALF_HOURS, {"end": LAST}, "booking_too_long"),
        (HALF_HOURS, {"end": at("10:10")}, "booking_too_short"),
        (HALF_HOURS, {"duration": 15 * MINUTE}, "booking_too_short"),
        (HALF_HOURS, {"start": at("12:10")}, "half_hours_only"),
        (HALF_HOURS, {"end": at("11:10")}, "half_hours_only"),
        (HALF_HOURS, {"start": at("12:00"), "end": at("12:45")}, "half_hours_only"),
        (HALF_HOURS, {"start": at("09:30")}, "booking_in_past"),
        (HALF_HOURS, {"start": at("09:30"), "end": at("11:00")}, "booking_in_past"),
    ],
)
def test_what_the_vendor_would_reject_is_refused(
    rules: BookingRules, entered: dict[str, Any], reason: str
) -> None:
    """Name the reason."""
    assert refusal(rules, **entered) == reason


def test_the_limit_of_the_length_is_named() -> None:
    """Tell how long a booking must be, or may be."""
    with pytest.raises(BookingRefused) as caught:
        planned(ANY_TIME, duration=MINUTE)
    assert caught.value.placeholders == {"minutes": "15"}
    with pytest.raises(BookingRefused) as caught:
        planned(ANY_TIME, duration=timedelta(days=2))
    assert caught.value.placeholders == {"hours": "24"}


@pytest.mark.parametrize(("now", "end"), [("10:00:59", "10:30"), ("10:01", "11:00")])
def test_a_booking_in_the_first_minute_of_a_half_hour_is_not_widened(
    now: str, end: str
) -> None:
    """An automation that runs on the hour books some seconds later."""
    span = EnteredSpan().planned(HALF_HOURS, at(now))
    assert span == Span(at("10:00"), at(end))


@given(
    duration=st.timedeltas(30 * MINUTE, DAY),
    seconds=st.integers(0, 86_399),
)
def test_a_booking_from_now_on_covers_the_time_in_the_fewest_half_hours(
    duration: timedelta, seconds: int
) -> None:
    """It begins and ends at multiples of the step, and is widened by less than one each."""
    now = at("00:00") + timedelta(seconds=seconds)
    span = EnteredSpan(duration=duration).planned(HALF_HOURS, now)
    assert span.start <= now < span.start + 30 * MINUTE
    begin = now.replace(second=0)
    assert span.end - 30 * MINUTE < begin + duration <= span.end
    assert {span.start.minute, span.end.minute} <= {0, 30}
    assert {span.start.second, span.end.second} == {0}


@given(
    start=st.timedeltas(-timedelta(days=1), timedelta(days=1)),
    length=st.timedeltas(-timedelta(hours=1), timedelta(days=2)),
    rules=st.sampled_from([ANY_TIME, HALF_HOURS]),
)
def test_an_entered_span_is_booked_unchanged_or_refused(
    start: timedelta, length: timedelta, rules: BookingRules
) -> None:
    """What is booked is within the vendor's rules, and not over."""
    begin = (NOW + start).replace(microsecond=0)
    entered = EnteredSpan(start=begin, end=begin + length)
    try:
        span = entered.planned(rules, NOW)
    except BookingRefused:
        return
    assert span.start == begin
    assert span.end == (begin + length).replace(microsecond=0)
    assert span.end > NOW
    assert span.length >= rules.shortest
    assert span.length <= rules.longest
