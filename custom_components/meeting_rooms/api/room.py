"""One room, put together from the parts that a vendor tells at different times."""

from dataclasses import dataclass

from .models import (
    AccountTier,
    AccountType,
    Alarm,
    Device,
    Health,
    Monitor,
    RoomDetails,
    RoomStatus,
    RoomSummary,
)

_TROUBLE = {Health.WARNING, Health.ERROR}
_WORST_FIRST = (Health.ERROR, Health.WARNING, Health.OK)


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
    monitors: tuple[Monitor, ...] | None = None

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

        A status in the list that nobody can read is not made up for by an older one.
        """
        if self.listed.status is None and self.listed.status_told is None:
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
    def alarms(self) -> tuple[Alarm, ...] | None:
        """Return the alarms that stand against any device of the room."""
        if self.monitors is None:
            return None
        return tuple(alarm for monitor in self.monitors for alarm in monitor.alarms)

    @property
    def health(self) -> Health | None:
        """Return how the vendor judges the room's machine, by its details or else its alarms."""
        judged = {monitor.health for monitor in self.monitors or ()}
        worst = next((health for health in _WORST_FIRST if health in judged), None)
        return _first(self.known.hardware.health, worst)

    @property
    def problem(self) -> bool | None:
        """Return whether anything speaks against the next meeting in this room."""
        healths = [self.known.hardware.health, *(m.health for m in self.monitors or ())]
        signs = [
            *(None if health is None else health in _TROUBLE for health in healths),
            *(
                None if healthy is None else not healthy
                for healthy in (
                    self.camera_healthy,
                    self.microphone_healthy,
                    self.speaker_healthy,
                )
            ),
            None if self.alarms is None else bool(self.alarms),
        ]
        told = [sign for sign in signs if sign is not None]
        return any(told) if told else None

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
