"""Test the arithmetic of the benchmark, and that it runs; what it measures does not matter here."""

import math

import pytest

from scripts.benchmark.figures import Figure, status_age
from scripts.benchmark.office import open_office


@pytest.mark.parametrize(
    ("measured", "at_least", "ok"),
    [(9, False, True), (11, False, False), (9, True, False), (11, True, True)],
)
def test_figure_meets_its_target(measured: float, at_least: bool, ok: bool) -> None:
    """A figure meets a limit from above or from below."""
    assert Figure("figure", 10, measured, at_least=at_least).ok is ok


def test_row_shows_target_and_measured_value() -> None:
    """The row of the table says what was measured, in which unit."""
    row = Figure("block", 50, 61.26, "ms").row
    assert row == "| block | at most 50 ms | 61.3 ms | NO |"


def test_status_age_is_the_time_until_a_change_is_shown() -> None:
    """Only later states of the same room count."""
    changes = [("1", "idle", 100.0), ("2", "in_use", 100.0)]
    shown = [("1", "idle", 90.0), ("2", "in_use", 110.0), ("1", "idle", 110.0)]
    assert status_age(changes, shown, since=95, until=200) == pytest.approx(10)


def test_status_age_counts_what_was_never_shown() -> None:
    """A change that is not shown by the end counts as shown at the end."""
    changes = [("1", "idle", 100.0), ("2", "idle", 100.0)]
    assert status_age(changes, [], since=95, until=160) == pytest.approx(60)


@pytest.mark.usefixtures("socket_enabled")
async def test_polls_are_compared() -> None:
    """The comparison of polls runs with a handful of rooms."""
    async with open_office(4) as office:
        polls = await office.run("polls", unlimited=True, pairs=1)
    assert all(math.isfinite(ratio) and ratio > 0 for ratio in polls.values())
