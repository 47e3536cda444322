"""Test which requests Tencent Meeting rejects."""

import time
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Simulator

from .clients import ROOMS, TencentClient


async def test_a_correctly_signed_request_succeeds(tencent: TencentClient) -> None:
    """The list is returned."""
    assert (await tencent.get()).json["total_count"] == 40


async def test_the_prefix_of_a_proxy_is_not_signed(tencent: TencentClient) -> None:
    """The signature covers the path after the prefix."""
    tencent.prefix = "/proxy"
    assert (await tencent.get()).status == 200


async def test_a_signature_over_the_prefix_is_rejected(tencent: TencentClient) -> None:
    """The vendor does not receive the prefix."""
    target = "/proxy" + tencent.target(ROOMS)
    assert (await tencent.send(target, tencent.headers(target))).code == 200003


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type",
        "X-TC-Key",
        "X-TC-Timestamp",
        "X-TC-Nonce",
        "X-TC-Signature",
        "AppId",
        "X-TC-Registered",
    ],
)
async def test_a_request_without_a_required_header_is_rejected(
    tencent: TencentClient, header: str
) -> None:
    """The message names the header."""
    target = tencent.target(ROOMS)
    headers = tencent.headers(target) | {header: ""}
    reply = await tencent.send(target, headers)
    assert (reply.status, reply.code) == (400, 200001)
    assert header in reply.json["error_info"]["message"]


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("X_TC_Key", "AKIDother", 190303),
        ("AppId", "1", 190303),
        ("SdkId", "1", 190303),
        ("SdkId", "", 190303),
        ("X_TC_Signature", "x" * 88, 200003),
        ("X_TC_Nonce", "0", 200005),
        ("X_TC_Nonce", "-5", 200005),
        ("X_TC_Nonce", "1.5", 200005),
        ("X_TC_Nonce", "9" * 5000, 200005),
        ("X_TC_Timestamp", "now", 200005),
        ("X_TC_Timestamp", "1572168600", 190300),
        ("X_TC_Registered", "0", 200005),
        ("Content_Type", "text/plain", 200005),
    ],
)
async def test_a_wrong_header_is_rejected_with_its_own_code(
    tencent: TencentClient, header: str, value: str, code: int
) -> None:
    """The code identifies the wrong header."""
    assert (await tencent.get_with_headers(**{header: value})).code == code


async def test_an_empty_sdk_id_counts_as_not_sent(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The vendor's own client sends it empty."""
    sim.accounts.tencent_meeting.sdk_id = ""
    assert (await tencent.get_with_headers(SdkId="")).status == 200


async def test_an_unknown_sdk_id_is_rejected(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The simulator does not ignore the id."""
    sent = sim.accounts.tencent_meeting.sdk_id
    sim.accounts.tencent_meeting.sdk_id = ""
    assert (await tencent.get_with_headers(SdkId=sent)).code == 190303


@pytest.mark.parametrize(
    ("seconds", "status"), [(-295, 200), (295, 200), (-310, 400), (310, 400)]
)
async def test_a_clock_can_be_five_minutes_off(
    tencent: TencentClient, seconds: int, status: int
) -> None:
    """A larger difference is rejected."""
    stamp = str(int(time.time()) + seconds)
    assert (await tencent.get_with_headers(X_TC_Timestamp=stamp)).status == status


async def test_a_request_cannot_be_replayed(tencent: TencentClient) -> None:
    """The second request is rejected."""
    target = tencent.target(ROOMS)
    headers = tencent.headers(target)
    assert (await tencent.send(target, headers)).status == 200
    assert (await tencent.send(target, headers)).code == 190301


async def test_a_rejected_signature_does_not_use_up_the_nonce(
    tencent: TencentClient,
) -> None:
    """Only a valid request uses up the nonce."""
    target = tencent.target(ROOMS)
    headers = tencent.headers(target)
    await tencent.send(target, headers | {"X-TC-Signature": "x"})
    assert (await tencent.send(target, headers)).status == 200


async def test_the_query_is_signed_as_it_was_sent(tencent: TencentClient) -> None:
    """A different encoding of the same name has a different signature."""
    encoded = tencent.target(ROOMS) + "&meeting_room_name=" + quote("楼")
    lower = encoded.replace("%E6%A5%BC", "%e6%a5%bc")
    assert (await tencent.send(lower, tencent.headers(lower))).status == 200
    assert (await tencent.send(lower, tencent.headers(encoded))).code == 200003


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", 190001),
        ("?operator_id_type=1", 190001),
        ("?operator_id=other&operator_id_type=1", 190001),
        ("?operator_id=operator1", 190004),
        ("?operator_id=operator1&operator_id_type=2", 190004),
    ],
)
async def test_a_request_without_a_permitted_operator_is_rejected(
    tencent: TencentClient, query: str, code: int
) -> None:
    """Both the operator and its type are required."""
    target = ROOMS + query
    assert (await tencent.send(target, tencent.headers(target))).code == code


async def test_an_older_account_needs_no_operator(
    sim: Simulator, tencent: TencentClient
) -> None:
    """A request without an operator succeeds."""
    sim.accounts.tencent_meeting.operator_required = False
    assert (await tencent.send(ROOMS, tencent.headers(ROOMS))).status == 200


async def test_a_missing_permission_is_rejected_for_that_api_only(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The permission can be restored."""
    sim.accounts.tencent_meeting.permissions.revoke("devices")
    assert (await tencent.get("/v1/devices")).code == 9042
    assert (await tencent.get()).status == 200
    sim.accounts.tencent_meeting.permissions.grant("devices")
    assert (await tencent.get("/v1/devices")).status == 200


async def test_an_account_without_permissions_is_rejected_everywhere(
    sim: Simulator, tencent: TencentClient
) -> None:
    """Revoking without an API revokes all permissions."""
    sim.accounts.tencent_meeting.permissions.revoke()
    assert (await tencent.get()).code == 9042


async def test_too_many_requests_to_one_api_in_a_minute_are_rejected(
    freezer: FrozenDateTimeFactory, sim: Simulator, tencent: TencentClient
) -> None:
    """The HTTP status is 500; other APIs and the next minute are not affected."""
    sim.accounts.tencent_meeting.limits.per_api = 3
    codes = [(await tencent.get()).status for _ in range(4)]
    reply = await tencent.get()
    assert codes[:3] == [200, 200, 200]
    assert (reply.status, reply.code) == (500, 190313)
    assert (await tencent.get("/v1/devices")).status == 200
    freezer.tick(60)
    assert (await tencent.get()).status == 200


@pytest.mark.parametrize(
    ("limit", "code"), [("per_minute", 190310), ("per_day", 190311)]
)
async def test_too_many_requests_in_total_are_rejected(
    freezer: FrozenDateTimeFactory,
    sim: Simulator,
    tencent: TencentClient,
    limit: str,
    code: int,
) -> None:
    """Every API counts towards the application's limits."""
    setattr(sim.accounts.tencent_meeting.limits, limit, 1)
    await tencent.get()
    reply = await tencent.get("/v1/devices")
    assert (reply.status, reply.code) == (500, code)


async def test_limits_can_be_disabled(sim: Simulator, tencent: TencentClient) -> None:
    """The number of requests is unlimited."""
    sim.accounts.tencent_meeting.limits.per_api = 1
    sim.accounts.tencent_meeting.limits.enabled = False
    assert [(await tencent.get()).status for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v2/meeting-rooms", "/"])
async def test_an_unknown_path_is_not_found(tencent: TencentClient, path: str) -> None:
    """The response is HTTP 404."""
    assert (await tencent.get(path)).status == 404
