"""When an account is polled: each has its moment, so that the polls of several never fall together."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from .api.limits import POLL_INTERVALS
from .const import DOMAIN

_BEGINNING: HassKey[float] = HassKey(f"{DOMAIN}_beginning")


def seconds_to_next_turn(
    hass: HomeAssistant, entry: ConfigEntry, interval: int
) -> float:
    """Return the seconds until an account is to be polled again, half an interval at least."""
    now = hass.loop.time()
    beginning = hass.data.setdefault(_BEGINNING, now) + _own_moment(hass, entry)
    left = interval - (now - beginning) % interval
    return left if left > interval / 2 else left + interval


def _own_moment(hass: HomeAssistant, entry: ConfigEntry) -> float:
    """Return the seconds by which an account comes after the first: 0, 1/2, 1/4, 3/4, 1/8, … .

    They are parts of the shortest interval, which all others are multiples of.
    """
    entries = [each.entry_id for each in hass.config_entries.async_entries(DOMAIN)]
    number = entries.index(entry.entry_id)
    mirrored = int(f"{number:b}"[::-1], 2)
    return POLL_INTERVALS[0] * mirrored / (1 << number.bit_length())
