"""One process at a time works in a folder, and one that was killed bars nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import alone as module
from alone import alone
from refusal import RefusalError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "build.lock"


def gone() -> int:
    """Return the number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    return ended.pid


def test_a_second_one_is_refused_in_one_sentence(file: Path) -> None:
    with alone(file, "build"):
        assert file.read_text() == str(os.getpid())
        with pytest.raises(RefusalError, match=f"another build is running here .*{os.getpid()}"):
            alone(file, "build").__enter__()
        assert file.exists()
    assert not file.exists()


def test_it_is_given_back_after_a_failure(file: Path) -> None:
    with pytest.raises(KeyError), alone(file, "build"):
        raise KeyError
    assert not file.exists()


@pytest.mark.parametrize("content", [None, "", "words"])
def test_one_that_was_killed_bars_nobody(file: Path, content: str | None) -> None:
    file.write_text(str(gone()) if content is None else content)
    with alone(file, "build"):
        assert file.read_text() == str(os.getpid())
    assert list(file.parent.iterdir()) == []


def test_another_user_s_process_counts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("4711")

    def refuse(_number: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(module.os, "kill", refuse)
    with pytest.raises(RefusalError, match="process 4711"), alone(file, "build"):
        pass


def test_a_file_that_another_one_has_just_taken_over_is_given_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(str(gone()))
    rename = Path.rename

    def slow(old: Path, new: Path) -> Path:
        if old == file:
            old.write_text(str(os.getpid()))
        return rename(old, new)

    monkeypatch.setattr(Path, "rename", slow)
    with pytest.raises(RefusalError, match="another build"), alone(file, "build"):
        pass
    assert file.read_text() == str(os.getpid())


def test_on_windows_an_open_file_tells(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There `os.kill` would end the process, and a file that is open cannot be renamed."""
    file.write_text(str(gone()))

    def kill(_number: int, _signal: int) -> None:
        raise AssertionError

    def refuse(_old: Path, _new: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(module.os, "kill", kill)
    monkeypatch.setattr(module, "WINDOWS", True)
    with monkeypatch.context() as opened:
        opened.setattr(Path, "rename", refuse)
        with pytest.raises(RefusalError, match="another build"), alone(file, "build"):
            pass
    with alone(file, "build"):
        assert file.read_text() == str(os.getpid())
