"""The way through the book: where it begins, and `chapter-map`, the chapters from shop to bank.

    ```{begin}
    ```
    ```{chapter-map}
    ```

The stations are those of `data/chapters.yml`; one is open, numbered and linked when its page is in
the book and no draft, left out when its page is written and this copy's contents do without it, and
planned otherwise. The page holds nested lists, which read without a style sheet; book.css draws
the route. `start.js` tells on both how far the reader has come.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective
from bookkit.page.html_tag import Tag, tag
from bookkit.page.minutes import path_time
from bookkit.readers.chapters import Chapter, Part, load_parts

SHOP = (  # awning, walls, door, scallops
    "M2 9 4 3h12l2 6M4 9v8h12V9M8 17v-5h4v5"
    "M2 9a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0A2.7 2.7 0 0 0 18 9"
)
BANK = "M2 8 10 3l8 5zM4 8v7M8 8v7M12 8v7M16 8v7M2 17h16"


def words(text: str, class_: str) -> nodes.paragraph:
    """Make a short paragraph of a class that the style sheet knows."""
    return nodes.paragraph(text, text, classes=[class_])


def terminal(name: str, path: str) -> Tag:
    """Draw one end of the route."""
    drawing = tag(
        "svg", tag("path", d=path), class_="icon", viewBox="0 0 20 20", aria_hidden="true"
    )
    return tag("div", drawing, words(name, "terminal-name"), class_=f"terminal {name.lower()}")


class ChaptersDirective(BookDirective):
    """What the directives on chapters share: the list, and which of them stand."""

    def parts(self) -> tuple[Part, ...]:
        """Read the list; the page depends on it and on the contents, which say what stands."""
        toc = Path(self.env.srcdir, "_toc.yml")
        if toc.is_file():
            self.note(toc)
        return self.load(load_parts, "chapters.yml")

    def address(self, chapter: Chapter) -> str:
        """Return where a chapter's page is, or will be."""
        return posixpath.join(posixpath.dirname(self.env.docname), chapter.slug)

    def page(self, chapter: Chapter) -> str | None:
        """Return the page of a chapter that stands."""
        page = self.address(chapter)
        return page if page in self.env.found_docs and not chapter.draft else None

    def left_out(self, chapter: Chapter) -> bool:
        """Tell whether a chapter is written, and not in the contents of this copy.

        Of a page that comes or goes outside the contents Sphinx reads all pages anew.
        """
        written = Path(self.env.srcdir, f"{self.address(chapter)}.md").is_file()
        return written and not chapter.draft and not self.page(chapter)

    def standing(self) -> Iterator[Chapter]:
        """Yield the chapters that stand, in the book's order."""
        for part in self.parts():
            yield from (chapter for chapter in part.chapters if self.page(chapter))


class Begin(ChaptersDirective):
    """Lead into the first chapter that stands."""

    def run(self) -> list[nodes.Node]:
        """Make the door; `start.js` leads a reader who comes back to the place read last."""
        first = next(self.standing(), None)
        if first is None:
            return []
        time = path_time(self.env, self.address(first))
        spans = {"lead": nodes.Text("Begin:"), "title": nodes.Text(first.title), "place": time}
        told = [tag("span", text, class_=f"begin-{name}") for name, text in spans.items()]
        spaced = [node for each in told for node in (each, nodes.Text(" "))]
        door = tag("a", *spaced[:-1], href=f"{first.slug}.html")
        return [tag("p", door, class_="begin")]


class ChapterMap(ChaptersDirective):
    """Draw the map."""

    def run(self) -> list[nodes.Node]:
        """Lay out the parts, between the two ends of the route."""
        parts = self.parts()
        self.at = self.number = self.away = 0
        self.last = sum(len(part.chapters) for part in parts) + 1
        made = [self.part(part) for part in parts]
        made[0].insert(1, terminal("Shop", SHOP))
        made[-1].append(terminal("Bank", BANK))
        route = tag("ol", *made, class_="route", style=f"--stations: {self.last}")
        return [tag("figure", route, self.caption(parts), class_="chapter-map")]

    def part(self, part: Part) -> Tag:
        """Draw a part: its name and its stations."""
        stations = tag("ol", *map(self.station, part.chapters), class_="stations")
        return tag("li", words(part.title, "part-title"), stations, class_="part")

    def station(self, chapter: Chapter) -> Tag:
        """Draw a chapter; the style sheet colours it by its place on the route."""
        self.at += 1
        question = words(chapter.question, "station-question")
        place = {"data_page": chapter.slug, "style": f"--at: {self.at}"}
        if not (page := self.page(chapter)):
            away = self.left_out(chapter)
            self.away += away
            why = " (not in this copy)" if away else " (planned)"
            told = nodes.inline("", why, classes=["visually-hidden"])
            name = nodes.paragraph("", chapter.title, told, classes=["station-name"])
            kind = f"station {'left-out' if away else 'planned'}"
            dot = tag("span", class_="station-dot")
            return tag("li", dot, name, question, class_=kind, **place)
        self.number += 1
        dot = tag("span", nodes.Text(str(self.number)), class_="station-dot")
        name = nodes.paragraph("", "", self.link(page, chapter.title), classes=["station-name"])
        told = nodes.paragraph("", "", path_time(self.env, page), classes=["station-told"])
        return tag("li", dot, name, question, told, class_="station open", **place)

    def caption(self, parts: tuple[Part, ...]) -> Tag:
        """Say how far the book has come, and what of it is not in this copy."""
        every = sum(len(part.chapters) for part in parts)
        planned = every - self.number - self.away
        stand = "in this copy" if self.away else "that stand so far"
        told = f"Chapters {stand}: {self.number} of {every}, the numbered stations."
        if self.away:
            told += f" Left out of this copy, and in the whole book: {self.away}."
            told += f" Planned: {planned}." if planned else ""
        elif planned:
            told += " The others are planned."
        return tag("figcaption", nodes.paragraph(told, told))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("bookkit.page.html_tag")
    app.setup_extension("bookkit.page.minutes")
    app.setup_extension("bookkit.page.scripts")
    app.add_directive("begin", Begin)
    app.add_directive("chapter-map", ChapterMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
