"""A booking at Quanshi.

Passwords, join links and the host's phone number and mail address have no field here. The
title is dropped where the booking hides it. A field that a `Conference` has too has its name.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, override

from mashumaro import field_options

from ..models.conference import ConferenceMode, ConferenceStatus, NodeType, Recurrence
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
from .attendees import QuanshiAttendee, QuanshiRole
from .booked_rooms import QuanshiBookedRoom


def parse_recurrence(value: object) -> Recurrence | None:
    """Return the recurrence for E or M in either case."""
    letter = (text(value) or "").upper()
    return {"E": Recurrence.SINGLE, "M": Recurrence.RECURRING}.get(letter)


def parse_on_site(value: object) -> bool | None:
    """Return whether a conference does not use the cloud, from the flag that says it does."""
    in_cloud = flag(value)
    return None if in_cloud is None else not in_cloud


def parse_addresses(value: object) -> str | None:
    """Return the addresses of a list as one text."""
    return ", ".join(texts(value) or ()) or None


def _rows(key: str, row: type[WireModel]) -> Any:
    """Return a dataclass field for the rows of a list."""
    rows = field_options(alias=key, deserialize=partial(parse_rows, row))
    return field(default=(), metadata=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiBooking(WireModel):
    """A booking; `booked_duration` is in minutes, times are Unix seconds or milliseconds.

    The settings in the object calExtraInfo are fields of the booking.
    Source: /confopenapi/room/conference/infos and /confopenapi/room/conference/list.
    """

    event_id: str | None = wire_field("eventId", identifier)
    conference_id: str | None = wire_field("conferenceId", text)
    title: str | None = wire_field("title", text)
    host: str | None = wire_field("hostName", text)
    host_id: str | None = wire_field("hostId", text)
    booking_status: ConferenceStatus | None = wire_field(
        "status",
        enum_by_code(
            {
                0: ConferenceStatus.CANCELLED,
                1: ConferenceStatus.CREATED,
                4: ConferenceStatus.ENDED,
            }
        ),
    )
    start: datetime | None = wire_field("startTime", unix_time)
    end: datetime | None = wire_field("endTime", unix_time)
    booked_duration: int | None = wire_field("length", count)
    created_at: datetime | None = wire_field("CreateTime", unix_time)
    modified_at: datetime | None = wire_field("modifyTime", unix_time)
    time_zone: str | None = wire_field("timezone", text)
    recurrence: Recurrence | None = wire_field("calType", parse_recurrence)
    mode: ConferenceMode | None = wire_field(
        "confMode", enum_by_code({0: ConferenceMode.VIDEO, 1: ConferenceMode.DATA})
    )
    node_type: NodeType | None = wire_field(
        "confNodeType", enum_by_code({0: NodeType.CONFIDENTIAL, 1: NodeType.STANDARD})
    )
    on_site: bool | None = wire_field("isGnet", parse_on_site)
    login_required: bool | None = wire_field("joinLogin", flag)
    tags_offered: bool | None = wire_field("joinConfSelTag", flag)
    tags: str | None = wire_field("joinConfTags", text)
    billing_code: str | None = wire_field("billingCode", text)
    customer_code: str | None = wire_field("customerCode", text)
    h323_addresses: str | None = wire_field("h323Ip", parse_addresses)
    invited: int | None = wire_field("attendList", size)
    attendees: tuple[QuanshiAttendee, ...] = _rows("attendList", QuanshiAttendee)
    houses: tuple[QuanshiBookedRoom, ...] = _rows("houseList", QuanshiBookedRoom)
    detailed_houses: tuple[QuanshiBookedRoom, ...] = _rows(
        "detailHouseList", QuanshiBookedRoom
    )
    equipment_list: tuple[QuanshiBookedRoom, ...] = _rows(
        "equipList", QuanshiBookedRoom
    )
    template_roles: tuple[QuanshiRole, ...] = _rows("btplRole", QuanshiRole)
    h323: bool | None = wire_field("allowH323", flag)
    watchword_required: bool | None = wire_field("openWatchword", flag)
    labels: str | None = wire_field("labels", text)
    created_by: int | None = wire_field("reserveFrom", integer)
    template_id: str | None = wire_field("btplId", text)
    encryption: int | None = wire_field("encryptionType", integer)
    extended: bool | None = wire_field("extFlag", flag)
    test: bool | None = wire_field("isTest", flag)
    live: bool | None = wire_field("liveOpenFlag", flag)
    hub: bool | None = wire_field("mtgHub", flag)
    rebroadcast: bool | None = wire_field("rebroadcast", flag)
    same_password: bool | None = wire_field("samePassword", flag)
    access_numbers_shown: bool | None = wire_field("showAccessNumbers", flag)
    web_link_shown: bool | None = wire_field("showWebRTCUrl", flag)

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Take in the settings of calExtraInfo, and drop a title that they hide."""
        fields = dict(d) if isinstance(d, dict) else {}
        settings = unwrap(fields.get("calExtraInfo"))
        if isinstance(settings, dict):
            fields = settings | fields
            if flag(settings.get("hide")):
                fields.pop("title", None)
        # The vendor's sample spells it in lower case.
        fields.setdefault("billingCode", fields.get("billingcode"))
        return fields

    @property
    def held(self) -> tuple[QuanshiBookedRoom, ...]:
        """Return the entries of both lists that are held rooms."""
        return tuple(
            room
            for room in (*self.houses, *self.detailed_houses)
            if room.held and room.device_id
        )
