"""Find the names that a person, or a language model, means."""

from collections.abc import Collection
import re
from typing import Final
from unicodedata import normalize

_DIGIT: Final = r"[\d零〇一二三四五六七八九十百]"
_STARTS_NUMBER: Final = rf"(?<!{_DIGIT}(?={_DIGIT}))"
_ENDS_NUMBER: Final = rf"(?!(?<={_DIGIT}){_DIGIT})"


def normalized(name: str) -> str:
    """Return a name without spaces, case and the width of its characters."""
    return "".join(normalize("NFKC", name).casefold().split())


def meant_names(said: str, names: Collection[str]) -> set[str]:
    """Return which normalized names are meant.

    It is the one that was said, or else all that contain it, or else those that it contains.
    """
    wanted = normalized(said)
    if wanted in names:
        return {wanted}
    if longer := {each for each in names if _contains(each, wanted)}:
        return longer
    shorter = {each for each in names if each and _contains(wanted, each)}
    return {
        each for each in shorter if not any(each in other for other in shorter - {each})
    }


def _contains(text: str, part: str) -> bool:
    """Return whether a text contains a part that does not cut a number."""
    return re.search(_STARTS_NUMBER + re.escape(part) + _ENDS_NUMBER, text) is not None
