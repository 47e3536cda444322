"""A measured figure and its target."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that must not exceed its limit, or not fall below it."""

    name: str
    limit: float
    measured: float
    unit: str = ""
    at_least: bool = False

    @property
    def row(self) -> str:
        """Return the row of the table."""
        ok = self.measured <= self.limit
        if self.at_least:
            ok = self.measured >= self.limit
        target = f"at {'least' if self.at_least else 'most'} {self.limit:g} {self.unit}"
        measured = f"{self.measured:.3g} {self.unit}".strip()
        return (
            f"| {self.name} | {target.strip()} | {measured} | {'yes' if ok else 'NO'} |"
        )
