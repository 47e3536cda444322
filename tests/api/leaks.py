"""Find secrets in exceptions."""

from collections.abc import Iterator
import traceback

PLACES = ("http://", "https://", "/v1/", "/cgi-bin", "/confopenapi", "access_token=")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception with its causes and contexts."""
    waiting, seen = [error], set[int]()
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__]


def full_text(error: BaseException) -> str:
    """Return the text of an exception, including its chain and attributes."""
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
    """Return the secrets and parts of URLs in a text."""
    return [secret for secret in (*PLACES, *secrets) if secret in said]
