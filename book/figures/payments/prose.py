"""The numbers that the text of the chapter says."""

from __future__ import annotations

from dataclasses import replace

from scipy.optimize import brentq

from figures.numbers import Numbers, Quantity, number, percent
from figures.payments.door import PAYS
from figures.payments.evidence import american_door, danish_elasticity, iceland_index
from netfin import facts
from netfin.payments.balances import (
    CARD,
    CardTerms,
    average_balance,
    customers_loan_rate,
    float_income,
    refund_queue,
    seigniorage,
)
from netfin.payments.fund import bank_matches_above, money_fund
from netfin.payments.idle import (
    CLERK,
    SaverTerms,
    cash_in_hand,
    move_pay,
    pay_at_the_door,
    trouble_at_the_door,
    yearly_fee_of_leaving,
    yield_at_the_door,
)
from netfin.payments.street import STREET, Codes, StreetTerms, take_the_code
from netfin.runs import DepositContract, leave_payoff, wait_payoff
from netfin.two_sides import TWO_SIDES, best_prices, capped_prices

_YUAN = "yuan"
_MONTHS = 12
_RATE_BEFORE, _RATE_IN_CUSTODY, _HANDED_ON = 0.025, 0.0035, 0.10  # the last by the draft of 2020
_QUEUE_RATE = 0.04
_CLOSING = 0.10  # chance a year that a shop closes
_GENEROUS = CardTerms(bonus=0.10)
_BANK = (0.0035, 0.0396, 0.006)  # deposits, the fund's yield, what the fund keeps
_BEANS = (120.0, 60.0, 0.05, 0.06)  # million sold, days, rate, never used
_BEANS_CASH = 0.20
_SMALL = 1000.0  # yuan, of the fact PAY-05a


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        **_cash(),
        **_door(),
        **_street(),
        **_cards(),
        **_queue(),
        **_america(),
        **_china(),
        **_seconds(),
        **_fund(),
        **_two_sides(),
        **_beans(),
        **_exercises(),
    }


def _yuan(value: object, decimals: int = 0) -> Quantity:
    return number(float(value), decimals, _YUAN)  # type: ignore[arg-type]


def _cash() -> Numbers:
    """Cash in hand."""
    spending = _MONTHS * float(CLERK.monthly_pay)
    plan = cash_in_hand(spending, CLERK.trouble, CLERK.fund_yield)
    trips_cost = float(plan.withdrawals) * float(CLERK.trouble)
    return {
        "pay": _yuan(CLERK.monthly_pay),
        "year_pay": _yuan(spending),
        "extra": percent(CLERK.fund_yield, 1),
        "trouble": _yuan(CLERK.trouble),
        "trips": number(plan.withdrawals, 0, "trips"),
        "trips_cost": _yuan(trips_cost),
        "cash": _yuan(plan.average_cash),
        "lost": _yuan(float(plan.cost) - trips_cost),
    }


def _door() -> Numbers:
    """The door to the fund."""
    quarter, head = float(CLERK.monthly_pay) / 4, replace(CLERK, monthly_pay=PAYS[1])
    rate = float(CLERK.fund_yield) / _MONTHS
    before, after = move_pay(head), move_pay(replace(head, trouble=0.0))
    interest = (after.in_fund - before.in_fund) * CLERK.fund_yield
    return {
        "quarter": _yuan(quarter),
        "month_rate": percent(rate, 1),
        "quarter_earns": _yuan(quarter * rate, 2),
        "two_cost": _yuan(2 * float(CLERK.trouble)),
        "door": _yuan(pay_at_the_door()),
        "door_till": _yuan(2 * float(CLERK.trouble) / rate),  # half the pay waits, moved once
        "needed_yield": percent(yield_at_the_door(), 1),
        "needed_trouble": _yuan(trouble_at_the_door(), 3),
        "free_gain": _yuan(move_pay(replace(CLERK, trouble=0.0)).gain),
        "head_pay": _yuan(PAYS[1]),
        "head_gain": _yuan(after.gain - before.gain),
        "head_interest": _yuan(interest),
        "head_spared": _yuan(after.gain - before.gain - interest),
    }


def _street() -> Numbers:
    """Two shops and a code."""
    first, both = (take_the_code(each) for each in (Codes.FIRST, Codes.BOTH))
    return {
        "fee": percent(STREET.fee, 1),
        "saving": percent(STREET.saving, 1),
        "convenience": percent(STREET.convenience, 1),
        "first": _yuan(1000 * float(first.profit_first), 2),
        "second_loses": _yuan(-1000 * float(first.profit_second), 2),
        "cash_pays": _yuan(-1000 * float(both.cash)),
        "wallet_gain": _yuan(1000 * float(both.wallet)),
    }


def _cards() -> Numbers:
    """Float, and a card as a loan."""
    promised = float(customers_loan_rate(_GENEROUS))
    return {
        "float_days": number(_days_of_waiting(), 1, "days"),
        "breakage": percent(CARD.never_used),
        "card_rate": percent(customers_loan_rate(CARD), 1),
        "bonus": percent(_GENEROUS.bonus),
        "bonus_rate": percent(promised, 1),
        "bonus_rate_closing": percent((1 + promised) * (1 - _CLOSING) - 1, 1),
    }


def _days_of_waiting() -> float:
    """How long a yuan waits with payment firms, of what they hold and what they handle a year."""
    known = facts.load()
    a_day = float(average_balance(1000 * known["PAY-10"].number, 1.0))  # what one day brings
    return known["PAY-08b"].number / a_day


def _queue() -> Numbers:
    """A place in a queue for refunds."""
    known = facts.load()
    before, after = known["PPD-03a"].number, known["PPD-03b"].number
    wait = refund_queue(known["PPD-02"].number, after, before - after, _QUEUE_RATE)
    return {
        "refunds": number(before - after, 0, "refunds"),
        "queue_years": number(float(wait.days) / 365, 0, "years"),
        "queue_rate": percent(_QUEUE_RATE),
        "queue_last": _yuan(wait.last),
    }


def _america() -> Numbers:
    """Doors in America, money in Denmark, cards in Iceland."""
    door, cost = american_door(), danish_elasticity()
    return {
        "year_80": "1980",
        "door_54": number(door[1954], 0, "dollars a month"),
        "door_81": number(door[1981], 0, "dollars a month"),
        "door_factor": number(door[1954] / door[1981], 0, "times"),
        "danish_cost": number(-cost, 2, "per cent"),
        "iceland_fall": percent(1 - iceland_index()["2008"] / iceland_index()["2007"]),
        "iceland_times": number(iceland_index()["2012"] / 100, 1, "times"),
    }


def _china() -> Numbers:
    """Small accounts, and who earned on the float."""
    known = facts.load()
    gap = (known["PAY-04b"].number - known["PAY-04a"].number) / 100
    peak = known["PAY-03b"].number - known["PAY-04a"].number
    gap_now = (known["PAY-03a"].number - known["PAY-04c"].number) / 100
    before, after = known["PAY-09"].number, known["PAY-08b"].number
    broken = known["PPD-04a"].number / known["PPD-04b"].number
    return {
        "small": _yuan(_SMALL),
        "tiny_gain": _yuan(_SMALL * gap),
        "earned_each": _yuan(1000 * known["PAY-05d"].number / known["PAY-36"].number),
        "peak_gap": number(peak, 2, "points"),
        "gap_2017": number(100 * gap, 1, "points"),
        "gap_2025": number(100 * gap_now, 1, "points"),
        "gap_2025_yuan": _yuan(_SMALL * gap_now),
        "rate_before": percent(_RATE_BEFORE, 1),
        "income_before": number(float_income(before, _RATE_BEFORE, 0.0), 1, "billion yuan"),
        "income_after": number(
            float_income(after, _RATE_IN_CUSTODY, _HANDED_ON), 1, "billion yuan"
        ),
        "float_times": number(after / before, 2, "times"),
        "starbucks": percent(broken),
    }


def _seconds() -> Numbers:
    """Seconds at the till."""
    known = facts.load()
    telephone = known["PAY-30a"].number
    return {
        "saves_inserted": number(known["PAY-30e"].number - telephone, 1, "seconds"),
        "saves_contactless": number(known["PAY-30d"].number - telephone, 1, "seconds"),
        "saves_number": number(known["PAY-30h"].number - telephone, 1, "seconds"),
        "saves_average": number(known["PAY-30g"].number - telephone, 1, "seconds"),
    }


def _fund() -> Numbers:
    """A run on a fund, and what a bank does."""
    known = facts.load()
    loss = known["PAY-34a"].number / (1000 * known["PAY-34b"].number)
    asked = known["PAY-34e"].number / known["PAY-34b"].number
    low, fund, fee = _BANK
    return {
        "reserve_calm": number(100 * float(wait_payoff(0.0, money_fund(loss))), 1, "cents"),
        "reserve_run": number(100 * float(wait_payoff(asked, money_fund(loss))), 1, "cents"),
        "bank_low": percent(low, 2),
        "bank_fund": percent(fund + fee, 2),
        "bank_fee": percent(fee, 1),
        "bank_share": percent(bank_matches_above(low, fund, fee)),
    }


def _two_sides() -> Numbers:
    """Prices of two sides, free and capped."""
    cap = 0.004
    free, capped = best_prices(), capped_prices(cap)
    return {
        "choke_users": percent(TWO_SIDES.user_choke, 1),
        "choke_shops": percent(TWO_SIDES.shop_choke, 1),
        "payment_cost": percent(TWO_SIDES.payment_cost, 1),
        "shop_price": percent(free.shops, 2),
        "user_price": percent(free.users, 2),
        "cap": percent(cap, 1),
        "capped_user": percent(-float(capped.users), 2),
    }


def _beans() -> Numbers:
    """Money of a platform's own."""
    sold, days, rate, lost = _BEANS
    gain = seigniorage(sold, days, rate, lost)
    backed = DepositContract(1.0, 1.0, 0.5, _BEANS_CASH, 0.0)
    return {
        "beans_sold": number(sold, 0, "million yuan"),
        "beans_days": number(days, 0, "days"),
        "beans_lost": percent(lost),
        "beans_out": number(gain.outstanding, 1, "million yuan"),
        "beans_rate": percent(rate),
        "beans_interest": number(gain.interest_saved, 1, "million yuan"),
        "beans_breakage": number(gain.never_used, 1, "million yuan"),
        "beans_cash": percent(_BEANS_CASH),
        "beans_run": number(leave_payoff(1.0, backed), 1, _YUAN),
    }


def _exercises() -> Numbers:
    """The solutions."""
    easy = replace(CLERK, trouble=0.5)
    plan = cash_in_hand(_MONTHS * float(CLERK.monthly_pay), easy.trouble, CLERK.fund_yield)
    dear = float(take_the_code(Codes.FIRST, StreetTerms(fee=0.012, saving=0.0)).profit_first)
    closing = 1 / (1 - _CLOSING) - 1
    bonus = brentq(lambda h: float(customers_loan_rate(CardTerms(bonus=h))) - closing, 0.0, 0.5)
    own = 0.02 * (1500 + 200 + 99)
    head = SaverTerms(monthly_pay=9000.0)
    return {
        "ex_cash": _yuan(plan.average_cash),
        "ex_door": _yuan(pay_at_the_door(easy)),
        "ex_low": percent(yield_at_the_door(head), 1),
        "ex_high": percent(yield_at_the_door(), 1),
        "ex_exit": _yuan(yearly_fee_of_leaving(_MONTHS * float(CLERK.monthly_pay), 0.001)),
        "ex_exit_year": percent(2 * _MONTHS * 0.001, 1),
        "ex_fair": percent(1 / (1 - float(CARD.never_used)) - 1, 1),
        "ex_closing_rate": percent(closing, 1),
        "ex_closing_bonus": percent(bonus, 1),
        "ex_first": f"loses {abs(1000 * dear):.2f} yuan on 1,000",
        "ex_first_stop": percent(_first_stops(), 2),
        "ex_must": percent(STREET.convenience, 1),
        "ex_timed": number(2 * 6.0**2, 0, "payments"),  # 2 = 2·6·sqrt(2/n)
        "ex_own": _yuan(own),
        "ex_own_trouble": _yuan(own / (2 * _MONTHS), 2),
    }


def _first_stops() -> float:
    """The fee at which the first shop gains nothing, where the code saves it nothing."""

    def gain(fee: float) -> float:
        return float(take_the_code(Codes.FIRST, StreetTerms(fee=fee, saving=0.0)).profit_first)

    return float(brentq(gain, 0.001, 0.02))
