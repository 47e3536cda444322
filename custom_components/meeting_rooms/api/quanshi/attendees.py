"""The attendees and the roles of a booking at Quanshi.

Names, numbers, mail addresses, user ids, companies and join links have no field here.
Source: the tables attendList and btplRole of /confopenapi/room/conference/infos.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..values import integer, text, wire_field
from ..wire import WireModel

CONFIRMED, ACCEPTED, DECLINED = "W", "A", "R"
EXTERNAL, BY_PHONE = 2, 3
HOST, CO_HOST = 1, 2
_HOSTS: Final = (HOST, CO_HOST)


def parse_reply(value: object) -> str | None:
    """Return the letter of a reply in upper case."""
    letter = text(value)
    return letter and letter.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRole(WireModel):
    """An entry of btplRole."""

    role_id: str | None = wire_field("roleId", text)
    name: str | None = wire_field("roleName", text)
    kind: int | None = wire_field("managerType", integer)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiAttendee(WireModel):
    """An entry of attendList."""

    reply: str | None = wire_field("status", parse_reply)
    kind: int | None = wire_field("userType", integer)
    role_id: str | None = wire_field("roleId", text)


def count_hosts(
    attendees: Iterable[QuanshiAttendee], roles: Iterable[QuanshiRole]
) -> int | None:
    """Return the number of attendees whose role is host or co-host."""
    kinds = {role.role_id: role.kind for role in roles if role.role_id}
    return count_of((kinds.get(each.role_id or "") for each in attendees), *_HOSTS)


def count_of[T](values: Iterable[T | None], *wanted: T) -> int | None:
    """Return how many of the known values are wanted; None where no value is known."""
    known = [value for value in values if value is not None]
    return sum(value in wanted for value in known) if known else None
