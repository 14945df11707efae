"""The tools around the build say what is missing and hold what is promised."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import browser
import check
import children
import coverage_gate
import suite
from places import ROOT
from refusal import RefusalError, ended


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pretend that no browser is installed and none can be fetched."""
    finders = (browser.chromium, browser.shell, browser.firefox, browser.webkit)
    for find in finders:
        find.cache_clear()
    monkeypatch.delenv("CHROME_PATH", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda _name: None)
    monkeypatch.setattr(browser, "_from_playwright", lambda: None)
    yield
    for find in finders:
        find.cache_clear()


def test_what_a_stage_compiles_is_kept_unless_nothing_may_be_written_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(suite, "HOME", suite.ROOT)
    assert "PYTHONDONTWRITEBYTECODE" not in suite.environment()
    monkeypatch.setattr(suite, "HOME", tmp_path)
    assert suite.environment()["PYTHONDONTWRITEBYTECODE"] == "1"


@pytest.mark.usefixtures("bare_machine")
def test_no_browser_is_said_in_one_sentence() -> None:
    with pytest.raises(browser.NoBrowserError, match=r"install Chromium or Chrome\.$"):
        browser.chromium()
    with pytest.raises(browser.NoBrowserError, match=r"install Chromium or Chrome\.$"):
        browser.shell()
    assert browser.firefox() is None
    assert browser.webkit() is None


@pytest.mark.usefixtures("bare_machine")
def test_a_chromium_that_is_named_must_be_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROME_PATH", str(tmp_path / "chrome"))
    with pytest.raises(browser.NoBrowserError, match=r"CHROME_PATH names .*chrome"):
        browser.chromium()
    (tmp_path / "chrome").touch()
    assert browser.chromium() == browser.shell() == str(tmp_path / "chrome")


@pytest.mark.usefixtures("bare_machine")
def test_any_chromium_does_where_there_is_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {name: f"/bin/{name}" for name in ("chromium", "chrome-headless-shell")}
    monkeypatch.setattr(browser.shutil, "which", installed.get)
    assert browser.shell() == "/bin/chrome-headless-shell"
    browser.shell.cache_clear()
    del installed["chrome-headless-shell"]
    assert browser.shell() == "/bin/chromium"


@pytest.mark.usefixtures("bare_machine")
def test_a_shell_is_fetched_once_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(browser, "_from_debian", lambda *words: asked.append(words))
    browser.fetch_shell()
    assert asked == [("chromium-headless-shell", browser.SHELL_SECONDS)]
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}")
    browser.fetch_shell()
    assert len(asked) == 1


def test_coverage_counts_each_package_by_itself() -> None:
    def file(lines: int, branches: int) -> dict[str, dict[str, int]]:
        counts = {"covered_lines": lines, "num_statements": 100}
        return {"summary": counts | {"covered_branches": branches, "num_branches": 10}}

    files = {
        "book/netfin/a.py": file(100, 10),
        "book/netfin/b.py": file(50, 9),
        "book/explorer/a.py": file(0, 0),
    }
    assert coverage_gate.shares("netfin", files) == {"lines": 75.0, "branches": 95.0}
    assert coverage_gate.shares("explorer", files) == {"lines": 0.0, "branches": 0.0}


def test_models_are_tested_once_in_the_suite_and_where_coverage_counts() -> None:
    stages = suite.stages(everything=True)
    assert stages["lint, types"] == ["tools/check.py", "--no-models"]
    assert "--cov" in stages["tests"]
    assert check.MODELS in check.commands()
    assert [word for words in stages.values() for word in words if "models" in word] == [
        "--no-models"
    ]


def test_the_tools_are_called_by_the_python_that_runs() -> None:
    """Scripts in .venv/bin name the folder they were installed in, which may have moved."""
    assert {words[0] for words in check.commands().values()} == {"-m", "-c"}


def test_one_file_says_where_is_written() -> None:
    """Any other that named the folder itself would not heed `BUILD`."""
    tools = (file for file in (ROOT / "tools").rglob("*.py") if "node_modules" not in file.parts)
    assert [file.name for file in tools if '"_build"' in file.read_text("utf-8")] == ["places.py"]


def test_what_is_measured_lies_where_it_was_built(tmp_path: Path) -> None:
    paths = os.pathsep.join(str(ROOT / "tools" / name) for name in ("", "bench"))
    env = os.environ | {"BUILD": str(tmp_path), "PYTHONPATH": paths}
    code = "import builds, visit; print(visit.HTML); print(builds.OUTPUT)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        str(tmp_path / "_build" / "html"),
        str(tmp_path / "_build" / "bench" / "_build"),
    ], done.stderr


def test_only_the_short_suite_samples() -> None:
    short, whole = (suite.stages(everything=each) for each in (False, True))
    assert [word for word in short["tests"] if word != "--sample"] == whole["tests"]
    assert short["tests"].count("--sample") == 1
    assert {**short, "tests": []} == {**whole, "tests": []}


@pytest.mark.parametrize(
    ("first", "second", "passed"),
    [("pass", "pass", True), ("assert 1 < 0", "pass", False), ("pass", "raise KeyError", False)],
)
def test_a_test_that_fails_in_any_process_fails_the_stage(
    first: str,
    second: str,
    passed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # but for the one that is used here
    for name, body in (("a", first), ("b", second)):
        (tmp_path / f"test_{name}.py").write_text(f"def test_{name}():\n    {body}\n")
    assert suite.run(["-m", "pytest", "-p", "xdist", *suite.WORKERS])[0] is passed
    printed = capfd.readouterr().out
    assert f"{1 + passed} passed" in printed


def programs() -> list[Path]:
    found = [*(ROOT / "tools").glob("*.py"), ROOT / "tools" / "bench" / "run.py"]
    return [file for file in found if "__main__" in file.read_text("utf-8")]


@pytest.mark.parametrize("file", programs(), ids=lambda file: file.stem)
def test_every_tool_ends_in_the_same_way(file: Path) -> None:
    assert file.read_text("utf-8").endswith('__main__":\n    sys.exit(ended(main))\n')


@pytest.mark.parametrize(("fault", "code", "said"), [
    (RefusalError("no."), 1, "start: no.\n"),
    (PermissionError(errno.EACCES, "denied", "/there"), 1,
     "start: /there cannot be written, for it is read-only or another user's; have everything "
     "written elsewhere: BUILD=/another/folder.\n"),
    (KeyboardInterrupt(), children.STOPPED, ""),
])  # fmt: skip
def test_how_a_tool_ends(
    capsys: pytest.CaptureFixture[str], fault: BaseException, code: int, said: str
) -> None:
    def work() -> int:
        raise fault

    assert ended(work) == code
    assert capsys.readouterr().err == said
    assert ended(lambda: 3) == 3
