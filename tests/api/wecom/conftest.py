"""Fixtures of WeCom's tests."""

import pytest

from ..scripted import ScriptedVendor
from .requests import GETTOKEN, issued


@pytest.fixture
def vendor(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor that issues the tokens T1, T2 and so on."""
    vendor.reply(GETTOKEN, lambda _: issued(f"T{len(vendor.of(GETTOKEN))}", 7200))
    return vendor
