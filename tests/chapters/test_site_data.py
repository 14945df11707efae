"""Claims, quizzes, glossary and notation: the book's files hold, and faults are named."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import netfin
from claims_data import load_claims
from netfin import facts
from netfin.terms import Terms, parameters
from quiz_data import load_quiz
from wordlists import read_glossary, read_notation

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


def test_a_verdict_stands_where_its_chapter_does() -> None:
    claims = load_claims(DATA / "claims.yml").by_id.values()
    ruled = {claim.chapter for claim in claims if claim.verdict}
    assert ruled
    assert [slug for slug in ruled if not (ROOT / "book" / f"{slug}.md").is_file()] == []


@pytest.mark.parametrize("file", sorted((DATA / "quizzes").glob("*.yml")), ids=lambda f: f.stem)
def test_a_quiz_is_sound(file: Path) -> None:
    assert len(load_quiz(file)) >= 6


def all_terms() -> list[type[Terms]]:
    """Find the parameter classes of all models."""
    for each in pkgutil.iter_modules(netfin.__path__):
        importlib.import_module(f"netfin.{each.name}")
    return Terms.__subclasses__()


@pytest.mark.parametrize("terms", all_terms())
def test_the_models_use_the_notation(terms: type) -> None:
    listed = {(r["symbol"], r["name"], r["unit"]) for r in read_notation(DATA / "notation.csv")}
    used = {(about.symbol, name, about.unit) for name, about in parameters(terms).items()}
    assert used - listed == set()


def test_facts_that_defaults_lean_on_exist_and_may_be_printed() -> None:
    known = facts.load()
    every = [about for terms in all_terms() for about in parameters(terms).values()]
    named = {about.fact for about in every if about.fact}
    assert "INT-26" in named
    assert named - known.keys() == set()
    assert [name for name in named if known[name].status is facts.Status.RECALLED] == []


def test_a_repeated_term_is_named(tmp_path: Path) -> None:
    assert len(read_glossary(DATA / "glossary.csv")) >= 30
    (tmp_path / "g.csv").write_text("English,Chinese,Definition\na,甲,x\na,乙,y\n", "utf-8")
    with pytest.raises(ValueError, match=r"g\.csv: English a stands twice"):
        read_glossary(tmp_path / "g.csv")


def test_a_wrong_choice_needs_its_reason(tmp_path: Path) -> None:
    choices = "[{text: a, why: b, right: true}, {text: c}]"
    (tmp_path / "q.yml").write_text(f"- {{ask: x, kind: single, choices: {choices}}}", "utf-8")
    with pytest.raises(ValueError, match=r"q\.yml, question 1: why is missing"):
        load_quiz(tmp_path / "q.yml")
