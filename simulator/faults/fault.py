"""Define the faults."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from simulator.messages import Response


class FaultKind(StrEnum):
    """List the kinds of fault."""

    VENDOR_CODE = "vendor_code"
    HTTP = "http"
    HTTP_STATUS = "http_status"
    RETRY_DATE = "retry_date"
    EMPTY_404 = "empty_404"
    REDIRECT = "redirect"
    INVALID_JSON = "invalid_json"
    WRONG_SHAPE = "wrong_shape"
    WRONG_TYPES = "wrong_types"
    EXTRA_FIELDS = "extra_fields"
    ARRAY_RESULT = "array_result"
    BAD_ROOM = "bad_room"
    BODY_PREFIX = "body_prefix"
    CHARSET = "charset"
    DEEP_NESTING = "deep_nesting"
    TRUNCATE = "truncate"
    HOLD = "hold"
    HANG_BEFORE = "hang_before"
    HANG_WITHIN = "hang_within"
    RESET = "reset"
    ENDLESS = "endless"
    REPEAT_PAGE = "repeat_page"
    ENDLESS_CURSOR = "endless_cursor"
    SHIFT_PAGE = "shift_page"
    TOKEN_EXPIRED = "token_expired"
    TOKEN_REPLACED = "token_replaced"
    IP_NOT_ALLOWED = "ip_not_allowed"
    CLOCK = "clock"


@dataclass(slots=True, eq=False)
class Fault:
    """Define what fails, for which requests and how often.

    A fault applies to every request that matches `vendor`, `api` and `room_id`; `None`
    matches all. It ends after `times` requests. The other fields belong to some kinds:

    `code` and `message`: `vendor_code`. `status`: `vendor_code`, `http`, `http_status`,
    `retry_date`, `redirect`. `headers`: `http`. `body`: `http`, `invalid_json`,
    `wrong_shape`, `body_prefix`. `fields`: `extra_fields`. `charset`, and whether the
    content type names it (`declared`): `charset`. `location`: `redirect`. `address`:
    `ip_not_allowed`. `seconds` (the offset of the server's clock): `clock`, `retry_date`.
    `retry_after`: `retry_date`.

    `carried_out` says whether the vendor carries out the request although its response is lost
    or is an error; by default only where the fault changes the vendor's own response.
    """

    kind: FaultKind | str
    vendor: str | None = None
    api: str | None = None
    room_id: str | None = None
    times: int | None = None
    carried_out: bool | None = None
    code: int = 0
    message: str = ""
    status: int | None = None
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    charset: str = "gbk"
    declared: bool = True
    location: str = "https://login.example.com/"
    address: str = "203.0.113.7"
    seconds: float = 0
    retry_after: float = 30
    used: int = 0
    removed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    first_response: Response | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Reject an unknown kind."""
        self.kind = FaultKind(self.kind)

    @property
    def used_up(self) -> bool:
        """Return whether the fault has applied to as many requests as it should."""
        return self.times is not None and self.used >= self.times

    def matches(self, vendor: str, api: str, room_id: str | None) -> bool:
        """Return whether the fault applies to a request."""
        return (
            not self.used_up
            and self.vendor in (None, vendor)
            and self.api in (None, api)
            and (self.room_id in (None, room_id) or self.kind is FaultKind.BAD_ROOM)
        )
