"""Where a line may end within a formula in a sentence: after a sign, as in printed books.

No browser breaks a ``<math>`` element, so a long one is written as several, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element, fromstring, tostring

LONGEST = 10  # letters and signs that stay together: what fits a phone with text twice as large
RELATIONS, SIGNS = {*"=<>≤≥≈∼≠∈"}, {*"+−⋅/"}
OPENING, CLOSING = {*"([{"}, {*")]}"}
ENTITY = re.compile(r"&(?!lt;|gt;|amp;)\w+;")

Row = list[Element]


def breakable(markup: str) -> str:
    """Return an inline formula as one ``<math>`` or more, between which a line may end."""
    whole = fromstring(ENTITY.sub(lambda found: unescape(found[0]), markup))
    parts = _joined(_parts(list(_flat(whole))))
    if len(parts) == 1:
        return markup
    return "".join(f"<math>{''.join(map(_written, part))}</math>" for part in parts)


def _flat(row: Element) -> Iterator[Element]:
    """Yield what stands in a row, and in rows that only group, as one row."""
    for each in row:
        if each.tag == "mrow" and not each.attrib:
            yield from _flat(each)
        else:
            yield each


def _parts(row: Row) -> Iterator[Row]:
    """Yield the parts of a row: cut at its relations first, then at its sums, then in brackets."""
    if _length(row) <= LONGEST:
        yield row
        return
    for depth in range(4):
        for signs in (RELATIONS, SIGNS):
            ends = _ends(row, signs, depth)
            if ends:
                for start, end in zip([0, *ends], [*ends, len(row)], strict=True):
                    yield from _parts(row[start:end])
                return
    yield row


def _joined(parts: Iterator[Row]) -> list[Row]:
    """Put neighbours together again as long as they fit."""
    lines: list[Row] = []
    for part in parts:
        if lines and _length([*lines[-1], *part]) <= LONGEST:
            lines[-1] += part
        else:
            lines.append(part)
    return lines


def _ends(row: Row, signs: set[str], most: int) -> list[int]:
    """Return where a part may end: after one of the signs, within so many brackets at most.

    A minus after another sign belongs to what follows. Between two brackets stands a product.
    """
    depth, ends, before = 0, [], "("
    for place, each in enumerate(row[:-1], start=1):
        sign = _sign(each)
        depth += (sign in OPENING) - (sign in CLOSING)
        product = signs is SIGNS and sign in CLOSING and _sign(row[place]) in OPENING
        if depth <= most and (product or (sign in signs and (not before or before in CLOSING))):
            ends.append(place)
        before = sign
    return ends


def _sign(each: Element) -> str:
    return _text(each) if each.tag == "mo" else ""


def _length(row: Row) -> int:
    return len("".join(_text(each) for each in row))


def _text(each: Element) -> str:
    return "".join(each.itertext())


def _written(each: Element) -> str:
    """Write an element; a sign keeps the room that it has between two sides."""
    if _sign(each) in RELATIONS | SIGNS and each.get("rspace") != "0":
        each.set("form", "infix")
    return tostring(each, encoding="unicode")
