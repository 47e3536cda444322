"""The options of bookings and of single rooms, with their defaults.

A stored value that is not valid counts as its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Self

from ..api.models.booking import Titles
from ..const import (
    CONF_AREA_PRESENCE,
    CONF_AREAS,
    CONF_BOOKING_ROOM,
    CONF_BOOKING_ROOMS,
    CONF_CALENDAR,
    CONF_NO_SHOW_EXEMPT_HOURS,
    CONF_NO_SHOW_MINUTES,
    CONF_OFFICE_HOURS,
    CONF_ORGANIZER,
    CONF_PRESENCE,
    CONF_READY_MINUTES,
    CONF_ROOM_SETTINGS,
    CONF_SOON_MINUTES,
    CONF_TITLES,
)
from ..rooms.areas import AreaMode
from ..rooms.availability import Rules

type Options = Mapping[str, Any]
"""The options of a config entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationOption:
    """An option that counts minutes or hours, from 1 to a maximum."""

    unit: timedelta
    maximum: int
    default: timedelta

    def count(self, options: Options, key: str) -> int:
        """Return the number of minutes or hours."""
        match options.get(key):
            case bool():
                pass
            case int() | float() as stored if 1 <= stored <= self.maximum:
                return int(stored)
        return self.default // self.unit

    def duration(self, options: Options, key: str) -> timedelta:
        """Return the time."""
        return self.count(options, key) * self.unit


_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_RULES: Final = Rules()
DURATIONS: Final[Mapping[str, DurationOption]] = {
    CONF_SOON_MINUTES: DurationOption(unit=_MINUTE, maximum=60, default=_RULES.soon),
    CONF_READY_MINUTES: DurationOption(unit=_MINUTE, maximum=120, default=_RULES.ready),
    CONF_NO_SHOW_MINUTES: DurationOption(
        unit=_MINUTE, maximum=60, default=_RULES.no_show
    ),
    CONF_NO_SHOW_EXEMPT_HOURS: DurationOption(
        unit=_HOUR, maximum=24, default=_RULES.no_show_exempt
    ),
}

_LIVE_OPTIONS: Final = frozenset(
    {
        CONF_TITLES,
        *DURATIONS,
        CONF_AREA_PRESENCE,
        CONF_BOOKING_ROOMS,
        CONF_OFFICE_HOURS,
        CONF_ORGANIZER,
        CONF_ROOM_SETTINGS,
    }
)
"""The options that take effect without a reload of the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOptions:
    """The options of an account that concern the bookings of all rooms."""

    titles: Titles = Titles.BUSY_ONLY
    rules: Rules = Rules()
    area_presence: bool = True
    """Whether the sensors of a room's area are evidence of its use."""
    office_hours: str | None = None
    """The entity that is on while the utilization counts; None for at any time."""
    booking_rooms: bool = False
    """Whether to follow rooms that only the booking calendar has."""
    organizer: str | None = None
    """The vendor's id of the user who books from Home Assistant."""

    @classmethod
    def from_options(cls, options: Options) -> Self:
        """Return the options of a config entry."""
        times = {
            key: option.duration(options, key) for key, option in DURATIONS.items()
        }
        return cls(
            titles=_titles(options),
            rules=Rules(
                soon=times[CONF_SOON_MINUTES],
                ready=times[CONF_READY_MINUTES],
                no_show=times[CONF_NO_SHOW_MINUTES],
                no_show_exempt=times[CONF_NO_SHOW_EXEMPT_HOURS],
            ),
            area_presence=_flag(options, CONF_AREA_PRESENCE, default=True),
            office_hours=_text(options.get(CONF_OFFICE_HOURS)),
            booking_rooms=_flag(options, CONF_BOOKING_ROOMS, default=False),
            organizer=_text(options.get(CONF_ORGANIZER)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """The options of one room."""

    calendar: str | None = None
    """The entity of a calendar with bookings of the room."""
    presence: tuple[str, ...] = ()
    """The sensors that are evidence of its use, instead of those of its area."""
    booking_room: str | None = None
    """The id of the room in the booking calendar; None to find it by name."""


def area_mode(options: Options) -> AreaMode:
    """Return how the rooms of an account are placed into areas."""
    stored = options.get(CONF_AREAS)
    return next((mode for mode in AreaMode if mode == stored), AreaMode.NONE)


def room_settings(options: Options, room_id: str) -> RoomSettings:
    """Return the options of a room."""
    stored = stored_settings(options).get(room_id)
    settings = stored if isinstance(stored, Mapping) else {}
    presence = settings.get(CONF_PRESENCE)
    listed = presence if isinstance(presence, list | tuple) else ()
    return RoomSettings(
        calendar=_text(settings.get(CONF_CALENDAR)),
        presence=tuple(each for each in map(_text, listed) if each),
        booking_room=_text(settings.get(CONF_BOOKING_ROOM)),
    )


def stored_settings(options: Options) -> Mapping[str, Any]:
    """Return the stored options of all rooms, by room."""
    stored = options.get(CONF_ROOM_SETTINGS)
    return stored if isinstance(stored, Mapping) else {}


def reload_options(options: Options) -> dict[str, Any]:
    """Return the options that take effect only when the account is loaded."""
    return {key: value for key, value in options.items() if key not in _LIVE_OPTIONS}


def _titles(options: Options) -> Titles:
    """Return how much of a booking's texts is kept."""
    stored = options.get(CONF_TITLES)
    return next((each for each in Titles if each == stored), Titles.BUSY_ONLY)


def _flag(options: Options, key: str, *, default: bool) -> bool:
    """Return a flag."""
    stored = options.get(key)
    return stored if isinstance(stored, bool) else default


def _text(stored: object) -> str | None:
    """Return a text, None for an empty one."""
    return stored.strip() or None if isinstance(stored, str) else None
