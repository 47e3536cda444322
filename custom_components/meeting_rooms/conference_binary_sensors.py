"""What the binary sensors of conferences show."""

from collections.abc import Callable
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from .api.booking import BookingSettings
from .api.conference import Conference
from .descriptions import SubjectBinarySensorDescription

type _BinarySensor = SubjectBinarySensorDescription[Conference]


def _detail(key: str, value_fn: Callable[[Conference], bool | None]) -> _BinarySensor:
    """Return a detail that few need."""
    return SubjectBinarySensorDescription(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=value_fn,
    )


def _setting(
    key: str, value_fn: Callable[[BookingSettings], bool | None]
) -> _BinarySensor:
    """Return a setting of the booking."""
    return _detail(key, lambda conference: value_fn(conference.booking.settings))


CONFERENCE_BINARY_SENSORS: Final[tuple[_BinarySensor, ...]] = (
    SubjectBinarySensorDescription(
        key="in_progress",
        device_class=BinarySensorDeviceClass.RUNNING,
        value_fn=lambda conference: conference.in_progress,
    ),
    SubjectBinarySensorDescription(
        key="recording",
        value_fn=lambda conference: conference.latest_run.recording,
    ),
    _detail("on_site", lambda conference: conference.on_site),
    _detail("secure", lambda conference: conference.latest_run.secure),
    _detail("login_required", lambda conference: conference.booking.login_required),
    _detail("tags_offered", lambda conference: conference.booking.tags_offered),
    _setting("watchword_required", lambda settings: settings.watchword_required),
    _setting("h323", lambda settings: settings.h323),
    _setting("live", lambda settings: settings.live),
    _setting("rebroadcast", lambda settings: settings.rebroadcast),
    _setting("test", lambda settings: settings.test),
    _setting("hub", lambda settings: settings.hub),
    _setting("extended", lambda settings: settings.extended),
    _setting("same_password", lambda settings: settings.same_password),
    _setting("access_numbers_shown", lambda settings: settings.access_numbers_shown),
    _setting("web_link_shown", lambda settings: settings.web_link_shown),
)
