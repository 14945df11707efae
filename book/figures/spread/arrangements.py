"""Pictures of the chapter on the intermediation spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from explorer import Challenge, Count, Guess, Money, Percent, Shown, leave_trace
from figures.style import (
    GREY_2,
    INK,
    INK_FAINT,
    INK_SOFT,
    INTERNET,
    INTERNET_TINT,
    LOSS,
    PAPER,
    TRADITIONAL,
    TRADITIONAL_TINT,
    explore,
    new_axes,
)
from netfin import data, lending
from netfin.lending import BANK, SHOP_PLATFORM, LendingTerms
from netfin.spread import arrangements, commission, instalments, realised
from netfin.spread.arrangements import Intermediary, Party

# ---------------------------------------------------------------------------------------------
# Who is paid what

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
_LENDERS = {
    Intermediary.BANK: "A bank lends",
    Intermediary.RELENDER: "A platform borrows from a bank and lends",
    Intermediary.REFERRER: "A platform refers the shop to a bank",
}
_HIGHEST_RATE = 26  # %: the dearest state of the explorer, and room for its label


def _payments(bank: LendingTerms) -> pd.DataFrame:
    """Yuan a year on 100 yuan of loans: a row for each intermediary, a column for each part."""
    rows = {}
    for intermediary, label in _LENDERS.items():
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
    limits = [0.95, 1.05, 1.5]
    return Guess(
        "Borrowers get worse: not 3 but 10 of 100 shops default, and the rate is set anew so that "
        "the bank still breaks even. The platform that only refers shops lives on a share of the "
        "interest. What happens to its fee?",
        (
            "It falls",
            "It stays about the same",
            "It rises, by less than half",
            "It rises, by more than half",
        ),
        right=int(np.searchsorted(limits, bad / good)),
        at={"default_probability": 10},
        because=f"From {good:.2f} to {bad:.2f} yuan on 100 yuan of loans: worse borrowers pay a "
        "higher rate, and the fee is a share of that rate.",
    )


def _both_platforms_cheaper(table: pd.DataFrame) -> bool:
    rates = table["loan rate (%)"]
    return bool(rates[1] < rates[0] and rates[2] < rates[0])


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
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    for row, (label, amounts) in enumerate(parts.iterrows()):
        left = 0.0
        for name, amount in amounts.items():
            face, edge = _PARTS[name]
            axes.barh(row, amount, 0.46, left, facecolor=face, edgecolor=edge, linewidth=1)
            left += amount
        whole = axes.barh(row, left, 0.46, facecolor="none", edgecolor=INK_FAINT, linewidth=0.5)
        leave_trace(*whole)
        axes.text(0, row - 0.31, str(label), color=INK)
        end = axes.text(left + 0.25, row, f"{left:.1f} %", va="center", weight="semibold")
        end.set_color(INK)
    _legend(axes)
    return figure


def _legend(axes: Axes) -> None:
    """Name the parts below the picture, in px from its lower left corner."""
    to_axes = axes.figure.transFigure + axes.transAxes.inverted()
    width, height = axes.figure.get_size_inches() * 72
    for i, (name, (face, edge)) in enumerate(_PARTS.items()):
        x, y = (10, 200)[i % 2], 84 - (i // 2) * 24
        left, bottom = to_axes.transform((x / width, y / height))
        right, top = to_axes.transform(((x + 12) / width, (y + 12) / height))
        style = {"facecolor": face, "edgecolor": edge, "linewidth": 1, "clip_on": False}
        corner = (left, bottom)
        key = Rectangle(corner, right - left, top - bottom, transform=axes.transAxes, **style)
        axes.add_patch(key)
        figure = axes.figure
        figure.text((x + 18) / width, (y + 6) / height, name, va="center", color=INK, fontsize=12.5)


# ---------------------------------------------------------------------------------------------
# Dearest money, cheapest loan

_SALES = np.linspace(0.0, 3.0, 2)
_MEETING = "extra sales at which they are equal (yuan)"


def _guess_sales() -> Guess:
    needed = float(commission.extra_sales_to_undercut(take_rate=0.02))
    return Guess(
        "The platform pays 6 % for its money, the bank 2 %. The platform takes 2 % commission on "
        "sales. How many yuan of extra sales must each yuan lent bring before the platform can "
        "undercut the bank?",
        ("Less than 1", "1 to 2", "2 to 4", "More than 4"),
        right=int(np.searchsorted([1, 2, 4], needed)),
        at={"take_rate": 2},
        because=f"At 2 % commission they meet at {needed:.4g} yuan of extra sales.",
    )


@explore(
    guess=_guess_sales,
    challenge=Challenge(
        "Find a state in which the platform could lend to the shop for nothing.",
        lambda table: table["loan rate (%)"][1] <= 0,
        "Here interest is no longer what the platform lends for: the commission on the sales "
        "that the loan creates pays for money, handling, capital and losses together.",
    ),
    take_rate=Percent(
        low=0, high=6, step=1, live_step=0.25, default=3, label="Commission on sales"
    ),
    extra_sales=Money(
        low=0,
        high=3,
        step=0.25,
        live_step=0.05,
        default=0.5,
        label="Extra sales from each yuan lent",
    ),
)
def cheapest_loan(take_rate: float, extra_sales: float) -> Shown:
    """A bank with cheap money against a platform with dear money and a commission."""
    bank = 100 * float(lending.break_even_rate(BANK))
    platform = 100 * float(commission.platform_break_even(take_rate, extra_sales))
    meeting = float(commission.extra_sales_to_undercut(take_rate=take_rate))
    figure = _two_lenders(take_rate, extra_sales, bank, platform)
    table = pd.DataFrame(
        {
            "lender": ["bank", "platform"],
            "cost of money (%)": [100 * BANK.funding_rate, 100 * SHOP_PLATFORM.funding_rate],
            "commission earned (% of the loan)": [0.0, 100 * take_rate * extra_sales],
            "loan rate (%)": [bank, platform],
            _MEETING: ["", meeting if np.isfinite(meeting) else "never"],
        }
    )
    return Shown(figure, _who_is_cheaper(bank, platform, meeting), table)


def _who_is_cheaper(bank: float, platform: float, meeting: float) -> str:
    minus = f"{platform:.1f}".replace("-", "−")
    if minus == f"{bank:.1f}":
        order = f"level with the bank's {bank:.1f} %"
    elif platform > bank:
        order = f"above the bank's {bank:.1f} %, because its money and its capital cost more"
    else:
        order = f"below the bank's {bank:.1f} %, though its money and its capital cost more"
    where = (
        f"The two meet at {meeting:.4g} yuan of extra sales."
        if np.isfinite(meeting)
        else "Without commission they never meet."
    )
    return f"The platform breaks even at {minus} %, {order}. {where}"


def _two_lenders(take_rate: float, extra_sales: float, bank: float, platform: float) -> Figure:
    figure, axes = new_axes(box=(50, 46, 16, 12))
    axes.set(xlim=(0, 3), ylim=(-10, 14), yticks=range(-10, 15, 5), xticks=range(4))
    axes.set_xlabel("extra sales from each yuan lent, yuan")
    axes.set_ylabel("break-even loan rate, % a year")
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    axes.plot([0, 3], [bank, bank], color=TRADITIONAL)
    axes.text(2.97, bank + 0.6, "bank", color=TRADITIONAL, ha="right", weight="semibold")
    rates = 100 * commission.platform_break_even(take_rate, _SALES)
    (line,) = axes.plot(_SALES, rates, color=INTERNET)
    (point,) = axes.plot(extra_sales, platform, "o", color=INTERNET, markersize=9, clip_on=False)
    leave_trace(line, point)
    late = extra_sales > 2  # near the right edge the label goes below the line, to the left
    axes.annotate(
        f"platform {platform:.1f} %".replace("-", "−"),
        (extra_sales, platform),
        xytext=(-12, -15) if late else (10, 9),
        textcoords="offset points",
        ha="right" if late else "left",
        color=INTERNET,
        weight="semibold",
    )
    return figure


# ---------------------------------------------------------------------------------------------
# Advertised and true price


def _guess_price() -> Guess:
    price = instalments.true_price(12, 0.006)
    return Guess(
        "Twelve instalments, 0.6 % a month of the amount, “only 7.2 % a year”. What does the "
        "credit truly cost a year, interest on interest included?",
        ("About 7 %", "8 to 10 %", "10 to 12 %", "More than 12 %"),
        right=int(np.searchsorted([8, 10, 12], 100 * float(price.effective_annual))),
        at={"monthly_fee": 0.6, "months": 12},
        because=f"It costs {100 * price.effective_annual:.1f} % a year: the fee stays, while on "
        f"average only {100 * price.average_balance:.0f} % of the amount is still owed.",
    )


@explore(
    guess=_guess_price,
    challenge=Challenge(
        "Find a plan that is advertised below 15 % a year and truly costs more than 28 %, "
        "interest on interest included.",
        lambda table: table["a year (%)"][2] > 28 and table["a year (%)"][0] < 15,
        "The advertised rate is honest arithmetic on an amount that the shop no longer owes.",
    ),
    monthly_fee=Percent(
        low=0.2,
        high=1.6,
        step=0.2,
        live_step=0.1,
        default=0.2,
        label="Fee a month, on the original amount",
    ),
    months=Count(
        low=6,
        high=48,
        step=6,
        live_step=1,
        default=6,
        label="Instalments",
        unit="months",
        one="month",
    ),
)
def true_price(monthly_fee: float, months: int) -> Shown:
    """What is still owed, and what a flat fee on the original amount truly costs."""
    price = instalments.true_price(months, monthly_fee)
    rates = [
        100 * float(rate)
        for rate in (price.advertised_annual, price.nominal_annual, price.effective_annual)
    ]
    figure, left = new_axes(box=(50, 46, 158, 24))
    _owed(left, months, monthly_fee)
    _prices(figure.add_axes((0.67, 46 / 290, 0.32, 220 / 290)), rates)
    table = pd.DataFrame(
        {
            "price": ["advertised", "true, without interest on interest", "true, with it"],
            "a year (%)": rates,
            "times the advertised": [rate / rates[0] for rate in rates],
            "owed on average (% of the loan)": [100.0] + [100 * float(price.average_balance)] * 2,
        }
    )
    sentence = (
        f"Advertised at {rates[0]:.1f} % a year, the credit truly costs {rates[2]:.1f} %, interest "
        f"on interest included: {rates[2] / rates[0]:.2f} times the advertisement. Without it, "
        f"{rates[1]:.1f} %. On average {100 * price.average_balance:.0f} % of the loan is owed."
    )
    return Shown(figure, sentence, table)


def _owed(axes: Axes, months: int, monthly_fee: float) -> None:
    schedule = instalments.instalment_schedule(100.0, months, monthly_fee)
    owed = schedule.opening_balance
    axes.set(xlim=(0, 48), ylim=(0, 119), xticks=range(0, 49, 12), yticks=range(0, 101, 25))
    axes.set_xlabel("months")
    axes.set_ylabel("% of the loan")
    edges = np.arange(months + 1)
    area = axes.stairs(owed, edges, fill=True, color=INTERNET_TINT)
    outline = axes.stairs(owed, edges, color=INTERNET, linewidth=1.5, baseline=None)
    axes.plot([0, months], [100, 100], color=INK_SOFT, linewidth=1.5, linestyle=(0, (4, 3)))
    axes.text(0.6, 105, "the fee is charged on this", color=INK_SOFT)
    axes.text(months / 2 + 2, 56, "owed", color=INTERNET, weight="semibold")
    leave_trace(outline)
    area.set_zorder(1)


def _prices(axes: Axes, rates: list[float]) -> None:
    axes.set(xlim=(-0.6, 2.6), ylim=(0, 46), yticks=[], xticks=[])
    axes.spines["left"].set_visible(False)
    bars = axes.bar(range(3), rates, 0.72, color=[GREY_2, INTERNET, INTERNET])
    leave_trace(*bars)
    for i, rate in enumerate(rates):
        axes.text(i, rate + 1, f"{rate:.1f}", ha="center", color=INK, weight="semibold")
    axes.text(-0.42, -1.2, "adver-\ntised", va="top", color=INK_SOFT, fontsize=12)
    axes.text(1.5, -1.2, "true: simple,\ncompounded", va="top", ha="center", color=INK_SOFT)
    axes.text(1, 46, "price, % a year", va="top", ha="center", color=INK_SOFT)


# ---------------------------------------------------------------------------------------------
# A real lending spread


@explore()
def lending_club_spread() -> Shown:
    """Rate, loss and what was left, by grade, Lending Club 2007 to 2011."""
    grades = data.load("lending_club_grade_money_2007_2011")
    kept = realised.realised_spread(
        grades["average_rate"].to_numpy() / 100,
        grades["net_return"].to_numpy() / 100,
        (grades["principal_lost"] / grades["funded"]).to_numpy(),
    )
    rate, loss, remaining = (100 * np.asarray(part) for part in kept)
    table = pd.DataFrame(
        {
            "grade": grades["grade"],
            "loans": grades["loans"],
            "rate charged (% a year)": rate,
            "lost (% a year)": loss,
            "left (% a year)": remaining,
        }
    )
    sentence = (
        f"From grade A to grade G the rate charged rises by {rate[-1] - rate[0]:.1f} points, from "
        f"{rate[0]:.1f} % to {rate[-1]:.1f} %; what was left after losses rises by only "
        f"{remaining[-1] - remaining[0]:.1f} points, from {remaining[0]:.1f} % to "
        f"{remaining[-1]:.1f} %."
    )
    return Shown(_grades(grades["grade"], grades["loans"], loss, remaining), sentence, table)


def _grades(grades: pd.Series, loans: pd.Series, loss: np.ndarray, remaining: np.ndarray) -> Figure:
    figure, axes = new_axes(box=(46, 62, 8, 12))
    axes.set(xlim=(-0.6, len(grades) - 0.4), ylim=(0, 24), xticks=range(len(grades)))
    axes.set_xticklabels(f"{grade}\n{count:,}" for grade, count in zip(grades, loans, strict=True))
    axes.set_xlabel("grade given by the lender, best to worst; loans")
    axes.set_ylabel("% of the balance a year")
    axes.grid(axis="y")
    axes.bar(range(len(grades)), remaining, 0.66, color=INTERNET)
    axes.bar(range(len(grades)), loss, 0.66, bottom=remaining, color=LOSS)
    for i, (left, lost) in enumerate(zip(remaining, loss, strict=True)):
        axes.text(i, left / 2, f"{left:.1f}", ha="center", va="center", color=PAPER)
        axes.text(i, left + lost + 0.4, f"{left + lost:.1f}", ha="center", color=INK)
    axes.text(-0.45, 22, "on top: the rate charged", color=INK)
    axes.text(-0.45, 20, "lost to default", color=LOSS, weight="semibold")
    axes.text(-0.45, 18, "left for funding, costs, profit", color=INTERNET, weight="semibold")
    return figure
