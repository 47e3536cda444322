"""Test the live states of conferences at Quanshi."""

import pytest

from custom_components.meeting_rooms.api.models.conference import ConferenceStatus
from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient

from ..scripted import Received, ScriptedVendor
from .responses import GET_STATUS, LIST, REJECTED, booked, booked_in_5, state, success


async def test_a_booking_that_does_not_exist_is_removed(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Status 0 of a live state means that the booking does not exist."""
    vendor.reply(LIST, success([booked(7), booked(8)]))
    vendor.reply(GET_STATUS, success([state(7, 0), state(8, 1)]))
    live = await client.fetch_live()
    assert [*live.conferences] == ["8"]
    assert live.conferences_complete is True


async def test_a_booking_without_a_live_state_has_the_status_of_the_list(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The response of getStatus does not contain the booking."""
    vendor.reply(LIST, success([booked(7)]))
    live = await client.fetch_live()
    assert live.conferences["7"].status is ConferenceStatus.CREATED


@pytest.mark.parametrize(
    "response", [REJECTED, {}, success("x"), success(7), success(None)], ids=str
)
async def test_a_live_state_is_kept_for_two_failed_polls(
    client: QuanshiClient, running_in_5: ScriptedVendor, response: object
) -> None:
    """From the third failed poll on, whether the room is in use is unknown."""
    before = await client.fetch_live()
    assert before.rooms["5"].status is RoomStatus.IN_USE
    running_in_5.reply(GET_STATUS, response)
    assert [await client.fetch_live() for _ in range(2)] == [before, before]
    third = await client.fetch_live()
    assert third.conferences["7"].status is None
    assert third.rooms["5"].status is None


async def test_only_consecutive_failed_polls_count(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """A successful poll resets the number of failures."""
    known, failed = success([state(7, 2)]), REJECTED
    running_in_5.reply(GET_STATUS, known, failed, failed, known, failed, failed, known)
    statuses = [(await client.fetch_live()).rooms["5"].status for _ in range(7)]
    assert statuses == [RoomStatus.IN_USE] * 7


async def test_a_request_that_fails_affects_its_own_conferences_only(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The states of the conferences in other requests are updated."""
    code = 2

    def states(received: Received) -> object:
        """Return a state for each id, and reject the first fifty once they have ended."""
        ids = received.json_body["eventIds"]
        fails = code == 4 and 1001 in ids
        rows = success([state(each, code) for each in ids])
        return {True: REJECTED, False: rows}[fails]

    vendor.reply(LIST, success([booked(number) for number in range(1001, 1061)]))
    vendor.reply(GET_STATUS, states)
    await client.fetch_live()
    code = 4
    found = (await client.fetch_live()).conferences
    assert found["1050"].status is ConferenceStatus.IN_PROGRESS
    assert found["1051"].status is ConferenceStatus.ENDED


async def test_a_live_state_is_dropped_with_its_booking(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """The live state is unknown when the booking is returned again."""
    await client.fetch_live()
    running_in_5.reply(LIST, success([]))
    running_in_5.reply(GET_STATUS, success([state(7, 4)]), REJECTED)
    await client.fetch_live()
    await client.fetch_live()
    running_in_5.reply(LIST, success([booked_in_5(7)]))
    live = await client.fetch_live()
    assert live.conferences["7"].status is None
    assert live.rooms["5"].status is None
