"""The numbers that the text of the chapter says. To write: those of the chapter itself."""

from __future__ import annotations

from figures.numbers import Numbers, number, of_100, percent
from netfin.platforms.in_use import IN_USE, TERMS, what_is_left


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        "in_use": of_100(IN_USE, unit="yuan"),
        "gain": percent(TERMS.gain),
        "cost": percent(TERMS.cost),
        "left": number(100 * float(what_is_left(IN_USE)), 2, "yuan"),
        "needed": percent(float(TERMS.cost) / float(TERMS.gain)),
    }
