"""What a class hands in: read as strictly as in the browser, told in sentences, shown as text."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import class_
from class_page import page
from class_table import table
from handed_in import Class, read_class
from record import FORMAT, check, parsed, read_record
from refusal import RefusalError
from small_book import ROOT

STATIC = ROOT / "book" / "_static"
MARKUP = '"><img src=x onerror="alert(1)"><script>alert(1)</script><!--'
# The book's scripts in a browser that has no storage; they take what the test hands them.
BROWSER = """
const window = {}; window.top = window;
const location = { search: "", pathname: "/book/x.html", protocol: "http:", origin: "http://x" };
const document = { dispatchEvent() {} };
const CustomEvent = class {}, addEventListener = () => {};
"""
CLEAN = """
const clean = (text) => {
  try { return BookMemory.check(JSON.parse(text)); } catch { return null; }
};
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(clean)));
"""
WRITE = """
const { record, about } = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(BookFile.written(record, about, "Why Shops Become Banks", []));
"""
QUIZ = {"page": "spread", "asked": "At what rate?", "answer": ["10"], "result": "right"}
GUESS = {"page": "spread", "asked": "Who is paid?", "guess": "The savers", "right": "Nobody",
         "step": "told", "challenge": "Stop it.", "found": True}  # fmt: skip
VERDICT = {"before": "holds", "after": "too-strong", "book": "holds", "page": "spread"}


def record(**tables: Any) -> dict[str, Any]:
    return {"format": FORMAT, "version": 1, **tables}


def full(answer: str = "10") -> dict[str, Any]:
    return record(
        quiz={"quiz-spread-2": QUIZ | {"answer": [answer]}},
        explorers={"who-is-paid": GUESS},
        verdicts={"C3-01": VERDICT},
    )


def browser(script: str, given: object) -> str:
    """Run the book's own scripts."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert node is not None
    scripts = [(STATIC / name).read_text("utf-8") for name in ("memory.js", "my_book_file.js")]
    code = "\n".join([BROWSER, *scripts, script])
    words = [node, "--eval", code]
    return subprocess.run(
        words, input=json.dumps(given), capture_output=True, encoding="utf-8", check=True
    ).stdout


def saved(content: dict[str, Any], name: str = "", day: str = "2026-11-26") -> str:
    """Return the file that the book itself would save."""
    about = {"saved": day, "edition": "0.1.0", **({"name": name} if name else {})}
    return browser(WRITE, {"record": content, "about": about})


def values() -> Iterator[Any]:
    """Yield what stands in entries, and what only looks so."""
    yield from (None, True, False, 0, 1, 8.0, 2000, 2001, -1, 1.5, 1e300, "", "x", "x" * 500)
    yield from ("x" * 501, "\U0001f600" * 250, "\U0001f600" * 251, "a" * 100, "a" * 101, "é_.-")
    yield from (
        "_a",
        "a b",
        "½",
        "中文",
        "a\n",
        "2026-11-26",
        "2026-1-1",
        "２０２６-11-26",
        "2026-11-26\n",
    )
    yield from (*"a\u0301", "holds", "fails", "right", "near", "noted", "told", MARKUP)
    yield from ([], ["a"] * 20, ["a"] * 21, [1], [["a"]], ["x" * 501], {}, {"a": "b"}, {"a": 1})
    yield from ({"a b": "c"}, {f"k{n}": "v" for n in range(20)}, {f"k{n}": "v" for n in range(21)})
    yield {"answer": ["1"], "result": "right"}
    yield from ({"answer": ["1"], "result": "right", "x": 1}, {"answer": "1", "result": "right"})
    yield {"answer": ["1"]}


def texts() -> Iterator[str]:
    """Yield records whole and broken, in every place where one can break."""
    keys = {
        "pages": "title place heading read questions guesses challenges end",
        "verdicts": "before after book changed page",
        "explorers": "page state asked first guess right step challenge found",
        "quiz": "page asked first answer result solved",
    }
    for name, row in keys.items():
        for value in values():
            yield from (json.dumps(record(**{name: {"a": {key: value}}})) for key in row.split())
            yield from (json.dumps(record(**{name: each})) for each in (value, {"a": value}))
        yield json.dumps(record(**{name: {f"n{n}": {} for n in range(2001)}}))
        yield from (
            json.dumps(record(**{name: {key: {}}})) for key in ("", "-", "a b", "__proto__")
        )
    for value in values():
        yield from (json.dumps(record() | {key: value}) for key in ("format", "version", "last"))
    yield from ("", "[]", "null", "{", '{"format": NaN}', "Infinity", "[" * 5000, "1")
    yield from (json.dumps(full()), json.dumps(full() | {"more": 1, "name": 5}))
    yield '{"format": "x", ' + json.dumps(full())[1:]
    yield json.dumps(record(quiz={"a": {"asked": "\ud800", "more": MARKUP}}))


def clean(text: str) -> dict[str, Any] | None:
    try:
        return check(parsed(text))
    except ValueError:
        return None


def test_a_record_is_taken_or_refused_as_the_book_does() -> None:
    given = list(texts())
    theirs = json.loads(browser(CLEAN, given))
    tables = ("pages", "verdicts", "explorers", "quiz")
    wanted = [one and {name: one[name] for name in tables} for one in theirs]
    apart = [text[:200] for text, one in zip(given, wanted, strict=True) if clean(text) != one]
    assert apart == []
    assert 200 < sum(one is None for one in wanted) < len(given) - 200


def test_a_file_that_the_book_has_saved_is_read(tmp_path: Path) -> None:
    file = tmp_path / "my-book.html"
    file.write_text(saved(full(MARKUP), name="İnci"), "utf-8")  # longer in small letters
    assert read_record(file).name == "İnci"
    file.write_text(saved(full(MARKUP), name=f"Li {MARKUP}"), "utf-8")
    read = read_record(file)
    assert read.tables["quiz"]["quiz-spread-2"]["answer"] == [MARKUP]
    assert (read.name, read.saved) == (f"Li {MARKUP}", "2026-11-26")
    file.write_text(json.dumps(full() | {"saved": "today", "name": 5}), "utf-8-sig")
    assert (read_record(file).name, read_record(file).saved) == ("", "")


HOLDER = '<script type="application/json" id="my-book">'


@pytest.mark.parametrize(("content", "said"), [
    ("", "is empty"),
    ("{" + " " * 4_000_000, "is larger than 4 megabytes, and no My book is"),
    ("<p>An essay.</p>", "holds no My book"),
    (b"PK\x03\x04\xff\xfe", "holds no My book"),
    ("<script" * 500_000, "holds no My book"),
    (f"{HOLDER}" + json.dumps(full()), "holds no My book"),
    (HOLDER.replace("application/json", "text/plain") + "{}</script>", "holds no My book"),
    (f"{HOLDER}{{</script>", "is damaged: what it holds of My book is no JSON"),
    (f'{HOLDER}{{"format": "other"}}</script>', "is not a file of what this book remembers"),
    (json.dumps(full() | {"version": 2}), "comes from a newer edition of the book (version 2)"),
    (json.dumps(full() | {"version": 0}), "does not say which version it has"),
    (json.dumps(full() | {"version": 10**400}), "(version 10000000000000000000)"),
    (json.dumps(record(quiz=5)), "is damaged: “quiz” cannot be read"),
    (json.dumps(record(quiz={"a": {"result": "won"}})),
     "is damaged: “result” of the entry “a” under “quiz” cannot be read"),
    (json.dumps(record(quiz={"\u001b[2J" + "x" * 200: {}})),
     "the entry “ [2J" + "x" * 56 + "” under “quiz” cannot be read"),
])  # fmt: skip
def test_a_file_that_is_none_is_told_in_a_sentence(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    file = tmp_path / "essay.html"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=re.escape(said)):
        read_record(file)


def handed_in(folder: Path, **files: str | dict[str, Any]) -> Class:
    """Read a class of files, given by name with what they hold."""
    for name, content in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return read_class(folder)


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Class]:
    """Return what reads a class of files."""
    return partial(handed_in, tmp_path / "class")


def test_each_file_that_does_not_count_is_named(hand_in: Callable[..., Class]) -> None:
    more = full() | {"saved": "2026-12-01", "name": "Wei"}
    more["quiz"] = more["quiz"] | {"quiz-spread-3": QUIZ}
    found = hand_in(
        a=full("1"), b=full("1"), sub__c=full("2") | {"name": " li  NA", "saved": "2026-11-02"},
        d=full("2") | {"name": "Li Na", "saved": "2026-11-01"},
        e=full() | {"name": "Wei", "saved": "2026-11-26"}, f=more,
        g=full("5") | {"name": "Wei"}, h=full("2") | {"name": "Bo"}, i="essay", j=record(),
    )  # fmt: skip
    assert [each.file for each in found.students] == sorted(
        (each.file for each in found.students),
        key=lambda file: next(one.digest + file for one in found.students if one.file == file),
    )
    assert {each.file for each in found.students} == {"b", "f", "g", "h", "sub/c"}
    assert (found.left_out, len(found.told)) == (5, 7)
    assert set(found.told) == {
        "i holds no My book; one is made with “Save to a file”; it is left out.",
        "j holds nothing guessed, answered or judged; it is left out.",
        "a holds exactly what b holds; it is left out.",
        "d holds exactly what sub/c holds; it is left out.",
        "h holds exactly what sub/c holds under another name; both count.",
        "e is an earlier save of f; it is left out.",
        "g bears the name that f bears, and holds other answers; both count.",
    }
    assert [each.pseudonym for each in found.students] == [f"S{n}" for n in range(1, 6)]


def test_what_leads_out_of_the_folder_is_not_read(
    tmp_path: Path, hand_in: Callable[..., Class]
) -> None:
    outside = tmp_path / "mine.html"
    outside.write_text(json.dumps(full("mine")), "utf-8")
    hand_in(a=full())
    (tmp_path / "class" / "link").symlink_to(outside)
    (tmp_path / "class" / "folder").symlink_to(tmp_path)
    (tmp_path / "class" / ".hidden").write_text("x")
    (tmp_path / "class" / "__MACOSX").mkdir()
    (tmp_path / "class" / "__MACOSX" / "a").write_text("x")
    found = read_class(tmp_path / "class")
    assert [each.file for each in found.students] == ["a"]
    assert found.told == (
        "folder is a link or no file at all; it is left out.",
        "link is a link or no file at all; it is left out.",
    )


def rows(found: Class, with_names: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(found.students, with_names), newline="")))


def test_the_table_holds_all_that_was_done(hand_in: Callable[..., Class]) -> None:
    skipped = {"page": "spread", "asked": "Who?", "right": "All", "step": "told"}
    tried = QUIZ | {"first": {"answer": ["9", "8"], "result": "wrong"}}
    found = hand_in(a=record(
        quiz={"quiz-spread-2": tried}, verdicts={"C3-01": VERDICT | {"changed": True}, "C3-02": {}},
        explorers={"who-is-paid": GUESS, "b": skipped, "c": {"challenge": "Go."}, "d": {}},
    ) | {"name": "Li"})  # fmt: skip
    told = [{key: value for key, value in row.items() if value} for row in rows(found)]
    one = {"student": "S1", "page": "spread"}
    assert told == [
        one | {"kind": "guess", "name": "who-is-paid", "asked": "Who is paid?",
               "answer": "The savers", "result": "wrong", "right_answer": "Nobody"},
        one | {"kind": "challenge", "name": "who-is-paid", "asked": "Stop it.", "result": "met"},
        one | {"kind": "guess", "name": "b", "asked": "Who?", "result": "skipped",
               "right_answer": "All"},
        {"student": "S1", "kind": "challenge", "name": "c", "asked": "Go.", "result": "open"},
        one | {"kind": "question", "name": "quiz-spread-2", "asked": "At what rate?",
               "first": "9; 8", "first_result": "wrong", "answer": "10", "result": "right"},
        one | {"kind": "verdict", "name": "C3-01", "before": "holds", "after": "too-strong",
               "book": "holds", "after_the_book": "yes"},
    ]  # fmt: skip
    assert "name_typed" not in rows(found)[0]
    assert {(row["name_typed"], row["file"]) for row in rows(found, with_names=True)} == {
        ("Li", "a")
    }


@pytest.mark.parametrize(("typed", "cell"), [
    ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
    ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
    ("@SUM(1)", "'@SUM(1)"),
    ("\t=1+1", "' =1+1"),
    ("-2.04", "-2.04"),
    ("+8,35 %", "+8,35 %"),
    ("-2.04-1", "'-2.04-1"),
    ("8\r\n=1", "8  =1"),
    ('x;=HYPERLINK("http://e")', "x;'=HYPERLINK(\"http://e\")"),
    ("x; +1+1;-2,5;\t@SUM(1)", "x;' +1+1;-2,5;' @SUM(1)"),
    ('x;""=1+1', "x;'\"\"=1+1"),
    ("＝1+1", "'＝1+1"),
    (" ＠SUM(1)；＋1－1", "' ＠SUM(1)；＋1－1"),
    ("－2.04", "－2.04"),
    ("\u202e\ud800", "  "),
])  # fmt: skip
def test_no_cell_is_computed(hand_in: Callable[..., Class], typed: str, cell: str) -> None:
    assert rows(hand_in(a=full(typed)))[2]["answer"] == cell


def shown(found: Class) -> BeautifulSoup:
    asked = class_.asked(ROOT, found.students)
    return BeautifulSoup(page(asked, found.students, found.left_out), "html.parser")


def test_the_page_shows_the_class_and_nobody(hand_in: Callable[..., Class]) -> None:
    later = full(MARKUP) | {"name": "Li Na"}
    later["quiz"] = {
        "quiz-spread-2": QUIZ | {"first": {"answer": ["9"], "result": "wrong"}},
        "quiz-spread-99": QUIZ,
    }
    found = hand_in(secretfile=full("1"), b=later)
    page = shown(found)
    said = page.get_text(" ", strip=True)
    assert "2 files count, 0 left out" in said
    assert "Question 2. A lender must cover 9 yuan a year" in said
    assert "2 answered right at once: 1, right later: 1" in said
    assert "Before reading Holds: 2 After reading Too strong: 2" in said
    assert "Of 2 who judged twice 2 changed their mind; 0 judged" in said
    assert "2 guessed what this edition does not ask or offer." in said
    assert "Challenge met by: 2" in said
    unsaid = ("Li Na", "secretfile", "S1", "quiz-spread-99", "onerror", "The savers")
    assert [word for word in unsaid if word in said] == []
    assert [each["aria-label"] for each in page.select("svg")][:2] == [
        "Before reading: Holds: 2", "After reading: Too strong: 2"
    ]  # fmt: skip
    assert all(float(each["width"]) <= 100 for each in page.select("rect"))


def test_nothing_of_a_file_is_markup(hand_in: Callable[..., Class]) -> None:
    hostile = full(MARKUP) | {"name": MARKUP}
    hostile["explorers"] = {"who-is-paid": {key: MARKUP if isinstance(each, str) else each
                                            for key, each in GUESS.items()}
                            | {"page": "spread", "step": "told"}}  # fmt: skip
    plainly = hand_in(a=full())
    known = {each.name for each in shown(plainly).find_all()}
    page = shown(hand_in(a=hostile))
    assert "onerror" not in page.get_text()
    assert {each.name for each in page.find_all()} <= known
    assert not page.select("script, img, iframe, a, link, form")
    attributes = {key for each in page.find_all() for key in each.attrs}
    assert not {key for key in attributes if key.startswith("on") or key in ("src", "href")}
    assert page.select_one("meta[http-equiv=Content-Security-Policy]")["content"] == (  # type: ignore[index]
        "default-src 'none'; style-src 'unsafe-inline'"
    )


def test_the_command_writes_table_and_page(
    tmp_path: Path,
    hand_in: Callable[..., Class],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hand_in(a=full() | {"name": "Li Na"}, b="an essay")
    monkeypatch.setattr(class_, "OUTPUT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["class_.py", str(tmp_path / "class")])
    written = tmp_path / "teaching" / "class"
    for names in ("", "shown"):
        monkeypatch.setenv("NAMES", names)
        assert class_.main() == 0
        text = (written / "class.csv").read_text("utf-8-sig")
        assert ("Li Na" in text) == bool(names)
        assert "Li Na" not in (written / "class.html").read_text("utf-8")
    said = capsys.readouterr().out
    assert "b holds no My book; one is made with “Save to a file”; it is left out.\n" in said
    assert "1 student:" in said


@pytest.mark.parametrize(("folder", "said"), [("none", "is no folder"), (".", "holds no My book")])
def test_a_folder_without_a_class_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, said: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["class_.py", str(tmp_path / folder)])
    with pytest.raises(RefusalError, match=said):
        class_.main()
