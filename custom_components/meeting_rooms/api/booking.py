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

from .booked_rooms import BookedRoom
from .invitation import Answer, Attendee, AttendeeKind, Role, count_hosts, count_told
from .models import Page, read_rows
from .values import (
    coded,
    count,
    flag,
    identifier,
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


_attendees = partial(read_rows, Attendee)
_booked_rooms = partial(read_rows, BookedRoom)
_roles = partial(read_rows, Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking(Page):
    """A booked conference; `length` is in minutes.

    Source: /confopenapi/room/conference/infos and …/list.
    """

    event_id: str | None = read("eventId", identifier)
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
    attendees: tuple[Attendee, ...] = field(
        default=(), metadata=field_options(alias="attendList", deserialize=_attendees)
    )
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

    def is_for(self, moment: datetime) -> bool:
        """Return whether a moment is within the booked time, as far as that is known."""
        begun = self.start is None or self.start <= moment
        return begun and (self.end is None or moment <= self.end)

    @property
    def held(self) -> tuple[BookedRoom, ...]:
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

    def answered(self, answer: Answer) -> int | None:
        """Return how many of those invited gave an answer."""
        given = (attendee.answer for attendee in self.attendees)
        return self._of_invited(count_told(given, {answer}))

    def invited_as(self, kind: AttendeeKind) -> int | None:
        """Return how many of one kind are invited."""
        kinds = (attendee.kind for attendee in self.attendees)
        return self._of_invited(count_told(kinds, {kind}))

    def _of_invited(self, number: int | None) -> int | None:
        """Return a number of those invited, which is none where nobody is."""
        return 0 if self.invited == 0 else number
