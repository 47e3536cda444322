"""Test the spans of time in which a room was used."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from custom_components.meeting_rooms.rooms.uses import Use, with_use

from ..api.any_json import MANY
from .bookings import SECOND, at
from .days import room_days
from .slow_availability import MINUTE, RoomDay, used_by

type Value = bool | None


def uses_over(*values: tuple[datetime, Value]) -> tuple[Use, ...]:
    """Return the uses after the values of several moments."""
    uses: tuple[Use, ...] = ()
    for moment, used in values:
        uses = with_use(uses, used, moment)
    return uses


def test_a_use_is_known_from_its_begin_and_ends_when_the_room_is_empty() -> None:
    """Both are the moments of the updates."""
    uses = uses_over((at("9:00"), False), (at("9:05"), True), (at("9:10"), True))
    assert uses == (Use(at("9:05")),)
    uses = with_use(uses, False, at("9:30"))
    assert uses == (Use(at("9:05"), at("9:30")),)
    uses = with_use(uses, True, at("10:00"))
    assert uses == (Use(at("9:05"), at("9:30")), Use(at("10:00")))


def test_a_use_ends_when_nothing_is_known_any_more() -> None:
    """A room that was offline all night was not used all night."""
    uses = uses_over((at("18:00"), True), (at("18:10"), None), (at("24:00"), False))
    assert uses == (Use(at("18:00"), at("18:10")),)


def test_a_short_gap_does_not_divide_a_use() -> None:
    """Presence sensors report absence while people sit still."""
    before = (at("9:00"), True), (at("9:10"), False)
    assert uses_over(*before, (at("9:11"), True)) == (Use(at("9:00")),)
    assert uses_over(*before, (at("9:11:01"), True)) == (
        Use(at("9:00"), at("9:10")),
        Use(at("9:11:01")),
    )


def test_the_use_of_a_whole_day_is_kept() -> None:
    """The longest day has 25 hours."""
    uses = uses_over((at("0:00"), True), (at("1:00"), False))
    assert with_use(uses, False, at("25:59:59")) == uses
    assert with_use(uses, False, at("26:00")) == ()


def test_a_use_that_goes_on_for_days_is_kept() -> None:
    """A sensor may be stuck."""
    uses = uses_over((at("0:00"), True), (at("99:00"), True))
    assert uses == (Use(at("0:00")),)


def test_a_clock_that_is_set_back_leaves_no_use_in_the_future() -> None:
    """The use begins again at the right time."""
    uses = uses_over((at("9:00"), True), (at("10:00"), False), (at("11:00"), True))
    assert with_use(uses, True, at("10:30")) == (
        Use(at("9:00"), at("10:00")),
        Use(at("10:30")),
    )
    assert with_use(uses, True, at("9:30")) == (Use(at("9:00")),)
    assert with_use(uses, False, at("8:30")) == ()


def test_of_too_many_uses_those_next_to_each_other_are_united() -> None:
    """A sensor that switches all day does not fill the memory, and loses nothing else."""
    start = at("0:00")
    uses: tuple[Use, ...] = ()
    for index in range(200):
        uses = with_use(uses, True, start + 4 * index * MINUTE)
        uses = with_use(uses, False, start + (4 * index + 2) * MINUTE)
    assert len(uses) == 100
    assert uses[0].start == start
    assert uses[-1].end == start + 798 * MINUTE


VALUES = st.lists(
    st.tuples(
        st.sampled_from([-3600, 0, 1, 30, 59, 60, 61, 90, 600, 4000, 90000]),
        st.sampled_from([True, False, None]),
    ),
    max_size=60,
)


@settings(MANY, max_examples=200)
@given(VALUES)
def test_uses_are_in_order_and_apart_whatever_is_reported(
    values: list[tuple[int, Value]],
) -> None:
    """Also when the clock is set back; only the last one goes on, and only while used."""
    now = at("12:00")
    uses: tuple[Use, ...] = ()
    for seconds, used in values:
        now += seconds * SECOND
        uses = with_use(uses, used, now)
        assert (uses[-1:] != () and uses[-1].end is None) is (used is True)
        assert all(each.end is not None for each in uses[:-1])
        assert all(
            one.end is not None and other.start - one.end > timedelta(minutes=1)
            for one, other in pairwise(uses)
        )
        assert all(each.start <= now for each in uses)
        assert with_use(uses, used, now) == uses


@settings(MANY, max_examples=100)
@given(room_days())
def test_a_day_shows_each_minute_in_which_the_room_was_used(day: RoomDay) -> None:
    """The gaps of one minute are part of the use."""
    reported = [
        used_by(report) is True
        for _, report in zip(day.minutes, day.reports, strict=True)
    ]
    uses = uses_over(
        *(
            (minute, used_by(report))
            for minute, report in zip(day.minutes, day.reports, strict=True)
        )
    )
    shown = [
        any(
            each.start <= minute and (each.end is None or minute < each.end)
            for each in uses
        )
        for minute in day.minutes
    ]
    around = zip([False, *reported], reported, [*reported[1:], False], strict=False)
    assert shown == [used or (before and after) for before, used, after in around]
