"""Define the names of the vendors and the statuses of a room."""

from enum import IntEnum, StrEnum


class VendorName(StrEnum):
    """List the vendors under the names that the integration uses."""

    TENCENT_MEETING = "tencent_meeting"
    WECOM = "wecom"
    QUANSHI = "quanshi"


class RoomStatus(IntEnum):
    """List the room statuses with the numbers that Tencent Meeting and WeCom use."""

    NOT_ACTIVATED = 0
    NOT_BOUND = 1
    IDLE = 2
    IN_USE = 3
    OFFLINE = 4
    NOT_LOGGED_IN = 5

    @property
    def label(self) -> str:
        """Return the status as the state of a Home Assistant entity."""
        return self.name.lower()
