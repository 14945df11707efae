"""The explorer under a kernel, at the widgets' own level."""

from __future__ import annotations

import base64
import re

import ipywidgets as widgets
import pandas as pd
import pytest
import toys

from explorer import Explorer, ExplorerError, Guess, Money, Shown
from explorer.live import widget


class Display:
    """One explorer on show."""

    def __init__(self, explorer: Explorer) -> None:
        self.box = widget(explorer)
        self.parts = [w for w in self.box.children if not isinstance(w, widgets.HBox)]
        rows = [w for w in self.box.children if isinstance(w, widgets.HBox)]
        self.answers = list(rows[0].children) if rows else []

    def control(self, label: str) -> widgets.Widget:
        return next(w for w in self.parts if getattr(w, "description", "") == label)

    @property
    def html(self) -> str:
        return "\n".join(w.value for w in self.parts if isinstance(w, widgets.HTML))


def test_moving_a_control_recomputes_on_the_finer_grid() -> None:
    display = Display(toys.loan_rate)
    before = display.html
    assert toys.loan_rate.show((2, 3)).sentence in before
    display.control("Funding rate").value = 3.5  # between two states of the page
    assert toys.loan_rate.show((3.5, 3)).sentence in display.html
    assert re.findall("<svg.*?</svg>", before, re.S) != re.findall(
        "<svg.*?</svg>", display.html, re.S
    )
    assert "mx-trace" in display.html
    display.control("Reset").click()
    assert display.html == before


def test_every_kind_of_control_is_there() -> None:
    display = Display(toys.menu)
    assert isinstance(display.control("Who?"), widgets.Dropdown)
    assert isinstance(display.control("Months"), widgets.SelectionSlider)
    assert isinstance(display.control("Insured"), widgets.Checkbox)
    display.control("Insured").value = False
    display.control("Who?").value = "platform, <new>"
    assert "yuan &amp; without &lt;cover&gt;." in display.html


def test_a_guess_is_noted_and_answered_after_the_first_move() -> None:
    display = Display(toys.loan_rate)
    display.answers[0].click()
    assert "Your guess: &lt; 5 %. Now move a control" in display.html
    assert "The model says" not in display.html
    display.control("Funding rate").value = 4
    assert "The model says: 5 to 20 %. It is 7 %." in display.html
    display.answers[1].click()
    display.control("Funding rate").value = 5
    assert "You were right. It is 7 %." in display.html


def test_a_guess_may_wait_for_a_state() -> None:
    axes = {
        name: Money(low=0, high=4, step=1, default=0, label=name.capitalize())
        for name in ("price", "fee")
    }
    guess = Guess("What?", ("low", "high"), 1, "It is dear.", at={"price": 3, "fee": 2})
    explorer = toys.explore(guess=lambda: guess, **axes)(
        lambda price, fee: Shown(toys.bars([price]), "It costs.", pd.DataFrame({"fee": [fee]}))
    )
    display = Display(explorer)
    display.answers[0].click()
    assert "Now set Price to 3 yuan and set Fee to 2 yuan and see." in display.html
    display.control("Price").value = 3
    assert "It is dear." not in display.html
    display.control("Fee").value = 2
    assert "The model says: high. It is dear." in display.html


def test_a_challenge_is_met_and_left() -> None:
    display = Display(toys.loan_rate)
    assert "Make it dear." in display.html
    assert "Found." not in display.html
    display.control("Probability of default").value = 12
    display.control("Funding rate").value = 6
    assert "<b>Found.</b> Losses cost." in display.html
    display.control("Reset").click()
    assert "Found." not in display.html


def test_the_numbers_can_be_taken_away() -> None:
    data = re.search(r'href="data:text/csv;base64,([^"]+)"', Display(toys.menu).html)
    assert data
    lines = base64.b64decode(data[1]).decode().splitlines()
    assert lines == ["what,yuan", '"fee, ""all in""",2469.14', "<b>,1000000"]


def test_two_displays_of_one_explorer_share_no_id() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', Display(toys.loan_rate).html)) for _ in range(2)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_a_still_picture_has_no_controls() -> None:
    display = Display(toys.still)
    assert "Three and four." in display.html
    assert all(isinstance(part, widgets.HTML) for part in display.parts)


def test_a_state_that_fails_says_so_in_the_notebook() -> None:
    display = Display(toys.fragile)
    display.control("Sum").value = 9
    assert "state Sum = 9 yuan: ZeroDivisionError" in display.html
    display.control("Sum").value = 8
    assert "ZeroDivisionError" not in display.html


def test_a_default_that_fails_raises_at_once() -> None:
    def broken(price: float) -> Shown:
        raise ArithmeticError(price)

    axis = Money(low=0, high=1, step=1, default=0, label="Price")
    with pytest.raises(ExplorerError, match=r"ArithmeticError: 0\.0"):
        widget(toys.explore(price=axis)(broken))
