"""A class's answers are marked with the teacher's own copy, as the page itself would mark them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import class_
import marking
import typed_number
from bookkit.readers.quizzes import Choose, Numeric, Question, load_quiz
from class_page import ANSWERED, Asked, answered, page
from handed_in import Class
from small_book import ROOT
from test_class import STATIC, browser, handed_in, record, rows


def answers(slug: str, result: str = "") -> dict[str, Any]:
    """Return a record with the right answer to each question of a chapter, in the book's words."""
    entries = {}
    for name, question in class_.questions(ROOT / "data" / "quizzes" / f"{slug}.yml").items():
        right = marking.right_answer(question).split("; ")
        asked = marking.words(question.ask).replace("'", "’")
        entries[name] = {"page": slug, "asked": asked, "answer": right}
        if result:
            entries[name]["result"] = result
    return record(quiz=entries)


def wrong(question: Question) -> list[str]:
    """Return a wrong answer."""
    if isinstance(question, Choose):
        return [next(marking.words(each.text) for each in question.choices if not each.right)]
    return ["7777"]


def plainly(asked: Asked, found: Class) -> str:
    """Return the words of the class's page."""
    return BeautifulSoup(page(asked, found.students, 0), "html.parser").get_text(" ", strip=True)


@pytest.mark.parametrize("claimed", ["", "right"])
def test_answers_are_marked_with_the_teacher_s_own_copy(tmp_path: Path, claimed: str) -> None:
    good, bad = answers("spread", claimed), answers("spread", claimed)
    quiz = class_.questions(ROOT / "data" / "quizzes" / "spread.yml")
    for name, question in quiz.items():
        bad["quiz"][name]["answer"] = wrong(question)
    handed_in(tmp_path, a=good, b=bad)
    found, asked = class_.read(ROOT, tmp_path)
    told = [(row["answer"], row["result"], row["right_answer"]) for row in rows(found)]
    keys = [marking.right_answer(each) for each in quiz.values()]
    assert sorted(told) == sorted(
        [(key, "right", key) for key in keys]
        + [(wrong(one)[0], "wrong", key) for one, key in zip(quiz.values(), keys, strict=True)]
    )
    said = plainly(asked, found)
    chosen = wrong(quiz["quiz-spread-1"])[0]
    for each in keys[0].split("; "):
        assert f"{each} (right) first answer of: 1" in said
    assert f"{chosen} first answer of: 1" in said
    for question in quiz.values():
        offered = question.choices if isinstance(question, Choose) else ()
        assert [each.text for each in offered if marking.words(each.text) not in said] == []
    assert "another number first answer of: 1" in said


def test_what_another_edition_asks_is_left_as_it_is(tmp_path: Path) -> None:
    other, moved = answers("spread"), answers("spread")
    for entry in other["quiz"].values():
        entry["asked"] += " Or not?"
    for entry in moved["quiz"].values():
        entry["answer"] = ["what nobody offers"]
    handed_in(tmp_path, a=other, b=moved)
    found, asked = class_.read(ROOT, tmp_path)
    assert {row["result"] for row in rows(found)} == {""}
    said = plainly(asked, found)
    assert said.count("Unmarked: 2. This copy of the book") == len(other["quiz"])


def test_what_was_solved_is_believed_only_with_another_answer_before(tmp_path: Path) -> None:
    name = "quiz-spread-1"
    question = class_.questions(ROOT / "data" / "quizzes" / "spread.yml")[name]
    right = marking.right_answer(question).split("; ")
    asked = {"page": "spread", "asked": marking.words(question.ask), "solved": True}
    claimed = asked | {"answer": wrong(question), "result": "right"}
    lost = claimed | {"first": {"answer": right, "result": "wrong"}}
    later = claimed | {"answer": right, "first": {"answer": wrong(question), "result": "right"}}
    told = []
    for entry in (claimed, lost, later):
        handed_in(tmp_path, a=record(quiz={name: entry}))
        found, what = class_.read(ROOT, tmp_path)
        told += [(row["first_result"], row["result"]) for row in rows(found)]
        said = plainly(what, found)
        told.append(next(each for each in ANSWERED if f"1 answered {each}: 1" in said))
    assert told == [
        ("", "wrong"), "not right yet",
        ("right", "right before"), "right at once",
        ("wrong", "right before"), "right later",
    ]  # fmt: skip


def test_nobody_is_right_at_once_with_an_answer_that_is_not() -> None:
    unknown = {"result": "wrong", "solved": True}  # by another edition, which this copy believes
    assert answered(unknown) == "right later"


def test_a_choice_made_twenty_times_counts_once(tmp_path: Path) -> None:
    made = answers("spread")
    made["quiz"]["quiz-spread-1"]["answer"] = (
        wrong(class_.questions(ROOT / "data" / "quizzes" / "spread.yml")["quiz-spread-1"]) * 20
    )
    handed_in(tmp_path, a=made)
    found, asked = class_.read(ROOT, tmp_path)
    tree = BeautifulSoup(page(asked, found.students, 0), "html.parser")
    assert {float(each["width"]) for each in tree.select("rect")} == {100.0}
    assert "of: 20" not in tree.get_text()


def test_a_guess_is_marked_with_the_teacher_s_own_model(tmp_path: Path) -> None:
    name, asked = next((n, one) for n, one in class_.guesses("spread").items() if one)
    right, other = asked.ranges[asked.right], asked.ranges[asked.right - 1]
    made = {"page": "spread", "asked": asked.question, "step": "told"}
    cases = [
        (made | {"guess": other, "right": other}, ("wrong", right)),
        (made | {"guess": right.replace("'", "’"), "right": other}, ("right", right)),
        (made | {"right": other}, ("skipped", right)),
        (made | {"guess": "what nobody offers", "right": other}, ("wrong", other)),
        (made | {"asked": "Who?", "guess": other, "right": other}, ("right", other)),
    ]
    for entry, told in cases:
        handed_in(tmp_path, a=record(explorers={name: entry}))
        found, _ = class_.read(ROOT, tmp_path)
        assert [(row["result"], row["right_answer"]) for row in rows(found)] == [told]


def test_every_option_of_a_guess_is_shown_and_the_right_one_marked(tmp_path: Path) -> None:
    name, asked = next((n, one) for n, one in class_.guesses("spread").items() if one)
    wrong = (asked.right + 1) % len(asked.ranges)
    made = {"page": "spread", "asked": asked.question, "guess": asked.ranges[wrong], "step": "told"}
    skipped = {key: each for key, each in made.items() if key != "guess"}
    handed_in(tmp_path, a=record(explorers={name: made}), b=record(explorers={name: skipped}))
    found, what = class_.read(ROOT, tmp_path)
    said = plainly(what, found)
    assert asked.question in said
    for n, option in enumerate(asked.ranges):
        mark = " (the model's answer)" if n == asked.right else ""
        told = "first guess of: 1" if n == wrong else "nobody"
        assert f"{option}{mark} {told}" in said
    assert "no guess shown without one to: 1" in said


NUMBERS = """12.5 1,250 1250 12,5 ¥12 12% −3 -3 +3 .5 5. 19of100 19 19/100 12thousand 3k 3km
0.3years 0.3months 5days 8.3 8.35 8.4 8.34 0.0835 8 9 1e3 ½ 12万 １２ rmb7 7rmb
7元 --3 1,2,3 1.2.3 abc"""
LONG = [f"{whole}.{'0' * places}" for whole in (7, 8) for places in (27, 309, 490)] + ["9" * 490]
# What of the page's script marks a number, with what it needs of a browser.
MARKS = """
const isRight = (item) => item.dataset.right === "true", reason = () => "";
const tell = () => "", show = (form, result) => result;
"""
RUN = """
const { cases } = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(({ unit, decimals, items, typed }) => {
  const field = { value: typed, dataset: { unit, decimals: String(decimals) }, setAttribute() {} };
  return checkNumber({ querySelector: () => field }, items.map((dataset) => ({ dataset })));
})));
"""


def cases(question: Numeric) -> Iterator[dict[str, Any]]:
    """Yield what may be typed as an answer to a question, with what the page knows of it."""
    asked = question.answer
    near = [asked.value * by for by in (1, 1.01, 0.99, 1.03)]
    near += [each.value + each.tolerance * by for each in question.wrong for by in (0.9, 1.1)]
    told = {"unit": asked.unit, "decimals": asked.decimals, "items": [
        {"value": repr(each.value), "tolerance": str(each.tolerance),
         "right": str(each is asked).lower()} for each in (asked, *question.wrong)
    ]}  # fmt: skip
    for text in (*NUMBERS.split(), *LONG, *(f"{each:.{n}f}" for each in near for n in range(4))):
        yield told | {"typed": text}


def test_a_typed_number_is_marked_as_in_the_page() -> None:
    source = (STATIC / "quiz.js").read_text("utf-8")
    script = source[source.index("  const CLOSE") : source.index("  function show(")]
    files = sorted((ROOT / "data" / "quizzes").glob("*.yml"))
    every = [each for file in files for each in load_quiz(file) if isinstance(each, Numeric)]
    tried = [(question, case) for question in every for case in cases(question)]
    mine = [typed_number.result(question, case["typed"]) for question, case in tried]
    given = {"cases": [case for _, case in tried]}
    theirs = json.loads(browser(MARKS + script + RUN, given))
    found = zip(tried, mine, theirs, strict=True)
    apart = [(case["typed"], case["unit"], one, other) for (_, case), one, other in found
             if one != other]  # fmt: skip
    assert apart == []
    assert all(mine.count(each) > 50 for each in ("right", "near", "wrong", ""))
