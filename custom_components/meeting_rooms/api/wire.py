"""The base of the wire models: parts of a vendor's JSON."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, override

from mashumaro import DataClassDictMixin


class WireModel(DataClassDictMixin):
    """A part of an answer; anything but a JSON object reads as an empty one."""

    __slots__ = ()

    indispensable: ClassVar[Mapping[str, type]] = MappingProxyType({})
    """What must have its type, if it is there, or the object is none that we know."""

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Take any JSON value where an object is documented."""
        if not isinstance(d, dict):
            return {}
        for key, kind in cls.indispensable.items():
            if not isinstance(d.get(key), kind | None):
                return {}
        return d


def parse_rows[P: WireModel](row: type[P], value: object) -> tuple[P, ...]:
    """Return the rows of a list, without those that are no object; a missing list is empty."""
    if not isinstance(value, list):
        return ()
    return tuple(row.from_dict(item) for item in value if isinstance(item, dict))
