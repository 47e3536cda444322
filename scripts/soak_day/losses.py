"""See what is removed from Home Assistant, and whether it was really gone."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from .clock import Clock


class Losses:
    """Note the devices that were removed while the vendor still had what they stand for."""

    def __init__(self, clock: Clock, is_there: Callable[[str], bool]) -> None:
        """Take what tells whether the vendor has something, by the identifier of its device."""
        self.wrong: list[str] = []
        self.right = 0
        self._clock = clock
        self._is_there = is_there

    def watch(self, hass: HomeAssistant) -> None:
        """Watch the devices of a Home Assistant."""

        @callback
        def see(event: Event[Any]) -> None:
            """See one device be removed."""
            if event.data["action"] != "remove":
                return
            for _, identifier in event.data["device"]["identifiers"]:
                if self._is_there(identifier):
                    self.wrong.append(f"{identifier}, {self._clock.passed:.0f} s")
                else:
                    self.right += 1

        hass.bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, see)
