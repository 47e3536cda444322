"""Run the examples of the documents in Home Assistant."""

from datetime import UTC, datetime
import re
from typing import Any, Final

import pytest

from homeassistant.components.history_stats.sensor import PLATFORM_SCHEMA
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.template import Template
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util, slugify
from homeassistant.util.yaml import parse_yaml

from .described import all_descriptions
from .documents import code_blocks, read_page
from .home import ALL_ROOMS, VENDORS, Home
from .translations import LANGUAGES, load_texts

ENTITY_ID: Final = re.compile(
    r"\b((?:binary_)?sensor|calendar|event|switch)\.(?:boardroom|current_conference|head_office)_(\w+)"
)


def examples(language: str, key: str) -> list[dict[str, Any]]:
    """Return the examples of a language that have a key."""
    blocks = code_blocks(read_page("docs/examples", language), "yaml")
    parsed: list[Any] = [parse_yaml(block) for block in blocks]
    return [each for each in parsed if key in each]


def states_on(home: Home, device_class: str, state: str) -> set[str]:
    """Return the names of the devices with an entity of a class in a state."""
    devices = {device.id: device for device in home.all_devices().values()}
    return {
        devices[entity.device_id].name or ""
        for entity in home.all_entities().values()
        if entity.device_id and entity.original_device_class == device_class
        if (found := home.hass.states.get(entity.entity_id)) and found.state == state
    }


def names_of(home: Home, key: str, *states: str) -> set[str]:
    """Return the names of the devices whose entity with a key has one of some states."""
    devices = {device.id: device for device in home.all_devices().values()}
    return {
        devices[entity.device_id].name or ""
        for entity in home.all_entities().values()
        if entity.device_id and entity.translation_key == key
        if (found := home.hass.states.get(entity.entity_id)) and found.state in states
    }


def without_title(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card without its translated title."""
    return {key: value for key, value in card.items() if key != "title"}


def without_texts(automation: dict[str, Any]) -> dict[str, Any]:
    """Return an automation without its translated parts."""
    return {key: automation.get(key) for key in ("triggers", "conditions", "variables")}


def test_every_code_block_is_an_automation_card_or_sensor() -> None:
    """Check that no code block is without a test."""
    blocks = code_blocks(read_page("docs/examples", "en"), "yaml")

    assert len(blocks) == sum(
        len(examples("en", key)) for key in ("triggers", "type", "sensor")
    )


def test_both_languages_have_the_same_automations() -> None:
    """Only the texts of the automations differ."""
    assert [without_texts(each) for each in examples("en", "triggers")] == [
        without_texts(each) for each in examples("zh-Hans", "triggers")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_automations_are_valid(hass: HomeAssistant, language: str) -> None:
    """Home Assistant loads every automation."""
    automations = examples(language, "triggers")

    assert await async_setup_component(hass, "automation", {"automation": automations})
    await hass.async_block_till_done()

    states = [state.state for state in hass.states.async_all("automation")]
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )
    assert states == ["on"] * len(automations)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_usage_sensors_are_valid(hass: HomeAssistant, language: str) -> None:
    """The history statistics platform accepts the sensors."""
    (example,) = examples(language, "sensor")

    assert [PLATFORM_SCHEMA(each)["type"] for each in example["sensor"]] == ["ratio"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_entity_ids_are_possible(language: str) -> None:
    """The entity ids end with the English name of an entity of the integration."""
    texts = load_texts("en")
    endings = {
        (platform, slugify(texts[f"entity.{platform}.{description.key}.name"]))
        for platform, _, description in all_descriptions()
    }
    named = {*ENTITY_ID.findall(read_page("docs/examples", language))}

    assert {platform for platform, _ in named} == {"sensor", "binary_sensor", "event"}
    assert named - endings == set()


async def test_morning_report_lists_the_rooms_with_a_problem(home: Home) -> None:
    """The template finds exactly the devices whose problem sensors are on."""
    (template,) = [
        each["variables"]["broken"]
        for each in examples("en", "triggers")
        if "variables" in each
    ]
    for vendor in VENDORS:
        await home.add(vendor, ALL_ROOMS)
    await home.live(60)

    found = Template(template, home.hass).async_render()

    assert found
    assert set(found) == states_on(home, "problem", "on")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_card_lists_the_free_rooms(home: Home, language: str) -> None:
    """The card has a list item for exactly the rooms that are neither used nor booked."""
    (card,) = [
        each for each in examples(language, "type") if each["type"] == "markdown"
    ]
    for vendor in VENDORS:
        await home.add(vendor, ALL_ROOMS)
    await home.live(60)

    text = Template(card["content"], home.hass).async_render()

    free = names_of(home, "availability", "free", "starting_soon")
    assert free
    assert set(re.findall(r"^\s*- (.+)$", text, re.MULTILINE)) == free


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_are_the_built_in_ones(language: str) -> None:
    """The cards need nothing but Home Assistant, and are the same in both languages."""
    cards = [without_title(each) for each in examples(language, "type")]

    assert [card["type"] for card in cards] == ["markdown", "tile", "statistics-graph"]
    assert cards[1:] == [without_title(each) for each in examples("en", "type")][1:]


async def test_messages_of_events_name_the_end_of_the_booking(home: Home) -> None:
    """The template of the message is rendered with the attributes of the event."""
    (message,) = [
        each["actions"][0]["data"]["message"]
        for each in examples("en", "triggers")
        if "event.boardroom_meeting" in str(each["triggers"])
    ]
    attributes = {"end": "2026-03-17T04:00:00+00:00"}
    state = State("event.boardroom_meeting", "unknown", attributes)
    trigger = {"entity_id": state.entity_id, "to_state": state}

    text = Template(message, home.hass).async_render({"trigger": trigger})

    local = dt_util.as_local(datetime(2026, 3, 17, 4, tzinfo=UTC))
    assert f"until {local:%H:%M}" in text
