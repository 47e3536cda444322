"""Keep the simulated time."""

from datetime import UTC, datetime, timedelta, timezone
import time

BEIJING = timezone(timedelta(hours=8))
START = datetime(2026, 3, 17, 10, 5, tzinfo=BEIJING)
DAY = 86_400


class Clock:
    """Map between simulated and real time.

    The simulated time starts on the same Tuesday morning at whatever real time the
    simulator starts, so that a seed always gives the same states. It may run faster than
    real time or stop. The vendors return timestamps in real time, because clients request
    windows in real time.
    """

    def __init__(self, speed: float) -> None:
        """Start the simulated morning now."""
        self.speed = speed
        self.real_start = time.time()
        self._advanced = 0.0

    @property
    def elapsed(self) -> float:
        """Return the simulated seconds since the start."""
        return (time.time() - self.real_start) * self.speed + self._advanced

    @property
    def simulated(self) -> float:
        """Return the simulated time as a Unix timestamp."""
        return START.timestamp() + self.elapsed

    @property
    def now(self) -> float:
        """Return the real time as a Unix timestamp; at speed 0 it is the start's."""
        real = time.time() if self.speed else self.real_start
        return real + self._advanced

    def advance(self, seconds: float) -> None:
        """Advance the time manually."""
        self._advanced += seconds

    def to_simulated(self, real: float) -> float:
        """Return the simulated timestamp of a real one."""
        return START.timestamp() + (real - self.real_start) * (self.speed or 1)

    def to_real(self, simulated: float) -> int:
        """Return the real timestamp of a simulated one."""
        ahead = (simulated - START.timestamp()) / (self.speed or 1)
        return int(self.real_start + ahead)


def day_number(simulated: float) -> int:
    """Return the number of the day in Beijing of a simulated timestamp."""
    return int((simulated + BEIJING.utcoffset(None).total_seconds()) // DAY)


def day_start(day: int) -> float:
    """Return the simulated timestamp of midnight in Beijing."""
    return day * DAY - BEIJING.utcoffset(None).total_seconds()


def rfc3339(seconds: float) -> str:
    """Format a timestamp as Tencent Meeting formats the time of an alarm."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING).isoformat()
