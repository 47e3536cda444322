"""Plan a room's day: its meetings, its failures and its alarms."""

from dataclasses import dataclass
from enum import StrEnum
import random

from simulator.clock import day_start

from .names import SUBJECTS

MINUTE = 60.0
OPENS, CLOSES = 8 * 60 * MINUTE, 20 * 60 * MINUTE


class Trouble(StrEnum):
    """Name what may go wrong in a room; an alarm has the vendor's code as its name."""

    OFFLINE = "device_off_line"
    LOGGED_OUT = "logged_out"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    CPU = "cpu_occupancy_rate_overtop"
    VOLUME = "speaker_volume_too_low"
    REFRESH = "display_refresh_too_low"


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a stretch of office time."""

    start: float
    end: float

    def covers(self, moment: float) -> bool:
        """Return whether a moment falls into the stretch."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Meeting:
    """Hold one meeting in a room."""

    meeting_id: str
    code: str
    subject: str
    span: Span


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Hold what happens in one room on one day."""

    meetings: tuple[Meeting, ...]
    troubles: tuple[tuple[Trouble, Span], ...]

    def troubles_at(self, moment: float) -> list[tuple[Trouble, Span]]:
        """Return what is wrong at a moment."""
        return [(kind, span) for kind, span in self.troubles if span.covers(moment)]


@dataclass(frozen=True, slots=True)
class Pace:
    """Say how long a meeting and the pause after it take on average, in seconds."""

    cycle: float

    @classmethod
    def for_rooms(cls, rooms: int) -> Pace:
        """Make small estates livelier, so that something changes every 20 s or so."""
        return cls(min(max(rooms * 40.0, 5 * MINUTE), 75 * MINUTE))


# How often a day each trouble comes (a share of rooms) and how long it lasts in minutes.
TROUBLES = (
    (Trouble.CAMERA, 0.25, (5, 60)),
    (Trouble.MICROPHONE, 0.08, (5, 40)),
    (Trouble.SPEAKER, 0.08, (5, 40)),
    (Trouble.CPU, 0.4, (3, 15)),
    (Trouble.VOLUME, 0.15, (10, 90)),
    (Trouble.REFRESH, 0.1, (10, 90)),
)


def plan_day(identity: str, day: int, pace: Pace) -> DayPlan:
    """Plan the day of a room from nothing but its identity and the date."""
    chance = random.Random(f"{identity}/{day}")
    midnight = day_start(day)
    meetings = _office_meetings(chance, midnight, pace) + _night_call(chance, midnight)
    return DayPlan(tuple(meetings), tuple(_troubles(chance, midnight)))


def _office_meetings(
    chance: random.Random, midnight: float, pace: Pace
) -> list[Meeting]:
    """Fill the office hours with meetings and pauses."""
    meetings = []
    start = midnight + OPENS + chance.uniform(0, pace.cycle)
    while start < midnight + CLOSES - pace.cycle / 4:
        length = pace.cycle * chance.uniform(0.25, 0.85)
        end = min(start + length, midnight + CLOSES)
        meetings.append(_meeting(chance, Span(start, end)))
        start = end + pace.cycle * chance.uniform(0.15, 0.75)
    return meetings


def _night_call(chance: random.Random, midnight: float) -> list[Meeting]:
    """Hold a late call with colleagues overseas in one room out of ten."""
    if chance.random() > 0.1:
        return []
    start = midnight + CLOSES + chance.uniform(10, 100) * MINUTE
    return [_meeting(chance, Span(start, start + chance.uniform(30, 90) * MINUTE))]


def _meeting(chance: random.Random, span: Span) -> Meeting:
    """Give a meeting its numbers and its subject."""
    return Meeting(
        meeting_id=str(chance.randrange(10**18, 10**19)),
        code=str(chance.randrange(10**8, 10**9)),
        subject=chance.choice(SUBJECTS),
        span=span,
    )


def _troubles(chance: random.Random, midnight: float) -> list[tuple[Trouble, Span]]:
    """Let things go wrong, and be mended within the day."""
    found = _outage(chance, midnight) if chance.random() < 0.4 else []
    for kind, share, minutes in TROUBLES:
        if chance.random() < share:
            found.append((kind, _somewhen(chance, midnight, minutes)))
    return found


def _outage(chance: random.Random, midnight: float) -> list[tuple[Trouble, Span]]:
    """Cut a room off; when it is back it may have to log in again."""
    gone = _somewhen(chance, midnight, (4, 45))
    logged_out = Span(gone.end, gone.end + chance.uniform(2, 12) * MINUTE)
    troubles = [(Trouble.OFFLINE, gone)]
    return (
        [*troubles, (Trouble.LOGGED_OUT, logged_out)]
        if chance.random() < 0.5
        else troubles
    )


def _somewhen(chance: random.Random, midnight: float, minutes: tuple[int, int]) -> Span:
    """Choose a stretch within the office hours."""
    start = midnight + chance.uniform(OPENS, CLOSES - 60 * MINUTE)
    return Span(start, start + chance.uniform(*minutes) * MINUTE)
