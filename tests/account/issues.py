"""Change what an account reports, and read its repair issues."""

from collections.abc import Iterable
from typing import Any

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.core import Event, callback
from homeassistant.helpers import issue_registry as ir
from simulator import Fault

from ..home import TENCENT, WECOM, Home

FIRST = {TENCENT: "100001", WECOM: "RoomId001"}
SECOND = {TENCENT: "100002", WECOM: "200002"}
DETAILS = {TENCENT: "details", WECOM: "get_info"}


def locate(home: Home, room_ids: Iterable[str], location: str) -> None:
    """Put rooms into a place, all of them idle."""
    city, building, floor = location.split("-")
    for room_id in room_ids:
        home.sim.company.change(
            TENCENT, room_id, status=2, city=city, building=building, floor=floor
        )


async def respond_again(home: Home) -> None:
    """Let an API that was denied be updated three times."""
    await home.pass_time(3600)
    await home.polls(2)
    for _ in range(2):
        await home.pass_time(300)
        await home.polls(1)


def ignored(home: Home) -> set[str | None]:
    """Return the issues that the user ignores."""
    return {
        issue.translation_key
        for issue in ir.async_get(home.hass).issues.values()
        if issue.domain == DOMAIN and issue.dismissed_version
    }


def ignore_all(home: Home) -> None:
    """Ignore the issues that are shown."""
    for domain, issue_id in [*ir.async_get(home.hass).issues]:
        ir.async_ignore_issue(home.hass, domain, issue_id, ignore=True)


def changes(home: Home) -> list[str]:
    """Return a list that takes what happens to the issues from now on."""
    actions: list[str] = []

    @callback
    def see(event: Event[Any]) -> None:
        """Take one change."""
        actions.append(event.data["action"])

    home.hass.bus.async_listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, see)
    return actions


async def alternate(home: Home, faults: list[Fault]) -> None:
    """Let each fault fail one poll."""
    for fault in faults:
        home.sim.faults.add(fault)
        await home.polls(1)
        home.sim.faults.clear()
