"""One conference of Quanshi's: its booking, its live state and its latest run.

Neither passwords nor the host's mobile, mail or address have a field here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..quanshi.attendees import RoleKind
from ..quanshi.booking import ConferenceBooking, ConferenceStatus
from ..quanshi.rooms import Venue, device_labels, room_labels
from ..values import (
    count,
    enum_by_code,
    flag,
    identifier,
    integer,
    text,
    unix_time,
    wire_field,
)
from ..wire import WireModel

_DOES_NOT_EXIST = 0

parse_live_status = enum_by_code(
    {
        1: ConferenceStatus.CREATED,
        2: ConferenceStatus.IN_PROGRESS,
        4: ConferenceStatus.ENDED,
        5: ConferenceStatus.EXPIRED,
    }
)
parse_run_status = enum_by_code(
    {2: ConferenceStatus.IN_PROGRESS, 4: ConferenceStatus.ENDED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveState(WireModel):
    """The live state of a booking. Source: /confopenapi/conference/getStatus."""

    event_id: str | None = wire_field("eventId", identifier)
    code: int | None = wire_field("status", integer)
    status: ConferenceStatus | None = wire_field("status", parse_live_status)
    run_id: str | None = wire_field("tempConferenceId", identifier)

    @property
    def does_not_exist(self) -> bool:
        """Return whether the vendor says that there is no such booking."""
        return self.code == _DOES_NOT_EXIST


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRun(WireModel):
    """One run of a conference; `duration` is in seconds.

    Source: /confopenapi/admin/dashboard/conference/info.
    """

    run_id: str | None = wire_field("tempConferenceId", identifier)
    event_id: str | None = wire_field("eventId", identifier)
    status: ConferenceStatus | None = wire_field("status", parse_run_status)
    host: str | None = wire_field("hostName", text)
    host_id: str | None = wire_field("hostId", text)
    host_organization: str | None = wire_field("hostOrgId", text)
    host_location: str | None = wire_field("hostLocation", text)
    billing_code: str | None = wire_field("billingCode", text)
    customer_code: str | None = wire_field("customerCode", text)
    started_at: datetime | None = wire_field("startTime", unix_time)
    ended_at: datetime | None = wire_field("stopTime", unix_time)
    duration: int | None = wire_field("confDuration", count)
    secure: bool | None = wire_field("isSecureConf", flag)
    recording: bool | None = wire_field("isRecord", flag)
    data_center: str | None = wire_field("dataCenter", text)
    participants: int | None = wire_field("attendeeCnt", count)
    voip: int | None = wire_field("voipCnt", count)
    phone: int | None = wire_field("pstnCnt", count)
    video: int | None = wire_field("videoCnt", count)
    screen_shares: int | None = wire_field("desktopCnt", count)
    hardware_video: int | None = wire_field("mcuCnt", count)
    room_boxes: int | None = wire_field("boxCnt", count)
    raw_participants: int | None = wire_field("rawAttendeeCnt", count)
    raw_phone: int | None = wire_field("rawPstnCnt", count)

    @property
    def ended(self) -> bool:
        """Return whether the run is over."""
        return self.status is ConferenceStatus.ENDED

    def is_of(self, event_id: str) -> bool:
        """Return whether this may be a run of a booking; not every page tells of which."""
        return self.event_id is None or self.event_id == event_id


_NO_RUN = ConferenceRun()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """All that is known of one conference; unchanged it stays the same object."""

    event_id: str
    booking: ConferenceBooking
    live: LiveState | None = None
    run: ConferenceRun | None = None

    @property
    def latest_run(self) -> ConferenceRun:
        """Return the run, all of it unknown where none was read."""
        return self.run or _NO_RUN

    @property
    def status(self) -> ConferenceStatus | None:
        """Return where the conference stands; a cancelled booking stays cancelled.

        A live state that cannot be read is not made up for by the booking, which never runs.
        """
        if self.booking.status is ConferenceStatus.CANCELLED:
            return ConferenceStatus.CANCELLED
        if self.live is None or self.live.does_not_exist:
            return self.latest_run.status or self.booking.status
        return self.live.status or self.latest_run.status

    @property
    def in_progress(self) -> bool | None:
        """Return whether the conference is being held."""
        return (
            None if self.status is None else self.status is ConferenceStatus.IN_PROGRESS
        )

    @property
    def title(self) -> str | None:
        """Return the subject, unless it is to be hidden."""
        return self.booking.title

    @property
    def host(self) -> str | None:
        """Return the host's name."""
        return self.booking.host or self.latest_run.host

    @property
    def host_id(self) -> str | None:
        """Return the host's user id."""
        return self.booking.host_id or self.latest_run.host_id

    @property
    def billing_code(self) -> str | None:
        """Return what the conference is billed by."""
        return self.booking.billing_code or self.latest_run.billing_code

    @property
    def customer_code(self) -> str | None:
        """Return the company's number at the vendor."""
        return self.booking.customer_code or self.latest_run.customer_code

    @property
    def on_site(self) -> bool | None:
        """Return whether the conference is held in a room only, not in the cloud."""
        in_cloud = self.booking.in_cloud
        return None if in_cloud is None else not in_cloud

    @property
    def roles(self) -> str | None:
        """Return the names of the roles that the booking's template gives."""
        return _join(role.name for role in self.booking.roles)

    @property
    def host_roles(self) -> str | None:
        """Return the names of the roles that host."""
        return self._roles_of(RoleKind.HOST)

    @property
    def co_host_roles(self) -> str | None:
        """Return the names of the roles that help to host."""
        return self._roles_of(RoleKind.CO_HOST)

    def _roles_of(self, kind: RoleKind) -> str | None:
        """Return the names of the roles of one kind."""
        return _join(role.name for role in self.booking.roles if role.kind is kind)

    @property
    def room_names(self) -> str | None:
        """Return the names and places of the rooms held."""
        return _join(room_labels(self.booking.held))

    @property
    def main_room(self) -> str | None:
        """Return the name of the room, of those held, from which the conference is led."""
        led_from = (room.name for room in self.booking.held if room.venue is Venue.MAIN)
        return _join(dict.fromkeys(led_from))

    @property
    def room_devices(self) -> str | None:
        """Return the names of the devices in the rooms held, each with its room."""
        return _join(device_labels(self.booking.held, self.booking.equipment))

    @property
    def h323_addresses(self) -> str | None:
        """Return the addresses for H.323 room systems."""
        return _join(self.booking.h323_addresses or ())


def _join(names: Iterable[str | None]) -> str | None:
    """Return the names that are known, as one text."""
    return ", ".join(name for name in names if name) or None


def rooms_in_use(
    conferences: Iterable[Conference], now: datetime
) -> dict[str, bool | None]:
    """Return the rooms in which a conference runs, or perhaps runs: those are None.

    Perhaps runs what is booked for now and of which nobody knows whether it does.
    """
    in_use: dict[str, bool | None] = {}
    for conference in conferences:
        perhaps = conference.in_progress is None and conference.booking.is_for(now)
        for room_id in conference.booking.held_rooms:
            if conference.in_progress:
                in_use[room_id] = True
            elif perhaps:
                in_use.setdefault(room_id, None)
    return in_use
