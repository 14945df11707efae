"""The faces that stand in for the book's font have its widths and its lines."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import matplotlib
import pytest
from fontTools.afmLib import AFM
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "book" / "_static" / "book.css").read_text(encoding="utf-8")
FACE = re.compile(
    r'font-family: "(Book \w+)"; font-(?:weight|style): ([^;]+)(?:; unicode-range: U\+([^;]+))?;'
    r" src: local.*?;\s*size-adjust: ([\d.]+)%; ascent-override: ([\d.]+)%;"
    r" descent-override: ([\d.]+)%;"
)
FACES = FACE.findall(CSS)
BOOK = {"400": "Regular", "600 700": "Semibold"}
ADOBE = {"400": "Helvetica", "600 700": "Helvetica-Bold", "italic": "Helvetica-Oblique"}
ALL = "A-Za-z ,."
NAMES = {" ": "space", ",": "comma", ".": "period", "0": "zero"}
# The letters that a face stands in for, by its range; one that names none stands in for the rest.
RANGES = {"20, U+A0": " ", "30-39": "0", "41-5A": "A-Z", "": "a-z,."}
# Their mean width in the book's prose, by the height of the type, in faces that no locked package
# holds: Roboto of 2017 and the book's own italic. Arial's letters are as wide as Helvetica's.
MEASURED = {
    ("Book Roboto", "400", " "): 0.2480,
    ("Book Roboto", "400", "0"): 0.5620,
    ("Book Roboto", "400", "A-Z"): 0.6358,
    ("Book Roboto", "400", "a-z,."): 0.4774,
    ("Book Roboto", "600 700", ALL): 0.4428,
    ("Book Sans", "italic", " "): 0.2000,
    ("Book Sans", "italic", "0"): 0.4800,
    ("Book Sans", "italic", "A-Z"): 0.5415,
    ("Book Sans", "italic", "a-z,."): 0.4436,
}
KERNED = 0.005  # by which pairs of letters stand closer or wider than they are


@cache
def prose() -> str:
    """Return the book's prose, without its roles, formulas and code."""
    lines = [line for page in (ROOT / "book").glob("*.md")
             for line in page.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    prose = " ".join(line for line in lines if re.match("[A-Z*]", line) and "|" not in line)
    return re.sub(r"\{\w+\}`[^`]*`|\$[^$]*\$|`[^`]*`|\[|\]\([^)]*\)", "", prose)


def widths(family: str, weight: str, letters: Counter[str]) -> dict[str, float]:
    """Return how wide each letter is by the height of the type."""
    if family == "Book Sans":  # figures use the same files, uncompressed
        font = TTFont(ROOT / "book" / "figures" / "fonts" / f"SourceSans3-{BOOK[weight]}.ttf")
        glyphs, unit = font.getBestCmap(), font["head"].unitsPerEm
        return {each: font["hmtx"][glyphs[ord(each)]][0] / unit for each in letters}
    folder = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
    adobe = AFM(folder / f"{ADOBE[weight]}.afm")
    return {each: adobe[NAMES.get(each, each)][1] / 1000 for each in letters}


def mean(family: str, weight: str, kind: str) -> float:
    """Return the mean width of letters of a kind."""
    if (family, weight, kind) in MEASURED:
        return MEASURED[family, weight, kind]
    letters = Counter(re.findall(f"[{kind}]", prose()))
    each = widths(family, weight, letters)
    return sum(count * each[letter] for letter, count in letters.items()) / letters.total()


@pytest.mark.parametrize("face", FACES, ids=lambda face: " ".join(face[:3]))
def test_a_face_that_stands_in_fits(face: tuple[str, ...]) -> None:
    """Lines break where they will, and are as high: ascent and descent are those of the book's."""
    family, weight, range_, *numbers = face
    size, ascent, descent = (float(number) / 100 for number in numbers)
    apart = any(other[:2] == face[:2] and other[2] for other in FACES)
    kind = RANGES[range_] if apart else ALL
    fits = mean("Book Sans", weight, kind) / mean(family, weight, kind)
    assert size == pytest.approx(fits, abs=KERNED)
    font = TTFont(ROOT / "book" / "figures" / "fonts" / "SourceSans3-Regular.ttf")["hhea"]
    assert ascent * size == pytest.approx(font.ascent / 1000, abs=0.001)
    assert descent * size == pytest.approx(-font.descent / 1000, abs=0.001)


def test_there_are_faces_for_all_systems() -> None:
    families = [family for family, *_ in FACES]
    assert families == ["Book Arial"] * 9 + ["Book Roboto"] * 5
    assert 'local("Arial"), local("Liberation Sans")' in CSS
