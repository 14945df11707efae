"""Write what a lesson needs besides quizzes, out of the built book: hand-outs and slides."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import handouts
import material
import session
import slides
from guide import Guide
from pdf import FACES, check_fonts, describe, printing
from places import OUTPUT, ROOT
from publish import Source, source
from refusal import RefusalError, ended, make_folder

HERE = Path(__file__).parent
FRAME = ("frame.css", "frame.js")  # of the pages in a slide's frame
IN_HEAD = ('<link rel="stylesheet" href="../_static/frame.css">'
           '<script src="../_static/frame.js"></script></head>')  # fmt: skip
OURS = ("slides.css", "slides.js", "reveal")
FACE = re.compile(r"@font-face \{[^}]*url\([^}]*\}")


def chapters(book: Source, chosen: Collection[str] = ()) -> Iterator[material.Chapter]:
    """Yield the chapters that stand, or those that are chosen of them."""
    for page, title in book.chapters().items():
        slug = page.rpartition("/")[2]
        if not chosen or slug in chosen:
            yield material.chapter(book.html, slug, title)


def share(book: Source, folder: Path) -> None:
    """Lay the book's fonts and the slides' own files there, so that it can be taken along."""
    static = folder / "_static"
    make_folder(static)
    styles = book.html / "_static"
    faces = FACE.findall((styles / "book.css").read_text("utf-8"))
    (static / "faces.css").write_text("\n".join(faces) + "\n", "utf-8")
    for each in (styles / "fonts", *(HERE / name for name in OURS)):
        copy(each, static / each.name)


def copy(file: Path, target: Path) -> None:
    """Copy a file or a folder over what was there."""
    if file.is_dir():
        shutil.copytree(file, target, dirs_exist_ok=True)
    else:
        shutil.copy(file, target)


def write_slides(book: Source, folder: Path, chosen: Collection[str] = ()) -> None:
    """Write each chapter's slides and its session, beside the pages whose explorers they show."""
    make_folder(folder / "site" / "book")
    copy(book.html / "_static", folder / "site" / "_static")
    for name in FRAME:
        copy(HERE / name, folder / "site" / "_static" / name)
    place = handouts.Place(book.address)
    for chapter in chapters(book, chosen):
        name = f"{chapter.slug}.html"
        page = (book.html / "book" / name).read_text("utf-8")
        (folder / "site" / "book" / name).write_text(page.replace("</head>", IN_HEAD, 1), "utf-8")
        for file, text in decks(chapter, book.title, place).items():
            (folder / file).write_text(text, "utf-8")
            told = (
                f"{count} slides" if (count := text.count("<section class=")) else "a page of links"
            )
            print(f"{folder / file}: {told}")
    if not book.address:
        print(f"-links.html: {session.NO_ADDRESS}")


def decks(chapter: material.Chapter, book: str, place: handouts.Place) -> dict[str, str]:
    """Return a chapter's slides, and those of its guide's plan with the links, by their files."""
    made = {f"{chapter.slug}.html": slides.deck(chapter, book, place)}
    if (ROOT / "teaching" / chapter.slug / "guide.md").is_file():
        guide = Guide.read(ROOT, chapter.slug)
        for whom in session.sessions(guide):
            ends = "-".join(("", *re.findall("[a-z0-9]+", whom.lower()))) + ".html"
            given = (chapter, guide, book, place, whom)
            made[f"{chapter.slug}-session{ends}"] = session.deck(*given)
            made[f"{chapter.slug}-links{ends}"] = session.links(*given)
    return made


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


PARTS: dict[str, Callable[[Source, Path], None]] = {
    "handouts": write_handouts,
    "slides": write_slides,
}


def written(write: Callable[[Source, Path], None], book: Source, folder: Path) -> None:
    """Write one of them; say in a sentence what is wrong with what it is made of."""
    try:
        write(book, folder)
    except ValueError as fault:
        raise RefusalError(f"{fault}.") from None


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
            written(write, book, folder / name)
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
