"""Which rooms of an account were placed into an area, so that each is placed only once."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from ..rooms.areas import AreaMode
from .storage import LOAD_ERRORS

_STORAGE_VERSION: Final = 1
_SAVE_DELAY_SECONDS: Final = 10


class PlacedRooms:
    """Load and save the placed rooms; another mode begins without any."""

    def __init__(self, hass: HomeAssistant, entry_id: str, mode: AreaMode) -> None:
        """Start without a room."""
        self._store: Store[dict[str, Any]] = Store(
            hass, _STORAGE_VERSION, f"{DOMAIN}.areas_{entry_id}"
        )
        self._mode = mode
        self.areas: dict[str, str | None] = {}
        """The area by room; None where the user has chosen it."""

    async def async_load(self) -> bool:
        """Load the rooms, and return whether they are known."""
        try:
            stored = await self._store.async_load()
            if stored is not None and stored["mode"] == self._mode:
                self.areas = {**stored["rooms"]}
        except LOAD_ERRORS as err:
            LOGGER.warning(
                "The stored areas of rooms cannot be loaded (%s): no room is placed",
                type(err).__name__,
            )
            return False
        return True

    @callback
    def remember(self, room_id: str, area_id: str | None) -> None:
        """Add a room, and save it soon."""
        self.areas[room_id] = area_id
        self._store.async_delay_save(self._to_store, _SAVE_DELAY_SECONDS)

    async def async_save(self) -> None:
        """Save the rooms now."""
        await self._store.async_save(self._to_store())

    async def async_remove(self) -> None:
        """Delete the file of an account that was removed."""
        await self._store.async_remove()

    def _to_store(self) -> dict[str, Any]:
        """Return the rooms as JSON."""
        return {"mode": self._mode, "rooms": self.areas}
