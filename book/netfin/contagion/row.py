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
        self.width = int(np.abs(firm - self.at[network.indices]).max(initial=0))

    def laid_out(self, firms: Firms) -> Firms:
        """Put firms in the order of the row."""
        return Firms(
            firms.liabilities[self.firms][:, self.firms],
            firms.outside_assets[self.firms],
            firms.outside_debts[self.firms],
            firms.stock[self.firms],
            firms.outside_first,
        )
