"""Test that the demo prepares Home Assistant, plays its scenes and prints its instructions."""

import asyncio
from collections.abc import Callable
import json
from pathlib import Path

import pytest

from scripts.demo_home.guide import guide
from scripts.demo_home.home import CORE_CONFIG, prepare, stored_language
from scripts.demo_home.office import forms
from scripts.demo_home.scenes import SCENES, Act, Equipment, Scene
from scripts.demo_home.stage import VENDOR, Stage, staged
from simulator import RoomBooking, RoomBookingStatus, Simulator
from tests.translations import LANGUAGES, load_texts

URL = "http://127.0.0.1:8123"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("vendor", ["tencent_meeting", "wecom", "quanshi"])
def test_guide_lists_every_field_of_an_account(vendor: str, language: str) -> None:
    """Print each field's label and value, as the form shows them."""
    simulator = Simulator()
    texts = load_texts(language)

    text = guide(language, URL, simulator.url, forms(simulator))

    step = f"config.step.{vendor}.data."
    labels = {key: label for key, label in texts.items() if key.startswith(step)}
    assert {key.removeprefix(step) for key in labels} == set(forms(simulator)[vendor])
    assert [label for label in labels.values() if label not in text] == []
    assert [
        value for value in forms(simulator)[vendor].values() if value not in text
    ] == []


def test_a_new_home_has_the_chosen_language(tmp_path: Path) -> None:
    """Start Home Assistant in the language of the command line."""
    prepare(tmp_path, 8123, language="zh-Hans")

    assert stored_language(tmp_path) == "zh-Hans"


def test_a_kept_home_keeps_its_settings(tmp_path: Path) -> None:
    """Change the language of an existing home, and no other general setting."""
    prepare(tmp_path, 8123)
    path = tmp_path / CORE_CONFIG
    stored = json.loads(path.read_text("utf-8"))
    stored["data"]["country"] = "DE"
    path.write_text(json.dumps(stored), "utf-8")

    prepare(tmp_path, 8123, language="zh-Hans")

    stored["data"]["language"] = "zh-Hans"
    assert json.loads(path.read_text("utf-8")) == stored


def test_a_new_folder_has_no_language(tmp_path: Path) -> None:
    """The command line determines the language."""
    assert stored_language(tmp_path) is None


class RecordingHome:
    """Record what a scene does in Home Assistant."""

    def __init__(self) -> None:
        """Start without a record."""
        self.presence: list[tuple[Equipment, bool]] = []
        self.events: list[tuple[float, float]] = []

    async def set_presence(self, equipment: Equipment, *, present: bool) -> None:
        """Record the state of a presence sensor."""
        self.presence.append((equipment, present))

    async def add_event(self, start: float, end: float) -> None:
        """Record an event."""
        self.events.append((start, end))


async def reach(condition: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.05)


def bookings(simulator: Simulator, room_id: str) -> list[RoomBooking]:
    """Return the bookings of a room until tomorrow."""
    now = simulator.company.clock.now
    return simulator.company.bookings.between(
        VENDOR, room_id, now - 86_400, now + 86_400
    )


def test_the_scenes_show_every_availability() -> None:
    """No state is left to chance."""
    state = "entity.sensor.availability.state."
    states = {key for key in load_texts("en") if key.startswith(state)}

    assert {state + scene.shows for scene in SCENES} == states


def test_each_scene_has_a_room_of_its_own() -> None:
    """The simulated day neither books these rooms nor changes their status."""
    simulator = Simulator(speed=0)

    rooms = {actor.room_id: actor.scene for actor in Stage(simulator).actors}

    assert [*rooms.values()] == [*SCENES]
    assert {simulator.truth()[VENDOR][room_id] for room_id in rooms} == {"idle"}
    # A vendor has each booking before Home Assistant requests it for the first time.
    in_calendar = Equipment.CALENDAR
    assert [len(bookings(simulator, room_id)) for room_id in rooms] == [
        int(scene.booking is not None and scene.equipment is not in_calendar)
        for scene in SCENES
    ]


async def test_a_booking_is_moved_and_cancelled_while_the_meeting_runs() -> None:
    """The demo is not only what was planned."""
    simulator = Simulator(speed=0)
    acts = ((0.0, Act.START), (0.0, Act.EXTEND), (0.0, Act.CANCEL))
    scene = Scene(shows="in_use", booking=(0, 8), acts=acts)

    async with staged(simulator, [scene]) as stage:
        room_id = stage.actors[0].room_id
        await reach(lambda: simulator.truth()[VENDOR][room_id] == "in_use")
        first = bookings(simulator, room_id)[0]
        await reach(lambda: bookings(simulator, room_id)[0] != first)
        moved = bookings(simulator, room_id)[0]
        await reach(lambda: bookings(simulator, room_id)[0] != moved)
        cancelled = bookings(simulator, room_id)[0]

    assert moved.end > first.end
    assert cancelled.status is RoomBookingStatus.CANCELLED


async def test_a_scene_begins_again_after_its_period() -> None:
    """The demo stays alive for as long as it runs."""
    simulator = Simulator(speed=0)
    acts = ((0.0, Act.DISCONNECT), (0.0, Act.CONNECT))
    scene = Scene(shows="offline", period=0.001, acts=acts)

    async with staged(simulator, [scene]) as stage:
        room_id = stage.actors[0].room_id
        for status in ("offline", "idle", "offline"):
            await reach(lambda: simulator.truth()[VENDOR][room_id] == status)  # noqa: B023


async def test_scenes_with_equipment_use_home_assistant() -> None:
    """Presence sensors and the calendar are Home Assistant's own."""
    simulator = Simulator(speed=0)
    home = RecordingHome()
    sensor = Equipment.LINKED_SENSOR
    visit = Scene(
        shows="ended_early",
        acts=((0, Act.ENTER), (0, Act.LEAVE)),
        equipment=sensor,
    )
    reception = Scene(shows="booked", booking=(5, 12), equipment=Equipment.CALENDAR)

    async with staged(simulator, [visit, reception]) as stage:
        stage.play(home)
        await reach(lambda: len(home.presence) == 2)

    assert home.presence == [(sensor, True), (sensor, False)]
    assert [end - start for start, end in home.events] == [7 * 60] * 2
