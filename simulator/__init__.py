"""Play Tencent Meeting, WeCom and Quanshi on one loopback address, strictly."""

from .accounts import Accounts, QuanshiAccount, TencentMeetingAccount, WecomAccount
from .company.booking import Approval, BookingStatus, LiveStatus
from .estate import Estate
from .faults import Fault, FaultKind
from .server import Simulator
from .vendor import RoomStatus, VendorName
from .vendors.quanshi.forms import ResultForm

__all__ = [
    "Accounts",
    "Approval",
    "BookingStatus",
    "Estate",
    "Fault",
    "FaultKind",
    "LiveStatus",
    "QuanshiAccount",
    "ResultForm",
    "RoomStatus",
    "Simulator",
    "TencentMeetingAccount",
    "VendorName",
    "WecomAccount",
]
