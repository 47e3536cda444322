"""Compare the pages for users with the forms and the intervals of the code."""

import json
import re
from typing import Final

import pytest

from custom_components.meeting_rooms.api.limits import POLL_INTERVALS
from custom_components.meeting_rooms.const import DETAILS_INTERVAL

from .documents import ROOT, chapters, read_page, table_rows
from .home import VENDORS
from .translations import LANGUAGES, load_texts

PLAIN_ERRORS: Final = {
    "invalid_characters",
    "not_a_number",
    "places_empty",
    "required",
    "rooms_required",
}
"""The errors of the account form that need no explanation."""
MANIFEST: Final = json.loads(
    (ROOT / "custom_components" / "meeting_rooms" / "manifest.json").read_text("utf-8")
)


def texts_under(language: str, prefix: str) -> list[str]:
    """Return the translations under a key."""
    found = [
        text for key, text in load_texts(language).items() if key.startswith(prefix)
    ]
    assert found, prefix
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "prefix",
    [
        *(f"config.step.{vendor}.data." for vendor in VENDORS),
        "options.step.init.menu_options.",
        "options.step.rooms.data.",
        "options.step.areas.data.",
        "options.step.meetings.data.",
        "options.step.room.data.",
        "options.step.room_settings.data.",
        "selector.titles.options.",
        "selector.areas.options.",
        "config.step.rooms.data.",
        "config.step.reauth_confirm.title",
        "config.step.reconfigure.title",
        "config_subentries.conference.step.user.data.",
        "config_subentries.webhook.step.tencent_meeting.data.",
        "config_subentries.webhook.entry_type",
        "config_subentries.webhook.initiate_flow.",
        "config_subentries.conference.initiate_flow.user",
    ],
)
def test_setup_page_names_the_fields_and_buttons_of_the_forms(
    language: str, prefix: str
) -> None:
    """The page has each label."""
    page = read_page("docs/setup", language)
    joined = re.sub(r"\s+", " ", page)

    assert [text for text in texts_under(language, prefix) if text not in joined] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["README", "docs/setup"])
def test_pages_have_the_name_that_add_integration_lists(
    page: str, language: str
) -> None:
    """The pages use the name that Home Assistant shows before an account is added."""
    assert f"**{MANIFEST['name']}**" in read_page(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_troubleshooting_page_explains_the_errors(language: str) -> None:
    """The table has a row for each error of the account form that needs one."""
    rows = table_rows(chapters(read_page("docs/troubleshooting", language))[0])
    errors = {
        key.removeprefix("config.error.")
        for key in load_texts(language)
        if key.startswith("config.error.")
    }

    assert {row[0].strip("`") for row in rows} == errors - PLAIN_ERRORS


@pytest.mark.parametrize("language", LANGUAGES)
def test_updates_page_has_the_real_intervals(language: str) -> None:
    """The table has the intervals of the code."""
    rows = table_rows(chapters(read_page("docs/updates", language))[0])
    intervals = {re.sub(r"\D", "", row[1]) for row in rows}

    assert intervals == {
        str(POLL_INTERVALS[0]),
        str(int(DETAILS_INTERVAL.total_seconds()) // 60),
    }
