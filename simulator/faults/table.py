"""Say what each kind of fault does to a call."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.exchange import NOT_FOUND, Answer, Call
from simulator.vendor import Refusal, Vendor

from . import bodies, deliveries
from .fault import Fault, FaultKind

type Following = Callable[[Call], Answer]
type Action = Callable[[Fault, Vendor, str, Following, Call], Answer]

DEPTH = 200_000
PROXY_PAGE = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
NOT_TRUSTED_CODE = 60020


def apply(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Let one fault happen to a call; what follows is the next fault or the vendor."""
    return ACTIONS[FaultKind(fault.kind)](fault, vendor, api, following, call)


def _vendor_code(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Refuse with a code of the vendor."""
    del following
    return vendor.refuse(Refusal(fault.code, fault.message, fault.status), call, api)


def _http(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Answer as a proxy would that cannot reach the vendor."""
    del call, vendor, api, following
    body = PROXY_PAGE if fault.body is None else fault.body
    headers = {"Content-Type": "text/html"} | dict(fault.headers)
    return Answer(body, status=fault.status or 502, headers=headers, good=False)


def _redirect(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Send the client elsewhere, as a captive portal does."""
    del call, vendor, api, following
    return Answer(b"", fault.status or 302, {"Location": fault.location}, good=False)


def _not_trusted(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Refuse the caller's address, except where a token is asked for."""
    if api == "gettoken":
        return following(call)
    seen = replace(call, remote=fault.address)
    return vendor.refuse(Refusal(NOT_TRUSTED_CODE), seen, api)


def _token_ended(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """End the token just before the call."""
    del fault
    if api != "gettoken":
        vendor.end_sessions()
    return following(call)


def _clock(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Put the server's clock off by some seconds."""
    del vendor, api
    return following(replace(call, now=call.now + fault.seconds))


def _shift_page(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Move the rooms by one with every call, as if one came and one went."""
    del vendor, api
    return following(replace(call, shift=fault.used - 1))


def _repeat_page(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Answer every page with the first."""
    del vendor, api
    if fault.first_answer is None:
        fault.first_answer = following(call)
    return fault.first_answer


def _endless_cursor(
    fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
) -> Answer:
    """Promise another page with every page."""
    first = _repeat_page(fault, vendor, api, following, call)
    if not first.good or not isinstance(first.content, dict):
        return first
    content = dict(first.content)
    if "has_more" in content:
        content |= {"has_more": True, "next_cursor": f"endless-{fault.used}"}
    if "total_page" in content:
        page = int(call.query.get("page", "1"))
        content |= {"total_page": 10**6, "total_count": 5 * 10**7, "current_page": page}
    return replace(first, content=content)


def _spoil(spoil: Callable[[Any, Fault], Any]) -> Action:
    """Make an action of a function that spoils the content of a good answer."""

    def action(
        fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
    ) -> Answer:
        """Spoil a good answer."""
        del vendor, api
        answer = following(call)
        return (
            replace(answer, content=spoil(answer.content, fault))
            if answer.good
            else answer
        )

    return action


def _send(delivery: Any) -> Action:
    """Make an action of a way to send."""

    def action(
        fault: Fault, vendor: Vendor, api: str, following: Following, call: Call
    ) -> Answer:
        """Send the answer in another way."""
        del fault, vendor, api
        return replace(following(call), delivery=delivery)

    return action


ACTIONS: dict[FaultKind, Action] = {
    FaultKind.VENDOR_CODE: _vendor_code,
    FaultKind.HTTP: _http,
    FaultKind.EMPTY_404: lambda *_: NOT_FOUND,
    FaultKind.REDIRECT: _redirect,
    FaultKind.NOT_TRUSTED: _not_trusted,
    FaultKind.TOKEN_ENDED: _token_ended,
    FaultKind.CLOCK: _clock,
    FaultKind.SHIFT_PAGE: _shift_page,
    FaultKind.REPEAT_PAGE: _repeat_page,
    FaultKind.ENDLESS_CURSOR: _endless_cursor,
    FaultKind.INVALID_JSON: _spoil(
        lambda body, fault: fault.body or '{"status": 0 "result": }'
    ),
    FaultKind.WRONG_SHAPE: _spoil(
        lambda body, fault: fault.body or '["not", "an", "object"]'
    ),
    FaultKind.WRONG_TYPES: _spoil(lambda body, fault: bodies.wrong_types(body)),
    FaultKind.BAD_ROOM: _spoil(
        lambda body, fault: bodies.with_bad_row(body, fault.room_id)
    ),
    FaultKind.DEEP_NESTING: _spoil(lambda body, fault: "[" * DEPTH + "]" * DEPTH),
    FaultKind.TRUNCATE: _send(deliveries.truncate),
    FaultKind.HANG_BEFORE: _send(deliveries.hang),
    FaultKind.HANG_WITHIN: _send(deliveries.hang_within),
    FaultKind.RESET: _send(deliveries.reset),
    FaultKind.ENDLESS: _send(deliveries.endless),
}
