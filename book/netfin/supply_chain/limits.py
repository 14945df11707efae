"""How large an amount, an order or a term the models of supply chains take."""

from __future__ import annotations

from functools import partial

from netfin.checks import fraction

LARGEST = 1e15  # beyond any shop; products of a few such numbers are still numbers

bounded = partial(fraction, upto=LARGEST)
bounded.__doc__ = "Return `value` if it is from 0 to a million billion."
bounded_above_zero = partial(fraction, upto=LARGEST, open_left=True)
bounded_above_zero.__doc__ = "As `bounded`, and not 0."
