"""Test that the tests notice what Home Assistant has no text for."""

from collections.abc import Mapping

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from simulator import Fault

from .forms import add_conference, choose, fill_in, open_form, open_options
from .home import QUANSHI, TENCENT, Home, chosen, credentials
from .translations import LANGUAGES, load_texts, texts_are_there


@pytest.fixture(autouse=True)
def fail_on_missing_texts() -> None:
    """Let each of these tests watch for itself."""


BOTH = {language: load_texts(language) for language in LANGUAGES}


def without(key: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts of which one is missing in Chinese."""
    chinese = {path: text for path, text in BOTH["zh-Hans"].items() if path != key}
    return {**BOTH, "zh-Hans": chinese}


def missing(key: str) -> pytest.RaisesExc[BaseException]:
    """Return what expects that a missing text is noticed."""
    return pytest.raises(pytest.fail.Exception, match=f"zh-Hans: no text for {key}$")


@pytest.mark.parametrize(
    "key",
    [
        "config.step.user.menu_options.quanshi",
        "config.step.quanshi.title",
        "config.step.quanshi.data.token",
        "config.step.quanshi.data_description.user_id",
        "config.error.cannot_connect",
    ],
)
async def test_a_missing_text_of_the_config_flow_is_noticed(
    home: Home, key: str
) -> None:
    """Of its menu, its forms and its errors."""
    home.sim.faults.add(Fault("http", status=502))
    with missing(key), texts_are_there(without(key)):
        form = await open_form(home.hass, QUANSHI)
        await fill_in(home.hass, form, credentials(home.sim, QUANSHI))


async def test_a_missing_text_of_an_abort_is_noticed(home: Home) -> None:
    """Such as an account that is there already."""
    entry = await home.add(QUANSHI)
    key = "config.abort.another_account"
    with missing(key), texts_are_there(without(key)):
        form = await entry.start_reconfigure_flow(home.hass)
        fields = credentials(home.sim, QUANSHI) | {"user_id": "4711"}
        await fill_in(home.hass, form, fields)


async def test_a_missing_text_of_the_options_is_noticed(home: Home) -> None:
    """They have texts of their own."""
    entry = await home.add(TENCENT)
    key = "options.error.room_not_found"
    with missing(key), texts_are_there(without(key)):
        form = await open_options(home.hass, entry)
        await choose(home.hass, form, chosen("4711"))


async def test_a_missing_text_of_a_conference_is_noticed(home: Home) -> None:
    """So has the form of a conference."""
    entry = await home.add(QUANSHI)
    key = "config_subentries.conference.error.conference_required"
    with missing(key), texts_are_there(without(key)):
        await add_conference(home.hass, entry, {})


async def test_a_placeholder_that_nobody_fills_is_noticed(home: Home) -> None:
    """People would read its name."""
    key = "config.step.quanshi.title"
    texts = {**BOTH, "en": {**BOTH["en"], key: "Quanshi of {company}"}}
    found = pytest.raises(pytest.fail.Exception, match="en: nobody fills {company} in")
    with found, texts_are_there(texts):
        await open_form(home.hass, QUANSHI)


async def test_a_missing_text_of_an_exception_is_noticed(home: Home) -> None:
    """Whether or not anybody catches it."""
    home.sim.faults.add(Fault("http", status=502))
    key = "exceptions.cannot_connect.message"
    with missing(key), texts_are_there(without(key)):
        await home.add(QUANSHI)


async def test_a_missing_text_of_an_issue_is_noticed(home: Home) -> None:
    """Of its title and of its description."""
    with missing("issues.unheard_of.title"), texts_are_there(without("")):
        ir.async_create_issue(
            home.hass,
            DOMAIN,
            "one",
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="unheard_of",
        )


async def test_what_others_say_is_their_own_affair(home: Home) -> None:
    """Only this integration's texts are looked for."""
    with texts_are_there(BOTH):
        str(HomeAssistantError("anything"))
        ir.async_create_issue(
            home.hass,
            "another",
            "one",
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="unheard_of",
        )
