"""The equation on a sheet is one that its figure confirms: computed before and after the move."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from chapter import standing

import algebra
import confirm
import handouts
import material
from places import OUTPUT
from small_book import ROOT

SHEETS = {slug: ROOT / "teaching" / slug / "confirm.yml" for slug in standing()}
NONE = {"pre-orders", "p2p"}  # chapters of which no equation gives what a figure says


@cache
def chapter(slug: str) -> material.Chapter:
    """Read a chapter of the built book."""
    return material.chapter(OUTPUT / "html", slug, slug)


def words(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("slug", SHEETS)
def test_the_equations_of_its_sheets_give_what_the_figures_say(slug: str) -> None:
    read = chapter(slug)
    asked = [each for each in read.explorers if each.asks]
    found = confirm.confirmed(read, asked)  # refuses what the figure does not say
    assert bool(found) == (slug not in NONE)
    for each in asked:
        sheet = handouts.sheet(read, each, handouts.Place(""), found.get(each.name))
        part = BeautifulSoup(sheet, "html.parser").select_one(".reckon")
        assert part is not None
        formulas = part.select("math[display=block]")
        assert len(formulas) == (each.name in found)
        if each.name in found:
            every = [one for side in found[each.name].sides for one in algebra.letters(side)]
            rows = [row.math for row in part.select("tbody tr") if row.math]
            listed = {algebra.name(algebra.parts(math)[0]) for math in rows}
            assert listed == {algebra.name(letter) for letter in every}
            assert all(row.select("td")[3].get_text() for row in part.select("tbody tr"))


@pytest.mark.parametrize("slug", ["merchants", "spread"])
def test_a_solution_computes_it_in_numbers(slug: str) -> None:
    read = chapter(slug)
    for name, equation in confirm.confirmed(read, read.explorers).items():
        told = words(handouts.computed(equation.explorer, equation))
        for at in (0, 1):
            assert algebra.digits(equation.value(at)) in told, name
            left = algebra.letters([algebra.read(equation.filled(at))])
            assert [*left] == [], name


def taken(slug: str, content: object, tmp_path: Path) -> dict[str, confirm.Confirmed]:
    """Read what could stand in the file of a chapter."""
    file = tmp_path / "confirm.yml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    read = chapter(slug)
    return confirm.confirmed(read, read.explorers, file)


def entry(slug: str, name: str, **changed: object) -> dict[str, dict[str, object]]:
    """Return the entry of a figure with something changed in it, or without what is None."""
    kept = yaml.safe_load(SHEETS[slug].read_text("utf-8"))[name] | changed
    return {name: {key: each for key, each in kept.items() if each is not None}}


def returned(tmp_path: Path, **changed: object) -> dict[str, confirm.Confirmed]:
    """Read the entry of the returned click with something changed in it."""
    return taken("merchants", entry("merchants", "returned-click", **changed), tmp_path)


def test_a_sound_entry_is_taken(tmp_path: Path) -> None:
    assert returned(tmp_path)["returned-click"].value(1) == pytest.approx(-22)


@pytest.mark.parametrize(("changed", "told"), [
    ({"equation": "eq-merchants-lifetime"}, "the letter d_r has no number"),
    ({"equation": "eq-merchants-no-such"}, "merchants has no equation eq-merchants-no-such"),
    ({"equation": "eq-merchants-second", "terms": "netfin.merchants.leader.LeaderTerms",
      "letters": {"l_f": 3, "m_l": 20}}, "the move changes nothing: 15 before and after"),
    ({"terms": None}, "the letter c_g has no number"),
    ({"times": 1}, "it gives 0.18, and the figure's table has 18"),
    ({"letters": {"f_o": 0}}, "it gives 28, and the figure's table has 18"),
    ({"letters": {"q": 0}}, "the equation has no letter q"),
    ({"column": "come back"}, "column must be one of"),
    ({"shown": "x"}, "unknown key shown"),
    ({"terms": "netfin.merchants.sail.SHOP"}, "terms must be parameters in a module of the models, "
     "as netfin.lending.BANK, is 'netfin.merchants.sail.SHOP'"),
    ({"terms": "os.path.join"}, "terms must be parameters in a module of the models, as "),
    ({"terms": "SHOP"}, "as netfin.lending.BANK, is 'SHOP'"),
    ({"terms": 5}, "terms must be text"),
    ({"terms": "netfin.merchants.sale.SHOPS"}, "terms must be one of netfin.merchants.sale."),
    ({"row": 99}, "row must be a whole number from 0 to 0, is 99"),
    ({"row": -1}, "row must be a whole number from 0 to 0, is -1"),
    ({"row": "1"}, "row must be a whole number from 0 to 0, is '1'"),
    ({"side": 9}, "side must be a whole number from 0 to 0, is 9"),
    ({"find": "c_g"}, "find is 'c_g'; it must be left out where there is no sign ="),
    ({"is": 1}, "is must be left out where find is not told"),
    ({"times": "much"}, "times must be a number, is 'much'"),
    ({"letters": ["c_g"]}, "letters must be numbers or controls by letters, is ['c_g']"),
    ({"letters": {"f_o": [1]}}, "f_o must be a number, is [1]"),
    ({"letters": {"f_o": "instance"}}, "the letter f_o has no number: 'instance' must be one of"),
    ({"equation": '"]'}, 'merchants has no equation "]; it has eq-merchants-'),
])  # fmt: skip
def test_an_equation_that_the_figure_does_not_confirm_is_refused(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(ValueError, match="returned-click") as refused:
        returned(tmp_path, **changed)
    assert told in str(refused.value)


@pytest.mark.parametrize(("slug", "name", "changed", "told"), [
    ("spread", "who-is-paid", {"find": "q"},
     "find must be one of r, PD, f, o, LGD, κ, k_e, is 'q'"),
    ("spread", "who-is-paid", {"find": "k_e", "letters": {"r": 9}},
     "find is 'k_e'; it must be a letter that the "),
    ("spread", "who-is-paid", {"side": 1}, "side must be left out where find is told"),
    ("risk-transfer", "two-shapes", {"column": "equal to the first loss at so many defaults (%)"},
     "at so many defaults (%)' must have a number in row 0, has ''"),
    ("merchants", "more-bidders", {"letters": {"b_r": "decides"}},
     "the letter b_r: a control at"),
])  # fmt: skip
def test_what_another_figure_s_entry_may_not_have(
    tmp_path: Path, slug: str, name: str, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(ValueError, match=f"teaching/{slug}/confirm.yml, {name}: ") as refused:
        taken(slug, entry(slug, name, **changed), tmp_path)
    assert told in str(refused.value)


def test_a_solution_that_is_not_found_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, **__: object) -> float:
        raise RuntimeError("Failed to converge after 100 iterations.")

    monkeypatch.setattr(confirm, "brentq", endless)
    with pytest.raises(ValueError, match=r"who-is-paid: find is 'r'; .* 0 and 1: Failed"):
        taken("spread", entry("spread", "who-is-paid"), tmp_path)


def test_a_file_that_names_no_figures_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"teaching/spread/confirm.yml: .* is \['who-is-paid'\]"):
        taken("spread", ["who-is-paid"], tmp_path)


def test_a_number_counts_as_said_with_the_digits_of_the_sentence() -> None:
    assert confirm.is_said(5333.33, "a pay of 5,333 yuan")
    assert confirm.is_said(-22.0, "it loses 22.0.")
    assert confirm.is_said(25.75, "more than 25.8 of 100")
    assert not confirm.is_said(18.2, "it leaves 18.0 yuan")


@pytest.mark.parametrize(("written", "value"), [
    ("<mn>2</mn><mi>a</mi><mo>(</mo><mn>1</mn><mo>−</mo><mi>a</mi><mo>)</mo>", 0.375),
    ("<mfrac><mi>a</mi><mn>2</mn></mfrac><mfrac><mn>1</mn><mi>a</mi></mfrac>", 0.5),
    ("<mo>(</mo><mn>1</mn><mo>+</mo><mi>a</mi><msup><mo>)</mo><mn>2</mn></msup>", 1.5625),
    ("<msqrt><mi>a</mi></msqrt><mo>/</mo><mi>a</mi>", 2),
    ("<msup><mi>Φ</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup><mo>(</mo><mi>a</mi><mo>)</mo>",
     -0.6744898),
])  # fmt: skip
def test_a_formula_is_computed_as_it_is_written(written: str, value: float) -> None:
    formula = algebra.read(f"<math>{written}</math>")
    assert algebra.value(algebra.sides(formula)[-1], {"a": 0.25}) == pytest.approx(value)


def test_what_stands_side_by_side_is_written_with_a_sign_between_numbers() -> None:
    side = algebra.parts(algebra.read("<math><mn>2</mn><mi>a</mi><mo>−</mo><mi>b</mi></math>"))
    assert words(algebra.filled(side, {"a": 0.25, "b": -1})) == "2 × 0.25 − (−1)"


def test_of_what_cannot_be_computed_it_is_told() -> None:
    side = algebra.parts(algebra.read("<math><mo>∫</mo><mi>a</mi></math>"))
    with pytest.raises(ValueError, match="fails"):
        algebra.value(side, {"a": 1})


def test_a_book_without_solutions_has_no_sheets_and_is_not_refused() -> None:
    assert confirm.confirmed(chapter("merchants"), []) == {}
