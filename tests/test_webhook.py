"""Test pushed events over real sockets, from the vendor's signature to the states."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping
import json
import logging
from types import SimpleNamespace
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.client import Listing
from custom_components.meeting_rooms.api.models.room import DeviceAlarms
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.components.webhook import SUPPORTED_METHODS
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)
from simulator import Simulator

from .home import TENCENT, Home, chosen
from .webhooks import (
    HOOK,
    OTHER_HOOK,
    EndlessBody,
    add_pushed,
    path_of,
    response_to,
    webhook_of,
)

ROOM, OTHER_ROOM = "100001", "100002"
CODE = "device_off_line"
RECONCILED = 310
HEALTHY: Mapping[str, Any] = {
    "status": 2,
    "health_status": "OK",
    "camera": True,
    "microphone": True,
    "speaker": True,
    "alarms": [],
}
REFUSED = (404, b"")
UNKNOWN = (200, b"")
"""The response of Home Assistant where there is no webhook."""

type Visitor = TestClient[Any, Any]


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture
async def http_client(
    home: Home, hass_client_no_auth: ClientSessionGenerator
) -> Visitor:
    """Return an HTTP client of Home Assistant, which the simulated vendor uses too."""
    for component in ("calendar", "diagnostics", DOMAIN):
        assert await async_setup_component(home.hass, component, {})
    for room_id in (ROOM, OTHER_ROOM):
        home.sim.company.change(TENCENT, room_id, **HEALTHY)
    client = await hass_client_no_auth()
    home.sim.webhook.url = str(client.make_url(path_of()))
    return client


def shown(home: Home, room_id: str = ROOM) -> tuple[str, str]:
    """Return whether a room has a problem, and its reason."""
    keys = ("problem", "problem_reason")
    problem, reason = (home.shown(TENCENT, room_id, key) for key in keys)
    return problem, reason


@pytest.mark.usefixtures("http_client")
@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_pushed_alarm_starts_and_ends_immediately(
    home: Home, encrypted: bool
) -> None:
    """No poll is required, and only the room of the alarm changes."""
    await add_pushed(home, encrypted=encrypted)
    asked = len(home.sim.requests)
    assert (await home.sim.webhook.alert(ROOM, CODE)).acknowledged
    assert (shown(home), shown(home, OTHER_ROOM)) == (("on", CODE), ("off", "none"))
    assert (await home.sim.webhook.alert(ROOM, CODE, recovered=True)).acknowledged
    assert shown(home) == ("off", "none")
    assert len(home.sim.requests) == asked


@pytest.mark.usefixtures("http_client")
async def test_a_pushed_recovery_ends_a_fetched_alarm_immediately(home: Home) -> None:
    """The other alarms stay active."""
    alarms = [CODE, "speaker_volume_too_low"]
    home.sim.company.change(TENCENT, ROOM, alarms=alarms)
    await add_pushed(home)
    assert shown(home) == ("on", CODE)
    await home.sim.webhook.alert(ROOM, CODE, recovered=True)
    assert home.shown(TENCENT, ROOM, "problem") == "on"
    await home.sim.webhook.alert(ROOM, alarms[1], recovered=True)
    assert shown(home) == ("off", "none")


@pytest.mark.usefixtures("http_client")
async def test_an_unknown_alarm_is_shown_without_the_vendors_text(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """The vendor may add alarm codes."""
    await add_pushed(home)
    await home.sim.webhook.alert(ROOM, "on_fire")
    assert shown(home) == ("on", "other_alarm")
    states = repr([state.as_dict() for state in home.hass.states.async_all()])
    assert [text for text in ("on_fire", "异常") if text in states] == []


@pytest.mark.usefixtures("http_client")
async def test_a_poll_starts_and_ends_alarms_that_were_not_pushed(home: Home) -> None:
    """The list contains one new alarm and lacks an old one."""
    await add_pushed(home)
    await home.sim.webhook.alert(ROOM, CODE)
    home.sim.company.change(TENCENT, OTHER_ROOM, alarms=["speaker_volume_too_low"])
    await home.live(RECONCILED)
    assert shown(home) == ("off", "none")
    assert shown(home, OTHER_ROOM) == ("on", "speaker_volume_too_low")


@pytest.mark.usefixtures("http_client")
async def test_an_alarm_whose_end_was_lost_ends_after_a_day(home: Home) -> None:
    """No list reports the end, and a newer alarm stays active."""
    home.sim.accounts.tencent_meeting.permissions.revoke("alarms")
    await add_pushed(home)
    await home.sim.webhook.alert(ROOM, CODE)
    for _ in range(23):
        await home.pass_time(3600)
    await home.sim.webhook.alert(OTHER_ROOM, CODE)
    assert (shown(home), shown(home, OTHER_ROOM)) == (("on", CODE), ("on", CODE))
    await home.pass_time(3600)
    await home.pass_time(3600)
    assert (shown(home), shown(home, OTHER_ROOM)) == (("off", "none"), ("on", CODE))


@pytest.mark.usefixtures("http_client")
async def test_a_list_does_not_undo_an_alert_during_its_request(
    home: Home, clock: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next list replaces the alert."""
    read = TencentMeetingClient.fetch_alarms
    pushed: list[bool] = []

    async def fetch_slowly(
        self: TencentMeetingClient,
    ) -> Listing[Mapping[str, tuple[DeviceAlarms, ...]]]:
        device_alarms = await read(self)
        clock.tick(2)
        moment = clock().timestamp() - 1
        for _ in range(not pushed):
            delivery = await home.sim.webhook.alert(ROOM, CODE, at=moment)
            pushed.append(delivery.acknowledged)
        return device_alarms

    await add_pushed(home)
    monkeypatch.setattr(TencentMeetingClient, "fetch_alarms", fetch_slowly)
    await home.pass_time(RECONCILED)
    assert (pushed, shown(home)) == ([True], ("on", CODE))
    await home.pass_time(RECONCILED)
    assert shown(home) == ("off", "none")


@pytest.mark.usefixtures("http_client")
async def test_an_event_from_before_the_last_list_changes_no_state(home: Home) -> None:
    """The event is acknowledged, but the list is newer."""
    await add_pushed(home)
    before = home.clock().timestamp() - 1
    assert (await home.sim.webhook.alert(ROOM, CODE, at=before)).acknowledged
    assert shown(home) == ("off", "none")


@pytest.mark.usefixtures("http_client")
@pytest.mark.parametrize("ahead", [-240, -30, 30, 240])
@pytest.mark.parametrize("hours_ago", [0, 1, 24 * 400])
async def test_an_event_is_shown_although_the_clocks_differ(
    home: Home, monkeypatch: pytest.MonkeyPatch, ahead: float, hours_ago: float
) -> None:
    """The end of the alarm is shown too."""
    await add_pushed(home)
    vendors = home.clock().timestamp() + ahead
    watch = SimpleNamespace(time=lambda: vendors)
    monkeypatch.setattr("simulator.vendors.tencent_meeting.webhook.time", watch)
    at = vendors - hours_ago * 3600
    assert (await home.sim.webhook.alert(ROOM, CODE, at=at)).acknowledged
    assert shown(home) == ("on", CODE)
    over = await home.sim.webhook.alert(ROOM, CODE, recovered=True, at=at + 1)
    assert (over.acknowledged, shown(home)) == (True, ("off", "none"))


@pytest.mark.usefixtures("http_client")
async def test_an_older_event_changes_nothing(home: Home) -> None:
    """The newer event arrived before the older one."""
    await add_pushed(home)
    await home.pass_time(10)
    now = home.clock().timestamp()
    await home.sim.webhook.alert(ROOM, CODE, recovered=True, at=now)
    late = await home.sim.webhook.alert(ROOM, CODE, at=now - 1)
    assert (late.acknowledged, shown(home)) == (True, ("off", "none"))


@pytest.mark.usefixtures("http_client")
@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("newly_signed", [False, True])
async def test_a_repeated_event_is_acknowledged_and_changes_nothing(
    home: Home, encrypted: bool, newly_signed: bool
) -> None:
    """The vendor repeats an event after 1, 3 and 6 minutes; the alarm may have ended."""
    await add_pushed(home, encrypted=encrypted)
    delivery = await home.sim.webhook.alert(ROOM, CODE)
    await home.sim.webhook.alert(ROOM, CODE, recovered=True)
    for minutes in (1, 3, 6):
        home.clock.tick(minutes * 60)
        again = await home.sim.webhook.resend(delivery, newly_signed=newly_signed)
        assert (again.acknowledged, shown(home)) == (True, ("off", "none"))


@pytest.mark.usefixtures("http_client")
async def test_a_replayed_event_is_rejected(home: Home) -> None:
    """The signature of the event is valid."""
    await add_pushed(home)
    delivery = await home.sim.webhook.alert(ROOM, CODE)
    await home.pass_time(15 * 60 + 1)
    again = await home.sim.webhook.resend(delivery)
    assert (again.status, again.text) == (404, "")


@pytest.mark.usefixtures("http_client")
async def test_an_alert_of_an_unknown_room_is_acknowledged(
    home: Home,
) -> None:
    """The alert changes no state."""
    await add_pushed(home, chosen(ROOM))
    assert (await home.sim.webhook.alert(OTHER_ROOM, CODE)).acknowledged
    assert shown(home) == ("off", "none")
    assert home.device(TENCENT, OTHER_ROOM) is None


@pytest.mark.usefixtures("http_client")
@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize(
    "event",
    [
        {"event": "meeting.started", "payload": [{"operate_time": 1}]},
        {"event": "room.response", "payload": []},
        {"event": "room.alert", "payload": [None, 7, {"room_event": []}]},
        {"event": "room.alert"},
    ],
)
async def test_other_events_are_acknowledged_and_ignored(
    home: Home, encrypted: bool, event: dict[str, Any]
) -> None:
    """The vendor sends all events to the same address."""
    await add_pushed(home, encrypted=encrypted)
    states = home.hass.states.async_all()
    assert (await home.sim.webhook.push(event)).acknowledged
    assert home.hass.states.async_all() == states


@pytest.mark.parametrize("encrypted", [False, True])
async def test_the_vendors_verification_gets_plain_text(
    home: Home, http_client: Visitor, encrypted: bool
) -> None:
    """The vendor requires a response without quotes."""
    await add_pushed(home, encrypted=encrypted)
    assert await home.sim.webhook.check()
    await home.pass_time(86_400)
    assert await home.sim.webhook.check("验证 ?&+/=")
    request = home.sim.webhook.signed(b"4p4bnq8")
    status, body, headers = await response_to(
        http_client,
        "GET",
        path_of(),
        params={"check_str": request.data},
        headers=request.headers,
    )
    assert (status, body) == (200, b"4p4bnq8")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


def invalid_requests(sim: Simulator) -> list[tuple[str, dict[str, Any]]]:
    """Return requests that the vendor would not send."""
    good = sim.webhook.signed(b'{"event": "room.alert"}')
    headers = good.headers
    forged = {**headers, "signature": "0" * 40}
    no_json = sim.webhook.signed(b"no JSON")
    return [
        *((method, {}) for method in sorted(SUPPORTED_METHODS)),
        ("GET", {"params": {"check_str": good.data}}),
        ("GET", {"params": {"check_str": good.data}, "headers": forged}),
        ("GET", {"headers": headers}),
        ("PUT", {"json": {"data": good.data}, "headers": headers}),
        ("POST", {"json": {"data": good.data}}),
        ("POST", {"json": {"data": good.data}, "headers": forged}),
        ("POST", {"json": {"data": good.data + "="}, "headers": headers}),
        ("POST", {"json": {"data": no_json.data}, "headers": no_json.headers}),
        ("POST", {"json": {"data": [good.data]}, "headers": headers}),
        ("POST", {"json": [], "headers": headers}),
        ("POST", {"data": b"no JSON", "headers": headers}),
        ("POST", {"data": b"\xff" * 2**19, "headers": headers}),
        ("POST", {"data": EndlessBody(), "headers": headers}),
        ("POST", {"data": {"data": good.data}, "headers": headers}),
    ]


@pytest.mark.parametrize("encrypted", [False, True])
async def test_every_other_request_gets_the_same_response(
    home: Home, http_client: Visitor, encrypted: bool
) -> None:
    """The response has a status and no body."""
    await add_pushed(home, encrypted=encrypted)
    states = home.hass.states.async_all()
    answers = [
        await response_to(http_client, method, path_of(), **request)
        for method, request in invalid_requests(home.sim)
    ]
    assert {answer[:2] for answer in answers} == {REFUSED}
    assert len({json.dumps(headers) for _, _, headers in answers}) == 1
    assert home.hass.states.async_all() == states
    assert (await home.sim.webhook.alert(ROOM, CODE)).acknowledged


@pytest.mark.parametrize(("sealed", "encrypted"), [(True, False), (False, True)])
@pytest.mark.usefixtures("http_client")
async def test_a_body_is_encrypted_exactly_if_there_is_a_key(
    home: Home, sealed: bool, encrypted: bool
) -> None:
    """The vendor's console and the account must have the same setting."""
    await add_pushed(home, encrypted=encrypted)
    home.sim.webhook.encrypted = sealed
    delivery = await home.sim.webhook.alert(ROOM, CODE)
    assert (delivery.status, shown(home)) == (404, ("off", "none"))


async def test_an_endless_body_is_cut_off(home: Home, http_client: Visitor) -> None:
    """Home Assistant stops reading after the size of the largest event."""
    await add_pushed(home)
    body = EndlessBody()
    answer = await response_to(http_client, "POST", path_of(), data=body)
    assert answer[:2] == REFUSED
    assert body.sent < 32 * 2**20


async def test_a_body_that_stops_is_rejected(home: Home, http_client: Visitor) -> None:
    """The request is rejected after ten seconds."""
    await add_pushed(home)
    request = f"POST {path_of()} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{"
    reader, writer = await asyncio.open_connection("127.0.0.1", http_client.port)
    writer.write(request.encode())
    status = asyncio.ensure_future(reader.readline())
    while not status.done():
        home.clock.tick(0.1)
        await home.breathe()
    writer.close()
    assert b" 404 " in await status


def errors_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the errors in the log; the access log cannot handle a stopped clock."""
    return [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.records
        if record.levelno > logging.WARNING and record.name != "aiohttp.access"
    ]


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 9\r\n\r\n{",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
        b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip",
        b"Content-Length: 2\r\n\r\n{}",
    ],
)
async def test_an_aborted_request_logs_no_error(
    home: Home, http_client: Visitor, caplog: pytest.LogCaptureFixture, rest: bytes
) -> None:
    """The next event is accepted."""
    await add_pushed(home)
    head = f"POST {path_of()} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", http_client.port)
    end = rest.index(b"\r\n\r\n") + 4
    writer.write(head.encode() + rest[:end])
    for _ in range(50):
        await home.breathe()
    writer.write(rest[end:])
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    assert b" 200 " not in answer
    assert (await home.sim.webhook.alert(ROOM, CODE)).acknowledged
    assert errors_in(caplog) == []


async def test_each_account_has_its_own_webhook(
    home: Home, http_client: Visitor
) -> None:
    """Each webhook has its own token, and an alert affects only its account."""
    entry = await add_pushed(home)
    other = webhook_of(home.sim, webhook_id=OTHER_HOOK, token="x" * 25)
    second = home.entry(TENCENT, subentries=(other,))
    home.hass.config_entries.async_update_entry(second, unique_id="second")
    await home.start(second)
    home.sim.webhook.url = str(http_client.make_url(path_of(OTHER_HOOK)))
    assert (await home.sim.webhook.alert(ROOM, CODE)).status == 404
    home.sim.webhook.token = "x" * 25
    assert (await home.sim.webhook.alert(ROOM, CODE)).acknowledged
    assert shown(home) == ("off", "none")
    problem = home.all_entities()[f"second_{ROOM}_problem_reason"]
    found = home.hass.states.get(problem.entity_id)
    assert found is not None
    assert found.state == CODE
    await home.hass.config_entries.async_unload(entry.entry_id)
    assert (await home.sim.webhook.alert(ROOM, CODE, recovered=True)).acknowledged


async def test_a_webhook_exists_until_its_account_or_subentry_is_removed(
    home: Home, http_client: Visitor
) -> None:
    """A reload keeps the webhook."""
    entry = await add_pushed(home)
    await home.restart(entry)
    assert (await home.sim.webhook.alert(ROOM, CODE)).acknowledged
    assert shown(home) == ("on", CODE)
    await home.hass.config_entries.async_unload(entry.entry_id)
    request = home.sim.webhook.signed(b"{}")
    body = {"data": request.data}
    answer = await response_to(
        http_client, "POST", path_of(), json=body, headers=request.headers
    )
    assert answer[:2] == UNKNOWN
    await home.start(entry)
    assert (await home.sim.webhook.alert(ROOM, CODE)).acknowledged


async def test_a_deleted_webhook_does_not_respond(
    home: Home, http_client: Visitor
) -> None:
    """The account stays loaded."""
    entry = await add_pushed(home)
    home.hass.config_entries.async_remove_subentry(entry, HOOK)
    await home.settle()
    assert (await response_to(http_client, "GET", path_of()))[:2] == UNKNOWN
    assert shown(home) == ("off", "none")


async def test_a_webhook_can_be_called_through_the_websocket(
    home: Home, http_client: Visitor, hass_ws_client: WebSocketGenerator
) -> None:
    """An administrator can send an event through the websocket."""
    await add_pushed(home)
    request = home.sim.webhook.signed(b'{"event": "room.alert"}')
    client = await hass_ws_client(home.hass)
    message = {
        "type": "webhook/handle",
        "webhook_id": HOOK,
        "method": "POST",
        "body": json.dumps({"data": request.data}),
        "headers": {**request.headers},
    }
    await client.send_json_auto_id(message)
    answer = await client.receive_json()
    assert answer["result"]["status"] == 200
    assert answer["result"]["body"] == "successfully received callback"


@pytest.mark.usefixtures("http_client")
@pytest.mark.parametrize(
    "kind", ["meeting.created", "meeting.updated", "meeting.canceled", "meeting.end"]
)
async def test_the_event_of_a_meeting_is_acknowledged_without_a_trace(
    home: Home, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """The log contains no text of the meeting."""
    caplog.set_level(logging.DEBUG)
    await add_pushed(home)
    now = home.clock()
    booking = home.sim.company.book(
        TENCENT, ROOM, now.timestamp(), now.timestamp() + 60
    )
    caplog.clear()
    assert (await home.sim.webhook.meeting(kind, booking)).acknowledged
    ours = [each for each in caplog.records if "meeting_rooms" in each.name]
    said = "".join(each.getMessage() for each in ours)
    assert home.sim.canaries.found_in(said) == []


@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_pushed_event_reveals_no_secret(
    home: Home,
    http_client: Visitor,
    hass_client: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
    encrypted: bool,
) -> None:
    """Log and diagnostics do not contain the address, the secrets or the vendor's text."""
    caplog.set_level(logging.DEBUG)
    secret = home.sim.accounts.tencent_meeting.webhook_token
    home.sim.company.rename(TENCENT, ROOM, f"长安 {secret}")
    entry = await add_pushed(home, encrypted=encrypted)
    caplog.clear()
    await home.sim.webhook.alert(ROOM, CODE)
    for method, request in invalid_requests(home.sim):
        await response_to(http_client, method, path_of(), **request)
    ours = [each for each in caplog.records if "meeting_rooms" in each.name]
    assert {record.levelno for record in ours} == {logging.DEBUG}
    assert len(ours) <= len(invalid_requests(home.sim))
    found: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    assert found["entry"]["webhook"] is True
    told = json.dumps(found) + "".join(each.getMessage() for each in ours)
    account = home.sim.accounts.tencent_meeting
    secrets = (account.webhook_token, account.encoding_aes_key, HOOK)
    assert [each for each in (*secrets, "no JSON") if each in told] == []
    assert b64encode(b"no JSON").decode() not in told
