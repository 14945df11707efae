"""How text is set on the built pages: signs, quotation marks, heads of tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from bookkit.page.tables import FRAME, TABLE, flat_head, grouped
from bookkit.page.typography import AS_THEY_ARE, typeset_html
from built import explorers
from cut import cut
from explorer.signs import typeset
from reader import EXPLORING, PAGES

FAULTS = {
    "a straight apostrophe": re.compile(r"'"),
    "a straight quotation mark": re.compile(r'"'),
    "a hyphen for a minus": re.compile(r"(?:^|[\s(\[/=≈])-\d"),
    "a break before %": re.compile(r"\S %"),
}
BLOCK = [
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "legend",
    "label",
    "summary",
    "text",
]


def faults(text: str) -> list[str]:
    """Name what is wrong with a text, each with its surroundings."""
    return [
        f"{name}: …{text[max(0, sign.start() - 20) : sign.end() + 20]}…"
        for name, pattern in FAULTS.items()
        for sign in pattern.finditer(text)
    ]


@pytest.mark.parametrize("address", PAGES)
def test_text_is_set(site: Path, address: str) -> None:
    page = BeautifulSoup((site / address).read_text(encoding="utf-8"), "html.parser")
    for code in page.find_all(AS_THEY_ARE.replace("|model-explorer", "").split("|")):
        code.replace_with("")
    for words in page.find_all(string=True):
        words.replace_with(words.replace("\n", " "))
    for block in page.find_all(BLOCK):
        block.append("\n")
    assert page.body
    assert faults(page.body.get_text()) == []
    assert [str(table.thead) for table in page.select("table.dataframe")
            if len(table.select("thead tr")) > 1] == []  # fmt: skip


@pytest.mark.parametrize("address", EXPLORING)
def test_explorers_set_every_state(site: Path, address: str) -> None:
    for built in explorers(site, address):
        words = re.compile(r">([^<]*)</text>")
        drawn = {text for picture in built.pictures for text in words.findall(picture)}
        texts = {*built.sentences, *drawn, *(text for axis in built.axes for text in axis["texts"])}
        assert [fault for text in sorted(texts) for fault in faults(text)] == [], built.name


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("the bank's owners'", "the bank’s owners’"),
        ("'so' he said, \"no\"", "‘so’ he said, “no”"),
        ("-3.4, (-5) and [-.2]", "−3.4, (−5) and [−.2]"),
        ("2015-16, A-1, well-known", "2015-16, A-1, well-known"),
        ("10 %, 5\n% and (x) %", "10\u00a0%, 5\u00a0% and (x)\u00a0%"),
    ],
)
def test_signs(plain: str, set_: str) -> None:
    assert typeset(plain) == set_
    assert len(typeset(plain)) == len(plain)


def test_a_page_is_set_around_its_markup() -> None:
    page = "<p>'<a>It's</a>' costs <b>5</b> % &amp; <code>it's -3 %</code>'s -1</p><td>-1</td>"
    assert typeset_html(page) == (
        "<p>‘<a>It’s</a>’ costs <b>5</b>\u00a0% &amp; <code>it's -3 %</code>’s −1</p><td>−1</td>"
    )


def test_two_heads_of_a_frame_become_one() -> None:
    head = (
        'class="dataframe"><thead><tr><th>cell</th><th>a</th></tr>'
        "<tr><th>days</th><th></th></tr></thead>"
    )
    assert "<th>days</th><th>a</th>" in FRAME.sub(flat_head, head)
    assert FRAME.sub(flat_head, head).count("<tr") == 1
    grouped = head.replace("<th>a", '<th colspan="2">a')
    assert FRAME.sub(flat_head, grouped) == grouped


@pytest.mark.parametrize(
    ("cell", "shown"), [("34710", "34,710"), ("-11615.5", "-11,615.5"), ("1974", "1974")]
)
def test_long_numbers_in_tables_are_grouped(cell: str, shown: str) -> None:
    table = '<table border="1" class="dataframe"><tbody><tr><td>{}</td></tr></tbody></table>'
    assert TABLE.sub(grouped, table.format(cell)) == table.format(shown)
    other = f"<table><td>{cell}</td></table>"  # an explorer's, whose script writes it anew
    assert TABLE.sub(grouped, other) == other


def test_what_is_cut_is_found(chromium: Browser) -> None:
    page = chromium.new_page()
    cue = "background: linear-gradient(red, blue) 0 0 / 9px local; overflow-x: auto"
    for style, found in [("overflow: hidden", 1), ("overflow-x: auto", 1), (cue, 0)]:
        words = f'<p style="width: 5em; white-space: nowrap; {style}">These words are long</p>'
        page.set_content(f"<main>{words}</main>")
        assert len(cut(page)) == found, style
    page.close()
