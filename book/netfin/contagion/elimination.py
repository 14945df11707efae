"""Failed firms taken out of the network one by one, so that one more failure costs little.

A failed firm hands on a part of whatever it loses. Taken out, it leaves its creditors with claims
on its debtors: what one loses for each unit that the other does not pay, by all ways through the
firms taken out. Only firms that still pay in full and deal with one taken out are on this front:
two on a ring, however many have failed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Array

Places = NDArray[np.int64]

WIDEST = 400
"""The most firms on a front: beyond, solving for all failed firms at once is cheaper."""

_LEAST_LEAK = 1e-11
"""If less than this part of a loss leaks out in going round, floats cannot say how much."""

_ROUNDING = 1e-14
"""By what part losses may be wrong for each unit of a loss that leaks out in going round."""

_PUT_BACK, _PART_PUT_BACK = 100, 0.1
"""So many may be put back, and one more for every ten firms, before taking out is given up."""

_UPDATE = 0.05
"""What it costs to bring the loss of a firm up to date, in firms put back."""

_NEVER = int(np.iinfo(np.int64).max)
_AWAY, _OUT = -1, -2
"""Places of firms that are not yet on the front, and of those that were taken out."""


class FrontError(ArithmeticError):
    """The front has too many firms, or losses go round in it without end."""


class Terms(NamedTuple):
    """What firms pay to others once they have failed, n numbers each.

    It is `inside` − `gap` + `passed_on`·received − `sells`·(fall of the price), or nothing.
    """

    inside: Array
    gap: Array
    passed_on: Array
    sells: Array


class _Gone(NamedTuple):
    """A firm that was taken out, and all that it takes to put it back."""

    firm: int
    entered: int
    front: Places  # itself included
    saved: tuple[int, Array, Array]  # its place, row and column in the table
    column: Array  # what each of the front loses by one unit that it does not pay
    row: Array  # what it does not pay for a fall of the price by 1, and for a unit of theirs
    loss: float  # what it does not pay if nobody on the front fails and the price is 1
    drained: bool
    surely: bool  # drained though all others taken out pay something
    fallen: float  # the fall of the price when it was taken out


class Front:
    """What firms on the front lose by each other's failures.

    Parameters
    ----------
    shares, claims : sparse array, n × n
        Parts of each firm's debt, by debtor and by creditor.
    terms : Terms
        What failed firms pay.
    received : ndarray, n
        What each firm receives; losses are taken off it here, for all but those taken out.
    keeps : bool
        Whether a failed firm may come to pay nothing, so that it must be put back at times.
    """

    def __init__(
        self, shares: Any, claims: Any, terms: Terms, received: Array, keeps: bool
    ) -> None:
        count = received.size
        self.sides = [(m.indptr.tolist(), m.indices, m.data) for m in (claims, shares)]
        self.received, self.keeps = received, keeps
        self.inside = terms.inside
        self.terms = list(zip(*(each.tolist() for each in terms), strict=True))
        self.table = np.zeros((32, 33))  # by creditor; the first column is the price's
        self.firms = np.zeros(32, dtype=np.int64)
        self.width = 0
        self.place = np.full(count, _AWAY)
        self.lost = np.zeros(count)
        self.checked = self.lost.copy()
        self.fallen, self.blur = 0.0, 1e-12
        self.gone: list[_Gone] = []
        self.first_use = np.full(count, _NEVER)  # the first of those gone that lost by a firm
        self.stale = _NEVER  # nobody who was taken out before has lost more since
        self.touched: list[Places] = []
        self.tried = 0.0  # how many were put back, with updates in the same measure

    def tiresome(self, *, narrow: bool) -> bool:
        """Tell whether so many were put back that solving for all is cheaper from here on."""
        return self.tried > _PUT_BACK + (0.0 if narrow else _PART_PUT_BACK * self.place.size)

    def creditors(self) -> Places:
        """The firms whose money may have shrunk since this was last asked."""
        touched, self.touched = self.touched, []
        front = self.firms[: self.width].copy()
        return np.unique(np.concatenate([front, *touched])) if touched else front

    def fall(self, amount: float) -> None:
        """Let the price fall by an amount."""
        if amount != 0.0:
            self.fallen += amount
            self.stale = 0
            self.received[self.firms[: self.width]] -= amount * self.table[: self.width, 0]

    def fail(self, firm: int, drained: bool = False) -> None:
        """Take out a firm that fails; if drained, it pays nothing whatever it receives."""
        full, gap, passed_on, sells = self.terms[firm]
        loss = gap - passed_on * self.received.item(firm) + sells * self.fallen
        leak = self._leak(firm)
        if drained or loss >= full * leak:
            entered = self._enter([firm] if self.place[firm] == _AWAY else [])
            self._take_out(self._leaver(firm, entered, full)._replace(surely=drained))
            return
        entered = self._enter(self._around(firm))
        row = self._row(firm)
        loss = loss / leak - row.item(0) * self.fallen
        self._take_out(self._leaver(firm, entered, loss, row))

    def put_in(self, firms: Places, lost: Array, drained: Places) -> None:
        """Take out all at once firms that failed before, whose losses are known and taken off."""
        self.lost[:] = self.checked[:] = lost
        self.place[drained] = _OUT
        for firm in firms.tolist():
            entered = self._enter(self._around(firm))
            row, place, front = self._row(firm), self.place.item(firm), self.firms[: self.width]
            losses = self.lost[front]
            self.received[firm] += self.table[place, 1 : self.width + 1] @ losses
            loss = self.lost.item(firm) - float(row[1:] @ losses) - row.item(0) * self.fallen
            self._take_out(self._leaver(firm, entered, loss, row), known=True)
        self.stale = _NEVER

    def _leak(self, firm: int) -> float:
        """The part of a firm's loss that does not come back to it."""
        place = self.place.item(firm)
        back = self.table.item(place, place + 1) if place >= 0 else 0.0
        leak = float(1.0 - self.terms[firm][2] * back)
        if leak < _LEAST_LEAK:
            raise FrontError
        self.blur = max(self.blur, _ROUNDING / leak)
        return leak

    def _row(self, firm: int) -> Array:
        """What a firm, once failed, does not pay for a fall of the price, and for others' units."""
        _, _, passed_on, sells = self.terms[firm]
        place, leak = self.place.item(firm), self._leak(firm)
        row: Array = self.table[place, : self.width + 1] * (passed_on / leak)
        row[0] += sells / leak
        row[place + 1] = 0.0
        return row

    def _around(self, firm: int) -> list[int]:
        """A firm and those it deals with, as far as they are not yet on the front."""
        new = [] if self.place[firm] >= 0 else [firm]
        for starts, others, _ in self.sides:
            near = others[starts[firm] : starts[firm + 1]]
            new += near[self.place[near] == _AWAY].tolist()
        return list(dict.fromkeys(new))

    def _enter(self, firms: list[int]) -> int:
        """Let firms enter the front; return how many."""
        if self.width + len(firms) > WIDEST:
            raise FrontError
        while self.width + len(firms) > self.firms.size:
            size = self.firms.size
            self.table = np.pad(self.table, ((0, size), (0, size)))
            self.firms = np.pad(self.firms, (0, size))
        for firm in firms:
            place = self.width
            for side, (starts, others, parts) in enumerate(self.sides):
                mine = slice(starts[firm], starts[firm + 1])
                at = self.place[others[mine]]
                here = at >= 0
                line = self.table[:, place + 1] if side else self.table[place, 1:]
                line[at[here]] = parts[mine][here]
            self.firms[place], self.place[firm] = firm, place
            self.width += 1
        return len(firms)

    def _leaver(self, firm: int, entered: int, loss: float, row: Array | None = None) -> _Gone:
        """Collect what it takes to take a firm off the front: without a row, it is drained."""
        place, width = self.place.item(firm), self.width
        own = self.table[place, : width + 1].copy(), self.table[:width, place + 1].copy()
        column = own[1].copy()
        column[place] = 0.0
        front, drained = self.firms[:width].copy(), row is None
        row = np.zeros(width + 1) if row is None else row
        saved = (place, *own)
        return _Gone(firm, entered, front, saved, column, row, loss, drained, False, self.fallen)

    def _take_out(self, gone: _Gone, *, known: bool = False) -> None:
        """Take a firm off the front, and its loss, if it is not known yet, off what others get."""
        if not gone.drained:
            width = self.width
            self.table[:width, : width + 1] += gone.column[:, None] * gone.row
        self._swap_out(gone.saved[0])
        self.place[gone.firm] = _OUT
        if not known:
            self.lost[gone.firm] = self._pay(gone, 1.0)
        if self.keeps:
            self._keep(gone)

    def _keep(self, gone: _Gone) -> None:
        """Remember how to put a firm back, and who has lost by which failures."""
        users = gone.front[gone.row[1:] > 0.0]
        self.first_use[users] = np.minimum(self.first_use[users], len(self.gone))
        self.stale = min(self.stale, self.first_use.item(gone.firm))
        self.gone.append(gone)

    def _pay(self, gone: _Gone, sign: float) -> float:
        """Take the loss of a firm off what others receive, or give it back; return the loss."""
        loss = gone.loss + gone.row.item(0) * self.fallen
        self.received[gone.front] -= sign * loss * gone.column
        if gone.drained:
            starts, others, parts = self.sides[1]
            mine = slice(starts[gone.firm], starts[gone.firm + 1])
            away = self.place[others[mine]] == _AWAY
            far = others[mine][away]
            self.received[far] -= sign * loss * parts[mine][away]
            self.touched.append(far)
        return loss

    def _swap_out(self, place: int) -> None:
        """Free a place on the front: the last of it moves there."""
        last = self.width = self.width - 1
        table = self.table
        if place != last:
            table[place, : last + 2] = table[last, : last + 2]
            table[: last + 1, place + 1] = table[: last + 1, last + 1]
            self.firms[place] = moved = self.firms[last]
            self.place[moved] = place
        table[last, : last + 2] = 0.0
        table[: last + 1, last + 1] = 0.0

    def _put_back(self) -> _Gone:
        """Undo the last taking out."""
        gone = self.gone.pop()
        self.tried += 1.0
        (place, row, column), last, table = gone.saved, self.width, self.table
        self._pay(gone, -1.0)
        self.width = width = last + 1
        if place != last:
            table[last, : width + 1] = table[place, : width + 1]
            table[:width, last + 1] = table[:width, place + 1]
        table[:width, : width + 1] -= gone.column[:, None] * gone.row
        table[place, : width + 1], table[:width, place + 1] = row, column
        self.received[gone.firm] -= (self.fallen - gone.fallen) * row.item(0)  # falls it has missed
        self.firms[:width] = gone.front
        self.place[gone.front] = np.arange(width)
        front = gone.front[self.first_use[gone.front] == len(self.gone)]
        self.first_use[front] = _NEVER
        self.lost[gone.firm] = 0.0
        self.stale = min(self.stale, self.first_use.item(gone.firm))
        for _ in range(gone.entered):
            leaver = self.firms[self.width - 1]
            self._swap_out(self.width - 1)
            self.place[leaver] = _AWAY
        return gone

    def put_back(self, count: int) -> None:
        """Undo takings out until so many are left."""
        while len(self.gone) > count:
            self._put_back()

    def drain(self, firms: list[int]) -> None:
        """Let some that were taken out pay nothing any more, whatever they receive."""
        undone, left = [], set(firms)
        while left:
            undone.append(self._put_back())
            left.discard(undone[-1].firm)
        for gone in reversed(undone):
            self.fail(gone.firm, gone.surely or gone.firm in firms)

    def overdrawn(self) -> list[int]:
        """Bring the losses of all taken out up to date; name the first that have nothing left.

        First, if all that happened since the last time had come little by little: others may be
        overdrawn only because they are.
        """
        self._update()
        over = np.flatnonzero(self.lost > self.inside)
        if over.size == 0:
            self.checked[:] = self.lost
            return []
        before, after = self.checked[over], self.lost[over]
        when = (self.inside[over] - before) / (after - before)
        return [int(firm) for firm in over[when <= when.min() + 1e-12]]

    def _update(self) -> None:
        """Add up what those taken out have lost by the failures after their own."""
        for at in range(len(self.gone) - 1, -1, -1):
            if at < self.stale:
                break
            gone = self.gone[at]
            self.tried += _UPDATE
            if not gone.drained:
                loss = gone.loss + gone.row.item(0) * self.fallen
                loss += gone.row[1:].dot(self.lost[gone.front]).item()
                if loss != self.lost.item(gone.firm):
                    self.lost[gone.firm] = loss
                    self.stale = min(self.stale, self.first_use.item(gone.firm))
        self.stale = _NEVER
