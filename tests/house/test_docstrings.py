"""Every public function of the models says what it takes, gives and refuses, as it really does."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from contract import Kind, Sample, refused, samples
from pybtex.database import parse_file

from bookkit.readers.docstrings import read_docstring
from bookkit.readers.models import modules, public
from bookkit.readers.works import Works
from small_book import ROOT

MODELS = [each for module in modules(ROOT / "book", "netfin") for each in public(*module)]
FUNCTIONS = {
    each.name: vars(import_module(each.module))[each.node.name]
    for each in MODELS
    if isinstance(each.node, ast.FunctionDef)
}
SAMPLES = [each for each in samples() if inspect.isfunction(each.function)]
TAKES_OVER = re.compile(r"As `(\w+)`, ")  # and says only what is different


UNIT = re.compile(
    r"\b(units?|yuan|money|years?|months?|weeks?|days?|rates?|shares?|probability|probabilities|chance|number|count|"
    r"pieces|times|points|weights?|odds|loans|AUC|standard deviations?|folds?|samples|sales|firms|"
    r"log|power of 2|from −?\d|from the|above \d|\d or more|\d+ to|[10] or [10]|[10] for|"
    r"as (in|from|for) `)",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"\b(float|int|ndarray|array_like)\b(?! of bool)")
UNITLESS = {"netfin.arrays", "netfin.checks", "netfin.terms"}  # of whatever they are given
SOURCELESS = UNITLESS | {"netfin.data", "netfin.facts"}  # without economics
WORKS = Works(parse_file(str(ROOT / "data" / "references.bib")).entries)
HEADLESS = "a work, Definition, Arithmetic or Ours at the head of its Source"
NO_WORK = re.compile(r"(Definition|Arithmetic|Ours)[.:,]")
DATED = re.compile(r"\b(?!(?:January|February|March|April|May|June|July|August|September|October|"
                   r"November|December) )[A-Z][\w’'-]+,? \(?(?:1[89]|20)\d\d\b")  # fmt: skip


def without_unit(function: Callable[..., Any]) -> list[str]:
    """List the numbers of which a docstring gives neither unit nor range."""
    said = read_docstring(inspect.getdoc(function) or "")
    found = [("what it returns", each) for each in said.returns]
    found += [(", ".join(each.names), each) for each in said.parameters]
    return [
        f"unit or range of {name}"
        for name, each in found
        if NUMBERS.search(each.kind) and not UNIT.search(each.text)
    ]


def lacks(function: Callable[..., Any]) -> list[str]:
    """List what the docstring of a function lacks, each by the name of the part."""
    said = read_docstring(inspect.getdoc(function) or "")
    found = [] if said.sentence.endswith((".", ":")) else ["a sentence"]
    for each in said.parameters:
        found += [] if each.kind and each.text else [f"kind and meaning of {', '.join(each.names)}"]
    signature = inspect.signature(function)
    known = {name.lstrip("*") for each in said.parameters for name in each.names}
    unknown = sorted(known - set(signature.parameters))
    found += [f"a parameter {name} in the function" for name in unknown]
    if TAKES_OVER.match(said.sentence):
        return found
    found += [f"parameter {name}" for name in signature.parameters if name not in known]
    returned = [each for each in said.returns if each.kind and each.text]
    gives = signature.return_annotation not in (None, "None")
    if gives != bool(returned) or len(returned) < len(said.returns):
        found.append("what it returns" if gives else "silence on what it does not return")
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes_and_gives(name: str) -> None:
    found = lacks(FUNCTIONS[name])
    if FUNCTIONS[name].__module__ not in UNITLESS:
        found += without_unit(FUNCTIONS[name])
    assert found == [], f"the docstring of {name} lacks {'; '.join(found)}"


def unsourced(function: Callable[..., Any]) -> list[str]:
    """Say what is wrong with a docstring's source: a work first, or what it is instead of one."""
    source = read_docstring(inspect.getdoc(function) or "").source
    if not source:
        return ["a section Source"]
    begins = NO_WORK.match(source) or next(WORKS.parts(source)) == ("", None)
    return [] if begins else [HEADLESS]


@pytest.mark.parametrize("name", [name for name, each in FUNCTIONS.items()
                                  if each.__module__ not in SOURCELESS])  # fmt: skip
def test_a_function_says_whose_it_is(name: str) -> None:
    found = unsourced(FUNCTIONS[name])
    assert found == [], f"the docstring of {name} lacks {found[0]}"


def test_every_function_named_as_a_source_is_there() -> None:
    names = {part for each in MODELS for part in (each.name, each.module, each.node.name)}
    named = {
        (name, found)
        for name, function in FUNCTIONS.items()
        for found in re.findall(r"`([^`]+)`", read_docstring(inspect.getdoc(function) or "").source)
    }
    assert {each for each in named if each[1] not in names} == set()


def unlisted(text: str) -> list[str]:
    """List the works that a text names and the bibliography does not hold, or holds twice."""
    rest = " | ".join(part for part, key in WORKS.parts(text) if key is None)
    return DATED.findall(rest)


@pytest.mark.parametrize("file", sorted((ROOT / "book" / "netfin").rglob("*.py")),
                         ids=lambda file: file.relative_to(ROOT / "book").as_posix())  # fmt: skip
def test_every_work_named_is_in_the_bibliography(file: Path) -> None:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = (each for each in ast.walk(ast.parse(file.read_text("utf-8"))))
    said = [ast.get_docstring(each) or "" for each in nodes if isinstance(each, documented)]
    assert [work for text in said for work in unlisted(text)] == []


@pytest.mark.parametrize(("text", "found"), [
    ("Stiglitz & Weiss (1981), and de\nMeza & Webb (1987).", []),
    ("A crowd (Arrow, Harris & Marschak 1951) in July 2018.", []),
    ("Stiglitz & Weiss (1982).", ["Weiss (1982"]),
    ("Harris & Marschak (1951).", ["Marschak (1951"]),  # and not all the authors
    ("As in Nobody 1999.", ["Nobody 1999"]),
    ("Mollick (2015).", ["Mollick (2015"]),  # of which there are two
])  # fmt: skip
def test_a_work_that_is_not_listed_is_named(text: str, found: list[str]) -> None:
    assert unlisted(text) == found


def test_who_takes_over_a_docstring_names_a_function_beside_it() -> None:
    for name, function in FUNCTIONS.items():
        if found := TAKES_OVER.match(inspect.getdoc(function) or ""):
            other = FUNCTIONS[f"{function.__module__}.{found[1]}"]
            assert lacks(other) == [], name


def refusals(sample: Sample) -> set[str]:
    """Return the kinds of errors with which a function refuses what makes no sense."""
    found = set()
    for parameter, kind in sample.kinds.items():
        for value in refused(sample, parameter) if kind is not Kind.OTHER else ():
            try:
                sample.call(**{parameter: value})
            except (ValueError, TypeError) as error:
                found |= {each.__name__ for each in type(error).__mro__}
    return found & {"ValueError", "TypeError"}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_function_says_how_it_refuses(sample: Sample) -> None:
    said = read_docstring(inspect.getdoc(sample.function) or "")
    named = {each.kind.replace("DataError", "ValueError") for each in said.raises if each.text}
    assert refusals(sample) <= named, f"the docstring of {sample.name} lacks what it raises"


def sound(rate, years=1.0):  # type: ignore[no-untyped-def]
    """Compute a sum.

    Parameters
    ----------
    rate, years : float or ndarray
        A year, and years.

    Returns
    -------
    float or ndarray
        Yuan.
    """


@pytest.mark.parametrize(("old", "new", "said"), [
    ("Compute a sum.", "Compute a sum", "a sentence"),
    ("rate, years :", "rate :", "parameter years"),
    ("rate, years :", "rate, years, days :", "a parameter days in the function"),
    (" : float or ndarray", "", "kind and meaning of rate, years"),
    ("    A year, and years.\n", "", "kind and meaning of rate, years"),
    ("    Yuan.", "", "what it returns"),
    ("Returns\n-------\nfloat or ndarray\n    Yuan.", "", "what it returns"),
])  # fmt: skip
def test_a_lack_is_named(monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str) -> None:
    text = inspect.getdoc(sound) or ""
    assert lacks(sound) == []
    assert old in text
    monkeypatch.setattr(sound, "__doc__", text.replace(old, new))
    assert lacks(sound) == [said]


def test_a_number_without_unit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert without_unit(sound) == []
    text = (inspect.getdoc(sound) or "").replace("Yuan.", "The sum.").replace("A year, and", "Both")
    monkeypatch.setattr(sound, "__doc__", text.replace("years.", "of them."))
    assert without_unit(sound) == [
        "unit or range of what it returns",
        "unit or range of rate, years",
    ]


@pytest.mark.parametrize(("source", "said"), [
    ("Arithmetic.", []),
    ("Ours: a toy.", []),
    ("Stiglitz & Weiss (1981).", []),
    ("", ["a section Source"]),
    ("As Stiglitz & Weiss (1981).", [HEADLESS]),
    ("Ourselves.", [HEADLESS]),
])  # fmt: skip
def test_a_lack_of_a_source_is_named(
    monkeypatch: pytest.MonkeyPatch, source: str, said: list[str]
) -> None:
    text = inspect.getdoc(sound) or ""
    monkeypatch.setattr(sound, "__doc__", f"{text}\n\nSource\n------\n{source}\n")
    assert unsourced(sound) == said


def test_an_unknown_heading_is_refused() -> None:
    with pytest.raises(ValueError, match=r"headings are Parameters, .*, not Example"):
        read_docstring("Say.\n\nExample\n-------\nx\n")
