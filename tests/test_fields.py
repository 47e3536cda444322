"""Compare docs/fields.md with the vendors' sample responses and the models."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict, fields
import json
import re
from typing import Any, Final, NamedTuple

import pytest

from custom_components.meeting_rooms.api.models.conference import Conference
from custom_components.meeting_rooms.api.models.room import RoomDetails
from custom_components.meeting_rooms.api.quanshi.booking import QuanshiBooking
from custom_components.meeting_rooms.api.quanshi.conference import build_conference
from custom_components.meeting_rooms.api.quanshi.live import QuanshiRun
from custom_components.meeting_rooms.api.rooms_backend import parse_details
from custom_components.meeting_rooms.api.tencent_meeting.wire import MeetingRow
from custom_components.meeting_rooms.api.wecom.calendar import (
    BookingRow,
    CalendarRoomRow,
    ScheduleRow,
)
from custom_components.meeting_rooms.descriptions.conference import (
    CONFERENCE_BINARY_SENSORS,
    CONFERENCE_SENSORS,
)
from custom_components.meeting_rooms.descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_SENSORS,
)
from custom_components.meeting_rooms.rooms.room import Room

from .api_samples import (
    DASHBOARD,
    FIXTURES,
    INFOS,
    TENCENT,
    WECOM,
    Sample,
    load_fixture,
    sample,
    with_field,
    with_value,
    without_field,
)
from .documents import chapters, read_page, table_rows
from .translations import LANGUAGES

PAGES: Final = (TENCENT, WECOM, INFOS, DASHBOARD)
"""The API pages, in the order of the document."""
BOOKING_MODELS: Final[Mapping[str, type[Any]]] = {
    "meeting_info_list[]": MeetingRow,
    "meetingroom_list[]": CalendarRoomRow,
    "booking_list[]": ScheduleRow,
    "booking_list[].schedule[]": BookingRow,
}
UNUSED_BOOKING_FIELDS: Final = (
    "coordinate",
    "equipment",
    "meeting_code",
    "need_approval",
    "schedule_id",
)
INTERNAL: Final = re.compile("internal: |内部使用：")
ENTITY: Final = re.compile(r"`((?:binary_)?sensor\.\w+)`")
CANARY: Final = "Y2FuYXJ5c2VjcmV0"
CANARY_DECODED: Final = b64decode(CANARY).decode()

type Subject = Room | Conference
type Wire = RoomDetails | QuanshiBooking | QuanshiRun


class Row(NamedTuple):
    """A row of the document: a field of an API page, and its use."""

    page: str
    path: str
    outcome: str


def read_document(language: str) -> list[Row]:
    """Return all rows of the document in a language."""
    return [
        Row(page, path.strip("`"), outcome)
        for page, chapter in zip(
            PAGES, chapters(read_page("docs/fields", language))[:-1], strict=True
        )
        for path, outcome in table_rows(chapter)
    ]


ROWS: Final = read_document("en")
FIELDS: Final[Mapping[str, list[str]]] = load_fixture("vendor_fields")
ENTITIES: Final[Mapping[type[Subject], Mapping[str, Any]]] = {
    Room: {
        **{f"sensor.{one.key}": one.value_fn for one in ROOM_SENSORS},
        **{f"binary_sensor.{one.key}": one.value_fn for one in ROOM_BINARY_SENSORS},
    },
    Conference: {
        **{f"sensor.{one.key}": one.value_fn for one in CONFERENCE_SENSORS},
        **{
            f"binary_sensor.{one.key}": one.value_fn
            for one in CONFERENCE_BINARY_SENSORS
        },
    },
}

DEVICE: Final[Mapping[str, Any]] = {
    "name": lambda subject: (
        subject.name if isinstance(subject, Room) else subject.title
    ),
    "manufacturer": lambda room: room.known.hardware.manufacturer,
    "model": lambda room: room.model,
    "serial number": lambda room: room.known.hardware.serial_number,
    "MAC address": lambda room: room.known.hardware.mac_address,
    "software version": lambda room: room.software_version,
    "hardware version": lambda room: room.known.hardware.firmware_version,
}


def rows_that(outcome: str) -> list[Any]:
    """Return the rows whose outcome matches, without request parameters."""
    return [
        pytest.param(row, id=f"{row.page}:{row.path}")
        for row in ROWS
        if re.match(outcome, row.outcome) and not row.path.startswith("request.")
    ]


def parse_wire(page: str, response: Sample) -> Wire:
    """Parse a response into the wire model of its page."""
    match page:
        case "quanshi_conference_infos":
            return QuanshiBooking.from_dict(response["result"][0])
        case "quanshi_dashboard_conference_info":
            return QuanshiRun.from_dict(response["result"])
    return parse_details(response)


def parse_subject(page: str, response: Sample) -> Subject:
    """Parse a response into a room or conference, which is built from the wire model alone."""
    match parse_wire(page, response):
        case QuanshiBooking() as booking:
            return build_conference(booking.event_id or "", booking)
        case QuanshiRun() as run:
            return build_conference("", QuanshiBooking(), run=run)
        case RoomDetails() as details:
            return Room(room_id="100001", details=details)


def kept_values(page: str, response: Sample) -> str:
    """Return all values of a response that the models keep."""
    models = (parse_wire(page, response), parse_subject(page, response))
    return repr([asdict(model) for model in models])


@pytest.mark.parametrize("page", PAGES)
def test_every_field_is_listed(page: str) -> None:
    """The document lists each field of the vendors' tables and no other."""
    listed = [row.path for row in ROWS if row.page == page]

    assert sorted(listed) == sorted(FIELDS[page])


def test_both_languages_agree() -> None:
    """The Chinese document has the same fields with the same entities."""
    assert [(row.page, row.path, ENTITY.findall(row.outcome)) for row in ROWS] == [
        (row.page, row.path, ENTITY.findall(row.outcome))
        for row in read_document("zh-Hans")
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_field_of_the_sample_is_listed(page: str) -> None:
    """The document lists each field of the sample response."""

    def paths(value: object, path: str) -> set[str]:
        """Return the paths of all fields."""
        match value:
            case dict():
                return {
                    found
                    for name, inner in value.items()
                    for found in (
                        f"{path}{name}",
                        *paths(inner, f"{path}{name}."),
                    )
                }
            case list():
                return {
                    found
                    for item in value
                    for found in paths(item, f"{path.removesuffix('.')}[].")
                }
        return set()

    assert paths(sample(page), "") <= {row.path for row in ROWS if row.page == page}


def test_words_are_explained() -> None:
    """Every outcome begins with one of the words that the document explains."""
    words = r"`(binary_)?sensor\.|device: |internal: |request: |envelope|not used: |(secret|personal), never kept"

    assert [row for row in ROWS if not re.match(words, row.outcome)] == []


@pytest.mark.parametrize("row", rows_that("`"))
def test_entities_show_their_fields(row: Row) -> None:
    """Each named entity has another value without the field."""
    response = with_value(row.page, row.path)
    complete = parse_subject(row.page, response)
    missing = parse_subject(row.page, without_field(row.path, response))

    named = ENTITY.findall(row.outcome)
    values = [ENTITIES[type(complete)][name] for name in named]
    assert named
    assert [value for value in values if value(complete) == value(missing)] == []


@pytest.mark.parametrize("row", rows_that("device: "))
def test_devices_show_their_fields(row: Row) -> None:
    """Each part of the device information has another value without the field."""
    part = row.outcome.removeprefix("device: ").partition(",")[0]
    response = with_value(row.page, row.path)
    shown = DEVICE[part](parse_subject(row.page, response))

    assert shown is not None
    assert shown != DEVICE[part](
        parse_subject(row.page, without_field(row.path, response))
    )


@pytest.mark.parametrize("row", rows_that("internal: "))
def test_internal_fields_are_parsed(row: Row) -> None:
    """The wire models differ without the field."""
    response = with_value(row.page, row.path)

    assert parse_wire(row.page, response) != parse_wire(
        row.page, without_field(row.path, response)
    )


@pytest.mark.parametrize("row", rows_that("not used: "))
def test_unused_fields_are_not_kept(row: Row) -> None:
    """The room or conference does not contain the value of the field."""
    response = with_field(row.page, row.path, CANARY)

    assert CANARY not in repr(asdict(parse_subject(row.page, response)))


@pytest.mark.parametrize("row", rows_that("secret|personal|envelope: "))
def test_secret_fields_are_not_kept(row: Row) -> None:
    """No model contains the value of the field, not even the wire model."""
    kept = kept_values(row.page, with_field(row.page, row.path, CANARY))

    assert CANARY not in kept
    assert CANARY_DECODED not in kept


def test_kept_fields_are_found_in_the_models() -> None:
    """The search for a value finds it if the field is kept."""
    kept = kept_values(TENCENT, with_field(TENCENT, "basic_info.desc", CANARY))

    assert CANARY_DECODED in kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_of_bookings_are_those_of_the_models(language: str) -> None:
    """The last table has each field that the models of bookings parse, and says which are not."""
    rows = dict(table_rows(chapters(read_page("docs/fields", language))[-1]))
    parsed = {
        f"`{path}.{each.metadata['alias']}`"
        for path, model in BOOKING_MODELS.items()
        for each in fields(model)
    } - {"`booking_list[].schedule`"}

    assert {path for path, outcome in rows.items() if INTERNAL.match(outcome)} == parsed
    assert {path.rpartition(".")[2].strip("`") for path in {*rows} - parsed} == {
        *UNUSED_BOOKING_FIELDS
    }


def test_the_sample_as_printed_is_not_json() -> None:
    """The printed sample of Tencent Meeting lacks one comma."""
    printed = (FIXTURES / f"{TENCENT}_as_printed.json").read_text("utf-8")
    corrected = printed.replace('"monitor_status":0', '"monitor_status":0,')

    with pytest.raises(json.JSONDecodeError):
        json.loads(printed)
    assert json.loads(corrected) == load_fixture(TENCENT)
