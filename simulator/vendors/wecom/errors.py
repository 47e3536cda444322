"""Build the error responses of WeCom."""

import random

from simulator.messages import Response, Row
from simulator.vendors.vendor import VendorError

MESSAGES = {
    -1: "system busy",
    40001: "invalid credential",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40035: "invalid parameter",
    40058: "invalid Request Parameter",
    40063: "parameters missing",
    40091: "secret is invalid",
    41001: "access_token missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    47001: "data format error",
    48002: "api forbidden for this app",
    48006: "api forbidden because of long time no use",
    60020: "not allow to access from your ip",
}
MORE = "https://open.work.weixin.qq.com/devtool/query?e="
EMPTY: dict[str, Row] = {
    "list": {"has_more": False, "next_cursor": "", "meeting_room_list": []},
    "get_info": {"basic_info": {"rooms_id_list": []}},
    "list_devices": {"has_more": False, "next_cursor": "", "device_info_list": []},
    "list_controllers": {
        "has_more": False,
        "next_cursor": "",
        "controller_info_list": [],
    },
    "meetingroom_list": {"meetingroom_list": []},
    "get_booking_info": {"booking_list": []},
}
OK: Row = {"errcode": 0, "errmsg": "ok"}


def render_error(error: VendorError, api: str, address: str) -> Response:
    """Return an error in the vendor's format, with the empty fields of the API."""
    code = error.code
    text = error.message or MESSAGES.get(code, "unknown error")
    hint = random.randrange(10**24, 10**25)
    errmsg = f"{text}, hint: [{hint}], from ip: {address}, more info at {MORE}{code}"
    content: Row = {"errcode": code, "errmsg": errmsg}
    return Response(
        content | EMPTY.get(api, {}), status=error.status or 200, success=False
    )
