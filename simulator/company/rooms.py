"""Keep the rooms of one vendor."""

from collections.abc import Iterator

from simulator.canaries import Canaries
from simulator.clock import Clock
from simulator.vendor import RoomStatus, VendorName

from .catalogue import Furnisher
from .day import Pace
from .names import place
from .room import CPU_STYLES, HEALTH_STYLES, Room
from .spread import Spread

# One room in twenty each is in one of these states all day.
RESTING = (
    *(None,) * 6,
    RoomStatus.NOT_ACTIVATED,
    *(None,) * 4,
    RoomStatus.OFFLINE,
    *(None,) * 3,
    RoomStatus.NOT_BOUND,
    *(None,) * 3,
    RoomStatus.NOT_LOGGED_IN,
)


class RoomBook:
    """Open, find and close the rooms of one vendor."""

    def __init__(
        self,
        vendor: VendorName,
        seed: int,
        clock: Clock,
        pace: Pace,
        canaries: Canaries,
    ) -> None:
        """Start without a room."""
        self.vendor = vendor
        self._seed = seed
        self._clock = clock
        self._pace = pace
        self._furnisher = Furnisher(vendor, seed, canaries)
        self._rooms: dict[str, Room] = {}
        self._opened = 0

    def __iter__(self) -> Iterator[Room]:
        """Iterate over the rooms in the order of the lists."""
        return iter(tuple(self._rooms.values()))

    def __len__(self) -> int:
        """Count the rooms."""
        return len(self._rooms)

    def __getitem__(self, key: str | int) -> Room:
        """Return a room by its id, or by its place in the list."""
        return list(self)[key] if isinstance(key, int) else self._rooms[key]

    def __contains__(self, room_id: object) -> bool:
        """Return whether there is a room of an id."""
        return room_id in self._rooms

    @property
    def ids(self) -> list[str]:
        """Return the ids of the rooms."""
        return list(self._rooms)

    def get(self, room_id: str) -> Room | None:
        """Return a room by its id, if there is one."""
        return self._rooms.get(room_id)

    def add(
        self,
        name: str | None = None,
        room_id: str | None = None,
        *,
        in_service: bool = True,
    ) -> Room:
        """Open one more room; those not surely in service may rest all day."""
        index = self._opened
        self._opened += 1
        spread = Spread(self._seed, index)
        room_id = room_id or self._id(index)
        facts = self._furnisher.furnish(index, place(spread, index))
        identity = f"{self._seed}/{self.vendor}/{index}"
        room = Room(room_id, facts, identity, self._clock, self._pace)
        room.index = index
        if name is not None:
            facts.basic.meeting_room_name = name
        room.resting = None if in_service else spread.pick("resting", RESTING)
        room.cpu_style = spread.pick("cpu", CPU_STYLES)
        room.health_words = spread.pick("health", HEALTH_STYLES)
        self._rooms[room_id] = room
        return room

    def remove(self, room_id: str) -> Room:
        """Close a room."""
        return self._rooms.pop(room_id)

    def _id(self, index: int) -> str:
        """Return the id of a room: digits at Tencent, any text at WeCom."""
        if self.vendor is VendorName.TENCENT_MEETING:
            return str(100_001 + index)
        styles = (f"RoomId{index + 1:03}", str(200_001 + index), f"00{index + 1:04}")
        return styles[index % len(styles)]
