"""Test the events about meetings that Tencent Meeting pushes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.push import PushedEvents
from custom_components.meeting_rooms.api.tencent_meeting.webhook import WebhookReceiver

from ..any_json import ANY_JSON, MANY, objects_of, rows_of
from .test_webhook import ALERT, NOTHING, NOW, TOKEN, body, encoded, push, signed

EVENTS = (
    "meeting.created",
    "meeting.updated",
    "meeting.canceled",
    "meeting.started",
    "meeting.end",
)
ROOM = {"meeting_room_id": 6058890385480921052, "rooms_id": "200115200039985708"}
ROOM_ID = "6058890385480921052"
TITLE = "A secret title"


@pytest.fixture(autouse=True)
def clock(freezer: FrozenDateTimeFactory) -> None:
    """Stop the clock."""
    freezer.move_to(datetime.fromtimestamp(NOW, UTC))


@pytest.fixture
def receiver() -> WebhookReceiver:
    """Return a receiver of plain events."""
    return WebhookReceiver(TOKEN)


def event(*payload: object, kind: str = "meeting.updated") -> dict[str, Any]:
    """Return an event about meetings."""
    return {"event": kind, "trace_id": "1", "payload": [*payload]}


def meeting(*rooms: object) -> dict[str, Any]:
    """Return a row of an event about a meeting in some rooms."""
    info = {"subject": TITLE, "meeting_code": "123456789", "rooms_info": [*rooms]}
    return {"operate_time": int(NOW * 1000), "meeting_info": info}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_names_the_rooms_whose_bookings_changed(
    receiver: WebhookReceiver, kind: str
) -> None:
    """It has no alerts."""
    received = push(receiver, event(meeting(ROOM), kind=kind))
    assert received == PushedEvents(rooms=frozenset({ROOM_ID}))


@pytest.mark.parametrize(
    ("room", "named"),
    [
        (ROOM, ROOM_ID),
        ({"meeting_room_id": "100001"}, "100001"),
        ({"meeting_room_id": 100001, "rooms_id": None}, "100001"),
        ({"rooms_id": "200115"}, "200115"),
        ({"meeting_room_id": "", "rooms_id": 200115}, "200115"),
    ],
)
def test_a_room_is_named_by_its_id_or_that_of_its_device(
    receiver: WebhookReceiver, room: Mapping[str, object], named: str
) -> None:
    """Ids are numbers or text."""
    assert push(receiver, event(meeting(room))).rooms == {named}


def test_rooms_may_be_listed_beside_the_meeting(receiver: WebhookReceiver) -> None:
    """The rooms of all rows count."""
    beside = {"meeting_info": {}, "rooms_info": [{"meeting_room_id": 1}]}
    rows = (beside, meeting({"meeting_room_id": 2}, {"meeting_room_id": 3}))
    assert push(receiver, event(*rows)).rooms == {"1", "2", "3"}


@pytest.mark.parametrize(
    "payload",
    [
        [meeting()],
        [{"meeting_info": {"subject": TITLE}}],
        [{"meeting_info": [ROOM]}],
        [meeting(None, 7, [ROOM], {}, {"meeting_room_id": "1" * 500})],
        [{"rooms_info": ROOM}],
        ["rooms_info", None],
        {"rooms_info": [ROOM]},
        None,
    ],
)
def test_an_event_without_a_room_has_no_content(
    receiver: WebhookReceiver, payload: object
) -> None:
    """Most meetings are held without a room."""
    sent = event() | {"payload": payload}
    assert push(receiver, sent) == NOTHING


@pytest.mark.parametrize(
    "kind", ["meeting.deleted", "room.alert", "recording.completed"]
)
def test_other_events_name_no_rooms(receiver: WebhookReceiver, kind: str) -> None:
    """They say nothing about bookings."""
    assert push(receiver, event(meeting(ROOM), kind=kind)) == NOTHING


def test_an_alert_changes_no_bookings(receiver: WebhookReceiver) -> None:
    """It names a room, too."""
    assert push(receiver, ALERT).rooms == frozenset()


def test_a_repeated_event_has_no_content(receiver: WebhookReceiver) -> None:
    """The vendor signs each delivery again."""
    sent = event(meeting(ROOM))
    assert push(receiver, sent, "1").rooms
    assert push(receiver, sent, "2") == NOTHING


def test_no_text_of_a_meeting_is_kept(receiver: WebhookReceiver) -> None:
    """Neither the title nor the code is."""
    received = push(receiver, event(meeting(ROOM)))
    assert TITLE not in repr((received, vars(receiver)))
    assert "123456789" not in repr((received, vars(receiver)))


ROOMS = rows_of(("meeting_room_id", "rooms_id"))
ROWS = st.lists(
    ANY_JSON
    | objects_of(("meeting_info", "rooms_info"))
    | st.fixed_dictionaries(
        {},
        optional={
            "rooms_info": ROOMS,
            "meeting_info": st.fixed_dictionaries({"rooms_info": ROOMS}),
        },
    ),
    max_size=3,
)


@given(kind=st.sampled_from(EVENTS), payload=ANY_JSON | ROWS, trace=ANY_JSON)
@MANY
def test_any_event_is_accepted(kind: str, payload: object, trace: object) -> None:
    """Each room is named by text."""
    data = encoded({"event": kind, "trace_id": trace, "payload": payload})
    received = WebhookReceiver(TOKEN).receive(body(data), signed(data))
    assert received.alerts == ()
    assert all(room and isinstance(room, str) for room in received.rooms)
