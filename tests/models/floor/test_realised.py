"""Rate less loss: money followed to its end, against loans followed one by one and counts."""

import numpy as np
import pytest
from hypothesis import given
from strategies import between

from netfin import data
from netfin.lending import BANK
from netfin.realised import realised_spread

MONTHS = 36
RATE = 0.12


def loss_by_counts(share, years, severity):
    """Loss a year on the balance outstanding, from counts: −ln(1 − share)/years · LGD.

    Exact, whatever the schedule, if each running loan is equally likely to default in every month.
    """
    return -np.log1p(-share) / years * severity


def annuity_balances():
    """Balance of one yuan owed at the start of each month of an annuity loan."""
    monthly = RATE / 12
    months = np.arange(MONTHS)
    return (1 - (1 + monthly) ** (months - MONTHS)) / (1 - (1 + monthly) ** -MONTHS)


def straight_balances():
    """Balance of one yuan repaid in equal instalments of principal."""
    return 1 - np.arange(MONTHS) / MONTHS


def loss_a_year(default_month, balances, severity):
    """Lost over outstanding, following every loan: month of default, `MONTHS` if none."""
    running = np.arange(MONTHS)[None, :] <= default_month[:, None]
    outstanding = (running * balances).sum() / 12
    defaulted = default_month[default_month < MONTHS]
    return severity * balances[defaulted].sum() / outstanding


def loans_with_constant_hazard(share, count, seed=11):
    monthly = 1 - (1 - share) ** (1 / MONTHS)
    months = np.random.default_rng(seed).geometric(monthly, count) - 1
    return np.minimum(months, MONTHS)


def loans_with_even_defaults(share, count):
    """Defaults at an even pace over the term, no chance in it."""
    months = np.full(count, MONTHS)
    lost = int(share * count)
    months[:lost] = np.arange(lost) % MONTHS
    return months


@pytest.mark.parametrize("share", [0.06, 0.15, 0.35])
@pytest.mark.parametrize("balances", [annuity_balances(), straight_balances(), np.ones(MONTHS)])
def test_the_loss_follows_loans_one_by_one_whatever_the_schedule(share, balances):
    followed = loss_a_year(loans_with_constant_hazard(share, 60_000), balances, 0.9)

    assert loss_by_counts(share, MONTHS / 12, 0.9) == pytest.approx(followed, rel=0.05)


@pytest.mark.parametrize(("share", "too_high"), [(0.06, 0.01), (0.30, 0.07)])
def test_with_defaults_at_an_even_pace_the_error_is_as_stated(share, too_high):
    even = share / 3.0 / (1 - share / 3)

    assert loss_by_counts(share, 3.0, 1.0) / even - 1 == pytest.approx(too_high, abs=0.004)
    # The even-pace formula itself, against loans followed one by one.
    followed = loss_a_year(loans_with_even_defaults(share, 36_000), straight_balances(), 1.0)
    assert followed == pytest.approx(even, rel=0.03)


def test_money_is_followed_to_the_same_answer():
    """Loans followed in cash: interest and losses, without knowing term, schedule or severity."""
    balances, severity = annuity_balances(), 0.85
    default_month = loans_with_constant_hazard(0.2, 20_000)
    running = np.arange(MONTHS)[None, :] < default_month[:, None]
    interest = (running * balances).sum() * RATE / 12 / default_month.size
    lost = severity * balances[default_month[default_month < MONTHS]].sum() / default_month.size
    spread = realised_spread(RATE, interest - lost, lost)

    outstanding = (running * balances).sum() / 12 / default_month.size
    assert spread.yearly_loss == pytest.approx(lost / outstanding)
    assert spread.remaining == pytest.approx(RATE - lost / outstanding)


def test_without_loss_the_whole_rate_remains():
    assert realised_spread(0.1, 0.15, 0.0) == (0.1, 0.0, 0.1)


def test_a_lender_who_only_just_gets_his_money_back_keeps_nothing():
    assert realised_spread(0.1, 0.0, 0.15) == pytest.approx((0.1, 0.1, 0.0))


def test_a_lender_who_loses_money_has_a_negative_spread():
    assert realised_spread(0.1, -0.05, 0.15).remaining == pytest.approx(-0.05)


@given(between(0.01, 0.5), between(0.0, 1.0), between(0.001, 1.0))
def test_interest_is_shared_between_loss_and_spread(rate, net_return, lost):
    spread = realised_spread(rate, net_return, lost)

    assert spread.yearly_loss + spread.remaining == pytest.approx(rate)
    assert spread.remaining * lost == pytest.approx(spread.yearly_loss * net_return, abs=1e-12)


def test_lending_club_2007_2011_spread_rises_far_less_than_its_rate():
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    spread = realised_spread(
        grades["average_rate"].to_numpy() / 100,
        grades["net_return"].to_numpy() / 100,
        (grades["principal_lost"] / grades["funded"]).to_numpy(),
    )

    rise_in_rate = spread.rate[-1] - spread.rate[0]
    rise_in_spread = spread.remaining[-1] - spread.remaining[0]
    assert rise_in_rate == pytest.approx(0.1398)
    assert rise_in_spread == pytest.approx(0.029, abs=0.0005)
    assert np.all(np.diff(spread.yearly_loss) > 0)


def test_counts_and_money_agree_on_lending_club_within_a_point_and_a_half():
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    rate = grades["average_rate"].to_numpy() / 100
    lost = (grades["principal_lost"] / grades["funded"]).to_numpy()
    by_money = realised_spread(rate, grades["net_return"].to_numpy() / 100, lost)
    share = (grades["charged_off"] / grades["loans"]).to_numpy()
    by_counts = rate - loss_by_counts(share, 3.0, 0.9)

    assert np.max(np.abs(by_counts - by_money.remaining)) < 0.015


def test_a_default_cost_lending_club_what_the_default_severity_is_rounded_from():
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    loss_a_default = grades["principal_lost"] / grades["charged_off"]
    severity = loss_a_default / (grades["funded"] / grades["loans"])

    assert severity.min() == pytest.approx(0.47, abs=0.005)
    assert severity.max() == pytest.approx(0.69, abs=0.005)
    assert severity.min() < BANK.loss_given_default < severity.max()


def test_a_lender_who_was_paid_no_interest_has_no_spread():
    with pytest.raises(ValueError, match=r"^net_return plus principal_lost must be .* not -0\.1$"):
        realised_spread(0.1, -0.2, 0.1)
