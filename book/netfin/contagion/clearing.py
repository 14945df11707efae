"""The chain reaction: who pays whom when firms that owe each other money cannot all pay."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netfin.arrays import ratio
from netfin.checks import Array, instance
from netfin.contagion.circles import Circles
from netfin.contagion.firms import NO_FRICTION, Firms, Frictions
from netfin.contagion.latest import Latest
from netfin.contagion.payments import Group, Solver, Table
from netfin.contagion.row import Row

Places = NDArray[np.int64]

_ROUNDING = 1e-12
"""A shortfall below this part of what the firm itself owes is an error of rounding, no default."""

_PART = 0.6
"""Solving for more than this part of all that have failed costs nearly as much as for all."""

_AHEAD, _FEW_MORE = 8, 1.3
"""For how many rounds losses of all are bounded at once, and how many more firms that may take."""

_OFTEN, _SELDOM = 3, 8
"""After so many rounds in which bounds were no help, they are tried once in so many."""


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
    A round's linear system is put off while it is sure without it who fails: payments lie between
    what the failed pay if only some of them have lost, and if losses go round among all that may
    have failed some rounds later (`netfin.contagion.latest`). Rounds and payments are those of a
    system a round. 10,000 firms clear in a second or less on most networks. Where in most of many
    rounds some can just pay and some just cannot, it can take two or three if each firm deals with
    six others or more, and seven if it deals with dozens.

    All is monotone: rounds end at the greatest solution. With frictions there may be others, in
    which more fail.

    Source
    ------
    Eisenberg & Noe (2001), fictitious default algorithm. α_e and α_p are α and β of Rogers &
    Veraart (2013), definition 3.6; sales as in Cifuentes, Ferrucci & Shin (2005), with a linear
    price and whole stocks sold on failure.
    """
    firms, frictions = instance("firms", firms, Firms), instance("frictions", frictions, Frictions)
    ledger = _Ledger(firms, frictions)
    while (new := ledger.cannot_pay()).size or not ledger.settled():
        if new.size:
            ledger.fail(new)  # they sell their stock, and pay out what they recover
    return ledger.clearing()


class _Ledger:
    """What everybody has paid and received so far, and who has failed in which round.

    Firms stand in a row in which those that deal with each other are near.
    """

    def __init__(self, firms: Firms, frictions: Frictions) -> None:
        self.row, self.frictions = Row(firms.liabilities), frictions
        self.firms = firms = self.row.laid_out(firms)
        self.inside = np.asarray(firms.liabilities.sum(axis=1), dtype=np.float64)
        self.owed = self.inside + firms.outside_debts
        shares = firms.liabilities.copy()
        shares.data = shares.data / np.repeat(self.inside, np.diff(shares.indptr))
        self.shares = Table(shares)  # by debtor
        self.claims = Table(sparse.csr_array(shares.T))  # by creditor
        self.paid = self.inside.copy()
        self.claimed = self.claims.matrix @ self.paid
        self.received = self.claimed.copy()
        self.failed_in = np.zeros(firms.count, dtype=np.int64)
        self.round = self.solved = self.vain = 0
        self.stock, self.price, self.fell = float(firms.stock.sum()), 1.0, True
        self._own()
        self.circles = Circles(shares, firms.outside_debts, frictions)
        self.solver = Solver(thin=self.row.thin)
        self.latest = Latest(self.inside)
        self.ahead: Group | None = None
        self.foreseen = np.zeros(firms.count, dtype=bool)  # who has failed, or may soon

    def cannot_pay(self) -> Places:
        """Find the firms that pay in full so far and do not have what they owe."""
        if self.round > self.solved:
            self._make_sure()
        who = np.arange(self.firms.count) if self.fell else self.latest.near
        who = who[self.failed_in[who] == 0]
        short = self.needs[who] - self.received[who]
        fails = short > _ROUNDING * self.owed[who]
        new = who[fails]
        return self.circles.spare_one(new, short[fails] / self.owed[new])

    def fail(self, new: Places) -> None:
        """Let a round of firms fail: they sell their stock and pay out what they recover.

        Nobody knows yet that their debtors, too, pay less.
        """
        self.round += 1
        self.failed_in[new] = self.round
        self.circles.fail(new)
        self._sell()
        recovered = self.alone[new] + self.passed_on[new] * self.claims.sums(new, self.paid)
        self.paid[new] = np.minimum(np.maximum(recovered, 0.0), self.paid[new])
        self.latest.join(new, self.shares.columns(new))

    def settled(self) -> bool:
        """Tell whether what all failed firms pay has been found; if not, find it."""
        if self.round == self.solved:
            return True
        self._solve()
        return False

    def _make_sure(self) -> None:
        """Find who cannot pay if the failed pay all they may: solve for as few as will do."""
        if self.circles:
            self._solve()
        elif self._in_doubt(self.latest.surely):
            if self.vain > _OFTEN and self.round % _SELDOM:
                self._solve()  # bounds have been too wide of late
            elif self._sure_without_all():
                self.vain = 0
            else:
                self.vain += 1
                self._solve()

    def _sure_without_all(self) -> bool:
        """Tell whether it is sure who cannot pay once the last that failed are solved for."""
        paying = int(np.count_nonzero(self.paid[self.failed_in > 0]))
        for firms in self.latest.groups(_PART * paying):
            group = self._among(firms[self.paid[firms] > 0.0])
            if group.firms.size and group.factors is None:
                return False  # what it takes to solve for them is better spent on all
            self._pay(group)
            if not self._in_doubt(self._at_least(group)):
                return True
        return not self._in_doubt(self._at_least(self._all_ahead(paying)))

    def _in_doubt(self, surely: Array) -> bool:
        """Tell whether anybody can pay if the failed pay all they may, but not if what is sure."""
        near = self.latest.near
        self.latest.near = who = near[self.failed_in[near] == 0]
        needs, error, claims = self.needs[who], _ROUNDING * self.owed[who], self.claims.of(who)
        self.received[who] = receives = claims.of(self.paid)
        can = (needs - receives <= error) & (receives < self.claimed[who])
        return bool(can.any() and np.any((needs - claims.of(surely) > 0.5 * error)[can]))

    def _at_least(self, group: Group) -> Array:
        """Find what all pay at least if those of a group hand losses on to each other.

        Others that have failed pay what is sure. What those of the group pay too much for what
        they receive goes round among them, and all lose no more by it than if all had failed.
        """
        firms, least = group.firms, self.latest.surely.copy()
        if group.factors is None:
            return least
        paid, failed, fixed = self.paid[firms], self.failed_in[firms] > 0, least.copy()
        fixed[firms] = paid
        excess = paid - np.maximum(self._recovered(group, fixed), 0.0)
        lost = group.factors(np.where(failed, np.maximum(excess, 0.0), 0.0))
        if np.all(lost >= 0.0):  # else losses go round without end, as far as floats can tell
            least[firms] = np.where(failed, np.maximum(paid - lost, 0.0), paid)
        return least

    def _all_ahead(self, paying: int) -> Group:
        """Group all that have failed and pay something with those that may fail soon."""
        new, ahead = self.latest.rounds[-1], self.ahead
        if ahead is None or not np.all(self.foreseen[new]):
            self.foreseen = self.failed_in > 0
            may_pay = self.foreseen & (self.paid > 0.0)
            for _ in range(_AHEAD):
                near = self.shares.columns(new)
                new = np.unique(near[~self.foreseen[near]])
                may_pay[new] = self.foreseen[new] = True
                if np.count_nonzero(may_pay) > _FEW_MORE * paying:
                    break
            self.ahead = ahead = self._among(np.flatnonzero(may_pay))
        return ahead

    def _solve(self) -> None:
        """Find what all failed firms pay; who has come to pay nothing never pays again."""
        self._pay(self._among(np.flatnonzero((self.failed_in > 0) & (self.paid > 0.0))))
        self.solved = self.round
        self.received = self.claims.matrix @ self.paid

    def _among(self, firms: Places) -> Group:
        """Tell how some firms, failed or not, hand on to each other what they receive."""
        return Group(firms, self.claims.of(firms), self.passed_on, self.inside, self.solver)

    def _pay(self, group: Group) -> None:
        """Find what some failed firms pay, each out of what the others pay."""
        if (firms := group.firms).size:
            above, fixed = self.paid[firms], self.paid.copy()
            fixed[firms] = 0.0
            self.paid[firms] = group.greatest(self._recovered(group, fixed), above)

    def _recovered(self, group: Group, paid: Array) -> Array:
        """What failed firms would pay inside if all paid this; below 0 where savers lack money."""
        firms = group.firms
        return np.asarray(self.alone[firms] + self.passed_on[firms] * group.receive.of(paid))

    def _sell(self) -> None:
        """Throw the stock of the failed on the market, whose price falls."""
        before, self.fell = self.price, False
        if self.stock > 0.0 and self.frictions.price_impact > 0.0:
            sold = float(self.firms.stock[self.failed_in > 0].sum()) / self.stock
            self.price = 1.0 - self.frictions.price_impact * sold
            self.fell = self.price < before
            self._own()

    def _own(self) -> None:
        """Work out what all have at today's price, need from other firms, and pay if they fail.

        Failed firms pay `alone` + `passed_on` · what they receive, or nothing.
        """
        firms, costs = self.firms, self.frictions
        self.own = firms.outside_assets + self.price * firms.stock
        self.needs = self.owed - self.own
        if firms.outside_first:
            part, before = np.where(self.inside > 0.0, 1.0, 0.0), firms.outside_debts
        else:
            part = np.asarray(ratio(self.inside, self.owed, 0.0))
            before = np.zeros(firms.count)
        self.alone = part * (costs.outside_recovery * self.own - before)
        self.passed_on = costs.inside_recovery * part

    def clearing(self) -> Clearing:
        """Work out who got what."""
        failed, paid, debts = self.failed_in > 0, self.paid, self.firms.outside_debts
        received = self.claims.matrix @ paid
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
        rows, at = (paid, outside, received, equity), self.row.at
        paid, outside, received, equity = (each[at] for each in rows)
        return Clearing(paid, outside, received, equity, self.failed_in[at], self.price, *lost)
