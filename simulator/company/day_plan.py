"""Generate the meetings, failures and alarms of a room for one day."""

from dataclasses import dataclass
from enum import StrEnum
import random

from simulator.clock import day_start

from .names import SUBJECTS

MINUTE = 60.0
OPENS, CLOSES = 8 * 60 * MINUTE, 20 * 60 * MINUTE


class Failure(StrEnum):
    """List the failures of a room; the value of an alarm is the vendor's code."""

    OFFLINE = "device_off_line"
    NOT_LOGGED_IN = "logged_out"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    CPU = "cpu_occupancy_rate_overtop"
    VOLUME = "speaker_volume_too_low"
    REFRESH = "display_refresh_too_low"


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold an interval of simulated time."""

    start: float
    end: float

    def contains(self, time: float) -> bool:
        """Return whether a time is within the interval."""
        return self.start <= time < self.end


@dataclass(frozen=True, slots=True)
class Meeting:
    """Hold one meeting in a room."""

    meeting_id: str
    code: str
    subject: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Hold the meetings and failures of one room on one day."""

    meetings: tuple[Meeting, ...]
    failures: tuple[tuple[Failure, Interval], ...]

    def failures_at(self, time: float) -> list[tuple[Failure, Interval]]:
        """Return the failures that are active at a time."""
        return [
            (kind, interval)
            for kind, interval in self.failures
            if interval.contains(time)
        ]


@dataclass(frozen=True, slots=True)
class MeetingRate:
    """Hold the average length of a meeting and the break after it, in seconds."""

    cycle: float

    @classmethod
    def for_rooms(cls, rooms: int) -> MeetingRate:
        """Return a higher rate for fewer rooms, so that some state changes about every 20 s."""
        return cls(min(max(rooms * 40.0, 5 * MINUTE), 75 * MINUTE))

    @property
    def grid(self) -> float:
        """Return the seconds that the times of bookings are rounded to."""
        return 5 * MINUTE if self.cycle >= 40 * MINUTE else MINUTE


# The share of rooms that have a failure each day, and its shortest and longest duration in
# minutes.
FAILURES = (
    (Failure.CAMERA, 0.25, (5, 60)),
    (Failure.MICROPHONE, 0.08, (5, 40)),
    (Failure.SPEAKER, 0.08, (5, 40)),
    (Failure.CPU, 0.4, (3, 15)),
    (Failure.VOLUME, 0.15, (10, 90)),
    (Failure.REFRESH, 0.1, (10, 90)),
)


def plan_day(rng_seed: str, day: int, rate: MeetingRate) -> DayPlan:
    """Generate the day of a room from its seed and the date alone."""
    rng = random.Random(f"{rng_seed}/{day}")
    midnight = day_start(day)
    meetings = _office_meetings(rng, midnight, rate) + _late_meeting(rng, midnight)
    return DayPlan(tuple(meetings), tuple(_failures(rng, midnight)))


def _office_meetings(
    rng: random.Random, midnight: float, rate: MeetingRate
) -> list[Meeting]:
    """Generate meetings and breaks for the office hours."""
    meetings = []
    start = midnight + OPENS + rng.uniform(0, rate.cycle)
    while start < midnight + CLOSES - rate.cycle / 4:
        length = rate.cycle * rng.uniform(0.25, 0.85)
        end = min(start + length, midnight + CLOSES)
        meetings.append(_meeting(rng, Interval(start, end)))
        start = end + rate.cycle * rng.uniform(0.15, 0.75)
    return meetings


def _late_meeting(rng: random.Random, midnight: float) -> list[Meeting]:
    """Generate a late meeting for one room in ten."""
    if rng.random() > 0.1:
        return []
    start = midnight + CLOSES + rng.uniform(10, 100) * MINUTE
    return [_meeting(rng, Interval(start, start + rng.uniform(30, 90) * MINUTE))]


def _meeting(rng: random.Random, interval: Interval) -> Meeting:
    """Generate the ids and the subject of a meeting."""
    return Meeting(
        meeting_id=str(rng.randrange(10**18, 10**19)),
        code=str(rng.randrange(10**8, 10**9)),
        subject=rng.choice(SUBJECTS),
        interval=interval,
    )


def _failures(rng: random.Random, midnight: float) -> list[tuple[Failure, Interval]]:
    """Generate failures that end within the day."""
    found = _outage(rng, midnight) if rng.random() < 0.4 else []
    for kind, share, minutes in FAILURES:
        if rng.random() < share:
            found.append((kind, _random_interval(rng, midnight, minutes)))
    return found


def _outage(rng: random.Random, midnight: float) -> list[tuple[Failure, Interval]]:
    """Generate a time offline, after which the room may not be logged in."""
    offline = _random_interval(rng, midnight, (4, 45))
    not_logged_in = Interval(offline.end, offline.end + rng.uniform(2, 12) * MINUTE)
    failures = [(Failure.OFFLINE, offline)]
    return (
        [*failures, (Failure.NOT_LOGGED_IN, not_logged_in)]
        if rng.random() < 0.5
        else failures
    )


def _random_interval(
    rng: random.Random, midnight: float, minutes: tuple[int, int]
) -> Interval:
    """Return a random interval within the office hours."""
    start = midnight + rng.uniform(OPENS, CLOSES - 60 * MINUTE)
    return Interval(start, start + rng.uniform(*minutes) * MINUTE)
