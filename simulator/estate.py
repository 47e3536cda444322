"""Keep the truth about every room of the company, and let it be changed by hand."""

from typing import Any

from .canaries import Canaries
from .clock import Clock
from .company.conference_room import ConferenceRoom
from .company.day import Pace
from .company.diary import Diary
from .company.room import Room
from .company.rooms import RoomBook
from .vendor import VendorName

LEAST = 2


class Estate:
    """Hold the rooms of all three vendors.

    Tencent Meeting has the given number of rooms, WeCom half and Quanshi a quarter of it.
    All of it follows from the seed and the office seconds since the start; with speed 0
    it moves only by `advance` or by hand.
    """

    def __init__(
        self, rooms: int, seed: int, clock: Clock, canaries: Canaries, host_id: int
    ) -> None:
        """Build the estate."""
        counts = (max(rooms, LEAST), max(rooms // 2, LEAST), max(rooms // 4, LEAST))
        pace = Pace.for_rooms(counts[0] + counts[1])
        self.clock = clock
        self.tencent_meeting = RoomBook(
            VendorName.TENCENT_MEETING, seed, clock, pace, canaries
        )
        self.wecom = RoomBook(VendorName.WECOM, seed, clock, pace, canaries)
        self.quanshi = Diary(seed, counts[2], host_id, clock, canaries)
        self._literals: dict[tuple[str, str, str | None], str] = {}
        for book, count in ((self.tencent_meeting, counts[0]), (self.wecom, counts[1])):
            for _ in range(count):
                book.add(in_service=False)

    def advance(self, seconds: float) -> None:
        """Move the office forward."""
        self.clock.advance(seconds)

    def book_of(self, vendor: str) -> RoomBook:
        """Return the rooms of Tencent Meeting or WeCom."""
        books = {each.vendor: each for each in (self.tencent_meeting, self.wecom)}
        return books[VendorName(vendor)]

    def room(self, vendor: str, room_id: str) -> Room:
        """Return a room of Tencent Meeting or WeCom."""
        return self.book_of(vendor)[room_id]

    def change(self, vendor: str, room_id: str, **values: Any) -> None:
        """Set live values (status, cpu_usage, camera, …) or facts of a room by their names."""
        if vendor == VendorName.QUANSHI:
            room = self.quanshi.rooms[int(room_id)]
            for name, value in values.items():
                setattr(room, name, value)
        else:
            self.room(vendor, room_id).change(**values)

    def add_room(
        self, vendor: str, name: str | None = None, room_id: str | None = None
    ) -> Room | ConferenceRoom:
        """Open one more room."""
        if vendor == VendorName.QUANSHI:
            return self.quanshi.add_room(name)
        return self.book_of(vendor).add(name, room_id)

    def remove_room(self, vendor: str, room_id: str) -> None:
        """Close a room."""
        if vendor == VendorName.QUANSHI:
            self.quanshi.remove_room(int(room_id))
        else:
            self.book_of(vendor).remove(room_id)

    def rename(self, vendor: str, room_id: str, name: str) -> None:
        """Give a room another name."""
        field = "name" if vendor == VendorName.QUANSHI else "meeting_room_name"
        self.change(vendor, room_id, **{field: name})

    def start_meeting(self, vendor: str, room_id: str, minutes: float = 30) -> None:
        """Start a meeting in a room now."""
        if vendor == VendorName.QUANSHI:
            self.quanshi.start_meeting(int(room_id), minutes)
        else:
            self.room(vendor, room_id).start_meeting(minutes)

    def end_meeting(self, vendor: str, room_id: str) -> None:
        """End the meeting in a room now."""
        if vendor == VendorName.QUANSHI:
            self.quanshi.end_meeting(int(room_id))
        else:
            self.room(vendor, room_id).end_meeting()

    def serve_literally(
        self, vendor: str, api: str, room_id: str | None, text: str | None
    ) -> None:
        """Answer one API with a given text from now on, or with the truth again (None)."""
        key = (str(vendor), api, room_id)
        self._literals.pop(key, None)
        if text is not None:
            self._literals[key] = text

    def literal(self, vendor: str, api: str, room_id: str | None) -> str | None:
        """Return the text to answer with, if one was set."""
        exact = self._literals.get((str(vendor), api, room_id))
        return exact or self._literals.get((str(vendor), api, None))

    def truth(self) -> dict[str, dict[str, str]]:
        """Return the right state of every room in words, by vendor and room id."""
        books = (self.tencent_meeting, self.wecom)
        words = {
            str(book.vendor): {room.room_id: room.status.word for room in book}
            for book in books
        }
        return words | {str(VendorName.QUANSHI): self.quanshi.truth()}
