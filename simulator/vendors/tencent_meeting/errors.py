"""Build the error responses of Tencent Meeting."""

from simulator.messages import Response
from simulator.vendors.vendor import VendorError

MESSAGES = {
    41: "internal error",
    5108: "system error",
    9003: "MEETING NOT EXIST",
    9008: "the number of created meetings exceeded",
    9042: "no permission",
    9061: "operation too frequent",
    9100: "no permission to book the meeting",
    9102: "no permission to change the meeting",
    10001: "parameter error",
    20001: "user not exist",
    20006: "the meeting room is occupied in this period",
    20201: "query meeting room failed",
    190001: "user not registered or operator invalid",
    190004: "invalid parameter",
    190300: "timestamp expired, please check the clock",
    190301: "request replay",
    190303: "AppId, SecretId or SdkId is invalid",
    190310: "requests per minute of the application exceeded",
    190311: "requests per day of the application exceeded",
    190312: "requests per day of the api exceeded",
    190313: "requests per minute of the api exceeded",
    200001: "missing required header",
    200002: "request replay",
    200003: "signature verification failed",
    200005: "header parameter error",
    200006: "request body is not valid json",
}
SERVICE_CODES = frozenset(
    (41, 5108, 9003, 9008, 9061, 20201, 190310, 190311, 190312, 190313)
)
WITHOUT_NEW_CODE = frozenset((20201, 9003, 9042, 5108))


def render_error(error: VendorError) -> Response:
    """Return an error in the vendor's envelope: HTTP 400 for a bad request, else 500."""
    code = error.code
    content = {
        "error_code": code,
        "message": error.message or MESSAGES.get(code, "error"),
    }
    if code not in WITHOUT_NEW_CODE:
        content["new_error_code"] = code if code > 99_999 else 500_000_000 + code
    status = error.status or (500 if code in SERVICE_CODES else 400)
    return Response({"error_info": content}, status=status, success=False)
