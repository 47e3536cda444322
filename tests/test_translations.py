"""Test that the test suite detects every missing text."""

from collections.abc import Mapping

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from simulator import Fault

from .forms import add_conference, choose, fill_in, open_form, open_options
from .home import QUANSHI, TENCENT, Home, chosen, credentials
from .translations import LANGUAGES, load_texts, require_texts


@pytest.fixture(autouse=True)
def fail_on_missing_texts() -> None:
    """Disable the check of all tests, because these tests check missing texts explicitly."""


BOTH = {language: load_texts(language) for language in LANGUAGES}


def without(key: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts without one in Chinese."""
    chinese = {path: text for path, text in BOTH["zh-Hans"].items() if path != key}
    return {**BOTH, "zh-Hans": chinese}


def missing(key: str) -> pytest.RaisesExc[BaseException]:
    """Return the expected failure for a missing Chinese text."""
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
    """Check menu, forms and errors."""
    home.sim.faults.add(Fault("http", status=502))
    with missing(key), require_texts(without(key)):
        form = await open_form(home.hass, QUANSHI)
        await fill_in(home.hass, form, credentials(home.sim, QUANSHI))


async def test_a_missing_text_of_an_abort_is_noticed(home: Home) -> None:
    """Check the reasons for which a flow ends."""
    entry = await home.add(QUANSHI)
    key = "config.abort.another_account"
    with missing(key), require_texts(without(key)):
        form = await entry.start_reconfigure_flow(home.hass)
        fields = credentials(home.sim, QUANSHI) | {"user_id": "4711"}
        await fill_in(home.hass, form, fields)


async def test_a_missing_text_of_the_options_is_noticed(home: Home) -> None:
    """Check the errors of the options."""
    entry = await home.add(TENCENT)
    await home.live(60)
    key = "options.error.room_not_found"
    with missing(key), require_texts(without(key)):
        form = await open_options(home.hass, entry)
        await choose(home.hass, form, chosen("4711"))


async def test_a_missing_text_of_a_conference_is_noticed(home: Home) -> None:
    """Check the errors of a subentry."""
    entry = await home.add(QUANSHI)
    key = "config_subentries.conference.error.conference_required"
    with missing(key), require_texts(without(key)):
        await add_conference(home.hass, entry, {})


async def test_a_placeholder_without_a_value_is_noticed(home: Home) -> None:
    """Check that a text shows no name in braces."""
    key = "config.step.quanshi.title"
    texts = {**BOTH, "en": {**BOTH["en"], key: "Quanshi of {company}"}}
    found = pytest.raises(pytest.fail.Exception, match="en: no value for {company} in")
    with found, require_texts(texts):
        await open_form(home.hass, QUANSHI)


async def test_a_missing_text_of_an_exception_is_noticed(home: Home) -> None:
    """Check exceptions, also those that are caught."""
    home.sim.faults.add(Fault("http", status=502))
    key = "exceptions.cannot_connect.message"
    with missing(key), require_texts(without(key)):
        await home.add(QUANSHI)


async def test_a_missing_text_of_an_issue_is_noticed(home: Home) -> None:
    """Check the titles of issues."""
    with missing("issues.without_text.title"), require_texts(without("")):
        ir.async_create_issue(
            home.hass,
            DOMAIN,
            "one",
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="without_text",
        )


async def test_texts_of_other_integrations_are_ignored(home: Home) -> None:
    """Check only the texts of this integration."""
    with require_texts(BOTH):
        str(HomeAssistantError("anything"))
        ir.async_create_issue(
            home.hass,
            "another",
            "one",
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="without_text",
        )
