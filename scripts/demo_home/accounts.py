"""Submit config and options flows, with the requests that the frontend makes."""

from .client import JSON, HomeClient, HomeError

DOMAIN = "meeting_rooms"
FLOW = "/api/config/config_entries/flow"
OPTIONS_FLOW = "/api/config/config_entries/options/flow"


async def add(client: HomeClient, vendor: str, form: JSON, areas: str = "none") -> str:
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
        await client.post(flow, {"all_rooms": True})
        step = await client.post(flow, {"areas": areas})
    _expect(step, "create_entry")
    title: str = step["result"]["title"]
    return title


async def run_flow(client: HomeClient, path: str, handler: str, *forms: JSON) -> JSON:
    """Submit forms to the steps of a flow, and return its result."""
    step: JSON = await client.post(path, {"handler": handler})
    for form in forms:
        step = await client.post(f"{path}/{step['flow_id']}", form)
    _expect(step, "create_entry")
    return step


def _expect(step: JSON, kind: str, step_id: str | None = None) -> None:
    """Raise HomeError unless the flow returned the expected step."""
    if step["type"] == kind and step_id in {None, step.get("step_id")}:
        return
    reason = step.get("errors") or step.get("reason") or ""
    raise HomeError(
        f"the flow returned {step['type']} {step.get('step_id', '')} {reason},"
        f" not {kind} {step_id or ''}"
    )
