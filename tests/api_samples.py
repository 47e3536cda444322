"""The vendors' sample responses, complete and with changed or missing fields."""

from collections.abc import Mapping
from copy import deepcopy
import json
from typing import Any, Final

from .documents import ROOT

FIXTURES: Final = ROOT / "tests" / "fixtures"

IDLE: Final = 2
"""The code of the room status in which only the hardware can cause a problem."""

TENCENT: Final = "tencent_meeting_room_details"
WECOM: Final = "wecom_get_info"
INFOS: Final = "quanshi_conference_infos"
DASHBOARD: Final = "quanshi_dashboard_conference_info"

type Sample = dict[str, Any]


def load_fixture(name: str) -> Any:
    """Return a fixture."""
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


BOOKED: Final = load_fixture("quanshi_booked_rooms")
_APPROVED: Final = {"ApprovalStatus": 2}
_BOX: Final = BOOKED["houseList"][0] | _APPROVED | {"DeviceType": 3}
EQUIPMENT: Final = [
    _BOX | {"DeviceId": 6548, "DeviceName": "音箱", "ParentDeviceId": 6516},
    _BOX | {"DeviceId": 6549, "DeviceName": "话筒"},
]
"""Booked devices: one in a known room, one with a place but no room."""

VALUES: Final[Mapping[tuple[str, str], object]] = {
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
"""Values for fields that are empty or missing in the samples."""

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "result[].billingCode": ("billingcode",),
    "result[].billingcode": ("billingCode",),
    "result[].houseList": ("detailHouseList",),
    "result[].detailHouseList": ("houseList",),
    **{
        f"result[].detailHouseList[].{name}": ("houseList",)
        for name in ("DeviceName", "City", "Location", "Floor", "IsMainRoom")
    },
}
"""Fields with the same meaning; a test of one field removes the others."""


def sample(page: str) -> Sample:
    """Return the sample response of a page.

    A room is idle instead of not bound, and bookings have the approved rooms of another sample.
    """
    found: Sample = load_fixture(page)
    match page:
        case "tencent_meeting_room_details" | "wecom_get_info":
            found["hardware_info"]["meeting_room_status"] = IDLE
        case "quanshi_conference_infos":
            found["result"][0] |= {
                "equipList": deepcopy(EQUIPMENT),
                **{
                    rooms: [deepcopy(room) | _APPROVED for room in booked]
                    for rooms, booked in BOOKED.items()
                },
            }
    return found


def objects_with(response: Sample, path: str) -> tuple[list[Sample], str]:
    """Return the objects that contain the field of a path, and its name."""
    *way, name = path.split(".")
    found: list[Any] = [response]
    for step in way:
        found = [one[step.removesuffix("[]")] for one in found]
        found = [item for one in found for item in (one if "[]" in step else [one])]
    return found, name


def with_field(page: str, path: str, value: object) -> Sample:
    """Return the sample with another value in a field."""
    response = sample(page)
    found, name = objects_with(response, path)
    for each in found:
        each[name] = deepcopy(value)
    assert found
    return response


def without_field(path: str, response: Sample) -> Sample:
    """Return a response without a field."""
    response = deepcopy(response)
    found, name = objects_with(response, path)
    for each in found:
        each.pop(name, None)
    return response


def with_value(page: str, path: str) -> Sample:
    """Return the sample with a value in a field."""
    value = VALUES.get((page, path))
    response = sample(page) if value is None else with_field(page, path, value)
    found, name = objects_with(response, path)
    assert found[0].get(name) is not None, f"{path} needs a value"
    for synonym in SYNONYMS.get(path, ()):
        response["result"][0].pop(synonym, None)
    return response
