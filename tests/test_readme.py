"""Check the README and the structure of all documents."""

from pathlib import Path
import re
from typing import Final

import pytest

from .documents import ROOT, anchors, code_blocks, path_of, read_page, without_code
from .translations import LANGUAGES

DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TRANSLATED: Final = [
    path.relative_to(ROOT).as_posix().removesuffix(".zh-Hans.md")
    for path in DOCUMENTS
    if path.name.endswith(".zh-Hans.md")
]
LINK: Final = re.compile(r"\]\((?!https://)([^)\s#]*)#?([^)\s]*)\)")


def shape(text: str) -> list[str]:
    """Return how each line begins that is a heading, table row, list item or picture."""
    return re.findall(r"^(#+|\||- |\d\. |```|!\[)", without_code(text), re.MULTILINE)


def is_found(document: Path, target: str, anchor: str) -> bool:
    """Return whether the file and the heading of a link exist."""
    path = (document.parent / target) if target else document
    return path.exists() and (not anchor or anchor in anchors(path.read_text("utf-8")))


@pytest.mark.parametrize("page", TRANSLATED)
def test_both_languages_have_the_same_structure(page: str) -> None:
    """The headings, tables, lists, pictures and code blocks correspond."""
    assert shape(read_page(page, "en")) == shape(read_page(page, "zh-Hans"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_have_a_target(document: Path) -> None:
    """Every linked file, picture and heading exists."""
    links = LINK.findall(without_code(document.read_text("utf-8")))

    assert [link for link in links if not is_found(document, *link)] == []


@pytest.mark.parametrize("page", TRANSLATED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_link_to_their_own_language(page: str, language: str) -> None:
    """Only the link to the other language leads to another language."""
    path = path_of(page, language)
    text = "".join(path.read_text("utf-8").splitlines(keepends=True)[3:])
    targets = {
        (path.parent / target).resolve().relative_to(ROOT).as_posix()
        for target, _ in LINK.findall(text)
        if target
    }
    others = {
        path_of(each, other).relative_to(ROOT).as_posix()
        for each in TRANSLATED
        for other in LANGUAGES
        if other != language
    }

    assert targets & others == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_readme_names_both_commands_first(language: str) -> None:
    """The two commands are the only code blocks of the README."""
    blocks = code_blocks(read_page("README", language), "sh")

    assert [block.strip() for block in blocks] == ["scripts/demo", "scripts/test"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_scripts_exist(document: Path) -> None:
    """Every script that a document names exists."""
    named = set(re.findall(r"`(scripts/\w+)", document.read_text("utf-8")))

    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readme_links_to_every_page_for_users(language: str) -> None:
    """No translated page is missing in the README."""
    readme = path_of("README", language)
    linked = {target for target, _ in LINK.findall(readme.read_text("utf-8"))}
    pages = {
        path_of(page, language).relative_to(ROOT).as_posix() for page in TRANSLATED
    }

    assert pages - linked == {readme.name}
