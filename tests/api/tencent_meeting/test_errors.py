"""Test that the codes of Tencent Meeting become the documented errors."""

from datetime import datetime

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    ClockSkew,
    DailyLimitReached,
    InvalidAuth,
    InvalidOperator,
    InvalidResponse,
    NotFound,
    OperatorRequired,
    PermissionDenied,
    RateLimited,
    RequestRejected,
)
from custom_components.meeting_rooms.api.values import BEIJING
from simulator import Fault

from ..accounts import Company
from ..scripted import ScriptedVendor
from .requests import LIST, page

VENDOR = "tencent_meeting"
ROOM = "100001"
OPERATOR_CODES = [10001, 20001, 190001, 190004, 200005, 200006]


@pytest.mark.parametrize(
    ("code", "kind", "requests"),
    [
        (190303, InvalidAuth, 1),
        (200003, InvalidAuth, 1),
        (200001, RequestRejected, 1),
        (190300, ClockSkew, 1),
        (190301, RequestRejected, 2),
        (200002, RequestRejected, 2),
        (9042, PermissionDenied, 1),
        (190001, InvalidOperator, 1),
        (20001, InvalidOperator, 1),
        (190310, RateLimited, 1),
        (190313, RateLimited, 1),
        (9061, RateLimited, 1),
        (190311, DailyLimitReached, 1),
        (190312, DailyLimitReached, 1),
        (20201, NotFound, 1),
        (190004, RequestRejected, 1),
        (200005, RequestRejected, 1),
        (200006, RequestRejected, 1),
        (10001, RequestRejected, 1),
        (41, CannotConnect, 2),
        (5108, CannotConnect, 2),
        (777777, RequestRejected, 1),
    ],
)
@pytest.mark.parametrize("status", [None, 200, 400, 403, 500])
async def test_the_code_determines_the_error_for_every_http_status(
    company: Company, code: int, kind: type[ApiError], requests: int, status: int | None
) -> None:
    """Only retryable codes cause one retry."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code, status=status))
    with pytest.raises(ApiError) as caught:
        await company.tencent().fetch_live()
    assert type(caught.value) is kind
    assert caught.value.code == code
    assert company.sim.requests.count() == requests


@pytest.mark.parametrize("code", [190301, 200002, 41, 5108])
async def test_a_successful_retry_hides_the_error(company: Company, code: int) -> None:
    """The method returns the result of the second request."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code, times=1))
    assert (await company.tencent().fetch_live()).rooms_complete is True
    assert company.sim.requests.count(VENDOR, "list") == 2


async def test_a_code_may_be_text(scripted: Company, vendor: ScriptedVendor) -> None:
    """A code as text means the same as the number."""
    vendor.reply(LIST, {"error_info": {"error_code": "9042"}})
    with pytest.raises(PermissionDenied):
        await scripted.tencent().fetch_live()


@pytest.mark.parametrize("code", OPERATOR_CODES)
@pytest.mark.parametrize(
    ("api", "method"),
    [
        ("list", "fetch_live"),
        ("devices", "fetch_devices"),
        ("alarms", "fetch_alarms"),
        ("controllers", "fetch_controllers"),
    ],
)
async def test_a_list_may_require_an_operator(
    company: Company, api: str, method: str, code: int
) -> None:
    """A missing operator is the only possible error in the parameters of a list."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, api, code=code))
    client = company.tencent(operator_id=None)
    with pytest.raises(OperatorRequired) as caught:
        await getattr(client, method)()
    assert (caught.value.key, caught.value.code) == ("operator_required", code)


@pytest.mark.parametrize("code", [190004, 10001])
async def test_an_unknown_room_id_is_no_missing_operator(
    company: Company, code: int
) -> None:
    """The same code means a bad parameter for the details of a room."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "details", code=code))
    with pytest.raises(RequestRejected) as caught:
        await company.tencent(operator_id=None).fetch_details(ROOM)
    assert type(caught.value) is RequestRejected


@pytest.mark.parametrize("code", [190310, 190313, 9061])
async def test_a_limit_per_minute_lasts_a_minute(company: Company, code: int) -> None:
    """Code 190310 applies to all APIs of the account."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code))
    with pytest.raises(RateLimited) as caught:
        await company.tencent().fetch_live()
    assert caught.value.retry_after == 60
    assert caught.value.whole_account is (code == 190310)


@pytest.mark.parametrize("code", [190311, 190312])
@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (datetime(2026, 3, 17, 23, 59, 30, tzinfo=BEIJING), 30),
        (datetime(2026, 3, 17, 0, 5, 0, tzinfo=BEIJING), 86_100),
        (datetime(2026, 3, 17, 8, 0, 0, tzinfo=BEIJING), 16 * 3600),
    ],
)
async def test_a_limit_per_day_lasts_until_midnight_in_beijing(
    company: Company,
    freezer: FrozenDateTimeFactory,
    code: int,
    now: datetime,
    seconds: float,
) -> None:
    """The time zone of Home Assistant does not matter."""
    freezer.move_to(now)
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=code))
    with pytest.raises(DailyLimitReached) as caught:
        await company.tencent().fetch_live()
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(("after", "seconds"), [(0, 300), (1, 299), (299, 1)])
async def test_a_daily_limit_just_after_midnight_is_that_of_the_previous_day(
    company: Company, freezer: FrozenDateTimeFactory, after: int, seconds: float
) -> None:
    """The vendor's clock may be five minutes behind."""
    freezer.move_to(datetime(2026, 3, 17, 0, after // 60, after % 60, tzinfo=BEIJING))
    company.sim.faults.add(Fault("vendor_code", VENDOR, code=190311))
    with pytest.raises(DailyLimitReached) as caught:
        await company.tencent().fetch_live()
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, "{}", CannotConnect),
        (503, '{"error_info": {"error_code": 0}}', CannotConnect),
        (500, '{"error_info": {}}', CannotConnect),
        (400, "{}", InvalidResponse),
        (404, '{"error_info": "gone"}', InvalidResponse),
        (401, '{"error_info": {"error_code": []}}', InvalidResponse),
    ],
)
async def test_the_http_status_determines_the_error_without_a_code(
    company: Company, status: int, body: str, kind: type[ApiError]
) -> None:
    """The HTTP status becomes the code of the error."""
    company.sim.faults.add(Fault("http", VENDOR, status=status, body=body))
    with pytest.raises(ApiError) as caught:
        await company.tencent().fetch_live()
    assert (type(caught.value), caught.value.code) == (kind, status)


@pytest.mark.parametrize(
    "info",
    [
        *(
            {"error_code": code}
            for code in ("ERR_BUSY", "", None, True, [], 2**63, [1])
        ),
        *({"new_error_code": 500123, "message": "busy"}, "busy", ["busy"], 7),
    ],
    ids=repr,
)
async def test_an_unreadable_error_is_an_invalid_response(
    scripted: Company, vendor: ScriptedVendor, info: object
) -> None:
    """A list in the same response is ignored."""
    vendor.reply(LIST, page(0) | {"error_info": info})
    with pytest.raises(InvalidResponse):
        await scripted.tencent().fetch_live()


@pytest.mark.parametrize(
    "info", [None, {}, [], "", {"error_code": 0}, {"error_code": "0"}], ids=repr
)
async def test_an_empty_error_is_a_success(
    scripted: Company, vendor: ScriptedVendor, info: object
) -> None:
    """The response contains a valid list too."""
    vendor.reply(LIST, page(1, "1") | {"error_info": info})
    assert (await scripted.tencent().fetch_live()).rooms_complete is True
