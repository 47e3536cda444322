"""The interface of the vendors' clients, which is the same for each vendor."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from .budget import RequestBudget, Tier
from .limits import RequestLimits
from .models.booking import Booking, CalendarRoom, HostBooking, Titles
from .models.conference import Conference
from .models.room import Controller, Device, DeviceAlarms, RoomDetails, RoomSummary


class Feature(StrEnum):
    """An optional feature of a vendor."""

    DETAILS = "details"
    DEVICES = "devices"
    ALARMS = "alarms"
    CONTROLLERS = "controllers"
    ROOM_BOOKINGS = "room_bookings"
    """The bookings of one room, by a request for each room."""
    BOOKING_CALENDAR = "booking_calendar"
    """The bookings of all rooms, by their ids in a separate calendar."""
    HOST_BOOKINGS = "host_bookings"
    """The bookings of one host, which the polls report."""
    BOOK = "book"
    """Booking and releasing a room."""
    CALL = "call"
    """Calling the system of a room into a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules:
    """What a vendor accepts as a new booking."""

    shortest: timedelta
    longest: timedelta
    """At most a day, also where the vendor accepts more: it bounds what an error can cost."""
    step: timedelta | None = None
    """Start and end are multiples of it since midnight in Beijing; None for any time."""
    needs_organizer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking:
    """A booking to make; `start` and `end` are in UTC and follow the BookingRules."""

    room_id: str
    """The id by which `fetch_bookings` knows the room."""
    start: datetime
    end: datetime
    subject: str
    organizer: str | None = None
    """The vendor's id of the user who books, where the rules require one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedConference:
    """A conference to fetch even if it is not in the host's list of bookings."""

    event_id: str
    run_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStatus:
    """The rooms and conferences of an account by id, with their live status.

    A room or conference that is not in it was removed only if it is complete.
    """

    rooms: Mapping[str, RoomSummary]
    rooms_complete: bool
    conferences: Mapping[str, Conference] = field(default_factory=dict)
    conferences_complete: bool = True
    bookings: Mapping[str, tuple[Booking, ...]] | None = None
    """The bookings of the rooms that have any; None where the polls do not report bookings."""
    host_bookings: tuple[HostBooking, ...] | None = None
    """The bookings of the host, with and without rooms; None where they are unknown."""
    denied: frozenset[str] = frozenset()
    """The names of APIs that the account is not permitted to use, as in `Vendor.api_names`."""


@dataclass(frozen=True, slots=True)
class Listing[T]:
    """The rows of a list that covers all rooms."""

    items: T
    complete: bool
    """Whether a row that is missing was removed; False where some could not be fetched."""


class VendorClient(ABC):
    """The client of one account at one vendor.

    Each method raises the ApiError kinds of errors.py and nothing else. RateLimited,
    CannotConnect, InvalidResponse, InvalidAuth, PermissionDenied and AddressNotAllowed may come
    from any of them.
    """

    budget: RequestBudget
    limits: ClassVar[RequestLimits]
    features: frozenset[Feature]
    titles: Titles = Titles.BUSY_ONLY
    """How much of a booking's texts the client returns."""
    page_size: ClassVar[int]
    """How many rooms one request of a list returns at most."""
    booking_rules: ClassVar[BookingRules | None] = None
    """The rules of new bookings; None for a vendor that cannot book."""

    @abstractmethod
    async def fetch_live(
        self, tracked: Collection[TrackedConference] = ()
    ) -> LiveStatus:
        """Return the live status of all rooms and conferences."""

    async def fetch_details(
        self, room_id: str, tier: Tier = Tier.DETAILS
    ) -> RoomDetails:
        """Return the details of one room; raises NotFound for an unknown one."""
        raise NotImplementedError

    async def fetch_devices(self) -> Listing[Mapping[str, tuple[Device, ...]]]:
        """Return the devices of all rooms, by room."""
        raise NotImplementedError

    async def fetch_alarms(self) -> Listing[Mapping[str, tuple[DeviceAlarms, ...]]]:
        """Return the active alarms of the devices of all rooms, by room."""
        raise NotImplementedError

    async def fetch_controllers(self) -> Listing[tuple[Controller, ...]]:
        """Return the controllers of all rooms."""
        raise NotImplementedError

    async def fetch_bookings(
        self, room_id: str, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> tuple[Booking, ...]:
        """Return the bookings of one room that overlap a span of at most 31 days.

        With BOOKING_CALENDAR, `room_id` is the id of the calendar. Raises NotFound for an
        unknown room.
        """
        raise NotImplementedError

    async def fetch_host_bookings(
        self, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> tuple[HostBooking, ...]:
        """Return the bookings of the host that overlap a span of at most 31 days."""
        raise NotImplementedError

    async def fetch_calendar_rooms(self) -> Listing[tuple[CalendarRoom, ...]]:
        """Return the rooms of the booking calendar."""
        raise NotImplementedError

    async def fetch_calendar(
        self, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> Mapping[str, tuple[Booking, ...]]:
        """Return the bookings of all rooms that overlap a span, by the ids of `fetch_bookings`.

        With BOOKING_CALENDAR and HOST_BOOKINGS. A room without bookings may be missing.
        """
        raise NotImplementedError

    async def find_conference(
        self, *, event_id: str | None, pcode: str | None, run_id: str | None
    ) -> Conference:
        """Return a conference by its id or host password; raises NotFound for an unknown one."""
        raise NotImplementedError

    async def create_meeting(self, booking: NewBooking) -> str | None:
        """Create the meeting that a booking needs, and return its id; None where it needs none.

        Like every method below, it sends each request once, never repeats it after an error, and
        raises OutcomeUnknown where the vendor may have carried it out.
        """
        return None

    async def book_room(self, booking: NewBooking, meeting_id: str | None) -> str:
        """Book a room, for the meeting if there is one, and return the id of the booking."""
        raise NotImplementedError

    async def find_booking(self, booking: NewBooking) -> str | None:
        """Return the id of a booking that `book_room` may have made; None if there is none.

        For a vendor whose bookings need no meeting: the span and who booked tell.
        """
        raise NotImplementedError

    async def release_room(self, room_id: str, booking_id: str) -> None:
        """Release the room of a booking, whoever made it; raises NotFound for an unknown one."""
        raise NotImplementedError

    async def cancel_meeting(self, meeting_id: str) -> None:
        """Cancel a meeting that `create_meeting` created.

        One that the vendor does not know any more counts as cancelled.
        """
        raise NotImplementedError

    async def call_room(self, room_id: str, meeting_id: str) -> str | None:
        """Call the system of a room into a meeting, and return the status of the call."""
        raise NotImplementedError

    async def cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel the call of a room into a meeting, and return its status."""
        raise NotImplementedError
