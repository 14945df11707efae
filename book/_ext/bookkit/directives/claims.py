"""Claims and verdicts on the page, all out of `data/claims.yml`.

    ```{claim} C3-01 C3-02
    ```
    ```{verdict} C3-01
    ```
    {badge}`holds-if` {badge}`thin`

`claim` opens a chapter, `verdict` closes it, `badge` shows the mark of a direction or of the
evidence. What contradicts the file (an unknown claim, a verdict in another chapter or without one)
is an error.
"""

from __future__ import annotations

import posixpath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from bookkit.directives.base import BookDirective
from bookkit.page.html_tag import chinese
from bookkit.readers.claims import Claim, Claims, load_claims
from bookkit.readers.verdicts import DIRECTIONS, EVIDENCE, PARTS, Verdict

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
    """Write a claim in English, then its term in Chinese, marked as such."""
    return [nodes.Text(f"{claim.claim} "), chinese(claim.zh)]


def badge(name: str) -> nodes.inline:
    """Write a direction, or the grade of the evidence, as the mark that the style sheet draws."""
    words = (DIRECTIONS | EVIDENCE)[name]
    told = [nodes.Text(f"{words.en} "), chinese(words.zh)]
    return nodes.inline("", "", *told, classes=[f"verdict-{name}"])


def badges(verdict: Verdict) -> nodes.paragraph:
    """Write both badges of a verdict."""
    both = [badge(verdict.direction), nodes.Text(" "), badge(verdict.evidence)]
    return nodes.paragraph("", "", *both, classes=["badges"])


def led(lead: str, *text: nodes.Node) -> list[nodes.Node]:
    """Put a word in bold before a text."""
    return [nodes.strong(lead, lead), nodes.Text(" "), *text]


def condition(verdict: Verdict) -> list[nodes.Node]:
    """Write the condition that was tested, and whether it was met; nothing if there is none."""
    if verdict.condition is None or verdict.met is None:
        return []
    told = nodes.Text(f"{verdict.condition} {MET[verdict.met]}")
    return [nodes.paragraph("", "", *led("Condition.", told))]


def parts(verdict: Verdict) -> nodes.bullet_list:
    """List the parts of a claim with a line each; the one that bears the verdict says so."""
    lines = nodes.bullet_list(classes=["parts"])
    for part in (part for part in PARTS if part in verdict.parts):
        bears = part == verdict.bears
        lead = f"{part.capitalize()} (decides the verdict)." if bears else f"{part.capitalize()}."
        line = nodes.paragraph("", "", *led(lead, nodes.Text(verdict.parts[part])))
        lines += nodes.list_item("", line, classes=["bears"] if bears else [])
    return lines


class BadgeRole(SphinxRole):
    """Show a badge in a text that explains it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the badge; an unknown name fails the build."""
        known = DIRECTIONS | EVIDENCE
        if self.text in known:
            return [badge(self.text)], []
        said = f"badge: must be one of {', '.join(known)}, is {self.text!r}"
        return [], [self.inliner.reporter.error(said, line=self.lineno)]


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
    """Give the verdict on a claim, with what carries it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Print claim, badges, ruling, condition and parts."""
        claim = self.own(self.arguments[0])
        if claim.verdict is None and claim.chapter in self.claims().drafts:
            return [nodes.paragraph("", "The verdict is still to come.", classes=["ruling"])]
        if claim.verdict is None:
            self.fail(f"claim {claim.id} has no verdict in data/claims.yml")
        box = nodes.container(classes=["ruling"])
        box += nodes.paragraph("", "", *wording(claim), classes=["ruling-claim"])
        box += badges(claim.verdict)
        box += nodes.paragraph(claim.verdict.ruling, claim.verdict.ruling)
        box += [*condition(claim.verdict), parts(claim.verdict)]
        return [box]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("claim", ClaimDirective)
    app.add_directive("verdict", VerdictDirective)
    app.add_role("badge", BadgeRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
