"""Describe one fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.exchange import Answer


class FaultKind(StrEnum):
    """Name what may go wrong."""

    VENDOR_CODE = "vendor_code"
    HTTP = "http"
    EMPTY_404 = "empty_404"
    INVALID_JSON = "invalid_json"
    WRONG_SHAPE = "wrong_shape"
    WRONG_TYPES = "wrong_types"
    BAD_ROOM = "bad_room"
    TRUNCATE = "truncate"
    HANG_BEFORE = "hang_before"
    HANG_WITHIN = "hang_within"
    RESET = "reset"
    ENDLESS = "endless"
    DEEP_NESTING = "deep_nesting"
    REDIRECT = "redirect"
    REPEAT_PAGE = "repeat_page"
    ENDLESS_CURSOR = "endless_cursor"
    SHIFT_PAGE = "shift_page"
    TOKEN_ENDED = "token_ended"
    NOT_TRUSTED = "not_trusted"
    CLOCK = "clock"


@dataclass(slots=True, eq=False)
class Fault:
    """Say what goes wrong, where and how often; what is None fits everything.

    `code` and `message` belong to `vendor_code`; `status`, `body` and `headers` to `http`;
    `location` to `redirect`; `address` to `not_trusted`; `seconds` to `clock`; `body` also
    replaces what `wrong_shape` and `invalid_json` would say. `used` counts the calls that
    met the fault.
    """

    kind: FaultKind | str
    vendor: str | None = None
    api: str | None = None
    room_id: str | None = None
    times: int | None = None
    code: int = 0
    message: str = ""
    status: int | None = None
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    location: str = "https://login.example.com/"
    address: str = "203.0.113.7"
    seconds: float = 0
    used: int = 0
    first_answer: Answer | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse a kind that is not known."""
        self.kind = FaultKind(self.kind)

    @property
    def over(self) -> bool:
        """Return whether the fault has happened as often as it should."""
        return self.times is not None and self.used >= self.times

    def fits(self, vendor: str, api: str, room_id: str | None) -> bool:
        """Return whether the fault meets a call."""
        return (
            not self.over
            and self.vendor in (None, vendor)
            and self.api in (None, api)
            and (self.room_id in (None, room_id) or self.kind is FaultKind.BAD_ROOM)
        )
