"""Test the calculations of the benchmark and that it runs, without checking its figures."""

from collections.abc import Iterator
import math

import pytest

from homeassistant.util import dt as dt_util
from scripts.benchmark.figures import Figure
from scripts.benchmark.live import status_age
from scripts.benchmark.polls import compare_polls


@pytest.mark.parametrize(
    ("measured", "at_least", "ok"),
    [(9, False, "yes"), (11, False, "NO"), (9, True, "NO"), (11, True, "yes")],
)
def test_figure_meets_its_target(measured: float, at_least: bool, ok: str) -> None:
    """A figure meets a limit from above or from below."""
    row = Figure("figure", 10, measured, at_least=at_least).row
    assert row.endswith(f"| {ok} |")


def test_row_shows_target_and_measured_value() -> None:
    """The row of the table has the name, the value and the unit."""
    row = Figure("block", 50, 61.26, "ms").row
    assert row == "| block | at most 50 ms | 61.3 ms | NO |"


def test_status_age_is_the_time_until_a_change_is_shown() -> None:
    """Only later states of the same room count."""
    changes = [("1", "idle", 100.0), ("2", "in_use", 100.0)]
    shown = [("1", "idle", 90.0), ("2", "in_use", 110.0), ("1", "idle", 110.0)]
    assert status_age(changes, shown, since=95, until=200) == pytest.approx(10)


def test_status_age_includes_changes_that_were_never_shown() -> None:
    """Such a change counts as shown at the end."""
    changes = [("1", "idle", 100.0), ("2", "idle", 100.0)]
    assert status_age(changes, [], since=95, until=160) == pytest.approx(60)


@pytest.fixture
def time_zone() -> Iterator[None]:
    """Restore the default time zone, which the benchmark's Home Assistant sets."""
    before = dt_util.DEFAULT_TIME_ZONE
    yield
    dt_util.set_default_time_zone(before)


@pytest.mark.usefixtures("socket_enabled", "time_zone")
# The bare calendars set alarms, which end with the process.
@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_polls_are_compared() -> None:
    """The comparison of polls runs with a few rooms."""
    ratios = await compare_polls(rooms=4, pairs=1)
    assert all(math.isfinite(ratio) and ratio > 0 for ratio in ratios)
