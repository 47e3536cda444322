"""The availability and the readiness of a room, minute by minute from the contract.

This second implementation is slow and obvious: everything happens at full minutes of one day, and
each answer looks at all the bookings and all the uses of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import groupby

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.rooms.availability import Rules

MINUTE = timedelta(minutes=1)
FOREVER = datetime.max.replace(tzinfo=UTC)
UNREACHABLE = (RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN)

type Report = tuple[RoomStatus | None, bool | None]
"""What the vendor and the sensors report."""


def used_by(report: Report) -> bool | None:
    """Return whether a room is used by a report."""
    status, sensors = report
    if status == "in_use" or sensors is True:
        return True
    if status == "idle":
        return False
    return False if sensors is False else None


@dataclass(frozen=True, kw_only=True)
class RoomDay:
    """A room on a day."""

    midnight: datetime
    """When the day starts, in its own time zone; the day may have 23 or 25 hours."""
    rows: Sequence[tuple[int, Report]]
    """The reports, each with the minute of the day from which it holds."""
    bookings: Sequence[Booking] | None
    rules: Rules
    first_seen: datetime
    """When the bookings were first known."""

    @cached_property
    def minutes(self) -> list[datetime]:
        """Return every minute of the day."""
        start = self.midnight.astimezone(UTC)
        end = (self.midnight + timedelta(days=1)).astimezone(UTC)
        return [start + index * MINUTE for index in range((end - start) // MINUTE)]

    @cached_property
    def reports(self) -> list[Report]:
        """Return the report of each minute."""
        reports: list[Report] = []
        for minute, report in self.rows:
            reports[minute:] = [report] * (len(self.minutes) - minute)
        return reports

    @cached_property
    def confirmed(self) -> list[Booking]:
        """Return the bookings that reserve the room."""
        bookings = self.bookings or ()
        return [
            each for each in bookings if not each.tentative and each.start < each.end
        ]

    @cached_property
    def uses(self) -> list[tuple[datetime, datetime]]:
        """Return when each use began, and when the room was first seen empty after it."""
        reported = [
            (minute, used_by(report))
            for minute, report in zip(self.minutes, self.reports, strict=True)
        ]
        known = [(minute, used) for minute, used in reported if used is not None]
        turns = [
            (used, next(group)[0])
            for used, group in groupby(known, key=lambda each: each[1])
        ]
        ends = [*(minute for _, minute in turns[1:]), FOREVER]
        return [
            (minute, end)
            for (used, minute), end in zip(turns, ends[: len(turns)], strict=True)
            if used
        ]

    def availability(self, minute: int) -> str | None:
        """Return the state by the table."""
        used = used_by(self.reports[minute])
        unreachable = self.reports[minute][0] in UNREACHABLE
        now = self.minutes[minute]
        if self.bookings is None:
            unknown = "offline" if unreachable else None
            return {True: "in_use", False: "free", None: unknown}[used]
        if self.present(now):
            if used is False:
                return self._booked_and_empty(now)
            return "in_use" if used else "booked"
        if used:
            return "running_over" if self._runs_over(now) else "unbooked_use"
        if used is None and unreachable:
            return "offline"
        begin = self._next_begin(now)
        soon = begin is not None and begin - now <= self.rules.soon
        return "starting_soon" if soon else "free"

    def until(self, minute: int, state: str | None) -> datetime | None:
        """Return until when a state is expected to last."""
        now = self.minutes[minute]
        if state in {"free", "starting_soon", "ended_early"}:
            return self._next_begin(now)
        if state not in {"booked", "in_use", "no_show"} or self.bookings is None:
            return None
        end = now
        while following := [
            each.end for each in self.confirmed if each.start <= end < each.end
        ]:
            end = max(following)
        return end

    def not_ready(self, now: datetime) -> bool:
        """Return whether an existing problem matters now."""
        return any(
            each.start - self.rules.ready <= now < each.end for each in self.confirmed
        )

    def present(self, now: datetime) -> list[Booking]:
        """Return the bookings now, and those that overlap with them."""
        found = [each for each in self.confirmed if each.start <= now < each.end]
        while overlapping := [
            each
            for each in self.confirmed
            if each not in found
            and any(each.start < one.end and one.start < each.end for one in found)
        ]:
            found += overlapping
        return found

    def _booked_and_empty(self, now: datetime) -> str:
        """Return the state of an empty room with a booking."""
        start = min(each.start for each in self.present(now))
        end = max(each.end for each in self.present(now))
        left = [left for _, left in self.uses if start < left <= now]
        if left:
            return "ended_early" if now - left[-1] >= 5 * MINUTE else "booked"
        if end - start >= self.rules.no_show_exempt:
            return "booked"
        waited = now - max(start, self.first_seen)
        return "no_show" if waited >= self.rules.no_show else "booked"

    def _runs_over(self, now: datetime) -> bool:
        """Return whether a booking ended within the present use."""
        began = max(began for began, _ in self.uses if began <= now)
        return any(began < each.end <= now for each in self.confirmed)

    def _next_begin(self, now: datetime) -> datetime | None:
        """Return when the next booking begins that does not overlap the present one."""
        present = self.present(now)
        begins = (
            each.start
            for each in self.confirmed
            if each.start > now and each not in present
        )
        return min(begins, default=None)
