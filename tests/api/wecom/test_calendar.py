"""Test the booking calendar of WeCom with responses of any form."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

import pytest

from custom_components.meeting_rooms.api.budget import Tier
from custom_components.meeting_rooms.api.errors import (
    InvalidResponse,
    NotFound,
    PermissionDenied,
    RequestRejected,
)
from custom_components.meeting_rooms.api.models.booking import (
    Booking,
    CalendarRoom,
    Titles,
)
from custom_components.meeting_rooms.api.values import BEIJING
from custom_components.meeting_rooms.rooms.matching import match_rooms
from custom_components.meeting_rooms.rooms.room import Room
from simulator.company.calendar_rooms import ONLY_ID

from ..accounts import Company
from ..fixtures import sample_json
from ..scripted import Received, ScriptedVendor
from .requests import OK

ROOMS = "/cgi-bin/oa/meetingroom/list"
BOOKINGS = "/cgi-bin/oa/meetingroom/get_booking_info"
MIDNIGHT = datetime(2026, 11, 21, tzinfo=BEIJING)
DAY = timedelta(days=1)
NINE = int(MIDNIGHT.timestamp()) + 9 * 3600


def booking(**fields: Any) -> dict[str, Any]:
    """Return a booking from nine to ten."""
    times = {"start_time": NINE, "end_time": NINE + 3600}
    return {"booking_id": "b1", "booker": "zhangsan", "status": 0} | times | fields


def schedules(*bookings: Any, room_id: object = 31) -> dict[str, Any]:
    """Return a response with the bookings of one room."""
    rows = [{"meetingroom_id": room_id, "schedule": [*bookings]}]
    return OK | {"booking_list": rows}


def nine(booking_id: str | None = "b1", **fields: Any) -> Booking:
    """Return the parsed booking from nine to ten."""
    start = datetime.fromtimestamp(NINE, UTC)
    end = start + timedelta(hours=1)
    return Booking(booking_id=booking_id, start=start, end=end, **fields)


def spans_of(requests: list[Received]) -> list[tuple[datetime, datetime]]:
    """Return the requested spans in the time of Beijing."""
    bodies = [request.json_body for request in requests]
    return [
        (
            datetime.fromtimestamp(body["start_time"], BEIJING),
            datetime.fromtimestamp(body["end_time"], BEIJING),
        )
        for body in bodies
    ]


# The rooms


async def test_the_rooms_of_the_calendar_have_their_place(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The integer ids are text."""
    row = {
        "meetingroom_id": 2,
        "name": "18F-会议室 ",
        "capacity": 10,
        "city": "深圳",
        "building": "腾讯大厦",
        "floor": "18F",
        "equipment": [1, 2, 3],
        "coordinate": {"latitude": "22.540503", "longitude": "113.934528"},
        "need_approval": 1,
    }
    no_place = {"meetingroom_id": 3, "name": "", "capacity": 0, "city": ""}
    vendor.reply(ROOMS, OK | {"meetingroom_list": [row, no_place]})
    listing = await scripted.wecom().fetch_calendar_rooms()
    assert listing.complete is True
    assert listing.items == (
        CalendarRoom(
            calendar_id="2",
            name="18F-会议室",
            city="深圳",
            building="腾讯大厦",
            floor="18F",
            capacity=10,
        ),
        CalendarRoom(calendar_id="3"),
    )


@pytest.mark.parametrize(
    ("rows", "ids", "complete"),
    [
        ([], [], True),
        ([{"meetingroom_id": 1}, {"meetingroom_id": "2"}], ["1", "2"], True),
        ([{"meetingroom_id": 1}, {"meetingroom_id": 1}], ["1"], False),
        ([{"meetingroom_id": 1}, None, "x", {}], ["1"], False),
        ([{"meetingroom_id": "x"}, {"meetingroom_id": 2}], ["2"], False),
    ],
)
async def test_an_unreadable_row_makes_the_rooms_incomplete(
    scripted: Company,
    vendor: ScriptedVendor,
    rows: list[object],
    ids: list[str],
    complete: bool,
) -> None:
    """The other rooms are returned."""
    vendor.reply(ROOMS, OK | {"meetingroom_list": rows})
    listing = await scripted.wecom().fetch_calendar_rooms()
    assert [each.calendar_id for each in listing.items] == ids
    assert listing.complete is complete


@pytest.mark.parametrize("value", [None, {}, "[]", 0])
async def test_a_response_without_a_list_is_invalid(
    scripted: Company, vendor: ScriptedVendor, value: object
) -> None:
    """It does not mean that nothing is booked."""
    client = scripted.wecom()
    vendor.reply(ROOMS, OK | {"meetingroom_list": value})
    vendor.reply(BOOKINGS, OK | {"booking_list": value})
    with pytest.raises(InvalidResponse):
        await client.fetch_calendar_rooms()
    with pytest.raises(InvalidResponse):
        await client.fetch_calendar(MIDNIGHT, MIDNIGHT + DAY)


async def test_a_large_calendar_is_fetched(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor sends all rooms at once."""
    rows = [{"meetingroom_id": number} for number in range(3000)]
    vendor.reply(ROOMS, OK | {"meetingroom_list": rows})
    listing = await scripted.wecom().fetch_calendar_rooms()
    assert (len(listing.items), listing.complete) == (3000, True)


# Bookings


async def test_the_documented_sample_is_parsed(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """A room without bookings is returned too."""
    vendor.reply(BOOKINGS, sample_json("wecom_get_booking_info"))
    start = datetime(2020, 7, 1, tzinfo=BEIJING)
    found = await scripted.wecom().fetch_calendar(start, start + DAY)
    [only] = found["1"]
    assert only == Booking(
        booking_id="bkebsada6e027c123cbafAAA",
        start=datetime(2020, 6, 30, 16, tzinfo=UTC),
        end=datetime(2020, 7, 2, 4, tzinfo=UTC),
    )
    assert found["2"] == ()


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (0, [nine()]),
        ("0", [nine()]),
        (1, []),
        (2, [nine(tentative=True)]),
        (3, [nine(tentative=True)]),
        (4, [nine(tentative=True)]),
        (None, [nine(tentative=True)]),
    ],
)
async def test_only_a_booking_with_the_status_booked_reserves_the_room(
    scripted: Company, vendor: ScriptedVendor, status: object, found: list[Booking]
) -> None:
    """A cancelled one is left out; requested, in approval and unknown ones are tentative."""
    vendor.reply(BOOKINGS, schedules(booking(status=status)))
    bookings = await scripted.wecom().fetch_calendar(MIDNIGHT, MIDNIGHT + DAY)
    assert bookings == {"31": (*found,)}


@pytest.mark.parametrize(
    ("fields", "booking_id"),
    [
        ({"booking_id": "b1"}, "b1"),
        ({"meeting_id": "m1"}, "m1"),
        ({"booking_id": "b1", "meeting_id": "m1"}, "b1"),
        ({"schedule_id": "s1"}, None),
    ],
)
async def test_a_booking_has_the_newer_or_the_older_id(
    scripted: Company,
    vendor: ScriptedVendor,
    fields: dict[str, str],
    booking_id: str | None,
) -> None:
    """The id of the calendar's entry is another one."""
    times = {"start_time": NINE, "end_time": NINE + 3600, "status": 0}
    vendor.reply(BOOKINGS, schedules(times | fields))
    found = await scripted.wecom().fetch_calendar(MIDNIGHT, MIDNIGHT + DAY)
    assert found == {"31": (nine(booking_id),)}


@pytest.mark.parametrize(
    ("titles", "organizer"),
    [
        (Titles.BUSY_ONLY, None),
        (Titles.ORGANIZER, "zhangsan"),
        (Titles.FULL, "zhangsan"),
    ],
)
async def test_the_booker_is_returned_only_where_the_user_wants_it(
    scripted: Company, vendor: ScriptedVendor, titles: Titles, organizer: str | None
) -> None:
    """A booking has no title at this vendor."""
    vendor.reply(BOOKINGS, schedules(booking(subject="budget")))
    client = scripted.wecom()
    client.titles = titles
    by_room = await client.fetch_calendar(MIDNIGHT, MIDNIGHT + DAY)
    of_room = await client.fetch_bookings("31", MIDNIGHT, MIDNIGHT + DAY)
    assert by_room == {"31": of_room} == {"31": (nine(organizer=organizer),)}
    assert "budget" not in repr(of_room)


@pytest.mark.parametrize(
    "unreadable",
    [
        None,
        "x",
        {},
        booking(start_time=None),
        booking(end_time="soon"),
        booking(start_time=NINE, end_time=NINE),
        booking(start_time=NINE, end_time=NINE - 1),
    ],
    ids=repr,
)
async def test_an_unreadable_booking_is_left_out(
    scripted: Company, vendor: ScriptedVendor, unreadable: object
) -> None:
    """The other bookings are returned."""
    vendor.reply(BOOKINGS, schedules(unreadable, booking(booking_id="b2")))
    found = await scripted.wecom().fetch_calendar(MIDNIGHT, MIDNIGHT + DAY)
    assert found == {"31": (nine("b2"),)}


@pytest.mark.parametrize("room_id", [None, "", "x", [], {}, True, 1.5])
async def test_bookings_of_an_unknown_room_are_left_out(
    scripted: Company, vendor: ScriptedVendor, room_id: object
) -> None:
    """They cannot be shown in any room."""
    vendor.reply(BOOKINGS, schedules(booking(), room_id=room_id))
    assert await scripted.wecom().fetch_calendar(MIDNIGHT, MIDNIGHT + DAY) == {}


# One request for each day


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        (MIDNIGHT, MIDNIGHT + DAY, [(MIDNIGHT, MIDNIGHT + DAY)]),
        (
            MIDNIGHT - DAY,
            MIDNIGHT + DAY,
            [(MIDNIGHT - DAY, MIDNIGHT), (MIDNIGHT, MIDNIGHT + DAY)],
        ),
        (
            MIDNIGHT - timedelta(hours=1),
            MIDNIGHT + DAY + timedelta(minutes=5),
            [
                (MIDNIGHT - timedelta(hours=1), MIDNIGHT),
                (MIDNIGHT, MIDNIGHT + DAY),
                (MIDNIGHT + DAY, MIDNIGHT + DAY + timedelta(minutes=5)),
            ],
        ),
        (
            datetime(2026, 11, 20, 23, tzinfo=UTC),
            datetime(2026, 11, 21, 1, 0, 0, 500_000, tzinfo=UTC),
            [
                (
                    MIDNIGHT + timedelta(hours=7),
                    MIDNIGHT + timedelta(hours=9, seconds=1),
                )
            ],
        ),
        (MIDNIGHT, MIDNIGHT, []),
    ],
)
async def test_a_span_is_requested_day_by_day(
    scripted: Company,
    vendor: ScriptedVendor,
    start: datetime,
    end: datetime,
    spans: list[tuple[datetime, datetime]],
) -> None:
    """The vendor rejects a span across midnight in Beijing."""
    vendor.reply(BOOKINGS, schedules())
    await scripted.wecom().fetch_calendar(start, end)
    assert spans_of(vendor.of(BOOKINGS)) == spans


async def test_a_booking_across_midnight_is_one_booking(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """It is reported for both days, with an id or without; other occurrences are kept."""
    start = int(MIDNIGHT.timestamp()) - 600
    long = {"start_time": start, "end_time": start + 1200, "status": 0}
    rows = [long, long | {"booking_id": "b1"}]
    vendor.reply(BOOKINGS, schedules(*rows), schedules(*rows, booking(booking_id="b1")))
    found = await scripted.wecom().fetch_calendar(MIDNIGHT - DAY, MIDNIGHT + DAY)
    assert [each.booking_id for each in found["31"]] == [None, "b1", "b1"]


async def test_a_booking_across_midnight_that_is_reported_in_parts_is_one_booking(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Each day may have its own part; what does not adjoin it is another occurrence."""
    midnight = int(MIDNIGHT.timestamp())
    late = {"booking_id": "b1", "start_time": midnight - 600, "end_time": midnight}
    early = {"booking_id": "b1", "start_time": midnight, "end_time": midnight + 600}
    later = {
        "booking_id": "b1",
        "start_time": midnight + 1200,
        "end_time": midnight + 1800,
    }
    other = {"booking_id": "b2", "start_time": midnight, "end_time": midnight + 600}
    unnamed = {"start_time": midnight + 600, "end_time": midnight + 900}
    days: list[list[Any]] = [[late], [early, later, other, unnamed]]
    vendor.reply(
        BOOKINGS, *(schedules(*[row | {"status": 0} for row in day]) for day in days)
    )
    found = await scripted.wecom().fetch_calendar(MIDNIGHT - DAY, MIDNIGHT + DAY)
    minutes = [
        (each.booking_id, (each.end - each.start) // timedelta(minutes=1))
        for each in found["31"]
    ]
    assert minutes == [("b1", 20), ("b2", 10), (None, 5), ("b1", 10)]


async def test_a_booking_outside_the_span_is_left_out(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The vendor's filter is not relied on; a booking is without its end."""
    vendor.reply(BOOKINGS, schedules(booking()))
    client, ten = scripted.wecom(), MIDNIGHT + timedelta(hours=10)
    assert await client.fetch_calendar(ten, MIDNIGHT + DAY) == {"31": ()}
    nearly = ten - timedelta(seconds=1)
    assert await client.fetch_calendar(nearly, MIDNIGHT + DAY) == {"31": (nine(),)}


async def test_a_day_that_fails_is_an_error(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The bookings of the other day alone would show the room as free."""
    vendor.reply(BOOKINGS, schedules(booking()), {"errcode": 47001})
    with pytest.raises(RequestRejected):
        await scripted.wecom().fetch_calendar(MIDNIGHT, MIDNIGHT + 2 * DAY)


# One room


async def test_the_id_of_a_room_is_sent_as_an_integer(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """Only the bookings of this room are returned."""
    answer = schedules(booking())
    answer["booking_list"] += schedules(booking(), room_id=32)["booking_list"]
    vendor.reply(BOOKINGS, answer)
    found = await scripted.wecom().fetch_bookings("31", MIDNIGHT, MIDNIGHT + DAY)
    assert found == (nine(),)
    [request] = vendor.of(BOOKINGS)
    assert json.loads(request.body)["meetingroom_id"] == 31


async def test_a_room_without_bookings_has_none(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The response may have no row for it."""
    vendor.reply(BOOKINGS, OK | {"booking_list": []})
    assert await scripted.wecom().fetch_bookings("31", MIDNIGHT, MIDNIGHT + DAY) == ()


@pytest.mark.parametrize("room_id", ["RoomId001", "", "3.5"])
async def test_an_id_that_is_no_integer_is_not_found(
    scripted: Company, vendor: ScriptedVendor, room_id: str
) -> None:
    """No request is sent."""
    with pytest.raises(NotFound):
        await scripted.wecom().fetch_bookings(room_id, MIDNIGHT, MIDNIGHT + DAY)
    assert vendor.received == []


@pytest.mark.parametrize("code", [40035, 40058, 40063])
async def test_a_bad_parameter_is_an_unknown_room_only_where_a_room_is_requested(
    scripted: Company, vendor: ScriptedVendor, code: int
) -> None:
    """The bookings of all rooms have no such parameter."""
    vendor.reply(BOOKINGS, {"errcode": code, "booking_list": []})
    client = scripted.wecom()
    with pytest.raises(NotFound) as caught:
        await client.fetch_bookings("31", MIDNIGHT, MIDNIGHT + DAY)
    assert (caught.value.code, caught.value.item_only) == (code, True)
    with pytest.raises(RequestRejected) as rejected:
        await client.fetch_calendar(MIDNIGHT, MIDNIGHT + DAY)
    assert type(rejected.value) is RequestRejected


async def test_another_error_of_a_room_is_no_unknown_room(
    scripted: Company, vendor: ScriptedVendor
) -> None:
    """The room may exist."""
    vendor.reply(BOOKINGS, {"errcode": 47001, "booking_list": []})
    with pytest.raises(RequestRejected) as caught:
        await scripted.wecom().fetch_bookings("31", MIDNIGHT, MIDNIGHT + DAY)
    assert type(caught.value) is RequestRejected


# Against the simulated vendor

ROOM = "RoomId001"


def today(company: Company) -> tuple[datetime, datetime]:
    """Return a span across two days in Beijing."""
    now = datetime.fromtimestamp(company.sim.company.clock.now, BEIJING)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, midnight + 2 * DAY


async def test_the_bookings_of_all_rooms_need_one_request_for_each_day(
    company: Company,
) -> None:
    """Each room has the bookings that it has when it is requested alone."""
    client, span = company.wecom(), today(company)
    found = await client.fetch_calendar(*span)
    assert company.sim.requests.count("wecom", "get_booking_info") == 2
    assert {*found} == {str(room.number) for room in company.sim.company.calendar}
    for calendar_id, bookings in found.items():
        assert await client.fetch_bookings(calendar_id, *span) == bookings
    assert any(each.tentative for bookings in found.values() for each in bookings)
    assert company.sim.canaries.found_in(repr(found)) == []


async def test_the_bookings_of_a_room_are_those_that_reserve_it(
    company: Company,
) -> None:
    """The cancelled and released ones are left out."""
    span, sim = today(company), company.sim
    expected = [
        (each.start, each.end, each.status in {"requested", "in_approval"})
        for each in sim.company.bookings.between("wecom", ROOM, *span)
        if each.status not in {"cancelled", "released"}
    ]
    calendar_id = str(sim.company.calendar.number_of(ROOM))
    found = await company.wecom().fetch_bookings(calendar_id, *span)
    assert expected
    assert sorted(
        (int(each.start.timestamp()), int(each.end.timestamp()), each.tentative)
        for each in found
    ) == sorted(expected)


async def test_most_rooms_are_matched(company: Company) -> None:
    """One room has two candidates, and one is only in the calendar."""
    client, calendar = company.wecom(), company.sim.company.calendar
    live = await client.fetch_live()
    rooms = {
        room_id: Room(room_id=room_id, summary=summary)
        for room_id, summary in live.rooms.items()
    }
    listing = await client.fetch_calendar_rooms()
    matches = match_rooms(rooms, listing.items, {})
    assert listing.complete is True
    assert [*matches.doubtful] == [calendar.twin_of]
    assert [each.calendar_id for each in matches.unmatched] == [str(ONLY_ID)]
    assert {room_id: int(each) for room_id, each in matches.calendar_ids.items()} == {
        room.room_id: room.number
        for room in calendar
        if room.room_id not in {None, calendar.twin_of}
    }


async def test_an_unknown_room_is_not_found(company: Company) -> None:
    """The error is limited to this room."""
    with pytest.raises(NotFound) as caught:
        await company.wecom().fetch_bookings("77", *today(company))
    assert caught.value.item_only is True


async def test_the_calendar_has_a_permission_of_its_own(company: Company) -> None:
    """The list of Rooms is fetched without it."""
    company.sim.accounts.wecom.calendar_permitted = False
    client, span = company.wecom(), today(company)
    for fetch in (
        client.fetch_calendar_rooms(),
        client.fetch_calendar(*span),
        client.fetch_bookings("31", *span),
    ):
        with pytest.raises(PermissionDenied) as caught:
            await fetch
        assert caught.value.code == 48002
    assert (await client.fetch_live()).rooms_complete is True


async def test_the_requests_are_those_for_bookings(company: Company) -> None:
    """The bookings of one room can be requested with another priority."""
    client, span = company.wecom(), today(company)
    await client.fetch_calendar_rooms()
    await client.fetch_calendar(*span)
    await client.fetch_bookings("31", *span, Tier.INTERACTIVE)
    sent = client.budget.sent
    assert (sent[Tier.BOOKINGS], sent[Tier.INTERACTIVE]) == (3, 2)
