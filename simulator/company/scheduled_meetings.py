"""Hold the meetings that applications create, with and without rooms."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# The first digit of an id, and the number of the others.
CREATED, DIGITS = 5, 18


@dataclass(slots=True, kw_only=True)
class ScheduledMeeting:
    """Hold a meeting; its times are real Unix seconds, `room_ids` are the booked rooms."""

    meeting_id: str
    subject: str
    creator: str
    start: int
    end: int
    recurring: bool = False
    cancelled: bool = False
    created_at: float = 0
    room_ids: set[str] = field(default_factory=set)


class ScheduledMeetings:
    """Create and find meetings."""

    def __init__(self) -> None:
        """Start without meetings."""
        self._meetings: dict[str, ScheduledMeeting] = {}

    def __iter__(self) -> Iterator[ScheduledMeeting]:
        """Iterate over the meetings, the cancelled ones included."""
        return iter(tuple(self._meetings.values()))

    @property
    def left_over(self) -> list[ScheduledMeeting]:
        """Return the meetings without a room that were not cancelled."""
        return [each for each in self if not each.cancelled and not each.room_ids]

    @property
    def active(self) -> list[ScheduledMeeting]:
        """Return the meetings that were not cancelled."""
        return [each for each in self if not each.cancelled]

    def get(self, meeting_id: str) -> ScheduledMeeting | None:
        """Return a meeting by its id."""
        return self._meetings.get(meeting_id)

    def create(
        self,
        subject: str,
        creator: str,
        start: int,
        end: int,
        *,
        recurring: bool = False,
        created_at: float = 0,
    ) -> ScheduledMeeting:
        """Create a meeting without a room."""
        meeting = ScheduledMeeting(
            meeting_id=f"{CREATED}{len(self._meetings) + 1:0{DIGITS}}",
            subject=subject,
            creator=creator,
            start=start,
            end=end,
            recurring=recurring,
            created_at=created_at,
        )
        self._meetings[meeting.meeting_id] = meeting
        return meeting
