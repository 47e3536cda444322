"""Apply each kind of fault to a request."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Any

from simulator.messages import NOT_FOUND, Delivery, Request, Response
from simulator.vendors.vendor import Vendor, VendorError

from . import bodies, deliveries
from .fault import Fault, FaultKind

type Handler = Callable[[Request], Response]
type Action = Callable[[FaultyRequest], Response]

NESTING_DEPTH = 200_000
ERROR_PAGE = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
HTML = {"Content-Type": "text/html"}
IP_NOT_ALLOWED_CODE = 60020
INVALID_CREDENTIAL_CODE = 40001
BYTE_ORDER_MARK = "\ufeff"
INSTEAD = {
    FaultKind.VENDOR_CODE,
    FaultKind.HTTP,
    FaultKind.RETRY_DATE,
    FaultKind.EMPTY_404,
    FaultKind.REDIRECT,
}
"""The faults whose response replaces that of the vendor."""


@dataclass(frozen=True, slots=True)
class FaultyRequest:
    """Hold a request to which a fault applies; `handler` is the next fault or the vendor."""

    fault: Fault
    vendor: Vendor
    api: str
    handler: Handler
    request: Request

    def respond(self, **changes: Any) -> Response:
        """Return the response without this fault, to a changed request."""
        return self.handler(replace(self.request, **changes))

    def vendor_error(self, error: VendorError, **changes: Any) -> Response:
        """Return an error in the vendor's format, to a changed request."""
        return self.vendor.error_response(
            error, replace(self.request, **changes), self.api
        )


def apply(
    fault: Fault, vendor: Vendor, api: str, handler: Handler, request: Request
) -> Response:
    """Apply one fault to a request; the handler is the next fault or the vendor."""
    kind = FaultKind(fault.kind)
    if fault.carried_out is False:
        handler = _carry_out_nothing
    elif fault.carried_out and kind in INSTEAD:
        handler(request)
    faulty = FaultyRequest(fault, vendor, api, handler, request)
    return ACTIONS[kind](faulty)


def _carry_out_nothing(request: Request) -> Response:
    """Return an empty response."""
    del request
    return Response({})


def _vendor_code(faulty: FaultyRequest) -> Response:
    """Return an error code of the vendor."""
    fault = faulty.fault
    return faulty.vendor_error(VendorError(fault.code, fault.message, fault.status))


def _http(faulty: FaultyRequest) -> Response:
    """Return an HTTP error with an HTML page, as a proxy does."""
    fault = faulty.fault
    body = ERROR_PAGE if fault.body is None else fault.body
    headers = HTML | dict(fault.headers)
    return Response(body, fault.status or 502, headers, success=False)


def _retry_date(faulty: FaultyRequest) -> Response:
    """Return HTTP 429 with `Retry-After` as a date by the server's own clock."""
    fault = faulty.fault
    now = faulty.request.now + fault.seconds
    headers = HTML | {
        "Date": formatdate(now, usegmt=True),
        "Retry-After": formatdate(now + fault.retry_after, usegmt=True),
    }
    return Response(ERROR_PAGE, fault.status or 429, headers, success=False)


def _redirect(faulty: FaultyRequest) -> Response:
    """Redirect the client, as a captive portal does."""
    headers = {"Location": faulty.fault.location}
    return Response(b"", faulty.fault.status or 302, headers, success=False)


def _ip_not_allowed(faulty: FaultyRequest) -> Response:
    """Reject the client's IP address, except when it fetches a token."""
    if faulty.api == "gettoken":
        return faulty.respond()
    return faulty.vendor_error(
        VendorError(IP_NOT_ALLOWED_CODE), remote=faulty.fault.address
    )


def _token_expired(faulty: FaultyRequest) -> Response:
    """Let the token expire just before the request."""
    if faulty.api != "gettoken":
        faulty.vendor.expire_tokens()
    return faulty.respond()


def _token_replaced(faulty: FaultyRequest) -> Response:
    """Invalidate the token just before the request, as if another program fetched one."""
    if faulty.api != "gettoken":
        faulty.vendor.expire_tokens(INVALID_CREDENTIAL_CODE)
    return faulty.respond()


def _clock(faulty: FaultyRequest) -> Response:
    """Set the server's clock wrong by some seconds."""
    return faulty.respond(now=faulty.request.now + faulty.fault.seconds)


def _shift_page(faulty: FaultyRequest) -> Response:
    """Shift the rooms by one position with every request."""
    return faulty.respond(shift=faulty.fault.used - 1)


def _repeat_page(faulty: FaultyRequest) -> Response:
    """Return the first page for every page."""
    if faulty.fault.first_response is None:
        faulty.fault.first_response = faulty.respond()
    return faulty.fault.first_response


def _endless_cursor(faulty: FaultyRequest) -> Response:
    """Announce another page with every page."""
    first = _repeat_page(faulty)
    if not first.success or not isinstance(first.content, dict):
        return first
    content = dict(first.content)
    if "has_more" in content:
        content |= {"has_more": True, "next_cursor": f"endless-{faulty.fault.used}"}
    if "total_page" in content:
        page = int(faulty.request.query.get("page", "1"))
        content |= {"total_page": 10**6, "total_count": 5 * 10**7, "current_page": page}
    return replace(first, content=content)


def _change_success(change: Callable[[Response, Fault], Response]) -> Action:
    """Return an action that changes a successful response."""

    def action(faulty: FaultyRequest) -> Response:
        """Change the response if it is successful."""
        response = faulty.respond()
        return change(response, faulty.fault) if response.success else response

    return action


def _change_content(change: Callable[[Any, Fault], Any]) -> Action:
    """Return an action that changes the content of a successful response."""
    return _change_success(
        lambda response, fault: replace(
            response, content=change(response.content, fault)
        )
    )


def _send(delivery: Delivery) -> Action:
    """Return an action that sends the response in another way."""
    return lambda faulty: replace(faulty.respond(), delivery=delivery)


def _encode(response: Response, fault: Fault) -> Response:
    """Encode the body in another charset, declared in the content type or not."""
    parameter = f"; charset={fault.charset}" if fault.declared else ""
    headers = {"Content-Type": f"application/json{parameter}"}
    content = response.text.encode(fault.charset, errors="replace")
    return replace(response, content=content, headers=headers)


def _prefix(response: Response, fault: Fault) -> Response:
    """Put a line break and a byte order mark, or another text, before the body."""
    prefix = "\n" + BYTE_ORDER_MARK if fault.body is None else fault.body
    return replace(response, content=prefix + response.text)


ACTIONS: dict[FaultKind, Action] = {
    FaultKind.VENDOR_CODE: _vendor_code,
    FaultKind.HTTP: _http,
    FaultKind.HTTP_STATUS: _change_success(
        lambda response, fault: replace(response, status=fault.status or 203)
    ),
    FaultKind.RETRY_DATE: _retry_date,
    FaultKind.EMPTY_404: lambda faulty: NOT_FOUND,
    FaultKind.REDIRECT: _redirect,
    FaultKind.INVALID_JSON: _change_content(
        lambda body, fault: fault.body or '{"status": 0 "result": }'
    ),
    FaultKind.WRONG_SHAPE: _change_content(
        lambda body, fault: fault.body or '["not", "an", "object"]'
    ),
    FaultKind.WRONG_TYPES: _change_content(
        lambda body, fault: bodies.wrong_types(body)
    ),
    FaultKind.EXTRA_FIELDS: _change_content(
        lambda body, fault: bodies.with_fields(body, fault.fields)
    ),
    FaultKind.ARRAY_RESULT: _change_content(
        lambda body, fault: bodies.with_array_result(body)
    ),
    FaultKind.BAD_ROOM: _change_content(
        lambda body, fault: bodies.with_bad_row(body, fault.room_id)
    ),
    FaultKind.BODY_PREFIX: _change_success(_prefix),
    FaultKind.CHARSET: _change_success(_encode),
    FaultKind.DEEP_NESTING: _change_content(
        lambda body, fault: "[" * NESTING_DEPTH + "]" * NESTING_DEPTH
    ),
    FaultKind.TRUNCATE: _send(deliveries.truncate),
    FaultKind.HOLD: lambda faulty: replace(
        faulty.respond(), delivery=deliveries.hold(faulty.fault.removed)
    ),
    FaultKind.HANG_BEFORE: _send(deliveries.hang),
    FaultKind.HANG_WITHIN: _send(deliveries.hang_within),
    FaultKind.RESET: _send(deliveries.reset),
    FaultKind.ENDLESS: _send(deliveries.endless),
    FaultKind.REPEAT_PAGE: _repeat_page,
    FaultKind.ENDLESS_CURSOR: _endless_cursor,
    FaultKind.SHIFT_PAGE: _shift_page,
    FaultKind.TOKEN_EXPIRED: _token_expired,
    FaultKind.TOKEN_REPLACED: _token_replaced,
    FaultKind.IP_NOT_ALLOWED: _ip_not_allowed,
    FaultKind.CLOCK: _clock,
}
