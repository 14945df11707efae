"""Write what a lesson needs besides quizzes, out of the built book: hand-outs and slides."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import handouts
import material
from pdf import FACES, check_fonts, describe, printing
from places import OUTPUT, ROOT
from publish import Source, source
from refusal import RefusalError, ended, make_folder

SHARED = ("book.css", "explorer.css", "fonts")  # of the book's own styles


def chapters(book: Source, chosen: Collection[str] = ()) -> Iterator[material.Chapter]:
    """Yield the chapters that stand, or those that are chosen of them."""
    for page, title in book.chapters().items():
        slug = page.rpartition("/")[2]
        if not chosen or slug in chosen:
            yield material.chapter(book.html, slug, title)


def share(book: Source, folder: Path) -> None:
    """Lay the book's styles beside the lessons, so that the folder can be taken along."""
    make_folder(folder / "_static")
    for name in SHARED:
        each = book.html / "_static" / name
        if each.is_dir():
            shutil.copytree(each, folder / "_static" / name, dirs_exist_ok=True)
        elif each.is_file():
            shutil.copy(each, folder / "_static" / name)


def write_handouts(book: Source, folder: Path, chosen: Collection[str] = ()) -> None:
    """Write each chapter's sheets and their solutions, to edit and to print."""
    make_folder(folder)
    place = handouts.Place(book.address)
    with printing() as page:
        for chapter in chapters(book, chosen):
            for name, (title, html) in handouts.documents(chapter, book.title, place).items():
                file = folder / f"{name}.html"
                file.write_text(html, "utf-8")
                check_fonts(page, html)
                page.goto(file.as_uri())
                page.evaluate(FACES)
                target = str(file.with_suffix(".pdf"))
                page.pdf(path=target, prefer_css_page_size=True, tagged=True, outline=True)
                describe(file.with_suffix(".pdf"), title, book.about)
            asked = sum(each.asks for each in chapter.explorers)
            print(f"{folder / chapter.slug}.pdf: {asked} sheets; solutions in a file apart")


PARTS: dict[str, Callable[[Source, Path], None]] = {"handouts": write_handouts}


def main() -> int:
    """Read the command line, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder the book was built in")
    parser.add_argument("--only", choices=list(PARTS), help="one of them")
    asked = parser.parse_args()
    book = source(ROOT, asked.output.resolve() / "html")
    if not (book.html / "index.html").is_file():
        raise RefusalError(f"there is no book in {book.html}; build it first: `start.py book`.")
    folder = asked.output.resolve() / "teaching"
    share(book, folder)
    for name, write in PARTS.items():
        if asked.only in (None, name):
            write(book, folder / name)
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
