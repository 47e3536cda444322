"""What the rest of the house may ask of a vendor, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from .budget import RequestBudget, Tier
from .limits import RequestLimits
from .models.conference import Conference
from .models.room import Controller, Device, DeviceAlarms, RoomDetails, RoomSummary


class Feature(StrEnum):
    """What a vendor can tell besides the rooms and whether they are in use."""

    DETAILS = "details"
    DEVICES = "devices"
    ALARMS = "alarms"
    CONTROLLERS = "controllers"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedConference:
    """A conference to be read although it may not be among the host's next bookings."""

    event_id: str
    run_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStatus:
    """What is live in an account: its rooms and conferences by id.

    Only a complete reading says anything about a room or conference that is not in it.
    """

    rooms: Mapping[str, RoomSummary]
    rooms_complete: bool
    conferences: Mapping[str, Conference] = field(default_factory=dict)
    conferences_complete: bool = True
    denied: frozenset[str] = frozenset()
    """The APIs, by their key in the vendor's api_names, that the account may not use."""


@dataclass(frozen=True, slots=True)
class Listing[T]:
    """A reading of a list that tells something about all rooms."""

    items: T
    complete: bool
    """Whether the list was read to its end, so that what is missing is told."""


class VendorClient(ABC):
    """One account at one vendor.

    Every method raises an ApiError of errors.py and nothing else.
    """

    budget: RequestBudget
    limits: ClassVar[RequestLimits]
    features: ClassVar[frozenset[Feature]]
    page_size: ClassVar[int]
    """How many rooms one call of a list returns at most."""

    @abstractmethod
    async def fetch_live(
        self,
        watched: Collection[TrackedConference] = (),
        only: Collection[str] | None = None,
    ) -> LiveStatus:
        """Return what is live; PermissionDenied where the account may not list its rooms.

        Where only some rooms matter, the reading may end as soon as they were found.
        """

    async def fetch_details(
        self, room_id: str, tier: Tier = Tier.DETAILS
    ) -> RoomDetails:
        """Return everything about one room; NotFound where the vendor does not know it."""
        raise NotImplementedError

    async def fetch_devices(self) -> Listing[Mapping[str, tuple[Device, ...]]]:
        """Return the devices of all rooms, by room."""
        raise NotImplementedError

    async def fetch_alarms(self) -> Listing[Mapping[str, tuple[DeviceAlarms, ...]]]:
        """Return what stands against the devices of all rooms, by room."""
        raise NotImplementedError

    async def fetch_controllers(self) -> Listing[tuple[Controller, ...]]:
        """Return the controllers of all rooms."""
        raise NotImplementedError

    async def find_conference(
        self, *, event_id: str | None, pcode: str | None, run_id: str | None
    ) -> Conference:
        """Return the conference with an id or host password; NotFound where there is none."""
        raise NotImplementedError
