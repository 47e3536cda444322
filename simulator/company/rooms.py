"""Hold the rooms of one vendor."""

from collections.abc import Iterator

from simulator.canaries import Canaries
from simulator.clock import Clock
from simulator.enums import RoomStatus, VendorName

from .day_plan import MeetingRate
from .names import location_at
from .property_generator import PropertyGenerator
from .room import CPU_FORMATS, HEALTH_VALUES, Room
from .room_bookings import BookingTexts
from .round_robin import RoundRobin

# One room in twenty has each of these statuses all day.
FIXED_STATUSES = (
    *(None,) * 6,
    RoomStatus.NOT_ACTIVATED,
    *(None,) * 4,
    RoomStatus.OFFLINE,
    *(None,) * 3,
    RoomStatus.NOT_BOUND,
    *(None,) * 3,
    RoomStatus.NOT_LOGGED_IN,
)


class Rooms:
    """Add, find and remove the rooms of one vendor."""

    def __init__(
        self,
        vendor: VendorName,
        seed: int,
        clock: Clock,
        rate: MeetingRate,
        canaries: Canaries,
    ) -> None:
        """Start without rooms."""
        self.vendor = vendor
        self._seed = seed
        self._clock = clock
        self._rate = rate
        self._canaries = canaries
        self._generator = PropertyGenerator(vendor, seed, canaries)
        self._rooms: dict[str, Room] = {}
        self._created = 0

    def __iter__(self) -> Iterator[Room]:
        """Iterate over the rooms in the order of the lists."""
        return iter(tuple(self._rooms.values()))

    def __len__(self) -> int:
        """Return the number of rooms."""
        return len(self._rooms)

    def __getitem__(self, key: str | int) -> Room:
        """Return a room by its id or by its index in the list."""
        return list(self)[key] if isinstance(key, int) else self._rooms[key]

    def __contains__(self, room_id: object) -> bool:
        """Return whether a room id exists."""
        return room_id in self._rooms

    @property
    def ids(self) -> list[str]:
        """Return the ids of the rooms."""
        return list(self._rooms)

    def get(self, room_id: str) -> Room | None:
        """Return a room by its id, if it exists."""
        return self._rooms.get(room_id)

    def add(
        self,
        name: str | None = None,
        room_id: str | None = None,
        *,
        in_service: bool = True,
    ) -> Room:
        """Add a room; unless it is `in_service`, it may have one status all day."""
        index = self._created
        self._created += 1
        options = RoundRobin(self._seed, index)
        room_id = room_id or self._id(index)
        properties = self._generator.generate(index, location_at(options, index))
        rng_seed = f"{self._seed}/{self.vendor}/{index}"
        texts = BookingTexts.create(self.vendor, index, self._canaries)
        room = Room(room_id, properties, rng_seed, self._clock, self._rate, texts=texts)
        room.index = index
        if name is not None:
            properties.basic.meeting_room_name = name
        room.fixed_status = (
            None if in_service else options.pick("resting", FIXED_STATUSES)
        )
        room.cpu_format = options.pick("cpu", CPU_FORMATS)
        room.health_values = options.pick("health", HEALTH_VALUES)
        self._rooms[room_id] = room
        return room

    def remove(self, room_id: str) -> Room:
        """Remove a room."""
        return self._rooms.pop(room_id)

    def with_booking(self, booking_id: str) -> Room:
        """Return the room of a booking; an unknown id is a KeyError."""
        found = (room for room in self if room.bookings.get(booking_id) is not None)
        room = next(found, None)
        if room is None:
            raise KeyError(booking_id)
        return room

    def _id(self, index: int) -> str:
        """Return a new room id: digits for Tencent Meeting, any text for WeCom."""
        if self.vendor is VendorName.TENCENT_MEETING:
            return str(100_001 + index)
        ids = (f"RoomId{index + 1:03}", str(200_001 + index), f"00{index + 1:04}")
        return ids[index % len(ids)]
