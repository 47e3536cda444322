"""Names that more than one module of the integration uses."""

from datetime import timedelta
import logging
from typing import Final

DOMAIN: Final = "meeting_rooms"
LOGGER: Final = logging.getLogger(__package__)

CONF_VENDOR: Final = "vendor"
CONF_BASE_URL: Final = "base_url"
CONF_ALL_ROOMS: Final = "all_rooms"
CONF_ROOMS: Final = "rooms"
CONF_PLACES: Final = "places"
CONF_AREAS: Final = "areas"
CONF_BUDGET_SHARE: Final = "budget_share"
CONF_TITLES: Final = "titles"
CONF_SOON_MINUTES: Final = "soon_minutes"
CONF_READY_MINUTES: Final = "ready_minutes"
CONF_NO_SHOW_MINUTES: Final = "no_show_minutes"
CONF_NO_SHOW_EXEMPT_HOURS: Final = "no_show_exempt_hours"
CONF_AREA_PRESENCE: Final = "area_presence"
CONF_OFFICE_HOURS: Final = "office_hours"
CONF_ORGANIZER: Final = "organizer"
CONF_BOOKING_ROOMS: Final = "booking_rooms"
CONF_ROOM: Final = "room"
CONF_ROOM_SETTINGS: Final = "room_settings"
CONF_CALENDAR: Final = "calendar"
CONF_PRESENCE: Final = "presence"
CONF_BOOKING_ROOM: Final = "booking_room"
CONF_EVENT_ID: Final = "event_id"
CONF_PCODE: Final = "pcode"
CONF_TEMP_CONFERENCE_ID: Final = "temp_conference_id"
SUBENTRY_CONFERENCE: Final = "conference"
SUBENTRY_WEBHOOK: Final = "webhook"

DETAILS_INTERVAL: Final = timedelta(minutes=5)
"""The interval between background updates of details and lists."""

FULL_BUDGET: Final = 100
"""The default share of an account's request budget for one Home Assistant, in percent."""

UNKNOWN_AFTER: Final = 3
"""Updates in a row without a value, after which the last value is unknown."""
