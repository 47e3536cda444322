"""Match the rooms of a booking calendar with the rooms of an account, which have other ids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from ..api.models.booking import CalendarRoom
from ..api.models.room import RoomSummary, location_text
from .places import Location
from .room import Room

_PREFIX: Final = "booking_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The rooms with a room of the booking calendar, and those without."""

    calendar_ids: Mapping[str, str]
    """The calendar's id of each room; no two rooms have the same."""
    doubtful: Mapping[str, tuple[str, ...]]
    """The calendar's ids that a room may have, where a choice of the user is needed."""
    missing: Mapping[str, str]
    """The calendar's id that the user chose for a room and that the calendar does not have."""
    unmatched: tuple[CalendarRoom, ...]
    """The rooms of the calendar that are none of the rooms, not even possibly."""


def match_rooms(
    rooms: Mapping[str, Room],
    calendar_rooms: Iterable[CalendarRoom],
    chosen: Mapping[str, str],
) -> Matches:
    """Return the matches by name and place, except for the rooms with a choice of the user.

    A room with several candidates has no match, nor have several rooms with the same candidate.
    A room whose chosen calendar room is missing is not matched by name: the user rejected that.
    """
    by_id = {each.calendar_id: each for each in calendar_rooms}
    choices = {room_id: chosen[room_id] for room_id in rooms if chosen.get(room_id)}
    taken = {*choices.values()}
    by_name: dict[str, list[CalendarRoom]] = defaultdict(list)
    for each in by_id.values():
        if each.calendar_id not in taken:
            by_name[_normalized(each.name)].append(each)
    candidates = {
        room_id: (choices[room_id],) * (choices[room_id] in by_id)
        if room_id in choices
        else _candidates(room, by_name)
        for room_id, room in rooms.items()
    }
    matched = _unambiguous(candidates)
    possible = {each for found in candidates.values() for each in found}
    return Matches(
        calendar_ids=matched,
        doubtful={
            room_id: found
            for room_id, found in candidates.items()
            if found and room_id not in matched
        },
        missing={
            room_id: each for room_id, each in choices.items() if each not in by_id
        },
        unmatched=tuple(by_id[each] for each in sorted(by_id.keys() - possible)),
    )


def booking_room_id(calendar_id: str) -> str:
    """Return the id of the room that stands for a room of the booking calendar alone."""
    return f"{_PREFIX}{calendar_id}"


def calendar_id_of(room_id: str) -> str | None:
    """Return the calendar's id of a room that only the booking calendar has."""
    rest = room_id.removeprefix(_PREFIX)
    return None if rest == room_id else rest


def booking_room_summary(calendar_room: CalendarRoom) -> RoomSummary:
    """Return a room of the booking calendar as a room of its own, without a status."""
    return RoomSummary(
        room_id=booking_room_id(calendar_room.calendar_id),
        name=calendar_room.name,
        location=location_text(*_place(calendar_room)),
        capacity=calendar_room.capacity,
    )


def _candidates(
    room: Room, by_name: Mapping[str, list[CalendarRoom]]
) -> tuple[str, ...]:
    """Return the calendar's ids of the rooms with the same name, and not in another place."""
    # Not Room.name, which is the id of a room without a name.
    name = _normalized(room.listed.name or room.known.basic.name)
    named = by_name.get(name, ()) if name else ()
    here = (each for each in named if _compatible(room.place, _place(each)))
    return tuple(sorted(each.calendar_id for each in here))


def _unambiguous(candidates: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the only candidate of each room, where no other room has it as a candidate."""
    owners: dict[str, set[str]] = defaultdict(set)
    for room_id, found in candidates.items():
        for each in found:
            owners[each].add(room_id)
    return {
        room_id: found[0]
        for room_id, found in candidates.items()
        if len(found) == 1 and len(owners[found[0]]) == 1
    }


def _place(calendar_room: CalendarRoom) -> Location:
    """Return the place of a room of the booking calendar."""
    return Location(calendar_room.city, calendar_room.building, calendar_room.floor)


def _compatible(one: Location, other: Location) -> bool:
    """Return whether two places may be the same: an unknown part does not differ."""
    pairs = zip(map(_normalized, one), map(_normalized, other), strict=True)
    return all(mine == theirs or not mine or not theirs for mine, theirs in pairs)


def _normalized(text: str | None) -> str:
    """Return a text without padding, case and the width of its characters."""
    return normalize("NFKC", text or "").casefold().strip()
