"""Where a headline statement turns: what decides it, at which value, in how many cases it holds.

A chapter lists two to four statements in `netfin/<chapter>/statements.py`:

    STATEMENTS = (
        Statement(
            name="relender", claims=("C6-05",), kind=Kind.CONDITIONAL,
            words="A re-lender is cheaper than the bank where …",
            holds=relender_is_cheaper,         # takes a draw, gives one truth value a case
            rule=Rule("The bank's own handling costs more than …", left=…, right=…),
            ranges=(Range("bank.operating_cost", BANK.operating_cost, 0.01, 0.04,
                          label="the bank's own handling", reason="half to twice our number"), …),
            left_out="platforms that own a bank",
        ),
    )

A *draw* holds an array for each range, by the range's name. Statement, kind and ranges are settled
before any share is computed. A share counts our cases; it is not the chance that a statement is
true.
"""

from netfin.turning.designs import GENERAL, POINTS, Design, Tally
from netfin.turning.found import Boundary, Decider, Turning, turning
from netfin.turning.statement import Draw, Kind, Range, Rule, Statement, Truth, from_draw

__all__ = [
    "GENERAL",
    "POINTS",
    "Boundary",
    "Decider",
    "Design",
    "Draw",
    "Kind",
    "Range",
    "Rule",
    "Statement",
    "Tally",
    "Truth",
    "Turning",
    "from_draw",
    "turning",
]
