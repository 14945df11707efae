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

from bookkit.directives.base import data_folder, row, table
from bookkit.directives.map import ChaptersDirective
from bookkit.page.minutes import path_time
from bookkit.readers.chapters import Chapter
from bookkit.readers.outcomes import load_promise
from bookkit.readers.quizzes import count

HEAD = ("Chapter", "What students will be able to do", "Minutes: core, all",
        "Explorers, exercises, questions")  # fmt: skip


class Outcomes(ChaptersDirective):
    """List the chapters that stand."""

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        return [table(HEAD, [self.chapter(each) for each in self.standing()], "cards")]

    def chapter(self, chapter: Chapter) -> nodes.row:
        """Make a chapter's row."""
        page = self.address(chapter)
        promise = self.found(load_promise, Path(self.env.srcdir, f"{page}.md"))
        outcomes, _ = self.state.inline_text(promise.outcomes, self.lineno)
        questions = self.found(count, data_folder(self.env) / "quizzes" / f"{chapter.slug}.yml")
        timed = path_time(self.env, page, "{0.path}, {0.whole}")
        counted = [
            path_time(self.env, page, "{0.explorers}"),
            nodes.Text(f", {promise.exercises}, {questions}"),
        ]
        return row([[self.link(page, chapter.title)], outcomes, [timed], counted])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.minutes")
    app.add_directive("outcomes", Outcomes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
