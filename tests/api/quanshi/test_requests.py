"""Test what the client of Quanshi sends."""

from datetime import timedelta
from itertools import chain

from aiohttp import ClientSession
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.models.conference import ConferenceStatus
from custom_components.meeting_rooms.api.quanshi.client import (
    DEFAULT_BASE_URL,
    QuanshiClient,
)
from simulator import Simulator

from ..accounts import Company
from ..fixtures import sample_json
from ..scripted import Received, ScriptedVendor
from .responses import (
    DASHBOARD,
    GET_STATUS,
    HOUR,
    INFOS,
    LIST,
    LIST_ALL,
    NOW,
    booked,
    state,
    success,
)


def test_the_default_base_url_is_the_vendors_public_host() -> None:
    """A private deployment has another."""
    assert DEFAULT_BASE_URL == "https://openapi.quanshi.com"


async def test_every_request_is_a_post_with_the_token_in_a_header(
    client: QuanshiClient, scripted: Company, vendor: ScriptedVendor
) -> None:
    """The body is JSON, even without parameters."""
    vendor.reply(LIST, success([booked(7)]))
    vendor.reply(GET_STATUS, success([state(7, 2, "r7")]))
    vendor.reply(DASHBOARD, success({"tempConferenceId": "r7", "status": 2}))
    await client.fetch_live()
    token = scripted.quanshi_account().token
    paths = [LIST, LIST_ALL, GET_STATUS, DASHBOARD]
    assert [request.path for request in vendor.received] == paths
    assert [
        (each.method, each.headers["token"], each.headers["Content-Type"])
        for each in vendor.received
    ] == [("POST", token, "application/json")] * 4
    assert vendor.of(LIST_ALL)[0].json_body == {}


async def test_the_list_covers_today_and_tomorrow_in_any_time_zone(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The list includes recurring bookings."""
    await client.fetch_live()
    [request] = vendor.of(LIST)
    at = int(NOW.timestamp())
    assert request.json_body == {
        "startTime": at - 24 * HOUR,
        "endTime": at + 48 * HOUR,
        "userId": 87679779,
        "inCycle": 1,
    }


async def test_the_period_of_the_list_moves_with_the_clock(
    client: QuanshiClient, vendor: ScriptedVendor, freezer: FrozenDateTimeFactory
) -> None:
    """Each poll requests the period around its own time."""
    await client.fetch_live()
    freezer.tick(timedelta(hours=8))
    await client.fetch_live()
    starts = [request.json_body["startTime"] for request in vendor.of(LIST)]
    assert starts[1] - starts[0] == 8 * HOUR


async def test_live_states_are_requested_in_batches_of_fifty(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Ids are sent as numbers, and each id once."""

    def states(received: Received) -> dict[str, object]:
        """Return a state for each id."""
        rows = [state(each, 1) for each in received.json_body["eventIds"]]
        return success({"conferences": rows})

    vendor.reply(LIST, success([booked(number) for number in range(1, 121)]))
    vendor.reply(GET_STATUS, states)
    live = await client.fetch_live()
    batches = [request.json_body["eventIds"] for request in vendor.of(GET_STATUS)]
    assert [*map(len, batches)] == [50, 50, 20]
    assert sorted(chain(*batches)) == [*range(1, 121)]
    assert {each.status for each in live.conferences.values()} == {
        ConferenceStatus.CREATED
    }


async def test_without_bookings_no_live_state_is_requested(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The vendor would reject an empty list of ids."""
    live = await client.fetch_live()
    assert (live.conferences, live.conferences_complete) == ({}, True)
    assert vendor.of(GET_STATUS) == []


@pytest.mark.parametrize(
    ("by", "sent"),
    [
        ({"event_id": "200090", "pcode": None}, {"eventId": 200090}),
        (
            {"event_id": None, "pcode": "201501000037737137"},
            {"pcode": "201501000037737137"},
        ),
        ({"event_id": "e-7", "pcode": None}, {"eventId": "e-7"}),
        ({"event_id": "9" * 30, "pcode": None}, {"eventId": "9" * 30}),
        ({"event_id": str(2**64 - 1), "pcode": None}, {"eventId": 2**64 - 1}),
        ({"event_id": str(2**64), "pcode": None}, {"eventId": str(2**64)}),
    ],
)
async def test_an_event_id_is_sent_as_a_number_and_a_password_as_text(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    by: dict[str, str | None],
    sent: dict[str, object],
) -> None:
    """An id that is not a 64-bit number is sent as entered."""
    vendor.reply(INFOS, sample_json("quanshi_conference_infos"))
    found = await client.find_conference(**by, run_id=None)
    [request] = vendor.of(INFOS)
    assert request.json_body == sent | {"userId": 87679779}
    assert found.event_id == "649128"


async def test_the_base_url_may_have_a_path(
    sim: Simulator, session: ClientSession
) -> None:
    """A proxy removes the path before it forwards the request."""
    behind = Company(sim, session, f"{sim.url}/proxy")
    assert len((await behind.quanshi().fetch_live()).rooms) == 10


def test_the_representation_of_an_account_hides_the_token(company: Company) -> None:
    """The representation may appear in a log."""
    assert company.sim.canaries.found_in(repr(company.quanshi_account())) == []
