"""Test the blueprint that notifies IT about a room."""

from collections.abc import Awaitable, Callable
from functools import partial
import json
from operator import itemgetter
from typing import Any, Final

import pytest

from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, ServiceCall
from simulator import Fault
from simulator.vendors.room_rows import controller_row

from ..home import TENCENT
from .house import AUTOMATION, OTHER, ROOM, House, messages_of

IT: Final = "notify.it"
FLOOR: Final = {"floor_id": ["3f"]}
QUIET: Final = {"quiet_start": "11:00:00", "quiet_end": "13:00:00"}


@pytest.fixture
async def reported(house: House) -> list[ServiceCall]:
    """Return the messages to IT about two rooms of a floor."""
    house.furnish("3F", "East", ROOM)
    house.furnish("3F", "West", OTHER)
    return house.watch("notify.send_message")


async def automate(house: House, **inputs: Any) -> None:
    """Use the blueprint for the rooms of the floor."""
    await house.automate("it_alert", rooms=FLOOR, recipients=[IT], **inputs)


async def break_camera(house: House) -> None:
    """Let the vendor report that the camera of the room fails."""
    change(house, camera=False)


def change(house: House, room: str = ROOM, **values: Any) -> None:
    """Change what the vendor reports of a room."""
    house.company.change(TENCENT, room, **values)


async def test_one_automation_reports_what_is_wrong_where_and_since_when(
    house: House, reported: list[ServiceCall]
) -> None:
    """It reports each problem once, and when it is solved."""
    house.book("11:00", "11:30")
    house.book("12:00", "12:30")
    await automate(house)
    await house.reach("10:30")
    change(house, camera=False)
    change(house, OTHER, status=4)
    await house.reach("10:34")
    assert reported == []
    await house.reach("13:00")
    first, other = house.name(), house.name(OTHER)
    assert messages_of(reported) == [
        f"{other} (West, 3F): Offline since 10:31.",
        f"{first} (East, 3F): Camera failure since 10:35. The meeting starts at 11:00.",
    ]
    change(house, camera=True)
    change(house, OTHER, status=2)
    await house.reach("13:30")
    assert messages_of(reported)[2:] == [
        f"{other} (West, 3F): solved. Offline since 10:31, for 150 minutes.",
        f"{first} (East, 3F): solved. Camera failure since 10:35, for 150 minutes.",
    ]
    assert [call.data["title"] for call in reported] == [
        "Meeting room offline",
        "Meeting room not ready",
        "Meeting room ready again",
        "Meeting room ready again",
    ]
    assert {(*call.data["entity_id"],) for call in reported} == {(IT,)}


async def test_a_problem_that_is_solved_soon_is_not_reported(
    house: House, reported: list[ServiceCall]
) -> None:
    """The room has been offline for less than the time of the automation."""
    await automate(house, wait=10)
    change(house, status=4)
    await house.reach("10:12")
    change(house, status=2)
    await house.reach("10:40")
    assert reported == []


async def test_another_problem_of_a_room_is_told(
    house: House, reported: list[ServiceCall]
) -> None:
    """A camera that fails is one problem, a room that goes offline later is another."""
    house.book("10:30", "11:30")
    await automate(house)
    change(house, camera=False)
    await house.reach("10:25")
    change(house, status=4)
    await house.reach("10:40")
    assert [message.split(": ")[1][:10] for message in messages_of(reported)] == [
        "Camera fai",
        "Offline si",
    ]


async def test_quiet_hours_hold_messages_back(
    house: House, reported: list[ServiceCall]
) -> None:
    """What has been solved meanwhile is not reported; the others are reported after them."""
    await automate(house, **QUIET)
    await house.reach("10:40")
    change(house, status=4)
    await house.reach("10:50")
    assert len(reported) == 1
    await house.reach("11:10")
    change(house, status=2)
    change(house, OTHER, status=4)
    await house.reach("12:30")
    change(house, OTHER, status=2)
    await house.reach("12:40")
    change(house, OTHER, status=5)
    await house.reach("12:59")
    assert len(reported) == 1
    await house.reach("13:02")
    assert sorted(messages_of(reported)[1:]) == sorted(
        [
            f"{house.name()} (East, 3F): solved. Offline since 10:41, for 30 minutes.",
            f"{house.name(OTHER)} (West, 3F): Not logged in since 12:41.",
        ]
    )


async def test_a_restart_loses_no_message(
    house: House, reported: list[ServiceCall]
) -> None:
    """What was held back is reported after the quiet hours, and what was reported is reported when solved."""
    await automate(house, **QUIET)
    change(house, status=4)
    await house.reach("10:30")
    assert len(reported) == 1
    await restart(house)
    await house.reach("10:50")
    change(house, status=2)
    await house.reach("10:58")
    assert ": solved." in messages_of(reported)[1]
    await house.reach("11:30")
    change(house, OTHER, status=4)
    await house.reach("11:45")
    await restart(house)
    await house.reach("12:59")
    assert len(reported) == 2
    await house.reach("13:02")
    assert messages_of(reported)[2:] == [
        f"{house.name(OTHER)} (West, 3F): Offline since 11:31."
    ]


async def test_a_restart_in_the_quiet_hours_repeats_no_message(
    house: House, reported: list[ServiceCall]
) -> None:
    """What was reported before is reported again when it is solved, and since when it was."""
    await automate(house, **QUIET)
    change(house, status=4)
    await house.reach("11:30")
    assert len(reported) == 1
    await restart(house)
    await house.reach("13:10")
    change(house, status=2)
    await house.reach("13:20")
    name = house.name()
    assert messages_of(reported) == [
        f"{name} (East, 3F): Offline since 10:07.",
        f"{name} (East, 3F): solved. Offline since 10:07, for 184 minutes.",
    ]


async def restart(house: House) -> None:
    """Restart Home Assistant."""
    house.hass.set_state(CoreState.starting)
    for action in ("turn_off", "turn_on"):
        await house.hass.services.async_call(
            "automation", action, {"entity_id": AUTOMATION}, blocking=True
        )
    await house.hass.config_entries.async_reload(house.entry.entry_id)
    house.hass.set_state(CoreState.running)
    house.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await house.home.wait_until_idle()


async def edit(house: House, wait: int = 4) -> None:
    """Change how long a problem must last before it is reported."""
    await house.edit("it_alert", rooms=FLOOR, recipients=[IT], wait=wait)


async def reload_account(house: House) -> None:
    """Reload the account."""
    await house.unload()
    await house.load()


async def flap(house: House) -> None:
    """Let the room be online for one update."""
    change(house, status=2)
    await house.pass_time(31)
    assert house.shown("online") == "on"
    change(house, status=4)


async def lose_account(house: House) -> None:
    """Let the account be unreachable for some minutes."""
    house.home.sim.faults.add(Fault("http", TENCENT, status=502))
    await house.reach("10:27")
    assert house.shown("online") == "unavailable"
    house.home.sim.faults.clear()


async def rename(house: House) -> None:
    """Rename the entities of the room."""
    for key in ("problem_reason", "not_ready_reason", "online"):
        name = house.entity_id(key)
        house.home.entities.async_update_entity(name, new_entity_id=f"{name}_new")
    await house.home.wait_until_idle()


@pytest.mark.parametrize(
    "interrupt", [flap, lose_account, reload_account, restart, edit, rename]
)
async def test_a_problem_is_reported_once_whatever_happens_meanwhile(
    house: House,
    reported: list[ServiceCall],
    interrupt: Callable[[House], Awaitable[None]],
) -> None:
    """The room is still offline afterwards, and at its next booking."""
    house.book("11:00", "11:30")
    await automate(house)
    change(house, status=4)
    await house.reach("10:20")
    assert len(reported) == 1
    await interrupt(house)
    await house.reach("11:10")
    assert len(reported) == 1
    change(house, status=2)
    await house.reach("11:20")
    assert [call.data["title"] for call in reported] == [
        "Meeting room offline",
        "Meeting room ready again",
    ]


async def test_a_problem_is_reported_again_when_it_must_last_longer(
    house: House, reported: list[ServiceCall]
) -> None:
    """It has not lasted that long when the automation is edited, but later."""
    await automate(house)
    change(house, status=4)
    await house.reach("10:20")
    await edit(house, wait=30)
    await house.reach("10:36")
    assert len(reported) == 1
    await house.reach("11:00")
    assert (
        messages_of(reported)
        == [f"{house.name()} (East, 3F): Offline since 10:07."] * 2
    )


@pytest.mark.parametrize("interrupt", [restart, edit])
async def test_a_problem_that_is_solved_soon_after_an_interruption_is_reported(
    house: House,
    reported: list[ServiceCall],
    interrupt: Callable[[House], Awaitable[None]],
) -> None:
    """The automation checks the rooms at once."""
    await automate(house)
    change(house, status=4)
    await house.reach("10:21")
    await interrupt(house)
    await house.pass_time(5)
    change(house, status=2)
    await house.reach("10:35")
    assert [call.data["title"] for call in reported] == [
        "Meeting room offline",
        "Meeting room ready again",
    ]


@pytest.mark.parametrize(
    ("fails", "automated", "wait", "first", "since"),
    [
        ("10:05", "10:30", 5, ("10:10", "10:20"), "10:10"),
        ("10:52", "10:05", 10, ("10:30", "11:00"), "10:55"),
    ],
    ids=["before the automation", "late in a meeting"],
)
async def test_a_problem_of_a_former_meeting_is_reported_for_the_next(
    house: House,
    reported: list[ServiceCall],
    *,
    fails: str,
    automated: str,
    wait: int,
    first: tuple[str, str],
    since: str,
) -> None:
    """Nothing was reported for the former one."""
    house.book(*first)
    house.book("12:00", "12:30")
    steps = [
        (house.time(automated), partial(automate, house, wait=wait)),
        (house.time(fails), partial(break_camera, house)),
    ]
    for moment, step in sorted(steps, key=itemgetter(0)):
        await house.reach(moment.strftime("%H:%M"))
        await step()
    await house.reach("12:10")
    (message,) = messages_of(reported)
    assert message.endswith(
        f"Camera failure since {since}. The meeting starts at 12:00."
    )


async def test_a_problem_that_begins_during_an_outage_is_reported(
    house: House, reported: list[ServiceCall]
) -> None:
    """The room has no booking."""
    await automate(house)
    house.home.sim.faults.add(Fault("http", TENCENT, status=502))
    await house.reach("10:20")
    change(house, status=4)
    house.home.sim.faults.clear()
    await house.reach("10:35")
    assert [call.data["title"] for call in reported] == ["Meeting room offline"]


async def test_a_problem_that_was_not_reported_before_a_restart_is_reported(
    house: House, reported: list[ServiceCall]
) -> None:
    """The other room's problem was; this one shows only at a booking."""
    house.book("11:30", "12:00")
    await automate(house)
    change(house, OTHER, status=4)
    change(house, camera=False)
    await house.reach("10:25")
    await restart(house)
    await house.reach("11:30")
    assert [call.data["title"] for call in reported] == [
        "Meeting room offline",
        "Meeting room not ready",
    ]


async def test_each_problem_of_a_room_is_reported_and_solved(
    house: House, reported: list[ServiceCall]
) -> None:
    """The room is ready again only without all of them."""
    house.book("11:00", "12:30")
    await automate(house)
    change(house, microphone=False)
    await house.reach("11:30")
    change(house, camera=False)
    await house.reach("11:50")
    change(house, camera=True)
    await house.reach("12:10")
    change(house, microphone=True)
    await house.reach("12:30")
    assert [message.split(": ", 1)[1] for message in messages_of(reported)] == [
        "Microphone failure since 10:10. The meeting starts at 11:00.",
        "Camera failure since 11:35. The meeting starts at 11:00.",
        "solved. Camera failure since 11:35, for 20 minutes.",
        "solved. Microphone failure since 10:10, for 125 minutes.",
    ]
    assert [call.data["title"] for call in reported[2:]] == [
        "Meeting room problem solved",
        "Meeting room ready again",
    ]


@pytest.mark.parametrize("action", [{"action": "other.missing"}, {"stop": "Enough"}])
async def test_an_action_does_not_prevent_later_messages(
    house: House, reported: list[ServiceCall], action: dict[str, str]
) -> None:
    """It fails, or ends its run."""
    await automate(house, actions=[action])
    change(house, status=4)
    await house.reach("10:20")
    change(house, status=2)
    await house.reach("10:40")
    assert len(reported) == 2


async def test_a_room_under_maintenance_is_not_reported(
    house: House, reported: list[ServiceCall]
) -> None:
    """Its problems are reported when the maintenance is over."""
    switch = {"entity_id": house.entity_id("maintenance")}
    await house.hass.services.async_call("switch", "turn_on", switch, blocking=True)
    await automate(house)
    change(house, status=4)
    await house.reach("10:30")
    assert reported == []
    await house.hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await house.reach("10:36")
    assert messages_of(reported) == [f"{house.name()} (East, 3F): Offline since 10:30."]


async def test_a_switch_of_another_integration_is_no_maintenance(
    house: House, reported: list[ServiceCall]
) -> None:
    """Another integration has added it to the device of the room."""
    foreign = house.home.entities.async_get_or_create(
        "switch", "other", "port", device_id=house.device_id()
    )
    house.hass.states.async_set(foreign.entity_id, "on")
    await automate(house)
    change(house, status=4)
    await house.reach("10:20")
    assert len(reported) == 1


def disconnect_controller(house: House, room: str) -> None:
    """Let the vendor report the controller of a room as offline."""
    simulated = house.company.room(TENCENT, room)
    controller = simulated.properties.controller
    assert controller is not None
    row = controller_row(simulated, controller) | {"status": "0"}
    page = {"controller_info_list": [row], "total_count": 1, "total_page": 1}
    fault = Fault("http", TENCENT, "controllers", status=200, body=json.dumps(page))
    house.home.sim.faults.add(fault)


async def test_an_offline_controller_is_reported(
    house: House, reported: list[ServiceCall]
) -> None:
    """It is no problem of the room's own device."""
    house.book("10:45", "11:15", OTHER)
    house.book("12:00", "12:15", OTHER)
    await automate(house)
    disconnect_controller(house, OTHER)
    await house.reach("12:10")
    where = f"{house.name(OTHER)} (West, 3F)"
    assert messages_of(reported) == [
        f"{where}: Controller offline since 10:10. The meeting starts at 10:45."
    ]
    house.home.sim.faults.clear()
    await house.reach("12:30")
    assert messages_of(reported)[1:] == [
        f"{where}: solved. Controller offline since 10:10, for 126 minutes."
    ]


async def test_a_room_elsewhere_is_not_reported(
    house: House, reported: list[ServiceCall]
) -> None:
    """The target has one of the two areas."""
    await house.automate("it_alert", rooms={"area_id": "east"}, recipients=[IT])
    change(house, status=4)
    change(house, OTHER, status=4)
    await house.reach("10:30")
    assert messages_of(reported) == [f"{house.name()} (East, 3F): Offline since 10:07."]


async def test_messages_are_in_the_language_of_home_assistant(
    house: House, reported: list[ServiceCall]
) -> None:
    """The reason is translated, and the sentence with it."""
    house.hass.config.language = "zh-Hans"
    await house.home.restart(house.entry)
    house.book("11:00", "11:30")
    await automate(house)
    change(house, camera=False)
    await house.reach("11:00")
    change(house, camera=True)
    await house.reach("11:20")
    name = house.name()
    began, solved = messages_of(reported)
    assert began.startswith(f"{name}（East，3F）：摄像头故障，自 10:")
    assert began.endswith("起。会议开始时间：11:00。")
    assert solved.startswith(f"{name}（East，3F）：已恢复。摄像头故障，自 10:")
    assert [call.data["title"] for call in reported] == ["会议室未就绪", "会议室已恢复"]


async def test_without_a_recipient_home_assistant_shows_the_message(
    house: House,
) -> None:
    """The variables are there for other actions as well."""
    shown = house.watch("persistent_notification.create")
    posted = house.watch("rest_command.post")
    text = (
        "{{ room_name }}|{{ area }}|{{ floor }}|{{ reason }}|{{ since }}|{{ solved }}"
    )
    await house.automate(
        "it_alert",
        rooms={"device_id": house.device_id()},
        actions=[{"action": "rest_command.post", "data": {"text": text}}],
    )
    change(house, status=5)
    await house.reach("10:20")
    change(house, status=2)
    await house.reach("10:30")
    name = house.name()
    assert messages_of(shown)[0] == f"{name}: Not logged in since 10:07."
    assert [call.data["text"] for call in posted] == [
        f"{name}|||Not logged in|10:07|False",
        f"{name}|||Not logged in|10:07|True",
    ]
