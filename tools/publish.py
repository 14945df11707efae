"""Make of the built book what is published: one folder for any host, its PDFs and its offline zip.

The folder works at any address and from files. Its first page leads to what can be taken along,
which a build alone does not make.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from joblib import Parallel, cpu_count, delayed

import build
from bookkit.home.zips import packed
from bookkit.readers.chapters import drafts, load_parts, titles
from bookkit.readers.edition import CITATION, citation, edition
from paper import Wanted
from pdf import About, make, printing
from places import OUTPUT, ROOT
from refusal import RefusalError, ended
from swap import replace

SITE, PDF = "site", "pdf"
SLOT = '<div class="downloads" hidden></div>'
ON_SCREEN = ("my-book", "search", "models")  # of no use on paper, or a third of it
TELLING = ("claims", "errata")  # they tell what a reader of PDFs without answers is to judge first
ANSWERED = "with-answers"


@dataclass(frozen=True)
class Source:
    """What is published, and what it says of itself."""

    root: Path
    html: Path
    cited: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    solved: bool = True  # whether answers and solutions are in it

    @property
    def title(self) -> str:
        """The book's title."""
        return str(self.config["title"])

    @property
    def name(self) -> str:
        """The name of its files."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def address(self) -> str:
        """The site's address with `/` at its end, or nothing."""
        told = str((self.config.get("html") or {}).get("baseurl") or "")
        return f"{told.rstrip('/')}/" if told else ""

    @property
    def about(self) -> About:
        """What each PDF says of itself."""
        authors = [str(each["name"]) for each in self.cited["authors"]]
        licence = "Text and figures CC BY 4.0, code MIT"
        return About(authors, self.cited["released"], self.cited.get("keywords", []), licence)

    def pages(self, *, answers: bool = True) -> list[str]:
        """List the pages for paper, in the order of the book's contents."""
        left_out = ON_SCREEN if answers else (*ON_SCREEN, *TELLING)
        first = BeautifulSoup((self.html / "index.html").read_text("utf-8"), "html.parser").a
        assert first is not None
        start = str(first["href"]).removesuffix(".html")
        read = BeautifulSoup((self.html / f"{start}.html").read_text("utf-8"), "html.parser")
        folder = start.rpartition("/")[0]
        named = [str(link["href"]).partition("#") for link in read.select("#contents a[href]")]
        others = [f"{folder}/{name.removesuffix('.html')}" for name, _, _ in named if name]
        return [start, *(each for each in others if each.rpartition("/")[2] not in left_out)]

    def chapters(self) -> dict[str, str]:
        """Return the titles of the chapters that stand, by their pages."""
        parts = load_parts(self.root / "data" / "chapters.yml")
        begun, told = drafts(parts), titles(parts)
        pages = [(page, page.rpartition("/")[2]) for page in self.pages()]
        return {page: told[slug] for page, slug in pages if slug in told and slug not in begun}


def source(root: Path, html: Path) -> Source:
    """Read what is published."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    solved = build.read_report(html.parent).get(build.SOLUTIONS) != "none"
    try:
        return Source(root, html, citation(root / CITATION), config, solved)
    except ValueError as fault:
        raise RefusalError(f"{fault}.") from None


def file_of(name: str, *, answers: bool) -> str:
    """Return the name of a PDF."""
    return f"{name}-{ANSWERED}.pdf" if answers else f"{name}.pdf"


def documents(book: Source) -> Iterator[tuple[str, Wanted]]:
    """Yield the PDFs to be made, the longest first: the book and each chapter, each in two ways.

    A book without solutions is printed in the one way that it has.
    """
    ways = (True, False) if book.solved else (False,)
    imprint = [
        ", ".join(book.about.authors),
        f"Edition {edition(book.cited)}",
        f"{book.about.licence}",
        *([f'<a href="{book.address}" data-told>{book.address}</a>'] if book.address else []),
    ]
    for answers in ways:
        wanted = Wanted(book.pages(answers=answers), book.title, answers, book.address, imprint)
        yield file_of(book.name, answers=answers), wanted
    for page, title in book.chapters().items():
        for answers in ways:
            told = f"{title} – {book.title}"
            wanted = Wanted([page], told, answers, book.address, imprint)
            yield file_of(page.rpartition("/")[2], answers=answers), wanted


def print_some(book: Source, site: Path, jobs: Sequence[tuple[str, Wanted]]) -> None:
    """Print some of the PDFs in a browser of its own."""
    with printing() as page:
        for name, wanted in jobs:
            make(page, site, wanted, book.about, site / PDF / name)


def print_all(book: Source, site: Path) -> None:
    """Print all PDFs on all cores."""
    (site / PDF).mkdir()
    jobs = list(documents(book))
    count = min(cpu_count(), len(jobs))
    shares = [jobs[start::count] for start in range(count)]
    Parallel(n_jobs=count)(delayed(print_some)(book, site, share) for share in shares)


def weight(file: Path) -> str:
    """Say how much there is to be loaded."""
    return f"{max(file.stat().st_size / 1e6, 0.1):.1f} MB"


def link(site: Path, name: str, words: str) -> str:
    """Write a link from the first page to a file."""
    return f'<a href="../{name}" type="application/{name[-3:]}">{words}</a> ({weight(site / name)})'


def offered(book: Source, site: Path, zipped: str) -> Iterator[str]:
    """Yield what the first page says of the files to take along."""
    pair = partial(link, site)

    def both(name: str, words: str) -> str:
        plain, full = (f"{PDF}/{file_of(name, answers=answers)}" for answers in (False, True))
        more = f", {pair(full, 'with answers')}" if book.solved else ""
        return f"{pair(plain, words)}{more}"

    if (site / PDF).is_dir():
        yield f"<li>{both(book.name, 'The book as a PDF')}</li>"
        listed = "".join(
            f"<li>{both(page.rpartition('/')[2], title)}</li>"
            for page, title in book.chapters().items()
        )
        yield f"<li><details><summary>Chapter by chapter</summary><ul>{listed}</ul></details></li>"
    if zipped:
        told = "unpack it and open index.html; it needs no network"
        yield f"<li>{pair(zipped, 'The site as a zip')}: {told}</li>"


def offer(book: Source, site: Path, zipped: str = "") -> None:
    """Fill the first page's place for what can be taken along, from the page that was built."""
    first = f"{book.pages()[0]}.html"
    built = (book.html / first).read_text("utf-8")
    assert built.count(SLOT) == 1
    told = "".join(offered(book, site, zipped))
    filled = (
        f'<section class="downloads"><h2>To take along</h2><ul>{told}</ul></section>'
        if told
        else ""
    )
    (site / first).write_text(built.replace(SLOT, filled), "utf-8")


def publish(root: Path, output: Path, *, pdfs: bool) -> Path:
    """Make the folder below `output`; return it."""
    book = source(root, output / "html")
    if not (book.html / "index.html").is_file():
        raise RefusalError(f"there is no book in {book.html}; build it first: `start.py book`.")
    site = output / f"{SITE}.part"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(book.html, site)
    if pdfs:
        print_all(book, site)
    offer(book, site)
    zipped, beside = f"{book.name}.zip", output / f"{SITE}.zip"
    files = {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }
    beside.write_bytes(packed(files, book.name, book.about.released))
    beside.replace(site / zipped)
    offer(book, site, zipped)
    replace(site, output / SITE)
    return output / SITE


def main() -> int:
    """Read the command line and publish."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder the book was built in")
    parser.add_argument("--only", choices=["pages"], help="no PDFs")
    asked = parser.parse_args()
    site = publish(ROOT, asked.output.resolve(), pdfs=asked.only is None)
    print(f"The site is in {site}; put it on any host, or open {site / 'index.html'}.")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
