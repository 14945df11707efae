"""`claims-board`: all claims of the article by the direction of their verdicts.

    ```{claims-board}
    ```

A claim that has a verdict without its chapter is an error; a chapter that is a draft has none yet.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.claims import ClaimsDirective, badge, condition, wording
from bookkit.directives.show_verdicts import directions, own_line
from bookkit.fresh import note_code
from bookkit.page.html_tag import tag
from bookkit.readers.claims import Claim, Claims
from bookkit.readers.verdicts import DIRECTIONS
from bookkit.statements import code, told

PREPARED = "In preparation"


def went(claim: Claim, claims: Claims) -> str | None:
    """Return the direction of a claim's verdict, if there is one."""
    verdict = claims.ruled(claim)
    return verdict.direction if verdict else None


class ClaimsBoard(ClaimsDirective):
    """List every claim of the article, grouped by the direction of its verdict."""

    def run(self) -> list[nodes.Node]:
        """Print one section for each direction that was given, and one for what is to come."""
        toc = Path(self.env.srcdir, "_toc.yml")
        if toc.is_file():  # whether a chapter is there decides what the board says of it
            self.note(toc)
        claims = self.claims()
        given = [claim for claim in claims.by_id.values() if claims.ruled(claim)]
        told = f"{len(claims.by_id)} claims; {len(given)} of them have a verdict so far."
        board: list[nodes.Node] = [nodes.paragraph(told, told), directions()]
        for direction in (*DIRECTIONS, None):
            group = [claim for claim in claims.by_id.values() if went(claim, claims) == direction]
            if group:
                rows = [self.row(each, claims) for each in group]
                board.append(self.section(direction, rows))
        return board

    def section(self, direction: str | None, rows: list[nodes.list_item]) -> nodes.section:
        """Put the claims whose verdicts go one way under its heading."""
        heading = DIRECTIONS[direction].en if direction else PREPARED
        section = nodes.section(ids=[direction or "in-preparation"], names=[heading.lower()])
        section += nodes.title(heading, "", badge(direction) if direction else nodes.Text(heading))
        section += nodes.bullet_list("", *rows, classes=["board"])
        return section

    def row(self, claim: Claim, claims: Claims) -> nodes.list_item:
        """Write a claim, its verdict and its chapter, linked if it is there."""
        item = nodes.list_item(ids=[claim.id.lower()])
        item += nodes.paragraph("", "", *wording(claim))
        if verdict := claims.ruled(claim):
            item += nodes.paragraph("", "", badge(verdict.evidence), classes=["badges"])
            item += own_line(claim)
            item += nodes.paragraph(verdict.ruling, verdict.ruling)
            item += [*condition(verdict), *self.headlines(claim)]
        title = claims.chapters[claim.chapter]
        page = posixpath.join(posixpath.dirname(self.env.docname), claim.chapter)
        if page in self.env.found_docs and claim.chapter not in claims.drafts:
            item += nodes.paragraph("", "Chapter: ", self.link(page))
        elif verdict:
            self.fail(f"{claim.id} has a verdict, but there is no chapter {claim.chapter!r}")
        else:
            item += nodes.paragraph("", f"Chapter: {title}, in preparation")
        return item

    def headlines(self, claim: Claim) -> list[nodes.Node]:
        """List the headline statements that bear on a claim, each linked to where it turns."""
        note_code(self.env, *code(claim.chapter))
        every = told(self.env.app, claim.chapter)["statements"]
        bearing = [one for one in every if claim.id in one["claims"]]
        lines = nodes.bullet_list(classes=["headlines"])
        for one in bearing:
            link = tag("a", nodes.Text(one["words"]), href=f"{claim.chapter}.html#{one['id']}")
            in_short = nodes.Text(f" {one['in short']}.")
            lines += nodes.list_item("", nodes.paragraph("", "", link, in_short))
        return [lines] if bearing else []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.html_tag")
    app.setup_extension("bookkit.page.scripts")
    app.add_directive("claims-board", ClaimsBoard)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
