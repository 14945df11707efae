"""Symbols of the parameters as the chapters' equations write them."""

from __future__ import annotations

import unicodedata


def latex(symbol: str) -> str:
    """Write a symbol as the chapters' equations do."""
    letter, _, index = symbol.partition("_")
    if not letter.isascii():
        letter = rf"\{unicodedata.name(letter).rpartition(' ')[2].lower()}"
    elif len(letter) > 1:
        letter = rf"\mathrm{{{letter}}}"
    return f"{letter}_{{{index}}}" if index else letter
