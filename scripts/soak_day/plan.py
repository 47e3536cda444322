"""Plan what happens in a day from nothing but a seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import random
from typing import Final, override

from .changes import CHANGES
from .kinds import DAY_LIMIT, FAULTS, TENCENT, Kind

KINDS: Final[Mapping[str, Kind]] = {**FAULTS, **CHANGES}
_RESTART: Final = "Home Assistant restarted"
_AT_ONCE: Final = (1, 1, 2, 2, 3)
_QUIET_SECONDS: Final = (30.0, 600.0)
_FIRST_SECONDS: Final = (0.0, 120.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that happens."""

    name: str
    kind: Kind
    vendor: str
    api: str | None
    after: float
    """Seconds from the begin of its act."""
    seconds: float
    seed: float

    @override
    def __str__(self) -> str:
        """Tell what happens, to whom and for how long."""
        where = self.vendor if self.api is None else f"{self.vendor}/{self.api}"
        return f"{self.name} ({where}, {self.seconds:.0f} s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Some things that happen at once, after a quiet time."""

    number: int
    quiet: float
    incidents: tuple[Incident, ...]

    @property
    def forgotten_after(self) -> float:
        """Return within how many seconds all must be right again."""
        return max(each.kind.forgotten_after for each in self.incidents)


def acts(seed: int) -> Iterator[Act]:
    """Plan act after act; every kind has its turn before one has another."""
    chance = random.Random(seed)
    deck: list[str] = []
    number = 0
    while True:
        number += 1
        incidents = []
        for _ in range(chance.choice(_AT_ONCE)):
            if not deck:
                deck = [*KINDS]
                chance.shuffle(deck)
            name = deck.pop()
            incidents.append(_incident(name, KINDS[name], chance))
        quiet = chance.uniform(*_QUIET_SECONDS)
        yield Act(number=number, quiet=quiet, incidents=tuple(incidents))


def restart(number: int) -> Act:
    """Plan the restart of Home Assistant."""
    chance = random.Random(number)
    incident = _incident(_RESTART, KINDS[_RESTART], chance)
    return Act(number=number, quiet=0, incidents=(incident,))


def day_limit(number: int, seconds: float) -> Act:
    """Plan that the limit of the day is used up some time before its end."""
    incident = Incident(
        name="limit of the day",
        kind=DAY_LIMIT,
        vendor=TENCENT,
        api=None,
        after=0,
        seconds=seconds,
        seed=number,
    )
    return Act(number=number, quiet=0, incidents=(incident,))


def _incident(name: str, kind: Kind, chance: random.Random) -> Incident:
    """Choose whom a kind of trouble meets, and when."""
    vendor = chance.choice(kind.vendors)
    apis = [] if kind.apis is None else kind.apis[vendor]
    api = chance.choice([None, *apis])
    return Incident(
        name=name,
        kind=kind,
        vendor=vendor,
        api=api,
        after=chance.uniform(*_FIRST_SECONDS),
        seconds=chance.uniform(*kind.seconds),
        seed=chance.random(),
    )
