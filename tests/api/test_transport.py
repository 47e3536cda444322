"""Test that a call ends in an answer or in an error of ours, whatever the network does."""

import asyncio
from collections.abc import Container, Hashable, Mapping
import gzip
from http import HTTPMethod
from types import MappingProxyType

from aiohttp import ClientSession, web
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    ConnectionLost,
    InvalidResponse,
    RateLimited,
    RequestTimedOut,
)
from custom_components.meeting_rooms.api.transport import (
    MAX_ANSWER_BYTES,
    SECONDS_PER_CALL,
    Transport,
    VendorResponse,
)
from simulator import Fault, Simulator

from .accounts import ANY_CALL, Company, unlimited
from .leaks import chain
from .scripted import ScriptedVendor

PATH = "/cgi-bin/gettoken"
HTML = "<html><body>Log in, please</body></html>"


async def send(
    transport: Transport,
    method: HTTPMethod,
    path_and_query: str,
    headers: Mapping[str, str] = MappingProxyType({}),
    body: bytes | None = None,
    *,
    known: Container[Hashable] = (),
) -> VendorResponse:
    """Send a call whose answer tells its error by the HTTP status alone."""
    return await transport.send(
        ANY_CALL,
        method,
        path_and_query,
        error_of=lambda _: None,
        headers=headers,
        body=body,
        known=known,
    )


async def ask(company: Company, known: Container[Hashable] = ()) -> VendorResponse:
    """Send a call that the simulated vendor answers well."""
    account = company.sim.accounts.wecom
    query = f"corpid={account.corp_id}&corpsecret={account.corp_secret}"
    uri = f"{PATH}?{query}"
    return await send(company.transport, HTTPMethod.GET, uri, known=known)


async def error_of(company: Company) -> ApiError:
    """Send a call that fails, and return its error."""
    with pytest.raises(ApiError) as caught:
        await ask(company)
    return caught.value


async def test_a_good_answer_is_a_json_object_with_its_status(company: Company) -> None:
    """As the vendor sent it."""
    answer = await ask(company)
    assert answer.status == 200
    assert answer.fields["errcode"] == 0


async def test_an_answer_that_is_known_is_not_read_again(company: Company) -> None:
    """It is told by its fingerprint, as long as it is the same to the last byte."""
    body = '{"errcode": 0, "rooms": []}'
    fault = company.sim.faults.add(Fault("http", status=200, body=body))
    first = await ask(company)
    again = await ask(company, known={first.fingerprint})
    assert (first.fields["rooms"], again.fields) == ([], {})
    assert again.fingerprint == first.fingerprint
    company.sim.faults.remove(fault)
    company.sim.faults.add(Fault("http", status=200, body=f"{body} "))
    other = await ask(company, known={first.fingerprint})
    assert (other.fields["rooms"], other == first) == ([], True)


async def test_the_same_body_with_another_status_is_another_answer(
    company: Company,
) -> None:
    """An error is judged, whatever came before."""
    fault = company.sim.faults.add(Fault("http", status=200, body="{}"))
    fine = await ask(company)
    company.sim.faults.remove(fault)
    company.sim.faults.add(Fault("http", status=400, body="{}"))
    refused = await ask(company, known={fine.fingerprint})
    assert refused.status == 400
    assert refused.fingerprint != fine.fingerprint


def test_a_call_takes_twenty_seconds_at_most() -> None:
    """Unless a test is in a hurry."""
    assert SECONDS_PER_CALL == 20


async def test_method_headers_and_body_go_out_as_given(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Path and query too, percent-encoding included."""
    vendor.reply("/v1/a%2Fb", {})
    await send(
        scripted.transport,
        HTTPMethod.POST,
        "/v1/a%2Fb?name=%E4%BC%9A&empty=&tilde=~",
        headers={"token": "T"},
        body='{"a":"会"}'.encode(),
    )
    [received] = vendor.received
    assert received.method == "POST"
    assert received.target == "/v1/a%2Fb?name=%E4%BC%9A&empty=&tilde=~"
    assert received.headers["token"] == "T"
    assert received.body == '{"a":"会"}'.encode()


@pytest.mark.parametrize("base", ["/proxy", "/proxy/"])
async def test_a_base_url_may_carry_a_path(
    scripted: Company, vendor: ScriptedVendor, base: str
) -> None:
    """With or without a slash at its end."""
    vendor.reply("/proxy/v1/x", {})
    transport = Transport(
        scripted.session, scripted.base_url.rstrip("/") + base, unlimited()
    )
    await send(transport, HTTPMethod.GET, "/v1/x")
    assert [received.path for received in vendor.received] == ["/proxy/v1/x"]


@pytest.mark.parametrize("kind", ["hang_before", "hang_within"])
async def test_a_vendor_that_falls_silent_has_timed_out(
    hurried: Company, kind: str
) -> None:
    """Before its answer or within its body, as soon as the time is over."""
    hurried.sim.faults.add(Fault(kind))
    async with asyncio.timeout(5):
        assert type(await error_of(hurried)) is RequestTimedOut


@pytest.mark.parametrize(
    ("fault", "kind"), [("reset", ConnectionLost), ("truncate", CannotConnect)]
)
async def test_a_connection_that_breaks_cannot_connect(
    company: Company, fault: str, kind: type[CannotConnect]
) -> None:
    """Whatever of the answer has come is not used; where nothing has, a retry may help."""
    company.sim.faults.add(Fault(fault))
    assert type(await error_of(company)) is kind


async def test_a_refused_connection_cannot_connect(nowhere: Company) -> None:
    """Nobody listens there."""
    assert type(await error_of(nowhere)) is CannotConnect


@pytest.mark.parametrize(
    "base_url", ["http://", "http://no such host", "mailto:x", "http://[::1", ""]
)
async def test_a_base_url_that_is_none_cannot_connect(
    sim: Simulator, session: ClientSession, base_url: str
) -> None:
    """It is no reason to break."""
    error = await error_of(Company(sim, session, base_url))
    assert type(error) is CannotConnect


async def test_a_session_that_was_closed_cannot_connect(
    company: Company, session: ClientSession
) -> None:
    """The house is being shut down."""
    await session.close()
    assert type(await error_of(company)) is CannotConnect


async def test_a_header_that_cannot_be_sent_cannot_connect(company: Company) -> None:
    """A credential with a line break in it."""
    with pytest.raises(CannotConnect) as caught:
        await send(
            company.transport,
            HTTPMethod.GET,
            PATH,
            headers={"token": "CANARY\r\nHost: x"},
        )
    assert "CANARY" not in str(caught.value)


async def test_a_body_without_end_is_given_up(company: Company) -> None:
    """It is not read to its end first."""
    company.sim.faults.add(Fault("endless"))
    error = await error_of(company)
    assert type(error) is InvalidResponse
    assert "4 MiB" in str(error)


@pytest.mark.parametrize(
    ("size", "kind"),
    [(MAX_ANSWER_BYTES, VendorResponse), (MAX_ANSWER_BYTES + 1, InvalidResponse)],
)
async def test_a_body_of_four_mebibytes_is_the_largest(
    scripted: Company, vendor: ScriptedVendor, size: int, kind: type
) -> None:
    """One byte more is refused, and read no further."""
    body = b'{"a":"' + b"x" * (size - 8) + b'"}'
    vendor.reply(PATH, web.Response(body=body))
    [outcome] = await asyncio.gather(ask(scripted), return_exceptions=True)
    assert type(outcome) is kind


async def test_a_body_is_measured_unpacked(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """A small one may hold a large one."""
    packed = gzip.compress(b'"' + b" " * (MAX_ANSWER_BYTES + 1) + b'"')
    vendor.reply(PATH, web.Response(body=packed, headers={"Content-Encoding": "gzip"}))
    assert type(await error_of(scripted)) is InvalidResponse


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(company: Company, status: int) -> None:
    """Credentials do not go to whoever stands in between."""
    url = f"{company.base_url}/_control/"
    company.sim.faults.add(Fault("redirect", status=status, location=url))
    error = await error_of(company)
    assert (type(error), error.code) == (InvalidResponse, status)
    assert company.sim.requests.count() == 1


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, HTML, InvalidResponse),
        (200, "", InvalidResponse),
        (200, '{"errcode": 0', InvalidResponse),
        (200, "[]", InvalidResponse),
        (200, '["not", "an", "object"]', InvalidResponse),
        (200, '"text"', InvalidResponse),
        (200, "null", InvalidResponse),
        (200, "7", InvalidResponse),
        (200, "NaN", InvalidResponse),
        (404, "", InvalidResponse),
        (400, HTML, InvalidResponse),
        (401, '"Unauthorized"', InvalidResponse),
        (500, HTML, CannotConnect),
        (502, HTML, CannotConnect),
        (502, '"Bad Gateway"', CannotConnect),
        (503, "[]", CannotConnect),
        (504, "", CannotConnect),
    ],
)
async def test_a_body_that_is_no_json_object_is_told_apart_by_its_status(
    company: Company, status: int, body: str, kind: type[ApiError]
) -> None:
    """A server that failed cannot be reached; every other answer is invalid."""
    company.sim.faults.add(Fault("http", status=status, body=body))
    error = await error_of(company)
    assert (type(error), error.code) == (kind, status)


async def test_a_slip_in_a_value_costs_that_value_alone(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Not the other rooms of the answer."""
    body = b'{"cut": "Plum \xff", "half": "\\ud83d!", "broken": "a\nb", "load": NaN, "ok": 1}'
    vendor.reply(PATH, web.Response(body=body))
    assert (await ask(scripted)).fields == {
        "cut": "Plum \ufffd",
        "half": "?!",
        "broken": "a\nb",
        "load": None,
        "ok": 1,
    }


async def test_a_byte_order_mark_costs_nothing(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """It is no part of the answer."""
    vendor.reply(PATH, web.Response(body=b'\xef\xbb\xbf{"errcode": 0}'))
    assert (await ask(scripted)).fields == {"errcode": 0}


async def test_an_endlessly_nested_body_is_an_invalid_answer(company: Company) -> None:
    """It does not exhaust the stack."""
    company.sim.faults.add(Fault("deep_nesting"))
    assert type(await error_of(company)) is InvalidResponse


@pytest.mark.parametrize("status", [400, 403, 500])
async def test_a_json_object_is_an_answer_whatever_its_status(
    company: Company, status: int
) -> None:
    """The vendors tell their errors in it."""
    company.sim.faults.add(Fault("http", status=status, body='{"errcode": 7}'))
    assert await ask(company) == VendorResponse(status, {"errcode": 7})


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 60),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "9999999"}, 86_400),
        ({"Retry-After": "9" * 500}, 86_400),
        ({"Retry-After": "-5"}, 60),
        ({"Retry-After": "soon"}, 60),
        ({"Retry-After": "²"}, 60),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 60),
        ({"Retry-After": "Wed, 21 Oct 9999 07:28:00 GMT"}, 86_400),
        ({"Retry-After": "Wed, 99 Oct 2026 07:28:00 GMT"}, 60),
        ({"Retry-After": f"Wed, 21 Oct 2026 07:28:00 +{'9' * 40}"}, 60),
    ],
)
async def test_too_many_requests_say_how_long_to_wait(
    company: Company, headers: dict[str, str], seconds: float
) -> None:
    """A minute where the vendor does not say; never more than a day."""
    company.sim.faults.add(Fault("http", status=429, body=HTML, headers=headers))
    error = await error_of(company)
    assert isinstance(error, RateLimited)
    assert (error.retry_after, error.code) == (seconds, 429)


async def test_a_date_says_how_long_to_wait(
    company: Company, freezer: FrozenDateTimeFactory
) -> None:
    """By the clock on the wall."""
    freezer.move_to("2026-03-17T02:05:00Z")
    headers = {"Retry-After": "Tue, 17 Mar 2026 02:06:30 GMT"}
    company.sim.faults.add(Fault("http", status=429, headers=headers))
    error = await error_of(company)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 90


async def test_a_cancelled_call_is_cancelled(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """It is no error of the vendor, and leaves nothing open."""

    async def never(_: object) -> None:
        await asyncio.Event().wait()

    vendor.reply(PATH, never)
    call = asyncio.create_task(ask(scripted))
    await vendor.came.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


async def test_one_call_that_failed_does_not_hurt_the_next(company: Company) -> None:
    """The session goes on."""
    company.sim.faults.add(Fault("truncate", times=1))
    await error_of(company)
    assert (await ask(company)).status == 200


@pytest.mark.parametrize(
    "kind", ["hang_before", "reset", "truncate", "invalid_json", "endless", "redirect"]
)
async def test_an_error_has_nothing_behind_it(hurried: Company, kind: str) -> None:
    """The errors of the libraries hold the URL and the body."""
    hurried.sim.faults.add(Fault(kind))
    error = await error_of(hurried)
    assert [*chain(error)] == [error]
