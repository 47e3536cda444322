"""Quanshi conferences and the rooms they are held in.

Source: the vendor's pages of the /confopenapi/ interfaces; every call is a POST with JSON.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPMethod
from itertools import batched
from typing import ClassVar, Final, override

from aiohttp import hdrs
import orjson

from .booking import Booking, ConferenceStatus
from .budget import Call, CallLimits, Tier
from .client import LiveReading, VendorClient, WatchedConference
from .conference import Conference, LiveState, Run, rooms_in_use
from .errors import (
    ApiError,
    CannotConnect,
    InvalidAnswer,
    InvalidAuth,
    NotFound,
    RateLimited,
    Refused,
)
from .quanshi_bookings import (
    HostedRoom,
    Turns,
    by_event,
    is_gone,
    not_over_before,
    turn_to_show,
)
from .quanshi_envelope import REFUSED_TOKEN, ResultRows, error_of, read_result
from .transport import Transport

DEFAULT_BASE_URL: Final = "https://openapi.quanshi.com"

_ROOMS: Final = Call("room/listAll", Tier.STATUS)
_BOOKINGS: Final = Call("room/conference/list", Tier.STATUS)
_BOOKING: Final = Call("room/conference/infos", Tier.STATUS)
_STATES: Final = Call("conference/getStatus", Tier.STATUS)
_RUN: Final = Call("admin/dashboard/conference/info", Tier.DETAILS)
_BACK: Final = timedelta(hours=12)
_AHEAD: Final = timedelta(hours=24)
_WITH_RECURRING: Final = 1
_STATES_PER_CALL: Final = 50
_NEW_RUNS_PER_READING: Final = 12
_RUNS_PER_READING: Final = 4
_UNKNOWN_AFTER: Final = 3
"""Readings in a row that could not tell a live state, after which it is unknown."""
_MAX_ID_DIGITS: Final = 20
_IDS_END: Final = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiAccount:
    """The token of an application, and the host whose bookings are followed."""

    user_id: str
    token: str = field(repr=False)


@dataclass(slots=True)
class _Known:
    """What was last read of conferences, for when it cannot be read again."""

    turns: dict[str, Turns] = field(default_factory=dict)
    states: dict[str, LiveState] = field(default_factory=dict)
    untold: dict[str, int] = field(default_factory=dict)
    """How many readings in a row could not tell the live state of a conference."""
    untold_runs: dict[str, int] = field(default_factory=dict)
    run_ids: dict[str, str] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)


class QuanshiClient(VendorClient):
    """The bookings of one host, and the rooms of the company."""

    # The vendor tells no limit.
    limits: ClassVar = CallLimits(per_minute=60, at_once=30)
    features: ClassVar = frozenset()
    page_size: ClassVar = 1000

    def __init__(
        self,
        transport: Transport,
        account: QuanshiAccount,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the way out, the credentials and the clock."""
        self.budget = transport.budget
        self._transport = transport
        self._account = account
        self._now = now
        self._rooms: dict[str, HostedRoom] = {}
        self._known = _Known()

    @override
    async def read_live(
        self,
        watched: Collection[WatchedConference] = (),
        only: Collection[str] | None = None,
    ) -> LiveReading:
        """Return the host's conferences from 12 hours back to 24 hours ahead, and all rooms.

        A room is in use while a running conference holds it, else idle. The bookings that are
        known stay where not all could be read.
        """
        bookings, bookings_whole = await self._read_bookings()
        rooms_complete = await self._read_rooms()
        bookings_complete = bookings_whole
        for one in watched:
            if one.event_id not in bookings:
                turns, told = await self._read_watched(one.event_id)
                bookings[one.event_id] = turns
                bookings_complete &= told
        if not bookings_whole:
            earliest = self._now() - _BACK
            bookings = {**not_over_before(earliest, self._known.turns), **bookings}
        self._known.turns = bookings
        given = {one.event_id: one.run_id for one in watched if one.run_id is not None}
        conferences = await self._follow(bookings, given, self._known)
        in_use = rooms_in_use(conferences.values(), self._now())
        return LiveReading(
            rooms={
                room_id: room.summary(in_use=in_use.get(room_id, False))
                for room_id, room in self._rooms.items()
            },
            rooms_complete=rooms_complete,
            conferences=conferences,
            conferences_complete=bookings_complete,
        )

    @override
    async def find_conference(
        self, *, event_id: str | None, pcode: str | None, run_id: str | None
    ) -> Conference:
        """Return one conference, by its event id or its host's password.

        A run that is given must be one of its own.
        """
        by = {"pcode": pcode} if event_id is None else {"eventId": _id(event_id)}
        try:
            bookings = await self._read_booking(by)
        except Refused as err:
            raise NotFound(code=err.code) from None
        given = {} if run_id is None else dict.fromkeys(bookings, run_id)
        known = _Known()
        found = await self._follow(bookings, given, known)
        if not found:
            raise NotFound
        conference = next(iter(found.values()))
        if run_id is not None:
            run = known.runs.get(run_id) or await self._find_run(run_id)
            if not run.is_of(conference.event_id):
                raise NotFound
        return conference

    async def _follow(
        self,
        bookings: Mapping[str, Turns],
        given_runs: Mapping[str, str],
        known: _Known,
    ) -> dict[str, Conference]:
        """Return the bookings that exist, with their live states and latest runs."""
        await self._read_states(bookings, known)
        states = known.states
        now = self._now()
        existing = {
            event_id: booking
            for event_id, turns in bookings.items()
            if (booking := turn_to_show(turns, states.get(event_id), now)) is not None
            and not is_gone(booking, states.get(event_id))
        }
        now_running = {
            event_id: state.run_id for event_id, state in states.items() if state.run_id
        }
        run_ids = {**given_runs, **known.run_ids, **now_running}
        known.run_ids = {
            event_id: run for event_id, run in run_ids.items() if event_id in existing
        }
        await self._read_runs(known)
        return {
            event_id: Conference(
                event_id=event_id,
                booking=booking,
                live=states.get(event_id),
                run=_run_of(event_id, known),
            )
            for event_id, booking in existing.items()
        }

    async def _read_rooms(self) -> bool:
        """Read every room, and return whether the list was whole.

        The rooms that are known stay where just this call fails.
        Source: /confopenapi/room/listAll.
        """
        try:
            result = await self._post(_ROOMS, {})
            found = read_result(HostedRoom, result, "roomId")
        except ApiError as err:
            if not _concerns_one_api(err) or not (self._rooms or err.concerns_one):
                raise
            return False
        rooms = {room.room_id: room for room in found.rows if room.room_id is not None}
        self._rooms = rooms if found.whole else {**self._rooms, **rooms}
        return found.whole

    async def _read_bookings(self) -> tuple[dict[str, Turns], bool]:
        """Return the host's bookings around now, and whether all could be read.

        Source: /confopenapi/room/conference/list.
        """
        now = self._now()
        result = await self._post(
            _BOOKINGS,
            {
                "startTime": int((now - _BACK).timestamp()),
                "endTime": int((now + _AHEAD).timestamp()),
                "userId": _id(self._account.user_id),
                "inCycle": _WITH_RECURRING,
            },
        )
        found = read_result(Booking, result, "eventId")
        rows = [row for row in found.rows if _is_number(row.event_id)]
        whole = found.whole and len(rows) == len(found.rows)
        return by_event(rows), whole or result is None

    async def _read_booking(self, by: Mapping[str, object]) -> dict[str, Turns]:
        """Return one booking by its event id; NotFound where there is none.

        Source: /confopenapi/room/conference/infos.
        """
        body = {**by, "userId": _id(self._account.user_id)}
        result = await self._post(_BOOKING, body)
        found = by_event(read_result(Booking, result, "eventId").rows)
        if not found:
            raise NotFound
        return found

    async def _read_watched(self, event_id: str) -> tuple[Turns, bool]:
        """Return a booking that is not among the host's next ones, and whether that is told.

        Where the vendor refuses it, the codes do not say whether it is gone: what was known
        of it stands, until its live state says that it does not exist.
        """
        last = self._known.turns.get(event_id, ())
        try:
            found = await self._read_booking({"eventId": _id(event_id)})
        except NotFound:
            return (), True
        except ApiError as err:
            if not err.concerns_one:
                raise
            return last, bool(last) or isinstance(err, Refused)
        return found.get(event_id, last), True

    async def _read_states(self, event_ids: Iterable[str], known: _Known) -> None:
        """Read live states; where a call of them fails, those of its ids stay for two readings.

        Source: /confopenapi/conference/getStatus.
        """
        states: dict[str, LiveState] = {}
        untold: dict[str, int] = {}
        for batch in batched(sorted(event_ids), _STATES_PER_CALL, strict=False):
            ids = [_id(event_id) for event_id in batch]
            try:
                result = await self._post(_STATES, {"eventIds": ids})
                found = read_result(LiveState, result, "eventId")
            except ApiError as err:
                if not _concerns_one_api(err) or not (known.states or err.concerns_one):
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
                    untold[one] = known.untold.get(one, 0) + 1
                    if untold[one] >= _UNKNOWN_AFTER:
                        states[one] = LiveState(event_id=one)
                    elif one in known.states:
                        states[one] = known.states[one]
        known.states, known.untold = states, untold

    async def _read_runs(self, known: _Known) -> None:
        """Read the runs that go on: the new ones first, then those read longest ago.

        A run that has ended does not change, unless its conference is taken up again; one
        that cannot be read keeps its last values for two readings.
        """
        wanted = dict.fromkeys(known.run_ids.values())
        running = {
            state.run_id
            for state in known.states.values()
            if state.status is ConferenceStatus.IN_PROGRESS
        }
        known.runs = {
            run_id: run for run_id, run in known.runs.items() if run_id in wanted
        }
        going_on = [
            run_id
            for run_id, run in known.runs.items()
            if not run.ended or run_id in running
        ]
        new = [run_id for run_id in wanted if run_id not in known.runs]
        asked = [*new[:_NEW_RUNS_PER_READING], *going_on[:_RUNS_PER_READING]]
        untold = dict.fromkeys(asked, 1)
        for run_id in asked:
            try:
                run = await self._read_run(run_id)
            except CannotConnect, RateLimited:
                break
            except ApiError as err:
                if not err.concerns_one:
                    raise
                continue
            known.runs.pop(run_id, None)
            known.runs[run_id] = run
            del untold[run_id]
        for run_id in untold:
            untold[run_id] += known.untold_runs.get(run_id, 0)
            if untold[run_id] >= _UNKNOWN_AFTER:
                known.runs.pop(run_id, None)
        known.untold_runs = untold

    async def _find_run(self, run_id: str) -> Run:
        """Return a run that the user named; NotFound where just this run cannot be read."""
        try:
            return await self._read_run(run_id)
        except ApiError as err:
            if not err.concerns_one:
                raise
            raise NotFound(code=err.code) from None

    async def _read_run(self, run_id: str) -> Run:
        """Return one run. Source: /confopenapi/admin/dashboard/conference/info."""
        result = await self._post(_RUN, {"tempConferenceId": run_id})
        found = read_result(Run, result, "tempConferenceId")
        if not found.rows:
            raise NotFound
        return found.rows[0]

    async def _post(self, call: Call, body: Mapping[str, object]) -> object:
        """Return the `result` of a call, whatever its form."""
        try:
            answer = await self._transport.send(
                call,
                HTTPMethod.POST,
                f"/confopenapi/{call.api}",
                error_of=error_of,
                headers={
                    hdrs.CONTENT_TYPE: "application/json",
                    "token": self._account.token,
                },
                body=orjson.dumps(body),
            )
        except InvalidAnswer as err:
            if err.code in REFUSED_TOKEN:
                raise InvalidAuth(code=err.code) from None
            raise
        return answer.fields.get("result")


def _concerns_one_api(err: ApiError) -> bool:
    """Return whether the vendor's other APIs may well answer."""
    return isinstance(err, RateLimited) or not err.stops_account


def _run_of(event_id: str, known: _Known) -> Run | None:
    """Return the latest run of a conference, unless it turned out to be of another."""
    run = known.runs.get(known.run_ids.get(event_id, ""))
    return run if run is not None and run.is_of(event_id) else None


def _id(number: str) -> int | str:
    """Return an id as the number that the vendor expects."""
    return int(number) if _is_number(number) else number


def _is_number(text_id: str | None) -> bool:
    """Return whether an id is a number, as the vendor's pages say."""
    return (
        text_id is not None
        and text_id.isascii()
        and text_id.isdigit()
        and len(text_id) <= _MAX_ID_DIGITS
        and int(text_id) < _IDS_END
    )
