"""What Quanshi tells of a booked conference.

Neither passwords nor join links, neither the host's mobile nor mail have a field here. Where
the booking hides its subject, no title is kept either.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import override

from mashumaro import field_options

from .models import Page, read_rows
from .values import (
    coded,
    count,
    flag,
    integer,
    read,
    size,
    text,
    texts,
    unix_time,
    unwrap,
)


class ConferenceStatus(StrEnum):
    """Where a conference stands."""

    CREATED = "created"
    IN_PROGRESS = "in_progress"
    ENDED = "ended"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Recurrence(StrEnum):
    """Whether a conference is held once or again and again."""

    SINGLE = "single"
    RECURRING = "recurring"


class ConferenceMode(StrEnum):
    """What a conference carries."""

    VIDEO = "video"
    DATA = "data"


class NodeType(StrEnum):
    """On which kind of node a conference runs."""

    CONFIDENTIAL = "confidential"
    STANDARD = "standard"


_APPROVED = 2
_ROOM = 2

read_booking_status = coded(
    {
        0: ConferenceStatus.CANCELLED,
        1: ConferenceStatus.CREATED,
        4: ConferenceStatus.ENDED,
    }
)


def read_recurrence(value: object) -> Recurrence | None:
    """Return the recurrence of calType."""
    return {"E": Recurrence.SINGLE, "M": Recurrence.RECURRING}.get(
        (text(value) or "").upper()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedRoom(Page):
    """A room or a device that a booking asks for."""

    room_id: str | None = read("DeviceId", text)
    name: str | None = read("DeviceName", text)
    kind: int | None = read("DeviceType", integer)
    approval: int | None = read("ApprovalStatus", integer)
    application: int | None = read("ApplyStatus", integer)

    @property
    def held(self) -> bool:
        """Return whether this is a room and its booking was approved, so that it is taken."""
        approval = self.application if self.approval is None else self.approval
        return approval == _APPROVED and self.kind in {None, _ROOM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Page):
    """A role of the booking's template; its join link is never read."""

    name: str | None = read("roleName", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingSettings(Page):
    """The settings of a booking; `eventHostSecret` and `eventWatchword` are never read."""

    h323: bool | None = read("allowH323", flag)
    watchword_required: bool | None = read("openWatchword", flag)
    labels: str | None = read("labels", text)
    created_by: int | None = read("reserveFrom", integer)
    template_id: str | None = read("btplId", text)
    encryption: int | None = read("encryptionType", integer)
    extended: bool | None = read("extFlag", flag)
    hidden: bool | None = read("hide", flag)
    test: bool | None = read("isTest", flag)
    live: bool | None = read("liveOpenFlag", flag)
    hub: bool | None = read("mtgHub", flag)
    rebroadcast: bool | None = read("rebroadcast", flag)
    same_password: bool | None = read("samePassword", flag)
    access_numbers_shown: bool | None = read("showAccessNumbers", flag)
    web_link_shown: bool | None = read("showWebRTCUrl", flag)


_booked_rooms = partial(read_rows, BookedRoom)
_roles = partial(read_rows, Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking(Page):
    """A booked conference; `length` is in minutes.

    Source: /confopenapi/room/conference/infos and …/list.
    """

    event_id: str | None = read("eventId", text)
    conference_id: str | None = read("conferenceId", text)
    title: str | None = read("title", text)
    host: str | None = read("hostName", text)
    host_id: str | None = read("hostId", text)
    status: ConferenceStatus | None = read("status", read_booking_status)
    start: datetime | None = read("startTime", unix_time)
    end: datetime | None = read("endTime", unix_time)
    length: int | None = read("length", count)
    created_at: datetime | None = read("CreateTime", unix_time)
    modified_at: datetime | None = read("modifyTime", unix_time)
    timezone: str | None = read("timezone", text)
    recurrence: Recurrence | None = read("calType", read_recurrence)
    mode: ConferenceMode | None = read(
        "confMode", coded({0: ConferenceMode.VIDEO, 1: ConferenceMode.DATA})
    )
    node_type: NodeType | None = read(
        "confNodeType", coded({0: NodeType.CONFIDENTIAL, 1: NodeType.STANDARD})
    )
    in_cloud: bool | None = read("isGnet", flag)
    login_required: bool | None = read("joinLogin", flag)
    tags_offered: bool | None = read("joinConfSelTag", flag)
    tags: str | None = read("joinConfTags", text)
    billing_code: str | None = read("billingCode", text)
    customer_code: str | None = read("customerCode", text)
    invited: int | None = read("attendList", size)
    h323_addresses: tuple[str, ...] | None = read("h323Ip", texts)
    houses: tuple[BookedRoom, ...] = field(
        default=(), metadata=field_options(alias="houseList", deserialize=_booked_rooms)
    )
    detailed_houses: tuple[BookedRoom, ...] = field(
        default=(),
        metadata=field_options(alias="detailHouseList", deserialize=_booked_rooms),
    )
    equipment: tuple[BookedRoom, ...] = field(
        default=(), metadata=field_options(alias="equipList", deserialize=_booked_rooms)
    )
    roles: tuple[Role, ...] = field(
        default=(), metadata=field_options(alias="btplRole", deserialize=_roles)
    )
    settings: BookingSettings = field(
        default_factory=BookingSettings, metadata=field_options(alias="calExtraInfo")
    )

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Take either spelling of the billing code; drop the title where it is to be hidden."""
        fields = dict(d) if isinstance(d, dict) else {}
        fields.setdefault("billingCode", fields.get("billingcode"))
        settings = fields["calExtraInfo"] = unwrap(fields.get("calExtraInfo"))
        if isinstance(settings, dict) and BookingSettings.from_dict(settings).hidden:
            fields.pop("title", None)
        return fields

    @property
    def held_rooms(self) -> frozenset[str]:
        """Return the ids of the rooms that the booking holds."""
        return frozenset(
            room.room_id
            for room in (*self.houses, *self.detailed_houses)
            if room.held and room.room_id
        )
