"""`chapter-map`: the chapters as stations on one route from the shop to the bank.

    ```{chapter-map}
    ```

The stations are those of `data/chapters.yml`; one is open, and linked, when its page is in the
book and no draft. The page holds nested lists, which read without a style sheet; book.css draws
the route.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective
from bookkit.page.html_tag import Tag, tag
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


class ChapterMap(BookDirective):
    """Draw the map."""

    def run(self) -> list[nodes.Node]:
        """Read the list; the page depends on it and on the contents, which say what stands."""
        self.note(Path(self.env.srcdir, "_toc.yml"))
        parts = self.load(load_parts, "chapters.yml")
        self.at = 0
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

    def page(self, chapter: Chapter) -> str | None:
        """Return the page of a chapter that stands."""
        page = posixpath.join(posixpath.dirname(self.env.docname), chapter.slug)
        return page if page in self.env.found_docs and not chapter.draft else None

    def station(self, chapter: Chapter) -> Tag:
        """Draw a chapter; the style sheet colours it by its place on the route."""
        self.at += 1
        page = self.page(chapter)
        told: list[nodes.Node] = [nodes.inline(chapter.title, chapter.title)]
        if page:
            told = [self.link(page, chapter.title)]
        else:
            told.append(nodes.inline("", " (planned)", classes=["visually-hidden"]))
        name = nodes.paragraph("", "", *told, classes=["station-name"])
        state = "open" if page else "planned"
        question = words(chapter.question, "station-question")
        return tag("li", name, question, class_=f"station {state}", style=f"--at: {self.at}")

    def caption(self, parts: tuple[Part, ...]) -> Tag:
        """Say how far the book has come."""
        chapters = [chapter for part in parts for chapter in part.chapters]
        standing = sum(self.page(chapter) is not None for chapter in chapters)
        told = (
            f"Chapters that stand so far: {standing} of {len(chapters)}, the filled stations. "
            "The hollow ones are planned."
        )
        return tag("figcaption", nodes.paragraph(told, told))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("chapter-map", ChapterMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
