"""Test the webhook over a real socket."""

from base64 import b64decode
from collections.abc import AsyncIterator
import hashlib
import json
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
import pytest

from simulator import Simulator

from .test_control import control

ROOM = "100001"


class Subscriber:
    """Record the events, and return the given responses."""

    def __init__(self) -> None:
        """Start with valid responses."""
        self.events: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.response: web.Response | None = None

    async def check(self, request: web.Request) -> web.StreamResponse:
        """Return the decoded check text."""
        text = b64decode(request.query["check_str"]).decode()
        return self.response or web.Response(text=text)

    async def event(self, request: web.Request) -> web.StreamResponse:
        """Acknowledge an event."""
        names = ("timestamp", "nonce", "signature")
        headers = {name: request.headers[name] for name in names}
        self.events.append((await request.json(), headers))
        return self.response or web.Response(text="successfully received callback")


@pytest.fixture
def subscriber() -> Subscriber:
    """Return a subscriber."""
    return Subscriber()


@pytest.fixture(autouse=True)
async def subscribed(sim: Simulator, subscriber: Subscriber) -> AsyncIterator[None]:
    """Subscribe the URL of the subscriber."""
    app = web.Application()
    app.add_routes([web.get("/", subscriber.check), web.post("/", subscriber.event)])
    async with TestServer(app) as server:
        sim.webhook.url = str(server.make_url("/"))
        yield


def decrypted(sim: Simulator, data: bytes) -> bytes:
    """Return the decrypted content, with its padding."""
    key = b64decode(sim.accounts.tencent_meeting.encoding_aes_key + "=")
    decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
    return decryptor.update(data) + decryptor.finalize()


async def test_an_alert_is_pushed_as_documented(
    sim: Simulator, subscriber: Subscriber
) -> None:
    """The signature covers the data as sent, and the room id is an integer."""
    delivery = await sim.webhook.alert(ROOM, "device_off_line", at=1_760_000_000)
    ((sent, headers),) = subscriber.events
    parts = (
        sim.accounts.tencent_meeting.webhook_token,
        headers["timestamp"],
        headers["nonce"],
        sent["data"],
    )
    signature = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
    assert (headers["signature"], delivery.acknowledged) == (signature, True)
    event = json.loads(b64decode(sent["data"]))
    properties = sim.company.tencent_meeting[ROOM].properties
    assert event == {
        "event": "room.alert",
        "trace_id": event["trace_id"],
        "payload": [
            {
                "operate_time": 1_760_000_000_000,
                "room_event": {
                    "rooms_id": properties.basic.rooms_id_list[0],
                    "meeting_room_id": 100001,
                    "device_model": properties.hardware.device_model,
                    "app_version": properties.hardware.rooms_version,
                    "alert_event": {
                        "health_status": 2,
                        "device_connect_status": "OFFLINE",
                        "create_time": "2025-10-09T16:53:20+08:00",
                        "health_desc": "设备离线",
                        "health_code": "device_off_line",
                        "alert_kind": 0,
                    },
                },
            }
        ],
    }


async def test_an_event_of_a_meeting_names_its_room(
    sim: Simulator, subscriber: Subscriber
) -> None:
    """It contains the texts of the meeting, too."""
    now = sim.company.clock.now
    booking = sim.company.book("tencent_meeting", ROOM, now, now + 60, subject="Board")
    assert (await sim.webhook.meeting("meeting.created", booking)).acknowledged
    ((sent, _),) = subscriber.events
    event = json.loads(b64decode(sent["data"]))
    (row,) = event["payload"]
    properties = sim.company.tencent_meeting[ROOM].properties
    assert event["event"] == "meeting.created"
    assert row["meeting_info"]["subject"] == "Board"
    assert row["meeting_info"]["rooms_info"] == [
        {
            "meeting_room_id": 100001,
            "rooms_id": properties.basic.rooms_id_list[0],
        }
    ]


async def test_changed_bookings_are_pushed(
    sim: Simulator, subscriber: Subscriber
) -> None:
    """Only those of Tencent Meeting are."""
    path = "bookings/tencent_meeting"
    async with ClientSession() as session:
        _, made = await control(sim, session, "POST", path, {"room_id": ROOM})
        one = f"{path}/{made['booking_id']}"
        for body in ({"end": made["end"] + 60}, {"end_now": True}, {"cancel": True}):
            await control(sim, session, "PATCH", one, body)
        wecom = {"room_id": "RoomId001"}
        await control(sim, session, "POST", "bookings/wecom", wecom)
    events = [json.loads(b64decode(sent["data"])) for sent, _ in subscriber.events]
    assert [event["event"] for event in events] == [
        "meeting.created",
        "meeting.updated",
        "meeting.end",
        "meeting.canceled",
    ]


async def test_a_recovery_is_pushed(sim: Simulator, subscriber: Subscriber) -> None:
    """The kind of the alert is that of a recovery."""
    await sim.webhook.alert(ROOM, "on_fire", recovered=True)
    ((sent, _),) = subscriber.events
    (row,) = json.loads(b64decode(sent["data"]))["payload"]
    alert = row["room_event"]["alert_event"]
    assert (alert["alert_kind"], alert["health_status"]) == (1, 1)


async def test_an_event_is_encrypted_with_the_accounts_key(
    sim: Simulator, subscriber: Subscriber
) -> None:
    """The content is padded."""
    sim.webhook.encrypted = True
    await sim.webhook.push({"event": "x"})
    ((sent, _),) = subscriber.events
    assert decrypted(sim, b64decode(sent["data"])) == b'{"event": "x"}' + b"\x02" * 2


@pytest.mark.parametrize(("newly_signed", "headers"), [(False, 1), (True, 2)])
async def test_an_event_is_resent(
    sim: Simulator, subscriber: Subscriber, newly_signed: bool, headers: int
) -> None:
    """The event has the same headers or new ones."""
    delivery = await sim.webhook.alert(ROOM, "device_off_line")
    await sim.webhook.resend(delivery, newly_signed=newly_signed)
    assert subscriber.events[0][0] == subscriber.events[1][0]
    assert len({each["nonce"] for _, each in subscriber.events}) == headers


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text='"successfully received callback"'),
        web.Response(status=204),
        web.Response(status=404, text="successfully received callback"),
        web.Response(text=""),
    ],
)
async def test_only_the_exact_acknowledgement_is_accepted(
    sim: Simulator, subscriber: Subscriber, answer: web.Response
) -> None:
    """Any other response is not acknowledged."""
    subscriber.response = answer
    delivery = await sim.webhook.alert(ROOM, "device_off_line")
    assert (delivery.acknowledged, delivery.status) == (False, answer.status)


@pytest.mark.parametrize("text", ["4p4bnq8", "验证 ?&+/="])
async def test_the_url_is_checked(
    sim: Simulator, subscriber: Subscriber, text: str
) -> None:
    """A quoted response fails the check."""
    assert await sim.webhook.check(text)
    subscriber.response = web.Response(text=f'"{text}"')
    assert not await sim.webhook.check(text)


async def test_an_unreachable_url_fails_the_check(sim: Simulator) -> None:
    """A delivery has status 0."""
    sim.webhook.url = "http://127.0.0.1:9/"
    assert not await sim.webhook.check()
    assert (await sim.webhook.alert(ROOM, "device_off_line")).status == 0


async def test_the_control_endpoint_pushes_alerts(
    sim: Simulator, subscriber: Subscriber
) -> None:
    """The endpoint also shows the secrets and checks the URL."""
    account = sim.accounts.tencent_meeting
    async with ClientSession() as session:
        _, shown = await control(sim, session, "GET", "webhook")
        _, checked = await control(
            sim, session, "PUT", "webhook", {"url": sim.webhook.url, "encrypted": False}
        )
        alert = {"room_id": ROOM, "code": "device_off_line", "recovered": True}
        _, pushed = await control(sim, session, "POST", "webhook", alert)
        status, wrong = await control(sim, session, "POST", "webhook", {"room_id": "0"})
    assert shown == {
        "token": account.webhook_token,
        "encoding_aes_key": account.encoding_aes_key,
    }
    assert (checked, pushed) == (
        {"checked": True},
        {"status": 200, "acknowledged": True},
    )
    assert (status, wrong) == (400, "KeyError: 'code'\n")
    assert len(subscriber.events) == 1


def test_the_webhook_secrets_have_the_documented_length(sim: Simulator) -> None:
    """Both are registered as secrets."""
    account = sim.accounts.tencent_meeting
    assert (len(account.webhook_token), len(account.encoding_aes_key)) == (25, 43)
    assert account.webhook_token in sim.canaries
    assert account.encoding_aes_key in sim.canaries
