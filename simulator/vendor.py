"""Say what the three vendors have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from .exchange import Answer, Call

if TYPE_CHECKING:
    from .estate import Estate


class VendorName(StrEnum):
    """Name the vendors as the integration's accounts do."""

    TENCENT_MEETING = "tencent_meeting"
    WECOM = "wecom"
    QUANSHI = "quanshi"


class RoomStatus(IntEnum):
    """Number the states of a room as Tencent and WeCom do."""

    NOT_ACTIVATED = 0
    NOT_BOUND = 1
    IDLE = 2
    IN_USE = 3
    OFFLINE = 4
    NOT_LOGGED_IN = 5

    @property
    def word(self) -> str:
        """Return the state in words."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Route:
    """Tie a request to one of a vendor's APIs."""

    api: str
    handler: Callable[[Call], Answer]
    room_id: str | None = None


class Refusal(Exception):
    """Refuse a request with a vendor's code."""

    def __init__(self, code: int, message: str = "", status: int | None = None) -> None:
        """Keep the code, the vendor's own words are filled in when absent."""
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status


@dataclass(slots=True)
class Grants:
    """Keep which APIs an account may call; everything until withdrawn."""

    withdrawn: set[str] = field(default_factory=set)
    account_withdrawn: bool = False

    def withdraw(self, *apis: str) -> None:
        """Withdraw the right to some APIs, or to all when none is named."""
        self.withdrawn.update(apis)
        self.account_withdrawn = self.account_withdrawn or not apis

    def restore(self, *apis: str) -> None:
        """Give the right to some APIs back, or to all when none is named."""
        self.withdrawn.difference_update(apis or tuple(self.withdrawn))
        self.account_withdrawn = self.account_withdrawn and bool(apis)

    def allow(self, api: str) -> bool:
        """Return whether an API may be called."""
        return not self.account_withdrawn and api not in self.withdrawn


class Vendor(ABC):
    """Answer the calls to one vendor."""

    name: VendorName
    prefix: str

    def __init__(self, estate: Estate) -> None:
        """Serve the rooms of an estate."""
        self.estate = estate

    @abstractmethod
    def route(self, call: Call) -> Route | None:
        """Find the API that a request is for."""

    @abstractmethod
    def admit(self, call: Call, route: Route) -> None:
        """Refuse a request that the vendor would not serve."""

    @abstractmethod
    def refuse(self, refusal: Refusal, call: Call, api: str) -> Answer:
        """Put a refusal into the vendor's own form."""

    @abstractmethod
    def end_sessions(self) -> None:
        """End what the vendor calls a token, where it has one."""

    def answer(self, call: Call, route: Route) -> Answer:
        """Check a request and answer it."""
        try:
            self.admit(call, route)
            if text := self.estate.literal(self.name, route.api, route.room_id):
                return Answer(text)
            return route.handler(call)
        except Refusal as refusal:
            return self.refuse(refusal, call, route.api)
