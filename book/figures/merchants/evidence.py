"""Real data: customers of an American shop, and two kinds who never change."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Shown
from figures.style import GREY_3, INK_SOFT, TRADITIONAL, explore, new_axes
from netfin import data
from netfin.checks import Array
from netfin.merchants.kinds import Kinds, fit_two_kinds
from netfin.merchants.pool import CustomerTerms, in_year

MOST = 10  # purchases in the picture


def purchases() -> Array:
    """How often each customer bought."""
    return data.load("cdnow_customers_1997_1998")["purchase_days"].to_numpy(dtype=float)


def bought_once_more() -> Array:
    """Of those who bought k times or more, the share who bought once more, from k = 1 on."""
    reached = np.array([(purchases() >= k).sum() for k in range(1, MOST + 2)])
    return np.asarray(reached[1:] / reached[:-1])


def two_kinds() -> Kinds:
    """The two kinds of customers under which the purchases are likeliest."""
    return fit_two_kinds(purchases())


def under_two_kinds() -> Array:
    """The same shares, if customers are of these two kinds and never change."""
    kinds = two_kinds()
    terms = CustomerTerms(kinds.loyal_share, kinds.loyal, kinds.fickle)
    return np.asarray(in_year(np.arange(1.0, MOST + 1), terms).returns)


@explore()
def bought_again() -> Shown:
    """Of customers who bought k times, how many bought once more."""
    seen, fitted = 100 * bought_once_more(), 100 * under_two_kinds()
    table = pd.DataFrame(
        {
            "so far (purchases)": range(1, MOST + 1),
            "bought once more (of 100)": seen,
            "two kinds who never change (of 100)": fitted,
        }
    ).round(4)
    sentence = (
        f"Of 100 customers who had bought once, {seen[0]:.0f} bought again; of 100 who had bought "
        f"ten times, {seen[-1]:.0f}. Two kinds who never change give {fitted[0]:.0f} and "
        f"{fitted[-1]:.0f}."
    )
    return Shown(_dots(seen, fitted), sentence, table)


def _dots(seen: Array, fitted: Array) -> Figure:
    figure, axes = new_axes(box=(52, 46, 16, 12))
    axes.set(xlim=(0.4, 10.6), ylim=(0, 100), xticks=range(1, 11), yticks=range(0, 101, 25))
    axes.set_xlabel("purchases so far")
    axes.set_ylabel("bought once more, of 100")
    axes.grid(axis="y")
    numbers = np.arange(1, MOST + 1)
    axes.plot(numbers, fitted, color=GREY_3, label="two kinds who never change")
    axes.plot(numbers, seen, "o", color=TRADITIONAL, markersize=8, label="customers")
    axes.text(2.6, 38, "customers of CDNOW", color=TRADITIONAL, weight="semibold")
    axes.text(2.6, 29, "line: two kinds who never change", color=INK_SOFT)
    return figure
