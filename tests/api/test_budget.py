"""Test the request budget of an account."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
import logging

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.budget import (
    ApiRequest,
    DailyCount,
    RequestBudget,
    Tier,
    seconds_left_of_day,
)
from custom_components.meeting_rooms.api.errors import (
    CannotConnect,
    PermissionDenied,
    RateLimited,
    Throttled,
)
from custom_components.meeting_rooms.api.limits import RequestLimits

NOON = datetime(2026, 3, 17, 4, tzinfo=UTC)
LIMITS = RequestLimits(per_minute=17, burst=2)
"""A burst of two requests, then one request every four seconds."""
WIDE_LIMITS = RequestLimits(per_minute=80, burst=20)
"""A burst of twenty requests, then one request every second."""
LIST = ApiRequest("list", Tier.STATUS)
DETAILS = ApiRequest("details", Tier.DETAILS)
BACKGROUND = (Tier.HEALTH, Tier.DETAILS, Tier.OTHER)


@pytest.fixture(autouse=True)
def clock(freezer: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    """Stop all clocks at noon in Beijing, including that of the event loop."""
    freezer.move_to(NOON)
    return freezer


@pytest.fixture
def budget() -> RequestBudget:
    """Return the budget of an account."""
    return RequestBudget(LIMITS, "The account")


async def send(
    budget: RequestBudget, request: ApiRequest, sent: list[ApiRequest] | None = None
) -> None:
    """Send a request that succeeds."""
    async with budget.slot(request):
        (sent if sent is not None else []).append(request)


async def fail(budget: RequestBudget, request: ApiRequest, err: Exception) -> None:
    """Send a request that fails."""
    with pytest.raises(type(err)):
        async with budget.slot(request):
            raise err


async def advance(clock: FrozenDateTimeFactory, seconds: float) -> None:
    """Advance the time, and let waiting requests continue."""
    clock.tick(seconds)
    for _ in range(20):
        await asyncio.sleep(0)


def start(
    budget: RequestBudget, requests: Iterable[ApiRequest], sent: list[ApiRequest]
) -> list[asyncio.Task[None]]:
    """Start requests at the same time."""
    return [asyncio.create_task(send(budget, request, sent)) for request in requests]


# The limit per minute


async def test_no_minute_has_more_requests_than_the_limit(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """Any number of requests may be started at the same time."""
    sent: list[ApiRequest] = []
    tasks = start(budget, [LIST] * 30, sent)
    counts = []
    for _ in range(240):
        await advance(clock, 1)
        counts.append(len(sent))
    assert counts[-1] == 30
    assert all(
        later - earlier <= LIMITS.per_minute
        for earlier, later in zip(counts, counts[60:], strict=False)
    )
    assert counts[0] <= LIMITS.burst + 1
    await asyncio.gather(*tasks)


async def test_a_cancelled_request_does_not_block_the_next(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """The cancelled request uses no part of the limit."""
    sent: list[ApiRequest] = []
    tasks = start(budget, [LIST] * 4, sent)
    await advance(clock, 0)
    assert len(sent) == LIMITS.burst
    tasks[2].cancel()
    await advance(clock, 60)
    assert len(sent) == 3
    assert tasks[3].done()


async def test_the_used_share_is_that_of_the_last_minute(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """The share decreases while no request is sent."""
    await send(budget, LIST)
    await send(budget, LIST)
    assert budget.used == pytest.approx(2 / 17)
    clock.tick(60)
    assert budget.used == 0


# The reserve for polls and forms


@pytest.mark.parametrize("tier", [Tier.BOOKINGS, *BACKGROUND])
async def test_a_form_responds_immediately_while_rooms_are_fetched(
    clock: FrozenDateTimeFactory, tier: Tier
) -> None:
    """Background requests always leave a few requests of the burst."""
    budget = RequestBudget(WIDE_LIMITS)
    sent: list[ApiRequest] = []
    tasks = start(budget, [ApiRequest("api", tier)] * 20, sent)
    await advance(clock, 0)
    assert len(sent) == 15
    for _ in range(5):
        await send(budget, ApiRequest("form", Tier.INTERACTIVE))
    assert len(sent) == 15
    for _ in range(60):
        await advance(clock, 1)
    assert len(sent) == 20
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("tier", BACKGROUND)
async def test_a_background_request_does_not_use_the_reserve(
    clock: FrozenDateTimeFactory, tier: Tier
) -> None:
    """The request waits until the limiter has capacity for the next poll too."""
    budget = RequestBudget(WIDE_LIMITS)
    budget.reserve = 6
    sent: list[ApiRequest] = []
    tasks = start(budget, [ApiRequest("api", tier)] * 20, sent)
    await advance(clock, 0)
    assert len(sent) == 14
    await asyncio.gather(*(send(budget, LIST) for _ in range(6)))
    await advance(clock, 5)
    assert len(sent) == 14
    for _ in range(60):
        await advance(clock, 1)
    assert len(sent) == 20
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("tier", [Tier.STATUS, Tier.INTERACTIVE])
async def test_polls_and_forms_use_the_reserve(tier: Tier) -> None:
    """Polls and forms send requests without a wait while the burst lasts."""
    budget = RequestBudget(WIDE_LIMITS)
    budget.reserve = 6
    for _ in range(WIDE_LIMITS.burst):
        await send(budget, ApiRequest("api", tier))
    assert budget.sent == {tier: WIDE_LIMITS.burst}


async def test_a_poll_larger_than_the_burst_does_not_stop_the_background(
    clock: FrozenDateTimeFactory,
) -> None:
    """At most half of the burst is reserved."""
    budget = RequestBudget(WIDE_LIMITS)
    budget.reserve = 1000
    sent: list[ApiRequest] = []
    tasks = start(budget, [DETAILS] * 12, sent)
    await advance(clock, 0)
    assert len(sent) == 10
    for _ in range(5):
        await advance(clock, 1)
    assert len(sent) == 12
    await asyncio.gather(*tasks)


# Pauses


async def test_a_limited_api_is_paused(
    budget: RequestBudget,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Other APIs are not paused; the start and the end of the pause are logged once."""
    caplog.set_level(logging.INFO)
    await fail(budget, LIST, RateLimited(60))
    assert budget.paused == {"list": 60}
    clock.tick(59)
    with pytest.raises(Throttled) as caught:
        await send(budget, LIST)
    assert caught.value.retry_after == pytest.approx(1)
    await send(budget, DETAILS)
    assert budget.today.requests == 2
    clock.tick(1)
    await fail(budget, LIST, RateLimited(60))
    clock.tick(60)
    await send(budget, LIST)
    assert budget.paused == {}
    assert [record.getMessage() for record in caplog.records] == [
        "The account: the vendor limits requests to list; pausing for 60 seconds",
        "The account: list responds again",
    ]


async def test_a_limit_of_the_account_pauses_every_api(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """The response to an earlier request does not end the pause."""
    async with budget.slot(DETAILS):
        await fail(budget, LIST, RateLimited(60, whole_account=True))
    for request in (LIST, DETAILS):
        with pytest.raises(Throttled):
            await send(budget, request)
    clock.tick(60)
    await send(budget, DETAILS)
    await send(budget, LIST)


async def test_a_repeated_limit_of_the_account_is_logged_once(
    budget: RequestBudget,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Only a response of the API that was limited ends the pause."""
    caplog.set_level(logging.INFO)
    for _ in range(3):
        await fail(budget, LIST, RateLimited(60, whole_account=True))
        clock.tick(60)
        await send(budget, DETAILS)
    await send(budget, LIST)
    assert [record.getMessage() for record in caplog.records] == [
        "The account: the vendor limits requests to all APIs; pausing for 60 seconds",
        "The account: the account responds again",
    ]


async def test_another_error_ends_a_pause(
    budget: RequestBudget,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An API that reports a missing permission is no longer limited."""
    await fail(budget, LIST, RateLimited(60, whole_account=True))
    clock.tick(60)
    await fail(budget, LIST, PermissionDenied())
    caplog.clear()
    clock.tick(60)
    await fail(budget, DETAILS, RateLimited(60, whole_account=True))
    assert "the vendor limits requests to all APIs" in caplog.text


async def test_a_long_pause_is_not_reported_as_throttled(budget: RequestBudget) -> None:
    """The last known status must not be kept for the length of such a pause."""
    await fail(budget, LIST, RateLimited(600))
    with pytest.raises(RateLimited) as caught:
        await send(budget, LIST)
    assert type(caught.value) is RateLimited


async def test_a_pause_doubles_each_time(clock: FrozenDateTimeFactory) -> None:
    """The maximum is an hour, and a success resets the pause."""
    budget = RequestBudget(
        RequestLimits(per_minute=10, burst=2, exponential_backoff=True)
    )
    pauses = []
    for _ in range(8):
        await fail(budget, LIST, RateLimited(60))
        pauses.append(budget.paused["list"])
        clock.tick(pauses[-1])
    assert pauses == pytest.approx([60, 120, 240, 480, 960, 1920, 3600, 3600])
    await send(budget, LIST)
    await fail(budget, LIST, RateLimited(60))
    assert budget.paused["list"] == pytest.approx(60)


async def test_a_pause_stays_an_hour_after_any_number_of_refusals(
    clock: FrozenDateTimeFactory,
) -> None:
    """2**1025 seconds would overflow."""
    budget = RequestBudget(
        RequestLimits(per_minute=10, burst=2, exponential_backoff=True)
    )
    for _ in range(1_100):
        await fail(budget, LIST, RateLimited(60))
        clock.tick(3600)
    await fail(budget, LIST, RateLimited(60))
    assert budget.paused["list"] == pytest.approx(3600)


async def test_a_pause_is_never_shorter_than_required(
    clock: FrozenDateTimeFactory,
) -> None:
    """The vendor may require a pause of more than an hour."""
    budget = RequestBudget(
        RequestLimits(per_minute=10, burst=2, exponential_backoff=True)
    )
    await fail(budget, LIST, RateLimited(7200))
    assert budget.paused["list"] == pytest.approx(7200)


async def test_other_errors_cause_no_pause(budget: RequestBudget) -> None:
    """A request that fails is counted too."""
    await fail(budget, LIST, CannotConnect())
    assert budget.paused == {}
    assert budget.today.requests == 1


async def test_an_interactive_request_is_sent_during_a_pause(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """The success of the request ends the pause for polls as well."""
    interactive = ApiRequest("list", Tier.INTERACTIVE)
    await fail(budget, LIST, RateLimited(60))
    await fail(budget, interactive, RateLimited(60))
    clock.tick(30)
    with pytest.raises(Throttled):
        await send(budget, LIST)
    await send(budget, interactive)
    await send(budget, LIST)


async def test_a_pause_does_not_depend_on_the_wall_clock(
    budget: RequestBudget, clock: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Setting the clock back by eight hours does not change the end of the pause."""
    await fail(budget, LIST, RateLimited(60))
    now = NOON.timestamp() - 8 * 3600
    monkeypatch.setattr("time.time", lambda: now)
    assert budget.paused == {"list": 60}


# The requests of a day


async def test_requests_are_counted_until_midnight_in_beijing(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """The count restarts at midnight."""
    await send(budget, LIST)
    clock.tick(60)
    await send(budget, DETAILS)
    assert budget.today.requests == 2
    assert budget.sent == {Tier.STATUS: 1, Tier.DETAILS: 1}
    clock.tick(12 * 3600 - 61)
    assert budget.today.requests == 2
    clock.tick(1)
    assert budget.today.requests == 0


async def test_no_request_is_sent_after_the_daily_limit(
    clock: FrozenDateTimeFactory,
) -> None:
    """Requests are sent again on the next day."""
    budget = RequestBudget(RequestLimits(per_minute=10, burst=2, per_day=5))
    budget.restore(DailyCount(day=budget.today.day, requests=4))
    await send(budget, LIST)
    with pytest.raises(RateLimited) as caught:
        await send(budget, LIST)
    assert caught.value.retry_after == 12 * 3600
    clock.tick(12 * 3600)
    await send(budget, LIST)
    assert budget.today.requests == 1


@pytest.mark.parametrize(
    ("moved", "requests"),
    [("2026-03-16T12:00:00Z", 2), ("2026-03-10T04:00:00Z", 0)],
    ids=["hours", "days"],
)
async def test_the_count_is_kept_when_the_clock_is_set_back_by_hours(
    budget: RequestBudget, clock: FrozenDateTimeFactory, moved: str, requests: int
) -> None:
    """Setting the clock back by days resets the count."""
    await send(budget, LIST)
    await send(budget, LIST)
    clock.move_to(moved)
    assert budget.today.requests == requests


def test_only_the_count_of_the_same_day_is_restored(budget: RequestBudget) -> None:
    """The count of another day is ignored."""
    today = budget.today.day
    budget.restore(DailyCount(day=today - 1, requests=900))
    assert budget.today.requests == 0
    budget.restore(DailyCount(day=today, requests=7))
    assert budget.today.requests == 7


@pytest.mark.parametrize(
    ("hour", "left"), [(0, 16 * 3600), (15, 3600), (16, 86_400), (23, 17 * 3600)]
)
def test_the_day_starts_at_midnight_in_beijing(hour: int, left: int) -> None:
    """Midnight in Beijing is 16:00 UTC."""
    now = datetime(2026, 3, 17, hour, tzinfo=UTC)
    assert seconds_left_of_day(now.timestamp()) == left
