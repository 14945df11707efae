"""Claims and badges, all out of `data/claims.yml`, for the directives that print them.

    {badge}`holds-if` {badge}`thin`
    ```{directions}
    ```

`badge` shows the mark of a direction or of the evidence, `directions` what each direction means.
"""

from __future__ import annotations

import posixpath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from bookkit.directives.base import BookDirective, row, table
from bookkit.page.html_tag import chinese, tag
from bookkit.readers.claims import Claim, Claims, load_claims
from bookkit.readers.verdicts import DIRECTIONS, EVIDENCE, MEANINGS, Verdict

MET = {
    "met": "The firms of the article met it.",
    "not-met": "The firms of the article did not meet it.",
    "unknown": "Whether the firms of the article met it is not known.",
}


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
    """Write a claim in English, then its term in Chinese, marked as such, and what that means."""
    told = [chinese(claim.zh), nodes.Text(f" ({claim.zh_in_english})")]
    return [nodes.Text(f"{claim.claim} "), tag("span", *told, class_="in-chinese")]


def badge(name: str) -> nodes.inline:
    """Write a direction, or the grade of the evidence, as the mark that the style sheet draws."""
    words = (DIRECTIONS | EVIDENCE)[name]
    told = [nodes.Text(f"{words.en} "), chinese(words.zh)]
    return nodes.inline("", "", *told, classes=[f"verdict-{name}"])


def led(lead: str, *text: nodes.Node) -> list[nodes.Node]:
    """Put a word in bold before a text."""
    return [nodes.strong(lead, lead), nodes.Text(" "), *text]


def condition(verdict: Verdict) -> list[nodes.Node]:
    """Write the condition that was tested, and whether it was met; nothing if there is none."""
    if verdict.condition is None or verdict.met is None:
        return []
    told = nodes.Text(f"{verdict.condition} {MET[verdict.met]}")
    return [nodes.paragraph("", "", *led("Condition.", told))]


class BadgeRole(SphinxRole):
    """Show a badge in a text that explains it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the badge; an unknown name fails the build."""
        known = DIRECTIONS | EVIDENCE
        if self.text in known:
            return [badge(self.text)], []
        said = f"badge: must be one of {', '.join(known)}, is {self.text!r}"
        return [], [self.inliner.reporter.error(said, line=self.lineno)]


class Directions(BookDirective):
    """Say what each direction of a verdict means."""

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        rows = [row([[badge(name)], [nodes.Text(text)]]) for name, text in MEANINGS.items()]
        return [table(("Verdict", "It means"), rows)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register role and directive."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("directions", Directions)
    app.add_role("badge", BadgeRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
