"""Test the errors of the account form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

import pytest

from simulator import Fault, Simulator

from ..forms import fill_in, finish, open_form
from ..home import QUANSHI, TENCENT, VENDORS, WECOM, Home, credentials

type Break = Callable[[Simulator], Any]


def fault(kind: str, vendor: str, **what: Any) -> Break:
    """Return a function that adds a fault."""
    return lambda sim: sim.faults.add(Fault(kind, vendor, **what))


def code(vendor: str, number: int, message: str = "") -> Break:
    """Return a function that makes a vendor reject every request with a code."""
    return fault("vendor_code", vendor, code=number, message=message)


@dataclass(frozen=True, slots=True)
class Case:
    """A fault of a vendor, and the error that the form shows."""

    vendor: str
    error: str
    break_it: Break
    placeholders: tuple[tuple[str, str], ...] = ()

    @override
    def __str__(self) -> str:
        """Return a name for the test."""
        return f"{self.vendor}-{self.error}"


def everywhere(error: str, kind: str, **what: Any) -> list[Case]:
    """Return the same case for every vendor."""
    return [Case(each, error, fault(kind, each, **what)) for each in VENDORS]


CASES = [
    *everywhere("cannot_connect", "http", status=502),
    *everywhere("cannot_connect", "http", status=503, body='{"message": "later"}'),
    *everywhere("cannot_connect", "reset"),
    *everywhere("cannot_connect", "truncate"),
    *everywhere("invalid_response", "redirect"),
    *everywhere("invalid_response", "invalid_json"),
    *everywhere("invalid_response", "wrong_shape"),
    *everywhere("invalid_response", "deep_nesting"),
    *everywhere("invalid_response", "endless"),
    *(
        Case(each, "invalid_response", fault("empty_404", each))
        for each in (TENCENT, WECOM)
    ),
    Case(QUANSHI, "wrong_service", fault("empty_404", QUANSHI), (("code", " 404"),)),
    *everywhere("rate_limited", "http", status=429),
    *(Case(TENCENT, "invalid_auth", code(TENCENT, each)) for each in (190303, 200003)),
    *(
        Case(TENCENT, "rate_limited", code(TENCENT, each))
        for each in (9061, 190310, 190313)
    ),
    *(Case(TENCENT, "daily_limit", code(TENCENT, each)) for each in (190311, 190312)),
    *(
        Case(TENCENT, "invalid_operator", code(TENCENT, each))
        for each in (190001, 20001)
    ),
    *(Case(TENCENT, "cannot_connect", code(TENCENT, each)) for each in (41, 5108)),
    Case(TENCENT, "clock_skew", fault("clock", TENCENT, seconds=301)),
    Case(TENCENT, "clock_skew", fault("clock", TENCENT, seconds=-301)),
    Case(TENCENT, "unknown", code(TENCENT, 190004), (("code", " 190004"),)),
    *(
        Case(WECOM, "invalid_auth", code(WECOM, each))
        for each in (40001, 40013, 40091, 45031, 50003)
    ),
    *(Case(WECOM, "rate_limited", code(WECOM, each)) for each in (45009, 45033)),
    Case(WECOM, "cannot_connect", code(WECOM, -1)),
    Case(
        WECOM,
        "ip_not_allowed",
        fault("ip_not_allowed", WECOM, address="203.0.113.9"),
        (("address", "203.0.113.9"),),
    ),
    Case(
        WECOM,
        "ip_not_allowed",
        fault("ip_not_allowed", WECOM, address="2001:db8::7"),
        (("address", "2001:db8::7"),),
    ),
    Case(
        WECOM,
        "unnamed_ip_not_allowed",
        fault("ip_not_allowed", WECOM, address="somewhere"),
    ),
    Case(WECOM, "unknown", code(WECOM, 12345), (("code", " 12345"),)),
    *(
        Case(QUANSHI, "invalid_response", fault("http", QUANSHI, status=each))
        for each in (401, 403)
    ),
    Case(QUANSHI, "invalid_auth", code(QUANSHI, 77, "Token expired")),
    Case(QUANSHI, "invalid_auth", code(QUANSHI, 77, "令牌已失效")),
    Case(
        QUANSHI,
        "unknown",
        fault("vendor_code", QUANSHI, api="list", code=77),
        (("code", " 77"),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_form_shows_the_error_and_accepts_the_same_values_later(
    home: Home, case: Case
) -> None:
    """Submit the same values again after the fault."""
    fields = credentials(home.sim, case.vendor)
    form = await open_form(home.hass, case.vendor)
    case.break_it(home.sim)
    form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": case.error}
    assert (
        dict(case.placeholders).items()
        <= dict(form["description_placeholders"] or {}).items()
    )
    home.sim.faults.clear()
    await finish(home.hass, form, fields)


@pytest.mark.parametrize(
    ("vendor", "wrong", "error"),
    [
        (TENCENT, {"app_id": "200000001"}, "invalid_auth"),
        (TENCENT, {"secret_id": "wrong"}, "invalid_auth"),
        (TENCENT, {"secret_key": "wrong"}, "invalid_auth"),
        (TENCENT, {"sdk_id": "wrong"}, "invalid_auth"),
        (TENCENT, {"sdk_id": ""}, "invalid_auth"),
        (TENCENT, {"operator_id": "nobody"}, "invalid_operator"),
        (TENCENT, {"operator_id": ""}, "operator_required"),
        (WECOM, {"corp_id": "wwwrong"}, "invalid_auth"),
        (WECOM, {"corp_secret": "wrong"}, "invalid_auth"),
        (QUANSHI, {"token": "wrong"}, "invalid_auth"),
    ],
)
async def test_form_shows_the_error_of_a_wrong_value(
    home: Home, vendor: str, wrong: dict[str, str], error: str
) -> None:
    """Accept the corrected values."""
    fields = credentials(home.sim, vendor)
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, fields | wrong)
    assert form["errors"] == {"base": error}
    await finish(home.hass, form, fields)


async def test_form_names_the_ip_address_that_wecom_does_not_trust(home: Home) -> None:
    """Send a second request, because gettoken succeeds from any address."""
    account = home.sim.accounts.wecom
    account.trusted_ips, account.client_ip = {"198.51.100.1"}, "198.51.100.2"
    fields = credentials(home.sim, WECOM)
    form = await fill_in(home.hass, await open_form(home.hass, WECOM), fields)
    assert form["errors"] == {"base": "ip_not_allowed"}
    placeholders = form["description_placeholders"]
    assert placeholders is not None
    assert placeholders["address"] == "198.51.100.2"
    account.trusted_ips.add("198.51.100.2")
    await finish(home.hass, form, fields)


async def test_a_wrong_wecom_secret_is_sent_only_once(home: Home) -> None:
    """Do not repeat the request, because WeCom bans the address after several attempts."""
    fields = credentials(home.sim, WECOM) | {"corp_secret": "wrong"}
    await fill_in(home.hass, await open_form(home.hass, WECOM), fields)
    assert home.sim.requests.count(WECOM, "gettoken") == 1


async def test_a_refused_quanshi_token_may_come_with_http_200(home: Home) -> None:
    """Recognize the refusal by the message."""
    home.sim.accounts.quanshi.token_error_status = 200
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    form = await fill_in(home.hass, form, fields | {"token": "wrong"})
    assert form["errors"] == {"base": "invalid_auth"}
    await finish(home.hass, form, fields)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_vendor_without_a_response_is_an_error_after_twenty_seconds(
    home: Home, vendor: str
) -> None:
    """Show the error of a failed connection."""
    fields = credentials(home.sim, vendor)
    form = await open_form(home.hass, vendor)
    home.sim.faults.add(Fault("hang_before", vendor, times=1))
    filling = home.hass.async_create_task(fill_in(home.hass, form, fields))
    await home.wait_for_requests(1)
    home.clock.tick(21)
    form = await filling
    assert form["errors"] == {"base": "cannot_connect"}
    await finish(home.hass, form, fields)
