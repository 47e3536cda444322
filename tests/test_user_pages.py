"""Compare the pages for users with the forms and the intervals of the code."""

import re
from typing import Final

import pytest

from custom_components.meeting_rooms.api.limits import POLL_INTERVALS
from custom_components.meeting_rooms.const import DETAILS_INTERVAL

from .documents import chapters, read_page, table_rows
from .home import VENDORS
from .translations import LANGUAGES, load_texts

FORM_ERRORS: Final = {
    "cannot_connect",
    "clock_skew",
    "daily_limit",
    "invalid_auth",
    "invalid_operator",
    "invalid_response",
    "ip_not_allowed",
    "operator_required",
    "permission_denied",
    "rate_limited",
    "room_not_found",
    "unknown",
    "unnamed_ip_not_allowed",
}
"""The errors of the forms that no field explains."""


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
        "options.step.rooms.data.",
        "config_subentries.webhook.step.user.data.",
        "config_subentries.webhook.initiate_flow.user",
        "config_subentries.conference.initiate_flow.user",
    ],
)
def test_setup_page_names_what_the_forms_show(language: str, prefix: str) -> None:
    """The page has the label of every field and button."""
    page = read_page("docs/setup", language)
    joined = re.sub(r"\s+", " ", page)

    assert [text for text in texts_under(language, prefix) if text not in joined] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_troubleshooting_page_explains_the_errors(language: str) -> None:
    """The table has a row for each error of a form, by its real key."""
    rows = table_rows(chapters(read_page("docs/troubleshooting", language))[0])
    keys = {row[0].strip("`") for row in rows}

    assert keys == FORM_ERRORS
    assert {
        key for key in keys if f"config.error.{key}" not in load_texts(language)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_updates_page_has_the_real_intervals(language: str) -> None:
    """The table has the intervals of the code."""
    rows = table_rows(chapters(read_page("docs/updates", language))[0])
    intervals = {re.sub(r"\D", "", row[1]) for row in rows}

    assert intervals == {
        str(POLL_INTERVALS[0]),
        str(int(DETAILS_INTERVAL.total_seconds()) // 60),
    }
