"""Test which names a person means."""

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.rooms.spoken_names import meant_names, normalized

NAMES = {"yellowcrane", "岳阳楼", "岳阳楼2", "room1", "room12", "21号", ""}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Yellow  CRANE", {"yellowcrane"}),
        ("Ｙｅｌｌｏｗ", {"yellowcrane"}),
        ("please yellow crane", {"yellowcrane"}),
        ("岳阳楼", {"岳阳楼"}),
        ("岳阳", {"岳阳楼", "岳阳楼2"}),
        ("岳阳楼2号", {"岳阳楼2"}),
        ("岳阳楼3", {"岳阳楼"}),
        ("room", {"room1", "room12"}),
        ("room 1", {"room1"}),
        ("my room 12", {"room12"}),
        ("room 123", set()),
        ("1号", set()),
        ("121号", set()),
        ("aquarium", set()),
    ],
)
def test_the_exact_name_is_preferred_to_longer_and_shorter_ones(
    said: str, names: set[str]
) -> None:
    """No number is cut."""
    assert meant_names(said, NAMES) == names


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_number_is_only_itself(said: int, other: int) -> None:
    """However many digits they share."""
    found = meant_names(f"room {said} please", {f"room{other}"})
    assert bool(found) is (said == other)


@given(st.text(min_size=1))
def test_each_name_means_itself(name: str) -> None:
    """Whatever characters it has."""
    assert meant_names(name, {normalized(name)}) == {normalized(name)}
