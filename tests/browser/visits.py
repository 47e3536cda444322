"""Open pages of Home Assistant as a user with a language, a theme, a screen and a time zone."""

from dataclasses import dataclass
import re
from typing import Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

from scripts.demo_home.browser import log_in

from .office import Office

LANGUAGES: Final = ("en", "zh-Hans")
DESKTOP: Final = (1440, 900)
WALL: Final = (1920, 1080)
PHONE: Final = (390, 844)
TIMEOUT: Final = 20_000
"""Milliseconds in which a page shows what a test waits for, on a machine that does other work."""
INTERNET: Final = re.compile("^https:")
OURS: Final = "/integration/meeting_rooms/"
LOST_CONNECTION: Final = "disconnected"
"""The error of Home Assistant's page while its connection is lost, on a slow machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """How a user looks at Home Assistant."""

    language: str = "en"
    dark: bool = False
    size: tuple[int, int] = DESKTOP
    zone: str | None = None
    """The time zone of the browser; None for the one of Home Assistant."""
    is_owner: bool = True


class Visits:
    """The browser windows of a test."""

    def __init__(self, office: Office, chromium: Browser) -> None:
        """Open no window yet."""
        self.errors: list[str] = []
        self._office = office
        self._chromium = chromium
        self._contexts: list[BrowserContext] = []

    def open(self, path: str, visitor: Visitor = Visitor()) -> Page:
        """Open a page in a new browser profile."""
        width, height = visitor.size
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if visitor.dark else "light",
            timezone_id=visitor.zone or self._office.zone,
            locale=visitor.language,
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(TIMEOUT)
        user = self._office.owner if visitor.is_owner else self._office.visitor
        context.add_init_script(log_in(user, visitor.language))
        # The logos of other integrations and the pictures of examples come from the internet.
        context.route("**/api/brands/**", _leave_out_other_logos)
        context.route(INTERNET, lambda route: route.fulfill(body=""))
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self._note_error(str(error)))
        page.goto(f"{self._office.url}{path}")
        return page

    def close(self) -> None:
        """Close all windows, and fail for an error that a page reported."""
        # A page that is closed reports that its connection is lost.
        errors = [*self.errors]
        for context in self._contexts:
            context.close()
        assert not errors

    def _note_error(self, error: str) -> None:
        """Keep an error of a page, but not that of a connection which it opens again."""
        if error != LOST_CONNECTION:
            self.errors.append(error)

    def _note(self, message: ConsoleMessage) -> None:
        """Keep an error of the console."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")


def _leave_out_other_logos(route: Route) -> None:
    """Serve an empty picture for a logo that is not ours."""
    if OURS in route.request.url:
        route.continue_()
    else:
        route.fulfill(body="", content_type="image/svg+xml")
