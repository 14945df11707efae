"""Every chapter has its blocks, in its source and on its page; and what lacks one is seen."""

from __future__ import annotations

import ast
import shutil
import warnings
from pathlib import Path

import blocks
import page_blocks
import pytest
from chapter import ROOT, Chapter, drafts, standing
from page_blocks import Page
from sample import QUESTION, SLUG, write_sample

CHAPTERS = standing()
SOURCE = {check.__name__: check for check in blocks.CHECKS}
BUILT = {check.__name__: check for check in page_blocks.CHECKS}
LONGEST = 25  # lines of a function, its docstring aside
MODULES = sorted(
    [*(ROOT / "book" / "netfin").rglob("*.py"), *(ROOT / "book" / "figures").rglob("*.py")]
)


def test_there_are_chapters() -> None:
    assert "spread" in CHAPTERS


def lacked(chapter: Chapter) -> list[str]:
    """List what a chapter's source lacks."""
    return [fault for check in blocks.CHECKS for fault in check(chapter)]


def lacking(page: Page) -> list[str]:
    """List what a chapter and its page lack."""
    return lacked(page.chapter) + [fault for check in page_blocks.CHECKS for fault in check(page)]


@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_chapter_has_its_blocks(slug: str) -> None:
    faults = lacked(Chapter(slug))
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {slug: Page(Chapter(slug), site) for slug in (*CHAPTERS, *drafts())}


@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_page_has_its_blocks(pages: dict[str, Page], slug: str) -> None:
    faults = [fault for check in page_blocks.CHECKS for fault in check(pages[slug])]
    assert not faults, "\n".join(faults)


def test_what_a_draft_lacks_is_told_and_forbids_nothing(pages: dict[str, Page]) -> None:
    for slug in drafts():
        if found := lacking(pages[slug]):
            warnings.warn("\n  ".join([f"the draft {slug} lacks", *found]), stacklevel=1)


def too_long(file: Path) -> dict[str, int]:
    """Name the functions of a module that are too long, with their lines."""
    found = {}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > LONGEST:
                found[f"{file.stem}.{node.name}"] = lines
    return found


def test_functions_are_short() -> None:
    long = {str(file.relative_to(ROOT)): found for file in MODULES if (found := too_long(file))}
    assert not long, f"{LONGEST} lines are the most, so split the function"


def test_a_long_function_is_seen(tmp_path: Path) -> None:
    body = "    x = 1\n" * LONGEST
    (tmp_path / "a.py").write_text(
        f'def fits():\n    """Say."""\n{body}\ndef no():\n{body}    y = 2\n'
    )
    assert too_long(tmp_path / "a.py") == {"a.no": LONGEST + 1}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    write_sample(root)
    return root


def test_the_sample_is_sound(whole: Path) -> None:
    assert standing(whole) == (SLUG,)
    assert lacking(Page(Chapter(SLUG, whole), whole / "site")) == []


def test_what_letters_stand_for_is_not_counted(tmp_path: Path) -> None:
    write_sample(tmp_path)
    page, words = tmp_path / "book" / f"{SLUG}.md", "word " * 2000
    text = page.read_text("utf-8")
    assert words in text
    page.write_text(text.replace(words, f":::{{div}} symbols\n{words}\n:::"), "utf-8")
    assert [fault for fault in blocks.length(Chapter(SLUG, tmp_path)) if "write 2,000" in fault]


MD, CLAIM, QUIZ = f"book/{SLUG}.md", "data/claims.yml", f"data/quizzes/{SLUG}.yml"
LIST = "data/chapters.yml"
HTML = f"site/book/{SLUG}.html"
BAD = [
    ("opening", MD, "{div} question", "{div} answer", "spread.md: open with the question"),
    ("opening", MD, "{core-path} one two", "{core-path} one", "{core-path} once in"),
    ("opening", MD, "**What you will", "**What I will", "begins **What you will be able to do.**"),
    ("opening", MD, "*Trace* a yuan.", "", "line 14, the opening: 2 outcomes"),
    ("headings", MD, "## Takeaways", "## Summary", "begins “Takeaways”"),
    ("headings", MD, "## Check yourself", "## Takeaways\n\nAll.\n\n## Check yourself",
     "behind “Check yourself”"),
    ("headings", MD, "## The evidence: ", "## Evidence: ", "begins “The evidence”"),
    ("deeper", MD, "{code-cell} ipython3\n---", "{code} x\n---", "0 figures stand before"),
    ("deeper", MD, "## Verdict", "## Verdict\n\n## Go deeper: a",
     "before the section “Verdict”"),
    ("claims", MD, "{claim} C3-01", "{claim} C3-02", "{claim} in the opening for each of C3-01"),
    ("claims", MD, ":::{verdict} C3-01", ":::{note}", "{verdict} in the section “Verdict”"),
    ("claims", CLAIM, "direction: holds, evidence: thin, ruling: Here., parts: {what: Lent.}, "
     "bears: what", "", "claims.yml, C3-01: add its verdict"),
    ("claims", CLAIM, "Here.", "At 7 %.", "C3-01: say ruling without digits"),
    ("claims", CLAIM, "Lent.", "Lent 5 yuan.", "C3-01: say parts, what without digits"),
    ("claims", CLAIM, "bears:", "condition: Over 9 %., met: met, bears:",
     "C3-01: say condition without digits"),
    ("turning", MD, "It is half the truth.", "```{where-it-turns} spread\n```",
     "place {where-it-turns} spread once"),
    ("own_verdicts", MD, "{your-verdicts}", "{glossary}", "place {your-verdicts} once"),
    ("own_verdicts", MD, "```{your-verdicts}", "First.\n\n```{your-verdicts}", "right under the"),
    ("weighed", MD, "*Wrong when* they do not.\n\n", "",
     "these begin *Right when*, *For it*, *Against it*, *What would change it*"),
    ("weighed", MD, "*Right when* ", "*Right when*, ", "these begin none of these, *Wrong when*"),
    ("weighed", MD, "*Against it:* nothing.", "Nothing.", "*For it*, none of these, *What would"),
    ("no_other_verdict", MD, "half the truth", "[Holds]{.verdict-holds}",
     "take the badge away"),
    ("no_other_verdict", MD, "half the truth", "{badge}`holds`", "take the badge away"),
    ("quiz", MD, "{quiz} spread", "{quiz} other", "place {quiz} spread once"),
    ("quiz", QUIZ, "  model: 100 * BANK.funding_rate\n  from: netfin.lending", "  answer: 2",
     "question 1: compute the answer by model:"),
    ("exercises", MD, "**3. Task", "**Task", "5 exercises or more, from 1 on"),
    ("exercises", MD, "::::{dropdown} Solution", "::::{dropdown} Hint", "exercise 1 needs its"),
    ("back_matter", MD, "{parameters}", "{data}", "place {parameters}"),
    ("back_matter", MD, "{cite:t}`e2005`", "books", "cite in the section “Further reading”"),
    ("citations", MD, "{cite:p}`d2004`", "them", "cites a2001, b2002, c2003, e2005; cite 5"),
    ("written", MD, "A rate has parts.", "*To write: what to remember.*",
     ": what to remember: write it"),
    ("length", MD, "word word ", "", "words without exercises"),
    ("labelled", MD, "name: fig-one", "name: one", "line 24, section “The traditional way”: name"),
    ("labelled", MD, "What a bank and a platform charge in an ordinary year.", "A bank",
     "caption must say in a sentence"),
    ("labelled", MD, "The bank is the cheaper one, as {numref}`fig-one` shows.\n", "",
     "fig-one: refer to it"),
    ("alternatives", MD, "A rate has parts.", "![plot](a.png)", "the text alternative 'plot'"),
    ("cells", MD, "rate = 1\n", "rate = 1\n" * 21, "the cell has 21 lines"),
    ("cells", MD, "rate = 1\n", f":tags: [remove-cell]\n\nimport a\nsay(\n{'a=1,' * 30})\n"
     + "rate = 1\n" * 21, "the cell has 21 lines"),
    ("typed_numbers", MD, "{glue:text}`rise` points", "3.5 points",
     "The evidence: what was paid”: 3.5"),
    ("typed_numbers", MD, "It is half the truth.", "It costs RMB5.", "5 typed by hand"),
    ("typed_numbers", MD, "$f$", "$f = 0.02$", "0.02 typed by hand"),
    ("typed_numbers", MD, "It is half the truth.", "$$\nf = 0.03\n$$",
     "0.03 typed by hand"),
    ("typed_numbers", MD, "It is half the truth.", ":::{note}\nOf 12 shops.\n:::",
     "12 typed by hand"),
    ("enough_explorers", HTML, "<model-explorer", "<p", "0 explorers with controls; show 3"),
    ("framed", HTML, 'id="fig-', 'id="', "stands in no labelled figure"),
    ("framed", HTML, "Told.", "", "has no caption"),
    ("framed", HTML, "<form", '<img src="a.png"><form', "a.png stands in no labelled figure"),
    ("alternatives", HTML, '["A ","loan ","of ","this "', '["","","",""',
     "price-0 is told as 'kind costs"),
    ("alternatives", HTML, "<form", '<img src="a.png" alt="What is seen stands in a.png."><form',
     "a.png is told as"),
    ("alternatives", HTML, "<form", '<img src="a.png" alt="loan-rate"><form',
     "told as 'loan-rate'"),
    ("quiz_numbers", HTML, 'data-value="2.0"', 'data-value="2.1"', "question 1 holds [2.1, 4.0]"),
    ("quiz_numbers", HTML, 'id="quiz-spread-8"', 'id="x"', "question 8 of the quiz is not there"),
    ("parameter_tables", HTML, "<th>Date</th>", "", "must end in Unit, Source, Date"),
    ("parameter_tables", HTML, "0.105", "0.1", "does not equal the code"),
    ("parameter_tables", HTML, '"parameters"', '"x"', "0 tables of parameters, its source 1"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "file", "old", "new", "said"), BAD)
def test_a_missing_block_is_named(
    whole: Path, tmp_path: Path, check: str, file: str, old: str, new: str, said: str
) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    chapter = Chapter(SLUG, tmp_path)
    if file == HTML:
        faults = list(BUILT[check](Page(chapter, tmp_path / "site")))
    else:
        faults = list(SOURCE[check](chapter))
    assert said in "\n".join(faults)


@pytest.mark.parametrize(("text", "numbers"), [
    ("From 2007 to 2011, 2007–2011 or 2007/08, on 8 November 2020, from 1 to 20 July.", []),
    ("M2, P2P and C3-01; chapter 3, chapters 2, 3 and 5, figure 4 and Basel 3.", []),
    ("In the 1990s two in a hundred.", []),
    ("It rose by 1,200 yuan, 3.5 % and −4 points, RMB5 each.", ["1,200", "3.5", "4", "5"]),
    ("2,019 shops in 3 towns", ["2,019", "3"]),
])  # fmt: skip
def test_numbers_that_are_findings_are_told_from_those_that_are_not(
    text: str, numbers: list[str]
) -> None:
    assert blocks._typed(text) == numbers


def test_a_draft_does_not_stand_and_is_told_what_it_lacks(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    for file, old, new in ((LIST, 'question: "Why?"}', 'question: "Why?", state: draft}'),
                           (MD, "## Takeaways", "## Summary")):  # fmt: skip
        text = (tmp_path / file).read_text("utf-8")
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert (standing(tmp_path), drafts(tmp_path)) == ((), (SLUG,))
    (said,) = lacking(Page(Chapter(SLUG, tmp_path), tmp_path / "site"))
    assert "begins “Takeaways”" in said


def test_a_short_quiz_and_a_missing_one_are_named(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    (tmp_path / QUIZ).write_text(QUESTION, "utf-8")
    assert list(blocks.quiz(Chapter(SLUG, tmp_path))) == [f"{QUIZ}: has 1 questions; ask 8"]
    (tmp_path / QUIZ).unlink()
    (said,) = blocks.quiz(Chapter(SLUG, tmp_path))
    assert said == f"{QUIZ}: is missing; write 8 questions"
