"""One room, composed of the parts that a vendor reports separately."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from ..api.models.alert import RoomAlert
from ..api.models.room import (
    AccountTier,
    AccountType,
    Device,
    DeviceAlarms,
    Health,
    RoomDetails,
    RoomStatus,
    RoomSummary,
)
from .alarms import active_alarms, worst
from .outlook import Outlook
from .places import Location, normalized_place
from .problems import ProblemReason, reported_problems, worst_reason
from .schedule import RoomSchedule

_MOST_ALERTS: Final = 50


def _first[T](*values: T | None) -> T | None:
    """Return the first value that is known."""
    return next((value for value in values if value is not None), None)


def _all_healthy(reported: list[bool | None]) -> bool | None:
    """Return whether every device whose health is reported is healthy."""
    known = [healthy for healthy in reported if healthy is not None]
    return all(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The state of one room; a part is None until the vendor has reported it.

    The list of rooms is updated more often than the details, so its values precede those of the
    details. An unchanged room stays the same object from poll to poll.
    """

    room_id: str
    summary: RoomSummary | None = None
    details: RoomDetails | None = None
    devices: tuple[Device, ...] | None = None
    device_alarms: tuple[DeviceAlarms, ...] | None = None
    alerts: tuple[RoomAlert, ...] = ()
    """The pushed alerts since the last fetch of the alarms, the latest of each alarm."""
    status_missing: bool = False
    """Whether polls no longer report the room, so that its status is unknown."""
    schedule: RoomSchedule | None = None
    """The bookings of today and tomorrow; None while no source of bookings is known."""
    outlook: Outlook = Outlook()
    maintenance: bool = False
    """Whether the room is under maintenance, so that its problems are not reported."""
    problems: Mapping[ProblemReason, bool] = field(init=False, compare=False)
    """Whether the room has each problem, without those of which nothing is known."""
    problem_reason: ProblemReason | None = field(init=False, compare=False)
    """The worst problem; None for a room that is not set up or reports nothing.

    Both are set once, because an account counts the problems of all rooms with every change.
    """

    def __post_init__(self) -> None:
        """Set the problems and the worst of them."""
        parts = {
            ProblemReason.CAMERA: self.camera_healthy,
            ProblemReason.MICROPHONE: self.microphone_healthy,
            ProblemReason.SPEAKER: self.speaker_healthy,
        }
        problems = reported_problems(
            self.status,
            self.known.hardware.health,
            parts,
            self.active_alarms,
            awaits_health=self.details is None,
        )
        object.__setattr__(self, "problems", problems)
        object.__setattr__(self, "problem_reason", worst_reason(problems))

    def with_row(self, row: RoomSummary) -> Room:
        """Return the room with a new row, which keeps a status or name that it does not report."""
        if row.name is None and self.listed.name is not None:
            row = replace(row, name=self.listed.name)
        no_status = row.status is None and row.raw_status is None
        if no_status and self.reports_status:
            row = replace(
                row, status=self.listed.status, raw_status=self.listed.raw_status
            )
        return replace(
            self, summary=row, status_missing=self.status_missing and no_status
        )

    @property
    def reports_status(self) -> bool:
        """Return whether the list has reported a status, even an unknown one."""
        return self.listed.raw_status is not None

    def with_alert(self, alert: RoomAlert) -> Room:
        """Return the room with a pushed alert of this room, unless a later one exists."""
        if alert.room_id is None:
            concerned = alert.rooms_id in self.rooms_ids
        else:
            concerned = alert.room_id == self.room_id
        before = [each for each in self.alerts if each.concerns == alert.concerns]
        if not concerned or any(alert.at < each.at for each in before):
            return self
        others = [each for each in self.alerts if each not in before]
        return replace(self, alerts=(*others, alert)[-_MOST_ALERTS:])

    def without_alerts_before(self, moment: datetime) -> Room:
        """Return the room without the alerts pushed before a moment."""
        later = tuple(alert for alert in self.alerts if alert.by_our_clock >= moment)
        return replace(self, alerts=later)

    def with_alarms(
        self, device_alarms: tuple[DeviceAlarms, ...] | None, begun: datetime
    ) -> Room:
        """Return the room with alarms; alerts pushed since their fetch began are kept."""
        return replace(self.without_alerts_before(begun), device_alarms=device_alarms)

    @property
    def known(self) -> RoomDetails:
        """Return the details, empty until the first fetch."""
        return self.details or _NO_DETAILS

    @property
    def listed(self) -> RoomSummary:
        """Return the row of the list, empty where the list is not permitted."""
        return self.summary or _NO_SUMMARY

    @property
    def name(self) -> str:
        """Return the room's name, or its id where it has no name."""
        return self.listed.name or self.known.basic.name or self.room_id

    @property
    def status(self) -> RoomStatus | None:
        """Return the status of the room.

        An unknown status in the list is not replaced by the older one of the details.
        """
        if self.status_missing:
            return None
        if self.listed.status is None and self.listed.raw_status is None:
            return self.known.hardware.status
        return self.listed.status

    @property
    def in_use(self) -> bool | None:
        """Return whether a meeting is in progress."""
        match self.status:
            case RoomStatus.IN_USE:
                return True
            case RoomStatus.IDLE:
                return False
        return None

    @property
    def online(self) -> bool | None:
        """Return whether the room's device is connected to the vendor."""
        match self.status:
            case RoomStatus.IDLE | RoomStatus.IN_USE:
                return True
            case RoomStatus.OFFLINE | RoomStatus.NOT_LOGGED_IN:
                return False
        return None

    @property
    def location(self) -> str | None:
        """Return city, building and floor as text."""
        listed = normalized_place(self.listed.location or "")
        return listed or self.known.basic.location

    @property
    def place(self) -> Location:
        """Return city, building and floor; only the details report them separately."""
        basic = self.known.basic
        reported = Location(basic.city, basic.building, basic.floor)
        return reported if any(reported) else Location.from_text(self.listed.location)

    @property
    def capacity(self) -> int | None:
        """Return how many people the room holds."""
        return self.listed.capacity or self.known.basic.capacity or None

    @property
    def bookable(self) -> bool | None:
        """Return whether the room can be booked."""
        return _first(self.listed.bookable, self.known.bookable)

    @property
    def callable(self) -> bool | None:
        """Return whether the room may be called into a meeting."""
        return _first(self.listed.callable, self.known.callable)

    @property
    def account_type(self) -> AccountType | None:
        """Return the kind of licence."""
        return _first(self.listed.account_type, self.known.account.type)

    @property
    def account_tier(self) -> AccountTier | None:
        """Return the level of the licence."""
        return _first(self.listed.account_tier, self.known.account.tier)

    @property
    def camera_healthy(self) -> bool | None:
        """Return whether all cameras are healthy."""
        return _all_healthy([device.health.camera for device in self.devices or ()])

    @property
    def microphone_healthy(self) -> bool | None:
        """Return whether all microphones are healthy."""
        return _all_healthy([device.health.microphone for device in self.devices or ()])

    @property
    def speaker_healthy(self) -> bool | None:
        """Return whether all speakers are healthy."""
        return _all_healthy([device.health.speaker for device in self.devices or ()])

    @property
    def active_alarms(self) -> tuple[DeviceAlarms, ...] | None:
        """Return the active alarms of the room's devices, fetched or pushed."""
        return active_alarms(self.device_alarms, self.alerts)

    @property
    def health(self) -> Health | None:
        """Return the health of the room's device, by its details or else its alarms."""
        by_alarms = worst(device.health for device in self.active_alarms or ())
        return _first(self.known.hardware.health, by_alarms)

    @property
    def problem(self) -> bool | None:
        """Return whether the room has a problem; unknown under maintenance."""
        reason = self.problem_reason
        if reason is None or self.maintenance:
            return None
        return reason is not ProblemReason.NONE

    @property
    def rooms_ids(self) -> frozenset[str]:
        """Return the vendor's ids of the room's devices."""
        ids = {device.rooms_id for device in self.devices or () if device.rooms_id}
        return frozenset(ids | set(self.known.basic.rooms_ids or ()))

    @property
    def model(self) -> str | None:
        """Return the model of the room's device."""
        return _first(self.known.hardware.model, *(d.model for d in self.devices or ()))

    @property
    def software_version(self) -> str | None:
        """Return the version of the Rooms software."""
        return _first(
            self.known.hardware.software_version,
            *(d.software_version for d in self.devices or ()),
        )


_NO_DETAILS = RoomDetails()
_NO_SUMMARY = RoomSummary()
