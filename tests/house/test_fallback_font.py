"""The faces that stand in for the book's font have its widths and its lines."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import matplotlib
import pytest
from fontTools.afmLib import AFM
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "book" / "_static" / "book.css").read_text(encoding="utf-8")
FACE = re.compile(
    r'font-family: "(Book \w+)"; font-(?:weight|style): ([\w ]+); src: local.*?;\s*'
    r"size-adjust: ([\d.]+)%; ascent-override: ([\d.]+)%; descent-override: ([\d.]+)%;",
    re.DOTALL,
)
BOOK = {"400": "Regular", "600 700": "Semibold"}
ADOBE = {"400": "Helvetica", "600 700": "Helvetica-Bold"}  # Arial's letters are as wide
NAMES = {" ": "space", ",": "comma", ".": "period"}
# A letter's mean width by the height of the type, in the book's prose, measured as below on the
# faces that no locked package holds: Roboto of 2017 and the book's own italic.
MEASURED = {("Book Roboto", "400"): 0.4404, ("Book Roboto", "600 700"): 0.4472}
ITALIC = 0.4035


@pytest.fixture(scope="module")
def letters() -> Counter[str]:
    """Count the letters of the book's prose."""
    text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "book").glob("*.md"))
    return Counter(re.findall(r"[A-Za-z ,.]", text))


def own(letters: Counter[str], weight: str) -> float:
    """Return the mean width of a letter in the book's font, whose figures use the same files."""
    if weight == "italic":
        return ITALIC
    font = TTFont(ROOT / "book" / "figures" / "fonts" / f"SourceSans3-{BOOK[weight]}.ttf")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    total = sum(count * widths[glyphs[ord(each)]][0] for each, count in letters.items())
    return float(total / letters.total() / font["head"].unitsPerEm)


def others(letters: Counter[str], family: str, weight: str) -> float:
    """Return that in a face which stands in."""
    if (family, weight) in MEASURED:
        return MEASURED[family, weight]
    folder = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
    font = AFM(folder / f"{ADOBE.get(weight, 'Helvetica-Oblique')}.afm")
    total = sum(count * font[NAMES.get(each, each)][1] for each, count in letters.items())
    return float(total / letters.total() / 1000)


@pytest.mark.parametrize("face", FACE.findall(CSS), ids=lambda face: " ".join(face[:2]))
def test_a_face_that_stands_in_fits(letters: Counter[str], face: tuple[str, ...]) -> None:
    """Lines break where they will, and are as high: ascent and descent are those of the book's."""
    family, weight, *numbers = face
    size, ascent, descent = (float(number) / 100 for number in numbers)
    assert size == pytest.approx(own(letters, weight) / others(letters, family, weight), abs=0.003)
    font = TTFont(ROOT / "book" / "figures" / "fonts" / "SourceSans3-Regular.ttf")["hhea"]
    assert ascent * size == pytest.approx(font.ascent / 1000, abs=0.001)
    assert descent * size == pytest.approx(-font.descent / 1000, abs=0.001)


def test_there_are_faces_for_all_systems() -> None:
    families = [family for family, *_ in FACE.findall(CSS)]
    assert families == ["Book Arial"] * 3 + ["Book Roboto"] * 2
    assert 'local("Arial"), local("Liberation Sans")' in CSS
