"""Plan Quanshi's bookings around the real present."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
import math
import random

from simulator.canaries import Canaries

from .booking import Approval, Booking, BookingSecrets, RoomRequest, Run
from .conference_room import ConferenceRoom
from .names import PEOPLE, SUBJECTS
from .spread import Spread

HOUR = 3600
PERIOD = 6 * HOUR
MINUTE = 60
STEP = 5 * MINUTE
FIRST_LENGTH = 60 * MINUTE
# Whenever a demo starts, something runs, something ends soon and something begins soon.
FIRST_STARTS = tuple(
    minutes * MINUTE for minutes in (-50, 0, -25, 90, -110, 35, -180, 140)
)


class Kind(StrEnum):
    """Name what is special about a booking."""

    PLAIN = "plain"
    HIDDEN = "hidden"
    CANCELLED = "cancelled"
    WEEKLY = "weekly"
    DAILY = "daily"
    NEVER_HELD = "never held"
    PENDING = "pending"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RESUMED = "resumed"
    ON_SITE = "on site"


KINDS = tuple(kind for kind in Kind if kind is not Kind.DAILY)
APPROVALS = {
    Kind.PENDING: Approval.PENDING,
    Kind.REFUSED: Approval.REFUSED,
    Kind.WITHDRAWN: Approval.WITHDRAWN,
}


class Planner:
    """Book the rooms in a few tracks; each track has a booking every six hours.

    One in four bookings of the first track is one daily conference, so it has one event id.
    """

    def __init__(
        self, seed: int, host_id: int, start: float, canaries: Canaries
    ) -> None:
        """Plan from a seed, around a start."""
        self._seed = seed
        self._host_id = host_id
        self._start = math.ceil(start / STEP) * STEP
        self._canaries = canaries
        self._daily: Booking | None = None
        self._by_hand = 0
        self._varied = 0

    def book(
        self, rooms: Sequence[ConferenceRoom], track: int, tracks: int, cycle: int
    ) -> Booking:
        """Plan one booking of a track."""
        number = cycle * tracks + track
        chance = random.Random(f"{self._seed}/booking/{number}")
        kind = self._kind(track, cycle)
        start = self._start + cycle * PERIOD + FIRST_STARTS[track % len(FIRST_STARTS)]
        length = FIRST_LENGTH if cycle == 0 else chance.choice((60, 90, 120)) * MINUTE
        booking = self._booking(number, kind, chance, start, start + length)
        booking.requests = self._requests(rooms, track, tracks, cycle, kind)
        booking.runs = self._runs(number, booking, kind, chance)
        return booking

    def foreign_run(self, number: int) -> Run:
        """Let another host of the company hold a conference without a room."""
        start = float(self._start + number * 2 * HOUR - HOUR // 2)
        host_ip = self._canaries.address("hostIp")
        return Run(str(57_000_000 + number), start, start + HOUR, host_ip)

    def by_hand(self, title: str, start: int, end: int) -> Booking:
        """Write down a booking that somebody makes by hand; nobody holds it yet."""
        self._by_hand += 1
        chance = random.Random(f"{self._seed}/by hand/{self._by_hand}")
        booking = self._booking(40_000 + self._by_hand, Kind.PLAIN, chance, start, end)
        booking.title = title
        return booking

    def run_by_hand(self, start: float) -> Run:
        """Start a run that somebody has to end by hand."""
        self._by_hand += 1
        address = self._canaries.address("hostIp")
        return Run(str(58_000_000 + self._by_hand), start, math.inf, address)

    def _kind(self, track: int, cycle: int) -> Kind:
        """Choose what is special; what runs at the start is plain."""
        if track == 0 and cycle % 4 == 2:
            return Kind.DAILY
        if cycle == 0 and track < 3:
            return Kind.PLAIN
        self._varied += 1
        return Spread(self._seed, self._varied).pick("booking kind", KINDS)

    def _booking(
        self, number: int, kind: Kind, chance: random.Random, start: int, end: int
    ) -> Booking:
        """Write the booking down."""
        if kind is Kind.DAILY and self._daily is not None:
            return replace(self._daily, start=start, end=end)
        title = chance.choice(SUBJECTS)
        booking = Booking(
            event_id=650_000 + number,
            conference_id=str(239_900_000 + number),
            title=self._canaries.text("hidden_title") if kind is Kind.HIDDEN else title,
            host_id=self._host_id,
            host_name=PEOPLE[0],
            start=start,
            end=end,
            secrets=self._secrets(),
            recurring=kind in (Kind.WEEKLY, Kind.DAILY),
            cancelled=kind is Kind.CANCELLED,
            hidden=kind is Kind.HIDDEN,
            on_site=kind is Kind.ON_SITE,
        )
        if kind is Kind.DAILY:
            self._daily = booking
        return booking

    def _requests(
        self,
        rooms: Sequence[ConferenceRoom],
        track: int,
        tracks: int,
        cycle: int,
        kind: Kind,
    ) -> list[RoomRequest]:
        """Ask for one or two rooms of the track, so that no room is booked twice."""
        own = rooms[track::tracks]
        approval = APPROVALS.get(kind, Approval.APPROVED)
        requests = [RoomRequest(own[cycle % len(own)].room_id, approval, 1)]
        if len(own) > 1 and cycle % 2 == 0:
            requests.append(
                RoomRequest(own[(cycle + 1) % len(own)].room_id, Approval.APPROVED, 2)
            )
        return requests

    def _runs(
        self, number: int, booking: Booking, kind: Kind, chance: random.Random
    ) -> list[Run]:
        """Hold the conference, roughly at the booked time."""
        if kind in (Kind.CANCELLED, Kind.NEVER_HELD):
            return []
        start = booking.start + chance.randint(-180, 420)
        end = booking.end + chance.randint(-600, 600)
        secure, recording = (
            chance.choice((True, False, None)),
            chance.choice((True, False, None)),
        )
        address = self._canaries.address("hostIp")
        run = Run(str(56_000_000 + number * 10), start, end, address, recording, secure)
        if kind is not Kind.RESUMED:
            return [run]
        middle = (start + end) / 2
        again = replace(run, temp_id=str(int(run.temp_id) + 1), start=middle + 300)
        return [replace(run, end=middle), again]

    def _secrets(self) -> BookingSecrets:
        """Mint what the booking must not tell."""
        mint = self._canaries
        return BookingSecrets(
            pcode1=mint.digits("pcode1", 18),
            pcode2=mint.digits("pcode2", 18),
            host_secret=mint.digits("eventHostSecret", 11),
            watchword=mint.text("eventWatchword"),
            live_password=mint.text("livePullPwd"),
            live_url=mint.link("livePullUrl"),
            host_url=mint.link("hostJoinUrl"),
            attendee_url=mint.link("attendeeJoinUrl"),
            call_url=mint.link("wcallurl"),
            role_links=tuple(mint.link("btplRole") for _ in range(2)),
            host_mobile=mint.mobile("hostMobile"),
            host_mail=mint.mail("hostEmail"),
            guest_mobile=mint.mobile("attendee_mobile"),
            guest_mail=mint.mail("attendee_mail"),
        )
