"""Test how the status of rooms is fetched, within the vendor's limits."""

import json
from typing import Any

import pytest

from custom_components.meeting_rooms.api.budget import Tier
from homeassistant.config_entries import ConfigEntryState
from simulator import Fault

from ..home import (
    LISTERS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    chosen,
    is_in,
    permissions,
)

FIRST = {TENCENT: "100001", WECOM: "RoomId001", QUANSHI: "6516"}
SECOND = {TENCENT: "100002", WECOM: "200002"}
DETAILS = {TENCENT: "details", WECOM: "get_info"}
LIST_OF = dict.fromkeys(VENDORS, "list")


def list_of(*room_ids: str) -> str:
    """Return a list of rooms in the format of a vendor."""
    return json.dumps(
        {
            "errcode": 0,
            "total_count": len(room_ids),
            "total_page": 1,
            "has_more": False,
            "meeting_room_list": [{"meeting_room_id": each} for each in room_ids],
        }
    )


def statuses(home: Home, vendor: str, *room_ids: str) -> list[str]:
    """Return the status of each room in Home Assistant."""
    return [home.shown(vendor, room_id, "status") for room_id in room_ids]


def truths(home: Home, vendor: str, *room_ids: str) -> list[str]:
    """Return the status of each room at the simulated vendor."""
    return [home.sim.truth()[vendor][room_id] for room_id in room_ids]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_without_the_list_the_selected_rooms_are_fetched_one_by_one(
    home: Home, vendor: str
) -> None:
    """Each poll updates the status of every selected room."""
    permissions(home, vendor).revoke("list")
    rooms = (FIRST[vendor], SECOND[vendor])
    await home.add(vendor, chosen(*rooms))
    assert statuses(home, vendor, *rooms) == truths(home, vendor, *rooms)
    for status in (3, 2, 4):
        home.sim.company.change(vendor, FIRST[vendor], status=status)
        await home.pass_time()
        assert statuses(home, vendor, *rooms) == truths(home, vendor, *rooms)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_denied_list_is_requested_again_only_after_an_hour(
    home: Home, vendor: str
) -> None:
    """The list is used again if it is permitted by then."""
    permissions(home, vendor).revoke("list")
    await home.add(vendor, chosen(FIRST[vendor]))
    assert home.sim.requests.count(vendor, "list") == 1
    permissions(home, vendor).grant()
    for _ in range(11):
        await home.pass_time(300)
    assert home.sim.requests.count(vendor, "list") == 1
    await home.pass_time(330)
    assert home.sim.requests.count(vendor, "list") == 2
    home.sim.company.change(vendor, FIRST[vendor], status=3)
    await home.pass_time()
    assert statuses(home, vendor, FIRST[vendor]) == ["in_use"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_have_a_current_status_after_the_list_is_no_longer_permitted(
    home: Home, vendor: str
) -> None:
    """The details report the status from then on."""
    home.sim.company.change(vendor, FIRST[vendor], status=2)
    await home.add(vendor, chosen(FIRST[vendor]))
    await home.polls(2)
    permissions(home, vendor).revoke("list")
    home.sim.company.change(vendor, FIRST[vendor], status=3)
    await home.pass_time()
    assert statuses(home, vendor, FIRST[vendor]) == ["in_use"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_one_room_that_cannot_be_fetched_does_not_affect_the_others(
    home: Home, vendor: str
) -> None:
    """The other rooms are updated although the response of one room is invalid."""
    permissions(home, vendor).revoke("list")
    rooms = (FIRST[vendor], SECOND[vendor])
    await home.add(vendor, chosen(*rooms))
    api = DETAILS[vendor]
    home.sim.faults.add(Fault("invalid_json", vendor, api, FIRST[vendor]))
    home.sim.company.change(vendor, SECOND[vendor], status=3)
    await home.polls(4)
    assert statuses(home, vendor, SECOND[vendor]) == ["in_use"]
    assert "unavailable" not in statuses(home, vendor, *rooms)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_can_be_fetched_again_has_its_status_immediately(
    home: Home, vendor: str
) -> None:
    """The status is unknown from the third failed poll on."""
    permissions(home, vendor).revoke("list")
    rooms = (FIRST[vendor], SECOND[vendor])
    await home.add(vendor, chosen(*rooms))
    api = DETAILS[vendor]
    home.sim.faults.add(Fault("invalid_json", vendor, api, FIRST[vendor]))
    await home.polls(2)
    assert statuses(home, vendor, *rooms) == truths(home, vendor, *rooms)
    await home.live(400)
    assert statuses(home, vendor, FIRST[vendor]) == ["unknown"]
    home.sim.faults.clear()
    await home.polls(1)
    assert statuses(home, vendor, *rooms) == truths(home, vendor, *rooms)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_of_which_no_room_can_be_fetched_is_unavailable(
    home: Home, vendor: str
) -> None:
    """The account is unavailable from the third failed poll on."""
    permissions(home, vendor).revoke("list")
    await home.add(vendor, chosen(FIRST[vendor]))
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(2)
    assert statuses(home, vendor, FIRST[vendor]) != ["unavailable"]
    await home.polls(1)
    assert statuses(home, vendor, FIRST[vendor]) == ["unavailable"]
    home.sim.faults.clear()
    await home.polls(1)
    assert statuses(home, vendor, FIRST[vendor]) == truths(home, vendor, FIRST[vendor])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_with_all_rooms_needs_the_list(
    home: Home, vendor: str
) -> None:
    """The account is set up as soon as the list is permitted."""
    permissions(home, vendor).revoke("list")
    entry = await home.add(vendor)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert entry.error_reason_translation_key == "permission_denied"
    permissions(home, vendor).grant()
    await home.polls(3)
    assert is_in(entry, ConfigEntryState.LOADED)


@pytest.mark.parametrize("rooms", [60])
async def test_many_selected_rooms_are_fetched_over_several_polls(home: Home) -> None:
    """The polls stay within the limit of 100 requests a minute."""
    permissions(home, TENCENT).revoke("list")
    room_ids = home.sim.company.tencent_meeting.ids
    await home.add(TENCENT, chosen(*room_ids))
    await home.live(360)
    assert statuses(home, TENCENT, *room_ids) == truths(home, TENCENT, *room_ids)
    minutes = home.requests_by_minute(TENCENT)
    assert max(minutes.values()) <= 100


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_empty_list_removes_no_room(home: Home, vendor: str) -> None:
    """The statuses become unknown, also after a restart, until the list has rooms again."""
    entry = await home.add(vendor)
    rooms = home.sim.truth()[vendor]
    home.sim.faults.add(Fault("http", vendor, "list", status=200, body=list_of()))
    await home.polls(5)
    assert {*statuses(home, vendor, *rooms)} == {"unknown"}
    await home.restart(entry)
    await home.polls(5)
    home.sim.faults.clear()
    await home.polls(1)
    assert statuses(home, vendor, *rooms) == truths(home, vendor, *rooms)
    assert all(home.device(vendor, room_id) for room_id in rooms)


@pytest.mark.parametrize("rooms", [60])
async def test_many_unlisted_rooms_are_fetched_over_several_polls(
    home: Home,
) -> None:
    """A poll fetches at most twelve rooms, and every room gets a status."""
    room_ids = home.sim.company.wecom.ids
    entry = await home.add(WECOM, chosen(*room_ids))
    home.sim.faults.add(Fault("http", WECOM, "list", status=200, body=list_of()))
    sent = entry.runtime_data.client.budget.sent
    for _ in range(12):
        before = sent[Tier.STATUS]
        await home.polls(1)
        assert sent[Tier.STATUS] - before <= 12 + 1
    assert statuses(home, WECOM, *room_ids) == truths(home, WECOM, *room_ids)


@pytest.mark.parametrize("rooms", [60])
async def test_a_selected_room_that_the_vendor_does_not_know_is_removed(
    home: Home,
) -> None:
    """The room is removed when two polls have reported it as unknown."""
    room_ids = home.sim.company.wecom.ids
    await home.add(WECOM, chosen(*room_ids))
    home.sim.company.remove_room(WECOM, FIRST[WECOM])
    home.sim.faults.add(Fault("http", WECOM, "list", status=200, body=list_of("4711")))
    await home.polls(20)
    assert home.device(WECOM, FIRST[WECOM]) is None
    assert statuses(home, WECOM, *room_ids[1:]) == truths(home, WECOM, *room_ids[1:])


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_is_not_set_up_while_a_limit_is_active(
    home: Home, vendor: str
) -> None:
    """The first successful poll sets the account up."""
    home.sim.faults.add(Fault("http", vendor, times=1, status=429))
    entry = await home.add(vendor)
    for _ in range(10):
        assert is_in(entry, ConfigEntryState.SETUP_RETRY)
        await home.live(5)
    await home.live(120)
    assert is_in(entry, ConfigEntryState.LOADED)
    assert statuses(home, vendor, FIRST[vendor]) == truths(home, vendor, FIRST[vendor])


@pytest.mark.parametrize(
    ("vendor", "fault", "wait"),
    [
        (TENCENT, {"kind": "vendor_code", "code": 190310}, 60),
        (WECOM, {"kind": "vendor_code", "code": 45009}, 60),
        *((each, {"kind": "http", "status": 429}, 60) for each in VENDORS),
        *(
            (
                each,
                {"kind": "http", "status": 429, "headers": {"Retry-After": "600"}},
                600,
            )
            for each in VENDORS
        ),
    ],
)
async def test_no_request_is_sent_while_a_limit_is_active(
    home: Home, vendor: str, fault: dict[str, Any], wait: int
) -> None:
    """Polls wait, and continue after the limit."""
    await home.add(vendor)
    await home.polls(2)
    api = LIST_OF[vendor]
    home.sim.faults.add(Fault(vendor=vendor, api=api, times=1, **fault))
    await home.pass_time()
    home.sim.requests.clear()
    for _ in range(wait // 30 - 1):
        await home.pass_time()
    assert home.sim.requests.count(vendor, api) == 0
    await home.polls(2)
    assert home.sim.requests.count(vendor, api) >= 1
    assert home.shown(vendor, "rooms_idle") != "unavailable"


@pytest.mark.parametrize("rooms", [60])
async def test_a_limit_pauses_background_updates(home: Home) -> None:
    """The vendor's limit counts all requests of the application."""
    await home.add(TENCENT)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "list", code=190310, times=1))
    await home.live(15)
    assert home.sim.requests.count(TENCENT, "details") < 60
    home.sim.requests.clear()
    await home.live(55)
    assert home.sim.requests.by_api() == {}
    await home.live(90)
    assert home.sim.requests.count(TENCENT, "details") > 0


async def test_a_daily_limit_lasts_until_midnight(home: Home) -> None:
    """The vendor's day ends at midnight in Beijing."""
    await home.add(TENCENT)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "list", code=190311, times=1))
    await home.pass_time()
    home.sim.requests.clear()
    for _ in range(13):
        await home.pass_time(3600)
    assert home.sim.requests.count(TENCENT, "list") == 0
    assert home.shown(TENCENT, "rooms_idle") == "unavailable"
    await home.pass_time(3600)
    assert home.sim.requests.count(TENCENT, "list") >= 1
    assert home.shown(TENCENT, "rooms_idle") != "unavailable"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_details_that_refuse_the_credentials_do_not_stop_the_account(
    home: Home, vendor: str
) -> None:
    """The API of details gets the credentials again after an hour."""
    home.sim.company.change(vendor, FIRST[vendor], cpu_usage="12")
    await home.add(vendor, chosen(FIRST[vendor], "404404"))
    await home.polls(2)
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "12.0"
    refused = {TENCENT: 200003, WECOM: 40001}[vendor]
    home.sim.faults.add(Fault("vendor_code", vendor, DETAILS[vendor], code=refused))
    home.sim.requests.clear()
    await home.live(900)
    # WeCom may have rejected only the token, so one more request is sent with a new token.
    assert home.sim.requests.count(vendor, DETAILS[vendor]) in {1, 2}
    assert statuses(home, vendor, FIRST[vendor]) == truths(home, vendor, FIRST[vendor])
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "unknown"
    assert home.hass.config_entries.flow.async_progress() == []
    home.sim.faults.clear()
    await home.pass_time(2700)
    await home.polls(2)
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "12.0"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_refusal_in_the_background_applies_to_the_polls_too(
    home: Home, vendor: str
) -> None:
    """Both use the same API with the same credentials."""
    await home.add(vendor, chosen(FIRST[vendor], "404404"))
    await home.polls(2)
    refused = {TENCENT: 200003, WECOM: 40001}[vendor]
    home.sim.faults.add(
        Fault("vendor_code", vendor, DETAILS[vendor], FIRST[vendor], code=refused)
    )
    await home.live(330)
    home.sim.requests.clear()
    await home.live(300)
    assert {each.api for each in home.sim.requests} >= {"list"}
    assert home.sim.requests.count(vendor, DETAILS[vendor]) == 0


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_unlisted_room_is_unknown_while_the_details_are_refused(
    home: Home, vendor: str
) -> None:
    """The room is not removed, and has a status once the details accept the credentials again."""
    home.sim.faults.add(
        Fault("http", vendor, "list", status=200, body=list_of(FIRST[vendor]))
    )
    await home.add(vendor, chosen(FIRST[vendor], SECOND[vendor]))
    await home.polls(2)
    truth = truths(home, vendor, SECOND[vendor])
    assert statuses(home, vendor, SECOND[vendor]) == truth
    refused = {TENCENT: 200003, WECOM: 40001}[vendor]
    fault = home.sim.faults.add(
        Fault("vendor_code", vendor, DETAILS[vendor], code=refused)
    )
    await home.polls(4)
    assert statuses(home, vendor, SECOND[vendor]) == ["unknown"]
    home.sim.faults.remove(fault)
    await home.pass_time(3600)
    assert statuses(home, vendor, SECOND[vendor]) == truth


async def test_an_unlisted_room_is_requested_again_after_another_error(
    home: Home,
) -> None:
    """Each poll sends one request for it, and updates the listed room."""
    await home.add(TENCENT, chosen(FIRST[TENCENT], "404404", "404405"))
    await home.live(60)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "details", "404404", code=190300))
    home.sim.faults.add(Fault("vendor_code", TENCENT, "details", "404405", code=190300))
    home.sim.company.change(TENCENT, FIRST[TENCENT], status=3)
    home.sim.requests.clear()
    await home.polls(4)
    assert statuses(home, TENCENT, FIRST[TENCENT]) == ["in_use"]
    assert home.sim.requests.count(TENCENT, "details") == 4
