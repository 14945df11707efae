"""What the book remembers of its reader: kept, taken over, refused, erased; in tabs and frames."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from marionette_driver.marionette import Marionette
from playwright.sync_api import Browser, Error, Page

from reader import NO_STORAGE, ROOT, Reader, Server, serving, until

KEY = "why-shops-become-banks"
SCRIPT = ROOT / "book" / "_static" / "memory.js"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>
<link rel="icon" href="data:,"><script defer src="memory.js"></script><h1>x</h1></html>"""
FULL = """window.room = Storage.prototype.setItem;
Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };"""
ROOM = "void (Storage.prototype.setItem = room)"
VERDICT = 'BookMemory.write(({ verdicts }) => { verdicts["C3-01"] = { before: "holds" }; })'
EMPTY = {"format": KEY, "version": 1, "pages": {}, "verdicts": {}, "explorers": {}, "quiz": {}}
WHOLE: dict[str, Any] = {
    **EMPTY,
    "last": "spread",
    "pages": {
        "spread": {
            "title": "The spread",
            "place": "dearest-money",
            "heading": "Dearest money",
            "read": "2026-11-26",
            "questions": 8,
            "guesses": 8,
            "challenges": 4,
        }
    },
    "verdicts": {"C3-01": {"before": "holds", "after": "too-strong", "page": "spread"}},
    "explorers": {
        "who-is-paid": {
            "page": "spread",
            "state": {"default_probability": "10"},
            "asked": "Who?",
            "guess": "the savers",
            "right": "the owners",
            "step": "told",
            "challenge": "Find it.",
            "found": True,
        }
    },
    "quiz": {
        "quiz-spread-1": {
            "page": "spread",
            "asked": "How much?",
            "answer": ["12.5"],
            "result": "right",
        }
    },
}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of two empty pages that remember."""
    made = tmp_path_factory.mktemp("memory")
    shutil.copy(SCRIPT, made)
    for name in ("one.html", "two.html"):
        (made / name).write_text(PAGE, encoding="utf-8")
    frame = '<iframe title="x" src="http://127.0.0.1:{}/one.html"></iframe>'
    (made / "frame.html").write_text(PAGE.replace("<h1>x</h1>", frame), encoding="utf-8")
    return made


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server


@pytest.fixture
def reader(chromium: Browser, server: Server) -> Iterator[Reader]:
    reader = Reader(chromium, server.url(""))
    yield reader
    reader.leave()
    assert reader.problems == []


def record(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("BookMemory.read()")
    return found


def stored(page: Page) -> Any:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    return text and json.loads(text)


def store(page: Page, text: str, key: str = KEY) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def test_who_has_done_nothing_leaves_nothing(reader: Reader) -> None:
    page = reader.open("one.html")
    assert record(page) == EMPTY
    assert page.evaluate("BookMemory.stays") is True
    assert page.evaluate("localStorage.length") == 0


def test_what_was_written_is_there_after_a_reload_and_on_other_pages(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate(VERDICT)
    expected = {**EMPTY, "verdicts": {"C3-01": {"before": "holds"}}}
    assert record(page) == stored(page) == expected
    page.reload()
    assert record(page) == expected
    assert record(reader.open("two.html")) == expected


def test_what_is_read_is_a_copy(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate('BookMemory.read().verdicts["C3-01"] = { before: "holds" }')
    page.evaluate("let mine; BookMemory.write((record) => { mine = record.quiz; }); mine.x = {};")
    assert record(page) == EMPTY


def test_two_tabs_write_beside_each_other_and_hear_of_it(reader: Reader) -> None:
    one, two = reader.open("one.html"), reader.open("two.html")
    one.evaluate("""document.addEventListener("book-memory", () => { window.heard = true; })""")
    two.evaluate("BookMemory.write(({ quiz }) => { quiz.q1 = { result: 'right' }; })")
    until(one, "window.heard")
    one.evaluate(VERDICT)
    until(two, "'C3-01' in BookMemory.read().verdicts")
    expected = {"verdicts": {"C3-01": {"before": "holds"}}, "quiz": {"q1": {"result": "right"}}}
    assert record(two) == {**EMPTY, **expected}


def test_the_page_itself_hears_when_it_can_be_read(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate("""document.addEventListener("book-memory", () => {
      window.heard = BookMemory.read().verdicts; })""")
    page.evaluate(VERDICT)
    assert page.evaluate("heard") == {"C3-01": {"before": "holds"}}
    page.evaluate("BookMemory.erase()")
    assert page.evaluate("heard") == {}


@pytest.mark.parametrize("way", [NO_STORAGE, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_stored_it_lasts_until_the_page_is_left(
    reader: Reader, way: str
) -> None:
    page = reader.open("one.html")
    page.context.add_init_script(way)
    page.reload()
    page.evaluate(VERDICT)
    page.evaluate("BookMemory.write(({ quiz }) => { quiz.q1 = { result: 'right' }; })")
    assert page.evaluate("BookMemory.stays") is False
    assert record(page)["verdicts"] == {"C3-01": {"before": "holds"}}
    assert record(page)["quiz"] == {"q1": {"result": "right"}}
    page.reload()
    assert record(page) == EMPTY


def test_once_there_is_room_again_all_is_stored(reader: Reader) -> None:
    page = reader.open("one.html")
    page.context.add_init_script(FULL)
    page.reload()
    page.evaluate(VERDICT)
    assert stored(page) is None
    page.evaluate(ROOM)
    page.evaluate("BookMemory.write(({ quiz }) => { quiz.q1 = { result: 'right' }; })")
    assert page.evaluate("BookMemory.stays") is True
    assert stored(page)["verdicts"] == {"C3-01": {"before": "holds"}}
    assert stored(page)["quiz"] == {"q1": {"result": "right"}}


UNREADABLE = [
    "{",
    "null",
    "[]",
    '"x"',
    "{}",
    json.dumps({**EMPTY, "version": 2, "new": "kept"}),
    json.dumps({**EMPTY, "quiz": {"q1": {"answer": "no list"}}}),
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_laid_aside_as_it_is(reader: Reader, text: str) -> None:
    page = reader.open("one.html")
    store(page, text)
    page.reload()
    assert record(page) == EMPTY
    page.evaluate(VERDICT)
    page.reload()
    assert list(record(page)["verdicts"]) == ["C3-01"]
    assert page.evaluate("key => localStorage.getItem(key)", f"{KEY}:damaged") == text
    page.evaluate("BookMemory.erase()")
    assert page.evaluate("localStorage.length") == 0


def test_what_cannot_be_laid_aside_is_not_written_over(reader: Reader) -> None:
    page = reader.open("one.html")
    store(page, "{")
    page.context.add_init_script(FULL)
    page.reload()
    assert record(page) == EMPTY
    page.evaluate(ROOM)
    page.evaluate(VERDICT)
    assert list(record(page)["verdicts"]) == ["C3-01"]
    assert page.evaluate("key => localStorage.getItem(key)", KEY) == "{"
    page.evaluate("BookMemory.erase()")
    assert page.evaluate("localStorage.length") == 0


def test_verdicts_of_an_earlier_edition_are_taken_over_once(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate(VERDICT.replace("C3-01", "C3-02").replace("before", "after"))
    old = {
        "C3-01:before": "holds",
        "C3-01:after": "too-strong",
        "C3-02:after": "fails",
        "C3-03:before": '"] input',
        "C3-04:never": "holds",
        "__proto__:before": "holds",
    }
    for key, verdict in old.items():
        store(page, verdict, f"{KEY}:verdict:{key}")
    store(page, "dark", f"{KEY}:theme")
    page.reload()
    expected = {"C3-01": {"before": "holds", "after": "too-strong"}, "C3-02": {"after": "holds"}}
    assert record(page) == {**EMPTY, "verdicts": expected}
    assert page.evaluate("Object.keys(localStorage).sort()") == [KEY, f"{KEY}:theme"]


def test_a_frame_and_an_explorer_alone_keep_nothing_and_see_nothing(
    reader: Reader, folder: Path, server: Server
) -> None:
    framing = folder / "frame.html"
    framing.write_text(framing.read_text("utf-8").replace("{}", str(server.port)), "utf-8")
    page = reader.open("frame.html")
    page.evaluate(VERDICT)
    for apart in (page.frames[1], reader.open("one.html?embed=who-is-paid")):
        assert apart.evaluate("BookMemory.read()") == EMPTY
        assert apart.evaluate("BookMemory.stays") is False
        apart.evaluate("BookMemory.write((record) => { record.last = 'spread'; })")
        assert apart.evaluate("BookMemory.read().last") == "spread"
        apart.evaluate("BookMemory.erase()")
    assert list(record(page)["verdicts"]) == ["C3-01"]
    assert "last" not in record(page)


def test_a_whole_record_is_taken_as_it_is(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate("record => BookMemory.replace(record)", WHOLE)
    assert record(page) == stored(page) == WHOLE


def test_what_is_not_known_is_dropped(reader: Reader) -> None:
    page = reader.open("one.html")
    entry = {**WHOLE["quiz"]["quiz-spread-1"], "more": "<b>"}
    given = {**WHOLE, "more": {"x": {}}, "quiz": {"quiz-spread-1": entry}}
    assert page.evaluate("value => BookMemory.check(value)", given) == WHOLE


def changed(table: str, key: str, value: object) -> str:
    name, entry = next(iter(WHOLE[table].items()))
    return json.dumps({**WHOLE, table: {name: {**entry, key: value}}})


REFUSED = {
    "[]": "This is not a file of what this book remembers.",
    "null": "This is not a file of what this book remembers.",
    '{"format": "other", "version": 1}': "This is not a file of what this book remembers.",
    json.dumps({"format": KEY}): "The file does not say which version it has.",
    json.dumps({"format": KEY, "version": "1"}): "The file does not say which version it has.",
    json.dumps({"format": KEY, "version": 7}): "The file comes from a newer edition of the book "
    "(version 7); this one reads version 1.",
    json.dumps({**WHOLE, "last": "<b>"}): "The file is damaged: “last” cannot be read.",
    json.dumps({**WHOLE, "quiz": []}): "The file is damaged: “quiz” cannot be read.",
    json.dumps({**WHOLE, "quiz": {"q1": None}}): "The file is damaged: the entry “q1” under “quiz” "
    "cannot be read.",
    json.dumps(WHOLE).replace('"C3-01"', '"__proto__"'): "The file is damaged: the entry "
    "“__proto__” under “verdicts” cannot be read.",
    json.dumps({**WHOLE, "quiz": {f"q{n}": {} for n in range(2001)}}): "The file is damaged: "
    "“quiz” holds 2001 entries, at most 2000 are possible.",
    **{
        changed(table, key, value): f"The file is damaged: “{key}” of the entry "
        f"“{next(iter(WHOLE[table]))}” under “{table}” cannot be read."
        for table, key, value in (
            ("pages", "title", 5),
            ("pages", "heading", "x" * 501),
            ("pages", "place", "a b"),
            ("pages", "read", "today"),
            ("pages", "questions", -1),
            ("pages", "guesses", 1.5),
            ("verdicts", "before", "<script>"),
            ("verdicts", "after", None),
            ("explorers", "state", ["10"]),
            ("explorers", "state", {"a": 10}),
            ("explorers", "state", {f"a{n}": "1" for n in range(21)}),
            ("explorers", "step", "ask"),
            ("explorers", "found", "true"),
            ("quiz", "answer", "12.5"),
            ("quiz", "answer", ["x" * 501]),
            ("quiz", "answer", ["x"] * 21),
            ("quiz", "result", "good"),
        )
    },
}


def test_a_wrong_record_is_refused_in_one_sentence_and_changes_nothing(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate("record => BookMemory.replace(record)", WHOLE)
    for text, sentence in REFUSED.items():
        with pytest.raises(Error) as refusal:
            page.evaluate("text => BookMemory.replace(JSON.parse(text))", text)
        assert refusal.value.message.splitlines()[0].endswith(f"Error: {sentence}")
        assert stored(page) == WHOLE


def test_a_page_that_writes_nonsense_harms_nothing(reader: Reader) -> None:
    page = reader.open("one.html")
    page.evaluate(VERDICT)
    with pytest.raises(Error, match="“answer” of the entry “q1”"):
        page.evaluate("BookMemory.write(({ quiz }) => { quiz.q1 = { answer: 5 }; })")
    page.evaluate("BookMemory.write(({ quiz }) => { quiz.q1 = { answer: ['9'.repeat(501)] }; })")
    assert stored(page)["quiz"] == {"q1": {"answer": ["9" * 500]}}  # a reader may type anything
    assert list(record(page)["verdicts"]) == ["C3-01"]


def test_it_remembers_from_files(chromium: Browser, folder: Path) -> None:
    reader = Reader(chromium, f"{folder.as_uri()}/")
    page = reader.open("one.html")
    page.evaluate(VERDICT)
    assert page.evaluate("BookMemory.shared") is True
    assert list(record(reader.open("two.html"))["verdicts"]) == ["C3-01"]
    reader.leave()


def in_firefox(driver: Marionette, url: str, asked: str) -> Any:
    """Return what a page in Firefox answers."""
    driver.navigate(url)
    return driver.execute_script(
        "return JSON.parse(window.eval(`JSON.stringify(${arguments[0]} ?? null)`))", [asked]
    )


@pytest.mark.parametrize("shared", [True, False], ids=["http", "file"])
def test_firefox_keeps_files_apart_and_says_so(
    firefox: Marionette, folder: Path, server: Server, shared: bool
) -> None:
    home = server.url("") if shared else f"{folder.as_uri()}/"
    in_firefox(firefox, f"{home}one.html", f"({VERDICT}, 0)")
    claims = "Object.keys(BookMemory.read().verdicts)"
    assert in_firefox(firefox, f"{home}one.html", claims) == ["C3-01"]
    assert in_firefox(firefox, f"{home}two.html", claims) == (["C3-01"] if shared else [])
    assert in_firefox(firefox, f"{home}two.html", "[BookMemory.stays, BookMemory.shared]") == [
        True,
        shared,
    ]
