"""Test pushed alerts and lists of alarms in a snapshot, in any order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.meeting_rooms.account.snapshot import Snapshot
from custom_components.meeting_rooms.api.client import Listing, LiveStatus
from custom_components.meeting_rooms.api.models.alert import RoomAlert
from custom_components.meeting_rooms.api.models.room import (
    Alarm,
    Device,
    DeviceAlarms,
    Health,
    RoomSummary,
)

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OFFLINE = Alarm(code="device_off_line")
RAISED = RoomAlert(
    room_id="1",
    rooms_id="a",
    alarm=OFFLINE,
    health=Health.ERROR,
    recovered=False,
    at=NOON,
)
OVER = replace(RAISED, recovered=True, at=NOON + SECOND)
LOST = DeviceAlarms(room_id="1", rooms_id="a", health=Health.ERROR, alarms=(OFFLINE,))
WELL = DeviceAlarms(room_id="1", rooms_id="a")


def office() -> Snapshot:
    """Return an account with two rooms."""
    rooms = {each: RoomSummary(room_id=each) for each in ("1", "2")}
    return Snapshot().with_live(LiveStatus(rooms=rooms, rooms_complete=True))


def with_list(
    snapshot: Snapshot, *device_alarms: DeviceAlarms, begun: datetime
) -> Snapshot:
    """Return a snapshot with a complete list of alarms."""
    return snapshot.with_alarms(Listing({"1": device_alarms}, complete=True), begun)


def test_an_alert_changes_only_its_room() -> None:
    """The other room stays the same object."""
    before = office()
    after = before.with_alert(RAISED)
    assert after.changed_since(before) == {"1"}
    assert (after.room("1").problem, before.room("1").problem) == (True, None)
    assert after.room("2") is before.room("2")


@pytest.mark.parametrize("room_id", ["3", "", "event_1", "controller_a_1"])
def test_an_alert_of_an_unknown_room_changes_nothing(room_id: str) -> None:
    """The snapshot stays the same object."""
    before = office()
    assert before.with_alert(replace(RAISED, room_id=room_id)) is before


@pytest.mark.parametrize(("rooms_id", "problem"), [("a", True), ("b", None)])
def test_an_alert_with_only_a_device_id_belongs_to_the_devices_room(
    rooms_id: str, problem: bool | None
) -> None:
    """The list of devices contains the room of the device."""
    devices = {"1": (Device(room_id="1", rooms_id="a"),)}
    snapshot = office().with_devices(Listing(devices, complete=True))
    alert = replace(RAISED, room_id=None, rooms_id=rooms_id)
    after = snapshot.with_alert(alert)
    assert (after.room("1").problem, after.room("2").problem) == (problem, None)


def test_an_alert_without_a_room_and_a_device_changes_nothing() -> None:
    """The room of such an alert is unknown."""
    before = office()
    assert before.with_alert(replace(RAISED, room_id=None, rooms_id=None)) is before


def test_the_same_alert_again_changes_nothing() -> None:
    """The snapshot stays the same object."""
    once = office().with_alert(RAISED)
    assert once.with_alert(replace(RAISED)) is once


@pytest.mark.parametrize("alerts", [(RAISED, OVER), (OVER, RAISED)])
def test_the_later_of_two_alerts_is_active(alerts: tuple[RoomAlert, ...]) -> None:
    """The order in which the alerts arrive does not matter."""
    snapshot = with_list(office(), WELL, begun=NOON - SECOND)
    for alert in alerts:
        snapshot = snapshot.with_alert(alert)
    assert snapshot.room("1").problem is False


def test_of_two_alerts_with_the_same_time_the_last_to_arrive_is_active() -> None:
    """The alerts differ in nothing else that shows their order."""
    snapshot = office().with_alert(RAISED).with_alert(replace(OVER, at=NOON))
    assert snapshot.room("1").problem is None


@pytest.mark.parametrize(
    ("alert", "listed", "begun", "problem"),
    [
        (RAISED, WELL, NOON - SECOND, True),
        (RAISED, WELL, NOON, True),
        (RAISED, WELL, NOON + SECOND, False),
        (RAISED, LOST, NOON - SECOND, True),
        (OVER, LOST, NOON, False),
        (OVER, LOST, NOON + SECOND, False),
        (OVER, LOST, NOON + 2 * SECOND, True),
    ],
)
def test_a_list_does_not_undo_an_alert_after_its_request(
    alert: RoomAlert, listed: DeviceAlarms, begun: datetime, problem: bool
) -> None:
    """A later list replaces the alert."""
    snapshot = with_list(office().with_alert(alert), listed, begun=begun)
    assert snapshot.room("1").problem is problem
    later = with_list(snapshot, listed, begun=NOON + timedelta(minutes=5))
    assert later.room("1").problem is bool(listed.alarms)
    assert later.room("1").alerts == ()


def test_an_incomplete_list_keeps_the_alerts_of_the_other_rooms() -> None:
    """The incomplete list does not contain these rooms."""
    snapshot = office().with_alert(RAISED).with_alert(replace(RAISED, room_id="2"))
    later = NOON + timedelta(minutes=5)
    after = snapshot.with_alarms(Listing({"1": (WELL,)}, complete=False), later)
    assert (after.room("1").problem, after.room("2").problem) == (False, True)


def test_a_list_without_a_change_changes_nothing() -> None:
    """The snapshot stays the same object."""
    snapshot = with_list(office(), WELL, begun=NOON)
    assert with_list(snapshot, WELL, begun=NOON + SECOND) is snapshot


def test_the_number_of_alerts_of_a_room_is_limited() -> None:
    """The oldest alert is dropped first."""
    snapshot = office()
    for number in range(60):
        alarm = Alarm(code=f"new_{number}")
        snapshot = snapshot.with_alert(replace(RAISED, alarm=alarm))
    standing = snapshot.room("1").active_alarms or ()
    codes = [alarm.code for monitor in standing for alarm in monitor.alarms]
    assert codes == [f"new_{number}" for number in range(10, 60)]
