"""Simulate one room of Tencent Meeting or WeCom."""

from dataclasses import fields, replace
from functools import lru_cache
import random
from typing import Any

from simulator.clock import Clock, day_number, day_start
from simulator.enums import RoomStatus

from .booked_day import plan_bookings
from .day_plan import Failure, Interval, Meeting, MeetingRate, plan_day
from .properties import RoomProperties
from .room_bookings import BookingTexts, RoomBookings

CPU_STEP = 20
CPU_FORMATS = ("", "{:.0f}", "{:.1f}", "{:.1f}%", " {:.0f} % ")
HEALTH_VALUES = (
    ("OK", "WARNING", "ERROR"),
    ("", "1", "2"),
    ("ok", "warning", "error"),
    ("Ok", "Warning", "ERROR"),
)
SERIOUS = {Failure.OFFLINE, Failure.CAMERA, Failure.MICROPHONE, Failure.SPEAKER}
FIXED_FAILURES: dict[RoomStatus | None, Failure] = {
    RoomStatus.OFFLINE: Failure.OFFLINE,
    RoomStatus.NOT_LOGGED_IN: Failure.NOT_LOGGED_IN,
}
ALARMS = {Failure.OFFLINE, Failure.CPU, Failure.VOLUME, Failure.REFRESH}
LIVE = frozenset(
    (
        "status",
        "cpu_usage",
        "health_status",
        "camera",
        "microphone",
        "speaker",
        "alarms",
    )
)


class Room:
    """Return the values of the day plan, except those that were set manually.

    A manual value (`room.status = 4`, or `change`) is kept until `release`.
    """

    def __init__(
        self,
        room_id: str,
        properties: RoomProperties,
        rng_seed: str,
        clock: Clock,
        rate: MeetingRate,
        *,
        texts: BookingTexts,
    ) -> None:
        """Create the room; `rng_seed` determines its simulated values."""
        self.room_id = room_id
        self.index = 0
        self.properties = properties
        self.fixed_status: RoomStatus | None = None
        self.cpu_format = CPU_FORMATS[0]
        self.health_values = HEALTH_VALUES[0]
        self.extra_meetings: list[Meeting] = []
        self._rng_seed = rng_seed
        self._clock = clock
        self._plan = lru_cache(maxsize=4)(lambda day: plan_day(rng_seed, day, rate))
        self.bookings = RoomBookings(
            room_id,
            texts,
            clock,
            rate.grid,
            lambda day: plan_bookings(rng_seed, day, self._plan(day).meetings),
        )
        self._early_ends: dict[str, float] = {}
        self._manual: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """Return the name of the room as the vendor returns it."""
        return self.properties.basic.meeting_room_name

    @property
    def location(self) -> str:
        """Return the location as the lists return it."""
        basic = self.properties.basic
        return f"{basic.city}-{basic.building}-{basic.floor}"

    @property
    def status(self) -> RoomStatus:
        """Return the status of the room."""
        return RoomStatus(self._manual.get("status", self._simulated_status()))

    @status.setter
    def status(self, status: int) -> None:
        """Set the status of the room manually."""
        self._manual["status"] = RoomStatus(status)

    @property
    def cpu_usage(self) -> str:
        """Return the CPU load in the format of this room."""
        return str(self._manual.get("cpu_usage", self.cpu_format.format(self.cpu_load)))

    @property
    def cpu_load(self) -> float:
        """Return the CPU load in per cent; it changes every 20 s of simulated time."""
        step = int(self._clock.simulated // CPU_STEP)
        rng = random.Random(f"{self._rng_seed}/cpu/{step}")
        base = 30 if self.status is RoomStatus.IN_USE else 4
        return (92 if Failure.CPU in self.failures else base) + rng.uniform(0, 8)

    @property
    def failures(self) -> set[Failure]:
        """Return the active failures."""
        return {kind for kind, _ in self._active_failures()}

    @property
    def health_status(self) -> str:
        """Return the health in the format of this room."""
        failures = self.failures - {Failure.NOT_LOGGED_IN}
        level = 2 if failures & SERIOUS else 1 if failures else 0
        return str(self._manual.get("health_status", self.health_values[level]))

    @property
    def camera(self) -> bool:
        """Return whether the camera works."""
        return bool(self._manual.get("camera", Failure.CAMERA not in self.failures))

    @property
    def microphone(self) -> bool:
        """Return whether the microphone works."""
        return bool(
            self._manual.get("microphone", Failure.MICROPHONE not in self.failures)
        )

    @property
    def speaker(self) -> bool:
        """Return whether the speaker works."""
        return bool(self._manual.get("speaker", Failure.SPEAKER not in self.failures))

    @property
    def alarms(self) -> list[tuple[str, float]]:
        """Return the codes of the active alarms and the time they were raised."""
        if "alarms" in self._manual:
            return [(code, self._clock.simulated) for code in self._manual["alarms"]]
        active = self._active_failures()
        return [(kind.value, since) for kind, since in active if kind in ALARMS]

    @property
    def meeting(self) -> Meeting | None:
        """Return the meeting that is in progress."""
        now = self._clock.simulated
        return next(
            (each for each in self.meetings if each.interval.contains(now)), None
        )

    @property
    def meetings(self) -> list[Meeting]:
        """Return the meetings of today and tomorrow, with their early ends."""
        today = day_number(self._clock.simulated)
        planned = self._plan(today).meetings + self._plan(today + 1).meetings
        return [self._shortened(each) for each in (*self.extra_meetings, *planned)]

    def change(self, **values: Any) -> None:
        """Set live values or properties by name."""
        for name, value in values.items():
            if name in LIVE:
                self._manual[name] = RoomStatus(value) if name == "status" else value
            else:
                setattr(self._part_with_field(name), name, value)

    def release(self, *names: str) -> None:
        """Remove manual values, all of them when none is named."""
        for name in names or tuple(self._manual):
            self._manual.pop(name, None)

    def start_meeting(self, minutes: float = 30, subject: str = "临时会议") -> Meeting:
        """Start a meeting now; the room is in use until it ends."""
        now = self._clock.simulated
        number = f"99{len(self.extra_meetings):07}"
        meeting = Meeting(
            f"{number}0000000000", number, subject, Interval(now, now + minutes * 60)
        )
        self.extra_meetings.append(meeting)
        self.release("status")
        if self.status is not RoomStatus.IN_USE:
            self.status = RoomStatus.IN_USE
        return meeting

    def end_meeting(self) -> None:
        """End the meeting that is in progress; the room becomes idle."""
        while meeting := self.meeting:
            self._early_ends[meeting.meeting_id] = self._clock.simulated
        self.release("status")
        if self.status is not RoomStatus.IDLE:
            self.status = RoomStatus.IDLE

    def _active_failures(self) -> list[tuple[Failure, float]]:
        """Return the active failures and the time they began."""
        now = self._clock.simulated
        today = day_number(now)
        planned = self._plan(today).failures_at(now)
        found = [(kind, interval.start) for kind, interval in planned]
        if self.fixed_status in FIXED_FAILURES:
            found.append((FIXED_FAILURES[self.fixed_status], day_start(today)))
        return found

    def _simulated_status(self) -> RoomStatus:
        """Return the status that follows from the day plan."""
        if self.fixed_status is not None:
            return self.fixed_status
        failures = self.failures
        if Failure.OFFLINE in failures:
            return RoomStatus.OFFLINE
        if Failure.NOT_LOGGED_IN in failures:
            return RoomStatus.NOT_LOGGED_IN
        return RoomStatus.IN_USE if self.meeting else RoomStatus.IDLE

    def _shortened(self, meeting: Meeting) -> Meeting:
        """Return a meeting with its early end, if it was ended manually."""
        if meeting.meeting_id not in self._early_ends:
            return meeting
        end = min(self._early_ends[meeting.meeting_id], meeting.interval.end)
        return replace(meeting, interval=Interval(meeting.interval.start, end))

    def _part_with_field(self, name: str) -> object:
        """Return the part of the properties that has a field."""
        properties = self.properties
        parts = (
            properties.basic,
            properties.account,
            properties.hardware,
            properties.pmi,
            properties.settings,
            properties,
        )
        for part in parts:
            if part is not None and name in {each.name for each in fields(part)}:
                return part
        raise ValueError(f"a room has no field {name}")
