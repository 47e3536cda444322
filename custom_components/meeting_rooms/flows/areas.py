"""The form that chooses how the rooms of an account are placed into areas."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..account.options import Options
from ..const import CONF_AREAS
from ..rooms.areas import AreaMode

_MANY_ROOMS: Final = 30
"""A new account with more rooms has an area for each floor by default."""
_MODES: Final = SelectSelector(
    SelectSelectorConfig(
        options=[*AreaMode],
        mode=SelectSelectorMode.LIST,
        translation_key=CONF_AREAS,
    )
)


def areas_schema(present: AreaMode) -> vol.Schema:
    """Return the form with the present mode."""
    return vol.Schema({vol.Required(CONF_AREAS, default=present.value): _MODES})


def default_areas(rooms: int) -> AreaMode:
    """Return the default mode of a new account, by the number of its rooms."""
    return AreaMode.PER_FLOOR if rooms > _MANY_ROOMS else AreaMode.NONE


def with_areas(options: Options, user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with the entered mode; the default is not stored."""
    others = {key: value for key, value in options.items() if key != CONF_AREAS}
    mode = user_input[CONF_AREAS]
    return others if mode == AreaMode.NONE else {**others, CONF_AREAS: mode}
