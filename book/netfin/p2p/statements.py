"""The headline statements of the chapter: what spreading, looking and promising little can do."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.p2p.crowd import experts_who_empty, passive_return
from netfin.p2p.fraud import FRAUD, FraudTerms, cash, lifetime, owed
from netfin.p2p.guarantee import GUARANTEED
from netfin.p2p.notes import NOTE, NoteTerms, chance_of_loss_at_most, spreading_turns_at
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth, from_draw

_YEARS = 10.0
_NOTHING = 1e-12  # is taken out
_EXPERTS = 0.30  # our number: so much of the money looks

_NOTES = (
    Range("note.default_probability", float(NOTE.default_probability), 0.02, 0.20, "defaults",
          "from good borrowers to those of the picture's far end", by_ratio=True),
    Range("note.gain", float(NOTE.gain), 0.07, 0.28, "what a paid note brings",
          "half to twice our number"),
    Range("note.loss", float(NOTE.loss), 0.325, 1.0, "what a default takes",
          "from half our number to everything", by_ratio=False),
)  # fmt: skip


def _note(draw: Draw) -> NoteTerms:
    return from_draw(NOTE, "note", draw)


def _many_lose_more_often(draw: Draw) -> Truth:
    many = np.asarray(chance_of_loss_at_most(_note(draw)))
    return np.asarray(many > draw["note.default_probability"])


SPREADING = Statement(
    name="spreading",
    claims=("C6-02",),
    kind=Kind.CONDITIONAL,
    words="Very many notes lose in more years than a single one where too many borrowers default.",
    holds=_many_lose_more_often,
    rule=Rule(
        "More notes default than the share at which one note and very many lose equally often.",
        left=lambda draw: draw["note.default_probability"],
        right=lambda draw: np.asarray(spreading_turns_at(_note(draw))),
    ),
    ranges=(
        *_NOTES,
        Range("note.asset_correlation", float(GUARANTEED.asset_correlation), 0.03, 0.16,
              "the correlation of the borrowers' fortunes", "least and most in Basel's retail "
              "formula", source="Basel Committee on Banking Supervision (2006), paragraph 330",
              by_ratio=False),
    ),
    left_out="How much is lost in such a year, instalments paid before a default, and money that "
    "is needed before its day.",
)  # fmt: skip

EXPERTS = Statement(
    name="experts",
    claims=("C6-02",),
    kind=Kind.CONDITIONAL,
    words="Savers who do not look lose where enough of the money comes from savers who do.",
    holds=lambda draw: np.asarray(passive_return(draw["experts"], _note(draw))) < 0.0,
    rule=Rule(
        "The experts' share of the money is above one less the bad loans over those that can be "
        "borne.",
        left=lambda draw: draw["experts"],
        right=lambda draw: np.asarray(experts_who_empty(_note(draw))),
    ),
    ranges=(
        *_NOTES,
        Range("experts", _EXPERTS, 0.05, 0.60, "the money of those who look",
              "from a few to more than half", by_ratio=False),
    ),
    inside=lambda draw: draw["experts"] <= 1.0 - draw["note.default_probability"],
    left_out="Experts who err, rates that fall as experts bid, experts whose eyes keep the "
    "platform honest, and savers who see what is left for them and go.",
)  # fmt: skip


def _fraud(draw: Draw) -> FraudTerms:
    return from_draw(FRAUD, "fraud", draw)


def _came_in(draw: Draw) -> Array:
    """Add up what savers bring in ten years, in units of the first year."""
    never_out = FraudTerms(0.0, _NOTHING, draw["fraud.growth"])
    return np.asarray(owed(_YEARS, never_out))


def _taken_out(draw: Draw) -> Array:
    return np.asarray(_came_in(draw) - np.asarray(cash(_YEARS, _fraud(draw))))


OUTLIVES = Statement(
    name="outlives",
    claims=("C6-02",),
    kind=Kind.CONDITIONAL,
    words="A fraud that invests nothing lives longer than ten years where savers take out "
    "little, are promised little, or are joined by ever more.",
    holds=lambda draw: np.asarray(lifetime(_fraud(draw))) > _YEARS,
    rule=Rule(
        "In ten years savers bring more than they take out.",
        left=_came_in,
        right=_taken_out,
        unit="times the first year's inflow",
    ),
    ranges=(
        Range("fraud.promised_rate", float(FRAUD.promised_rate), 0.09, 0.146, "the promise",
              "least and most that one large fraud promised", facts=("P2P-05b",)),
        Range("fraud.withdrawal_rate", float(FRAUD.withdrawal_rate), 0.15, 4.0,
              "what savers take out a year",
              "from half our number to money that stays three months on average",
              domain=(1e-6, 10.0)),
        Range("fraud.growth", float(FRAUD.growth), 0.0, 0.50, "the growth of new money",
              "from none, with which far fewer live so long, to about 65 % more each year",
              by_ratio=False, domain=(0.0, 10.0)),
    ),
    left_out="A run once somebody doubts, the operators' own spending, and a first deposit.",
)  # fmt: skip

STATEMENTS = (SPREADING, EXPERTS, OUTLIVES)
"""What the chapter states of its models, in the order of the page."""
