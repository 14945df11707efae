"""Firms in a row in which those that deal with each other are near.

In this order the entries of their systems stand near the diagonal, in a band, if they can: on a
ring, a chain, a strip of a board.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import reverse_cuthill_mckee

from netfin.contagion.firms import Firms

_WIDE = 16
"""Factors stay thin where none deals with others further off than one in so many of all firms."""

_TREE = 1.1
"""Nor do they fill up where there are hardly more links than firms, as in a tree."""


class Row:
    """An order of firms.

    Parameters
    ----------
    liabilities : sparse array, n × n
        What firms owe each other.
    """

    def __init__(self, liabilities: Any) -> None:
        network = sparse.csr_array(liabilities + liabilities.T)
        self.firms = reverse_cuthill_mckee(network, symmetric_mode=True)
        self.at = np.argsort(self.firms)  # each firm's place in the row
        firm = np.repeat(self.at, np.diff(network.indptr))
        width = int(np.abs(firm - self.at[network.indices]).max(initial=0))
        count, links = self.at.size, network.nnz / 2
        self.thin = width <= count / _WIDE or links <= _TREE * count  # factors do not fill up

    def laid_out(self, firms: Firms) -> Firms:
        """Put firms in the order of the row."""
        return Firms(
            firms.liabilities[self.firms][:, self.firms],
            firms.outside_assets[self.firms],
            firms.outside_debts[self.firms],
            firms.stock[self.firms],
            firms.outside_first,
        )
