"""The span of a new booking, by what a user enters and by the vendor's rules."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..api.client import BookingRules
from ..api.values import BEIJING
from .schedule import Span

DEFAULT_DURATION: Final = timedelta(minutes=30)
_LATE: Final = timedelta(minutes=1)
"""How long ago an entered start may be: an automation enters the present minute."""
_FURTHEST: Final = timedelta(days=366)
"""How far ahead a booking may start; the vendors' own limits may be lower."""
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)


class BookingRefused(Exception):
    """A request that is refused before it is sent, for a reason that has a translation."""

    def __init__(self, key: str, **placeholders: str) -> None:
        """Keep the translation key, and placeholders of its text."""
        super().__init__(key)
        self.key = key
        self.placeholders = placeholders


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredSpan:
    """The times that a user enters; None for those that are left out."""

    start: datetime | None = None
    duration: timedelta | None = None
    end: datetime | None = None

    def planned(self, rules: BookingRules, now: datetime) -> Span:
        """Return the span to book. Raises BookingRefused.

        A booking from now on is widened to the vendor's steps; entered times are never changed.
        """
        step = rules.step
        # The seconds since the hour, in which an automation ran, do not make it two half hours.
        now = now.replace(microsecond=0) if step is None else _floor(now, _MINUTE)
        start = (self.start or now).replace(microsecond=0)
        if start < (now - _LATE if step is None else _floor(now, step)):
            raise BookingRefused("booking_in_past")
        if start - now > _FURTHEST:
            raise BookingRefused("booking_too_far", days=str(_FURTHEST.days))
        length, begin = self._length_from(start), start
        if step is not None and self.start is None:
            begin = _floor(start, step)
            if self.end is not None:
                length += start - begin
        _check_length(length, rules)
        end = (start if self.end is None else begin) + length
        if step is not None:
            if self.start is None and self.end is None:
                end = _ceil(end, step)
            if any(each != _floor(each, step) for each in (begin, end)):
                raise BookingRefused("half_hours_only")
        return Span(begin, end)

    def _length_from(self, start: datetime) -> timedelta:
        """Return the length of a booking with a start; a late end may not be a valid time."""
        length = DEFAULT_DURATION if self.duration is None else self.duration
        if self.end is not None:
            if self.duration is not None:
                raise BookingRefused("duration_and_end")
            length = self.end.replace(microsecond=0) - start
        if length <= timedelta():
            raise BookingRefused("end_before_start")
        return length


def allows(rules: BookingRules, length: timedelta) -> bool:
    """Return whether a booking may have a length."""
    return rules.shortest <= length <= rules.longest


def _check_length(length: timedelta, rules: BookingRules) -> None:
    """Raise BookingRefused for a booking that is too short or too long."""
    if length < rules.shortest:
        minutes = str(rules.shortest // _MINUTE)
        raise BookingRefused("booking_too_short", minutes=minutes)
    if length > rules.longest:
        raise BookingRefused("booking_too_long", hours=str(rules.longest // _HOUR))


def _floor(moment: datetime, step: timedelta) -> datetime:
    """Return the last multiple of a step since midnight in Beijing."""
    local = moment.astimezone(BEIJING)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment - (local - midnight) % step


def _ceil(moment: datetime, step: timedelta) -> datetime:
    """Return the next multiple of a step since midnight in Beijing, or the moment itself."""
    floor = _floor(moment, step)
    return moment if floor == moment else floor + step
