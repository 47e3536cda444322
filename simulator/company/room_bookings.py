"""Hold the bookings of one room: those of the day plan, and manual ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from simulator.canaries import Canaries
from simulator.clock import Clock, day_number
from simulator.enums import VendorName

from .booked_day import PlannedBooking, RoomBookingStatus

VENDOR_DIGITS = {VendorName.TENCENT_MEETING: 1, VendorName.WECOM: 2}
# The simulated hours before and after now in which a faster clock has planned bookings: a real day
# would contain those of several simulated days, and more pages of them than any real room.
PAST, AHEAD = 2 * 3600, 6 * 3600
# First digits of ids.
SERIES, PLANNED, MANUAL = 6, 7, 8

type Moment = float | datetime
"""A real time: Unix seconds, or a date with a time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomBooking:
    """Hold a booking of a room; its times are real Unix seconds, without the end.

    `recurring_id` is the id that the occurrences of a recurring booking share. `ended_at` is
    when the host ended the meeting, before the booked end.
    """

    booking_id: str
    room_id: str
    start: int
    end: int
    subject: str
    organizer: str
    status: RoomBookingStatus = RoomBookingStatus.BOOKED
    recurring_id: str | None = None
    ended_at: int | None = None
    code: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingTexts:
    """Hold the texts of a room's bookings; each contains a canary."""

    number: str
    project: str
    extension: str
    code: str
    link: str

    @classmethod
    def create(cls, vendor: VendorName, index: int, canaries: Canaries) -> BookingTexts:
        """Create the texts of the room with an index."""
        number = f"{VENDOR_DIGITS[vendor]}{index:05}"
        # A time in milliseconds ends with zeros, so it never contains such a code.
        code = canaries.add("meeting_code", f"90{number}9")
        return cls(
            number=number,
            project=canaries.add("meeting_subject", f"PRJ-{number}"),
            extension=canaries.add("meeting_organizer", f"EXT-{number}"),
            code=code,
            link=canaries.add("join_url", f"https://join.example.com/m/{code}"),
        )

    def subject(self, title: str) -> str:
        """Return the subject of a booking."""
        return f"{title} {self.project}"

    def organizer(self, person: str) -> str:
        """Return the organizer of a booking."""
        return f"{person} {self.extension}"


class RoomBookings:
    """List and change the bookings of one room.

    The plan has no-shows, meetings that run over, end early or are moved while they run, and
    bookings that are cancelled, requested or released. `clear` removes all of it.
    """

    def __init__(
        self,
        room_id: str,
        texts: BookingTexts,
        clock: Clock,
        grid: float,
        plan: Callable[[int], Sequence[PlannedBooking]],
    ) -> None:
        """Set the function that plans a day, and the seconds that its times are rounded to."""
        self.texts = texts
        self.follows_plan = True
        self._room_id = room_id
        self._clock = clock
        self._grid = 1 if clock.speed > 1 else int(grid)
        self._changed: dict[str, RoomBooking] = {}
        self._plan = lru_cache(maxsize=8)(plan)

    def between(self, start: Moment, end: Moment) -> list[RoomBooking]:
        """Return the bookings of any status that overlap a span, in the order of their start."""
        first, last = seconds(start), seconds(end)
        planned = [
            booking
            for booking in self._planned_between(first, last)
            if booking.booking_id not in self._changed
        ]
        found = [
            booking
            for booking in (*planned, *self._changed.values())
            if booking.start < last and booking.end > first
        ]
        return sorted(found, key=lambda each: (each.start, each.end))

    def reserved(self, start: Moment, end: Moment) -> list[RoomBooking]:
        """Return the bookings that reserve the room within a span."""
        booked = RoomBookingStatus.BOOKED
        return [each for each in self.between(start, end) if each.status is booked]

    def get(self, booking_id: str) -> RoomBooking | None:
        """Return a booking by its id."""
        if booking_id in self._changed:
            return self._changed[booking_id]
        prefix = f"{PLANNED}{self.texts.number}"
        day = booking_id.removeprefix(prefix)[:6]
        known = self.follows_plan and booking_id.startswith(prefix)
        if not known or not (day.isascii() and day.isdigit()):
            return None
        found = (each for each in self._planned(int(day)))
        return next((each for each in found if each.booking_id == booking_id), None)

    def book(
        self,
        start: Moment,
        end: Moment,
        *,
        subject: str | None = None,
        organizer: str | None = None,
        status: RoomBookingStatus = RoomBookingStatus.BOOKED,
        recurring_id: str | None = None,
        booking_id: str | None = None,
    ) -> RoomBooking:
        """Add a booking; without a subject or an organizer, it has one with a canary."""
        count = sum(each.startswith(str(MANUAL)) for each in self._changed)
        texts = self.texts
        booking = RoomBooking(
            booking_id=booking_id or f"{MANUAL}{texts.number}{count:010}",
            room_id=self._room_id,
            start=seconds(start),
            end=seconds(end),
            subject=texts.subject("会议") if subject is None else subject,
            organizer=texts.organizer("王芳") if organizer is None else organizer,
            status=RoomBookingStatus(status),
            recurring_id=recurring_id,
            code=texts.code,
            link=texts.link,
        )
        return self._store(booking)

    def cancel(
        self,
        booking_id: str,
        status: RoomBookingStatus = RoomBookingStatus.CANCELLED,
    ) -> RoomBooking:
        """Cancel a booking, or give it another status; an unknown id is a KeyError."""
        return self._store(replace(self._existing(booking_id), status=status))

    def move(
        self, booking_id: str, start: Moment | None = None, end: Moment | None = None
    ) -> RoomBooking:
        """Change the start or the end of a booking."""
        booking = self._existing(booking_id)
        return self._store(
            replace(
                booking,
                start=booking.start if start is None else seconds(start),
                end=booking.end if end is None else seconds(end),
            )
        )

    def end_early(self, booking_id: str) -> RoomBooking:
        """Let the host end the meeting of a booking now; the booked end stays."""
        now = int(self._clock.now)
        return self._store(replace(self._existing(booking_id), ended_at=now))

    def clear(self) -> None:
        """Remove all bookings, and add none from the plan any more."""
        self.follows_plan = False
        self._changed.clear()

    def _existing(self, booking_id: str) -> RoomBooking:
        """Return a booking that must exist."""
        booking = self.get(booking_id)
        if booking is None:
            raise KeyError(booking_id)
        return booking

    def _store(self, booking: RoomBooking) -> RoomBooking:
        """Keep a changed booking and return it."""
        if booking.end <= booking.start:
            raise ValueError("a booking must end after its start")
        self._changed[booking.booking_id] = booking
        return booking

    def _day(self, real: float) -> int:
        """Return the simulated day of a real time."""
        return day_number(self._clock.to_simulated(real))

    def _planned_between(self, first: int, last: int) -> list[RoomBooking]:
        """Return the bookings of the plan that overlap a span and are known now."""
        if (speed := self._clock.speed) > 1:
            first = max(first, int(self._clock.now - PAST / speed))
            last = min(last, int(self._clock.now + AHEAD / speed))
        days = range(self._day(first), self._day(last) + 1) if self.follows_plan else ()
        return [
            booking
            for day in days
            for booking in self._planned(day)
            if booking.start < last and booking.end > first
        ]

    def _planned(self, day: int) -> list[RoomBooking]:
        """Return the bookings of the plan for one simulated day, as they are known now."""
        found = [
            self._booking(f"{PLANNED}{self.texts.number}{day:06}{number:04}", planned)
            for number, planned in enumerate(self._plan(day))
        ]
        return [booking for booking in found if booking.end > booking.start]

    def _booking(self, booking_id: str, planned: PlannedBooking) -> RoomBooking:
        """Return a booking of the plan in real time."""
        now, texts = self._clock.simulated, self.texts
        ended = planned.ended_at is not None and planned.ended_at <= now
        return RoomBooking(
            booking_id=booking_id,
            room_id=self._room_id,
            start=self._on_grid(planned.interval.start),
            end=self._on_grid(planned.end_at(now)),
            subject=texts.subject(planned.subject),
            organizer=texts.organizer(planned.person),
            status=planned.status,
            recurring_id=f"{SERIES}{texts.number}" if planned.recurring else None,
            ended_at=self._clock.to_real(planned.ended_at or 0) if ended else None,
            code=texts.code,
            link=texts.link,
        )

    def _on_grid(self, simulated: float) -> int:
        """Return the real time, at full minutes unless the simulated time runs faster."""
        return round(self._clock.to_real(simulated) / self._grid) * self._grid


def seconds(moment: Moment) -> int:
    """Return the Unix seconds of a time."""
    return int(moment.timestamp() if isinstance(moment, datetime) else moment)
