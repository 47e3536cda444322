"""Read numbers from a query, and return lists page by page."""

from collections.abc import Callable, Iterable
import math

from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import VendorError

from .request_checks import is_integer

MAX_PAGE_SIZE = 50


def integer(request: Request, name: str, default: int) -> int:
    """Return an integer from the query."""
    text = request.query.get(name, str(default))
    if not is_integer(text):
        raise VendorError(190004, f"{name} is invalid")
    return int(text)


def page_response[T](
    request: Request,
    key: str,
    items: Iterable[T],
    row: Callable[[T], Row],
    max_size: int = MAX_PAGE_SIZE,
) -> Response:
    """Return one page of the rows; an empty page has no list."""
    page, size = integer(request, "page", 1), integer(request, "page_size", 20)
    if page < 1 or not 1 <= size <= max_size:
        raise VendorError(190004, "page or page_size is invalid")
    all_items = list(items)
    rotated = all_items[request.shift :] + all_items[: request.shift]
    rows = [row(item) for item in rotated[(page - 1) * size : page * size]]
    counts: Row = {
        "total_count": len(all_items),
        "current_size": len(rows),
        "current_page": page,
        "total_page": math.ceil(len(all_items) / size),
    }
    return Response(counts | ({key: rows} if rows else {}))
