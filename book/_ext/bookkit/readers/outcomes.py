"""What a chapter promises and sets, read off its source: outcomes, and how many exercises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_OUTCOMES = re.compile(r"^\*\*What you will be able to do\.\*\* (.+)$", re.MULTILINE)
_EXERCISE = re.compile(r"^\*\*\d+\. .+?\*\*", re.MULTILINE)


@dataclass(frozen=True)
class Promise:
    """What a reader will be able to do, as the chapter says it, and its exercises."""

    outcomes: str
    exercises: int


def load_promise(file: Path) -> Promise:
    """Read a chapter's source; one that does not say what it is for is refused."""
    text = file.read_text(encoding="utf-8")
    found = _OUTCOMES.search(text)
    if found is None:
        raise ValueError(f"{file.name}: a paragraph must begin **What you will be able to do.**")
    _, _, exercises = text.partition("\n## Exercises\n")
    return Promise(found[1].strip(), len(_EXERCISE.findall(exercises.partition("\n## ")[0])))
