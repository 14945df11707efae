"""The lines that a reader takes away as numbers are the model's, to the digits that are stated."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from oracle import book_explorers

from built import Built, Line, explorers
from netfin.lending import BANK, break_even_rate
from netfin.pool import PoolTerms, loss_quantile
from netfin.pre_orders.advance_selling import advance_or_spot
from netfin.risk_transfer.retention import first_loss_stake
from netfin.runs import DepositContract, payoffs
from netfin.scoring.winners_curse import MARKET, adverse_selection
from netfin.spread.commission import platform_break_even
from netfin.supply_chain.invoices import INVOICE, reverse_factoring
from netfin.supply_chain.pledges import pledged_again
from reader import EXPLORING, PAGES

EXPLORERS = book_explorers()
Model = Callable[[dict[str, Any], float], float]


def run(state: dict[str, Any], share: float) -> Any:
    contract = DepositContract(cash_share=state["cash_share"], sale_price=state["sale_price"])
    return payoffs(min(max(share / 100, contract.early_needs), 0.999), state["rule"], contract)


def rival(state: dict[str, Any], area: float) -> float:
    terms = replace(MARKET, own_approval=state["own_approval"])
    return 100 * float(adverse_selection(area / 100, state["asked_first"], terms).default_rate)


def sells(state: dict[str, Any], term: float) -> Any:
    return reverse_factoring(term, replace(INVOICE, supplier_rate=state["supplier_rate"]))


def stays_out(state: dict[str, Any], users: float) -> float:
    share = pledged_again(state["asked"], users / 100, priority=state["priority"])
    assert share.loss_share_outside is not None
    return 100 * share.loss_share_outside


def lost(state: dict[str, Any], years: float) -> float:
    pool = PoolTerms(state["default_probability"], asset_correlation=state["asset_correlation"])
    return 100 * float(loss_quantile(1 - 1 / years, pool))


def on_the_spot(state: dict[str, Any], low: float) -> float:
    return float(advance_or_spot(220, low, state["high_share"], 100).spot_profit)


MODELS: dict[tuple[str, str], Model] = {
    ("cheapest-loan", "bank"): lambda *_: 100 * float(break_even_rate(BANK)),
    ("cheapest-loan", "platform"): lambda state, sales: (
        100 * float(platform_break_even(state["take_rate"], sales))
    ),
    ("two-shapes", "first loss"): lambda state, defaults: (
        100 * float(first_loss_stake(state["kept"], PoolTerms(defaults / 100)))
    ),
    ("year-in-a-thousand", "loss"): lost,
    ("run-on-a-platform", "who waits"): lambda state, share: 100 * float(run(state, share).wait),
    ("run-on-a-platform", "who leaves"): lambda state, share: 100 * float(run(state, share).leave),
    ("later-payment", "Ms Lin sells"): lambda state, term: float(sells(state, term).supplier),
    ("later-payment", "the buyer"): lambda state, term: float(sells(state, term).buyer),
    ("pledged-twice", "outside the registry"): stays_out,
    ("ahead-or-on-the-spot", "on the spot"): on_the_spot,
    ("your-model-didnt-change", "your loans"): rival,
}


@pytest.fixture(scope="module")
def on_pages(site: Path) -> dict[str, Built]:
    return {built.name: built for page in PAGES for built in explorers(site, page)}


def wrong(line: Line, model: Model, state: dict[str, Any]) -> list[tuple[float, float]]:
    """List the points that no point of the model rounds to: x and y, to their last decimals."""
    off = []
    for x, y in zip(line.xs, line.ys, strict=True):
        near = (x + part * line.fine[0] for part in (-0.5, 0, 0.5))
        around = [model(state, min(max(each, line.xs[0]), line.xs[-1])) for each in near]
        half = 0.5 * line.fine[1] + 1e-6
        if not min(around) - half <= y <= max(around) + half:
            off.append((x, y))
    return off


@pytest.mark.parametrize(("name", "line"), MODELS)
def test_a_line_is_the_models_own(on_pages: dict[str, Built], name: str, line: str) -> None:
    built, axes = on_pages[name], EXPLORERS[name].axes
    for positions in (*built.corners(), built.default):
        moved = zip(axes.items(), positions, strict=True)
        state = {key: axis.argument(axis.values[at]) for (key, axis), at in moved}
        [found] = [each for each in built.lines[built.index(positions)] if each.name == line]
        assert len(found.xs) >= 2
        assert wrong(found, MODELS[name, line], state) == [], f"{name} at {state}"


CURVE = re.compile(r'<path[^>]* d="M[^"]*"[^>]*fill:none')


def curves(picture: str) -> int:
    """Count the strokes of a picture that bend."""
    return sum(each.count("L") > 2 and "z" not in each for each in CURVE.findall(picture))


@pytest.mark.parametrize("address", EXPLORING)
def test_every_curve_can_be_taken_away(site: Path, address: str) -> None:
    for built in explorers(site, address):
        for picture, lines in zip(built.pictures, built.lines, strict=True):
            own = picture.split('<g class="mx-trace">')[0]
            assert len(lines) >= curves(own), built.name
