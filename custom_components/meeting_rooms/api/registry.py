"""The registry of vendors: one line for each."""

from collections.abc import Mapping
from typing import Final

from .quanshi.vendor import VENDOR as QUANSHI
from .tencent_meeting.vendor import VENDOR as TENCENT_MEETING
from .vendor import Vendor
from .wecom.vendor import VENDOR as WECOM

VENDORS: Final[Mapping[str, Vendor]] = {
    vendor.key: vendor for vendor in (TENCENT_MEETING, WECOM, QUANSHI)
}
