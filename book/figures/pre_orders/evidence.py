"""Data of others that the pictures and the text of the chapter use."""

from __future__ import annotations

from functools import cache

from netfin import data
from netfin.checks import Array
from netfin.pre_orders.early_orders import whole_weeks

_FIRST_DAY = {
    day: f"2017-01-0{number}"
    for number, day in enumerate(
        ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"), start=1
    )
}
CUTS = tuple(_FIRST_DAY)
"""The days on which a week may begin."""


@cache
def weeks(category: str, begins: str = "Monday", column: str = "units") -> Array:
    """Units or dollars a day, a row for each whole week; Christmas week is left out."""
    days = data.load("completejourney_daily_demand_5cat_2017")
    chosen = days[(days["product_category"] == category) & (days["date"] >= _FIRST_DAY[begins])]
    return whole_weeks(chosen["date"].tolist(), chosen[column].to_numpy())
