"""Find in Home Assistant's log what our integration must answer for."""

import re

RECORD_START = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", re.MULTILINE)
# The project's own folder may have this name too, and stands in every traceback.
OURS = re.compile(r"(?<!/)meeting_rooms|custom_components/meeting_rooms")
GRAVE = re.compile(r"\A\S+ \S+ (ERROR|CRITICAL) |^Traceback ", re.MULTILINE)


def complaints(log: str) -> list[str]:
    """Return the errors and tracebacks that name our integration."""
    return [
        record.strip()
        for record in RECORD_START.split(log)
        if OURS.search(record) and GRAVE.search(record)
    ]
