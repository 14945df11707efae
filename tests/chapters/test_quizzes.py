"""Quizzes hold, every fault of theirs is named, and no place tells the right choice."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from chapter import drafts

from bookkit.readers.given import load_given
from bookkit.readers.quizzes import (
    FRACTION,
    Choose,
    Numeric,
    load_quiz,
    read_entries,
    with_numbers,
)
from netfin.data import DATA
from netfin.lending import LendingTerms

APART = 1.6  # times as long as the others, from which a choice stands out


@pytest.mark.parametrize("file", sorted((DATA / "quizzes").glob("*.yml")), ids=lambda f: f.stem)
def test_a_quiz_is_sound(file: Path) -> None:
    assert len(load_quiz(file)) >= (1 if file.stem in drafts() else 6)


SINGLE = "ask: x, kind: single, choices: [{text: a, why: b, right: true}, {text: c, why: d}]"
NUMERIC = "ask: x, kind: numeric, answer: 7, tolerance: 0.1, decimals: 1, why: y"
MODEL = NUMERIC.replace("answer: 7", "model: 100 * BANK.funding_rate, from: netfin.lending")


def read_quiz(folder: Path, text: str) -> Numeric:
    (folder / "q.yml").write_text(text, "utf-8")
    (question,) = load_quiz(folder / "q.yml")
    assert isinstance(question, Numeric)
    return question


@pytest.mark.parametrize(("entry", "old", "new", "said"), [
    (SINGLE, ", why: d", "", "why is missing"),
    (SINGLE, "ask: x", "ask: ''", "ask is missing"),
    (SINGLE, "ask: x", "ask: 5", "ask must be text, in quotation marks, is 5"),
    (SINGLE, "text: a", "text: yes", "text must be text, in quotation marks, is True"),
    (SINGLE, "kind: single", "kind: double", "kind must be one of single, several, numeric"),
    (SINGLE, "kind: single", "colour: red, kind: single", "unknown key colour"),
    (SINGLE, ", right: true", "", "need exactly one that is right, but have 0"),
    (SINGLE, "why: d", "why: d, right: true", "choices need at least one that is wrong"),
    (SINGLE, "single", "several", None),
    (SINGLE.replace("single", "several"), ", right: true", "", "need at least one that is right"),
    (SINGLE, "right: true", "right: maybe", "right must be true or absent, is 'maybe'"),
    (SINGLE, "text: c", "text: a", "choice a stands twice"),
    (SINGLE, "text: c", "text: None of these", "choice 'None of these' says 'None of these'"),
    (SINGLE, "text: c", "text: all of the above", "says 'the above'"),
    (SINGLE, "text: c", "text: more of that same group", "says 'that same'"),
    (SINGLE, "[{text: a, why: b, right: true}, {text: c, why: d}]", "[a, c]",
     "needs the keys text, why, is 'a'"),
    (SINGLE, "[{text: a, why: b, right: true}, {text: c, why: d}]", "5", "choices must be a list"),
    (NUMERIC, "answer: 7", "answer: seven", "answer must be a number, is 'seven'"),
    (NUMERIC, "answer: 7", "answer: true", "answer must be a number, is True"),
    (NUMERIC, "answer: 7", "answer: .inf", "answer must be finite, but is inf"),
    (NUMERIC, "answer: 7, ", "", "a number needs either answer or model"),
    (NUMERIC, "answer: 7", "answer: 7, model: '7', from: math", "either answer or model"),
    (NUMERIC, "tolerance: 0.1", "tolerance: 0", "tolerance must be above 0, but is 0.0"),
    (NUMERIC, "tolerance: 0.1", "tolerance: 0.01", "decimals 1 round by more than the tolerance"),
    (NUMERIC, "decimals: 1", "decimals: 1.5", "decimals must be a whole number, 0 to 6, is 1.5"),
    (NUMERIC, "why: y", "why: y, wrong: [{answer: 7.1, why: z}]", "answers 7 and 7.1 lie within"),
    (NUMERIC, "why: y", "why: y, wrong: [{answer: 1, why: z}, {answer: 1.1, why: z}]",
     "answers 1 and 1.1 lie within the tolerance"),
    (NUMERIC, "why: y", "why: y, wrong: [{answer: 1}]", "why is missing"),
    (NUMERIC, "why: y", "why: y, wrong: no number", "wrong must be a list, is 'no number'"),
    (MODEL, ", from: netfin.lending", "", "model needs from"),
    (MODEL, "netfin.lending", "netfin.nothing", "fails: No module named 'netfin.nothing'"),
    (MODEL, "BANK.funding_rate", "nothing",
     "model: '100 * nothing' fails: netfin.lending defines no 'nothing'"),
    (MODEL, "BANK.funding_rate", "np.pi", "netfin.lending defines no 'np'"),
    (MODEL, "BANK.funding_rate", "len('ab')", "netfin.lending defines no 'len'"),
    (MODEL, "netfin.lending", "math", "math is no module of netfin"),
    (MODEL, "100 * BANK.funding_rate", "BANK", "model: 'BANK' is no number: "),
])  # fmt: skip
def test_a_faulty_question_is_named(
    tmp_path: Path, entry: str, old: str, new: str, said: str | None
) -> None:
    assert old in entry
    (tmp_path / "q.yml").write_text(f"- {{{entry.replace(old, new)}}}", "utf-8")
    if said is None:
        assert len(load_quiz(tmp_path / "q.yml")) == 1
        return
    with pytest.raises(ValueError, match=r"q\.yml, question 1: ") as fault:
        load_quiz(tmp_path / "q.yml")
    assert said in str(fault.value)


@pytest.mark.parametrize(("text", "said"), [
    ("", "q.yml: a quiz is a list of questions"),
    ("ask: x", "q.yml: a quiz is a list of questions"),
    ("- {", "q.yml: while parsing"),
    ("- x", "q.yml, question 1: needs the keys ask, kind, is 'x'"),
])  # fmt: skip
def test_a_faulty_quiz_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "q.yml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=re.escape(said)):
        load_quiz(tmp_path / "q.yml")


def test_a_number_is_the_models_and_printed_as_the_book_prints(tmp_path: Path) -> None:
    wrong = ", wrong: [{model: -BANK.funding_rate, why: z}]"
    asked = read_quiz(tmp_path, f"- {{{MODEL}{wrong}, unit: '%'}}")
    assert asked.answer.value == pytest.approx(100 * LendingTerms().funding_rate)
    assert asked.wrong[0].value == pytest.approx(-LendingTerms().funding_rate)
    assert str(asked.answer) == "2.0\N{NO-BREAK SPACE}%"
    assert str(read_quiz(tmp_path, f"- {{{NUMERIC}}}").answer) == "7.0"
    assert str(read_quiz(tmp_path, f"- {{{NUMERIC.replace('7', '-2.04')}}}").answer) == "−2.0"


@pytest.mark.parametrize(("entry", "wanted"), [
    (NUMERIC, "Give a number with 1 decimal."),
    (f"{NUMERIC}, unit: '%'", "Give a number with 1 decimal, in %."),
    (f"{NUMERIC}, unit: of 100", "Give a number with 1 decimal, of 100."),
    (NUMERIC.replace("decimals: 1", "decimals: 2") + ", unit: yuan",
     "Give a number with 2 decimals, in yuan."),
    ("ask: x, kind: numeric, answer: 7, tolerance: 1, decimals: 0, why: y, unit: days",
     "Give a whole number, in days."),
    ("ask: How many days are left, kind: numeric, answer: 7, tolerance: 1, decimals: 0, why: y, "
     "unit: days",
     "Give a whole number."),
])  # fmt: skip
def test_a_question_for_a_number_says_how_exact_it_is_wanted(
    tmp_path: Path, entry: str, wanted: str
) -> None:
    entry = entry.replace("tolerance: 0.1", "tolerance: 0.5")
    assert read_quiz(tmp_path, f"- {{{entry}}}").wanted == wanted


@pytest.mark.parametrize(("more", "fractions"), [
    (", unit: '%'", [0.07]),
    (", unit: '% of the pool'", [0.07]),
    (", unit: yuan", []),
    ("", []),
    (", unit: '%', wrong: [{answer: 0.1, why: z}]", []),  # this mistake has its own sentence
])  # fmt: skip
def test_a_fraction_for_per_cent_is_a_usual_mistake(
    tmp_path: Path, more: str, fractions: list[float]
) -> None:
    asked = read_quiz(tmp_path, f"- {{{NUMERIC}{more}}}")
    made = [each for each in asked.wrong if each.why == FRACTION]
    assert [each.value for each in made] == pytest.approx(fractions)
    assert [str(each) for each in made] == ["0.070" for _ in fractions]


GIVEN = (
    "- {ask: 'Is {bad} of {100 - bad}?', kind: numeric, given: {bad: [10, 5, 25], rate: "
    "[0.8, 0.4, 1.5, 0.1]}, model: 'bad * rate', from: netfin.lending, tolerance: 0.1, "
    "decimals: 1, why: '{rate:.2f} makes {answer:.1f}.', wrong: [{model: bad, why: 'Not {bad}.'}]}"
)


def test_numbers_of_a_question_can_be_others(tmp_path: Path) -> None:
    asked = read_quiz(tmp_path, GIVEN)
    assert (asked.ask, asked.answer.why) == ("Is 10 of 90?", "0.80 makes 8.0.")
    assert [(each.value, each.why) for each in asked.wrong] == [(10, "Not 10.")]
    (entry,) = read_entries(tmp_path / "q.yml")
    given = load_given(entry)
    assert given["bad"].values == tuple(range(5, 26))
    assert given["rate"].values == (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
    other = with_numbers(entry, {"bad": 20, "rate": 1.2})
    assert (other.ask, other.answer.why) == ("Is 20 of 80?", "1.20 makes 24.0.")
    assert (other.answer.value, other.wrong[0].value) == (24.0, 20)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("{bad: [10, 5, 25], ", "{Bad: [10, 5, 25], ", "a name must be small letters, is 'Bad'"),
    ("[10, 5, 25]", "[10, 5]", "bad must be number, least, most and perhaps step, is [10, 5]"),
    ("[10, 5, 25]", "10", "bad must be number, least, most and perhaps step, is 10"),
    ("[10, 5, 25]", "[10, 5, x]", "must be a number, is 'x'"),
    ("[10, 5, 25]", "[10, 25, 5]", "bad must go up from least to most in steps"),
    ("[10, 5, 25]", "[10, 5, 25, 0]", "bad must go up from least to most in steps"),
    ("[10, 5, 25]", "[10, 5, 25, 0.0001]", "bad must go up from least to most in steps"),
    ("{bad: [10, 5, 25], rate: [0.8, 0.4, 1.5, 0.1]}", "[bad]", "given must name numbers"),
    ("{100 - bad}", "{100 - good}", "ask: '100 - good' fails: there is no 'good'"),
    ("{100 - bad}", "{len(bad)}", "ask: 'len(bad)' fails: there is no 'len'"),
    ("bad * rate", "bad * late", "netfin.lending defines no 'late'"),
])  # fmt: skip
def test_faulty_numbers_of_a_question_are_named(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GIVEN
    with pytest.raises(ValueError, match=r"q\.yml, question 1: ") as fault:
        read_quiz(tmp_path, GIVEN.replace(old, new))
    assert said in str(fault.value)


def choosing() -> list[Choose]:
    """Return all questions of the book that are answered by choosing."""
    files = sorted((DATA / "quizzes").glob("*.yml"))
    return [each for file in files for each in load_quiz(file) if isinstance(each, Choose)]


def lean(questions: Iterable[Sequence[bool]]) -> float:
    """Return how many standard deviations a place is off the right answers that chance gives it."""
    shares: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for question in questions:
        chance = sum(question) / len(question)
        for place, right in enumerate(question):
            shares[place].append((right - chance, chance * (1 - chance)))
    sums = [tuple(map(sum, zip(*each, strict=True))) for each in shares.values()]
    return max(abs(off) / math.sqrt(spread) for off, spread in sums)


def test_no_place_among_the_choices_tells_the_right_one() -> None:
    assert lean([each.right for each in asked.choices] for asked in choosing()) < 3
    assert lean([(True, False, False, False)] * 12) > 3
    assert lean([(False, True, True, False)] * 12) > 3


def apart(asked: Choose) -> bool:
    """Tell whether the right one of several choices is much shorter or longer than every other."""
    right = [len(each.text) for each in asked.choices if each.right]
    wrong = [len(each.text) for each in asked.choices if not each.right]
    return max(right) < min(wrong) / APART or min(right) > max(wrong) * APART


def test_no_length_tells_the_right_choice(tmp_path: Path) -> None:
    assert [each.ask for each in choosing() if not each.several and apart(each)] == []
    for right in ("It rises.", "It rises, " + "because the rate rises too, " * 3):
        (tmp_path / "q.yml").write_text(
            f"- {{ask: What, kind: single, choices: [{{text: '{right}', why: w, right: true}}, "
            "{text: 'It falls, because fewer pay.', why: w}]}", "utf-8"
        )  # fmt: skip
        (asked,) = load_quiz(tmp_path / "q.yml")
        assert isinstance(asked, Choose)
        assert apart(asked)


def test_choices_are_dealt_by_their_texts_and_not_by_the_file(tmp_path: Path) -> None:
    def texts(ask: str, order: str) -> list[str]:
        choices = ", ".join(f"{{text: {c}, why: w{', right: true' * (c == 'a')}}}" for c in order)
        (tmp_path / "q.yml").write_text(
            f"- {{ask: {ask}, kind: single, choices: [{choices}]}}", "utf-8"
        )
        (asked,) = load_quiz(tmp_path / "q.yml")
        assert isinstance(asked, Choose)
        return [choice.text for choice in asked.choices]

    assert texts("who", "abcd") == texts("who", "dcba") == list("bcda")  # in every build
    assert {texts(f"who {n}", "abcd").index("a") for n in range(20)} == {0, 1, 2, 3}
