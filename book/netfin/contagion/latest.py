"""Who failed last, and is near those who may fail next.

What the failed pay falls from round to round. Who cannot pay though they paid as much as before
fails for sure, and who could pay if they paid what is sure does not. Where that leaves somebody
open, what the last that failed pay is solved for, as if older ones paid as much as before and as
if they paid nothing; then what all pay at least; and only then what all do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Array

Places = NDArray[np.int64]

_LEAST, _TIMES, _MOST = 4, 2, 256
"""Rounds whose firms are solved for at first, how many times more then, and at most."""

_TRIED = 16
"""Rounds after which fewer firms may do again."""


class Latest:
    """Failures by round, and what follows of them for sure.

    Parameters
    ----------
    inside : ndarray
        What firms owe each other.
    """

    def __init__(self, inside: Array) -> None:
        self.rounds: list[Places] = []
        self.near = np.empty(0, dtype=np.int64)  # who pays in full and receives from the failed
        self.seen = np.zeros(inside.size, dtype=bool)  # who has been near, or has failed
        self.surely = inside.copy()  # what is paid at least
        self.reach = _LEAST

    def join(self, failed: Places, creditors: Places) -> None:
        """Take in a round of failures, and those who receive something from them."""
        self.rounds.append(failed)
        self.seen[failed] = True
        fresh = np.unique(creditors[~self.seen[creditors]])
        self.seen[fresh] = True
        self.near = np.concatenate([self.near, fresh])
        self.surely[failed] = 0.0
        if len(self.rounds) % _TRIED == 0:
            self.reach = max(self.reach // _TIMES, _LEAST)

    def groups(self, most: float) -> Iterator[Places]:
        """Yield the firms of the last rounds, of more and more rounds, up to so many firms."""
        rounds = self.reach
        while rounds < len(self.rounds) and rounds <= _MOST:
            firms = np.concatenate(self.rounds[-rounds:])
            if firms.size > most:
                return
            yield np.sort(firms)
            self.reach, rounds = rounds, _TIMES * rounds
