"""Give the rooms of the simulated company every availability, and places in Home Assistant."""

from datetime import UTC, datetime, timedelta
from time import monotonic, sleep, time
from typing import Any, Final

from scripts.demo_home.accounts import OPTIONS_FLOW, run_flow
from scripts.demo_home.client import JSON
from scripts.demo_home.office import account_ids, forms
from simulator import RoomStatus, Simulator, VendorName
from simulator.company.room import Room

from .office import Office

VENDOR: Final = VendorName.TENCENT_MEETING
MINUTE: Final = 60
PATIENCE: Final = 120
DAY_MINUTES: Final = 24 * 60
FLOORS: Final = ("1F", "2F", "3F")
DASHBOARD: Final = "meeting-rooms"
WALL: Final = "meeting-rooms-wall"

SCENES: Final[dict[str, tuple[tuple[float, float] | None, RoomStatus]]] = {
    "free": (None, RoomStatus.IDLE),
    "starting_soon": ((8, 53), RoomStatus.IDLE),
    "booked": ((-10, 300), RoomStatus.IDLE),
    "in_use": ((-25, 65), RoomStatus.IN_USE),
    "running_over": ((-65, 1), RoomStatus.IN_USE),
    "no_show": ((-25, 35), RoomStatus.IDLE),
    "unbooked_use": (None, RoomStatus.IN_USE),
    "offline": (None, RoomStatus.OFFLINE),
}
"""By availability, the booking in minutes from now, and the status of the room."""

LATER: Final = (150, 210)
"""The booking of a room without a scene, in minutes from now."""


class Company:
    """The company on the dashboards: its rooms by what they show."""

    def __init__(self, office: Office) -> None:
        """Set the scenes; `open` shows them in Home Assistant."""
        self.office = office
        self.spare_rooms: list[Room] = []
        """Free rooms without a scene, and with a booking much later."""
        self.rooms = self._set_scenes(office.simulator)

    def name(self, shows: str) -> str:
        """Return the name of the room with an availability."""
        return self.rooms[shows].name.strip()

    def device(self, shows: str) -> JSON:
        """Return the device of the room with an availability."""
        return self.device_of(self.rooms[shows])

    def device_of(self, room: Room) -> JSON:
        """Return the device of a room."""
        key = f"_{room.room_id}"
        devices: list[JSON] = self.office.command("config/device_registry/list")
        return next(d for d in devices if d["identifiers"][0][1].endswith(key))

    def account(self, vendor: str = VENDOR) -> JSON:
        """Return the device of an account, else of that with the rooms."""
        account = account_ids(self.office.simulator)[vendor]
        devices: list[JSON] = self.office.command("config/device_registry/list")
        return next(d for d in devices if d["identifiers"][0][1] == account)

    def availability(self, shows: str) -> str:
        """Return the present state of the room with an availability."""
        states = self.office.command("get_states")
        entity_id = self.entity_id(shows)
        found: str = next(s["state"] for s in states if s["entity_id"] == entity_id)
        return found

    def entity_id(self, shows: str) -> str:
        """Return the entity with the availability of a room."""
        device_id = self.device(shows)["id"]
        found: str = next(
            e["entity_id"] for e in self._rooms() if e["device_id"] == device_id
        )
        return found

    def wait_until_shown(self) -> None:
        """Wait until each room has its availability."""
        end = monotonic() + PATIENCE
        while others := [
            each for each in self.rooms if self.availability(each) != each
        ]:
            assert monotonic() < end, others
            sleep(1)

    def set_status(self, shows: str, status: RoomStatus) -> None:
        """Change the status of a room at the vendor."""
        self.office.simulator.company.change(
            VENDOR, self.rooms[shows].room_id, status=status
        )

    def open(self) -> None:
        """Add the accounts, the floors and the dashboards."""
        office = self.office
        for vendor, form in forms(office.simulator).items():
            office.add(vendor, form)
        for entry in office.entries():
            menu = {"next_step_id": "meetings"}
            form = {"no_show_minutes": 1}
            office.do(
                run_flow(office.owner, OPTIONS_FLOW, entry["entry_id"], menu, form)
            )
        for level, name in enumerate(FLOORS, start=1):
            self._add_floor(level, name)
        self._import_statistics()
        self.add_dashboard(DASHBOARD)
        self.add_dashboard(WALL, wall=True)

    def add_dashboard(self, path: str, **options: Any) -> None:
        """Add a dashboard with our strategy."""
        self.office.command(
            "lovelace/dashboards/create",
            url_path=path,
            title="Meeting rooms",
            mode="storage",
        )
        self.office.command(
            "lovelace/config/save",
            url_path=path,
            config={"strategy": {"type": "custom:meeting_rooms", **options}},
        )

    def _add_floor(self, level: int, name: str) -> None:
        """Add a floor with an area for every third room."""
        office = self.office
        floor = office.command("config/floor_registry/create", name=name, level=level)
        area = office.command(
            "config/area_registry/create",
            name=f"Area {name}",
            floor_id=floor["floor_id"],
        )
        for room in self._rooms()[level - 1 :: len(FLOORS)]:
            office.command(
                "config/device_registry/update",
                device_id=room["device_id"],
                area_id=area["area_id"],
            )

    def _import_statistics(self) -> None:
        """Give the rooms a past: their utilization of 30 days."""
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        entities = self.office.command("config/entity_registry/list")
        used = [e for e in entities if e["translation_key"] == "utilization"]
        for number, entity in enumerate(used):
            self.office.command(
                "recorder/import_statistics",
                metadata={
                    "mean_type": 1,
                    "has_sum": False,
                    "name": None,
                    "source": "recorder",
                    "statistic_id": entity["entity_id"],
                    "unit_class": "unitless",
                    "unit_of_measurement": "%",
                },
                stats=[
                    {
                        "start": (today - timedelta(days=day, hours=12)).isoformat(),
                        "mean": 20 + (13 * number + 17 * day) % 55,
                        "min": 0,
                        "max": 100,
                    }
                    for day in range(30)
                ],
            )

    def _rooms(self) -> list[JSON]:
        """Return the entity with the availability of each room."""
        entities = self.office.command("config/entity_registry/list")
        return [e for e in entities if e["translation_key"] == "availability"]

    def _set_scenes(self, simulator: Simulator) -> dict[str, Room]:
        """Clear the bookings of all rooms, and play each scene in one of them."""
        company = simulator.company
        for vendor in (VendorName.TENCENT_MEETING, VendorName.WECOM):
            company.clear_bookings(vendor)
        in_service = [r for r in company.rooms_of(VENDOR) if r.fixed_status is None]
        rooms = dict(zip(SCENES, in_service, strict=False))
        for shows, room in rooms.items():
            booking, status = SCENES[shows]
            if booking:
                start, end = (time() + minute * MINUTE for minute in booking)
                company.book(VENDOR, room.room_id, start, end)
            if status is RoomStatus.IN_USE:
                company.start_meeting(VENDOR, room.room_id, DAY_MINUTES)
            company.change(VENDOR, room.room_id, status=status)
        self.spare_rooms = in_service[len(SCENES) :]
        for room in self.spare_rooms:
            start, end = (time() + minute * MINUTE for minute in LATER)
            company.book(VENDOR, room.room_id, start, end)
            company.change(VENDOR, room.room_id, status=RoomStatus.IDLE)
        return rooms
