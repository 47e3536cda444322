"""Set up a scripted Quanshi, and clients of it and of the simulator."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.models.booking import Titles
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient

from ..accounts import Company
from ..scripted import ScriptedVendor
from .responses import GET_STATUS, LIST, LIST_ALL, NOW, booked_in_5, state, success


@pytest.fixture
def vendor(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor without rooms, bookings and live states."""
    vendor.reply(LIST_ALL, success([]))
    vendor.reply(LIST, success([]))
    vendor.reply(GET_STATUS, success({"conferences": []}))
    return vendor


@pytest.fixture
def running_in_5(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor at which conference 7 is running in room 5."""
    vendor.reply(LIST_ALL, success([{"roomId": 5}]))
    vendor.reply(LIST, success([booked_in_5(7)]))
    vendor.reply(GET_STATUS, success([state(7, 2)]))
    return vendor


@pytest.fixture
def client(
    scripted: Company, vendor: ScriptedVendor, freezer: FrozenDateTimeFactory
) -> QuanshiClient:
    """Return a client of the scripted vendor, with a stopped clock."""
    freezer.move_to(NOW)
    account = scripted.quanshi_account(user_id="87679779")
    client = QuanshiClient(scripted.transport, account)
    client.titles = Titles.FULL
    return client
