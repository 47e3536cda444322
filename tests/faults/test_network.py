"""Test what people notice of an account whose vendor cannot be reached at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from .account import Account
from .fault_ids import FaultId, cases
from .line import Line, dribbles, head_of, reset, says, then_holds
from .names import Names
from .outage import Trouble, live_through, meets

HALF = head_of(Content_Length="1000") + b'{"errcode": 0, "status": 0, "meeting'
HINTS = head_of("103 Early Hints", Link="</style.css>") * 3
DRIBBLING = dribbles(head_of(Transfer_Encoding="chunked"), b"1\r\n{\r\n")


@asynccontextmanager
async def nobody_listens(line: Line, names: Names) -> AsyncIterator[None]:
    """Refuse every connection."""
    await line.cut()
    yield
    await line.connect()


@asynccontextmanager
async def nobody_knows_the_name(line: Line, names: Names) -> AsyncIterator[None]:
    """Let the name service fail."""
    names.works = False
    yield
    names.works = True


@asynccontextmanager
async def a_byte_comes_each_second(line: Line, names: Names) -> AsyncIterator[None]:
    """Send so little at a time that no single wait is long."""
    line.seconds_a_hold, usual = 1, line.seconds_a_hold
    async with meets(DRIBBLING)(line, names):
        yield
    line.seconds_a_hold = usual


TROUBLES: list[tuple[FaultId, str, Trouble]] = [
    (FaultId.CONNECTION_REFUSED, "", nobody_listens),
    (FaultId.NAME_NOT_FOUND, "", nobody_knows_the_name),
    (FaultId.CONNECTION_RESET, "", meets(reset)),
    (FaultId.CONNECTION_CLOSED, "", meets(says(b""))),
    (FaultId.SILENT_BEFORE_ANSWER, "", meets(then_holds())),
    (FaultId.SILENT_BEFORE_ANSWER, "early hints", meets(then_holds(HINTS))),
    (FaultId.SILENT_WITHIN_ANSWER, "", meets(then_holds(HALF))),
    (FaultId.DRIBBLING_ANSWER, "", a_byte_comes_each_second),
    (FaultId.ANSWER_CUT_OFF, "", meets(says(HALF))),
    (FaultId.NO_HTTP, "", meets(says(b"SSH-2.0-OpenSSH_10.0\r\n"))),
    (FaultId.WRONG_LENGTH, "", meets(says(head_of(Content_Length="-1")))),
]


@pytest.mark.parametrize(("vendor", "trouble"), cases(TROUBLES))
async def test_an_account_lives_through_it(
    account: Account, bystander: str, trouble: Trouble
) -> None:
    """As the reliability page describes."""
    await live_through(account, bystander, trouble)
