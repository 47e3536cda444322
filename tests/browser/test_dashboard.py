"""Test the dashboard in a browser, from "Add dashboard" to each of its views."""

from datetime import UTC, datetime
from itertools import product
import re
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
import pytest

from simulator import RoomStatus

from .accessibility import faults_of
from .company import DASHBOARD, FLOORS, WALL as WALL_DASHBOARD, Company
from .office import Office
from .texts import defects, shown, text, wait_for_texts
from .visits import DESKTOP, LANGUAGES, PHONE, WALL, Visitor, Visits

BOARD = f"/{DASHBOARD}/board"
EDIT = re.compile("^(Edit dashboard|编辑仪表)")
PATIENCE = 40_000
"""Milliseconds in which a change at the vendor is on the screen."""
SCREENS = [
    Visitor(language=language, dark=dark, size=size)
    for language, dark, size in product(
        LANGUAGES, (False, True), (DESKTOP, WALL, PHONE)
    )
]


def board_of(page: Page) -> Locator:
    """Return the board of a page."""
    board = page.locator("meeting-rooms-board").first
    expect(board.get_by_role("heading").first).to_be_visible()
    return board


def room_of(board: Locator, name: str) -> Locator:
    """Return a room of the board."""
    return board.get_by_role("link", name=f"{name}, ").first


def expect_fits(page: Page) -> None:
    """Expect that nothing is cut off at the side, and that no card has failed."""
    width = "document.scrollingElement.scrollWidth - innerWidth"
    assert page.evaluate(width) <= 0
    assert page.locator("hui-error-card").count() == 0


def availability_text(language: str, state: str) -> str:
    """Return the word for an availability."""
    return text(language, "entity", "sensor", "availability", "state", state)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dashboard_is_added_from_the_community_dashboards(
    visits: Visits, office: Office, language: str
) -> None:
    """Choose it by its name, keep the proposed title, and see the board."""
    name = text(language, "config_panel", "strategy", "name")
    page = visits.open("/config/lovelace/dashboards", Visitor(language=language))
    page.locator("ha-button[slot=fab]").click()
    page.locator("ha-dialog-new-dashboard").get_by_text(name, exact=True).click()
    detail = page.locator("dialog-lovelace-dashboard-detail")
    address = f"rooms-{language.lower()}"
    detail.locator('input[name="url_path"]').fill(address)
    detail.locator("ha-button[slot=primaryAction]").click()
    expect(detail.locator("dialog[open]")).to_have_count(0)
    page.goto(f"{office.url}/{address}")
    expect(board_of(page).get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize("visitor", SCREENS, ids=str)
def test_each_view_fits_the_screen(
    visits: Visits, shown_company: Company, visitor: Visitor
) -> None:
    """Show no missing text in either language, light or dark."""
    page = visits.open(BOARD, visitor)
    assert not defects(board_of(page))
    expect_fits(page)
    page.locator(f'a[href$="/{DASHBOARD}/timeline"], ha-tab-group-tab').nth(1).click()
    timeline = page.locator("meeting-rooms-timeline")
    expect(timeline.get_by_role("rowheader").first).to_be_visible()
    assert not defects(timeline)
    expect_fits(page)
    page.locator("ha-tab-group-tab").nth(2).click()
    title = text(visitor.language, "config_panel", "operations", "not_ready")
    expect(page.get_by_text(title).first).to_be_visible()
    expect_fits(page)
    page.go_back()


@pytest.mark.parametrize("language", LANGUAGES)
def test_board_shows_every_availability_in_words(
    visits: Visits, shown_company: Company, language: str
) -> None:
    """Show each room on its floor, with its state."""
    board = board_of(visits.open(BOARD, Visitor(language=language)))
    wait_for_texts(board, *FLOORS)
    for state in shown_company.rooms:
        room = room_of(board, shown_company.name(state))
        expect(room).to_contain_text(availability_text(language, state))


def test_room_opens_its_own_view(visits: Visits, shown_company: Company) -> None:
    """Return to the board with the button of the browser."""
    page = visits.open(BOARD)
    name = shown_company.name("in_use")
    room_of(board_of(page), name).click()
    heading = text("en", "config_panel", "room", "bookings")
    expect(page.get_by_text(heading).first).to_be_visible()
    expect(page.locator("meeting-rooms-timeline")).to_be_visible()
    expect_fits(page)
    page.go_back()
    expect(room_of(board_of(page), name)).to_be_visible()


def test_open_board_follows_names_places_and_states(
    visits: Visits, office: Office, shown_company: Company
) -> None:
    """Rename a room, move it to another floor, and let it go offline and come back."""
    company = shown_company
    board = board_of(visits.open(BOARD))
    device = company.device("free")
    update = {"kind": "config/device_registry/update", "device_id": device["id"]}
    office.command(**update, name_by_user="Renamed room")
    room = room_of(board, "Renamed room")
    expect(room).to_be_visible()
    areas = office.command("config/area_registry/list")
    others = (a["area_id"] for a in areas if a["area_id"] != device["area_id"])
    area_id = next(each for each in others if each.startswith("area_"))
    floor = next(f for f in FLOORS if f.lower() in area_id)
    group = board.locator("section").filter(has_text=floor)
    expect(group.filter(has=room)).to_have_count(0)
    office.command(**update, area_id=area_id)
    expect(group.filter(has_text="Renamed room")).to_be_visible()
    company.set_status("free", RoomStatus.OFFLINE)
    offline, free = (availability_text("en", each) for each in ("offline", "free"))
    expect(room).to_contain_text(offline, timeout=PATIENCE)
    company.set_status("free", RoomStatus.IDLE)
    expect(room).to_contain_text(free, timeout=PATIENCE)
    office.command(**update, name_by_user=None, area_id=device["area_id"])


def test_ordinary_user_sees_each_view(visits: Visits, shown_company: Company) -> None:
    """Depend on nothing that only an administrator may read."""
    visitor = Visitor(is_owner=False)
    page = visits.open(BOARD, visitor)
    wait_for_texts(board_of(page), *FLOORS, shown_company.name("booked"))
    page.locator("ha-tab-group-tab").nth(1).click()
    timeline = page.locator("meeting-rooms-timeline")
    expect(timeline.get_by_role("rowheader").first).to_be_visible()
    page.locator("ha-tab-group-tab").nth(2).click()
    title = text("en", "config_panel", "operations", "not_ready")
    expect(page.get_by_text(title).first).to_be_visible()
    room_id = shown_company.device("booked")["id"]
    room = visits.open(f"/{DASHBOARD}/room-{room_id}", visitor)
    expect(room.get_by_text(shown_company.name("booked")).first).to_be_visible()
    expect_fits(room)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_times_are_those_of_the_browser(
    visits: Visits, office: Office, shown_company: Company, zone: str
) -> None:
    """Show the end of a booking in the time zone of the user, not of the server."""
    states = office.command("get_states")
    entity_id = shown_company.entity_id("in_use").replace("_availability", "_until")
    until = next(s["state"] for s in states if s["entity_id"] == entity_id)
    local = datetime.fromisoformat(until).astimezone(ZoneInfo(zone))
    board = board_of(visits.open(BOARD, Visitor(zone=zone)))
    room = room_of(board, shown_company.name("in_use"))
    expect(room).to_contain_text(f"{local:%-I:%M}")


def test_wall_has_no_controls(visits: Visits, shown_company: Company) -> None:
    """Fill the whole screen with the rooms."""
    page = visits.open(f"/{WALL_DASHBOARD}", Visitor(size=WALL))
    box = board_of(page).locator(".wall").bounding_box()
    assert box == {"x": 0, "y": 0, "width": WALL[0], "height": WALL[1]}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("element", ["meeting-rooms-board", "meeting-rooms-timeline"])
def test_element_is_accessible(
    visits: Visits, shown_company: Company, element: str, dark: bool
) -> None:
    """Find no fault with axe."""
    view = element.removeprefix("meeting-rooms-")
    page = visits.open(f"/{DASHBOARD}/{view}", Visitor(dark=dark))
    wait_for_texts(page.locator(element), shown_company.name("in_use"))
    assert faults_of(page.locator(element)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_are_changed_in_a_form(
    visits: Visits, office: Office, company: Company, language: str
) -> None:
    """Explain each option."""
    address = f"options-{language.lower()}"
    company.add_dashboard(address)
    page = visits.open(f"/{address}/board", Visitor(language=language))
    board_of(page)
    page.get_by_role("button", name=EDIT).click()
    editor = page.locator("meeting-rooms-strategy-editor")
    wait_for_texts(
        editor,
        *(
            text(language, "config_panel", "strategy", key)
            for key in ("wall", "wall_help")
        ),
    )
    assert not defects(editor), shown(editor)


def test_card_picker_offers_the_timeline_with_a_preview(
    visits: Visits, office: Office, shown_company: Company
) -> None:
    """Find the card by its name in a dashboard of the user."""
    office.command(
        "lovelace/dashboards/create", url_path="own-cards", title="Own", mode="storage"
    )
    office.command(
        "lovelace/config/save",
        url_path="own-cards",
        config={"views": [{"title": "Own", "cards": []}]},
    )
    page = visits.open("/own-cards/0?edit=1")
    page.locator("hui-view ha-button, hui-view button").last.click()
    picker = page.locator("hui-dialog-create-card")
    picker.get_by_role("tab", name="By card").click()
    picker.locator("input").first.fill("timeline")
    preview = picker.locator("meeting-rooms-timeline")
    expect(preview.get_by_role("rowheader").first).to_be_visible()


def test_board_continues_after_a_restart_of_home_assistant(
    visits: Visits, office: Office, shown_company: Company
) -> None:
    """Show the rooms again without a reload of the page."""
    page = visits.open(BOARD)
    name = shown_company.name("booked")
    expect(room_of(board_of(page), name)).to_be_visible()
    visits.errors.clear()
    office.restart()
    expect(room_of(board_of(page), name)).to_contain_text(
        availability_text("en", "booked"), timeout=PATIENCE
    )
    # The page reports that its connection was lost.
    visits.errors.clear()


def test_moment_is_a_morning(office: Office) -> None:
    """Keep the tests away from midnight, whenever they run."""
    assert datetime.now(UTC).astimezone(ZoneInfo(office.zone)).hour in range(9, 12)
