"""Samples of the models of the chain reaction."""

import numpy as np
from contract import Kind, Sample

from netfin.contagion import clearing, equal_firms, failures, firms, town

_FIRMS = firms.Firms(
    np.array([[0.0, 6.0], [10.0, 0.0]]), np.array([5.0, 1.0]), np.zeros(2), np.zeros(2)
)

SAMPLES = [
    Sample(
        firms.Frictions,
        {"outside_recovery": 0.8, "inside_recovery": 0.9, "price_impact": 0.1},
        dict.fromkeys(("outside_recovery", "inside_recovery", "price_impact"), Kind.ONE),
    ),
    Sample(
        firms.Firms,
        {
            "liabilities": [[0.0, 6.0], [10.0, 0.0]],
            "outside_assets": [5.0, 1.0],
            "outside_debts": [0.5, 1.5],
            "stock": [0.0, 2.0],
            "outside_first": True,
        },
        {
            "liabilities": Kind.OTHER,
            "outside_assets": Kind.ROW,
            "outside_debts": Kind.ROW,
            "stock": Kind.ROW,
            "outside_first": Kind.FLAG,
        },
    ),
    Sample(
        clearing.clear,
        {"firms": _FIRMS, "frictions": firms.NO_FRICTION},
        {"firms": Kind.OBJECT, "frictions": Kind.OBJECT},
    ),
    Sample(
        equal_firms.EqualFirms,
        {"count": 20, "surplus": 1.0, "savings": 30.0, "mutual_debt": 30.0},
        {
            "count": Kind.COUNT,
            "surplus": Kind.ONE,
            "savings": Kind.ONE,
            "mutual_debt": Kind.ONE,
        },
    ),
    Sample(
        equal_firms.circle,
        {"partners": 2, "firms": equal_firms.TOWN},
        {"partners": Kind.COUNT, "firms": Kind.OBJECT},
    ),
    Sample(
        equal_firms.islands,
        {"size": 5, "firms": equal_firms.TOWN},
        {"size": Kind.COUNT, "firms": Kind.OBJECT},
    ),
    Sample(
        equal_firms.single_default_shock,
        {
            "liabilities": equal_firms.circle(19),
            "shock": 21.0,
            "firms": equal_firms.TOWN,
            "frictions": firms.NO_FRICTION,
        },
        {
            "liabilities": Kind.OTHER,
            "shock": Kind.ONE,
            "firms": Kind.OBJECT,
            "frictions": Kind.OBJECT,
        },
    ),
    Sample(equal_firms.contagion_free_debt, {"firms": equal_firms.TOWN}, {"firms": Kind.OBJECT}),
    Sample(town.market_town, {"lost": 60.0}, {"lost": Kind.ONE}),
    Sample(
        failures.self_exciting_failures,
        {
            "background": 2.0,
            "rule": 1.0,
            "feedback": 0.5,
            "delay": 5.0,
            "days": (30, 20),
            "fear": 1.0,
        },
        {
            "background": Kind.ONE,
            "rule": Kind.ONE,
            "feedback": Kind.ONE,
            "delay": Kind.ONE,
            "days": Kind.ROW,
            "fear": Kind.ONE,
        },
    ),
    Sample(
        failures.fit_two_counts,
        {"feedback": 0.5, "delay": 10.0, "counts": (80.0, 118.0), "days": (30, 20), "fear": 1.0},
        {
            "feedback": Kind.ONE,
            "delay": Kind.ONE,
            "counts": Kind.ROW,
            "days": Kind.ROW,
            "fear": Kind.ONE,
        },
    ),
]
