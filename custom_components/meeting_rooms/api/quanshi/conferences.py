"""What goes on in Quanshi's conferences: their live states and runs, and what was known of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import batched
from typing import Final

from ..errors import ApiError, CannotConnect, PermissionDenied, RateLimited
from ..models.conference import Conference, ConferenceRun, LiveState
from .booking import ConferenceStatus
from .envelope import ResultRows
from .occurrences import Occurrences, current_occurrence, is_deleted
from .requests import QuanshiRequests, is_limited_to_api

_STATES_PER_CALL: Final = 50
_NEW_RUNS_PER_READING: Final = 12
_RUNS_PER_READING: Final = 4
_UNKNOWN_AFTER: Final = 3
"""Readings in a row that could not tell something, after which it is unknown."""


class ConferenceTracker:
    """Live states and runs as they were last read, for when they cannot be read again."""

    def __init__(self, calls: QuanshiRequests, now: Callable[[], datetime]) -> None:
        """Take what to ask and the clock, and start with nothing known."""
        self._calls = calls
        self._now = now
        self._states: dict[str, LiveState] = {}
        self._untold: dict[str, int] = {}
        """How many readings in a row could not tell the live state of a conference."""
        self._run_ids: dict[str, str] = {}
        self._runs: dict[str, ConferenceRun] = {}
        self._untold_runs: dict[str, int] = {}

    async def follow(
        self, bookings: Mapping[str, Occurrences], given_runs: Mapping[str, str]
    ) -> dict[str, Conference]:
        """Return the bookings that exist, with their live states and latest runs."""
        await self._read_states(bookings)
        states, now = self._states, self._now()
        existing = {
            event_id: booking
            for event_id, turns in bookings.items()
            if (booking := current_occurrence(turns, states.get(event_id), now))
            is not None
            and not is_deleted(booking, states.get(event_id))
        }
        now_running = {
            event_id: state.run_id for event_id, state in states.items() if state.run_id
        }
        run_ids = {**given_runs, **self._run_ids, **now_running}
        self._run_ids = {
            event_id: run for event_id, run in run_ids.items() if event_id in existing
        }
        await self._read_runs()
        return {
            event_id: Conference(
                event_id=event_id,
                booking=booking,
                live=states.get(event_id),
                run=self._run_of(event_id),
            )
            for event_id, booking in existing.items()
        }

    def run(self, run_id: str) -> ConferenceRun | None:
        """Return a run, if it was read."""
        return self._runs.get(run_id)

    def _run_of(self, event_id: str) -> ConferenceRun | None:
        """Return the latest run of a conference, unless it turned out to be of another."""
        run = self.run(self._run_ids.get(event_id, ""))
        return run if run is not None and run.is_of(event_id) else None

    async def _read_states(self, event_ids: Iterable[str]) -> None:
        """Read live states; where a call of them fails, those of its ids stay for two readings."""
        states: dict[str, LiveState] = {}
        untold: dict[str, int] = {}
        for batch in batched(sorted(event_ids), _STATES_PER_CALL, strict=False):
            try:
                found = await self._calls.states(batch)
            except ApiError as err:
                if not is_limited_to_api(err) or not (self._states or err.item_only):
                    raise
                found = ResultRows((), whole=False)
            told = {
                state.event_id: state
                for state in found.rows
                if state.event_id is not None
            }
            states |= told
            if not found.whole:
                for one in set(batch) - told.keys():
                    untold[one] = self._untold.get(one, 0) + 1
                    if untold[one] >= _UNKNOWN_AFTER:
                        states[one] = LiveState(event_id=one)
                    elif one in self._states:
                        states[one] = self._states[one]
        self._states, self._untold = states, untold

    async def _read_runs(self) -> None:
        """Read some runs; one that cannot be read keeps its last values for two readings."""
        wanted = dict.fromkeys(self._run_ids.values())
        self._runs = {
            run_id: run for run_id, run in self._runs.items() if run_id in wanted
        }
        asked = self._runs_to_ask(wanted)
        untold = dict.fromkeys(asked, 1)
        for run_id in asked:
            try:
                run = await self._calls.run(run_id)
            except CannotConnect, PermissionDenied, RateLimited:
                break
            except ApiError as err:
                if not err.item_only:
                    raise
                continue
            self._runs.pop(run_id, None)
            self._runs[run_id] = run
            del untold[run_id]
        for run_id in untold:
            untold[run_id] += self._untold_runs.get(run_id, 0)
            if untold[run_id] >= _UNKNOWN_AFTER:
                self._runs.pop(run_id, None)
        self._untold_runs = untold

    def _runs_to_ask(self, wanted: Iterable[str]) -> list[str]:
        """Return the new runs, and of those that go on the ones that were read longest ago.

        A run that has ended does not change, unless its conference is taken up again.
        """
        running = {
            state.run_id
            for state in self._states.values()
            if state.status is ConferenceStatus.IN_PROGRESS
        }
        going_on = [
            run_id
            for run_id, run in self._runs.items()
            if not run.ended or run_id in running
        ]
        new = [run_id for run_id in wanted if run_id not in self._runs]
        return [*new[:_NEW_RUNS_PER_READING], *going_on[:_RUNS_PER_READING]]
