"""Symbols of parameters: every Greek letter is written as LaTeX knows it."""

from __future__ import annotations

import re

import pytest

from bookkit.page.mathml import to_mathml
from bookkit.readers.symbols import latex


@pytest.mark.parametrize("letter", "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ")
def test_a_greek_letter_is_one_of_latex(letter: str) -> None:
    written = to_mathml(latex(f"{letter}_a"), display=False)
    shown = re.findall(r"<mi[^>]*>([^<a])</mi>", written)
    assert len(shown) == 1, written
    assert shown[0].isupper() == letter.isupper()
