"""The company's rooms at Quanshi, whose status follows from the conferences in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
import re
from typing import Final

from ..models.conference import Conference
from ..models.room import RoomStatus, RoomSummary, location_text
from ..values import count, identifier, integer, text, wire_field
from ..wire import WireModel

_ENABLED: Final = 1
_BELOW_GROUND: Final = re.compile(r"^-(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRoom(WireModel):
    """A room of the company; `status` is whether it is enabled, not whether it is in use.

    Source: /confopenapi/room/listAll.
    """

    room_id: str | None = wire_field("roomId", identifier)
    name: str | None = wire_field("name", text)
    city: str | None = wire_field("city", text)
    path: str | None = wire_field("location", text)
    """The address, from the largest place to the building."""
    floor: str | None = wire_field("floor", text)
    capacity: int | None = wire_field("capacity", count)
    status: int | None = wire_field("status", integer)

    @property
    def location(self) -> str | None:
        """Return city, building and floor in the form of RoomSummary."""
        building = (self.path or "").strip("/").rpartition("/")[2]
        floor = _BELOW_GROUND.sub("B", self.floor or "")
        return location_text(self.city, building, floor)


def summarize_rooms(
    rooms: Mapping[str, QuanshiRoom], conferences: Iterable[Conference]
) -> dict[str, RoomSummary]:
    """Return the rooms; each is in use while a conference that holds it runs, else idle.

    The status is unknown where it is unknown whether a conference that is booked for now runs.
    The participants are those of the conference that began last.
    """
    now = datetime.now(UTC)
    occupied: dict[str, RoomStatus | None] = {}
    participants: dict[str, int | None] = {}
    for conference in sorted(conferences, key=_began):
        for room_id in conference.held_rooms:
            if conference.in_progress:
                occupied[room_id] = RoomStatus.IN_USE
                participants[room_id] = conference.participants
            elif conference.in_progress is None and _is_booked_for(conference, now):
                occupied.setdefault(room_id, None)
    return {
        room_id: RoomSummary(
            room_id=room_id,
            name=room.name,
            location=room.location,
            capacity=room.capacity or None,
            bookable=None if room.status is None else room.status == _ENABLED,
            status=occupied.get(room_id, RoomStatus.IDLE),
            participants=participants.get(room_id),
        )
        for room_id, room in rooms.items()
    }


def _began(conference: Conference) -> float:
    """Return when a conference began, or is booked to begin; 0 where that is unknown."""
    began = conference.started_at or conference.start
    return 0.0 if began is None else began.timestamp()


def _is_booked_for(conference: Conference, moment: datetime) -> bool:
    """Return whether a moment may be within the booked time."""
    started = conference.start is None or conference.start <= moment
    return started and (conference.end is None or moment <= conference.end)
