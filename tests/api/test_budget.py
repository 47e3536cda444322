"""Test that the calls of an account stay within its limits, the urgent ones first."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
import logging

from freezegun.api import FrozenDateTimeFactory
from hypothesis import given, strategies as st
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
from custom_components.meeting_rooms.api.limits import (
    POLL_INTERVALS,
    RequestLimits,
    plan_polling,
)
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.api.wecom.client import WeComClient

NOON = datetime(2026, 3, 17, 4, tzinfo=UTC)
LIMITS = RequestLimits(per_minute=17, burst=2)
"""Two at once, and then one every four seconds."""
LIST = ApiRequest("list", Tier.STATUS)
DETAILS = ApiRequest("details", Tier.DETAILS)


@pytest.fixture(autouse=True)
def clock(freezer: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    """Stop the time at noon in Beijing; the loop's clock stops with it."""
    freezer.move_to(NOON)
    return freezer


@pytest.fixture
def budget() -> RequestBudget:
    """Return the budget of an account."""
    return RequestBudget(LIMITS, "The account")


async def make(
    budget: RequestBudget, call: ApiRequest, done: list[ApiRequest] | None = None
) -> None:
    """Make a call that works."""
    async with budget.slot(call):
        (done if done is not None else []).append(call)


async def be_refused(budget: RequestBudget, call: ApiRequest, err: Exception) -> None:
    """Make a call that does not work."""
    with pytest.raises(type(err)):
        async with budget.slot(call):
            raise err


async def pass_time(clock: FrozenDateTimeFactory, seconds: float) -> None:
    """Let time pass, and those who wait go on."""
    clock.tick(seconds)
    for _ in range(20):
        await asyncio.sleep(0)


def start(
    budget: RequestBudget, calls: Iterable[ApiRequest], done: list[ApiRequest]
) -> list[asyncio.Task[None]]:
    """Begin calls at the same time."""
    return [asyncio.create_task(make(budget, call, done)) for call in calls]


async def test_no_minute_sees_more_calls_than_its_limit(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """However many are asked for at once."""
    done: list[ApiRequest] = []
    tasks = start(budget, [LIST] * 30, done)
    made = []
    for _ in range(240):
        await pass_time(clock, 1)
        made.append(len(done))
    assert made[-1] == 30
    assert all(
        later - earlier <= LIMITS.per_minute
        for earlier, later in zip(made, made[60:], strict=False)
    )
    assert made[0] <= LIMITS.burst + 1
    await asyncio.gather(*tasks)


async def test_the_urgent_go_first(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """Status, then what a person asked for, then devices and alarms, then details."""
    done: list[ApiRequest] = []
    first = start(budget, [LIST] * LIMITS.burst, done)
    await asyncio.gather(*first)
    done.clear()
    rest, details, health, asked, status = (
        ApiRequest(tier.name, tier) for tier in reversed(Tier)
    )
    tasks = start(budget, [rest, details, health, asked, status], done)
    for _ in range(60):
        await pass_time(clock, 1)
    # The first to come was called before there was anyone more urgent.
    assert done == [rest, status, asked, health, details]
    await asyncio.gather(*tasks)


async def test_a_call_that_is_given_up_lets_the_next_one_go(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """Nobody waits behind it for ever."""
    done: list[ApiRequest] = []
    tasks = start(budget, [LIST] * 4, done)
    await pass_time(clock, 0)
    assert len(done) == LIMITS.burst
    tasks[2].cancel()
    await pass_time(clock, 60)
    assert len(done) == 3
    assert tasks[3].done()
    assert not budget.has_capacity(LIMITS.burst + 1)
    assert budget.has_capacity(1)


async def test_an_api_that_is_limited_is_left_alone_for_so_long(
    budget: RequestBudget,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Just this one, without a call, and said once."""
    caplog.set_level(logging.INFO)
    await be_refused(budget, LIST, RateLimited(60))
    assert budget.paused == {"list": 60}
    clock.tick(59)
    with pytest.raises(Throttled) as caught:
        await make(budget, LIST)
    assert caught.value.retry_after == pytest.approx(1)
    await make(budget, DETAILS)
    assert budget.today.calls == 2
    clock.tick(1)
    await be_refused(budget, LIST, RateLimited(60))
    clock.tick(60)
    await make(budget, LIST)
    assert budget.paused == {}
    assert [record.getMessage() for record in caplog.records] == [
        "The account: the vendor limits calls of list; asking again in 60 seconds",
        "The account: calls of list are answered again",
    ]


async def test_a_limit_of_the_whole_account_stops_every_api(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """A call that was on its way meanwhile does not lift it."""
    async with budget.slot(DETAILS):
        await be_refused(budget, LIST, RateLimited(60, whole_account=True))
    for call in (LIST, DETAILS):
        with pytest.raises(Throttled):
            await make(budget, call)
    clock.tick(60)
    await make(budget, DETAILS)
    await make(budget, LIST)


async def test_a_limit_of_the_whole_account_that_one_api_meets_is_said_once(
    budget: RequestBudget,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Although the others are answered meanwhile: it is over when that one is."""
    caplog.set_level(logging.INFO)
    for _ in range(3):
        await be_refused(budget, LIST, RateLimited(60, whole_account=True))
        clock.tick(60)
        await make(budget, DETAILS)
    await make(budget, LIST)
    assert [record.getMessage() for record in caplog.records] == [
        "The account: the vendor limits calls of the account; asking again in 60 seconds",
        "The account: calls of the account are answered again",
    ]


async def test_a_limit_is_over_when_what_was_refused_is_answered_otherwise(
    budget: RequestBudget,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An API that is denied by now is limited no longer; the next limit is told again."""
    await be_refused(budget, LIST, RateLimited(60, whole_account=True))
    clock.tick(60)
    await be_refused(budget, LIST, PermissionDenied())
    caplog.clear()
    await be_refused(budget, DETAILS, RateLimited(60, whole_account=True))
    assert "the vendor limits calls of the account" in caplog.text


async def test_a_long_limit_is_no_mere_moment(budget: RequestBudget) -> None:
    """What was last known must not stand for it."""
    await be_refused(budget, LIST, RateLimited(600))
    with pytest.raises(RateLimited) as caught:
        await make(budget, LIST)
    assert type(caught.value) is RateLimited


async def test_a_vendor_that_insists_is_left_alone_twice_as_long_each_time(
    clock: FrozenDateTimeFactory,
) -> None:
    """Up to an hour."""
    budget = RequestBudget(
        RequestLimits(per_minute=10, burst=2, exponential_backoff=True)
    )
    waits = []
    for _ in range(8):
        await be_refused(budget, LIST, RateLimited(60))
        waits.append(budget.paused["list"])
        clock.tick(waits[-1])
    assert waits == pytest.approx([60, 120, 240, 480, 960, 1920, 3600, 3600])
    await make(budget, LIST)
    await be_refused(budget, LIST, RateLimited(60))
    assert budget.paused["list"] == pytest.approx(60)


async def test_any_other_trouble_stops_nothing(budget: RequestBudget) -> None:
    """It is counted as a call."""
    await be_refused(budget, LIST, CannotConnect())
    assert budget.paused == {}
    assert budget.today.calls == 1


async def test_the_calls_of_a_day_are_counted_until_midnight_in_beijing(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """Then the count begins anew."""
    await make(budget, LIST)
    await make(budget, DETAILS)
    assert budget.today.calls == 2
    assert budget.sent == {Tier.STATUS: 1, Tier.DETAILS: 1}
    clock.tick(12 * 3600 - 1)
    assert budget.today.calls == 2
    clock.tick(1)
    assert budget.today.calls == 0


async def test_a_day_that_is_used_up_makes_no_more_calls(
    clock: FrozenDateTimeFactory,
) -> None:
    """Until the next one."""
    budget = RequestBudget(RequestLimits(per_minute=10, burst=2, per_day=5))
    budget.restore(DailyCount(day=budget.today.day, calls=4))
    await make(budget, LIST)
    with pytest.raises(RateLimited) as caught:
        await make(budget, LIST)
    assert caught.value.retry_after == 12 * 3600
    clock.tick(12 * 3600)
    await make(budget, LIST)
    assert budget.today.calls == 1


def test_the_count_of_another_day_is_not_taken_up(budget: RequestBudget) -> None:
    """That of the same day is."""
    today = budget.today.day
    budget.restore(DailyCount(day=today - 1, calls=900))
    assert budget.today.calls == 0
    budget.restore(DailyCount(day=today, calls=7))
    assert budget.today.calls == 7


async def test_the_share_of_the_last_minute_is_told(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """It falls again when nothing is asked."""
    await make(budget, LIST)
    await make(budget, LIST)
    assert budget.used == pytest.approx(2 / 17)
    clock.tick(60)
    assert budget.used == 0


@pytest.mark.parametrize(
    ("limits", "calls", "interval"),
    [
        (TencentMeetingClient.limits, 1, 15),
        (TencentMeetingClient.limits, 6, 15),
        (TencentMeetingClient.limits, 13, 30),
        (TencentMeetingClient.limits, 20, 30),
        (TencentMeetingClient.limits, 40, 60),
        (TencentMeetingClient.limits, 60, 120),
        (TencentMeetingClient.limits, 400, 120),
        (WeComClient.limits, 20, 15),
        (WeComClient.limits, 23, 30),
        (QuanshiClient.limits, 3, 15),
        (QuanshiClient.limits, 8, 30),
    ],
)
def test_the_states_are_read_as_often_as_half_the_limit_allows(
    limits: RequestLimits, calls: int, interval: int
) -> None:
    """1,000 rooms at Tencent Meeting are 20 calls."""
    assert plan_polling(limits, calls).interval == interval


def test_the_limit_of_a_day_may_be_the_narrower_one() -> None:
    """Half of 14,400 calls a day are five a minute."""
    limits = RequestLimits(per_minute=100, burst=15, per_day=14_400)
    plan = plan_polling(limits, 3)
    assert (plan.interval, plan.allowed_per_minute, plan.requests_per_minute) == (
        60,
        5,
        3,
    )


@given(
    limits=st.builds(
        RequestLimits,
        per_minute=st.integers(2, 20_000),
        burst=st.just(1),
        per_day=st.none() | st.integers(1, 10**7),
    ),
    calls=st.integers(1, 1000),
)
def test_a_shorter_interval_would_take_more_than_half(
    limits: RequestLimits, calls: int
) -> None:
    """And the one that is chosen takes no more, unless it is the longest."""
    plan = plan_polling(limits, calls)
    shorter = [each for each in POLL_INTERVALS if each < plan.interval]
    assert all(calls * 60 / each > plan.allowed_per_minute for each in shorter)
    assert (
        plan.requests_per_minute <= plan.allowed_per_minute
        or plan.interval == POLL_INTERVALS[-1]
    )
    assert plan.allowed_per_minute <= limits.per_minute / 2


@pytest.mark.parametrize("client", [TencentMeetingClient, WeComClient, QuanshiClient])
def test_what_we_allow_ourselves_is_within_what_is_documented(
    client: type[TencentMeetingClient | WeComClient | QuanshiClient],
) -> None:
    """100 a minute of one API and 200,000 a day at Tencent Meeting; less than the others allow."""
    limits = client.limits
    documented = {
        TencentMeetingClient: (100, 200_000),
        WeComClient: (10_000, None),
        QuanshiClient: (60, None),
    }
    per_minute, per_day = documented[client]
    assert limits.per_minute <= per_minute
    assert limits.per_day == per_day
    assert 0 < limits.burst < limits.per_minute


@pytest.mark.parametrize(
    ("hour", "left"), [(0, 16 * 3600), (15, 3600), (16, 86_400), (23, 17 * 3600)]
)
def test_the_vendors_days_begin_in_beijing(hour: int, left: int) -> None:
    """At 16:00 UTC."""
    now = datetime(2026, 3, 17, hour, tzinfo=UTC)
    assert seconds_left_of_day(now.timestamp()) == left


async def test_a_person_who_asks_is_not_held_back(
    budget: RequestBudget, clock: FrozenDateTimeFactory
) -> None:
    """The vendor itself says whether it still refuses; once it answers, the polls go on."""
    asked = ApiRequest("list", Tier.INTERACTIVE)
    await be_refused(budget, LIST, RateLimited(60))
    await be_refused(budget, asked, RateLimited(60))
    clock.tick(30)
    with pytest.raises(Throttled):
        await make(budget, LIST)
    await make(budget, asked)
    await make(budget, LIST)


@pytest.mark.parametrize(
    ("limits", "percent", "left"),
    [
        (TencentMeetingClient.limits, 100, (100, 20, 200_000)),
        (TencentMeetingClient.limits, 25, (25, 5, 50_000)),
        (WeComClient.limits, 10, (18, 6, None)),
        (RequestLimits(per_minute=6, burst=3, per_day=5), 10, (2, 1, 1)),
    ],
)
def test_a_share_of_the_limits(
    limits: RequestLimits, percent: int, left: tuple[int, int, int | None]
) -> None:
    """At least one call, and one more after it; how refusals are met stays the same."""
    share = limits.share(percent)
    assert (share.per_minute, share.burst, share.per_day) == left
    assert share.sustained_per_minute >= 1
    assert share.exponential_backoff is limits.exponential_backoff
