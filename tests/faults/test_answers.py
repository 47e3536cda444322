"""Test what people notice of an account whose vendor, or a proxy before it, talks nonsense."""

import gzip
from typing import Final

import pytest

from .account import Account
from .fault_ids import FaultId, cases
from .line import Mishap, for_ever, head_of, http, says
from .outage import live_through, meets

HTML: Final = "<html><body><h1>Log in, please</h1></body></html>"
DEPTH: Final = 200_000
DEEP: Final = "[" * DEPTH
DEEP_RESULT: Final = f'{{"status": 0, "result": {DEEP}{"]" * DEPTH}}}'
HUGE: Final = 64 * 1024 * 1024
BOMB: Final = gzip.compress(b'{"a": "' + b" " * HUGE + b'"}')
PACKED_TWICE: Final = gzip.compress(BOMB)
HEADERS: Final = {f"X-{number}": "x" * 1000 for number in range(100)}

ANSWERS: list[tuple[FaultId, str, Mishap]] = [
    (FaultId.PROXY_PAGE_200, "", http(HTML, Content_Type="text/html")),
    (FaultId.PROXY_PAGE_502, "", http(HTML, "502 Bad Gateway")),
    (FaultId.EMPTY_404, "", http("", "404 Not Found")),
    (FaultId.INVALID_JSON, "", http('{"errcode": 0, "status": 0 "result": }')),
    (FaultId.INVALID_JSON, "nothing", http("", "204 No Content")),
    (FaultId.INVALID_JSON, "no known encoding", http(b"\xff\xfe{\x00}\x00")),
    (FaultId.INVALID_JSON, "wrongly packed", http("{}", Content_Encoding="gzip")),
    (FaultId.OTHER_JSON, "list", http('["not", "an", "object"]')),
    (FaultId.OTHER_JSON, "object", http('{"hello": "world"}')),
    (FaultId.OTHER_JSON, "another protocol", says(head_of("101 Switching Protocols"))),
    (
        FaultId.ENDLESS_ANSWER,
        "",
        for_ever(head_of(Content_Type="application/json"), b'"' + b"x" * 65_534 + b'"'),
    ),
    (FaultId.PACKED_BOMB, "", http(BOMB, Content_Encoding="gzip")),
    (FaultId.PACKED_BOMB, "twice", http(PACKED_TWICE, Content_Encoding="gzip, gzip")),
    (FaultId.DEEP_NESTING, "body", http(DEEP)),
    (FaultId.DEEP_NESTING, "result", http(DEEP_RESULT)),
    (FaultId.HUGE_HEADERS, "one", http("{}", X_Long="x" * 200_000)),
    (FaultId.HUGE_HEADERS, "many", http("{}", **HEADERS)),
]


@pytest.mark.parametrize(("vendor", "answer"), cases(ANSWERS))
async def test_an_account_lives_through_it(
    account: Account, bystander: str, answer: Mishap
) -> None:
    """As the reliability page describes."""
    await live_through(account, bystander, meets(answer))
