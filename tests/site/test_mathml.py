"""Formulas become small MathML; a slip in one stops the build and says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from bookkit.page.formula_breaks import breakable
from bookkit.page.mathml import FormulaError, to_mathml

FORMULAS = {
    "fraction": r"r = \frac{f + o + PD \cdot LGD}{1 - PD}",
    "words": r"\text{spread} = r - f",
    "greek": r"\pi_t = \alpha\,\beta^{t} \le \hat{\rho}_{\mathrm{gross}}",
    "sum": r"\sum_{i=1}^{n} x_i \left(1 + r\right)^{-i}",
    "cases": r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    "aligned": r"\begin{aligned} a &= b + c \\ d &= e \end{aligned}",
}


@pytest.mark.parametrize("latex", FORMULAS.values(), ids=FORMULAS.keys())
def test_a_formula_is_small_mathml(latex: str) -> None:
    markup = to_mathml(latex, display=True)
    assert markup.startswith('<math display="block">')
    assert "\\" not in markup
    assert len(markup.encode()) < 1000


def test_parts_of_a_fraction_keep_their_places() -> None:
    assert to_mathml(r"\frac{a}{b}", display=False) == (
        "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    )


@pytest.mark.parametrize("latex", [r"\frac{a", r"\foo{x}", "a & b", r"\begin{cases} a", "", " \n"])
def test_a_formula_that_cannot_be_read_is_refused(latex: str) -> None:
    with pytest.raises(ValueError, match=r"^latex ") as refusal:
        to_mathml(latex, display=False)
    reason = f'"{latex.strip()}" cannot be read' if latex.strip() else "empty"
    assert reason in str(refusal.value)


@pytest.mark.parametrize(("latex", "lines"), [
    (r"a = b + c", ["a=b+c"]),
    (r"p_B + p_S - c_p = A_B - p_B = A_S - p_S", ["pB+pS−cp=", "AB−pB=", "AS−pS"]),
    (r"58(1 - \rho_o) - 30 - 3\rho_o", ["58(1−ρo)−", "30−3ρo"]),
    (r"(1 + h_c)(1 - b_c) = 1", ["(1+hc)", "(1−bc)=1"]),
    (r"-4.03 + 4.5 = -0.47", ["−4.03+4.5=", "−0.47"]),
    (r"\ln\bigl((139/700)/(135/300)\bigr)", ["ln\u2061((139/", "700)/", "(135/300))"]),
])  # fmt: skip
def test_in_a_sentence_a_long_formula_can_end_a_line_after_its_signs(
    latex: str, lines: list[str]
) -> None:
    parts = breakable(to_mathml(latex, display=False)).split("</math>")[:-1]
    assert [BeautifulSoup(part, "html.parser").get_text() for part in parts] == lines
    for part in parts[:-1]:  # else a sign at the end of a row had less room than between two sides
        assert part.endswith(("/</mo>", ")</mo>")) or 'form="infix"' in part.rpartition("<mo")[2]


def build(folder: Path, text: str) -> str:
    """Build a book of one page; return the page."""
    (folder / "conf.py").write_text(
        "extensions = ['myst_parser', 'bookkit.page.mathml']\n"
        "myst_enable_extensions = ['dollarmath']\n"
        "html_math_renderer = 'mathml'\n"
    )
    (folder / "index.md").write_text(text)
    app = SphinxTestApp("html", srcdir=folder)
    try:
        app.build()
        return (folder / "_build" / "html" / "index.html").read_text()
    finally:
        app.cleanup()


def test_a_labelled_equation_has_a_number_and_can_be_referred_to(tmp_path: Path) -> None:
    html = build(tmp_path, "# Page\n\nSee {eq}`eq-a`.\n\n$$\na = b\n$$ (eq-a)\n")
    assert '<div class="math" id="equation-eq-a">' in html
    assert '<span class="eqno">(1)' in html
    assert 'href="#equation-eq-a">(1)</a>' in html


def test_a_slip_stops_the_build_and_names_page_and_formula(tmp_path: Path) -> None:
    with pytest.raises(FormulaError, match=r'index\.md:5: latex "\\foo" cannot be read'):
        build(tmp_path, "# Page\n\nText.\n\n$$\n\\foo\n$$\n")
