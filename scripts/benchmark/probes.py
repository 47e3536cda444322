"""The probes by name: each looks at a Home Assistant of its own."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from homeassistant.core import HomeAssistant

from .blocks import Blocks
from .company import Company
from .lives import live_ours, live_rest
from .polls import poll_ours, poll_rest
from .set_ups import set_up_bare, set_up_ours, set_up_rest

type Figures = dict[str, Any]
type Probe = Callable[
    [HomeAssistant, Blocks, Company, Figures], Coroutine[Any, Any, Figures]
]

PROBES: Final[dict[str, Probe]] = {
    probe.__name__: probe
    for probe in (
        live_ours,
        live_rest,
        poll_ours,
        poll_rest,
        set_up_bare,
        set_up_ours,
        set_up_rest,
    )
}
