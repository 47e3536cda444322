"""Simulate the day: one incident after another, each followed by a check of all states."""

from argparse import Namespace
import asyncio
from pathlib import Path
from random import Random
import time
from typing import Final

from scripts.demo_home.office import forms
from simulator import Simulator

from .checks import Held, Watch, expected_states, growth, measure, wrong_states
from .clock import FastLoop
from .home import Home
from .incidents import HOUR, INCIDENTS, SOON, Scene

_LOOK_SECONDS: Final = 15.0
_QUIET_SECONDS: Final = 300.0
_SHOWN_AT_MOST: Final = 20


class CheckError(Exception):
    """A check of the soak failed."""


class Day:
    """A Home Assistant, the simulated vendors and the frozen time."""

    def __init__(self, sim: Simulator, folder: Path, loop: FastLoop, seed: int) -> None:
        """Store the parts without starting them."""
        self.watch = Watch()
        self.home = Home(folder, self.watch.start)
        self._sim = sim
        self._loop = loop
        self._random = Random(seed)
        self._simulated_until = time.time()
        self._names: list[str] = []

    async def live(self, hours: float) -> None:
        """Simulate some hours. Raises CheckError."""
        await self.home.start()
        for vendor, form in forms(self._sim).items():
            await self.home.add(vendor, form)
        # Memory that a process keeps after its first incidents and restarts is not growth.
        await self._live_until(time.time() + hours * 1800)
        before = await self._measure("halfway")
        await self._live_until(time.time() + hours * 1800)
        self._expect(
            "resources in use", growth(before, await self._measure("at the end"))
        )
        titles = [entry.title for entry in self.home.entries]
        self._expect("the log", self.watch.problems(titles))
        shown = self.watch.text + str(self.home.shown())
        self._expect("secrets", self._sim.canaries.found_in(shown))

    async def _live_until(self, end: float) -> None:
        """Run incidents until a time, each kind once before any is repeated, and restart."""
        while time.time() < end:
            if not self._names:
                self._names = [*INCIDENTS]
                self._random.shuffle(self._names)
            await self._live_through(self._names.pop())
        await self.home.restart()

    async def _measure(self, moment: str) -> Held:
        """Return the resources in use once every state is correct."""
        await self._right_again(moment, HOUR)
        await asyncio.sleep(_QUIET_SECONDS)
        held = await measure(self.home)
        print(moment, *(f"{number} {name}" for name, number in held.items()), sep=", ")
        await self._right_again(moment, SOON)
        return held

    async def _live_through(self, name: str) -> None:
        """Run an incident, and wait until every state is correct again."""
        incident = INCIDENTS[name]
        vendor = self._random.choice(incident.vendors)
        scene = Scene(self._sim, self.home, self._loop.frozen, vendor, self._random)
        self._advance()
        async with incident.happen(scene):
            for _ in range(self._random.randrange(20) if incident.lasts else 0):
                await asyncio.sleep(_LOOK_SECONDS * 2)
                self._advance()
        name = f"{name} ({vendor})"
        seconds = await self._right_again(name, incident.limit)
        moment = time.strftime("%H:%M", time.gmtime())
        print(f"{moment} {name}: right again after {seconds:.0f} s", flush=True)
        await asyncio.sleep(self._random.uniform(0, _QUIET_SECONDS))

    def _advance(self) -> None:
        """Advance the simulator's time, which stops while states are compared, to the present."""
        self._sim.company.advance(time.time() - self._simulated_until)
        self._simulated_until = time.time()

    async def _right_again(self, name: str, limit: float) -> float:
        """Wait until every state is correct, and return how many seconds it took."""
        start = time.time()
        while wrong := wrong_states(self.home.shown(), expected_states(self._sim)):
            if time.time() - start > limit:
                self._expect(f"{name}, states after {limit:.0f} s", wrong)
            await self.home.reauthenticate(forms(self._sim))
            await asyncio.sleep(_LOOK_SECONDS)
        # It is in the memory of this process.
        self._sim.requests.clear()
        return time.time() - start

    def _expect(self, what: str, wrong: list[str]) -> None:
        """Raise CheckError if any state is wrong."""
        if wrong:
            shown = "\n  ".join(wrong[:_SHOWN_AT_MOST])
            raise CheckError(f"{what}: {len(wrong)} wrong\n  {shown}")


async def simulate(folder: Path, loop: FastLoop, options: Namespace) -> None:
    """Simulate a day with some rooms, hours and seed. Raises CheckError."""
    async with Simulator(rooms=options.rooms, seed=options.seed, speed=0) as sim:
        await Day(sim, folder, loop, options.seed).live(options.hours)
