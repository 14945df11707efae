"""The book's verdict on a claim, with what carries it.

    :::{verdict} C3-01
    *Right when* the platform takes a part of the interest.

    *Wrong when* the margin is taken for profit.

    *For it:* …

    *Against it:* …

    *What would change it:* …
    :::

Claim, badges, ruling and parts come out of `data/claims.yml`; the paragraphs are the chapter's.
What carries the verdict is folded under "Why"; without `finale.js`, which closes them, these folds
stand open. What contradicts the file (an unknown claim, a verdict in another chapter or without
one) is an error, and so are missing paragraphs, which a draft may still lack.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.claims import ClaimsDirective, badge, condition, led, wording
from bookkit.page.html_tag import Tag, tag
from bookkit.readers.claims import Claim
from bookkit.readers.verdicts import LEADS, PARTS, Verdict, lacking

SIDES = LEADS[:2]


def badges(verdict: Verdict) -> nodes.paragraph:
    """Write both badges of a verdict."""
    both = [badge(verdict.direction), nodes.Text(" "), badge(verdict.evidence)]
    return nodes.paragraph("", "", *both, classes=["badges"])


def parts(verdict: Verdict) -> nodes.bullet_list:
    """List the parts of a claim with a line each; the one that bears the verdict says so."""
    lines = nodes.bullet_list(classes=["parts"])
    for part in (part for part in PARTS if part in verdict.parts):
        bears = part == verdict.bears
        lead = f"{part.capitalize()} (decides the verdict)." if bears else f"{part.capitalize()}."
        line = nodes.paragraph("", "", *led(lead, nodes.Text(verdict.parts[part])))
        lines += nodes.list_item("", line, classes=["bears"] if bears else [])
    return lines


def marked(paragraph: nodes.Node) -> nodes.Node:
    """Make the words that a paragraph begins with its lead, and name it after them."""
    lead = paragraph[0].astext()
    paragraph.replace(paragraph[0], nodes.strong(lead, lead))
    paragraph["classes"].append(lead.rstrip(":").split()[0].lower())
    return paragraph


def yours(claim: Claim) -> Tag:
    """Make the line of the reader's own verdict, which the script fills and compares."""
    direction = claim.verdict.direction if claim.verdict else ""
    return tag("p", class_="yours", data_yours=claim.id, data_book=direction)


def why(words: str, *inside: nodes.Node) -> Tag:
    """Fold what carries an answer; open, for the script to close."""
    return tag("details", tag("summary", nodes.Text(words)), *inside, class_="why", open="")


class VerdictDirective(ClaimsDirective):
    """Give the verdict on a claim, with what carries it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Print claim, badges, the two sides, ruling, condition, parts and what was weighed."""
        claim = self.own(self.arguments[0])
        draft = claim.chapter in self.claims().drafts
        if claim.verdict is None and not draft:
            self.fail(f"claim {claim.id} has no verdict in data/claims.yml")
        fault = lacking("\n".join(self.content))
        if fault and not draft:
            self.fail(f"{claim.id}: {fault}")
        box = nodes.container(classes=["ruling"], ids=[f"verdict-{claim.id.lower()}"])
        box += nodes.paragraph("", "", *wording(claim), classes=["ruling-claim"])
        sides, weighed = self.paragraphs()
        if claim.verdict is None:
            box += [nodes.paragraph("", "The verdict is still to come."), *sides, *weighed]
            return [box]
        box += [badges(claim.verdict), yours(claim), nodes.container("", *sides, classes=["sides"])]
        ruling = nodes.paragraph(claim.verdict.ruling, claim.verdict.ruling)
        box += why("Why", ruling, *condition(claim.verdict), parts(claim.verdict), *weighed)
        return [box]

    def paragraphs(self) -> tuple[list[nodes.Node], list[nodes.Node]]:
        """Read the chapter's paragraphs: when right and wrong, and the others."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        both: tuple[list[nodes.Node], list[nodes.Node]] = ([], [])
        for each in holder.children:
            begins = each[0].astext() if each.children else ""
            led_in = begins.rstrip(":") in LEADS
            both[begins not in SIDES].append(marked(each) if led_in else each)
        return both


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.directives.claims")
    app.add_directive("verdict", VerdictDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
