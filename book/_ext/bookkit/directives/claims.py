"""Claims and verdicts on the page, all out of `data/claims.yml`.

    ```{claim} C3-01 C3-02
    ```
    ```{verdict} C3-01
    ```
    ```{claims-board}
    ```

`claim` opens a chapter, `verdict` closes it, `claims-board` lists all claims by verdict. What
contradicts the file (an unknown claim, a verdict in another chapter or without one) is an error.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective
from bookkit.page.html_tag import chinese
from bookkit.readers.claims import VERDICTS, Claim, Claims, load_claims

PREPARED = "In preparation"


class ClaimsDirective(BookDirective):
    """What the directives on claims share: the file, and who may speak of a claim."""

    def claims(self) -> Claims:
        """Read the claims, which the page depends on."""
        return self.load(load_claims, "claims.yml", "chapters.yml")

    def find(self, name: str) -> Claim:
        """Look up a claim; an unknown one fails the build."""
        try:
            return self.claims().find(name)
        except ValueError as fault:
            self.fail(fault)

    def own(self, name: str) -> Claim:
        """Look up a claim that this page, as its chapter, takes up."""
        claim = self.find(name)
        if claim.chapter != posixpath.basename(self.env.docname):
            self.fail(f"claim {name} belongs to the chapter {claim.chapter!r}")
        return claim


def wording(claim: Claim) -> list[nodes.Node]:
    """Write a claim in English, then its term in Chinese, marked as such."""
    return [nodes.Text(f"{claim.claim} "), chinese(claim.zh)]


def badge(verdict: str) -> nodes.inline:
    """Write a verdict as the mark that the style sheet draws."""
    return nodes.inline(VERDICTS[verdict], VERDICTS[verdict], classes=[f"verdict-{verdict}"])


class ClaimDirective(ClaimsDirective):
    """State the claims that a chapter takes up."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Print each claim in its own paragraph."""
        claims = [self.own(name) for name in self.arguments[0].split()]
        title = "The claim" if len(claims) == 1 else "The claims"
        box = nodes.container(classes=["claims"])
        box += nodes.paragraph(title, title, classes=["claims-title"])
        box += [nodes.paragraph("", "", *wording(claim)) for claim in claims]
        return [box]


class VerdictDirective(ClaimsDirective):
    """Give the verdict on a claim, with the conditions under which it holds."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Print claim, badge and conditions."""
        claim = self.own(self.arguments[0])
        if claim.verdict is None:
            self.fail(f"claim {claim.id} has no verdict in data/claims.yml")
        box = nodes.container(classes=["ruling"])
        box += nodes.paragraph("", "", *wording(claim), classes=["ruling-claim"])
        ruling = [badge(claim.verdict), nodes.Text(f" {claim.conditions}")]
        box += nodes.paragraph("", "", *ruling)
        return [box]


class ClaimsBoard(ClaimsDirective):
    """List every claim of the article, grouped by verdict."""

    def run(self) -> list[nodes.Node]:
        """Print one section for each verdict that was given, and one for what is to come."""
        toc = Path(self.env.srcdir, "_toc.yml")
        if toc.is_file():  # whether a chapter is there decides what the board says of it
            self.note(toc)
        claims = self.claims()
        given = [claim for claim in claims.by_id.values() if claim.verdict]
        told = f"{len(claims.by_id)} claims; {len(given)} of them have a verdict so far."
        board: list[nodes.Node] = [nodes.paragraph(told, told)]
        for verdict in (*VERDICTS, None):
            group = [claim for claim in claims.by_id.values() if claim.verdict == verdict]
            if group:
                board.append(self.section(verdict, [self.row(each, claims) for each in group]))
        return board

    def section(self, verdict: str | None, rows: list[nodes.list_item]) -> nodes.section:
        """Put the claims with one verdict under its heading."""
        heading = VERDICTS[verdict] if verdict else PREPARED
        section = nodes.section(ids=[verdict or "in-preparation"], names=[heading.lower()])
        section += nodes.title(heading, "", badge(verdict) if verdict else nodes.Text(heading))
        section += nodes.bullet_list("", *rows, classes=["board"])
        return section

    def row(self, claim: Claim, claims: Claims) -> nodes.list_item:
        """Write a claim, its conditions and its chapter, linked if it is there."""
        item = nodes.list_item(ids=[claim.id.lower()])
        item += nodes.paragraph("", "", *wording(claim))
        if claim.conditions:
            item += nodes.paragraph(claim.conditions, claim.conditions, classes=["conditions"])
        title = claims.chapters[claim.chapter]
        page = posixpath.join(posixpath.dirname(self.env.docname), claim.chapter)
        if page in self.env.found_docs:
            item += nodes.paragraph("", "Chapter: ", self.link(page))
        elif claim.verdict:
            self.fail(f"{claim.id} has a verdict, but there is no chapter {claim.chapter!r}")
        else:
            item += nodes.paragraph("", f"Chapter: {title}, in preparation")
        return item


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("claim", ClaimDirective)
    app.add_directive("verdict", VerdictDirective)
    app.add_directive("claims-board", ClaimsBoard)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
