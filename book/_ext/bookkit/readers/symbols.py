"""Symbols of the parameters as the chapters' equations write them."""

from __future__ import annotations

import unicodedata

UNLIKE = {"lamda": "lambda"}  # Unicode's names of letters that LaTeX calls otherwise


def latex(symbol: str) -> str:
    """Write a symbol as the chapters' equations do."""
    letter, _, index = symbol.partition("_")
    if not letter.isascii():
        name = unicodedata.name(letter).rpartition(" ")[2].lower()
        name = UNLIKE.get(name, name)
        letter = rf"\{name.capitalize() if letter.isupper() else name}"
    elif len(letter) > 1:
        letter = rf"\mathrm{{{letter}}}"
    return f"{letter}_{{{index}}}" if index else letter
