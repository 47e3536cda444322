"""The live states and the runs of conferences at Quanshi, from poll to poll."""

from collections import Counter
from collections.abc import Mapping, Set as AbstractSet
from datetime import UTC, datetime
from itertools import batched
from typing import Final

from ..client import Listing
from ..errors import ApiError, CannotConnect, PermissionDenied, RateLimited
from ..models.booking import Titles
from ..models.conference import Conference, ConferenceStatus
from ..models.titles import reduced
from .booking import QuanshiBooking
from .conference import build_conference
from .live import QuanshiLiveState, QuanshiRun
from .occurrences import Occurrences
from .requests import QuanshiRequests

_STATES_PER_REQUEST: Final = 50
_NEW_RUNS_PER_POLL: Final = 12
_RUNS_PER_POLL: Final = 4
_FAILURES: Final = 3
"""Failures in a row after which a value is unknown."""
_UNKNOWN_STATE: Final = QuanshiLiveState()


class _LastValues[T]:
    """The last value of each id; it is kept for two failures in a row."""

    def __init__(self) -> None:
        """Start without values."""
        self.known: dict[str, T] = {}
        """The values by id, the one that was stored longest ago first."""
        self._failures = Counter[str]()

    def failed(self, key: str) -> bool:
        """Return whether the last attempt to fetch a value failed."""
        return key in self._failures

    def store(self, key: str, value: T | None) -> None:
        """Store a fetched value; None means that there is no value."""
        self.known.pop(key, None)
        self._failures.pop(key, None)
        if value is not None:
            self.known[key] = value

    def fail(self, key: str) -> None:
        """Count a failure, and drop the value with the third in a row."""
        self._failures[key] += 1
        if self._failures[key] >= _FAILURES:
            self.known.pop(key, None)

    def retain(self, keys: AbstractSet[str]) -> None:
        """Drop all other ids."""
        for key in self.known.keys() - keys:
            del self.known[key]
        for key in self._failures.keys() - keys:
            del self._failures[key]


class ConferenceTracker:
    """Fetch the live states and the runs of bookings; keep each for two failed polls."""

    def __init__(self, requests: QuanshiRequests) -> None:
        """Start without conferences."""
        self._requests = requests
        self._states = _LastValues[QuanshiLiveState]()
        self._runs = _LastValues[QuanshiRun]()
        self._run_ids: dict[str, str] = {}

    @property
    def missing(self) -> frozenset[str]:
        """Return the event ids of bookings that do not exist any more."""
        states = self._states.known.items()
        return frozenset(event_id for event_id, each in states if each.does_not_exist)

    def apply_titles(self, titles: Titles) -> None:
        """Drop the texts that must not be kept; runs that have ended are fetched again."""
        runs = self._runs.known
        for run_id, run in [*runs.items()]:
            runs[run_id] = reduced(run, titles)
            if run.run_status is ConferenceStatus.ENDED:
                self._runs.store(run_id, None)

    async def update(
        self, bookings: Mapping[str, Occurrences], run_ids: Mapping[str, str]
    ) -> dict[str, Conference]:
        """Return the conferences that exist by event id, each with its latest run.

        `run_ids` are runs to show while no newer one is known. Raises nothing: a value that can
        neither be fetched nor kept is unknown.
        """
        await self._fetch_states([*bookings])
        states = self._states.known
        current = {
            event_id: booking
            for event_id, occurrences in bookings.items()
            if (booking := _current_occurrence(occurrences, states.get(event_id)))
        }
        running = {
            event_id: state.run_id for event_id, state in states.items() if state.run_id
        }
        latest = {**run_ids, **self._run_ids, **running}
        self._run_ids = {
            event_id: run_id
            for event_id, run_id in latest.items()
            if event_id in current
        }
        await self._fetch_runs()
        return {
            event_id: build_conference(
                event_id, booking, self._state_of(event_id), self._run_of(event_id)
            )
            for event_id, booking in current.items()
        }

    def _state_of(self, event_id: str) -> QuanshiLiveState | None:
        """Return the live state of a booking; None where the vendor has none."""
        state = self._states.known.get(event_id)
        if state is None and self._states.failed(event_id):
            return _UNKNOWN_STATE
        return state

    def _run_of(self, event_id: str) -> QuanshiRun | None:
        """Return the latest run of a booking, unless it belongs to another."""
        run = self._runs.known.get(self._run_ids.get(event_id, ""))
        return run if run is not None and run.belongs_to(event_id) else None

    async def _fetch_states(self, event_ids: list[str]) -> None:
        """Fetch the live states of bookings, fifty with each request."""
        self._states.retain({*event_ids})
        for batch in batched(sorted(event_ids), _STATES_PER_REQUEST, strict=False):
            try:
                found = await self._requests.states(batch)
            except ApiError:
                found = Listing((), complete=False)
            states = {state.event_id: state for state in found.items}
            for event_id in batch:
                if event_id in states or found.complete:
                    self._states.store(event_id, states.get(event_id))
                else:
                    self._states.fail(event_id)

    async def _fetch_runs(self) -> None:
        """Fetch some runs; stop at an error that is not about a single run."""
        self._runs.retain({*self._run_ids.values()})
        runs = self._due_runs()
        for position, run_id in enumerate(runs):
            try:
                self._runs.store(run_id, await self._requests.run(run_id))
            except CannotConnect, PermissionDenied, RateLimited:
                for each in runs[position:]:
                    self._runs.fail(each)
                return
            except ApiError:
                self._runs.fail(run_id)

    def _due_runs(self) -> list[str]:
        """Return some new runs, and the active runs that were fetched longest ago.

        A run that has ended does not change unless its conference is resumed.
        """
        resumed = {
            state.run_id
            for state in self._states.known.values()
            if state.status is ConferenceStatus.IN_PROGRESS
        }
        runs = self._runs.known
        new = dict.fromkeys(each for each in self._run_ids.values() if each not in runs)
        active = [
            run_id
            for run_id, run in runs.items()
            if run.run_status is not ConferenceStatus.ENDED or run_id in resumed
        ]
        return [*new][:_NEW_RUNS_PER_POLL] + active[:_RUNS_PER_POLL]


def _current_occurrence(
    occurrences: Occurrences, state: QuanshiLiveState | None
) -> QuanshiBooking | None:
    """Return the occurrence to show: the running one, else the next, else the last.

    None where the live state says that the booking does not exist; a cancelled one is shown.
    """
    now = datetime.now(UTC)
    running = state is not None and state.status is ConferenceStatus.IN_PROGRESS

    def rank(booking: QuanshiBooking) -> tuple[bool, float]:
        """Return a smaller value for an occurrence that is preferred."""
        start = booking.start.timestamp() if booking.start else 0.0
        started = start <= now.timestamp()
        if running:
            return not started, -start if started else start
        over = started if booking.end is None else booking.end < now
        return over, -start if over else start

    current = min(occurrences, key=rank, default=None)
    if current is None or state is None or not state.does_not_exist:
        return current
    cancelled = current.booking_status is ConferenceStatus.CANCELLED
    return current if cancelled else None
