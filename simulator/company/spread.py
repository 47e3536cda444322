"""Spread odd but allowed values over the estate."""

from collections.abc import Sequence
import random


class Spread:
    """Pick values for one room so that neighbours get every option in turn."""

    def __init__(self, seed: int, index: int) -> None:
        """Pick for the room of an index in the estate of a seed."""
        self._seed = seed
        self._index = index

    def pick[T](self, key: str, options: Sequence[T]) -> T:
        """Return one option; as many rooms in a row as options get them all."""
        start = random.Random(f"{self._seed}/{key}").randrange(len(options))
        return options[(self._index + start) % len(options)]
