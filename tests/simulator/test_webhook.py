"""Test that the simulator pushes as the vendor's pages say, over a real socket."""

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

from .test_control import ask

ROOM = "100001"


class Customer:
    """A customer that writes down what is pushed, and answers what it is told to."""

    def __init__(self) -> None:
        """Begin with the right answers."""
        self.heard: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.answer: web.Response | None = None

    async def check(self, request: web.Request) -> web.StreamResponse:
        """Answer the check as a plain account does."""
        text = b64decode(request.query["check_str"]).decode()
        return self.answer or web.Response(text=text)

    async def event(self, request: web.Request) -> web.StreamResponse:
        """Acknowledge an event."""
        names = ("timestamp", "nonce", "signature")
        headers = {name: request.headers[name] for name in names}
        self.heard.append((await request.json(), headers))
        return self.answer or web.Response(text="successfully received callback")


@pytest.fixture
def customer() -> Customer:
    """Return a customer."""
    return Customer()


@pytest.fixture(autouse=True)
async def subscribed(sim: Simulator, customer: Customer) -> AsyncIterator[None]:
    """Subscribe the customer's address."""
    app = web.Application()
    app.add_routes([web.get("/", customer.check), web.post("/", customer.event)])
    async with TestServer(app) as server:
        sim.webhook.url = str(server.make_url("/"))
        yield


def decrypted(sim: Simulator, data: bytes) -> bytes:
    """Return what the account's key opens, padding included."""
    key = b64decode(sim.accounts.tencent_meeting.encoding_aes_key + "=")
    decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
    return decryptor.update(data) + decryptor.finalize()


async def test_an_alert_is_pushed_as_documented(
    sim: Simulator, customer: Customer
) -> None:
    """Signed over the data as it goes out; the room's id is a number."""
    delivery = await sim.webhook.alert(ROOM, "device_off_line", at=1_760_000_000)
    ((sent, headers),) = customer.heard
    parts = (
        sim.accounts.tencent_meeting.webhook_token,
        headers["timestamp"],
        headers["nonce"],
        sent["data"],
    )
    signature = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
    assert (headers["signature"], delivery.acknowledged) == (signature, True)
    event = json.loads(b64decode(sent["data"]))
    facts = sim.estate.tencent_meeting[ROOM].facts
    assert event == {
        "event": "room.alert",
        "trace_id": event["trace_id"],
        "payload": [
            {
                "operate_time": 1_760_000_000_000,
                "room_event": {
                    "rooms_id": facts.basic.rooms_id_list[0],
                    "meeting_room_id": 100001,
                    "device_model": facts.hardware.device_model,
                    "app_version": facts.hardware.rooms_version,
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


async def test_a_recovery_is_pushed(sim: Simulator, customer: Customer) -> None:
    """As an alert of the other kind."""
    await sim.webhook.alert(ROOM, "on_fire", recovered=True)
    ((sent, _),) = customer.heard
    (row,) = json.loads(b64decode(sent["data"]))["payload"]
    alert = row["room_event"]["alert_event"]
    assert (alert["alert_kind"], alert["health_status"]) == (1, 1)


async def test_an_event_is_encrypted_with_the_accounts_key(
    sim: Simulator, customer: Customer
) -> None:
    """What follows is padding."""
    sim.webhook.encrypted = True
    await sim.webhook.push({"event": "x"})
    ((sent, _),) = customer.heard
    assert decrypted(sim, b64decode(sent["data"])) == b'{"event": "x"}' + b"\x02" * 2


@pytest.mark.parametrize(("newly_signed", "headers"), [(False, 1), (True, 2)])
async def test_an_event_is_sent_again(
    sim: Simulator, customer: Customer, newly_signed: bool, headers: int
) -> None:
    """The same event, with the same headers or with new ones."""
    delivery = await sim.webhook.alert(ROOM, "device_off_line")
    await sim.webhook.again(delivery, newly_signed=newly_signed)
    assert customer.heard[0][0] == customer.heard[1][0]
    assert len({each["nonce"] for _, each in customer.heard}) == headers


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text='"successfully received callback"'),
        web.Response(status=204),
        web.Response(status=404, text="successfully received callback"),
        web.Response(text=""),
    ],
)
async def test_nothing_but_the_acknowledgement_will_do(
    sim: Simulator, customer: Customer, answer: web.Response
) -> None:
    """Word for word."""
    customer.answer = answer
    delivery = await sim.webhook.alert(ROOM, "device_off_line")
    assert (delivery.acknowledged, delivery.status) == (False, answer.status)


@pytest.mark.parametrize("text", ["4p4bnq8", "验证 ?&+/="])
async def test_the_address_is_checked(
    sim: Simulator, customer: Customer, text: str
) -> None:
    """A quote around the answer fails it."""
    assert await sim.webhook.check(text)
    customer.answer = web.Response(text=f'"{text}"')
    assert not await sim.webhook.check(text)


async def test_an_address_where_nobody_is(sim: Simulator) -> None:
    """The vendor gets no answer."""
    sim.webhook.url = "http://127.0.0.1:9/"
    assert not await sim.webhook.check()
    assert (await sim.webhook.alert(ROOM, "device_off_line")).status == 0


async def test_the_control_endpoint_pushes_too(
    sim: Simulator, customer: Customer
) -> None:
    """For people and other programs."""
    account = sim.accounts.tencent_meeting
    async with ClientSession() as session:
        _, shown = await ask(sim, session, "GET", "webhook")
        _, checked = await ask(
            sim, session, "PUT", "webhook", {"url": sim.webhook.url, "encrypted": False}
        )
        alert = {"room_id": ROOM, "code": "device_off_line", "recovered": True}
        _, pushed = await ask(sim, session, "POST", "webhook", alert)
        status, wrong = await ask(sim, session, "POST", "webhook", {"room_id": "0"})
    assert shown == {
        "token": account.webhook_token,
        "encoding_aes_key": account.encoding_aes_key,
    }
    assert (checked, pushed) == (
        {"checked": True},
        {"status": 200, "acknowledged": True},
    )
    assert (status, wrong) == (400, "KeyError: 'code'\n")
    assert len(customer.heard) == 1


def test_the_secrets_have_the_form_of_the_console(sim: Simulator) -> None:
    """And are known as secrets."""
    account = sim.accounts.tencent_meeting
    assert (len(account.webhook_token), len(account.encoding_aes_key)) == (25, 43)
    assert account.webhook_token in sim.canaries
    assert account.encoding_aes_key in sim.canaries
