"""Test that pushed alerts update the fetched alarms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.meeting_rooms.api.models.alert import RoomAlert
from custom_components.meeting_rooms.api.models.room import Alarm, DeviceAlarms, Health
from custom_components.meeting_rooms.rooms.alarms import active_alarms, worst

CPU = Alarm(code="cpu_occupancy_rate_overtop", description="CPU")
OFFLINE = Alarm(code="device_off_line")
ALERT = RoomAlert(
    room_id="1",
    rooms_id="a",
    alarm=OFFLINE,
    health=Health.ERROR,
    recovered=False,
    at=datetime(2026, 3, 17, tzinfo=UTC),
)
RECOVERY = replace(ALERT, recovered=True)
NO_ALARM = DeviceAlarms(room_id="1", rooms_id="a")
HEALTHY = replace(NO_ALARM, health=Health.OK)
BUSY = replace(NO_ALARM, health=Health.WARNING, alarms=(CPU,))
LOST = replace(NO_ALARM, health=Health.ERROR, alarms=(OFFLINE,))
OTHER_LOST = replace(LOST, rooms_id="b")


@pytest.mark.parametrize("fetched", [None, (), (NO_ALARM,), (BUSY, OTHER_LOST)])
def test_without_alerts_the_fetched_alarms_are_active(
    fetched: tuple[DeviceAlarms, ...] | None,
) -> None:
    """The alarms are returned as the same object."""
    assert active_alarms(fetched, ()) is fetched


@pytest.mark.parametrize(
    ("fetched", "active"),
    [
        (None, (LOST,)),
        ((), (LOST,)),
        ((NO_ALARM,), (LOST,)),
        ((LOST,), (LOST,)),
        ((BUSY,), (replace(LOST, alarms=(CPU, OFFLINE)),)),
        ((OTHER_LOST,), (OTHER_LOST, LOST)),
    ],
)
def test_an_alert_adds_its_alarm(
    fetched: tuple[DeviceAlarms, ...] | None, active: tuple[DeviceAlarms, ...]
) -> None:
    """The alarm is added once, and the device gets the worst health."""
    assert active_alarms(fetched, (ALERT,)) == active


@pytest.mark.parametrize(
    ("fetched", "active"),
    [
        (None, None),
        ((), ()),
        ((NO_ALARM,), (NO_ALARM,)),
        ((LOST,), (NO_ALARM,)),
        ((BUSY,), (BUSY,)),
        ((HEALTHY,), (HEALTHY,)),
        (
            (replace(LOST, alarms=(CPU, OFFLINE)),),
            (replace(BUSY, health=Health.ERROR),),
        ),
        ((OTHER_LOST, LOST), (OTHER_LOST, NO_ALARM)),
    ],
)
def test_a_recovery_removes_its_alarm(
    fetched: tuple[DeviceAlarms, ...] | None, active: tuple[DeviceAlarms, ...] | None
) -> None:
    """Other devices keep their alarms; without fetched alarms, the alarms stay unknown."""
    assert active_alarms(fetched, (RECOVERY,)) == active


def test_a_recovery_without_a_device_applies_to_all_devices() -> None:
    """The alert does not contain the device that has recovered."""
    recovery = replace(RECOVERY, rooms_id=None)
    assert active_alarms((OTHER_LOST, LOST), (recovery,)) == (
        replace(OTHER_LOST, alarms=(), health=None),
        NO_ALARM,
    )


def test_alerts_are_applied_in_their_order() -> None:
    """A recovery of one alarm leaves a later alarm active."""
    busy = replace(ALERT, alarm=CPU, health=Health.WARNING)
    assert active_alarms((LOST,), (RECOVERY, busy)) == (BUSY,)


@pytest.mark.parametrize(
    ("health", "alarm", "same"),
    [(Health.WARNING, OFFLINE, True), (Health.ERROR, CPU, False)],
)
def test_an_alert_is_identified_by_device_and_code(
    health: Health, alarm: Alarm, same: bool
) -> None:
    """The time, health and text of the alert do not matter."""
    other = replace(
        RECOVERY, health=health, alarm=alarm, at=ALERT.at + timedelta(hours=1)
    )
    assert (other.concerns == ALERT.concerns) is same
    assert replace(other, rooms_id="b").concerns != ALERT.concerns


@pytest.mark.parametrize(
    ("healths", "found"),
    [
        ((), None),
        ((None,), None),
        ((None, Health.OK), Health.OK),
        ((Health.OK, Health.WARNING), Health.WARNING),
        ((Health.WARNING, Health.ERROR, None), Health.ERROR),
    ],
)
def test_the_worst_health_of_the_devices_is_shown(
    healths: tuple[Health | None, ...], found: Health | None
) -> None:
    """Devices with an unknown health are ignored."""
    assert worst(healths) is found
