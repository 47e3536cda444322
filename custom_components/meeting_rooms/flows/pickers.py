"""The inputs of forms in which the user picks by name."""

from collections import Counter
from collections.abc import Mapping
import re

from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)


def label(name: str, location: str | None) -> str:
    """Return a room's name and location."""
    return " · ".join(part for part in (name, location) if part)


def sort_key(text: str) -> str:
    """Return the sort key of a label: its numbers sort by value."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), text)


def select_one(labels: Mapping[str, str]) -> SelectSelector:
    """Return an input in which one value is picked by its label.

    Values with the same label are told apart by the value.
    """
    uses = Counter(labels.values())
    unique = {
        value: f"{text} · {value}" if uses[text] > 1 else text
        for value, text in labels.items()
    }
    options = [
        SelectOptionDict(value=value, label=text)
        for value, text in sorted(unique.items(), key=lambda each: sort_key(each[1]))
    ]
    return SelectSelector(
        SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
    )
