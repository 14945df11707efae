"""What every chapter must have in its source. A check yields what is wrong and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from chapter import Chapter, Part

from bookkit.readers.quizzes import Numeric, load_quiz, read_entries
from bookkit.readers.verdicts import lacking
from rooms import files_of, to_write

Faults = Iterator[str]
HEADINGS = (
    "The evidence",
    "Go deeper",
    "Verdict",
    "Check yourself",
    "Takeaways",
    "Exercises",
    "Parameters",
    "Further reading",
)
OUTCOMES = "What you will be able to do."
VERBS = range(3, 6)
QUESTIONS = 8
EXERCISES = 5
CITATIONS = 5
WORDS = range(2000, 3801)
NOT_COUNTED = ("Check yourself", "Exercises", "Parameters")
CELL = 20  # lines
CORE = 2  # explorers of the core path, before the reader may go deeper
SENTENCE = 6  # words, the least that say something
FIRM = ("The evidence", "Verdict")  # sections in which no number is typed

_NAMED = "chapter|section|figure|table|equation|exercise|appendix|part|page|article|grade|basel"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# Digits that are no finding: years, days, places in a text, names such as P2P or M2.
_FREE = re.compile(
    rf"\b(?:1[5-9]|20)\d\d(?:[–/-]\d\d(?:\d\d)?)?s?\b"
    rf"|\b(?:\d{{1,2}} (?:to|and) )?\d{{1,2}} (?={_MONTH})"
    rf"|\b(?:{_NAMED})s? \d+(?:(?:, | and |–)\d+)*"
    rf"|\b(?!RMB|CNY|USD|EUR)[A-Z][A-Za-z]*-?\d\w*(?:-\d+)?",
    re.IGNORECASE,
)


def opening(chapter: Chapter) -> Faults:
    """Hold the opening to question, outcomes and core path."""
    above = [part for part in chapter.parts if not part.section]
    if not any(part.kind == "div" and part.text == "question" and part.body for part in above):
        yield chapter.fault(None, "open with the question, in :::{div} question")
    prose = [part for part in above if part.kind == "prose"]
    paths = [len(part.text.split()) for part in above if part.kind == "core-path"]
    if paths != [CORE]:
        yield chapter.fault(None, f"place {{core-path}} once in the opening, with {CORE} explorers")
    outcomes = [part for part in prose if part.text.startswith(f"**{OUTCOMES}**")]
    if not outcomes:
        yield chapter.fault(None, f"the opening needs a paragraph that begins **{OUTCOMES}**")
    for part in outcomes:
        verbs = len(re.findall(r"[.*] +\*[A-Z][a-z]+\*", part.text))
        if verbs not in VERBS:
            yield chapter.fault(part, f"{verbs} outcomes begin with a verb, as in *Compute*; "
                                      f"give {VERBS[0]} to {VERBS[-1]}")  # fmt: skip


def headings(chapter: Chapter) -> Faults:
    """Hold the chapter to the sections that each one has."""
    for wanted in HEADINGS:
        if not any(heading.startswith(wanted) for heading in chapter.headings):
            yield chapter.fault(None, f"needs a section whose heading begins “{wanted}”")
    last = [each for each in chapter.headings if each in ("Check yourself", "Takeaways")]
    if last[:1] == ["Takeaways"]:
        yield chapter.fault(None, "put “Takeaways” behind “Check yourself”, which it answers")


def deeper(chapter: Chapter) -> Faults:
    """Hold the parts off the core path to their place."""
    below = [part for part in chapter.of("h2") if part.text.startswith("Go deeper")]
    if not below:
        return
    shown = [part for part in figures(chapter) if part.line < below[0].line]
    if len(shown) < CORE:
        yield chapter.fault(below[0], f"{len(shown)} figures stand before it; the core path, "
                                      f"above it, needs {CORE}")  # fmt: skip
    if any(part.text == "Verdict" and part.line < below[-1].line for part in chapter.of("h2")):
        yield chapter.fault(below[-1], "put it before the section “Verdict”")


def claims(chapter: Chapter) -> Faults:
    """Hold the chapter to its own claims, and their verdicts to the one file."""
    own = {claim.id for claim in chapter.claims}
    for kind, section in (("claim", ""), ("verdict", "Verdict")):
        placed = [part for part in chapter.of(kind) if part.section == section]
        found = [name for part in placed for name in part.text.split()]
        where = f"in the section “{section}”" if section else "in the opening"
        if sorted(found) != sorted(own):
            yield chapter.fault(None, f"place {{{kind}}} {where} for each of {_names(own)} "
                                      f"once; it is there for {_names(found)}")  # fmt: skip
    for claim in chapter.claims:
        if claim.verdict is None:
            yield f"data/claims.yml, {claim.id}: add its verdict; its chapter stands"
            continue
        for key, text in claim.verdict.sentences():
            if _typed(text):
                yield f"data/claims.yml, {claim.id}: say {key} without digits"


def turning(chapter: Chapter) -> Faults:
    """Print where the headline statements turn, beside the verdict, wherever there are some."""
    package = chapter.root / "book" / "netfin" / chapter.slug.replace("-", "_")
    wanted = [chapter.slug] if (package / "statements.py").is_file() else []
    placed = [part for part in chapter.of("where-it-turns") if part.section == "Verdict"]
    if [part.text for part in placed] != wanted:
        yield chapter.fault(None, f"place {{where-it-turns}} {chapter.slug} once, in the section "
                                  "“Verdict”, if netfin has its statements.py")  # fmt: skip


def own_verdicts(chapter: Chapter) -> Faults:
    """Ask for the reader's own verdicts above those of the book."""
    below = [part for part in chapter.parts if part.section == "Verdict" and part.kind != "h2"]
    kinds = [part.kind for part in below]
    if kinds.count("your-verdicts") != 1 or kinds[0] != "your-verdicts":
        yield chapter.fault(None, "place {your-verdicts} once, right under the heading “Verdict”")


def weighed(chapter: Chapter) -> Faults:
    """Hold each verdict to the paragraphs that say when it is right, and what speaks for it."""
    for part in chapter.of("verdict"):
        if fault := lacking(part.body):
            yield chapter.fault(part, f"{part.text}: {fault}")


def no_other_verdict(chapter: Chapter) -> Faults:
    """Find verdicts written by hand."""
    for part in chapter.parts:
        if re.search(r"[.\"' ]verdict-(?!lab)[a-z]|\{badge\}", part.text + part.body):
            yield chapter.fault(part, "the verdict stands in data/claims.yml; take the badge away "
                                      "and place {verdict}")  # fmt: skip


def quiz(chapter: Chapter) -> Faults:
    """Hold “Check yourself” to a quiz, and its right numbers to the models."""
    placed = [part for part in chapter.under("Check yourself") if part.kind == "quiz"]
    if [part.text for part in placed] != [chapter.slug]:
        yield chapter.fault(None, f"place {{quiz}} {chapter.slug} once, under “Check yourself”")
    name = f"data/quizzes/{chapter.quiz.name}"
    if not chapter.quiz.is_file():
        yield f"{name}: is missing; write {QUESTIONS} questions"
        return
    asked = load_quiz(chapter.quiz)
    if len(asked) < QUESTIONS:
        yield f"{name}: has {len(asked)} questions; ask {QUESTIONS}"
    for number, entry in enumerate(read_entries(chapter.quiz), start=1):
        if isinstance(asked[number - 1], Numeric) and "model" not in entry:
            yield f"{name}, question {number}: compute the answer by model:, do not type it"


def exercises(chapter: Chapter) -> Faults:
    """Hold the exercises to their number, order and folded solutions."""
    solved: dict[int, list[str]] = {}
    told = [part for part in chapter.under("Exercises") if part.kind in ("prose", "dropdown")]
    for part in told:
        if begins := re.match(r"\*\*(\d+)\.", part.text):
            solved[int(begins[1])] = [part.text]
        elif part.kind == "dropdown" and solved:
            solved[max(solved)].append(part.text)
    if len(solved) < EXERCISES or list(solved) != list(range(1, len(solved) + 1)):
        yield chapter.fault(None, f"set {EXERCISES} exercises or more, from 1 on, begun "
                                  f"like **1. Warm-up.**; found {_names(solved)}")  # fmt: skip
    for number, (text, *folded) in solved.items():
        if not {"Solution", "A worked case"} & set(folded) and "Open project" not in text:
            yield chapter.fault(None, f"exercise {number} needs its solution folded, in "
                                      "::::{dropdown} Solution (or A worked case)")  # fmt: skip


def back_matter(chapter: Chapter) -> Faults:
    """Hold the last sections to what they are for."""
    if not any(part.kind == "parameters" for part in chapter.under("Parameters")):
        yield chapter.fault(None, "place {parameters} in the section “Parameters”")
    if not any(part.roles("cite") for part in chapter.under("Further reading")):
        yield chapter.fault(None, "cite in the section “Further reading” what is worth reading")


def citations(chapter: Chapter) -> Faults:
    """Count the works that the chapter cites."""
    works = {
        key.strip()
        for part in chapter.parts
        for given in part.roles("cite")
        for key in given.split(",")
    }
    if len(works) < CITATIONS:
        yield chapter.fault(None, f"cites {_names(works)}; cite {CITATIONS} works or more")


def length(chapter: Chapter) -> Faults:
    """Count the words of the argument; what an equation's letters stand for is none of it."""
    letters = {
        part.line + k
        for part in chapter.of("div")
        for k in range(part.body.count("\n") + 2)
        if part.text == "symbols"
    }
    counted = 0
    for part in chapter.of("prose"):
        if not part.section.startswith(NOT_COUNTED) and part.line not in letters:
            others = [each for each in part.inline if each.type in ("myst_role", "math_inline")]
            counted += len(part.plain.split()) + len(others)
    if counted not in WORDS:
        told = f"has {counted:,} words without exercises, quiz, parameters and letters"
        yield chapter.fault(None, f"{told}; write {WORDS[0]:,} to {WORDS[-1]:,}")


def figures(chapter: Chapter) -> list[Part]:
    """List the cells and directives that show a figure."""
    cells = [part for part in chapter.of("code-cell") if _figure(part)]
    return sorted(cells + chapter.of("figure"), key=lambda part: part.line)


def _figure(part: Part) -> dict[str, str]:
    """Return label and caption of a figure, wherever its directive keeps them."""
    if part.kind == "figure":
        caption = " ".join(part.body.split())
        return {"name": str(part.options.get("name", "")), "caption": caption}
    made: dict[str, str] = (part.options.get("mystnb") or {}).get("figure") or {}
    return made


def labelled(chapter: Chapter) -> Faults:
    """Hold each figure to a label and a caption, and the text to speaking of it."""
    text = (chapter.root / "book" / f"{chapter.slug}.md").read_text("utf-8")
    for part in figures(chapter):
        figure = _figure(part)
        name, caption = figure.get("name", ""), figure.get("caption", "")
        if not name.startswith("fig-"):
            yield chapter.fault(part, f"name the figure fig-…, not {name!r}")
        if len(caption.split()) < SENTENCE or not caption.endswith("."):
            yield chapter.fault(part, f"{name}: the caption must say in a sentence what is shown, "
                                      f"is {caption!r}")  # fmt: skip
        if f"`{name}`" not in text and f"(#{name})" not in text and not _spoken_of(chapter, part):
            yield chapter.fault(part, f"{name}: refer to it by {{numref}}, or let text follow it")


def _spoken_of(chapter: Chapter, part: Part) -> bool:
    """Tell whether a paragraph is the next thing that the reader sees."""
    after = chapter.parts[chapter.parts.index(part) + 1 :]
    hidden = list(takewhile(lambda each: "remove-cell" in each.options.get("tags", []), after))
    return len(after) > len(hidden) and after[len(hidden)].kind == "prose"


def alternatives(chapter: Chapter) -> Faults:
    """Hold pictures that are files to a text alternative."""
    told = [(part, str(part.options.get("alt", ""))) for part in chapter.of("figure", "image")]
    told += [
        (part, each.content)
        for part in chapter.parts
        for each in part.inline
        if each.type == "image"
    ]
    for part, alt in told:
        if len(alt.split()) < SENTENCE:
            yield chapter.fault(part, f"the text alternative {alt!r} must say in a sentence what "
                                      "is seen")  # fmt: skip


def cells(chapter: Chapter) -> Faults:
    """Hold cells to a length that is read; where none reads, imports and `say` do not count."""
    for part in chapter.of("code-cell"):
        hidden = "remove-cell" in part.options.get("tags", [])
        lines = _working(part.body) if hidden else len(part.body.strip().splitlines())
        if lines > CELL:
            yield chapter.fault(part, f"the cell has {lines} lines; {CELL} are the most, so split "
                                      "it or move a function to netfin")  # fmt: skip


def _working(code: str) -> int:
    """Count the lines of code other than imports and what is handed to the prose."""
    lines = 0
    for node in ast.parse(code).body:
        told = ast.unparse(node).startswith("say(")
        if not (told or isinstance(node, ast.Import | ast.ImportFrom)):
            lines += (node.end_lineno or node.lineno) - node.lineno + 1
    return lines


def typed_numbers(chapter: Chapter) -> Faults:
    """Find numbers that could go stale where the reader relies on them."""
    for part in (part for start in FIRM for part in chapter.under(start)):
        formulas = [each.content for each in part.inline if each.type == "math_inline"]
        formulas += [part.text] if part.kind == "math" else []
        numbers = [number for each in formulas for number in re.findall(r"\d+\.\d+|\d\d+", each)]
        for text in (part.plain, str(_figure(part).get("caption", ""))):
            numbers += _typed(text)
        if numbers:
            yield chapter.fault(part, f"{', '.join(numbers)} typed by hand; print it by {{fact}}, "
                                      "{glue:text} or code")  # fmt: skip


def _typed(text: str) -> list[str]:
    """Find the numbers in a text that are findings."""
    return re.findall(r"\d(?:[\d,.]*\d)?", _FREE.sub("", text))


def written(chapter: Chapter) -> Faults:
    """Find what the templates left to the author."""
    for file in files_of(chapter.root, chapter.slug):
        yield from (f"{each}: write it" for each in to_write(chapter.root, file))


def _names(names: object) -> str:
    return ", ".join(map(str, sorted(names))) or "none"  # type: ignore[call-overload]


CHECKS: tuple[Callable[[Chapter], Faults], ...] = (
    opening, headings, deeper, claims, turning, own_verdicts, weighed, no_other_verdict, quiz,
    exercises, back_matter, citations, length, labelled, alternatives, cells, typed_numbers,
    written,
)  # fmt: skip
