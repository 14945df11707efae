"""Terms of the glossary are found in a text where they are used first, and nowhere by accident."""

from __future__ import annotations

import pytest

from bookkit.readers.terms import Terms, plural
from bookkit.readers.words import read_glossary
from netfin.data import DATA

TERMS = Terms(["capital", "capital ratio", "default", "AUC", "fire sale", "winner's curse"])


def found(text: str, used: set[str] | None = None) -> list[tuple[str, str]]:
    parts = list(TERMS.parts(text, set() if used is None else used))
    assert "".join(words for words, _ in parts) == text
    return [(words, term) for words, term in parts if term]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Capital, then capital once more.", ["Capital"]),
        ("a capital ratio, and the capital", ["capital ratio", "capital"]),
        ("capital ratios", ["capital ratios"]),
        ("A bank’s default, the AUC", ["default", "AUC"]),
        (
            "auc, capitals of countries, capitalism, defaulted, non-default, capital-free",
            ["capitals"],
        ),
        ("the winner's curse in a fire sale", ["winner's curse", "fire sale"]),
        ("the winner’s curse", ["winner’s curse"]),
        ("no word of it", []),
    ],
)
def test_a_first_use_is_found_longest_first(text: str, words: list[str]) -> None:
    assert [each for each, _ in found(text)] == words


def test_a_longer_term_used_again_is_not_the_shorter_one() -> None:
    used: set[str] = set()
    assert found("the capital ratio", used) == [("capital ratio", "capital ratio")]
    assert found("the capital ratio", used) == []
    assert found("its capital", used) == [("capital", "capital")]


@pytest.mark.parametrize(
    ("one", "several"),
    [("loan", "loans"), ("security", "securities"), ("loss", "losses"), ("pay day", "pay days")],
)
def test_plurals_are_simple(one: str, several: str) -> None:
    assert plural(one) == several


def test_no_form_of_a_term_is_another_term() -> None:
    names = [row["English"] for row in read_glossary(DATA / "glossary.csv")]
    assert [each for each in names if plural(each) in names] == []
