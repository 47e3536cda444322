"""Test the actions that book, release and call a room."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components.calendar import CalendarEvent
from homeassistant.components.calendar.const import CalendarEventStatus
from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError, Unauthorized, UnknownUser
from homeassistant.helpers import (
    area_registry as ar,
    floor_registry as fr,
    label_registry as lr,
)
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockUser
from simulator import Fault
from simulator.company.calendar_rooms import ONLY_ID

from .desk import (
    BOOK_API,
    MADE,
    OPTIONS,
    ORGANIZER,
    READ_API,
    RELEASE_API,
    RELEASED,
    ROOM,
    Desk,
)
from .home import (
    ALL_ROOMS,
    LISTERS,
    MORNING,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    permissions,
)
from .offices import OfficeCalendar, add_entities, linked
from .vendors import OTHER_ROOM

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
NOON: Final = MORNING.replace(hour=4, minute=0)
"""Noon in Beijing, two hours after the start of the tests."""
SUBJECT: Final = "并购会议 Merger"
ALONE: Final = f"booking_{ONLY_ID}"
APPROVED: Final = "RoomId001"
"""A room of WeCom whose bookings need an approval."""


@pytest.fixture
def desk(home: Home) -> Desk:
    """Return a person who books rooms."""
    return Desk(home)


def place(desk: Desk, room_id: str) -> dict[str, str]:
    """Give a room an area on a floor and a label, and return the targets that contain it."""
    hass, device = desk.home.hass, desk.device(TENCENT, room_id)
    floor = fr.async_get(hass).async_create("Third floor").floor_id
    area = ar.async_get(hass).async_create("Reception", floor_id=floor).id
    label = lr.async_get(hass).async_create("For guests").label_id
    desk.home.devices.async_update_device(device, area_id=area, labels={label})
    return {
        "entity_id": desk.home.entity(TENCENT, room_id, "availability").entity_id,
        "area_id": area,
        "floor_id": floor,
        "label_id": label,
    }


def span_of(response: Any) -> tuple[datetime, datetime]:
    """Return the start and the end of a response, which are in Home Assistant's time zone."""
    start, end = (datetime.fromisoformat(response[key]) for key in ("start", "end"))
    assert start.utcoffset() == dt_util.as_local(start).utcoffset()
    return start, end


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_is_booked_and_released_by_what_was_returned(
    desk: Desk, vendor: str
) -> None:
    """The board turns at once, each request is sent once, and no meeting is left."""
    await desk.open(vendor)
    assert desk.availability(vendor) == "free"
    booked = await desk.book(vendor)
    now = dt_util.utcnow()
    start, end = span_of(booked)
    assert start <= now
    assert end - now >= 30 * MINUTE
    assert desk.bookings(vendor) == [(start, end)]
    assert desk.availability(vendor) == "booked"
    assert desk.written() == MADE[vendor]
    released = await desk.release(vendor, booking_id=booked["booking_id"])
    assert span_of(released) == (start, end)
    assert desk.bookings(vendor) == []
    assert desk.availability(vendor) == "free"
    assert desk.written() == MADE[vendor] + RELEASED[vendor]
    assert desk.left_over() == 0


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize(
    "fields",
    [
        {"start": NOON, "duration": {"hours": 1}},
        {"start": NOON.isoformat(), "end": (NOON + HOUR).isoformat()},
        {"start": dt_util.as_local(NOON).replace(tzinfo=None), "duration": "01:00"},
        {"start": NOON, "duration": 3600},
    ],
)
async def test_the_times_are_entered_in_several_ways(
    desk: Desk, vendor: str, fields: dict[str, Any]
) -> None:
    """A time without a zone is in Home Assistant's."""
    await desk.home.hass.config.async_set_time_zone("UTC")
    await desk.open(vendor)
    booked = await desk.book(vendor, **fields)
    assert span_of(booked) == (NOON, NOON + HOUR)
    assert desk.bookings(vendor) == [(NOON, NOON + HOUR)]
    assert desk.availability(vendor) == "free"


@pytest.mark.parametrize(
    ("vendor", "start", "end"),
    [
        (TENCENT, MORNING + 10 * timedelta(seconds=1), None),
        (WECOM, MORNING - 5 * MINUTE, MORNING + 55 * MINUTE),
    ],
)
async def test_a_booking_from_now_on_says_what_was_booked(
    desk: Desk, vendor: str, start: datetime, end: datetime | None
) -> None:
    """Half past the half hour counts as two half hours where the vendor books only these."""
    await desk.open(vendor)
    booked = await desk.book(vendor)
    assert span_of(booked) == (start, end or start + 30 * MINUTE)


@pytest.mark.parametrize("time_zone", ["Asia/Shanghai", "America/New_York"])
@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:30"])
async def test_the_first_and_the_last_day_of_all_are_refused_in_any_zone(
    desk: Desk, time_zone: str, moment: str
) -> None:
    """They have no representation in another zone."""
    await desk.home.hass.config.async_set_time_zone(time_zone)
    await desk.open(TENCENT)
    reason = await desk.refusal("book_room", TENCENT, start=moment)
    assert reason in {"booking_in_past", "booking_too_far"}


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("booking_id", ["", " ", None])
async def test_a_blank_id_is_that_of_the_booking_now(
    desk: Desk, vendor: str, booking_id: str | None
) -> None:
    """A template without a result leaves the field blank."""
    await desk.open(vendor)
    await desk.book(vendor)
    await desk.release(vendor, booking_id=booking_id)
    assert desk.bookings(vendor) == []


@pytest.mark.parametrize("action", ["book_room", "release_room"])
@pytest.mark.parametrize("chosen", [[], [""], ["100001", "100002"]])
async def test_an_action_is_for_one_room(
    desk: Desk, action: str, chosen: list[str]
) -> None:
    """The error says so where there are none or two."""
    await desk.open(TENCENT)
    devices = [room and desk.device(TENCENT, room) for room in chosen]
    with pytest.raises(ServiceValidationError) as caught:
        await desk.home.hass.services.async_call(
            DOMAIN, action, {"device_id": devices}, blocking=True
        )
    assert caught.value.translation_key == "one_room_only"
    assert desk.written() == []


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize(
    ("language", "fields", "shown"),
    [
        ("en", {"subject": SUBJECT}, SUBJECT),
        ("en", {"subject": "  "}, "Meeting"),
        ("zh-Hans", {}, "会议"),
    ],
)
async def test_the_subject_is_optional(
    desk: Desk, vendor: str, language: str, fields: dict[str, str], shown: str
) -> None:
    """A general one is in Home Assistant's language."""
    desk.home.hass.config.language = language
    await desk.open(vendor)
    await desk.book(vendor, **fields)
    (booking,) = desk.at_vendor(vendor)
    assert booking.subject == shown


@pytest.mark.parametrize(
    ("fields", "booker"), [({}, ORGANIZER), ({"organizer": " lisi "}, "lisi")]
)
async def test_the_member_who_books_is_entered_or_from_the_options(
    desk: Desk, fields: dict[str, str], booker: str
) -> None:
    """What the action says precedes."""
    await desk.open(WECOM)
    await desk.book(WECOM, **fields)
    (booking,) = desk.at_vendor(WECOM)
    assert booking.organizer == booker


@pytest.mark.parametrize(
    ("vendor", "fields", "reason"),
    [
        (TENCENT, {"duration": {"minutes": 14}}, "booking_too_short"),
        (TENCENT, {"duration": {"hours": 25}}, "booking_too_long"),
        (TENCENT, {"start": NOON, "end": NOON}, "end_before_start"),
        (TENCENT, {"start": MORNING - HOUR}, "booking_in_past"),
        (TENCENT, {"duration": {"hours": 1}, "end": NOON}, "duration_and_end"),
        (TENCENT, {"duration": {"days": 999999999}}, "booking_too_long"),
        (TENCENT, {"duration": 1e18}, "booking_too_long"),
        (TENCENT, {"start": "0001-01-01"}, "booking_in_past"),
        (TENCENT, {"start": "9999-12-31T23:30"}, "booking_too_far"),
        (TENCENT, {"end": "9999-12-31T23:30"}, "booking_too_long"),
        (TENCENT, {"start": MORNING + 367 * 24 * HOUR}, "booking_too_far"),
        (WECOM, {"start": "0001-01-01"}, "booking_in_past"),
        (WECOM, {"start": "9999-12-31T23:30"}, "booking_too_far"),
        (WECOM, {"duration": {"days": 30 * 13}}, "booking_too_long"),
        (WECOM, {"duration": {"minutes": 15}}, "booking_too_short"),
        (WECOM, {"start": NOON + 10 * MINUTE}, "half_hours_only"),
        (WECOM, {"start": NOON, "end": NOON + 45 * MINUTE}, "half_hours_only"),
        (QUANSHI, {}, "writing_unsupported"),
    ],
)
async def test_what_cannot_be_booked_is_refused_before_any_request(
    desk: Desk, vendor: str, fields: dict[str, Any], reason: str
) -> None:
    """Name a plain reason."""
    await desk.open(vendor)
    before = len(desk.home.sim.requests)
    assert await desk.refusal("book_room", vendor, **fields) == reason
    assert len(desk.home.sim.requests) == before


async def test_a_room_that_is_not_open_for_booking_is_refused(desk: Desk) -> None:
    """The vendor is not asked."""
    await desk.open(TENCENT)
    device = desk.device(TENCENT, OTHER_ROOM[TENCENT])
    assert await desk.refusal_at("book_room", device) == "room_not_bookable"
    assert desk.written() == []


async def test_without_an_operator_nothing_is_booked_released_or_called(
    desk: Desk,
) -> None:
    """Say where to enter one."""
    desk.home.sim.accounts.tencent_meeting.operator_required = False
    entry = desk.home.entry(TENCENT)
    data = {key: each for key, each in entry.data.items() if key != "operator_id"}
    desk.home.hass.config_entries.async_update_entry(entry, data=data)
    await desk.home.start(entry)
    before = len(desk.home.sim.requests)
    for action, fields in (
        ("book_room", {}),
        ("release_room", {}),
        ("call_room", {"meeting_id": "1"}),
    ):
        reason = await desk.refusal(action, TENCENT, **fields)
        assert reason == "writing_needs_operator"
    assert len(desk.home.sim.requests) == before


async def test_without_a_member_who_books_wecom_is_not_asked(desk: Desk) -> None:
    """The action can name one."""
    await desk.open(WECOM, ALL_ROOMS)
    before = len(desk.home.sim.requests)
    assert await desk.refusal("book_room", WECOM) == "organizer_required"
    assert await desk.refusal("book_room", WECOM, organizer=" ") == "organizer_required"
    assert len(desk.home.sim.requests) == before
    await desk.book(WECOM, organizer="lisi")
    assert desk.written() == MADE[WECOM]


async def test_a_room_that_the_booking_calendar_lacks_is_refused(desk: Desk) -> None:
    """The user can choose its room of the calendar."""
    await desk.open(WECOM, {**OPTIONS[WECOM], **linked(ROOM[WECOM], booking_room="1")})
    assert await desk.refusal("book_room", WECOM) == "no_calendar_room"
    assert await desk.refusal("release_room", WECOM) == "no_calendar_room"


@pytest.mark.parametrize("action", ["book_room", "release_room"])
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "vendor_code", "code": 48002}, "permission_denied"),
        ({"kind": "http", "status": 502}, "cannot_connect"),
    ],
)
async def test_a_booking_calendar_whose_rooms_are_unknown_is_the_reason(
    desk: Desk, action: str, fault: dict[str, Any], reason: str
) -> None:
    """That the room is not in it would be wrong."""
    desk.home.sim.faults.add(Fault(vendor=WECOM, api="meetingroom_list", **fault))
    await desk.open(WECOM)
    assert await desk.refusal(action, WECOM) == reason
    assert desk.written() == []


async def test_wecom_books_without_the_permission_to_read_bookings(desk: Desk) -> None:
    """The rooms of the booking calendar are known, and the vendor decides."""
    permissions(desk.home, WECOM).revoke(READ_API[WECOM])
    await desk.open(WECOM)
    booked = await desk.book(WECOM)
    assert await desk.refusal("book_room", WECOM) == "room_booked"
    await desk.release(WECOM, booking_id=booked["booking_id"])
    assert desk.written() == MADE[WECOM] + RELEASED[WECOM]


async def test_a_room_of_the_booking_calendar_alone_can_be_booked(desk: Desk) -> None:
    """It has no system to call."""
    desk.home.sim.company.calendar[ONLY_ID].bookings.clear()
    await desk.open(WECOM, {**OPTIONS[WECOM], "booking_rooms": True})
    device = desk.device(WECOM, ALONE)
    await desk.act("book_room", device)
    assert desk.home.shown(WECOM, ALONE, "availability") == "booked"
    await desk.act("release_room", device)
    assert desk.home.shown(WECOM, ALONE, "availability") == "free"
    assert desk.written() == MADE[WECOM] + RELEASED[WECOM]
    reason = await desk.refusal_at("call_room", device, meeting_id="meeting1")
    assert reason == "room_not_callable"


async def test_a_booking_that_needs_an_approval_is_requested(desk: Desk) -> None:
    """It does not make the room booked, and can be withdrawn by its id."""
    await desk.open(WECOM)
    device = desk.device(WECOM, APPROVED)
    desk.home.sim.company.end_meeting(WECOM, APPROVED)
    booked = await desk.act("book_room", device)
    assert desk.home.shown(WECOM, APPROVED, "availability") == "free"
    await desk.act("release_room", device, booking_id=booked["booking_id"])
    assert desk.written() == MADE[WECOM] + RELEASED[WECOM]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_booking_of_someone_else_is_seen_before_ours_is_sent(
    desk: Desk, vendor: str
) -> None:
    """Nothing is written, and the board shows it at once."""
    await desk.open(vendor)
    desk.home.sim.company.book(
        vendor, ROOM[vendor], MORNING, MORNING + 2 * HOUR, subject=SUBJECT
    )
    assert desk.availability(vendor) == "free"
    assert await desk.refusal("book_room", vendor) == "room_booked"
    assert desk.written() == []
    assert desk.availability(vendor) == "booked"
    end = {"end": NOON + HOUR}
    assert await desk.refusal("book_room", vendor, start=NOON, **end) == "room_booked"
    await desk.book(vendor, start=NOON + HOUR, end=NOON + 2 * HOUR)
    assert desk.written() == MADE[vendor]


async def test_a_linked_calendar_blocks_a_booking(desk: Desk) -> None:
    """A tentative event does not."""
    calendar = OfficeCalendar("Office")
    await add_entities(desk.home, "calendar", calendar)
    await desk.open(
        TENCENT, {**ALL_ROOMS, **linked(ROOM[TENCENT], calendar="calendar.office")}
    )
    event = CalendarEvent(start=NOON, end=NOON + HOUR, summary=SUBJECT)
    calendar.events = [event]
    assert await desk.refusal("book_room", TENCENT, start=NOON) == "room_booked"
    assert desk.written() == []
    event.status = CalendarEventStatus.TENTATIVE
    await desk.book(TENCENT, start=NOON)
    assert desk.written() == MADE[TENCENT]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_two_clicks_in_the_same_second_book_once(desk: Desk, vendor: str) -> None:
    """The second one finds the room booked."""
    await desk.open(vendor)
    results = await asyncio.gather(
        desk.book(vendor), desk.book(vendor), return_exceptions=True
    )
    reasons = [getattr(each, "translation_key", None) for each in results]
    assert sorted(reasons, key=str) == [None, "room_booked"]
    assert desk.written() == MADE[vendor]
    assert desk.left_over() == 0


@pytest.mark.parametrize("vendor", LISTERS)
async def test_two_clicks_in_the_same_second_release_once(
    desk: Desk, vendor: str
) -> None:
    """Both succeed."""
    await desk.open(vendor)
    await desk.book(vendor)
    first, second = await asyncio.gather(desk.release(vendor), desk.release(vendor))
    assert first == second
    assert desk.written() == MADE[vendor] + RELEASED[vendor]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_booking_of_someone_else_is_released_without_their_meeting(
    desk: Desk, vendor: str
) -> None:
    """By default, the one now."""
    desk.home.sim.company.book(vendor, ROOM[vendor], MORNING, MORNING + HOUR)
    later = MORNING + 3 * HOUR
    desk.home.sim.company.book(vendor, ROOM[vendor], later, later + HOUR)
    await desk.open(vendor)
    assert desk.availability(vendor) == "booked"
    released = await desk.release(vendor)
    assert span_of(released) == (MORNING, MORNING + HOUR)
    assert desk.availability(vendor) == "free"
    assert desk.bookings(vendor) == [(later, later + HOUR)]
    assert desk.written() == ["release"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_what_is_not_booked_is_not_released(desk: Desk, vendor: str) -> None:
    """The bookings are fetched again, and nothing is written."""
    await desk.open(vendor)
    assert await desk.refusal("release_room", vendor) == "no_booking_now"
    reason = await desk.refusal("release_room", vendor, booking_id="unknown")
    assert reason == "booking_unknown"
    assert desk.home.sim.requests.count(vendor, RELEASE_API[vendor]) == 0


@pytest.mark.parametrize(
    ("vendor", "sent_id"),
    [(TENCENT, "{}"), (WECOM, "bk{}"), (TENCENT, ""), (WECOM, "")],
)
async def test_a_booking_that_was_made_a_moment_ago_elsewhere_is_released(
    desk: Desk, vendor: str, sent_id: str
) -> None:
    """Home Assistant would see it in the next minutes only."""
    await desk.open(vendor)
    booking = desk.home.sim.company.book(vendor, ROOM[vendor], MORNING, MORNING + HOUR)
    assert desk.availability(vendor) == "free"
    booking_id = sent_id.format(booking.booking_id)
    released = await desk.release(vendor, booking_id=booking_id)
    assert span_of(released) == (MORNING, MORNING + HOUR)
    assert desk.written() == ["release"]
    assert desk.bookings(vendor) == []


async def test_quanshi_cannot_release_or_call(desk: Desk) -> None:
    """Say so."""
    await desk.open(QUANSHI)
    reasons = [
        await desk.refusal("release_room", QUANSHI),
        await desk.refusal("call_room", QUANSHI, meeting_id="1"),
        await desk.refusal("cancel_call", QUANSHI, meeting_id="1"),
    ]
    assert reasons == ["writing_unsupported"] * 3


async def test_a_booking_that_is_over_is_not_released(desk: Desk) -> None:
    """No request is sent."""
    await desk.open(TENCENT)
    booked = await desk.book(TENCENT)
    await desk.home.pass_time(1801)
    reason = await desk.refusal(
        "release_room", TENCENT, booking_id=booked["booking_id"]
    )
    assert reason == "booking_unknown"
    assert desk.written() == MADE[TENCENT]


async def test_a_recurring_booking_is_not_released(desk: Desk) -> None:
    """Tencent Meeting would release all of its occurrences."""
    desk.home.sim.company.book(
        TENCENT, ROOM[TENCENT], MORNING, MORNING + HOUR, recurring_id="42"
    )
    await desk.open(TENCENT)
    assert desk.availability(TENCENT) == "booked"
    assert await desk.refusal("release_room", TENCENT) == "booking_recurring"
    assert desk.written() == []


async def test_the_booking_of_a_linked_calendar_is_not_released(desk: Desk) -> None:
    """It can only be removed there."""
    calendar = OfficeCalendar("Office")
    calendar.events = [
        CalendarEvent(start=MORNING, end=MORNING + HOUR, summary=SUBJECT)
    ]
    await add_entities(desk.home, "calendar", calendar)
    await desk.open(
        TENCENT, {**ALL_ROOMS, **linked(ROOM[TENCENT], calendar="calendar.office")}
    )
    assert desk.availability(TENCENT) == "booked"
    assert await desk.refusal("release_room", TENCENT) == "booking_of_linked_calendar"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_booking_that_has_just_gone_is_refused_and_disappears(
    desk: Desk, vendor: str
) -> None:
    """The vendor does not know it any more."""
    booking = desk.home.sim.company.book(vendor, ROOM[vendor], MORNING, MORNING + HOUR)
    await desk.open(vendor)
    desk.home.sim.company.cancel_booking(vendor, booking.booking_id)
    assert await desk.refusal("release_room", vendor) == "booking_unknown"
    assert desk.availability(vendor) == "free"
    assert desk.written() == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_booking_of_next_week_is_released_by_its_id(
    desk: Desk, vendor: str
) -> None:
    """Home Assistant knows those that it has made."""
    await desk.open(vendor)
    later = NOON + timedelta(days=7)
    booked = await desk.book(vendor, start=later)
    released = await desk.release(vendor, booking_id=booked["booking_id"])
    assert span_of(released) == (later, later + 30 * MINUTE)
    assert desk.written() == MADE[vendor] + RELEASED[vendor]
    assert desk.left_over() == 0


@pytest.mark.parametrize(("vendor", "status"), [(TENCENT, "1"), (WECOM, None)])
async def test_a_room_is_called_and_the_call_is_cancelled(
    desk: Desk, vendor: str, status: str | None
) -> None:
    """Return the status as far as the vendor reports one."""
    await desk.open(vendor)
    meeting_id = await desk.meeting(vendor)
    device = desk.device(vendor)
    called = await desk.act("call_room", device, meeting_id=meeting_id)
    assert called == {"status": status}
    assert {*await desk.act("cancel_call", device, meeting_id=meeting_id)} == {"status"}
    assert desk.written()[-2:] == ["call", "cancel_call"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_cannot_be_called_is_refused(desk: Desk, vendor: str) -> None:
    """The vendor is not asked."""
    desk.home.sim.company.change(vendor, ROOM[vendor], is_allow_call=False)
    await desk.open(vendor)
    before = len(desk.home.sim.requests)
    reason = await desk.refusal("call_room", vendor, meeting_id="1")
    assert reason == "room_not_callable"
    assert len(desk.home.sim.requests) == before


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_error_of_a_call_is_translated(desk: Desk, vendor: str) -> None:
    """An unknown meeting is one."""
    await desk.open(vendor)
    reason = await desk.refusal("call_room", vendor, meeting_id="404")
    assert reason in {"not_found", "refused"}
    assert desk.written() == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_device_of_an_account_is_no_room(desk: Desk, vendor: str) -> None:
    """Neither is that of another integration, nor one that does not exist."""
    await desk.open(vendor)
    account = desk.home.known_device(vendor).id
    assert await desk.refusal_at("book_room", account) == "device_not_a_room"
    assert await desk.refusal_at("book_room", "unknown") == "device_not_found"


async def test_an_account_that_is_not_loaded_is_named(desk: Desk) -> None:
    """Its rooms are known, but cannot be booked."""
    entry = await desk.open(TENCENT)
    assert await desk.home.hass.config_entries.async_unload(entry.entry_id)
    assert await desk.refusal("book_room", TENCENT) == "account_not_loaded"


async def test_a_target_with_one_room_fills_the_field(desk: Desk) -> None:
    """It is a list."""
    await desk.open(TENCENT)
    one: Any = [desk.device(TENCENT)]
    await desk.act("book_room", one)
    assert desk.written() == MADE[TENCENT]


@pytest.mark.parametrize("kind", ["entity_id", "area_id", "floor_id", "label_id"])
async def test_a_target_that_contains_one_room_is_that_room(
    desk: Desk, kind: str
) -> None:
    """Other devices in the area or with the label do not count."""
    await desk.open(TENCENT)
    target = place(desk, ROOM[TENCENT])
    account = desk.home.known_device(TENCENT).id
    desk.home.devices.async_update_device(
        account, area_id=target["area_id"], labels={target["label_id"]}
    )
    await desk.call("book_room", **{kind: target[kind]})
    assert desk.written() == MADE[TENCENT]
    await desk.call("release_room", **{kind: [target[kind]]})
    assert desk.written() == MADE[TENCENT] + RELEASED[TENCENT]


@pytest.mark.parametrize("action", ["book_room", "release_room"])
@pytest.mark.parametrize("kind", ["entity_id", "area_id", "floor_id", "label_id"])
async def test_a_target_beside_another_room_names_two_rooms(
    desk: Desk, action: str, kind: str
) -> None:
    """The error asks for one."""
    await desk.open(TENCENT)
    target = place(desk, ROOM[TENCENT])
    other = desk.device(TENCENT, OTHER_ROOM[TENCENT])
    reason = await desk.refusal_at(action, other, **{kind: target[kind]})
    assert reason == "one_room_only"
    assert desk.written() == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({"entity_id": "sensor.unknown"}, "unknown_entity"),
        ({"entity_id": "light.hall"}, "one_room_only"),
        ({"area_id": "unknown"}, "unknown_area"),
        ({"floor_id": "unknown"}, "unknown_floor"),
        ({"label_id": "unknown"}, "unknown_label"),
    ],
)
async def test_a_target_without_a_room_is_refused(
    desk: Desk, target: dict[str, str], reason: str
) -> None:
    """Nothing is sent."""
    await desk.open(TENCENT)
    desk.home.hass.states.async_set("light.hall", "on")
    before = len(desk.home.sim.requests)
    with pytest.raises(ServiceValidationError) as caught:
        await desk.call("book_room", **target)
    assert caught.value.translation_key == reason
    assert len(desk.home.sim.requests) == before


@pytest.mark.parametrize("action", ["book_room", "release_room", "call_room"])
async def test_a_user_without_the_right_to_the_calendar_is_refused(
    desk: Desk, hass_read_only_user: MockUser, action: str
) -> None:
    """Nothing is sent."""
    await desk.open(TENCENT)
    before = len(desk.home.sim.requests)
    desk.context = Context(user_id=hass_read_only_user.id)
    fields = {"call_room": {"meeting_id": "1"}}.get(action, {})
    with pytest.raises(Unauthorized) as caught:
        await desk.act(action, desk.device(TENCENT), **fields)
    calendar = desk.home.entity(TENCENT, ROOM[TENCENT], "bookings").entity_id
    assert (caught.value.entity_id, caught.value.permission) == (
        calendar,
        POLICY_CONTROL,
    )
    assert len(desk.home.sim.requests) == before


async def test_a_user_with_the_right_to_the_calendar_books(
    desk: Desk, hass_read_only_user: MockUser
) -> None:
    """The right to other entities does not matter."""
    await desk.open(TENCENT)
    calendar = desk.home.entity(TENCENT, ROOM[TENCENT], "bookings").entity_id
    permitted = {calendar: {"control": True}}
    hass_read_only_user.mock_policy({"entities": {"entity_ids": permitted}})
    desk.context = Context(user_id=hass_read_only_user.id)
    await desk.book(TENCENT)
    assert desk.written() == MADE[TENCENT]


async def test_without_a_calendar_the_right_to_the_availability_counts(
    desk: Desk, hass_read_only_user: MockUser
) -> None:
    """A room whose bookings are denied has no calendar."""
    desk.home.sim.accounts.tencent_meeting.permissions.revoke("meetings")
    await desk.open(TENCENT)
    availability = desk.home.entity(TENCENT, ROOM[TENCENT], "availability").entity_id
    desk.context = Context(user_id=hass_read_only_user.id)
    with pytest.raises(Unauthorized):
        await desk.book(TENCENT)
    permitted = {availability: {"control": True}}
    hass_read_only_user.mock_policy({"entities": {"entity_ids": permitted}})
    await desk.book(TENCENT)
    assert desk.written() == MADE[TENCENT]


async def test_an_unknown_user_is_refused(desk: Desk) -> None:
    """It may have been deleted."""
    await desk.open(TENCENT)
    desk.context = Context(user_id="deleted")
    with pytest.raises(UnknownUser):
        await desk.book(TENCENT)
    assert desk.written() == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_log_has_no_subject_and_no_organizer(
    desk: Desk, vendor: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither of a booking that succeeds nor of one that fails."""
    await desk.open(vendor)
    caplog.set_level("DEBUG", "custom_components.meeting_rooms")
    fields = {"subject": SUBJECT, "organizer": "member-0077"}
    await desk.book(vendor, **fields)
    await desk.refusal("book_room", vendor, **fields)
    desk.home.sim.faults.add(
        desk.fault("http", vendor, BOOK_API[vendor], carried_out=False)
    )
    await desk.refusal("book_room", vendor, start=NOON, **fields)
    lines = [each for each in caplog.records if "meeting_rooms" in each.name]
    texts = "".join(each.getMessage() for each in lines)
    assert [each for each in fields.values() if each in texts] == []
