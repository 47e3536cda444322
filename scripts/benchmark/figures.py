"""The figures and their targets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from .office import Change


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the table, which must not exceed its limit, or not fall below it."""

    name: str
    limit: float
    measured: float
    unit: str = ""
    at_least: bool = False
    remark: str = ""

    @property
    def ok(self) -> bool:
        """Return whether the figure meets its target."""
        return (
            (self.measured >= self.limit)
            if self.at_least
            else (self.measured <= self.limit)
        )

    @property
    def row(self) -> str:
        """Return the row of the table."""
        bound = "at least" if self.at_least else "at most"
        unit = f" {self.unit}" if self.unit else ""
        remark = f" ({self.remark})" if self.remark else ""
        return (
            f"| {self.name} | {bound} {self.limit:g}{unit}"
            f" | {self.measured:.3g}{unit}{remark} | {'yes' if self.ok else 'NO'} |"
        )


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    head = "| figure | target | measured | ok |\n| --- | --- | ---: | --- |"
    return "\n".join((head, *(figure.row for figure in figures)))


def status_age(
    changes: Sequence[Change], shown: Sequence[Change], since: float, until: float
) -> float:
    """Return the 95th percentile of the seconds from a room's change until it was shown.

    Only changes between the two times count; one that was not shown by then counts as shown then.
    """
    ages = [
        min(
            at
            for room, word, at in (*shown, (room_id, status, until))
            if (room, word) == (room_id, status) and at >= changed
        )
        - changed
        for room_id, status, changed in changes
        if since <= changed < until
    ]
    return quantiles(ages, n=20)[-1] if len(ages) > 1 else float("nan")
