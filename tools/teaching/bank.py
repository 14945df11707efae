"""Write a chapter's test bank: files for learning platforms, and a key for the teacher."""

from __future__ import annotations

from pathlib import Path

import as_key
from bookkit.readers.banks import bank_of
from deal import dealt_bank
from formats import write


def write_bank(root: Path, output: Path, slug: str, title: str, key: bytes) -> None:
    """Write the files of a chapter that has a bank; say so of one that has none."""
    file = bank_of(root, slug)
    if not file.is_file():
        print(f"{slug} has no test bank yet.")
        return
    items = dealt_bank(file, key)
    named, name = f"{title}: test bank", f"{slug}-bank"
    folder = output / "teaching" / "bank" / slug
    write(folder, name, named, items)
    (folder / f"{name}-key.html").write_text(as_key.written(named, items), "utf-8")
    print(f"  {name}-key.html has the answers: for you alone. Canvas hides all results of a bank "
          "until you tick 'Let Students See Their Quiz Responses'.")  # fmt: skip
