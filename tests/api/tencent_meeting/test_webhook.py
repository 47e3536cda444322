"""Test the receiver of the events that Tencent Meeting pushes."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
import hashlib
import json
import time
import traceback
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from freezegun.api import FrozenDateTimeFactory
from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.models.alert import RoomAlert
from custom_components.meeting_rooms.api.models.room import Alarm, Health
from custom_components.meeting_rooms.api.push import PushedEvents, PushRejected
from custom_components.meeting_rooms.api.tencent_meeting.webhook import WebhookReceiver

from ..any_json import ANY_JSON, MANY, objects_of, rows_of
from ..fixtures import sample_json

TOKEN = "q3vT8nLw0Zr5Xb7Yk2Mc9Dh1F"
KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
NOW = 1_760_000_000.0
MAX_SKEW = 5 * 60
MAX_DELAY = 15 * 60
SAMPLE_TIME = "2020-12-29T10:50:40.864Z"
ALERT: dict[str, Any] = {
    "event": "room.alert",
    "trace_id": "e7aa65dd-f7e6-4b62-912c-2035173b34a9",
    "payload": [
        {
            "operate_time": 1_759_999_999_000,
            "room_event": {
                "rooms_id": "200115200039985708",
                "meeting_room_id": 6058890385480921052,
                "device_model": "Bar 500",
                "app_version": "3.21.270.503",
                "alert_event": {
                    "health_status": 2,
                    "device_connect_status": "connected ",
                    "create_time": "2025-10-09T16:53:19+08:00",
                    "health_desc": "摄像头异常",
                    "health_code": 10023,
                    "alert_kind": 0,
                },
            },
        }
    ],
}
PARSED = RoomAlert(
    room_id="6058890385480921052",
    rooms_id="200115200039985708",
    alarm=Alarm(code="10023", description="摄像头异常"),
    health=Health.ERROR,
    recovered=False,
    at=datetime(2025, 10, 9, 8, 53, 19, tzinfo=UTC),
)
ALERTED = PushedEvents(alerts=(PARSED,))
NOTHING = PushedEvents()
PARTS = ("timestamp", "nonce", "signature")


type Clock = FrozenDateTimeFactory


@pytest.fixture(autouse=True)
def clock(freezer: FrozenDateTimeFactory) -> Clock:
    """Stop the clock."""
    freezer.move_to(datetime.fromtimestamp(NOW, UTC))
    return freezer


@pytest.fixture
def receiver() -> WebhookReceiver:
    """Return a receiver of plain events."""
    return WebhookReceiver(TOKEN)


@pytest.fixture
def decrypting_receiver() -> WebhookReceiver:
    """Return a receiver of encrypted events."""
    return WebhookReceiver(TOKEN, KEY)


def signed(
    data: str, *, at: float = NOW, nonce: str = "14964161", token: str = TOKEN
) -> dict[str, str]:
    """Return the headers of a request with data."""
    timestamp = f"{at * 1000:.0f}"
    return {
        "timestamp": timestamp,
        "nonce": nonce,
        "signature": signature(token, timestamp, nonce, data),
    }


def signature(*parts: str) -> str:
    """Return the vendor's signature."""
    joined = b"".join(sorted(part.encode(errors="surrogatepass") for part in parts))
    return hashlib.sha1(joined).hexdigest()


def encoded(event: object) -> str:
    """Return the data of a plain event."""
    return b64encode(json.dumps(event, ensure_ascii=False).encode()).decode()


def encrypted(plain: bytes) -> str:
    """Return the data of an encrypted event."""
    key = b64decode(KEY + "=")
    missing = 16 - len(plain) % 16
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    padded = plain + bytes([missing]) * missing
    return b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def body(data: object) -> bytes:
    """Return the body of a request with data."""
    return json.dumps({"data": data}).encode()


def push(
    receiver: WebhookReceiver, event: object, nonce: str = "14964161"
) -> PushedEvents:
    """Return the content of an event that the vendor sends now."""
    data = encoded(event)
    return receiver.receive(body(data), signed(data, nonce=nonce))


def alert_with(**fields: object) -> dict[str, Any]:
    """Return an alert event with other fields."""
    sent: dict[str, Any] = json.loads(json.dumps(ALERT))
    sent["payload"][0]["room_event"]["alert_event"] |= fields
    return sent


def test_the_signature_equals_the_documented_one(clock: Clock) -> None:
    """The documented event is about a meeting, has no padding and contains no alert."""
    clock.move_to(SAMPLE_TIME)
    sample = sample_json("tencent_webhook_signature")
    receiver = WebhookReceiver(sample["token"])
    headers = {part: sample[part] for part in PARTS}
    assert receiver.receive(body(sample["data"]), headers) == NOTHING


@pytest.mark.parametrize("part", [*PARTS, "data", "token"])
def test_the_sample_is_rejected_with_a_changed_part(clock: Clock, part: str) -> None:
    """The test changes the last character of the part."""
    clock.move_to(SAMPLE_TIME)
    sample = sample_json("tencent_webhook_signature")
    sample[part] = sample[part][:-1] + chr(ord(sample[part][-1]) ^ 1)
    receiver = WebhookReceiver(sample["token"])
    with pytest.raises(PushRejected):
        receiver.receive(body(sample["data"]), {part: sample[part] for part in PARTS})


def test_an_alert_is_parsed_field_by_field(receiver: WebhookReceiver) -> None:
    """Ids that are numbers become their digits."""
    assert push(receiver, ALERT) == ALERTED


def test_the_kind_determines_whether_an_alarm_has_recovered(
    receiver: WebhookReceiver,
) -> None:
    """The kind is a number or text."""
    kinds = [0, 1, "0", "1"]
    alerts = [
        push(receiver, alert_with(alert_kind=kind) | {"trace_id": str(i)}, str(i))
        for i, kind in enumerate(kinds)
    ]
    assert [alert.recovered for event in alerts for alert in event.alerts] == [
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("kind", [2, -1, None, "", "new", [], {}])
def test_an_alert_of_an_unknown_kind_is_ignored(
    receiver: WebhookReceiver, kind: object
) -> None:
    """Whether the alarm starts or ends is unknown."""
    assert push(receiver, alert_with(alert_kind=kind)) == NOTHING


def test_an_undocumented_code_is_kept(
    receiver: WebhookReceiver,
) -> None:
    """An undocumented health is unknown."""
    (alert,) = push(receiver, alert_with(health_code="E-77", health_status=9)).alerts
    assert (alert.alarm.code, alert.health) == ("E-77", None)


def test_text_that_is_too_long_is_no_id(
    receiver: WebhookReceiver,
) -> None:
    """The same limit applies to the lists."""
    sent: dict[str, Any] = alert_with()
    sent["payload"][0]["room_event"] |= {"meeting_room_id": "1" * 5000, "rooms_id": ""}
    (alert,) = push(receiver, sent).alerts
    assert (alert.room_id, alert.rooms_id) == (None, None)


@pytest.mark.parametrize("at", [None, "", 0, "soon", 1_760_000_000_001, 10**17])
def test_an_alert_without_a_valid_time_has_the_current_time(
    receiver: WebhookReceiver, at: object
) -> None:
    """A time in the future would prevail over later updates."""
    sent: dict[str, Any] = alert_with()
    sent["payload"][0]["operate_time"] = at
    (alert,) = push(receiver, sent).alerts
    assert alert.at == datetime.fromtimestamp(NOW, UTC)


def test_unreadable_rows_of_an_event_are_ignored(
    receiver: WebhookReceiver,
) -> None:
    """The other rows are parsed."""
    (row,) = ALERT["payload"]
    odd: list[object] = [
        None,
        7,
        [],
        {},
        {"room_event": 1},
        {"room_event": {"alert_event": []}},
    ]
    assert push(receiver, ALERT | {"payload": [*odd, row, row]}) == PushedEvents(
        alerts=(PARSED, PARSED)
    )


@pytest.mark.parametrize(
    "event",
    [
        {"event": "meeting.started", "trace_id": "1", "payload": ALERT["payload"]},
        {"event": "room.response"},
        {"event": None},
        {"event": ["room.alert"]},
        {},
        {"event": "room.alert"},
        {"event": "room.alert", "payload": "none"},
        {"event": "room.alert", "payload": {"0": ALERT["payload"][0]}},
    ],
)
def test_other_events_have_no_alerts(receiver: WebhookReceiver, event: object) -> None:
    """Other events are valid and therefore acknowledged."""
    assert push(receiver, event) == NOTHING


@pytest.mark.parametrize("room", ["A", "AB", "ABC", "ABCD"])
def test_padding_is_optional(room: str) -> None:
    """An event of any length is decrypted with and without padding."""
    padded = encoded(alert_with(health_desc=room))
    alerts = [
        WebhookReceiver(TOKEN).receive(body(data), signed(data))
        for data in (padded, padded.rstrip("="))
    ]
    assert [alert.alarm.description for event in alerts for alert in event.alerts] == [
        room,
        room,
    ]


@pytest.mark.parametrize("text", ["checked", "中文 ?>~", "a", ""])
def test_a_check_returns_its_plain_text(receiver: WebhookReceiver, text: str) -> None:
    """The text has no quotes and is not changed."""
    check_str = b64encode(text.encode()).decode().rstrip("=")
    assert receiver.check({"check_str": check_str}, signed(check_str)) == text


def test_an_unquoted_plus_in_the_url_is_restored(
    receiver: WebhookReceiver,
) -> None:
    """The web server decodes the plus as a blank."""
    check_str = b64encode(b"~>~>").decode()
    assert "+" in check_str
    unquoted = check_str.replace("+", " ")
    assert receiver.check({"check_str": unquoted}, signed(check_str)) == "~>~>"


def test_a_check_without_text_is_rejected(receiver: WebhookReceiver) -> None:
    """The decoded bytes are not UTF-8."""
    check_str = b64encode(b"\xff\xfe").decode()
    with pytest.raises(PushRejected):
        receiver.check({"check_str": check_str}, signed(check_str))


APPENDED = [b"", KEY.encode(), b64decode(KEY + "=")]


@pytest.mark.parametrize("appended", [*APPENDED, b"\n", b'{"event": 1}'])
@pytest.mark.parametrize("filler", range(0, 32, 5))
def test_an_encrypted_event_is_decrypted(
    decrypting_receiver: WebhookReceiver, appended: bytes, filler: int
) -> None:
    """Bytes after the JSON object are ignored."""
    sent = alert_with(filler="x" * filler)
    data = encrypted(json.dumps(sent).encode() + appended)
    assert decrypting_receiver.receive(body(data), signed(data)) == ALERTED


@pytest.mark.parametrize("appended", APPENDED)
def test_an_encrypted_check_returns_no_key(
    decrypting_receiver: WebhookReceiver, appended: bytes
) -> None:
    """The vendor may append the key to the plain text."""
    check_str = encrypted("验证 me".encode() + appended).rstrip("=")
    assert (
        decrypting_receiver.check({"check_str": check_str}, signed(check_str))
        == "验证 me"
    )


@pytest.mark.parametrize(
    "data",
    [
        encoded(ALERT),
        "",
        b64encode(bytes(16)).decode(),
        b64encode(bytes(15)).decode(),
        encrypted(b"")[:-4],
        encrypted(b"no JSON"),
    ],
)
def test_data_that_cannot_be_decrypted_is_rejected(
    decrypting_receiver: WebhookReceiver, data: str
) -> None:
    """The signature of the data is valid."""
    with pytest.raises(PushRejected):
        decrypting_receiver.receive(body(data), signed(data))


def test_an_encrypted_event_is_rejected_without_a_key(
    receiver: WebhookReceiver,
) -> None:
    """The encrypted data is not JSON."""
    data = encrypted(json.dumps(ALERT).encode())
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


def test_a_signature_of_another_token_is_rejected(receiver: WebhookReceiver) -> None:
    """Only the vendor and this account have the token."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, token="x" * 25))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("sent", ["", "0", "1760000000001", "é", "\ud800", "A" * 40])
def test_a_changed_header_is_rejected(
    receiver: WebhookReceiver, part: str, sent: str
) -> None:
    """The signature covers each of the three headers."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data) | {part: sent})


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_header_is_rejected(receiver: WebhookReceiver, part: str) -> None:
    """Each of the three headers is required."""
    data = encoded(ALERT)
    headers = signed(data)
    del headers[part]
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


def test_changed_data_is_rejected(receiver: WebhookReceiver) -> None:
    """The signature does not match the data."""
    with pytest.raises(PushRejected):
        receiver.receive(
            body(encoded(alert_with(alert_kind=1))), signed(encoded(ALERT))
        )


def test_a_signature_in_upper_case_is_rejected(receiver: WebhookReceiver) -> None:
    """The vendor uses lower case."""
    data = encoded(ALERT)
    headers = signed(data)
    with pytest.raises(PushRejected):
        receiver.receive(
            body(data), headers | {"signature": headers["signature"].upper()}
        )


@pytest.mark.parametrize(
    "timestamp", ["1760000000", "", "-", "1760000000000.0", "１760000000000"]
)
def test_a_timestamp_has_thirteen_digits(
    receiver: WebhookReceiver, timestamp: str
) -> None:
    """The unit is milliseconds."""
    data = encoded(ALERT)
    headers = {
        "timestamp": timestamp,
        "nonce": "1",
        "signature": signature(TOKEN, timestamp, "1", data),
    }
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


def test_a_request_without_a_nonce_is_rejected(
    receiver: WebhookReceiver,
) -> None:
    """The signature of the request is valid."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, nonce=""))


@pytest.mark.parametrize("delay", [-MAX_SKEW, -1, 0, 1, 360, MAX_DELAY])
def test_a_delivery_may_be_fifteen_minutes_late(
    receiver: WebhookReceiver, delay: float
) -> None:
    """The vendor repeats a failed one after 1, 3 and 6 minutes; clocks may differ by five."""
    data = encoded(ALERT)
    assert receiver.receive(body(data), signed(data, at=NOW - delay)) == ALERTED


@pytest.mark.parametrize(
    "delay", [-MAX_SKEW - 0.001, MAX_DELAY + 0.001, -NOW / 2, NOW - 10**9]
)
def test_a_delivery_with_an_old_or_future_timestamp_is_rejected(
    receiver: WebhookReceiver, delay: float
) -> None:
    """The signature of the delivery is valid."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, at=NOW - delay))


@pytest.mark.parametrize("trace_id", [None, "1"])
@pytest.mark.parametrize("later", [0, 60, 180, 360, 660, MAX_DELAY])
def test_a_repeated_delivery_has_no_alert(
    receiver: WebhookReceiver, clock: Clock, later: float, trace_id: str | None
) -> None:
    """The headers are the same, with and without a trace id."""
    data = encoded(ALERT | {"trace_id": trace_id})
    headers = signed(data)
    assert receiver.receive(body(data), headers) == ALERTED
    clock.tick(later)
    assert receiver.receive(body(data), headers) == NOTHING


@pytest.mark.parametrize("later", [MAX_DELAY + 1, 3601, 86_400])
def test_a_recorded_delivery_is_rejected(
    receiver: WebhookReceiver, clock: Clock, later: float
) -> None:
    """The vendor does not repeat a delivery after so long."""
    data = encoded(ALERT)
    headers = signed(data)
    assert receiver.receive(body(data), headers) == ALERTED
    clock.tick(later)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


@pytest.mark.parametrize(
    ("sent", "offset"),
    [(NOW, 0), (NOW - 200, 200), (NOW + 200, -200), (NOW - 360, 0), (NOW - 900, 0)],
)
def test_a_small_delay_is_a_difference_of_the_clocks(
    receiver: WebhookReceiver, sent: float, offset: float
) -> None:
    """A longer delay is a late delivery, and the alert keeps its time."""
    event: dict[str, Any] = alert_with()
    event["payload"][0]["operate_time"] = int(sent * 1000)
    data = encoded(event)
    (alert,) = receiver.receive(body(data), signed(data, at=sent)).alerts
    assert alert.at == datetime.fromtimestamp(sent, UTC)
    assert alert.by_our_clock.timestamp() == sent + offset


def test_a_nonce_may_be_used_again(receiver: WebhookReceiver) -> None:
    """Each request has a different signature."""
    data = encoded(ALERT | {"trace_id": None})
    assert receiver.receive(body(data), signed(data)) == ALERTED
    assert receiver.receive(body(data), signed(data, at=NOW + 1)) == ALERTED


def test_a_check_may_be_repeated(receiver: WebhookReceiver, clock: Clock) -> None:
    """A check is valid for fifteen minutes."""
    query, headers = {"check_str": "Y2hlY2tlZA"}, signed("Y2hlY2tlZA")
    assert receiver.check(query, headers) == "checked"
    clock.tick(MAX_DELAY)
    assert receiver.check(query, headers) == "checked"
    clock.tick(1)
    with pytest.raises(PushRejected):
        receiver.check(query, headers)


def test_a_request_without_parameters_is_rejected(receiver: WebhookReceiver) -> None:
    """A browser that opens the URL sends such a request."""
    with pytest.raises(PushRejected):
        receiver.check({}, {})


def test_a_rejected_request_is_not_remembered(receiver: WebhookReceiver) -> None:
    """The vendor's own request is accepted afterwards."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, token="x"))
    with pytest.raises(PushRejected):
        receiver.receive(body("e30x="), signed(data))
    assert receiver.receive(body(data), signed(data)) == ALERTED


def test_a_recorded_event_is_not_decrypted_by_a_check(
    decrypting_receiver: WebhookReceiver,
) -> None:
    """The signature of the event is valid for a check too."""
    data = encrypted(json.dumps(ALERT).encode())
    assert decrypting_receiver.receive(body(data), signed(data)) == ALERTED
    with pytest.raises(PushRejected):
        decrypting_receiver.check({"check_str": data}, signed(data))


def test_an_event_with_a_known_trace_id_has_no_alert(receiver: WebhookReceiver) -> None:
    """The vendor signs each delivery again."""
    assert push(receiver, ALERT, "1") == ALERTED
    assert push(receiver, ALERT, "2") == NOTHING
    assert push(receiver, ALERT | {"trace_id": "another"}, "3") == ALERTED


def test_the_repetitions_of_an_event_have_no_alert(
    receiver: WebhookReceiver, clock: Clock
) -> None:
    """The vendor repeats an event after 1, 3 and 6 minutes."""
    data = encoded(ALERT)
    alerts = []
    for minutes in (0, 1, 3, 6):
        clock.tick(minutes * 60)
        headers = signed(data, at=time.time(), nonce=str(minutes))
        alerts.append(receiver.receive(body(data), headers))
    assert alerts == [ALERTED, NOTHING, NOTHING, NOTHING]


def test_events_without_a_trace_id_are_distinguished_by_their_signature(
    receiver: WebhookReceiver,
) -> None:
    """Two deliveries with different signatures may be two events."""
    sent = ALERT | {"trace_id": ""}
    assert [push(receiver, sent, nonce) for nonce in "12"] == [ALERTED, ALERTED]


def test_the_number_of_remembered_events_is_limited(receiver: WebhookReceiver) -> None:
    """The oldest event is dropped first."""
    for number in range(5000):
        push(receiver, ALERT | {"trace_id": number}, str(number))
    assert push(receiver, ALERT | {"trace_id": 1000}, "5000") == NOTHING
    assert push(receiver, ALERT | {"trace_id": 0}, "5001") == ALERTED


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"no JSON",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"data"',
        b"{}",
        body(None),
        body(7),
        body(["e30"]),
        body({}),
        b"[" * 100_000,
        b'{"data": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_of_another_form_is_rejected(
    receiver: WebhookReceiver, sent: bytes
) -> None:
    """The headers of the request are valid."""
    with pytest.raises(PushRejected):
        receiver.receive(sent, signed("e30"))


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"no JSON",
        b"\xff\xfe{}",
        b"null",
        b"[]",
        b"7",
        b'"room.alert"',
        b"[" * 100_000,
        b"9" * 5000,
    ],
)
def test_data_of_another_form_is_rejected(
    receiver: WebhookReceiver, plain: bytes
) -> None:
    """An event is a JSON object."""
    data = b64encode(plain).decode()
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


@pytest.mark.parametrize(
    "data", ["e", "e*30=", "e30=\n", "e3=0", "-_-_", "é", "\ud800"]
)
def test_data_that_is_no_base64_is_rejected(
    receiver: WebhookReceiver, data: str
) -> None:
    """Invalid characters are not skipped."""
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


def test_blanks_before_the_json_are_skipped(receiver: WebhookReceiver) -> None:
    """Blanks may precede the body and the event."""
    data = b64encode(b"\r\n " + json.dumps(ALERT).encode()).decode()
    assert receiver.receive(b"\n " + body(data), signed(data)) == ALERTED


def test_a_body_has_a_maximum_size(receiver: WebhookReceiver) -> None:
    """A larger body is rejected."""
    data = encoded(ALERT)
    sent = body(data)
    longest = sent + b" " * (WebhookReceiver.max_body_bytes - len(sent))
    with pytest.raises(PushRejected):
        receiver.receive(longest + b" ", signed(data))
    assert receiver.receive(longest, signed(data)) == ALERTED


@pytest.mark.parametrize("token", ["", None])
def test_a_webhook_needs_a_token(token: Any) -> None:
    """A signature without a token could be forged."""
    with pytest.raises(ValueError, match="requires a token"):
        WebhookReceiver(token)


@pytest.mark.parametrize("key", [KEY[:-1], KEY + "=", KEY[:-1] + "é", KEY[:-1] + "\n"])
def test_an_invalid_key_is_not_in_the_error(key: str) -> None:
    """The invalid key may be a mistyped secret."""
    with pytest.raises(ValueError, match="must be 43 characters") as caught:
        WebhookReceiver(TOKEN, key)
    assert key[:8] not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("key", [None, ""])
def test_an_empty_key_means_no_encryption(key: str | None) -> None:
    """An empty field is treated as absent."""
    assert push(WebhookReceiver(TOKEN, key), ALERT) == ALERTED


@pytest.mark.parametrize("plain", [b"no JSON", b"\xff", b"[" * 100_000])
def test_a_rejection_contains_no_secret(
    decrypting_receiver: WebhookReceiver, plain: bytes
) -> None:
    """The message contains no token, key, signature or content."""
    data = encrypted(plain + b"content")
    headers = signed(data)
    with pytest.raises(PushRejected) as caught:
        decrypting_receiver.receive(body(data), headers)
    assert (caught.value.args, caught.value.__cause__) == ((), None)
    assert caught.value.__suppress_context__ is True
    shown = repr(decrypting_receiver) + repr(caught.value) + str(caught.value)
    assert [
        x for x in (TOKEN, KEY, headers["signature"], "content") if x in shown
    ] == []


ANY_HEADERS = st.dictionaries(st.sampled_from(PARTS) | st.text(), st.text())
ANY_TEXT = st.text(st.characters(), max_size=40)
ALERT_KEYS = (
    "health_status",
    "health_code",
    "health_desc",
    "alert_kind",
    "device_connect_status",
)
ROOM_KEYS = ("rooms_id", "meeting_room_id", "device_model", "alert_event")
ANY_ROW = st.fixed_dictionaries(
    {
        "operate_time": ANY_JSON,
        "room_event": st.builds(
            lambda room, alert: room | {"alert_event": alert},
            objects_of(ROOM_KEYS),
            objects_of(ALERT_KEYS)
            | objects_of(ALERT_KEYS).map(lambda a: a | {"alert_kind": 0}),
        ),
    }
)


def outcome_of(
    receiver: WebhookReceiver, sent: bytes, headers: dict[str, str]
) -> object:
    """Return the content of a body, or the rejection."""
    try:
        return receiver.receive(sent, headers)
    except PushRejected as err:
        return err


@pytest.mark.parametrize("key", [None, KEY])
@given(
    sent=st.binary()
    | st.builds(body, ANY_TEXT | ANY_JSON)
    | ANY_JSON.map(lambda value: json.dumps(value).encode()),
    headers=ANY_HEADERS,
)
@MANY
def test_no_unsigned_request_is_accepted(
    key: str | None, sent: bytes, headers: dict[str, str]
) -> None:
    """Every request without a valid signature is rejected."""
    receiver = WebhookReceiver(TOKEN, key)
    assert isinstance(outcome_of(receiver, sent, headers), PushRejected)
    with pytest.raises(PushRejected):
        receiver.check({"check_str": sent.decode("latin-1")}, headers)


@pytest.mark.parametrize("key", [None, KEY])
@given(
    data=ANY_TEXT | st.binary().map(lambda plain: b64encode(plain).decode()),
    nonce=ANY_TEXT,
)
@MANY
def test_any_signed_data_is_accepted_or_rejected(
    key: str | None, data: str, nonce: str
) -> None:
    """No other exception is raised."""
    receiver = WebhookReceiver(TOKEN, key)
    outcome = outcome_of(receiver, body(data), signed(data, nonce=nonce))
    assert isinstance(outcome, PushedEvents | PushRejected)


@given(plain=st.binary(max_size=80))
@MANY
def test_any_encrypted_text_is_accepted_or_rejected(plain: bytes) -> None:
    """No other exception is raised."""
    receiver = WebhookReceiver(TOKEN, KEY)
    data = encrypted(plain)
    assert isinstance(
        outcome_of(receiver, body(data), signed(data)), PushedEvents | PushRejected
    )


@given(
    payload=rows_of(("operate_time", "room_event")) | st.lists(ANY_ROW, max_size=1),
    trace=ANY_JSON,
)
@MANY
def test_any_event_is_accepted(payload: object, trace: object) -> None:
    """Each alert starts or ends an alarm."""
    data = encoded({"event": "room.alert", "trace_id": trace, "payload": payload})
    receiver = WebhookReceiver(TOKEN)
    outcome: Any = outcome_of(receiver, body(data), signed(data))
    assert all(isinstance(alert, RoomAlert) for alert in outcome.alerts)
