"""A conference, whichever vendor holds it.

Passwords, join links and the host's phone number, mail and IP address have no field here.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConferenceStatus(StrEnum):
    """The state of a conference."""

    CREATED = "created"
    IN_PROGRESS = "in_progress"
    ENDED = "ended"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Recurrence(StrEnum):
    """Whether a conference is a single one or one of a series."""

    SINGLE = "single"
    RECURRING = "recurring"


class ConferenceMode(StrEnum):
    """The kind of media that a conference carries."""

    VIDEO = "video"
    DATA = "data"


class NodeType(StrEnum):
    """The kind of server node that hosts a conference."""

    CONFIDENTIAL = "confidential"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """A booked conference, with the values of its latest run; None where a value is unknown."""

    event_id: str
    """The id of the booking."""
    conference_id: str | None = None
    run_id: str | None = None
    title: str | None = None
    """None also where the vendor hides the title."""
    status: ConferenceStatus | None = None

    start: datetime | None = None
    """The booked start; `started_at` is when the run began."""
    end: datetime | None = None
    booked_duration: int | None = None
    """Minutes."""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    duration: int | None = None
    """Seconds that the run has lasted."""
    created_at: datetime | None = None
    modified_at: datetime | None = None
    time_zone: str | None = None
    recurrence: Recurrence | None = None

    host: str | None = None
    host_id: str | None = None
    host_organization: str | None = None
    host_location: str | None = None

    held_rooms: frozenset[str] = frozenset()
    """The ids of the rooms that are booked and approved."""
    room_names: str | None = None
    main_room: str | None = None
    equipment: int | None = None
    room_devices: str | None = None

    participants: int | None = None
    raw_participants: int | None = None
    voip: int | None = None
    phone: int | None = None
    raw_phone: int | None = None
    video: int | None = None
    screen_shares: int | None = None
    hardware_video: int | None = None
    room_boxes: int | None = None

    invited: int | None = None
    invited_confirmed: int | None = None
    invited_accepted: int | None = None
    invited_declined: int | None = None
    invited_external: int | None = None
    invited_by_phone: int | None = None
    invited_hosts: int | None = None
    roles: str | None = None
    host_roles: str | None = None
    co_host_roles: str | None = None

    mode: ConferenceMode | None = None
    node_type: NodeType | None = None
    data_center: str | None = None
    encryption: int | None = None
    h323_addresses: str | None = None
    tags: str | None = None
    labels: str | None = None
    billing_code: str | None = None
    customer_code: str | None = None
    template_id: str | None = None
    created_by: int | None = None

    recording: bool | None = None
    secure: bool | None = None
    on_site: bool | None = None
    login_required: bool | None = None
    tags_offered: bool | None = None
    watchword_required: bool | None = None
    h323: bool | None = None
    live: bool | None = None
    rebroadcast: bool | None = None
    test: bool | None = None
    hub: bool | None = None
    extended: bool | None = None
    same_password: bool | None = None
    access_numbers_shown: bool | None = None
    web_link_shown: bool | None = None

    @property
    def in_progress(self) -> bool | None:
        """Return whether the conference is running."""
        return (
            None if self.status is None else self.status is ConferenceStatus.IN_PROGRESS
        )
