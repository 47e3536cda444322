"""Read the log as it is written, and hold it against what happened."""

from collections import Counter
from dataclasses import dataclass
import logging
import re
from typing import Any, Final, override

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .clock import Clock

_OURS: Final = "custom_components.meeting_rooms"
_DOWN: Final = re.compile(
    r"(?:Error|Timeout|Authentication failed) .*?fetching (.*) data"
)
_UP: Final = re.compile(r"Fetching (.*) data recovered")
_NOT_READY: Final = re.compile(
    r"Config entry .* (not ready yet|could not authenticate)"
)
_UNTESTED: Final = "which has not been tested by Home Assistant"
_VARIABLE: Final = re.compile(r"\d+(\.\d+)?|'.*?'")
_SAME_MOMENT_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log."""

    when: float
    level: int
    logger: str
    text: str


class LogWatch(logging.Handler):
    """Keep what Home Assistant writes: warnings of anybody, and all that we say from info on."""

    def __init__(self, clock: Clock) -> None:
        """Tell the moment of each line by a clock."""
        super().__init__(logging.INFO)
        self.lines: list[Line] = []
        self._clock = clock
        self.setFormatter(logging.Formatter("%(message)s"))

    def read(self) -> None:
        """Read from now on."""
        logging.getLogger().addHandler(self)
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger(_OURS).setLevel(logging.INFO)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line, its traceback included."""
        self.lines.append(
            Line(
                when=self._clock.passed,
                level=record.levelno,
                logger=record.name,
                text=self.format(record),
            )
        )

    @property
    def text(self) -> str:
        """Return everything that was written."""
        return "\n".join(line.text for line in self.lines)

    def tracebacks(self) -> list[str]:
        """Return the lines with a traceback."""
        return [line.text for line in self.lines if "Traceback (" in line.text]

    def unexpected(self) -> list[str]:
        """Return the warnings and errors that are not the line of an outage."""
        return [
            f"{line.logger}: {line.text}"
            for line in self.lines
            if line.level >= logging.WARNING
            and not _DOWN.match(line.text)
            and not _NOT_READY.match(line.text)
            and _UNTESTED not in line.text
        ]

    def outages(self, title: str) -> list[tuple[str, float]]:
        """Return when the log says that an account went down or came up."""
        said = []
        for line in self.lines:
            for word, pattern in (("down", _DOWN), ("up", _UP)):
                if (found := pattern.match(line.text)) and found[1] == title:
                    said.append((word, line.when))
        return said

    def sentences(self) -> Counter[str]:
        """Count the lines of the integration by what they say."""
        return Counter(
            f"{logging.getLevelName(line.level)} {_VARIABLE.sub('…', line.text)}"
            for line in self.lines
            if line.logger.startswith(_OURS) or _NOT_READY.match(line.text)
        )


class Outages:
    """See for each account when its entities go and come, as a user sees it."""

    def __init__(self, clock: Clock) -> None:
        """See nothing yet."""
        self.seen: dict[str, list[tuple[str, float]]] = {}
        self._clock = clock

    def watch(self, hass: HomeAssistant) -> None:
        """Watch an entity of each account."""

        @callback
        def see(event: Event[EventStateChangedData]) -> None:
            """See one change."""
            old, new = event.data["old_state"], event.data["new_state"]
            if old is None or new is None:
                return
            # Left behind while the account is not loaded: no outage.
            if "restored" in old.attributes or "restored" in new.attributes:
                return
            was, is_now = (each.state == STATE_UNAVAILABLE for each in (old, new))
            if was != is_now and (title := _account_of(hass, new.entity_id)):
                moment = ("down" if is_now else "up", self._clock.passed)
                self.seen.setdefault(title, []).append(moment)

        hass.bus.async_listen(EVENT_STATE_CHANGED, see)

    def differences(self, log: LogWatch, title: str) -> list[str]:
        """Return the outages and recoveries of an account that do not have one line each."""
        seen, said = self.seen.get(title, []), log.outages(title)
        return [
            f"{title}: {_told(a)} of the entities, {_told(b)} of the log"
            for a, b in _pairs(seen, said)
            if a is None or b is None or not _same(a, b)
        ]


def _account_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the title of the account whose rooms an entity counts."""
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or not entity.unique_id.endswith("_rooms_idle"):
        return None
    entry = hass.config_entries.async_get_entry(str(entity.config_entry_id))
    return None if entry is None else entry.title


def _pairs[T](one: list[T], other: list[T]) -> list[tuple[T | None, T | None]]:
    """Put two lists beside each other, the shorter one filled up."""
    length = max(len(one), len(other))
    filled: list[list[Any]] = [
        [*each, *[None] * length][:length] for each in (one, other)
    ]
    return [*zip(*filled, strict=True)]


def _same(one: tuple[str, float], other: tuple[str, float]) -> bool:
    """Return whether two tell the same at the same moment."""
    return one[0] == other[0] and abs(one[1] - other[1]) < _SAME_MOMENT_SECONDS


def _told(moment: tuple[str, float] | None) -> str:
    """Tell a moment."""
    return "nothing" if moment is None else f"{moment[0]} at {moment[1]:.0f} s"
