"""Test in a browser that a room is booked and released from its view."""

from collections.abc import Iterator
from time import time
from typing import Final

from playwright.sync_api import Locator, Page, expect
import pytest

from simulator.company.room import Room

from .accessibility import faults_of
from .company import DASHBOARD, MINUTE, VENDOR, Company
from .office import VISITOR, Office
from .texts import defects, shown, text
from .visits import DESKTOP, LANGUAGES, PHONE, Visitor, Visits

AT_THE_DOOR: Final = Visitor(is_owner=False, size=PHONE)


def words(language: str, key: str, **values: str) -> str:
    """Return a text of the card."""
    return text(language, "config_panel", "booking", key, **values)


class Door:
    """A free room with nothing booked, and its view in a browser."""

    def __init__(self, office: Office, room: Room) -> None:
        """Use a room that no other test uses."""
        self._office = office
        self._company = office.simulator.company
        self.room_id = room.room_id
        self.name = room.name.strip()
        key = f"_{self.room_id}"
        devices = office.command("config/device_registry/list")
        (device,) = (d for d in devices if d["identifiers"][0][1].endswith(key))
        self.path = f"/{DASHBOARD}/room-{device['id']}"

    @property
    def left_over(self) -> list[str]:
        """Return the meetings that were created and have no room."""
        return [each.meeting_id for each in self._company.meetings.left_over]

    @property
    def writes(self) -> list[str]:
        """Return what the vendor has carried out for the room."""
        return [
            str(each.kind)
            for each in self._company.writes
            if each.room_id == self.room_id
        ]

    def book(self, start: float, end: float) -> None:
        """Let another user book the room, from and to some minutes from now."""
        now = time()
        self._company.book(
            VENDOR, self.room_id, now + start * MINUTE, now + end * MINUTE
        )


def card_of(page: Page) -> Locator:
    """Return the card of a view that offers to book."""
    card = page.locator("meeting-rooms-booking")
    expect(card.get_by_role("button").first).to_be_visible()
    return card


def state_of(page: Page) -> Locator:
    """Return the state of the room in its view."""
    return page.locator("meeting-rooms-board .room .state")


def state_text(language: str, state: str) -> str:
    """Return the word for an availability."""
    return text(language, "entity", "sensor", "availability", "state", state)


def choose(card: Locator, language: str, minutes: int) -> None:
    """Choose a length."""
    card.get_by_role(
        "button", name=words(language, "minutes", minutes=str(minutes))
    ).click()


def answer(card: Locator, language: str, key: str) -> None:
    """Answer the question."""
    card.get_by_role("button", name=words(language, key), exact=True).click()


@pytest.fixture(scope="session")
def doors(office: Office, shown_company: Company) -> list[Door]:
    """Return the rooms that no scene uses."""
    return [Door(office, room) for room in shown_company.spare_rooms]


@pytest.fixture
def door(office: Office, doors: list[Door]) -> Door:
    """Return a free room, which a test leaves free."""
    office.simulator.company.writes.clear()
    return doors[0]


@pytest.fixture
def guest(office: Office) -> Iterator[Visitor]:
    """Return a user who may read everything and control nothing."""
    users = office.command("config/auth/list")
    (user_id,) = (user["id"] for user in users if user["username"] == VISITOR)
    update = {"kind": "config/auth/update", "user_id": user_id}
    office.command(**update, group_ids=["system-read-only"])
    yield Visitor(is_owner=False)
    office.command(**update, group_ids=["system-users"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_room_is_booked_and_released_by_clicks(
    visits: Visits, door: Door, language: str
) -> None:
    """Confirm each, read what was done, and see the state of the room change at once."""
    page = visits.open(door.path, Visitor(language=language))
    card = card_of(page)
    choose(card, language, 30)
    expect(card.get_by_role("group")).to_contain_text(door.name)
    assert not defects(card), shown(card)
    answer(card, language, "book")
    status = card.get_by_role("status")
    expect(status).to_contain_text(words(language, "booked", time=""))
    expect(state_of(page)).to_have_text(state_text(language, "booked"))
    assert not defects(card), shown(card)
    answer(card, language, "release")
    answer(card, language, "release")
    expect(status).to_contain_text(words(language, "released"))
    expect(state_of(page)).to_have_text(state_text(language, "free"))
    assert door.writes == ["book", "release"]
    assert door.left_over == []


def test_room_is_booked_by_keys(visits: Visits, door: Door) -> None:
    """Follow the focus to the question, to the message and back."""
    page = visits.open(door.path)
    card = card_of(page)
    card.get_by_role("button").first.focus()
    for key in ("Enter", "Escape", "Tab", "Shift+Tab", "Space", "Enter"):
        page.keyboard.press(key)
    booked = card.get_by_role("status")
    expect(booked).to_contain_text(words("en", "booked", time=""))
    expect(booked).to_be_focused()
    release = card.get_by_role("button", name=words("en", "release"), exact=True)
    expect(release).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(release).to_be_focused()
    for key in ("Enter", "Enter"):
        page.keyboard.press(key)
    expect(booked).to_contain_text(words("en", "released"))
    expect(state_of(page)).to_have_text(state_text("en", "free"))
    assert door.writes == ["book", "release"]


def test_double_click_is_no_confirmation(visits: Visits, door: Door) -> None:
    """Ask first; a double click on the answer books once."""
    page = visits.open(door.path)
    card = card_of(page)
    length = card.get_by_role("button").first
    length.dblclick()
    confirm = card.get_by_role("button", name=words("en", "book"), exact=True)
    expect(confirm).to_be_visible()
    assert door.writes == []
    confirm.dblclick()
    expect(card.get_by_role("status")).to_contain_text(words("en", "booked", time=""))
    answer(card, "en", "release")
    answer(card, "en", "release")
    expect(state_of(page)).to_have_text(state_text("en", "free"))
    assert door.writes == ["book", "release"]


def test_key_that_is_held_down_is_no_confirmation(visits: Visits, door: Door) -> None:
    """Ask first; the key repeats while the question is there."""
    page = visits.open(door.path)
    card = card_of(page)
    card.get_by_role("button").first.focus()
    for _ in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    confirm = card.get_by_role("button", name=words("en", "book"), exact=True)
    expect(confirm).to_be_focused()
    assert door.writes == []


def test_two_users_see_the_same(visits: Visits, door: Door) -> None:
    """Release what another user has booked from Home Assistant."""
    first, second = visits.open(door.path), visits.open(door.path, AT_THE_DOOR)
    mine, theirs = card_of(first), card_of(second)
    choose(mine, "en", 15)
    answer(mine, "en", "book")
    answer(theirs, "en", "release")
    answer(theirs, "en", "release")
    expect(theirs.get_by_role("status")).to_contain_text(words("en", "released"))
    expect(mine.get_by_role("button").first).to_contain_text("15")
    assert door.writes == ["book", "release"]


def test_user_without_rights_sees_no_buttons(
    visits: Visits, door: Door, guest: Visitor
) -> None:
    """Show the rest of the view."""
    page = visits.open(door.path, guest)
    expect(state_of(page)).to_have_text(state_text("en", "free"))
    expect(page.locator("meeting-rooms-timeline")).to_be_visible()
    card = page.locator("meeting-rooms-booking")
    expect(card).to_be_attached()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("shows", ["in_use", "offline"])
def test_room_that_is_not_free_has_no_buttons(
    visits: Visits, shown_company: Company, shows: str
) -> None:
    """Show no button for a booking of another user."""
    device = shown_company.device(shows)
    page = visits.open(f"/{DASHBOARD}/room-{device['id']}")
    expect(state_of(page)).to_have_text(state_text("en", shows))
    expect(page.locator("meeting-rooms-booking")).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_card_is_accessible(
    visits: Visits, door: Door, dark: bool, size: tuple[int, int]
) -> None:
    """Find no fault with axe in any state of the card, which fits the screen."""
    page = visits.open(door.path, Visitor(dark=dark, size=size))
    card = card_of(page)
    assert faults_of(card) == []
    choose(card, "en", 15)
    assert faults_of(card) == []
    answer(card, "en", "book")
    expect(card.get_by_role("status")).to_contain_text(words("en", "booked", time=""))
    release = card.get_by_role("button", name=words("en", "release"), exact=True)
    expect(release).to_be_visible()
    assert faults_of(card) == []
    width = "document.scrollingElement.scrollWidth - innerWidth"
    assert page.evaluate(width) <= 0
    release.click()
    assert faults_of(card) == []
    release.click()
    expect(state_of(page)).to_have_text(state_text("en", "free"))


def test_refusal_is_shown_in_place(visits: Visits, doors: list[Door]) -> None:
    """Say in the user's language that another user was first."""
    language = "zh-Hans"
    door = doors[1]
    page = visits.open(door.path, Visitor(language=language))
    card = card_of(page)
    door.book(-1, 120)
    choose(card, language, 15)
    answer(card, language, "book")
    alert = card.get_by_role("alert")
    expect(alert).not_to_be_empty()
    assert not defects(card), shown(card)
    assert faults_of(card) == []
    assert door.writes == []
