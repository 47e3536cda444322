"""Test that secrets and identities are redacted, and nothing else."""

import cProfile
import pstats
from typing import Any

import pytest

from custom_components.meeting_rooms.redaction import Redactor
from homeassistant.components.diagnostics import REDACTED

SECRET = "ab+cd/ef=="
MAC = "a1:ee:27:c1:8a:1a"


def redacted(found: Any, **values: list[str]) -> Any:
    """Return a redacted structure."""
    defaults: dict[str, list[str]] = {
        "keys": [],
        "secrets": [],
        "persons": [],
        "serial_numbers": [],
    }
    return Redactor(**defaults | values).redact(found)


def test_values_under_a_key_are_redacted() -> None:
    """The key may be at any depth; a missing value is kept as None."""
    found = {"rooms": [{"ip": "10.0.0.1", "up": True}, {"ip": None}, {"ip": ""}]}
    assert redacted(found, keys=["ip"]) == {
        "rooms": [{"ip": REDACTED, "up": True}, {"ip": None}, {"ip": ""}]
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (SECRET, REDACTED),
        (f"长安{SECRET}x", f"长安{REDACTED}x"),
        ("ab", "ab"),
        ("长安", "长安"),
    ],
)
def test_a_secret_is_redacted_in_any_text(text: str, shown: str) -> None:
    """The keys of a mapping are redacted too."""
    assert redacted({text: [text]}, secrets=[SECRET]) == {shown: [shown]}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10086", REDACTED),
        ("user_10086", f"user_{REDACTED}"),
        ("用户10086的会议室", f"用户{REDACTED}的会议室"),
        ("100861", "100861"),
        ("a10086", "a10086"),
    ],
)
def test_the_id_of_a_person_is_redacted_as_a_whole_word(text: str, shown: str) -> None:
    """A longer number that contains the id is kept."""
    assert redacted(text, persons=["10086"]) == shown


@pytest.mark.parametrize("value", ["", "6", "60"])
def test_a_short_value_is_kept(value: str) -> None:
    """Short values are parts of many others and identify nothing."""
    found = ["100006", "6", "60", "10.0.6.60", 6]
    assert redacted(found, secrets=[value], persons=[value]) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SN-4711", REDACTED),
        ("长安SN-4711", f"长安{REDACTED}"),
        ("SN-47110", "SN-47110"),
        ("AB 12/3", REDACTED),
        ("unknown", "unknown"),
    ],
)
def test_a_serial_number_is_redacted_as_a_whole_word(text: str, shown: str) -> None:
    """A filler is kept."""
    serial_numbers = ["SN-4711", "AB 12/3", "unknown"]
    assert redacted(text, serial_numbers=serial_numbers) == shown


@pytest.mark.parametrize("text", [MAC, MAC.upper(), MAC.replace(":", "-")])
def test_every_mac_address_is_redacted(text: str) -> None:
    """The text may contain the address anywhere."""
    assert redacted(f"面板{text}") == f"面板{REDACTED}"


def test_other_values_are_kept() -> None:
    """Sequences become lists, as in JSON."""
    found = {"a": (1, 2.5, None, True), "b": {"12:30:45"}}
    assert redacted(found) == {"a": [1, 2.5, None, True], "b": ["12:30:45"]}


def function_calls(rooms: int) -> int:
    """Return the number of function calls to redact an account with some rooms."""
    found = {
        str(room): {"serial_number": f"SN{room}", "name": f"Room {room}", "mac": MAC}
        for room in range(rooms)
    }
    serial_numbers = [f"SN{room}" for room in range(rooms)]
    with cProfile.Profile() as profile:
        redacted(found, keys=["serial_number"], serial_numbers=serial_numbers)
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return calls


def test_the_work_grows_linearly_with_the_rooms() -> None:
    """Each text is searched once, for all values together."""
    assert function_calls(800) < 9 * function_calls(100)
