"""The table of vendors: one row for each vendor, with the values that tests need."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from simulator import Simulator
from simulator.permissions import Permissions

type Row = Mapping[str, Any]
"""A room in the list of a vendor, as JSON."""

TENCENT: Final = "tencent_meeting"
WECOM: Final = "wecom"
QUANSHI: Final = "quanshi"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRow:
    """A vendor as the tests see it; API names are those of the simulator."""

    key: str
    """The vendor in config entries and unique IDs, and the simulator's account."""
    fields: tuple[str, ...]
    """The fields of the account form in their order, without the address."""
    account_field: str
    """The field that identifies an account."""
    secret_fields: tuple[str, ...]
    """The fields that a form never shows again; the last one can be renewed alone."""
    room_id: str
    """A room of the simulated company."""
    other_room_id: str
    """Another room of the simulated company."""
    apis: Mapping[str, str]
    """The API of the list, which every poll fetches first, and of each feature."""
    rooms_api: str
    """The API whose rows are the rooms."""
    list_path: str
    """The part of the target that the requests for the list have in common."""
    background_entities: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The APIs that are fetched in the background, each with the entities that it alone updates."""
    page_size: int = 0
    """The most rows that the client accepts on a page of the list."""
    page: Callable[[Sequence[Row], bool], dict[str, Any]]
    """Return the response with a page of the list, and whether another page follows."""
    auth_fault: Mapping[str, Any]
    """The fault in which an API refuses the credentials."""
    permission_code: int
    """A code for a missing permission."""
    selects_rooms: bool = False
    """Whether the account form lets the user select rooms."""

    def account(self, sim: Simulator) -> Any:
        """Return the simulator's account, whose attributes have the names of the fields."""
        return getattr(sim.accounts, self.key)

    def credentials(self, sim: Simulator) -> dict[str, str]:
        """Return what a user enters into the account form."""
        account = self.account(sim)
        entered = {field: getattr(account, field) for field in self.fields}
        return {**entered, "base_url": sim.url}

    def unique_id(self, sim: Simulator) -> str:
        """Return the unique ID of the account's config entry."""
        return f"{self.key}_{getattr(self.account(sim), self.account_field)}"

    def permissions(self, sim: Simulator) -> Permissions:
        """Return the APIs that the account may use."""
        permissions: Permissions = self.account(sim).permissions
        return permissions

    def last_page(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Return a response with the only page of a list."""
        return self.page(rows, False)

    def page_before_others(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Return a response with a page of a list that another page follows."""
        return self.page(rows, True)


def _tencent_page(rows: Sequence[Row], followed: bool) -> dict[str, Any]:
    """Return a page of Tencent Meeting, which numbers its pages."""
    totals = {
        False: {"total_count": len(rows), "total_page": min(1, len(rows))},
        True: {"total_count": 10**7, "total_page": 10**5},
    }
    return {**totals[followed], "meeting_room_list": [*rows]}


def _wecom_page(rows: Sequence[Row], followed: bool) -> dict[str, Any]:
    """Return a page of WeCom, which names the next page by a cursor."""
    cursor = f"after {rows[-1]['meeting_room_id']}" if followed else ""
    end = {"errcode": 0, "has_more": followed, "next_cursor": cursor}
    return {**end, "meeting_room_list": [*rows]}


def _quanshi_page(rows: Sequence[Row], followed: bool) -> dict[str, Any]:
    """Return the list of Quanshi, which has a single page."""
    return {"status": 0, "result": [*rows]}


_ROWS: Final = (
    VendorRow(
        key=TENCENT,
        fields=("app_id", "secret_id", "secret_key", "sdk_id", "operator_id"),
        account_field="app_id",
        secret_fields=("secret_id", "secret_key"),
        room_id="100001",
        other_room_id="100002",
        apis={
            "list": "list",
            "details": "details",
            "devices": "devices",
            "alarms": "alarms",
            "controllers": "controllers",
            "room_bookings": "meetings",
        },
        rooms_api="list",
        list_path="/v1/meeting-rooms?",
        background_entities={
            "devices": ("camera", "microphone", "speaker"),
            "alarms": (),
            "controllers": (),
            "details": ("cpu_usage", "alerts_enabled"),
        },
        page_size=50,
        page=_tencent_page,
        auth_fault={"kind": "vendor_code", "code": 200003},
        permission_code=9042,
        selects_rooms=True,
    ),
    VendorRow(
        key=WECOM,
        fields=("corp_id", "corp_secret"),
        account_field="corp_id",
        secret_fields=("corp_secret",),
        room_id="RoomId001",
        other_room_id="200002",
        apis={
            "list": "list",
            "details": "get_info",
            "devices": "list_devices",
            "controllers": "list_controllers",
            "booking_calendar": "get_booking_info",
        },
        rooms_api="list",
        list_path="/meeting/rooms/list?",
        background_entities={
            "list_devices": ("camera", "microphone", "speaker"),
            "list_controllers": (),
            "get_info": ("cpu_usage", "alerts_enabled"),
        },
        page_size=1000,
        page=_wecom_page,
        auth_fault={"kind": "vendor_code", "code": 40001},
        permission_code=48002,
        selects_rooms=True,
    ),
    VendorRow(
        key=QUANSHI,
        fields=("token", "user_id"),
        account_field="user_id",
        secret_fields=("token",),
        room_id="6516",
        other_room_id="6518",
        apis={"list": "list"},
        rooms_api="listAll",
        list_path="/confopenapi/",
        page=_quanshi_page,
        auth_fault={"kind": "http", "status": 401, "body": '{"status": 1}'},
        permission_code=40301,
    ),
)

VENDOR_TABLE: Final[Mapping[str, VendorRow]] = {row.key: row for row in _ROWS}
VENDORS: Final = (*VENDOR_TABLE,)
LISTERS: Final = tuple(row.key for row in _ROWS if row.selects_rooms)
"""The vendors whose rooms can be selected from a list."""
BACKGROUND_APIS: Final = tuple(
    (row.key, api) for row in _ROWS for api in row.background_entities
)
"""Each vendor with each API that is fetched in the background."""

ROOM: Final = {row.key: row.room_id for row in _ROWS}
OTHER_ROOM: Final = {row.key: row.other_room_id for row in _ROWS}
DETAILS_API: Final = {
    row.key: row.apis["details"] for row in _ROWS if "details" in row.apis
}
