"""Model Quanshi's bookings and the conference sessions they lead to."""

from dataclasses import dataclass, field
from enum import IntEnum
import random

COUNT_STEP = 20
EMPTY_SECONDS = 60


class Approval(IntEnum):
    """List the approval statuses of a room request."""

    PENDING = 0
    REFUSED = 1
    APPROVED = 2
    WITHDRAWN = 3


class BookingStatus(IntEnum):
    """List the booking statuses that `infos` returns."""

    CANCELLED = 0
    CREATED = 1
    ENDED = 4


class LiveStatus(IntEnum):
    """List the conference statuses that `getStatus` returns."""

    NOT_FOUND = 0
    CREATED = 1
    STARTED = 2
    ENDED = 4
    EXPIRED = 5


@dataclass(slots=True)
class RoomRequest:
    """Hold the request of a booking for one room."""

    room_id: int
    approval: Approval = Approval.APPROVED
    main: int = 0


@dataclass(slots=True)
class ConferenceSession:
    """Hold one session of a conference; it ends a minute after the last participant left."""

    temp_id: str
    start: float
    end: float
    host_ip: str
    recording: bool | None = None
    secure: bool | None = None

    def is_active(self, now: float) -> bool:
        """Return whether the session is in progress."""
        return self.start <= now < self.end

    def counts(self, now: float) -> dict[str, int]:
        """Return the participant counts; they change every 20 s."""
        if not self.is_active(now) or now >= self.end - EMPTY_SECONDS:
            return dict.fromkeys(COUNTS, 0)
        rng = random.Random(f"{self.temp_id}/{int((now - self.start) // COUNT_STEP)}")
        people = rng.randint(2, 18)
        shares = {key: rng.randint(0, people) for key in COUNTS}
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
    """Hold the secrets of a booking."""

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
    """Hold one booking; of a recurring one, one occurrence."""

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
    sessions: list[ConferenceSession] = field(default_factory=list)

    def session_at(self, now: float) -> ConferenceSession | None:
        """Return the session that is in progress."""
        return next(
            (session for session in self.sessions if session.is_active(now)), None
        )

    def status(self, now: float) -> BookingStatus:
        """Return the status that `infos` returns; it never says that a session is in progress.

        The vendor does not document the status of a booking that was never held. Here half
        of them are ended and half of them created.
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
        """Return the status that `getStatus` returns.

        The vendor does not document the status of a cancelled booking. Here half of them
        do not exist and half of them are created.
        """
        if self.deleted:
            return LiveStatus.NOT_FOUND
        if self.cancelled:
            return LiveStatus.CREATED if self.event_id % 2 else LiveStatus.NOT_FOUND
        if self.session_at(now):
            return LiveStatus.STARTED
        if any(session.end <= now for session in self.sessions):
            return LiveStatus.ENDED
        if not self.sessions and now >= self.end:
            return LiveStatus.EXPIRED
        return LiveStatus.CREATED

    def uses_room(self, room_id: int) -> bool:
        """Return whether the booking has the approval for a room."""
        return any(
            each.room_id == room_id and each.approval is Approval.APPROVED
            for each in self.requests
        )

    def state(self, now: float) -> str:
        """Return the expected status as the state of a Home Assistant entity."""
        if self.cancelled:
            return "cancelled"
        states = {
            LiveStatus.CREATED: "created",
            LiveStatus.STARTED: "in_progress",
            LiveStatus.ENDED: "ended",
            LiveStatus.EXPIRED: "expired",
        }
        return states.get(self.live_status(now), "removed")
