"""Test the errors of Quanshi, and the effect of one API's refusal on the others."""

from collections.abc import Callable
import json

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.client import TrackedConference
from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    WrongService,
)
from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.quanshi.vendor import VENDOR as REGISTERED
from simulator import Fault

from ..accounts import Company
from ..scripted import ScriptedVendor
from .responses import (
    DASHBOARD,
    GET_STATUS,
    HOUR,
    INFOS,
    LIST,
    LIST_ALL,
    TOKEN_REFUSED,
    VENDOR,
    booked_in_5,
    state,
    success,
)

PAGE = "<html><body>403 Forbidden</body></html>"
APIS = {
    LIST_ALL: "room/listAll",
    GET_STATUS: "conference/getStatus",
    INFOS: "room/conference/infos",
    DASHBOARD: "admin/dashboard/conference/info",
}


def refused(status: int) -> object:
    """Return a response in which the vendor refuses the token."""
    return lambda _: web.json_response(TOKEN_REFUSED, status=status)


def page(status: int) -> object:
    """Return a web page such as a firewall or a captive portal returns."""
    return lambda _: web.Response(text=PAGE, status=status, content_type="text/html")


@pytest.fixture
def complete(running_in_5: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor whose APIs all succeed."""
    running_in_5.reply(GET_STATUS, success([state(7, 2, "r7"), state(8, 1)]))
    running_in_5.reply(INFOS, success([booked_in_5(8) | {"houseList": []}]))
    running_in_5.reply(
        DASHBOARD, success({"tempConferenceId": "r7", "status": 2, "attendeeCnt": 5})
    )
    return running_in_5


@pytest.mark.parametrize("status", [401, 403, 400, 200])
async def test_a_refused_token_is_an_authentication_error(
    company: Company, status: int
) -> None:
    """Either the HTTP status or the message reports the refusal."""
    company.sim.accounts.quanshi.token_error_status = status
    with pytest.raises(InvalidAuth):
        await company.quanshi(token="wrong").fetch_live()


async def test_a_failure_inside_the_vendor_is_not_an_authentication_error(
    company: Company,
) -> None:
    """The HTTP status 500 precedes a message that mentions the token."""
    company.sim.accounts.quanshi.token_error_status = 500
    with pytest.raises(CannotConnect):
        await company.quanshi(token="wrong").fetch_live()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"status": 7, "msg": "create token timeout"}, RequestRejected),
        (403, {"status": 7, "msg": "check token error: rpc timeout"}, RequestRejected),
        (403, {"status": 9, "msg": "no permission"}, PermissionDenied),
        (401, {"status": 401, "error": "Unauthorized"}, InvalidResponse),
        (403, {"status": 403, "error": "Forbidden", "path": "/"}, InvalidResponse),
        (401, {"status": 3, "msg": "please log in again"}, InvalidAuth),
        (403, {"status": 3, "msg": "token has expired"}, InvalidAuth),
    ],
)
async def test_an_authentication_error_requires_the_vendors_own_statement(
    company: Company, status: int, body: dict[str, object], kind: type[ApiError]
) -> None:
    """HTTP 401 or 403 without the vendor's envelope does not mean that the token is refused."""
    company.sim.faults.add(Fault("http", VENDOR, status=status, body=json.dumps(body)))
    with pytest.raises(ApiError) as caught:
        await company.quanshi().fetch_live()
    assert type(caught.value) is kind


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(
    "body", ["", PAGE, "{}", "[]", "null", '"Unauthorized"', '{"message":"Forbidden"}']
)
async def test_a_body_that_is_not_the_vendors_is_a_failed_poll(
    company: Company, status: int, body: str
) -> None:
    """A page of a firewall or a captive portal does not mean that the token is refused."""
    company.sim.faults.add(Fault("http", VENDOR, status=status, body=body))
    with pytest.raises(InvalidResponse) as caught:
        await company.quanshi().fetch_live()
    assert caught.value.code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"errcode":40014,"errmsg":"invalid access_token"}', 200),
        ('{"error_info":{"error_code":10001,"message":"invalid token"}}', 400),
        ('{"code":401,"message":"token expired"}', 401),
        ("<html>not found</html>", 404),
        ("", 404),
    ],
)
async def test_another_service_at_the_address_is_reported(
    company: Company, body: str, status: int
) -> None:
    """The service has another vendor's envelope, or returns 404 for the path."""
    company.sim.faults.add(Fault("http", VENDOR, status=status, body=body))
    client = company.quanshi()
    with pytest.raises(WrongService):
        await client.fetch_live()
    with pytest.raises(WrongService):
        await client.find_conference(event_id="7", pcode=None, run_id=None)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("vendor_code", VENDOR, "list", code=10001), RequestRejected),
        (
            Fault(
                "vendor_code", VENDOR, "list", code=7, message="create token timeout"
            ),
            RequestRejected,
        ),
        (Fault("http", VENDOR, "list", status=502), CannotConnect),
        (Fault("http", VENDOR, "list", status=429), RateLimited),
        (Fault("invalid_json", VENDOR, "list"), InvalidResponse),
        (Fault("wrong_shape", VENDOR, "list"), InvalidResponse),
        (Fault("http", VENDOR, "list", status=200, body="{}"), InvalidResponse),
    ],
)
async def test_a_failed_poll_has_the_documented_error(
    company: Company, fault: Fault, kind: type[ApiError]
) -> None:
    """The kinds of errors are the same for all vendors."""
    company.sim.faults.add(fault)
    with pytest.raises(ApiError) as caught:
        await company.quanshi().fetch_live()
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidResponse),
        (401, InvalidResponse),
        (404, WrongService),
        (429, RateLimited),
        (500, CannotConnect),
        (502, CannotConnect),
    ],
)
async def test_status_zero_is_no_success_with_an_http_error(
    client: QuanshiClient, vendor: ScriptedVendor, status: int, kind: type[ApiError]
) -> None:
    """The response may come from a proxy."""
    vendor.reply(LIST, lambda _: web.json_response(success([]), status=status))
    with pytest.raises(ApiError) as caught:
        await client.fetch_live()
    assert (type(caught.value), caught.value.code) == (kind, status)


async def test_another_host_is_rejected(company: Company) -> None:
    """A token is valid for the bookings of one host only."""
    with pytest.raises(RequestRejected):
        await company.quanshi(user_id="1").fetch_live()


@pytest.mark.parametrize("status", [404, 429, 502])
@pytest.mark.parametrize("path", APIS)
async def test_an_api_that_fails_from_the_first_poll_on_affects_no_other(
    client: QuanshiClient, complete: ScriptedVendor, path: str, status: int
) -> None:
    """A failure is not reported as a missing permission."""
    complete.reply(path, page(status))
    live = await client.fetch_live([TrackedConference(event_id="8")])
    assert live.denied == frozenset()
    assert "7" in live.conferences
    assert live.rooms_complete is (path != LIST_ALL)
    assert live.conferences_complete is (path != INFOS)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("response", [refused, page], ids=["JSON", "page"])
@pytest.mark.parametrize("path", APIS)
async def test_an_api_that_refuses_from_the_first_poll_on_affects_no_other(
    client: QuanshiClient,
    complete: ScriptedVendor,
    path: str,
    response: Callable[[int], object],
    status: int,
) -> None:
    """The repair issue names the API with its method and path."""
    complete.reply(path, response(status))
    live = await client.fetch_live([TrackedConference(event_id="8")])
    assert live.denied == {APIS[path]}
    assert REGISTERED.api_names[APIS[path]] == f"POST {path}"
    assert "7" in live.conferences
    others = {
        LIST_ALL: live.rooms.keys() == {"5"},
        GET_STATUS: live.conferences["7"].status == "in_progress",
        INFOS: "8" in live.conferences,
        DASHBOARD: live.conferences["7"].participants == 5,
    }
    expected = APIS.keys() - {path} - {GET_STATUS: {DASHBOARD}}.get(path, set())
    assert {each for each, works in others.items() if works} == expected
    assert live.rooms_complete is (path != LIST_ALL)
    assert live.conferences_complete is (path != INFOS)


async def test_a_room_is_unknown_while_live_states_are_refused(
    client: QuanshiClient, complete: ScriptedVendor
) -> None:
    """Whether the conference that is booked for now is running is unknown."""
    complete.reply(GET_STATUS, refused(401))
    live = await client.fetch_live()
    assert live.conferences["7"].status is None
    assert live.rooms["5"].status is None


@pytest.mark.parametrize("path", [LIST_ALL, GET_STATUS, DASHBOARD])
async def test_an_api_that_refuses_the_token_gets_it_again_after_an_hour(
    client: QuanshiClient,
    complete: ScriptedVendor,
    freezer: FrozenDateTimeFactory,
    path: str,
) -> None:
    """The API is no longer reported as denied once it accepts the token."""
    works = complete.replies[path][0]
    complete.reply(path, refused(401), works)
    denied = [(await client.fetch_live()).denied for _ in range(3)]
    assert denied == [{APIS[path]}] * 3
    assert len(complete.of(path)) == 1
    freezer.tick(HOUR)
    live = await client.fetch_live()
    assert live.denied == frozenset()
    assert live.rooms["5"].status is RoomStatus.IN_USE
    assert live.conferences["7"].participants == 5


async def test_an_api_behind_a_web_page_is_tried_with_each_poll(
    client: QuanshiClient, complete: ScriptedVendor
) -> None:
    """A single page of a firewall has no lasting effect."""
    works = complete.replies[GET_STATUS][0]
    complete.reply(GET_STATUS, page(403), works)
    first, second = [await client.fetch_live() for _ in range(2)]
    assert first.denied == {APIS[GET_STATUS]}
    assert second.denied == frozenset()
    assert second.rooms["5"].status is RoomStatus.IN_USE
