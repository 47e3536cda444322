"""Test the simulator with Tencent Meeting's own published client, unmodified."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from wemeet_openapi import (
    ApiV1DevicesGetRequest,
    ApiV1MeetingRoomsCancelRoomCallPutRequest,
    ApiV1MeetingRoomsGetRequest,
    ApiV1MeetingRoomsMeetingRoomIdGetRequest,
    ApiV1MeetingRoomsMonitorDeviceControllerInfoGetRequest,
    ApiV1MeetingRoomsOperatorIdMeetingsGetRequest,
    ApiV1MeetingRoomsRoomCallPutRequest,
    ApiV1MeetingsMeetingIdBookRoomsPostRequest,
    ApiV1MeetingsMeetingIdCancelPostRequest,
    ApiV1MeetingsMeetingIdReleaseRoomsPostRequest,
    ApiV1MeetingsPostRequest,
    ApiV1RoomsInventoryAccountStatisticsGetRequest,
    Client,
    JWTAuthenticator,
    MeetingRoomApi,
    MeetingsApi,
    ServiceException,
    V1MeetingRoomsCancelRoomCallPutRequest,
    V1MeetingRoomsRoomCallPutRequest,
    V1MeetingsMeetingIdBookRoomsPostRequest,
    V1MeetingsMeetingIdCancelPostRequest,
    V1MeetingsMeetingIdReleaseRoomsPostRequest,
    V1MeetingsPostRequest,
)
from wemeet_openapi.core import xhttp
from wemeet_openapi.core.constants import DEFAULT_SERIALIZER

from simulator import Simulator

type Run = Callable[..., Any]


@pytest.fixture
async def run() -> AsyncIterator[Run]:
    """Run the synchronous client in a thread that ends with the test."""
    with ThreadPoolExecutor(1) as pool:

        async def in_thread(call: Callable[..., Any], request: object) -> Any:
            signer = JWTAuthenticator().options_build()
            return await asyncio.get_running_loop().run_in_executor(
                pool, lambda: call(request, authenticator_options=[signer])
            )

        yield in_thread


def client_of(sim: Simulator, **changed: str) -> Client:
    """Return the client, with some credentials changed."""
    account = sim.accounts.tencent_meeting
    credentials = {
        "app_id": account.app_id,
        "sdk_id": account.sdk_id,
        "secret_id": account.secret_id,
        "secret_key": account.secret_key,
    }
    host = sim.url.removeprefix("http://")
    http = xhttp.Client(
        host=host,
        protocol="http",
        session=requests.Session(),
        serializer=DEFAULT_SERIALIZER,
    )
    return Client(**credentials | changed, clt=http)


def rooms_of(sim: Simulator, **changed: str) -> MeetingRoomApi:
    """Return the client's room APIs, with some credentials changed."""
    return client_of(sim, **changed).meeting_room_api


async def test_the_vendors_client_lists_every_room(sim: Simulator, run: Run) -> None:
    """The two pages contain all forty rooms."""
    api = rooms_of(sim)
    parameters = {
        "operator_id": "operator1",
        "operator_id_type": "1",
        "page_size": "30",
    }
    pages = [
        await run(
            api.v1_meeting_rooms_get,
            ApiV1MeetingRoomsGetRequest(page=page, **parameters),
        )
        for page in ("1", "2")
    ]
    rows = [row for page in pages for row in page.data.meeting_room_list]
    assert [row.meeting_room_id for row in rows] == sim.company.tencent_meeting.ids
    assert [row.meeting_room_status for row in rows] == [
        room.status for room in sim.company.tencent_meeting
    ]


async def test_the_vendors_client_finds_rooms_by_a_chinese_name(
    sim: Simulator, run: Run
) -> None:
    """The signature covers the client's encoding of the name."""
    sim.company.rename("tencent_meeting", "100001", "三 楼 & 会议室")
    found = await run(
        rooms_of(sim).v1_meeting_rooms_get,
        ApiV1MeetingRoomsGetRequest(
            operator_id="operator1",
            operator_id_type="1",
            meeting_room_name="三 楼 &",
        ),
    )
    assert [row.meeting_room_id for row in found.data.meeting_room_list] == ["100001"]


async def test_the_vendors_client_fetches_the_details_of_every_room(
    sim: Simulator, run: Run
) -> None:
    """The client's model accepts every room."""
    api = rooms_of(sim)
    for room in sim.company.tencent_meeting:
        answer = await run(
            api.v1_meeting_rooms_meeting_room_id_get,
            ApiV1MeetingRoomsMeetingRoomIdGetRequest(
                room.room_id, operator_id="operator1", operator_id_type="1"
            ),
        )
        assert answer.data.basic_info.meeting_room_name == room.name
        assert answer.data.hardware_info.meeting_room_status == room.status


async def test_the_vendors_client_fetches_the_devices(sim: Simulator, run: Run) -> None:
    """A failed camera is reported."""
    sim.company.change("tencent_meeting", "100001", status=2, camera=False)
    answer = await run(
        rooms_of(sim).v1_devices_get,
        ApiV1DevicesGetRequest(operator_id="operator1", operator_id_type="1"),
    )
    first = answer.data.device_info_list[0]
    assert (
        first.rooms_id
        == sim.company.tencent_meeting[0].properties.basic.rooms_id_list[0]
    )
    assert first.device_monitor_info.camera_status is False


async def test_the_vendors_client_fetches_the_controllers(
    sim: Simulator, run: Run
) -> None:
    """Every value of a controller is text."""
    answer = await run(
        rooms_of(sim).v1_meeting_rooms_monitor_device_controller_info_get,
        ApiV1MeetingRoomsMonitorDeviceControllerInfoGetRequest(
            operator_id="operator1", operator_id_type="1"
        ),
    )
    assert {row.status for row in answer.data.controller_info_list} <= {"0", "1"}


async def test_the_vendors_client_counts_the_accounts(sim: Simulator, run: Run) -> None:
    """The company has more professional accounts than it uses."""
    answer = await run(
        rooms_of(sim).v1_rooms_inventory_account_statistics_get,
        ApiV1RoomsInventoryAccountStatisticsGetRequest(
            operator_id="operator1", operator_id_type="1"
        ),
    )
    assert answer.data.pro_count > answer.data.pro_used_count > 0


async def test_the_vendors_client_lists_the_meetings_of_a_room(
    sim: Simulator, run: Run
) -> None:
    """The list contains the booking of the meeting that is held."""
    now = sim.company.clock.now
    sim.company.book("tencent_meeting", "100001", now, now + 600, subject="临时会议")
    sim.company.start_meeting("tencent_meeting", "100001")
    answer = await run(
        rooms_of(sim).v1_meeting_rooms_operator_id_meetings_get,
        ApiV1MeetingRoomsOperatorIdMeetingsGetRequest(
            "operator1",
            operator_id_type="1",
            instanceid="1",
            target_rooms_id="100001",
            target_rooms_id_type="5",
        ),
    )
    started = [
        row
        for row in answer.data.meeting_info_list
        if row.status == "MEETING_STATE_STARTED"
    ]
    assert "临时会议" in [row.subject for row in started]


@pytest.mark.parametrize(
    ("credential", "code"),
    [
        ("secret_key", 200003),
        ("secret_id", 190303),
        ("app_id", 190303),
        ("sdk_id", 190303),
    ],
)
async def test_the_vendors_client_with_a_wrong_credential_is_rejected(
    sim: Simulator, run: Run, credential: str, code: int
) -> None:
    """The vendor's exception contains the code."""
    with pytest.raises(ServiceException) as raised:
        await run(
            rooms_of(sim, **{credential: "wrong"}).v1_meeting_rooms_get,
            ApiV1MeetingRoomsGetRequest(operator_id="operator1", operator_id_type="1"),
        )
    assert f'"error_code": {code}'.encode() in raised.value.api_resp.raw_body


async def test_the_vendors_client_gets_an_error_for_an_unknown_room(
    sim: Simulator, run: Run
) -> None:
    """The HTTP status is 500."""
    with pytest.raises(ServiceException) as raised:
        await run(
            rooms_of(sim).v1_meeting_rooms_meeting_room_id_get,
            ApiV1MeetingRoomsMeetingRoomIdGetRequest(
                "999", operator_id="operator1", operator_id_type="1"
            ),
        )
    assert raised.value.api_resp.status_code == 500
    assert b"20201" in raised.value.api_resp.raw_body


OPERATOR = {"operator_id": "operator1", "operator_id_type": 1}
USER = {"userid": "operator1", "instanceid": 1}


async def create(run: Run, api: MeetingsApi, now: float) -> str:
    """Create a meeting of half an hour, and return its id."""
    times = {"start_time": str(int(now)), "end_time": str(int(now) + 1800)}
    body = V1MeetingsPostRequest(subject="周会", type=0, **times, **USER)
    answer = await run(api.v1_meetings_post, ApiV1MeetingsPostRequest(body=body))
    (row,) = answer.data.meeting_info_list
    return str(row.meeting_id)


async def test_the_vendors_client_books_and_releases_a_room(
    sim: Simulator, run: Run
) -> None:
    """The client's models have the fields that the simulator requires."""
    sim.company.clear_bookings("tencent_meeting")
    sim.company.change("tencent_meeting", "100001", scheduled_status=1)
    meetings, rooms = client_of(sim).meetings_api, rooms_of(sim)
    meeting_id = await create(run, meetings, sim.company.clock.now)
    booked = await run(
        rooms.v1_meetings_meeting_id_book_rooms_post,
        ApiV1MeetingsMeetingIdBookRoomsPostRequest(
            meeting_id,
            body=V1MeetingsMeetingIdBookRoomsPostRequest(
                meeting_room_id_list=["100001"], subject_visible=False, **OPERATOR
            ),
        ),
    )
    assert [row.meeting_room_id for row in booked.data.meeting_room_list] == ["100001"]
    await run(
        rooms.v1_meetings_meeting_id_release_rooms_post,
        ApiV1MeetingsMeetingIdReleaseRoomsPostRequest(
            meeting_id,
            body=V1MeetingsMeetingIdReleaseRoomsPostRequest(
                meeting_room_id_list=["100001"], **OPERATOR
            ),
        ),
    )
    cancelled = V1MeetingsMeetingIdCancelPostRequest(reason_code=1, **USER)
    await run(
        meetings.v1_meetings_meeting_id_cancel_post,
        ApiV1MeetingsMeetingIdCancelPostRequest(meeting_id, body=cancelled),
    )
    kinds = ["create_meeting", "book", "release", "cancel_meeting"]
    assert sim.company.writes.kinds() == kinds
    assert sim.company.meetings.active == []


async def test_the_vendors_client_calls_a_room(sim: Simulator, run: Run) -> None:
    """The call has an id that cancels it."""
    sim.company.change("tencent_meeting", "100001", is_allow_call=True)
    meetings, rooms = client_of(sim).meetings_api, rooms_of(sim)
    meeting_id = await create(run, meetings, sim.company.clock.now)
    room = OPERATOR | {"meeting_room_id": "100001"}
    body = V1MeetingRoomsRoomCallPutRequest(meeting_id=int(meeting_id), **room)
    called = await run(
        rooms.v1_meeting_rooms_room_call_put,
        ApiV1MeetingRoomsRoomCallPutRequest(body=body),
    )
    cancelled = V1MeetingRoomsCancelRoomCallPutRequest(
        instance_id=1,
        invite_id=called.data.invite_id,
        meeting_id=meeting_id,
        **room,
    )
    await run(
        rooms.v1_meeting_rooms_cancel_room_call_put,
        ApiV1MeetingRoomsCancelRoomCallPutRequest(body=cancelled),
    )
    assert sim.company.writes.kinds() == ["create_meeting", "call", "cancel_call"]
