"""Test that the vendors return every kind of secret, and that each is registered."""

import base64
import json

from simulator import Simulator

from .clients import ROOMS, QuanshiClient, TencentClient, WecomClient

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
    """Return the kinds of secret that a text contains."""
    return {
        kind
        for kind in sim.canaries.kinds()
        if any(secret in text for secret in sim.canaries.of(kind))
    }


async def test_tencent_meeting_returns_its_secrets(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The list and the details contain every kind."""
    texts = [(await tencent.get(page_size=50)).text]
    texts += [
        (await tencent.get(f"{ROOMS}/{room_id}")).text
        for room_id in sim.company.tencent_meeting.ids
    ]
    assert kinds_in(sim, "".join(texts)) == TENCENT_KINDS


async def test_the_meetings_of_a_room_contain_secrets(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The vendor's list has no organizer."""
    query = {"target_rooms_id": "100001", "target_rooms_id_type": "5"}
    path = f"{ROOMS}/operator1/meetings"
    text = (await tencent.get(path, instanceid="1", **query)).text
    assert kinds_in(sim, text) == {"meeting_subject", "meeting_code", "join_url"}


async def test_a_base64_secret_is_registered_in_both_encodings(
    sim: Simulator, tencent: TencentClient
) -> None:
    """A client that leaks the decoded secret is detected as well."""
    answers = [
        (await tencent.get(f"{ROOMS}/{room_id}")).json
        for room_id in sim.company.tencent_meeting.ids[:6]
    ]
    shown = [
        answer["basic_info"]["password"]
        for answer in answers
        if "password" in answer["basic_info"]
    ]
    assert shown
    assert all(secret in sim.canaries for secret in shown)
    assert all(base64.b64decode(secret).decode() in sim.canaries for secret in shown)


async def test_wecom_returns_its_secrets(sim: Simulator, wecom: WecomClient) -> None:
    """The details and the token response contain every kind."""
    texts = [(await wecom.post("list")).text, json.dumps(await wecom.gettoken())]
    texts += [
        (await wecom.post("get_info", json.dumps({"meeting_room_id": room_id}))).text
        for room_id in sim.company.wecom.ids
    ]
    returned = kinds_in(sim, "".join(texts))
    assert returned == TENCENT_KINDS | {"access_token"}


async def test_quanshi_returns_its_secrets(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """Bookings and sessions contain every kind."""
    now = int(sim.company.clock.now)
    body = {"startTime": now - 90_000, "endTime": now + 90_000, "inCycle": 1}
    body["userId"] = quanshi.host_id
    texts = [
        (await quanshi.post("room/conference/list", body)).text,
        (await quanshi.post("conference/listbystatus", {})).text,
    ]
    assert kinds_in(sim, "".join(texts)) == QUANSHI_KINDS


def test_a_time_in_milliseconds_contains_no_secret(sim: Simulator) -> None:
    """A test does not take a time of day for the code of a meeting."""
    first = int(sim.company.clock.now) // 60 * 60
    times = range(first, first + 366 * 86_400, 60)
    text = " ".join(f"{time * 1000}" for time in times)
    assert kinds_in(sim, text) == set()


def test_credentials_are_secrets(sim: Simulator) -> None:
    """The credentials of the account forms are registered, account ids are not."""
    accounts = sim.accounts
    assert accounts.tencent_meeting.secret_id in sim.canaries
    assert accounts.tencent_meeting.secret_key in sim.canaries
    assert accounts.wecom.corp_secret in sim.canaries
    assert accounts.quanshi.token in sim.canaries
    assert accounts.tencent_meeting.app_id not in sim.canaries


def test_secrets_are_unique_and_found_in_a_text(sim: Simulator) -> None:
    """No secret is short enough to be found by accident."""
    secrets = list(sim.canaries)
    assert len(secrets) == len(set(secrets)) == len(sim.canaries)
    assert min(len(secret) for secret in secrets) >= 9
    leak = f"state: {secrets[3]}, attribute: {secrets[-1]}"
    assert {secrets[3], secrets[-1]} <= set(sim.canaries.found_in(leak))
    assert sim.canaries.found_in("idle 100001 2026-03-17") == []
