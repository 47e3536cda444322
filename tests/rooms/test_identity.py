"""Test which MAC addresses and serial numbers identify a device."""

import pytest

from custom_components.meeting_rooms.rooms.identity import IdentityIndex, is_filler

MAC = "a1:ee:27:c1:8a:1a"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "6",
        "A1",
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "FF-FF-FF-FF-FF-FF",
        "02:00:00:00:00:00",
        "0000000000",
        "xxxxxx",
        "unknown",
        "N/A",
        "Default string",
        "To Be Filled By O.E.M.",
        "0123456789ABCDEF",
    ],
)
def test_a_filler_identifies_nothing(value: str) -> None:
    """Many devices report the same filler."""
    assert is_filler(value)


@pytest.mark.parametrize("value", [MAC, "SN4711", "100", "02:00:00:00:00:01"])
def test_other_values_identify_a_device(value: str) -> None:
    """Short values identify a device too."""
    assert not is_filler(value)


def test_a_value_of_one_device_identifies_it() -> None:
    """Both the MAC address and the serial number identify the device."""
    index = IdentityIndex()
    assert index.update("a", (MAC, "SN1")) == set()
    assert index.identifies(MAC)
    assert index.identifies("SN1")
    assert not index.identifies("SN2")
    assert not index.identifies(None)


def test_a_value_of_two_devices_identifies_neither() -> None:
    """The other device is returned, because it must be updated too."""
    index = IdentityIndex()
    index.update("a", (MAC, "SN1"))
    assert index.update("b", (MAC, "SN2")) == {"a"}
    assert not index.identifies(MAC)
    assert index.identifies("SN1")
    assert index.identifies("SN2")


def test_a_device_that_gets_another_value_no_longer_shares_it() -> None:
    """The value then identifies the device that still has it."""
    index = IdentityIndex()
    index.update("a", (MAC, None))
    index.update("b", (MAC, None))
    assert index.update("b", ()) == {"a"}
    assert index.identifies(MAC)


def test_a_device_with_one_value_twice_does_not_share_it() -> None:
    """A vendor may report the MAC address as the serial number."""
    index = IdentityIndex()
    assert index.update("a", (MAC, MAC)) == set()
    assert index.identifies(MAC)


def test_fillers_are_not_shared() -> None:
    """A filler does not require an update of other devices."""
    index = IdentityIndex()
    index.update("a", ("02:00:00:00:00:00", "unknown"))
    assert index.update("b", ("02:00:00:00:00:00", "unknown")) == set()
    assert not index.identifies("unknown")
