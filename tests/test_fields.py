"""Hold docs/fields.md against the vendors' sample answers and what the code makes of them."""

from base64 import b64decode
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict
import json
from pathlib import Path
import re
from typing import Any, Final, NamedTuple

import pytest

from custom_components.meeting_rooms.api.models.conference import (
    Conference,
    ConferenceRun,
)
from custom_components.meeting_rooms.api.quanshi.booking import ConferenceBooking
from custom_components.meeting_rooms.api.wecom.wire import parse_details
from custom_components.meeting_rooms.descriptions.conference import (
    CONFERENCE_BINARY_SENSORS,
    CONFERENCE_SENSORS,
)
from custom_components.meeting_rooms.descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_SENSORS,
)
from custom_components.meeting_rooms.rooms.room import Room

ROOT: Final = Path(__file__).parents[1]
FIXTURES: Final = ROOT / "tests" / "fixtures"
DOC: Final = (ROOT / "docs" / "fields.md").read_text("utf-8")

TENCENT: Final = "tencent_meeting_room_details"
WECOM: Final = "wecom_get_info"
INFOS: Final = "quanshi_conference_infos"
DASHBOARD: Final = "quanshi_dashboard_conference_info"
PAGES: Final = {
    "Tencent Meeting: details of a room": TENCENT,
    "WeCom: details of a room": WECOM,
    "Quanshi: a booked conference": INFOS,
    "Quanshi: a run of a conference": DASHBOARD,
}
CANARY: Final = "Y2FuYXJ5c2VjcmV0"
CANARY_DECODED: Final = b64decode(CANARY).decode()

type Sample = dict[str, Any]
type Subject = Room | Conference


class Row(NamedTuple):
    """A row of the document: a field of a page, and what becomes of it."""

    page: str
    path: str
    outcome: str


def load(name: str) -> Any:
    """Return a fixture."""
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def read_document() -> list[Row]:
    """Return all rows of the document."""
    return [
        Row(PAGES[title], path, outcome)
        for title, body in re.findall(
            r"^## (.+?)\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL
        )
        for path, outcome in re.findall(r"^\| `(\S+)` \| (.+) \|$", body, re.MULTILINE)
    ]


ROWS: Final = read_document()
FIELDS: Final[Mapping[str, list[str]]] = load("vendor_fields")
BOOKED: Final = load("quanshi_booked_rooms")
_APPROVED: Final = {"ApprovalStatus": 2}
_BOX: Final = BOOKED["houseList"][0] | _APPROVED | {"DeviceType": 3}
EQUIPMENT: Final = [
    _BOX | {"DeviceId": 6548, "DeviceName": "音箱", "ParentDeviceId": 6516},
    _BOX | {"DeviceId": 6549, "DeviceName": "话筒"},
]
"""Devices that are booked: one in a room that is known, one of which only the place is."""

PROBES: Final[Mapping[tuple[str, str], object]] = {
    **{
        (page, path): value
        for page in (TENCENT, WECOM)
        for path, value in {
            "account_info.account_new_type": 1,
            "account_info.valid_period": "2027-12-31",
            "hardware_info.factory": "ACME",
            "hardware_info.device_model": "Panel 1",
            "hardware_info.sn": "SN0001",
            "hardware_info.firmware_version": "1.2.3",
            "hardware_info.cpu_usage": "12.5%",
            "hardware_info.gpu_info": "GPU",
            "hardware_info.memory_info": "8 GB",
            "hardware_info.meeting_room_status": 3,
            "hardware_info.monitor_frequency": 60,
        }.items()
    },
    (INFOS, "result[].billingCode"): "95519736",
    (INFOS, "result[].calType"): "M",
    (INFOS, "result[].confMode"): 1,
    (INFOS, "result[].joinConfTags"): "guests,staff",
    (INFOS, "result[].calExtraInfo.labels"): '["launch"]',
    (INFOS, "result[].calExtraInfo.reserveFrom"): 1000,
    (INFOS, "result[].calExtraInfo.hide"): 1,
    **{
        (INFOS, f"result[].{rooms}[].IsMainRoom"): 1
        for rooms in ("houseList", "equipList", "detailHouseList")
    },
    (INFOS, "result[].detailHouseList[].ApplyStatus"): 2,
    (DASHBOARD, "result.stopTime"): 1715603600,
}
"""Values for fields that the samples leave empty or out."""

RIVALS: Final[Mapping[str, tuple[str, ...]]] = {
    "result[].billingCode": ("billingcode",),
    "result[].billingcode": ("billingCode",),
    "result[].houseList": ("detailHouseList",),
    "result[].detailHouseList": ("houseList",),
    **{
        f"result[].detailHouseList[].{name}": ("houseList",)
        for name in ("DeviceName", "City", "Location", "Floor", "IsMainRoom")
    },
}
"""Fields that tell the same, so that one alone shows what it does."""

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
    "network address": lambda room: room.known.hardware.mac_address,
    "software version": lambda room: room.software_version,
    "hardware version": lambda room: room.known.hardware.firmware_version,
}


def rows_that(outcome: str) -> list[Any]:
    """Return the rows whose outcome matches, without the requests."""
    return [
        pytest.param(row, id=f"{row.page}:{row.path}")
        for row in ROWS
        if re.match(outcome, row.outcome) and not row.path.startswith("request.")
    ]


def sample(page: str) -> Sample:
    """Return the sample answer of a page, with the booked rooms of the vendor's other sample, approved."""
    found: Sample = load(page)
    match page:
        case "quanshi_conference_infos":
            found["result"][0] |= {
                "equipList": deepcopy(EQUIPMENT),
                **{
                    rooms: [deepcopy(room) | _APPROVED for room in booked]
                    for rooms, booked in BOOKED.items()
                },
            }
    return found


def holders(answer: Sample, path: str) -> tuple[list[Sample], str]:
    """Return the objects that hold the field of a path, and its name."""
    *way, name = path.split(".")
    found: list[Any] = [answer]
    for step in way:
        found = [one[step.removesuffix("[]")] for one in found]
        found = [item for one in found for item in (one if "[]" in step else [one])]
    return found, name


def with_field(row: Row, value: object) -> Sample:
    """Return the sample with another value in a field."""
    answer = sample(row.page)
    found, name = holders(answer, row.path)
    for holder in found:
        holder[name] = deepcopy(value)
    assert found
    return answer


def without_field(row: Row, answer: Sample) -> Sample:
    """Return an answer without a field."""
    answer = deepcopy(answer)
    found, name = holders(answer, row.path)
    for holder in found:
        holder.pop(name, None)
    return answer


def probed(row: Row) -> Sample:
    """Return the sample in which a field says something."""
    probe = PROBES.get((row.page, row.path))
    answer = sample(row.page) if probe is None else with_field(row, probe)
    found, name = holders(answer, row.path)
    assert found[0].get(name) is not None, f"{row.path} needs a probe"
    for rival in RIVALS.get(row.path, ()):
        answer["result"][0].pop(rival, None)
    return answer


def read_subject(page: str, answer: Sample) -> Subject:
    """Return what the models make of an answer."""
    match page:
        case "quanshi_conference_infos":
            booking = ConferenceBooking.from_dict(answer["result"][0])
            return Conference(event_id=booking.event_id or "", booking=booking)
        case "quanshi_dashboard_conference_info":
            run = ConferenceRun.from_dict(answer["result"])
            return Conference(event_id="", booking=ConferenceBooking(), run=run)
    return Room(room_id="100001", details=parse_details(answer))


@pytest.mark.parametrize("page", PAGES.values())
def test_every_field_is_told(page: str) -> None:
    """Tell of each field of the vendors' tables and samples, and of no other."""
    told = [row.path for row in ROWS if row.page == page]

    assert sorted(told) == sorted(FIELDS[page])


@pytest.mark.parametrize("page", PAGES.values())
def test_every_field_of_the_sample_is_told(page: str) -> None:
    """Find each field of the sample answer in the document."""

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
    """Use only the words that the document explains."""
    words = r"`(binary_)?sensor\.|device: |inside: |request: |envelope|not read: |(secret|personal), never kept"

    assert [row for row in ROWS if not re.match(words, row.outcome)] == []


@pytest.mark.parametrize("row", rows_that("`"))
def test_entities_show_their_fields(row: Row) -> None:
    """See each named entity change with its field."""
    answer = probed(row)
    told = read_subject(row.page, answer)
    silent = read_subject(row.page, without_field(row, answer))

    named = re.findall(r"`((?:binary_)?sensor\.\w+)`", row.outcome)
    shown = [ENTITIES[type(told)][name] for name in named]
    assert [(value(told) == value(silent)) for value in shown] == [False] * len(named)


@pytest.mark.parametrize("row", rows_that("device: "))
def test_devices_show_their_fields(row: Row) -> None:
    """See each part of the device's information change with its field."""
    part = row.outcome.removeprefix("device: ").partition(",")[0]
    answer = probed(row)
    told = DEVICE[part](read_subject(row.page, answer))

    assert told is not None
    assert told != DEVICE[part](read_subject(row.page, without_field(row, answer)))


@pytest.mark.parametrize("row", rows_that("inside: "))
def test_fields_used_inside_are_read(row: Row) -> None:
    """See the models differ with the field."""
    answer = probed(row)

    assert read_subject(row.page, answer) != read_subject(
        row.page, without_field(row, answer)
    )


@pytest.mark.parametrize("row", rows_that("secret|personal|not read|envelope: "))
def test_other_fields_are_not_kept(row: Row) -> None:
    """Find the value of the field nowhere in the models."""
    kept = repr(asdict(read_subject(row.page, with_field(row, CANARY))))

    assert CANARY not in kept
    assert CANARY_DECODED not in kept


def test_the_canary_would_be_seen() -> None:
    """See a value in the models where its field is kept."""
    row = Row(TENCENT, "basic_info.desc", "")
    kept = repr(asdict(read_subject(row.page, with_field(row, CANARY))))

    assert CANARY_DECODED in kept


def test_the_sample_as_printed_is_not_json() -> None:
    """Know the printed sample of Tencent Meeting for what it is: one comma short."""
    printed = (FIXTURES / f"{TENCENT}_as_printed.json").read_text("utf-8")
    mended = printed.replace('"monitor_status":0', '"monitor_status":0,')

    with pytest.raises(json.JSONDecodeError):
        json.loads(printed)
    assert json.loads(mended) == load(TENCENT)
