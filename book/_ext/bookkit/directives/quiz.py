"""Questions that the page itself answers.

    ```{quiz} spread
    ```

A quiz is `data/quizzes/<name>.yml` (see `readers.quizzes`). Right and wrong answers with their
reasons stand in the page, folded: it reads without a script. In a book without solutions they
stand nowhere. `quiz.js` tells what was right, shows
all questions or one after another, and keeps the answers in the reader's book.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.directives.base import BookDirective, data_folder
from bookkit.fresh import note_code
from bookkit.page.html_tag import Tag, button, form, option, tag
from bookkit.page.solutions import are_left_out
from bookkit.readers.quizzes import Choose, Numeric, Question, load_quiz, modules, question_id
from bookkit.worked_out import worked_out

WAYS = {"one": "one after another", "all": "all"}
CHECK, KEEP = "Check", "Keep my answer"
HINT = {"single": "Choose one.", "several": "Choose all that hold."}


def bar(name: str) -> Tag:
    """Make the line above the questions: the count, which of them are shown, a new beginning."""
    count = tag("p", class_="quiz-count")
    ways = [option("radio", "quiz-way", key, nodes.Text(words)) for key, words in WAYS.items()]
    legend = tag("legend", nodes.Text("Questions"), class_="visually-hidden")
    again = button("Begin again", class_="quiz-again")
    shown = tag("fieldset", legend, *ways)
    return form("quiz-bar", f"quiz-{name}-bar", count, again, shown, hidden="")


def steps() -> Tag:
    """Make the line below the questions that leads from one to the next."""
    here = tag("span", class_="quiz-here")
    ways = [button("Previous", class_="quiz-back"), here, button("Next", class_="quiz-next")]
    return tag("div", *ways, class_="quiz-steps", hidden="")


def questions_of(env: BuildEnvironment, name: str) -> tuple[Question, ...]:
    """Return the questions of a quiz, on which the page depends, and on what computes them."""
    file = data_folder(env) / "quizzes" / f"{name}.yml"
    env.note_dependency(str(file))
    code = [f"import {module}" for module in modules(file)]
    note_code(env, *code)
    return worked_out(env, f"quiz {name}", code, lambda: load_quiz(file), [file])


class Quiz(BookDirective):
    """Print the questions of a file."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Read, compute and lay out; a fault in the file fails the build."""
        try:
            questions = questions_of(self.env, self.arguments[0])
        except ValueError as fault:
            self.fail(fault)
        asked = [self.question(n, each) for n, each in enumerate(questions, start=1)]
        return [tag("div", bar(self.arguments[0]), *asked, steps(), class_="quiz-frame")]

    def text(self, markdown: str) -> list[nodes.Node]:
        """Parse a piece of a question: one paragraph of MyST, without the paragraph."""
        holder = nodes.Element()
        self.state.nested_parse(StringList([markdown], self.arguments[0]), 0, holder)
        if len(holder.children) != 1 or not isinstance(holder[0], nodes.paragraph):
            self.fail(f"{self.arguments[0]}: {markdown!r} must be one paragraph")
        return list(holder[0].children)

    def question(self, number: int, question: Question) -> Tag:
        """Make the form of one question."""
        name = question_id(self.arguments[0], number)
        if isinstance(question, Numeric):
            kind, wanted = "numeric", question.wanted
            answers, reasons = self.number(question), self.numbers(question)
        else:
            kind = "several" if question.several else "single"
            wanted = HINT[kind]
            answers, reasons = self.choices(name, question), self.explained(question)
        legend = tag("legend", tag("b", nodes.Text(f"{number}. ")), *self.text(question.ask))
        hint = tag("p", nodes.Text(wanted), class_="quiz-hint", id=f"{name}-hint")
        open_ = are_left_out(self.env.app)
        check = button(KEEP if open_ else CHECK, type="submit")
        told = tag("div", role="status", class_="quiz-told")
        summary = tag("summary", nodes.Text("Answer and reasons"))
        folded = [] if open_ else [tag("details", summary, reasons)]
        fields = tag("fieldset", legend, hint, *answers, aria_describedby=f"{name}-hint")
        return form("quiz", name, fields, check, told, *folded, data_kind=kind)

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
            stop = "" if choice.text.endswith((".", "?", "!")) else "."
            said = [sign, *self.text(choice.text), nodes.Text(f"{stop} ")]
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


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.html_tag")
    app.setup_extension("bookkit.page.scripts")
    app.setup_extension("bookkit.page.solutions")
    app.add_directive("quiz", Quiz)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
