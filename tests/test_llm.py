"""Test the tools of voice assistants with a language model."""

from datetime import timedelta
import json
from typing import Any, Final

import probatio
import pytest

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, floor_registry as fr, llm
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from simulator import Fault, RoomStatus

from .home import ALL_ROOMS, ALL_TEXTS, LISTERS, MORNING, QUANSHI, TENCENT, WECOM, Home
from .offices import change_options, move, move_room
from .questions import Row

FIND: Final = "meeting_rooms__find_room"
STATUS: Final = "meeting_rooms__room_status"
HOUR: Final = timedelta(hours=1)
ROOMS: Final = ("100001", "100002", "100003", "100004")
FIRST, SECOND, THIRD, FOURTH = ROOMS
NAMES: Final = dict(
    zip(ROOMS, ("Yellow Crane", "黄鹤楼", "岳阳楼", "岳阳楼2"), strict=True)
)


class Assistant:
    """A voice assistant with a language model."""

    def __init__(self, home: Home) -> None:
        """Use a Home Assistant."""
        self.home = home
        self.device_id: str | None = None
        self.user_id: str | None = None

    async def api(self) -> llm.APIInstance:
        """Return the tools of the assistant."""
        context = llm.LLMContext(
            platform="test",
            context=Context(user_id=self.user_id),
            language="en",
            assistant="conversation",
            device_id=self.device_id,
        )
        return await llm.async_get_api(self.home.hass, "assist", context)

    async def tools(self) -> set[str]:
        """Return the names of our tools."""
        names = {tool.name for tool in (await self.api()).tools}
        return {name for name in names if name.startswith("meeting_rooms")}

    async def ask(self, tool: str, **fields: Any) -> list[Row]:
        """Return the rooms that a tool answers with."""
        rows: list[Row] = (await self.answer(tool, **fields))["rooms"]
        return rows

    async def names(self, tool: str, **fields: Any) -> list[str]:
        """Return the names of the rooms."""
        return [row["name"] for row in await self.ask(tool, **fields)]

    async def answer(self, tool: str, **fields: Any) -> Row:
        """Return the answer of a tool as JSON."""
        result = await (await self.api()).async_call_tool(llm.ToolInput(tool, fields))
        assert not result.error
        answer: Row = json.loads(json.dumps(result.data))
        return answer

    def expose(self, *room_ids: str, vendor: str = TENCENT) -> None:
        """Expose the availability of rooms."""
        for room_id in room_ids:
            entity_id = self.home.entity(vendor, room_id, "availability").entity_id
            async_expose_entity(self.home.hass, "conversation", entity_id, True)


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms at Tencent Meeting."""
    return 4


@pytest.fixture
async def assistant(home: Home) -> Assistant:
    """Return an assistant in an office in Shanghai with four free rooms."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    for component in ("homeassistant", "conversation", "llm"):
        assert await async_setup_component(home.hass, component, {})
    for vendor in LISTERS:
        for number, room in enumerate(home.sim.company.rooms_of(vendor), 1):
            room.change(status=RoomStatus.IDLE, health_status="OK", alarms=[])
            room.change(camera=True, microphone=True, speaker=True)
            room.change(participant_number=4 * number, floor=f"{number}F")
    for room_id, name in NAMES.items():
        home.sim.company.change(TENCENT, room_id, meeting_room_name=name)
    home.sim.company.clear_bookings(QUANSHI)
    return Assistant(home)


async def add(
    assistant: Assistant, options: dict[str, Any] | None = None
) -> MockConfigEntry:
    """Add the account at Tencent Meeting, and expose its rooms."""
    entry = await assistant.home.add(TENCENT, options or ALL_ROOMS)
    await assistant.home.live(60)
    assistant.expose(*ROOMS)
    return entry


async def test_the_tools_exist_when_a_room_is_exposed(assistant: Assistant) -> None:
    """Home Assistant exposes none by itself."""
    await assistant.home.add(TENCENT)
    assert await assistant.tools() == set()
    assistant.expose(FIRST)
    assert await assistant.tools() == {FIND, STATUS}


async def test_only_exposed_rooms_are_found_and_described(assistant: Assistant) -> None:
    """The others do not exist for the assistant."""
    await assistant.home.add(TENCENT)
    assistant.expose(FIRST, THIRD)
    for tool in (FIND, STATUS):
        assert {*await assistant.names(tool)} == {NAMES[FIRST], NAMES[THIRD]}
    with pytest.raises(HomeAssistantError):
        await assistant.ask(STATUS, name=NAMES[SECOND])


async def test_a_free_room_is_found(assistant: Assistant) -> None:
    """For some people, at some time, at some place."""
    home = assistant.home
    begin = MORNING + 3 * HOUR
    home.sim.company.book(TENCENT, SECOND, begin, begin + HOUR)
    await add(assistant)
    assert await assistant.names(FIND, people=6, limit=1) == [NAMES[SECOND]]
    local = dt_util.as_local(begin).replace(tzinfo=None).isoformat()
    assert await assistant.names(FIND, people=6, start=local) == [
        NAMES[THIRD],
        NAMES[FOURTH],
    ]
    short = {"start": "2026-03-17 12:30:00", "duration_minutes": 35}
    assert NAMES[SECOND] in await assistant.names(FIND, **short)
    longer = {"start": "2026-03-17 12:30:00", "end": "2026-03-17T13:30:00"}
    assert NAMES[SECOND] not in await assistant.names(FIND, **longer)
    assert await assistant.names(FIND, location="third floor") == [NAMES[THIRD]]
    row, *_ = await assistant.ask(FIND, people=6)
    assert (row["free_until"], row["capacity"]) == ("2026-03-17T13:05:00+08:00", 8)


async def test_rooms_that_are_not_ready_are_found_when_wanted(
    assistant: Assistant,
) -> None:
    """The answer says so."""
    assistant.home.sim.company.change(TENCENT, FIRST, status=RoomStatus.OFFLINE)
    await add(assistant)
    assert NAMES[FIRST] not in await assistant.names(FIND)
    row, *_ = await assistant.ask(FIND, include_not_ready=True)
    assert (row["name"], row["ready"]) == (NAMES[FIRST], False)


async def test_rooms_on_the_floor_of_the_satellite_come_first(
    assistant: Assistant,
) -> None:
    """The others follow if there are not enough."""
    home = assistant.home
    entry = await add(assistant)
    floor = fr.async_get(home.hass).async_create("Third")
    move_room(home, entry, THIRD, "East")
    move(home, home.entity(TENCENT, SECOND, "availability"), "West")
    for name in ("East", "West"):
        area = ar.async_get(home.hass).async_get_area_by_name(name)
        assert area is not None
        ar.async_get(home.hass).async_update(area.id, floor_id=floor.floor_id)
    everywhere = [*NAMES.values()]
    assert await assistant.names(FIND) == everywhere
    satellite = home.devices.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("test", "satellite")}
    )
    assistant.device_id = satellite.id
    assert await assistant.names(FIND) == everywhere
    home.devices.async_update_device(satellite.id, area_id="east")
    near = [NAMES[SECOND], NAMES[THIRD]]
    assert await assistant.names(FIND) == [*near, NAMES[FIRST], NAMES[FOURTH]]
    assert await assistant.names(FIND, limit=2) == near
    assert await assistant.names(FIND, limit=1) == near[:1]


@pytest.mark.parametrize("empty", [None, "", " "])
async def test_an_empty_argument_is_not_given(
    assistant: Assistant, empty: str | None
) -> None:
    """Models fill arguments that they do not need with null or an empty text."""
    await add(assistant)
    arguments = (
        "people",
        "start",
        "duration_minutes",
        "end",
        "location",
        "include_not_ready",
        "limit",
    )
    fields = dict.fromkeys(arguments, empty)
    assert await assistant.ask(FIND, **fields) == await assistant.ask(FIND)
    assert await assistant.ask(STATUS, name=empty) == await assistant.ask(STATUS)


@pytest.mark.parametrize(
    ("tool", "fields"),
    [
        (FIND, {"people": 0}),
        (FIND, {"people": "some"}),
        (FIND, {"start": "tomorrow at ten"}),
        (FIND, {"duration_minutes": 0}),
        (FIND, {"duration_minutes": 60, "end": "2026-03-17 12:00:00"}),
        (FIND, {"limit": 21}),
        (FIND, {"room": "1"}),
        (STATUS, {"name": "1" * 101}),
        (STATUS, {"room": "1"}),
        (FIND, {"start": "2026-03-16 12:00:00"}),
        (FIND, {"start": "2027-03-16 12:00:00"}),
        (FIND, {"start": "2026-03-17 12:00:00", "end": "2026-03-17 11:00:00"}),
        (STATUS, {"name": "Aquarium"}),
    ],
)
async def test_a_wrong_argument_is_an_error_for_the_model(
    assistant: Assistant, tool: str, fields: dict[str, Any]
) -> None:
    """The model can try again: any other error would end the conversation."""
    await add(assistant)
    with pytest.raises((HomeAssistantError, probatio.Invalid)):
        await assistant.ask(tool, **fields)


async def test_the_status_of_a_room(assistant: Assistant) -> None:
    """What a person asks about it; a title only if it may be shown."""
    home = assistant.home
    begin = MORNING + HOUR
    home.sim.company.change(TENCENT, FIRST, city="北京", building="望京 SOHO")
    home.sim.company.book(TENCENT, FIRST, begin, begin + HOUR, subject="Board")
    entry = await add(assistant)
    (row,) = await assistant.ask(STATUS, name="yellow crane")
    assert row == {
        "name": "Yellow Crane",
        "entity_id": home.entity(TENCENT, FIRST, "availability").entity_id,
        "availability": "free",
        "until": "2026-03-17T11:05:00+08:00",
        "next_meeting_start": "2026-03-17T11:05:00+08:00",
        "ready": True,
        "reason": "none",
        "maintenance": False,
        "capacity": 4,
        "location": "北京-望京 SOHO-1F",
    }
    change_options(home, entry, **ALL_TEXTS)
    await home.live(60)
    (row,) = await assistant.ask(STATUS, name="yellow crane")
    assert row["next_meeting"] == "Board"
    assert "current_meeting" not in row
    await home.live(3600)
    (row,) = await assistant.ask(STATUS, name="yellow crane")
    assert (row["availability"], row["current_meeting"]) == ("booked", "Board")


@pytest.mark.parametrize("titles", ["busy_only", "organizer"])
async def test_no_title_that_must_not_be_kept_is_told(
    assistant: Assistant, titles: str
) -> None:
    """Neither by one tool nor by the other."""
    home = assistant.home
    begin = MORNING - HOUR
    home.sim.company.book(TENCENT, FIRST, begin, begin + 4 * HOUR, subject="Layoffs")
    await add(assistant, {**ALL_ROOMS, "titles": titles})
    answers = [await assistant.answer(tool) for tool in (FIND, STATUS)]
    assert "Layoffs" not in json.dumps(answers)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("yellow crane", [FIRST]),
        ("YELLOWCRANE", [FIRST]),
        ("Ｙｅｌｌｏｗ", [FIRST]),
        ("the yellow crane room", [FIRST]),
        ("黄鹤楼会议室", [SECOND]),
        ("岳阳楼", [THIRD]),
        ("岳阳", [THIRD, FOURTH]),
        ("岳阳楼 2", [FOURTH]),
        ("aquarium", [FOURTH]),
        ("east wing", [SECOND]),
        ("east", [SECOND]),
        ("Ostflügel", [SECOND]),
        ("岳阳楼2号", [FOURTH]),
        ("the 岳阳楼２", [FOURTH]),
        ("attic", [FIRST]),
        (" ", [FIRST, THIRD, FOURTH, SECOND]),
    ],
)
async def test_a_room_is_known_by_its_names(
    assistant: Assistant, name: str, found: list[str]
) -> None:
    """Its own, those of its area, and aliases; the exact one is preferred."""
    home = assistant.home
    entry = await add(assistant)
    move_room(home, entry, SECOND, "East Wing")
    ar.async_get(home.hass).async_update("east_wing", aliases={"Ostflügel"})
    entity_id = home.entity(TENCENT, FOURTH, "availability").entity_id
    home.entities.async_update_entity(entity_id, aliases=["Aquarium"])
    move(home, home.entity(TENCENT, FIRST, "availability"), "Attic")
    assert await assistant.names(STATUS, name=name) == [NAMES[each] for each in found]


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("Room 1", "the Room 1 please"),
        ("会议室101", "101"),
        ("会议室101", "会议室 １０１"),
        ("2-101", "101"),
        ("1号", "1号会议室"),
        ("三号", "三号会议室"),
    ],
)
async def test_a_number_is_the_name_of_a_room(
    assistant: Assistant, room: str, name: str
) -> None:
    """Also with other words around it, or without those of the name."""
    await add(assistant)
    device = assistant.home.known_device(TENCENT, FIRST)
    assistant.home.devices.async_update_device(device.id, name_by_user=room)
    assert await assistant.names(STATUS, name=name) == [room]


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("Room 1", "Room 12"),
        ("Room 12", "Room 1"),
        ("会议室10", "会议室101"),
        ("会议室101", "会议室10"),
        ("1号", "21号"),
        ("21号", "1号"),
        ("第十一会议室", "第十"),
        ("十会议室", "二十会议室"),
    ],
)
async def test_a_part_of_a_number_is_not_the_name_of_a_room(
    assistant: Assistant, room: str, name: str
) -> None:
    """An answer about another room is worse than none."""
    await add(assistant)
    device = assistant.home.known_device(TENCENT, FIRST)
    assistant.home.devices.async_update_device(device.id, name_by_user=room)
    with pytest.raises(HomeAssistantError) as raised:
        await assistant.ask(STATUS, name=name)
    assert raised.value.translation_key == "unknown_room_name"


async def test_a_room_that_is_not_available_says_so(assistant: Assistant) -> None:
    """It is not found as free."""
    await add(assistant)
    assistant.home.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
    await assistant.home.polls(4)
    assert await assistant.ask(STATUS, name=NAMES[FIRST]) == [
        {"name": NAMES[FIRST], "availability": "unavailable"}
    ]
    assert await assistant.ask(FIND) == []


async def test_a_user_hears_of_rooms_that_the_user_may_read(
    assistant: Assistant, hass_read_only_user: MockUser
) -> None:
    """Although more are exposed."""
    home = assistant.home
    await add(assistant)
    readable = home.entity(TENCENT, SECOND, "availability").entity_id
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {readable: True}}})
    assistant.user_id = hass_read_only_user.id
    for tool in (FIND, STATUS):
        assert await assistant.names(tool) == [NAMES[SECOND]]


@pytest.mark.parametrize("rooms", [30])
async def test_an_answer_has_at_most_twenty_rooms(assistant: Assistant) -> None:
    """It goes into a prompt as a whole."""
    home = assistant.home
    await home.add(WECOM)
    await home.add(TENCENT)
    ids = [room.room_id for room in home.sim.company.rooms_of(TENCENT)]
    assistant.expose(*ids)
    answer = await assistant.answer(STATUS)
    assert (len(answer["rooms"]), answer["more_rooms"]) == (20, 10)
    assert len(await assistant.ask(FIND, limit=20)) <= 20


async def test_the_tools_can_be_described_to_a_model(assistant: Assistant) -> None:
    """Each argument has a type and a description."""
    await add(assistant)
    api = await assistant.api()
    described = [
        probatio.to_openapi(
            tool.parameters,
            custom_serializer=api.custom_serializer,
            openapi_version="3.1.0",
        )["properties"]
        for tool in api.tools
        if tool.name in {FIND, STATUS}
    ]
    arguments = described[0] | described[1]
    assert arguments["people"] == {
        "type": "integer",
        "minimum": 1,
        "description": "How many people the room has to hold",
    }
    assert arguments["start"]["format"] == "date-time"
    assert all({"type", "description"} <= each.keys() for each in arguments.values())
    assert len(described[0]) + len(described[1]) == 8
