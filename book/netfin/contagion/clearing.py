"""The chain reaction: who pays whom when firms that owe each other money cannot all pay."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import gmres, splu

from netfin.arrays import ratio
from netfin.checks import Array, instance
from netfin.contagion.firms import NO_FRICTION, Firms, Frictions

Places = NDArray[np.int64]

_ROUNDING = 1e-12
"""A shortfall below this part of what the firm itself owes is an error of rounding, no default."""

_WAVES = 8
"""Losses that have not come to an end in so many steps are taken to go round a circle."""

_DIRECT = 300
"""Systems up to this size are factorised at once; of larger ones the factors may fill up."""

_KRYLOV = 60
"""Directions that an iterative solution tries; networks without long chains need fewer."""

_ACCURATE = 1e-14
"""An iterative solution is taken if each payment is this near to what the equation gives."""


class Clearing(NamedTuple):
    """What the firms pay in the end, and in which round each of them failed.

    `failed_in` is 0 for a firm that pays in full; `received` is what it gets from other firms and
    `equity` what its owners keep. `destroyed` is what bankruptcies made vanish, `fallen` what all
    stock has lost in price, of which those who bought the part that was sold have `gained` theirs.
    """

    paid_inside: Array
    paid_outside: Array
    received: Array
    equity: Array
    failed_in: Places
    price: float
    destroyed: float
    fallen: float
    gained: float

    @property
    def failures(self) -> int:
        """How many firms do not pay in full."""
        return int(np.count_nonzero(self.failed_in))


def clear(firms: Firms, frictions: Frictions = NO_FRICTION) -> Clearing:
    """Find the greatest clearing payments, and the rounds in which firms fail.

    A firm that can, pays what it owes. One that cannot, pays out what it recovers:

        p_i = b_i                        if  e_i + Σ_j a_ji p_j ≥ b_i,
        p_i = α_e e_i + α_p Σ_j a_ji p_j      otherwise,

    where a_ji is the part of firm j's debt owed to i. The failing sell their stock, whose price is
    1 − ψ_s·(share of all stock sold); everyone's stock is worth that price.

    Parameters
    ----------
    firms : Firms
        n firms, dense or sparse.
    frictions : Frictions
        Recovery in bankruptcy and price impact.

    Returns
    -------
    Clearing
        Arrays of n amounts. Round 1 are the firms that fail though all others pay, round 2 those
        that fail because of round 1, and so on: n rounds at most.

    Raises
    ------
    TypeError
        If an argument is of another type.
    ArithmeticError
        If the payments of a round cannot be solved for to the accuracy of floats.

    Notes
    -----
    Eisenberg & Noe (2001), fictitious default algorithm: a round in which failures feed back on
    one another solves one linear system, or a few where savers come first. α_e and α_p are α and
    β of Rogers & Veraart (2013), definition 3.6; sales as in Cifuentes, Ferrucci & Shin (2005),
    with a linear price and whole stocks sold on failure. All is monotone: rounds end at the
    greatest solution. With frictions there may be others, in which more firms fail.
    """
    ledger = _Ledger(instance("firms", firms, Firms), instance("frictions", frictions, Frictions))
    while (new := ledger.cannot_pay()).size:  # a round: paid in full so far, but not able to
        ledger.fail(new)  # they sell their stock, and pay out what they recover
    return ledger.clearing()


class _Ledger:
    """What everybody has paid and received so far, and who has failed in which round."""

    def __init__(self, firms: Firms, frictions: Frictions) -> None:
        self.firms, self.frictions = firms, frictions
        self.inside = np.asarray(firms.liabilities.sum(axis=1), dtype=np.float64)
        self.owed = self.inside + firms.outside_debts
        shares = firms.liabilities.copy()
        shares.data = shares.data / np.repeat(self.inside, np.diff(shares.indptr))
        self.shares, self.claims = shares, sparse.csr_array(shares.T)  # by debtor, by creditor
        self.own = firms.outside_assets + firms.stock
        self.price = 1.0
        self.paid = self.inside.copy()
        self.received = self.claims @ self.paid
        self.failed_in = np.zeros(firms.count, dtype=np.int64)
        self.round = 0
        self.suspects = np.arange(firms.count)  # whose assets have shrunk since they were tested
        self.circle, self.healthy = _closed_circles(shares, firms.outside_debts, frictions)

    def cannot_pay(self) -> Places:
        """Find the firms that pay in full so far and do not have what they owe."""
        who = self.suspects[self.failed_in[self.suspects] == 0]
        short = self.owed[who] - self.own[who] - self.received[who]
        fails = short > _ROUNDING * self.owed[who]
        new = who[fails]
        return self._all_but_one(new, short[fails] / self.owed[new]) if self.healthy.size else new

    def _all_but_one(self, new: Places, missing: Array) -> Places:
        """Spare one firm of each closed circle: what the circle owes itself, somebody has.

        That all its firms look short by a little is an error of rounding.
        """
        circles, counts = np.unique(self.circle[new], return_counts=True)
        for circle in circles[(circles >= 0) & (self.healthy[circles] == counts)]:
            mine = np.flatnonzero(self.circle[new] == circle)
            spared = mine[np.argmin(missing[mine])]
            new, missing = np.delete(new, spared), np.delete(missing, spared)
        return new

    def fail(self, new: Places) -> None:
        """Let a round of firms fail: they sell their stock and pay out what they recover."""
        self.round += 1
        self.failed_in[new] = self.round
        if self.healthy.size:
            circles = self.circle[new]
            np.subtract.at(self.healthy, circles[circles >= 0], 1)
        price_fell = self._sell()
        touched = None if price_fell else self._hand_on(new)
        if touched is None:  # losses come back to those who have failed before
            failed = np.flatnonzero(self.failed_in)
            self.paid[failed] = self._paid_together(failed)
            touched = np.unique(_columns(self.shares, failed))
        self.received[touched] = _row_sums(self.claims, touched, self.paid)
        self.suspects = np.arange(self.firms.count) if price_fell else touched

    def _hand_on(self, wave: Places) -> Places | None:
        """Let failed firms pay out, and those of their creditors who have failed pay out again.

        Returns all creditors whose money has shrunk; nothing if the waves go on, round a circle
        for instance.
        """
        touched = [wave[:0]]
        for _ in range(_WAVES):
            paid = np.maximum(self._paid_alone(wave, self.paid), 0.0)
            less = paid < self.paid[wave]
            self.paid[wave[less]] = paid[less]
            touched.append(_columns(self.shares, wave[less]))
            wave = np.unique(touched[-1][self.failed_in[touched[-1]] > 0])
            if wave.size == 0:
                return np.unique(np.concatenate(touched))
        return None

    def _sell(self) -> bool:
        """Throw the stock of the failed on the market; tell whether its price falls."""
        stock = float(self.firms.stock.sum())
        if stock == 0.0 or self.frictions.price_impact == 0.0:
            return False
        sold = float(self.firms.stock[self.failed_in > 0].sum()) / stock
        before, self.price = self.price, 1.0 - self.frictions.price_impact * sold
        self.own = self.firms.outside_assets + self.price * self.firms.stock
        return self.price < before

    def _paid_alone(self, who: Places, paid: Array) -> Array:
        """What failed firms pay inside if the others pay this; below 0 where savers lack money."""
        recovered = self.frictions.outside_recovery * self.own[who]
        recovered += self.frictions.inside_recovery * _row_sums(self.claims, who, paid)
        return self._for_firms(who) * (recovered - self._before(who))

    def _for_firms(self, who: Places) -> Array:
        """The part of what failed firms recover, savers paid or not, that goes to other firms."""
        if self.firms.outside_first:
            return np.where(self.inside[who] > 0.0, 1.0, 0.0)
        return np.asarray(self.inside[who] / self.owed[who])

    def _before(self, who: Places) -> Array | float:
        """What must be paid outside before any firm is paid."""
        return self.firms.outside_debts[who] if self.firms.outside_first else 0.0

    def _paid_together(self, failed: Places) -> Array:
        """What all failed firms pay inside, each out of what the others pay."""
        fixed = self.paid.copy()
        fixed[failed] = 0.0
        part = self.frictions.inside_recovery * self._for_firms(failed)
        matrix = sparse.csr_array(self.claims[failed][:, failed].multiply(part[:, None]))
        alone = self._paid_alone(failed, fixed)
        return _greatest(alone, matrix, self.paid[failed], self.inside[failed])

    def clearing(self) -> Clearing:
        """Work out who got what."""
        failed, paid, debts = self.failed_in > 0, self.paid, self.firms.outside_debts
        received = self.claims @ paid
        recovered = self.frictions.outside_recovery * self.own
        recovered = recovered + self.frictions.inside_recovery * received
        if self.firms.outside_first:
            left = np.minimum(recovered, debts)
        else:
            left = recovered * ratio(debts, self.owed, 0.0)
        outside = np.where(failed, left, debts)
        equity = np.where(failed, 0.0, np.maximum(self.own + received - paid - outside, 0.0))
        fees = float((self.own + received - recovered)[failed].sum())
        stock, fall = self.firms.stock, 1.0 - self.price
        fallen, gained = fall * float(stock.sum()), fall * float(stock[failed].sum())
        lost = (fees, fallen, gained)
        return Clearing(paid, outside, received, equity, self.failed_in, self.price, *lost)


def _closed_circles(
    shares: Any, outside_debts: Array, frictions: Frictions
) -> tuple[Places, Places]:
    """Find groups that owe one another, directly or not, and nobody else.

    Returns each firm's group, −1 for firms in none, and the groups' sizes; nothing where no group
    is closed, or where bankruptcies eat what firms owe each other.
    """
    number, group = connected_components(shares, directed=True, connection="strong")
    debtors = np.repeat(np.arange(group.size), np.diff(shares.indptr))
    leaves = debtors[group[debtors] != group[shares.indices]]
    closed = np.ones(number, dtype=bool)
    closed[group[leaves]] = False
    closed[group[(outside_debts > 0.0) | (np.diff(shares.indptr) == 0)]] = False
    if frictions.inside_recovery < 1.0 or not closed.any():
        return np.full(group.size, -1), np.empty(0, dtype=np.int64)
    return np.where(closed[group], group, -1), np.bincount(group)


def _places(matrix: Any, rows: Places) -> tuple[Places, Places]:
    """Find where the entries of some rows stand in a sparse matrix, and how many each row has."""
    lengths = matrix.indptr[rows + 1] - matrix.indptr[rows]
    ends = np.cumsum(lengths)
    shift = np.repeat(matrix.indptr[rows] - ends + lengths, lengths)
    return shift + np.arange(shift.size), lengths


def _columns(matrix: Any, rows: Places) -> Places:
    """List the columns in which some rows of a sparse matrix have entries."""
    return np.asarray(matrix.indices[_places(matrix, rows)[0]])


def _row_sums(matrix: Any, rows: Places, weights: Array) -> Array:
    """Multiply some rows of a sparse matrix by a vector."""
    places, lengths = _places(matrix, rows)
    products = matrix.data[places] * weights[matrix.indices[places]]
    row = np.repeat(np.arange(rows.size), lengths)
    return np.bincount(row, products, minlength=rows.size).astype(np.float64)


def _greatest(alone: Array, matrix: Any, above: Array, scale: Array) -> Array:
    """Find the greatest p = max(0, alone + matrix·p) that is at most `above`.

    Who pays nothing is guessed from above, then put right: once the guess is too small it only
    grows, and ends at the solution (Howard's policy iteration).
    """
    paying = alone + matrix @ above > 0.0
    for step in range(above.size + 2):
        paid = np.zeros(above.size)
        solved = _solve(matrix[paying][:, paying], alone[paying], scale[paying])
        if solved is None or np.any(solved > 1.5 * above[paying]):
            paying = alone > 0.0  # the guess leaves no way out for the money: from below, then
            continue
        paid[paying] = solved
        again = alone + matrix @ paid > 0.0
        again |= paying & (step > 0)
        if np.array_equal(again, paying):
            return np.clip(paid, 0.0, above)
        paying = again
    raise ArithmeticError(f"payments of {above.size} failed firms could not be solved for")


def _solve(matrix: Any, constant: Array, scale: Array) -> Array | None:
    """Solve p = constant + matrix·p; nothing where there is no single solution."""
    if constant.size == 0:
        return constant
    system = sparse.csc_array(sparse.eye_array(constant.size) - matrix)
    if constant.size > _DIRECT:
        paid = _iterate(matrix, constant, scale)
        if paid is not None:
            return paid
    try:
        paid = splu(system).solve(constant)
    except RuntimeError:  # singular
        return None
    return paid if np.all(np.isfinite(paid)) else None


def _iterate(matrix: Any, constant: Array, scale: Array) -> Array | None:
    """Solve as `_solve` by iterations, in parts of what each firm owes; nothing if they stall."""
    size = np.maximum(scale, 1e-150 * scale.max())
    parts = sparse.csr_array(matrix.multiply(1.0 / size[:, None]).multiply(size[None, :]))
    goal = constant / size
    system = sparse.eye_array(size.size) - parts
    with np.errstate(all="ignore"):
        part, _ = gmres(system, goal, rtol=1e-15, restart=_KRYLOV, maxiter=2)
        missed = np.abs(goal + parts @ part - part)
    met = missed <= _ACCURATE * (np.abs(goal) + parts @ np.abs(part) + np.max(np.abs(part)))
    return part * size if np.all(met) else None
