"""The new site takes the old one's place, also where a program has the old folder open."""

from __future__ import annotations

from pathlib import Path

import pytest

import swap
from refusal import RefusalError

OLD = {"index.html": "old", "gone.html": "old", "_static/book.css": "old"}
NEW = {"a.html": "new", "index.html": "new", "_static/book.css": "new", "z.js": "new"}


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def held(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return an output folder with an old site and a build beside it."""
    fill(tmp_path / "html", OLD)
    fill(tmp_path / "state" / ".doctrees", {"a.doctree": "old"})
    fill(tmp_path / "state" / "jupyter_execute", {"a.ipynb": "old"})
    fill(tmp_path / "staging" / "html", NEW)
    fill(tmp_path / "staging" / ".doctrees", {"a.doctree": "new"})
    return tmp_path


def open_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let renaming fail as Windows does when a program has the folder open."""

    def refuse(_old: Path, _new: Path) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "rename", refuse)


@pytest.mark.parametrize("opened", [False, True])
def test_site_and_state_are_the_new_ones(
    output: Path, opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if opened:
        open_folder(monkeypatch)
    swap.swap(output / "staging", output)
    assert held(output / "html") == NEW
    assert held(output / "state") == {".doctrees/a.doctree": "new"}
    assert not (output / "html.previous").exists()


def test_pages_come_last_where_the_folder_is_open(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(monkeypatch)
    order = []
    replace = Path.replace

    def noted(old: Path, new: Path) -> Path:
        order.append(new.name)
        return replace(old, new)

    monkeypatch.setattr(Path, "replace", noted)
    swap.replace(output / "staging" / "html", output / "html")
    assert order == ["book.css", "z.js", "a.html", "index.html"]


def test_a_file_that_is_open_is_named(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_folder(monkeypatch)

    def refuse(_old: Path, _new: Path) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(RefusalError, match=r"book\.css is open in another program; close it"):
        swap.swap(output / "staging", output)
