"""Data and numbers of others that the pictures and the text of the chapter use."""

from __future__ import annotations

from functools import cache

from netfin import data, facts
from netfin.checks import Array
from netfin.pre_orders.early_orders import whole_weeks


@cache
def weeks(category: str) -> Array:
    """Units a day, a row for each whole week from Sunday on; Christmas week is left out."""
    days = data.load("completejourney_daily_demand_5cat_2017")
    chosen = days[days["product_category"] == category]
    return whole_weeks(chosen["date"].tolist(), chosen["units"].to_numpy())


def counted(name: str) -> float:
    """Give the number of a cited fact."""
    value = facts.load()[name].value
    if value is None:
        raise ValueError(f"name must be a fact that is a number, not {name}")
    return value
