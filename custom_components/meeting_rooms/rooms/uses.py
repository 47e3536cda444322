"""The spans of time in which a room was used."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_KEPT: Final = timedelta(hours=25)
"""How long a use is kept after its end: the length of the longest day."""
_SAME_USE: Final = timedelta(minutes=1)
"""The longest gap within a use: presence sensors often report absence for a moment."""
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Use:
    """A span of time in which a room was known to be used."""

    start: datetime
    end: datetime | None = None
    """None while the room is used."""


def with_use(
    uses: tuple[Use, ...], used: bool | None, now: datetime
) -> tuple[Use, ...]:
    """Return the uses of a room with the value of a moment.

    A use ends when the room is empty, and also when its use becomes unknown.
    """
    kept = [each for each in uses if _is_kept(each, now)]
    last = kept[-1] if kept else None
    if last is not None and last.end is None:
        if not used:
            kept[-1] = Use(last.start, now)
    elif used:
        if last is not None and _gap(last, now) <= _SAME_USE:
            kept[-1] = Use(last.start)
        else:
            kept.append(Use(now))
    if len(kept) > _MOST:
        _unite_closest(kept)
    return tuple(kept)


def _is_kept(use: Use, now: datetime) -> bool:
    """Return whether a use is recent; one in the future is from before the clock was set back."""
    return use.start <= now and (use.end is None or use.end > now - _KEPT)


def _gap(use: Use, later: datetime) -> timedelta:
    """Return the time between a use and a later moment."""
    return later - (use.end or later)


def _unite_closest(uses: list[Use]) -> None:
    """Unite the two uses that are closest to each other."""
    index = min(
        range(len(uses) - 1), key=lambda each: _gap(uses[each], uses[each + 1].start)
    )
    uses[index : index + 2] = [Use(uses[index].start, uses[index + 1].end)]
