"""Who wants to know of what changes in an account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.core import CALLBACK_TYPE

from .account.snapshot import Snapshot, Subject
from .rooms.room import Room, RoomPart

_ALL_PARTS: Final = ~RoomPart(0)


@dataclass(frozen=True, slots=True)
class Following:
    """A subject that somebody follows; of a room perhaps just some parts."""

    key: str | None
    """None stands for the account with all that it has."""
    parts: RoomPart = _ALL_PARTS


EVERYTHING: Final = Following(None)
"""What those follow who want to know of each change."""
_NOBODY: Final[Mapping[RoomPart, list[CALLBACK_TYPE]]] = {}


class Followers:
    """Those who follow an account, or one of its subjects."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._of: dict[str | None, dict[RoomPart, list[CALLBACK_TYPE]]] = {}

    def add(self, follower: CALLBACK_TYPE, following: Following) -> None:
        """Take somebody who wants to know."""
        groups = self._of.setdefault(following.key, {})
        groups.setdefault(following.parts, []).append(follower)

    def remove(self, follower: CALLBACK_TYPE, following: Following) -> None:
        """Let somebody go who was taken."""
        groups = self._of[following.key]
        groups[following.parts].remove(follower)
        if not any(groups.values()):
            del self._of[following.key]

    def all(self) -> Iterator[CALLBACK_TYPE]:
        """Yield everybody, those of the whole account first."""
        return self._of_these({None: _ALL_PARTS, **dict.fromkeys(self._of, _ALL_PARTS)})

    def concerned(self, before: Snapshot, after: Snapshot) -> Iterator[CALLBACK_TYPE]:
        """Yield those whom a change concerns, those of the whole account first."""
        changed: dict[str | None, RoomPart] = {None: _ALL_PARTS}
        for key in after.changed_since(before):
            changed[key] = _changed(before.subjects.get(key), after.subjects.get(key))
        return self._of_these(changed)

    def _of_these(
        self, changed: Mapping[str | None, RoomPart]
    ) -> Iterator[CALLBACK_TYPE]:
        """Yield those who follow a part that changed; they may come and go meanwhile."""
        for key, changed_parts in changed.items():
            for parts, followers in [*self._of.get(key, _NOBODY).items()]:
                if parts & changed_parts:
                    yield from [*followers]


def _changed(before: Subject | None, after: Subject | None) -> RoomPart:
    """Return the parts of a room that are different; all of them for whatever else there is."""
    if isinstance(before, Room) and isinstance(after, Room):
        return after.parts_changed_since(before)
    return _ALL_PARTS
