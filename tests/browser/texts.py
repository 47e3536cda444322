"""Read what a page shows, and find what no user should read."""

import re
from typing import Final

from playwright.sync_api import Locator, TimeoutError
import pytest

from scripts.demo_home.client import JSON
from scripts.demo_home.texts import load_texts

DEFECT: Final = re.compile(
    r"\b(?:undefined|null|NaN)\b|\[object|\{\w+\}|\bcomponent\.|\b(?:[a-z0-9]+_)+[a-z0-9]+\b"
)
"""A missing value, a placeholder without a value, or a key without a text."""
_MARKDOWN: Final = re.compile(r"\[([^]]*)\]\([^)]*\)|[*`]|^\d+\. ", re.MULTILINE)
_SPACE: Final = re.compile(r"\s+")

# The texts in the order of the screen, across shadow roots.
_SHOWN: Final = """root => {
    const texts = [];
    const walk = node => {
        if (node.nodeType === Node.TEXT_NODE) texts.push(node.data.trim());
        if (["STYLE", "SCRIPT", "TEMPLATE"].includes(node.nodeName)) return;
        const slotted = node.nodeName === "SLOT" ? node.assignedNodes() : [];
        const inner = slotted.length ? slotted : (node.shadowRoot ?? node).childNodes;
        inner.forEach(walk);
    };
    walk(root);
    return texts.filter(Boolean).join("\\n");
}"""
_SHOWS_ALL: Final = f"""([root, texts]) => {{
    const there = ({_SHOWN})(root).replace(/\\s+/g, "");
    return texts.every(text => there.includes(text));
}}"""


def shown(element: Locator) -> str:
    """Return all texts of an element."""
    found: str = element.evaluate(_SHOWN)
    return found


def defects(element: Locator) -> list[str]:
    """Return the missing values and the keys without a text that an element shows."""
    return DEFECT.findall(shown(element))


def wait_for_texts(element: Locator, *texts: str) -> None:
    """Wait until an element shows all texts; Markdown and spaces do not count."""
    wanted = [_squeezed(_MARKDOWN.sub(r"\1", each)) for each in texts]
    argument = [element.element_handle(), wanted]
    try:
        element.page.wait_for_function(_SHOWS_ALL, arg=argument)
    except TimeoutError:
        found = shown(element)
        absent = [each for each in wanted if each not in _squeezed(found)]
        pytest.fail(f"{absent} are not in:\n{found}")


def text(language: str, *path: str, **values: str) -> str:
    """Return a text of the integration."""
    found: JSON | str = load_texts(language)
    for key in path:
        assert isinstance(found, dict), path
        found = found[key]
    assert isinstance(found, str), path
    return found.format(**values)


def step_texts(language: str, *path: str, **values: str) -> list[str]:
    """Return all texts of a step of a flow."""
    step: JSON = load_texts(language)
    for key in path:
        step = step[key]
    return [each.format(**values) for each in _leaves(step)]


def _leaves(texts: JSON | str) -> list[str]:
    """Return the texts in a tree of texts."""
    if isinstance(texts, str):
        return [texts]
    return [leaf for each in texts.values() for leaf in _leaves(each)]


def _squeezed(text: str) -> str:
    """Return a text without spaces and line breaks."""
    return _SPACE.sub("", text)
