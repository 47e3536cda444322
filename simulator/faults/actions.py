"""Apply each kind of fault to a request."""

from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from typing import Any

from simulator.messages import NOT_FOUND, Delivery, Request, Response
from simulator.vendors.vendor import Vendor, VendorError

from . import bodies, deliveries
from .fault import Fault, FaultKind

type NextHandler = Callable[[Request], Response]
type Action = Callable[[Fault, Vendor, str, NextHandler, Request], Response]

NESTING_DEPTH = 200_000
ERROR_PAGE = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
IP_NOT_ALLOWED_CODE = 60020
INVALID_CREDENTIAL_CODE = 40001
BYTE_ORDER_MARK = "\ufeff"


def apply(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Apply one fault to a request; the next handler is the next fault or the vendor."""
    return ACTIONS[FaultKind(fault.kind)](fault, vendor, api, next_handler, request)


def _vendor_code(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Return an error code of the vendor."""
    del next_handler
    error = VendorError(fault.code, fault.message, fault.status)
    return vendor.error_response(error, request, api)


def _http(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Return an HTTP error with an HTML page, as a proxy does."""
    del request, vendor, api, next_handler
    body = ERROR_PAGE if fault.body is None else fault.body
    headers = {"Content-Type": "text/html"} | dict(fault.headers)
    return Response(body, status=fault.status or 502, headers=headers, success=False)


def _retry_date(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Return HTTP 429 with `Retry-After` as a date by the server's own clock."""
    del vendor, api, next_handler
    now = request.now + fault.seconds
    headers = {
        "Content-Type": "text/html",
        "Date": formatdate(now, usegmt=True),
        "Retry-After": formatdate(now + fault.retry_after, usegmt=True),
    }
    status = fault.status or 429
    return Response(ERROR_PAGE, status=status, headers=headers, success=False)


def _redirect(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Redirect the client, as a captive portal does."""
    del request, vendor, api, next_handler
    headers = {"Location": fault.location}
    return Response(b"", fault.status or 302, headers, success=False)


def _ip_not_allowed(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Reject the client's IP address, except when it fetches a token."""
    if api == "gettoken":
        return next_handler(request)
    from_address = replace(request, remote=fault.address)
    return vendor.error_response(VendorError(IP_NOT_ALLOWED_CODE), from_address, api)


def _token_expired(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Let the token expire just before the request."""
    del fault
    if api != "gettoken":
        vendor.expire_tokens()
    return next_handler(request)


def _token_replaced(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Invalidate the token just before the request, as if another program fetched one."""
    del fault
    if api != "gettoken":
        vendor.expire_tokens(INVALID_CREDENTIAL_CODE)
    return next_handler(request)


def _clock(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Set the server's clock wrong by some seconds."""
    del vendor, api
    return next_handler(replace(request, now=request.now + fault.seconds))


def _shift_page(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Shift the rooms by one position with every request."""
    del vendor, api
    return next_handler(replace(request, shift=fault.used - 1))


def _repeat_page(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Return the first page for every page."""
    del vendor, api
    if fault.first_response is None:
        fault.first_response = next_handler(request)
    return fault.first_response


def _endless_cursor(
    fault: Fault, vendor: Vendor, api: str, next_handler: NextHandler, request: Request
) -> Response:
    """Announce another page with every page."""
    first = _repeat_page(fault, vendor, api, next_handler, request)
    if not first.success or not isinstance(first.content, dict):
        return first
    content = dict(first.content)
    if "has_more" in content:
        content |= {"has_more": True, "next_cursor": f"endless-{fault.used}"}
    if "total_page" in content:
        page = int(request.query.get("page", "1"))
        content |= {"total_page": 10**6, "total_count": 5 * 10**7, "current_page": page}
    return replace(first, content=content)


def _change_success(change: Callable[[Response, Fault], Response]) -> Action:
    """Return an action that changes a successful response."""

    def action(
        fault: Fault,
        vendor: Vendor,
        api: str,
        next_handler: NextHandler,
        request: Request,
    ) -> Response:
        """Change the response if it is successful."""
        del vendor, api
        response = next_handler(request)
        return change(response, fault) if response.success else response

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

    def action(
        fault: Fault,
        vendor: Vendor,
        api: str,
        next_handler: NextHandler,
        request: Request,
    ) -> Response:
        """Replace the function that sends the response."""
        del fault, vendor, api
        return replace(next_handler(request), delivery=delivery)

    return action


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
    FaultKind.EMPTY_404: lambda *_: NOT_FOUND,
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
