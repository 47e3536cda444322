"""Find the rooms of all accounts that suit a meeting."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import batched
from typing import Final

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from .account_rooms import AccountRoom
from .api.errors import DENIALS, ApiError
from .const import DOMAIN, LOGGER
from .coordinator import AccountCoordinator
from .meetings.calendar_events import window
from .rooms.booking_plan import DEFAULT_DURATION
from .rooms.finder import Candidate, Wish, find_rooms, fit
from .rooms.schedule import RoomSchedule, Span

MOST_ROOMS: Final = 20
"""How many rooms an answer contains at most."""

_FARTHEST: Final = timedelta(days=31)
_MOST_REQUESTS: Final = 25
"""How many rooms' bookings are requested one by one for one meeting."""
_PARALLEL: Final = 4
_TIMEOUT_SECONDS: Final = 20.0
"""How long a person waits for an answer; later bookings are unknown."""
_REQUEST_SECONDS: Final = 10.0
"""How long a vendor or a calendar may take, so that time is left for the others."""
_FURTHER_DAY_SECONDS: Final = 1.0
"""How much longer a vendor may take that returns the bookings of all rooms, day by day."""


@dataclass(frozen=True, slots=True)
class FoundRoom:
    """A room that suits a meeting, with its bookings at that time."""

    at: AccountRoom
    candidate: Candidate


def requested_span(
    start: datetime | None, duration: timedelta | None, end: datetime | None
) -> Span:
    """Return the time of a meeting from now on; times without a zone are in Home Assistant's.

    Raises ServiceValidationError.
    """
    if duration is not None and end is not None:
        raise _invalid_span("duration_and_end")
    now = dt_util.utcnow()
    try:
        begin = now if start is None else dt_util.as_utc(start)
        if end is None:
            until = begin + (DEFAULT_DURATION if duration is None else duration)
        else:
            until = dt_util.as_utc(end)
    except OverflowError:
        raise _invalid_span("time_too_far") from None
    if until <= begin:
        raise _invalid_span("end_before_start")
    if until <= now:
        raise _invalid_span("time_is_past")
    if until - now > _FARTHEST:
        raise _invalid_span("time_too_far")
    return Span(max(begin, now), until)


def _invalid_span(key: str) -> ServiceValidationError:
    """Return the translated error about the time of a meeting."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={"days": str(_FARTHEST.days)},
    )


async def async_find(
    rooms: Iterable[AccountRoom], wish: Wish, limit: int
) -> list[FoundRoom]:
    """Return the rooms that suit a meeting, the best first.

    The bookings of today and tomorrow are known; others are requested for the best rooms, until
    so many of them are free that no other one can be better.
    """
    by_key = {each.entity_id: each for each in rooms}
    found = [each.candidate for each in by_key.values()]
    candidates = [each for each in found if each is not None]
    _, known_until = window()
    if wish.span.end > known_until:
        candidates = await _with_requested(candidates, by_key, wish, limit)
    best = find_rooms(candidates, wish, dt_util.utcnow())[:limit]
    return [FoundRoom(by_key[each.key], each) for each in best]


async def _with_requested(
    candidates: Iterable[Candidate],
    rooms: Mapping[str, AccountRoom],
    wish: Wish,
    limit: int,
) -> list[Candidate]:
    """Return candidates with the bookings of another time, as far as they were requested."""
    with_source = {
        each.key
        for each in candidates
        if each.bookings_known or _awaits_bookings(rooms[each.key])
    }
    unasked = [replace(each, schedule=None) for each in candidates]
    ranked = [
        each
        for each in find_rooms(unasked, wish, dt_util.utcnow())
        if each.key in with_source
    ]
    asked: dict[str, Candidate] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            await _request(ranked, rooms, wish, limit, asked)
    return [asked.get(each.key, each) for each in unasked]


def _awaits_bookings(room: AccountRoom) -> bool:
    """Return whether a room that has no bookings yet may get some."""
    return room.entry.runtime_data.meetings.awaits_bookings(room.room_id)


async def _request(
    ranked: Collection[Candidate],
    rooms: Mapping[str, AccountRoom],
    wish: Wish,
    limit: int,
    asked: dict[str, Candidate],
) -> None:
    """Add candidates with their bookings to `asked`, until no other one can be better.

    No account waits for another one.
    """
    requests = _Requests(wish.span)
    by_account: dict[AccountCoordinator, list[Candidate]] = {}
    for each in ranked:
        coordinator = rooms[each.key].entry.runtime_data
        by_account.setdefault(coordinator, []).append(each)

    async def ask(candidate: Candidate) -> None:
        """Add one candidate."""
        schedule = await requests.fetch(rooms[candidate.key])
        asked[candidate.key] = replace(candidate, schedule=schedule)

    async def ask_account(
        coordinator: AccountCoordinator, candidates: list[Candidate]
    ) -> None:
        """Add the candidates of one account."""
        room_ids = [rooms[each.key].room_id for each in candidates]
        await requests.start(coordinator, room_ids)
        for part in batched(candidates, _PARALLEL, strict=False):
            free = [
                fit(each, wish)
                for each in asked.values()
                if each.bookings_known and not each.is_booked(wish.span)
            ]
            if len(free) >= limit and sorted(free)[limit - 1] < fit(part[0], wish):
                return
            await asyncio.gather(*map(ask, part))

    await asyncio.gather(*(ask_account(*each) for each in by_account.items()))


class _Requests:
    """Request the bookings of complete days, so that similar questions share the responses."""

    def __init__(self, span: Span) -> None:
        """Choose the days of a span."""
        first, last = dt_util.as_local(span.start), dt_util.as_local(span.end)
        self._start = dt_util.start_of_local_day(first)
        self._end = dt_util.start_of_local_day(last.date() + timedelta(days=1))
        if self._end - self._start > _FARTHEST:
            self._start, self._end = span.start, span.end
        self._left = _MOST_REQUESTS
        self._complete: set[AccountCoordinator] = set()
        """The accounts whose bookings of all rooms were requested at once."""
        self._failed: set[AccountCoordinator] = set()
        self._without: set[tuple[AccountCoordinator, bool]] = set()
        """The accounts whose rooms with, or without, a linked calendar get no bookings."""

    async def start(self, coordinator: AccountCoordinator, room_ids: list[str]) -> None:
        """Request the bookings of all rooms of an account, if it offers that."""
        fetcher = coordinator.meetings.fetcher
        further = _FURTHER_DAY_SECONDS * (self._end - self._start).days
        try:
            async with asyncio.timeout(_REQUEST_SECONDS + further):
                if await fetcher.async_fetch_all(room_ids, self._start, self._end):
                    self._complete.add(coordinator)
        except ApiError as err:
            self._give_up(coordinator, err)
            LOGGER.debug("%s: the bookings are unknown: %s", coordinator.name, err)
        except TimeoutError:
            self._failed.add(coordinator)
            LOGGER.debug("%s: the bookings are unknown: timeout", coordinator.name)

    def _give_up(self, coordinator: AccountCoordinator, err: ApiError) -> None:
        """Send no more requests to an account; denied bookings leave the linked calendars."""
        if isinstance(err, DENIALS):
            self._without.add((coordinator, False))
        else:
            self._failed.add(coordinator)

    async def fetch(self, room: AccountRoom) -> RoomSchedule | None:
        """Return the bookings of a room; None if they cannot be requested."""
        coordinator = room.entry.runtime_data
        fetcher = coordinator.meetings.fetcher
        source = coordinator, fetcher.is_linked(room.room_id)
        if coordinator in self._failed or source in self._without:
            return None
        if coordinator not in self._complete:
            if not self._left:
                return None
            self._left -= 1
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                return await fetcher.async_fetch_schedule(
                    room.room_id, self._start, self._end
                )
        except ApiError as err:
            if not err.item_only:
                self._give_up(coordinator, err)
            LOGGER.debug("%s: the bookings are unknown: %s", coordinator.name, err)
        except TimeoutError:
            self._without.add(source)
            LOGGER.debug("%s: the bookings are unknown: timeout", coordinator.name)
        return None
