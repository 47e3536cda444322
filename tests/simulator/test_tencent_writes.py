"""Test that Tencent Meeting books, releases and calls rooms, and what it rejects."""

from typing import Any

import pytest

from simulator import RoomBookingStatus, Simulator
from simulator.clock import DAY

from .clients import Reply, TencentClient

VENDOR = "tencent_meeting"
MINUTE, HOUR = 60, 3600
USER = {"userid": "operator1", "instanceid": 1}
OPERATOR = {"operator_id": "operator1", "operator_id_type": 1}
CANCEL = USER | {"reason_code": 1}


@pytest.fixture
def now(sim: Simulator) -> int:
    """Return the present second, in which no room has a booking."""
    sim.company.clear_bookings(VENDOR)
    sim.company.change(VENDOR, "100001", scheduled_status=1, is_allow_call=True)
    sim.company.change(VENDOR, "100002", scheduled_status=1)
    return int(sim.company.clock.now)


def meeting(now: int, **changed: Any) -> dict[str, Any]:
    """Return the body that creates a meeting of an hour."""
    times = {"start_time": str(now), "end_time": str(now + HOUR)}
    return USER | {"subject": "周会", "type": 0} | times | changed


def rooms(*room_ids: str, **changed: Any) -> dict[str, Any]:
    """Return the body that books or releases rooms."""
    return OPERATOR | {"meeting_room_id_list": [*(room_ids or ("100001",))]} | changed


async def created(tencent: TencentClient, now: int, **changed: Any) -> str:
    """Create a meeting, and return its id."""
    reply = await tencent.write("/v1/meetings", meeting(now, **changed))
    (row,) = reply.json["meeting_info_list"]
    return str(row["meeting_id"])


async def book(
    tencent: TencentClient, meeting_id: str, *room_ids: str, **changed: Any
) -> Reply:
    """Book rooms for a meeting."""
    path = f"/v1/meetings/{meeting_id}/book-rooms"
    return await tencent.write(path, rooms(*room_ids, **changed))


async def release(tencent: TencentClient, meeting_id: str, *room_ids: str) -> Reply:
    """Release rooms of a meeting."""
    path = f"/v1/meetings/{meeting_id}/release-rooms"
    return await tencent.write(path, rooms(*room_ids))


async def cancel(tencent: TencentClient, meeting_id: str) -> Reply:
    """Cancel a meeting."""
    return await tencent.write(f"/v1/meetings/{meeting_id}/cancel", CANCEL)


async def states(tencent: TencentClient, room_id: str = "100001") -> list[str]:
    """Return the ids and states of the meetings of a room."""
    reply = await tencent.get(
        "/v1/meeting-rooms/operator1/meetings",
        target_rooms_id=room_id,
        target_rooms_id_type="5",
        instanceid="1",
    )
    rows = reply.json.get("meeting_info_list", [])
    return [str(row["status"]).removeprefix("MEETING_STATE_") for row in rows]


# What is carried out


async def test_a_room_is_booked_for_a_new_meeting_and_released(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The meeting remains without a room until it is cancelled."""
    meeting_id = await created(tencent, now)
    assert await states(tencent) == []
    booked = await book(tencent, meeting_id, subject_visible=False)
    name = sim.company.tencent_meeting["100001"].name
    row = {"meeting_room_id": "100001", "meeting_room_name": name}
    assert booked.json == {"meeting_room_list": [row]}
    assert await states(tencent) == ["INIT"]
    assert sim.company.meetings.left_over == []
    assert (await release(tencent, meeting_id)).json == {}
    assert await states(tencent) == ["RECYCLED"]
    assert [each.meeting_id for each in sim.company.meetings.left_over] == [meeting_id]
    assert (await cancel(tencent, meeting_id)).json == {}
    assert sim.company.meetings.left_over == []
    assert sim.company.writes.kinds() == [
        *("create_meeting", "book", "release", "cancel_meeting"),
    ]


async def test_a_cancelled_meeting_frees_its_rooms(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """Each of its rooms shows the cancelled meeting."""
    meeting_id = await created(tencent, now)
    await book(tencent, meeting_id, "100001", "100002")
    await cancel(tencent, meeting_id)
    assert await states(tencent, "100001") == ["CANCELLED"]
    assert await states(tencent, "100002") == ["CANCELLED"]
    assert sim.company.writes.count("book", VENDOR, meeting_id) == 2
    assert sim.company.meetings.active == []


async def test_a_meeting_of_another_organizer_loses_its_room(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The operator may release any room, and cancel only the operator's own meetings."""
    other = sim.company.book(VENDOR, "100001", now, now + HOUR)
    assert (await cancel(tencent, other.booking_id)).code == 9102
    assert (await release(tencent, other.booking_id)).status == 200
    assert await states(tencent) == ["RECYCLED"]


async def test_all_occurrences_are_released_together(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The vendor has no API for one of them."""
    for start in (now, now + DAY):
        sim.company.book(VENDOR, "100001", start, start + HOUR, recurring_id="77")
    await release(tencent, "77")
    assert await states(tencent) == ["RECYCLED", "RECYCLED"]


async def test_a_room_is_called_and_the_call_is_cancelled(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The call has an id of its own, which cancels it once."""
    meeting_id = await created(tencent, now)
    room = OPERATOR | {"meeting_room_id": "100001"}
    called = await tencent.write(
        "/v1/meeting-rooms/room-call", room | {"meeting_id": int(meeting_id)}, "PUT"
    )
    call = {"meeting_id": meeting_id, "instance_id": 1}
    body = room | call | {"invite_id": called.json["invite_id"]}
    path = "/v1/meeting-rooms/cancel-room-call"
    replies = [await tencent.write(path, body, "PUT") for _ in range(2)]
    assert called.json["status"] == 1
    assert [reply.status for reply in replies] == [200, 400]
    assert sim.company.writes.kinds() == ["create_meeting", "call", "cancel_call"]


# What is rejected


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"userid": "someone"}, 190001),
        ({"userid": ""}, 190004),
        ({"userid": None}, 190004),
        ({"instanceid": "1"}, 190004),
        ({"instanceid": True}, 190004),
        ({"subject": ""}, 190004),
        ({"subject": 7}, 190004),
        ({"type": 1}, 190004),
        ({"type": "0"}, 190004),
        ({"start_time": 1_700_000_000}, 190004),
        ({"start_time": "1700000000000"}, 190004),
        ({"end_time": "1700000000"}, 190004),
        ({"end_time": "soon"}, 190004),
    ],
)
async def test_a_meeting_with_a_wrong_field_is_rejected(
    sim: Simulator,
    tencent: TencentClient,
    now: int,
    changed: dict[str, Any],
    code: int,
) -> None:
    """Times are text and in seconds, the other numbers are integers."""
    reply = await tencent.write("/v1/meetings", meeting(now, **changed))
    assert reply.code == code
    assert len(sim.company.writes) == 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"operator_id": "someone"}, 190001),
        ({"operator_id": None}, 190004),
        ({"operator_id_type": "1"}, 190004),
        ({"operator_id_type": 2}, 190004),
        ({"meeting_room_id_list": "100001"}, 190004),
        ({"meeting_room_id_list": []}, 190004),
        ({"meeting_room_id_list": [100001]}, 190004),
        ({"meeting_room_id_list": ["100001", "100001"]}, 190004),
        ({"meeting_room_id_list": ["999"]}, 20201),
        ({"subject_visible": "true"}, 190004),
    ],
)
async def test_a_booking_with_a_wrong_field_is_rejected(
    sim: Simulator,
    tencent: TencentClient,
    now: int,
    changed: dict[str, Any],
    code: int,
) -> None:
    """Nothing is booked."""
    meeting_id = await created(tencent, now)
    assert (await book(tencent, meeting_id, **changed)).code == code
    assert sim.company.writes.count("book") == 0


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (15 * MINUTE - 1, 400),
        (15 * MINUTE, 200),
        (DAY, 200),
        (DAY + 1, 400),
    ],
)
async def test_a_booking_lasts_from_15_minutes_to_24_hours(
    tencent: TencentClient, now: int, seconds: int, status: int
) -> None:
    """The meeting itself may be shorter or longer."""
    meeting_id = await created(tencent, now, end_time=str(now + seconds))
    assert (await book(tencent, meeting_id)).status == status


async def test_a_recurring_meeting_is_not_booked(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """Neither a new one nor one that has a room."""
    new = await created(tencent, now, meeting_type=1)
    sim.company.book(VENDOR, "100001", now, now + HOUR, recurring_id="77")
    codes = [(await book(tencent, each, "100002")).code for each in (new, "77")]
    assert codes == [190004, 190004]


async def test_a_room_is_not_booked_twice(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """A meeting that begins at the end of another one follows it; of two rooms none is booked."""
    first, second = await created(tencent, now), await created(tencent, now)
    later = await created(
        tencent, now, start_time=str(now + HOUR), end_time=str(now + 2 * HOUR)
    )
    await book(tencent, first)
    assert (await book(tencent, second, "100002", "100001")).code == 20006
    assert (await book(tencent, later)).status == 200
    assert await states(tencent, "100002") == []
    assert [each.meeting_id for each in sim.company.meetings.left_over] == [second]


async def test_a_released_booking_does_not_reserve_the_room(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """Another meeting can be held there."""
    other = sim.company.book(
        VENDOR, "100001", now, now + HOUR, status=RoomBookingStatus.RELEASED
    )
    assert (await book(tencent, await created(tencent, now))).status == 200
    assert (await release(tencent, other.booking_id)).code == 9003


async def test_a_room_that_is_not_open_for_booking_is_not_booked(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """Its `scheduled_status` is 0."""
    sim.company.change(VENDOR, "100001", scheduled_status=0)
    assert (await book(tencent, await created(tencent, now))).code == 9100


async def test_a_room_that_does_not_allow_calls_is_not_called(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The id of the meeting is an integer, and that of an existing one."""
    meeting_id = await created(tencent, now)
    body = OPERATOR | {"meeting_room_id": "100001"}
    codes = [
        (
            await tencent.write(
                "/v1/meeting-rooms/room-call", body | {"meeting_id": each}, "PUT"
            )
        ).code
        for each in (meeting_id, 7)
    ]
    sim.company.change(VENDOR, "100001", is_allow_call=False)
    refused = await tencent.write(
        "/v1/meeting-rooms/room-call", body | {"meeting_id": int(meeting_id)}, "PUT"
    )
    assert [*codes, refused.code] == [190004, 9003, 190004]


async def test_a_meeting_that_is_cancelled_or_over_is_unknown(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """As is one that never existed."""
    cancelled, over = await created(tencent, now), await created(tencent, now)
    await cancel(tencent, cancelled)
    sim.company.advance(HOUR)
    for meeting_id in (cancelled, over, "7"):
        assert (await book(tencent, meeting_id)).code == 9003
        assert (await release(tencent, meeting_id)).code == 9003
        assert (await cancel(tencent, meeting_id)).code == 9003


async def test_a_room_of_another_meeting_is_not_released(
    tencent: TencentClient, now: int
) -> None:
    """The meeting exists, but not in this room."""
    meeting_id = await created(tencent, now)
    assert (await release(tencent, meeting_id)).code == 20201


async def test_an_operator_without_the_right_books_nothing(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The operator may still view the rooms."""
    meeting_id = await created(tencent, now)
    sim.accounts.tencent_meeting.operator_may_book = False
    assert (await book(tencent, meeting_id)).code == 9042
    assert (await tencent.write("/v1/meetings", meeting(now))).code == 9042
    assert (await tencent.get()).status == 200


@pytest.mark.parametrize(
    ("api", "path"),
    [
        ("create_meeting", "/v1/meetings"),
        ("book_rooms", "/v1/meetings/7/book-rooms"),
        ("release_rooms", "/v1/meetings/7/release-rooms"),
        ("cancel_meeting", "/v1/meetings/7/cancel"),
    ],
)
async def test_each_api_needs_its_permission(
    sim: Simulator, tencent: TencentClient, api: str, path: str
) -> None:
    """Revoking one permission leaves the others."""
    sim.accounts.tencent_meeting.permissions.revoke(api)
    assert (await tencent.write(path, "{}")).code == 9042
    sim.accounts.tencent_meeting.permissions.grant()
    assert (await tencent.write(path, "{}")).code == 190004


async def test_the_body_is_part_of_the_signature(tencent: TencentClient) -> None:
    """A changed body is rejected."""
    headers = tencent.headers("/v1/meetings", "POST", "{}")
    url = f"{tencent.sim.url}/v1/meetings"
    async with tencent.session.post(url, headers=headers, data=b"{ }") as response:
        assert (await response.json())["error_info"]["error_code"] == 200003


@pytest.mark.parametrize("body", ["", "[]", "{", '"text"'])
async def test_a_body_that_is_no_object_is_rejected(
    tencent: TencentClient, body: str
) -> None:
    """It is signed correctly."""
    assert (await tencent.write("/v1/meetings", body)).code == 200006


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v1/meetings"),
        ("PUT", "/v1/meetings/7/book-rooms"),
        ("POST", "/v1/meetings/7/other"),
        ("POST", "/v1/meeting-rooms/room-call"),
        ("DELETE", "/v1/meetings/7/cancel"),
    ],
)
async def test_another_method_is_not_found(
    tencent: TencentClient, method: str, path: str
) -> None:
    """The vendor has no such API."""
    assert (await tencent.write(path, "{}", method)).status == 404


async def test_a_user_creates_a_limited_number_of_meetings(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The limits are per minute and per day."""
    limits = sim.accounts.tencent_meeting.limits
    limits.meetings_per_minute = 2
    replies = [await tencent.write("/v1/meetings", meeting(now)) for _ in range(3)]
    assert [reply.status for reply in replies] == [200, 200, 500]
    assert replies[-1].code == 9008
    limits.meetings_per_minute, limits.meetings_per_day = 100, 2
    assert (await tencent.write("/v1/meetings", meeting(now))).code == 9008
    limits.enabled = False
    assert (await tencent.write("/v1/meetings", meeting(now))).status == 200


async def test_a_request_is_logged_with_its_room(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """Tests count the requests that arrived, and the changes that were carried out."""
    meeting_id = await created(tencent, now)
    await book(tencent, meeting_id)
    await book(tencent, meeting_id)
    assert sim.requests.count(VENDOR, "book_rooms", "100001") == 2
    assert sim.company.writes.count("book", VENDOR, room_id="100001") == 1
    sim.company.writes.clear()
    assert list(sim.company.writes) == []
