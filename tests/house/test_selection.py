"""What `make test` visits: all that a change touches, a rotating share of the rest, and says so."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import selection
from selection import EVERY, Selection, Visit, select

PAGES = ["book/a.html", "book/b.html", "search.html"]
REPORT = "_build/report.json"
MADE_OF = {"book/a": ["book/a.md", "data/catalogue.toml [rye]"], "book/b": ["book/b.md"]}
ALL = [
    *(Visit("sound", page, f"{theme}") for page in PAGES for theme in ("light", "dark")),
    *(Visit("wide", page, f"{width}") for page in PAGES for width in range(6)),
    *(Visit(f"test_{n}", page) for n in range(EVERY) for page in PAGES),
    Visit("toy", "toys.html", "a"),
    Visit("toy", "toys.html", "b"),
    Visit("unit", ""),
]


def git(root: Path, *command: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@b.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *names, *command], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def commit(root: Path, name: str, text: str = "x") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", name)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with two pages, built and committed."""
    (tmp_path / "_build").mkdir()
    (tmp_path / REPORT).write_text(json.dumps({"made_of": MADE_OF}))
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, ".gitignore", "_build\n")
    commit(tmp_path, "book/a.md")
    commit(tmp_path, "book/b.md")
    return tmp_path


def test_without_git_all_is_sampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    chosen = select(tmp_path, PAGES, tmp_path / REPORT)
    assert (chosen.full, chosen.sampled, chosen.turn) == ((), tuple(PAGES), 0)
    monkeypatch.setenv("PATH", "")
    assert select(tmp_path, PAGES, tmp_path / REPORT) == chosen


def test_at_the_base_itself_all_is_sampled(project: Path) -> None:
    assert select(project, PAGES, project / REPORT).sampled == tuple(PAGES)
    git(project, "tag", "v1")
    assert select(project, PAGES, project / REPORT).sampled == tuple(PAGES)
    assert select(project, PAGES, project / REPORT).since == "nothing to compare with"


def test_on_main_the_last_release_is_the_base(project: Path) -> None:
    git(project, "tag", "v1")
    commit(project, "book/a.md", "y")
    commit(project, "notes.txt")
    chosen = select(project, PAGES, project / REPORT)
    assert (chosen.full, chosen.since) == (("book/a.html", "search.html"), "changed since v1")
    assert chosen.sampled == ("book/b.html",)


def test_on_a_branch_where_it_left_main_is_the_base(project: Path) -> None:
    git(project, "tag", "v1")
    commit(project, "book/a.md", "y")
    git(project, "switch", "--quiet", "--create", "branch")
    commit(project, "data/catalogue.toml")
    git(project, "switch", "--quiet", "main")
    commit(project, "book/b.md", "y")  # somebody else's
    git(project, "switch", "--quiet", "branch")
    chosen = select(project, PAGES, project / REPORT)
    assert chosen.since == "changed since the branch left main"
    assert chosen.sampled == ("book/b.html",)


def test_what_is_edited_and_not_committed_counts(project: Path) -> None:
    (project / "book" / "b.md").write_text("z")
    chosen = select(project, PAGES, project / REPORT)
    assert chosen.since == "edited since the last commit"
    assert chosen.sampled == ("book/a.html",)
    (project / "book" / "_static").mkdir()
    (project / "book" / "_static" / "new.css").write_text("")
    chosen = select(project, PAGES, project / REPORT)
    assert (chosen.full, chosen.sampled) == (tuple(PAGES), ())
    assert chosen.since == "book/_static/new.css edited since the last commit"


def test_a_page_of_which_nothing_is_known_is_visited_in_full(project: Path) -> None:
    (project / "book" / "b.md").write_text("z")
    (project / "_build" / "report.json").unlink()
    assert select(project, PAGES, project / REPORT).full == tuple(PAGES)


@pytest.mark.parametrize("turn", range(2 * EVERY))
def test_a_sampled_page_is_visited_in_one_variant_at_most(turn: int) -> None:
    chosen = Selection("", turn, (PAGES[0],), tuple(PAGES[1:]))
    kept = [visit for visit, keep in zip(ALL, chosen.kept(ALL), strict=True) if keep]
    assert kept == [visit for visit in ALL if visit in kept]
    sound = [visit.address for visit in kept if visit.test == "sound"]
    others = [visit.address for visit in kept if visit.test.startswith("test_")]
    assert sound.count(PAGES[0]) == 2
    assert max(sound.count(PAGES[1]), sound.count(PAGES[2])) <= 1
    assert others.count(PAGES[0]) == EVERY
    assert others.count(PAGES[1]) == others.count(PAGES[2]) == 1
    assert {visit for visit in ALL if visit.address not in PAGES} <= set(kept)


def test_each_visit_is_made_in_one_turn_of_as_many_as_there_are() -> None:
    made: Counter[Visit] = Counter()
    for turn in range(2 * 3 * EVERY):
        chosen = Selection("", turn, (), tuple(PAGES))
        made.update(visit for visit, keep in zip(ALL, chosen.kept(ALL), strict=True) if keep)
        assert chosen.kept(ALL) == chosen.kept(ALL)
    turns = {visit: 2 * 3 * EVERY / count for visit, count in made.items()}
    on_pages = {visit: turns[visit] for visit in ALL if visit.address in PAGES}
    assert on_pages == {visit: 6 if visit.test == "wide" else EVERY for visit in on_pages}


ENGINE = [Visit("engine", page, way, engine=True) for page in (*PAGES, "toys.html") for way in "ab"]


@pytest.mark.parametrize("full", [(), ("book/b.html",), tuple(PAGES)])
def test_the_engine_is_tested_on_toys_and_one_page(full: tuple[str, ...]) -> None:
    visited = set()
    for turn in range(len(PAGES)):
        chosen = Selection("", turn, full, tuple(page for page in PAGES if page not in full))
        made = [visit for visit, keep in zip(ENGINE, chosen.kept(ENGINE), strict=True) if keep]
        pages = [visit.address for visit in made if visit.variant == "a"]
        assert [visit.address for visit in made if visit.variant == "b"] == pages
        assert pages[1:] == ["toys.html"]
        visited.add(pages[0])
    assert visited == set(full or PAGES)


def test_what_is_left_out_is_counted_and_named() -> None:
    chosen = Selection("changed since v1", 6, ("a",), ("b", "c"))
    left_out = [Visit("sound", "b"), Visit("sound", "c"), Visit("paper", "c")]
    assert chosen.told(left_out) == [
        "visited in full (changed since v1): a",
        "sampled (turn 2 of 4): b, c",
        "left out, 3 tests: paper 1, sound 2",
    ]
    assert Selection("", 0, (), ()).told([])[-1] == "left out, 0 tests: none"


def test_the_turn_is_the_commit_s(project: Path) -> None:
    first = select(project, PAGES, project / REPORT).turn
    assert select(project, PAGES, project / REPORT).turn == first
    commit(project, "notes.txt")
    assert select(project, PAGES, project / REPORT).turn != first
    assert selection.git(project, "no-such-command") is None
