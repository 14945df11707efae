"""What a chapter's source promises, as the table for teachers tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookkit.readers.outcomes import load_promise

SOURCE = """# A chapter

**What you will be able to do.** *Compute* a rate. *Judge* it.

**1. No exercise.** It stands elsewhere.

## Exercises

**1. Warm-up.** Compute.

**2. Open project.** Two pages.

## Parameters

**3. Nor this one.**
"""


def test_outcomes_and_exercises_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SOURCE, encoding="utf-8")
    promise = load_promise(tmp_path / "a.md")
    assert (promise.outcomes, promise.exercises) == ("*Compute* a rate. *Judge* it.", 2)


def test_a_chapter_that_promises_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A chapter\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.md: a paragraph must begin \*\*What you will"):
        load_promise(tmp_path / "a.md")
