"""Add accounts through the config flow, as a person does in the frontend."""

from .client import JSON, HomeClient, HomeError

DOMAIN = "meeting_rooms"
FLOW = "/api/config/config_entries/flow"


async def configured(client: HomeClient) -> list[JSON]:
    """Return the accounts that are there."""
    entries: list[JSON] = await client.get(
        f"/api/config/config_entries/entry?domain={DOMAIN}"
    )
    return entries


async def add(client: HomeClient, vendor: str, form: JSON) -> str:
    """Add one account with all its rooms unless it is there, and return how it is called."""
    step = await client.post(FLOW, {"handler": DOMAIN})
    _expect(step, "menu", "user")
    flow = f"{FLOW}/{step['flow_id']}"
    step = await client.post(flow, {"next_step_id": vendor})
    _expect(step, "form", vendor)
    step = await client.post(flow, form)
    if step.get("reason") == "already_configured":
        return f"{vendor}, as before"
    if step.get("step_id") == "rooms":
        step = await client.post(flow, {"all_rooms": True})
    _expect(step, "create_entry")
    title: str = step["result"]["title"]
    return title


def _expect(step: JSON, kind: str, step_id: str | None = None) -> None:
    """Insist on what the flow answers next."""
    if step["type"] == kind and step_id in {None, step.get("step_id")}:
        return
    said = step.get("errors") or step.get("reason") or ""
    raise HomeError(
        f"the config flow answered {step['type']} {step.get('step_id', '')} {said},"
        f" not {kind} {step_id or ''}"
    )
