"""The reader's own verdicts: on every claim of a chapter, before it is read and after.

    ```{claim} C3-01 C3-02
    ```
    ```{your-verdicts}
    ```

`claim` opens a chapter: its claims, each with the five directions to choose from. `your-verdicts`
asks again, above the book's verdicts. All that follows it in its section is the book's answer:
`finale.js` keeps it folded until the reader asks for it, and counts how far both agree. Without a
script, and on paper, all is open. `ask_verdicts.js` keeps the answers by claim.
"""

from __future__ import annotations

import posixpath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.claims import ClaimsDirective, wording
from bookkit.page.html_tag import Tag, button, form, option, tag
from bookkit.readers.claims import Claim
from bookkit.readers.verdicts import DIRECTIONS, MEANINGS

OPENED = "bookkit-claims-opened"
ASKED = {"before": "Before you read: how far is", "after": "Now that you have read: how far is"}


def asked(claims: list[Claim], when: str, *before: nodes.Node) -> Tag:
    """Make the form: a row for each claim, a column for each direction."""
    title = f"your-verdicts-{when}-title"
    words = f"{ASKED[when]} {'each claim' if len(claims) > 1 else 'it'} true?"
    question = tag("p", *before, nodes.Text(words), class_="own-title", id=title)
    rows = [judged(claim, when, title) for claim in claims]
    name = f"your-verdicts-{when}"
    return form("own-verdicts", name, question, *rows, meanings(), data_when=when)


def judged(claim: Claim, when: str, title: str) -> Tag:
    """Lay out a claim with the directions to choose from."""
    name = f"{when}-{claim.id.lower()}"
    named = {key: each.en.replace(" …", "\N{NO-BREAK SPACE}…") for key, each in DIRECTIONS.items()}
    choices = [option("radio", name, key, nodes.Text(words)) for key, words in named.items()]
    told = tag("div", role="status", class_="quiz-told")
    data = {"data_claim": claim.id, "data_when": when}
    legend = tag("legend", *wording(claim))
    return tag("fieldset", legend, *choices, told, class_="own-verdict", id=name,
               aria_describedby=title, **data)  # fmt: skip


def meanings() -> Tag:
    """Fold what the five directions mean."""
    terms: list[nodes.Node] = []
    for key, each in DIRECTIONS.items():
        terms += [tag("dt", nodes.Text(each.en)), tag("dd", nodes.Text(f"{MEANINGS[key]}."))]
    return tag("details", tag("summary", nodes.Text("What the five words mean")), tag("dl", *terms))


class ClaimDirective(ClaimsDirective):
    """State the claims that a chapter takes up, and ask the reader about each."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Print the claims as the rows of a form."""
        claims = [self.own(name) for name in self.arguments[0].split()]
        self.env.temp_data[OPENED] = [claim.id for claim in claims]
        title = tag("b", nodes.Text("The claims. " if len(claims) > 1 else "The claim. "))
        return [nodes.container("", asked(claims, "before", title), classes=["claims"])]


class YourVerdicts(ClaimsDirective):
    """Ask for the reader's own verdicts once more."""

    def run(self) -> list[nodes.Node]:
        """Print the form for every claim of the chapter, and the button to the book's verdicts."""
        page = posixpath.basename(self.env.docname)
        opened = self.env.temp_data.get(OPENED, [])  # in the order in which the page opened
        claims = sorted(
            self.claims().of_chapter(page),
            key=lambda claim: opened.index(claim.id) if claim.id in opened else len(opened),
        )
        if not claims:
            self.fail(f"{page!r} is no chapter with claims in data/claims.yml")
        show = button("Show the book’s verdicts", aria_controls=FINALE)
        way = tag("div", show, tag("p", role="status"), class_="to-finale")
        return [asked(claims, "after"), way]


FINALE = "the-books-verdicts"


def close(_app: Sphinx, doctree: nodes.document) -> None:
    """Put all that follows the second form in its section into one box, for the script to fold."""
    for node in list(doctree.findall(Tag)):
        if node["attributes"].get("class") == "to-finale":
            section, place = node.parent, node.parent.index(node) + 1
            title = tag("h3", nodes.Text("The book’s verdicts"), tabindex="-1")
            following = section[place:]
            del section[place:]
            agreed = tag("p", class_="agreed")  # the script's to fill
            section += tag("div", title, agreed, *following, class_="finale", id=FINALE)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("claim", ClaimDirective)
    app.add_directive("your-verdicts", YourVerdicts)
    app.setup_extension("bookkit.page.scripts")
    app.connect("doctree-read", close)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
