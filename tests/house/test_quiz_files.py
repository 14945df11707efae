"""Quiz and bank files: read back by others, they ask, mark and explain as the models do."""

from __future__ import annotations

import itertools
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import as_gift
import as_key
import as_moodle
import as_qti12
import as_qti21
import bank
import formats
import teach
from bookkit.readers.banks import load_bank
from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.quizzes import Choice, Choose, Numeric, load_quiz
from deal import VARIANTS, VERSIONS, Item, dealt, dealt_bank, key_of, unvaried
from netfin.data import DATA
from places import ROOT
from quiz_readers import (
    Element,
    Read,
    Told,
    answer12,
    answer21,
    choices12,
    choices21,
    gift_file,
    key_file,
    meta12,
    moodle,
    plain,
    points12,
    qti12,
    qti21,
    words,
)
from refusal import RefusalError
from wording import html, prompt, typed

FILES = sorted((DATA / "quizzes").glob("*.yml"))
BANKS = sorted((DATA.parent / "teaching").glob("*/bank.yml"))
SECRET = "a secret of this test"
TITLES = titles(load_parts(DATA / "chapters.yml"))


@dataclass(frozen=True)
class Dealt:
    """A quiz or a bank, as a class gets it."""

    file: Path
    title: str
    items: list[Item]

    @property
    def count(self) -> int:
        """How many questions a student is asked."""
        return len({each.varies or each.name for each in self.items})


@cache
def deal(file: Path) -> Dealt:
    if file in BANKS:
        title = f"{TITLES[file.parent.name]}: test bank"
        return Dealt(file, title, dealt_bank(file, key_of(SECRET)))
    return Dealt(file, TITLES[file.stem], dealt(file, key_of(SECRET)))


def by_file(*kinds: list[Path]) -> pytest.MarkDecorator:
    """Take a file of each kind always, all others with the whole suite."""
    marked = [
        pytest.param(
            file,
            marks=[pytest.mark.whole] if number else [],
            id=file.stem if file in FILES else f"{file.parent.name}-bank",
        )
        for kind in kinds
        for number, file in enumerate(kind)
    ]
    return pytest.mark.parametrize("file", marked)


def said(markdown: str) -> str:
    return plain(html(markdown))


def wanted(item: Item) -> tuple[dict[str, Told], dict[tuple[float, float], Told]]:
    """Return what each choice or number is to bring."""
    asked = item.question
    if isinstance(asked, Numeric):
        numbers = {
            (float(typed(each.value)), float(typed(each.tolerance))): Told(
                100.0 * (each is asked.answer), said(each.why)
            )
            for each in (asked.answer, *asked.wrong)
        }
        return {}, numbers
    right = sum(each.right for each in asked.choices)
    wrong = -100.0 if asked.several else 0.0
    return {
        said(each.text): Told(
            pytest.approx(100 / right, abs=1e-5) if each.right else wrong,
            said(each.why),
        )
        for each in asked.choices
    }, {}


def compare(file: Path, read: list[Read]) -> None:
    """Compare a file that holds answers with their shares, question by question."""
    assert [each.name for each in read] == [each.name for each in deal(file).items]
    for item, each in zip(deal(file).items, read, strict=True):
        assert each.ask == said(prompt(item.question))
        assert (each.choices, each.numbers) == wanted(item)
        ending = f"/Question {item.varies.rpartition('-')[2]}" if item.varies else ""
        assert each.place == f"$course$/top/Why Shops Become Banks/{deal(file).title}{ending}"


@by_file(FILES, BANKS)
def test_moodle_xml_asks_what_is_dealt(file: Path) -> None:
    compare(file, list(moodle(as_moodle.written(deal(file).title, deal(file).items))))


@by_file(FILES, BANKS)
def test_gift_asks_what_is_dealt(file: Path) -> None:
    compare(file, list(gift_file(as_gift.written(deal(file).title, deal(file).items))))


def near(number: float, tolerance: float) -> tuple[str, str, str]:
    """Return a number that is near enough, one just within and one just beyond the tolerance."""
    return typed(number), typed(number - 0.99 * tolerance), typed(number + 1.02 * tolerance)


@by_file(FILES, BANKS)
def test_qti_21_marks_and_explains_as_the_page_does(file: Path) -> None:
    found = list(qti21(as_qti21.package(deal(file).title, deal(file).items)))
    assert [each.get("identifier") for _, each in found] == [one.name for one in deal(file).items]
    for item, (drawn, node) in zip(deal(file).items, found, strict=True):
        asked = item.question
        assert drawn == item.varies
        (ask, *_field) = node.find("{*}itemBody").iter("{*}prompt", "{*}p")
        assert words(ask) == said(prompt(asked))
        if isinstance(asked, Choose):
            choose(asked, node, choices21(node), answer21)
            continue
        for number in (asked.answer, *asked.wrong):
            told = Told(100 * (number is asked.answer), said(number.why))
            at, within, beyond = near(number.value, number.tolerance)
            assert answer21(node, at) == answer21(node, within) == told
            assert answer21(node, beyond).why != told.why
        assert answer21(node, "123456") == Told(0)


@by_file(FILES, BANKS)
def test_qti_12_marks_and_explains_as_the_page_does(file: Path) -> None:
    package = as_qti12.package(deal(file).title, deal(file).items)
    found = list(qti12(package))
    assert points12(package) == {deal(file).count}
    assert [each.get("title") for _, each in found] == [one.name for one in deal(file).items]
    for item, (drawn, node) in zip(deal(file).items, found, strict=True):
        asked = item.question
        assert drawn == ("1" if item.varies else "")
        assert plain(node.findtext(".//{*}mattext")) == said(prompt(asked))
        if isinstance(asked, Choose):
            choose(asked, node, choices12(node), answer12)
            continue
        at, within, beyond = near(asked.answer.value, asked.answer.tolerance)
        right = Told(100, said(asked.answer.why))
        assert answer12(node, at) == answer12(node, within) == right
        for wrong in (beyond, *(typed(each.value) for each in asked.wrong)):
            told = answer12(node, wrong)
            assert told.share == 0
            assert all(said(each.why) in told.why for each in asked.wrong)


def choose(
    asked: Choose, node: Element, names: dict[str, str], answer: Callable[..., Told]
) -> None:
    """Choose each choice alone, and all that are right."""
    assert list(names) == [said(each.text) for each in asked.choices]
    right = [names[said(each.text)] for each in asked.choices if each.right]
    for each in asked.choices:
        told = answer(node, names[said(each.text)])
        assert told == Told(100 if [names[said(each.text)]] == right else 0, said(each.why))
    assert answer(node, *right).share == 100
    if asked.several:
        assert answer(node, *names.values()).share == 0
        assert answer(node, *right[1:]).share == 0


@by_file(BANKS)
def test_the_key_tells_each_answer_with_its_reason(file: Path) -> None:
    read = list(key_file(as_key.written(deal(file).title, deal(file).items)))
    assert [each.name for each in read] == [each.name for each in deal(file).items]
    for item, each in zip(deal(file).items, read, strict=True):
        asked = item.question
        assert each.ask == said(prompt(asked))
        if isinstance(asked, Choose):
            told = {said(one.text): (one.right, said(one.why)) for one in asked.choices}
        else:
            told = {
                plain(f"{one} (± {typed(one.tolerance)})"): (one is asked.answer, said(one.why))
                for one in (asked.answer, *asked.wrong)
            }
        found = {words: (one.share == 100, one.why) for words, one in each.choices.items()}
        assert found == told


@by_file(BANKS)
def test_a_bank_is_dealt_in_variants_unlike_each_other(file: Path) -> None:
    groups = itertools.groupby(deal(file).items, lambda each: each.varies or each.name)
    for each, (name, group) in zip(load_bank(file), groups, strict=True):
        made = [one.question for one in group]
        many = VARIANTS if each["kind"] == "numeric" else VERSIONS
        assert len(made) == (many if "given" in each else 1), name
        assert len({one.ask for one in made}) == len(made)
        assert [one.ask for one in made if re.search(r"[{}]", one.ask)] == []


@by_file(FILES)
def test_each_variant_has_numbers_and_an_answer_of_its_own(file: Path) -> None:
    page = {f"quiz-{file.stem}-{n}": each for n, each in enumerate(load_quiz(file), start=1)}
    varied = Counter(each.varies for each in deal(file).items if each.varies)
    assert set(varied.values()) <= {VARIANTS}
    assert [each.varies or each.name for each in deal(file).items] == [
        name for name in page for _ in range(varied.get(name, 1))
    ]
    for name in varied:
        made = [each.question for each in deal(file).items if each.varies == name]
        every = [page[name], *made]
        assert len({each.ask for each in every}) == VARIANTS + 1
        numbers = sorted(each.answer.value for each in every if isinstance(each, Numeric))
        tolerance = page[name].answer.tolerance
        assert min(b - a for a, b in itertools.pairwise(numbers)) > tolerance
        left = [each.ask for each in every if re.search(r"[{}]", each.ask)]
        assert left == []


def test_the_secret_decides_the_numbers_and_nothing_else_does() -> None:
    file = FILES[0]
    one, again, other = (dealt(file, key_of(each)) for each in (SECRET, SECRET, SECRET + "!"))
    assert one == again
    asked = [{each.question.ask for each in every if each.varies} for every in (one, other)]
    assert len(asked[0] & asked[1]) < len(asked[0]) / 2
    packages = [as_qti21.package("T", every) for every in (one, again)]
    assert packages[0] == packages[1]


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "econ 101")
    with pytest.raises(RefusalError, match="SECRET has 8 characters; at least 12 are needed"):
        teach.main()


QUESTION = """
- ask: What is {one} and {one + 1}?
  kind: numeric
  given: {one: [1, 2, %s]}
  model: 2 * one + 1
  from: netfin.lending
  tolerance: 0.1
  decimals: 1
  why: "{answer:.1f}."
- {ask: Why, kind: numeric, answer: 7, tolerance: 0.5, decimals: 0, why: So.}
"""


def test_a_question_that_leaves_too_few_numbers_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.yml"
    file.write_text(QUESTION % 22, "utf-8")
    made = dealt(file, b"key")
    for each in made[:VARIANTS]:
        asked = each.question
        one = int(re.fullmatch(r"What is (\d+) and \d+\?", asked.ask)[1])
        assert asked.ask == f"What is {one} and {one + 1}?"
        assert (asked.answer.value, asked.answer.why) == (2 * one + 1, f"{2 * one + 1}.0.")
        assert 2 <= one <= 22
    assert unvaried(made) == ["quiz-q-2"]
    file.write_text(file.read_text("utf-8").replace("22]", "20]"), "utf-8")
    with pytest.raises(ValueError, match=r"q\.yml, question 1: there are no 20 variants"):
        dealt(file, b"key")


def test_a_question_stands_on_one_line_of_plain_words() -> None:
    assert html("a\n\nb  <b>\u00a0%") == "a b &lt;b&gt;\u00a0%"


@pytest.mark.parametrize("text", ["`code`", "[a](b)", "$x$", "{glue}`x`", "![a](b)"])
def test_what_quiz_files_cannot_show_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="which quiz files lack"):
        html(text)


def test_signs_of_the_formats_are_words_in_them() -> None:
    odd = 'a~b=c#d{e}f:g\\h <i> & "j" %50%'
    ask = odd.replace("{", "(").replace("}", ")")
    question = odd_question(ask)
    item = [Item("quiz-x-1", question)]
    for read in (*moodle(as_moodle.written("T", item)), *gift_file(as_gift.written("T", item))):
        assert (read.ask, list(read.choices)) == (said(ask), [said("y " + ask), "n"])
    for _, node in qti21(as_qti21.package("T", item)):
        assert list(choices21(node)) == [said("y " + ask), "n"]


def odd_question(ask: str) -> Choose:
    return Choose(ask, (Choice("y " + ask, "w", right=True), Choice("n", "v")), several=False)


def test_the_command_writes_the_chapters_of_this_copy_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quizzes, banks and guides of the same chapters: those in the contents that are no drafts."""
    parts = (ROOT / "data" / "chapters.yml").read_text("utf-8")
    drafted = parts.replace("slug: p2p\n", "slug: p2p\n        state: draft\n")
    copied = tmp_path / "copy"
    (copied / "data" / "quizzes").mkdir(parents=True)
    (copied / "data" / "chapters.yml").write_text(drafted, "utf-8")
    shutil.copy(ROOT / "data" / "claims.yml", copied / "data")
    for slug in ("p2p", "spread", "scoring"):
        shutil.copytree(ROOT / "teaching" / slug, copied / "teaching" / slug)
        shutil.copy(ROOT / "data" / "quizzes" / f"{slug}.yml", copied / "data" / "quizzes")
    held = "root: book/index\nparts:\n- chapters:\n  - file: book/p2p\n  - file: book/spread\n"
    (copied / "_toc.yml").write_text(held, "utf-8")
    monkeypatch.setattr(teach, "ROOT", copied)
    monkeypatch.setattr(teach, "OUTPUT", tmp_path)
    monkeypatch.setenv("SECRET", SECRET)
    assert teach.main() == 0
    for folder in ("quizzes", "bank", "guides"):
        assert [each.stem for each in (tmp_path / "teaching" / folder).iterdir()] == ["spread"]


def write_some(folder: Path, name: str, title: str, items: list[Item], shown: bool = False) -> None:
    """Write all variants of one chapter, and of the others one, which has the same words."""
    some = {each.varies or each.name: each for each in items}
    formats.write(folder, name, title, items if "spread" in name else [*some.values()], shown)


def test_the_command_writes_each_chapters_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in (teach, bank):
        monkeypatch.setattr(each, "write", write_some)
    monkeypatch.setattr(teach, "OUTPUT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["teach.py"])
    monkeypatch.setenv("SECRET", SECRET)
    assert teach.main() == 0
    written = sorted(file.name for file in (tmp_path / "teaching" / "quizzes" / "spread").iterdir())
    assert written == [
        "spread-canvas-qti12.zip", "spread-gift.txt", "spread-moodle.xml", "spread-qti21.zip",
    ]  # fmt: skip
    kept = sorted(file.name for file in (tmp_path / "teaching" / "bank" / "spread").iterdir())
    assert kept == [f"spread-bank-{end}" for end in (
        "canvas-qti12.zip", "gift.txt", "key.html", "moodle.xml", "qti21.zip",
    )]  # fmt: skip
    spread = tmp_path / "teaching"
    quiz = (spread / "quizzes" / "spread" / "spread-canvas-qti12.zip").read_bytes()
    key = (spread / "bank" / "spread" / "spread-bank-canvas-qti12.zip").read_bytes()
    assert [meta12(each, "hide_results") for each in (quiz, key)] == ["", "always"]
    told = capsys.readouterr().out
    assert SECRET not in told
    assert (
        f"{tmp_path / 'teaching' / 'bank' / 'spread'}: 8 questions, 84 with their variants" in told
    )
