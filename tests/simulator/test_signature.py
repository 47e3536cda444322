"""Compare the simulator's signatures with the vendor's."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.vendors.tencent_meeting.signature import signature, string_to_sign

FIXTURE = Path(__file__).parent.parent / "fixtures" / "tencent_signature.json"
PUBLISHED: dict[str, Any] = json.loads(FIXTURE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "vector", PUBLISHED["vectors"], ids=lambda vector: vector["uri"][:40]
)
def test_signatures_equal_those_of_the_vendors_client(vector: dict[str, str]) -> None:
    """The same input gives the same text to sign and the same signature."""
    text = string_to_sign(
        vector["method"],
        vector["uri"],
        vector["body"],
        secret_id=PUBLISHED["secret_id"],
        nonce=PUBLISHED["nonce"],
        timestamp=PUBLISHED["timestamp"],
    )
    assert text == vector["string_to_sign"]
    assert signature(PUBLISHED["secret_key"], text) == vector["signature"]
