"""Look into every corner of an exception for what must not be told."""

from collections.abc import Iterator
import traceback

PLACES = ("http://", "https://", "/v1/", "/cgi-bin", "/confopenapi", "access_token=")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception with all that caused it or stood behind it."""
    waiting, seen = [error], set[int]()
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__]


def everything_said(error: BaseException) -> str:
    """Return all that an exception says, its chain and attributes included."""
    said = [
        *map(str, chain(error)),
        *map(repr, chain(error)),
        *(repr(each.args) for each in chain(error)),
        *(repr(vars(each)) for each in chain(error)),
        *(
            "".join(traceback.format_exception_only(each, show_group=True))
            for each in chain(error)
        ),
    ]
    return "\n".join(said)


def leaks(said: str, *secrets: str) -> list[str]:
    """Return the secrets and pieces of URLs that were said."""
    return [secret for secret in (*PLACES, *secrets) if secret in said]
