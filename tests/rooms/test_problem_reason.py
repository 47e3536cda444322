"""Test that the reason of a problem is the worst there is, and agrees with the problem."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.models.alert import RoomAlert
from custom_components.meeting_rooms.api.models.room import (
    Alarm,
    Device,
    DeviceAlarms,
    DeviceHealth,
    HardwareDetails,
    Health,
    RoomDetails,
)
from custom_components.meeting_rooms.rooms.problems import ProblemReason
from custom_components.meeting_rooms.rooms.room import Room

from ..api.any_json import MANY

NOW = datetime(2026, 3, 17, tzinfo=UTC)
CODES = (
    "device_off_line",
    "cpu_occupancy_rate_overtop",
    "speaker_volume_too_low",
    "display_refresh_too_low",
    "none",
    "health_warning",
    "new",
    None,
)
WELL = Device(health=DeviceHealth(camera=True, microphone=True, speaker=True))


def alarmed(code: str | None) -> Room:
    """Return a room against which one alarm stands."""
    return Room(room_id="1", device_alarms=(DeviceAlarms(alarms=(Alarm(code=code),)),))


def judged(health: Health) -> Room:
    """Return a room of which the details tell the health."""
    return Room(
        room_id="1", details=RoomDetails(hardware=HardwareDetails(health=health))
    )


def equipped(**health: bool) -> Room:
    """Return a room with one device."""
    return Room(room_id="1", devices=(Device(health=DeviceHealth(**health)),))


WORST_FIRST = [
    (alarmed("device_off_line"), "device_off_line"),
    (equipped(camera=False), "camera"),
    (equipped(microphone=False), "microphone"),
    (equipped(speaker=False), "speaker"),
    (judged(Health.ERROR), "health_error"),
    (alarmed("on_fire"), "other_alarm"),
    (alarmed("cpu_occupancy_rate_overtop"), "cpu_occupancy_rate_overtop"),
    (alarmed("speaker_volume_too_low"), "speaker_volume_too_low"),
    (alarmed("display_refresh_too_low"), "display_refresh_too_low"),
    (judged(Health.WARNING), "health_warning"),
    (Room(room_id="1", devices=(WELL,)), "none"),
]


def both(one: Room, other: Room) -> Room:
    """Return a room with the signs of two."""
    return Room(
        room_id="1",
        details=one.details or other.details,
        devices=(*(one.devices or ()), *(other.devices or ())),
        device_alarms=(*(one.device_alarms or ()), *(other.device_alarms or ())),
    )


@pytest.mark.parametrize(("room", "reason"), WORST_FIRST)
def test_each_sign_is_a_reason(room: Room, reason: str) -> None:
    """By its own name; a code that no page knows is another alarm."""
    assert room.problem_reason == reason


@pytest.mark.parametrize(
    ("worse", "lesser"),
    [(worse, lesser) for (worse, _), (lesser, _) in pairwise(WORST_FIRST)],
)
def test_the_worst_reason_is_told(worse: Room, lesser: Room) -> None:
    """Whichever was told first."""
    assert both(worse, lesser).problem_reason is worse.problem_reason
    assert both(lesser, worse).problem_reason is worse.problem_reason


@pytest.mark.parametrize(
    "room", [equipped(), Room(room_id="1", details=RoomDetails(), devices=())]
)
def test_where_nothing_is_known_there_is_no_reason(room: Room) -> None:
    """Not even that there is none."""
    assert (room.problem, room.problem_reason) == (None, None)


@pytest.mark.parametrize("code", ["none", "camera", "health_warning", "", None])
def test_a_code_that_is_called_like_a_reason_is_another_alarm(code: str | None) -> None:
    """An alarm never says that all is well."""
    assert alarmed(code).problem_reason is ProblemReason.OTHER_ALARM


FLAGS = st.none() | st.booleans()
HEALTHS = st.none() | st.sampled_from(Health)
ALARMS = st.builds(Alarm, code=st.sampled_from(CODES))
DEVICE_IDS = st.sampled_from([None, "a", "b"])
DEVICES = st.builds(
    Device,
    health=st.builds(DeviceHealth, camera=FLAGS, microphone=FLAGS, speaker=FLAGS),
)
MONITORS = st.builds(
    DeviceAlarms,
    rooms_id=DEVICE_IDS,
    health=HEALTHS,
    alarms=st.lists(ALARMS, max_size=3).map(tuple),
)
ALERTS = st.builds(
    RoomAlert,
    room_id=st.just("1"),
    rooms_id=DEVICE_IDS,
    alarm=ALARMS,
    health=HEALTHS,
    recovered=st.booleans(),
    at=st.integers(0, 9).map(lambda seconds: NOW + timedelta(seconds=seconds)),
)
ROOMS = st.builds(
    Room,
    room_id=st.just("1"),
    details=st.none()
    | st.builds(RoomDetails, hardware=st.builds(HardwareDetails, health=HEALTHS)),
    devices=st.none() | st.lists(DEVICES, max_size=2).map(tuple),
    device_alarms=st.none() | st.lists(MONITORS, max_size=2).map(tuple),
)


@given(room=ROOMS, alerts=st.lists(ALERTS, max_size=4))
@MANY
def test_a_problem_and_its_reason_always_agree(
    room: Room, alerts: list[RoomAlert]
) -> None:
    """On means a reason other than none, off none, and unknown neither."""
    for alert in alerts:
        room = room.with_alert(alert)
    told = [
        *(health in {Health.WARNING, Health.ERROR} for health in healths_of(room)),
        *(
            not healthy
            for healthy in (
                room.camera_healthy,
                room.microphone_healthy,
                room.speaker_healthy,
            )
            if healthy is not None
        ),
        *([] if room.active_alarms is None else [False]),
        *(bool(monitor.alarms) for monitor in room.active_alarms or ()),
    ]
    assert room.problem is (any(told) if told else None)
    assert (room.problem_reason is None) is (room.problem is None)
    assert (room.problem_reason not in {None, ProblemReason.NONE}) is (
        room.problem is True
    )


def healths_of(room: Room) -> list[Health]:
    """Return every health that is told of a room."""
    healths = (
        room.known.hardware.health,
        *(each.health for each in room.active_alarms or ()),
    )
    return [health for health in healths if health is not None]


@given(room=ROOMS, alert=ALERTS)
@MANY
def test_an_alert_that_is_taken_twice_is_taken_once(
    room: Room, alert: RoomAlert
) -> None:
    """A trouble that begins is a problem, and two of it are no worse."""
    once = room.with_alert(alert)
    assert once.with_alert(alert) == once
    assert once.problem is True or alert.recovered
