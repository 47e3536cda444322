"""Find the errors of this integration in Home Assistant's log."""

import re

RECORD_START = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", re.MULTILINE)
# The folder of the checkout may have the same name and appears in every traceback.
OURS = re.compile(r"(?<!/)meeting_rooms|custom_components/meeting_rooms")
ERROR = re.compile(r"\A\S+ \S+ (ERROR|CRITICAL) |^Traceback ", re.MULTILINE)


def log_errors(log: str) -> list[str]:
    """Return the errors and tracebacks that name this integration."""
    return [
        record.strip()
        for record in RECORD_START.split(log)
        if OURS.search(record) and ERROR.search(record)
    ]
