"""Describe what happens in single rooms of the demo, again and again, so that all states occur."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Act(StrEnum):
    """List what can happen in a room."""

    START = auto()
    """People start the meeting in the room's system."""
    END = auto()
    ENTER = auto()
    """People enter the room, which only a presence sensor notices."""
    LEAVE = auto()
    DISCONNECT = auto()
    CONNECT = auto()
    CANCEL = auto()
    """Somebody cancels the booking of this round."""
    EXTEND = auto()


class Equipment(StrEnum):
    """List what Home Assistant itself has for a room."""

    AREA_SENSOR = auto()
    """A presence sensor in the room's area."""
    LINKED_SENSOR = auto()
    """A presence sensor in the room's settings."""
    CALENDAR = auto()
    """A calendar in the room's settings, which contains the bookings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What happens in one room; times are minutes since the start of a round."""

    shows: str
    """The availability that the scene is about."""
    period: float = 15
    booking: tuple[float, float] | None = None
    acts: tuple[tuple[float, Act], ...] = ()
    equipment: Equipment | None = None


EXTENSION = 3
"""The minutes that `EXTEND` adds to a booking."""

SCENES = (
    Scene(shows="free"),
    Scene(
        shows="starting_soon",
        booking=(8, 14),
        acts=((8, Act.START), (12, Act.END)),
    ),
    # So long that it never counts as a no-show.
    Scene(shows="booked", period=240, booking=(-10, 220)),
    Scene(
        shows="in_use",
        booking=(0, 8),
        acts=((0, Act.START), (4, Act.EXTEND), (10.5, Act.END)),
    ),
    Scene(shows="running_over", booking=(0, 3), acts=((0, Act.START), (8, Act.END))),
    Scene(shows="no_show", booking=(-1, 10)),
    # Emptiness takes five minutes to count, so the first visit is as early and short as possible.
    Scene(
        shows="ended_early",
        booking=(-1, 13),
        acts=((0, Act.ENTER), (0.2, Act.LEAVE)),
        equipment=Equipment.LINKED_SENSOR,
    ),
    Scene(
        shows="unbooked_use",
        acts=((0, Act.ENTER), (12, Act.LEAVE)),
        equipment=Equipment.AREA_SENSOR,
    ),
    Scene(shows="offline", acts=((0, Act.DISCONNECT), (12, Act.CONNECT))),
    # The booking is cancelled while the meeting runs, and the people stay.
    Scene(
        shows="unbooked_use",
        booking=(-1, 12),
        acts=((0, Act.START), (2, Act.CANCEL), (9, Act.END)),
    ),
    Scene(
        shows="starting_soon",
        booking=(7, 13),
        acts=((7, Act.START), (12.5, Act.END)),
        equipment=Equipment.CALENDAR,
    ),
)
