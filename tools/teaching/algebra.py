"""A formula as the page has it, in MathML: its letters, its value, and itself with numbers."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from scipy.special import ndtr, ndtri

from bookkit.readers import formulas

RELATIONS = "=<>≤≥⟶←"
SIGNS = {"−": "-", "·": "*", "⋅": "*", "×": "*", "[": "(", "]": ")"}
NORMAL = {"normal": ndtr, "inverse": ndtri}  # of the standard normal distribution
_STOP = (",", ".")


def read(written: str) -> Tag:
    """Read a formula."""
    found = BeautifulSoup(written, "html.parser").math
    if found is None:
        raise ValueError(f"there is no formula in {written[:60]!r}")
    return found


def plain(formula: Tag) -> Tag:
    """Return a formula in which an index and a power stand apart."""
    made = copy.copy(formula)
    for both in made.find_all("msubsup"):
        base, index, power = both.find_all(True, recursive=False)
        both.name = "msup"
        power.insert_before(_new("msub", base.extract(), index.extract()))
    return made


def parts(element: Tag) -> list[Tag]:
    """Return what stands in an element, but the spaces."""
    return [each for each in element.find_all(True, recursive=False) if each.name != "mspace"]


def name(part: Tag) -> str:
    """Name a letter as the page of notation does: k_e, PD*; empty for what is no letter."""
    inside = parts(part)
    if part.name in ("mi", "mtext"):
        return part.get_text().strip().replace("ϕ", "φ")
    if part.name == "mrow" and len(inside) == 1:
        return name(inside[0])
    if part.name == "msub":
        return f"{name(inside[0])}_{''.join(each.get_text() for each in inside[1:])}"
    if part.name == "msup" and inside[1].get_text() in "∗*" and name(inside[0]):
        return f"{name(inside[0])}*"
    return ""


def letters(of: Sequence[Tag]) -> Iterator[Tag]:
    """Yield the letters, in their order, as often as they stand there."""
    for part in of:
        if named := name(part):
            if named not in ("Φ", *_STOP):
                yield part
        else:
            yield from letters(parts(part))


def sides(formula: Tag) -> list[list[Tag]]:
    """Return what stands between a formula's signs of relation, without its last full stop."""
    found: list[list[Tag]] = [[]]
    for part in parts(formula):
        if part.name == "mtext" and " " in part.get_text().replace("\xa0", " "):
            found.append([])  # "that is"
        elif part.name == "mo" and part.get_text() in RELATIONS:
            found.append([])
        elif part.get_text() not in _STOP:
            found[-1].append(part)
    return found


def value(side: Sequence[Tag], numbers: Mapping[str, float]) -> float:
    """Compute a side of a formula."""
    return formulas.value(_row(side, numbers), NORMAL)


def _row(of: Sequence[Tag], numbers: Mapping[str, float]) -> str:
    said = ""
    for part in of:
        more = _said(part, numbers)
        said += ("*" if _times(said, more) else "") + more
    return said


def _times(before: str, after: str) -> bool:
    """Tell whether two things that stand beside each other are multiplied."""
    return bool(re.search(r"[\d)]$", before) and re.match(r"[\d(ni]", after))


def _said(part: Tag, numbers: Mapping[str, float]) -> str:
    """Write a part as Python does."""
    named, inside = name(part), parts(part)
    if named == "Φ":
        return "normal"
    if named:
        if named not in numbers:
            raise ValueError(f"the letter {named} has no number")
        return f"({float(numbers[named])!r})"
    if part.name == "mo":
        return SIGNS.get(part.get_text(), part.get_text())
    if part.name == "mn":
        return part.get_text()
    if part.name == "msup":
        return _power(inside[0], _row(inside[1:], numbers), numbers)
    within = _row(inside[:1], numbers) if part.name == "mfrac" else _row(inside, numbers)
    if part.name == "mfrac":
        return f"(({within})/({_row(inside[1:], numbers)}))"
    if part.name == "msqrt":
        return f"(({within})**0.5)"
    if part.name in ("mrow", "math"):
        return within
    raise ValueError(f"{part.get_text()!r} cannot be computed")


def _power(base: Tag, exponent: str, numbers: Mapping[str, float]) -> str:
    if name(base) == "Φ" and exponent == "-1":
        return "inverse"
    said = _said(base, numbers)
    return f"{said}**({exponent})" if said == ")" else f"({said})**({exponent})"


def filled(side: Sequence[Tag], numbers: Mapping[str, float]) -> str:
    """Write a side of a formula with numbers in place of its letters."""
    made = _new("mrow", *map(copy.copy, side))
    for row in [made, *made.find_all(["mrow", "msqrt"])]:
        inside = parts(row)
        for before, after in pairwise(inside):
            if _times(_edge(before, numbers), _edge(after, numbers)):
                after.insert_before(_new("mo", "×"))
    for letter in [*letters([made])]:
        letter.replace_with(_new("mn", _digits(numbers[name(letter)])))
    return str(made)


def _new(kind: str, *content: Tag | str) -> Tag:
    made = BeautifulSoup("", "html.parser").new_tag(kind)
    made.extend(content)
    return made


def _edge(part: Tag, numbers: Mapping[str, float]) -> str:
    """Write a part as Python does; a letter of an index is none."""
    try:
        return _said(part, numbers)
    except ValueError:
        return ""


def _digits(number: float) -> str:
    told = digits(number)
    return f"({told})" if number < 0 else told


def digits(number: float) -> str:
    """Write a number to four digits, as on paper."""
    told = f"{number:,.4g}" if abs(number) < 10_000 else f"{number:,.0f}"
    return told.replace("-", "−")
