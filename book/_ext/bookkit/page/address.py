"""What a page says of its address, where the site has one: `html: {baseurl: …}` in `_config.yml`.

A card for whoever passes the page on, how a chapter is cited, a map of the site for search engines,
and pages that lead on from where others have been (`data/moved.yml`). The canonical address is
Sphinx's own affair. Without an address there is none of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from bookkit.readers import checks
from bookkit.readers.chapters import drafts, load_parts, titles
from bookkit.readers.citing import bibtex, csl, in_words
from bookkit.readers.edition import CITATION, citation
from bookkit.readers.moved import leads_to, load_moved

CARD = "_static/card.png"
MOVED = "data/moved.yml"
INCHES, DOTS = (12, 6.3), 100  # of the picture on a card, as those who show it advise
BARS = ((0.08, 0.16, "#1d5c9b"), (0.13, 0.26, "#d9690f"))  # left, height, colour: the book's sign


def moves(file: Path, pages: set[str]) -> dict[str, str]:
    """Read where pages have gone to: names of pages that are gone, and the last one each led to."""
    if not file.is_file():
        return {}
    moved = load_moved(file)
    gone = {old: leads_to(old, moved) for old in moved if "#" not in old}
    named = {old.removesuffix(".html"): new.removesuffix(".html") for old, new in gone.items()}
    with checks.within(file.name):
        for old, new in named.items():
            if old in pages:
                raise ValueError(f"{old}: there is such a page; only one that is gone has moved")
            if new not in pages:
                raise ValueError(f"{old}: must lead to a page of the book, is {new!r}")
    return named


def card(file: Path, title: str) -> None:
    """Draw the picture that goes with the address."""
    import matplotlib  # late: few builds draw it, and it takes long
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"font.family": "sans-serif"}):
        figure = Figure(figsize=INCHES, dpi=DOTS, facecolor="#fffdf8")
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        for left, height, colour in BARS:
            axes.bar(left, height, width=0.045, bottom=0.6, color=colour, align="edge")
        axes.text(0.08, 0.4, title, size=54, weight="bold", color="#1e2226", va="center")
        figure.savefig(file, metadata={"Software": None})


class Addressed:
    """A site with an address; what it needs is read once a build."""

    def read(self, app: Sphinx) -> None:
        """Read the address, the chapters and how the book is cited."""
        self.base = f"{app.config.html_baseurl.rstrip('/')}/" if app.config.html_baseurl else ""
        self.folder = app.config.root_doc.rpartition("/")[0]
        self.folder += "/" if self.folder else ""
        self.chapters: dict[str, str] = {}
        if not self.base:
            return
        root = Path(app.srcdir)
        try:
            self.cited = citation(root / CITATION)
            parts = load_parts(root / "data" / "chapters.yml")
        except ValueError as fault:
            raise ExtensionError(str(fault)) from None
        begun = drafts(parts)
        self.chapters = {slug: title for slug, title in titles(parts).items() if slug not in begun}

    def told(self, page: str) -> tuple[str, str] | None:
        """Return slug and title, if the page is a chapter that stands."""
        slug = page.removeprefix(self.folder)
        return (slug, self.chapters[slug]) if slug in self.chapters else None

    def add(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Add the card, and hand the layout how a chapter is cited."""
        if not self.base or doctree is None:
            return
        address = f"{self.base}{page}.html"
        said = {
            "og:type": "website" if page == app.config.root_doc else "article",
            "og:site_name": app.config.html_title,
            "og:title": app.env.titles[page].astext(),
            "og:description": context["description"],
            "og:url": address,
            "og:image": f"{self.base}{CARD}",
        }
        tags = "".join(
            f'<meta property="{name}" content="{escape(text)}">\n' for name, text in said.items()
        )
        context["metatags"] = context.get("metatags", "") + tags
        if chapter := self.told(page):
            context["cite"] = {
                "file": chapter[0],
                "words": in_words(self.cited, chapter[1], address),
            }

    def pages(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Hand Sphinx the pages that lead on."""
        if not self.base:
            return
        try:
            moved = moves(Path(app.srcdir, MOVED), set(app.env.found_docs))
        except ValueError as fault:
            raise ExtensionError(str(fault)) from None
        for old, new in moved.items():
            there = f"{new.removeprefix(self.folder)}.html"
            yield old, {"leads_to": there, "pageurl": f"{self.base}{new}.html"}, "moved.html"

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Write the map of the site, the card's picture, and the files for reference managers."""
        if error or not self.base or app.builder.format != "html":
            return
        site, pages = Path(app.outdir), sorted(app.env.found_docs)
        places = "".join(
            f"<url><loc>{self.base}{escape(page)}.html</loc></url>\n" for page in pages
        )
        site.joinpath("sitemap.xml").write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n',
            "utf-8",
        )
        card(site / CARD, app.config.html_title)
        for page in pages:
            if chapter := self.told(page):
                for ending, write in (("bib", bibtex), ("csl.json", csl)):
                    text = write(self.cited, *chapter, f"{self.base}{page}.html")
                    site.joinpath(f"{page}.{ending}").write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the start of the build, to every page after its description, and to the end."""
    addressed = Addressed()
    app.connect("builder-inited", addressed.read)
    app.connect("html-page-context", addressed.add)
    app.connect("html-collect-pages", addressed.pages)
    app.connect("build-finished", addressed.finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
