"""Tools of voice assistants with a language model: find a free room, and ask for its state."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, cast, override

import probatio

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.llm import LLMTools
from homeassistant.const import ATTR_LOCATION
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
    async_get_match_preferences,
)
from homeassistant.helpers.selector import DateTimeSelector
from homeassistant.util.json import JsonObjectType

from .account_rooms import AccountRoom, account_rooms, area_of, async_readable, floor_of
from .const import DOMAIN
from .find_room import (
    ATTR_DURATION,
    ATTR_END,
    ATTR_INCLUDE_NOT_READY,
    ATTR_LIMIT,
    ATTR_PEOPLE,
    ATTR_START,
    DEFAULT_LIMIT,
    LIMIT,
    LOCATION,
    PEOPLE,
    async_find_rows,
    local_text,
)
from .finder import MOST_ROOMS
from .rooms.spoken_names import meant_names, normalized

_DURATION: Final = "duration_minutes"
_NAME: Final = "name"
_LONGEST_NAME: Final = 100
_MOMENT: Final = probatio.All(DateTimeSelector(), cv.datetime)
_MINUTES: Final = probatio.All(
    probatio.Coerce(int), probatio.Range(min=1, max=31 * 24 * 60)
)


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return the tools if a room is exposed to the assistant."""
    if api_id != LLM_API_ASSIST or not _exposed(hass, llm_context):
        return None
    return LLMTools(tools=[FindRoomTool(), RoomStatusTool()])


def _exposed(hass: HomeAssistant, llm_context: LLMContext) -> list[AccountRoom]:
    """Return the rooms whose availability is exposed to the assistant."""
    return [
        each
        for each in account_rooms(hass)
        if async_should_expose(hass, llm_context.assistant, each.entity_id)
    ]


class _RoomsTool(Tool):
    """A tool that reads the exposed rooms, as far as the user may read them."""

    annotations = ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    integration = DOMAIN

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Validate the arguments, of which empty ones are not given, and return the answer."""
        given = {
            key: argument
            for key, argument in tool_input.tool_args.items()
            if argument is not None and str(argument).strip()
        }
        fields = self.parameters(given)
        exposed = _exposed(hass, llm_context)
        rooms = await async_readable(hass, exposed, llm_context.context)
        answer = await self._answer(hass, rooms, fields, llm_context)
        return ToolResult(data=cast(JsonObjectType, answer))

    @abstractmethod
    async def _answer(
        self,
        hass: HomeAssistant,
        rooms: list[AccountRoom],
        fields: dict[str, Any],
        llm_context: LLMContext,
    ) -> dict[str, Any]:
        """Return the answer as JSON."""


class FindRoomTool(_RoomsTool):
    """Find free rooms, those on the floor of the person who asks first."""

    name = f"{DOMAIN}__find_room"
    title = "Find a free meeting room"
    description = (
        "Find meeting rooms that are free for a meeting, the best first. "
        "A room whose bookings are not known may be booked. This books no room."
    )
    parameters = probatio.Schema(
        {
            probatio.Optional(
                ATTR_PEOPLE, description="How many people the room has to hold"
            ): PEOPLE,
            probatio.Optional(
                ATTR_START, description="Local start, ISO 8601; now if left out"
            ): _MOMENT,
            probatio.Optional(
                _DURATION, description="Length in minutes; 30 if left out"
            ): _MINUTES,
            probatio.Optional(
                ATTR_END, description="Local end, ISO 8601, instead of a length"
            ): _MOMENT,
            probatio.Optional(
                ATTR_LOCATION, description="City, building or floor, such as 3F"
            ): LOCATION,
            probatio.Optional(
                ATTR_INCLUDE_NOT_READY,
                description="Whether rooms with devices that do not work are included",
                default=False,
            ): cv.boolean,
            probatio.Optional(
                ATTR_LIMIT, description="How many rooms", default=DEFAULT_LIMIT
            ): LIMIT,
        }
    )

    @override
    async def _answer(
        self,
        hass: HomeAssistant,
        rooms: list[AccountRoom],
        fields: dict[str, Any],
        llm_context: LLMContext,
    ) -> dict[str, Any]:
        """Return the free rooms."""
        if _DURATION in fields:
            fields[ATTR_DURATION] = timedelta(minutes=fields.pop(_DURATION))
        floor_id = async_get_match_preferences(hass, llm_context).floor_id
        nearby = frozenset(
            each.entity_id
            for each in rooms
            if (floor := floor_of(hass, each)) and floor.floor_id == floor_id
        )
        return {"rooms": await async_find_rows(hass, rooms, fields, nearby)}


class RoomStatusTool(_RoomsTool):
    """Return the state of one room, or of all exposed rooms."""

    name = f"{DOMAIN}__room_status"
    title = "Get the state of meeting rooms"
    description = (
        "Get whether meeting rooms are free, booked or in use and until when, their next "
        "booking, whether their devices are ready, capacity and location."
    )
    parameters = probatio.Schema(
        {
            probatio.Optional(
                _NAME, description="Name or area of the room; all rooms if left out"
            ): probatio.All(cv.string, probatio.Length(max=_LONGEST_NAME)),
        }
    )

    @override
    async def _answer(
        self,
        hass: HomeAssistant,
        rooms: list[AccountRoom],
        fields: dict[str, Any],
        llm_context: LLMContext,
    ) -> dict[str, Any]:
        """Return the states of rooms, and how many more there are."""
        if _NAME in fields:
            rooms = _named(hass, rooms, fields[_NAME])
        rooms = sorted(rooms, key=lambda room: room.name)
        answer = {"rooms": [_status_row(each) for each in rooms[:MOST_ROOMS]]}
        if (more := len(rooms) - MOST_ROOMS) > 0:
            return {**answer, "more_rooms": more}
        return answer


def _named(
    hass: HomeAssistant, rooms: list[AccountRoom], name: str
) -> list[AccountRoom]:
    """Return the rooms with a name, or else those whose name contains it or is in it.

    Raises HomeAssistantError if there is none.
    """
    names = [({*map(normalized, _names(hass, each))}, each) for each in rooms]
    meant = meant_names(name, {one for known, _ in names for one in known})
    if not meant:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="unknown_room_name",
            translation_placeholders={"room": name},
        )
    return [each for known, each in names if known & meant]


def _names(hass: HomeAssistant, room: AccountRoom) -> Iterable[str]:
    """Yield the names of a room, of the entity of its availability, and of its area."""
    yield room.name
    yield from er.async_get_entity_aliases(hass, room.entity)
    if (area := area_of(hass, room)) is not None:
        yield from (area.name, *area.aliases)


def _status_row(at: AccountRoom) -> dict[str, Any]:
    """Return the state of a room as JSON; titles only as far as they are kept."""
    if (candidate := at.candidate) is None:
        return {"name": at.name, "availability": "unavailable"}
    room = candidate.room
    outlook = room.outlook
    titles = {
        "current_meeting": outlook.current_title,
        "next_meeting": outlook.next_title,
    }
    return {
        "name": at.name,
        "entity_id": at.entity_id,
        "availability": outlook.availability,
        "until": local_text(outlook.until),
        "next_meeting_start": local_text(outlook.next_start),
        "ready": candidate.ready,
        "reason": candidate.reason,
        "maintenance": room.maintenance,
        "capacity": room.capacity,
        "location": room.location,
        **{key: title for key, title in titles.items() if title is not None},
    }
