"""The level of a floor, by its name."""

import re
from typing import Final
import unicodedata

_DIGITS: Final = "零一二三四五六七八九"
_NUMBER: Final = rf"(?P<number>\d{{1,3}}|[{_DIGITS}十]{{1,3}})"
_ABOVE: Final = re.compile(
    rf"(?:第|f|l|level|floor)?{_NUMBER}(?:f|/f|l|楼|层|樓|層|(?:st|nd|rd|th)?floor)?"
)
_WORDS: Final = (
    *(("first", "one"), ("second", "two"), ("third", "three"), ("fourth", "four")),
    *(("fifth", "five"), ("sixth", "six"), ("seventh", "seven"), ("eighth", "eight")),
    *(("ninth", "nine"), ("tenth", "ten")),
)
_NAMES: Final = {
    name: level
    for level, (ordinal, cardinal) in enumerate(_WORDS, 1)
    for name in (f"{ordinal}floor", f"floor{cardinal}", f"level{cardinal}")
}
_BELOW: Final = re.compile(
    rf"(?:b|-|负|負|地下(?:第)?|basement){_NUMBER}(?:f|/f|楼|层|樓|層)?"
)


def level_of(name: str) -> int | None:
    """Return the level of a floor, such as 3 of "3F" and -1 of "B1"; None if it is not clear."""
    text = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    if text in _NAMES:
        return _NAMES[text]
    for pattern, sign in ((_ABOVE, 1), (_BELOW, -1)):
        found = pattern.fullmatch(text)
        if found and (number := _number(found["number"])) is not None:
            return sign * number
    return None


def _number(text: str) -> int | None:
    """Return a number in digits, or in Chinese up to 99."""
    if text.isdecimal():
        return int(text)
    found = re.fullmatch(rf"([{_DIGITS[1:]}]?)(十?)([{_DIGITS[1:]}]?)", text)
    if found is None or (found[1] and found[3] and not found[2]):
        return None
    tens, ten, ones = found.groups()
    if not ten:
        return _DIGITS.index(tens or ones)
    return 10 * (_DIGITS.index(tens) if tens else 1) + (
        _DIGITS.index(ones) if ones else 0
    )
