"""What the READMEs claim is so, in both languages."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any, Final

import pytest

from custom_components.meeting_rooms import const
from custom_components.meeting_rooms.api.limits import POLL_INTERVALS
from custom_components.meeting_rooms.api.registry import VENDORS
from homeassistant.core import HomeAssistant
from homeassistant.helpers.template import Template
from homeassistant.setup import async_setup_component
from homeassistant.util import slugify
from homeassistant.util.yaml import parse_yaml

from .described import DESCRIBED, all_descriptions
from .home import ALL_ROOMS, VENDORS as ACCOUNTS, Home
from .translations import load_texts

ROOT: Final = Path(__file__).parents[1]
FILES: Final = {"en": "README.md", "zh-Hans": "README.zh-Hans.md"}
README: Final = {
    language: (ROOT / name).read_text("utf-8") for language, name in FILES.items()
}
TEXTS: Final = {language: load_texts(language) for language in FILES}
CHAPTERS: Final = {
    "en": ("Room", "Controller", "Account", "Conference"),
    "zh-Hans": ("会议室", "控制平板", "账号", "会议"),
}
KINDS: Final = ("room", "controller", "account", "conference")
DIAGNOSTIC: Final = {"en": "diagnostic", "zh-Hans": "诊断"}

ROW: Final = re.compile(
    r"^\| (.+?) \| `(\w+)\.(\w+)` \| .+? \| (\S+)( ¹)? \|$", re.MULTILINE
)
DISABLED: Final = re.compile(r"([^,:、：\n]+?)\s?[(（]`(\w+)\.(\w+)`[)）]")


def chapter(language: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one."""
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)",
        README[language],
        re.MULTILINE | re.DOTALL,
    )
    assert found, heading
    return found[1]


def blocks(language: str, kind: str) -> list[str]:
    """Return the blocks of code of one kind."""
    return re.findall(
        rf"^```{kind}\n(.*?)^```", README[language], re.MULTILINE | re.DOTALL
    )


def examples(language: str) -> list[dict[str, Any]]:
    """Return the automations that the README shows."""
    shown = [parse_yaml(block) for block in blocks(language, "yaml")]
    return [one for one in shown if isinstance(one, dict) and "triggers" in one]


def told(language: str, kind: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, platform, key and category of each entity in a chapter."""
    body = chapter(language, CHAPTERS[language][KINDS.index(kind)])
    for name, platform, key, category, _ in ROW.findall(body):
        yield name, platform, key, category
    for name, platform, key in DISABLED.findall(body):
        yield name.strip(), platform, key, "disabled"


def category_of(language: str, description: Any) -> str:
    """Return how the README has to call the category of an entity."""
    main = {"en": "main", "zh-Hans": "主要"}[language]
    shown = DIAGNOSTIC[language] if description.entity_category else main
    return shown if description.entity_registry_enabled_default else "disabled"


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("kind", KINDS)
def test_entities_are_those_of_the_platforms(language: str, kind: str) -> None:
    """Tell each entity by its name and category, and no other."""
    described = {
        (
            TEXTS[language][f"entity.{platform}.{description.key}.name"],
            platform,
            description.key,
            category_of(language, description),
        )
        for platform, of, description in all_descriptions()
        if of == kind
    }

    assert sorted(told(language, kind)) == sorted(described)


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("kind", ["room", "account"])
def test_what_quanshi_cannot_tell_is_marked(language: str, kind: str) -> None:
    """Mark the entities that only two of the vendors have."""
    body = chapter(language, CHAPTERS[language][KINDS.index(kind)])
    marked = {
        (platform, key) for _, platform, key, _, mark in ROW.findall(body) if mark
    }

    assert marked == {
        (platform, description.key)
        for platform, of, description in all_descriptions()
        if of == kind
        and getattr(description, "feature", None) is not None
        and description.entity_registry_enabled_default
    }


def test_languages_have_the_same_shape() -> None:
    """Have the same headings, tables, blocks of code and lists in both languages."""

    def shape(text: str) -> list[str]:
        """Return how each line begins, where it is not running text."""
        return re.findall(r"^(#+|\||- |\d\. |```\w*|!\[)", text, re.MULTILINE)

    assert shape(README["en"]) == shape(README["zh-Hans"])


@pytest.mark.parametrize("language", FILES)
def test_links_lead_somewhere(language: str) -> None:
    """Find each file and heading that is linked to."""
    targets = re.findall(r"\]\(([^)\s]+)\)", README[language])
    files = [link for link in targets if not link.startswith(("https://", "#"))]
    anchors = [link[1:] for link in targets if link.startswith("#")]
    headings = {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", README[language], re.MULTILINE)
    }

    assert [link for link in files if not (ROOT / link).is_file()] == []
    assert set(anchors) <= headings


@pytest.mark.parametrize("language", FILES)
def test_commands_exist(language: str) -> None:
    """Find each script and folder that is named."""
    named = set(re.findall(r"(?<![\w/])(scripts/\w+|simulator/)", README[language]))

    assert {"scripts/demo", "scripts/test"} <= named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("language", FILES)
def test_the_two_commands_come_first(language: str) -> None:
    """Show the two commands before anything else that can be typed."""
    assert [block.strip() for block in blocks(language, "sh")] == [
        "scripts/demo",
        "scripts/test",
    ]


def troubleshooting(language: str) -> list[str]:
    """Return the messages that the README explains."""
    heading = {"en": "Troubleshooting", "zh-Hans": "故障排查"}[language]
    return re.findall(r"^\| (.+?) \| ", chapter(language, heading), re.MULTILINE)[1:]


@pytest.mark.parametrize("language", FILES)
def test_errors_are_explained(language: str) -> None:
    """Explain each error that a form shows, in the words of the form."""
    own = {
        "invalid_characters",
        "invalid_url",
        "not_a_number",
        "places_empty",
        "required",
        "rooms_required",
        "url_of_call",
    }
    said = {
        text
        for key, text in TEXTS[language].items()
        if key.startswith("config.error.") and key.rpartition(".")[2] not in own
    }

    assert set(troubleshooting(language)) == said


@pytest.mark.parametrize("language", FILES)
def test_fields_are_explained(language: str) -> None:
    """Name every field of every form."""
    missing = [
        f"{vendor}.{field}"
        for vendor in VENDORS
        for field in (
            *VENDORS[vendor].fields,
            *VENDORS[vendor].optional_fields,
            const.CONF_BASE_URL,
        )
        if TEXTS[language][f"config.step.{vendor}.data.{field}"] not in README[language]
    ]

    assert missing == []


@pytest.mark.parametrize("language", FILES)
def test_options_are_explained(language: str) -> None:
    """Name every field of the options in their chapter."""
    body = chapter(language, {"en": "Options", "zh-Hans": "选项"}[language])
    names = {
        text.casefold()
        for key, text in TEXTS[language].items()
        if key.startswith("options.step.rooms.data.")
    }

    assert names
    assert {name for name in names if name not in body.casefold()} == set()


@pytest.mark.parametrize("language", FILES)
def test_the_webhook_is_explained(language: str) -> None:
    """Name the button and the fields of the form, and the status that others get."""
    heading = {"en": "Alarms at once", "zh-Hans": "即时告警"}[language]
    body = chapter(language, heading)
    webhook = "config_subentries.webhook"
    fields = [
        text
        for key, text in TEXTS[language].items()
        if key.startswith(f"{webhook}.step.user.data.")
    ]

    assert f"**{TEXTS[language][f'{webhook}.initiate_flow.user']}**" in body
    assert fields
    assert [field for field in fields if field not in body] == []
    assert " 404 " in body or " 404." in body


@pytest.mark.parametrize("language", FILES)
def test_intervals_are_the_real_ones(language: str) -> None:
    """Tell the intervals that the code keeps."""
    heading = {"en": "How data is updated", "zh-Hans": "数据如何更新"}[language]
    seconds = re.findall(r"(\d+) (?:seconds|秒) \|", chapter(language, heading))
    minutes = re.findall(r"(\d+) (?:minutes|分钟) \|", chapter(language, heading))

    assert set(seconds) == {f"{POLL_INTERVALS[0]}"}
    assert set(minutes) == {f"{const.DETAILS_INTERVAL.seconds // 60}"}


def test_examples_are_the_same_in_both_languages() -> None:
    """Show the same automations, however they are worded."""

    def bare(one: dict[str, Any]) -> dict[str, Any]:
        """Return an automation without what is worded."""
        return {key: one.get(key) for key in ("triggers", "conditions", "variables")}

    assert [bare(one) for one in examples("en")] == [
        bare(one) for one in examples("zh-Hans")
    ]


@pytest.mark.parametrize("language", FILES)
async def test_examples_are_valid(hass: HomeAssistant, language: str) -> None:
    """Have Home Assistant take each automation as it is shown."""
    shown = examples(language)

    assert await async_setup_component(hass, "automation", {"automation": shown})
    await hass.async_block_till_done()

    states = [state.state for state in hass.states.async_all("automation")]
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )
    assert len(shown) >= 4
    assert states == ["on"] * len(shown)


def test_examples_name_entities_that_can_be() -> None:
    """Name only entities that an English Home Assistant would call so."""
    named = set(
        re.findall(
            r"\b(binary_sensor|sensor)\.(\w+)$",
            "".join(blocks("en", "yaml")),
            re.MULTILINE,
        )
    )
    possible = {
        platform: tuple(
            "_" + slugify(TEXTS["en"][f"entity.{of}.{description.key}.name"])
            for of, _, description in all_descriptions()
            if of == platform
        )
        for platform in DESCRIBED
    }

    assert named
    assert [name for of, name in named if not name.endswith(possible[of])] == []


async def test_the_list_of_what_is_broken_is_right(home: Home) -> None:
    """Have the template of the morning's list find the rooms that have a problem."""
    templates = [
        one["variables"]["broken"] for one in examples("en") if "variables" in one
    ]
    for vendor in ACCOUNTS:
        await home.add(vendor, ALL_ROOMS)
    await home.live(60)

    found = Template(templates[0], home.hass).async_render()

    assert found
    assert set(found) == {
        device.name_by_user or device.name
        for entity in home.all_entities().values()
        for device in home.all_devices().values()
        if device.id == entity.device_id
        and entity.original_device_class == "problem"
        and (state := home.hass.states.get(entity.entity_id)) is not None
        and state.state == "on"
    }


def test_polls_that_may_fail_are_the_real_number() -> None:
    """Say after how many failed polls the entities are unavailable."""
    assert const.UNKNOWN_AFTER == 3
    assert "third one in a row" in README["en"]
    assert "第三次失败" in README["zh-Hans"]
