"""Ask for free rooms, as an automation does."""

from datetime import datetime
from typing import Any, cast

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.core import Context

from .home import Home

type Row = dict[str, Any]


async def find(
    home: Home, *, context: Context | None = None, **fields: Any
) -> list[Row]:
    """Return the rows of the rooms that suit."""
    response = await home.hass.services.async_call(
        DOMAIN,
        "find_room",
        {
            key: each.isoformat() if isinstance(each, datetime) else each
            for key, each in fields.items()
        },
        blocking=True,
        return_response=True,
        context=context,
    )
    return cast(list[Row], cast(Row, response)["rooms"])


async def names(home: Home, **fields: Any) -> list[str]:
    """Return the names of the rooms that suit, the best first."""
    return [row["name"] for row in await find(home, **fields)]
