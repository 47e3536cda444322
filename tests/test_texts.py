"""The texts are complete, equal in both languages, and set consistently.

A text that Home Assistant would miss fails the test that needs it; see translations.py.
"""

from collections import Counter
import json
import re
from string import Formatter
from typing import Final

import pytest

from custom_components.meeting_rooms.api import errors as api_errors
from custom_components.meeting_rooms.api.client import Feature
from custom_components.meeting_rooms.api.errors import ApiError
from custom_components.meeting_rooms.api.registry import VENDORS
from custom_components.meeting_rooms.const import CONF_BASE_URL
from custom_components.meeting_rooms.rooms.areas import AreaMode
from homeassistant.util.yaml import load_yaml_dict

from .described import DESCRIBED, all_descriptions, keys
from .translations import LANGUAGES, TRANSLATIONS, load_texts

CODE: Final = TRANSLATIONS.parent
TEXTS: Final = {language: load_texts(language) for language in LANGUAGES}
ENGLISH: Final = TEXTS["en"]
CHINESE: Final = TEXTS["zh-Hans"]
FLOWS: Final = (
    "config",
    "options",
    "config_subentries.conference",
    "config_subentries.webhook",
)


def at(path: str) -> set[str]:
    """Return the keys directly below a path of the texts."""
    return {
        text.removeprefix(f"{path}.").split(".")[0]
        for text in ENGLISH
        if text.startswith(f"{path}.")
    }


def placeholders(text: str) -> list[str]:
    """Return the names in braces, sorted."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def error_keys() -> set[str]:
    """Return the keys of all errors of the vendors."""
    return {
        found.key
        for found in vars(api_errors).values()
        if isinstance(found, type) and issubclass(found, ApiError)
    }


def test_languages_have_the_same_keys() -> None:
    """Check that both languages have the same keys, in the same order."""
    assert [*ENGLISH] == [*CHINESE]


@pytest.mark.parametrize(
    "name", ["icons", *(f"translations/{each}" for each in LANGUAGES)]
)
def test_each_key_is_there_once(name: str) -> None:
    """Check that no text or icon replaces another one with the same key, which JSON permits."""
    repeated: list[str] = []

    def note_repeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
        """Note the keys that an object has several times."""
        counts = Counter(key for key, _ in pairs)
        repeated.extend(key for key, number in counts.items() if number > 1)
        return dict(pairs)

    text = (TRANSLATIONS.parent / f"{name}.json").read_text("utf-8")
    json.loads(text, object_pairs_hook=note_repeated)

    assert repeated == []


def test_languages_have_the_same_placeholders() -> None:
    """Use the same placeholders in both languages."""
    assert [
        key
        for key, text in ENGLISH.items()
        if placeholders(text) != placeholders(CHINESE[key])
    ] == []


def test_chinese_follows_the_rules_of_hassfest() -> None:
    """Have no empty, padded, marked-up or quoted text; hassfest checks English only."""
    refused = re.compile(r"^\s|\s$|^$|  |<[^>]+>|https?://|'\{\w+\}'")

    assert [key for key, text in CHINESE.items() if refused.search(text)] == []


def test_chinese_is_chinese() -> None:
    """Check that only a time and names that the vendors write in Latin letters are not Chinese."""
    names = {"SecretId", "SecretKey", "SdkId", "Token", "EncodingAESKey", "H.323"}
    same = names | {"{time}"}

    assert [
        text
        for text in CHINESE.values()
        if not re.search(r"[\u4e00-\u9fff]", text) and text not in same
    ] == []


def test_chinese_is_set_consistently() -> None:
    """Use full-width punctuation after Chinese, and a space between Chinese and Latin words."""
    han = r"[\u4e00-\u9fff]"
    refused = re.compile(
        rf"{han}[,.;:?!()]|[,;:?!]{han}|{han}[A-Za-z0-9{{]|[A-Za-z0-9}}]{han}"
        r"|[“”‘’…]| [，。：；！？（）「」]|[，。：；！？（）「」] "
    )
    # A code is filled in with a space in front of it.
    markup = re.compile(r"\[(?P<label>.+?)\]\(\{\w+\}\)|\{code\}")

    assert [
        text
        for text in CHINESE.values()
        if refused.search(markup.sub(lambda found: found["label"] or "", text))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end(language: str) -> None:
    """End sentences with a full stop or question mark, and labels without one."""
    sentence = re.compile(
        r"\.(description|question_\w+|data_description\.\w+|(error|abort)\.\w+)$"
    )
    end = re.compile(r"[.?。？]$")

    assert [
        key
        for key, text in TEXTS[language].items()
        if bool(sentence.search(key)) != bool(end.search(text))
    ] == []


def test_texts_name_no_key_of_the_code() -> None:
    """Check that no text contains an identifier of the code."""
    key = re.compile(r"(?<!\{)\b[a-z]+_[a-z_]+\b(?!\})")

    assert [text for text in ENGLISH.values() if key.search(text)] == []


@pytest.mark.parametrize("platform", DESCRIBED)
def test_entities_have_names(platform: str) -> None:
    """Have a name for each entity, and no other."""
    assert at(f"entity.{platform}") == keys(platform)
    assert {f"entity.{platform}.{key}.name" for key in keys(platform)} <= set(ENGLISH)


def test_only_known_platforms_are_named() -> None:
    """Name entities of no other platform."""
    assert at("entity") == set(DESCRIBED)


def test_options_have_names() -> None:
    """Have a text for each state of an enum sensor, and no other."""
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
    """Name on and off where the device class does not."""
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


def test_only_sensors_without_a_unit_have_a_translated_unit() -> None:
    """Have a translated unit only for sensors without a unit."""
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
    """Give the entities of one platform and device different names."""
    names = Counter(
        (platform, kind, TEXTS[language][f"entity.{platform}.{description.key}.name"])
        for platform, kind, description in all_descriptions()
    )

    assert [name for name, number in names.items() if number > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_enabled_names_are_unique_across_platforms(language: str) -> None:
    """Give the entities of a device that are enabled by default different names."""
    names = Counter(
        (kind, TEXTS[language][f"entity.{platform}.{description.key}.name"])
        for platform, kind, description in all_descriptions()
        if description.entity_registry_enabled_default
    )

    assert [name for name, number in names.items() if number > 1] == []


def test_vendors_are_in_the_menu() -> None:
    """Offer each vendor in the menu, with a step for it."""
    assert at("config.step.user.menu_options") == set(VENDORS)
    assert at("config.step") == {
        "user",
        *VENDORS,
        "rooms",
        "areas",
        "reauth_confirm",
        "reconfigure",
    }


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("part", ["data", "data_description"])
def test_account_forms_are_explained(vendor: str, part: str) -> None:
    """Label and explain each field of a vendor's form, and no other."""
    fields = (*VENDORS[vendor].fields, *VENDORS[vendor].optional_fields, CONF_BASE_URL)

    assert at(f"config.step.{vendor}.{part}") == set(fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_room_forms_are_explained(language: str) -> None:
    """Explain the choice of rooms with the same texts in both flows."""
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
    # The options also contain the budget.
    assert first.pop(f"{step}.title") != again.pop(f"{step}.title")
    assert first == again


@pytest.mark.parametrize("language", LANGUAGES)
def test_area_forms_are_explained(language: str) -> None:
    """Explain the areas with the same texts in both flows."""
    first, again = (
        {
            key.removeprefix(f"{flow}."): text
            for key, text in TEXTS[language].items()
            if key.startswith(f"{flow}.step.areas.")
        }
        for flow in ("config", "options")
    )

    assert first == again
    assert at("config.step.areas.data_description") == {"areas"}
    assert at("selector.areas.options") == {*AreaMode}


def test_options_quote_the_names_of_states() -> None:
    """A user finds the states that the options for bookings are about."""
    entities = {text for key, text in CHINESE.items() if key.startswith("entity.")}
    quoted = {
        name
        for key, text in CHINESE.items()
        if key.startswith("options.step.meetings.data")
        for name in re.findall("「(.+?)」", text)
    }

    assert quoted
    assert quoted - entities == set()


def test_conference_form_is_explained() -> None:
    """Explain each field of the form of a conference."""
    step = "config_subentries.conference.step.user"
    fields = {"event_id", "pcode", "temp_conference_id"}

    assert at(f"{step}.data") == at(f"{step}.data_description") == fields
    assert at("config_subentries") == {"conference", "webhook"}


def test_webhook_forms_are_explained() -> None:
    """Have a step for each vendor with a webhook: explain its fields, with an error for each."""
    flow = "config_subentries.webhook"
    with_webhook = {
        key: {*vendor.webhook.fields, *vendor.webhook.optional_fields}
        for key, vendor in VENDORS.items()
        if vendor.webhook is not None
    }
    assert at(f"{flow}.step") == set(with_webhook)
    for key, fields in with_webhook.items():
        assert at(f"{flow}.step.{key}.data") == fields
        assert at(f"{flow}.step.{key}.data_description") == fields
        assert {f"invalid_{field}" for field in fields} <= at(f"{flow}.error")


@pytest.mark.parametrize("language", LANGUAGES)
def test_flows_share_the_texts_of_errors(language: str) -> None:
    """Have one text per error and language, in every flow."""
    found: dict[str, set[str]] = {}
    for flow in FLOWS:
        for kind in ("error", "abort"):
            for key in at(f"{flow}.{kind}") - {"already_configured"}:
                text = TEXTS[language][f"{flow}.{kind}.{key}"]
                found.setdefault(key, set()).add(text)

    assert [key for key, texts in found.items() if len(texts) > 1] == []


def test_categories_are_known() -> None:
    """Check that each category of texts has a test."""
    assert {key.split(".")[0] for key in ENGLISH} == {
        "conditions",
        "config",
        "config_panel",
        "config_subentries",
        "device",
        "entity",
        "exceptions",
        "issues",
        "options",
        "selector",
        "services",
        "title",
        "triggers",
    }


def test_errors_of_vendors_have_exceptions() -> None:
    """Have the text of an exception for each error of a vendor."""
    assert error_keys() - {ApiError.key} <= at("exceptions")


def test_exceptions_are_raised() -> None:
    """Have no text of an exception that the code does not raise."""
    code = "".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))

    assert [key for key in at("exceptions") if f'"{key}"' not in code] == []


def test_actions_are_explained() -> None:
    """Have a name and a description for each action and each of its fields, and no other."""
    actions = load_yaml_dict(str(CODE / "services.yaml"))
    assert at("services") == set(actions)
    for action, described in actions.items():
        fields = set(described["fields"])
        assert at(f"services.{action}.fields") == fields
        for path in (action, *(f"{action}.fields.{field}" for field in fields)):
            assert {"name", "description"} <= at(f"services.{path}")


def test_permissions_have_issues() -> None:
    """Have an issue for each API of a vendor that can lack a permission, and no other."""
    apis = {api for vendor in VENDORS.values() for api in vendor.api_names}
    named = {key for key in at("issues") if key.startswith("permission_")}
    features = apis & {"list", *Feature}

    general = {"permission_api", "permission_write", "permission_calendar_write"}
    assert named == {*general, *(f"permission_{api}" for api in features)}


@pytest.mark.parametrize("category", ["triggers", "conditions"])
def test_automations_are_explained(category: str) -> None:
    """Name and explain each trigger and condition, and name each of its fields."""
    path = TRANSLATIONS.parent / f"{category}.yaml"
    described = {
        key: each
        for key, each in load_yaml_dict(str(path)).items()
        if not key.startswith(".")
    }

    assert at(category) == set(described)
    for key, each in described.items():
        fields = set(each.get("fields", {}))
        assert at(f"{category}.{key}.fields") == fields
        assert at(f"{category}.{key}") >= {"name", "description"}
        for field in fields:
            assert at(f"{category}.{key}.fields.{field}") == {"name"}
