"""Test that the demo prepares Home Assistant and prints its instructions."""

import json
from pathlib import Path

import pytest

from scripts.demo_home.guide import guide
from scripts.demo_home.home import CORE_CONFIG, prepare, stored_language
from scripts.demo_home.office import forms
from simulator import Simulator
from tests.translations import LANGUAGES, load_texts

URL = "http://127.0.0.1:8123"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom", "quanshi"])
def test_guide_lists_every_field_of_an_account(vendor: str, language: str) -> None:
    """Print each field's label and value, as the form shows them."""
    simulator = Simulator()
    texts = load_texts(language)

    text = guide(language, URL, simulator.url, forms(simulator))

    step = f"config.step.{vendor}.data."
    labels = {key: label for key, label in texts.items() if key.startswith(step)}
    assert {key.removeprefix(step) for key in labels} == set(forms(simulator)[vendor])
    assert [label for label in labels.values() if label not in text] == []
    assert [
        value for value in forms(simulator)[vendor].values() if value not in text
    ] == []


def test_a_new_home_has_the_chosen_language(tmp_path: Path) -> None:
    """Start Home Assistant in the language of the command line."""
    prepare(tmp_path, 8123, language="zh-Hans")

    assert stored_language(tmp_path) == "zh-Hans"


def test_a_kept_home_keeps_its_settings(tmp_path: Path) -> None:
    """Change the language of an existing home, and no other general setting."""
    prepare(tmp_path, 8123)
    path = tmp_path / CORE_CONFIG
    stored = json.loads(path.read_text("utf-8"))
    stored["data"]["country"] = "DE"
    path.write_text(json.dumps(stored), "utf-8")

    prepare(tmp_path, 8123, language="zh-Hans")

    stored["data"]["language"] = "zh-Hans"
    assert json.loads(path.read_text("utf-8")) == stored


def test_a_new_folder_has_no_language(tmp_path: Path) -> None:
    """The command line determines the language."""
    assert stored_language(tmp_path) is None
