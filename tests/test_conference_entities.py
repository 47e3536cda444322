"""Test the entities of a conference that the user has added."""

from collections.abc import Mapping
from datetime import UTC, datetime
import json
from typing import Any

import pytest

from simulator import Approval, ResultForm
from simulator.company.booking import Booking, RoomRequest

from .home import QUANSHI, Home

ONLY_WITH_A_RUN = (
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
    """Return the state of a timestamp sensor."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


@pytest.fixture
def running(home: Home) -> Booking:
    """Return a running conference, one of two."""
    return home.leave_two_conferences()[0]


@pytest.fixture
def upcoming(home: Home) -> Booking:
    """Return an upcoming conference, one of two."""
    return home.leave_two_conferences()[1]


async def shown(home: Home, booking: Booking, *keys: str) -> dict[str, str]:
    """Set up the account, and return states of a conference by key."""
    entry = await home.follow(booking)
    await home.enable_all(entry)
    event = ("event", str(booking.event_id))
    return {key: home.shown(QUANSHI, *event, key) for key in keys}


async def test_a_running_conference_shows_its_times_host_and_counts(
    home: Home, running: Booking
) -> None:
    """The values of the run are known."""
    (run,) = running.sessions
    run.recording, run.secure = True, False
    counts = run.counts(home.clock().timestamp())
    expected = {
        "status": "in_progress",
        "in_progress": "on",
        "start": moment(running.start),
        "end": moment(running.end),
        "host": running.host_name,
        "started_at": moment(run.start),
        "ended_at": "unknown",
        "recording": "on",
        "secure": "off",
        "data_center": "阿里云",
        "host_location": "上海",
        "invited": "2",
        "recurrence": "single",
        "on_site": "off",
        "rooms": str(len(running.requests)),
        "run_id": run.temp_id,
        "event_id": str(running.event_id),
        **{key: str(counts[name]) for key, name in COUNTS.items()},
    }
    assert await shown(home, running, *expected) == expected


async def test_an_upcoming_conference_has_no_values_of_a_run(
    home: Home, upcoming: Booking
) -> None:
    """The booked values are known."""
    found = await shown(home, upcoming, "status", "in_progress", "start")
    assert found == {
        "status": "created",
        "in_progress": "off",
        "start": moment(upcoming.start),
    }
    event = ("event", str(upcoming.event_id))
    run = {home.shown(QUANSHI, *event, key) for key in ONLY_WITH_A_RUN}
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
async def test_a_change_of_the_booking_is_shown(
    home: Home, running: Booking, changes: Mapping[str, Any], expected: dict[str, str]
) -> None:
    """Only approved rooms are counted and in use."""
    for field, value in changes.items():
        setattr(running, field, value)
    assert await shown(home, running, *expected) == expected
    for room_id, value in home.sim.company.quanshi.truth().items():
        assert home.shown(QUANSHI, room_id, "status") == value


@pytest.mark.parametrize(
    ("recording", "value"), [(True, "on"), (False, "off"), (None, "unknown")]
)
async def test_the_recording_of_a_conference_is_shown(
    home: Home, running: Booking, recording: bool | None, value: str
) -> None:
    """The vendor may return null."""
    running.sessions[0].recording = recording
    assert await shown(home, running, "recording") == {"recording": value}


@pytest.mark.parametrize(
    ("status", "value"),
    [(1, "created"), (2, "in_progress"), (4, "ended"), (5, "expired")],
)
async def test_the_live_state_determines_the_status(
    home: Home, running: Booking, status: int, value: str
) -> None:
    """The live state is newer than the booking."""
    state = {"eventId": running.event_id, "status": status, "tempConferenceId": ""}
    answer = json.dumps({"status": 0, "result": {"conferences": [state]}})
    home.sim.set_response(QUANSHI, "getStatus", None, answer)
    expected = {"status": value, "in_progress": {2: "on"}.get(status, "off")}
    assert await shown(home, running, *expected) == expected


async def test_an_unknown_live_state_makes_the_status_unknown(
    home: Home, running: Booking
) -> None:
    """The booking does not contain whether the conference is running."""
    state = {"eventId": running.event_id, "status": 77, "tempConferenceId": ""}
    answer = json.dumps({"status": 0, "result": {"conferences": [state]}})
    home.sim.set_response(QUANSHI, "getStatus", None, answer)
    assert await shown(home, running, "status") == {"status": "unknown"}


@pytest.mark.parametrize("form", [*ResultForm])
async def test_every_form_of_a_result_is_shown(
    home: Home, running: Booking, form: ResultForm
) -> None:
    """The forms are objects, arrays, maps and strings of JSON."""
    for api in home.sim.quanshi.forms:
        home.sim.quanshi.forms[api] = form
    expected = {
        "status": "in_progress",
        "host": running.host_name,
        "data_center": "阿里云",
    }
    assert await shown(home, running, *expected) == expected
    assert home.shown(QUANSHI, "6516", "status") == home.sim.truth()[QUANSHI]["6516"]


async def test_the_live_counts_are_updated(home: Home, running: Booking) -> None:
    """Each poll updates the counts until the conference ends."""
    await home.follow(running)
    event = ("event", str(running.event_id))
    for _ in range(3):
        home.sim.company.advance(30)
        await home.pass_time()
        people = running.sessions[0].counts(home.sim.company.clock.now)["attendeeCnt"]
        assert home.shown(QUANSHI, *event, "participants") == str(people)
    home.sim.company.quanshi.end_conference(running.event_id)
    home.sim.company.advance(30)
    await home.polls(2)
    assert home.shown(QUANSHI, *event, "status") == "ended"
    assert home.shown(QUANSHI, *event, "participants") == "0"


async def test_a_long_host_name_is_cut(home: Home, running: Booking) -> None:
    """A state has at most 255 characters."""
    running.host_name = "张" * 300
    assert await shown(home, running, "host") == {"host": "张" * 255}


async def test_no_conference_sensor_has_a_state_class(
    home: Home, running: Booking
) -> None:
    """The values of one conference say nothing about another."""
    await shown(home, running)
    event = home.unique_id(QUANSHI, "event", str(running.event_id), "")
    capabilities = [
        entity.capabilities or {}
        for unique_id, entity in home.all_entities().items()
        if unique_id.startswith(event)
    ]
    assert len(capabilities) > 50
    assert [each for each in capabilities if "state_class" in each] == []


async def test_a_hidden_title_is_shown_nowhere(home: Home, running: Booking) -> None:
    """The event id is the name of the device."""
    running.hidden = True
    await shown(home, running)
    device = home.known_device(QUANSHI, "event", str(running.event_id))
    assert device.name == f"Meeting {running.event_id}"
    states = [
        text
        for state in home.hass.states.async_all()
        for text in (state.state, state.name)
    ]
    assert [each for each in states if running.title in each] == []
