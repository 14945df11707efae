"""Pages as one document for paper: what is left out, where links lead, what explorers say."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from paper import Wanted, paper

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
<form class="quiz"><label for="q">?</label>
<details><summary>Answer</summary><p>42</p></details></form>
<p><a href="other.html">All about it</a></p>
<div class="finale" hidden><p>Fails</p></div>
</article>"""
TWO = '<article class="chapter"><h1>Two</h1><p id="here">It “ends”.</p></article>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    for name, text in (("one", ONE), ("two", TWO)):
        (tmp_path / "book" / f"{name}.html").write_text(f"<nav>x</nav>{text}", "utf-8")
    return tmp_path


def made(site: Path, *, answers: bool = False, address: str = BASE) -> Tag:
    wanted = Wanted(["book/one", "book/two"], 'A "book"', answers, address, ["Edition 1"])
    return BeautifulSoup(paper(site, wanted, {"two": 9}), "html.parser")


def test_what_only_a_screen_has_is_left_out(site: Path) -> None:
    text = made(site).get_text(" ", strip=True)
    for left_out in ("Guess", "print()", "Algebra", "One#", "</p>"):
        assert left_out not in text
    for kept in ("a = b", "It costs 7.", "It stands."):
        assert kept in text


def test_answers_come_only_where_they_are_wanted(site: Path) -> None:
    plain, full = (made(site, answers=answers) for answers in (False, True))
    for answer in ("42", "Fails"):
        assert answer not in plain.get_text()
        assert answer in full.get_text()
    assert full.select("[hidden], details:not([open])") == []


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
