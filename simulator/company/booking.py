"""Play Quanshi's bookings and the runs that they lead to."""

from dataclasses import dataclass, field
from enum import IntEnum
import random

COUNT_STEP = 20
LINGER = 60


class Approval(IntEnum):
    """Say what became of the request for a room."""

    PENDING = 0
    REFUSED = 1
    APPROVED = 2
    WITHDRAWN = 3


class BookingStatus(IntEnum):
    """Number the state of a booking as `infos` does."""

    CANCELLED = 0
    CREATED = 1
    ENDED = 4


class LiveStatus(IntEnum):
    """Number the live state of a booking as `getStatus` does."""

    GONE = 0
    CREATED = 1
    STARTED = 2
    ENDED = 4
    EXPIRED = 5


@dataclass(slots=True)
class RoomRequest:
    """Ask for one room for one booking."""

    room_id: int
    approval: Approval = Approval.APPROVED
    main: int = 0


@dataclass(slots=True)
class Run:
    """Hold one run of a conference; it ends a minute after the last one has left."""

    temp_id: str
    start: float
    end: float
    host_ip: str
    recording: bool | None = None
    secure: bool | None = None

    def live(self, now: float) -> bool:
        """Return whether the run is on."""
        return self.start <= now < self.end

    def counts(self, now: float) -> dict[str, int]:
        """Count the people and what they use; it moves every 20 s."""
        if not self.live(now) or now >= self.end - LINGER:
            return dict.fromkeys(COUNTS, 0)
        chance = random.Random(
            f"{self.temp_id}/{int((now - self.start) // COUNT_STEP)}"
        )
        people = chance.randint(2, 18)
        shares = {key: chance.randint(0, people) for key in COUNTS}
        return shares | {"attendeeCnt": people, "rawAttendeeCnt": people + 1}


COUNTS = (
    "attendeeCnt",
    "voipCnt",
    "pstnCnt",
    "videoCnt",
    "desktopCnt",
    "mcuCnt",
    "boxCnt",
    "rawAttendeeCnt",
    "rawPstnCnt",
)


@dataclass(frozen=True, slots=True)
class BookingSecrets:
    """Hold what a booking must not tell."""

    pcode1: str
    pcode2: str
    host_secret: str
    watchword: str
    live_password: str
    live_url: str
    host_url: str
    attendee_url: str
    call_url: str
    role_links: tuple[str, ...]
    host_mobile: str
    host_mail: str
    guest_mobile: str
    guest_mail: str


@dataclass(slots=True)
class Booking:
    """Hold one booking: one occurrence of it where it recurs."""

    event_id: int
    conference_id: str
    title: str
    host_id: int
    host_name: str
    start: int
    end: int
    secrets: BookingSecrets
    recurring: bool = False
    cancelled: bool = False
    deleted: bool = False
    hidden: bool = False
    on_site: bool = False
    requests: list[RoomRequest] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def run_at(self, now: float) -> Run | None:
        """Return the run that is on."""
        return next((run for run in self.runs if run.live(now)), None)

    def status(self, now: float) -> BookingStatus:
        """Return the state that `infos` prints; it never says that a run is on.

        What it says of a booking that nobody held is in no page: here half of them have
        ended and half of them are still only created.
        """
        if self.cancelled:
            return BookingStatus.CANCELLED
        match self.live_status(now):
            case LiveStatus.ENDED:
                return BookingStatus.ENDED
            case LiveStatus.EXPIRED if self.event_id % 2:
                return BookingStatus.ENDED
            case _:
                return BookingStatus.CREATED

    def live_status(self, now: float) -> LiveStatus:
        """Return the state that `getStatus` prints.

        What it says of a cancelled booking is in no page: here half of them do not exist
        any more and half of them are still only created.
        """
        if self.deleted:
            return LiveStatus.GONE
        if self.cancelled:
            return LiveStatus.CREATED if self.event_id % 2 else LiveStatus.GONE
        if self.run_at(now):
            return LiveStatus.STARTED
        if any(run.end <= now for run in self.runs):
            return LiveStatus.ENDED
        if not self.runs and now >= self.end:
            return LiveStatus.EXPIRED
        return LiveStatus.CREATED

    def holds(self, room_id: int) -> bool:
        """Return whether the booking may use a room."""
        return any(
            each.room_id == room_id and each.approval is Approval.APPROVED
            for each in self.requests
        )

    def word(self, now: float) -> str:
        """Return the right state in words."""
        if self.cancelled:
            return "cancelled"
        words = {
            LiveStatus.CREATED: "created",
            LiveStatus.STARTED: "in_progress",
            LiveStatus.ENDED: "ended",
            LiveStatus.EXPIRED: "expired",
        }
        return words.get(self.live_status(now), "gone")
