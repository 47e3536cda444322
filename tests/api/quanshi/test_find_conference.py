"""Test that a conference of Quanshi is found by its event id or the host's password."""

import json

import pytest

from custom_components.meeting_rooms.api.errors import CannotConnect, NotFound
from custom_components.meeting_rooms.api.models.conference import ConferenceStatus
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from simulator import Fault, ResultForm

from ..accounts import Company
from ..fixtures import printed
from ..scripted import ScriptedVendor
from .diary import book, running
from .responses import (
    DASHBOARD,
    GET_STATUS,
    INFOS,
    REJECTED,
    VENDOR,
    booked,
    sample_run,
    state,
    success,
)


@pytest.mark.parametrize("form", [*ResultForm])
async def test_a_conference_is_found_by_its_event_id(
    company: Company, form: ResultForm
) -> None:
    """The result may have any of its forms."""
    company.sim.quanshi.forms["infos"] = form
    [booking, *_] = running(company.sim)
    found = await company.quanshi().find_conference(
        event_id=str(booking.event_id), pcode=None, run_id=None
    )
    assert found.title == booking.title


async def test_a_conference_is_found_by_the_hosts_password(company: Company) -> None:
    """The conference has its live state and its run."""
    [booking, *_] = running(company.sim)
    found = await company.quanshi().find_conference(
        event_id=None, pcode=booking.secrets.pcode1, run_id=None
    )
    assert found.event_id == str(booking.event_id)
    assert found.status is ConferenceStatus.IN_PROGRESS
    assert found.participants is not None


async def test_a_conference_is_found_with_a_run_that_has_ended(
    company: Company,
) -> None:
    """The user entered the id of the run."""
    sim = company.sim
    booking = book(sim)
    run = sim.company.quanshi.start_conference(booking.event_id)
    sim.company.quanshi.end_conference(booking.event_id)
    found = await company.quanshi().find_conference(
        event_id=str(booking.event_id), pcode=None, run_id=run.temp_id
    )
    assert found.run_id == run.temp_id


async def test_the_vendors_samples_make_one_conference(company: Company) -> None:
    """The sample booking and the sample run get the same event id."""
    run = sample_run() | {"eventId": 649128}
    bodies = [
        printed("quanshi_conference_infos"),
        json.dumps(success([state(649128, 2, "56039682")])),
        json.dumps(success(run)),
    ]
    for api, body in zip(["infos", "getStatus", "dashboard"], bodies, strict=True):
        company.sim.set_response(VENDOR, api, None, body)
    found = await company.quanshi().find_conference(
        event_id="649128", pcode=None, run_id=None
    )
    assert (found.title, found.host) == ("112233", "特色图")
    assert (found.run_id, found.participants) == ("56039682", 15)
    assert found.status is ConferenceStatus.IN_PROGRESS


@pytest.mark.parametrize(
    "by",
    [{"event_id": "1", "pcode": None}, {"event_id": None, "pcode": "9" * 18}],
    ids=["event id", "password"],
)
async def test_a_conference_that_the_vendor_rejects_is_not_found(
    company: Company, by: dict[str, str | None]
) -> None:
    """The error has the vendor's code."""
    with pytest.raises(NotFound) as caught:
        await company.quanshi().find_conference(**by, run_id=None)
    assert caught.value.code == 20404


@pytest.mark.parametrize(
    "result", [None, [], {}, "[]", [{"eventId": None}], "no such conference"]
)
async def test_a_conference_is_not_found_without_a_booking_in_the_result(
    client: QuanshiClient, vendor: ScriptedVendor, result: object
) -> None:
    """The empty result may have any of its forms."""
    vendor.reply(INFOS, success(result))
    with pytest.raises(NotFound):
        await client.find_conference(event_id="7", pcode=None, run_id=None)


async def test_a_booking_whose_live_state_does_not_exist_is_not_found(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The vendor still returns the booking."""
    vendor.reply(INFOS, success([booked(7)]))
    vendor.reply(GET_STATUS, success([state(7, 0)]))
    with pytest.raises(NotFound):
        await client.find_conference(event_id="7", pcode=None, run_id=None)


@pytest.mark.parametrize(
    "response",
    [
        REJECTED,
        {},
        success(None),
        success({"tempConferenceId": "r", "eventId": 8, "status": 4}),
    ],
    ids=["rejected", "no status", "no result", "of another conference"],
)
@pytest.mark.parametrize("running_now", ["", "r9"])
async def test_a_run_of_another_conference_is_not_found(
    client: QuanshiClient, vendor: ScriptedVendor, response: object, running_now: str
) -> None:
    """An unknown run is not found either, whether or not the conference is running."""
    vendor.reply(INFOS, success([booked(7)]))
    vendor.reply(GET_STATUS, success([state(7, 2, running_now)]))
    vendor.reply(DASHBOARD, response)
    with pytest.raises(NotFound):
        await client.find_conference(event_id="7", pcode=None, run_id="r")


async def test_a_failure_of_the_vendor_is_not_a_missing_run(company: Company) -> None:
    """The user may try again later."""
    booking = book(company.sim)
    run = company.sim.company.quanshi.start_conference(booking.event_id)
    company.sim.faults.add(Fault("http", VENDOR, "dashboard", status=502))
    with pytest.raises(CannotConnect):
        await company.quanshi().find_conference(
            event_id=str(booking.event_id), pcode=None, run_id=run.temp_id
        )


async def test_finding_a_conference_does_not_affect_the_next_poll(
    company: Company,
) -> None:
    """A run that has ended keeps its values."""
    sim = company.sim
    booking, other = book(sim), book(sim)
    sim.company.quanshi.start_conference(booking.event_id)
    client = company.quanshi()
    await client.fetch_live()
    sim.company.quanshi.end_conference(booking.event_id)
    before = await client.fetch_live()
    await client.find_conference(event_id=str(other.event_id), pcode=None, run_id=None)
    after = await client.fetch_live()
    event_id = str(booking.event_id)
    assert after.conferences[event_id] == before.conferences[event_id]
    assert after.conferences[event_id].participants is not None
