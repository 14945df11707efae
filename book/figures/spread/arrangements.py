"""Who is paid what from one loan, under three arrangements."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, leave_trace
from figures.panels import add_key, hide_edges
from figures.style import (
    GREY_2,
    INK,
    INK_FAINT,
    INTERNET,
    INTERNET_TINT,
    LOSS,
    PAPER,
    TRADITIONAL,
    TRADITIONAL_TINT,
    explore,
    new_axes,
)
from netfin.lending import LendingTerms
from netfin.spread import arrangements
from netfin.spread.arrangements import Intermediary, Party

_UNPAID = "interest never paid"
_PARTS = {
    Party.SAVERS.value: (GREY_2, GREY_2),
    Party.BANK_COST.value: (TRADITIONAL_TINT, TRADITIONAL),
    Party.BANK_OWNERS.value: (TRADITIONAL, TRADITIONAL),
    Party.PLATFORM_COST.value: (INTERNET_TINT, INTERNET),
    Party.PLATFORM_OWNERS.value: (INTERNET, INTERNET),
    Party.LOST_PRINCIPAL.value: (LOSS, LOSS),
    _UNPAID: (PAPER, LOSS),
}
LENDERS = {
    Intermediary.BANK: "A bank lends",
    Intermediary.RELENDER: "A platform borrows from a bank and lends",
    Intermediary.REFERRER: "A platform refers the shop to a bank",
}
_HIGHEST_RATE = 26  # %: the dearest state of the explorer, and room for its label


def _payments(bank: LendingTerms) -> pd.DataFrame:
    """Yuan a year on 100 yuan of loans: a row for each intermediary, a column for each part."""
    rows = {}
    for intermediary, label in LENDERS.items():
        paid = arrangements.who_is_paid(intermediary, bank)
        parts = {party.value: float(amount) for party, amount in paid.paid.items()}
        unpaid = 100.0 * float(paid.rate) - float(paid.interest_collected)
        rows[label] = {name: ({_UNPAID: unpaid} | parts)[name] for name in _PARTS}
    return pd.DataFrame.from_dict(rows, orient="index")


def _referral_fee(default_probability: float) -> float:
    """What the referring platform takes from 100 yuan of loans, before its own running cost."""
    paid = arrangements.who_is_paid(Intermediary.REFERRER, LendingTerms(default_probability)).paid
    return float(paid[Party.PLATFORM_COST] + paid[Party.PLATFORM_OWNERS])


def _guess_fee() -> Guess:
    good, bad = _referral_fee(0.03), _referral_fee(0.10)
    return Guess.between(
        "Borrowers get worse: not 3 but 10 of 100 shops default, and the rate is set anew so that "
        "the bank still breaks even. The platform that only refers shops lives on a share of the "
        "interest. What happens to its fee?",
        value=bad / good,
        edges=(0.95, 1.05, 1.5),
        options=(
            "It falls",
            "It stays about the same",
            "It rises, by less than half",
            "It rises, by more than half",
        ),
        at={"default_probability": 10},
        because=f"From {good:.2f} to {bad:.2f} yuan on 100 yuan of loans: worse borrowers pay a "
        "higher rate, and the fee is a share of that rate.",
    )


def _both_platforms_cheaper(table: pd.DataFrame) -> bool:
    bank, *platforms = table["loan rate (%)"]
    return bool(max(platforms) < bank)


@explore(
    guess=_guess_fee,
    challenge=Challenge(
        "Find a state in which both platforms offer the shop a cheaper loan than the bank.",
        _both_platforms_cheaper,
        "Two firms in a row can be cheaper than one, where the bank's own handling is dear; the "
        "platform that refers needs good borrowers too. Raise the default probability and watch "
        "who becomes dearest.",
    ),
    default_probability=Percent(low=0, high=15, step=1, default=3, label="Shops that default"),
    operating_cost=Percent(
        low=1,
        high=5,
        step=1,
        live_step=0.25,
        default=2,
        label="What handling costs a bank that lends itself",
    ),
)
def who_is_paid(default_probability: float, operating_cost: float) -> Shown:
    """The break-even rate of three intermediaries, cut into what each party receives."""
    bank = LendingTerms(default_probability=default_probability, operating_cost=operating_cost)
    parts = _payments(bank)
    rates = parts.sum(axis=1)
    figure = _stacked(parts)
    table = parts.round(10).reset_index(names="who lends")
    table.insert(1, "loan rate (%)", rates.to_numpy())
    names = ["the bank", "the platform that re-lends", "the platform that refers"]
    cheapest = names[int(rates.to_numpy().argmin())]
    referral = parts.iloc[2]
    cost, lost = referral[Party.PLATFORM_COST.value], referral[Party.LOST_PRINCIPAL.value]
    fee = cost + referral[Party.PLATFORM_OWNERS.value]
    table["platform's fee or margin"] = (
        parts[Party.PLATFORM_COST.value] + parts[Party.PLATFORM_OWNERS.value]
    ).to_numpy()
    sentence = (
        f"The shop must pay {rates.iloc[0]:.2f} % to the bank, {rates.iloc[1]:.2f} % to the "
        f"platform that re-lends and {rates.iloc[2]:.2f} % where a platform refers it: cheapest is "
        f"{cheapest}. On 100 yuan of loans the referring platform's fee is {fee:.2f} yuan, "
        f"{cost:.2f} of which pays its running cost; of the {lost:.2f} yuan of principal that "
        "defaulters do not repay it bears nothing."
    )
    return Shown(figure, sentence, table)


def _stacked(parts: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(8, 146, 14, 6), height=372)
    axes.set(xlim=(0, _HIGHEST_RATE), ylim=(2.45, -0.65), yticks=[])
    axes.set_xlabel("yuan a year on 100 yuan of loans, % of the loan")
    hide_edges(axes, "left")
    axes.grid(axis="x")
    for row, (label, amounts) in enumerate(parts.iterrows()):
        left = 0.0
        for name, amount in amounts.items():
            face, edge = _PARTS[str(name)]
            axes.barh(row, amount, 0.46, left, facecolor=face, edgecolor=edge, linewidth=1)
            left += amount
        whole = axes.barh(row, left, 0.46, facecolor="none", edgecolor=INK_FAINT, linewidth=0.5)
        leave_trace(*whole)
        axes.text(0, row - 0.31, str(label), color=INK)
        end = axes.text(left + 0.25, row, f"{left:.1f} %", va="center", weight="semibold")
        end.set_color(INK)
    for i, (name, colours) in enumerate(_PARTS.items()):
        add_key(figure, (10, 200)[i % 2], 84 - (i // 2) * 24, name, *colours)
    return figure
