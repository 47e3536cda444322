"""The texts: complete, the same in both languages, and each of them used."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
import re
from string import Formatter
from typing import Final

import pytest

from custom_components.meeting_rooms.api import errors as api_errors
from custom_components.meeting_rooms.api.errors import ApiError
from custom_components.meeting_rooms.api.registry import VENDORS
from custom_components.meeting_rooms.const import CONF_BASE_URL, DOMAIN

from .described import DESCRIBED, all_descriptions, keys
from .translations import LANGUAGES, load_texts

COMPONENT: Final = Path(__file__).parents[1] / "custom_components" / DOMAIN
TEXTS: Final = {language: load_texts(language) for language in LANGUAGES}
ENGLISH: Final = TEXTS["en"]
CHINESE: Final = TEXTS["zh-Hans"]
SOURCE: Final = {
    path.relative_to(COMPONENT).as_posix(): path.read_text("utf-8")
    for path in COMPONENT.rglob("*.py")
}
FLOWS: Final = (
    "config",
    "options",
    "config_subentries.conference",
    "config_subentries.webhook",
)
FORM_FILES: Final = (
    "account_form.py",
    "conference_flow.py",
    "config_flow.py",
    "options_flow.py",
    "rooms_form.py",
    "vendor_errors.py",
    "webhook_flow.py",
)
PUSH_FIELDS: Final = {
    field
    for vendor in VENDORS.values()
    if vendor.webhook is not None
    for field in (*vendor.webhook.fields, *vendor.webhook.optional_fields)
}


def at(path: str) -> set[str]:
    """Return the keys right under a path of the texts."""
    return {
        text.removeprefix(f"{path}.").split(".")[0]
        for text in ENGLISH
        if text.startswith(f"{path}.")
    }


def placeholders(text: str) -> list[str]:
    """Return the names in braces, sorted."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def strings(*names: str) -> set[str]:
    """Return every string that stands in some files of the integration."""
    return {
        node.value
        for name in names
        for node in ast.walk(ast.parse(SOURCE[name]))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def error_keys() -> set[str]:
    """Return the keys of all errors of the vendors."""
    return {
        found.key
        for found in vars(api_errors).values()
        if isinstance(found, type) and issubclass(found, ApiError)
    }


def raised_keys() -> Iterator[str]:
    """Yield the translation keys that are written out where something is raised or named."""
    for source in SOURCE.values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.keyword) and node.arg == "translation_key":
                for inner in ast.walk(node.value):
                    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                        yield inner.value


def test_languages_have_the_same_keys() -> None:
    """Say the same things in both languages, in the same order."""
    assert [*ENGLISH] == [*CHINESE]


@pytest.mark.parametrize("key", ENGLISH)
def test_languages_have_the_same_placeholders(key: str) -> None:
    """Fill the same names into both languages."""
    assert placeholders(ENGLISH[key]) == placeholders(CHINESE[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_clean(language: str) -> None:
    """Have no text that is empty, padded, or that Home Assistant's own check refuses."""
    refused = re.compile(r"^\s|\s$|^$|  |<[^>]+>|https?://|'\{\w+\}'")

    assert [key for key, text in TEXTS[language].items() if refused.search(text)] == []


def test_chinese_is_chinese() -> None:
    """Leave nothing in English but names that the vendors write so too."""
    same = {"SecretId", "SecretKey", "SdkId", "Token", "EncodingAESKey", "H.323"}

    assert [
        text
        for text in CHINESE.values()
        if not re.search(r"[\u4e00-\u9fff]", text) and text not in same
    ] == []


def test_chinese_is_set_consistently() -> None:
    """Use full-width marks after Chinese, and a space between Chinese and Latin words."""
    han = r"[\u4e00-\u9fff]"
    refused = re.compile(
        rf"{han}[,.;:?!()]|[,;:?!]{han}|{han}[A-Za-z0-9{{]|[A-Za-z0-9}}]{han}"
        r"|[“”‘’…]| [，。：；！？（）「」]|[，。：；！？（）「」] "
    )
    linked = re.compile(r"\[(.+?)\]\(\{\w+\}\)")

    assert [
        text for text in CHINESE.values() if refused.search(linked.sub(r"\1", text))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end(language: str) -> None:
    """End what is a sentence with a mark, and what is a label without one."""
    sentence = re.compile(r"\.(description|data_description\.\w+|(error|abort)\.\w+)$")
    end = re.compile(r"[.?。？]$")

    assert [
        key
        for key, text in TEXTS[language].items()
        if bool(sentence.search(key)) != bool(end.search(text))
    ] == []


def test_texts_name_no_key_of_the_code() -> None:
    """Say nothing that only the code understands."""
    key = re.compile(r"(?<!\{)\b[a-z]+_[a-z_]+\b(?!\})")

    assert [text for text in ENGLISH.values() if key.search(text)] == []


@pytest.mark.parametrize("platform", DESCRIBED)
def test_entities_have_names(platform: str) -> None:
    """Have a name for each entity, and none for what is no entity."""
    assert at(f"entity.{platform}") == keys(platform)
    assert {f"entity.{platform}.{key}.name" for key in keys(platform)} <= set(ENGLISH)


def test_only_known_platforms_are_named() -> None:
    """Name entities of no other platform."""
    assert at("entity") == set(DESCRIBED)


def test_options_have_names() -> None:
    """Have a text for each state that an entity of a few words can show, and no other."""
    options: dict[str, set[str]] = {}
    for platform, _, description in all_descriptions():
        key = f"entity.{platform}.{description.key}.state"
        options.setdefault(key, set()).update(
            getattr(description, "options", None) or ()
        )
    named = {
        key: at(key)
        for key in options
        if key.startswith("entity.sensor.") and (at(key) or options[key])
    }

    assert named == {key: found for key, found in options.items() if found}


def test_binary_states_have_names() -> None:
    """Name on and off where the device class does not do it."""
    states = {
        description.key: at(f"entity.binary_sensor.{description.key}.state")
        for platform, _, description in all_descriptions()
        if platform == "binary_sensor"
    }
    bare = {
        description.key
        for platform, _, description in all_descriptions()
        if platform == "binary_sensor" and description.device_class is None
    }

    assert bare <= {key for key, named in states.items() if named}
    assert all(named in (set(), {"on", "off"}) for named in states.values())


def test_units_are_of_entities_without_one() -> None:
    """Give a unit in words only where the entity has none of its own."""
    units = {
        key.split(".")[2] for key in ENGLISH if key.endswith(".unit_of_measurement")
    }
    without = {
        description.key
        for platform, _, description in all_descriptions()
        if platform == "sensor"
        and description.native_unit_of_measurement is None
        and description.device_class is None
    }

    assert units <= without


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_unique_on_a_device(language: str) -> None:
    """Call no two entities of one platform and device the same."""
    names = Counter(
        (platform, kind, TEXTS[language][f"entity.{platform}.{description.key}.name"])
        for platform, kind, description in all_descriptions()
    )

    assert [name for name, number in names.items() if number > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_enabled_names_are_unique_across_platforms(language: str) -> None:
    """Call no two entities of a device the same that are there by default."""
    names = Counter(
        (kind, TEXTS[language][f"entity.{platform}.{description.key}.name"])
        for platform, kind, description in all_descriptions()
        if description.entity_registry_enabled_default
    )

    assert [name for name, number in names.items() if number > 1] == []


def test_vendors_are_in_the_menu() -> None:
    """Offer each vendor, and have a step for each and for the choice of rooms."""
    assert at("config.step.user.menu_options") == set(VENDORS)
    assert at("config.step") == {"user", *VENDORS, "rooms"}


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("part", ["data", "data_description"])
def test_account_forms_are_explained(vendor: str, part: str) -> None:
    """Name and explain each field of a vendor's form, and no other."""
    fields = (*VENDORS[vendor].fields, *VENDORS[vendor].optional_fields, CONF_BASE_URL)

    assert at(f"config.step.{vendor}.{part}") == set(fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_room_forms_are_explained(language: str) -> None:
    """Explain the choice of rooms, in the same words in both flows."""
    step = "step.rooms"
    first, again = (
        {
            key.removeprefix(f"{flow}."): text
            for key, text in TEXTS[language].items()
            if key.startswith(f"{flow}.{step}.")
        }
        for flow in ("config", "options")
    )

    for part in ("data", "data_description"):
        assert at(f"config.{step}.{part}") == {"all_rooms", "places", "rooms"}
        assert again.pop(f"{step}.{part}.budget_share")
    # The options are about the budget as well.
    assert first.pop(f"{step}.title") != again.pop(f"{step}.title")
    assert first == again


def test_conference_form_is_explained() -> None:
    """Explain each field of the form of a conference."""
    step = "config_subentries.conference.step.user"
    fields = {"event_id", "pcode", "temp_conference_id"}

    assert at(f"{step}.data") == at(f"{step}.data_description") == fields
    assert at("config_subentries") == {"conference", "webhook"}


def test_webhook_forms_are_explained() -> None:
    """Explain each field of a vendor's webhook, and say what is wrong with any of them."""
    for step in ("user", "reconfigure"):
        form = f"config_subentries.webhook.step.{step}"
        assert at(f"{form}.data") == at(f"{form}.data_description") == PUSH_FIELDS
    assert {f"invalid_{field}" for field in PUSH_FIELDS} <= at(
        "config_subentries.webhook.error"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_flows_say_the_same_in_the_same_words(language: str) -> None:
    """Explain an error in the same words wherever it is met."""
    said: dict[str, set[str]] = {}
    for flow in FLOWS:
        for kind in ("error", "abort"):
            for key in at(f"{flow}.{kind}") - {"already_configured"}:
                text = TEXTS[language][f"{flow}.{kind}.{key}"]
                said.setdefault(key, set()).add(text)

    assert [key for key, texts in said.items() if len(texts) > 1] == []


@pytest.mark.parametrize("flow", FLOWS)
def test_errors_of_forms_are_used(flow: str) -> None:
    """Have no error or end of a flow that nothing leads to."""
    used = strings(*FORM_FILES) | error_keys() | {"already_configured"}
    used |= {f"invalid_{field}" for field in PUSH_FIELDS}

    assert at(f"{flow}.error") | at(f"{flow}.abort") <= used


def test_errors_of_vendors_have_texts() -> None:
    """Have a text for each error of a vendor that a form shows or a setup raises."""
    forms = error_keys() & strings("vendor_errors.py")

    assert forms <= at("config.error")
    assert forms <= at("options.error")
    assert error_keys() - {ApiError.key} <= at("exceptions")


def test_exceptions_are_used() -> None:
    """Have no text of an exception that nothing raises."""
    assert at("exceptions") <= error_keys() | set(raised_keys())


def test_keys_that_are_written_out_have_texts() -> None:
    """Have a text for each translation key that stands in a call."""
    said = at("exceptions") | at("issues") | at("device") | at("services")

    assert set(raised_keys()) <= said


def test_named_devices_are_used() -> None:
    """Name the devices that the code names by key, and no others."""
    assert at("device")
    assert at("device") <= strings("devices.py")


def test_parts_are_known() -> None:
    """Have only the parts of which these tests say that they are used."""
    assert {key.split(".")[0] for key in ENGLISH} == {
        "config",
        "config_subentries",
        "device",
        "entity",
        "exceptions",
        "issues",
        "options",
        "title",
    }


def test_issues_are_raised() -> None:
    """Have a text for each trouble that can be mended, and none that is never told."""
    told = {
        key.removeprefix("issues.").partition(".")[0]
        for key in ENGLISH
        if key.startswith("issues.")
    }
    source = "".join(
        (COMPONENT / name).read_text() for name in ("issues.py", "room_troubles.py")
    )
    raised = {*re.findall(r'(?:Trouble|_about_interface)\(\s*"(\w+)"', source)}
    named = {
        kind.key
        for name, kind in vars(api_errors).items()
        if f" {name}()" in source and name != "PermissionDenied"
    }
    parts = {part for vendor in VENDORS.values() for part in vendor.api_names}

    assert told == raised | named | {f"permission_{part}" for part in parts}
