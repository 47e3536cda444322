"""The ids of the touch controllers of an account."""

from collections import defaultdict
from collections.abc import Iterable

from ..api.models.room import Controller


def by_id(controllers: Iterable[Controller]) -> dict[str, Controller]:
    """Return the controllers by their id.

    Those with the same id, such as a filler MAC address, get a number from the second on.
    """
    groups: defaultdict[str, list[Controller]] = defaultdict(list)
    for controller in controllers:
        if controller.controller_id is not None:
            groups[controller.controller_id].append(controller)
    return {
        controller_id if number == 1 else f"{controller_id}_{number}": controller
        for controller_id, group in groups.items()
        for number, controller in enumerate(sorted(group, key=_order), start=1)
    }


def _order(controller: Controller) -> tuple[str, str]:
    """Return the sort key of a controller, which does not depend on its state."""
    return controller.name or "", controller.model or ""
