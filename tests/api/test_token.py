"""Test that a token is fetched rarely, and rejected credentials are sent once."""

import asyncio
from collections.abc import Callable

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    RateLimited,
)
from custom_components.meeting_rooms.api.token import Token, TokenCache

REQUESTS = 50


class Issuer:
    """Issue tokens T1, T2 …, or raise errors in order; the last outcome is repeated."""

    def __init__(self, *outcomes: float | None | ApiError) -> None:
        """Use lifetimes and errors."""
        self._outcomes = [*outcomes]
        self.fetches = 0

    async def fetch(self) -> Token:
        """Return the next token."""
        self.fetches += 1
        outcome = self._outcomes[0]
        self._outcomes = self._outcomes[1:] or self._outcomes
        await asyncio.sleep(0)
        match outcome:
            case ApiError():
                raise outcome
        return Token(f"T{self.fetches}", outcome)


type Clock = FrozenDateTimeFactory


@pytest.fixture(autouse=True)
def clock(freezer: FrozenDateTimeFactory) -> Clock:
    """Stop the monotonic clock."""
    return freezer


async def get_many(cache: TokenCache) -> list[str | BaseException]:
    """Return the results of fifty simultaneous requests."""
    return await asyncio.gather(
        *(cache.get() for _ in range(REQUESTS)), return_exceptions=True
    )


async def test_requests_at_the_same_time_share_one_fetch() -> None:
    """All requests get the token."""
    issuer = Issuer(7200)
    assert {*await get_many(TokenCache(issuer.fetch))} == {"T1"}
    assert issuer.fetches == 1


@pytest.mark.parametrize(
    ("lifetime", "age", "fetches"),
    [
        (7200, 6899, 1),
        (7200, 6900, 2),
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
    ],
)
async def test_a_token_is_renewed_before_it_expires(
    clock: Clock, lifetime: float | None, age: float, fetches: int
) -> None:
    """The renewal is five minutes early, or at half of a short lifetime, once a minute at most."""
    issuer = Issuer(lifetime)
    cache = TokenCache(issuer.fetch)
    await cache.get()
    clock.tick(age)
    await cache.get()
    assert issuer.fetches == fetches


async def test_the_wall_clock_does_not_matter(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token is kept when the clock is set back or forward."""
    issuer = Issuer(7200)
    cache = TokenCache(issuer.fetch)
    await cache.get()
    monkeypatch.setattr("time.time", lambda: 0.0)
    await cache.get()
    assert issuer.fetches == 1


async def test_a_dropped_token_is_replaced_once() -> None:
    """Several requests may drop the same token."""
    issuer = Issuer(7200)
    cache = TokenCache(issuer.fetch)
    old = await cache.get()
    for _ in range(REQUESTS):
        cache.drop(old)
    assert {*await get_many(cache)} == {"T2"}
    cache.drop(old)
    assert await cache.get() == "T2"
    assert issuer.fetches == 2


async def test_rejected_credentials_are_never_sent_again(clock: Clock) -> None:
    """The vendor would block the address."""
    issuer = Issuer(InvalidAuth(code=40001), 7200)
    cache = TokenCache(issuer.fetch)
    for _ in range(3):
        with pytest.raises(InvalidAuth) as caught:
            await cache.get()
        assert caught.value.code == 40001
        clock.tick(86_400)
    assert issuer.fetches == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: InvalidAuth(code=40001),
        lambda: CannotConnect(code=-1),
        lambda: RateLimited(60, code=45009),
        lambda: InvalidResponse("no token"),
    ],
)
async def test_requests_at_the_same_time_share_an_error(
    make: Callable[[], ApiError],
) -> None:
    """Each request gets a separate exception with the same content."""
    issuer = Issuer(make())
    outcomes = await get_many(TokenCache(issuer.fetch))
    assert {(type(each), str(each)) for each in outcomes} == {
        (type(make()), str(make()))
    }
    assert len({*map(id, outcomes)}) == REQUESTS
    assert issuer.fetches == 1


async def test_the_next_request_tries_again_after_an_error() -> None:
    """Only rejected credentials are remembered."""
    issuer = Issuer(CannotConnect(), 7200)
    cache = TokenCache(issuer.fetch)
    with pytest.raises(CannotConnect):
        await cache.get()
    assert await cache.get() == "T2"


async def test_a_waiting_request_fetches_after_a_cancelled_one() -> None:
    """The waiting request does not get the error of an earlier fetch."""
    started = asyncio.Event()
    fetches = 0

    async def fetch() -> Token:
        nonlocal fetches
        fetches += 1
        match fetches:
            case 1:
                raise CannotConnect
            case 2:
                started.set()
                await asyncio.Event().wait()
        return Token("T", 7200)

    cache = TokenCache(fetch)
    with pytest.raises(CannotConnect):
        await cache.get()
    first = asyncio.create_task(cache.get())
    second = asyncio.create_task(cache.get())
    await started.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second == "T"


async def test_a_token_that_cannot_be_renewed_is_used_until_it_expires(
    clock: Clock,
) -> None:
    """The renewal is tried once a minute."""
    issuer = Issuer(7200, CannotConnect())
    cache = TokenCache(issuer.fetch)
    await cache.get()
    clock.tick(6900)
    assert {*await get_many(cache)} == {"T1"}
    assert issuer.fetches == 2
    clock.tick(60)
    assert await cache.get() == "T1"
    assert issuer.fetches == 3
    clock.tick(240)
    with pytest.raises(CannotConnect):
        await cache.get()


async def test_a_dropped_token_is_not_used_when_it_cannot_be_renewed() -> None:
    """The vendor rejects the dropped token."""
    issuer = Issuer(7200, CannotConnect())
    cache = TokenCache(issuer.fetch)
    cache.drop(await cache.get())
    with pytest.raises(CannotConnect):
        await cache.get()


async def test_a_rejected_renewal_is_raised_immediately(clock: Clock) -> None:
    """The old token has not expired."""
    issuer = Issuer(7200, InvalidAuth())
    cache = TokenCache(issuer.fetch)
    await cache.get()
    clock.tick(6900)
    for _ in range(3):
        with pytest.raises(InvalidAuth):
            await cache.get()
    assert issuer.fetches == 2


def test_a_token_is_not_in_its_representation() -> None:
    """A token is a secret."""
    assert "T1" not in repr(Token("T1", 7200))
