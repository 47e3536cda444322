"""Test the problem of a room and its worst reason."""

from dataclasses import replace
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
    RoomStatus,
    RoomSummary,
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
HEALTHY = Device(health=DeviceHealth(camera=True, microphone=True, speaker=True))


def with_alarm(code: str | None) -> Room:
    """Return a room with one active alarm."""
    return Room(room_id="1", device_alarms=(DeviceAlarms(alarms=(Alarm(code=code),)),))


def with_health(health: Health) -> Room:
    """Return a room whose details report the health."""
    return Room(
        room_id="1", details=RoomDetails(hardware=HardwareDetails(health=health))
    )


def with_device(**health: bool) -> Room:
    """Return a room with one device."""
    return Room(room_id="1", devices=(Device(health=DeviceHealth(**health)),))


def with_status(status: RoomStatus | None, room: Room | None = None) -> Room:
    """Return a room with a status in the list, the other parts from another room."""
    summary = RoomSummary(status=status, raw_status="reported")
    return replace(room or Room(room_id="1"), summary=summary)


WORST_FIRST = [
    (with_status(RoomStatus.OFFLINE), "offline"),
    (with_status(RoomStatus.NOT_LOGGED_IN), "not_logged_in"),
    (with_alarm("device_off_line"), "device_off_line"),
    (with_device(camera=False), "camera"),
    (with_device(microphone=False), "microphone"),
    (with_device(speaker=False), "speaker"),
    (with_health(Health.ERROR), "health_error"),
    (with_alarm("on_fire"), "other_alarm"),
    (with_alarm("cpu_occupancy_rate_overtop"), "cpu_occupancy_rate_overtop"),
    (with_alarm("speaker_volume_too_low"), "speaker_volume_too_low"),
    (with_alarm("display_refresh_too_low"), "display_refresh_too_low"),
    (with_health(Health.WARNING), "health_warning"),
    (Room(room_id="1", devices=(HEALTHY,)), "none"),
]


def both(one: Room, other: Room) -> Room:
    """Return a room with the reasons of two rooms."""
    return Room(
        room_id="1",
        summary=one.summary or other.summary,
        details=one.details or other.details,
        devices=(*(one.devices or ()), *(other.devices or ())),
        device_alarms=(*(one.device_alarms or ()), *(other.device_alarms or ())),
    )


@pytest.mark.parametrize(("room", "reason"), WORST_FIRST)
def test_every_source_has_its_reasons(room: Room, reason: str) -> None:
    """A code that is not documented is another alarm."""
    assert room.problem_reason == reason


@pytest.mark.parametrize(
    ("details", "known"),
    [
        (None, None),
        (RoomDetails(), False),
        (RoomDetails(hardware=HardwareDetails(health=Health.OK)), False),
        (RoomDetails(hardware=HardwareDetails(health=Health.ERROR)), True),
    ],
    ids=["not fetched", "not reported", "ok", "error"],
)
def test_the_health_is_known_with_the_details(
    details: RoomDetails | None, known: bool | None
) -> None:
    """The alarms are fetched before, and report none."""
    room = Room(room_id="1", details=details, device_alarms=())
    assert room.problems.get(ProblemReason.HEALTH_ERROR) is known


@pytest.mark.parametrize(
    ("worse", "lesser"),
    [(worse, lesser) for (worse, _), (lesser, _) in pairwise(WORST_FIRST[1:])],
)
def test_the_worst_reason_is_shown(worse: Room, lesser: Room) -> None:
    """The order of the reports does not matter."""
    assert both(worse, lesser).problem_reason is worse.problem_reason
    assert both(lesser, worse).problem_reason is worse.problem_reason


@pytest.mark.parametrize(
    "room",
    [
        with_device(),
        Room(room_id="1", details=RoomDetails(), devices=()),
        with_status(RoomStatus.IDLE),
        with_status(RoomStatus.IN_USE),
        with_status(None),
    ],
)
def test_without_health_devices_and_alarms_a_problem_is_unknown(room: Room) -> None:
    """An online room may have an unreported problem."""
    assert (room.problem, room.problem_reason) == (None, None)


@pytest.mark.parametrize("code", ["none", "camera", "health_warning", "", None])
def test_an_alarm_code_that_is_named_like_a_reason_is_another_alarm(
    code: str | None,
) -> None:
    """An alarm with the code "none" is a problem."""
    assert with_alarm(code).problem_reason is ProblemReason.OTHER_ALARM


@pytest.mark.parametrize("status", [RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN])
def test_an_offline_room_has_a_problem(status: RoomStatus) -> None:
    """The last details of the room reported no problem."""
    room = with_status(status, with_health(Health.OK))
    assert (room.problem, room.problem_reason) == (True, status.value)


@pytest.mark.parametrize("status", [RoomStatus.NOT_BOUND, RoomStatus.NOT_ACTIVATED])
@pytest.mark.parametrize(
    "room",
    [with_health(Health.OK), with_health(Health.ERROR), with_alarm("device_off_line")],
)
def test_the_problem_of_a_room_that_is_not_set_up_is_unknown(
    room: Room, status: RoomStatus
) -> None:
    """The room has no device that could report a problem."""
    room = with_status(status, room)
    assert (room.problem, room.problem_reason) == (None, None)


@pytest.mark.parametrize("status", [RoomStatus.IDLE, RoomStatus.IN_USE, None])
def test_a_healthy_room_has_no_problem(status: RoomStatus | None) -> None:
    """The room may be in use or idle."""
    room = with_status(status, with_health(Health.OK))
    assert (room.problem, room.problem_reason) == (False, "none")


FLAGS = st.none() | st.booleans()
HEALTHS = st.none() | st.sampled_from(Health)
ALARMS = st.builds(Alarm, code=st.sampled_from(CODES))
DEVICE_IDS = st.sampled_from([None, "a", "b"])
DEVICES = st.builds(
    Device,
    health=st.builds(DeviceHealth, camera=FLAGS, microphone=FLAGS, speaker=FLAGS),
)
DEVICE_ALARMS = st.builds(
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
    device_alarms=st.none() | st.lists(DEVICE_ALARMS, max_size=2).map(tuple),
)


@given(room=ROOMS, alerts=st.lists(ALERTS, max_size=4))
@MANY
def test_a_problem_and_its_reason_always_agree(
    room: Room, alerts: list[RoomAlert]
) -> None:
    """The problem is on exactly if the reason is not none, and unknown if the reason is."""
    for alert in alerts:
        room = room.with_alert(alert)
    reported = [
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
        *(bool(device.alarms) for device in room.active_alarms or ()),
    ]
    assert room.problem is (any(reported) if reported else None)
    assert (room.problem_reason is None) is (room.problem is None)
    assert (room.problem_reason not in {None, ProblemReason.NONE}) is (
        room.problem is True
    )


def healths_of(room: Room) -> list[Health]:
    """Return every health that is reported of a room."""
    healths = (
        room.known.hardware.health,
        *(each.health for each in room.active_alarms or ()),
    )
    return [health for health in healths if health is not None]


@given(room=ROOMS, alert=ALERTS)
@MANY
def test_an_alert_that_is_delivered_twice_is_one_alarm(
    room: Room, alert: RoomAlert
) -> None:
    """A new alarm is a problem."""
    once = room.with_alert(alert)
    assert once.with_alert(alert) == once
    assert once.problem is True or alert.recovered
