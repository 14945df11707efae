"""The headline statements of the chapter: who uses the door, who earns the float, who pays."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.payments.balances import float_income
from netfin.payments.ease import cost_of_paying
from netfin.payments.idle import CLERK, SaverTerms, move_pay, pay_at_the_door
from netfin.payments.street import STREET, Codes, take_the_code
from netfin.turning import Draw, Kind, Range, Rule, Statement, from_draw

_ours = Range.half_to_twice
_ANY = (0.0, 1e15)


def _saver(draw: Draw) -> SaverTerms:
    return from_draw(CLERK, "saver", draw)


DOOR = Statement(
    name="door",
    claims=("C6-08",),
    kind=Kind.CONDITIONAL,
    words="A month's pay that waits to be spent is worth moving into a fund where moving is little "
    "trouble.",
    holds=lambda draw: np.asarray(move_pay(_saver(draw)).gain) > 0.0,
    rule=Rule(
        "The monthly pay is more than eight times the trouble of a transfer, divided by the fund's "
        "extra yield in a month.",
        left=lambda draw: draw["saver.monthly_pay"],
        right=lambda draw: np.asarray(pay_at_the_door(_saver(draw))),
        unit="yuan",
    ),
    ranges=(
        Range("saver.monthly_pay", float(CLERK.monthly_pay), 1000.0, 12000.0, "the monthly pay",
              "from a third of Miss Chen's to four times", unit="yuan", domain=_ANY),
        Range("saver.trouble", float(CLERK.trouble), 0.01, 4.0, "the trouble of a transfer",
              "from one fen to twice our number", unit="yuan", domain=_ANY),
        Range("saver.fund_yield", float(CLERK.fund_yield), 0.0097, 0.0641, "the fund's extra yield",
              "Yu'e Bao's lowest and highest yield that we cite, less what the account paid then",
              facts=("PAY-03a", "PAY-03b", "PAY-04a", "PAY-04c")),
    ),
    left_out="Pay that is spent unevenly, savings that stay for longer than a month, a fund "
    "that pays at the till itself, so that no way back is needed, and what deposit insurance is "
    "worth.",
)  # fmt: skip


def _before(draw: Draw) -> Array:
    return np.asarray(float_income(draw["before.balance"], draw["before.rate"]))


def _after(draw: Draw) -> Array:
    return np.asarray(
        float_income(draw["after.balance"], draw["after.rate"], draw["after.handed_on"])
    )


FLOAT = Statement(
    name="float",
    claims=("C6-08",),
    kind=Kind.CONDITIONAL,
    words="Payment firms earn less on the money that waits with them after full custody than "
    "before, though there is more of it.",
    holds=lambda draw: _after(draw) < _before(draw),
    rule=Rule(
        "The rate that the money earned before, divided by what custody leaves of its rate, is "
        "more than the number of times that the money has grown.",
        left=lambda draw: draw["before.rate"]
        / (draw["after.rate"] * (1.0 - draw["after.handed_on"])),
        right=lambda draw: draw["after.balance"] / draw["before.balance"],
        unit="times",
    ),
    ranges=(
        Range("before.balance", 460.0, 230.0, 920.0, "the money before",
              "half to twice the count of September 2016", unit="billion yuan", domain=_ANY),
        Range("before.rate", 0.025, 0.0125, 0.05, "the rate before",
              "half to twice our number, net of what was set aside: we found no average"),
        Range("after.balance", 2093.0, 1630.0, 3091.0, "the money after",
              "least: the month before full custody; most: before the new year of 2025",
              facts=("PAY-08a", "PAY-08c"), unit="billion yuan", domain=_ANY),
        Range("after.rate", 0.0035, 0.00175, 0.0070, "the rate in custody",
              "half to twice what the central bank pays; the industry had hoped for twice"),
        Range("after.handed_on", 0.10, 0.05, 0.20, "the share handed on",
              "half to twice our number", by_ratio=False),
    ),
    left_out="Interest that banks gave the firms in other forms, and fees that rose or fell with "
    "custody.",
)  # fmt: skip


def _street_cash(draw: Draw) -> Array:
    return np.asarray(take_the_code(Codes.BOTH, from_draw(STREET, "street", draw)).cash)


CASH_PAYS = Statement(
    name="cash-pays",
    claims=("C6-12",),
    kind=Kind.CONDITIONAL,
    words="Once all shops take the code, customers with cash pay more than before.",
    holds=lambda draw: _street_cash(draw) < 0.0,
    rule=Rule(
        "The fee is more than what the shop saves on each sale by wallet.",
        left=lambda draw: draw["street.fee"],
        right=lambda draw: draw["street.saving"],
    ),
    ranges=(
        _ours("street.fee", STREET.fee, "the shop's fee"),
        Range("street.saving", float(STREET.saving), 0.0005, 0.008, "what the shop saves",
              "wider than half to twice, for nobody has measured it in China"),
        _ours("street.convenience", STREET.convenience, "the wallet's worth to its user"),
        _ours("street.wallet_share", STREET.wallet_share, "customers with a wallet",
              by_ratio=False),
    ),
    left_out="Shops that ask wallet users a price of their own, shops without competitors, and "
    "fees that buyers get back.",
    inside=lambda draw: np.asarray(
        draw["street.fee"] <= draw["street.saving"] + draw["street.convenience"]
    ),
)  # fmt: skip


def _wallet(draw: Draw) -> Array:
    return np.asarray(
        cost_of_paying(draw["ticket"], draw["wallet.seconds"], draw["hour"], draw["extra_fee"])
    )


def _card(draw: Draw) -> Array:
    return np.asarray(cost_of_paying(draw["ticket"], draw["card.seconds"], draw["hour"], 0.0))


SECONDS = Statement(
    name="seconds",
    claims=("C6-12",),
    kind=Kind.CONDITIONAL,
    words="Where all pay one price, telephones in place of cards leave the customers together "
    "better off, in time and money.",
    holds=lambda draw: _wallet(draw) < _card(draw),
    rule=Rule(
        "The seconds saved, at what a customer's time is worth, are more than the extra fee on the "
        "payment, which the price passes on to all.",
        left=lambda draw: (draw["card.seconds"] - draw["wallet.seconds"]) * draw["hour"] / 3600.0,
        right=lambda draw: draw["extra_fee"] * draw["ticket"],
        unit="yuan",
    ),
    ranges=(
        Range("wallet.seconds", 14.0, 11.8, 18.7, "a payment by telephone",
              "least: food shops; most: as long as cash; a code took 17 in Japan",
              facts=("PAY-30a", "PAY-30b", "PAY-30f"), unit="seconds", domain=_ANY),
        Range("card.seconds", 19.3, 13.2, 25.7, "a payment by card",
              "held to the reader, on average; least: so in food shops; most: inserted",
              facts=("PAY-30c", "PAY-30e", "PAY-30g"), unit="seconds", domain=_ANY),
        _ours("hour", 20.0, "an hour's worth", unit="yuan", domain=_ANY),
        _ours("ticket", 15.0, "what is bought", unit="yuan", domain=_ANY),
        _ours("extra_fee", 0.003, "the extra fee passed on"),
    ),
    left_out="The walk to a counter, shops that take no card, payments at a distance, and those "
    "who have no telephone.",
)  # fmt: skip

STATEMENTS = (DOOR, FLOAT, CASH_PAYS, SECONDS)
