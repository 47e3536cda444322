"""Test that a request that changes something is sent once, and what its errors say."""

from http import HTTPStatus
from typing import Any

from aiohttp import ClientSession
from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api import errors
from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    EmptyResponse,
    InvalidOperator,
    InvalidResponse,
    NotFound,
    NotSent,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    TokenRejected,
)
from custom_components.meeting_rooms.api.transport import VendorResponse
from custom_components.meeting_rooms.api.writes import write
from simulator import Fault, Simulator

from .accounts import Company
from .test_retries import Act, hang_up, reset, respond, serving
from .writes import TENCENT, WECOM, WRITES, Write

ISSUED = {"access_token": "T", "expires_in": 7200}
EACH = pytest.mark.parametrize("sent", WRITES.values(), ids=WRITES)
OF_TENCENT = pytest.mark.parametrize(
    "sent", [each for each in WRITES.values() if each.vendor == TENCENT]
)
OF_WECOM = pytest.mark.parametrize(
    "sent", [each for each in WRITES.values() if each.vendor == WECOM]
)


async def error_of(company: Company, sent: Write, fault: Fault) -> ApiError:
    """Return the error of a write that a fault affects."""
    client = sent.client(company)
    prepared = await sent.prepare(client)
    fault.vendor, fault.api = sent.vendor, sent.api
    company.sim.company.writes.clear()
    company.sim.requests.clear()
    company.sim.faults.add(fault)
    with pytest.raises(ApiError) as caught:
        await sent.send(client, prepared)
    return caught.value


def counted(sim: Simulator, sent: Write) -> tuple[int, int]:
    """Return how many requests arrived, and how many were carried out."""
    return sim.requests.count(sent.vendor, sent.api), len(sim.company.writes)


# What is sent once


@EACH
async def test_a_write_is_carried_out_once(company: Company, sent: Write) -> None:
    """The request arrives as the vendor requires it."""
    client = sent.client(company)
    prepared = await sent.prepare(client)
    company.sim.company.writes.clear()
    company.sim.requests.clear()
    await sent.send(client, prepared)
    assert counted(company.sim, sent) == (1, 1)


@EACH
@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize("kind", ["hang_before", "hang_within", "reset", "truncate"])
async def test_the_outcome_of_a_lost_response_is_unknown(
    hurried: Company, sent: Write, kind: str, carried_out: bool
) -> None:
    """The client cannot tell whether the vendor carried out the request."""
    fault = Fault(kind, carried_out=carried_out)
    error = await error_of(hurried, sent, fault)
    assert type(error) is OutcomeUnknown
    assert counted(hurried.sim, sent) == (1, carried_out)


@EACH
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "http", "status": 500}, 500),
        ({"kind": "http", "status": 502}, 502),
        ({"kind": "http", "status": 503}, 503),
        ({"kind": "http", "status": 503, "headers": {"Retry-After": "5"}}, 503),
        ({"kind": "http", "status": 504}, 504),
        ({"kind": "http", "status": 408}, 408),
        ({"kind": "http", "status": 200}, 200),
        ({"kind": "redirect"}, 302),
        ({"kind": "http_status", "status": 500}, 500),
        ({"kind": "invalid_json"}, 200),
        ({"kind": "wrong_shape"}, 200),
        ({"kind": "deep_nesting"}, 200),
    ],
)
async def test_the_outcome_of_an_unreadable_response_is_unknown(
    company: Company, sent: Write, fault: dict[str, Any], code: int
) -> None:
    """A proxy may have sent it while the vendor carries out the request."""
    error = await error_of(company, sent, Fault(carried_out=True, **fault))
    assert (type(error), error.code) == (OutcomeUnknown, code)
    assert counted(company.sim, sent) == (1, 1)


@pytest.mark.parametrize(
    ("name", "code"),
    [("tencent book", 41), ("tencent create", 5108), ("wecom book", -1)],
)
async def test_the_outcome_of_an_internal_failure_is_unknown(
    company: Company, name: str, code: int
) -> None:
    """The same codes let a request for a list be repeated."""
    sent = WRITES[name]
    fault = Fault("vendor_code", code=code, carried_out=True)
    error = await error_of(company, sent, fault)
    assert (type(error), error.code) == (OutcomeUnknown, code)
    assert counted(company.sim, sent) == (1, 1)


@OF_TENCENT
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_kept_connection_that_is_lost_is_not_tried_again(
    company: Company, sent: Write, broken: Act
) -> None:
    """The vendor may have received the request, although a poll is repeated here."""
    empty = {"total_count": 0, "meeting_room_list": []}
    async with serving(company, respond(empty), broken) as (there, heads):
        client = there.tencent()
        await client.fetch_live()
        with pytest.raises(OutcomeUnknown):
            await sent.send(client, "7")
    assert len(heads) == 2


@OF_WECOM
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_kept_connection_to_wecom_that_is_lost_is_not_tried_again(
    company: Company, sent: Write, broken: Act
) -> None:
    """The first request fetched the token."""
    async with serving(company, respond(ISSUED), broken) as (there, heads):
        with pytest.raises(OutcomeUnknown):
            await sent.send(there.wecom(), "7")
    assert len(heads) == 2


# What was not carried out


@OF_TENCENT
async def test_a_write_without_a_connection_was_not_sent(
    nowhere: Company, sent: Write
) -> None:
    """The vendor has received nothing."""
    with pytest.raises(NotSent):
        await sent.send(nowhere.tencent(), "7")


@OF_TENCENT
@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:{port}", "http://no-such-host.invalid", "http://"]
)
async def test_a_write_without_a_host_or_without_tls_was_not_sent(
    sim: Simulator, session: ClientSession, sent: Write, address: str
) -> None:
    """The names of hosts and certificates are checked before anything is sent."""
    port = sim.url.rpartition(":")[2]
    there = Company(sim, session, address.format(port=port))
    with pytest.raises(NotSent):
        await sent.send(there.tencent(), "7")
    assert len(sim.requests) == 0


@OF_WECOM
@pytest.mark.parametrize("kind", ["hang_before", "reset", "http", "truncate"])
async def test_a_write_without_a_token_was_not_sent(
    hurried: Company, sent: Write, kind: str
) -> None:
    """Fetching a token changes nothing."""
    hurried.sim.faults.add(Fault(kind, vendor=WECOM, api="gettoken"))
    with pytest.raises(CannotConnect):
        await sent.send(hurried.wecom(), "meeting1")
    assert hurried.sim.requests.count(WECOM, sent.api) == 0


@EACH
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413])
async def test_a_status_that_refuses_a_request_is_no_doubt(
    company: Company, sent: Write, status: int
) -> None:
    """A gateway that refuses a request does not forward it."""
    error = await error_of(company, sent, Fault("http", status=status))
    assert (type(error), error.code) == (InvalidResponse, status)
    assert counted(company.sim, sent) == (1, 0)


@EACH
async def test_a_rate_limit_is_no_doubt(company: Company, sent: Write) -> None:
    """The vendor or its gateway refuses the request."""
    headers = {"Retry-After": "7"}
    error = await error_of(company, sent, Fault("http", status=429, headers=headers))
    assert isinstance(error, RateLimited)
    assert error.retry_after == 7
    assert counted(company.sim, sent) == (1, 0)


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("tencent create", 9008, RateLimited),
        ("tencent create", 9042, PermissionDenied),
        ("tencent create", 190001, InvalidOperator),
        ("tencent create", 190004, RequestRejected),
        ("tencent create", 190303, errors.InvalidAuth),
        ("tencent create", 190300, errors.ClockSkew),
        ("tencent create", 190313, RateLimited),
        ("tencent book", 9003, NotFound),
        ("tencent book", 9100, RequestRejected),
        ("tencent book", 20006, RequestRejected),
        ("tencent book", 20201, NotFound),
        ("tencent release", 9003, NotFound),
        ("tencent cancel", 9102, RequestRejected),
        ("tencent cancel", 20201, NotFound),
        ("tencent call", 9042, PermissionDenied),
        ("wecom book", 40058, RequestRejected),
        ("wecom book", 45009, RateLimited),
        ("wecom book", 48002, PermissionDenied),
        ("wecom book", 60020, errors.AddressNotAllowed),
        ("wecom release", 40058, NotFound),
        ("wecom release", 40063, NotFound),
        ("wecom release", 48002, PermissionDenied),
        ("wecom release", 47001, RequestRejected),
        ("wecom call", 40058, RequestRejected),
    ],
)
async def test_a_refusal_of_the_vendor_is_its_error(
    company: Company, name: str, code: int, kind: type[ApiError]
) -> None:
    """The vendor did not carry out the request."""
    error = await error_of(company, WRITES[name], Fault("vendor_code", code=code))
    assert (type(error), error.code) == (kind, code)
    assert counted(company.sim, WRITES[name]) == (1, 0)


# Tokens


@OF_WECOM
@pytest.mark.parametrize("kind", ["token_expired", "token_replaced"])
async def test_a_write_with_a_rejected_token_is_sent_again(
    company: Company, sent: Write, kind: str
) -> None:
    """The vendor checks the token before it does anything."""
    client = sent.client(company)
    prepared = await sent.prepare(client)
    company.sim.company.writes.clear()
    company.sim.requests.clear()
    company.sim.faults.add(Fault(kind, vendor=WECOM, api=sent.api, times=1))
    await sent.send(client, prepared)
    assert counted(company.sim, sent) == (2, 1)


@OF_WECOM
async def test_a_write_is_sent_twice_at_most(company: Company, sent: Write) -> None:
    """The second token is rejected as well."""
    error = await error_of(company, sent, Fault("vendor_code", code=42001))
    assert (type(error), error.code) == (TokenRejected, 42001)
    assert counted(company.sim, sent) == (2, 0)


@OF_WECOM
@pytest.mark.parametrize("broken", [reset, hang_up])
async def test_a_second_attempt_may_have_an_unknown_outcome(
    company: Company, sent: Write, broken: Act
) -> None:
    """It is the last one."""
    expired = respond({"errcode": 42001})
    acts = (respond(ISSUED), expired, respond(ISSUED), broken)
    async with serving(company, *acts) as (there, heads):
        with pytest.raises(OutcomeUnknown):
            await sent.send(there.wecom(), "7")
    assert len(heads) == 4


# Any error


KINDS = [each for each in vars(errors).values() if isinstance(each, type)]
LIMITS = [each for each in KINDS if issubclass(each, RateLimited)]
OTHERS = [each for each in KINDS if issubclass(each, ApiError) and each not in LIMITS]
CODES = st.none() | st.integers(-1, 700) | st.sampled_from(HTTPStatus)
ERRORS = st.builds(
    lambda kind, code: kind(code=code), st.sampled_from(OTHERS), CODES
) | st.builds(lambda kind, code: kind(60.0, code=code), st.sampled_from(LIMITS), CODES)
NO_DOUBT = (NotSent, errors.InvalidAuth, PermissionDenied, RequestRejected, NotFound)


@given(error=ERRORS)
async def test_a_write_raises_the_error_or_a_doubt(error: ApiError) -> None:
    """A doubt keeps the code; a refusal of the vendor is never a doubt."""

    async def sending() -> VendorResponse:
        raise error

    with pytest.raises(ApiError) as caught:
        await write(sending())
    assert caught.value is error or type(caught.value) is OutcomeUnknown
    assert caught.value.code == error.code
    assert isinstance(error, NO_DOUBT) <= (caught.value is error)


async def test_success_may_have_no_body_where_the_vendor_documents_none() -> None:
    """Elsewhere the outcome is unknown."""

    async def sending() -> VendorResponse:
        raise EmptyResponse(code=200)

    assert (await write(sending(), may_be_empty=True)).fields == {}
    with pytest.raises(OutcomeUnknown):
        await write(sending())
