"""Test the conference that is built from what Quanshi returns."""

from dataclasses import fields
from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api.models.conference import (
    Conference,
    ConferenceStatus,
)
from custom_components.meeting_rooms.api.quanshi.booking import QuanshiBooking
from custom_components.meeting_rooms.api.quanshi.conference import build_conference
from custom_components.meeting_rooms.api.quanshi.live import (
    QuanshiLiveState,
    QuanshiRun,
)
from custom_components.meeting_rooms.descriptions.conference import (
    CONFERENCE_BINARY_SENSORS,
    CONFERENCE_SENSORS,
)

from ..any_json import MANY, objects_of
from ..fixtures import sample_json
from .responses import sample_booking, sample_run

NAMES = {each.name for each in fields(Conference)}
APPROVED = {"ApprovalStatus": 2}
COMPLETE: dict[str, Any] = {
    "calType": "M",
    "confMode": 1,
    "joinConfTags": "guests",
    "calExtraInfo": sample_booking()["calExtraInfo"]
    | {"labels": "launch", "reserveFrom": 1000},
    **{
        rooms: [room | APPROVED | {"IsMainRoom": 1} for room in booked]
        for rooms, booked in sample_json("quanshi_booked_rooms").items()
    },
}
"""Values for the fields that are missing in the vendor's sample."""


def conference_of(**booking: object) -> Conference:
    """Return the conference of a booking without a live state and a run."""
    return build_conference("7", QuanshiBooking.from_dict(booking))


def live(number: int) -> QuanshiLiveState:
    """Return the live state with one of the vendor's numbers."""
    return QuanshiLiveState.from_dict({"status": number})


def room(number: int, name: str | None, **more: object) -> dict[str, object]:
    """Return a booked room or device, which is approved by default."""
    return {"DeviceId": number, "DeviceName": name} | APPROVED | more


def test_every_field_of_a_conference_has_a_source() -> None:
    """No field is unknown when the booking and the run are complete."""
    built = build_conference(
        "7",
        QuanshiBooking.from_dict(sample_booking() | COMPLETE),
        QuanshiLiveState(status=ConferenceStatus.ENDED),
        QuanshiRun.from_dict(sample_run() | {"stopTime": 1715603600}),
    )
    assert {name for name in NAMES if getattr(built, name) in (None, frozenset())} == (
        set()
    )


def test_every_field_of_a_conference_is_shown() -> None:
    """The exceptions are the title, which names the device, and the ids of the rooms."""
    keys = {each.key for each in (*CONFERENCE_SENSORS, *CONFERENCE_BINARY_SENSORS)}
    assert keys == NAMES - {"title", "held_rooms"} | {"rooms", "in_progress"}


def test_the_values_of_the_booking_precede_those_of_the_run() -> None:
    """The run supplies the fields that are missing in the booking."""
    run = QuanshiRun.from_dict(sample_run())
    booking = QuanshiBooking.from_dict(sample_booking())
    both = build_conference("7", booking, run=run)
    assert (both.event_id, both.host, both.host_id) == ("7", "特色图", "88893351")
    assert (both.billing_code, both.customer_code) == ("95519736", "154553")
    alone = build_conference("7", QuanshiBooking(), run=run)
    assert (alone.event_id, alone.host, alone.host_id) == ("7", "张三", "10001")
    assert (alone.billing_code, alone.customer_code) == ("990001_239848688", "990001")
    assert alone.title is None


def test_an_empty_booking_makes_an_unknown_conference() -> None:
    """Every value but the empty lists is unknown."""
    assert conference_of() == Conference(event_id="7", equipment=0)


def test_attendees_are_listed_by_role() -> None:
    """Roles have names; hosts and co-hosts are listed separately."""
    built = conference_of(**sample_booking())
    assert built.roles == "采购代理都看, 监管-看视频, 评标人被监控, 联席-看桌面"
    assert built.host_roles == "采购代理都看"
    assert built.co_host_roles == "监管-看视频, 联席-看桌面"


@pytest.mark.parametrize(
    ("booked", "state", "run", "status"),
    [
        (None, None, None, None),
        (1, None, None, ConferenceStatus.CREATED),
        (1, live(2), None, ConferenceStatus.IN_PROGRESS),
        (1, None, 2, ConferenceStatus.IN_PROGRESS),
        (1, live(3), 2, ConferenceStatus.IN_PROGRESS),
        (1, live(4), 2, ConferenceStatus.ENDED),
        (1, live(3), None, None),
        (1, live(9), 4, ConferenceStatus.ENDED),
        (1, live(0), None, ConferenceStatus.CREATED),
        (0, live(0), None, ConferenceStatus.CANCELLED),
        (1, live(5), None, ConferenceStatus.EXPIRED),
        (4, live(2), None, ConferenceStatus.IN_PROGRESS),
        (0, live(1), None, ConferenceStatus.CANCELLED),
        (0, live(2), None, ConferenceStatus.CANCELLED),
    ],
)
def test_the_live_state_determines_the_status_of_a_conference(
    booked: int | None,
    state: QuanshiLiveState | None,
    run: int | None,
    status: ConferenceStatus | None,
) -> None:
    """A cancelled booking stays cancelled; an undocumented live state is unknown."""
    built = build_conference(
        "7",
        QuanshiBooking.from_dict({"status": booked}),
        state,
        QuanshiRun.from_dict({"status": run}),
    )
    assert built.status is status


@pytest.mark.parametrize(
    ("status", "in_progress"),
    [
        (None, None),
        (ConferenceStatus.IN_PROGRESS, True),
        (ConferenceStatus.CREATED, False),
        (ConferenceStatus.CANCELLED, False),
    ],
)
def test_an_unknown_status_is_not_shown_as_idle(
    status: ConferenceStatus | None, in_progress: bool | None
) -> None:
    """Whether the conference is in progress is unknown."""
    assert Conference(event_id="7", status=status).in_progress is in_progress


def test_requested_rooms_of_the_vendors_samples_are_not_held() -> None:
    """The vendor's samples contain refused requests only."""
    built = conference_of(**sample_json("quanshi_booked_rooms"))
    assert (built.held_rooms, built.room_names) == (frozenset(), None)


def test_held_rooms_are_found_in_both_lists() -> None:
    """Ids may be numbers or text, and devices are not rooms."""
    built = conference_of(
        houseList=[room(1, None), APPROVED],
        detailHouseList=[
            {"DeviceId": "1", "ApplyStatus": 2},
            {"DeviceId": "2", "ApplyStatus": 2, "SubDevices": [{"DeviceId": 9}]},
        ],
        equipList=[room(3, None, DeviceType=3)],
    )
    assert (built.held_rooms, built.equipment) == (frozenset("12"), 1)


@pytest.mark.parametrize(
    ("houses", "detailed", "names"),
    [
        ([], None, None),
        ([room(1, "A")], None, "A"),
        ([room(1, "A", ApprovalStatus=1)], None, None),
        ([room(1, None, City="西安")], None, None),
        (
            [room(1, "A", City="西安", Location="锦业路", Floor=14)],
            [room(1, "A")],
            "A (西安 锦业路 14)",
        ),
        ([room(1, None)], [room(1, "A", Floor="B1")], "A (B1)"),
        (
            [room(1, "A", City=""), room(2, "B")],
            [room(2, "B"), room(3, "C", City="上海")],
            "A, B, C (上海)",
        ),
    ],
)
def test_held_rooms_are_named_once_with_their_place(
    houses: object, detailed: object, names: str | None
) -> None:
    """An unknown part of the place is omitted."""
    built = conference_of(houseList=houses, detailHouseList=detailed)
    assert built.room_names == names


@pytest.mark.parametrize(
    ("first", "second", "main"),
    [
        ({}, {}, None),
        ({"IsMainRoom": 0}, {"IsMainRoom": 0}, None),
        ({"IsMainRoom": 2}, {"IsMainRoom": 1}, "B"),
        ({"IsMainRoom": "1"}, {"IsMainRoom": 2}, "A"),
        ({"IsMainRoom": 1, "ApprovalStatus": 1}, {"IsMainRoom": 2}, None),
    ],
)
def test_the_main_room_is_held(
    first: dict[str, object], second: dict[str, object], main: str | None
) -> None:
    """The room is named once, even if both lists contain it."""
    rooms = [room(1, "A", **first), room(2, "B", **second)]
    assert conference_of(houseList=rooms).main_room == main
    assert conference_of(houseList=rooms, detailHouseList=rooms).main_room == main


@pytest.mark.parametrize("devices", ["{}", '"', "[1]", "", None, 7, [None]])
def test_devices_that_cannot_be_parsed_are_not_returned(devices: object) -> None:
    """The room of the devices is returned."""
    built = conference_of(detailHouseList=[room(1, "A", SubDevices=devices)])
    assert (built.room_names, built.room_devices) == ("A", None)


@pytest.mark.parametrize(
    ("detailed", "equipment", "devices"),
    [
        ([room(9, "Box")], [], "Box (A)"),
        ('[{"DeviceId": 9, "DeviceName": "Box"}]', [], "Box (A)"),
        ([room(9, None)], [], None),
        ([], [room(9, "Box", ParentDeviceId=1, City="西安")], "Box (A)"),
        ([], [room(9, "Box", ParentDeviceId=0, City="西安")], "Box (西安)"),
        ([], [room(9, "Box", ParentDeviceId=5)], "Box"),
        ([], [room(9, "Box", ApprovalStatus=0)], None),
        ([room(9, "Box")], [room(9, "Box", City="西安")], "Box (A)"),
        ([{"DeviceName": "Box"}], [room(9, "Box", ParentDeviceId=1)], "Box (A)"),
        (
            [room(9, "Box")],
            [room(8, "Box"), room(7, "Panel", ParentDeviceId="1")],
            "Box (A), Box, Panel (A)",
        ),
    ],
)
def test_devices_are_named_once_with_their_room(
    detailed: object, equipment: object, devices: str | None
) -> None:
    """A device in an unknown room is named with its place."""
    built = conference_of(
        detailHouseList=[room(1, "A", SubDevices=detailed)], equipList=equipment
    )
    assert built.room_devices == devices


def test_devices_of_rooms_that_are_not_held_are_not_named() -> None:
    """The request for the room was refused."""
    refused = room(1, "A", ApprovalStatus=1, SubDevices=[room(9, "Box")])
    assert conference_of(detailHouseList=[refused]).room_devices is None


def test_attendees_are_counted_by_reply_kind_and_role() -> None:
    """Undocumented values are not counted."""
    attendees = [
        {"status": "W", "userType": 1, "roleId": 1000},
        {"status": "A", "userType": 1, "roleId": "1001"},
        {"status": "a ", "userType": 2, "roleId": 1003},
        {"status": "R", "userType": "3", "roleId": 1003},
        {"status": "X", "userType": 4, "roleId": 7},
        {},
    ]
    built = conference_of(**sample_booking() | {"attendList": attendees})
    assert built.invited == len(attendees)
    assert (built.invited_confirmed, built.invited_accepted) == (1, 2)
    assert built.invited_declined == 1
    assert (built.invited_external, built.invited_by_phone) == (1, 1)
    assert built.invited_hosts == 2


@pytest.mark.parametrize(
    ("attendees", "number"), [([], 0), ([{}], None), (["text"], None), (None, None)]
)
def test_no_attendee_is_not_the_same_as_unknown(
    attendees: object, number: int | None
) -> None:
    """Only an empty list means that there are no attendees."""
    built = conference_of(**sample_booking() | {"attendList": attendees})
    assert {
        built.invited_confirmed,
        built.invited_accepted,
        built.invited_declined,
        built.invited_external,
        built.invited_by_phone,
        built.invited_hosts,
    } == {number}


def test_a_role_without_an_id_has_no_attendees() -> None:
    """An attendee without a role does not match it."""
    built = conference_of(btplRole=[{"managerType": 1}], attendList=[{}])
    assert built.invited_hosts is None


def test_no_personal_field_of_an_attendee_is_kept() -> None:
    """Names, numbers, addresses and companies have no field."""
    personal = dict.fromkeys(
        [
            *("user", "phoneName", "phoneEmail", "countryCode", "companyName"),
            *("orgName", "mobileNumber", "officePhone", "cityCode", "displayName"),
            "userProfile",
        ],
        "canary",
    )
    attendee = {"status": "W", "userType": 1} | personal
    booking = QuanshiBooking.from_dict({"attendList": [attendee]})
    assert "canary" not in repr(booking)
    assert build_conference("7", booking).invited_confirmed == 1


@given(sent=objects_of(sample_booking()), state=objects_of(["status"]))
@MANY
def test_any_response_makes_a_conference(
    sent: dict[str, Any], state: dict[str, Any]
) -> None:
    """No exception is raised, and no title is longer than any text."""
    booking = QuanshiBooking.from_dict(sent)
    built = build_conference(
        "7", booking, QuanshiLiveState.from_dict(state), QuanshiRun.from_dict(state)
    )
    assert (built.event_id, built.title) == ("7", booking.title)
    assert built.in_progress is None or built.status is not None
