"""Test what is known of a room once its parts are put together."""

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
from custom_components.meeting_rooms.api.tencent_meeting.wire import RoomRow
from custom_components.meeting_rooms.rooms.room import Room

WELL = Device(health=DeviceHealth(camera=True, microphone=True, speaker=True))
SILENT = Device(health=DeviceHealth(camera=True, microphone=False, speaker=True))
UNHEARD = Device()


def room_with(
    *,
    health: Health | None = None,
    devices: tuple[Device, ...] | None = None,
    device_alarms: tuple[DeviceAlarms, ...] | None = None,
) -> Room:
    """Return a room that tells of its devices."""
    return Room(
        room_id="1",
        details=RoomDetails(hardware=HardwareDetails(health=health)),
        devices=devices,
        device_alarms=device_alarms,
    )


def room_in(status: RoomStatus | None) -> Room:
    """Return a room that the list shows in some state."""
    return Room(room_id="1", summary=RoomSummary(status=status))


def test_a_room_of_which_nothing_was_read_knows_nothing() -> None:
    """It goes by its id; nothing is off, everything is unknown."""
    room = Room(room_id="100001")
    assert room.name == "100001"
    assert {
        room.status,
        room.in_use,
        room.online,
        room.problem,
        room.health,
        room.bookable,
        room.callable,
        room.capacity,
        room.location,
        room.camera_healthy,
        room.microphone_healthy,
        room.speaker_healthy,
        room.standing,
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
def test_occupancy_and_connection_follow_from_the_status(
    status: RoomStatus | None, in_use: bool | None, online: bool | None
) -> None:
    """A room that is offline is neither free nor taken."""
    room = room_in(status)
    assert (room.in_use, room.online) == (in_use, online)


def test_the_list_is_the_fresher_source_of_the_status() -> None:
    """Of a room that is not listed the details tell it."""
    details = RoomDetails(hardware=HardwareDetails(status=RoomStatus.IDLE))
    in_use = RoomSummary(status=RoomStatus.IN_USE)
    unlisted = Room(room_id="1", details=details)
    listed = Room(room_id="1", details=details, summary=in_use)
    assert (unlisted.status, listed.status) == (RoomStatus.IDLE, RoomStatus.IN_USE)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({}, RoomStatus.IDLE),
        ({"meeting_room_status": None}, RoomStatus.IDLE),
        ({"meeting_room_status": ""}, RoomStatus.IDLE),
        ({"meeting_room_status": " - "}, RoomStatus.IDLE),
        ({"meeting_room_status": 9}, None),
        ({"meeting_room_status": "in a call"}, None),
        ({"meeting_room_status": "3"}, RoomStatus.IN_USE),
        ({"meeting_room_status": 0}, RoomStatus.NOT_ACTIVATED),
    ],
)
def test_only_a_status_that_the_list_does_not_tell_comes_from_the_details(
    row: dict[str, object], status: RoomStatus | None
) -> None:
    """A code that nobody knows is news, and not what the details once said."""
    details = RoomDetails(hardware=HardwareDetails(status=RoomStatus.IDLE))
    summary = RoomRow.from_dict(row)
    assert Room(room_id="1", details=details, summary=summary).status is status


def test_a_room_that_is_left_out_has_no_status() -> None:
    """Whatever its details still tell; they may be read now and be old by the next poll."""
    details = RoomDetails(hardware=HardwareDetails(status=RoomStatus.IDLE))
    room = Room(room_id="1", details=details, status_missing=True)
    assert (room.status, room.in_use, room.online) == (None, None, None)


def test_what_the_list_does_not_tell_comes_from_the_details() -> None:
    """And what it tells, from the list."""
    details = RoomDetails(
        basic=BasicDetails(name="Plum", city="广州", floor="10", capacity=3),
        account=AccountDetails(type=AccountType.TRIAL, tier=AccountTier.BASIC),
        callable=False,
        bookable=False,
    )
    unlisted = Room(room_id="1", details=details)
    assert (unlisted.name, unlisted.location, unlisted.capacity) == (
        "Plum",
        "广州-10",
        3,
    )
    assert (unlisted.callable, unlisted.bookable) == (False, False)
    assert (unlisted.account_type, unlisted.account_tier) == (
        AccountType.TRIAL,
        AccountTier.BASIC,
    )
    listed = Room(
        room_id="1",
        details=details,
        summary=RoomSummary(
            name="Pear", location="x", capacity=0, callable=True, bookable=True
        ),
    )
    assert (listed.name, listed.location, listed.capacity) == ("Pear", "广州-10", 0)
    assert (listed.callable, listed.bookable) == (True, True)


def test_a_listed_room_has_its_location_before_its_details_are_read() -> None:
    """The list tells it in one text."""
    room = Room(room_id="1", summary=RoomSummary(location="广州-大厦-10"))
    assert room.location == "广州-大厦-10"


@pytest.mark.parametrize(
    ("devices", "healthy"),
    [
        (None, None),
        ((), None),
        ((UNHEARD,), None),
        ((WELL,), True),
        ((WELL, UNHEARD), True),
        ((WELL, SILENT), False),
    ],
)
def test_a_microphone_is_well_when_all_that_tell_are(
    devices: tuple[Device, ...] | None, healthy: bool | None
) -> None:
    """A device that does not tell proves nothing."""
    assert room_with(devices=devices).microphone_healthy is healthy


def test_camera_and_loudspeaker_are_judged_each_for_itself() -> None:
    """One that fails is not taken for another."""
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
        (room_with(devices=(WELL,)), False),
        (room_with(devices=(SILENT,)), True),
        (room_with(devices=(UNHEARD,)), None),
        (room_with(device_alarms=()), False),
        (room_with(device_alarms=(DeviceAlarms(),)), False),
        (room_with(device_alarms=(DeviceAlarms(health=Health.WARNING),)), True),
        (room_with(device_alarms=(DeviceAlarms(alarms=(Alarm(code="new"),)),)), True),
        (room_with(health=Health.OK, devices=(WELL,), device_alarms=()), False),
        (room_with(health=Health.OK, devices=(SILENT,), device_alarms=()), True),
        (room_with(health=Health.ERROR, devices=(WELL,), device_alarms=()), True),
    ],
)
def test_a_problem_is_whatever_speaks_against_the_next_meeting(
    room: Room, problem: bool | None
) -> None:
    """Off needs one sign that is known; where nothing is known it is unknown."""
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
def test_the_worst_of_the_devices_counts_where_the_details_do_not_tell(
    room: Room, health: Health | None
) -> None:
    """In whatever order they are listed."""
    assert room.health is health


def test_the_machines_of_a_room_are_known_from_both_lists() -> None:
    """So its controllers are found before its details are read."""
    room = Room(
        room_id="1",
        details=RoomDetails(basic=BasicDetails(rooms_ids=("7", "8"))),
        devices=(Device(rooms_id="8"), Device(rooms_id="9"), Device()),
    )
    assert room.rooms_ids == {"7", "8", "9"}


def test_model_and_version_come_from_the_devices_until_the_details_are_read() -> None:
    """The first device that tells."""
    devices = (Device(), Device(model="B2", software_version="3.19"))
    bare = Room(room_id="1", devices=devices)
    assert (bare.model, bare.software_version) == ("B2", "3.19")
    detailed = Room(
        room_id="1",
        devices=devices,
        details=RoomDetails(hardware=HardwareDetails(model="W31")),
    )
    assert (detailed.model, detailed.software_version) == ("W31", "3.19")
