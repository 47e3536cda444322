"""Test when items are fetched in the background."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.account.schedule import Schedule


@pytest.fixture
def schedule(clock: FrozenDateTimeFactory) -> Schedule[str]:
    """Return a schedule of three items that were fetched at the current time."""
    schedule = Schedule[str]()
    schedule.keep(["a", "b", "c"])
    for item in ("a", "b", "c"):
        schedule.take()
        schedule.succeeded(item)
    return schedule


def taken(schedule: Schedule[str]) -> list[str]:
    """Take all items that are due."""
    return [*iter(schedule.take, None)]


def test_new_items_are_due_immediately(schedule: Schedule[str]) -> None:
    """Removed items are never due again."""
    schedule.keep(["b", "d"])
    assert taken(schedule) == ["d"]


def test_an_item_is_due_every_five_minutes(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """An item is not due one second earlier."""
    clock.tick(299)
    assert taken(schedule) == []
    clock.tick(1)
    assert taken(schedule) == ["a", "b", "c"]


def test_a_failed_item_is_due_again_soon_but_after_the_others(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """The retry is 30 seconds after the start of the attempt, even if that took 20 seconds."""
    clock.tick(300)
    assert schedule.take() == "a"
    clock.tick(20)
    schedule.failed("a", 30)
    assert taken(schedule) == ["b", "c"]
    clock.tick(10)
    assert taken(schedule) == ["a"]
    schedule.failed("a", 30)
    clock.tick(300)
    assert taken(schedule) == ["b", "c", "a"]


def test_only_items_that_were_due_by_a_given_time_are_taken(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """Items that become due later wait for the next manual update."""
    moment = clock().timestamp() + 299
    clock.tick(300)
    assert schedule.take(moment) is None
    assert schedule.take(moment + 1) == "a"


def test_a_pause_applies_to_every_item(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """Items that become due during the pause are due after it."""
    clock.tick(290)
    schedule.pause(60)
    clock.tick(59)
    assert taken(schedule) == []
    clock.tick(1)
    assert taken(schedule) == ["a", "b", "c"]


def test_values_expire_once_after_fifteen_minutes_of_failures(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """A due item is fetched before its value expires; a success restarts the fifteen minutes."""
    clock.tick(300)
    schedule.take()
    schedule.failed("a", 890)
    clock.tick(900)
    assert schedule.expire() == []
    assert schedule.take() in {"b", "c"}
    assert [*taken(schedule)][-1] == "a"
    assert schedule.expire() == ["a"]
    assert schedule.expire() == []
    schedule.succeeded("a")
    clock.tick(1000)
    assert schedule.expire() == []


def test_all_values_expire_after_fifteen_minutes_without_a_success(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """Items that were not tried expire too; a single success prevents this."""
    schedule.pause(3600, failing=True)
    clock.tick(899)
    assert schedule.expire() == []
    clock.tick(1)
    assert schedule.expire() == ["a", "b", "c"]
    assert schedule.expire() == []


def test_a_success_prevents_the_expiry_of_all_values(
    schedule: Schedule[str], clock: FrozenDateTimeFactory
) -> None:
    """The other items wait only until they are due."""
    schedule.pause(60, failing=True)
    clock.tick(300)
    schedule.take()
    schedule.succeeded("a")
    clock.tick(100)
    schedule.pause(3600)
    clock.tick(600)
    assert schedule.expire() == []
