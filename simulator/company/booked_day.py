"""Generate what is booked in a room on one day, from the meetings that are held there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
import random

from .day_plan import MINUTE, Interval, Meeting
from .names import PEOPLE, SUBJECTS

RECURRING_SHARE = 0.4
BREAK_SHARE = 0.4
SHORTEST_BREAK = 12 * MINUTE


class RoomBookingStatus(StrEnum):
    """List the statuses of a booking, independent of the vendor."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    REQUESTED = "requested"
    IN_APPROVAL = "in_approval"
    RELEASED = "released"


class Course(StrEnum):
    """List how a meeting differs from its booking."""

    ON_TIME = "on time"
    RUNS_OVER = "runs over"
    ENDS_EARLY = "ends early"
    ENDED_BY_HOST = "ended by the host"
    MOVED = "moved while it runs"
    UNBOOKED = "unbooked"


COURSES = (*(Course.ON_TIME,) * 6, *(each for each in Course))
UNUSED = (
    *(RoomBookingStatus.BOOKED,) * 3,
    *(each for each in RoomBookingStatus if each is not RoomBookingStatus.BOOKED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBooking:
    """Hold a booking of the day, in simulated time.

    Until `moved_at` its end is `first_end`; the host ends the meeting at `ended_at`.
    """

    interval: Interval
    subject: str
    person: str
    status: RoomBookingStatus = RoomBookingStatus.BOOKED
    recurring: bool = False
    first_end: float = 0
    moved_at: float = 0
    ended_at: float | None = None

    def end_at(self, now: float) -> float:
        """Return the booked end as it is known at a time."""
        return self.first_end if now < self.moved_at else self.interval.end


def plan_bookings(
    rng_seed: str, day: int, meetings: Sequence[Meeting]
) -> tuple[PlannedBooking, ...]:
    """Generate the bookings from the meetings of a day and the seed of the room."""
    rng = random.Random(f"{rng_seed}/bookings/{day}")
    series = random.Random(f"{rng_seed}/series").random() < RECURRING_SHARE
    bookings: list[PlannedBooking] = []
    breaks = [
        Interval(one.interval.end, other.interval.start)
        for one, other in pairwise(meetings)
    ]
    for number, meeting in enumerate(meetings):
        free = breaks[number] if number < len(breaks) else None
        recurring = series and number == 0
        course = Course.ON_TIME if recurring else rng.choice(COURSES)
        bookings += _of_meeting(meeting, course, free, rng, recurring=recurring)
        if course not in (Course.ENDS_EARLY, Course.ENDED_BY_HOST):
            bookings += _of_break(free, rng)
    return tuple(bookings)


def _of_meeting(
    meeting: Meeting,
    course: Course,
    free: Interval | None,
    rng: random.Random,
    *,
    recurring: bool,
) -> Iterator[PlannedBooking]:
    """Generate the booking of a meeting, unless it has none."""
    start, end = meeting.interval.start, meeting.interval.end
    length = end - start
    later = end + (0.6 * (free.end - free.start) if free else 30 * MINUTE)
    booked = {Course.RUNS_OVER: start + 0.7 * length, Course.ENDS_EARLY: later}
    booked[Course.ENDED_BY_HOST] = later
    moved = course is Course.MOVED
    if course is not Course.UNBOOKED:
        yield PlannedBooking(
            interval=Interval(start, booked.get(course, end)),
            subject=SUBJECTS[0] if recurring else meeting.subject,
            person=PEOPLE[0] if recurring else rng.choice(PEOPLE),
            recurring=recurring,
            first_end=start + 0.7 * length if moved else 0,
            moved_at=start + 0.5 * length if moved else 0,
            ended_at=end if course is Course.ENDED_BY_HOST else None,
        )


def _of_break(free: Interval | None, rng: random.Random) -> Iterator[PlannedBooking]:
    """Generate a booking without a meeting: nobody comes, or it was cancelled."""
    chosen = rng.random() < BREAK_SHARE
    if free is not None and chosen and free.end - free.start >= SHORTEST_BREAK:
        yield PlannedBooking(
            interval=free,
            subject=rng.choice(SUBJECTS),
            person=rng.choice(PEOPLE),
            status=rng.choice(UNUSED),
        )
