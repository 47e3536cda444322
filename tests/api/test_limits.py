"""Test the rate limits of accounts and the poll interval that they allow."""

from hypothesis import given, strategies as st
import pytest

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


@pytest.mark.parametrize(
    ("limits", "requests", "interval"),
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
def test_polls_use_at_most_half_of_the_limit(
    limits: RequestLimits, requests: int, interval: int
) -> None:
    """1,000 rooms of Tencent Meeting are 20 requests."""
    assert plan_polling(limits, requests).interval == interval


def test_the_daily_limit_may_determine_the_interval() -> None:
    """Half of 14,400 requests a day are five a minute."""
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
    requests=st.integers(1, 1000),
)
def test_the_interval_is_the_shortest_possible(
    limits: RequestLimits, requests: int
) -> None:
    """A shorter interval would exceed half of the limit."""
    plan = plan_polling(limits, requests)
    shorter = [each for each in POLL_INTERVALS if each < plan.interval]
    assert all(requests * 60 / each > plan.allowed_per_minute for each in shorter)
    assert (
        plan.requests_per_minute <= plan.allowed_per_minute
        or plan.interval == POLL_INTERVALS[-1]
    )
    assert plan.allowed_per_minute <= limits.per_minute / 2


@pytest.mark.parametrize("client", [TencentMeetingClient, WeComClient, QuanshiClient])
def test_limits_are_within_those_that_are_documented(
    client: type[TencentMeetingClient | WeComClient | QuanshiClient],
) -> None:
    """Tencent Meeting permits 100 requests a minute to one API and 200,000 a day."""
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
    ("limits", "percent", "left"),
    [
        (TencentMeetingClient.limits, 100, (100, 20, 200_000)),
        (TencentMeetingClient.limits, 25, (25, 5, 50_000)),
        (WeComClient.limits, 10, (18, 6, None)),
        (RequestLimits(per_minute=6, burst=3, per_day=5), 10, (2, 1, 1)),
    ],
)
def test_a_share_keeps_a_burst_of_one(
    limits: RequestLimits, percent: int, left: tuple[int, int, int | None]
) -> None:
    """A small share still sends one request a minute."""
    share = limits.share(percent)
    assert (share.per_minute, share.burst, share.per_day) == left
    assert share.sustained_per_minute >= 1
    assert share.exponential_backoff is limits.exponential_backoff
