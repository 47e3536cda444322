"""Test that a booking is made once and nothing is left over, whatever the vendor answers."""

import asyncio
from datetime import datetime, timedelta
import json
from typing import Any, Final
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.api.budget import Tier
from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Fault
from simulator.company.booked_day import RoomBookingStatus

from ..desk import (
    BOOK_API,
    CREATE_API,
    MADE,
    OPTIONS,
    ORGANIZER,
    READ_API,
    RELEASE_API,
    RELEASED,
    ROOM,
    Desk,
    arrival,
    book_in_the_dark,
    lose_answer,
)
from ..home import LISTERS, MORNING, POLL, TENCENT, WECOM, Home, permissions
from ..offices import change_options

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
LOST: Final = [
    {"kind": "http", "status": 502},
    {"kind": "reset"},
    {"kind": "truncate"},
]
"""Responses after which the outcome of a write is unknown."""


@pytest.fixture
def desk(home: Home) -> Desk:
    """Return a person who books rooms."""
    return Desk(home)


def stored(storage: dict[str, Any], entry: MockConfigEntry) -> list[dict[str, Any]]:
    """Return the record of bookings on disk."""
    bookings: list[dict[str, Any]]
    bookings = storage[f"{DOMAIN}.bookings_{entry.entry_id}"]["data"]["bookings"]
    return bookings


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("lost", LOST)
async def test_a_booking_whose_answer_is_lost_is_kept_if_the_vendor_has_it(
    desk: Desk, vendor: str, lost: dict[str, Any]
) -> None:
    """Say that the outcome is unknown, look, and send nothing again; it can be released."""
    await desk.open(vendor)
    lose_answer(desk, vendor, BOOK_API[vendor], carried_out=True, **lost)
    assert await desk.refusal("book_room", vendor) == "outcome_unknown"
    assert desk.written() == MADE[vendor]
    assert desk.availability(vendor) == "booked"
    await desk.release(vendor)
    assert desk.written() == MADE[vendor] + RELEASED[vendor]
    assert desk.left_over() == 0


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("lost", LOST)
async def test_a_booking_whose_request_is_lost_leaves_no_meeting(
    desk: Desk, vendor: str, lost: dict[str, Any]
) -> None:
    """Say that the outcome is unknown; the meeting that was created for it is cancelled."""
    await desk.open(vendor)
    lose_answer(desk, vendor, BOOK_API[vendor], carried_out=False, **lost)
    assert await desk.refusal("book_room", vendor) == "outcome_unknown"
    cancelled = {TENCENT: ["create_meeting", "cancel_meeting"], WECOM: []}
    assert desk.written() == cancelled[vendor]
    assert desk.home.sim.requests.count(vendor, BOOK_API[vendor]) == 1
    assert desk.left_over() == 0
    assert desk.availability(vendor) == "free"
    await desk.home.polls(3)
    assert desk.written() == cancelled[vendor]
    await desk.book(vendor)
    assert desk.availability(vendor) == "booked"


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize("restarts", [0, 1])
async def test_what_cannot_be_found_out_at_once_is_found_out_later(
    desk: Desk, vendor: str, carried_out: bool, restarts: int
) -> None:
    """At the next poll, or after a restart: a meeting is kept only if it has the room."""
    entry = await desk.open(vendor)
    fault = await book_in_the_dark(desk, vendor, carried_out=carried_out)
    before = desk.written()
    desk.home.sim.faults.remove(fault)
    for _ in range(restarts):
        await desk.home.restart(entry)
    await desk.home.polls(2)
    lost = {TENCENT: ["cancel_meeting"], WECOM: []}[vendor]
    assert desk.written() == before + lost * (not carried_out)
    assert desk.left_over() == 0
    assert len(desk.bookings(vendor)) == int(carried_out)


async def test_a_booking_that_is_found_later_can_be_released(desk: Desk) -> None:
    """It counts as made from Home Assistant: its meeting is cancelled, too."""
    await desk.open(TENCENT)
    fault = await book_in_the_dark(desk, TENCENT, carried_out=True)
    desk.home.sim.faults.remove(fault)
    await desk.home.polls(2)
    assert desk.availability(TENCENT) == "booked"
    await desk.release(TENCENT)
    assert desk.written() == MADE[TENCENT] + RELEASED[TENCENT]


async def test_a_lost_answer_about_a_new_meeting_ends_the_booking(desk: Desk) -> None:
    """The room is not booked, and nothing is sent again."""
    await desk.open(TENCENT)
    lose_answer(desk, TENCENT, CREATE_API, kind="reset", carried_out=True)
    assert await desk.refusal("book_room", TENCENT) == "outcome_unknown"
    await desk.home.polls(3)
    assert desk.written() == ["create_meeting"]
    assert desk.home.sim.requests.count(TENCENT, CREATE_API) == 1


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("carried_out", [True, False])
async def test_a_release_whose_answer_is_lost_is_looked_up(
    desk: Desk, vendor: str, carried_out: bool
) -> None:
    """The meeting is cancelled if its room was released; else it can be released again."""
    await desk.open(vendor)
    await desk.book(vendor)
    lose_answer(
        desk, vendor, RELEASE_API[vendor], kind="reset", carried_out=carried_out
    )
    assert await desk.refusal("release_room", vendor) == "outcome_unknown"
    states = {True: (RELEASED[vendor], "free"), False: ([], "booked")}
    sent, availability = states[carried_out]
    assert desk.written() == MADE[vendor] + sent
    assert desk.availability(vendor) == availability
    assert desk.home.sim.requests.count(vendor, RELEASE_API[vendor]) == 1
    assert desk.left_over() == 0


async def test_a_lost_release_of_someone_else_s_booking_is_looked_up(
    desk: Desk,
) -> None:
    """The board shows what the vendor has."""
    desk.home.sim.company.book(TENCENT, ROOM[TENCENT], MORNING, MORNING + HOUR)
    await desk.open(TENCENT)
    lose_answer(desk, TENCENT, "release_rooms", kind="reset", carried_out=True)
    assert await desk.refusal("release_room", TENCENT) == "outcome_unknown"
    assert desk.availability(TENCENT) == "free"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_is_booked_by_someone_else_meanwhile_is_named(
    desk: Desk, vendor: str
) -> None:
    """The meeting is cancelled, and the board shows the other booking."""
    await desk.open(vendor)
    # The last request before the booking: WeCom is asked for two days.
    api, number = {TENCENT: (CREATE_API, 1), WECOM: (READ_API[WECOM], 2)}[vendor]
    number += desk.home.sim.requests.count(vendor, api)
    booking = asyncio.ensure_future(desk.refusal("book_room", vendor))
    while desk.home.sim.requests.count(vendor, api) < number:
        await desk.home.breathe()
    desk.home.sim.company.book(vendor, ROOM[vendor], MORNING, MORNING + HOUR)
    assert await booking == "room_booked_meanwhile"
    cancelled = {TENCENT: ["create_meeting", "cancel_meeting"], WECOM: []}
    assert desk.written() == cancelled[vendor]
    assert desk.availability(vendor) == "booked"


@pytest.mark.parametrize(
    ("vendor", "code"), [(TENCENT, 190004), (TENCENT, 20201), (WECOM, 40058)]
)
async def test_the_vendor_s_code_is_named_where_the_room_is_free(
    desk: Desk, vendor: str, code: int
) -> None:
    """The meeting is cancelled."""
    await desk.open(vendor)
    fault = Fault("vendor_code", vendor, BOOK_API[vendor], code=code, times=1)
    desk.home.sim.faults.add(fault)
    assert await desk.refusal("book_room", vendor) in {"refused", "not_found"}
    assert desk.left_over() == 0
    assert desk.availability(vendor) == "free"


@pytest.mark.parametrize(
    ("vendor", "api", "issue"),
    [
        (TENCENT, "create_meeting", "permission_write"),
        (TENCENT, "book_rooms", "permission_write"),
        (WECOM, "book", "permission_calendar_write"),
    ],
)
async def test_a_missing_permission_to_book_is_named_until_a_booking_succeeds(
    desk: Desk, vendor: str, api: str, issue: str
) -> None:
    """Nothing is left over; everything else works."""
    await desk.open(vendor)
    permissions(desk.home, vendor).revoke(api)
    assert await desk.refusal("book_room", vendor) == "permission_denied"
    placeholders = desk.home.issues()[issue]
    assert placeholders is not None
    assert placeholders["interface"].startswith("POST /")
    assert desk.left_over() == 0
    await desk.home.polls(4)
    assert {*desk.home.issues()} == {issue}
    permissions(desk.home, vendor).grant(api)
    await desk.book(vendor)
    assert desk.home.issues() == {}


async def test_a_missing_permission_to_release_keeps_the_booking(desk: Desk) -> None:
    """Name it, and release the room when it is given."""
    await desk.open(TENCENT)
    await desk.book(TENCENT)
    permissions(desk.home, TENCENT).revoke("release_rooms")
    assert await desk.refusal("release_room", TENCENT) == "permission_denied"
    assert {*desk.home.issues()} == {"permission_write"}
    assert desk.availability(TENCENT) == "booked"
    permissions(desk.home, TENCENT).grant("release_rooms")
    await desk.release(TENCENT)
    assert desk.written() == MADE[TENCENT] + RELEASED[TENCENT]
    assert desk.home.issues() == {}


@pytest.mark.parametrize(("vendor", "api"), [(TENCENT, "room_call"), (WECOM, "call")])
async def test_a_missing_permission_to_call_is_named(
    desk: Desk, vendor: str, api: str
) -> None:
    """Rooms are called by an API of their own."""
    await desk.open(vendor)
    permissions(desk.home, vendor).revoke(api)
    reason = await desk.refusal("call_room", vendor, meeting_id="1")
    assert reason == "permission_denied"
    assert {*desk.home.issues()} == {"permission_write"}


async def test_without_the_permission_to_read_bookings_a_room_can_be_booked(
    desk: Desk,
) -> None:
    """Two clicks book once all the same: Home Assistant knows its own bookings."""
    permissions(desk.home, TENCENT).revoke("meetings")
    await desk.open(TENCENT)
    results = await asyncio.gather(
        desk.book(TENCENT), desk.book(TENCENT), return_exceptions=True
    )
    reasons = {getattr(each, "translation_key", None) for each in results}
    assert reasons == {None, "room_booked"}
    assert desk.written() == MADE[TENCENT]
    booked = next(each for each in results if isinstance(each, dict))
    assert await desk.refusal("release_room", TENCENT) == "bookings_unknown"
    await desk.release(TENCENT, booking_id=booked["booking_id"])
    assert desk.written() == MADE[TENCENT] + RELEASED[TENCENT]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_nothing_is_sent_while_the_vendor_cannot_be_reached(
    desk: Desk, vendor: str
) -> None:
    """The bookings of the room are fetched first."""
    await desk.open(vendor)
    fault = Fault("http", vendor, READ_API[vendor], status=502)
    desk.home.sim.faults.add(fault)
    assert await desk.refusal("book_room", vendor) == "cannot_connect"
    assert desk.home.sim.requests.count(vendor, BOOK_API[vendor]) == 0
    desk.home.sim.faults.remove(fault)
    await desk.home.sim.stop()
    assert await desk.refusal("book_room", vendor) == "cannot_connect"
    await desk.home.sim.start()
    await desk.book(vendor)
    assert desk.written() == MADE[vendor]


async def test_refused_credentials_are_not_sent_for_a_booking(desk: Desk) -> None:
    """The user has to enter new ones first."""
    await desk.open(TENCENT)
    desk.home.sim.faults.add(Fault("vendor_code", TENCENT, "list", code=200003))
    await desk.home.polls(1)
    before = len(desk.home.sim.requests)
    assert await desk.refusal("book_room", TENCENT) == "invalid_auth"
    assert len(desk.home.sim.requests) == before


async def test_a_meeting_that_cannot_be_cancelled_is_cancelled_later(
    desk: Desk,
) -> None:
    """Not more often than every ten minutes, and until the booking would be over."""
    await desk.open(TENCENT)
    rejected = Fault("vendor_code", TENCENT, "book_rooms", code=190004, times=1)
    down = Fault("http", TENCENT, "cancel_meeting", status=502, carried_out=False)
    desk.home.sim.faults.add(rejected)
    desk.home.sim.faults.add(down)
    assert await desk.refusal("book_room", TENCENT, duration="02:00") == "refused"
    assert desk.left_over() == 1
    for _ in range(12):
        await desk.home.pass_time(300)
    tries = desk.home.sim.requests.count(TENCENT, "cancel_meeting")
    assert 5 <= tries <= 8
    desk.home.sim.faults.remove(down)
    await desk.home.pass_time(600)
    assert desk.left_over() == 0
    assert desk.written() == ["create_meeting", "cancel_meeting"]
    await desk.home.pass_time(1200)
    assert desk.home.sim.requests.count(TENCENT, "cancel_meeting") == tries + 1


@pytest.mark.parametrize(("vendor", "code"), [(TENCENT, 190313), (WECOM, 45009)])
async def test_a_booking_is_shown_when_a_rate_limit_is_over(
    desk: Desk, vendor: str, code: int
) -> None:
    """The bookings could not be fetched right after it."""
    await desk.open(vendor)
    booking = asyncio.ensure_future(desk.book(vendor, duration="02:00"))
    await arrival(desk, vendor, BOOK_API[vendor])
    limit = Fault("vendor_code", vendor, READ_API[vendor], code=code, times=1)
    desk.home.sim.faults.add(limit)
    await booking
    assert desk.availability(vendor) == "free"
    await desk.home.live(90)
    assert desk.availability(vendor) == "booked"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_caller_that_is_stopped_does_not_stop_the_booking(
    desk: Desk, vendor: str
) -> None:
    """An automation may be restarted, and a browser closed."""
    await desk.open(vendor)
    first = {TENCENT: CREATE_API, WECOM: BOOK_API[WECOM]}[vendor]
    booking = asyncio.ensure_future(desk.book(vendor))
    await arrival(desk, vendor, first)
    booking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await booking
    await desk.home.settle()
    assert desk.written() == MADE[vendor]
    assert desk.availability(vendor) == "booked"


async def test_a_caller_that_is_stopped_leaves_no_meeting(desk: Desk) -> None:
    """A rejected booking is tidied up without it."""
    await desk.open(TENCENT)
    rejected = Fault("vendor_code", TENCENT, "book_rooms", code=190004, times=1)
    desk.home.sim.faults.add(rejected)
    booking = asyncio.ensure_future(desk.book(TENCENT))
    await arrival(desk, TENCENT, CREATE_API)
    booking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await booking
    await desk.home.settle()
    assert desk.written() == ["create_meeting", "cancel_meeting"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_that_is_reloaded_completes_its_bookings(
    desk: Desk, vendor: str
) -> None:
    """They are known afterwards as made from Home Assistant."""
    entry = await desk.open(vendor)
    booking = asyncio.ensure_future(desk.book(vendor))
    await arrival(desk, vendor, BOOK_API[vendor])
    await desk.home.restart(entry)
    await booking
    await desk.home.live(10)
    await desk.release(vendor)
    assert desk.written() == MADE[vendor] + RELEASED[vendor]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_home_assistant_completes_its_bookings_before_it_stops(
    desk: Desk, vendor: str, hass_storage: dict[str, Any]
) -> None:
    """No meeting without a room is left that nothing would cancel after the start."""
    entry = await desk.open(vendor)
    first = {TENCENT: CREATE_API, WECOM: BOOK_API[WECOM]}[vendor]
    booking = asyncio.ensure_future(desk.book(vendor))
    await arrival(desk, vendor, first)
    await desk.home.hass.async_stop(force=True)
    assert desk.written() == MADE[vendor]
    assert [each["state"] for each in stored(hass_storage, entry)] == ["made"]
    await booking


async def test_a_rejected_release_is_looked_up_when_the_vendor_responds_again(
    desk: Desk,
) -> None:
    """The booking is kept until then."""
    await desk.open(TENCENT)
    booked = await desk.book(TENCENT, duration="02:00")
    rejected = Fault("vendor_code", TENCENT, "release_rooms", code=20201, times=1)
    down = Fault("http", TENCENT, READ_API[TENCENT], status=502)
    desk.home.sim.faults.add(rejected)
    desk.home.sim.faults.add(down)
    assert await desk.refusal("release_room", TENCENT) == "refused"
    desk.home.sim.faults.remove(down)
    await desk.home.polls(2)
    assert desk.written() == MADE[TENCENT]
    await desk.release(TENCENT, booking_id=booked["booking_id"])
    assert desk.written() == MADE[TENCENT] + RELEASED[TENCENT]


@pytest.mark.parametrize(
    ("missing", "code", "shown"),
    [
        ((), 9003, "booking_unknown"),
        ((), 20201, "booking_unknown"),
        (("meetings",), 20201, "booking_unknown"),
    ],
)
async def test_a_room_that_was_released_elsewhere_leaves_no_meeting(
    desk: Desk, missing: tuple[str, ...], code: int, shown: str
) -> None:
    """Where the bookings are denied, the vendor's rejection counts."""
    entry = await desk.open(TENCENT)
    booked = await desk.book(TENCENT)
    room = desk.home.sim.company.room(TENCENT, ROOM[TENCENT])
    room.bookings.cancel(booked["booking_id"], RoomBookingStatus.RELEASED)
    permissions(desk.home, TENCENT).revoked.update(missing)
    rejected = Fault("vendor_code", TENCENT, "release_rooms", code=code, times=1)
    desk.home.sim.faults.add(rejected)
    reason = await desk.refusal(
        "release_room", TENCENT, booking_id=booked["booking_id"]
    )
    assert reason == shown
    assert desk.written() == [*MADE[TENCENT], "cancel_meeting"]
    assert entry.runtime_data.booker.own_ids(ROOM[TENCENT]) == set()


async def test_a_late_release_leaves_no_meeting_after_another_lost_answer(
    desk: Desk,
) -> None:
    """The booking is not looked for the last time before ten minutes have passed."""
    await desk.open(TENCENT)
    booked = await desk.book(TENCENT, duration="02:00")
    lost = {"kind": "reset", "carried_out": False}
    lose_answer(desk, TENCENT, RELEASE_API[TENCENT], **lost)
    assert await desk.refusal("release_room", TENCENT) == "outcome_unknown"
    await desk.home.live(60)
    lose_answer(desk, TENCENT, BOOK_API[TENCENT], **lost)
    later = {"start": (MORNING + 5 * HOUR).isoformat()}
    assert await desk.refusal("book_room", TENCENT, **later) == "outcome_unknown"
    await desk.home.live(60)
    room = desk.home.sim.company.room(TENCENT, ROOM[TENCENT])
    room.bookings.cancel(booked["booking_id"], RoomBookingStatus.RELEASED)
    for meeting in desk.home.sim.company.meetings.active:
        meeting.room_ids.clear()
    await desk.home.live(1500)
    assert desk.left_over() == 0


async def test_a_room_is_not_called_unknown_while_the_list_of_the_calendar_is_fetched(
    desk: Desk,
) -> None:
    """The vendor's error is named, as soon as it is known."""
    desk.home.sim.company.end_meeting(WECOM, ROOM[WECOM])
    slow = Fault("hang_before", WECOM, "meetingroom_list")
    desk.home.sim.faults.add(slow)
    await desk.home.add(WECOM, OPTIONS[WECOM])
    await desk.home.live(5)
    assert desk.home.sim.requests.count(WECOM, "meetingroom_list") == 1
    refusal = asyncio.ensure_future(desk.refusal("book_room", WECOM))
    await desk.home.live(60)
    assert await refusal == "cannot_connect"


@pytest.mark.parametrize(("vendor", "code"), [(TENCENT, 20201), (WECOM, 40058)])
async def test_a_rejected_release_keeps_a_booking_that_is_still_listed(
    desk: Desk, vendor: str, code: int
) -> None:
    """That there is no such booking would be wrong: it can be released later."""
    await desk.open(vendor)
    booked = await desk.book(vendor)
    rejected = Fault("vendor_code", vendor, RELEASE_API[vendor], code=code, times=1)
    desk.home.sim.faults.add(rejected)
    assert await desk.refusal("release_room", vendor) == "refused"
    assert desk.written() == MADE[vendor]
    assert desk.availability(vendor) == "booked"
    await desk.home.polls(2)
    await desk.release(vendor, booking_id=booked["booking_id"])
    assert desk.written() == MADE[vendor] + RELEASED[vendor]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_record_on_disk_has_times_and_ids_only(
    desk: Desk, vendor: str, hass_storage: dict[str, Any]
) -> None:
    """It is written at once, kept over a restart, and dropped with the booking's end."""
    entry = await desk.open(vendor)
    texts = {"subject": "并购会议", "organizer": "member-0077"}
    booked = await desk.book(vendor, **texts)
    (record,) = stored(hass_storage, entry)
    assert record["booking"] == booked["booking_id"]
    assert {*record} == {
        "key",
        "room",
        "calendar",
        "start",
        "end",
        "meeting",
        "booking",
        "state",
    }
    on_disk = json.dumps(hass_storage, ensure_ascii=False, default=str)
    assert [each for each in texts.values() if each in on_disk] == []
    await desk.home.restart(entry)
    await desk.home.live(10)
    await desk.release(vendor)
    assert stored(hass_storage, entry) == []
    await desk.home.polls(1)
    booked = await desk.book(vendor)
    assert len(stored(hass_storage, entry)) == 1
    left = datetime.fromisoformat(booked["end"]) - dt_util.utcnow()
    await desk.home.pass_time(left.total_seconds() - 1)
    assert len(stored(hass_storage, entry)) == 1
    await desk.home.pass_time(2 * POLL)
    assert stored(hass_storage, entry) == []


async def test_the_record_is_deleted_with_the_account(
    desk: Desk, hass_storage: dict[str, Any]
) -> None:
    """No file stays behind."""
    entry = await desk.open(TENCENT)
    await desk.book(TENCENT)
    await desk.home.hass.config_entries.async_remove(entry.entry_id)
    assert f"{DOMAIN}.bookings_{entry.entry_id}" not in hass_storage


@pytest.mark.parametrize(
    "record",
    [
        {"version": 2, "minor_version": 1, "data": {}},
        {"version": 1, "minor_version": 1, "data": {"bookings": [{"room": 1}]}},
        {"version": 1, "minor_version": 1, "data": []},
    ],
)
async def test_a_record_that_cannot_be_read_costs_only_the_record(
    desk: Desk, hass_storage: dict[str, Any], record: dict[str, Any]
) -> None:
    """The account books; the file is not changed."""
    entry = desk.home.entry(TENCENT)
    key = f"{DOMAIN}.bookings_{entry.entry_id}"
    hass_storage[key] = {"key": key, **record}
    await desk.home.start(entry)
    assert entry.state is ConfigEntryState.LOADED
    desk.home.sim.company.end_meeting(TENCENT, ROOM[TENCENT])
    await desk.home.live(10)
    await desk.book(TENCENT)
    await desk.release(TENCENT)
    assert desk.left_over() == 0
    assert hass_storage[key] == {"key": key, **record}


@pytest.mark.parametrize(
    ("vendor", "minutes"), [(TENCENT, (15, 30, 60)), (WECOM, (30, 60))]
)
async def test_a_dashboard_may_offer_what_the_vendor_books(
    desk: Desk, vendor: str, minutes: tuple[int, ...]
) -> None:
    """Nothing for an unknown room, nor for one that is not open for booking."""
    entry = await desk.open(vendor)
    booker = entry.runtime_data.booker
    assert booker.minutes_of(ROOM[vendor]) == minutes
    assert booker.minutes_of("unknown") == ()
    desk.home.sim.company.change(vendor, ROOM[vendor], scheduled_status=0)
    await desk.home.polls(1)
    assert booker.minutes_of(ROOM[vendor]) == ()


async def test_a_dashboard_offers_nothing_without_a_member_who_books(
    desk: Desk,
) -> None:
    """The option takes effect at once."""
    entry = await desk.open(WECOM)
    booker = entry.runtime_data.booker
    assert booker.minutes_of(ROOM[WECOM]) != ()
    change_options(desk.home, entry, organizer="")
    await desk.home.settle()
    assert booker.minutes_of(ROOM[WECOM]) == ()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_bookings_made_from_home_assistant_are_own(
    desk: Desk, vendor: str
) -> None:
    """A dashboard offers to release these."""
    later = MORNING.replace(minute=0) + 3 * HOUR
    desk.home.sim.company.book(vendor, ROOM[vendor], later, later + HOUR)
    entry = await desk.open(vendor)
    await desk.book(vendor)
    coordinator = entry.runtime_data
    schedule = coordinator.data.room(ROOM[vendor]).schedule
    owned = [coordinator.booker.owns(ROOM[vendor], each) for each in schedule.bookings]
    assert owned == [True, False]


async def test_a_response_from_before_a_booking_does_not_hide_it(desk: Desk) -> None:
    """A request in the background may have begun before it, and end after it."""
    entry = await desk.open(TENCENT)
    coordinator = entry.runtime_data
    gates = {tier: asyncio.Event() for tier in Tier}
    gates[Tier.INTERACTIVE].set()
    fetched, fetch = asyncio.Event(), coordinator.client.fetch_bookings

    async def late(*args: Any) -> Any:
        """Return a response that took some time."""
        found = await fetch(*args)
        fetched.set()
        await gates[args[-1]].wait()
        return found

    with patch.object(coordinator.client, "fetch_bookings", late):
        coordinator.meetings.refresh([ROOM[TENCENT]])
        await fetched.wait()
        desk.home.clock.tick(1)
        await desk.book(TENCENT)
        assert desk.availability(TENCENT) == "booked"
        gates[Tier.REQUESTED].set()
        await desk.home.settle()
    assert desk.availability(TENCENT) == "booked"


async def test_the_diagnostics_do_not_name_who_books(
    desk: Desk, hass_client: ClientSessionGenerator
) -> None:
    """The member is a person."""
    assert await async_setup_component(desk.home.hass, "diagnostics", {})
    entry = await desk.open(WECOM)
    found = await get_diagnostics_for_config_entry(desk.home.hass, hass_client, entry)
    assert ORGANIZER not in json.dumps(found)
