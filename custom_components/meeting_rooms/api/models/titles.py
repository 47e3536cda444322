"""Drop the texts of a conference that must not be kept."""

from dataclasses import Field, fields, replace
from typing import Any, ClassVar, Final, Protocol

from .booking import Titles

_TOPIC: Final = frozenset({"title", "tags", "labels", "billing_code", "customer_code"})
_ORGANIZER: Final = frozenset({"host", "host_id", "host_organization", "host_location"})
_DROPPED: Final = {
    Titles.BUSY_ONLY: _TOPIC | _ORGANIZER,
    Titles.ORGANIZER: _TOPIC,
    Titles.FULL: frozenset[str](),
}


class _Model(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def reduced[M: _Model](model: M, titles: Titles) -> M:
    """Return a conference, or a part of one, without the texts that must not be kept."""
    dropped = _DROPPED[titles]
    unknown: dict[str, Any] = {
        each.name: None
        for each in fields(model)
        if each.name in dropped and getattr(model, each.name) is not None
    }
    return replace(model, **unknown) if unknown else model
