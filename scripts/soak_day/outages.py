"""See which outages a user sees, and hold the log against them."""

from typing import Any, Final

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .clock import Clock
from .log import LogWatch

_SAME_MOMENT_SECONDS: Final = 1.0


class Outages:
    """See for each account when its entities go and come, as a user sees it."""

    def __init__(self, clock: Clock) -> None:
        """See nothing yet."""
        self.seen: dict[str, list[tuple[str, float]]] = {}
        self.status_missing: list[str] = []
        """Entities that stayed when their account went."""
        self._clock = clock

    def watch(self, hass: HomeAssistant) -> None:
        """Watch an entity of each account."""

        @callback
        def see(event: Event[EventStateChangedData]) -> None:
            """See one change."""
            old, new = event.data["old_state"], event.data["new_state"]
            if old is None or new is None:
                return
            # Left behind while the account is not loaded: no outage.
            if "restored" in old.attributes or "restored" in new.attributes:
                return
            was, is_now = (each.state == STATE_UNAVAILABLE for each in (old, new))
            if was != is_now and (title := _account_of(hass, new.entity_id)):
                moment = ("down" if is_now else "up", self._clock.passed)
                self.seen.setdefault(title, []).append(moment)
                hass.loop.call_later(
                    _SAME_MOMENT_SECONDS, self._see_the_others, hass, new.entity_id
                )

        hass.bus.async_listen(EVENT_STATE_CHANGED, see)

    def _see_the_others(self, hass: HomeAssistant, entity_id: str) -> None:
        """See whether all entities of an account went with one, if it is still away."""
        registry = er.async_get(hass)
        entity, state = registry.async_get(entity_id), hass.states.get(entity_id)
        if entity is None or state is None or state.state != STATE_UNAVAILABLE:
            return
        self.status_missing += [
            f"{other.entity_id}, {self._clock.passed:.0f} s"
            for other in er.async_entries_for_config_entry(
                registry, str(entity.config_entry_id)
            )
            if (shown := hass.states.get(other.entity_id))
            and shown.state != STATE_UNAVAILABLE
        ]

    def differences(self, log: LogWatch, title: str) -> list[str]:
        """Return the outages and recoveries of an account that do not have one line each."""
        seen, said = self.seen.get(title, []), log.outages(title)
        return [
            f"{title}: {_told(a)} of the entities, {_told(b)} of the log"
            for a, b in _pairs(seen, said)
            if a is None or b is None or not _same(a, b)
        ]


def _account_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the title of the account whose rooms an entity counts."""
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or not entity.unique_id.endswith("_rooms_idle"):
        return None
    entry = hass.config_entries.async_get_entry(str(entity.config_entry_id))
    return None if entry is None else entry.title


def _pairs[T](one: list[T], other: list[T]) -> list[tuple[T | None, T | None]]:
    """Put two lists beside each other, the shorter one filled up."""
    length = max(len(one), len(other))
    filled: list[list[Any]] = [
        [*each, *[None] * length][:length] for each in (one, other)
    ]
    return [*zip(*filled, strict=True)]


def _same(one: tuple[str, float], other: tuple[str, float]) -> bool:
    """Return whether two tell the same at the same moment."""
    return one[0] == other[0] and abs(one[1] - other[1]) < _SAME_MOMENT_SECONDS


def _told(moment: tuple[str, float] | None) -> str:
    """Tell a moment."""
    return "nothing" if moment is None else f"{moment[0]} at {moment[1]:.0f} s"
