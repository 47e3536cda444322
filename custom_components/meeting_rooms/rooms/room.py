"""One room, put together from the parts that a vendor tells at different times."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Flag, StrEnum, auto
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
from .alarms import standing, worst

_MOST_ALERTS: Final = 50


class ProblemReason(StrEnum):
    """What speaks against the next meeting in a room, the worst first.

    Four are codes of alarms as the vendors write them; the set of those is open.
    """

    DEVICE_OFF_LINE = "device_off_line"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    HEALTH_ERROR = "health_error"
    OTHER_ALARM = "other_alarm"
    CPU_OCCUPANCY_RATE_OVERTOP = "cpu_occupancy_rate_overtop"
    SPEAKER_VOLUME_TOO_LOW = "speaker_volume_too_low"
    DISPLAY_REFRESH_TOO_LOW = "display_refresh_too_low"
    HEALTH_WARNING = "health_warning"
    NONE = "none"


class RoomPart(Flag):
    """What a vendor tells of a room at once, and apart from the rest."""

    LIST = auto()
    DETAILS = auto()
    DEVICES = auto()
    ALARMS = auto()


_OF_HEALTH: Final = {
    Health.OK: ProblemReason.NONE,
    Health.WARNING: ProblemReason.HEALTH_WARNING,
    Health.ERROR: ProblemReason.HEALTH_ERROR,
}
_OF_ALARM: Final = {
    reason.value: reason
    for reason in (
        ProblemReason.DEVICE_OFF_LINE,
        ProblemReason.CPU_OCCUPANCY_RATE_OVERTOP,
        ProblemReason.SPEAKER_VOLUME_TOO_LOW,
        ProblemReason.DISPLAY_REFRESH_TOO_LOW,
    )
}


def _first[T](*values: T | None) -> T | None:
    """Return the first value that is known."""
    return next((value for value in values if value is not None), None)


def _all_healthy(states: list[bool | None]) -> bool | None:
    """Return whether every device that tells is healthy."""
    told = [state for state in states if state is not None]
    return all(told) if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """All that is known of one room; a part is None until the vendor has told it.

    An unchanged room stays the same object from poll to poll.
    """

    room_id: str
    summary: RoomSummary | None = None
    details: RoomDetails | None = None
    devices: tuple[Device, ...] | None = None
    device_alarms: tuple[DeviceAlarms, ...] | None = None
    alerts: tuple[RoomAlert, ...] = ()
    """What was pushed since the monitors were read, the latest of each trouble."""
    status_missing: bool = False
    """Whether the live readings tell of the room no longer, so that its status is unknown."""

    def with_row(self, row: RoomSummary) -> Room:
        """Return the room with a new row of the list.

        A status that the row fails to tell stands as the row before told it.
        """
        silent = row.status is None and row.raw_status is None
        if silent and self.tells_status:
            row = replace(
                row,
                status=self.listed.status,
                raw_status=self.listed.raw_status,
            )
        return replace(self, summary=row, status_missing=self.status_missing and silent)

    @property
    def tells_status(self) -> bool:
        """Return whether the list has told a status, known or not, in the vendor's words."""
        return self.listed.raw_status is not None

    def with_alert(self, alert: RoomAlert) -> Room:
        """Return the room with what was pushed, unless later news of the same is known."""
        before = [each for each in self.alerts if each.concerns == alert.concerns]
        if any(alert.at < each.at for each in before):
            return self
        others = [each for each in self.alerts if each not in before]
        return replace(self, alerts=(*others, alert)[-_MOST_ALERTS:])

    def without_alerts_before(self, moment: datetime) -> Room:
        """Return the room without what was pushed before a moment."""
        later = tuple(alert for alert in self.alerts if alert.by_our_clock >= moment)
        return self if later == self.alerts else replace(self, alerts=later)

    def with_alarms(
        self, device_alarms: tuple[DeviceAlarms, ...] | None, begun: datetime
    ) -> Room:
        """Return the room with what a reading told that began at a moment.

        What was pushed of the time after that stands against it.
        """
        room = self.without_alerts_before(begun)
        return (
            room
            if device_alarms == room.device_alarms
            else replace(room, device_alarms=device_alarms)
        )

    def parts_changed_since(self, before: Room) -> RoomPart:
        """Return the parts that are another object than before."""
        changed = RoomPart(0)
        if (
            self.summary is not before.summary
            or self.status_missing is not before.status_missing
        ):
            changed |= RoomPart.LIST
        if self.details is not before.details:
            changed |= RoomPart.DETAILS
        if self.devices is not before.devices:
            changed |= RoomPart.DEVICES
        if (
            self.device_alarms is not before.device_alarms
            or self.alerts is not before.alerts
        ):
            changed |= RoomPart.ALARMS
        return changed

    @property
    def known(self) -> RoomDetails:
        """Return the details, all of them unknown where none were read yet."""
        return self.details or _NO_DETAILS

    @property
    def listed(self) -> RoomSummary:
        """Return the row of the list, all of it unknown where the list is not granted."""
        return self.summary or _NO_SUMMARY

    @property
    def name(self) -> str:
        """Return what people call the room; its id where it has no name."""
        return self.listed.name or self.known.basic.name or self.room_id

    @property
    def status(self) -> RoomStatus | None:
        """Return what the room is doing; the list is the fresher source.

        A status in the list that nobody can read is not made up for by an older one, nor is
        that of a room that the list leaves out.
        """
        if self.status_missing:
            return None
        if self.listed.status is None and self.listed.raw_status is None:
            return self.known.hardware.status
        return self.listed.status

    @property
    def in_use(self) -> bool | None:
        """Return whether people meet in the room."""
        match self.status:
            case RoomStatus.IN_USE:
                return True
            case RoomStatus.IDLE:
                return False
        return None

    @property
    def online(self) -> bool | None:
        """Return whether the room's machine is connected to the vendor."""
        match self.status:
            case RoomStatus.IDLE | RoomStatus.IN_USE:
                return True
            case RoomStatus.OFFLINE | RoomStatus.NOT_LOGGED_IN:
                return False
        return None

    @property
    def location(self) -> str | None:
        """Return city, building and floor."""
        return self.known.basic.location or self.listed.location

    @property
    def capacity(self) -> int | None:
        """Return how many people the room holds."""
        return _first(self.listed.capacity, self.known.basic.capacity)

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
        """Return whether all cameras that tell are healthy."""
        return _all_healthy([device.health.camera for device in self.devices or ()])

    @property
    def microphone_healthy(self) -> bool | None:
        """Return whether all microphones that tell are healthy."""
        return _all_healthy([device.health.microphone for device in self.devices or ()])

    @property
    def speaker_healthy(self) -> bool | None:
        """Return whether all loudspeakers that tell are healthy."""
        return _all_healthy([device.health.speaker for device in self.devices or ()])

    @property
    def standing(self) -> tuple[DeviceAlarms, ...] | None:
        """Return what stands against the devices of the room, whether read or pushed."""
        return standing(self.device_alarms, self.alerts)

    @property
    def health(self) -> Health | None:
        """Return how the vendor judges the room's machine, by its details or else its alarms."""
        judged = worst(monitor.health for monitor in self.standing or ())
        return _first(self.known.hardware.health, judged)

    @property
    def problem(self) -> bool | None:
        """Return whether anything speaks against the next meeting in this room."""
        reason = self.problem_reason
        return None if reason is None else reason is not ProblemReason.NONE

    @property
    def problem_reason(self) -> ProblemReason | None:
        """Return the worst of what speaks against the next meeting in this room."""
        signs = {*self._signs()}
        return next((reason for reason in ProblemReason if reason in signs), None)

    def _signs(self) -> Iterator[ProblemReason]:
        """Yield what each source says that tells anything; NONE where it has no complaint."""
        if (health := self.known.hardware.health) is not None:
            yield _OF_HEALTH[health]
        for reason, healthy in (
            (ProblemReason.CAMERA, self.camera_healthy),
            (ProblemReason.MICROPHONE, self.microphone_healthy),
            (ProblemReason.SPEAKER, self.speaker_healthy),
        ):
            if healthy is not None:
                yield ProblemReason.NONE if healthy else reason
        device_alarms = self.standing
        if device_alarms is not None:
            yield ProblemReason.NONE
        for monitor in device_alarms or ():
            if monitor.health is not None:
                yield _OF_HEALTH[monitor.health]
            for alarm in monitor.alarms:
                yield _OF_ALARM.get(alarm.code or "", ProblemReason.OTHER_ALARM)

    @property
    def rooms_ids(self) -> frozenset[str]:
        """Return the ids under which the vendor knows the machines of the room."""
        ids = {device.rooms_id for device in self.devices or () if device.rooms_id}
        return frozenset(ids | set(self.known.basic.rooms_ids or ()))

    @property
    def model(self) -> str | None:
        """Return the model of the room's machine."""
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
