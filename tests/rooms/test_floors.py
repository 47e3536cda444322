"""Test the levels of floors by their names."""

import pytest

from custom_components.meeting_rooms.rooms.floors import level_of


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("3F", 3),
        ("3f", 3),
        ("３Ｆ", 3),
        ("F3", 3),
        ("L12", 12),
        ("3/F", 3),
        (" 3 楼 ", 3),
        ("第3层", 3),
        ("3樓", 3),
        ("14", 14),
        ("Level 2", 2),
        ("Floor 2", 2),
        ("3rd floor", 3),
        ("Third Floor", 3),
        ("tenth floor", 10),
        ("Floor three", 3),
        ("level ten", 10),
        ("0F", 0),
        ("三层", 3),
        ("十楼", 10),
        ("十二层", 12),
        ("二十层", 20),
        ("第二十三层", 23),
        ("B1", -1),
        ("B2F", -2),
        ("-1F", -1),
        ("-1", -1),
        ("负一楼", -1),
        ("负2层", -2),
        ("地下一层", -1),
    ],
)
def test_a_clear_name_states_the_level(name: str, level: int) -> None:
    """The first floor above the ground is 1, and the first one below is -1."""
    assert level_of(name) == level


@pytest.mark.parametrize(
    "name",
    ["", "大堂", "夹层", "3-4F", "3A", "十十", "一二", "A座 3F", "12A层", "G", "三千"],
)
def test_any_other_name_states_no_level(name: str) -> None:
    """A wrong level would sort the floors wrongly."""
    assert level_of(name) is None
