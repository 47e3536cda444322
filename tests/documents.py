"""Read the documents for the tests that compare them with the code."""

from pathlib import Path
import re
from typing import Final

from .translations import LANGUAGES

ROOT: Final = Path(__file__).parents[1]
SUFFIXES: Final = {"en": "", "zh-Hans": ".zh-Hans"}

_CODE_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

assert tuple(SUFFIXES) == LANGUAGES


def path_of(page: str, language: str) -> Path:
    """Return the file of a page in a language."""
    return ROOT / f"{page}{SUFFIXES[language]}.md"


def read_page(page: str, language: str) -> str:
    """Return the text of a page in a language."""
    return path_of(page, language).read_text("utf-8")


def code_blocks(text: str, kind: str) -> list[str]:
    """Return the code blocks of a kind, for example YAML."""
    return [code for found, code in _CODE_BLOCK.findall(text) if found == kind]


def without_code(text: str) -> str:
    """Return a text without its code blocks."""
    return _CODE_BLOCK.sub("```", text)


def chapters(text: str) -> list[str]:
    """Return the text under each second-level heading."""
    return re.split(r"^## .*\n", text, flags=re.MULTILINE)[1:]


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of every table row, without the head rows."""
    rows = re.findall(r"^\|(?!.*\n\|-)(?!-)\s*(.+?)\s*\|$", text, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE)
    }
