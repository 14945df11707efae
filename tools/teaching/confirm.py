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
from numbers import Real
from pathlib import Path
from typing import Any

from bs4 import Tag
from scipy.optimize import brentq

import algebra
from bookkit.readers import checks
from bookkit.readers.formulas import names
from material import Chapter, Explorer, State, notation
from netfin.terms import Terms
from places import ROOT

NEEDED = {"equation", "gives", "column"}
TEXTS = ("equation", "gives", "column", "find", "terms")
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
            return [every[at_place("side", self.entry.get("side", len(every) - 1), every)]]
        if len(every) < 2:
            raise ValueError(f"find is {self.find!r}; it must be left out where there is no sign =")
        return every[1:] if "is" in self.entry else every[:2]

    @cached_property
    def letters(self) -> dict[str, Letter]:
        """Its letters by their names."""
        found = {algebra.name(each): each for side in self.sides for each in algebra.letters(side)}
        if unknown := set(self.entry.get("letters", {})) - set(found):
            raise ValueError(
                f"letters has {checks.listed(unknown)}; it must be some of {', '.join(found)}, "
                f"for the equation has no letter {checks.listed(unknown)}"
            )
        if self.find:
            checks.one_of("find", self.find, found)
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
                with checks.within(f"the letter {named}"):
                    return number(control.texts[place])
        found = getattr(terms(self.entry["terms"]), told, None) if "terms" in self.entry else None
        if not isinstance(found, Real):
            known = ", ".join(control.name for control in self.explorer.controls)
            raise ValueError(
                f"the letter {named} has no number: {told!r} must be one of the controls, {known}, "
                "or a number among the parameters that terms names"
            )
        return float(found)

    def numbers(self, at: int) -> dict[str, float]:
        """Return the letters' numbers before (0) or after (1) the move, a found one among them."""
        known = {name: each.numbers[at] for name, each in self.letters.items() if each.numbers}
        return {**known, self.find: self._found(known)} if self.find else known

    def _found(self, known: Mapping[str, float]) -> float:
        def gap(tried: float) -> float:
            made = [algebra.value(each, {**known, self.find: tried}) for each in self.sides]
            return made[0] - (made[1] if len(made) > 1 else float(self.entry["is"]))

        try:
            return float(brentq(gap, LOW, HIGH, xtol=1e-13))
        except (ValueError, RuntimeError) as fault:
            raise ValueError(
                f"find is {self.find!r}; it must be a letter that the equation gives, as a number "
                f"between 0 and 1: {fault}"
            ) from fault

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
            shown = self._shown(state)
            if abs(told - shown) > CLOSE * max(1, abs(shown)):
                raise ValueError(f"it gives {told:g}, and the figure's table has {shown:g}")
            said = self.explorer.sentence(state)
            if not is_said(told, said):
                raise ValueError(f"it gives {told:g}, which the figure does not say: {said}")

    def _shown(self, state: State) -> float:
        """Return the number that the figure's table has."""
        head, *rows = self.explorer.table(state)
        column, row = self.entry["column"], at_place("row", self.entry.get("row", 0), rows)
        checks.one_of("column", column, map(str, head))
        found = rows[row][head.index(column)]
        if not isinstance(found, Real):
            raise ValueError(f"column {column!r} must have a number in row {row}, has {found!r}")
        return float(found)


def at_place(key: str, place: object, of: Sequence[object]) -> int:
    """Take the number of a place in a list."""
    if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(of):
        raise ValueError(f"{key} must be a whole number from 0 to {len(of) - 1}, is {place!r}")
    return place


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
    module = told.rpartition(".")[0]
    try:
        known = {f"{module}.{name}": each for name, each in names(module).items()}
    except (ValueError, ImportError) as fault:
        raise ValueError(
            "terms must be parameters in a module of the models, as netfin.lending.BANK, "
            f"is {told!r}"
        ) from fault
    checks.one_of("terms", told, (name for name, each in known.items() if _are_terms(each)))
    return known[told]


def _are_terms(found: object) -> bool:
    return isinstance(found, Terms) or (isinstance(found, type) and issubclass(found, Terms))


def sound(content: object) -> checks.Entry:
    """Take an entry with the right keys, and in each what can be there."""
    entry = checks.entry(content, NEEDED, MORE)
    checks.texts(entry, TEXTS)
    for key in {"times", "is"} & set(entry):
        checks.amount(entry, key)
    letters = entry.get("letters", {})
    if not isinstance(letters, Mapping):
        raise ValueError(f"letters must be numbers or controls by letters, is {letters!r}")
    for named, told in letters.items():
        if not isinstance(told, str):
            checks.amount(letters, named)
    if "terms" in entry:
        terms(entry["terms"])
    if "find" in entry and "side" in entry:
        raise ValueError("side must be left out where find is told")
    if "is" in entry and "find" not in entry:
        raise ValueError("is must be left out where find is not told")
    return entry


def confirmed(
    chapter: Chapter, explorers: Sequence[Explorer], file: Path | None = None
) -> dict[str, Confirmed]:
    """Return the equations of some of a chapter's explorers, by their names; refuse a wrong one."""
    file = file or ROOT / "teaching" / chapter.slug / "confirm.yml"
    told = f"teaching/{chapter.slug}/confirm.yml"
    known = {each.name: each for each in chapter.explorers}
    found: dict[str, Confirmed] = {}
    with checks.within(told):
        content = checks.entry(checks.read(file) if file.is_file() else {}, set(), None)
    for name, each in content.items():
        with checks.within(f"{told}, {name}"):
            checks.one_of("the explorer", name, known)
            entry = sound(each)
            if known[name] not in explorers:
                continue
            made = Confirmed(known[name], chapter.formula(entry["equation"]), entry)
            made.check()
            found[name] = made
    return found
