"""Whom a booking at Quanshi invites, and in which roles.

Of a person only the answer, the kind and the role are read: no name, number, mail, user id or
company has a field here.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..values import enum_by_code, text, wire_field
from ..wire import WireModel


class InvitationReply(StrEnum):
    """What became of an invitation."""

    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class AttendeeKind(StrEnum):
    """From where someone takes part."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    BY_PHONE = "by_phone"


class RoleKind(StrEnum):
    """What a role may do."""

    HOST = "host"
    CO_HOST = "co_host"
    PARTICIPANT = "participant"


_HOSTING = frozenset({RoleKind.HOST, RoleKind.CO_HOST})
_ANSWERS = {
    "W": InvitationReply.CONFIRMED,
    "A": InvitationReply.ACCEPTED,
    "R": InvitationReply.DECLINED,
}

parse_attendee_kind = enum_by_code(
    {1: AttendeeKind.INTERNAL, 2: AttendeeKind.EXTERNAL, 3: AttendeeKind.BY_PHONE}
)
parse_role_kind = enum_by_code(
    {1: RoleKind.HOST, 2: RoleKind.CO_HOST, 3: RoleKind.PARTICIPANT}
)


def parse_reply(value: object) -> InvitationReply | None:
    """Return the answer of an attendee's status."""
    return _ANSWERS.get((text(value) or "").upper())


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(WireModel):
    """A role of the booking's template; its join link is never read."""

    role_id: str | None = wire_field("roleId", text)
    name: str | None = wire_field("roleName", text)
    kind: RoleKind | None = wire_field("managerType", parse_role_kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee(WireModel):
    """One of those invited, without anything that says who."""

    answer: InvitationReply | None = wire_field("status", parse_reply)
    kind: AttendeeKind | None = wire_field("userType", parse_attendee_kind)
    role_id: str | None = wire_field("roleId", text)


def count_hosts(attendees: Iterable[Attendee], roles: Iterable[Role]) -> int | None:
    """Return how many have the role of a host or a co-host."""
    kinds = {role.role_id: role.kind for role in roles if role.role_id}
    held = (kinds.get(one.role_id or "") for one in attendees)
    return count_known(held, _HOSTING)


def count_known[T](told: Iterable[T | None], wanted: Container[T]) -> int | None:
    """Return how many of those that are told are wanted; unknown where none is told."""
    known = [one for one in told if one is not None]
    return sum(one in wanted for one in known) if known else None
