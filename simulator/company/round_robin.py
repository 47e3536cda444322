"""Distribute unusual but valid values over the rooms."""

from collections.abc import Sequence
import random


class RoundRobin:
    """Pick values so that consecutive rooms get every option."""

    def __init__(self, seed: int, index: int) -> None:
        """Set the seed of the company and the index of the room."""
        self._seed = seed
        self._index = index

    def pick[T](self, key: str, options: Sequence[T]) -> T:
        """Return one option; as many consecutive rooms as there are options get them all."""
        start = random.Random(f"{self._seed}/{key}").randrange(len(options))
        return options[(self._index + start) % len(options)]
