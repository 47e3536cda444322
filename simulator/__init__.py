"""Simulate the APIs of Tencent Meeting, WeCom and Quanshi at one loopback address."""

import sys

# The other modules use syntax of Python 3.14, so an older one has to stop here.
if sys.version_info < (3, 14):  # noqa: UP036
    raise SystemExit(
        "The simulator needs Python 3.14 or newer; this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})."
    )

from .accounts import Accounts, QuanshiAccount, TencentMeetingAccount, WecomAccount
from .company.booked_day import RoomBookingStatus
from .company.booking import Approval, BookingStatus, LiveStatus
from .company.company import Company
from .company.room_bookings import RoomBooking
from .enums import RoomStatus, VendorName
from .faults import Fault, FaultKind
from .server import Simulator
from .vendors.quanshi.result_forms import ResultForm

__all__ = [
    "Accounts",
    "Approval",
    "BookingStatus",
    "Company",
    "Fault",
    "FaultKind",
    "LiveStatus",
    "QuanshiAccount",
    "ResultForm",
    "RoomBooking",
    "RoomBookingStatus",
    "RoomStatus",
    "Simulator",
    "TencentMeetingAccount",
    "VendorName",
    "WecomAccount",
]
