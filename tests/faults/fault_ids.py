"""The faults, by their names in `docs/reliability.md`."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import pytest

from tests.vendors import VENDORS


class FaultId(StrEnum):
    """The name of a fault in the tests and on the page."""

    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_RESET = "connection-reset"
    CONNECTION_CLOSED = "connection-closed"
    NAME_NOT_FOUND = "name-not-found"
    CERTIFICATE_NOT_TRUSTED = "certificate-not-trusted"
    NO_HTTP = "no-http"
    SILENT_BEFORE_ANSWER = "silent-before-answer"
    SILENT_WITHIN_ANSWER = "silent-within-answer"
    DRIBBLING_ANSWER = "dribbling-answer"
    ANSWER_CUT_OFF = "answer-cut-off"
    WRONG_LENGTH = "wrong-length"
    PROXY_PAGE_200 = "proxy-page-200"
    PROXY_PAGE_502 = "proxy-page-502"
    EMPTY_404 = "empty-404"
    REDIRECT = "redirect"
    INVALID_JSON = "invalid-json"
    OTHER_JSON = "other-json"
    ENDLESS_ANSWER = "endless-answer"
    PACKED_BOMB = "packed-bomb"
    DEEP_NESTING = "deep-nesting"
    HUGE_HEADERS = "huge-headers"
    VENDOR_BUSY = "vendor-busy"
    REPLAY = "replay"
    CLOCK_SKEW = "clock-skew"
    PERMISSION_MISSING = "permission-missing"
    OPERATOR_UNKNOWN = "operator-unknown"
    ADDRESS_NOT_TRUSTED = "address-not-trusted"
    TOKEN_REFUSED_AGAIN = "token-refused-again"
    CALL_REFUSED = "call-refused"
    CREDENTIALS_REFUSED = "credentials-refused"
    REFUSED_BY_ONE_API = "credentials-refused-by-one-api"
    ONE_API_FAILS = "one-api-fails"
    PERMISSION_WITHDRAWN = "permission-withdrawn"
    TOO_MANY_REQUESTS = "too-many-requests"
    MINUTE_LIMIT = "minute-limit"
    DAY_LIMIT = "day-limit"
    UNREADABLE_CODE = "unreadable-code"
    NO_RESULT = "no-result"
    ODD_END = "odd-end"
    UNREADABLE_ROWS = "unreadable-rows"
    ONE_BAD_ROOM = "one-bad-room"
    WRONG_TYPES = "wrong-types"
    PAGE_REPEATS = "page-repeats"
    ENDLESS_LIST = "endless-list"
    ROOMS_MOVE = "rooms-move"
    ROOM_COMES_BACK = "room-comes-back"
    TOKEN_ENDED = "token-ended"
    TOKEN_ENDED_WITHIN_LIST = "token-ended-within-list"
    ODD_TOKEN = "odd-token"
    ASLEEP = "asleep"
    SHUTDOWN_WITHIN_POLL = "shutdown-within-poll"
    RELOAD_WITHIN_POLL = "reload-within-poll"
    ONE_ACCOUNT_DOWN = "one-account-down"
    ODD_VALUES = "odd-values"
    COOKIES = "cookies"


def fault_name(fault: FaultId, variant: str = "") -> str:
    """Return the name of a fault, or of a variant of it."""
    return f"{fault}: {variant}" if variant else fault


def fault_params[T](rows: Iterable[tuple[FaultId, str, T]]) -> Iterator[Any]:
    """Yield the parameters of each fault for every vendor, and of a variant for one vendor."""
    for place, (fault, variant, value) in enumerate(rows):
        vendors = (VENDORS[place % len(VENDORS)],) if variant else VENDORS
        for vendor in vendors:
            name = f"{vendor} {fault_name(fault, variant)}"
            yield pytest.param(vendor, value, id=name)


def vendor_params(
    fault: FaultId, vendors: Iterable[str] = VENDORS, variant: str = ""
) -> list[Any]:
    """Return the parameters of a fault that has no separate value for each vendor."""
    name = fault_name(fault, variant)
    return [pytest.param(vendor, id=f"{vendor} {name}") for vendor in vendors]
