"""Test which places contain the words that people write or say."""

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.rooms.place_words import PlaceWords
from custom_components.meeting_rooms.rooms.places import Location

XIAN = Location("西安", "锦业路大厦", "3")
SOHO = Location("北京", "望京 SOHO", "22F")
CELLAR = Location("上海", "陆家嘴办公楼", "B1")
TOWER = Location("Shanghai", "Tower A", "Third Floor")
NUMBERED = Location("成都", "2 号楼", "12")
EAST = Location("杭州", "东区", "-2")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("西安", XIAN),
        ("西安市", XIAN),
        ("锦业路", XIAN),
        ("锦业路大厦", XIAN),
        ("西安锦业路大厦3楼", XIAN),
        ("西安市锦业路三层", XIAN),
        ("西安-锦业路大厦-3", XIAN),
        ("3楼，西安", XIAN),
        ("3", XIAN),
        ("3F", XIAN),
        ("３Ｆ", XIAN),
        ("3f", XIAN),
        ("3 楼", XIAN),
        ("三楼", XIAN),
        ("第三层", XIAN),
        ("third floor", XIAN),
        ("3rd floor", XIAN),
        ("Level 3", XIAN),
        ("望京soho", SOHO),
        ("soho 望京", SOHO),
        ("SOHO 22", SOHO),
        ("北京望京SOHO二十二楼", SOHO),
        ("b1", CELLAR),
        ("地下一层", CELLAR),
        ("负一楼", CELLAR),
        ("-1", CELLAR),
        ("上海 -1", CELLAR),
        ("上海B1层", CELLAR),
        ("B座1楼", Location("上海", "B座", "1F")),
        ("b1", Location("上海", "园区 B1 栋", "3F")),
        ("陆家嘴负1楼", CELLAR),
        ("tower a", TOWER),
        ("a tower", TOWER),
        ("shang", TOWER),
        ("Tower A third floor", TOWER),
        ("the third floor of Tower A", TOWER),
        ("in Tower A on floor three", TOWER),
        ("在西安锦业路大厦的3楼", XIAN),
        ("TOWERA 3", Location("Shanghai", "TowerA", "3")),
        ("三楼", TOWER),
        ("2号楼", NUMBERED),
        ("2 号楼 12", NUMBERED),
        ("2号楼12楼", NUMBERED),
        ("东区", EAST),
        ("地下二层", EAST),
        ("", XIAN),
        ("，", XIAN),
    ],
)
def test_a_place_contains_the_words(text: str, place: Location) -> None:
    """Case, width, spaces and the ways to write a floor make no difference."""
    assert PlaceWords(text).match(place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("北京", XIAN),
        ("西安 北京", XIAN),
        ("西安5楼", XIAN),
        ("13", XIAN),
        ("33F", XIAN),
        ("B3", XIAN),
        ("西", XIAN),
        ("西京", XIAN),
        ("楼", NUMBERED),
        ("2", SOHO),
        ("2楼", NUMBERED),
        ("2F", NUMBERED),
        ("1", CELLAR),
        ("一楼", CELLAR),
        ("b", CELLAR),
        ("-1", XIAN),
        ("b2", Location("成都", "2 号楼", "B1")),
        ("tower b", TOWER),
        ("owe", TOWER),
        ("sh", TOWER),
        ("2", EAST),
        ("3", Location()),
        ("西安", Location()),
        ("市", Location("西安", None, None)),
        ("B1", Location("上海", "Tower B", "1F")),
        ("上海b1层", Location("上海", "B座", "1")),
        ("the tower", XIAN),
        ("西安的5楼", XIAN),
        ("the", TOWER),
        ("of the", XIAN),
        ("在", XIAN),
    ],
)
def test_another_place_does_not_contain_the_words(text: str, place: Location) -> None:
    """Every word must match, and a number only completely."""
    assert not PlaceWords(text).match(place)


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("executive floor", "Executive Floor"),
        ("2楼", "二楼"),
        ("西安 3楼", "锦业路大厦 · 3F"),
    ],
)
def test_the_floor_of_home_assistant_counts(text: str, floor: str) -> None:
    """The vendor may not report the floor."""
    place = Location("西安", None, None)
    assert not PlaceWords(text).match(place)
    assert PlaceWords(text).match(place, [floor])


def test_the_building_in_the_name_of_a_floor_is_apart_from_its_number() -> None:
    """The "1" of a floor "B1" is not the first floor."""
    assert PlaceWords("b1").match(Location(), ["Tower · B1"])
    assert not PlaceWords("1").match(Location(), ["Tower · B1"])


PARTS = st.sampled_from(["西安", "锦业路大厦", "望京 SOHO", "Tower A", "2 号楼"])
PLACES = st.builds(
    Location, PARTS, PARTS, st.sampled_from(["3", "22F", "B1", "12楼", "东翼"])
)


@given(PLACES, st.permutations(range(3)), st.sampled_from([" ", "，", ", ", " · "]))
def test_a_place_contains_its_own_parts(
    place: Location, order: list[int], separator: str
) -> None:
    """In any order."""
    parts = [str(place[index]) for index in order]
    assert PlaceWords(separator.join(parts)).match(place)


@given(PLACES, st.permutations(range(3)), st.sampled_from(["火星", "Mars", "99"]))
def test_one_other_word_is_enough_to_not_match(
    place: Location, order: list[int], word: str
) -> None:
    """Every word narrows the question."""
    parts = [*place, word]
    text = " ".join(str(parts[index]) for index in [3, *order])
    assert not PlaceWords(text).match(place)
