"""Formulas become small MathML; a slip in one stops the build and says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

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
