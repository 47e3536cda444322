"""Match the words of a place, as people write or say them, with the place of a room."""

from collections.abc import Iterable
from itertools import chain
import re
from typing import Final
from unicodedata import normalize

from .floors import level_of
from .places import Location

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ATOM: Final = re.compile(
    rf"(?<!\S)-(?=\d)|(?<![a-z])b\d+|[{_HAN}]|\d+|[^\W\d_{_HAN}]+"
)
"""A Chinese character, a number or a word, or a floor below the ground or its minus sign.

"B1" is not the first floor of tower B.
"""
_FILLERS: Final = frozenset(("the", "of", "in", "on", "at", "的", "在"))
"""Words between those of a place."""
_SHORTEST_START: Final = 3
"""The fewest letters that stand for a word that begins with them."""

type _Atoms = tuple[str, ...]


class PlaceWords:
    """The words of a place, all of which the place of a room has to contain.

    Case, width and spaces make no difference, and Chinese needs no spaces: a place matches if the
    text can be divided into parts that are each contained in its city, building or floor, or
    stand between them.
    """

    def __init__(self, text: str) -> None:
        """Divide a text into its words."""
        self._atoms = _atoms(text)
        self._known: dict[tuple[str | None, ...], bool] = {}

    def match(self, place: Location, floors: Iterable[str] = ()) -> bool:
        """Return whether a place contains all words; `floors` are more names of its floor."""
        texts = (*place, *floors)
        if texts not in self._known:
            self._known[texts] = self._can_be_divided(place, texts[2:])
        return self._known[texts]

    def _can_be_divided(self, place: Location, floors: Iterable[str | None]) -> bool:
        """Return whether each part of the text is contained in a part of a place."""
        if self._atoms and _FILLERS.issuperset(self._atoms):
            return False
        city, building = _atoms(place.city or ""), _atoms(place.building or "")
        names = [city, building, (*city, "市")] if city else [building]
        levels = set()
        for floor in chain.from_iterable(map(_parts, floors)):
            if (level := level_of(floor)) is None:
                names.append(_atoms(floor))
            else:
                # "B1" contains the number of another floor.
                levels.add(level)
        reached = [0]
        for end in range(1, len(self._atoms) + 1):
            ending_here = (self._atoms[start:end] for start in reached)
            if any(
                level_of("".join(part)) in levels
                or _is_in(part, names)
                or (len(part) == 1 and part[0] in _FILLERS)
                for part in ending_here
            ):
                reached.append(end)
        return reached[-1] == len(self._atoms)


def _parts(floor: str | None) -> list[str]:
    """Return the parts of the name of a floor, which may contain those of its building."""
    return [part for part in (floor or "").split("·") if part.strip()]


def _atoms(text: str) -> _Atoms:
    """Return the smallest parts of a text that are compared."""
    return tuple(_ATOM.findall(normalize("NFKC", text).casefold()))


def _is_in(part: _Atoms, names: Iterable[_Atoms]) -> bool:
    """Return whether a name contains a part; one Chinese character must be the complete name."""
    if len(part) == 1 and re.match(f"[{_HAN}]", part[0]):
        return part in names
    *words, last = part
    return any(
        [*name[start : start + len(words)]] == words
        and _is_start(last, name[start + len(words)])
        for name in names
        for start in range(len(name) - len(words))
    )


def _is_start(word: str, whole: str) -> bool:
    """Return whether a word is another one, or long enough to stand for it."""
    stands_for = len(word) >= _SHORTEST_START and not word.isdecimal()
    return word == whole or (stands_for and whole.startswith(word))
