"""Encode a result in one of the forms that Quanshi uses."""

from dataclasses import dataclass
from enum import StrEnum
import json
from typing import Any

from simulator.messages import Row


class ResultForm(StrEnum):
    """List the forms of `result`."""

    OBJECT = "object"
    ARRAY = "array"
    MAP = "map"
    STRING = "string"


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the rows of a result, their id key and the object that usually contains them."""

    rows: list[Row]
    key: str
    wrapper: tuple[str, Row] | None = None

    def in_form(self, form: ResultForm) -> Any:
        """Return the result in a form; `STRING` encodes the usual form as JSON text."""
        match form:
            case ResultForm.OBJECT if self.wrapper is not None:
                name, outer = self.wrapper
                return outer | {name: self.rows}
            case ResultForm.OBJECT if len(self.rows) == 1:
                return self.rows[0]
            case ResultForm.ARRAY:
                return self.rows
            case ResultForm.STRING:
                usual = ResultForm.OBJECT if self.wrapper else ResultForm.ARRAY
                return json.dumps(self.in_form(usual), ensure_ascii=False)
            case _:
                return self._as_map()

    def _as_map(self) -> dict[str, Row]:
        """Return the rows by their id, and by a number where an id occurs twice."""
        found: dict[str, Row] = {}
        for number, row in enumerate(self.rows):
            key = str(row[self.key])
            found[f"{key}_{number}" if key in found else key] = row
        return found


DEFAULT_FORMS = {
    "infos": ResultForm.ARRAY,
    "list": ResultForm.STRING,
    "getStatus": ResultForm.OBJECT,
    "listbystatus": ResultForm.OBJECT,
    "dashboard": ResultForm.OBJECT,
    "listAll": ResultForm.ARRAY,
    "getRoomById": ResultForm.OBJECT,
}
