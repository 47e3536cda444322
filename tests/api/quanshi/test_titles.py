"""Test how much of the texts of conferences and bookings the client of Quanshi returns."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.client import LiveStatus, TrackedConference
from custom_components.meeting_rooms.api.models.booking import Titles
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient

from ..accounts import Company
from ..scripted import ScriptedVendor
from .responses import DASHBOARD, GET_STATUS, INFOS, LIST, booked_in_5, state, success

TOPIC = ("并购谈判", "标签甲", "分类乙", "账单丙", "客户丁")
ORGANIZER = ("张三", "87679779", "组织戊", "上海己")
ROW = {
    "title": TOPIC[0],
    "joinConfTags": TOPIC[1],
    "calExtraInfo": {"labels": TOPIC[2]},
    "billingCode": TOPIC[3],
    "customerCode": TOPIC[4],
    "hostName": ORGANIZER[0],
    "hostId": ORGANIZER[1],
}
RUN = {
    "tempConferenceId": "70",
    "eventId": 7,
    "status": 4,
    "hostName": ORGANIZER[0],
    "hostId": ORGANIZER[1],
    "hostOrgId": ORGANIZER[2],
    "hostLocation": ORGANIZER[3],
    "billingCode": TOPIC[3],
    "attendeeCnt": 4,
}
EXPECTED = [
    (Titles.BUSY_ONLY, []),
    (Titles.ORGANIZER, [*ORGANIZER]),
    (Titles.FULL, [*TOPIC, *ORGANIZER]),
]


def texts_in(found: object) -> list[str]:
    """Return the texts that a value contains."""
    return [text for text in (*TOPIC, *ORGANIZER) if text in repr(found)]


@pytest.fixture
def vendor(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a vendor with a conference that has all texts."""
    vendor.reply(LIST, success([booked_in_5(7) | ROW]))
    vendor.reply(GET_STATUS, success([state(7, 4, "70")]))
    vendor.reply(INFOS, success([booked_in_5(7) | ROW]))
    vendor.reply(DASHBOARD, success(RUN))
    return vendor


def of_booking(live: LiveStatus) -> list[tuple[str | None, str | None]]:
    """Return the title and the organizer of each booking."""
    assert live.bookings is not None
    assert live.host_bookings is not None
    bookings = (*live.bookings["5"], *live.host_bookings)
    return [(each.title, each.organizer) for each in bookings]


def test_a_client_returns_no_texts_by_default(scripted: Company) -> None:
    """The user has to permit them."""
    client = QuanshiClient(scripted.transport, scripted.quanshi_account())
    assert client.titles is Titles.BUSY_ONLY


@pytest.mark.parametrize(("titles", "expected"), EXPECTED)
async def test_a_poll_returns_the_permitted_texts(
    client: QuanshiClient, titles: Titles, expected: list[str]
) -> None:
    """They are those of the conference and its run, and of the bookings."""
    client.titles = titles
    live = await client.fetch_live()
    assert texts_in(live) == expected
    title = {Titles.FULL: TOPIC[0]}.get(titles)
    organizer = {Titles.BUSY_ONLY: None}.get(titles, ORGANIZER[0])
    assert of_booking(live) == [(title, organizer)] * 2


@pytest.mark.parametrize(("titles", "expected"), EXPECTED)
async def test_other_requests_return_the_permitted_texts(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    freezer: FrozenDateTimeFactory,
    titles: Titles,
    expected: list[str],
) -> None:
    """They are a search, a tracked conference, and the bookings of a room."""
    client.titles = titles
    found = await client.find_conference(event_id="7", pcode=None, run_id=None)
    assert texts_in(found) == expected
    bookings = (await client.fetch_live()).bookings
    assert bookings is not None
    [booking] = bookings["5"]
    assert await client.fetch_bookings("5", booking.start, booking.end) == (booking,)
    vendor.reply(LIST, success([]))
    live = await client.fetch_live([TrackedConference(event_id="7")])
    assert texts_in(live) == expected


@pytest.mark.parametrize("titles", [*Titles])
@pytest.mark.parametrize("before", [*Titles])
@pytest.mark.parametrize("listed", [success("x"), success([booked_in_5(7) | ROW])])
async def test_a_change_takes_effect_with_the_next_poll(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    before: Titles,
    titles: Titles,
    listed: object,
) -> None:
    """A booking that is kept does not get texts that were dropped."""
    client.titles = before
    earlier = texts_in(await client.fetch_live())
    vendor.reply(LIST, listed)
    client.titles = titles
    live = await client.fetch_live()
    assert live.conferences["7"].participants == 4
    kept = {*earlier} | {*texts_in(RUN), *texts_in(listed)}
    assert texts_in(live) == [text for text in dict(EXPECTED)[titles] if text in kept]


@pytest.mark.parametrize("titles", [*Titles])
async def test_a_hidden_title_is_never_returned(
    client: QuanshiClient, vendor: ScriptedVendor, titles: Titles
) -> None:
    """The vendor's setting wins."""
    client.titles = titles
    row = booked_in_5(7) | ROW | {"calExtraInfo": {"hide": 1}}
    vendor.reply(LIST, success([row]))
    assert TOPIC[0] not in repr(await client.fetch_live())
