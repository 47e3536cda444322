"""Collect the state of the accounts from Home Assistant."""

from collections import Counter
from dataclasses import dataclass
from typing import override

from .accounts import DOMAIN
from .client import JSON, HomeSocket

CONFERENCES = ("_event_", "_current_")
STATUS = "_status"


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account as Home Assistant shows it."""

    title: str
    state: str
    entities: int
    statuses: dict[str, str]
    """The state of each room's status, by the entity's unique id."""

    @override
    def __str__(self) -> str:
        """Describe the account in one line."""
        counts = Counter(self.statuses.values()).most_common()
        counted = ", ".join(f"{count} {status}" for status, count in counts)
        return ROW.format(
            self.title, self.state, len(self.statuses), self.entities, counted
        )


ROW = "{:<34} {:<8} {:>5} {:>8}  {}"
HEADER = ROW.format("account", "state", "rooms", "entities", "status")


async def view_accounts(socket: HomeSocket) -> list[AccountView]:
    """Combine registries and states into one view per account."""
    entries = await socket.command("config_entries/get", domain=DOMAIN)
    entities = await socket.command("config/entity_registry/list")
    states = {
        state["entity_id"]: state["state"]
        for state in await socket.command("get_states")
    }
    return [_view(entry, entities, states) for entry in entries]


def _view(entry: JSON, entities: list[JSON], states: dict[str, str]) -> AccountView:
    """Return the view of one account."""
    enabled = [
        entity
        for entity in entities
        if entity["config_entry_id"] == entry["entry_id"] and not entity["disabled_by"]
    ]
    return AccountView(
        title=entry["title"],
        state=entry["state"],
        entities=len(enabled),
        statuses={
            entity["unique_id"]: states.get(entity["entity_id"], "missing")
            for entity in enabled
            if _is_room_status(entity["unique_id"])
        },
    )


def _is_room_status(unique_id: str) -> bool:
    """Return whether an entity is the status of a room, not of a conference."""
    return unique_id.endswith(STATUS) and not any(
        part in unique_id for part in CONFERENCES
    )
