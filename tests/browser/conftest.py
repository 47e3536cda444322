"""Fixtures of the browser tests."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright
import pytest

from scripts.demo_home.browser import ARGUMENTS, find_chromium
from simulator import Simulator

from ..vendors import VENDOR_TABLE
from .company import Company
from .office import Office
from .pictures import IMAGES
from .visits import TIMEOUT, Visits

TEST_KIT = "homeassistant"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that replaces the pictures of the documentation."""
    parser.addoption(
        "--screenshots", action="store_true", help="write the pictures to docs/images"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Leave out the hooks of the test kit, which block connections."""
    config.pluginmanager.unregister(name=TEST_KIT)


# The test kit's fixtures for a Home Assistant within the test's own loop do not apply here.


@pytest.fixture(scope="session", autouse=True)
def configure_session_event_loop() -> None:
    """Leave the loop of the session unused."""


@pytest.fixture(autouse=True)
def configure_event_loop() -> None:
    """Leave the loop of the test unused."""


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Keep the threads of the servers, which run for the whole session."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a browser for all tests."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(
    tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Office]:
    """Return a Home Assistant that runs for all tests."""
    office = Office(tmp_path_factory.mktemp("home"))
    try:
        office.open()
        yield office
    finally:
        office.close()


@pytest.fixture(scope="session", autouse=True)
def company(office: Office) -> Company:
    """Return the company, whose rooms get their availability while the first tests run."""
    company = Company(office)
    company.open()
    return company


@pytest.fixture(scope="session")
def shown_company(company: Company) -> Company:
    """Return the company with every availability."""
    company.wait_until_shown()
    return company


@pytest.fixture(scope="session")
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return docs/images with the option --screenshots, else a temporary folder."""
    if request.config.getoption("--screenshots"):
        return IMAGES
    return tmp_path_factory.mktemp("images")


@pytest.fixture
def newcomer(office: Office) -> Iterator[Simulator]:
    """Return a company without an account; what a test adds and breaks is removed."""
    known = {entry["entry_id"] for entry in office.entries()}
    credentials = deepcopy(office.newcomer.accounts)
    yield office.newcomer
    office.newcomer.faults.clear()
    for vendor in VENDOR_TABLE.values():
        for secret in vendor.secret_fields:
            kept = getattr(getattr(credentials, vendor.key), secret)
            setattr(vendor.account(office.newcomer), secret, kept)
    for entry in office.entries():
        if entry["entry_id"] not in known:
            office.remove(entry["entry_id"])


@pytest.fixture
def visits(office: Office, chromium: Browser) -> Iterator[Visits]:
    """Return the browser windows of a test; an error in a page fails the test."""
    visits = Visits(office, chromium)
    yield visits
    visits.close()
