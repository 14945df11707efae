"""Write quizzes for learning platforms, with numbers drawn from a secret, and the guides."""

from __future__ import annotations

import os
import sys

import as_gift
import as_moodle
import as_qti12
import as_qti21
from bookkit.readers.chapters import drafts, load_parts, titles
from deal import dealt, key_of, unvaried
from guides import write_guides
from places import OUTPUT, ROOT
from refusal import RefusalError, ended, make_folder


def main() -> int:
    """Write all files of all chapters that stand."""
    try:
        key = key_of(os.environ.get("SECRET", ""))
        parts = load_parts(ROOT / "data" / "chapters.yml")
        for slug, title in titles(parts).items():
            file = ROOT / "data" / "quizzes" / f"{slug}.yml"
            if file.is_file() and slug not in drafts(parts):
                items = dealt(file, key)
                folder = OUTPUT / "teaching" / "quizzes" / slug
                make_folder(folder)
                (folder / f"{slug}-moodle.xml").write_text(as_moodle.written(title, items), "utf-8")
                (folder / f"{slug}-gift.txt").write_text(as_gift.written(title, items), "utf-8")
                (folder / f"{slug}-canvas-qti12.zip").write_bytes(as_qti12.package(title, items))
                (folder / f"{slug}-qti21.zip").write_bytes(as_qti21.package(title, items))
                print(f"{folder}: {len(items)} questions, variants among them")
                for each in unvaried(items):
                    print(f"  {each} has the page's numbers: data/quizzes gives it no others.")
        write_guides(ROOT, OUTPUT)
    except ValueError as fault:
        raise RefusalError(f"{fault}.") from None
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
