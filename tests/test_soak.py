"""Test that a short soak passes, and that its checks find errors."""

import asyncio
import logging
from pathlib import Path
import subprocess
import sys
from typing import Final

from freezegun.api import FrozenDateTimeFactory
import pytest

from scripts.soak_day.checks import Watch, growth, wrong_states
from scripts.soak_day.clock import FastLoop

HOUR: Final = 3600.0
HELD: Final = {"MiB of memory": 200, "tasks": 1, "listeners": 20, "objects": 200}
ACCOUNT: Final = "Office"
DOWN: Final = f"Error fetching {ACCOUNT} data: the service cannot be reached"
UP: Final = f"Fetching {ACCOUNT} data recovered"
LEVELS: Final = {UP: logging.INFO}


@pytest.mark.timeout(180)
def test_short_soak_passes() -> None:
    """Every state is correct at the end of a few incidents."""
    options = ("--rooms", "6", "--hours", "0.2", "--seed", "1")
    done = subprocess.run(
        [sys.executable, "-m", "scripts.soak_day", *options],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("ok\n")


@pytest.mark.usefixtures("socket_enabled")
def test_time_advances_as_soon_as_no_work_is_left(
    freezer: FrozenDateTimeFactory,
) -> None:
    """Timers end in order without waiting, and threads delay nothing."""
    loop = FastLoop(freezer)
    start = loop.time()
    ended: list[str] = []

    async def wait(name: str, seconds: float) -> None:
        """Wait, and record the end."""
        await asyncio.sleep(seconds)
        ended.append(name)

    async def wait_for_all() -> None:
        """Wait for three simultaneous timers, then for a thread."""
        await asyncio.gather(wait("hour", HOUR), wait("minute", 60), wait("second", 1))
        await loop.run_in_executor(None, ended.append, "thread")

    loop.run_until_complete(wait_for_all())
    assert loop.time() - start == pytest.approx(HOUR, abs=0.01)
    loop.close()
    assert ended == ["second", "minute", "hour", "thread"]


def test_missing_and_wrong_states_are_found() -> None:
    """A wrong state, a missing entity and a room that was removed are errors."""
    shown = {"1_status": "idle", "2_status": "idle", "9_in_use": "off"}
    expected = {"1_status": "idle", "2_status": "in_use", "3_status": "idle"}
    assert wrong_states(shown, expected) == [
        "2_status is idle, not in_use",
        "3_status is None, not idle",
        "9_in_use is of no room",
    ]


@pytest.mark.parametrize(
    "grown",
    [{"MiB of memory": 240}, {"tasks": 2}, {"listeners": 21}, {"objects": 300}],
)
def test_growth_is_found(grown: dict[str, int]) -> None:
    """Memory, a task, a listener or objects that are left behind are errors."""
    assert len(growth(HELD, HELD | grown)) == 1
    assert growth(HELD | grown, HELD) == []


def watch_of(*messages: str, outages: tuple[str, ...] = ()) -> Watch:
    """Return a watch that recorded some log lines and outages of the account."""
    watch = Watch()
    watch.outages[ACCOUNT].extend(outages)
    for message in messages:
        level = LEVELS.get(message, logging.ERROR)
        watch.handle(logging.makeLogRecord({"levelno": level, "msg": message}))
    return watch


def test_one_line_for_an_outage_and_one_for_its_end() -> None:
    """The log lines correspond to the availability of the entities."""
    assert watch_of(DOWN, UP, outages=("down", "up")).problems([ACCOUNT]) == []


@pytest.mark.parametrize(
    ("messages", "outages"),
    [
        ((DOWN, DOWN, UP), ("down", "up")),
        ((DOWN,), ("down", "up")),
        ((), ("down",)),
        ((DOWN, UP), ()),
    ],
)
def test_a_missing_or_repeated_line_is_found(
    messages: tuple[str, ...], outages: tuple[str, ...]
) -> None:
    """An outage that is logged twice, or not at all, is an error."""
    assert len(watch_of(*messages, outages=outages).problems([ACCOUNT])) >= 1


@pytest.mark.parametrize(
    "message", ["Something failed", f"{DOWN}\nTraceback (most recent call last):"]
)
def test_unexpected_lines_are_found(message: str) -> None:
    """An error that is no outage, and a traceback, are errors."""
    assert message in watch_of(message).problems([])
