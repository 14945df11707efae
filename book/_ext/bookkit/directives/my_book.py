"""`my-book`: what the reader judged, guessed, found and answered, chapter by chapter.

    ```{my-book}
    ```

The page holds the claims and the book's verdicts; `my_book.js` adds what the browser remembers of
the reader, saves it to a file, loads it from one and erases it. Without the script the verdicts
stand alone, and the page says what is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.claims import ClaimsDirective, badge, wording
from bookkit.directives.map import ChaptersDirective
from bookkit.directives.show_verdicts import WHEN, directions, own
from bookkit.page.html_tag import Tag, tag
from bookkit.readers.chapters import Chapter
from bookkit.readers.claims import Claim, Claims
from bookkit.readers.edition import CITATION, citation, edition
from bookkit.readers.verdicts import Verdict

UNSCRIPTED = (
    "With JavaScript this page shows your verdicts before and after each chapter, your guesses, "
    "the challenges you met and your answers, and saves them to a file. Without it the book "
    "remembers nothing, and its own verdicts stand here alone."
)
EMPTY = "Your book is empty so far."
WHERE = "It is kept in this browser alone; nobody else sees it."
ACTIONS = {
    "save": "Save to a file",
    "load": "Load from a file",
    "print": "Print",
    "erase": "Erase everything",
}


def button(text: str, class_: str) -> Tag:
    """Make a button."""
    return tag("button", nodes.Text(text), type="button", class_=class_)


def withheld(claim: Claim, verdict: Verdict) -> Tag:
    """Show the verdict and where its reasons stand; the script folds it until the reader judged."""
    both = tag("span", badge(verdict.direction), nodes.Text(" "), badge(verdict.evidence),
               class_="badges")  # fmt: skip
    about = f"the book’s verdict on {claim.id}"  # so that no two of a page have one name
    summary = tag("summary", nodes.Text("Show it"), aria_label=f"Show it: {about}")
    reasons = tag("a", nodes.Text("Reasons"), class_="my-way", aria_label=f"Reasons of {about}",
                  href=f"{claim.chapter}.html#verdict-{claim.id.lower()}")  # fmt: skip
    return tag("details", summary, both, nodes.Text(" "), reasons, class_="withheld", open="")


def row(claim: Claim, verdict: Verdict) -> Tag:
    """Put the reader's verdicts on a claim beside the book's."""
    said = tag("td", tag("div", *wording(claim)), data_label="Claim")
    mine = [own(claim, when, "td") for when in WHEN]
    book = tag("td", withheld(claim, verdict), data_label="The book")
    return tag("tr", said, *mine, book, data_claim=claim.id)


class MyBook(ClaimsDirective, ChaptersDirective):
    """Lay out the page that the script fills."""

    def run(self) -> list[nodes.Node]:
        """Print what is asked of the reader once, then a section for each chapter that stands."""
        claims = self.claims()
        sections = [self.section(each, claims) for each in self.standing()]
        others = tag("div", class_="my-others")
        unscripted = tag("noscript", nodes.paragraph(UNSCRIPTED, UNSCRIPTED))
        return [unscripted, self.tools(), question(), directions(), *sections, others]

    def tools(self) -> Tag:
        """Make the name, the buttons and the place of what the script says."""
        file, title = Path(self.env.srcdir, CITATION), self.config.html_title
        self.note(file)
        label = tag("label", nodes.Text("Your name, if you want it in the file and on paper; it is "
                                        "kept nowhere else"), for_="my-name")  # fmt: skip
        name = tag("input", id="my-name", type="text", maxlength=100, placeholder=" ",
                   autocomplete="off")  # fmt: skip
        chosen = tag("input", type="file", accept=".html,.htm,.json", hidden="")
        buttons = [button(text, f"my-{key}") for key, text in ACTIONS.items()]
        return tag(
            "div",
            tag("p", class_="my-day"),
            tag("p", nodes.Text(EMPTY), class_="my-sum"),  # the script's own, so that nothing moves
            tag("p", nodes.Text(WHERE), class_="my-where"),
            tag("p", label, name, class_="my-name"),
            tag("p", *buttons, chosen, class_="my-actions"),
            tag("p", class_="my-said", role="status"),
            class_="my-book", data_edition=edition(citation(file)), data_title=title,
        )  # fmt: skip

    def section(self, chapter: Chapter, claims: Claims) -> nodes.section:
        """Print the verdicts on a chapter's claims, and leave a place for the rest."""
        section = nodes.section(ids=[chapter.slug], names=[chapter.title.lower()],
                                classes=["my-chapter"])  # fmt: skip
        section += nodes.title(chapter.title, chapter.title)
        link = tag("a", nodes.Text("Open the chapter"), href=f"{chapter.slug}.html",
                   class_="my-way")  # fmt: skip
        section += tag("p", tag("span", class_="my-progress"), nodes.Text(" "), link)
        head = [tag("th", nodes.Text(text), scope="col") for text in
                ("Claim", *WHEN.values(), "The book")]  # fmt: skip
        ruled = ((each, claims.ruled(each)) for each in claims.of_chapter(chapter.slug))
        rows = [row(claim, verdict) for claim, verdict in ruled if verdict]
        section += tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows),
                       class_="cards my-verdicts")  # fmt: skip
        section += tag("div", class_="my-found")
        return section


def question() -> Tag:
    """Make the box that asks before anything is replaced or erased."""
    answers = tag("p", button("", "my-no"), button("", "my-yes"), class_="my-actions")
    asked = [tag("h2", id="my-asked"), tag("p", id="my-meant"), answers]
    named = {"aria_labelledby": "my-asked", "aria_describedby": "my-meant"}
    return tag("dialog", *asked, class_="my-question", **named)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("my-book", MyBook)
    app.setup_extension("bookkit.page.scripts")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
