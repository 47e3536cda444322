"""Tests of what users see: a real Home Assistant, simulated vendors and a browser."""

import pytest

pytest.register_assert_rewrite("tests.browser.dialog", "tests.browser.visits")
