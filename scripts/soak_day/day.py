"""Live through a day: trouble, then everything right again, and so on; at the end, the account."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
import random
from typing import Final

from homeassistant.core import HomeAssistant
from scripts.demo_home.office import account_ids, forms
from simulator import Simulator
from simulator.clock import BEIJING

from . import plan
from .clock import Clock
from .figures import Figures, look
from .home import Home
from .kinds import WITHIN_THE_HOUR, Scene
from .ledger import Ledger
from .log import LogWatch
from .losses import Losses
from .office import held
from .outages import Outages
from .plan import Act, Incident
from .truth import DIAGNOSTICS, differences, exists, live_truth, whole_truth

_LOOK_SECONDS: Final = 15.0
_WARM_UP_SECONDS: Final = 7200.0
_SLOWEST_READING_SECONDS: Final = 600.0
"""After which even what is placed by something else, read before it, was read."""
_BEFORE_MIDNIGHT: Final = 2400.0
_HOW_IT_WAS_READ: Final = ("_calls_today", "_budget_used", "_oldest_reading")
_SHOWN_AT_MOST: Final = 20


class DayError(Exception):
    """Something is not as it must be."""


class Day:
    """Home Assistant, the vendors and the clock, for a day."""

    def __init__(self, sim: Simulator, folder: Path, clock: Clock, seed: int) -> None:
        """Prepare a day; nothing runs yet."""
        self.ledger = Ledger()
        self.home = Home(folder / "home", self._watch)
        self.log = LogWatch(clock)
        self.figures: dict[str, Figures] = {}
        self.step = "the begin"
        self._sim = sim
        self._clock = clock
        self._seed = seed
        self._spare = Home(folder / "spare", lambda _: None)
        self._outages = Outages(clock)
        self._losses = Losses(clock, self._is_there)

    async def live(self, hours: float) -> None:
        """Live through the day. Raises DayError."""
        self.log.read()
        await self._begin()
        await self._acts(self._clock.passed + hours * 3600)
        self.step = "the end"
        # A room that was closed in between is a new one.
        self.home.enable(*DIAGNOSTICS)
        with held(self._sim):
            await self._right_again(WITHIN_THE_HOUR, whole_truth)
            await asyncio.sleep(WITHIN_THE_HOUR)
            self._expect("right", differences(self.home, whole_truth(self._sim)))
            self._check_log()
            await self._look("end")
            begin, restarted, end = self.figures.values()
            self._expect("where it began", end.growth(begin, restarted))
            await self._compare_with_a_new_one()

    async def _begin(self) -> None:
        """Start Home Assistant, add the accounts, and wait until all was read."""
        await self._start(self.home)
        with held(self._sim):
            await self._right_again(_WARM_UP_SECONDS, whole_truth)
            # So that what is held is that of a second start, at the begin as at the end.
            await self.home.restart()
            await self._right_again(_WARM_UP_SECONDS, whole_truth)
            await self._look("begin")
        print(f"{self._now()} {len(self.home.shown())} entities show what is true")

    async def _look(self, moment: str) -> None:
        """Look at what is held, in an office that holds its breath."""
        await asyncio.sleep(_SLOWEST_READING_SECONDS)
        self.figures[moment] = await look(self.home)
        await self._right_again(_WARM_UP_SECONDS, whole_truth)
        await asyncio.sleep(_SLOWEST_READING_SECONDS)

    async def _start(self, home: Home) -> None:
        """Start Home Assistant and add the accounts."""
        await home.start()
        for vendor, form in forms(self._sim).items():
            await home.add(vendor, form)
        home.enable(*DIAGNOSTICS)

    def _watch(self, hass: HomeAssistant) -> None:
        """Watch when accounts go and come, and what is removed."""
        self.log.start()
        self._outages.watch(hass)
        self._losses.watch(hass)

    def _is_there(self, identifier: str) -> bool:
        """Return whether the room or the controller of a device exists."""
        return exists(self._sim, identifier)

    async def _acts(self, end: float) -> None:
        """Let act after act happen, a restart and the end of a day's limit among them."""
        planned = plan.acts(self._seed)
        half = (self._clock.passed + end) / 2
        restarted = limited = False
        while self._clock.passed < end:
            act = next(planned)
            await self._live_through(act)
            if not restarted and self._clock.passed > half:
                restarted = True
                await self._live_through(plan.restart(act.number))
                with held(self._sim):
                    await self._right_again(_WARM_UP_SECONDS, whole_truth)
                    await self._look("restarted")
            left = self._until_midnight()
            if not limited and left < _BEFORE_MIDNIGHT:
                limited = True
                await self._live_through(plan.day_limit(act.number, left))

    async def _live_through(self, act: Act) -> None:
        """Let some things happen, and wait until all is right again."""
        self.step = f"act {act.number}"
        await asyncio.sleep(act.quiet)
        self.step += ": " + ", ".join(map(str, act.incidents))
        began = self._now()
        async with asyncio.TaskGroup() as group:
            for incident in act.incidents:
                group.create_task(self._happen(incident))
        with held(self._sim):
            seconds = await self._right_again(act.forgotten_after, live_truth)
        for incident in act.incidents:
            self.ledger.happened[incident.name] += 1
            slowest = self.ledger.slowest.get(incident.name, 0.0)
            self.ledger.slowest[incident.name] = max(slowest, seconds)
        print(f"{began} {self.step}: right again after {seconds:.0f} s", flush=True)

    async def _happen(self, incident: Incident) -> None:
        """Let one thing happen."""
        await asyncio.sleep(incident.after)
        scene = Scene(
            sim=self._sim,
            home=self.home,
            clock=self._clock,
            vendor=incident.vendor,
            api=incident.api,
            chance=random.Random(incident.seed),
        )
        async with incident.kind.happening(scene):
            await asyncio.sleep(incident.seconds)

    async def _right_again(
        self, seconds: float, truth: Callable[[Simulator], dict[str, str]]
    ) -> float:
        """Wait until what is shown is true, and return how long it took."""
        begin = self._clock.passed
        # What is true moves with the clock: bookings begin, end and leave the day.
        while wrong := differences(self.home, truth(self._sim)):
            if self._clock.passed - begin > seconds:
                self._expect(f"right after {seconds:.0f} s", wrong)
            for vendor in await self.home.log_in_again(forms(self._sim)):
                self.ledger.logins[vendor] += 1
            await asyncio.sleep(_LOOK_SECONDS)
        self._count_requests()
        return self._clock.passed - begin

    def _count_requests(self) -> None:
        """Count the requests so far, and let the simulator forget them."""
        self.ledger.requests.update(self._sim.requests.by_api())
        self._sim.requests.clear()

    def _check_log(self) -> None:
        """Hold the log against what happened. Raises DayError."""
        self._expect("without traceback", self.log.tracebacks())
        self._expect("expected in the log", self.log.unexpected())
        self._expect("told once for each limit", self.log.limits())
        for vendor in account_ids(self._sim):
            title = self.home.entry(vendor).title
            self._expect("one line each", self._outages.differences(self.log, title))
            seen = Counter(word for word, _ in self._outages.seen.get(title, []))
            self.ledger.outages += seen["down"]
            self.ledger.recoveries += seen["up"]
        told = self._sim.canaries.found_in(self.log.text + str(self.home.shown()))
        self._expect("secret", [str(each) for each in told])
        self._expect("gone with their account", self._outages.status_missing)
        self._expect("removed with reason", self._losses.wrong)

    async def _compare_with_a_new_one(self) -> None:
        """Hold what is shown against what a Home Assistant shows that has just begun."""
        shown = self.home.shown()
        await self.home.stop()
        await self._start(self._spare)
        await asyncio.sleep(WITHIN_THE_HOUR)
        fresh = self._spare.shown()
        await self._spare.stop()
        self._expect(
            "shown by a new Home Assistant too",
            [
                f"{key} is {shown.get(key)}, in a new Home Assistant {fresh.get(key)}"
                for key in _comparable(shown, fresh)
                if shown.get(key) != fresh.get(key)
            ],
        )

    def _until_midnight(self) -> float:
        """Return the seconds until the vendor's next day."""
        into_day = self._clock.unix() + BEIJING.utcoffset(None).total_seconds()
        return 86_400 - into_day % 86_400

    def _now(self) -> str:
        """Tell how much of the day has passed."""
        minutes = int(self._clock.passed // 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def _expect(self, what: str, wrong: list[str]) -> None:
        """Raise a DayError that tells the first things that are wrong."""
        if wrong:
            shown = "\n  ".join(wrong[:_SHOWN_AT_MOST])
            raise DayError(f"{self._now()} not {what} ({len(wrong)}):\n  {shown}")


def _comparable(shown: Mapping[str, str], fresh: Mapping[str, str]) -> set[str]:
    """Return what both must show.

    A conference may have left the window in between, and how an account was read is another
    matter with each Home Assistant.
    """
    both = (shown.keys() & fresh.keys()) | {
        key for key in shown.keys() ^ fresh.keys() if "_event_" not in key
    }
    return {key for key in both if not key.endswith(_HOW_IT_WAS_READ)}
