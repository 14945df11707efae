"""Data of others that the pictures and the text of the chapter use."""

from __future__ import annotations

import pandas as pd

from netfin import data


def closed_doors() -> pd.DataFrame:
    """Give the share of Mississippi's banks that closed, %: a row for each year, two districts."""
    rates = data.load("mississippi_bank_suspensions_1929_1932")
    return rates.pivot_table("suspended", "year", "district", sort=False)
