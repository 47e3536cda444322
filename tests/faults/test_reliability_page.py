"""Test that the reliability page tells of each fault that is tried, and of no other."""

from pathlib import Path
import re

from .fault_ids import FaultId

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reliability.md"
ROW = re.compile(r"^\| `([a-z0-9-]+)` \|(.*)\|$", re.MULTILINE)


def test_the_page_has_a_row_for_each_fault_and_no_other() -> None:
    """And none has two."""
    rows = [fault for fault, _ in ROW.findall(PAGE.read_text())]
    assert sorted(rows) == sorted(FaultId)


def test_each_row_says_all_that_is_promised() -> None:
    """What happens, what the user sees, and when it is over."""
    for fault, rest in ROW.findall(PAGE.read_text()):
        cells = [cell.strip() for cell in rest.split("|")]
        assert (fault, len(cells), all(cells)) == (fault, 3, True)


def test_each_fault_is_tried() -> None:
    """By a test in this folder."""
    tests = "".join(path.read_text() for path in HERE.glob("test_*.py"))
    assert [each.value for each in FaultId if f"FaultId.{each.name}" not in tests] == []
