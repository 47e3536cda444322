"""Build the rows of bookings and sessions as Quanshi returns them."""

from simulator.company.booking import (
    Booking,
    BookingStatus,
    ConferenceSession,
    LiveStatus,
)
from simulator.company.conference_room import ConferenceRoom
from simulator.messages import Row

from .room_rows import room_lists

ROLES = ("采购代理", "评标人")
CUSTOMER = "154553"


def booking_row(booking: Booking, rooms: dict[int, ConferenceRoom], now: float) -> Row:
    """Return the row of a booking with its rooms."""
    secrets = booking.secrets
    return {
        "conferenceId": booking.conference_id,
        "pcode1": secrets.pcode1,
        "pcode2": secrets.pcode2,
        "billingcode": f"{CUSTOMER}_{booking.conference_id}",
        "eventId": booking.event_id,
        "attendeeJoinUrl": secrets.attendee_url,
        "hostJoinUrl": secrets.host_url,
        "wcallurl": secrets.call_url,
        "hostId": booking.host_id,
        "hostName": booking.host_name,
        "hostMobile": secrets.host_mobile,
        "startTime": format_time(booking.start, booking.event_id),
        "endTime": format_time(booking.end, booking.event_id),
        "length": (booking.end - booking.start) // 60,
        "confMode": 0,
        "calType": "M" if booking.recurring else "E",
        "status": int(booking.status(now)),
        "title": booking.title,
        "attendList": attendees(booking),
        "livePullUrl": secrets.live_url,
        "livePullPwd": secrets.live_password,
        "CreateTime": booking.start - 86_400,
        "modifyTime": booking.start - 86_000,
        "timezone": "Asia/Shanghai",
        "joinLogin": 0,
        "joinConfSelTag": 0,
        "joinConfTags": "",
        "webRTCUrl": f"{secrets.attendee_url}?priority=web",
        "calExtraInfo": settings(booking),
        "confNodeType": 1,
        "isGnet": 0 if booking.on_site else 1,
        "h323Ip": ["192.168.37.91"],
        "btplRole": roles(booking),
        "customerCode": CUSTOMER,
    } | room_lists(booking, rooms)


def format_time(seconds: int, event_id: int) -> int | str:
    """Return a time in seconds, in milliseconds or as text: the vendor's pages show all three."""
    match event_id % 5:
        case 1:
            return str(seconds)
        case 3:
            return seconds * 1000
        case _:
            return seconds


def list_row(booking: Booking, rooms: dict[int, ConferenceRoom], now: float) -> Row:
    """Return the row of a booking in `list`: with its room ids, and sometimes a text id."""
    ids = [each.room_id for each in booking.requests]
    event_id = booking.event_id
    return booking_row(booking, rooms, now) | {
        "eventId": str(event_id) if event_id % 4 == 1 else event_id,
        "roomId": ids[0] if len(ids) == 1 else ",".join(map(str, ids)),
    }


def attendees(booking: Booking) -> list[Row]:
    """Return the host and a guest."""
    secrets = booking.secrets
    host: Row = {
        "roleId": 1000,
        "status": "W",
        "user": str(booking.host_id),
        "userProfile": None,
        "userType": 1,
    }
    guest: Row = {
        "roleId": 1003,
        "status": "A",
        "user": "",
        "userType": 3,
        "phoneName": "来宾",
        "phoneEmail": secrets.guest_mail,
        "countryCode": "86",
        "mobileNumber": secrets.guest_mobile,
        "officePhone": secrets.guest_mobile,
        "displayName": "来宾",
    }
    return [host, guest]


def settings(booking: Booking) -> Row:
    """Return the settings of a booking."""
    return {
        "allowH323": 0,
        "btplId": 191005,
        "encryptionType": 0,
        "eventHostSecret": booking.secrets.host_secret,
        "eventWatchword": booking.secrets.watchword,
        "extFlag": 0,
        "hide": int(booking.hidden),
        "isTest": 0,
        "labels": "[]",
        "liveOpenFlag": 0,
        "mtgHub": 0,
        "openWatchword": 1,
        "rebroadcast": 0,
        "reserveFrom": 1000,
        "samePassword": 0,
        "showAccessNumbers": 0,
        "showWebRTCUrl": 0,
    }


def roles(booking: Booking) -> list[Row]:
    """Return a join link for each role."""
    return [
        {
            "managerType": number + 1,
            "roleId": 1000 + number,
            "link": link,
            "roleName": name,
        }
        for number, (link, name) in enumerate(
            zip(booking.secrets.role_links, ROLES, strict=True)
        )
    ]


def status_row(event_id: int, booking: Booking | None, now: float) -> Row:
    """Return the row of a booking in `getStatus`, also for an unknown event id."""
    if booking is None:
        return {
            "eventId": event_id,
            "status": int(LiveStatus.NOT_FOUND),
            "tempConferenceId": "",
        }
    session = booking.session_at(now)
    return {
        "eventId": event_id,
        "conferenceId": booking.conference_id,
        "status": int(booking.live_status(now)),
        "tempConferenceId": session.temp_id if session else "",
        "userId": booking.host_id,
    }


def session_row(
    booking: Booking | None,
    session: ConferenceSession,
    now: float,
    canary_host: tuple[str, str],
) -> Row:
    """Return the row of a session with its live counts."""
    mobile, mail = canary_host
    live = session.is_active(now)
    stopped = 0 if live else int(session.end)
    return {
        "eventId": booking.event_id if booking else int(session.temp_id) - 50_000_000,
        "tempConferenceId": session.temp_id,
        "title": booking.title if booking else "部门例会",
        "billingCode": f"{CUSTOMER}_{session.temp_id}",
        "customerCode": CUSTOMER,
        "pcode2": booking.secrets.pcode2 if booking else "",
        "hostId": booking.host_id if booking else 10_001,
        "hostName": booking.host_name if booking else "王芳",
        "hostEmail": booking.secrets.host_mail if booking else mail,
        "hostMobile": booking.secrets.host_mobile if booking else mobile,
        "hostOrgId": 2001,
        "hostIp": session.host_ip,
        "hostLocation": "上海",
        "startTime": int(session.start),
        "stopTime": stopped,
        "confDuration": int((now if live else session.end) - session.start),
        "isSecureConf": session.secure,
        "isRecord": session.recording,
        "dataCenter": "阿里云",
        "status": int(LiveStatus.STARTED if live else BookingStatus.ENDED),
        **session.counts(now),
    }
