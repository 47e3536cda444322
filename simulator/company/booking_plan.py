"""Generate Quanshi's bookings around the current time."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
import math
import random

from simulator.canaries import Canaries

from .booking import Approval, Booking, BookingSecrets, ConferenceSession, RoomRequest
from .conference_room import ConferenceRoom
from .names import PEOPLE, SUBJECTS
from .round_robin import RoundRobin

HOUR = 3600
PERIOD = 6 * HOUR
MINUTE = 60
STEP = 5 * MINUTE
FIRST_LENGTH = 60 * MINUTE
# At the start of a demo, one conference is in progress, one ends soon and one begins soon.
FIRST_STARTS = tuple(
    minutes * MINUTE for minutes in (-50, 0, -25, 90, -110, 35, -180, 140)
)


class Kind(StrEnum):
    """List the kinds of generated booking."""

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


class BookingPlanner:
    """Generate bookings in a few tracks; each track has a booking every six hours.

    One in four bookings of the first track is an occurrence of one daily conference, so
    these share an event id.
    """

    def __init__(
        self, seed: int, host_id: int, start: float, canaries: Canaries
    ) -> None:
        """Set the seed and the time around which the bookings are generated."""
        self._seed = seed
        self._host_id = host_id
        self._start = math.ceil(start / STEP) * STEP
        self._canaries = canaries
        self._daily: Booking | None = None
        self._manual_count = 0
        self._varied = 0

    def book(
        self, rooms: Sequence[ConferenceRoom], track: int, tracks: int, cycle: int
    ) -> Booking:
        """Generate one booking of a track."""
        number = cycle * tracks + track
        rng = random.Random(f"{self._seed}/booking/{number}")
        kind = self._kind(track, cycle)
        start = self._start + cycle * PERIOD + FIRST_STARTS[track % len(FIRST_STARTS)]
        length = FIRST_LENGTH if cycle == 0 else rng.choice((60, 90, 120)) * MINUTE
        booking = self._booking(number, kind, rng, start, start + length)
        booking.requests = self._requests(rooms, track, tracks, cycle, kind)
        booking.sessions = self._sessions(number, booking, kind, rng)
        return booking

    def other_host_session(self, number: int) -> ConferenceSession:
        """Return a session of another host of the company, without a room."""
        start = float(self._start + number * 2 * HOUR - HOUR // 2)
        host_ip = self._canaries.address("hostIp")
        return ConferenceSession(str(57_000_000 + number), start, start + HOUR, host_ip)

    def manual(self, title: str, start: int, end: int) -> Booking:
        """Return a booking that was made manually and has no session yet."""
        self._manual_count += 1
        rng = random.Random(f"{self._seed}/manual/{self._manual_count}")
        booking = self._booking(
            40_000 + self._manual_count, Kind.PLAIN, rng, start, end
        )
        booking.title = title
        return booking

    def manual_session(self, start: float) -> ConferenceSession:
        """Return a session that has to be ended manually."""
        self._manual_count += 1
        address = self._canaries.address("hostIp")
        return ConferenceSession(
            str(58_000_000 + self._manual_count), start, math.inf, address
        )

    def _kind(self, track: int, cycle: int) -> Kind:
        """Return the kind of a booking; a booking in progress at the start is plain."""
        if track == 0 and cycle % 4 == 2:
            return Kind.DAILY
        if cycle == 0 and track < 3:
            return Kind.PLAIN
        self._varied += 1
        return RoundRobin(self._seed, self._varied).pick("booking kind", KINDS)

    def _booking(
        self, number: int, kind: Kind, rng: random.Random, start: int, end: int
    ) -> Booking:
        """Create the booking."""
        if kind is Kind.DAILY and self._daily is not None:
            return replace(self._daily, start=start, end=end)
        title = rng.choice(SUBJECTS)
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
        """Request one or two rooms of the track, so that no room is booked twice."""
        own = rooms[track::tracks]
        approval = APPROVALS.get(kind, Approval.APPROVED)
        requests = [RoomRequest(own[cycle % len(own)].room_id, approval, 1)]
        if len(own) > 1 and cycle % 2 == 0:
            requests.append(
                RoomRequest(own[(cycle + 1) % len(own)].room_id, Approval.APPROVED, 2)
            )
        return requests

    def _sessions(
        self, number: int, booking: Booking, kind: Kind, rng: random.Random
    ) -> list[ConferenceSession]:
        """Return the sessions, roughly at the booked time."""
        if kind in (Kind.CANCELLED, Kind.NEVER_HELD):
            return []
        start = booking.start + rng.randint(-180, 420)
        end = booking.end + rng.randint(-600, 600)
        secure, recording = (
            rng.choice((True, False, None)),
            rng.choice((True, False, None)),
        )
        address = self._canaries.address("hostIp")
        session = ConferenceSession(
            str(56_000_000 + number * 10), start, end, address, recording, secure
        )
        if kind is not Kind.RESUMED:
            return [session]
        middle = (start + end) / 2
        resumed = replace(
            session, temp_id=str(int(session.temp_id) + 1), start=middle + 300
        )
        return [replace(session, end=middle), resumed]

    def _secrets(self) -> BookingSecrets:
        """Create the secrets of a booking."""
        canaries = self._canaries
        return BookingSecrets(
            pcode1=canaries.digits("pcode1", 18),
            pcode2=canaries.digits("pcode2", 18),
            host_secret=canaries.digits("eventHostSecret", 11),
            watchword=canaries.text("eventWatchword"),
            live_password=canaries.text("livePullPwd"),
            live_url=canaries.link("livePullUrl"),
            host_url=canaries.link("hostJoinUrl"),
            attendee_url=canaries.link("attendeeJoinUrl"),
            call_url=canaries.link("wcallurl"),
            role_links=tuple(canaries.link("btplRole") for _ in range(2)),
            host_mobile=canaries.mobile("hostMobile"),
            host_mail=canaries.mail("hostEmail"),
            guest_mobile=canaries.mobile("attendee_mobile"),
            guest_mail=canaries.mail("attendee_mail"),
        )
