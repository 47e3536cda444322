"""Test the responses of Tencent Meeting."""

import base64
import itertools
import json
import time

import pytest

from simulator import RoomStatus, Simulator

from .clients import ROOMS, TencentClient

DEVICES = "/v1/devices"
ALARMS = "/v1/meeting-rooms-monitor/monitor-info"
CONTROLLERS = "/v1/meeting-rooms-monitor/device-controller-info"
MEETINGS = "/v1/meeting-rooms/operator1/meetings"
SEED_BASIC = {
    "rooms_id_list",
    "meeting_room_name",
    "city",
    "building",
    "floor",
    "participant_number",
    "device",
    "desc",
}
SEED_HARDWARE = {
    "factory",
    "device_model",
    "sn",
    "ip",
    "mac",
    "rooms_version",
    "firmware_version",
    "health_status",
    "system_type",
    "meeting_room_status",
    "active_time",
    "cpu_info",
    "cpu_usage",
    "gpu_info",
    "net_type",
    "memory_info",
    "monitor_frequency",
    "camera_model",
    "enable_video_mirror",
    "microphone_info",
    "speaker_info",
}


async def test_all_pages_together_are_complete(
    sim: Simulator, tencent: TencentClient
) -> None:
    """Three pages of at most fifteen rows contain all forty rooms."""
    pages = [(await tencent.get(page=page, page_size=15)).json for page in (1, 2, 3)]
    rows = [
        row["meeting_room_id"] for page in pages for row in page["meeting_room_list"]
    ]
    assert rows == sim.company.tencent_meeting.ids
    assert [page["current_size"] for page in pages] == [15, 15, 10]
    assert pages[0] | {"meeting_room_list": []} == {
        "total_count": 40,
        "current_size": 15,
        "current_page": 1,
        "total_page": 3,
        "meeting_room_list": [],
    }


async def test_a_page_has_twenty_rows_by_default(
    tencent: TencentClient,
) -> None:
    """Twenty rows are the vendor's default."""
    assert (await tencent.get()).json["current_size"] == 20


async def test_a_page_beyond_the_end_has_no_list(tencent: TencentClient) -> None:
    """The response does not have the key of the list."""
    assert "meeting_room_list" not in (await tencent.get(page=9)).json


@pytest.mark.parametrize(
    "query",
    [{"page": 0}, {"page": "x"}, {"page_size": 0}, {"page_size": 51}, {"page": -1}],
)
async def test_an_invalid_page_is_rejected(
    tencent: TencentClient, query: dict[str, str | int]
) -> None:
    """The maximum is fifty rows."""
    reply = await tencent.get(**query)
    assert (reply.status, reply.code) == (400, 190004)


async def test_a_name_filters_the_list(sim: Simulator, tencent: TencentClient) -> None:
    """Only rooms whose name contains the text are returned."""
    sim.company.rename("tencent_meeting", "100007", "顶楼花园")
    found = (await tencent.get(meeting_room_name="花园")).json["meeting_room_list"]
    assert [row["meeting_room_id"] for row in found] == ["100007"]


async def test_the_list_contains_the_live_status(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The next request returns a manual change."""
    sim.company.change("tencent_meeting", "100001", status=RoomStatus.NOT_LOGGED_IN)
    row = (await tencent.get()).json["meeting_room_list"][0]
    assert row["meeting_room_status"] == 5
    assert row["meeting_room_location"].count("-") == 2


async def test_details_contain_every_documented_field(
    sim: Simulator, tencent: TencentClient
) -> None:
    """Every room has all common fields."""
    for room_id in sim.company.tencent_meeting.ids[:12]:
        answer = (await tencent.get(f"{ROOMS}/{room_id}")).json
        assert set(answer["basic_info"]) >= SEED_BASIC
        assert set(answer["hardware_info"]) == SEED_HARDWARE
        assert {"account_type", "valid_period"} <= set(answer["account_info"])
        assert {"monitor_status", "is_allow_call", "scheduled_status"} <= set(answer)


async def test_details_contain_every_unusual_value(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The rooms together have all values that are hard to parse."""
    answers = [
        (await tencent.get(f"{ROOMS}/{room_id}")).json
        for room_id in sim.company.tencent_meeting.ids
    ]
    hardware = [answer["hardware_info"] for answer in answers]
    assert {type(each["monitor_frequency"]) for each in hardware} == {int, str}
    assert {each["cpu_usage"] for each in hardware} >= {""}
    assert any(each["cpu_usage"].endswith(" % ") for each in hardware)
    assert any(each["microphone_info"].endswith(" ") for each in hardware)
    assert any("|" in each["cpu_info"] for each in hardware)
    assert any(each["factory"] == "-" for each in hardware)
    assert any("pmi_info" not in answer for answer in answers)
    assert any(
        "pmi_pwd" not in answer.get("pmi_info", {"pmi_pwd": ""}) for answer in answers
    )
    basics = [answer["basic_info"] for answer in answers]
    assert any("password" in basic for basic in basics)
    assert any("admin_password" in basic for basic in basics)
    assert any(basic.get("admin_password_enabled") is False for basic in basics)
    assert any(basic["meeting_room_name"].endswith(" ") for basic in basics)
    with pytest.raises(ValueError):
        [base64.b64decode(basic["desc"], validate=True).decode() for basic in basics]


async def test_details_of_an_unknown_room_are_rejected(tencent: TencentClient) -> None:
    """The error code is one of the Rooms service."""
    reply = await tencent.get(ROOMS + "/999")
    assert (reply.status, reply.code) == (500, 20201)


async def test_a_fixed_body_can_be_returned(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The body can contain the syntax errors of the vendor's samples."""
    body = '{"monitor_status":0    "is_allow_call":true}'
    sim.set_response("tencent_meeting", "details", "100001", body)
    assert (await tencent.get_text(f"{ROOMS}/100001")) == body
    assert (await tencent.get(f"{ROOMS}/100002")).status == 200
    sim.set_response("tencent_meeting", "details", "100001", None)
    assert (await tencent.get(f"{ROOMS}/100001")).json["basic_info"]


async def test_devices_report_failures(sim: Simulator, tencent: TencentClient) -> None:
    """True means healthy, and some ids are numbers."""
    sim.company.change("tencent_meeting", "100001", status=2, microphone=False)
    rows = (await tencent.get(DEVICES, page_size=50)).json["device_info_list"]
    assert rows[0]["device_monitor_info"]["microphone_status"] is False
    assert {type(row["meeting_room_id"]) for row in rows} == {int, str}


async def test_rooms_without_a_device_are_not_listed(
    sim: Simulator, tencent: TencentClient
) -> None:
    """An unbound room has no device; some rooms have two."""
    rows = (await tencent.get(DEVICES, page_size=50)).json["device_info_list"]
    awake = {
        room_id
        for room_id, status in sim.truth()["tencent_meeting"].items()
        if status not in {"not_bound", "not_activated"}
    }
    assert {str(row["meeting_room_id"]) for row in rows} == awake
    assert len(rows) > len(awake)


async def test_alarms_have_a_code_and_a_time(
    sim: Simulator, tencent: TencentClient
) -> None:
    """A serious alarm has status 2, and the room id is an integer."""
    sim.company.change(
        "tencent_meeting", "100001", status=4, alarms=["device_off_line"]
    )
    row = (await tencent.get(ALARMS)).json["monitor_info_list"][0]
    assert row["meeting_room_id"] == 100001
    assert row["health_status"] == 2
    assert row["str_device_connect_status"] == "OFFLINE"
    assert row["alarm_info_list"][0]["health_code"] == "device_off_line"
    assert row["alarm_info_list"][0]["create_time"].endswith("+08:00")


async def test_an_unknown_alarm_is_a_warning(
    sim: Simulator, tencent: TencentClient
) -> None:
    """A warning has status 1."""
    sim.company.change("tencent_meeting", "100001", status=2, alarms=["too_much_fun"])
    row = (await tencent.get(ALARMS)).json["monitor_info_list"][0]
    assert (row["health_status"], row["str_device_connect_status"]) == (1, "ONLINE")


async def test_every_value_of_a_controller_is_text(tencent: TencentClient) -> None:
    """Even numbers are text."""
    rows = (await tencent.get(CONTROLLERS, page_size=50)).json["controller_info_list"]
    values = itertools.chain.from_iterable(row.values() for row in rows)
    assert {type(value) for value in values} == {str}
    assert {row["status"] for row in rows} == {"0", "1"}


async def test_meetings_are_in_real_time(
    sim: Simulator, tencent: TencentClient
) -> None:
    """A window in real time contains the current meeting."""
    now = int(time.time())
    sim.company.clear_bookings("tencent_meeting", "100002")
    sim.company.book("tencent_meeting", "100002", now - 1, now + 2700)
    sim.company.start_meeting("tencent_meeting", "100002", minutes=45)
    parameters: dict[str, str | int] = {
        "target_rooms_id": "100002",
        "target_rooms_id_type": "5",
        "instanceid": "1",
        "start_time": now - 1,
        "end_time": now + 60,
    }
    (row,) = (await tencent.get(MEETINGS, **parameters)).json["meeting_info_list"]
    assert (row["start_time"], row["end_time"]) == (now - 1, now + 2700)
    assert row["status"] == "MEETING_STATE_STARTED"


async def test_meetings_are_found_by_the_device_id(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The response contains the meetings of the device's room."""
    room = sim.company.tencent_meeting["100001"]
    parameters: dict[str, str | int] = {"instanceid": "1"}
    by_device = parameters | {
        "target_rooms_id": room.properties.basic.rooms_id_list[0],
        "target_rooms_id_type": "3",
    }
    by_room = parameters | {"target_rooms_id": "100001", "target_rooms_id_type": "5"}
    found = (await tencent.get(MEETINGS, **by_device)).json
    assert found["meeting_info_list"]
    assert found == (await tencent.get(MEETINGS, **by_room)).json


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"target_rooms_id_type": "5", "instanceid": ""}, 190004),
        ({"target_rooms_id_type": "9"}, 190004),
        ({"target_rooms_id": "999"}, 20201),
        ({"target_rooms_id": ""}, 190004),
        ({"operator_id_type": ""}, 190004),
        ({"start_time": "soon"}, 190004),
        ({"start_time": 1, "end_time": 90_000_000}, 190004),
        ({"page_size": 21}, 190004),
    ],
)
async def test_invalid_meeting_requests_are_rejected(
    tencent: TencentClient, query: dict[str, str | int], code: int
) -> None:
    """The maximum is ninety days and twenty rows."""
    parameters: dict[str, str | int] = {
        "target_rooms_id": "100001",
        "target_rooms_id_type": "5",
        "instanceid": "1",
    }
    assert (await tencent.get(MEETINGS, **parameters | query)).code == code


async def test_text_is_not_escaped(tencent: TencentClient) -> None:
    """Chinese is sent as UTF-8."""
    text = (await tencent.get()).text
    assert "\\u" not in text
    assert json.loads(text)["total_count"] == 40
