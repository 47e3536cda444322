"""What the rest of the house may expect of a vendor that calls by itself."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from .models.alert import RoomAlert


class PushRejected(Exception):
    """A request is not the vendor's, or not as documented; whoever asks is not told which."""


class PushReceiver(ABC):
    """The other end of the one URL that a vendor calls for an account.

    Both methods raise PushRefused and nothing else.
    """

    acknowledgement: ClassVar[str]
    """What the vendor wants to hear after an event, word for word; else it sends it again."""
    max_body_bytes: ClassVar[int]

    @abstractmethod
    def check(self, query: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """Return the plain text that answers a check of the URL."""

    @abstractmethod
    def receive(self, body: bytes, headers: Mapping[str, str]) -> tuple[RoomAlert, ...]:
        """Return the alerts of an event, none where it tells nothing new."""
