"""Test that WeCom's token is fetched seldom, and a wrong secret only once."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    RateLimited,
)
from custom_components.meeting_rooms.api.wecom.token import WeComToken
from simulator import Fault

from ..accounts import Company
from ..scripted import ScriptedVendor

VENDOR = "wecom"
GETTOKEN = "/cgi-bin/gettoken"
CROWD = 50


@dataclass
class Watch:
    """A clock that the test moves."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    """Return a clock that stands still."""
    return Watch()


def token_of(company: Company, watch: Watch, **changed: str) -> WeComToken:
    """Return the token of the company's application."""
    account = company.wecom_account(**changed)
    return WeComToken(company.transport, account, now=watch)


@pytest.fixture
def tokens(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> tuple[WeComToken, ScriptedVendor]:
    """Return a token of the scripted vendor, and the vendor."""
    return token_of(scripted, watch), vendor


def granted(token: str, lasts: object) -> dict[str, object]:
    """Return what gettoken answers."""
    return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": lasts}


def fetches(company: Company) -> int:
    """Return how often a token was fetched."""
    return company.sim.requests.count(VENDOR, "gettoken")


async def test_a_token_is_asked_for_with_company_and_secret(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """Percent-encoded in the query, where the vendor wants them."""
    vendor.reply(GETTOKEN, granted("T", 7200))
    token = token_of(scripted, watch, corp_id="ww 1", corp_secret="a&b=c+/")
    assert await token.get() == "T"
    [request] = vendor.received
    assert request.method == "GET"
    assert parse_qs(urlsplit(request.target).query) == {
        "corpid": ["ww 1"],
        "corpsecret": ["a&b=c+/"],
    }


async def test_fifty_calls_at_once_fetch_one_token(
    company: Company, watch: Watch
) -> None:
    """And all of them get it."""
    token = token_of(company, watch)
    got = await asyncio.gather(*(token.get() for _ in range(CROWD)))
    assert {*got} == {*company.sim.canaries.of("access_token")}
    assert fetches(company) == 1


@pytest.mark.parametrize(
    ("lasts", "seconds", "calls"),
    [
        (7200, 6899, 1),
        (7200, 6900, 2),
        ("7200", 6900, 2),
        (7200, 7201, 2),
        (600, 299, 1),
        (600, 300, 2),
        (100, 59, 1),
        (100, 60, 2),
        (1, 59, 1),
        (1, 60, 2),
        (0.001, 59, 1),
        (-7200, 6899, 1),
        (None, 6899, 1),
        (None, 6900, 2),
        (0, 6899, 1),
        ("soon", 6899, 1),
    ],
)
async def test_a_token_is_renewed_before_it_ends(
    tokens: tuple[WeComToken, ScriptedVendor],
    watch: Watch,
    lasts: object,
    seconds: float,
    calls: int,
) -> None:
    """Five minutes, or half of its life where that is short; it usually lasts two hours.

    However short it is said to be, none is fetched more than once a minute.
    """
    token, vendor = tokens
    vendor.reply(GETTOKEN, granted("T", lasts))
    await token.get()
    watch.seconds += seconds
    await token.get()
    assert len(vendor.received) == calls


async def test_a_token_of_a_short_life_is_not_fetched_for_every_call(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """Not at every poll, whatever it says; the vendor tells when it has ended."""
    vendor.reply(GETTOKEN, granted("one", 1), granted("two", 1))
    token = token_of(scripted, watch)
    got = []
    for _ in range(12):
        got.append(await token.get())
        watch.seconds += 5
    assert ({*got}, len(vendor.received)) == ({"one"}, 1)
    token.drop("one")
    assert await token.get() == "two"


async def test_a_token_that_the_vendor_ended_is_fetched_anew(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """Once, however many calls found out."""
    vendor.reply(GETTOKEN, granted("old", 7200), granted("new", 7200))
    token = token_of(scripted, watch)
    ended = await token.get()
    for _ in range(CROWD):
        token.drop(ended)
    assert {*await asyncio.gather(token.get(), token.get())} == {"new"}
    token.drop(ended)
    assert await token.get() == "new"
    assert len(vendor.received) == 2


@pytest.mark.parametrize("code", [40001, 40013, 40091, 45031, 50003])
async def test_a_refused_secret_is_never_sent_again(
    company: Company, watch: Watch, code: int
) -> None:
    """The vendor would ban the house's address for an hour."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "gettoken", code=code))
    token = token_of(company, watch)
    for _ in range(3):
        with pytest.raises(InvalidAuth):
            await token.get()
        watch.seconds += 86_400
    assert fetches(company) == 1


async def test_fifty_calls_at_once_send_a_wrong_secret_once(
    company: Company, watch: Watch
) -> None:
    """All of them learn that it is wrong."""
    token = token_of(company, watch, corp_secret="wrong")
    outcomes = await asyncio.gather(
        *(token.get() for _ in range(CROWD)), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {InvalidAuth}
    assert fetches(company) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("http", VENDOR, "gettoken", status=502), CannotConnect),
        (Fault("vendor_code", VENDOR, "gettoken", code=45009), RateLimited),
        (Fault("vendor_code", VENDOR, "gettoken", code=-1), CannotConnect),
        (Fault("invalid_json", VENDOR, "gettoken"), InvalidResponse),
        (Fault("wrong_types", VENDOR, "gettoken"), InvalidResponse),
    ],
)
async def test_those_who_wait_share_a_failure(
    company: Company, watch: Watch, fault: Fault, kind: type[ApiError]
) -> None:
    """They do not try one after the other."""
    company.sim.faults.add(fault)
    token = token_of(company, watch)
    outcomes = await asyncio.gather(
        *(token.get() for _ in range(CROWD)), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {kind}
    assert fetches(company) == 1


async def test_after_a_failure_the_next_call_tries_again(
    company: Company, watch: Watch
) -> None:
    """Only a refused secret is refused for good."""
    company.sim.faults.add(Fault("http", VENDOR, "gettoken", status=502, times=1))
    token = token_of(company, watch)
    with pytest.raises(CannotConnect):
        await token.get()
    assert await token.get() in company.sim.canaries.of("access_token")
    assert fetches(company) == 2


async def test_one_who_waits_is_not_told_of_a_failure_long_past(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """When the call that it waited for was cancelled, it fetches for itself."""

    async def never(_: object) -> None:
        await asyncio.Event().wait()

    vendor.reply(GETTOKEN, {"errcode": -1}, never, granted("T", 7200))
    token = token_of(scripted, watch)
    with pytest.raises(CannotConnect):
        await token.get()
    vendor.came.clear()
    first = asyncio.create_task(token.get())
    second = asyncio.create_task(token.get())
    await vendor.came.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second == "T"


async def test_a_token_that_cannot_be_renewed_is_used_until_it_ends(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """The vendor is asked once a minute meanwhile, by however many calls."""
    vendor.reply(GETTOKEN, granted("T", 7200), {"errcode": -1})
    token = token_of(scripted, watch)
    await token.get()
    watch.seconds += 6900
    got = await asyncio.gather(*(token.get() for _ in range(CROWD)))
    assert ({*got}, len(vendor.received)) == ({"T"}, 2)
    watch.seconds += 60
    assert await token.get() == "T"
    assert len(vendor.received) == 3
    watch.seconds += 240
    with pytest.raises(CannotConnect):
        await token.get()


async def test_a_token_that_was_dropped_is_not_used_when_it_cannot_be_renewed(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """The vendor takes it no longer."""
    vendor.reply(GETTOKEN, granted("T", 7200), {"errcode": -1})
    token = token_of(scripted, watch)
    token.drop(await token.get())
    with pytest.raises(CannotConnect):
        await token.get()


async def test_a_renewal_that_is_refused_is_said_at_once(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """Although the old token has not ended; the secret is not sent again."""
    vendor.reply(GETTOKEN, granted("T", 7200), {"errcode": 40001})
    token = token_of(scripted, watch)
    await token.get()
    watch.seconds += 6900
    for _ in range(3):
        with pytest.raises(InvalidAuth):
            await token.get()
    assert len(vendor.received) == 2


@pytest.mark.parametrize(
    "fields",
    [{}, {"errcode": 0}, {"access_token": ""}, {"access_token": None}, granted("", 1)],
)
async def test_an_answer_without_a_token_is_invalid(
    scripted: Company, vendor: ScriptedVendor, watch: Watch, fields: dict[str, object]
) -> None:
    """Nothing is called with an empty token."""
    vendor.reply(GETTOKEN, fields)
    with pytest.raises(InvalidResponse):
        await token_of(scripted, watch).get()


async def test_the_code_is_looked_at_before_the_token(
    scripted: Company, vendor: ScriptedVendor, watch: Watch
) -> None:
    """An error body still carries the endpoint's fields."""
    vendor.reply(GETTOKEN, granted("T", 7200) | {"errcode": 40013})
    with pytest.raises(InvalidAuth):
        await token_of(scripted, watch).get()


def test_an_account_does_not_show_its_secret(company: Company) -> None:
    """Not even to whoever prints it."""
    assert company.sim.canaries.found_in(repr(company.wecom_account())) == []
