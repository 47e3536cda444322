"""Test that the entities of a conference show the truth."""

from collections.abc import Mapping
from datetime import UTC, datetime
import json
from typing import Any

import pytest

from simulator import Approval, ResultForm
from simulator.company.booking import Booking, RoomRequest

from .home import QUANSHI, Home

NOT_BEFORE_ITS_RUN = (
    "participants",
    "recording",
    "voip",
    "phone",
    "video",
    "screen_shares",
    "hardware_video",
    "room_boxes",
    "started_at",
    "ended_at",
    "duration",
    "secure",
    "data_center",
    "host_location",
)
COUNTS = {
    "participants": "attendeeCnt",
    "voip": "voipCnt",
    "phone": "pstnCnt",
    "video": "videoCnt",
    "screen_shares": "desktopCnt",
    "hardware_video": "mcuCnt",
    "room_boxes": "boxCnt",
}


def moment(seconds: float) -> str:
    """Return a moment as a timestamp shows it."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


@pytest.fixture
def held(home: Home) -> Booking:
    """Return a conference that is being held, one of only two."""
    return home.leave_two_conferences()[0]


@pytest.fixture
def to_come(home: Home) -> Booking:
    """Return a conference that is to come, one of only two."""
    return home.leave_two_conferences()[1]


async def shown(home: Home, booking: Booking, *keys: str) -> dict[str, str]:
    """Set the account up, and return what is shown of a conference."""
    entry = await home.add(QUANSHI)
    await home.enable_all(entry)
    event = ("event", str(booking.event_id))
    return {key: home.shown(QUANSHI, *event, key) for key in keys}


async def test_a_conference_that_is_being_held(home: Home, held: Booking) -> None:
    """Its booked times, its host, its live counts."""
    (run,) = held.sessions
    run.recording, run.secure = True, False
    counts = run.counts(home.clock().timestamp())
    expected = {
        "status": "in_progress",
        "in_progress": "on",
        "start": moment(held.start),
        "end": moment(held.end),
        "host": held.host_name,
        "started_at": moment(run.start),
        "ended_at": "unknown",
        "recording": "on",
        "secure": "off",
        "data_center": "阿里云",
        "host_location": "上海",
        "invited": "2",
        "recurrence": "single",
        "on_site": "off",
        "rooms": str(len(held.requests)),
        "run_id": run.temp_id,
        "event_id": str(held.event_id),
        **{key: str(counts[name]) for key, name in COUNTS.items()},
    }
    assert await shown(home, held, *expected) == expected


async def test_a_conference_that_is_to_come(home: Home, to_come: Booking) -> None:
    """Nothing is known of its run."""
    found = await shown(home, to_come, "status", "in_progress", "start")
    assert found == {
        "status": "created",
        "in_progress": "off",
        "start": moment(to_come.start),
    }
    event = ("event", str(to_come.event_id))
    run = {home.shown(QUANSHI, *event, key) for key in NOT_BEFORE_ITS_RUN}
    assert run == {"unknown"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recurring": True}, {"recurrence": "recurring"}),
        ({"on_site": True}, {"on_site": "on"}),
        (
            {"cancelled": True, "sessions": []},
            {"status": "cancelled", "in_progress": "off"},
        ),
        ({"requests": []}, {"rooms": "0"}),
        (
            {"requests": [RoomRequest(6516, Approval.PENDING)]},
            {"rooms": "0", "status": "in_progress"},
        ),
        ({"requests": [RoomRequest(6516, Approval.REFUSED)]}, {"rooms": "0"}),
        ({"requests": [RoomRequest(6516, Approval.WITHDRAWN)]}, {"rooms": "0"}),
        (
            {"requests": [RoomRequest(6516), RoomRequest(6518, Approval.PENDING)]},
            {"rooms": "1"},
        ),
        ({"requests": [RoomRequest(6516), RoomRequest(6518)]}, {"rooms": "2"}),
    ],
    ids=str,
)
async def test_what_is_special_about_a_conference(
    home: Home, held: Booking, changes: Mapping[str, Any], expected: dict[str, str]
) -> None:
    """Only rooms that were approved are held, and in use."""
    for field, value in changes.items():
        setattr(held, field, value)
    assert await shown(home, held, *expected) == expected
    for room_id, word in home.sim.company.quanshi.truth().items():
        assert home.shown(QUANSHI, room_id, "status") == word


@pytest.mark.parametrize(
    ("recording", "value"), [(True, "on"), (False, "off"), (None, "unknown")]
)
async def test_whether_a_conference_is_recorded(
    home: Home, held: Booking, recording: bool | None, value: str
) -> None:
    """The vendor may not know."""
    held.sessions[0].recording = recording
    assert await shown(home, held, "recording") == {"recording": value}


@pytest.mark.parametrize(
    ("status", "word"),
    [(1, "created"), (2, "in_progress"), (4, "ended"), (5, "expired")],
)
async def test_the_live_state_of_a_conference(
    home: Home, held: Booking, status: int, word: str
) -> None:
    """It is fresher than the booking."""
    state = {"eventId": held.event_id, "status": status, "tempConferenceId": ""}
    answer = json.dumps({"status": 0, "result": {"conferences": [state]}})
    home.sim.set_response(QUANSHI, "getStatus", None, answer)
    expected = {"status": word, "in_progress": {2: "on"}.get(status, "off")}
    assert await shown(home, held, *expected) == expected


async def test_an_unknown_live_state_is_unknown(home: Home, held: Booking) -> None:
    """The booking cannot say whether the conference runs."""
    state = {"eventId": held.event_id, "status": 77, "tempConferenceId": ""}
    answer = json.dumps({"status": 0, "result": {"conferences": [state]}})
    home.sim.set_response(QUANSHI, "getStatus", None, answer)
    assert await shown(home, held, "status") == {"status": "unknown"}


@pytest.mark.parametrize("form", [*ResultForm])
async def test_every_form_of_a_result_is_understood(
    home: Home, held: Booking, form: ResultForm
) -> None:
    """Objects, arrays, maps, and JSON in text."""
    for api in home.sim.quanshi.forms:
        home.sim.quanshi.forms[api] = form
    expected = {
        "status": "in_progress",
        "host": held.host_name,
        "data_center": "阿里云",
    }
    assert await shown(home, held, *expected) == expected
    assert home.shown(QUANSHI, "6516", "status") == home.sim.truth()[QUANSHI]["6516"]


async def test_the_counts_of_a_conference_follow_it(home: Home, held: Booking) -> None:
    """At every poll, until it ends."""
    await home.add(QUANSHI)
    event = ("event", str(held.event_id))
    for _ in range(3):
        home.sim.company.advance(30)
        await home.pass_time()
        people = held.sessions[0].counts(home.sim.company.clock.now)["attendeeCnt"]
        assert home.shown(QUANSHI, *event, "participants") == str(people)
    home.sim.company.quanshi.end_conference(held.event_id)
    home.sim.company.advance(30)
    await home.polls(2)
    assert home.shown(QUANSHI, *event, "status") == "ended"
    assert home.shown(QUANSHI, *event, "participants") == "0"


async def test_what_is_too_long_for_a_state_is_cut(home: Home, held: Booking) -> None:
    """After 255 characters; the conference stays."""
    held.host_name = "张" * 300
    assert await shown(home, held, "host") == {"host": "张" * 255}
