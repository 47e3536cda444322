"""Test that the company lives, and that it lives alike for the same seed."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import RoomStatus, Simulator

WORDS = {"idle", "in_use", "offline", "not_logged_in", "not_bound", "not_activated"}
HOUR = 3600
type Truth = dict[str, dict[str, str]]


def company(seed: int = 1, rooms: int = 40, speed: float = 0) -> Simulator:
    """Build a company without serving it."""
    return Simulator(rooms=rooms, seed=seed, speed=speed)


def moments(sim: Simulator, seconds: float, count: int) -> Iterator[Truth]:
    """Move the office on step by step and look at it."""
    for _ in range(count):
        yield sim.truth()
        sim.estate.advance(seconds)


def changes(before: Truth, after: Truth) -> int:
    """Count the rooms of Tencent Meeting and WeCom whose state changed."""
    return sum(
        before[vendor][room_id] != word
        for vendor in ("tencent_meeting", "wecom")
        for room_id, word in after[vendor].items()
    )


def test_every_state_occurs_on_an_office_day() -> None:
    """Automations can be tried with each of them."""
    seen: Counter[str] = Counter()
    for truth in moments(company(), 300, 120):
        seen.update(truth["tencent_meeting"].values())
        seen.update(truth["wecom"].values())
    assert set(seen) == WORDS
    assert seen["idle"] > seen["offline"]
    assert seen["in_use"] > seen["offline"]


def test_the_office_wakes_in_the_morning_and_sleeps_at_night() -> None:
    """Hardly a room is in use at night."""
    busy = [
        list(truth["tencent_meeting"].values()).count("in_use")
        for truth in moments(company(), HOUR, 24)
    ]
    afternoon, night, next_morning = busy[4], busy[14], busy[23]
    assert afternoon > 8
    assert night <= 2
    assert next_morning > 8


@pytest.mark.parametrize("rooms", [4, 40, 400])
def test_something_visible_changes_every_half_minute(rooms: int) -> None:
    """A person who watches the demo sees it live, however small it is."""
    truths = list(moments(company(rooms=rooms), 30, 120))
    changed = sum(changes(*pair) for pair in pairwise(truths))
    assert changed >= 90


@pytest.mark.parametrize(
    "outside",
    ["2026-01-04 03:00:00", "2026-05-04 14:00:00", "2027-12-31 23:59:59"],
)
def test_the_office_is_busy_whatever_time_it_is_outside(
    freezer: FrozenDateTimeFactory, outside: str
) -> None:
    """A demo at night or on a Sunday starts in mid-morning."""
    freezer.move_to(outside)
    sim = company(speed=1)
    truth = sim.truth()
    assert list(truth["tencent_meeting"].values()).count("in_use") > 8
    assert "in_use" in truth["quanshi"].values()
    freezer.tick(600)
    assert changes(truth, sim.truth()) > 5


def test_a_frozen_office_moves_only_by_hand(freezer: FrozenDateTimeFactory) -> None:
    """The clock on the wall does not matter."""
    sim = company(speed=0)
    before = sim.truth()
    freezer.tick(HOUR)
    assert sim.truth() == before
    sim.estate.advance(HOUR)
    assert sim.truth() != before


def test_a_fast_office_lives_an_hour_in_a_minute(
    freezer: FrozenDateTimeFactory,
) -> None:
    """So a soak test sees a whole day."""
    fast, frozen = company(speed=60), company(speed=0)
    freezer.tick(60)
    frozen.estate.advance(HOUR)
    assert fast.truth()["wecom"] == frozen.truth()["wecom"]


def test_the_same_seed_gives_the_same_company(freezer: FrozenDateTimeFactory) -> None:
    """At every moment, secrets included; whatever day it is outside."""
    first = company()
    freezer.tick(86_400 * 3)
    second = company()
    assert list(first.canaries) == list(second.canaries)
    assert list(moments(first, 600, 60)) == list(moments(second, 600, 60))


def test_another_seed_gives_another_company() -> None:
    """Other credentials, other fates."""
    first, second = company(seed=1), company(seed=2)
    assert first.accounts != second.accounts
    assert first.truth() != second.truth()


def test_devices_fail_and_recover() -> None:
    """Cameras, alarms and health come and go within a day."""
    sim = company()
    rooms = list(sim.estate.tencent_meeting)
    seen = [
        {
            "camera": sum(not room.camera for room in rooms),
            "microphone": sum(not room.microphone for room in rooms),
            "speaker": sum(not room.speaker for room in rooms),
            "alarms": sum(bool(room.alarms) for room in rooms),
            "warning": sum(room.health_status.upper() == "WARNING" for room in rooms),
            "error": sum(room.health_status.upper() == "ERROR" for room in rooms),
        }
        for _ in moments(sim, 300, 120)
    ]
    assert all(max(each[key] for each in seen) > 0 for key in seen[0])
    assert all(len({each[key] for each in seen}) > 1 for key in seen[0])


def test_the_load_of_a_device_moves() -> None:
    """Every twenty seconds or so."""
    sim = company()
    room = sim.estate.tencent_meeting[0]
    loads = {room.cpu_load for _ in moments(sim, 20, 10)}
    assert len(loads) == 10


def test_conferences_start_and_end() -> None:
    """Each of the five states occurs, and rooms come into use and go out of it."""
    sim = company()
    words: Counter[str] = Counter()
    held: set[int] = set()
    for truth in moments(sim, 600, 144):
        words.update(sim.estate.quanshi.conference_truth().values())
        held.add(list(truth["quanshi"].values()).count("in_use"))
    assert set(words) == {"created", "in_progress", "ended", "cancelled", "expired"}
    assert len(held) > 1


def test_conferences_are_planned_on_and_on() -> None:
    """A week later there are still bookings ahead."""
    sim = company()
    sim.estate.advance(7 * 86_400)
    words = sim.estate.quanshi.conference_truth().values()
    assert {"created", "in_progress"} <= set(words)


@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom"])
def test_a_value_set_by_hand_stands_until_released(vendor: str) -> None:
    """Time does not wash it away."""
    sim = company()
    room = sim.estate.book_of(vendor)[0]
    sim.estate.change(vendor, room.room_id, status=RoomStatus.OFFLINE, cpu_usage="93%")
    sim.estate.advance(HOUR)
    assert (sim.truth()[vendor][room.room_id], room.cpu_usage) == ("offline", "93%")
    room.release()
    assert room.cpu_usage != "93%"


@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom", "quanshi"])
def test_meetings_start_and_end_by_hand(vendor: str) -> None:
    """In whichever room, whatever it was doing."""
    sim = company()
    for room_id in sim.truth()[vendor]:
        sim.estate.start_meeting(vendor, room_id)
        assert sim.truth()[vendor][room_id] == "in_use"
        sim.estate.end_meeting(vendor, room_id)
        assert sim.truth()[vendor][room_id] == "idle"


def test_a_meeting_started_by_hand_ends_by_itself() -> None:
    """After its minutes."""
    sim = company(rooms=2)
    room = sim.estate.tencent_meeting[0]
    meeting = room.start_meeting(minutes=10)
    sim.estate.advance(599)
    assert room.meeting == meeting
    sim.estate.advance(2)
    assert room.meeting != meeting


@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom", "quanshi"])
def test_rooms_open_and_close(vendor: str) -> None:
    """A new room works from the start; a closed one is gone."""
    sim = company()
    room_id = str(sim.estate.add_room(vendor, "新会议室").room_id)
    assert sim.truth()[vendor][room_id] in {"idle", "in_use", "offline"}
    sim.estate.rename(vendor, room_id, "旧会议室")
    sim.estate.remove_room(vendor, room_id)
    assert room_id not in sim.truth()[vendor]


def test_a_field_that_no_room_has_is_refused() -> None:
    """A typing error in a test does not pass unseen."""
    with pytest.raises(ValueError, match="colour"):
        company().estate.change("wecom", "RoomId001", colour="red")


@pytest.mark.parametrize(
    ("rooms", "counts"), [(0, [2, 2, 2]), (40, [40, 20, 10]), (1000, [1000, 500, 250])]
)
def test_the_vendors_share_the_rooms(rooms: int, counts: list[int]) -> None:
    """WeCom has half as many as Tencent Meeting, Quanshi a quarter, nobody less than two."""
    truth = company(rooms=rooms).truth()
    assert [len(words) for words in truth.values()] == counts


def test_names_and_ids_differ() -> None:
    """Nobody mistakes one room for another."""
    rooms = list(company(rooms=1000).estate.tencent_meeting)
    assert len({room.name.strip() for room in rooms}) == 1000
    assert len({room.facts.basic.rooms_id_list[0] for room in rooms}) == 1000
    assert len({room.facts.hardware.mac for room in rooms}) == 1000
