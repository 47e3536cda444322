"""Add accounts through the config flow, with the requests that the frontend makes."""

from .client import JSON, HomeClient, HomeError

DOMAIN = "meeting_rooms"
FLOW = "/api/config/config_entries/flow"


async def add(client: HomeClient, vendor: str, form: JSON) -> str:
    """Add one account with all its rooms, and return its title; skip an existing one."""
    step = await client.post(FLOW, {"handler": DOMAIN})
    _expect(step, "menu", "user")
    flow = f"{FLOW}/{step['flow_id']}"
    step = await client.post(flow, {"next_step_id": vendor})
    _expect(step, "form", vendor)
    step = await client.post(flow, form)
    if step.get("reason") == "already_configured":
        return f"{vendor}, already there"
    if step.get("step_id") == "rooms":
        step = await client.post(flow, {"all_rooms": True})
    _expect(step, "create_entry")
    title: str = step["result"]["title"]
    return title


def _expect(step: JSON, kind: str, step_id: str | None = None) -> None:
    """Raise HomeError unless the flow returned the expected step."""
    if step["type"] == kind and step_id in {None, step.get("step_id")}:
        return
    reason = step.get("errors") or step.get("reason") or ""
    raise HomeError(
        f"the config flow returned {step['type']} {step.get('step_id', '')} {reason},"
        f" not {kind} {step_id or ''}"
    )
