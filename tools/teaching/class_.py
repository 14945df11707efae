"""Read the "My book" files of a class into a table and a page of pictures, on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from bookkit.readers.claims import load_claims
from bookkit.readers.quizzes import Question, load_quiz, question_id
from class_page import Asked, page
from class_table import table
from explorer import Explorer
from explorer.shown import Guess
from handed_in import Class, Student, read_class
from marking import mark
from places import OUTPUT, ROOT
from refusal import RefusalError, ended, make_folder

WITH_NAMES = "shown"


def asked(root: Path, students: Iterable[Student]) -> Asked:
    """Return what the book asks on the pages that a class has used."""
    used = {each.get("page") for student in students for each in student.record.entries()}
    claims = load_claims(root / "data" / "claims.yml")
    pages = [slug for slug in claims.chapters if slug in used]
    files = {slug: root / "data" / "quizzes" / f"{slug}.yml" for slug in pages}
    return Asked(
        claims,
        {slug: guesses(slug) for slug in pages if slug not in claims.drafts},
        {slug: questions(file) for slug, file in files.items() if file.is_file()},
    )


def questions(file: Path) -> dict[str, Question]:
    """Return a chapter's questions by the names that stay."""
    return {question_id(file.stem, n): each for n, each in enumerate(load_quiz(file), start=1)}


def guesses(slug: str) -> dict[str, Guess | None]:
    """Return what the explorers of a chapter ask, by their names; some ask nothing."""
    package = import_module(f"figures.{slug.replace('-', '_')}")
    names = (each.name for each in iter_modules(package.__path__, f"{package.__name__}."))
    modules = [import_module(name) for name in names]
    found = [(each, module) for module in modules for each in vars(module).values()]
    return {
        each.name: each.guess() if each.guess else None
        for each, module in found
        if isinstance(each, Explorer) and each.function.__module__ == module.__name__
    }


def read(root: Path, folder: Path) -> tuple[Class, Asked]:
    """Read what a class has handed in, and mark it with what this copy asks."""
    found = read_class(folder)
    what = asked(root, found.students)
    keys = {name: each for page in what.questions.values() for name, each in page.items()}
    guesses = {name: each for page in what.guesses.values() for name, each in page.items()}
    marked = tuple(mark(each, keys, guesses) for each in found.students)
    return replace(found, students=marked), what


def main() -> int:
    """Read the folder that is named; write table and page, and say what is wrong with files."""
    folder = Path(sys.argv[1])
    if not folder.is_dir():
        raise RefusalError(f"FOLDER {folder} is no folder.")
    found, what = read(ROOT, folder)
    print("\n".join(found.told))
    if not found.students:
        raise RefusalError(f"FOLDER {folder} holds no My book that counts.")
    output = OUTPUT / "teaching" / "class"
    make_folder(output)
    with_names = os.environ.get("NAMES", "") == WITH_NAMES
    written = table(found.students, with_names)
    (output / "class.csv").write_text(written, encoding="utf-8-sig", newline="")
    (output / "class.html").write_text(page(what, found.students, found.left_out), "utf-8")
    count = len(found.students)
    print(f"{count} student{'s' * (count != 1)}: {output / 'class.csv'}, {output / 'class.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
