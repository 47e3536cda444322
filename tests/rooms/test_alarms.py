"""Test what alerts make of the alarms that were read."""

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
WELL = DeviceAlarms(room_id="1", rooms_id="a")
HEALTHY = replace(WELL, health=Health.OK)
BUSY = replace(WELL, health=Health.WARNING, alarms=(CPU,))
LOST = replace(WELL, health=Health.ERROR, alarms=(OFFLINE,))
OTHER_LOST = replace(LOST, rooms_id="b")


@pytest.mark.parametrize("read", [None, (), (WELL,), (BUSY, OTHER_LOST)])
def test_without_alerts_what_was_read_stands(
    read: tuple[DeviceAlarms, ...] | None,
) -> None:
    """As the very same object."""
    assert active_alarms(read, ()) is read


@pytest.mark.parametrize(
    ("read", "stands"),
    [
        (None, (LOST,)),
        ((), (LOST,)),
        ((WELL,), (LOST,)),
        ((LOST,), (LOST,)),
        ((BUSY,), (replace(LOST, alarms=(CPU, OFFLINE)),)),
        ((OTHER_LOST,), (OTHER_LOST, LOST)),
    ],
)
def test_a_trouble_that_begins_stands(
    read: tuple[DeviceAlarms, ...] | None, stands: tuple[DeviceAlarms, ...]
) -> None:
    """Once, beside the others, and the device is as bad as the worst of it."""
    assert active_alarms(read, (ALERT,)) == stands


@pytest.mark.parametrize(
    ("read", "stands"),
    [
        (None, None),
        ((), ()),
        ((WELL,), (WELL,)),
        ((LOST,), (WELL,)),
        ((BUSY,), (BUSY,)),
        ((HEALTHY,), (HEALTHY,)),
        (
            (replace(LOST, alarms=(CPU, OFFLINE)),),
            (replace(BUSY, health=Health.ERROR),),
        ),
        ((OTHER_LOST, LOST), (OTHER_LOST, WELL)),
    ],
)
def test_a_trouble_that_is_over_stands_no_longer(
    read: tuple[DeviceAlarms, ...] | None, stands: tuple[DeviceAlarms, ...] | None
) -> None:
    """Only at its device; where nothing was read, nothing is known after it either."""
    assert active_alarms(read, (RECOVERY,)) == stands


def test_a_recovery_that_names_no_device_is_of_all() -> None:
    """There is no telling which."""
    recovery = replace(RECOVERY, rooms_id=None)
    assert active_alarms((OTHER_LOST, LOST), (recovery,)) == (
        replace(OTHER_LOST, alarms=(), health=None),
        WELL,
    )


def test_alerts_of_several_troubles_add_up() -> None:
    """In their order."""
    busy = replace(ALERT, alarm=CPU, health=Health.WARNING)
    assert active_alarms((LOST,), (RECOVERY, busy)) == (BUSY,)


@pytest.mark.parametrize(
    ("health", "alarm", "same"),
    [(Health.WARNING, OFFLINE, True), (Health.ERROR, CPU, False)],
)
def test_alerts_concern_a_code_of_a_device(
    health: Health, alarm: Alarm, same: bool
) -> None:
    """Whatever else they tell."""
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
def test_the_worst_health_counts(
    healths: tuple[Health | None, ...], found: Health | None
) -> None:
    """Of those that are known."""
    assert worst(healths) is found
