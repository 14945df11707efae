"""A release is dated, committed and tagged whole, or nothing has happened."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

import release
import suite
from refusal import RefusalError
from small_book import ROOT

DAY = date(2027, 3, 1)
CHANGES = "# Changes\n\n## 0.2.0 (unreleased)\n\n- A chapter.\n\n## 0.1.0 (1 May 2026)\n\n- All.\n"


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@b.c")
    done = subprocess.run(["git", *who, *words], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(root: Path, *, passed: bool = True) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "More")
    if passed:
        suite.record_pass(root / "out" / suite.RECORD, *[suite.clean_commit(root)] * 2)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Return a repository with one edition, and a commit since that the suite has passed on."""
    git(tmp_path, "init", "--quiet")
    for key, value in (("user.name", "A"), ("user.email", "a@b.c")):
        git(tmp_path, "config", key, value)
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "CHANGELOG.md").write_text(
        CHANGES.replace("0.2.0 (unr", "Unr").replace("sed)", "sed")
    )
    commit(tmp_path)
    git(tmp_path, "tag", "v0.1.0")
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    commit(tmp_path)
    return tmp_path


def state(root: Path) -> tuple[str, ...]:
    papers = [(root / name).read_text("utf-8") for name in release.PAPERS]
    return (*papers, git(root, "rev-parse", "HEAD"), git(root, "tag"), git(root, "status", "-s"))


def test_an_edition_is_dated_committed_and_tagged(toy: Path) -> None:
    tested = git(toy, "rev-parse", "HEAD")
    release.release(toy, toy / "out", "0.2.0", DAY)
    assert git(toy, "rev-parse", "v0.2.0^{commit}") == git(toy, "rev-parse", "HEAD")
    assert git(toy, "rev-parse", "HEAD~1") == tested
    assert git(toy, "diff", "--name-only", "HEAD~1").split() == ["CHANGELOG.md", "CITATION.cff"]
    assert git(toy, "status", "--porcelain") == ""
    citation = (toy / "CITATION.cff").read_text("utf-8")
    assert 'version: 0.2.0\ndate-released: "2027-03-01"\n' in citation
    assert "cff-version: 1.2.0" in citation
    assert "\n## 0.2.0 (1 March 2027)\n\n- A chapter." in (toy / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize(("version", "said"), [
    ("0.1.0", "VERSION must be above 0.1.0, the last one, and is 0.1.0."),
    ("0.0.9", "VERSION must be above 0.1.0"),
    ("two", "VERSION must be three numbers such as 1.2.0, not 'two'."),
    ("v0.2.0", "VERSION must be three numbers such as 1.2.0, not 'v0.2.0'."),
])  # fmt: skip
def test_a_version_that_is_not_new_is_refused(toy: Path, version: str, said: str) -> None:
    before = state(toy)
    with pytest.raises(RefusalError, match=f"^{re.escape(said)}"):
        release.release(toy, toy / "out", version, DAY)
    assert state(toy) == before


def test_versions_are_compared_as_numbers(toy: Path) -> None:
    git(toy, "tag", "v0.9.0")
    release.check_version(toy, "0.10.0")


def test_what_is_not_committed_is_refused(toy: Path) -> None:
    (toy / "new.txt").write_text("new")
    with pytest.raises(RefusalError, match=r"^commit or put away what has changed: new\.txt\.$"):
        release.release(toy, toy / "out", "0.2.0", DAY)


def test_a_commit_that_the_suite_has_not_passed_on_is_refused(toy: Path) -> None:
    commit(toy, passed=False)
    before = state(toy)
    with pytest.raises(RefusalError, match=r"^run `start\.py test-all` on this .*it passed on"):
        release.release(toy, toy / "out", "0.2.0", DAY)
    (toy / "out" / suite.RECORD).unlink()
    with pytest.raises(RefusalError, match=r"no run of it is on record\.$"):
        release.release(toy, toy / "out", "0.2.0", DAY)
    assert state(toy) == before


@pytest.mark.parametrize(("old", "new"), [("- A chapter.\n", ""), ("unreleased", "1 June 2026")])
def test_without_changes_nothing_is_released(toy: Path, old: str, new: str) -> None:
    (toy / "CHANGELOG.md").write_text(CHANGES.replace(old, new))
    commit(toy)
    before = state(toy)
    with pytest.raises(RefusalError, match=r"^CHANGELOG\.md has nothing to release: "):
        release.release(toy, toy / "out", "0.2.0", DAY)
    assert state(toy) == before


def test_what_git_refuses_leaves_all_as_it_was(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = state(toy), release.run

    def refuse(root: Path, *words: str) -> None:
        if words[0] == "tag":
            raise RefusalError("git tag failed: no.")
        real(root, *words)

    monkeypatch.setattr(release, "run", refuse)
    with pytest.raises(RefusalError, match="git tag failed"):
        release.release(toy, toy / "out", "0.2.0", DAY)
    assert state(toy) == before


def test_only_one_clean_commit_throughout_is_on_record(tmp_path: Path) -> None:
    record = tmp_path / suite.RECORD
    for begun, ended in (("a", "b"), (None, "a"), ("a", None), (None, None)):
        suite.record_pass(record, begun, ended)
        assert suite.passed_on(record) is None
    suite.record_pass(record, "a", "a")
    assert suite.passed_on(record) == "a"
