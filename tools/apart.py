"""Write the solutions of a book apart: a page a chapter, for the teacher to hand out later.

They are taken from a build that has them; the book beside them has none, and no link to them.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from paper import Wanted, paper
from places import OUTPUT, ROOT
from publish import Source, source
from refusal import ended
from swap import replace

FOLDER = "solutions"
SOLVED = ("check-yourself", "exercises")  # the sections of a chapter that have something to solve
STYLES = ("book.css", "explorer.css", "pygments.css", "fonts")
SCREEN = """@media screen {
  body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
    color: var(--ink); background: var(--paper); font: 1.05rem/1.5 "Book Sans", sans-serif; }
  button { display: none; }
}"""


def written(book: Source, page: str, title: str) -> str:
    """Return a chapter's questions and exercises with their solutions."""
    told = f"Solutions: {title} – {book.title}"
    wanted = Wanted([page], told, answers=True, address=book.address, only=SOLVED)
    html = paper(book.html, wanted).replace('"../_static/', '"_static/')
    return html.replace("</head>", f"<style>{SCREEN}</style></head>")


def contents(book: Source) -> str:
    """Return the page that leads to the others."""
    names = {page.rpartition("/")[2]: title for page, title in book.chapters().items()}
    listed = "".join(f'<li><a href="{name}.html">{title}</a></li>' for name, title in names.items())
    head = f'<meta charset="utf-8"><title>Solutions – {book.title}</title>'
    sheet = f'<link rel="stylesheet" href="_static/book.css"><style>{SCREEN}</style>'
    told = f"<h1>Solutions</h1><p>{book.title}</p><ul>{listed}</ul>"
    page = f"<head>{head}{sheet}</head><body><main>{told}</main></body>"
    return f'<!doctype html><html lang="en">{page}</html>\n'


def write(book: Source, target: Path) -> None:
    """Write all pages, with the styles that they need."""
    made = target.with_name(f"{target.name}.part")
    shutil.rmtree(made, ignore_errors=True)
    (made / "_static").mkdir(parents=True)
    for name in STYLES:
        each = book.html / "_static" / name
        if each.is_dir():
            shutil.copytree(each, made / "_static" / name)
        elif each.is_file():
            shutil.copy(each, made / "_static")
    for page, title in book.chapters().items():
        file = made / f"{page.rpartition('/')[2]}.html"
        file.write_text(written(book, page, title), "utf-8")
    (made / "index.html").write_text(contents(book), "utf-8")
    replace(made, target)


def main() -> int:
    """Write the solutions of the book that was built into the folder that is named."""
    write(source(ROOT, Path(sys.argv[1]) / "html"), OUTPUT / FOLDER)
    print(f"The solutions are in {OUTPUT / FOLDER}, and nothing leads there from the book.")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
