"""Print what was measured as Markdown."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles
from typing import Final

from .measure import Measured

type Value = Callable[[Measured], str]


def _ms(seconds: float) -> str:
    """Return milliseconds."""
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def _kb(size: float, rooms: int) -> str:
    """Return kilobytes a room."""
    return f"{size / rooms / 1024:.1f} KB"


def _ages(ages: Sequence[float]) -> str:
    """Return the median and the 95th percentile of ages."""
    if len(ages) < 2:
        return "–"
    return f"{median(ages):.0f} s / {quantiles(ages, n=20)[-1]:.0f} s"


def _p95(ages: Sequence[float]) -> float:
    """Return the 95th percentile of ages."""
    return quantiles(ages, n=20)[-1] if len(ages) > 1 else float("nan")


FIGURES: Final[tuple[tuple[str, str, Value], ...]] = (
    (
        "requests a minute",
        "ours",
        lambda m: f"{m.ours['life']['requests_a_minute']:.0f}",
    ),
    ("", "rest", lambda m: f"{m.rest['life']['requests_a_minute']:.0f}"),
    ("CPU a minute", "ours", lambda m: f"{m.ours['life']['cpu_a_minute']:.3f} s"),
    ("", "rest", lambda m: f"{m.rest['life']['cpu_a_minute']:.3f} s"),
    ("loop time, quiet poll", "ours", lambda m: _ms(m.ours["poll"]["quiet"])),
    ("", "rest", lambda m: _ms(m.rest["poll"]["quiet"])),
    ("", "ours without HTTP", lambda m: _ms(m.ours["poll"]["quiet_here"])),
    ("", "floor: bare fetch", lambda m: _ms(m.ours["poll"]["fetch"])),
    ("", "floor: orjson", lambda m: _ms(m.ours["poll"]["decode"])),
    (
        "loop time, 5 % of rooms changed",
        "ours",
        lambda m: _ms(m.ours["poll"]["changed"]),
    ),
    ("", "rest", lambda m: _ms(m.rest["poll"]["changed"])),
    ("", "ours without HTTP", lambda m: _ms(m.ours["poll"]["changed_here"])),
    ("", "floor: bare writes", lambda m: _ms(m.ours["poll"]["bare_writes"])),
    (
        "longest block + garbage collection, running",
        "ours",
        lambda m: _block(m.ours["life"]),
    ),
    ("", "rest", lambda m: _block(m.rest["life"])),
    ("longest block + garbage collection, set-up", "ours", lambda m: _block(m.ours)),
    ("", "rest", lambda m: _block(m.rest)),
    ("", "floor: bare entities", lambda m: _block(m.bare)),
    ("set-up, processor time", "ours", lambda m: f"{m.ours['cpu']:.2f} s"),
    ("", "rest", lambda m: f"{m.rest['cpu']:.2f} s"),
    ("", "floor: bare entities", lambda m: f"{m.bare['cpu']:.2f} s"),
    ("memory a room, resident", "ours", lambda m: _kb(m.ours["resident"], m.rooms)),
    ("", "rest", lambda m: _kb(m.rest["resident"], m.rooms)),
    ("", "floor: bare entities", lambda m: _kb(m.bare["resident"], m.rooms)),
    ("memory a room, allocated", "ours", lambda m: _kb(m.ours["allocated"], m.rooms)),
    ("", "floor: bare entities", lambda m: _kb(m.bare["allocated"], m.rooms)),
    ("age of a status, p50 / p95", "ours", lambda m: _ages(m.ours["life"]["ages"])),
    ("", "rest", lambda m: _ages(m.rest["life"]["ages"])),
)

RATIOS: Final[tuple[tuple[str, str, Value], ...]] = (
    (
        "CPU a minute, `rest` / ours",
        "≥ 10 (300)",
        lambda m: _times(
            m.rest["life"]["cpu_a_minute"], m.ours["life"]["cpu_a_minute"]
        ),
    ),
    (
        "quiet poll, HTTP and all / decoding",
        "≤ 3 (300)",
        lambda m: _times(m.ours["poll"]["quiet"], m.ours["poll"]["decode"]),
    ),
    (
        "bare fetch / decoding",
        "",
        lambda m: _times(m.ours["poll"]["fetch"], m.ours["poll"]["decode"]),
    ),
    (
        "quiet poll without HTTP / decoding",
        "",
        lambda m: _times(m.ours["poll"]["quiet_here"], m.ours["poll"]["decode"]),
    ),
    (
        "5 % changed, HTTP and all / bare writes",
        "≤ 2",
        lambda m: _times(m.ours["poll"]["changed"], m.ours["poll"]["bare_writes"]),
    ),
    (
        "5 % changed beyond a quiet poll / bare writes",
        "",
        lambda m: _times(
            m.ours["poll"]["changed_here"] - m.ours["poll"]["quiet_here"],
            m.ours["poll"]["bare_writes"],
        ),
    ),
    (
        "longest block of all, garbage collection apart",
        "≤ 50 ms (1,000)",
        lambda m: _ms(max(m.ours["block"], m.ours["life"]["block"])),
    ),
    (
        "set-up / bare entities",
        "≤ 1.5 (300)",
        lambda m: _times(m.ours["cpu"], m.bare["cpu"]),
    ),
    (
        "memory a room beyond bare entities, resident",
        "≤ 30 KB",
        lambda m: _kb(m.ours["resident"] - m.bare["resident"], m.rooms),
    ),
    (
        "memory a room beyond bare entities, allocated",
        "≤ 30 KB",
        lambda m: _kb(m.ours["allocated"] - m.bare["allocated"], m.rooms),
    ),
    (
        "age of a status, p95",
        "≤ 60 s (1,000)",
        lambda m: f"{_p95(m.ours['life']['ages']):.0f} s",
    ),
)


def _block(figures: dict[str, float]) -> str:
    """Return the longest block, and the longest collection of garbage."""
    return f"{_ms(figures['block'])} + {_ms(figures['block_garbage'])}"


def _times(one: float, other: float) -> str:
    """Return how many times the one is the other."""
    return f"{one / other:.1f}"


def report(measured: Sequence[Measured]) -> str:
    """Return both tables."""
    sizes = [f"{m.rooms:,} rooms" for m in measured]
    return "\n".join(
        (
            *_table(["figure", "of", *sizes], FIGURES, measured),
            "",
            *_table(["ratio", "target", *sizes], RATIOS, measured),
        )
    )


def _table(
    head: list[str],
    rows: Iterable[tuple[str, str, Value]],
    measured: Sequence[Measured],
) -> list[str]:
    """Return a table in Markdown."""
    lines = [_line(head), _line(["---", "---", *("---:" for _ in measured)])]
    lines.extend(
        _line([name, of, *(_cell(value, each) for each in measured)])
        for name, of, value in rows
    )
    return lines


def _cell(value: Value, measured: Measured) -> str:
    """Return a value, or a dash for what was not measured."""
    try:
        return value(measured)
    except KeyError:
        return "–"


def _line(cells: list[str]) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(cells)} |"
