"""Test that the states of the rooms change, and that a seed always gives the same states."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import RoomStatus, Simulator

STATUSES = {"idle", "in_use", "offline", "not_logged_in", "not_bound", "not_activated"}
HOUR = 3600
type Truth = dict[str, dict[str, str]]


def create(seed: int = 1, rooms: int = 40, speed: float = 0) -> Simulator:
    """Create a simulator without serving it."""
    return Simulator(rooms=rooms, seed=seed, speed=speed)


def truths(sim: Simulator, seconds: float, count: int) -> Iterator[Truth]:
    """Yield the expected statuses while the time advances."""
    for _ in range(count):
        yield sim.truth()
        sim.company.advance(seconds)


def changes(before: Truth, after: Truth) -> int:
    """Return the number of Tencent Meeting and WeCom rooms whose status changed."""
    return sum(
        before[vendor][room_id] != status
        for vendor in ("tencent_meeting", "wecom")
        for room_id, status in after[vendor].items()
    )


def test_every_status_occurs_on_an_office_day() -> None:
    """A user can try automations with each status."""
    seen: Counter[str] = Counter()
    for truth in truths(create(), 300, 120):
        seen.update(truth["tencent_meeting"].values())
        seen.update(truth["wecom"].values())
    assert set(seen) == STATUSES
    assert seen["idle"] > seen["offline"]
    assert seen["in_use"] > seen["offline"]


def test_rooms_are_in_use_by_day_and_idle_at_night() -> None:
    """Few rooms are in use at night."""
    busy = [
        list(truth["tencent_meeting"].values()).count("in_use")
        for truth in truths(create(), HOUR, 24)
    ]
    afternoon, night, next_morning = busy[4], busy[14], busy[23]
    assert afternoon > 8
    assert night <= 2
    assert next_morning > 8


@pytest.mark.parametrize("rooms", [4, 40, 400])
def test_a_status_changes_every_half_minute(rooms: int) -> None:
    """The states change often at every number of rooms."""
    samples = list(truths(create(rooms=rooms), 30, 120))
    changed = sum(changes(*pair) for pair in pairwise(samples))
    assert changed >= 90


@pytest.mark.parametrize(
    "real_time",
    ["2026-01-04 03:00:00", "2026-05-04 14:00:00", "2027-12-31 23:59:59"],
)
def test_rooms_are_in_use_at_any_real_time(
    freezer: FrozenDateTimeFactory, real_time: str
) -> None:
    """The simulated time starts in mid-morning, also at night or on a Sunday."""
    freezer.move_to(real_time)
    sim = create(speed=1)
    truth = sim.truth()
    assert list(truth["tencent_meeting"].values()).count("in_use") > 8
    assert "in_use" in truth["quanshi"].values()
    freezer.tick(600)
    assert changes(truth, sim.truth()) > 5


def test_at_speed_0_states_change_only_manually(freezer: FrozenDateTimeFactory) -> None:
    """The real time does not matter."""
    sim = create(speed=0)
    before = sim.truth()
    freezer.tick(HOUR)
    assert sim.truth() == before
    sim.company.advance(HOUR)
    assert sim.truth() != before


def test_at_speed_60_an_hour_passes_in_a_minute(
    freezer: FrozenDateTimeFactory,
) -> None:
    """The states are the same as after an hour."""
    fast, frozen = create(speed=60), create(speed=0)
    freezer.tick(60)
    frozen.company.advance(HOUR)
    assert fast.truth()["wecom"] == frozen.truth()["wecom"]


def test_the_same_seed_gives_the_same_company(freezer: FrozenDateTimeFactory) -> None:
    """States and secrets are the same on any real day."""
    first = create()
    freezer.tick(86_400 * 3)
    second = create()
    assert list(first.canaries) == list(second.canaries)
    assert list(truths(first, 600, 60)) == list(truths(second, 600, 60))


def test_another_seed_gives_another_company() -> None:
    """Credentials and states differ."""
    first, second = create(seed=1), create(seed=2)
    assert first.accounts != second.accounts
    assert first.truth() != second.truth()


def test_devices_fail_and_recover() -> None:
    """Devices, alarms and health change within a day."""
    sim = create()
    rooms = list(sim.company.tencent_meeting)
    seen = [
        {
            "camera": sum(not room.camera for room in rooms),
            "microphone": sum(not room.microphone for room in rooms),
            "speaker": sum(not room.speaker for room in rooms),
            "alarms": sum(bool(room.alarms) for room in rooms),
            "warning": sum(room.health_status.upper() == "WARNING" for room in rooms),
            "error": sum(room.health_status.upper() == "ERROR" for room in rooms),
        }
        for _ in truths(sim, 300, 120)
    ]
    assert all(max(each[key] for each in seen) > 0 for key in seen[0])
    assert all(len({each[key] for each in seen}) > 1 for key in seen[0])


def test_the_cpu_load_changes() -> None:
    """The load changes every 20 s."""
    sim = create()
    room = sim.company.tencent_meeting[0]
    loads = {room.cpu_load for _ in truths(sim, 20, 10)}
    assert len(loads) == 10


def test_conferences_start_and_end() -> None:
    """Each of the five statuses occurs, and the number of rooms in use changes."""
    sim = create()
    words: Counter[str] = Counter()
    held: set[int] = set()
    for truth in truths(sim, 600, 144):
        words.update(sim.company.quanshi.conference_truth().values())
        held.add(list(truth["quanshi"].values()).count("in_use"))
    assert set(words) == {"created", "in_progress", "ended", "cancelled", "expired"}
    assert len(held) > 1


def test_bookings_are_generated_continuously() -> None:
    """A week later there are still bookings ahead."""
    sim = create()
    sim.company.advance(7 * 86_400)
    words = sim.company.quanshi.conference_truth().values()
    assert {"created", "in_progress"} <= set(words)


@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom"])
def test_a_manual_value_is_kept_until_it_is_released(vendor: str) -> None:
    """The value does not change with time."""
    sim = create()
    room = sim.company.rooms_of(vendor)[0]
    sim.company.change(vendor, room.room_id, status=RoomStatus.OFFLINE, cpu_usage="93%")
    sim.company.advance(HOUR)
    assert (sim.truth()[vendor][room.room_id], room.cpu_usage) == ("offline", "93%")
    room.release()
    assert room.cpu_usage != "93%"


@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom", "quanshi"])
def test_meetings_start_and_end_manually(vendor: str) -> None:
    """A room of any status can hold a meeting."""
    sim = create()
    for room_id in sim.truth()[vendor]:
        sim.company.start_meeting(vendor, room_id)
        assert sim.truth()[vendor][room_id] == "in_use"
        sim.company.end_meeting(vendor, room_id)
        assert sim.truth()[vendor][room_id] == "idle"


def test_a_manual_meeting_ends_after_its_minutes() -> None:
    """The meeting ends without `end_meeting`."""
    sim = create(rooms=2)
    room = sim.company.tencent_meeting[0]
    meeting = room.start_meeting(minutes=10)
    sim.company.advance(599)
    assert room.meeting == meeting
    sim.company.advance(2)
    assert room.meeting != meeting


@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom", "quanshi"])
def test_rooms_are_added_and_removed(vendor: str) -> None:
    """A new room has a status immediately; a removed room has none."""
    sim = create()
    room_id = str(sim.company.add_room(vendor, "新会议室").room_id)
    assert sim.truth()[vendor][room_id] in {"idle", "in_use", "offline"}
    sim.company.rename(vendor, room_id, "旧会议室")
    sim.company.remove_room(vendor, room_id)
    assert room_id not in sim.truth()[vendor]


def test_an_unknown_field_is_rejected() -> None:
    """The error names the field."""
    with pytest.raises(ValueError, match="colour"):
        create().company.change("wecom", "RoomId001", colour="red")


@pytest.mark.parametrize(
    ("rooms", "counts"), [(0, [2, 2, 2]), (40, [40, 20, 10]), (1000, [1000, 500, 250])]
)
def test_each_vendor_has_its_share_of_the_rooms(rooms: int, counts: list[int]) -> None:
    """WeCom has half of the rooms and Quanshi a quarter, each at least two."""
    truth = create(rooms=rooms).truth()
    assert [len(words) for words in truth.values()] == counts


def test_names_and_ids_are_unique() -> None:
    """No two of 1,000 rooms have the same name or id."""
    rooms = list(create(rooms=1000).company.tencent_meeting)
    assert len({room.name.strip() for room in rooms}) == 1000
    assert len({room.properties.basic.rooms_id_list[0] for room in rooms}) == 1000
    assert len({room.properties.hardware.mac for room in rooms}) == 1000
