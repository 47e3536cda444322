"""Test the states of the entities of rooms and accounts."""

from collections.abc import Mapping
import json
from typing import Any

import pytest

from homeassistant.const import ATTR_DEVICE_CLASS
from simulator import Fault

from .home import LISTERS, QUANSHI, TENCENT, WECOM, Home
from .vendors import ROOM, VENDOR_TABLE

HEALTHY = {
    "status": 2,
    "health_status": "OK",
    "camera": True,
    "microphone": True,
    "speaker": True,
    "alarms": [],
}
LONG = "长" * 300

SHOWN: list[tuple[Mapping[str, Any], Mapping[str, str]]] = [
    *(
        (
            {"status": number},
            {
                "status": word,
                "in_use": in_use,
                "online": online,
                "problem": problem,
                "problem_reason": reason,
            },
        )
        for number, word, in_use, online, problem, reason in (
            (0, "not_activated", "unknown", "unknown", "unknown", "unknown"),
            (1, "not_bound", "unknown", "unknown", "unknown", "unknown"),
            (2, "idle", "off", "on", "off", "none"),
            (3, "in_use", "on", "on", "off", "none"),
            (4, "offline", "unknown", "off", "on", "offline"),
            (5, "not_logged_in", "unknown", "off", "on", "not_logged_in"),
        )
    ),
    *(
        (
            {"health_status": word},
            {"health": health, "problem": problem, "problem_reason": reason},
        )
        for word, health, problem, reason in (
            ("OK", "ok", "off", "none"),
            ("ok", "ok", "off", "none"),
            ("Warning", "warning", "on", "health_warning"),
            ("1", "warning", "on", "health_warning"),
            ("ERROR", "error", "on", "health_error"),
            (" error ", "error", "on", "health_error"),
            ("2", "error", "on", "health_error"),
            ("", "unknown", "off", "none"),
            ("0", "unknown", "off", "none"),
            ("SPLENDID", "unknown", "off", "none"),
        )
    ),
    *(
        ({"cpu_usage": text}, {"cpu_usage": shown})
        for text, shown in (
            ("", "unknown"),
            ("-", "unknown"),
            ("low", "unknown"),
            ("150", "unknown"),
            ("0", "0.0"),
            ("12", "12.0"),
            ("12.5", "12.5"),
            ("12%", "12.0"),
            (" 12 % ", "12.0"),
        )
    ),
    ({"camera": False}, {"camera": "on", "microphone": "off", "problem": "on"}),
    ({"microphone": False}, {"microphone": "on", "speaker": "off", "problem": "on"}),
    ({"speaker": False}, {"speaker": "on", "camera": "off", "problem": "on"}),
    ({"scheduled_status": 1}, {"bookable": "on"}),
    ({"scheduled_status": 0}, {"bookable": "off"}),
    ({"is_allow_call": True}, {"callable": "on"}),
    ({"is_allow_call": False}, {"callable": "off"}),
    ({"monitor_status": 1}, {"alerts_enabled": "on"}),
    ({"monitor_status": 0}, {"alerts_enabled": "off"}),
    ({"monitor_status": "x"}, {"alerts_enabled": "unknown"}),
    ({"enable_video_mirror": True}, {"video_mirroring": "on"}),
    ({"participant_number": 12}, {"capacity": "12"}),
    ({"participant_number": 0}, {"capacity": "unknown"}),
    ({"participant_number": -1}, {"capacity": "unknown"}),
    ({"ip": "10.1.2.3"}, {"ip_address": "10.1.2.3"}),
    ({"net_type": "wifi"}, {"network_type": "wifi"}),
    ({"system_type": "Android 9 "}, {"system": "Android 9"}),
    ({"memory_info": "7.8GB "}, {"memory": "7.8GB"}),
    ({"cpu_info": "A|A|A|A"}, {"cpu_model": "A"}),
    ({"cpu_info": "A | B|A"}, {"cpu_model": "A, B"}),
    ({"gpu_info": "-"}, {"gpu_model": "unknown"}),
    ({"gpu_info": ""}, {"gpu_model": "unknown"}),
    ({"camera_model": "FaceTime 高清"}, {"camera_model": "FaceTime 高清"}),
    ({"microphone_info": "内建麦克风 "}, {"microphone_model": "内建麦克风"}),
    ({"speaker_info": "HDMI"}, {"speaker_model": "HDMI"}),
    *(
        ({"monitor_frequency": raw}, {"refresh_rate": shown})
        for raw, shown in (
            (0, "unknown"),
            ("0", "unknown"),
            ("", "unknown"),
            (60, "60.0"),
            ("59.94", "59.94"),
            ("60Hz", "60.0"),
        )
    ),
    *(
        ({"active_time": raw}, {"activated_at": shown})
        for raw, shown in (
            ("2021-03-23 15:37:34", "2021-03-23T07:37:34+00:00"),
            ("", "unknown"),
            ("yesterday", "unknown"),
        )
    ),
    *(
        ({"account_type": raw}, {"account_type": shown})
        for raw, shown in (
            (0, "ordinary"),
            (1, "special"),
            (2, "trial"),
            (7, "unknown"),
        )
    ),
    *(
        ({"account_new_type": raw}, {"account_tier": shown})
        for raw, shown in (
            (0, "basic"),
            (1, "professional"),
            (2, "unknown"),
            (None, "unknown"),
        )
    ),
    ({"valid_period": "-"}, {"valid_until": "unknown"}),
    ({"valid_period": "2027-03-31"}, {"valid_until": "2027-03-31"}),
    ({"desc": "aGVsbG8="}, {"description": "hello"}),
    ({"desc": "aGVsbG8"}, {"description": "hello"}),
    ({"desc": "XXXXXXX"}, {"description": "unknown"}),
    ({"desc": ""}, {"description": "unknown"}),
    (
        {"city": "西安", "building": "高新中心", "floor": "14"},
        {"location": "西安-高新中心-14"},
    ),
    ({"city": "西安", "building": "", "floor": "B1"}, {"location": "西安-B1"}),
    ({"device": "白板,投影"}, {"equipment": "白板,投影"}),
    ({"device": LONG}, {"equipment": LONG[:255]}),
    ({"memory_info": LONG}, {"memory": LONG[:255]}),
]


@pytest.mark.parametrize(
    ("vendor", "rooms"), [(TENCENT, len(SHOWN)), (WECOM, 2 * len(SHOWN))]
)
async def test_values_of_a_room_are_shown(home: Home, vendor: str) -> None:
    """Missing and malformed values are unknown."""
    room_ids = home.sim.company.rooms_of(vendor).ids
    for room_id, (facts, _) in zip(room_ids, SHOWN, strict=True):
        home.sim.company.change(vendor, room_id, **HEALTHY | dict(facts))
    entry = await home.add(vendor)
    await home.enable_all(entry)
    await home.live(2 * len(SHOWN) + 30)
    found = {
        str(facts): {key: home.shown(vendor, room_id, key) for key in shown}
        for room_id, (facts, shown) in zip(room_ids, SHOWN, strict=True)
    }
    assert found == {str(facts): dict(shown) for facts, shown in SHOWN}


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.mark.parametrize(
    ("alarms", "health", "shown"),
    [
        ([], "OK", ("ok", "off", "none")),
        (
            ["cpu_occupancy_rate_overtop"],
            "OK",
            ("ok", "on", "cpu_occupancy_rate_overtop"),
        ),
        (
            ["cpu_occupancy_rate_overtop"],
            "",
            ("warning", "on", "cpu_occupancy_rate_overtop"),
        ),
        (["device_off_line"], "", ("error", "on", "device_off_line")),
        (["something_new"], "", ("warning", "on", "other_alarm")),
    ],
)
async def test_an_active_alarm_is_a_problem(
    home: Home, alarms: list[str], health: str, shown: tuple[str, str, str]
) -> None:
    """The alarm is the reason, and sets the health that the details do not report."""
    facts = HEALTHY | {"alarms": alarms, "health_status": health}
    home.sim.company.change(TENCENT, ROOM[TENCENT], **facts)
    await home.add(TENCENT)
    found = tuple(
        home.shown(TENCENT, ROOM[TENCENT], key)
        for key in ("health", "problem", "problem_reason")
    )
    assert found == shown


@pytest.mark.parametrize(
    ("vendor", "denied", "problem", "reason"),
    [
        (TENCENT, ("details", "devices", "alarms"), "unknown", "unknown"),
        (TENCENT, ("details", "devices"), "off", "none"),
        (TENCENT, ("details", "alarms"), "off", "none"),
        (TENCENT, ("devices", "alarms"), "off", "none"),
        (WECOM, ("get_info", "list_devices"), "unknown", "unknown"),
        (WECOM, ("get_info",), "off", "none"),
        (WECOM, ("list_devices",), "off", "none"),
    ],
)
async def test_a_problem_is_unknown_while_no_source_of_it_is_permitted(
    home: Home, vendor: str, denied: tuple[str, ...], problem: str, reason: str
) -> None:
    """One of health, devices and alarms is enough to show the problem."""
    home.sim.company.change(vendor, ROOM[vendor], **HEALTHY)
    home.sim.accounts.tencent_meeting.permissions.revoke(*denied)
    home.sim.accounts.wecom.permissions.revoke(*denied)
    await home.add(vendor)
    assert home.shown(vendor, ROOM[vendor], "problem") == problem
    assert home.shown(vendor, ROOM[vendor], "problem_reason") == reason


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"meeting_room_status": 9}, {"status": "unknown", "in_use": "unknown"}),
        ({"meeting_room_status": "3"}, {"status": "in_use", "in_use": "on"}),
        ({"meeting_room_status": None}, {"status": "unknown", "online": "unknown"}),
        ({}, {"status": "unknown", "in_use": "unknown", "online": "unknown"}),
        ({"participant_number": "8"}, {"capacity": "8"}),
        ({"scheduled_status": "1"}, {"bookable": "on"}),
        ({"is_allow_call": "false"}, {"callable": "off"}),
        ({"meeting_room_location": "西安-高新-3"}, {"location": "西安-高新-3"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_values_of_the_list_may_be_malformed(
    home: Home, vendor: str, row: Mapping[str, Any], shown: Mapping[str, str]
) -> None:
    """The values are numbers as text, unknown numbers, or missing."""
    rows = [{"meeting_room_id": "100001", "meeting_room_name": "长安", **row}]
    answer = {
        "errcode": 0,
        "has_more": False,
        "total_count": 1,
        "total_page": 1,
        "meeting_room_list": rows,
    }
    home.sim.set_response(vendor, "list", None, json.dumps(answer))
    home.sim.accounts.tencent_meeting.permissions.revoke("details")
    home.sim.accounts.wecom.permissions.revoke("get_info")
    entry = await home.add(vendor)
    await home.enable_all(entry)
    found = {key: home.shown(vendor, "100001", key) for key in shown}
    assert found == shown


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_meeting_number_of_a_room_is_shown(home: Home, vendor: str) -> None:
    """Rooms without a number have an unknown state."""
    entry = await home.add(vendor)
    await home.enable_all(entry)
    for room in home.sim.company.rooms_of(vendor):
        number = room.properties.pmi.pmi_code if room.properties.pmi else ""
        shown = home.shown(vendor, room.room_id, "meeting_number")
        assert shown == (number or "unknown")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_one_failing_device_of_a_room_is_a_failure(
    home: Home, vendor: str
) -> None:
    """Another device of the room is healthy."""
    device = {
        "meeting_room_id": ROOM[vendor],
        "rooms_id": "1",
        "device_monitor_info": {"camera_status": True, "speaker_status": False},
    }
    other = device | {"device_monitor_info": {"camera_status": False}}
    answer = {
        "errcode": 0,
        "has_more": False,
        "total_count": 2,
        "device_info_list": [device, other],
    }
    api = VENDOR_TABLE[vendor].apis["devices"]
    home.sim.set_response(vendor, api, None, json.dumps(answer))
    await home.add(vendor)
    found = [
        home.shown(vendor, ROOM[vendor], key)
        for key in ("camera", "microphone", "speaker")
    ]
    assert found == ["on", "unknown", "on"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_details_are_updated_within_five_minutes(home: Home, vendor: str) -> None:
    """The next poll updates the values of the list."""
    home.sim.company.change(vendor, ROOM[vendor], **HEALTHY | {"cpu_usage": "12"})
    await home.add(vendor)
    home.sim.company.change(
        vendor, ROOM[vendor], cpu_usage="93%", camera=False, status=3
    )
    await home.pass_time()
    assert home.shown(vendor, ROOM[vendor], "in_use") == "on"
    assert home.shown(vendor, ROOM[vendor], "cpu_usage") == "12.0"
    await home.live(280)
    assert home.shown(vendor, ROOM[vendor], "cpu_usage") == "93.0"
    assert home.shown(vendor, ROOM[vendor], "camera") == "on"


@pytest.mark.parametrize(
    ("statuses", "counts"),
    [
        ((2, 2), (2, 0, 0, 0, 0)),
        ((2, 3), (1, 1, 0, 0, 0)),
        ((4, 5), (0, 0, 2, 0, 2)),
        ((3, 4), (0, 1, 1, 0, 1)),
        ((0, 1), (0, 0, 0, 2, 0)),
        ((2, 1), (1, 0, 0, 1, 0)),
    ],
)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_counts_its_rooms(
    home: Home, vendor: str, statuses: tuple[int, int], counts: tuple[int, ...]
) -> None:
    """The rooms are idle, in use, offline or other."""
    room_ids = [*home.sim.truth()[vendor]]
    for room_id, status in zip(room_ids, statuses, strict=True):
        home.sim.company.change(vendor, room_id, **HEALTHY | {"status": status})
    await home.add(vendor)
    assert counted(home, vendor) == counts
    assert sum(counts[:4]) == len(room_ids)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_with_an_unknown_status_is_an_other_room(
    home: Home, vendor: str
) -> None:
    """An undocumented status is neither idle nor offline."""
    rows = [
        {"meeting_room_id": room_id, "meeting_room_name": room_id} | status
        for room_id, status in (
            ("100001", {"meeting_room_status": 9}),
            ("100002", {"meeting_room_status": 2}),
            ("100003", {}),
        )
    ]
    listing = {"errcode": 0, "total_count": 3, "total_page": 1, "has_more": False}
    answer = json.dumps({**listing, "meeting_room_list": rows})
    home.sim.set_response(vendor, "list", None, answer)
    await home.add(vendor)
    assert counted(home, vendor)[:4] == (1, 0, 0, 2)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_counts_its_rooms_with_a_problem(
    home: Home, vendor: str
) -> None:
    """A failing camera and an offline room are both counted."""
    first, second = home.sim.truth()[vendor]
    home.sim.company.change(vendor, first, **HEALTHY)
    home.sim.company.change(vendor, second, **HEALTHY | {"camera": False})
    await home.add(vendor)
    assert home.shown(vendor, "rooms_problem") == "1"
    home.sim.company.change(vendor, first, status=4)
    await home.polls(1)
    assert home.shown(vendor, "rooms_problem") == "2"


def counted(home: Home, vendor: str) -> tuple[int, ...]:
    """Return the numbers of idle, used, offline and other rooms, and of problems."""
    keys = (
        "rooms_idle",
        "rooms_in_use",
        "rooms_offline",
        "rooms_other",
        "rooms_problem",
    )
    return tuple(int(home.shown(vendor, key)) for key in keys)


async def test_a_quanshi_room_has_a_status_and_is_bookable(home: Home) -> None:
    """The room is in use while a conference holds it, and bookable while it is enabled."""
    diary = home.sim.company.quanshi
    rooms = [*diary.rooms.values()]
    rooms[0].enabled, rooms[1].enabled = True, False
    rooms[0].capacity, rooms[1].capacity = 20, 0
    await home.add(QUANSHI)
    for room, bookable in zip(rooms, ("on", "off"), strict=True):
        room_id = str(room.room_id)
        word = diary.truth()[room_id]
        assert home.shown(QUANSHI, room_id, "status") == word
        assert home.shown(QUANSHI, room_id, "in_use") == {"in_use": "on"}.get(
            word, "off"
        )
        assert home.shown(QUANSHI, room_id, "bookable") == bookable
    capacities = [home.shown(QUANSHI, str(room.room_id), "capacity") for room in rooms]
    assert capacities == ["20", "unknown"]
    words = [*diary.truth().values()]
    assert home.shown(QUANSHI, "rooms_idle") == str(words.count("idle"))
    assert home.shown(QUANSHI, "rooms_in_use") == str(words.count("in_use"))


async def test_every_room_has_the_same_statuses_in_the_same_order(home: Home) -> None:
    """Dashboards can use one list for all vendors."""
    await home.add(TENCENT)
    await home.add(QUANSHI)
    order = ["idle", "in_use", "offline", "not_logged_in", "not_bound", "not_activated"]
    for vendor, room_id in ((TENCENT, ROOM[TENCENT]), (QUANSHI, "6516")):
        state = home.state(vendor, room_id, "status")
        assert state.attributes["options"] == order
        assert state.attributes[ATTR_DEVICE_CLASS] == "enum"


async def test_a_malformed_row_of_one_room_does_not_affect_the_others(
    home: Home,
) -> None:
    """The room keeps its status for two polls, and is unknown after the third."""
    first, second = home.sim.company.tencent_meeting.ids
    home.sim.company.change(TENCENT, first, status=2)
    home.sim.company.change(TENCENT, second, status=2)
    await home.add(TENCENT)
    home.sim.faults.add(Fault("bad_room", TENCENT, "list", first))
    home.sim.company.change(TENCENT, first, status=3)
    home.sim.company.change(TENCENT, second, status=3)
    await home.polls(2)
    assert home.shown(TENCENT, first, "status") == "idle"
    assert home.shown(TENCENT, second, "status") == "in_use"
    await home.polls(1)
    assert home.shown(TENCENT, first, "status") == "unknown"
    assert home.shown(TENCENT, second, "status") == "in_use"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_old_status_of_the_details_does_not_replace_a_missing_one(
    home: Home, vendor: str
) -> None:
    """The details are fetched too; the list restores the status."""
    room_id = ROOM[vendor]
    home.sim.company.change(vendor, room_id, **HEALTHY | {"cpu_usage": "12"})
    await home.add(vendor)
    fault = home.sim.faults.add(Fault("bad_room", vendor, "list", room_id))
    await home.polls(3)
    home.sim.company.change(vendor, room_id, cpu_usage="93")
    await home.live(600)
    assert home.shown(vendor, room_id, "cpu_usage") == "93.0"
    assert home.shown(vendor, room_id, "status") == "unknown"
    assert home.shown(vendor, room_id, "in_use") == "unknown"
    assert home.shown(vendor, room_id, "online") == "unknown"
    home.sim.faults.remove(fault)
    await home.polls(1)
    assert home.shown(vendor, room_id, "status") == "idle"
