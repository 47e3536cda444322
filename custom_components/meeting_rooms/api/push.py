"""The interface of the receivers for events that a vendor pushes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .models.alert import RoomAlert


class PushRejected(Exception):
    """A request does not come from the vendor or differs from its documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedEvents:
    """What a vendor pushed with one request."""

    alerts: tuple[RoomAlert, ...] = ()
    rooms: frozenset[str] = frozenset()
    """The ids of the rooms whose bookings changed, or of their devices."""


class PushReceiver(ABC):
    """The receiver of the requests that a vendor sends to the webhook URL of an account.

    Both methods raise PushRejected and nothing else.
    """

    acknowledgement: ClassVar[str]
    """The exact response to an event; without it the vendor sends the event again."""
    max_body_bytes: ClassVar[int]

    @abstractmethod
    def check(self, query: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """Return the response to the vendor's check of the URL."""

    @abstractmethod
    def receive(self, body: bytes, headers: Mapping[str, str]) -> PushedEvents:
        """Return the content of an event; an event that was received before has none."""
