"""Fail a test in which Home Assistant needs a text that is missing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
import json
from pathlib import Path
from string import Formatter
from typing import Any, Final
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import (
    ConfigEntriesFlowManager,
    ConfigSubentryFlowManager,
    OptionsFlowManager,
)
from homeassistant.data_entry_flow import FlowManager, FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.issue_registry import IssueRegistry

TRANSLATIONS: Final = Path("custom_components", DOMAIN, "translations")
LANGUAGES: Final = ("en", "zh-Hans")

type Texts = Mapping[str, str]
"""The texts of one language by dotted path."""
type Placeholders = Mapping[str, Any] | None


def load_texts(language: str) -> dict[str, str]:
    """Return the texts of a language."""
    path = Path(__file__).parent.parent / TRANSLATIONS / f"{language}.json"
    return dict(_flat("", json.loads(path.read_text("utf-8"))))


def _flat(prefix: str, texts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield path and text of every text."""
    for key, text in texts.items():
        match text:
            case str():
                yield f"{prefix}{key}", text
            case _:
                yield from _flat(f"{prefix}{key}.", text)


class MissingTexts:
    """Collect missing texts, and placeholders without a value."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        """Store the texts by language."""
        self.found: set[str] = set()
        self._texts = texts

    def require(self, key: str, placeholders: Placeholders = None) -> None:
        """Look up a text and its placeholders in every language."""
        for language, texts in self._texts.items():
            match texts.get(key):
                case None:
                    self.found.add(f"{language}: no text for {key}")
                case text:
                    needed = {name for _, name, _, _ in Formatter().parse(text) if name}
                    self.found |= {
                        f"{language}: no value for {{{name}}} in {key}"
                        for name in needed - set(placeholders or {})
                    }

    def require_step(self, manager: FlowManager[Any, Any, Any], result: Any) -> None:
        """Look up all texts of a step of a flow."""
        placeholders = result.get("description_placeholders")
        for key in _keys_of(_area(manager, result["handler"]), result):
            self.require(key, placeholders)


def _area(manager: FlowManager[Any, Any, Any], handler: Any) -> str | None:
    """Return the path of a flow's texts; None for a flow of another integration."""
    match manager:
        case ConfigEntriesFlowManager() if handler == DOMAIN:
            return "config"
        case OptionsFlowManager():
            return "options"
        case ConfigSubentryFlowManager():
            return f"config_subentries.{handler[1]}"
    return None


def _keys_of(area: str | None, result: Any) -> Iterator[str]:
    """Yield the keys of the texts that a step shows."""
    step = f"{area}.step.{result.get('step_id')}"
    match result["type"]:
        case _ if area is None or result.get("translation_domain", DOMAIN) != DOMAIN:
            return
        case FlowResultType.ABORT:
            yield f"{area}.abort.{result['reason']}"
        case FlowResultType.MENU:
            yield from (f"{step}.{part}" for part in ("title", "description"))
            yield from (f"{step}.menu_options.{key}" for key in result["menu_options"])
        case FlowResultType.FORM:
            yield from (f"{step}.{part}" for part in ("title", "description"))
            for field, selector in result["data_schema"].schema.items():
                yield from (f"{step}.{part}.{field}" for part in _FIELD_PARTS)
                yield from _selector_keys(getattr(selector, "config", {}))
            errors = result["errors"] or {}
            yield from (f"{area}.error.{error}" for error in errors.values())


def _selector_keys(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of the texts of a selector."""
    match config:
        case {"translation_key": key, "options": options}:
            yield from (f"selector.{key}.options.{option}" for option in options)
        case {"translation_key": key, "unit_of_measurement": unit}:
            yield f"selector.{key}.unit_of_measurement.{unit}"


_FIELD_PARTS: Final = ("data", "data_description")
_ISSUE_PARTS: Final = {False: ("title", "description"), True: ("title",)}


@contextmanager
def require_texts(texts: Mapping[str, Texts]) -> Iterator[None]:
    """Fail at the end if a needed text was missing."""
    missing = MissingTexts(texts)
    init, configure = FlowManager.async_init, FlowManager.async_configure
    init_config = ConfigEntriesFlowManager.async_init
    raised = HomeAssistantError.__init__
    create_issue = IssueRegistry.async_get_or_create

    async def checked_init(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = await init(self, *args, **kwargs)
        missing.require_step(self, result)
        return result

    async def checked_init_config(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = await init_config(self, *args, **kwargs)
        missing.require_step(self, result)
        return result

    async def checked_configure(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = await configure(self, *args, **kwargs)
        missing.require_step(self, result)
        return result

    def checked_raise(self: Any, *args: Any, **kwargs: Any) -> None:
        raised(self, *args, **kwargs)
        match self:
            case HomeAssistantError(translation_domain="meeting_rooms"):
                missing.require(
                    f"exceptions.{self.translation_key}.message",
                    self.translation_placeholders,
                )

    def checked_issue(self: Any, domain: str, issue_id: str, **kwargs: Any) -> Any:
        match domain:
            case "meeting_rooms":
                key = f"issues.{kwargs['translation_key']}"
                placeholders = kwargs.get("translation_placeholders")
                for part in _ISSUE_PARTS[bool(kwargs["is_fixable"])]:
                    missing.require(f"{key}.{part}", placeholders)
        return create_issue(self, domain, issue_id, **kwargs)

    with (
        patch.object(FlowManager, "async_init", checked_init),
        patch.object(FlowManager, "async_configure", checked_configure),
        patch.object(ConfigEntriesFlowManager, "async_init", checked_init_config),
        patch.object(HomeAssistantError, "__init__", checked_raise),
        patch.object(IssueRegistry, "async_get_or_create", checked_issue),
    ):
        yield
    match sorted(missing.found):
        case [_, *_] as found:
            pytest.fail("\n".join(found))
