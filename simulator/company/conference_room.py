"""Model the rooms of Quanshi's conferences."""

from dataclasses import dataclass, field
from typing import Any

from .names import BUILDINGS, ROOMS
from .round_robin import RoundRobin


@dataclass(slots=True)
class ConferenceRoom:
    """Hold one room."""

    room_id: int
    name: str
    city: str
    street: str
    floor: str
    capacity: int
    enabled: bool = True
    approval_type: int = 1
    room_type: int = 1
    devices: list[dict[str, Any]] = field(default_factory=list)

    def list_row(self) -> dict[str, Any]:
        """Return the row of the room in `room/listAll`."""
        return {
            "roomId": self.room_id,
            "name": self.name,
            "city": self.city,
            "location": f"中国/{self.city}/{self.street}",
            "floor": int(self.floor)
            if self.room_id % 2 and self.floor.isdigit()
            else self.floor,
            "detailAddress": f"{self.city}{self.street}{self.floor}层",
            "capacity": self.capacity,
            "status": 1 if self.enabled else 2,
            "approvalType": self.approval_type,
            "roomType": self.room_type,
        }

    def detail_row(self) -> dict[str, Any]:
        """Return the row of the room in `room/getRoomById`, with its devices."""
        return self.list_row() | {"devices": self.devices}


def generate_conference_room(seed: int, index: int) -> ConferenceRoom:
    """Generate the room with an index."""
    options = RoundRobin(seed, index)
    city, building = options.pick("quanshi building", BUILDINGS)
    room_id = 6516 + index * 2
    round_number = index // len(ROOMS)
    return ConferenceRoom(
        room_id=room_id,
        name=f"{ROOMS[-1 - index % len(ROOMS)]}{round_number + 1 if round_number else ''}厅",
        city=city,
        street=building,
        floor=options.pick("quanshi floor", ("14", "3", "B1", "22")),
        capacity=options.pick("quanshi capacity", (6, 10, 20, 0, 50)),
        enabled=index == 0 or options.pick("quanshi enabled", (True,) * 6 + (False,)),
        approval_type=options.pick("quanshi approval", (1, 2)),
        devices=[_box(room_id, index, number) for number in range(index % 3)],
    )


def _box(room_id: int, index: int, number: int) -> dict[str, Any]:
    """Return a device of the room."""
    return {
        "deviceId": room_id * 10 + number,
        "name": f"盒子{number + 1}",
        "status": (index + number) % 2,
        "label": "",
        "updateTime": 1_708_481_680 + index,
    }
