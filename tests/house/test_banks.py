"""Test banks: nothing in them is fixed, each question can be asked, and none is on the site."""

from __future__ import annotations

import itertools
import math
import re
import zipfile
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from test_quizzes import apart, lean

from bank_answers import ANSWERS
from bookkit.readers.banks import bank_of, load_bank, made
from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.given import Numbers, holds, load_given
from bookkit.readers.quizzes import Choose, Numeric, load_quiz, read_entries
from deal import VARIANTS, dealt, dealt_bank, key_of, variants
from small_book import ROOT

WITHOUT = {  # chapters that have no bank yet
    "efficiency", "fees-and-fx", "inclusion", "intermediaries", "platform-lab",
}  # fmt: skip
CHAPTERS = titles(load_parts(ROOT / "data" / "chapters.yml"))
BANKS = [slug for slug in CHAPTERS if bank_of(ROOT, slug).is_file()]
ALIKE = 0.6  # of the words of a question, from which it is one of the page's again
NEAR = "lie within the tolerance of both"
DRAWN_BADLY = "choices need at least one"
READ = (".html", ".ipynb", ".js", ".md", ".py", ".txt", ".yml")  # on the site, and in its zips
# Who is asked so may round to where it holds, not to what is nearest.
DIRECTED = re.compile(r"(?i)\b(how many|at (least|most)|up to|until|just|from (which|how))\b")
SPLIT = re.compile(r"\{[^{}]*\}")


def by_chapter() -> pytest.MarkDecorator:
    """Take one chapter always, all others with the whole suite."""
    marked = [
        pytest.param(slug, marks=[pytest.mark.whole] if number else [])
        for number, slug in enumerate(BANKS)
    ]
    return pytest.mark.parametrize("slug", marked)


def quiz_of(slug: str) -> Path:
    return ROOT / "data" / "quizzes" / f"{slug}.yml"


def test_chapters_without_a_bank_are_named() -> None:
    assert set(CHAPTERS) - set(BANKS) == WITHOUT


@pytest.mark.parametrize("slug", BANKS)
def test_a_bank_has_as_many_questions_as_the_quiz(slug: str) -> None:
    entries = load_bank(bank_of(ROOT, slug))
    assert len(entries) == len(load_quiz(quiz_of(slug)))
    numeric = sum(each["kind"] == "numeric" for each in entries)
    assert 1 / 3 <= numeric / len(entries) <= 1 / 2


def values(entry: dict[str, Any]) -> Iterator[Numbers]:
    """Yield all numbers that a question can have."""
    given = load_given(entry)
    for each in itertools.product(*(one.values for one in given.values())):
        numbers = dict(zip(given, each, strict=True))
        if holds(entry, numbers):
            yield numbers


def fault(entry: dict[str, Any], numbers: Numbers) -> str:
    """Return why a question cannot be made with some numbers."""
    try:
        made(entry, numbers, str)
    except ValueError as found:
        return str(found)
    return ""


@by_chapter()
def test_each_question_can_be_asked_with_nearly_all_its_numbers(slug: str) -> None:
    """Numbers that bring a mistake too near, or draw no right choice, are passed over."""
    for entry in load_bank(bank_of(ROOT, slug)):
        faults = [fault(entry, numbers) for numbers in values(entry)]
        near = [each for each in faults if NEAR in each]
        assert [
            each for each in faults if each and NEAR not in each and DRAWN_BADLY not in each
        ] == []
        assert len(near) <= len(faults) / 4, f"{entry['ask']}: {len(near)} of {len(faults)}"


@pytest.mark.parametrize("slug", BANKS)
def test_an_answer_is_what_the_question_says(slug: str) -> None:
    numeric = {
        number: entry
        for number, entry in enumerate(load_bank(bank_of(ROOT, slug)), start=1)
        if entry["kind"] == "numeric"
    }
    assert numeric.keys() == ANSWERS[slug].keys()
    for number, entry in numeric.items():
        for numbers in itertools.islice(values(entry), 0, None, 37):
            if not fault(entry, numbers):
                asked = made(entry, numbers, str)
                assert isinstance(asked, Numeric)
                near = asked.answer.tolerance / 10
                wanted = pytest.approx(ANSWERS[slug][number](**numbers), abs=near)
                assert asked.answer.value == wanted, entry["ask"]


def words(text: str) -> list[str]:
    """Return the words of a text and nothing that formats add."""
    return re.findall(r"[a-z0-9]+", text.lower())


@by_chapter()
def test_who_rounds_a_limit_up_or_down_is_right(slug: str) -> None:
    key = key_of("words of ours, for all of us")
    items = [*dealt(quiz_of(slug), key), *dealt_bank(bank_of(ROOT, slug), key)]
    asked = [each.question for each in items if isinstance(each.question, Numeric)]
    limits = [each for each in asked if DIRECTED.search(each.ask)]
    for each in limits:
        answer, step = each.answer, 10**-each.answer.decimals
        for way in (math.floor, math.ceil):
            off = abs(way(answer.value / step) * step - answer.value)
            assert off <= answer.tolerance * (1 + 1e-9), f"{each.ask}: {answer.value} is {way}ed"
    assert len(limits) >= VARIANTS


@pytest.mark.parametrize("slug", BANKS)
def test_no_question_is_one_of_the_pages(slug: str) -> None:
    asked = {ask: set(words(SPLIT.sub(" ", ask))) for ask in texts(quiz_of(slug), "ask")}
    for ask in texts(bank_of(ROOT, slug), "ask"):
        mine = set(words(SPLIT.sub(" ", ask)))
        again = [one for one, its in asked.items() if len(mine & its) > ALIKE * len(mine | its)]
        assert again == [], ask


def texts(file: Path, *keys: str) -> Iterator[str]:
    """Yield what questions say under some keys, and their choices too."""
    for entry in read_entries(file):
        yield from (str(entry[key]) for key in keys if key in entry)
        yield from (each[key] for each in entry.get("choices", []) for key in keys if key in each)


@cache
def choosing() -> list[Choose]:
    """Return the questions to choose from that three secrets make of all banks."""
    keys = [*map(key_of, ("a secret of this test", "another secret of it", "a third of these"))]
    items = [
        item
        for slug in BANKS
        for number, entry in enumerate(load_bank(bank_of(ROOT, slug)))
        if entry["kind"] != "numeric"
        for key in keys
        for item in variants(f"{slug}-{number}", entry, partial(made, entry), key, [])
    ]
    return [each.question for each in items if isinstance(each.question, Choose)]


def test_neither_place_nor_length_tells_the_right_choice() -> None:
    single = [each for each in choosing() if not each.several]
    assert lean([each.right for each in asked.choices] for asked in choosing()) < 3
    by_length = [sorted(asked.choices, key=lambda each: len(each.text)) for asked in single]
    right = [[each.right for each in every].index(True) for every in by_length]
    for place in (0, -1):  # the shortest, the longest
        share = sum(at == place % len(every) for at, every in zip(right, by_length, strict=True))
        assert 0.1 < share / len(single) < 0.4
    assert [each.ask for each in single if apart(each)] == []


def on_site(site: Path) -> str:
    """Return the words of all pages, notebooks and scripts that hold texts, zips opened."""
    found = []
    for file in sorted(site.rglob("*")):
        if file.suffix in READ:
            found.append(file.read_text("utf-8"))
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as opened:
                inside = opened.namelist()
                assert [name for name in inside if "teaching/" in name] == []
                found += [opened.read(name).decode() for name in inside if name.endswith(READ)]
    return " ".join(words(" ".join(re.sub(r"<[^<>]*>", " ", each) for each in found)))


def phrases(file: Path, *keys: str) -> set[str]:
    """Return the pieces between numbers that are long enough to be nobody else's."""
    pieces = (words(piece) for text in texts(file, *keys) for piece in SPLIT.split(text))
    return {" ".join(piece) for piece in pieces if len(piece) >= 8}


def test_no_question_of_a_bank_is_on_the_site(site: Path) -> None:
    text = on_site(site)
    told = {piece for slug in BANKS for piece in phrases(bank_of(ROOT, slug), "ask", "text", "why")}
    own = {piece for slug in BANKS for piece in phrases(quiz_of(slug), "ask")}
    assert len(told) > 400
    assert sum(piece in text for piece in own) > 0.9 * len(own)  # a quiz would be found
    assert [piece for piece in told if piece in text] == []


CHOICES = (
    "ask: 'Is {one} more than 5', kind: single, from: netfin.lending, given: {one: [7, 1, 30]}, "
    "where: one != 5, known: {more: one - 5}, choices: [{text: It is, holds: one > 5, "
    "why: 'It is {more} more.'}, {text: It is not, holds: more < 0, why: It is less than 5.}]"
)
DRAWN = (
    "ask: Who, kind: single, draw: 3, choices: [{text: a, why: w, right: true}, {text: b, why: w, "
    "right: true}, {text: c, why: w}, {text: d, why: w}, {text: e, why: w}]"
)


def write(folder: Path, entry: str) -> Path:
    file = folder / "spread" / "bank.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"- {{{entry}}}", "utf-8")
    return file


@pytest.mark.parametrize(("entry", "old", "new", "said"), [
    (CHOICES, ", given: {one: [7, 1, 30]}", "", "given or draw is missing, and nothing in a bank"),
    (CHOICES, "kind: single", "kind: one", "kind must be one of single, several, numeric"),
    (CHOICES, "one > 5", "two > 5", "choice 'It is': 'two > 5' fails: netfin.lending defines no"),
    (CHOICES, "one - 5", "one - len", "known: more: 'one - len' fails: netfin.lending defines no"),
    (CHOICES, "known: {more", "known: {one", "known: one: a name must be small letters, and not"),
    (CHOICES, "known: {more: one - 5}", "known: more", "known must name numbers, is 'more'"),
    (CHOICES, "{more} more", "{most} more", "choice 'It is': why: 'most' fails: there is no"),
    (CHOICES, "more < 0", "more > 0", "choices need at least one that is wrong"),
    (CHOICES, "holds: one > 5", "right: true, holds: one > 5", "has right: true, or holds, or"),
    (CHOICES, "holds: one > 5", "holds: true", "holds must be text, in quotation marks, is True"),
    (CHOICES, "one != 5", "5", "where must be text, in quotation marks, is 5"),
    (CHOICES, "text: It is not", "text: It is", "choice It is stands twice"),
    (CHOICES, "kind: single", "kind: single, colour: red", "unknown key colour"),
    (DRAWN, "draw: 3", "draw: 6", "draw must be a whole number, 2 to 5, is 6"),
    (DRAWN, "draw: 3", "draw: 1", "draw must be a whole number, 2 to 5, is 1"),
    (DRAWN, "draw: 3", "draw: 5", "draw asks for 5 choices, but 4 can be had"),
])  # fmt: skip
def test_a_faulty_question_is_named(
    tmp_path: Path, entry: str, old: str, new: str, said: str
) -> None:
    assert old in entry
    with pytest.raises(ValueError, match=r"^spread/bank\.yml, question 1: ") as found:
        load_bank(write(tmp_path, entry.replace(old, new)))
    assert said in str(found.value)


def test_the_numbers_decide_which_choice_is_right(tmp_path: Path) -> None:
    (entry,) = load_bank(write(tmp_path, CHOICES))
    for one, right, why in ((7, "It is", "It is 2 more."), (4, "It is not", "It is less than 5.")):
        asked = made(entry, {"one": one}, str)
        assert isinstance(asked, Choose)
        assert asked.ask == f"Is {one} more than 5"
        assert [(each.text, each.why) for each in asked.choices if each.right] == [(right, why)]


def test_the_secret_decides_which_choices_are_shown_and_where(tmp_path: Path) -> None:
    (entry,) = load_bank(write(tmp_path, DRAWN))

    def shown_to(secret: str) -> list[str]:
        (item,) = variants("bank-spread-1", entry, partial(made, entry), secret.encode(), [])
        assert isinstance(item.question, Choose)
        assert sum(each.right for each in item.question.choices) == 1
        return [each.text for each in item.question.choices]

    assert shown_to("one") == shown_to("one")
    every = [shown_to(str(number)) for number in range(60)]
    assert {len(each) for each in every} == {3}
    assert {text for each in every for text in each} == set("abcde")
    assert {each.index(text) for each in every for text in "ab" if text in each} == {0, 1, 2}


def test_a_secret_decides_a_whole_bank() -> None:
    file = bank_of(ROOT, BANKS[0])
    one, again, other = (
        [each.question for each in dealt_bank(file, key_of(secret))]
        for secret in ("a secret of this test", "a secret of this test", "another secret of it")
    )
    assert one == again
    assert sum(each in other for each in one) < len(one) / 2
    assert any(isinstance(each, Numeric) for each in one)
