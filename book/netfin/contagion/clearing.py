"""The chain reaction: who pays whom when firms that owe each other money cannot all pay."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import reverse_cuthill_mckee

from netfin.arrays import ratio
from netfin.checks import Array, instance
from netfin.contagion.circles import Circles
from netfin.contagion.elimination import Front, FrontError, Terms
from netfin.contagion.firms import NO_FRICTION, Firms, Frictions
from netfin.contagion.latest import WAITS, Latest
from netfin.contagion.payments import Solver, Table
from netfin.contagion.row import NARROW, Owing, Rounds, Row

Places = NDArray[np.int64]

_ROUNDING = 1e-12
"""A shortfall below this part of what the firm itself owes is an error of rounding, no default."""

_MANY = 256
"""If more firms fail in a round, solving for all is cheaper than taking them out one by one."""

_FEW_ROUNDS = 8
"""Rounds that are solved for all failed firms before they are taken out one by one (again)."""


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
    Instead of a linear system a round, firms that fail are taken out of it one by one
    (`netfin.contagion.elimination`), as long as few of those still paying deal with them. Where
    savers come first, a system is put off while it is sure without it who fails
    (`netfin.contagion.latest`); else a round solves one, or a few; as a band, if the firms stand
    in a row (`netfin.contagion.row`). Rounds and payments are the same. 10,000 firms clear in
    about a second; it can take several where savers come first, each firm deals with six others or
    more, and in most of many rounds some can just pay and some just cannot.

    All is monotone: rounds end at the greatest solution. With frictions there may be others, in
    which more fail.

    Source
    ------
    Eisenberg & Noe (2001), fictitious default algorithm. α_e and α_p are α and β of Rogers &
    Veraart (2013), definition 3.6; sales as in Cifuentes, Ferrucci & Shin (2005), with a linear
    price and whole stocks sold on failure.
    """
    ledger = _Ledger(instance("firms", firms, Firms), instance("frictions", frictions, Frictions))
    while (new := ledger.cannot_pay()).size or not ledger.settled():
        if new.size:
            ledger.fail(new)  # they sell their stock, and pay out what they recover
    return ledger.clearing()


class _Mark(NamedTuple):
    """A round up to which all is known to be right."""

    round: int
    gone: int
    price: float
    healthy: Places


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
        self.claimed = self.claims @ self.paid
        self.received = self.claimed.copy()
        self.failed_in = np.zeros(firms.count, dtype=np.int64)
        self.round = self.solved = self.slow = self.too_wide = 0
        self.suspects = np.arange(firms.count)  # whose assets have shrunk since they were tested
        self.circles = Circles(shares, firms.outside_debts, frictions)
        self.solver = Solver()
        self.rounds: Rounds | None = None
        self.latest: Latest | None = None
        self._watch()
        self.front: Front | None = None if self.latest else self._new_front()
        self.mark, self.calm, self.patience = self._here(), 0, 1

    def cannot_pay(self) -> Places:
        """Find the firms that pay in full so far and do not have what they owe."""
        if self.rounds is not None:
            return self.next
        if self.latest is not None and self.round > self.solved:
            self._make_sure(self.latest)
        who = self.suspects[self.failed_in[self.suspects] == 0]
        short = self.owed[who] - self.own[who] - self.received[who]
        if self.front is not None and np.any(doubt := self._doubtful(who, short)):
            short[doubt] = self._short(who[doubt])
        fails = short > _ROUNDING * self.owed[who]
        new = who[fails]
        return self.circles.spare_one(new, short[fails] / self.owed[new])

    def _doubtful(self, who: Places, short: Array) -> NDArray[np.bool_]:
        """Tell whose failure hangs on the rounding of what was taken off what they receive."""
        assert self.front is not None
        claims, owed = self.claimed[who], self.owed[who]
        near = np.abs(short - _ROUNDING * owed) <= self.front.blur * claims
        return np.asarray(near & (self.received[who] < claims))

    def _short(self, who: Places) -> Array:
        """Compute what some firms lack from all payments anew.

        What they receive stays as it is: losses that are taken back later were taken off that.
        """
        paying = self._still_paying()
        self.paid[paying] = self._paid_together(paying)
        return self.owed[who] - self.own[who] - Table(self.claims).sums(who, self.paid)

    def fail(self, new: Places) -> None:
        """Let a round of firms fail: they sell their stock and pay out what they recover."""
        if self.front is not None and new.size > _MANY:
            if self._overdrawn(last=True):
                return  # some of these do not fail yet
            self.front = None
        self.round += 1
        self.failed_in[new] = self.round
        self.circles.fail(new)
        fall = self._sell()
        if self.rounds is not None:
            self._in_a_row(new, fall)
        elif self.latest is not None:
            self._wait(new, self.latest)
        elif self.front is None:
            self._solve()
            self._watch()
            self._may_take_out(new)
        else:
            self._take_out(new, fall)
        if fall > 0.0 and self.rounds is None:
            self.suspects = np.arange(self.firms.count)

    def settled(self) -> bool:
        """Tell whether all losses have been handed on; if not, do so, and more firms may fail."""
        if self.round == self.solved:
            return True
        if not self._overdrawn(last=True):
            self._solve()
        return False

    def _watch(self) -> None:
        """Begin to put systems off, where savers come first."""
        if WAITS and self.firms.outside_first and not self.circles:
            failed = np.flatnonzero(self.failed_in)
            self.latest = Latest(failed, Table(self.shares).columns(failed), self.inside)

    def _wait(self, new: Places, latest: Latest) -> None:
        """Let a round of firms fail of whose debtors nobody knows yet that they pay less."""
        self.paid[new] = np.clip(self._paid_alone(new, self.paid), 0.0, self.paid[new])
        latest.join(new, Table(self.shares).columns(new))
        self.suspects = latest.near

    def _make_sure(self, latest: Latest) -> None:
        """Find who cannot pay if the failed pay all they may: solve for as few as will do."""
        for group in latest.groups():
            if not self._in_doubt(latest):
                return
            paying = group[self.paid[group] > 0.0]
            self.paid[paying] = self._paid_together(paying)
        if self._in_doubt(latest):
            self._solve()
            self._may_take_out(latest.rounds[-1])

    def _in_doubt(self, latest: Latest) -> bool:
        """Tell whether anybody can pay if the failed pay what they may, but not if nothing."""
        latest.near = who = latest.near[self.failed_in[latest.near] == 0]
        needs, claims = self.owed[who] - self.own[who], Table(self.claims)
        self.received[who] = receives = claims.sums(who, self.paid)
        open_ = (needs - receives <= _ROUNDING * self.owed[who]) & (receives < self.claimed[who])
        return bool(np.any(needs[open_] > claims.sums(who[open_], latest.surely)))

    def _take_out(self, new: Places, fall: float) -> None:
        """Let a round of firms fail one by one, their losses handed on at once."""
        assert self.front is not None
        try:
            self.front.fall(fall)
            for firm in new.tolist():
                self.front.fail(firm)
            self.suspects = self.front.creditors()
            self._overdrawn()
        except FrontError:
            self._give_up()

    def _solve(self) -> None:
        """Find what all failed firms pay, each out of what the others pay."""
        paying = self._still_paying()
        self.paid[paying] = self._paid_together(paying)
        self.front, self.solved = None, self.round
        self.received = self.claims @ self.paid
        touched = np.zeros(self.firms.count, dtype=bool)
        touched[Table(self.shares).columns(paying)] = True
        touched[self.suspects[: None if self.latest else 0]] = True  # by price, or drained before
        self.suspects = np.flatnonzero(touched)

    def _in_a_row(self, new: Places, fall: float) -> None:
        """Let a round of firms fail that stand in a row with those they deal with."""
        assert self.rounds is not None
        if fall > 0.0:
            self.rounds.look_at(self._owing())
        self.rounds.fail(new)
        self.solved = self.round
        self.next = self.rounds.short(everywhere=fall > 0.0)

    def _owing(self) -> Owing:
        """What firms owe, and have at today's price."""
        everybody = np.arange(self.firms.count)
        part, needs = self._for_firms(everybody), self.owed - self.own
        alone = part * (self.frictions.outside_recovery * self.own - self._before(everybody))
        passed_on = self.frictions.inside_recovery * part
        return Owing(self.inside, needs, _ROUNDING * self.owed, passed_on, alone)

    def _still_paying(self) -> Places:
        """Find the failed that pay others something: who comes to pay nothing never pays again."""
        return np.flatnonzero((self.failed_in > 0) & (self.paid > 0.0))

    def _give_up(self) -> None:
        """Solve for all failed firms from here on: the front is too wide, or often put right."""
        front, self.front = self.front, None
        if front is not None and self.firms.outside_first:
            self._forget()  # nobody has looked since whether they pay less than nothing
            self.paid = np.maximum(self.inside - front.checked, 0.0)
        self.too_wide = int(np.count_nonzero(self.failed_in))
        self._solve()
        self.suspects = np.arange(self.firms.count)
        if self.row is not None:
            self.rounds = Rounds(self.row, self._owing(), self.paid, self.failed_in > 0)
            self.next = self.rounds.short(everywhere=True)

    @cached_property
    def row(self) -> Row | None:
        """The firms in a row, if those that deal with each other are near in it."""
        row = Row(self.claims)
        return row if row.width <= NARROW and not self.circles else None

    def _may_take_out(self, new: Places) -> None:
        """After some rounds of few failures, take out one by one all that have failed."""
        self.slow = self.slow + 1 if new.size <= _MANY else 0
        failed = np.flatnonzero(self.failed_in)
        if self.slow < _FEW_ROUNDS or failed.size < 2 * self.too_wide:
            return
        self.slow, self.front, self.latest = 0, self._new_front(), None
        drained = self.firms.outside_first & (self.paid[failed] == 0.0)
        alive = failed[~drained]
        if alive.size:
            alive = alive[reverse_cuthill_mckee(sparse.csr_array(self.claims[alive][:, alive]))]
        try:
            self.front.put_in(alive, self.inside - self.paid, failed[drained])
        except FrontError:
            self.front, self.too_wide = None, failed.size
        self.mark = self._here()

    def _new_front(self) -> Front:
        """Say what firms will pay once they have failed, to take them out one by one."""
        all_firms = np.arange(self.firms.count)
        part, costs = self._for_firms(all_firms), self.frictions
        own = self.firms.outside_assets + self.firms.stock
        gap = self.inside - part * (costs.outside_recovery * own - self._before(all_firms))
        sells = part * costs.outside_recovery * self.firms.stock
        terms = Terms(self.inside, gap, costs.inside_recovery * part, sells)
        front = Front(self.shares, self.claims, terms, self.received, self.firms.outside_first)
        front.fallen = 1.0 - self.price
        return front

    def _here(self) -> _Mark:
        """Remember this round, to come back to it."""
        gone = 0 if self.front is None else len(self.front.gone)
        return _Mark(self.round, gone, self.price, self.circles.healthy.copy())

    def _overdrawn(self, *, last: bool = False) -> bool:
        """Look, from time to time, for firms taken out that would have to pay less than nothing.

        If there are some, go back to where there were none, or let them pay nothing.
        """
        mark, front = self.mark, self.front
        if front is None or not self.firms.outside_first:
            return False
        if self.round - mark.round < self.patience and not last:
            return False
        if not (over := front.overdrawn()):
            self.calm, self.mark = self.calm + 1, self._here()
            self.patience = min(1 << min(max(self.calm - 3, 0), 12), 1 + len(front.gone) // 4)
            return False
        self.calm, self.patience = 0, 1
        if front.tiresome(narrow=self.row is not None):
            self._give_up()
        elif self.round > mark.round + 1:
            self._go_back(front)
        else:
            self._drain(front, over)
        return True

    def _drain(self, front: Front, over: list[int]) -> None:
        """Let overdrawn firms pay nothing."""
        try:
            while over:
                if front.tiresome(narrow=self.row is not None):
                    raise FrontError
                front.drain(over)
                over = front.overdrawn()
            self.suspects = np.union1d(self.suspects, front.creditors())
            self.mark = self._here()
        except FrontError:
            self._give_up()

    def _go_back(self, front: Front) -> None:
        """Forget the rounds since all was well, and take their failures back."""
        front.put_back(self.mark.gone)
        front.fall(self.price - self.mark.price)
        front.creditors()
        self._forget()
        still = self.failed_in == 0
        self.received[still] = (self.claims @ (self.inside - front.checked))[still]

    def _forget(self) -> None:
        """Forget the rounds since all was well."""
        mark = self.mark
        self.round, self.price, self.circles.healthy = mark.round, mark.price, mark.healthy.copy()
        self.own = self.firms.outside_assets + self.price * self.firms.stock
        self.failed_in[self.failed_in > mark.round] = 0
        self.paid = self.inside.copy()  # some of what was found since belongs to what is forgotten
        self.suspects = np.arange(self.firms.count)

    def _sell(self) -> float:
        """Throw the stock of the failed on the market; return by how much its price falls."""
        stock = float(self.firms.stock.sum())
        if stock == 0.0 or self.frictions.price_impact == 0.0:
            return 0.0
        sold = float(self.firms.stock[self.failed_in > 0].sum()) / stock
        before, self.price = self.price, 1.0 - self.frictions.price_impact * sold
        self.own = self.firms.outside_assets + self.price * self.firms.stock
        return before - self.price

    def _paid_alone(self, who: Places, paid: Array) -> Array:
        """What failed firms pay inside if the others pay this; below 0 where savers lack money."""
        recovered = self.frictions.outside_recovery * self.own[who]
        recovered += self.frictions.inside_recovery * Table(self.claims).sums(who, paid)
        return self._for_firms(who) * (recovered - self._before(who))

    def _for_firms(self, who: Places) -> Array:
        """The part of what failed firms recover, savers paid or not, that goes to other firms."""
        if self.firms.outside_first:
            return np.where(self.inside[who] > 0.0, 1.0, 0.0)
        return np.asarray(ratio(self.inside[who], self.owed[who], 0.0))

    def _before(self, who: Places) -> Array | float:
        """What must be paid outside before any firm is paid."""
        return self.firms.outside_debts[who] if self.firms.outside_first else 0.0

    def _paid_together(self, failed: Places) -> Array:
        """What all failed firms pay inside, each out of what the others pay."""
        fixed = self.paid.copy()
        fixed[failed] = 0.0
        part = self.frictions.inside_recovery * self._for_firms(failed)
        matrix = Table(self.claims).among(failed, part)
        alone = self._paid_alone(failed, fixed)
        if failed.size > _MANY and (self.front is not None or self.row is not None):
            self.solver.direct = np.inf  # few firms deal with those far off
        return self.solver.greatest(alone, matrix, self.paid[failed], self.inside[failed])

    def clearing(self) -> Clearing:
        """Work out who got what."""
        if self.rounds is not None:
            self.paid = self.rounds.paid[self.rounds.row.at]
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
