"""Test which conference is the current one."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.meeting_rooms.api.models.conference import (
    Conference,
    ConferenceStatus,
)
from custom_components.meeting_rooms.rooms.current_conference import current_conference

NOW = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)
CREATED = ConferenceStatus.CREATED
RUNNING = ConferenceStatus.IN_PROGRESS
END = NOW + timedelta(hours=30)


def conference(
    event_id: str,
    status: ConferenceStatus | None,
    start: float,
    hours: float | None = 1,
    began: float | None = None,
) -> Conference:
    """Return a conference that is booked, and may have begun, some hours from now."""
    return Conference(
        event_id=event_id,
        status=status,
        start=NOW + timedelta(hours=start),
        end=None if hours is None else NOW + timedelta(hours=start + hours),
        started_at=None if began is None else NOW + timedelta(hours=began),
    )


def chosen(*conferences: Conference) -> str | None:
    """Return the event id of the current conference, in either order of the conferences."""
    found = [
        current_conference(each, NOW, END) for each in (conferences, conferences[::-1])
    ]
    assert found[0] is found[1]
    return None if found[0] is None else found[0].event_id


def test_the_running_conference_is_the_current_one() -> None:
    """It may have been booked for a later or an earlier time than the next one."""
    coming = conference("next", CREATED, 0.5)
    assert chosen(coming, conference("a", RUNNING, 2)) == "a"
    assert chosen(coming, conference("a", RUNNING, -40)) == "a"


def test_of_several_the_one_that_began_last_counts() -> None:
    """The booked start counts where the true one is unknown."""
    early = conference("early", RUNNING, -1, began=-0.2)
    late = conference("late", RUNNING, -3, began=-0.1)
    assert chosen(early, late) == "late"
    assert chosen(early, conference("booked", RUNNING, -0.1)) == "booked"


def test_a_running_conference_may_have_no_times() -> None:
    """Its live state is known."""
    assert chosen(Conference(event_id="a", status=RUNNING)) == "a"


def test_otherwise_the_next_one_is_the_current_one() -> None:
    """The next one begins first."""
    assert chosen(conference("b", CREATED, 3), conference("a", CREATED, 2)) == "a"


@pytest.mark.parametrize("status", [CREATED, None])
def test_a_conference_that_has_not_begun_is_the_next_one_until_its_end(
    status: ConferenceStatus | None,
) -> None:
    """The participants may be late."""
    assert chosen(conference("a", status, -0.5), conference("b", CREATED, 0.1)) == "a"
    assert chosen(conference("a", status, -1), conference("b", CREATED, 0.1)) == "b"
    assert chosen(conference("a", status, 0, None)) is None


@pytest.mark.parametrize(
    "status",
    [ConferenceStatus.ENDED, ConferenceStatus.CANCELLED, ConferenceStatus.EXPIRED],
)
def test_a_conference_that_is_not_held_is_not_the_current_one(
    status: ConferenceStatus,
) -> None:
    """Neither now nor later."""
    assert chosen(conference("a", status, -0.5), conference("b", status, 1)) is None


def test_a_conference_after_the_window_is_not_the_current_one() -> None:
    """The user may have added it."""
    assert chosen(conference("a", CREATED, 29.9)) == "a"
    assert chosen(conference("a", CREATED, 30)) is None
    assert chosen() is None
    assert chosen(Conference(event_id="a", status=CREATED)) is None
