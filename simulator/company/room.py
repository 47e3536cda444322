"""Play one Tencent or WeCom room: what is true of it at this moment."""

from dataclasses import fields, replace
from functools import lru_cache
import random
from typing import Any

from simulator.clock import Clock, day_start, office_day
from simulator.vendor import RoomStatus

from .day import Meeting, Pace, Span, Trouble, plan_day
from .facts import RoomFacts

CPU_STEP = 20
CPU_STYLES = ("", "{:.0f}", "{:.1f}", "{:.1f}%", " {:.0f} % ")
HEALTH_STYLES = (
    ("OK", "WARNING", "ERROR"),
    ("", "1", "2"),
    ("ok", "warning", "error"),
    ("Ok", "Warning", "ERROR"),
)
SERIOUS = {Trouble.OFFLINE, Trouble.CAMERA, Trouble.MICROPHONE, Trouble.SPEAKER}
RESTING_TROUBLES: dict[RoomStatus | None, Trouble] = {
    RoomStatus.OFFLINE: Trouble.OFFLINE,
    RoomStatus.NOT_LOGGED_IN: Trouble.LOGGED_OUT,
}
ALARMS = {Trouble.OFFLINE, Trouble.CPU, Trouble.VOLUME, Trouble.REFRESH}
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
    """Follow the day's plan, except where a value was set by hand.

    A value set by hand (`room.status = 4`, or `change`) stands until `release`.
    """

    def __init__(
        self, room_id: str, facts: RoomFacts, identity: str, clock: Clock, pace: Pace
    ) -> None:
        """Open the room; its identity decides its fate."""
        self.room_id = room_id
        self.index = 0
        self.facts = facts
        self.resting: RoomStatus | None = None
        self.cpu_style = CPU_STYLES[0]
        self.health_words = HEALTH_STYLES[0]
        self.extra_meetings: list[Meeting] = []
        self._identity = identity
        self._clock = clock
        self._plan = lru_cache(maxsize=4)(lambda day: plan_day(identity, day, pace))
        self._cuts: dict[str, float] = {}
        self._set: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """Return the room's name as the vendor prints it."""
        return self.facts.basic.meeting_room_name

    @property
    def location(self) -> str:
        """Return the place as the lists print it."""
        basic = self.facts.basic
        return f"{basic.city}-{basic.building}-{basic.floor}"

    @property
    def status(self) -> RoomStatus:
        """Return the room's state."""
        return RoomStatus(self._set.get("status", self._natural_status()))

    @status.setter
    def status(self, status: int) -> None:
        """Hold the room in a state."""
        self._set["status"] = RoomStatus(status)

    @property
    def cpu_usage(self) -> str:
        """Return the load in the way this room prints it."""
        return str(self._set.get("cpu_usage", self.cpu_style.format(self.cpu_load)))

    @property
    def cpu_load(self) -> float:
        """Return the load in per cent; it moves every 20 s of office time."""
        step = int(self._clock.office // CPU_STEP)
        chance = random.Random(f"{self._identity}/cpu/{step}")
        base = 30 if self.status is RoomStatus.IN_USE else 4
        return (92 if Trouble.CPU in self.troubles else base) + chance.uniform(0, 8)

    @property
    def troubles(self) -> set[Trouble]:
        """Return what is wrong at this moment."""
        return {kind for kind, _ in self._standing()}

    @property
    def health_status(self) -> str:
        """Return the health in the words of this room."""
        troubles = self.troubles - {Trouble.LOGGED_OUT}
        level = 2 if troubles & SERIOUS else 1 if troubles else 0
        return str(self._set.get("health_status", self.health_words[level]))

    @property
    def camera(self) -> bool:
        """Return whether the camera is healthy."""
        return bool(self._set.get("camera", Trouble.CAMERA not in self.troubles))

    @property
    def microphone(self) -> bool:
        """Return whether the microphone is healthy."""
        return bool(
            self._set.get("microphone", Trouble.MICROPHONE not in self.troubles)
        )

    @property
    def speaker(self) -> bool:
        """Return whether the speaker is healthy."""
        return bool(self._set.get("speaker", Trouble.SPEAKER not in self.troubles))

    @property
    def alarms(self) -> list[tuple[str, float]]:
        """Return the codes of the standing alarms and when they were raised."""
        if "alarms" in self._set:
            return [(code, self._clock.office) for code in self._set["alarms"]]
        standing = self._standing()
        return [(kind.value, since) for kind, since in standing if kind in ALARMS]

    @property
    def meeting(self) -> Meeting | None:
        """Return the meeting that is going on."""
        now = self._clock.office
        return next((each for each in self.meetings if each.span.covers(now)), None)

    @property
    def meetings(self) -> list[Meeting]:
        """Return the meetings of today and tomorrow, cut short where they were."""
        today = office_day(self._clock.office)
        planned = self._plan(today).meetings + self._plan(today + 1).meetings
        return [self._as_cut(each) for each in (*self.extra_meetings, *planned)]

    def change(self, **values: Any) -> None:
        """Set live values or facts by their names."""
        for name, value in values.items():
            if name in LIVE:
                self._set[name] = RoomStatus(value) if name == "status" else value
            else:
                setattr(self._part_with(name), name, value)

    def release(self, *names: str) -> None:
        """Let live values go their own way again; all of them when none is named."""
        for name in names or tuple(self._set):
            self._set.pop(name, None)

    def start_meeting(self, minutes: float = 30, subject: str = "临时会议") -> Meeting:
        """Start a meeting now; the room is in use until its end."""
        now = self._clock.office
        number = f"99{len(self.extra_meetings):07}"
        meeting = Meeting(
            f"{number}0000000000", number, subject, Span(now, now + minutes * 60)
        )
        self.extra_meetings.append(meeting)
        self.release("status")
        if self.status is not RoomStatus.IN_USE:
            self.status = RoomStatus.IN_USE
        return meeting

    def end_meeting(self) -> None:
        """End the meeting that is going on; the room is idle."""
        while meeting := self.meeting:
            self._cuts[meeting.meeting_id] = self._clock.office
        self.release("status")
        if self.status is not RoomStatus.IDLE:
            self.status = RoomStatus.IDLE

    def _standing(self) -> list[tuple[Trouble, float]]:
        """Return what is wrong and since when."""
        now = self._clock.office
        today = office_day(now)
        planned = self._plan(today).troubles_at(now)
        found = [(kind, span.start) for kind, span in planned]
        if self.resting in RESTING_TROUBLES:
            found.append((RESTING_TROUBLES[self.resting], day_start(today)))
        return found

    def _natural_status(self) -> RoomStatus:
        """Return the state that the day's plan gives."""
        if self.resting is not None:
            return self.resting
        troubles = self.troubles
        if Trouble.OFFLINE in troubles:
            return RoomStatus.OFFLINE
        if Trouble.LOGGED_OUT in troubles:
            return RoomStatus.NOT_LOGGED_IN
        return RoomStatus.IN_USE if self.meeting else RoomStatus.IDLE

    def _as_cut(self, meeting: Meeting) -> Meeting:
        """Return a meeting with the end that was set by hand."""
        if meeting.meeting_id not in self._cuts:
            return meeting
        end = min(self._cuts[meeting.meeting_id], meeting.span.end)
        return replace(meeting, span=Span(meeting.span.start, end))

    def _part_with(self, name: str) -> object:
        """Find the part of the facts that has a field."""
        facts = self.facts
        parts = (
            facts.basic,
            facts.account,
            facts.hardware,
            facts.pmi,
            facts.switches,
            facts,
        )
        for part in parts:
            if part is not None and name in {each.name for each in fields(part)}:
                return part
        raise ValueError(f"a room has no field {name}")
