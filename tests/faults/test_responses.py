"""Test responses that are not the vendor's JSON."""

import gzip
from typing import Final

import pytest

from .account import Account
from .fault_ids import FaultId, fault_params
from .outage import check_outage, every_response
from .proxy import ResponseFault
from .response_faults import respond, respond_endlessly, respond_raw, response_head

HTML: Final = "<html><body><h1>Please log in</h1></body></html>"
DEPTH: Final = 200_000
DEEP: Final = "[" * DEPTH
DEEP_RESULT: Final = f'{{"status": 0, "result": {DEEP}{"]" * DEPTH}}}'
HUGE: Final = 64 * 1024 * 1024
BOMB: Final = gzip.compress(b'{"a": "' + b" " * HUGE + b'"}')
COMPRESSED_TWICE: Final = gzip.compress(BOMB)
HEADERS: Final = {f"X-{number}": "x" * 1000 for number in range(100)}

RESPONSES: list[tuple[FaultId, str, ResponseFault]] = [
    (FaultId.PROXY_PAGE_200, "", respond(HTML, Content_Type="text/html")),
    (FaultId.PROXY_PAGE_502, "", respond(HTML, "502 Bad Gateway")),
    (FaultId.EMPTY_404, "", respond("", "404 Not Found")),
    (FaultId.INVALID_JSON, "", respond('{"errcode": 0, "status": 0 "result": }')),
    (FaultId.INVALID_JSON, "no content", respond("", "204 No Content")),
    (FaultId.INVALID_JSON, "unknown encoding", respond(b"\xff\xfe{\x00}\x00")),
    (FaultId.INVALID_JSON, "not compressed", respond("{}", Content_Encoding="gzip")),
    (FaultId.OTHER_JSON, "list", respond('["not", "an", "object"]')),
    (FaultId.OTHER_JSON, "object", respond('{"hello": "world"}')),
    (
        FaultId.OTHER_JSON,
        "another protocol",
        respond_raw(response_head("101 Switching Protocols")),
    ),
    (
        FaultId.ENDLESS_ANSWER,
        "",
        respond_endlessly(
            response_head(Content_Type="application/json"), b'"' + b"x" * 65_534 + b'"'
        ),
    ),
    (FaultId.PACKED_BOMB, "", respond(BOMB, Content_Encoding="gzip")),
    (
        FaultId.PACKED_BOMB,
        "twice",
        respond(COMPRESSED_TWICE, Content_Encoding="gzip, gzip"),
    ),
    (FaultId.DEEP_NESTING, "body", respond(DEEP)),
    (FaultId.DEEP_NESTING, "result", respond(DEEP_RESULT)),
    (FaultId.HUGE_HEADERS, "one", respond("{}", X_Long="x" * 200_000)),
    (FaultId.HUGE_HEADERS, "many", respond("{}", **HEADERS)),
]


@pytest.mark.parametrize(("vendor", "fault"), fault_params(RESPONSES))
async def test_malformed_response_is_an_outage(
    account: Account, other_vendor: str, fault: ResponseFault
) -> None:
    """The account has the outage that the reliability page describes."""
    await check_outage(account, other_vendor, every_response(fault))
