"""Pieces of pages printed at each height of a sheet, to see which parts of them stay together."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from places import ROOT

HEIGHT = 986  # of a sheet's text, in pixels
TOPS = range(HEIGHT - 30 * 9, HEIGHT, 9)  # less than half a line apart
PRINT = """
import json, sys
from pathlib import Path
import pdf
site = Path(sys.argv[1])
with pdf.printing() as page:
    pdf.printed(page, site, (site / "drawn.html").read_text("utf-8"), site / "drawn.pdf")
print(json.dumps(pdf.numbers(site / "drawn.pdf")))
"""


def in_a_process(lines: str, *words: str) -> str:
    """Run lines that drive a browser where no other one is driven; return what they print."""
    done = subprocess.run([sys.executable, "-c", lines, *words], cwd=ROOT / "tools",
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def document(articles: Sequence[str]) -> str:
    """Return a document in the book's style, each of its articles on a sheet of its own."""
    sheet = (ROOT / "book" / "_static" / "book.css").read_text("utf-8")
    style = f"{sheet} {(ROOT / 'tools' / 'paper.css').read_text('utf-8')}"
    body = "".join(f"<article>{article}</article>" for article in articles)
    return (
        f'<!doctype html><html class="pdf"><style>{style}</style><body><main>{body}</main></body>'
    )


def sheets(folder: Path, pieces: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
    """Return how many sheets after its beginning the places `{a}` and `{b}` of each piece stand.

    Each piece is printed many times, from ever lower on the sheet.
    """
    (folder / "book").mkdir()
    articles, asked = [], []
    for at, piece in enumerate(pieces.values()):
        for top in TOPS:
            start, a, b = names = [f"{part}-{at}-{top}" for part in ("start", "a", "b")]
            links = "".join(f'<a href="#{name}">.</a>' for name in names)
            filler = f'<div id="{start}" style="height: {top}px">{links}</div>'
            articles.append(filler + piece.replace("{a}", a).replace("{b}", b))
            asked.append(names)
    (folder / "drawn.html").write_text(document(articles), "utf-8")
    found = json.loads(in_a_process(PRINT, str(folder)))
    each = iter([(found[a] - found[s], found[b] - found[s]) for s, a, b in asked])
    return {name: [next(each) for _ in TOPS] for name in pieces}
