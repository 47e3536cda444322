"""Polls without HTTP: the vendor's answers are at hand, and only what is done with them costs."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Self
from unittest.mock import patch

from aiohttp import ClientSession
from multidict import CIMultiDict, CIMultiDictProxy


class _Replayed:
    """A response whose body came long ago."""

    status = HTTPStatus.OK
    headers = CIMultiDictProxy(CIMultiDict[str]())

    def __init__(self, body: bytes) -> None:
        """Take the body."""
        self._body = body

    @property
    def content(self) -> Self:
        """Return what is read from."""
        return self

    async def iter_any(self) -> AsyncIterator[bytes]:
        """Hand the body out, all of it at once."""
        yield self._body

    async def __aenter__(self) -> Self:
        """Open nothing."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Close nothing."""


@contextmanager
def replayed(pages: Sequence[bytes]) -> Iterator[None]:
    """Answer requests with these pages, one after the other, instead of sending them."""
    bodies = iter(pages)

    def answer(*request: Any, **options: Any) -> _Replayed:
        """Return the next page."""
        del request, options
        return _Replayed(next(bodies))

    with patch.object(ClientSession, "request", answer):
        yield
