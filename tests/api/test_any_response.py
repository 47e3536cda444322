"""Test that a client parses any JSON object or raises an ApiError."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPMethod
import json
from typing import Any, override

from aiohttp import ClientSession
from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.budget import ApiRequest
from custom_components.meeting_rooms.api.client import (
    NewBooking,
    TrackedConference,
    VendorClient,
)
from custom_components.meeting_rooms.api.errors import ApiError
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.quanshi.requests import QuanshiAccount
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingAccount,
    TencentMeetingClient,
)
from custom_components.meeting_rooms.api.transport import Transport, VendorResponse
from custom_components.meeting_rooms.api.wecom.client import WeComAccount, WeComClient

from .accounts import unlimited
from .any_json import ANY_JSON, MANY, objects_of, rows_of
from .fixtures import sample_json

ROW = (
    "meeting_room_id",
    "meeting_room_status",
    "rooms_id",
    "health_status",
    "alarm_info_list",
    "device_monitor_info",
    "active_time",
    "mac_address",
)
CALENDAR_ROW = ("meetingroom_id", "name", "capacity", "city", "building", "floor")
CALENDAR_BOOKING = (
    *("booking_id", "meeting_id", "start_time", "end_time", "booker", "status"),
)
MEETING = ("meeting_id", "subject", "status", "start_time", "end_time")
SPAN = {
    "start": datetime(1970, 1, 2, tzinfo=UTC),
    "end": datetime(2300, 1, 1, tzinfo=UTC),
}
BOOKING = (
    *sample_json("quanshi_conference_infos")["result"][0],
    *("roomId", "name", "tempConferenceId", "conferences"),
)


class FixedResponse(Transport):
    """A transport that always returns the same response."""

    def __init__(self, session: ClientSession, fields: dict[str, object]) -> None:
        """Store the fields of the response without a session."""
        super().__init__(session, "http://127.0.0.1:1", unlimited())
        self._fields = fields

    @override
    async def send(
        self,
        request: ApiRequest,
        method: HTTPMethod,
        path_and_query: str,
        *,
        error_of: Callable[[VendorResponse], ApiError | None],
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> VendorResponse:
        """Return the response, or raise its error."""
        answer = VendorResponse(200, self._fields)
        if error := error_of(answer):
            raise error
        return answer


def tencent(transport: Transport) -> VendorClient:
    """Return a client of Tencent Meeting."""
    account = TencentMeetingAccount(
        app_id="1", secret_id="2", secret_key="3", operator_id="4"
    )
    return TencentMeetingClient(transport, account)


def wecom(transport: Transport) -> VendorClient:
    """Return a client of WeCom."""
    account = WeComAccount(corp_id="1", corp_secret="2")
    return WeComClient(transport, account)


def quanshi(transport: Transport) -> VendorClient:
    """Return a client of Quanshi."""
    return QuanshiClient(transport, QuanshiAccount(user_id="1", token="2"))


SPAN = {
    "start": datetime(2026, 11, 21, 12, tzinfo=UTC),
    "end": datetime(2026, 11, 22, 12, tzinfo=UTC),
}
METHODS: list[tuple[Callable[[Transport], VendorClient], str, dict[str, Any]]] = [
    (tencent, "fetch_live", {}),
    (tencent, "fetch_details", {"room_id": "1"}),
    (tencent, "fetch_devices", {}),
    (tencent, "fetch_alarms", {}),
    (tencent, "fetch_controllers", {}),
    (tencent, "fetch_bookings", {"room_id": "1", **SPAN}),
    (wecom, "fetch_live", {}),
    (wecom, "fetch_details", {"room_id": "1"}),
    (wecom, "fetch_devices", {}),
    (wecom, "fetch_controllers", {}),
    (wecom, "fetch_calendar_rooms", {}),
    (wecom, "fetch_calendar", SPAN),
    (wecom, "fetch_bookings", SPAN | {"room_id": "1"}),
    (quanshi, "fetch_live", {"tracked": [TrackedConference(event_id="7", run_id="8")]}),
    (quanshi, "find_conference", {"event_id": "7", "pcode": None, "run_id": "8"}),
    (quanshi, "find_conference", {"event_id": None, "pcode": "9", "run_id": None}),
]
BOOKING_TO_MAKE = NewBooking(room_id="1", **SPAN, subject="会议", organizer="7")
WRITES: list[tuple[Callable[[Transport], VendorClient], str, tuple[Any, ...]]] = [
    (tencent, "create_meeting", (BOOKING_TO_MAKE,)),
    (tencent, "book_room", (BOOKING_TO_MAKE, "8")),
    (tencent, "release_room", ("1", "8")),
    (tencent, "cancel_meeting", ("8",)),
    (tencent, "call_room", ("1", "8")),
    (tencent, "cancel_call", ("1", "8")),
    (wecom, "book_room", (BOOKING_TO_MAKE, None)),
    (wecom, "release_room", ("1", "8")),
    (wecom, "call_room", ("1", "8")),
    (wecom, "cancel_call", ("1", "8")),
]
ROWS = rows_of(ROW)
BOOKINGS = rows_of(BOOKING)
SCHEDULE = st.fixed_dictionaries(
    {"meetingroom_id": st.just(1) | ANY_JSON, "schedule": rows_of(CALENDAR_BOOKING)}
)
CALENDARS = st.lists(SCHEDULE, max_size=4) | rows_of(("meetingroom_id", "schedule"))
RESPONSES = st.fixed_dictionaries(
    {},
    optional={
        "error_info": ANY_JSON | objects_of(["error_code"]),
        "total_count": ANY_JSON,
        "meeting_room_list": ROWS,
        "device_info_list": ROWS,
        "monitor_info_list": ROWS,
        "meeting_info_list": rows_of(MEETING),
        "controller_info_list": ROWS,
        "meetingroom_list": rows_of(CALENDAR_ROW),
        "booking_list": CALENDARS,
        "booking_id": ANY_JSON,
        "meeting_id": ANY_JSON,
        "invite_id": ANY_JSON,
        "basic_info": ANY_JSON,
        "hardware_info": ANY_JSON,
        "errcode": st.just(0) | ANY_JSON,
        "errmsg": ANY_JSON,
        "access_token": ANY_JSON,
        "expires_in": ANY_JSON,
        "has_more": st.booleans(),
        "next_cursor": ANY_JSON,
        "status": st.just(0) | ANY_JSON,
        "msg": ANY_JSON,
        "result": BOOKINGS | BOOKINGS.map(lambda rows: json.dumps(rows, default=str)),
    },
)
SUCCESS = {"access_token": "T", "errcode": 0, "status": 0}


@pytest.mark.parametrize(("create", "method", "arguments"), METHODS)
@given(fields=RESPONSES | RESPONSES.map(lambda fields: fields | SUCCESS))
@MANY
async def test_a_response_is_parsed_or_is_an_api_error(
    session: ClientSession,
    create: Callable[[Transport], VendorClient],
    method: str,
    arguments: dict[str, Any],
    fields: dict[str, object],
) -> None:
    """No other exception is raised."""
    client = create(FixedResponse(session, fields))
    fetch: Callable[..., Awaitable[object]] = getattr(client, method)
    outcome: object
    try:
        outcome = await fetch(**arguments)
    except ApiError as err:
        outcome = err
    assert outcome is not None
    assert isinstance(repr(outcome), str)


@pytest.mark.parametrize(("create", "method", "arguments"), WRITES)
@given(fields=RESPONSES | RESPONSES.map(lambda fields: fields | SUCCESS))
@MANY
async def test_a_write_returns_text_or_is_an_api_error(
    session: ClientSession,
    create: Callable[[Transport], VendorClient],
    method: str,
    arguments: tuple[Any, ...],
    fields: dict[str, object],
) -> None:
    """No other exception is raised."""
    write: Callable[..., Awaitable[object]] = getattr(
        create(FixedResponse(session, fields)), method
    )
    outcome: object
    try:
        outcome = await write(*arguments)
    except ApiError as err:
        outcome = err
    assert isinstance(outcome, str | None | ApiError)
