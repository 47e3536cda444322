"""Read the log as it is written, and tell what should not be in it."""

from collections import Counter
from dataclasses import dataclass
import logging
import re
from typing import Final, override

from .clock import Clock

_OURS: Final = "custom_components.meeting_rooms"
_DOWN: Final = re.compile(
    r"(?:Error|Timeout|Authentication failed) .*?fetching (.*) data"
)
_UP: Final = re.compile(r"Fetching (.*) data recovered")
_NOT_READY: Final = re.compile(
    r"Config entry .* (not ready yet|could not authenticate)"
)
_LIMITED: Final = re.compile(r"(.*: )the vendor limits (calls of .*);")
_ANSWERED: Final = re.compile(r"(.*: )(calls of .*) are answered again")
_OF_THE_MACHINE: Final = (
    "which has not been tested by Home Assistant",
    "falling back to zlib",
)
"""What Home Assistant says of any custom integration, and of what is not installed."""
_STARTED: Final = "Home Assistant starts"
_VARIABLE: Final = re.compile(r"\d+(\.\d+)?|'.*?'")


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

    def start(self) -> None:
        """Note that a Home Assistant starts, which knows nothing of what was told before."""
        self.lines.append(
            Line(
                when=self._clock.passed,
                level=logging.INFO,
                logger=__name__,
                text=_STARTED,
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
        """Return the warnings and errors that are not the line of an outage or a limit."""
        return [
            f"{line.logger}: {line.text}"
            for line in self.lines
            if line.level >= logging.WARNING
            and not _DOWN.match(line.text)
            and not _NOT_READY.match(line.text)
            and not _LIMITED.match(line.text)
            and not any(words in line.text for words in _OF_THE_MACHINE)
        ]

    def outages(self, title: str) -> list[tuple[str, float]]:
        """Return when the log says that an account went down or came up."""
        said = []
        for line in self.lines:
            for word, pattern in (("down", _DOWN), ("up", _UP)):
                if (found := pattern.match(line.text)) and found[1] == title:
                    said.append((word, line.when))
        return said

    def limits(self) -> list[str]:
        """Return the lines of limits that were told twice, or whose end was told without them."""
        wrong: list[str] = []
        limited: set[str] = set()
        for line in self.lines:
            if line.text == _STARTED:
                limited.clear()
            if found := _LIMITED.match(line.text):
                wrong += [line.text] if "".join(found.groups()) in limited else []
                limited.add("".join(found.groups()))
            if found := _ANSWERED.match(line.text):
                wrong += [] if "".join(found.groups()) in limited else [line.text]
                limited.discard("".join(found.groups()))
        return wrong

    def sentences(self) -> Counter[str]:
        """Count the lines of the integration by what they say."""
        return Counter(
            f"{logging.getLevelName(line.level)} {_VARIABLE.sub('…', line.text)}"
            for line in self.lines
            if line.logger.startswith(_OURS) or _NOT_READY.match(line.text)
        )
