"""Who failed last, and is near those who may fail next.

What the failed pay falls from round to round. Who cannot pay though they paid as much as before
fails for sure, and who could pay if they paid nothing does not. Where that leaves somebody open,
what the last that failed pay at most is solved for, and only then what all do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Array

Places = NDArray[np.int64]

WAITS = True
"""Whether a system is put off while it is sure without it who fails."""

_LEAST, _TIMES, _MOST = 4, 4, 64
"""Rounds whose firms are solved for at first, how many times more then, and at most."""

_TRIED = 16
"""Rounds after which fewer firms may do again."""


class Latest:
    """Failures by round, and what follows of them for sure.

    Parameters
    ----------
    failed : ndarray of places
        Who has failed so far.
    near : ndarray of places
        Who receives something from them.
    inside : ndarray
        What firms owe each other.
    """

    def __init__(self, failed: Places, near: Places, inside: Array) -> None:
        self.rounds, self.near = [failed], near
        self.surely = inside.copy()  # what is paid at least
        self.surely[failed] = 0.0
        self.reach = _LEAST

    def join(self, failed: Places, near: Places) -> None:
        """Take in a round of failures, and those who receive something from them."""
        self.rounds.append(failed)
        self.near = np.union1d(self.near, near)
        self.surely[failed] = 0.0
        if len(self.rounds) % _TRIED == 0:
            self.reach = max(self.reach // _TIMES, _LEAST)

    def groups(self) -> Iterator[Places]:
        """Yield the firms of the last rounds, of more and more rounds, but never all."""
        rounds = self.reach
        while rounds < len(self.rounds) - 1 and rounds <= _MOST:
            yield np.concatenate(self.rounds[-rounds:])
            self.reach, rounds = rounds, _TIMES * rounds
