"""Read the "My book" files of a class into a table and a page of pictures, on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bookkit.readers.claims import load_claims
from bookkit.readers.quizzes import question_id
from class_page import Asked, page
from class_table import table
from handed_in import read_class
from names import load_names
from places import OUTPUT, ROOT
from refusal import RefusalError, ended, make_folder

WITH_NAMES = "shown"


def asked(root: Path) -> Asked:
    """Return what the book asks, by the names that stay."""
    entered = load_names(root / "data" / "names.yml")
    pages = {Path(address).stem: names for address, names in entered.items()}
    return Asked(
        load_claims(root / "data" / "claims.yml"),
        {slug: names.explorers for slug, names in pages.items()},
        {
            slug: {question_id(slug, n): words for n, words in names.questions.items()}
            for slug, names in pages.items()
        },
    )


def main() -> int:
    """Read the folder that is named; write table and page, and say what is wrong with files."""
    folder = Path(sys.argv[1])
    if not folder.is_dir():
        raise RefusalError(f"FOLDER {folder} is no folder.")
    found = read_class(folder)
    print("\n".join(found.told))
    if not found.students:
        raise RefusalError(f"FOLDER {folder} holds no My book that counts.")
    output = OUTPUT / "teaching" / "class"
    make_folder(output)
    with_names = os.environ.get("NAMES", "") == WITH_NAMES
    written = table(found.students, with_names)
    (output / "class.csv").write_text(written, encoding="utf-8-sig", newline="")
    (output / "class.html").write_text(page(asked(ROOT), found.students, found.left_out), "utf-8")
    count = len(found.students)
    print(f"{count} student{'s' * (count != 1)}: {output / 'class.csv'}, {output / 'class.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
