"""Which of a chapter's equations a figure confirms: `teaching/<slug>/confirm.yml`, computed.

By the explorer's name an entry has

- `equation`, its label in the chapter, and `gives`, what comes out of it, in the figure's unit;
- `column` and perhaps `row` (from 0) of the figure's table, where that number stands;
- `times`, what the equation's number is multiplied by to be in that unit (1 if not told);
- `side`, which side of its signs of relation is computed (from 0; the last if not told); or `find`,
  the letter for which the equation is solved, and perhaps `is`, a number in place of its left side;
- `terms`, the model's parameters, in which letters are found by the names in `data/notation.csv`;
  a control of the figure that has such a name goes before them;
- `letters`, of others: a number, or the name of a control.

A figure without an entry has no equation on its sheet. An entry is refused if a letter of its
equation has no number, if nothing changes by the move, and if the figure says another number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from bs4 import Tag
from scipy.optimize import brentq

import algebra
from bookkit.readers import checks
from material import Chapter, Explorer, State, notation
from places import ROOT

NEEDED = {"equation", "gives", "column"}
MORE = {"row", "times", "side", "find", "is", "terms", "letters"}
CLOSE = 1e-4  # of the number in the figure's table, which has six digits
LOW, HIGH = 1e-9, 1 - 1e-9  # between which a letter is found: a rate or a share


@dataclass(frozen=True)
class Letter:
    """A letter of the equation: as it is written, what it means, its numbers before and after."""

    written: str
    meaning: str
    numbers: tuple[float, float] | None  # None: it is to be found


@dataclass(frozen=True)
class Confirmed:
    """An equation with the numbers of a figure, before and after its move."""

    explorer: Explorer
    formula: Tag
    entry: checks.Entry

    @property
    def states(self) -> tuple[State, State]:
        """Before and after the move."""
        return self.explorer.start, self.explorer.end

    @property
    def find(self) -> str:
        """The letter that is to be found, if it is one."""
        return str(self.entry.get("find", ""))

    @property
    def times(self) -> float:
        """What the equation's number is multiplied by."""
        return float(self.entry.get("times", 1))

    @cached_property
    def sides(self) -> list[list[Tag]]:
        """The sides that are computed: one, or the two of an equation that is solved."""
        every = algebra.sides(self.formula)
        if not self.find:
            return [every[self.entry.get("side", -1)]]
        return every[1:] if "is" in self.entry else every[:2]

    @cached_property
    def letters(self) -> dict[str, Letter]:
        """Its letters by their names."""
        found = {algebra.name(each): each for side in self.sides for each in algebra.letters(side)}
        if unknown := set(self.entry.get("letters", {})) - set(found):
            raise ValueError(f"the equation has no letter {checks.listed(unknown)}")
        return {named: self._letter(named, str(each)) for named, each in found.items()}

    def _letter(self, named: str, written: str) -> Letter:
        meaning = notation().get(named, {}).get("meaning", "")
        if not meaning:
            raise ValueError(f"data/notation.csv does not say what {named} means")
        if named == self.find:
            return Letter(written, meaning, None)
        before, after = (self._number(named, state) for state in self.states)
        return Letter(written, meaning, (before, after))

    def _number(self, named: str, state: State) -> float:
        told = self.entry.get("letters", {}).get(named, notation()[named]["name"])
        if not isinstance(told, str):
            return float(told)
        for control, place in zip(self.explorer.controls, state, strict=True):
            if control.name == told:
                return number(control.texts[place])
        found = getattr(terms(self.entry["terms"]), told, None) if "terms" in self.entry else None
        if found is None:
            raise ValueError(f"the letter {named} has no number: there is no {told!r}")
        return float(found)

    def numbers(self, at: int) -> dict[str, float]:
        """Return the letters' numbers before (0) or after (1) the move, a found one among them."""
        known = {name: each.numbers[at] for name, each in self.letters.items() if each.numbers}
        return {**known, self.find: self._found(known)} if self.find else known

    def _found(self, known: Mapping[str, float]) -> float:
        def gap(tried: float) -> float:
            made = [algebra.value(each, {**known, self.find: tried}) for each in self.sides]
            return made[0] - (made[1] if len(made) > 1 else float(self.entry["is"]))

        return float(brentq(gap, LOW, HIGH, xtol=1e-13))

    def value(self, at: int) -> float:
        """Return what the equation gives before or after the move, as the figure counts."""
        numbers = self.numbers(at)
        made = numbers[self.find] if self.find else algebra.value(self.sides[0], numbers)
        return self.times * made

    def filled(self, at: int) -> str:
        """Return the sides that are computed with numbers in place of letters."""
        numbers = self.numbers(at)
        made = [algebra.filled(each, numbers) for each in self.sides]
        if "is" in self.entry:
            made.append(f"<mn>{algebra.digits(float(self.entry['is']))}</mn>")
        if not self.find:
            made.append(f"<mn>{algebra.digits(self.value(at) / self.times)}</mn>")
        return f'<math display="block">{"<mo>=</mo>".join(made)}</math>'

    def check(self) -> None:
        """Refuse an equation that does not give what the figure says."""
        made = [self.value(0), self.value(1)]
        if abs(made[0] - made[1]) <= CLOSE * abs(made[0]):
            raise ValueError(f"the move changes nothing: {made[0]:g} before and after")
        for told, state in zip(made, self.states, strict=True):
            head, *rows = self.explorer.table(state)
            checks.one_of("column", self.entry["column"], map(str, head))
            shown = rows[self.entry.get("row", 0)][head.index(self.entry["column"])]
            if abs(told - shown) > CLOSE * max(1, abs(shown)):
                raise ValueError(f"it gives {told:g}, and the figure's table has {shown:g}")
            said = self.explorer.sentence(state)
            if not is_said(told, said):
                raise ValueError(f"it gives {told:g}, which the figure does not say: {said}")


def is_said(value: float, sentence: str) -> bool:
    """Tell whether a number stands in a sentence, with whatever digits it has there."""
    for told in re.findall(r"\d[\d,]*(?:\.\d+)?", sentence):
        digits = len(told.partition(".")[2])
        if abs(abs(value) - float(told.replace(",", ""))) <= 0.500001 * 10**-digits:
            return True
    return False


def number(text: str) -> float:
    """Read where a control stands; per cent as a share."""
    told = re.match(r"[−-]?\d[\d,]*(?:\.\d+)?", text)
    if told is None:
        raise ValueError(f"a control at {text!r} is no number")
    read = float(told[0].replace("−", "-").replace(",", ""))
    return read / 100 if "%" in text else read


def terms(told: str) -> Any:
    """Return parameters of the models by where they are: netfin.lending.BANK."""
    module, _, named = told.rpartition(".")
    return getattr(import_module(module), named)


def confirmed(
    chapter: Chapter, explorers: Sequence[Explorer], file: Path | None = None
) -> dict[str, Confirmed]:
    """Return the equations of some of a chapter's explorers, by their names; refuse a wrong one."""
    file = file or ROOT / "teaching" / chapter.slug / "confirm.yml"
    known = {each.name: each for each in chapter.explorers}
    found: dict[str, Confirmed] = {}
    for name, content in (checks.read(file) if file.is_file() else {}).items():
        with checks.within(f"teaching/{chapter.slug}/confirm.yml, {name}"):
            checks.one_of("the explorer", name, known)
            entry = checks.entry(content, NEEDED, MORE)
            if known[name] not in explorers:
                continue
            made = Confirmed(known[name], chapter.formula(entry["equation"]), entry)
            made.check()
            found[name] = made
    return found
