"""The base of the wire models, which map a vendor's JSON objects to dataclasses."""

from collections.abc import Mapping
from dataclasses import field
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, override

from mashumaro import DataClassDictMixin, field_options

from .values import unwrap


class WireModel(DataClassDictMixin):
    """A JSON object of a vendor; any other JSON value becomes an empty object."""

    __slots__ = ()

    expected_types: ClassVar[Mapping[str, type]] = MappingProxyType({})
    """Fields that must have a type, or be absent; otherwise the object counts as unreadable."""

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Accept any JSON value where an object is documented."""
        if not isinstance(d, dict):
            return {}
        for key, expected in cls.expected_types.items():
            if not isinstance(d.get(key), expected | None):
                return {}
        return d


def parse_rows[R: WireModel](row: type[R], value: object) -> tuple[R, ...]:
    """Return the objects in a list, or in a string that holds a list as JSON."""
    value = unwrap(value)
    if not isinstance(value, list):
        return ()
    return tuple(row.from_dict(item) for item in value if isinstance(item, dict))


def wire_part(key: str, model: type[WireModel]) -> Any:
    """Return a dataclass field for the JSON object in the vendor's field `key`."""
    return field(default_factory=model, metadata=field_options(alias=key))


def wire_rows(key: str, row: type[WireModel]) -> Any:
    """Return a dataclass field for the list of rows in the vendor's field `key`."""
    options = field_options(alias=key, deserialize=partial(parse_rows, row))
    return field(default=(), metadata=options)
