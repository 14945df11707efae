"""A chapter that is begun builds at once, keeps every rule, and is entered everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

import begin
import commands
import where
from bookkit.page.draft import NOTICE
from bookkit.readers.chapters import load_parts
from refusal import RefusalError
from rooms import files_of, to_write
from small_book import ROOT

SLUG = "inclusion"
KEPT = ("facts.md", "references.md", "data.md")  # pages beside the chapter
FOLDERS = ("book", "data", "tests", "tools")
FILES = ("_config.yml", "pyproject.toml", "requirements.txt", "CITATION.cff", "start.py")
INDEX = "# A book\n\n```{chapter-map}\n```\n"
TOC = (
    "format: jb-book\nroot: book/index\nparts:\n  - caption: Back matter\n    chapters:\n"
    + "".join(f"      - file: book/{Path(name).stem}\n" for name in KEPT)
)


def write_copy(root: Path) -> None:
    """Copy the project, with all models and pictures and, of the pages, the fewest."""
    root.mkdir()
    forgotten = shutil.ignore_patterns("__pycache__", "node_modules", ".ipynb_checkpoints")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=forgotten)
    for name in FILES:
        shutil.copy(ROOT / name, root)
    for page in (root / "book").glob("*.md"):
        if page.name not in KEPT:
            page.unlink()
    (root / "book" / "index.md").write_text(INDEX)
    (root / "_toc.yml").write_text(TOC)


def everything(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which no chapter is begun; tests must leave it as it is."""
    root = tmp_path_factory.mktemp("bare") / "Ein Buch 书"
    write_copy(root)
    return root


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which a chapter was begun; tests must leave it as it is."""
    root = tmp_path_factory.mktemp("begun") / "book"
    write_copy(root)
    write_what_is_typed(root)
    begin.begin(root, SLUG)
    return root


def write_what_is_typed(root: Path) -> None:
    """Copy what the check of types before these tests has found: it asks again by content."""
    known = Path(os.environ.get("MYPY_CACHE_DIR", ROOT / ".mypy_cache"))
    if known.is_dir():
        shutil.copytree(known, root / ".mypy_cache")


def run(root: Path, *words: str) -> None:
    """Run a Python command in a project; it must succeed."""
    paths = os.pathsep.join(("book", "book/_ext"))
    forgotten = ("SITE_DIR", "BUILD", "MYPY_CACHE_DIR")
    env = {k: v for k, v in os.environ.items() if k not in forgotten}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=root,
        env=env | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_chapter_builds_as_a_draft(begun: Path) -> None:
    run(begun, "tools/build.py")
    html = begun / "_build" / "html" / "book"
    page = (html / f"{SLUG}.html").read_text("utf-8")
    assert re.sub(r"\s+", " ", page).count(f"<p>{NOTICE}</p>") == 1
    assert page.count("<model-explorer") == 1
    assert 'class="statement' in page
    assert "The verdict is still to come." in page
    assert "stand so far: 0 of " in (html / "index.html").read_text("utf-8")


@pytest.mark.parametrize("gate", [
    ("-m", "ruff", "check", "--quiet", "book", "tests"),
    ("-m", "ruff", "format", "--check", "--quiet", "book", "tests"),
    ("-m", "mypy", f"book/netfin/{SLUG}", f"book/figures/{SLUG}"),
    ("-m", "codespell_lib", f"book/{SLUG}.md", f"book/netfin/{SLUG}", "data/quizzes"),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()",
     "--no-cache"),
    ("-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/models/{SLUG}",
     "tests/models/test_contract.py", "tests/models/test_statements.py",
     f"tests/chapters/prose/test_{SLUG}.py", "tests/chapters/test_explorers_against_models.py",
     "tests/house/test_chapter_rooms.py", "tests/house/test_notebooks.py",
     "tests/house/test_docstrings.py",
     "-k", f"{SLUG} or Inclusion"),
], ids=["ruff", "format", "types", "spelling", "imports", "tests"])  # fmt: skip
def test_what_is_generated_passes_the_gates(begun: Path, gate: tuple[str, ...]) -> None:
    run(begun, *gate)


def test_it_is_entered_in_every_list(begun: Path) -> None:
    found = where.told(begun, SLUG)
    counted = Counter(re.findall(r"^  ([\w./]+):\d+: ", found, re.MULTILINE))
    assert counted["_toc.yml"] == counted["data/chapters.yml"] == 1
    assert counted["pyproject.toml"] == counted["data/notation.csv"] == 2
    assert (counted["data/claims.yml"], counted["data/references.bib"]) == (2, 1)
    assert [file for file in files_of(begun, SLUG) if f"  {file}\n" not in found] == []
    for place in re.findall(r"^  ([\w./]+):(\d+): ([^…\n]+)", found, re.MULTILINE):
        file, line, words = place
        assert words.strip() in (begun / file).read_text("utf-8").splitlines()[int(line) - 1]
    [chapter] = [c for p in load_parts(begun / "data/chapters.yml") for c in p.chapters if c.draft]
    assert chapter.slug == SLUG


def test_what_is_left_is_told_by_file_and_line(begun: Path) -> None:
    files = files_of(begun, SLUG)
    said = begin.told(begun, files)
    left = [each for file in files for each in to_write(begun, file)]
    named = {each.partition(":")[0] for each in left}
    assert named > {f"book/{SLUG}.md", f"data/quizzes/{SLUG}.yml"}
    assert [each for each in left if each not in said] == []
    assert [each for each in left if not re.fullmatch(r"[\w./]+:\d+: [\w .,/'-]+", each)] == []


def hour() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return text.partition("## An hour with a chapter")[2].partition("\n## ")[0]


def test_the_hour_names_commands_that_there_are() -> None:
    named = re.findall(r"`make ([a-z-]+)", hour())
    assert set(named) >= {"chapter", "watch", "check", "where", "test"}
    assert set(named) <= set(commands.COMMANDS)
    assert set(re.findall(r"`make \w+ (\w+)=", hour())) <= set(commands.TAKES.values())


def test_the_hour_names_the_files_that_are_there_after_it_began(begun: Path) -> None:
    named = set(re.findall(r"`((?:book|data|tests|tools)/[\w./-]+)`", hour()))
    assert [name for name in sorted(named) if not (begun / name).exists()] == []
    own = set(files_of(begun, SLUG)) - {f"book/figures/{SLUG}/__init__.py"}
    assert own <= named


def test_the_hour_is_one() -> None:
    minutes = [int(each) for each in re.findall(r"^\*\*Minute (\d+)", hour(), re.MULTILINE)]
    assert minutes == sorted(minutes)
    assert minutes[0] == 0
    assert minutes[-1] < 60


@pytest.mark.parametrize(("name", "said"), [
    ("novel", "NAME 'novel' is no chapter of data/chapters.yml; NAME is one of intermediaries, "),
    ("../inclusion", "NAME '../inclusion' is no chapter"),
    (SLUG, f"NAME '{SLUG}' has its page already, book/{SLUG}.md; NAME is one of intermediaries, "),
])  # fmt: skip
def test_another_name_is_refused(begun: Path, name: str, said: str) -> None:
    before = everything(begun / "data") | everything(begun / "book" / "netfin")
    with pytest.raises(RefusalError, match=f"^{re.escape(said)}"):
        begin.begin(begun, name)
    assert everything(begun / "data") | everything(begun / "book" / "netfin") == before


def test_nothing_is_overwritten(bare: Path) -> None:
    quiz = bare / "data" / "quizzes" / f"{SLUG}.yml"
    quiz.write_text("- mine\n")
    before = everything(bare)
    said = (
        rf"^NAME '{SLUG}' is half there, in data/quizzes/{SLUG}\.yml; "
        r"take that away and run it again\.$"
    )
    with pytest.raises(RefusalError, match=said):
        begin.begin(bare, SLUG)
    assert everything(bare) == before
    quiz.unlink()


def test_all_that_a_half_made_chapter_has_is_named(begun: Path) -> None:
    page = begun / "book" / f"{SLUG}.md"
    text, files = page.read_text("utf-8"), files_of(begun, SLUG)
    page.unlink()
    before = everything(begun)
    with pytest.raises(RefusalError) as refused:
        begin.begin(begun, SLUG)
    assert everything(begun) == before
    page.write_text(text, encoding="utf-8")
    said = str(refused.value)
    assert {file for file in files[1:] if f" {file}, " not in said} == set()
    counted = Counter(re.findall(r" ([\w./]+):\d+[,;]", said))
    assert counted["_toc.yml"] == counted["data/chapters.yml"] == 1
    assert counted["pyproject.toml"] == counted["data/notation.csv"] == 2
    assert " state: draft below data/chapters.yml:" in said


@pytest.mark.parametrize("stopped", [RefusalError("no"), KeyboardInterrupt(), OSError("full")])
def test_half_done_work_is_undone(
    bare: Path, monkeypatch: pytest.MonkeyPatch, stopped: BaseException
) -> None:
    def stop(*_: object) -> None:
        raise stopped

    monkeypatch.setattr(begin, "tidy", stop)
    before, folders = everything(bare), {path for path in bare.rglob("*") if path.is_dir()}
    with pytest.raises(type(stopped)):
        begin.begin(bare, SLUG)
    assert everything(bare) == before
    assert {path for path in bare.rglob("*") if path.is_dir()} == folders


def test_a_list_without_a_place_is_named(bare: Path) -> None:
    settings = bare / "pyproject.toml"
    text = settings.read_text("utf-8")
    settings.write_text(begin.LAYER.sub("", text), encoding="utf-8")
    with pytest.raises(RefusalError, match=r"^pyproject\.toml has no place for the chapter;"):
        begin.begin(bare, SLUG)
    assert (bare / "_toc.yml").read_text("utf-8") == TOC
    settings.write_text(text, encoding="utf-8")


def test_chapters_enter_the_contents_in_their_order() -> None:
    parts = load_parts(ROOT / "data" / "chapters.yml")
    slugs = [chapter.slug for part in parts for chapter in part.chapters]
    text = TOC
    for slug in sorted(slugs):
        text = begin.in_contents(text, parts, slug)
    listed = yaml.safe_load(text)["parts"]
    assert [part["caption"] for part in listed] == [*(part.title for part in parts), "Back matter"]
    found = [Path(page["file"]).name for part in listed[:-1] for page in part["chapters"]]
    assert found == slugs


@pytest.mark.parametrize("slug", ["intermediaries", "platform-lab", "fees-and-fx"])
def test_templates_fit_names_short_and_long(bare: Path, slug: str) -> None:
    said = begin.words(bare, begin.planned(bare, slug))
    texts = dict(begin.filled(said))
    assert not [name for name, text in texts.items() if re.search(r"@\w+@", text)]
    long = [line for text in texts.values() for line in text.splitlines() if len(line) > 100]
    assert [line for line in long if line.startswith(("from", "class", "def"))] == []
