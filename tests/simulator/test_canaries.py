"""Test that every secret is really told to clients, and that each is known."""

import base64
import json

from simulator import Simulator

from .callers import ROOMS, QuanshiCaller, TencentCaller, WecomCaller

TENCENT_KINDS = {"password", "admin_password", "pmi_pwd", "active_code"}
QUANSHI_KINDS = {
    "pcode1",
    "pcode2",
    "eventHostSecret",
    "eventWatchword",
    "livePullPwd",
    "livePullUrl",
    "hostJoinUrl",
    "attendeeJoinUrl",
    "wcallurl",
    "btplRole",
    "hostMobile",
    "hostEmail",
    "hostIp",
    "attendee_mobile",
    "attendee_mail",
    "hidden_title",
}


def kinds_in(sim: Simulator, text: str) -> set[str]:
    """Return the kinds of secret that stand in a text."""
    return {
        kind
        for kind in sim.canaries.kinds()
        if any(secret in text for secret in sim.canaries.of(kind))
    }


async def test_tencent_meeting_tells_its_secrets(
    sim: Simulator, tencent: TencentCaller
) -> None:
    """In the list and in the details."""
    texts = [(await tencent.get(page_size=50)).text]
    texts += [
        (await tencent.get(f"{ROOMS}/{room_id}")).text
        for room_id in sim.estate.tencent_meeting.ids
    ]
    assert kinds_in(sim, "".join(texts)) == TENCENT_KINDS


async def test_a_secret_in_base64_is_known_in_both_forms(
    sim: Simulator, tencent: TencentCaller
) -> None:
    """A client that decodes it is caught as well."""
    answers = [
        (await tencent.get(f"{ROOMS}/{room_id}")).json
        for room_id in sim.estate.tencent_meeting.ids[:6]
    ]
    shown = [
        answer["basic_info"]["password"]
        for answer in answers
        if "password" in answer["basic_info"]
    ]
    assert shown
    assert all(secret in sim.canaries for secret in shown)
    assert all(base64.b64decode(secret).decode() in sim.canaries for secret in shown)


async def test_wecom_tells_its_secrets(sim: Simulator, wecom: WecomCaller) -> None:
    """The tokens are known as soon as they are given out."""
    texts = [(await wecom.post("list")).text, json.dumps(await wecom.gettoken())]
    texts += [
        (await wecom.post("get_info", json.dumps({"meeting_room_id": room_id}))).text
        for room_id in sim.estate.wecom.ids
    ]
    told = kinds_in(sim, "".join(texts))
    assert told == TENCENT_KINDS | {"access_token"}


async def test_quanshi_tells_its_secrets(
    sim: Simulator, quanshi: QuanshiCaller
) -> None:
    """In bookings and in runs."""
    now = int(sim.estate.clock.present)
    asked = {"startTime": now - 90_000, "endTime": now + 90_000, "inCycle": 1}
    asked["userId"] = quanshi.host_id
    texts = [
        (await quanshi.post("room/conference/list", asked)).text,
        (await quanshi.post("conference/listbystatus", {})).text,
    ]
    assert kinds_in(sim, "".join(texts)) == QUANSHI_KINDS


def test_credentials_are_secrets_too(sim: Simulator) -> None:
    """What the forms ask for must not leak either; what names the account may."""
    accounts = sim.accounts
    assert accounts.tencent_meeting.secret_id in sim.canaries
    assert accounts.tencent_meeting.secret_key in sim.canaries
    assert accounts.wecom.corp_secret in sim.canaries
    assert accounts.quanshi.token in sim.canaries
    assert accounts.tencent_meeting.app_id not in sim.canaries


def test_secrets_can_be_recognised(sim: Simulator) -> None:
    """No two are alike, none is short, and a text is searched in one call."""
    secrets = list(sim.canaries)
    assert len(secrets) == len(set(secrets)) == len(sim.canaries)
    assert min(len(secret) for secret in secrets) >= 9
    leak = f"state: {secrets[3]}, attribute: {secrets[-1]}"
    assert {secrets[3], secrets[-1]} <= set(sim.canaries.found_in(leak))
    assert sim.canaries.found_in("idle 100001 2026-03-17") == []
