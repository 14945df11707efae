"""Claims, glossary and notation: the book's files hold, and every fault is named."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from chapter import drafts, standing
from test_quizzes import SINGLE

import netfin
from bookkit.page.html_tag import tag
from bookkit.readers.claims import Claims, load_claims
from bookkit.readers.verdicts import DIRECTIONS, EVIDENCE, KEYS
from bookkit.readers.words import read_glossary, read_notation
from netfin import facts
from netfin.lending import LendingTerms
from netfin.terms import Terms, parameters

Build = Callable[[str], subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
BOOK = load_claims(DATA / "claims.yml")


def test_a_verdict_stands_where_its_chapter_does() -> None:
    ruled = {claim.chapter for claim in BOOK.by_id.values() if claim.verdict} - set(drafts())
    assert ruled == {claim.chapter for claim in BOOK.by_id.values()} & set(standing())


def test_a_chapter_lists_its_claims_in_order() -> None:
    ids = [claim.id for claim in BOOK.of_chapter("spread")]
    assert ids == sorted(ids)
    assert {"C3-01", "C3-02"} <= set(ids)
    assert BOOK.find("C3-01").chapter == "spread"


def below(terms: type[Terms]) -> list[type[Terms]]:
    """List the classes made of a class, and those made of them."""
    made = terms.__subclasses__()
    return [*made, *(deeper for each in made for deeper in below(each))]


def all_terms() -> list[type[Terms]]:
    """Find the parameter classes of all models, in whatever package and of whatever parent."""
    for each in pkgutil.walk_packages(netfin.__path__, "netfin."):
        importlib.import_module(each.name)
    return [each for each in below(Terms) if each.__module__.startswith("netfin.")]


def test_parameter_classes_of_parameter_classes_are_found() -> None:
    child = type("Child", (LendingTerms,), {})
    assert {LendingTerms, child} <= set(below(Terms))
    assert set(all_terms()) > {LendingTerms}
    assert child not in all_terms()


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


CLAIM = {
    "id": "C1-01",
    "section": "1",
    "claim": "Shops lend.",
    "zh": "放贷",
    "zh_in_english": "lending",
    "chapter": "a",
    "direction": "holds-if",
    "evidence": "thin",
    "ruling": "If they sell.",
    "condition": "Sales exceed loans.",
    "met": "unknown",
    "parts": "{what: They lend., why: They can.}",
    "bears": "why",
}
CHAPTERS = """parts:
- title: A part
  chapters:
  - {slug: a, title: A chapter, question: "Why?"}
"""


def read_claims(folder: Path, text: str) -> Claims:
    (folder / "chapters.yml").write_text(CHAPTERS, "utf-8")
    (folder / "claims.yml").write_text(text, "utf-8")
    return load_claims(folder / "claims.yml")


def claims_of(*claims: dict[str, str]) -> str:
    rows = [
        f"- {{{', '.join(f'{key}: {value}' for key, value in each.items())}}}" for each in claims
    ]
    return "\n".join(["claims:", *rows])


def test_a_sound_claim_is_read(tmp_path: Path) -> None:
    claims = read_claims(tmp_path, claims_of(CLAIM))
    verdict = claims.find("C1-01").verdict
    assert verdict is not None
    assert (verdict.direction, verdict.evidence, verdict.met) == ("holds-if", "thin", "unknown")
    assert verdict.parts[verdict.bears] == "They can."
    assert claims.chapters["a"] == "A chapter"
    assert claims.of_chapter("b") == []
    with pytest.raises(ValueError, match=r"no claim 'C9-99'; data/claims.yml has C1-01 to C1-01"):
        claims.find("C9-99")


def test_a_term_of_a_claim_means_what_the_glossary_says() -> None:
    known = {row["Chinese"]: row["English"] for row in read_glossary(DATA / "glossary.csv")}
    shared = [each for each in load_claims(DATA / "claims.yml").by_id.values() if each.zh in known]
    assert shared
    assert [(each.zh, each.zh_in_english) for each in shared] == [
        (each.zh, known[each.zh]) for each in shared
    ]


def test_where_there_are_no_claims_none_is_found(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has none"):
        read_claims(tmp_path, "claims: []").find("C1-01")


@pytest.mark.parametrize(("key", "value", "said"), [
    ("id", "C7-01", "id must be C, the section, - and two digits, but is 'C7-01'"),
    ("id", "C2-01", "id must be C, the section"),
    ("id", "3", "a claim without id: id must be text, in quotation marks, is 3"),
    ("section", "one", "C1-01: section must be a whole number, is 'one'"),
    ("claim", "shops lend", "C1-01: claim must be a sentence, but is 'shops lend'"),
    ("claim", "5", "C1-01: claim must be text, in quotation marks, is 5"),
    ("zh", "loan", "C1-01: zh must be 2 to 8 Chinese characters, is 'loan'"),
    ("chapter", "b", "C1-01: chapter must be one of a, is 'b'"),
    ("direction", "true", "C1-01: direction must be text, in quotation marks, is True"),
    ("direction", "maybe", "direction must be one of holds, holds-if, too-strong, fails"),
    ("direction", None, "C1-01: direction is missing"),
    ("evidence", "poor", "evidence must be one of strong, fair, thin, model-only, is 'poor'"),
    ("evidence", None, "C1-01: evidence is missing"),
    ("ruling", "if so", "ruling must be a sentence, is 'if so'"),
    ("ruling", None, "C1-01: ruling is missing"),
    ("condition", None, "condition and met come together or not at all"),
    ("condition", "more", "condition must be a sentence, is 'more'"),
    ("met", None, "condition and met come together"),
    ("met", "partly", "met must be one of met, not-met, unknown, is 'partly'"),
    ("met", "met", "with met: met direction is holds, not holds-if"),
    ("met", "not-met", "with met: not-met direction is too-strong or fails, not holds-if"),
    ("direction", "holds", "with met: unknown direction is holds-if or too-strong or cannot"),
    ("parts", "{where: There.}", "parts are who, what, how much, why, not where"),
    ("parts", "{what: lent, why: So.}", "parts, what must be a sentence, is 'lent'"),
    ("parts", "{what: 5, why: So.}", "what must be text, in quotation marks, is 5"),
    ("parts", "they lend", "parts must give a line for each part, is 'they lend'"),
    ("parts", None, "C1-01: parts is missing"),
    ("bears", "who", "bears must be one of what, why, is 'who'"),
    ("bears", None, "C1-01: bears is missing"),
    ("zh", None, "C1-01: zh is missing"),
    ("zh_in_english", None, "C1-01: zh_in_english is missing"),
    ("zh_in_english", "放贷", "C1-01: zh_in_english must be in Latin letters, is '放贷'"),
    ("id", None, "a claim without id: id is missing"),
    ("colour", "red", "C1-01: unknown key colour"),
])  # fmt: skip
def test_a_faulty_claim_is_named(tmp_path: Path, key: str, value: str | None, said: str) -> None:
    claim = {k: v for k, v in (CLAIM | {key: value}).items() if v is not None}
    with pytest.raises(ValueError, match=re.escape("claims.yml: ")) as fault:
        read_claims(tmp_path, claims_of(claim))
    assert said in str(fault.value)


def test_holds_if_needs_its_condition(tmp_path: Path) -> None:
    bare = {key: value for key, value in CLAIM.items() if key not in ("condition", "met")}
    with pytest.raises(ValueError, match="holds-if needs a condition, and met: unknown"):
        read_claims(tmp_path, claims_of(bare))


@pytest.mark.parametrize(("text", "said"), [
    (claims_of(CLAIM, CLAIM), "id C1-01 stands twice"),
    ("claim: {}", "claims is missing"),
    ("", "needs the keys claims, is None"),
    ("claims: 5", "claims must be a list, is 5"),
    ("claims: [C1-01]", "a claim without id: needs the keys chapter, claim, id, section, zh, "),
    ("claims: [{", "while parsing"),
])  # fmt: skip
def test_a_faulty_file_of_claims_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape("claims.yml: ")) as fault:
        read_claims(tmp_path, text)
    assert said in str(fault.value)


HEAD = "English,Chinese,Definition"
NOTED = "symbol,latex,meaning,unit,name"


def test_the_lists_are_read(tmp_path: Path) -> None:
    assert len(read_glossary(DATA / "glossary.csv")) >= 30
    (tmp_path / "n.csv").write_text(f"{NOTED}\nf,f,funding rate,a year,funding_rate\n", "utf-8")
    assert [row["symbol"] for row in read_notation(tmp_path / "n.csv")] == ["f"]


@pytest.mark.parametrize(("read", "text", "said"), [
    (read_glossary, f"{HEAD}\na,甲,x\na,乙,y\n", "English a stands twice"),
    (read_glossary, f"{HEAD}\na,甲,x\nb,甲,y\n", "Chinese 甲 stands twice"),
    (read_glossary, "English,Definition\na,x\n", "columns must be English, Chinese, Definition"),
    (read_glossary, "", "columns must be"),
    (read_glossary, f"{HEAD}\na,甲\n", "line 2: needs 3 filled cells"),
    (read_glossary, f"{HEAD}\na,甲,x\nb, ,y\n", "line 3: needs 3 filled cells"),
    (read_glossary, f"{HEAD}\na,甲,x,z\n", "line 2: needs 3 filled cells"),
    (read_glossary, f"{HEAD}\na ,甲,x\n", "line 2: 'a ' begins or ends with a space"),
    (read_notation, f"{NOTED}\nf,f,m,u,n\nf,g,o,u,n\n", "symbol f stands twice"),
    (read_notation, f"{NOTED}\nf,f,m,u,n\ng,f,o,u,n\n", "latex f stands twice"),
    (read_notation, f"{NOTED}\nf,f,m,u,n\ng,g,m,u,n\n", "meaning m stands twice"),
    (read_notation, f"{NOTED}\nf,|f|,m,u,n\n", "line 2: '|f|' holds |, which ends a cell"),
])  # fmt: skip
def test_a_faulty_list_is_named_with_its_line(
    tmp_path: Path, read: Callable[[Path], object], text: str, said: str
) -> None:
    (tmp_path / "l.csv").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"l\.csv") as fault:
        read(tmp_path / "l.csv")
    assert said in str(fault.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"g\.csv is missing from data/"):
        read_glossary(tmp_path / "g.csv")


def test_an_element_s_attributes_are_named_as_html_names_them() -> None:
    made = tag("form", class_="quiz", data_kind="single", from_=3)
    assert made["attributes"] == {"class": "quiz", "data-kind": "single", "from": "3"}


VERDICT = """```{verdict} C1-01
*Right when* they sell.

*Wrong when* they do not.

*For it:* a study.

*Against it:* nothing.

*What would change it:* a list.
```"""
REFUSED = {
    "{claim} C9-99": "claim: there is no claim 'C9-99'",
    "{claim} C1-01 C1-02": "claim C1-02 belongs to the chapter 'other'",
    "{verdict} C1-02": "claim C1-02 belongs to the chapter 'other'",
    "{verdict} C1-01": "claim C1-01 has no verdict in data/claims.yml",
    "{note}\n{badge}`fine`": "badge: must be one of holds, holds-if",
    "{quiz} nothing": "quiz: nothing.yml: there is no such file in quizzes/",
    "{quiz} faulty": "quiz: faulty.yml, question 1: kind is missing",
    "{quiz} listed": "quiz: listed: '- x' must be one paragraph",
}
OPEN = {key: value for key, value in CLAIM.items() if key not in KEYS}
IN_BOTH = claims_of(OPEN | {"chapter": "index"}, OPEN | {"id": "C1-02", "chapter": "other"})
WRITTEN = {
    "chapters.yml": CHAPTERS.replace("slug: a", "slug: index")
    + "  - {slug: other, title: Another, question: 'Why?'}\n",
    "claims.yml": IN_BOTH,
    "quizzes/faulty.yml": "- {ask: x}",
    "quizzes/listed.yml": "- {" + SINGLE.replace("ask: x", "ask: '- x'") + "}",
}


def write_data(folder: Path) -> None:
    """Lay out two claims, of which the book's one page takes up the first."""
    for name, text in WRITTEN.items():
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / name).write_text(text, "utf-8")


def test_what_contradicts_the_files_fails_the_build(build: Build, tmp_path: Path) -> None:
    write_data(tmp_path)
    done = build("\n".join(f"```{directive}\n```" for directive in REFUSED))
    assert done.returncode != 0
    assert [said for said in REFUSED.values() if said not in done.stderr] == []
    assert "index.md:3: ERROR" in done.stderr


def test_a_chapter_that_is_no_page_is_in_preparation(build: Build, tmp_path: Path) -> None:
    write_data(tmp_path)
    done = build("```{claims-board}\n```")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "2 claims; 0 of them have a verdict so far." in html
    _, first, second = html.split('<li id="c1-0')
    assert 'href="#">' in first or "index.html" in first
    assert "Chapter: Another, in preparation" in second
    assert html.count("in preparation</p>") == 1


def test_a_verdict_without_its_chapter_fails_the_build(build: Build, tmp_path: Path) -> None:
    write_data(tmp_path)
    ruled = claims_of(OPEN | {"chapter": "index"}, CLAIM | {"id": "C1-02", "chapter": "other"})
    (tmp_path / "data" / "claims.yml").write_text(ruled, "utf-8")
    done = build("```{claims-board}\n```")
    assert done.returncode != 0
    assert "C1-02 has a verdict, but there is no chapter 'other'" in done.stderr


def test_what_a_draft_claims_is_in_preparation(build: Build, tmp_path: Path) -> None:
    write_data(tmp_path)
    ruled = claims_of(CLAIM | {"chapter": "index"}, OPEN | {"id": "C1-02", "chapter": "index"})
    (tmp_path / "data" / "claims.yml").write_text(ruled, "utf-8")
    listed = (tmp_path / "data" / "chapters.yml").read_text("utf-8")
    drafted = listed.replace("slug: index", "state: draft, slug: index")
    (tmp_path / "data" / "chapters.yml").write_text(drafted, "utf-8")
    done = build("```{claims-board}\n```\n\n```{verdict} C1-02\n```")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "2 claims; 0 of them have a verdict so far." in html
    assert html.count("in preparation</p>") == 2
    assert "The verdict is still to come." in html
    assert 'class="badges"' not in html


def test_the_book_s_board_says_of_every_claim_what_stands(site: Path) -> None:
    html = (site / "book" / "claims.html").read_text("utf-8")
    found = r'<li id="(c\d-\d\d)">(.*?)(?=<li id="c\d|</section>)'
    rows = dict(re.findall(found, html, flags=re.DOTALL))
    assert set(rows) == {name.lower() for name in BOOK.by_id}
    for claim in BOOK.by_id.values():
        row = rows[claim.id.lower()]
        assert ("in preparation" in row) is (claim.chapter not in standing())
        assert (f'href="{claim.chapter}.html"' in row) is (claim.chapter in standing())
        assert ('class="badges"' in row) is (BOOK.ruled(claim) is not None)


@pytest.mark.parametrize("slug", standing())
def test_a_chapter_asks_and_answers_its_claims_in_one_order(site: Path, slug: str) -> None:
    html = (site / "book" / f"{slug}.html").read_text("utf-8")
    before, after = (re.findall(rf'id="{when}-(c\d-\d\d)"', html) for when in ("before", "after"))
    answered = re.findall(r'class="ruling docutils container" id="verdict-(c\d-\d\d)"', html)
    assert before
    assert before == after == answered


def test_a_verdict_is_printed_with_all_that_carries_it(build: Build, tmp_path: Path) -> None:
    write_data(tmp_path)
    ruled = claims_of(CLAIM | {"chapter": "index"})
    (tmp_path / "data" / "claims.yml").write_text(ruled, "utf-8")
    form = "```{your-verdicts}\n```"
    done = build(f"## Verdict\n\n{form}\n\n{VERDICT}\n\nAfter it.\n\n## More\n\nBelow.")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    for told in (
        "The book’s verdicts Shops lend. 放贷 (lending) Holds if … 有条件成立 Evidence: thin "
        "证据弱 Right when they sell. Wrong when they do not. Why If they sell. Condition.",
        "Condition. Sales exceed loans. Whether the firms of the article met it is not known.",
        "What. They lend.",
        "Why (decides the verdict). They can. For it: a study. Against it: nothing. "
        "What would change it: a list. After it. More",
    ):
        assert told in words, told
    assert re.findall(r'<li class="bears">', html) == ['<li class="bears">']
    folded = BeautifulSoup(html, "html.parser").select_one("#the-books-verdicts")
    assert folded is not None
    assert "After it." in folded.get_text()
    assert "Below." not in folded.get_text()


@pytest.mark.parametrize("state", ["", "state: draft, "])
def test_a_verdict_says_when_it_is_wrong_or_is_a_draft(
    build: Build, tmp_path: Path, state: str
) -> None:
    write_data(tmp_path)
    ruled = claims_of(CLAIM | {"chapter": "index"})
    (tmp_path / "data" / "claims.yml").write_text(ruled, "utf-8")
    listed = WRITTEN["chapters.yml"].replace("slug: index", f"{state}slug: index")
    (tmp_path / "data" / "chapters.yml").write_text(listed, "utf-8")
    done = build(VERDICT.replace("*Wrong when* they do not.\n\n", ""))
    said = "C1-01: a verdict needs five paragraphs that begin *Right when*, *Wrong when*"
    assert (said in done.stderr) is not state.startswith("state")
    assert (done.returncode == 0) is state.startswith("state"), done.stderr


def test_reading_shows_every_badge(site: Path) -> None:
    html = (site / "book" / "reading.html").read_text("utf-8")
    shown = re.findall(r'<span class="verdict-([\w-]+)">([^<]+) <span lang="zh">(.+?)<', html)
    assert shown == [(name, *words) for name, words in (DIRECTIONS | EVIDENCE).items()]
