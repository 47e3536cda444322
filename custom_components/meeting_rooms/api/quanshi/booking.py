"""A booking at Quanshi, with its attendees, roles, rooms and devices.

Passwords and join links have no field here, and nothing that identifies a person but the name and
the id of the host. The title is dropped where the booking hides it. A field that a `Conference`
has too has its name.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, override

from .. import values
from ..models.conference import ConferenceMode, ConferenceStatus, NodeType, Recurrence
from ..values import wire_field
from ..wire import WireModel, wire_rows

_PENDING: Final = 0
_APPROVED: Final = 2
_ROOM: Final = 2


def parse_on_site(value: object) -> bool | None:
    """Return whether a conference is on site, from the flag that it uses the cloud."""
    in_cloud = values.flag(value)
    return None if in_cloud is None else not in_cloud


def parse_addresses(value: object) -> str | None:
    """Return the addresses of a list as one text."""
    return ", ".join(values.texts(value) or ()) or None


def parse_reply(value: object) -> str | None:
    """Return the letter of a reply in upper case."""
    letter = values.text(value)
    return letter and letter.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRole(WireModel):
    """An entry of btplRole."""

    role_id: str | None = wire_field("roleId", values.text)
    name: str | None = wire_field("roleName", values.text)
    kind: int | None = wire_field("managerType", values.integer)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiAttendee(WireModel):
    """An entry of attendList."""

    reply: str | None = wire_field("status", parse_reply)
    kind: int | None = wire_field("userType", values.integer)
    role_id: str | None = wire_field("roleId", values.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRoomDevice(WireModel):
    """An entry of SubDevices: a device that belongs to a booked room."""

    device_id: str | None = wire_field("DeviceId", values.identifier)
    name: str | None = wire_field("DeviceName", values.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiBookedRoom(QuanshiRoomDevice):
    """An entry of houseList, detailHouseList or equipList: a booked room or device."""

    kind: int | None = wire_field("DeviceType", values.integer)
    city: str | None = wire_field("City", values.text)
    location: str | None = wire_field("Location", values.text)
    floor: str | None = wire_field("Floor", values.text)
    venue: int | None = wire_field("IsMainRoom", values.integer)
    parent_id: str | None = wire_field("ParentDeviceId", values.identifier)
    approval: int | None = wire_field("ApprovalStatus", values.integer)
    application: int | None = wire_field("ApplyStatus", values.integer)
    devices: tuple[QuanshiRoomDevice, ...] = wire_rows("SubDevices", QuanshiRoomDevice)

    @property
    def approved(self) -> bool:
        """Return whether the request for this room or device was approved."""
        return self._request == _APPROVED

    @property
    def held(self) -> bool:
        """Return whether this is a room whose request is approved."""
        return self.approved and self._is_room

    @property
    def requested(self) -> bool:
        """Return whether this is a room whose request is not decided."""
        return self._request == _PENDING and self._is_room

    @property
    def _request(self) -> int | None:
        """Return the code of the request's state."""
        return self.application if self.approval is None else self.approval

    @property
    def _is_room(self) -> bool:
        """Return whether this is a room, not a device."""
        return self.kind in {None, _ROOM}

    @property
    def place(self) -> str | None:
        """Return city, address and floor."""
        known = (part for part in (self.city, self.location, self.floor) if part)
        return " ".join(known) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiBooking(WireModel):
    """A booking; `booked_duration` is in minutes, times are Unix seconds or milliseconds.

    The settings in the object calExtraInfo are fields of the booking.
    Source: /confopenapi/room/conference/infos and /confopenapi/room/conference/list.
    """

    event_id: str | None = wire_field("eventId", values.identifier)
    conference_id: str | None = wire_field("conferenceId", values.text)
    title: str | None = wire_field("title", values.text)
    host: str | None = wire_field("hostName", values.text)
    host_id: str | None = wire_field("hostId", values.text)
    booking_status: ConferenceStatus | None = wire_field(
        "status",
        values.enum_by_code(
            {
                0: ConferenceStatus.CANCELLED,
                1: ConferenceStatus.CREATED,
                4: ConferenceStatus.ENDED,
            }
        ),
    )
    start: datetime | None = wire_field("startTime", values.unix_time)
    end: datetime | None = wire_field("endTime", values.unix_time)
    booked_duration: int | None = wire_field("length", values.count)
    created_at: datetime | None = wire_field("CreateTime", values.unix_time)
    modified_at: datetime | None = wire_field("modifyTime", values.unix_time)
    time_zone: str | None = wire_field("timezone", values.text)
    recurrence: Recurrence | None = wire_field(
        "calType",
        values.enum_by_word({"e": Recurrence.SINGLE, "m": Recurrence.RECURRING}),
    )
    mode: ConferenceMode | None = wire_field(
        "confMode",
        values.enum_by_code({0: ConferenceMode.VIDEO, 1: ConferenceMode.DATA}),
    )
    node_type: NodeType | None = wire_field(
        "confNodeType",
        values.enum_by_code({0: NodeType.CONFIDENTIAL, 1: NodeType.STANDARD}),
    )
    on_site: bool | None = wire_field("isGnet", parse_on_site)
    login_required: bool | None = wire_field("joinLogin", values.flag)
    tags_offered: bool | None = wire_field("joinConfSelTag", values.flag)
    tags: str | None = wire_field("joinConfTags", values.text)
    billing_code: str | None = wire_field("billingCode", values.text)
    customer_code: str | None = wire_field("customerCode", values.text)
    h323_addresses: str | None = wire_field("h323Ip", parse_addresses)
    invited: int | None = wire_field("attendList", values.size)
    attendees: tuple[QuanshiAttendee, ...] = wire_rows("attendList", QuanshiAttendee)
    houses: tuple[QuanshiBookedRoom, ...] = wire_rows("houseList", QuanshiBookedRoom)
    detailed_houses: tuple[QuanshiBookedRoom, ...] = wire_rows(
        "detailHouseList", QuanshiBookedRoom
    )
    equipment_list: tuple[QuanshiBookedRoom, ...] = wire_rows(
        "equipList", QuanshiBookedRoom
    )
    template_roles: tuple[QuanshiRole, ...] = wire_rows("btplRole", QuanshiRole)
    h323: bool | None = wire_field("allowH323", values.flag)
    watchword_required: bool | None = wire_field("openWatchword", values.flag)
    labels: str | None = wire_field("labels", values.text)
    created_by: int | None = wire_field("reserveFrom", values.integer)
    template_id: str | None = wire_field("btplId", values.text)
    encryption: int | None = wire_field("encryptionType", values.integer)
    extended: bool | None = wire_field("extFlag", values.flag)
    test: bool | None = wire_field("isTest", values.flag)
    live: bool | None = wire_field("liveOpenFlag", values.flag)
    hub: bool | None = wire_field("mtgHub", values.flag)
    rebroadcast: bool | None = wire_field("rebroadcast", values.flag)
    same_password: bool | None = wire_field("samePassword", values.flag)
    access_numbers_shown: bool | None = wire_field("showAccessNumbers", values.flag)
    web_link_shown: bool | None = wire_field("showWebRTCUrl", values.flag)

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Merge the settings of calExtraInfo, and remove a title that they hide."""
        fields = dict(d) if isinstance(d, dict) else {}
        settings = values.unwrap(fields.get("calExtraInfo"))
        if isinstance(settings, dict):
            fields = settings | fields
            if values.flag(settings.get("hide")):
                fields.pop("title", None)
        # The vendor's sample spells it in lower case.
        fields.setdefault("billingCode", fields.get("billingcode"))
        return fields

    @property
    def held(self) -> tuple[QuanshiBookedRoom, ...]:
        """Return the entries of both lists that are held rooms."""
        return tuple(room for room in self._rooms if room.held and room.device_id)

    @property
    def room_requests(self) -> dict[str, bool]:
        """Return whether the request of each held or requested room is only pending."""
        requested = {
            room.device_id: True
            for room in self._rooms
            if room.requested and room.device_id
        }
        held = {room.device_id: False for room in self.held if room.device_id}
        return requested | held

    @property
    def _rooms(self) -> tuple[QuanshiBookedRoom, ...]:
        """Return the entries of both lists of rooms."""
        return (*self.houses, *self.detailed_houses)
