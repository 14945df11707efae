"""Pages as one document for paper: what is left out, where links lead, what explorers say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from paper import Wanted, article, paper, strip
from places import OUTPUT, ROOT
from sheets import in_a_process, sheets

BASE = "https://example.org/shops/"
ONE = """<article class="chapter">
<h1 id="top">One<a class="headerlink" href="#top">#</a></h1>
<p id="here">See <a href="#here">here</a>, <a href="two.html#here">there</a>,
<a href="other.html#x">elsewhere</a>, <a href="https://doi.org/10.1/a">10.1/a</a>.</p>
<details class="rung" open><summary>Algebra</summary><p>a = b</p></details>
<details class="rung"><summary>Code</summary><p>print()</p></details>
<model-explorer id="loan"><div class="mx-guess">Guess</div><div class="mx-stage">
<div class="mx-picture"><svg viewBox="0 0 1 1"><path id="p"/></svg></div>
<div class="mx-panel">x</div>
</div><p class="mx-sentence" id="loan.sentence">It costs 7.</p>
<script type="application/json">{"a": "</p>"}</script></model-explorer>
<model-explorer id="still"><p class="mx-sentence">It stands.</p></model-explorer>
<div class="quiz-frame"><form class="quiz"><label for="q">?</label>
<details><summary>Answer</summary><p>42</p></details></form>
<form class="quiz"><p>And then?</p><details><p>43</p></details></form></div>
<p><a href="other.html">All about it</a></p>
<div class="notes"><div><p>Told in 2018.</p><a href="other.html">All facts</a></div></div>
<div class="finale" hidden><p>Fails</p></div>
<div class="directions" hidden><span>Badge</span></div>
</article>"""
TWO = '<article class="chapter"><h1>Two</h1><p id="here">It “ends”.</p></article>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    for name, text in (("one", ONE), ("two", TWO)):
        (tmp_path / "book" / f"{name}.html").write_text(f"<nav>x</nav>{text}", "utf-8")
    return tmp_path


WORDS = "Whoever lends to a shop asks what it sold, and what it owes to others. "

LABELS = f"<legend>{WORDS}</legend>{'<label><input type=radio> Yes</label>' * 4}"


def table(*rows: str) -> str:
    """Return a table with these names in its rows, which can be led to."""
    return f"<table>{''.join(f'<tr><td id={name}>{name}</td></tr>' for name in rows)}</table>"


TOGETHER = {
    "a source and its label": f"""<div class="citation"><span id="{{a}}">[One 2001]</span>
        <p id="{{b}}">{WORDS * 3}</p></div>""",
    "a table's first rows": table("{a}", "{b}", *"vwxyz"),
    "a table's last rows": table(*"vwxyz", "{a}", "{b}"),
    "a short table": table("{a}", *"xyz", "{b}"),
    "a claim and what is said of it": f"""<ul class="board"><li>
        <p id="{{a}}">A claim</p><p class="badges"><span>Fails</span></p>
        <p id="{{b}}">{WORDS * 9}</p><p>In One</p></li></ul>""",
    "a claim's chapter": f"""<ul class="board"><li><p>A claim</p>
        <p>{WORDS * 9}<span id="{{a}}">.</span></p><p id="{{b}}">Chapter: One</p></li></ul>""",
    "the notes and their title": f"""<div class="notes"><p class="notes-title" id="{{a}}">Notes</p>
        <div><p id="{{b}}">{WORDS}</p></div><div><p>{WORDS}</p></div></div>""",
    "a statement": f"""<div class="statement"><p class="said"><span id="{{a}}">It is so</span>
        {WORDS * 2}<span id="{{b}}">.</span></p><p>{WORDS}</p></div>""",
    "a formula and what leads to it": f"""<p>{WORDS * 9}<span id="{{a}}">:</span></p>
        <div class="rung"><div class="math" id="{{b}}" style="height: 60px"></div></div>""",
    "a quiz and its title": f"""<h2 id="{{a}}">Check yourself</h2><div class="quiz-frame">
        <p id="{{b}}"></p>{f'<form class="quiz"><fieldset>{LABELS}</fieldset></form>' * 9}</div>""",
    "an exercise and its solution": f"""<section id="one--exercises"><p id="{{a}}">{WORDS}</p>
        <details class="sd-dropdown" open><summary>Solution</summary>
        <p id="{{b}}">{WORDS}</p></details></section>""",
    "a short piece of code": f"""<pre><span id="{{a}}">a</span>
{"<span>b</span> <span>c</span> <span>d</span><br>" * 12}<span id="{{b}}">e</span></pre>""",
    "the last lines": """<p>Of all lines<br>some stand<br><span id="{a}">before</span><br>
        <span id="{b}">the last</span></p>""",
}
LISTED = f"""<form class="own-verdicts"><details open><summary>Words</summary>
    <dl><dt id="{{a}}">Holds</dt><dd>{WORDS}</dd></dl></details></form>
    <figure id="{{b}}" style="height: 500px"></figure>"""


def made(site: Path, *, answers: bool = False, address: str = BASE) -> Tag:
    wanted = Wanted(["book/one", "book/two"], 'A "book"', answers, address, ["Edition 1"])
    return BeautifulSoup(paper(site, wanted, {"two": 9}), "html.parser")


def test_what_only_a_screen_has_is_left_out(site: Path) -> None:
    text = "".join(made(site, address=address).get_text(" ", strip=True) for address in ("", BASE))
    for left_out in ("Guess", "All facts", "print()", "Algebra", "One#", "</p>", "Badge"):
        assert left_out not in text
    for kept in ("a = b", "It costs 7.", "It stands."):
        assert kept in text


RAW = """<div class="cell"><details class="rung"><summary>The code</summary>
<div class="cell_input">x</div></details>
<div class="cell_output"><div class="output text_plain"><pre>{}</pre></div></div></div>"""


@pytest.mark.parametrize(("printed", "told"), [
    ("array([20. , 78.5])", ""),
    ("'7 of 10 &lt; 9'", "7 of 10 < 9"),
    ("elasticity   -0.22\ndtype: float64", ""),
])  # fmt: skip
def test_what_python_answers_is_left_out_with_its_code(printed: str, told: str) -> None:
    text = BeautifulSoup(f"<article>{RAW.format(printed)}</article>", "html.parser")
    strip(text, answers=True)
    assert text.get_text(strip=True) == told
    assert len(text.select("p")) == bool(told)


def test_no_chapter_prints_what_python_answers_without_its_code() -> None:
    for page in sorted((OUTPUT / "html" / "book").glob("*.html")):
        text = article(OUTPUT / "html", f"book/{page.stem}")
        strip(text, answers=True)
        raw = [each for each in text.select(".output.text_plain")
               if not each.find_parent(class_="cell").select_one(".cell_input")]  # fmt: skip
        assert raw == [], page.stem


def test_answers_come_only_where_they_are_wanted(site: Path) -> None:
    plain, full = (made(site, answers=answers) for answers in (False, True))
    for answer in ("42", "Fails"):
        assert answer not in plain.get_text()
        assert answer in full.get_text()
    assert full.select("[hidden], details:not([open])") == []


def test_a_quiz_is_answered_after_its_last_question(site: Path) -> None:
    told = made(site, answers=True).select(".quiz-frame > *")
    assert [part.get_text(" ", strip=True) for part in told] == ["?", "And then?", "Answer 42 43"]


def test_links_stay_within_or_lead_to_the_site(site: Path) -> None:
    links = [link["href"] for link in made(site).select('#one p > a:not([href$="other.html"])')]
    assert links == ["#one--here", "#two--here", f"{BASE}book/other.html#x",
                     "https://doi.org/10.1/a", f"{BASE}book/one.html#loan"]  # fmt: skip
    names = [part["id"] for part in made(site).select("[id]")]
    assert len(names) == len(set(names))
    without = made(site, address="")
    assert [link["href"] for link in without.select("#one p > a")][2:] == ["https://doi.org/10.1/a"]
    assert "elsewhere" in without.get_text()
    assert "All about it" not in without.get_text()


def test_an_explorer_that_moves_says_where(site: Path) -> None:
    told, without = made(site), made(site, address="")
    [place] = told.select("model-explorer .place")
    assert place.get_text(strip=True) == f"Move it:{BASE}book/one.html#loan"
    assert place.svg is not None
    [place] = without.select("model-explorer .place")
    assert place.get_text(" ", strip=True) == "Move it in the book, at book/one.html#loan"
    assert place.svg is None


def test_the_contents_name_the_pages(site: Path) -> None:
    listed = made(site).select(".paper-contents li")
    assert [each.get_text(" ", strip=True) for each in listed] == ["One", "Two 9"]
    assert [each.a["href"] for each in listed if each.a] == ["#one", "#two"]


def test_each_page_bears_the_title_of_its_chapter(site: Path) -> None:
    style = made(site).style
    assert style is not None
    assert '@page two { @top-left { content: "A \\"book\\" · Two"; } }' in style.get_text()


def test_a_document_of_one_chapter_bears_its_title_once(site: Path) -> None:
    style = BeautifulSoup(
        paper(site, Wanted(["book/two"], "Two – A book", False)), "html.parser"
    ).style
    assert style is not None
    assert '@page two { @top-left { content: "Two – A book"; } }' in style.get_text()


def test_a_chapter_says_below_its_title_whose_it_is(site: Path) -> None:
    wanted = Wanted(["book/two"], "Two – A book", False, imprint=["Who", "Edition 1"])
    text = BeautifulSoup(paper(site, wanted), "html.parser")
    assert text.select_one("article > section > h1 + .imprint-line, article > h1 + .imprint-line")
    assert "Who · Edition 1" in text.get_text()
    assert not text.select(".imprint")


def test_no_line_announces_code_that_paper_leaves_out() -> None:
    """The box of a model says itself what it is, where it is shown."""
    pages = sorted((ROOT / "book").glob("*.md"))
    assert any("```{show-source}" in page.read_text("utf-8") for page in pages)
    lonely = re.compile(r":\n\n```\{show-source\}.*\n```\n\n(?!```\{(?:code-cell|show-source)\})")
    assert [page.name for page in pages if lonely.search(page.read_text("utf-8"))] == []


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[int, int]]]:
    """Return on which sheets the places of all pieces stand."""
    return sheets(tmp_path_factory.mktemp("sheets"), TOGETHER | {"words": LISTED})


def test_what_belongs_together_stays_on_one_sheet(
    places: dict[str, list[tuple[int, int]]],
) -> None:
    found = {name: places[name] for name in TOGETHER}
    assert {name for name, at in found.items() if any(a != b for a, b in at)} == set()
    assert {name for name, at in found.items() if at != sorted(at)} == set()
    crossed = {name for name, at in found.items() if {a for a, _ in at} >= {0, 1}}
    assert crossed == set(TOGETHER)  # else nothing was tried


def test_what_the_words_mean_stands_where_it_fits(
    places: dict[str, list[tuple[int, int]]],
) -> None:
    """And does not go along to the next sheet with what follows."""
    assert places["words"][0] == (0, 1)


CLOSER = """
import sys
from datetime import date
from pathlib import Path
import pdf
from paper import Wanted, paper
site, wanted = Path(sys.argv[1]), Wanted(["book/noted"], "Noted", False)
plain, fitted = site / "plain.pdf", site / "fitted.pdf"
with pdf.printing() as page:
    pdf.printed(page, site, paper(site, wanted), plain)
    pdf.make(page, site, wanted, pdf.About([], date(2026, 1, 1), [], ""), fitted)
for file in (plain, fitted):
    with pdf.pikepdf.open(file) as opened:
        print(len(opened.pages), pdf.letters(opened.pages[-1]) < pdf.FEWEST)
"""


def test_a_few_notes_get_no_sheet_of_their_own(site: Path) -> None:
    notes = "".join(f'<div id="about-{at}"><p>{WORDS * 4}</p></div>' for at in range(47))
    links = "".join(f'<a href="#about-{at}">{at} </a>' for at in range(47))
    style = (ROOT / "book" / "_static" / "book.css").read_text("utf-8")
    text = f'<article><h1>Noted</h1><p>{links}</p><div class="notes">{notes}</div></article>'
    (site / "book" / "noted.html").write_text(text, "utf-8")
    (site / "_static").mkdir()
    (site / "_static" / "book.css").write_text(style, "utf-8")
    plain, fitted = in_a_process(CLOSER, str(site)).splitlines()
    assert (plain, fitted) == ("3 True", "2 False")
