"""Make the pictures that the documentation shows, but for the forms of the blueprints."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
import re
from typing import Final

from playwright.sync_api import expect
import pytest

from scripts.demo_home.home import ROOT
from scripts.demo_home.office import account_ids

from ..vendors import VENDOR_TABLE
from .automation_editor import Editor, floor_of
from .company import DASHBOARD, VENDOR, WALL, Company
from .dialog import Dialog
from .pictures import take_picture
from .texts import text
from .visits import DESKTOP, WALL as SCREEN, Visitor, Visits

SHOWN: Final = re.compile(r"images/((?!blueprint-)[\w.-]+\.png)")
LANGUAGES: Final = {"": "en", ".zh-Hans": "zh-Hans"}
VIEWS: Final = {
    "board": (DASHBOARD, "meeting-rooms-board", DESKTOP),
    "timeline": (DASHBOARD, "meeting-rooms-timeline", DESKTOP),
    "room": (DASHBOARD, "meeting-rooms-booking .book", DESKTOP),
    "operations": (DASHBOARD, "hui-heading-card", DESKTOP),
    "wall": (WALL, "meeting-rooms-board .wall", SCREEN),
}
"""The dashboard of each picture, an element of it, and the size of the screen."""
NAMES_ACCOUNTS: Final = {"operations": tuple(VENDOR_TABLE)}
"""The accounts whose names, and those of their entities, a picture shows."""
FORM: Final = (600, 1060)
ACCOUNT: Final = (1280, 1040)
PICTURES: Final = [
    f"{name}{suffix}.png"
    for name in (
        *(f"dashboard-{view}" for view in VIEWS),
        "account",
        "account-form",
        "automation-editor",
    )
    for suffix in LANGUAGES
]


@contextmanager
def named(company: Company, device_id: str, language: str) -> Iterator[None]:
    """Name the entities of a device as a Home Assistant of a language does."""
    entities = company.office.command("config/entity_registry/list")
    update = partial(company.office.command, "config/entity_registry/update")
    names = {
        each["entity_id"]: text(
            language,
            "entity",
            each["entity_id"].partition(".")[0],
            each["translation_key"],
            "name",
        )
        for each in entities
        if each["device_id"] == device_id
    }
    try:
        for entity_id, name in names.items():
            update(entity_id=entity_id, name=name)
        yield
    finally:
        for entity_id in names:
            update(entity_id=entity_id, name=None)


@contextmanager
def account_named(company: Company, vendor: str, language: str) -> Iterator[str]:
    """Name an account and its entities likewise; return its device."""
    account = account_ids(company.office.simulator)[vendor].removeprefix(f"{vendor}_")
    title = f"{text(language, 'config', 'step', vendor, 'title')} {account}"
    device_id: str = company.account(vendor)["id"]
    update = partial(
        company.office.command, "config/device_registry/update", device_id=device_id
    )
    try:
        update(name_by_user=title)
        with named(company, device_id, language):
            yield device_id
    finally:
        update(name_by_user=None)


@pytest.mark.parametrize("suffix", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_picture_is_made(
    visits: Visits, shown_company: Company, folder: Path, view: str, suffix: str
) -> None:
    """Show each view in both languages."""
    dashboard, element, size = VIEWS[view]
    device_id = shown_company.device_of(shown_company.spare_rooms[0])["id"]
    path = {"room": f"room-{device_id}", "wall": "board"}.get(view, view)
    visitor = Visitor(language=LANGUAGES[suffix], size=size)
    with ExitStack() as names:
        names.enter_context(named(shown_company, device_id, visitor.language))
        for vendor in NAMES_ACCOUNTS.get(view, ()):
            names.enter_context(account_named(shown_company, vendor, visitor.language))
        page = visits.open(f"/{dashboard}/{path}", visitor)
        expect(page.locator(element).first).to_be_visible()
        take_picture(page, folder / f"dashboard-{view}{suffix}.png")


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_picture_of_the_automation_editor_is_made(
    visits: Visits, shown_company: Company, folder: Path, suffix: str
) -> None:
    """Show the triggers that the editor offers for a floor."""
    editor = Editor(visits, LANGUAGES[suffix])
    offered = editor.offer("trigger", floor_of(shown_company, "free"))
    name = text(LANGUAGES[suffix], "triggers", "online", "name")
    offered.get_by_text(name).first.scroll_into_view_if_needed()
    take_picture(editor.page, folder / f"automation-editor{suffix}.png")


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_picture_of_the_form_of_an_account_is_made(
    visits: Visits, folder: Path, suffix: str
) -> None:
    """Show the empty form."""
    dialog = Dialog.of_new_account(visits, LANGUAGES[suffix], VENDOR, FORM)
    take_picture(dialog.page, folder / f"account-form{suffix}.png")


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_picture_of_an_account_is_made(
    visits: Visits, shown_company: Company, folder: Path, suffix: str
) -> None:
    """Show the device of an account, with the title that it has in the language."""
    language = LANGUAGES[suffix]
    visitor = Visitor(language=language, size=ACCOUNT)
    with account_named(shown_company, VENDOR, language) as device_id:
        page = visits.open(f"/config/devices/device/{device_id}", visitor)
        name = text(language, "entity", "sensor", "rooms_free", "name")
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
        take_picture(page, folder / f"account{suffix}.png")


def test_each_picture_of_the_documentation_is_made() -> None:
    """Show no picture that would become out of date, and make none that is not shown."""
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")]
    used = {name for page in pages for name in SHOWN.findall(page.read_text("utf-8"))}
    assert used == {*PICTURES}
