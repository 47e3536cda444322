"""Test the HTTP transport over real sockets."""

import asyncio
from collections.abc import Mapping
import gzip
from http import HTTPMethod
import json
import socket
from types import MappingProxyType
from typing import override

from aiohttp import ClientSession, TCPConnector, web
from aiohttp.abc import AbstractResolver, ResolveResult
from freezegun.api import FrozenDateTimeFactory
from hypothesis import given, strategies as st
import pytest
from yarl import URL

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    ConnectionLost,
    EmptyResponse,
    InvalidResponse,
    NotSent,
    RateLimited,
    RequestTimedOut,
)
from custom_components.meeting_rooms.api.transport import (
    MAX_BODY_BYTES,
    MAX_VALUES,
    TIMEOUT_SECONDS,
    Transport,
    VendorResponse,
)
from simulator import Fault, Simulator

from .accounts import ANY_REQUEST, Company, unlimited
from .any_json import ANY_JSON, MANY
from .leaks import chain
from .scripted import ScriptedVendor

PATH = "/cgi-bin/gettoken"
HTML = "<html><body>Log in, please</body></html>"


class LoopbackResolver(AbstractResolver):
    """Resolve every host to this machine."""

    def __init__(self) -> None:
        """Start without hosts."""
        self.hosts: list[str] = []

    @override
    async def resolve(
        self, host: str, port: int = 0, family: int = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the loopback address."""
        self.hosts.append(host)
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=0,
            )
        ]

    @override
    async def close(self) -> None:
        """Do nothing."""


async def send(
    transport: Transport,
    method: HTTPMethod,
    path_and_query: str,
    headers: Mapping[str, str] = MappingProxyType({}),
    body: bytes | None = None,
) -> VendorResponse:
    """Send a request to a vendor without error codes."""
    return await transport.send(
        ANY_REQUEST,
        method,
        path_and_query,
        error_of=lambda _: None,
        headers=headers,
        body=body,
    )


async def fetch(company: Company) -> VendorResponse:
    """Send a valid request."""
    account = company.sim.accounts.wecom
    query = f"corpid={account.corp_id}&corpsecret={account.corp_secret}"
    return await send(company.transport, HTTPMethod.GET, f"{PATH}?{query}")


async def fetch_error(company: Company) -> ApiError:
    """Send a valid request that fails, and return its error."""
    with pytest.raises(ApiError) as caught:
        await fetch(company)
    return caught.value


# Requests


def test_the_timeout_is_twenty_seconds() -> None:
    """The timeout covers the whole request."""
    assert TIMEOUT_SECONDS == 20


async def test_method_path_headers_and_body_are_sent_unchanged(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The percent-encoding of path and query is not changed."""
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


@pytest.mark.parametrize(
    ("prefix", "sent"),
    [
        ("/proxy", "/proxy"),
        ("/proxy/", "/proxy"),
        ("/会议/a b", "/%E4%BC%9A%E8%AE%AE/a%20b"),
        ("/%E4%BC%9A%E8%AE%AE", "/%E4%BC%9A%E8%AE%AE"),
    ],
)
async def test_a_base_url_may_have_a_path_prefix(
    scripted: Company, vendor: ScriptedVendor, prefix: str, sent: str
) -> None:
    """The prefix is percent-encoded, with or without a slash at its end."""
    vendor.reply(f"{sent}/v1/x", {})
    base_url = scripted.base_url.rstrip("/") + prefix
    transport = Transport(scripted.session, base_url, unlimited())
    await send(transport, HTTPMethod.GET, "/v1/x?a=%2F")
    assert [received.target for received in vendor.received] == [f"{sent}/v1/x?a=%2F"]


async def test_an_internationalised_host_is_sent_as_punycode(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The DNS query and the Host header both have the punycode."""
    vendor.reply("/v1/x", {})
    resolver = LoopbackResolver()
    port = URL(scripted.base_url).port
    async with ClientSession(connector=TCPConnector(resolver=resolver)) as session:
        transport = Transport(session, f"http://会议室.example:{port}", unlimited())
        await send(transport, HTTPMethod.GET, "/v1/x")
    host = "会议室".encode("idna").decode() + ".example"
    assert resolver.hosts == [host]
    assert vendor.received[0].headers["Host"] == f"{host}:{port}"


@pytest.mark.parametrize(
    "base_url", ["http://", "http://no such host", "mailto:x", "http://[::1", ""]
)
async def test_an_invalid_base_url_is_cannot_connect(
    sim: Simulator, session: ClientSession, base_url: str
) -> None:
    """The transport does not raise an error of the HTTP library."""
    error = await fetch_error(Company(sim, session, base_url))
    assert isinstance(error, CannotConnect)


async def test_a_header_with_a_line_break_is_cannot_connect(company: Company) -> None:
    """The error does not contain the header."""
    with pytest.raises(CannotConnect) as caught:
        await send(
            company.transport,
            HTTPMethod.GET,
            PATH,
            headers={"token": "CANARY\r\nHost: x"},
        )
    assert "CANARY" not in str(caught.value)


# Connections


@pytest.mark.parametrize("kind", ["hang_before", "hang_within"])
async def test_a_silent_vendor_times_out(hurried: Company, kind: str) -> None:
    """The response may stop before or within its body."""
    hurried.sim.faults.add(Fault(kind))
    async with asyncio.timeout(5):
        assert type(await fetch_error(hurried)) is RequestTimedOut


@pytest.mark.parametrize(
    ("fault", "kind"), [("reset", ConnectionLost), ("truncate", CannotConnect)]
)
async def test_a_broken_connection_is_cannot_connect(
    company: Company, fault: str, kind: type[CannotConnect]
) -> None:
    """Only a connection that was closed before the response is retryable."""
    company.sim.faults.add(Fault(fault))
    assert type(await fetch_error(company)) is kind


async def test_a_refused_connection_is_not_sent(nowhere: Company) -> None:
    """No server listens at the address."""
    assert type(await fetch_error(nowhere)) is NotSent


async def test_a_closed_session_is_cannot_connect(
    company: Company, session: ClientSession
) -> None:
    """Home Assistant closes the session when it stops."""
    await session.close()
    assert type(await fetch_error(company)) is CannotConnect


async def test_a_cancelled_request_is_cancelled(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The cancellation does not become an error of the vendor."""

    async def never(_: object) -> None:
        await asyncio.Event().wait()

    vendor.reply(PATH, never)
    request = asyncio.create_task(fetch(scripted))
    await vendor.came.wait()
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request


async def test_a_request_works_after_one_that_failed(company: Company) -> None:
    """The session stays usable."""
    company.sim.faults.add(Fault("truncate", times=1))
    await fetch_error(company)
    assert (await fetch(company)).status == 200


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(company: Company, status: int) -> None:
    """Credentials are only sent to the configured address."""
    url = f"{company.base_url}/_control/"
    company.sim.faults.add(Fault("redirect", status=status, location=url))
    error = await fetch_error(company)
    assert (type(error), error.code) == (InvalidResponse, status)
    assert company.sim.requests.count() == 1


# Bodies


async def test_a_response_is_a_json_object_with_its_status(company: Company) -> None:
    """The fields are those that the vendor sent."""
    response = await fetch(company)
    assert response.status == 200
    assert response.fields["errcode"] == 0


async def test_an_endless_body_is_invalid(company: Company) -> None:
    """The transport stops at the size limit."""
    company.sim.faults.add(Fault("endless"))
    error = await fetch_error(company)
    assert type(error) is InvalidResponse
    assert "4 MiB" in str(error)


@pytest.mark.parametrize(
    ("size", "kind"),
    [(MAX_BODY_BYTES, VendorResponse), (MAX_BODY_BYTES + 1, InvalidResponse)],
)
async def test_a_body_may_have_four_mebibytes(
    scripted: Company, vendor: ScriptedVendor, size: int, kind: type
) -> None:
    """A larger body is rejected."""
    body = b'{"a":"' + b"x" * (size - 8) + b'"}'
    vendor.reply(PATH, web.Response(body=body))
    [outcome] = await asyncio.gather(fetch(scripted), return_exceptions=True)
    assert type(outcome) is kind


async def test_the_limit_is_that_of_the_decompressed_body(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """A small compressed body may decompress to a large one."""
    packed = gzip.compress(b'"' + b" " * (MAX_BODY_BYTES + 1) + b'"')
    vendor.reply(PATH, web.Response(body=packed, headers={"Content-Encoding": "gzip"}))
    assert type(await fetch_error(scripted)) is InvalidResponse


async def test_a_body_with_too_many_values_is_invalid(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Decoding such a body would block the event loop."""
    body = json.dumps({"a": [[]] * (MAX_VALUES // 2)}).encode()
    vendor.reply(PATH, web.Response(body=body))
    assert type(await fetch_error(scripted)) is InvalidResponse


async def test_a_deeply_nested_body_is_invalid(company: Company) -> None:
    """The nesting does not exhaust the stack."""
    company.sim.faults.add(Fault("deep_nesting"))
    assert type(await fetch_error(company)) is InvalidResponse


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, HTML, InvalidResponse),
        (200, "", EmptyResponse),
        (200, " \r\n", EmptyResponse),
        (200, '{"errcode": 0', InvalidResponse),
        (200, "[]", InvalidResponse),
        (200, '["not", "an", "object"]', InvalidResponse),
        (200, '"text"', InvalidResponse),
        (200, "null", InvalidResponse),
        (200, "7", InvalidResponse),
        (200, "NaN", InvalidResponse),
        (200, f'{{"a": {"9" * 10_000}}}', InvalidResponse),
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
async def test_the_http_status_determines_the_error_without_a_json_object(
    company: Company, status: int, body: str, kind: type[ApiError]
) -> None:
    """A failing server is CannotConnect, and any other status is InvalidResponse."""
    company.sim.faults.add(Fault("http", status=status, body=body))
    error = await fetch_error(company)
    assert (type(error), error.code) == (kind, status)


@pytest.mark.parametrize("status", [201, 202, 203, 206, 299])
async def test_every_2xx_status_is_a_success(company: Company, status: int) -> None:
    """Proxies change 200 to 203, for example."""
    company.sim.faults.add(Fault("http", status=status, body='{"errcode": 0}'))
    response = await fetch(company)
    assert (response.fields, response.error) == ({"errcode": 0}, None)


@pytest.mark.parametrize("status", [400, 403, 500])
async def test_a_json_object_is_returned_with_any_http_status(
    company: Company, status: int
) -> None:
    """The vendors send their error codes in JSON objects."""
    company.sim.faults.add(Fault("http", status=status, body='{"errcode": 7}'))
    assert await fetch(company) == VendorResponse(status, {"errcode": 7})


async def test_an_invalid_value_does_not_affect_the_others(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The body may have line breaks in text, undecodable bytes, NaN and infinity."""
    body = b'{"cut": "Plum \xff", "broken": "a\nb", "load": NaN, "max": -Infinity, "ok": 1}'
    vendor.reply(PATH, web.Response(body=body))
    assert (await fetch(scripted)).fields == {
        "cut": "Plum \ufffd",
        "broken": "a\nb",
        "load": None,
        "max": None,
        "ok": 1,
    }


@pytest.mark.parametrize(
    "prefix", ["\ufeff", "\r\n\ufeff", "\ufeff\n", " \t\ufeff\r\n\ufeff "]
)
async def test_a_byte_order_mark_is_skipped(
    scripted: Company, vendor: ScriptedVendor, prefix: str
) -> None:
    """Blanks and line breaks may precede and follow the mark."""
    vendor.reply(PATH, web.Response(body=(prefix + '{"errcode": 0}').encode()))
    assert (await fetch(scripted)).fields == {"errcode": 0}


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("application/json", "utf-8"),
        ("application/json; charset=utf-8", "utf-8"),
        ("application/json; charset=GBK", "gbk"),
        ("text/plain; charset=gb2312", "gbk"),
        ("application/json; charset=gb18030", "gb18030"),
        ("application/json; charset=big5", "big5"),
        ("application/json; charset=utf-16", "utf-16"),
        ("application/json; charset=no-such-charset", "utf-8"),
        ("application/json; charset=hex", "utf-8"),
        ("application/json; charset=undefined", "utf-8"),
    ],
)
async def test_a_body_is_decoded_with_the_declared_charset(
    scripted: Company, vendor: ScriptedVendor, content_type: str, encoding: str
) -> None:
    """Without a declared or known charset, the body is decoded as UTF-8."""
    body = json.dumps({"name": "會議室"}, ensure_ascii=False).encode(encoding)
    headers = {"Content-Type": content_type}
    vendor.reply(PATH, web.Response(body=body, headers=headers))
    assert (await fetch(scripted)).fields == {"name": "會議室"}


async def test_a_body_in_another_charset_is_not_an_error(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Undecodable text is marked, so that the models treat it as unknown."""
    body = '{"name": "会议室", "id": 1}'.encode("gbk")
    vendor.reply(PATH, web.Response(body=body))
    fields = (await fetch(scripted)).fields
    assert fields["id"] == 1
    assert "\ufffd" in str(fields["name"])


@given(
    body=st.binary(max_size=60)
    | ANY_JSON.map(lambda value: json.dumps(value).encode()),
    charset=st.sampled_from(["utf-8", "gbk", "utf-16", "utf-7", "idna", "x", ""]),
)
@MANY
async def test_any_body_is_a_response_or_an_api_error(
    scripted: Company, vendor: ScriptedVendor, body: bytes, charset: str
) -> None:
    """No other exception is raised."""
    headers = {"Content-Type": f"application/json; charset={charset}"}
    vendor.reply(PATH, lambda _: web.Response(body=body, headers=headers))
    [outcome] = await asyncio.gather(fetch(scripted), return_exceptions=True)
    assert isinstance(outcome, VendorResponse | ApiError)


# Retry-After


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
async def test_a_rate_limit_lasts_as_long_as_the_header_says(
    company: Company, headers: dict[str, str], seconds: float
) -> None:
    """The pause is a minute without a valid header, and a day at most."""
    company.sim.faults.add(Fault("http", status=429, body=HTML, headers=headers))
    error = await fetch_error(company)
    assert isinstance(error, RateLimited)
    assert (error.retry_after, error.code) == (seconds, 429)


@pytest.mark.parametrize(
    "our_time",
    ["2026-03-17T02:05:00Z", "2026-03-16T18:05:00Z", "2026-03-17T10:05:00Z"],
    ids=["right", "slow", "fast"],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_date_is_compared_with_the_vendors_clock(
    company: Company, freezer: FrozenDateTimeFactory, status: int, our_time: str
) -> None:
    """The Date header has the vendor's time; the local clock may be wrong."""
    freezer.move_to(our_time)
    headers = {
        "Date": "Tue, 17 Mar 2026 02:05:00 GMT",
        "Retry-After": "Tue, 17 Mar 2026 02:06:30 GMT",
    }
    company.sim.faults.add(Fault("http", status=status, headers=headers))
    error = await fetch_error(company)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 90


async def test_a_date_is_compared_with_the_local_clock_if_the_date_header_is_invalid(
    company: Company, freezer: FrozenDateTimeFactory
) -> None:
    """The pause is the difference to the local time."""
    freezer.move_to("2026-03-17T02:05:00Z")
    headers = {"Date": "today", "Retry-After": "Tue, 17 Mar 2026 02:06:30 GMT"}
    company.sim.faults.add(Fault("http", status=429, headers=headers))
    error = await fetch_error(company)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 90


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Retry-After": "3600"}, RateLimited),
        ({"Retry-After": "soon"}, CannotConnect),
        ({}, CannotConnect),
    ],
)
async def test_503_with_retry_after_is_a_rate_limit(
    company: Company, headers: dict[str, str], kind: type[ApiError]
) -> None:
    """Without a valid header, status 503 is a failing server."""
    company.sim.faults.add(Fault("http", status=503, body=HTML, headers=headers))
    error = await fetch_error(company)
    assert (type(error), error.code) == (kind, 503)


async def test_retry_after_precedes_a_code_for_an_internal_failure(
    company: Company,
) -> None:
    """The response contains both the failure and the time of the next request."""
    headers = {"Retry-After": "3600"}
    body = '{"error_info": {"error_code": 41}}'
    company.sim.faults.add(Fault("http", status=503, body=body, headers=headers))
    with pytest.raises(RateLimited) as caught:
        await company.tencent().fetch_live()
    assert caught.value.retry_after == 3600
    assert company.sim.requests.count() == 1


# Errors


@pytest.mark.parametrize(
    "kind", ["hang_before", "reset", "truncate", "invalid_json", "endless", "redirect"]
)
async def test_an_error_has_no_cause_or_context(hurried: Company, kind: str) -> None:
    """The errors of the libraries contain the URL and the body."""
    hurried.sim.faults.add(Fault(kind))
    error = await fetch_error(hurried)
    assert [*chain(error)] == [error]
