"""Whether something has changed is told by content; times and sizes only save reading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import stamps


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project of two files."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.md").write_text("one")
    (tmp_path / "_toc.yml").write_text("two")
    return tmp_path


def changed(root: Path, before: stamps.Stamps) -> bool:
    """Tell whether the project has changed."""
    return not stamps.same(before, stamps.take(root, before))


def test_what_is_as_it_was_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamps.take(root, {})
    assert set(before) == {"Python", "_toc.yml", str(Path("book", "a.md"))}
    monkeypatch.setattr(stamps, "_digest", lambda path: pytest.fail(f"{path} was read"))
    assert not changed(root, before)


def test_content_decides_not_time(root: Path) -> None:
    before = stamps.take(root, {})
    file = root / "book" / "a.md"
    times = file.stat()
    file.write_text("one")
    assert not changed(root, before)
    file.write_text("six")  # as long as before, and as old
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert changed(root, before)


@pytest.mark.parametrize("name", ["book/b.md", "book/netfin/c.py", "data/d.csv"])
def test_a_new_file_and_one_that_is_gone_are_changes(root: Path, name: str) -> None:
    before = stamps.take(root, {})
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("")
    assert changed(root, before)
    (root / name).unlink()
    assert not changed(root, before)
    (root / "_toc.yml").unlink()
    assert changed(root, before)


@pytest.mark.parametrize("name", ["a.ipynb", "a.md~", ".a.md.swp"])
def test_what_editors_leave_is_none(root: Path, name: str) -> None:
    before = stamps.take(root, {})
    (root / "book" / name).write_text("")
    assert not changed(root, before)


def test_another_python_is_a_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamps.take(root, {})
    monkeypatch.setattr(stamps, "PYTHON", ([], "4.0"))
    assert changed(root, before)
