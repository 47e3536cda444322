"""Run the office's own time beside the wall clock."""

from datetime import UTC, datetime, timedelta, timezone
import time

BEIJING = timezone(timedelta(hours=8))
OPENING = datetime(2026, 3, 17, 10, 5, tzinfo=BEIJING)
DAY = 86_400


class Clock:
    """Tell office time, which starts in mid-morning and may run fast or stand still.

    The office starts on the same Tuesday morning however late it is outside, so a
    seed gives the same office at any hour. Times that a vendor prints are labelled with
    the wall clock, because clients ask for windows in real time.
    """

    def __init__(self, speed: float) -> None:
        """Start the office's morning now."""
        self.speed = speed
        self.wall_start = time.time()
        self._advanced = 0.0

    @property
    def elapsed(self) -> float:
        """Return the office seconds since the start."""
        return (time.time() - self.wall_start) * self.speed + self._advanced

    @property
    def office(self) -> float:
        """Return the office's time as seconds since 1970."""
        return OPENING.timestamp() + self.elapsed

    @property
    def present(self) -> float:
        """Return the real time, which stands still in a frozen office."""
        real = time.time() if self.speed else self.wall_start
        return real + self._advanced

    def advance(self, seconds: float) -> None:
        """Move the office forward by hand."""
        self._advanced += seconds

    def wall_label(self, office: float) -> int:
        """Return the wall-clock second at which an office time happens."""
        ahead = (office - OPENING.timestamp()) / (self.speed or 1)
        return int(self.wall_start + ahead)


def office_day(office: float) -> int:
    """Return the number of the Beijing day that an office time falls into."""
    return int((office + BEIJING.utcoffset(None).total_seconds()) // DAY)


def day_start(day: int) -> float:
    """Return the office time of a day's midnight in Beijing."""
    return day * DAY - BEIJING.utcoffset(None).total_seconds()


def rfc3339(seconds: float) -> str:
    """Write a time as Tencent writes the time of an alarm."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING).isoformat()
