"""Put a result into one of the forms that Quanshi uses."""

from dataclasses import dataclass
from enum import StrEnum
import json
from typing import Any

from simulator.exchange import Row


class ResultForm(StrEnum):
    """Name the forms that `result` may have."""

    OBJECT = "object"
    ARRAY = "array"
    MAP = "map"
    STRING = "string"


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the rows of a result, their key and the object they usually stand in."""

    rows: list[Row]
    key: str
    wrapper: tuple[str, Row] | None = None

    def in_form(self, form: ResultForm) -> Any:
        """Return the result in a form; text holds what the form before it would be."""
        match form:
            case ResultForm.OBJECT if self.wrapper is not None:
                name, around = self.wrapper
                return around | {name: self.rows}
            case ResultForm.OBJECT if len(self.rows) == 1:
                return self.rows[0]
            case ResultForm.ARRAY:
                return self.rows
            case ResultForm.STRING:
                natural = ResultForm.OBJECT if self.wrapper else ResultForm.ARRAY
                return json.dumps(self.in_form(natural), ensure_ascii=False)
            case _:
                return {str(row[self.key]): row for row in self.rows}


DEFAULT_FORMS = {
    "infos": ResultForm.ARRAY,
    "list": ResultForm.STRING,
    "getStatus": ResultForm.OBJECT,
    "listbystatus": ResultForm.OBJECT,
    "dashboard": ResultForm.OBJECT,
    "listAll": ResultForm.ARRAY,
    "getRoomById": ResultForm.OBJECT,
}
