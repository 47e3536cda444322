"""Choose the conference that an account shows as its current one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ..api.models.conference import Conference, ConferenceStatus

_NOT_HELD: Final = frozenset(
    {ConferenceStatus.ENDED, ConferenceStatus.CANCELLED, ConferenceStatus.EXPIRED}
)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CurrentConference:
    """The running conference of an account, else the next one; None for neither."""

    conference: Conference | None


def current_conference(
    conferences: Iterable[Conference], now: datetime, until: datetime
) -> Conference | None:
    """Return the running conference that began last, else the next one that starts in time.

    A conference that has not begun at its booked start is the next one until its booked end.
    """
    known = [*conferences]
    running = [each for each in known if each.in_progress]
    if running:
        return max(running, key=_began)
    coming = [each for each in known if _is_to_come(each, now, until)]
    return min(coming, key=_booked, default=None)


def _is_to_come(conference: Conference, now: datetime, until: datetime) -> bool:
    """Return whether a conference is still to be held, and starts in time."""
    start, end = conference.start, conference.end
    if start is None or conference.status in _NOT_HELD:
        return False
    return start < until and now < (start if end is None else end)


def _began(conference: Conference) -> tuple[datetime, str]:
    """Return when a conference began, or is booked to begin."""
    return conference.started_at or conference.start or _FIRST, conference.event_id


def _booked(conference: Conference) -> tuple[datetime, str]:
    """Return the booked start."""
    return conference.start or _FIRST, conference.event_id
