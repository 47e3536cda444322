"""Test that background updates fetch everything in time and within the limits."""

from collections.abc import Mapping
from typing import Any

import pytest

from custom_components.meeting_rooms.const import CONF_BUDGET_SHARE
from homeassistant.setup import async_setup_component
from simulator import Fault

from ..home import LISTERS, QUANSHI, TENCENT, WECOM, Home, permissions

DETAILS = {TENCENT: "details", WECOM: "get_info"}
LISTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    TENCENT: {
        "devices": ("camera", "microphone", "speaker"),
        "alarms": (),
        "controllers": (),
        "details": ("cpu_usage", "alerts_enabled"),
    },
    WECOM: {
        "list_devices": ("camera", "microphone", "speaker"),
        "list_controllers": (),
        "get_info": ("cpu_usage", "alerts_enabled"),
    },
}
FIRST = {TENCENT: "100001", WECOM: "RoomId001"}
SECOND = {TENCENT: "100002", WECOM: "200002"}
EACH_API = [(vendor, api) for vendor in LISTERS for api in LISTS[vendor]]


def in_service(home: Home, vendor: str, room_id: str) -> None:
    """Set a room to idle and healthy."""
    home.sim.company.change(
        vendor,
        room_id,
        status=2,
        cpu_usage="12",
        camera=True,
        microphone=True,
        speaker=True,
        monitor_status=1,
    )


@pytest.mark.parametrize("rooms", [150])
async def test_many_rooms_are_fetched_within_the_limit(home: Home) -> None:
    """Entities exist after one request for each page; all else follows within the limit."""
    entry = home.entry(TENCENT)
    await home.hass.config_entries.async_setup(entry.entry_id)
    assert home.sim.requests.count(TENCENT, "list") == 3
    assert len(home.sim.requests) == 3
    ids = home.sim.company.tencent_meeting.ids
    assert all(home.shown(TENCENT, each, "status") for each in ids)
    await home.live(1200)
    for api in ("details", "meetings"):
        fetched = {each.room_id for each in home.sim.requests if each.api == api}
        assert fetched == {*ids}
    assert max(home.requests_by_minute(TENCENT).values()) <= 100


@pytest.mark.parametrize("rooms", [450])
async def test_polls_of_a_long_list_leave_requests_for_the_rest(home: Home) -> None:
    """Nine pages with bursts of ten requests: a poll uses half of the limit per minute."""
    permissions(home, TENCENT).revoke("devices", "alarms", "controllers")
    entry = home.entry(TENCENT)
    options = {**entry.options, CONF_BUDGET_SHARE: 50}
    home.hass.config_entries.async_update_entry(entry, options=options)
    await home.hass.config_entries.async_setup(entry.entry_id)
    await home.settle()
    await home.live(120)
    assert home.sim.requests.count(TENCENT, "list") >= 3 * 9
    rest = [home.sim.requests.count(TENCENT, api) for api in ("meetings", "details")]
    assert sum(rest) >= 25
    assert rest[1] >= 5


@pytest.mark.parametrize(("vendor", "api"), EACH_API)
async def test_everything_is_fetched_every_five_minutes(
    home: Home, vendor: str, api: str
) -> None:
    """The first updates are right after the start."""
    await home.add(vendor)
    each = {TENCENT: 8, WECOM: 4}[vendor] if api == DETAILS[vendor] else 1
    await home.live(30)
    assert home.sim.requests.count(vendor, api) == each
    await home.live(250)
    assert home.sim.requests.count(vendor, api) == each
    await home.live(60)
    assert home.sim.requests.count(vendor, api) == 2 * each
    await home.live(300)
    assert home.sim.requests.count(vendor, api) == 3 * each


async def test_quanshi_has_no_background_updates(home: Home) -> None:
    """Each poll fetches all values."""
    await home.add(QUANSHI)
    before = len(home.sim.requests)
    await home.pass_time(5)
    await home.pass_time(5)
    assert len(home.sim.requests) == before


@pytest.mark.parametrize(("vendor", "api"), EACH_API)
async def test_a_denied_api_is_requested_again_only_after_an_hour(
    home: Home, vendor: str, api: str
) -> None:
    """Only the values of this API are unknown until it is permitted."""
    room_id = FIRST[vendor]
    in_service(home, vendor, room_id)
    permissions(home, vendor).revoke(api)
    await home.add(vendor)
    await home.polls(2)
    for feature, keys in LISTS[vendor].items():
        shown = {home.shown(vendor, room_id, key) for key in keys}
        assert ("unknown" in shown) is (feature == api and keys != ())
        assert "unavailable" not in shown
    assert home.shown(vendor, room_id, "status") == "idle"
    asked = home.sim.requests.count(vendor, api)
    assert asked == ({TENCENT: 8, WECOM: 4}[vendor] if api == DETAILS[vendor] else 1)
    permissions(home, vendor).grant()
    for _ in range(11):
        await home.pass_time(300)
    assert home.sim.requests.count(vendor, api) == asked
    await home.pass_time(300)
    await home.polls(2)
    assert home.sim.requests.count(vendor, api) > asked
    own = [home.shown(vendor, room_id, key) for key in LISTS[vendor][api]]
    assert "unknown" not in own


@pytest.mark.parametrize("kind", ["invalid_json", "wrong_shape", "wrong_types"])
@pytest.mark.parametrize("vendor", LISTERS)
async def test_failing_details_of_one_room_do_not_affect_the_others(
    home: Home, vendor: str, kind: str
) -> None:
    """The details of the room are updated as soon as they can be fetched."""
    for room_id in (FIRST[vendor], SECOND[vendor]):
        in_service(home, vendor, room_id)
    fault = home.sim.faults.add(Fault(kind, vendor, DETAILS[vendor], FIRST[vendor]))
    await home.add(vendor)
    await home.polls(2)
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "unknown"
    assert home.shown(vendor, FIRST[vendor], "status") == "idle"
    assert home.shown(vendor, SECOND[vendor], "cpu_usage") == "12.0"
    home.sim.faults.remove(fault)
    await home.pass_time(300)
    await home.polls(1)
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "12.0"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_details_of_one_room_are_fetched_again_after_one_error(
    home: Home, vendor: str
) -> None:
    """The retry is within 45 seconds, and no other room is fetched again."""
    for room_id in (FIRST[vendor], SECOND[vendor]):
        in_service(home, vendor, room_id)
    api = DETAILS[vendor]
    home.sim.faults.add(Fault("http", vendor, api, FIRST[vendor], status=502, times=1))
    await home.add(vendor)
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "unknown"
    await home.live(45)
    assert home.shown(vendor, FIRST[vendor], "cpu_usage") == "12.0"
    assert home.sim.requests.count(vendor, api, FIRST[vendor]) == 2
    assert home.sim.requests.count(vendor, api, SECOND[vendor]) == 1


@pytest.mark.parametrize(
    "fault", [{"kind": "http", "status": 502}, {"kind": "invalid_json"}], ids=str
)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_details_of_all_rooms_are_updated_soon_after_an_outage(
    home: Home, vendor: str, fault: dict[str, Any]
) -> None:
    """The length of the outage does not matter: the update is within 45 seconds."""
    rooms = [*home.sim.truth()[vendor]]
    for room_id in rooms:
        in_service(home, vendor, room_id)
    await home.add(vendor)
    home.sim.faults.add(Fault(vendor=vendor, api=DETAILS[vendor], **fault))
    await home.live(1500)
    shown = {home.shown(vendor, room_id, "cpu_usage") for room_id in rooms}
    assert shown == {"unknown"}
    home.sim.faults.clear()
    await home.live(45)
    shown = {home.shown(vendor, room_id, "cpu_usage") for room_id in rooms}
    assert shown == {"12.0"}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_does_not_respond_delays_no_other(
    home: Home, vendor: str
) -> None:
    """The requests for this room time out; the other rooms are fetched every five minutes."""
    rooms = [*home.sim.truth()[vendor]]
    hanging, *others = rooms
    for room_id in rooms:
        in_service(home, vendor, room_id)
    await home.add(vendor)
    api = DETAILS[vendor]
    home.sim.faults.add(Fault("hang_before", vendor, api, hanging))
    await home.live(600)
    for room_id in others:
        home.sim.company.change(vendor, room_id, cpu_usage="34")
    await home.live(330)
    shown = {home.shown(vendor, room_id, "cpu_usage") for room_id in others}
    assert shown == {"34.0"}
    assert home.sim.requests.count(vendor, api, hanging) > 10
    home.sim.faults.clear()
    await home.live(45)
    assert home.shown(vendor, hanging, "cpu_usage") == "12.0"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_details_that_cannot_be_fetched_keep_their_last_values(
    home: Home, vendor: str
) -> None:
    """The details are updated once the vendor responds again."""
    room_id = FIRST[vendor]
    in_service(home, vendor, room_id)
    await home.add(vendor)
    await home.polls(1)
    home.sim.faults.add(Fault("http", vendor, DETAILS[vendor], status=502))
    home.sim.company.change(vendor, room_id, cpu_usage="34")
    await home.live(330)
    assert home.shown(vendor, room_id, "cpu_usage") == "12.0"
    home.sim.faults.clear()
    await home.live(330)
    assert home.shown(vendor, room_id, "cpu_usage") == "34.0"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_list_that_fails_is_fetched_again_half_a_minute_later(
    home: Home, vendor: str
) -> None:
    """The values of the list are unknown until then."""
    api = next(iter(LISTS[vendor]))
    room_id = FIRST[vendor]
    in_service(home, vendor, room_id)
    home.sim.faults.add(Fault("http", vendor, api, status=502, times=1))
    await home.add(vendor)
    await home.live(25)
    assert home.shown(vendor, room_id, "camera") == "unknown"
    assert home.sim.requests.count(vendor, api) == 1
    await home.live(10)
    assert home.shown(vendor, room_id, "camera") == "off"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_rate_limit_pauses_background_updates(home: Home, vendor: str) -> None:
    """No details are fetched for a minute, and the polls continue."""
    await home.add(vendor)
    await home.polls(1)
    home.sim.faults.add(Fault("http", vendor, DETAILS[vendor], status=429, times=1))
    await home.pass_time(300)
    home.sim.requests.clear()
    await home.live(50)
    apis = {each.api for each in home.sim.requests}
    assert "list" in apis
    assert DETAILS[vendor] not in apis
    await home.live(30)
    assert home.sim.requests.count(vendor, DETAILS[vendor]) > 0


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_slow_vendor_gets_one_request_at_a_time(
    home: Home, vendor: str
) -> None:
    """The next room is fetched when the first request has ended."""
    api = DETAILS[vendor]
    await home.add(vendor)
    await home.polls(1)
    home.sim.faults.add(Fault("hang_before", vendor, api))
    home.sim.requests.clear()
    home.clock.tick(301)
    home.fire_time()
    while home.sim.requests.count(vendor, api) == 0:
        await home.breathe()
    for _ in range(3):
        home.clock.tick(5)
        home.fire_time()
        await home.breathe()
    assert home.sim.requests.count(vendor, api) == 1
    home.sim.faults.clear()
    home.clock.tick(20)
    await home.settle()


async def without_polling(home: Home, vendor: str) -> None:
    """Add an account whose polling is disabled."""
    await async_setup_component(home.hass, "homeassistant", {})
    entry = home.entry(vendor)
    home.hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await home.start(entry)


async def update_manually(home: Home, vendor: str) -> None:
    """Update one entity as an automation does."""
    target = {"entity_id": home.entity(vendor, "rooms_idle").entity_id}
    await home.hass.services.async_call(
        "homeassistant", "update_entity", target, blocking=True
    )
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_with_polling_disabled_sends_no_request(
    home: Home, vendor: str
) -> None:
    """Only an automation causes requests."""
    await without_polling(home, vendor)
    await home.live(60)
    home.sim.requests.clear()
    await home.live(600)
    assert len(home.sim.requests) == 0


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_manual_update_fetches_everything_where_polling_is_disabled(
    home: Home, vendor: str
) -> None:
    """Each value that is due is fetched once, although no status has changed."""
    room_id = FIRST[vendor]
    in_service(home, vendor, room_id)
    await without_polling(home, vendor)
    await update_manually(home, vendor)
    await home.live(60)
    assert home.shown(vendor, room_id, "cpu_usage") == "12.0"
    assert home.shown(vendor, room_id, "camera") == "off"
    home.sim.company.change(vendor, room_id, cpu_usage="34", camera=False)
    home.sim.requests.clear()
    await update_manually(home, vendor)
    await home.live(600)
    assert [each.api for each in home.sim.requests] == ["list"]
    home.sim.requests.clear()
    await update_manually(home, vendor)
    await home.live(900)
    assert home.shown(vendor, room_id, "cpu_usage") == "34.0"
    assert home.shown(vendor, room_id, "camera") == "on"
    rooms = {TENCENT: 8, WECOM: 4}[vendor]
    assert {
        api: home.sim.requests.count(vendor, api) for api in ("list", *LISTS[vendor])
    } == {"list": 1, **dict.fromkeys(LISTS[vendor], 1), DETAILS[vendor]: rooms}


@pytest.mark.parametrize("rooms", [120])
async def test_a_manual_update_keeps_the_limit(home: Home) -> None:
    """The details of many rooms follow within some minutes, each of them once."""
    await without_polling(home, TENCENT)
    await home.live(180)
    await home.pass_time(300)
    home.sim.requests.clear()
    await update_manually(home, TENCENT)
    await home.live(900)
    fetched = [each.room_id for each in home.sim.requests if each.api == "details"]
    assert sorted(map(str, fetched)) == sorted(home.sim.company.tencent_meeting.ids)
    assert max(home.requests_by_minute(TENCENT).values()) <= 100
