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

from ..values import (
    count,
    enum_by_code,
    flag,
    identifier,
    integer,
    size,
    text,
    texts,
    unix_time,
    unwrap,
    wire_field,
)
from ..wire import WireModel, parse_rows
from .attendees import (
    Attendee,
    AttendeeKind,
    InvitationReply,
    Role,
    count_hosts,
    count_known,
)
from .rooms import RequestedRoom


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


parse_booking_status = enum_by_code(
    {
        0: ConferenceStatus.CANCELLED,
        1: ConferenceStatus.CREATED,
        4: ConferenceStatus.ENDED,
    }
)


def parse_recurrence(value: object) -> Recurrence | None:
    """Return the recurrence of calType."""
    return {"E": Recurrence.SINGLE, "M": Recurrence.RECURRING}.get(
        (text(value) or "").upper()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingSettings(WireModel):
    """The settings of a booking; `eventHostSecret` and `eventWatchword` are never read."""

    h323: bool | None = wire_field("allowH323", flag)
    watchword_required: bool | None = wire_field("openWatchword", flag)
    labels: str | None = wire_field("labels", text)
    created_by: int | None = wire_field("reserveFrom", integer)
    template_id: str | None = wire_field("btplId", text)
    encryption: int | None = wire_field("encryptionType", integer)
    extended: bool | None = wire_field("extFlag", flag)
    hidden: bool | None = wire_field("hide", flag)
    test: bool | None = wire_field("isTest", flag)
    live: bool | None = wire_field("liveOpenFlag", flag)
    hub: bool | None = wire_field("mtgHub", flag)
    rebroadcast: bool | None = wire_field("rebroadcast", flag)
    same_password: bool | None = wire_field("samePassword", flag)
    access_numbers_shown: bool | None = wire_field("showAccessNumbers", flag)
    web_link_shown: bool | None = wire_field("showWebRTCUrl", flag)


_attendees = partial(parse_rows, Attendee)
_booked_rooms = partial(parse_rows, RequestedRoom)
_roles = partial(parse_rows, Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceBooking(WireModel):
    """A booked conference; `length` is in minutes.

    Source: /confopenapi/room/conference/infos and …/list.
    """

    event_id: str | None = wire_field("eventId", identifier)
    conference_id: str | None = wire_field("conferenceId", text)
    title: str | None = wire_field("title", text)
    host: str | None = wire_field("hostName", text)
    host_id: str | None = wire_field("hostId", text)
    status: ConferenceStatus | None = wire_field("status", parse_booking_status)
    start: datetime | None = wire_field("startTime", unix_time)
    end: datetime | None = wire_field("endTime", unix_time)
    length: int | None = wire_field("length", count)
    created_at: datetime | None = wire_field("CreateTime", unix_time)
    modified_at: datetime | None = wire_field("modifyTime", unix_time)
    timezone: str | None = wire_field("timezone", text)
    recurrence: Recurrence | None = wire_field("calType", parse_recurrence)
    mode: ConferenceMode | None = wire_field(
        "confMode", enum_by_code({0: ConferenceMode.VIDEO, 1: ConferenceMode.DATA})
    )
    node_type: NodeType | None = wire_field(
        "confNodeType", enum_by_code({0: NodeType.CONFIDENTIAL, 1: NodeType.STANDARD})
    )
    in_cloud: bool | None = wire_field("isGnet", flag)
    login_required: bool | None = wire_field("joinLogin", flag)
    tags_offered: bool | None = wire_field("joinConfSelTag", flag)
    tags: str | None = wire_field("joinConfTags", text)
    billing_code: str | None = wire_field("billingCode", text)
    customer_code: str | None = wire_field("customerCode", text)
    invited: int | None = wire_field("attendList", size)
    attendees: tuple[Attendee, ...] = field(
        default=(), metadata=field_options(alias="attendList", deserialize=_attendees)
    )
    h323_addresses: tuple[str, ...] | None = wire_field("h323Ip", texts)
    houses: tuple[RequestedRoom, ...] = field(
        default=(), metadata=field_options(alias="houseList", deserialize=_booked_rooms)
    )
    detailed_houses: tuple[RequestedRoom, ...] = field(
        default=(),
        metadata=field_options(alias="detailHouseList", deserialize=_booked_rooms),
    )
    equipment: tuple[RequestedRoom, ...] = field(
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

    def is_for(self, moment: datetime) -> bool:
        """Return whether a moment is within the booked time, as far as that is known."""
        begun = self.start is None or self.start <= moment
        return begun and (self.end is None or moment <= self.end)

    @property
    def held(self) -> tuple[RequestedRoom, ...]:
        """Return the rooms that the booking holds, as each of its two lists tells them."""
        return tuple(
            room
            for room in (*self.houses, *self.detailed_houses)
            if room.held and room.room_id
        )

    @property
    def held_rooms(self) -> frozenset[str]:
        """Return the ids of the rooms that the booking holds."""
        return frozenset(room.room_id for room in self.held if room.room_id)

    @property
    def invited_hosts(self) -> int | None:
        """Return how many are invited as a host or a co-host."""
        return self._of_invited(count_hosts(self.attendees, self.roles))

    def answered(self, answer: InvitationReply) -> int | None:
        """Return how many of those invited gave an answer."""
        given = (attendee.answer for attendee in self.attendees)
        return self._of_invited(count_known(given, {answer}))

    def invited_as(self, kind: AttendeeKind) -> int | None:
        """Return how many of one kind are invited."""
        kinds = (attendee.kind for attendee in self.attendees)
        return self._of_invited(count_known(kinds, {kind}))

    def _of_invited(self, number: int | None) -> int | None:
        """Return a number of those invited, which is none where nobody is."""
        return 0 if self.invited == 0 else number
