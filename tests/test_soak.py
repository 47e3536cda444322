"""The soak: a short one passes, and it would notice what it is there to notice."""

import asyncio
from dataclasses import replace
from itertools import islice
import logging
from pathlib import Path
import subprocess
import sys
from typing import Final

import pytest

from scripts.soak_day.clock import Clock, HurriedLoop
from scripts.soak_day.figures import AtRest, Figures, Loaded
from scripts.soak_day.log import LogWatch
from scripts.soak_day.outages import Outages
from scripts.soak_day.plan import KINDS, acts

ROOT: Final = Path(__file__).parents[1]
HOUR: Final = 3600.0

FIGURES: Final = Figures(
    loaded=Loaded(
        entities=100,
        followers=0,
        listeners={"homeassistant_stop": 3},
        issues=0,
        objects=200,
        resident=100_000_000,
    ),
    at_rest=AtRest(
        tasks=1,
        sockets=6,
        listeners={"homeassistant_stop": 2},
        homes=1,
        objects=161,
    ),
)


@pytest.mark.timeout(300)
def test_a_short_day_of_trouble_ends_as_it_began() -> None:
    """A few rooms and hours: everything right again, nothing left behind, one line an outage."""
    options = ("--rooms", "24", "--hours", "2", "--seed", "3")
    done = subprocess.run(
        [sys.executable, "-m", "scripts.soak_day", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Home Assistant restarted" in done.stdout
    assert "limit of the day" in done.stdout


def test_a_seed_is_one_day() -> None:
    """The same things happen again with the same seed, others with another."""
    first, again, other = ([*islice(acts(seed), 50)] for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_kind_of_trouble_has_its_turn() -> None:
    """Nothing happens a second time before all has happened once."""
    happened = [one.name for act in islice(acts(1), 60) for one in act.incidents]
    assert {*happened[: len(KINDS)]} == {*KINDS}


@pytest.mark.usefixtures("socket_enabled")
def test_no_time_is_lost() -> None:
    """An hour passes as soon as nobody has anything to do, and others' waits end on the way."""
    clock = Clock(0)
    loop = HurriedLoop(clock)
    ended: list[str] = []

    async def wait(name: str, seconds: float) -> None:
        """Wait, and tell that it is over."""
        await asyncio.sleep(seconds)
        ended.append(name)

    async def wait_for_all() -> None:
        """Wait for three at once, then for a thread that needs no time."""
        await asyncio.gather(wait("hour", HOUR), wait("minute", 60), wait("second", 1))
        await loop.run_in_executor(None, ended.append, "thread")

    loop.run_until_complete(wait_for_all())
    loop.close()
    assert ended == ["second", "minute", "hour", "thread"]
    assert clock.passed == pytest.approx(HOUR)


def test_what_is_where_it_began_is_no_growth() -> None:
    """The same figures, or less memory, are in order."""
    less = replace(FIGURES, loaded=replace(FIGURES.loaded, resident=90_000_000))
    assert less.growth(FIGURES, FIGURES) == []


@pytest.mark.parametrize(
    "grown",
    [
        replace(FIGURES, at_rest=replace(FIGURES.at_rest, tasks=2)),
        replace(FIGURES, at_rest=replace(FIGURES.at_rest, sockets=8)),
        replace(FIGURES, at_rest=replace(FIGURES.at_rest, homes=2)),
        replace(FIGURES, at_rest=replace(FIGURES.at_rest, objects=300)),
        replace(
            FIGURES,
            at_rest=replace(FIGURES.at_rest, listeners={"homeassistant_stop": 3}),
        ),
        replace(FIGURES, loaded=replace(FIGURES.loaded, followers=1)),
        replace(FIGURES, loaded=replace(FIGURES.loaded, issues=1)),
        replace(FIGURES, loaded=replace(FIGURES.loaded, resident=120_000_000)),
    ],
)
def test_what_grew_is_told(grown: Figures) -> None:
    """A task, a connection, a listener, an issue or memory that is left is found."""
    assert len(grown.growth(FIGURES, FIGURES)) == 1


def log_of(*messages: str) -> LogWatch:
    """Return a log with some errors of the integration."""
    log = LogWatch(Clock(0))
    for message in messages:
        log.handle(
            logging.makeLogRecord(
                {
                    "name": "custom_components.meeting_rooms",
                    "levelno": logging.ERROR,
                    "msg": message,
                }
            )
        )
    return log


def outages_of(*words: str) -> Outages:
    """Return what was seen of an account."""
    outages = Outages(Clock(0))
    outages.seen["Office"] = [(word, 0.0) for word in words]
    return outages


DOWN: Final = "Error fetching Office data: Office: the service cannot be reached"
UP: Final = "Fetching Office data recovered"


def test_one_line_for_each_outage_and_recovery_is_right() -> None:
    """The log says what the entities show."""
    assert outages_of("down", "up").differences(log_of(DOWN, UP), "Office") == []


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ((DOWN, DOWN, UP), ("down", "up")),
        ((DOWN,), ("down", "up")),
        ((), ("down",)),
        ((DOWN, UP), ()),
    ],
)
def test_a_line_too_many_or_too_few_is_told(
    said: tuple[str, ...], seen: tuple[str, ...]
) -> None:
    """An outage that is told twice, or not at all, is found."""
    assert outages_of(*seen).differences(log_of(*said), "Office") != []


def test_an_error_that_is_no_outage_is_told() -> None:
    """Only the line of an outage may be an error."""
    other = "A follower of Office failed"
    assert log_of(DOWN, other).unexpected() == [
        f"custom_components.meeting_rooms: {other}"
    ]


LIMIT: Final = "Office: the vendor limits calls of list; asking again in 60 seconds"
ANSWERED: Final = "Office: calls of list are answered again"


def test_a_limit_is_told_once_each_time() -> None:
    """It begins with one line and ends with one."""
    assert log_of(LIMIT, ANSWERED, LIMIT).limits() == []
    assert log_of(LIMIT).unexpected() == []


@pytest.mark.parametrize("said", [(LIMIT, LIMIT), (ANSWERED,)])
def test_a_limit_that_is_told_twice_is_told(said: tuple[str, ...]) -> None:
    """As is one that is over without having begun."""
    assert log_of(*said).limits() == [said[-1]]


def test_a_traceback_is_told() -> None:
    """Whoever wrote it."""
    trace = "Task exception was never retrieved\nTraceback (most recent call last):\n"
    assert log_of(DOWN).tracebacks() == []
    assert log_of(DOWN, trace).tracebacks() == [trace]
