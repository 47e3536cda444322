"""The attendees and the roles of a booking at Quanshi.

Names, numbers, mail addresses, user ids, companies and join links have no field here.
Source: the tables attendList and btplRole of /confopenapi/room/conference/infos.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..values import enum_by_code, text, wire_field
from ..wire import WireModel


class Reply(StrEnum):
    """The reply to an invitation, by the vendor's letter."""

    CONFIRMED = "W"
    ACCEPTED = "A"
    DECLINED = "R"


class AttendeeKind(StrEnum):
    """How an attendee takes part."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    BY_PHONE = "by_phone"


class RoleKind(StrEnum):
    """The permissions of a role."""

    HOST = "host"
    CO_HOST = "co_host"
    PARTICIPANT = "participant"


_REPLIES = {str(reply): reply for reply in Reply}


def parse_reply(value: object) -> Reply | None:
    """Return the reply for W, A or R in either case."""
    return _REPLIES.get((text(value) or "").upper())


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRole(WireModel):
    """An entry of btplRole."""

    role_id: str | None = wire_field("roleId", text)
    name: str | None = wire_field("roleName", text)
    kind: RoleKind | None = wire_field(
        "managerType",
        enum_by_code({1: RoleKind.HOST, 2: RoleKind.CO_HOST, 3: RoleKind.PARTICIPANT}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiAttendee(WireModel):
    """An entry of attendList."""

    reply: Reply | None = wire_field("status", parse_reply)
    kind: AttendeeKind | None = wire_field(
        "userType",
        enum_by_code(
            {
                1: AttendeeKind.INTERNAL,
                2: AttendeeKind.EXTERNAL,
                3: AttendeeKind.BY_PHONE,
            }
        ),
    )
    role_id: str | None = wire_field("roleId", text)


def count_hosts(
    attendees: Iterable[QuanshiAttendee], roles: Iterable[QuanshiRole]
) -> int | None:
    """Return the number of attendees whose role is host or co-host."""
    kinds = {role.role_id: role.kind for role in roles if role.role_id}
    return count_matching(
        (kinds.get(attendee.role_id or "") for attendee in attendees),
        RoleKind.HOST,
        RoleKind.CO_HOST,
    )


def count_matching[T](values: Iterable[T | None], *wanted: T) -> int | None:
    """Return how many of the known values are wanted; None where no value is known."""
    known = [value for value in values if value is not None]
    return sum(value in wanted for value in known) if known else None
