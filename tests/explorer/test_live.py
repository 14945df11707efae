"""The explorer under a kernel, at the widgets' own level."""

from __future__ import annotations

import base64
import re

import ipywidgets as widgets
import pandas as pd
import pytest
import toys

from explorer import Challenge, Explorer, ExplorerError, Guess, Money, Shown
from explorer.live import VIEW, bundles_of, widget
from explorer.marks import marks


class Display:
    """One explorer on show."""

    def __init__(self, explorer: Explorer) -> None:
        self.box = widget(explorer)
        self.rows = [w for w in self.box.children if isinstance(w, widgets.HBox)]
        self.parts = [
            part
            for child in self.box.children
            for part in (child.children if child in self.rows else [child])
        ]
        self.answers = list(self.rows[0].children) if self.rows else []

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


def shown(part: widgets.Widget) -> bool:
    return part.layout.display != "none"


def test_a_guess_is_noted_and_answered_where_it_asks_to_be() -> None:
    display = Display(toys.loan_rate)
    display.answers[0].click()
    assert "<b>▬ Your guess: &lt; 5\u00a0%</b>" in display.html.replace(" %", "\u00a0%")
    assert "Noted. Now set “Probability of default” to 6\u00a0% and see." in display.html
    display.control("Funding rate").value = 4
    assert (
        "Now set “Funding rate” to 2.0\u00a0% and set “Probability of default” to" in display.html
    )
    display.control("Reset").click()
    assert "The model" not in display.html  # no move of a reader's
    display.control("Probability of default").value = 6
    told = "✗ ▬ You: &lt; 5\u00a0%. ◆ The model: ✓ 5 to 20\u00a0%. It is 10.6\u00a0%."
    assert told in display.html
    display.control("Reset").click()
    assert told.replace("◆ ", "") in display.html  # its mark is not in this picture


def test_options_fold_and_unfold() -> None:
    display = Display(toys.loan_rate)
    options, fold = display.rows[:2]
    assert (shown(options), shown(fold)) == (True, False)
    display.answers[1].click()
    assert (shown(options), shown(fold)) == (False, True)
    set_it, again = fold.children[1:]
    set_it.click()
    assert display.control("Probability of default").value == 6
    assert "✓ ▬ ◆ Right: 5 to 20\u00a0%. It is 10.6\u00a0%." in display.html
    assert set_it.layout.visibility == "hidden"
    again.click()
    assert (shown(options), shown(fold)) == (True, False)
    assert "Right" not in display.html
    assert display.control("Probability of default").value == 3  # the start gives nothing away
    display.control("Probability of default").value = 6
    display.answers[2].click()  # where it is answered, at once
    assert "✗ ▬ You: more. ◆ The model: ✓ 5 to 20\u00a0%." in display.html


def test_the_picture_shows_the_guess_and_then_the_answer() -> None:
    display = Display(toys.loan_rate)
    paths = marks(toys.loan_rate, toys.loan_rate.guess())
    assert paths
    assert "mx-marks" not in display.html
    display.answers[0].click()
    assert f'<path d="{paths.yours[0]}"/></g>\n</svg>' in display.html
    set_it, again = display.rows[1].children[1:]
    set_it.click()
    both = f'<path d="{paths.yours[0]}"/><path d="{paths.model}"/></g>\n</svg>'
    assert both in display.html
    display.control("Reset").click()
    assert paths.yours[0] in display.html
    assert paths.model not in display.html  # it is the answer of the asked state alone
    again.click()
    assert "mx-marks" not in display.html


def test_a_model_that_the_reader_changed_may_leave_the_picture() -> None:
    guess = Guess.between("?", 99, (5,), ("less", "more"), "So.", {"default_rate": 6}, mark="y")
    loan = toys.loan_rate
    explorer = Explorer(loan.function, loan.axes, loan.style, guess=lambda: guess)
    display = Display(explorer)
    display.answers[0].click()
    assert "<b>Your guess: less</b>" in display.html
    assert "mx-marks" not in display.html


def test_who_skips_is_told() -> None:
    display = Display(toys.loan_rate)
    skip = display.answers[-1]
    assert skip.description == "Skip"
    skip.click()
    assert "<b>No guess.</b>" in display.html
    assert "◆" not in display.html
    assert "The model: ✓ 5 to 20\u00a0%. It is 10.6\u00a0%." in display.html


def test_a_challenge_comes_after_the_guess_and_is_met_and_left() -> None:
    display = Display(toys.loan_rate)
    assert "Make it dear." not in display.html
    display.control("Probability of default").value = 12
    display.control("Funding rate").value = 6
    assert "Found." not in display.html
    display.answers[0].click()
    assert "Make it dear." in display.html
    assert "✓ <b>Found.</b> Losses cost." in display.html
    display.control("Reset").click()
    assert "Found." not in display.html


def test_a_challenge_without_a_guess_stands_there_at_once() -> None:
    challenge = Challenge("Make it dear.", lambda table: table["fee"][0] > 3, "So.")
    axis = Money(low=0, high=4, step=1, default=0, label="Fee")
    explorer = toys.explore(challenge=challenge, fee=axis)(
        lambda fee: Shown(toys.bars([fee]), "It costs.", pd.DataFrame({"fee": [fee]}))
    )
    assert "Make it dear." in Display(explorer).html


def test_the_numbers_can_be_taken_away() -> None:
    data = re.search(r'href="data:text/csv;base64,([^"]+)"', Display(toys.menu).html)
    assert data
    content = base64.b64decode(data[1])
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows the letters
    lines = content.decode("utf-8-sig").splitlines()
    rows = ['"fee, ""all in""",2469.14', "<b>,1000000", "a crumb,3.1764e-07"]
    assert lines[:4] == ["what,yuan", *rows]
    assert lines[4:] == ["line,bars,heights", "ends,0.000,0.00", "ends,1.000,2.00"]


def test_two_displays_of_one_explorer_share_no_id() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', Display(toys.loan_rate).html)) for _ in range(2)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_an_explorer_is_displayed_without_what_only_newer_widgets_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As ipywidgets 7 has it, which Colab brings: there widgets display themselves."""
    monkeypatch.delattr(widgets.Widget, "_repr_mimebundle_")
    live, still = bundles_of(toys.loan_rate)
    box = widgets.widgets.widget._instances[live[VIEW]["model_id"]]
    assert isinstance(box, widgets.VBox)
    assert "<svg" in still["text/html"]


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
