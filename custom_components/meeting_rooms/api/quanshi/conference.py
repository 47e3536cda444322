"""Build the vendor-neutral conference from what Quanshi's APIs return."""

from dataclasses import fields
from typing import Any, Final

from ..models.conference import Conference, ConferenceStatus
from ..wire import WireModel
from .attendees import (
    ACCEPTED,
    BY_PHONE,
    CO_HOST,
    CONFIRMED,
    DECLINED,
    EXTERNAL,
    HOST,
    count_hosts,
    count_of,
)
from .booked_rooms import device_names, join, main_room, room_names
from .booking import QuanshiBooking
from .live import QuanshiLiveState, QuanshiRun

_FIELDS: Final = frozenset(field.name for field in fields(Conference)) - {"event_id"}


def build_conference(
    event_id: str,
    booking: QuanshiBooking,
    state: QuanshiLiveState | None = None,
    run: QuanshiRun | None = None,
) -> Conference:
    """Return the conference of a booking, its live state and its latest run."""
    held, roles = booking.held, booking.template_roles
    replies = [attendee.reply for attendee in booking.attendees]
    kinds = [attendee.kind for attendee in booking.attendees]

    def invited(number: int | None) -> int | None:
        """Return a number of attendees; 0 where the list of attendees is empty."""
        return 0 if booking.invited == 0 else number

    return Conference(
        event_id=event_id,
        **_shared_fields(booking, run),
        status=_status(booking, state, run),
        held_rooms=frozenset(room.device_id for room in held if room.device_id),
        room_names=room_names(held),
        main_room=main_room(held),
        equipment=len(booking.equipment_list),
        room_devices=device_names(held, booking.equipment_list),
        roles=join(role.name for role in roles),
        host_roles=join(role.name for role in roles if role.kind == HOST),
        co_host_roles=join(role.name for role in roles if role.kind == CO_HOST),
        invited_confirmed=invited(count_of(replies, CONFIRMED)),
        invited_accepted=invited(count_of(replies, ACCEPTED)),
        invited_declined=invited(count_of(replies, DECLINED)),
        invited_external=invited(count_of(kinds, EXTERNAL)),
        invited_by_phone=invited(count_of(kinds, BY_PHONE)),
        invited_hosts=invited(count_hosts(booking.attendees, roles)),
    )


def _shared_fields(*sources: WireModel | None) -> dict[str, Any]:
    """Return the known values of fields that a conference has too; the first source wins."""
    values: dict[str, Any] = {}
    for source in sources:
        for name in _FIELDS - values.keys():
            if (value := getattr(source, name, None)) is not None:
                values[name] = value
    return values


def _status(
    booking: QuanshiBooking, state: QuanshiLiveState | None, run: QuanshiRun | None
) -> ConferenceStatus | None:
    """Return the status; a cancelled booking stays cancelled.

    The booking's own status is used only where there is no live state, because it never says
    that a conference is running.
    """
    if booking.booking_status is ConferenceStatus.CANCELLED:
        return ConferenceStatus.CANCELLED
    run_status = None if run is None else run.run_status
    if state is None or state.does_not_exist:
        return run_status or booking.booking_status
    return state.status or run_status
