"""Read the required fields of a body, as strictly as Tencent Meeting's client types them."""

from simulator.accounts import TencentMeetingAccount
from simulator.messages import Request, Row
from simulator.vendors.vendor import VendorError

INVALID_JSON, INVALID = 200006, 190004
UNKNOWN_USER, NO_PERMISSION = 190001, 9042
USER_ID = 1


def json_body(request: Request) -> Row:
    """Return the JSON object of a body."""
    body = request.json_object()
    if body is None:
        raise VendorError(INVALID_JSON)
    return body


def field[T: (str, int, bool)](body: Row, name: str, kind: type[T]) -> T:
    """Return a required field; a text may not be empty."""
    value = body.get(name)
    if type(value) is not kind or value == "":
        raise VendorError(INVALID, f"{name} is required, as {kind.__name__}")
    return value


def texts(body: Row, name: str) -> list[str]:
    """Return a required list of different texts, which may not be empty."""
    values = body.get(name)
    valid = isinstance(values, list) and all(type(each) is str for each in values)
    if not isinstance(values, list) or not values or not valid:
        raise VendorError(INVALID, f"{name} is required, as a list of texts")
    if len({*values}) < len(values):
        raise VendorError(INVALID, f"{name} has a value twice")
    return values


def timestamp(body: Row, name: str) -> int:
    """Return a required time, in seconds as text."""
    text = field(body, name, str)
    if not (text.isascii() and text.isdigit() and len(text) == len("1700000000")):
        raise VendorError(INVALID, f"{name} is not in seconds")
    return int(text)


def check_operator(account: TencentMeetingAccount, body: Row) -> None:
    """Reject a body without the operator, or one who may only view rooms."""
    operator = field(body, "operator_id", str)
    if field(body, "operator_id_type", int) != USER_ID:
        raise VendorError(INVALID, "operator_id_type is invalid")
    _check_user(account, operator)


def check_user(account: TencentMeetingAccount, body: Row, instance: str) -> None:
    """Reject a body without the user and the kind of terminal."""
    field(body, instance, int)
    _check_user(account, field(body, "userid", str))


def _check_user(account: TencentMeetingAccount, user: str) -> None:
    """Reject an unknown user, and one who may only view rooms."""
    if user != account.operator_id:
        raise VendorError(UNKNOWN_USER)
    if not account.operator_may_book:
        raise VendorError(NO_PERMISSION)
