"""Test that a call that failed leaves nothing of its answer, without any garbage collection."""

from collections.abc import Callable, Iterator
import gc
from typing import Any
import weakref

from aiohttp import web
import pytest

from custom_components.meeting_rooms.api.client import VendorClient
from custom_components.meeting_rooms.api.errors import ApiError
from custom_components.meeting_rooms.api.transport import VendorResponse

from .accounts import Company
from .scripted import ScriptedVendor

REFUSED = {"errcode": 777, "status": 777, "error_info": {"error_code": 777}}
TOO_LONG = {
    "errcode": 0,
    "status": 0,
    "meeting_room_list": [{}] * 1001,
    "result": [{}] * 10_001,
}
TENCENT_LIST = "/v1/meeting-rooms"
WECOM_LIST = "/cgi-bin/meeting/rooms/list"
WECOM_TOKEN = "/cgi-bin/gettoken"
QUANSHI_LIST = "/confopenapi/room/conference/list"


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Free only what nothing refers to."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def answers() -> list[VendorResponse]:
    """Return the answers that something still holds."""
    return [each for each in gc.get_objects() if type(each) is VendorResponse]


async def error_of(client: VendorClient) -> ApiError:
    """Return the error of a poll that fails; nothing here holds it."""
    try:
        await client.fetch_live()
    except ApiError as err:
        return err
    raise AssertionError("the poll went well")


def lay_down(vendor: ScriptedVendor, reply: Any) -> None:
    """Let every list answer this."""
    vendor.reply(WECOM_TOKEN, {"errcode": 0, "access_token": "T", "expires_in": 7200})
    for path in (TENCENT_LIST, WECOM_LIST, QUANSHI_LIST):
        vendor.reply(path, reply)


@pytest.mark.parametrize(
    "open_client", [Company.tencent, Company.wecom, Company.quanshi]
)
@pytest.mark.parametrize(
    "reply", [(REFUSED, 200), (REFUSED, 500), ({}, 404), ([], 200)]
)
async def test_an_error_keeps_nothing_of_the_answer(
    scripted: Company,
    vendor: ScriptedVendor,
    open_client: Callable[[Company], VendorClient],
    uncollected: None,
    reply: tuple[Any, int],
) -> None:
    """Not even as long as somebody keeps the error."""
    body, status = reply
    lay_down(vendor, lambda _: web.json_response(body, status=status))
    error = await error_of(open_client(scripted))
    assert error.__traceback__ is not None
    assert answers() == []


@pytest.mark.parametrize(
    "open_client", [Company.tencent, Company.wecom, Company.quanshi]
)
@pytest.mark.parametrize("reply", [REFUSED, TOO_LONG])
async def test_polls_that_fail_leave_nothing(
    scripted: Company,
    vendor: ScriptedVendor,
    open_client: Callable[[Company], VendorClient],
    uncollected: None,
    reply: Any,
) -> None:
    """Neither the errors nor what the vendor answered."""
    lay_down(vendor, reply)
    client = open_client(scripted)
    errors = [weakref.ref(await error_of(client)) for _ in range(3)]
    assert [error() for error in errors] == [None] * 3
    assert answers() == []


@pytest.mark.parametrize("reply", [REFUSED, {"errcode": 40001}, {"errcode": 0}])
async def test_a_token_that_never_comes_leaves_nothing(
    scripted: Company, vendor: ScriptedVendor, uncollected: None, reply: Any
) -> None:
    """Credentials that were refused are remembered, not the call that tried them."""
    vendor.reply(WECOM_TOKEN, reply)
    client = scripted.wecom()
    errors = [weakref.ref(await error_of(client)) for _ in range(3)]
    assert [error() for error in errors] == [None] * 3
    assert answers() == []


async def test_an_error_that_is_raised_again_says_the_same(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """With its code and all that its caller needs."""
    vendor.reply(TENCENT_LIST, web.json_response({}, status=429))
    error = await error_of(scripted.tencent())
    again = error.again()
    assert (type(again), str(again), vars(again)) == (
        type(error),
        str(error),
        vars(error),
    )
    assert again.__traceback__ is None
