"""Build the vendor-neutral conference from the responses of Quanshi's APIs."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, Final

from ..models.conference import Conference, ConferenceStatus
from ..wire import WireModel
from .booking import QuanshiBookedRoom, QuanshiBooking, QuanshiRoomDevice
from .live import QuanshiLiveState, QuanshiRun

_CONFIRMED, _ACCEPTED, _DECLINED = "W", "A", "R"
_EXTERNAL, _BY_PHONE = 2, 3
_HOST, _CO_HOST = 1, 2
_MAIN_ROOM: Final = 1
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
    kind_of_role = {role.role_id: role.kind for role in roles if role.role_id}
    role_kinds = [kind_of_role.get(each.role_id or "") for each in booking.attendees]
    return Conference(
        event_id=event_id,
        **_shared_fields(booking, run),
        status=_status(booking, state, run),
        held_rooms=frozenset(room.device_id for room in held if room.device_id),
        room_names=_labels((room, room.place) for room in held),
        main_room=_join(
            dict.fromkeys(room.name for room in held if room.venue == _MAIN_ROOM)
        ),
        equipment=len(booking.equipment_list),
        room_devices=_device_names(held, booking.equipment_list),
        roles=_join(role.name for role in roles),
        host_roles=_join(role.name for role in roles if role.kind == _HOST),
        co_host_roles=_join(role.name for role in roles if role.kind == _CO_HOST),
        invited_confirmed=_count(booking, replies, _CONFIRMED),
        invited_accepted=_count(booking, replies, _ACCEPTED),
        invited_declined=_count(booking, replies, _DECLINED),
        invited_external=_count(booking, kinds, _EXTERNAL),
        invited_by_phone=_count(booking, kinds, _BY_PHONE),
        invited_hosts=_count(booking, role_kinds, _HOST, _CO_HOST),
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


def _count[T](
    booking: QuanshiBooking, values: Iterable[T | None], *wanted: T
) -> int | None:
    """Return how many attendees have a wanted value; None where no value is known."""
    known = [value for value in values if value is not None]
    if not known:
        return 0 if booking.invited == 0 else None
    return sum(value in wanted for value in known)


def _device_names(
    rooms: Sequence[QuanshiBookedRoom], equipment: Iterable[QuanshiBookedRoom]
) -> str | None:
    """Return the name and room of each approved device, once even if both lists contain it."""
    names = {room.device_id: room.name for room in rooms if room.name}
    of_rooms = [
        (device, room.name or room.place) for room in rooms for device in room.devices
    ]
    others = [
        (device, names.get(device.parent_id) or device.place)
        for device in equipment
        if device.approved
    ]
    return _labels([*of_rooms, *others])


def _labels(placed: Iterable[tuple[QuanshiRoomDevice, str | None]]) -> str | None:
    """Return the names of different rooms or devices, each with its place if that is known."""
    labels: dict[str, str] = {}
    for device, place in placed:
        if device.name:
            label = f"{device.name} ({place})" if place else device.name
            labels.setdefault(device.device_id or label, label)
    return _join(dict.fromkeys(labels.values()))


def _join(parts: Iterable[str | None]) -> str | None:
    """Return the known parts as one text."""
    return ", ".join(part for part in parts if part) or None
