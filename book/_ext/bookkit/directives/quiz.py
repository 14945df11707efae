"""Questions that the page itself answers, and the reader's own verdict before and after.

    ```{quiz} spread
    ```
    ```{before-after} C3-01
    :when: before
    ```

A quiz is `data/quizzes/<name>.yml` (see `readers.quizzes`). Right and wrong answers with their
reasons stand in the page, folded: it reads without a script. `quiz.js` tells what was right,
`verdict.js` keeps the reader's verdicts in the browser.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective
from bookkit.directives.claims import ClaimsDirective, wording
from bookkit.fresh import note_code
from bookkit.page.html_tag import Tag, tag
from bookkit.readers.quizzes import Choose, Numeric, Question, load_quiz, modules
from bookkit.readers.verdicts import DIRECTIONS

HINT = {"single": "Choose one.", "several": "Choose all that hold."}


def form(class_: str, name: str, *children: nodes.Node, **data: object) -> Tag:
    """Make a form that never sends anything, not even without the script."""
    never = {"method": "dialog", "autocomplete": "off"}
    return tag("form", *children, class_=class_, id=name, **never, **data)


def option(kind: str, name: str, value: object, *text: nodes.Node) -> Tag:
    """Make one radio button or box with its label around it."""
    box = tag("input", type=kind, name=name, value=value)
    return tag("label", box, tag("span", *text))


class Quiz(BookDirective):
    """Print the questions of a file."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Read, compute and lay out; a fault in the file fails the build."""
        file = f"quizzes/{self.arguments[0]}.yml"
        questions = self.load(load_quiz, file)
        note_code(self.env, *(f"import {name}" for name in self.load(modules, file)))
        return [self.question(n, each) for n, each in enumerate(questions, start=1)]

    def text(self, markdown: str) -> list[nodes.Node]:
        """Parse a piece of a question: one paragraph of MyST, without the paragraph."""
        holder = nodes.Element()
        self.state.nested_parse(StringList([markdown], self.arguments[0]), 0, holder)
        if len(holder.children) != 1 or not isinstance(holder[0], nodes.paragraph):
            self.fail(f"{self.arguments[0]}: {markdown!r} must be one paragraph")
        return list(holder[0].children)

    def question(self, number: int, question: Question) -> Tag:
        """Make the form of one question."""
        name = f"quiz-{self.arguments[0]}-{number}"
        if isinstance(question, Numeric):
            kind, wanted = "numeric", question.wanted
            answers, reasons = self.number(question), self.numbers(question)
        else:
            kind = "several" if question.several else "single"
            wanted = HINT[kind]
            answers, reasons = self.choices(name, question), self.explained(question)
        legend = tag("legend", tag("b", nodes.Text(f"{number}. ")), *self.text(question.ask))
        hint = tag("p", nodes.Text(wanted), class_="quiz-hint", id=f"{name}-hint")
        check = tag("button", nodes.Text("Check"), type="submit", hidden="")
        told = tag("div", role="status", class_="quiz-told")
        folded = tag("details", tag("summary", nodes.Text("Answer and reasons")), reasons)
        fields = tag("fieldset", legend, hint, *answers, aria_describedby=f"{name}-hint")
        return form("quiz", name, fields, check, told, folded, data_kind=kind)

    def choices(self, name: str, question: Choose) -> list[Tag]:
        """Lay out the choices."""
        box = "checkbox" if question.several else "radio"
        return [
            option(box, name, index, *self.text(choice.text))
            for index, choice in enumerate(question.choices)
        ]

    def explained(self, question: Choose) -> Tag:
        """List each choice with its reason."""
        items = []
        for index, choice in enumerate(question.choices):
            sign = tag("b", nodes.Text("Right: " if choice.right else "Wrong: "))
            said = [sign, *self.text(choice.text), nodes.Text(" ")]
            why = tag("span", *self.text(choice.why), class_="why")
            data = {"data_value": index, "data_right": str(choice.right).lower()}
            items.append(tag("li", *said, why, **data))
        return tag("ul", *items)

    def number(self, question: Numeric) -> list[Tag]:
        """Lay out the field for a number."""
        known = [each.value for each in (question.answer, *question.wrong)]
        keys = "decimal" if min(known) >= 0 else "text"  # telephones show decimals without a minus
        asked = {"data_unit": question.answer.unit, "data_decimals": question.answer.decimals}
        field = tag("input", type="text", name="number", inputmode=keys, size=8, **asked)
        unit = tag("span", nodes.Text(question.answer.unit))
        return [tag("label", tag("span", nodes.Text("Your answer")), field, unit)]

    def numbers(self, question: Numeric) -> Tag:
        """List the right number and the usual mistakes with their reasons."""
        items = []
        for each in (question.answer, *question.wrong):
            right = each is question.answer
            told = f"{'Right' if right else 'Wrong'}: {each}. "
            why = tag("span", *self.text(each.why), class_="why")
            data = {"data_value": repr(each.value), "data_right": str(right).lower()}
            allowed = {"data_tolerance": each.tolerance}
            items.append(tag("li", tag("b", nodes.Text(told)), why, **data, **allowed))
        return tag("ul", *items)


class BeforeAfter(ClaimsDirective):
    """Ask for the reader's own verdict on a claim, before the chapter or after it."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012 - docutils declares it so
        "when": lambda text: directives.choice(text, ("before", "after"))
    }

    def run(self) -> list[nodes.Node]:
        """Lay out the directions as choices; the answer is remembered by claim."""
        claim, when = self.own(self.arguments[0]), self.options.get("when")
        if when is None:
            self.fail("needs the option when: before or after")
        name = f"{when}-{claim.id.lower()}"
        asked = {"before": "Before you read: how far is this true? ",
                 "after": "Now that you have read: how far is this true? "}[when]  # fmt: skip
        legend = tag("legend", tag("b", nodes.Text(asked)), *wording(claim))
        choices = [option("radio", name, key, nodes.Text(DIRECTIONS[key].en)) for key in DIRECTIONS]
        data = {"data_claim": claim.id, "data_when": when}
        book = DIRECTIONS[claim.verdict.direction].en if claim.verdict else ""
        told = tag("div", role="status", class_="quiz-told")
        fields = tag("fieldset", legend, *choices)
        return [form("own-verdict", name, fields, told, **data, data_book=book)]


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the scripts to the pages that ask something."""
    asks = doctree is not None and any(node["tag"] == "form" for node in doctree.findall(Tag))
    if asks:
        app.add_js_file("quiz.js", loading_method="defer")
        app.add_js_file("verdict.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("quiz", Quiz)
    app.add_directive("before-after", BeforeAfter)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
