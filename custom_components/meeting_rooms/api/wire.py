"""The base of the wire models, which map a vendor's JSON objects to dataclasses."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, override

from mashumaro import DataClassDictMixin


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
    """Return the rows of a list without those that are no objects; no list has no rows."""
    if not isinstance(value, list):
        return ()
    return tuple(row.from_dict(item) for item in value if isinstance(item, dict))
