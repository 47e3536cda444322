"""Strategies for any JSON value and for nearly valid objects."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st

MANY = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
DEPTH = 900
BORDERS = (0, 1, -1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**11)
ODD_TEXTS = (
    "",
    "-",
    " ",
    "0",
    "1",
    "12 %",
    "true",
    "１２",
    "aGVsbG8=",
    "9" * 19,
    "null",
)


def _deep(leaf: Any) -> st.SearchStrategy[Any]:
    """Return a list or an object with the deepest nesting that is decoded."""
    objects: Any = reduce(lambda inner, _: {"result": inner}, range(DEPTH), leaf)
    lists: Any = reduce(lambda inner, _: [inner], range(DEPTH), leaf)
    return st.sampled_from([objects, lists])


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**300, max_value=10**301),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(BORDERS),
    st.sampled_from(ODD_TEXTS),
)
ANY_JSON: st.SearchStrategy[Any] = st.one_of(
    st.recursive(
        SCALARS,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text(max_size=8), inner, max_size=4)
        ),
        max_leaves=8,
    ),
    SCALARS.flatmap(_deep),
)


def objects_of(keys: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with some of the keys and any value."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(keys, ANY_JSON))


def rows_of(keys: Iterable[str]) -> st.SearchStrategy[Any]:
    """Return lists of such objects and other values, or anything else."""
    row = objects_of(keys)
    return st.one_of(row, st.lists(row | SCALARS, max_size=4), ANY_JSON)
