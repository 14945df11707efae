"""A chapter's questions in the four formats that learning platforms read."""

from __future__ import annotations

from pathlib import Path

import as_gift
import as_moodle
import as_qti12
import as_qti21
from deal import Item
from refusal import make_folder


def write(folder: Path, name: str, title: str, items: list[Item], shown: bool = False) -> None:
    """Write the four files into a folder, which is made; say what was written.

    Canvas shows students what is said of their answers if it is to be `shown`.
    """
    make_folder(folder)
    (folder / f"{name}-moodle.xml").write_text(as_moodle.written(title, items), "utf-8")
    (folder / f"{name}-gift.txt").write_text(as_gift.written(title, items), "utf-8")
    (folder / f"{name}-canvas-qti12.zip").write_bytes(as_qti12.package(title, items, shown))
    (folder / f"{name}-qti21.zip").write_bytes(as_qti21.package(title, items))
    count = len({each.varies or each.name for each in items})
    print(f"{folder}: {count} questions, {len(items)} with their variants")
