"""Test that the vendor's pushes are read, and that nobody else's are."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
import hashlib
import json
import traceback
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.models.alert import RoomAlert
from custom_components.meeting_rooms.api.models.room import Alarm, Health
from custom_components.meeting_rooms.api.push import PushRejected
from custom_components.meeting_rooms.api.tencent_meeting.webhook import WebhookReceiver

from ..any_json import ANY_JSON, MANY, objects_of, rows_of
from ..fixtures import answer

TOKEN = "q3vT8nLw0Zr5Xb7Yk2Mc9Dh1F"
KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
NOW = 1_760_000_000.0
WINDOW = 300
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
READ = RoomAlert(
    room_id="6058890385480921052",
    rooms_id="200115200039985708",
    alarm=Alarm(code="10023", description="摄像头异常"),
    health=Health.ERROR,
    recovered=False,
    at=datetime(2025, 10, 9, 8, 53, 19, tzinfo=UTC),
)
PARTS = ("timestamp", "nonce", "signature")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: float = NOW) -> None:
        """Begin somewhere."""
        self.now = now

    def __call__(self) -> float:
        """Return Unix seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands."""
    return Clock()


@pytest.fixture
def receiver(clock: Clock) -> WebhookReceiver:
    """Return the receiver of plain events."""
    return WebhookReceiver(TOKEN, now=clock)


@pytest.fixture
def sealed_receiver(clock: Clock) -> WebhookReceiver:
    """Return the receiver of encrypted events."""
    return WebhookReceiver(TOKEN, KEY, now=clock)


def signed(
    data: str, *, at: float = NOW, nonce: str = "14964161", token: str = TOKEN
) -> dict[str, str]:
    """Return the headers that the vendor sends with data."""
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
    """Return the data of an encrypted event, padded up to whole blocks."""
    key = b64decode(KEY + "=")
    missing = 16 - len(plain) % 16
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    padded = plain + bytes([missing]) * missing
    return b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def body(data: object) -> bytes:
    """Return the body that carries data."""
    return json.dumps({"data": data}).encode()


def push(
    receiver: WebhookReceiver, event: object, nonce: str = "14964161"
) -> tuple[RoomAlert, ...]:
    """Return what is read of an event that the vendor sends now."""
    data = encoded(event)
    return receiver.receive(body(data), signed(data, nonce=nonce))


def alert_with(**fields: object) -> dict[str, Any]:
    """Return an alert of which some fields are sent otherwise."""
    sent: dict[str, Any] = json.loads(json.dumps(ALERT))
    sent["payload"][0]["room_event"]["alert_event"] |= fields
    return sent


def test_the_signature_is_the_one_that_the_vendor_prints() -> None:
    """The sample is of a meeting, which is taken without an alert; it has no padding."""
    sample = answer("tencent_webhook_signature")
    receiver = WebhookReceiver(sample["token"], now=Clock(1609239040.864))
    headers = {part: sample[part] for part in PARTS}
    assert receiver.receive(body(sample["data"]), headers) == ()


@pytest.mark.parametrize("part", [*PARTS, "data", "token"])
def test_the_sample_is_refused_once_a_part_of_it_is_another(part: str) -> None:
    """The last character is changed."""
    sample = answer("tencent_webhook_signature")
    sample[part] = sample[part][:-1] + chr(ord(sample[part][-1]) ^ 1)
    receiver = WebhookReceiver(sample["token"], now=Clock(1609239040.864))
    with pytest.raises(PushRejected):
        receiver.receive(body(sample["data"]), {part: sample[part] for part in PARTS})


def test_an_alert_is_read_field_by_field(receiver: WebhookReceiver) -> None:
    """Ids that are numbers are read as their digits."""
    assert push(receiver, ALERT) == (READ,)


def test_a_recovery_is_told_from_an_alert(receiver: WebhookReceiver) -> None:
    """Whether its kind is sent as a number or as text."""
    kinds = [0, 1, "0", "1"]
    alerts = [
        push(receiver, alert_with(alert_kind=kind) | {"trace_id": str(i)}, str(i))
        for i, kind in enumerate(kinds)
    ]
    assert [alert.recovered for (alert,) in alerts] == [False, True, False, True]


@pytest.mark.parametrize("kind", [2, -1, None, "", "new", [], {}])
def test_an_alert_of_another_kind_is_left_out(
    receiver: WebhookReceiver, kind: object
) -> None:
    """Nobody guesses whether it begins or ends."""
    assert push(receiver, alert_with(alert_kind=kind)) == ()


def test_unknown_codes_stay_and_unknown_health_is_unknown(
    receiver: WebhookReceiver,
) -> None:
    """The set of codes is open."""
    (alert,) = push(receiver, alert_with(health_code="E-77", health_status=9))
    assert (alert.alarm.code, alert.health) == ("E-77", None)


def test_a_text_that_is_too_long_to_be_an_id_is_none(
    receiver: WebhookReceiver,
) -> None:
    """As in the lists that are read."""
    sent: dict[str, Any] = alert_with()
    sent["payload"][0]["room_event"] |= {"meeting_room_id": "1" * 5000, "rooms_id": ""}
    (alert,) = push(receiver, sent)
    assert (alert.room_id, alert.rooms_id) == (None, None)


@pytest.mark.parametrize("at", [None, "", 0, "soon", 1_760_000_000_001, 10**17])
def test_an_alert_is_of_now_where_its_time_cannot_be(
    receiver: WebhookReceiver, at: object
) -> None:
    """Else it would stand against all that is told after it."""
    sent: dict[str, Any] = alert_with()
    sent["payload"][0]["operate_time"] = at
    (alert,) = push(receiver, sent)
    assert alert.at == datetime.fromtimestamp(NOW, UTC)


def test_the_alerts_of_one_event_are_read_without_the_bad_ones(
    receiver: WebhookReceiver,
) -> None:
    """One bad row does not take the others down."""
    (row,) = ALERT["payload"]
    odd: list[object] = [
        None,
        7,
        [],
        {},
        {"room_event": 1},
        {"room_event": {"alert_event": []}},
    ]
    assert push(receiver, ALERT | {"payload": [*odd, row, row]}) == (READ, READ)


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
def test_other_events_and_empty_ones_are_taken_without_an_alert(
    receiver: WebhookReceiver, event: object
) -> None:
    """They are the vendor's, so they are acknowledged."""
    assert push(receiver, event) == ()


@pytest.mark.parametrize("room", ["A", "AB", "ABC", "ABCD"])
def test_padding_may_be_missing_or_there(clock: Clock, room: str) -> None:
    """Whatever the length of the event."""
    padded = encoded(alert_with(health_desc=room))
    read = [
        WebhookReceiver(TOKEN, now=clock).receive(body(data), signed(data))
        for data in (padded, padded.rstrip("="))
    ]
    assert [alert.alarm.description for (alert,) in read] == [room, room]


@pytest.mark.parametrize("text", ["checked", "中文 ?>~", "a", ""])
def test_a_check_of_the_url_is_answered_with_its_plain_text(
    receiver: WebhookReceiver, text: str
) -> None:
    """Without quotes, and without a change."""
    check_str = b64encode(text.encode()).decode().rstrip("=")
    assert receiver.check({"check_str": check_str}, signed(check_str)) == text


def test_a_plus_that_was_not_quoted_in_the_url_is_restored(
    receiver: WebhookReceiver,
) -> None:
    """A query reads it as a blank."""
    check_str = b64encode(b"~>~>").decode()
    assert "+" in check_str
    unquoted = check_str.replace("+", " ")
    assert receiver.check({"check_str": unquoted}, signed(check_str)) == "~>~>"


def test_a_check_that_holds_no_text_is_refused(receiver: WebhookReceiver) -> None:
    """What cannot be answered is not answered."""
    check_str = b64encode(b"\xff\xfe").decode()
    with pytest.raises(PushRejected):
        receiver.check({"check_str": check_str}, signed(check_str))


APPENDED = [b"", KEY.encode(), b64decode(KEY + "=")]


@pytest.mark.parametrize("appended", [*APPENDED, b"\n", b'{"event": 1}'])
@pytest.mark.parametrize("filler", range(0, 32, 5))
def test_an_encrypted_event_is_read(
    sealed_receiver: WebhookReceiver, appended: bytes, filler: int
) -> None:
    """What follows the JSON is ignored, and the length does not matter."""
    sent = alert_with(filler="x" * filler)
    data = encrypted(json.dumps(sent).encode() + appended)
    assert sealed_receiver.receive(body(data), signed(data)) == (READ,)


@pytest.mark.parametrize("appended", APPENDED)
def test_an_encrypted_check_is_answered_without_the_key(
    sealed_receiver: WebhookReceiver, appended: bytes
) -> None:
    """The key never leaves the house."""
    check_str = encrypted("验证 me".encode() + appended).rstrip("=")
    assert (
        sealed_receiver.check({"check_str": check_str}, signed(check_str)) == "验证 me"
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
def test_what_was_not_encrypted_as_documented_is_refused(
    sealed_receiver: WebhookReceiver, data: str
) -> None:
    """Its signature alone is not enough."""
    with pytest.raises(PushRejected):
        sealed_receiver.receive(body(data), signed(data))


def test_an_encrypted_event_is_refused_without_a_key(
    receiver: WebhookReceiver,
) -> None:
    """It is no JSON."""
    data = encrypted(json.dumps(ALERT).encode())
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


def test_a_signature_of_another_token_is_refused(receiver: WebhookReceiver) -> None:
    """Only the vendor knows ours."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, token="x" * 25))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("sent", ["", "0", "1760000000001", "é", "\ud800", "A" * 40])
def test_a_header_that_was_changed_is_refused(
    receiver: WebhookReceiver, part: str, sent: str
) -> None:
    """Each of the three is signed."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data) | {part: sent})


@pytest.mark.parametrize("part", PARTS)
def test_a_header_that_is_missing_is_refused(
    receiver: WebhookReceiver, part: str
) -> None:
    """None of the three may be absent."""
    data = encoded(ALERT)
    headers = signed(data)
    del headers[part]
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


def test_data_that_was_changed_is_refused(receiver: WebhookReceiver) -> None:
    """Another event under the signature of the first."""
    with pytest.raises(PushRejected):
        receiver.receive(
            body(encoded(alert_with(alert_kind=1))), signed(encoded(ALERT))
        )


def test_a_signature_in_upper_case_is_refused(receiver: WebhookReceiver) -> None:
    """The vendor writes lower case."""
    data = encoded(ALERT)
    headers = signed(data)
    with pytest.raises(PushRejected):
        receiver.receive(
            body(data), headers | {"signature": headers["signature"].upper()}
        )


@pytest.mark.parametrize(
    "timestamp", ["1760000000", "", "-", "1760000000000.0", "１760000000000"]
)
def test_a_signed_timestamp_of_another_form_is_refused(
    receiver: WebhookReceiver, timestamp: str
) -> None:
    """Thirteen digits, which are milliseconds."""
    data = encoded(ALERT)
    headers = {
        "timestamp": timestamp,
        "nonce": "1",
        "signature": signature(TOKEN, timestamp, "1", data),
    }
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


def test_a_signed_request_without_a_nonce_is_refused(
    receiver: WebhookReceiver,
) -> None:
    """It could be replayed."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, nonce=""))


@pytest.mark.parametrize("off", [-WINDOW, -1, 0, 1, WINDOW])
def test_a_request_of_the_last_minutes_is_taken(
    receiver: WebhookReceiver, off: float
) -> None:
    """Clocks may differ."""
    data = encoded(ALERT)
    assert receiver.receive(body(data), signed(data, at=NOW + off)) == (READ,)


@pytest.mark.parametrize("off", [-WINDOW - 0.001, WINDOW + 0.001, -NOW / 2, NOW])
def test_a_request_of_another_time_is_refused(
    receiver: WebhookReceiver, off: float
) -> None:
    """However well it is signed."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, at=NOW + off))


@pytest.mark.parametrize("off", [-WINDOW, 0, WINDOW])
@pytest.mark.parametrize("later", [0, 60, 180, 360, 660])
def test_a_request_that_is_sent_again_is_taken_without_an_alert(
    receiver: WebhookReceiver, clock: Clock, off: float, later: float
) -> None:
    """With the very same headers, and nothing but those to tell it by."""
    data = encoded(ALERT | {"trace_id": None})
    headers = signed(data, at=NOW + off)
    assert receiver.receive(body(data), headers) == (READ,)
    clock.now = max(NOW, NOW + off) + min(later, 660 + off)
    assert receiver.receive(body(data), headers) == ()


@pytest.mark.parametrize("off", [-WINDOW, 0, WINDOW])
@pytest.mark.parametrize("later", [661, 3600, 3601, 86_400])
def test_a_request_is_refused_once_the_vendor_gave_up(
    receiver: WebhookReceiver, clock: Clock, off: float, later: float
) -> None:
    """Somebody overheard it."""
    data = encoded(ALERT | {"trace_id": None})
    headers = signed(data, at=NOW + off)
    assert receiver.receive(body(data), headers) == (READ,)
    clock.now += off + later
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


def test_only_what_came_before_may_be_older_than_the_window(
    receiver: WebhookReceiver, clock: Clock
) -> None:
    """The first time it must be of now."""
    data = encoded(ALERT)
    headers = signed(data)
    clock.now += WINDOW + 1
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), headers)


def test_a_nonce_may_come_again(receiver: WebhookReceiver) -> None:
    """Only the vendor could sign something else with it."""
    data = encoded(ALERT | {"trace_id": None})
    assert receiver.receive(body(data), signed(data)) == (READ,)
    assert receiver.receive(body(data), signed(data, at=NOW + 1)) == (READ,)


def test_a_check_that_is_sent_again_is_answered_again(
    receiver: WebhookReceiver, clock: Clock
) -> None:
    """Until the vendor has given up."""
    query, headers = {"check_str": "Y2hlY2tlZA"}, signed("Y2hlY2tlZA")
    assert receiver.check(query, headers) == "checked"
    clock.now += 660
    assert receiver.check(query, headers) == "checked"
    clock.now += 1
    with pytest.raises(PushRejected):
        receiver.check(query, headers)


def test_a_check_without_its_text_is_refused(receiver: WebhookReceiver) -> None:
    """Somebody opened the URL."""
    with pytest.raises(PushRejected):
        receiver.check({}, {})


def test_a_refused_request_uses_nothing_up(receiver: WebhookReceiver) -> None:
    """A stranger cannot lock the vendor out."""
    data = encoded(ALERT)
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data, token="x"))
    with pytest.raises(PushRejected):
        receiver.receive(body("e30x="), signed(data))
    assert receiver.receive(body(data), signed(data)) == (READ,)


def test_what_was_checked_is_not_received(receiver: WebhookReceiver) -> None:
    """A request is for one of the two."""
    data = encoded(ALERT)
    receiver.check({"check_str": data}, signed(data))
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


def test_what_was_received_is_not_deciphered_by_a_check(
    sealed_receiver: WebhookReceiver,
) -> None:
    """Else whoever overheard it could read it."""
    data = encrypted(json.dumps(ALERT).encode())
    assert sealed_receiver.receive(body(data), signed(data)) == (READ,)
    with pytest.raises(PushRejected):
        sealed_receiver.check({"check_str": data}, signed(data))


def test_an_event_that_is_sent_again_has_no_alert(receiver: WebhookReceiver) -> None:
    """It has a new nonce then, and is acknowledged."""
    assert push(receiver, ALERT, "1") == (READ,)
    assert push(receiver, ALERT, "2") == ()
    assert push(receiver, ALERT | {"trace_id": "another"}, "3") == (READ,)


def test_an_event_that_is_sent_again_later_has_no_alert(
    receiver: WebhookReceiver, clock: Clock
) -> None:
    """The vendor tries for ten minutes."""
    data = encoded(ALERT)
    alerts = []
    for minutes in (0, 1, 3, 6):
        clock.now += minutes * 60
        headers = signed(data, at=clock.now, nonce=f"{clock.now}")
        alerts.append(receiver.receive(body(data), headers))
    assert alerts == [(READ,), (), (), ()]


def test_events_without_a_trace_are_all_read(receiver: WebhookReceiver) -> None:
    """Nothing tells them apart."""
    sent = ALERT | {"trace_id": ""}
    assert [push(receiver, sent, nonce) for nonce in "12"] == [(READ,), (READ,)]


def test_what_is_remembered_is_bounded(receiver: WebhookReceiver) -> None:
    """The oldest trace is forgotten after thousands of others, and only that."""
    for number in range(5000):
        push(receiver, ALERT | {"trace_id": number}, str(number))
    assert push(receiver, ALERT | {"trace_id": 1000}, "5000") == ()
    assert push(receiver, ALERT | {"trace_id": 0}, "5001") == (READ,)


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
def test_a_body_of_another_shape_is_refused(
    receiver: WebhookReceiver, sent: bytes
) -> None:
    """Whatever its headers say."""
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
def test_signed_data_of_another_shape_is_refused(
    receiver: WebhookReceiver, plain: bytes
) -> None:
    """An event is a JSON object."""
    data = b64encode(plain).decode()
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


@pytest.mark.parametrize(
    "data", ["e", "e*30=", "e30=\n", "e3=0", "-_-_", "é", "\ud800"]
)
def test_signed_data_that_is_no_base64_is_refused(
    receiver: WebhookReceiver, data: str
) -> None:
    """Nothing is skipped in it."""
    with pytest.raises(PushRejected):
        receiver.receive(body(data), signed(data))


def test_blanks_before_the_json_are_skipped(receiver: WebhookReceiver) -> None:
    """In the body and in the event."""
    data = b64encode(b"\r\n " + json.dumps(ALERT).encode()).decode()
    assert receiver.receive(b"\n " + body(data), signed(data)) == (READ,)


def test_a_body_is_refused_from_its_limit_on(receiver: WebhookReceiver) -> None:
    """It is not even read."""
    data = encoded(ALERT)
    sent = body(data)
    longest = sent + b" " * (WebhookReceiver.max_body_bytes - len(sent))
    with pytest.raises(PushRejected):
        receiver.receive(longest + b" ", signed(data))
    assert receiver.receive(longest, signed(data)) == (READ,)


@pytest.mark.parametrize("token", ["", None])
def test_a_webhook_has_a_token(token: Any) -> None:
    """Without one anyone could sign."""
    with pytest.raises(ValueError, match="a webhook needs a token"):
        WebhookReceiver(token)


@pytest.mark.parametrize("key", [KEY[:-1], KEY + "=", KEY[:-1] + "é", KEY[:-1] + "\n"])
def test_a_key_that_is_none_is_told_without_repeating_it(key: str) -> None:
    """It may be a good one with a slip of the pen."""
    with pytest.raises(ValueError, match="an EncodingAESKey has 43") as caught:
        WebhookReceiver(TOKEN, key)
    assert key[:8] not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("key", [None, ""])
def test_an_empty_key_is_none(clock: Clock, key: str | None) -> None:
    """A field left empty is absent."""
    assert push(WebhookReceiver(TOKEN, key, now=clock), ALERT) == (READ,)


def test_by_default_the_clock_is_the_machines() -> None:
    """A request of long ago is refused."""
    with pytest.raises(PushRejected):
        push(WebhookReceiver(TOKEN), ALERT)


@pytest.mark.parametrize("plain", [b"no JSON", b"\xff", b"[" * 100_000])
def test_neither_a_refusal_nor_a_receiver_tells_a_secret(
    sealed_receiver: WebhookReceiver, plain: bytes
) -> None:
    """No token, key, signature or content, and no reason."""
    data = encrypted(plain + b"content")
    headers = signed(data)
    with pytest.raises(PushRejected) as caught:
        sealed_receiver.receive(body(data), headers)
    assert (caught.value.args, caught.value.__cause__) == ((), None)
    assert caught.value.__suppress_context__ is True
    told = repr(sealed_receiver) + repr(caught.value) + str(caught.value)
    assert [x for x in (TOKEN, KEY, headers["signature"], "content") if x in told] == []


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
    """Return the alerts of a body, or the refusal."""
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
def test_no_request_whatever_is_taken_unsigned(
    key: str | None, sent: bytes, headers: dict[str, str]
) -> None:
    """It is refused, and nothing else is raised."""
    receiver = WebhookReceiver(TOKEN, key, now=Clock())
    assert isinstance(outcome_of(receiver, sent, headers), PushRejected)
    with pytest.raises(PushRejected):
        receiver.check({"check_str": sent.decode("latin-1")}, headers)


@pytest.mark.parametrize("key", [None, KEY])
@given(
    data=ANY_TEXT | st.binary().map(lambda plain: b64encode(plain).decode()),
    nonce=ANY_TEXT,
)
@MANY
def test_no_signed_data_whatever_upsets_the_receiver(
    key: str | None, data: str, nonce: str
) -> None:
    """It is read or refused, and nothing else is raised."""
    receiver = WebhookReceiver(TOKEN, key, now=Clock())
    outcome = outcome_of(receiver, body(data), signed(data, nonce=nonce))
    assert isinstance(outcome, tuple | PushRejected)


@given(plain=st.binary(max_size=80))
@MANY
def test_no_plain_text_whatever_upsets_the_decryption(plain: bytes) -> None:
    """A receiver with a key answers the text, or refuses what is none."""
    receiver = WebhookReceiver(TOKEN, KEY, now=Clock())
    data = encrypted(plain)
    assert isinstance(
        outcome_of(receiver, body(data), signed(data)), tuple | PushRejected
    )


@given(
    payload=rows_of(("operate_time", "room_event")) | st.lists(ANY_ROW, max_size=1),
    trace=ANY_JSON,
)
@MANY
def test_no_event_whatever_upsets_the_reading(payload: object, trace: object) -> None:
    """Alerts are read, each of which begins or ends."""
    data = encoded({"event": "room.alert", "trace_id": trace, "payload": payload})
    receiver = WebhookReceiver(TOKEN, now=Clock())
    outcome: Any = outcome_of(receiver, body(data), signed(data))
    assert all(isinstance(alert, RoomAlert) for alert in outcome)
