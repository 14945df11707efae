"""`outcomes`: what each chapter teaches, how long it takes and what there is to do in it.

    ```{outcomes}
    ```

A row for each chapter that stands. Outcomes and exercises are read off its source, questions off
its quiz; minutes and explorers are counted when its page is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import row, table
from bookkit.directives.map import ChaptersDirective
from bookkit.page.minutes import path_time, told_elsewhere
from bookkit.readers.chapters import Chapter
from bookkit.readers.outcomes import load_promise
from bookkit.readers.quizzes import load_quiz

HEAD = ("Chapter", "What students will be able to do", "Minutes: core, all",
        "Explorers, exercises, questions")  # fmt: skip


class Outcomes(ChaptersDirective):
    """List the chapters that stand."""

    def run(self) -> list[nodes.Node]:
        """Make the table; the page is written again when a chapter takes another time."""
        told_elsewhere(self.env)
        return [table(HEAD, [self.chapter(each) for each in self.standing()], "cards")]

    def chapter(self, chapter: Chapter) -> nodes.row:
        """Make a chapter's row."""
        page = self.address(chapter)
        source = Path(self.env.srcdir, f"{page}.md")
        self.note(source)
        try:
            promise = load_promise(source)
        except ValueError as fault:
            self.fail(fault)
        outcomes, _ = self.state.inline_text(promise.outcomes, self.lineno)
        questions = len(self.load(load_quiz, f"quizzes/{chapter.slug}.yml"))
        timed = path_time(page, "{0.path}, {0.whole}")
        counted = [
            path_time(page, "{0.explorers}"),
            nodes.Text(f", {promise.exercises}, {questions}"),
        ]
        return row([[self.link(page, chapter.title)], outcomes, [timed], counted])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.minutes")
    app.add_directive("outcomes", Outcomes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
