"""The explorers of the chapter Lending from person to person, computed by the models alone."""

from __future__ import annotations

import math

import numpy as np
from oracle import Expected, Oracle

from netfin import data
from netfin.p2p import crowd, fraud, guarantee, notes
from netfin.pool import PoolTerms, loss_quantile

NOTES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
VINTAGES = ("2007-2011", "2012-2013", "2014", "2015")


def bad_bargain(default_probability: float, asset_correlation: float) -> Expected:
    terms = notes.NoteTerms(
        default_probability=default_probability, asset_correlation=asset_correlation
    )
    average = 100 * (0.14 - 0.79 * default_probability)
    return Expected(
        {
            "notes (number)": NOTES,
            "loses (years of 100)": [
                round(100 * float(notes.chance_of_loss(n, terms)), 5) for n in NOTES
            ],
            "average year (yuan on 100)": [average] * len(NOTES),
            "worst year of ten, very many notes (yuan on 100)": (
                [100 * float(notes.worst_return(0.9, terms))] * len(NOTES)
            ),
        },
        said=[100, abs(average)],  # yuan and years
    )


def those_who_look(experts: float, bad: float) -> Expected:
    terms = notes.NoteTerms(default_probability=bad)
    rest = 100 * float(crowd.passive_return(experts, terms))
    return Expected(
        {
            "experts (% of the money)": [100 * experts],
            "loans that fail (%)": [100 * bad],
            "of those left over (%)": [100 * bad / (1 - experts)],
            "experts who leave no gain (% of the money)": [100 * (1 - bad * 0.79 / 0.14)],
            "all savers together (yuan on 100)": [100 * (0.14 - 0.79 * bad)],
            "those who do not look (yuan on 100)": [rest],
        },
        said=[100, abs(rest)],  # yuan, loans
    )


def modest_promise(promised_rate: float, growth: float, withdrawal_rate: float) -> Expected:
    terms = fraud.FraudTerms(promised_rate, withdrawal_rate, growth)
    lives, drains = float(fraud.lifetime(terms)), float(fraud.cash_peak(terms))
    has = 100 * float(fraud.cash(3.0, terms)) / float(fraud.owed(3.0, terms))
    return Expected(
        {
            "promises (% a year)": [100 * promised_rate],
            "new money grows (% a year)": [100 * growth],
            "taken out (% of balances a year)": [100 * withdrawal_rate],
            "lives (years)": [lives if math.isfinite(lives) else "for ever"],
            "withdrawals pass the inflow (year)": [drains if math.isfinite(drains) else "never"],
            "has after three years (of 100 owed)": [has],
        },
        said=[100],  # yuan
    )


def promised_principal(pot: float, default_probability: float) -> Expected:
    loans = PoolTerms(default_probability, 0.65, 0.10)
    terms = guarantee.GuaranteeTerms(pot, 0.04)
    return Expected(
        {
            "defaults (%)": [100 * default_probability],
            "pot (yuan on 100)": [100 * pot],
            "pot and fees (yuan on 100)": [100 * pot + 4],
            "average loss (yuan on 100)": [65 * default_probability],
            "pot fails (years of 100)": [100 * float(guarantee.pot_fails(terms, loans))],
            "needed for one failure in 1,000 (yuan on 100)": [
                100 * float(loss_quantile(0.999, loans))
            ],
        },
        said=[100, 1000],  # yuan, years
    )


def young_files() -> Expected:
    rows = data.load("lending_club_grade_outcomes_2007_2015")
    columns: dict[str, list[str] | list[float]] = {"grade": list("ABCDEFG")}
    for vintage in VINTAGES:
        own = rows[rows["vintage"] == vintage]
        share = 100 * own["charged_off"].to_numpy() / own["loans"].to_numpy()
        columns[f"{vintage.replace('-', '–')} (% charged off)"] = np.asarray(share).tolist()
    return Expected(columns, said=[100, 2007, 2011, 2015])  # type: ignore[arg-type]


ORACLES: dict[str, Oracle] = {
    "bad-bargain": bad_bargain,
    "those-who-look": those_who_look,
    "modest-promise": modest_promise,
    "promised-principal": promised_principal,
    "young-files": young_files,
}
