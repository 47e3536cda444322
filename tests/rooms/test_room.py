"""Test the values of a room, composed of the parts that vendors report."""

import pytest

from custom_components.meeting_rooms.api.models.room import (
    AccountDetails,
    AccountTier,
    AccountType,
    Alarm,
    BasicDetails,
    Device,
    DeviceAlarms,
    DeviceHealth,
    HardwareDetails,
    Health,
    RoomDetails,
    RoomStatus,
    RoomSummary,
)
from custom_components.meeting_rooms.rooms.room import Room

HEALTHY = Device(health=DeviceHealth(camera=True, microphone=True, speaker=True))
FAILING_MICROPHONE = Device(
    health=DeviceHealth(camera=True, microphone=False, speaker=True)
)
UNREPORTED = Device()


def room_with(
    *,
    health: Health | None = None,
    devices: tuple[Device, ...] | None = None,
    device_alarms: tuple[DeviceAlarms, ...] | None = None,
) -> Room:
    """Return a room with devices, alarms and a health."""
    return Room(
        room_id="1",
        details=RoomDetails(hardware=HardwareDetails(health=health)),
        devices=devices,
        device_alarms=device_alarms,
    )


def room_in(status: RoomStatus | None) -> Room:
    """Return a room with a status in the list."""
    return Room(room_id="1", summary=RoomSummary(status=status))


def test_everything_is_unknown_before_the_first_fetch() -> None:
    """The name of the room is its id."""
    room = Room(room_id="100001")
    assert room.name == "100001"
    assert {
        room.status,
        room.in_use,
        room.online,
        room.problem,
        room.problem_reason,
        room.health,
        room.bookable,
        room.callable,
        room.capacity,
        room.location,
        room.camera_healthy,
        room.microphone_healthy,
        room.speaker_healthy,
        room.active_alarms,
        room.model,
        room.software_version,
        room.account_type,
        room.account_tier,
    } == {None}
    assert room.rooms_ids == frozenset()


@pytest.mark.parametrize(
    ("status", "in_use", "online"),
    [
        (RoomStatus.IDLE, False, True),
        (RoomStatus.IN_USE, True, True),
        (RoomStatus.OFFLINE, None, False),
        (RoomStatus.NOT_LOGGED_IN, None, False),
        (RoomStatus.NOT_BOUND, None, None),
        (RoomStatus.NOT_ACTIVATED, None, None),
        (None, None, None),
    ],
)
def test_occupancy_and_connectivity_follow_from_the_status(
    status: RoomStatus | None, in_use: bool | None, online: bool | None
) -> None:
    """The occupancy of an offline room is unknown."""
    room = room_in(status)
    assert (room.in_use, room.online) == (in_use, online)


def test_the_status_in_the_list_precedes_that_of_the_details() -> None:
    """The details supply the status of a room that is not in the list."""
    details = RoomDetails(hardware=HardwareDetails(status=RoomStatus.IDLE))
    in_use = RoomSummary(status=RoomStatus.IN_USE)
    unlisted = Room(room_id="1", details=details)
    listed = Room(room_id="1", details=details, summary=in_use)
    assert (unlisted.status, listed.status) == (RoomStatus.IDLE, RoomStatus.IN_USE)


@pytest.mark.parametrize(
    ("summary", "status"),
    [
        (RoomSummary(), RoomStatus.IDLE),
        (RoomSummary(raw_status="9"), None),
        (RoomSummary(status=RoomStatus.IN_USE, raw_status="3"), RoomStatus.IN_USE),
    ],
)
def test_the_details_only_replace_a_status_that_is_missing_in_the_list(
    summary: RoomSummary, status: RoomStatus | None
) -> None:
    """An undocumented code is not replaced by the older status of the details."""
    details = RoomDetails(hardware=HardwareDetails(status=RoomStatus.IDLE))
    assert Room(room_id="1", details=details, summary=summary).status is status


def test_the_status_of_a_room_that_polls_no_longer_report_is_unknown() -> None:
    """The details are too old to replace the status."""
    details = RoomDetails(hardware=HardwareDetails(status=RoomStatus.IDLE))
    room = Room(room_id="1", details=details, status_missing=True)
    assert (room.status, room.in_use, room.online) == (None, None, None)


DETAILS = RoomDetails(
    basic=BasicDetails(name="Plum", city="广州", floor="10", capacity=3),
    account=AccountDetails(type=AccountType.TRIAL, tier=AccountTier.BASIC),
    callable=False,
    bookable=False,
)


@pytest.mark.parametrize("summary", [None, RoomSummary(), RoomSummary(capacity=0)])
def test_the_details_supply_the_values_that_the_list_does_not_report(
    summary: RoomSummary | None,
) -> None:
    """The room may also be missing from the list."""
    room = Room(room_id="1", summary=summary, details=DETAILS)
    assert (room.name, room.location, room.capacity) == ("Plum", "广州-10", 3)
    assert (room.callable, room.bookable) == (False, False)
    assert room.account_type is AccountType.TRIAL
    assert room.account_tier is AccountTier.BASIC


def test_the_values_of_the_list_precede_those_of_the_details() -> None:
    """The list is updated more often."""
    summary = RoomSummary(
        name="Pear",
        location="广州-大厦-10",
        capacity=8,
        callable=True,
        bookable=True,
        account_type=AccountType.SPECIAL,
        account_tier=AccountTier.PROFESSIONAL,
    )
    room = Room(room_id="1", summary=summary, details=DETAILS)
    assert (room.name, room.location, room.capacity) == ("Pear", "广州-大厦-10", 8)
    assert (room.callable, room.bookable) == (True, True)
    assert room.account_type is AccountType.SPECIAL
    assert room.account_tier is AccountTier.PROFESSIONAL


def test_a_capacity_of_zero_is_unknown() -> None:
    """Vendors report 0 for a room whose capacity was never entered."""
    details = RoomDetails(basic=BasicDetails(capacity=0))
    room = Room(room_id="1", summary=RoomSummary(capacity=0), details=details)
    assert room.capacity is None


@pytest.mark.parametrize(
    ("listed", "location"),
    [
        ("广州-大厦-10", "广州-大厦-10"),
        ("上海-T3-A座-12F", "上海-T3-A座-12F"),
        ("-环球中心-3F", "环球中心-3F"),
        ("西安--B1", "西安-B1"),
        ("--", None),
        (None, None),
    ],
)
def test_a_location_is_shown_without_empty_parts(
    listed: str | None, location: str | None
) -> None:
    """Vendors join city, building and floor, also those that are empty."""
    room = Room(room_id="1", summary=RoomSummary(location=listed))
    assert room.location == location


@pytest.mark.parametrize(
    ("devices", "healthy"),
    [
        (None, None),
        ((), None),
        ((UNREPORTED,), None),
        ((HEALTHY,), True),
        ((HEALTHY, UNREPORTED), True),
        ((HEALTHY, FAILING_MICROPHONE), False),
    ],
)
def test_a_microphone_is_healthy_when_all_reported_ones_are(
    devices: tuple[Device, ...] | None, healthy: bool | None
) -> None:
    """A device without a report is ignored."""
    assert room_with(devices=devices).microphone_healthy is healthy


def test_camera_and_speaker_have_separate_states() -> None:
    """A failing camera is not a failing speaker."""
    blind = Device(health=DeviceHealth(camera=False, microphone=True, speaker=True))
    mute = Device(health=DeviceHealth(camera=True, microphone=True, speaker=False))
    assert (
        room_with(devices=(blind,)).camera_healthy,
        room_with(devices=(blind,)).speaker_healthy,
        room_with(devices=(mute,)).camera_healthy,
        room_with(devices=(mute,)).speaker_healthy,
    ) == (False, True, True, False)


@pytest.mark.parametrize(
    ("room", "problem"),
    [
        (room_with(), None),
        (room_with(health=Health.OK), False),
        (room_with(health=Health.WARNING), True),
        (room_with(health=Health.ERROR), True),
        (room_with(devices=(HEALTHY,)), False),
        (room_with(devices=(FAILING_MICROPHONE,)), True),
        (room_with(devices=(UNREPORTED,)), None),
        (room_with(device_alarms=()), False),
        (room_with(device_alarms=(DeviceAlarms(),)), False),
        (room_with(device_alarms=(DeviceAlarms(health=Health.WARNING),)), True),
        (room_with(device_alarms=(DeviceAlarms(alarms=(Alarm(code="new"),)),)), True),
        (room_with(health=Health.OK, devices=(HEALTHY,), device_alarms=()), False),
        (
            room_with(
                health=Health.OK, devices=(FAILING_MICROPHONE,), device_alarms=()
            ),
            True,
        ),
        (room_with(health=Health.ERROR, devices=(HEALTHY,), device_alarms=()), True),
    ],
)
def test_health_devices_and_alarms_can_be_a_problem(
    room: Room, problem: bool | None
) -> None:
    """The problem is unknown while none of the three is reported."""
    assert room.problem is problem


@pytest.mark.parametrize(
    ("room", "health"),
    [
        (room_with(), None),
        (room_with(health=Health.OK), Health.OK),
        (
            room_with(device_alarms=(DeviceAlarms(health=Health.WARNING),)),
            Health.WARNING,
        ),
        (
            room_with(
                device_alarms=(
                    DeviceAlarms(health=Health.WARNING),
                    DeviceAlarms(health=Health.ERROR),
                )
            ),
            Health.ERROR,
        ),
        (
            room_with(
                device_alarms=(
                    DeviceAlarms(health=Health.OK),
                    DeviceAlarms(),
                    DeviceAlarms(health=Health.WARNING),
                )
            ),
            Health.WARNING,
        ),
        (
            room_with(
                health=Health.OK, device_alarms=(DeviceAlarms(health=Health.ERROR),)
            ),
            Health.OK,
        ),
    ],
)
def test_the_worst_health_of_the_alarms_replaces_missing_details(
    room: Room, health: Health | None
) -> None:
    """The order of the devices does not matter."""
    assert room.health is health


def test_the_devices_of_a_room_are_known_from_devices_and_details() -> None:
    """Controllers are assigned to the room before its details are fetched."""
    room = Room(
        room_id="1",
        details=RoomDetails(basic=BasicDetails(rooms_ids=("7", "8"))),
        devices=(Device(rooms_id="8"), Device(rooms_id="9"), Device()),
    )
    assert room.rooms_ids == {"7", "8", "9"}


def test_devices_supply_model_and_version_until_the_details_are_fetched() -> None:
    """The first device with a value supplies it."""
    devices = (Device(), Device(model="B2", software_version="3.19"))
    bare = Room(room_id="1", devices=devices)
    assert (bare.model, bare.software_version) == ("B2", "3.19")
    detailed = Room(
        room_id="1",
        devices=devices,
        details=RoomDetails(hardware=HardwareDetails(model="W31")),
    )
    assert (detailed.model, detailed.software_version) == ("W31", "3.19")
