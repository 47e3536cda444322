"""The live state of a booking at Quanshi, and one run of its conference.

Passwords and the host's phone number, mail and IP address have no field here.
"""

from dataclasses import dataclass
from datetime import datetime

from .. import values
from ..models.conference import ConferenceStatus
from ..values import wire_field
from ..wire import WireModel


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiLiveState(WireModel):
    """The live state of a booking. Source: /confopenapi/conference/getStatus."""

    event_id: str | None = wire_field("eventId", values.identifier)
    code: int | None = wire_field("status", values.integer)
    status: ConferenceStatus | None = wire_field(
        "status",
        values.enum_by_code(
            {
                1: ConferenceStatus.CREATED,
                2: ConferenceStatus.IN_PROGRESS,
                4: ConferenceStatus.ENDED,
                5: ConferenceStatus.EXPIRED,
            }
        ),
    )
    run_id: str | None = wire_field("tempConferenceId", values.identifier)

    @property
    def does_not_exist(self) -> bool:
        """Return whether the vendor reports that there is no such booking."""
        return self.code == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRun(WireModel):
    """One run of a conference; `duration` is in seconds, times are Unix seconds or milliseconds.

    A field that a `Conference` has too has its name.
    Source: /confopenapi/admin/dashboard/conference/info.
    """

    run_id: str | None = wire_field("tempConferenceId", values.identifier)
    event_id: str | None = wire_field("eventId", values.identifier)
    run_status: ConferenceStatus | None = wire_field(
        "status",
        values.enum_by_code(
            {2: ConferenceStatus.IN_PROGRESS, 4: ConferenceStatus.ENDED}
        ),
    )
    host: str | None = wire_field("hostName", values.text)
    host_id: str | None = wire_field("hostId", values.text)
    host_organization: str | None = wire_field("hostOrgId", values.text)
    host_location: str | None = wire_field("hostLocation", values.text)
    billing_code: str | None = wire_field("billingCode", values.text)
    customer_code: str | None = wire_field("customerCode", values.text)
    started_at: datetime | None = wire_field("startTime", values.unix_time)
    ended_at: datetime | None = wire_field("stopTime", values.unix_time)
    duration: int | None = wire_field("confDuration", values.count)
    secure: bool | None = wire_field("isSecureConf", values.flag)
    recording: bool | None = wire_field("isRecord", values.flag)
    data_center: str | None = wire_field("dataCenter", values.text)
    participants: int | None = wire_field("attendeeCnt", values.count)
    voip: int | None = wire_field("voipCnt", values.count)
    phone: int | None = wire_field("pstnCnt", values.count)
    video: int | None = wire_field("videoCnt", values.count)
    screen_shares: int | None = wire_field("desktopCnt", values.count)
    hardware_video: int | None = wire_field("mcuCnt", values.count)
    room_boxes: int | None = wire_field("boxCnt", values.count)
    raw_participants: int | None = wire_field("rawAttendeeCnt", values.count)
    raw_phone: int | None = wire_field("rawPstnCnt", values.count)

    def belongs_to(self, event_id: str) -> bool:
        """Return whether this can be a run of a booking; the event id may be missing."""
        return self.event_id in {None, event_id}
