"""A book without solutions has none, in no file; and a book of one kind takes nothing from another.

What is looked for are the words of the sources: they are found in the book that has solutions.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from bs4 import BeautifulSoup

import apart
import class_
import marking
import publish
from bookkit.home.questions import questions
from bookkit.page.solutions import said, without
from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.quizzes import Choose, load_quiz
from places import OUTPUT
from small_book import ROOT, Book

CHAPTERS = [
    slug
    for slug in titles(load_parts(ROOT / "data" / "chapters.yml"))
    if (ROOT / "book" / f"{slug}.md").is_file()
]
MARKUP = re.compile(r"\{[a-z:]+\}`[^`]*`|\$[^$]*\$|`[^`]*`|[*_]+|\]\([^)]*\)|[\[\]]|\{[^}]*\}")
SHORTEST = 4  # words that nothing else says by chance
SAID = re.compile(r"\{solved\}`([^`]*)`")
TOLD = re.compile(
    r"(?i)\bsolutions\b|\banswers and all\b|wrong choice is explained|with reasons,? and"
)
OF_A_COPY = (
    "without solutions",
    "SOLUTIONS=",
    "_build/solutions",
    "in a second file",
    "this copy",
    "a copy has",
)
WAYS = "Here {solved}`all is solved and folded|nothing is solved`.\n"
SWITCH = re.compile(r'<p class="printing">.*?</label>', re.DOTALL)
EXERCISE = """
## Harvest

The rye is cut in July.

## Check yourself

```{quiz} alpha
```

## Exercises

**1.** How many seeds make a harvest?

::::{dropdown} Hint
Count what is left after the hungry winter.
::::
::::{dropdown} Solution
Seven baskets survive the hungry winter of the mill.
::::
::::{dropdown} A worked case
Nine baskets survive a mild winter at the mill.
::::

## Parameters
"""
QUIZ = [
    {
        "ask": "Who eats the seed?",
        "kind": "single",
        "choices": [
            {"text": "a mouse", "why": "Mice are known to sleep through it.", "right": True},
            {"text": "a miller", "why": "Millers never eat what they sow."},
        ],
    },
    {
        "ask": "How many?", "kind": "numeric", "answer": 5, "tolerance": 0.5, "decimals": 0,
        "why": "Five fingers were counted on one hand.",
        "wrong": [{"answer": 9, "why": "You counted toes along with the rest."}],
    },
]  # fmt: skip


def phrases(text: str) -> Iterator[str]:
    """Yield the runs of plain words in a text, without its markup."""
    for run in re.split(r"[^\w’'%–-]*\n\n+|\0", MARKUP.sub("\0", text)):
        words = " ".join(run.split()).strip(" .,;:()“”")
        if len(words.split()) >= SHORTEST:
            yield words


def folded_away(text: str) -> str:
    """Return what a book without solutions lacks of a source."""
    pairs = zip(text.splitlines(), without(text).splitlines(), strict=True)
    lines = [one for one, left in pairs if one != left]
    return "\n\n".join(line for line in lines if not line.startswith(":::"))


def reasons(file: Path) -> str:
    """Return what only who has answered a quiz is told."""
    told = []
    for each in load_quiz(file):
        parts = each.choices if isinstance(each, Choose) else (each.answer, *each.wrong)
        told += [part.why for part in parts]
    return "\n\n".join(told)


def secrets(root: Path, slug: str) -> list[str]:
    """List the words of a chapter's solutions and of its key, but those that all may read."""
    text = (root / "book" / f"{slug}.md").read_text("utf-8")
    quiz = root / "data" / "quizzes" / f"{slug}.yml"
    asked = questions(load_quiz(quiz), solved=False) if quiz.is_file() else ""
    public = plain(f"{without(text)} {asked} {prose_of_code(root)}")
    hidden = f"{folded_away(text)}\n\n{reasons(quiz) if quiz.is_file() else ''}"
    return [each for each in phrases(hidden) if each not in public]


def prose_of_code(root: Path) -> str:
    """Return the models' own words, which a solution may say again."""
    return " ".join(file.read_text("utf-8") for file in (root / "book" / "netfin").rglob("*.py"))


def plain(text: str) -> str:
    """Return the words of a text, without tags and markup."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", MARKUP.sub("", text))).split())


def texts(content: bytes, name: str) -> Iterator[str]:
    """Yield the texts of a file, unzipped: as it stands, and what is read of it."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                yield from texts(archive.read(each), each)
    elif not name.endswith((".woff2", ".gz", ".png")):
        text = content.decode("utf-8", "replace")
        for way in (text, text.replace("\\n", " ").replace("\\", "")):
            yield " ".join(way.split())
            yield " ".join(unescape(re.sub(r"<[^<>]*>", "", way)).split())


def found(wanted: list[str], site: Mapping[str, bytes]) -> set[str]:
    """Return those of some words that stand in any file of a site."""
    read = {name: "\0".join(texts(content, name)) for name, content in site.items()}
    return {each for each in wanted if any(each in text for text in read.values())}


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("## Exercises\n:::{dropdown} Solution\nx\n:::\ny\n", "## Exercises\n\n\n\ny\n"),
        ("## Exercises\n:::{dropdown} How many\nx\n:::\n", "## Exercises\n\n\n\n"),
        ("## Exercises\n:::{dropdown} Hint\nx\n:::\n",
         "## Exercises\n:::{dropdown} Hint\nx\n:::\n"),
        ("::::{dropdown} Solution\n```python\nx\n```\n::::\ny\n", "\n\n\n\n\ny\n"),
        ("## Data\n:::{dropdown} More\nx\n:::\n", "## Data\n:::{dropdown} More\nx\n:::\n"),
        ("```python\n## Exercises\n```\n:::{dropdown} A\n:::\n",
         "```python\n## Exercises\n```\n:::{dropdown} A\n:::\n"),
    ],
)  # fmt: skip
def test_solutions_are_taken_out_and_lines_keep_their_numbers(source: str, left: str) -> None:
    assert without(source) == left


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_exercise_of_a_chapter_loses_its_solution(slug: str) -> None:
    text = (ROOT / "book" / f"{slug}.md").read_text("utf-8")
    _, _, exercises = without(text).partition("\n## Exercises\n")
    folds = re.findall(r"^:+\{dropdown\} (.*)$", exercises, re.MULTILINE)
    assert set(folds) <= {"Hint"}
    if "\n## Exercises\n" in text:
        assert secrets(ROOT, slug)


@pytest.mark.parametrize("page", sorted((ROOT / "book").glob("*.md")), ids=lambda file: file.stem)
def test_a_page_says_of_solutions_only_what_its_book_has(page: Path) -> None:
    text = without(page.read_text("utf-8"))
    bare = SAID.sub(lambda found: said(found[1], solved=False), text)
    lines = [line for line in bare.splitlines() if TOLD.search(line)]
    assert [line for line in lines if not any(each in line for each in OF_A_COPY)] == []
    whole = SAID.sub(lambda found: said(found[1], solved=True), text)
    assert "this copy" not in whole.replace("this copy of the book", "")


def test_what_is_said_in_one_way_is_refused() -> None:
    assert said("a|", solved=False) == ""
    for wrong in ("a", "a|b|c"):
        with pytest.raises(ValueError, match="two ways to say it"):
            said(wrong, solved=True)


@pytest.fixture
def solved(book: Book) -> Book:
    """Return the small book with exercises, a quiz, and code that speaks their numbers."""
    page = book.root / "book" / "alpha.md"
    page.write_text(page.read_text() + EXERCISE)
    other = book.root / "book" / "beta.md"
    other.write_text(other.read_text() + WAYS)
    (book.root / "data" / "quizzes").mkdir()
    (book.root / "data" / "quizzes" / "alpha.yml").write_text(yaml.safe_dump(QUIZ))
    speaks = book.root / "book" / "figures" / "alpha"
    speaks.mkdir(parents=True)
    (speaks / "prose.py").write_text('SEVEN = "seven baskets of rye are the answer"\n')
    (speaks / "__init__.py").write_text("")
    return book


def test_a_book_takes_nothing_from_one_of_the_other_kind(solved: Book, tmp_path: Path) -> None:
    wanted = [*secrets(solved.root, "alpha"), "seven baskets of rye are the answer"]
    assert len(wanted) == 7
    hint = "Count what is left after the hungry winter."
    for kind, there in (("none", set()), ("folded", set(wanted)), ("none", set())):
        done = solved.build(solutions=kind)
        assert done.returncode == 0, done.stdout + done.stderr
        assert found([*wanted, hint], solved.site()) == there | {hint}
        book = publish.source(solved.root, solved.root / "_build" / "html")
        (check_solved if book.solved else check_unsolved)(book, tmp_path)
        check_said(book)
    assert "0 pages read" in solved.build(solutions="none").stdout


def check_said(book: publish.Source) -> None:
    """Its pages and the switch for printing say what it has."""
    told = (book.html / "book" / "beta.html").read_text("utf-8")
    assert ("all is solved and folded" in told) == book.solved
    assert ("nothing is solved" in told) == (not book.solved)
    switch = SWITCH.search((book.html / "book" / "alpha.html").read_text("utf-8"))
    assert switch
    assert ("solutions" in switch[0]) == book.solved
    assert "verdicts" in switch[0]
    for page in ("alpha", "beta"):
        foot = (book.html / "book" / f"{page}.html").read_text("utf-8").rpartition("<footer")[2]
        assert ("a copy without solutions" in foot) == (not book.solved)


def check_unsolved(book: publish.Source, _folder: Path) -> None:
    """Its questions have no key, and it is printed in one way."""
    page = (book.html / "book" / "alpha.html").read_text("utf-8")
    assert page.count("Keep my answer") == len(QUIZ)
    assert "data-right" not in page
    assert "data-tolerance" not in page
    assert [name for name, _ in publish.documents(book)] == [f"{book.name}.pdf", "alpha.pdf"]
    check_marked(book.root / "data" / "quizzes" / "alpha.yml", BeautifulSoup(page, "html.parser"))


def check_marked(key: Path, page: BeautifulSoup) -> None:
    """What its page keeps of an answer is marked with the teacher's own copy."""
    for name, question in class_.questions(key).items():
        form = page.select_one(f"form#{name}")
        assert form
        assert form.legend
        asked = " ".join(form.legend.get_text().split()).split(". ", 1)[1]
        offered = [" ".join(each.get_text().split()) for each in form.select("fieldset label")]
        told = {}
        for answer in offered if isinstance(question, Choose) else ("5", "9"):
            marked = marking.marked({"asked": asked, "answer": [answer]}, question)
            told[answer] = marked["result"]
            assert marked["right"] in ("a mouse", "5")
        assert told in ({"a mouse": "right", "a miller": "wrong"}, {"5": "right", "9": "wrong"})


def check_solved(book: publish.Source, folder: Path) -> None:
    """Out of it the solutions are written apart, and nothing else."""
    apart.write(book, folder / "solutions")
    site = {f.name: f.read_bytes() for f in (folder / "solutions").rglob("*") if f.is_file()}
    wanted = secrets(book.root, "alpha")
    assert found(wanted, site) == set(wanted)
    assert {"index.html", "alpha.html", "book.css"} <= site.keys()
    page = site["alpha.html"].decode()
    assert "The rate is" not in page
    assert "The rye is cut" not in page
    assert len(list(publish.documents(book))) == 4


def test_pdfs_without_answers_have_no_page_that_tells_verdicts() -> None:
    made = dict(publish.documents(publish.source(ROOT, OUTPUT / "html")))
    name = "why-shops-become-banks"
    [bare, full] = [set(made[f"{name}{end}.pdf"].pages) for end in ("", "-with-answers")]
    assert full - bare == {"book/claims", "book/errata"}
    assert bare < full


def test_errata_tell_no_answer_in_a_copy_without_solutions() -> None:
    """What an exercise or a question gave, and gives now, is said in the book with solutions."""
    text = (ROOT / "book" / "errata.md").read_text("utf-8")
    named = re.compile(r"(?:[Ee]xercises?|(?i:question)) \d+(?: and \d+| and question \d+)?")
    bare = SAID.sub(lambda found: said(found[1], solved=False), text)
    about = [each for each in re.split(r"(?<=[.:])\s+(?=[A-Z])|\n\n", bare) if named.search(each)]
    assert len(about) >= 5
    assert [each for each in about if re.search(r"\d", named.sub("", each))] == []


@pytest.mark.whole
def test_no_solution_is_left_in_the_book(tmp_path: Path) -> None:
    command = [sys.executable, "tools/build.py", "--output", str(tmp_path), "--solutions", "none"]
    env = os.environ | {"EXPLORER_CACHE": str(OUTPUT / "explorers")}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    check_none_is_left(Book(ROOT).site(str(tmp_path)), Book(ROOT).site(str(OUTPUT)))


def check_none_is_left(bare: Mapping[str, bytes], whole: Mapping[str, bytes]) -> None:
    """Look for the words of all solutions, which are found in the book that has them."""
    wanted = [each for slug in CHAPTERS for each in secrets(ROOT, slug)]
    assert found(wanted, bare) == set()
    assert len(found(wanted, whole)) > 0.9 * len(set(wanted))
