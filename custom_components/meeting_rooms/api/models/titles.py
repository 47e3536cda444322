"""Drop the texts of a booking, or of a run, that must not be kept."""

from dataclasses import fields, replace
from typing import Any, Final

from ..models.booking import Titles
from .booking import QuanshiBooking
from .live import QuanshiRun

_TOPIC: Final = frozenset({"title", "tags", "labels", "billing_code", "customer_code"})
_ORGANIZER: Final = frozenset({"host", "host_id", "host_organization", "host_location"})
_DROPPED: Final = {
    Titles.BUSY_ONLY: _TOPIC | _ORGANIZER,
    Titles.ORGANIZER: _TOPIC,
    Titles.FULL: frozenset[str](),
}


def reduced[M: (QuanshiBooking, QuanshiRun)](model: M, titles: Titles) -> M:
    """Return a booking or a run without the texts that must not be kept."""
    dropped = _DROPPED[titles]
    unknown: dict[str, Any] = {
        each.name: None
        for each in fields(model)
        if each.name in dropped and getattr(model, each.name) is not None
    }
    return replace(model, **unknown) if unknown else model
