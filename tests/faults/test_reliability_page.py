"""Check that the reliability page describes each fault of the tests and no other."""

import pytest

from tests.documents import read_page, table_rows
from tests.translations import LANGUAGES

from .fault_ids import FaultId


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_one_row_for_each_fault(language: str) -> None:
    """The tables list every fault once."""
    rows = table_rows(read_page("docs/reliability", language))

    assert sorted(row[0].strip("`") for row in rows) == sorted(FaultId)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_complete(language: str) -> None:
    """Each row has the fault, its effect, what the user sees, and its end."""
    rows = table_rows(read_page("docs/reliability", language))

    assert [row for row in rows if len(row) != 4 or not all(row)] == []
