"""Names that stay: none that links and records hold disappears, or comes to mean another thing."""

from __future__ import annotations

from pathlib import Path

import pytest

import names
from bookkit.readers.moved import leads_to, load_moved
from names import Page
from small_book import ROOT

DATA = ROOT / "data"
OLD = {"book/a.html": Page(["top", "fig-a"], ["who"], {1: "What does a bank do?"}, {1: "Warm-up"})}


def test_no_name_of_the_book_is_gone_without_a_redirect(site: Path) -> None:
    entered = names.load_names(DATA / "names.yml")
    assert sum(len(page.anchors) for page in entered.values()) > 300
    moved = load_moved(DATA / "moved.yml")
    assert list(names.gone(entered, names.standing(ROOT, site), moved)) == []


@pytest.mark.whole  # before a release and before the site is published
def test_each_name_of_the_book_is_entered(site: Path) -> None:
    entered = names.load_names(DATA / "names.yml")
    new = list(names.new(entered, names.standing(ROOT, site)))
    assert new == [], "`start.py names` enters them"


@pytest.mark.parametrize(("now", "moved", "said"), [
    (OLD["book/a.html"], {}, []),
    (Page(["top", "fig-a"], [], {1: "What does a bank do?"}, {1: "Warm-up"}), {},
     ["book/a.html#who is gone and has no line in data/moved.yml"]),
    (Page(["fig-a", "top"], ["who"], {1: "What does a bank do?", 2: "x"}, {1: "Warm up"}), {}, []),
    (Page(["top"], ["who"], {1: "What does a bank do now?"}, {1: "Warm-up"}), {},
     ["book/a.html#fig-a is gone and has no line in data/moved.yml"]),
    (Page(["top", "b"], ["who"], {1: "What does a bank do?"}, {1: "Warm-up"}),
     {"book/a.html#fig-a": "book/a.html#b"}, []),
    (Page(["top"], ["who"], {1: "What does a bank do?"}, {1: "Warm-up"}),
     {"book/a.html#fig-a": "book/a.html#b"},
     ["book/a.html#fig-a is gone and moved to book/a.html#b, which is not there"]),
    (OLD["book/a.html"], {"book/a.html#fig-a": "book/a.html#top"},
     ["book/a.html#fig-a has moved to book/a.html#top by data/moved.yml, and is still there"]),
    (Page(["top", "fig-a"], ["who"], {1: "Why is it so?"}, {1: "Warm-up"}), {},
     ["book/a.html: number 1 of the questions was 'What does a bank do?', "
      "and is 'Why is it so?' now"]),
    (Page(["top", "fig-a"], ["who"], {1: "What does a bank do?"}), {},
     ["book/a.html: number 1 of the exercises was 'Warm-up', and is None now"]),
])  # fmt: skip
def test_a_name_that_is_gone_is_told(now: Page, moved: dict[str, str], said: list[str]) -> None:
    assert list(names.gone(OLD, {"book/a.html": now}, moved)) == said


def test_a_page_that_moves_takes_its_anchors_along() -> None:
    moved = {"book/a.html": "book/b.html"}
    assert list(names.gone(OLD, {"book/b.html": OLD["book/a.html"]}, moved)) == []
    told = list(names.gone(OLD, {"book/b.html": Page(["top"])}, moved))
    assert told[0] == (
        "book/a.html#fig-a is gone and moved to book/b.html#fig-a, which is not there"
    )
    (page, *_rest) = names.gone(OLD, {}, {})
    assert page == "book/a.html is gone and has no line in data/moved.yml"


@pytest.mark.parametrize(("address", "there"), [
    ("book/a.html", "book/c.html"),
    ("book/a.html#x", "book/c.html#x"),
    ("book/a.html#y", "book/d.html#z"),
    ("book/e.html#y", "book/e.html#y"),
])  # fmt: skip
def test_an_address_is_followed_over_all_its_moves(address: str, there: str) -> None:
    moved = {"book/a.html": "book/b.html", "book/b.html": "book/c.html",
             "book/c.html#y": "book/d.html#z"}  # fmt: skip
    assert leads_to(address, moved) == there


@pytest.mark.parametrize(("text", "said"), [
    ("[a]", "moved.yml: must be places such as `old: new`, is ['a']"),
    ("a.html: b", "moved.yml: 'a.html' is no place such as page or page#anchor"),
    ("a: https://b.org", "moved.yml: 'https://b.org' is no place"),
    ("a: 1", "moved.yml: 1 is no place"),
    ("a: b#c", "moved.yml: a: a page leads to a page, is 'b#c'"),
    ("{a: b, b: a}", "book/a.html moves in a circle"),
])  # fmt: skip
def test_a_faulty_list_of_moves_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "moved.yml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"moved\.yml: ") as fault:
        load_moved(tmp_path / "moved.yml")
    assert said in str(fault.value)


def test_moves_are_read_as_addresses(tmp_path: Path) -> None:
    (tmp_path / "moved.yml").write_text("# none\n", "utf-8")
    assert load_moved(tmp_path / "moved.yml") == {}
    (tmp_path / "moved.yml").write_text("{old: new, spread#old.a: spread#new}", "utf-8")
    assert load_moved(tmp_path / "moved.yml") == {
        "book/old.html": "book/new.html", "book/spread.html#old.a": "book/spread.html#new",
    }  # fmt: skip


def test_new_names_are_entered_and_none_is_taken_away(tmp_path: Path) -> None:
    asked = {1: "What does a bank do now?", 2: "Why?"}
    now = {"book/a.html": Page(["fig-a", "new"], ["who"], asked),
           "book/b.html": Page(["top"])}  # fmt: skip
    assert list(names.new(OLD, now)) == [
        "book/a.html#new", "book/a.html, number 2 of the questions", "book/b.html",
    ]  # fmt: skip
    (tmp_path / "names.yml").write_text(names.written(names.together(OLD, now)), "utf-8")
    kept = names.load_names(tmp_path / "names.yml")
    assert kept["book/a.html"] == Page(["top", "fig-a", "new"], ["who"], asked, {1: "Warm-up"})
    assert list(names.new(kept, now)) == []
    assert names.load_names(tmp_path / "none.yml") == {}


def test_only_what_is_meant_to_be_linked_is_a_name() -> None:
    text = (
        '<section id="id3"><section id="module-netfin-a"><section class="x" id="verdict">'
        '<figure class="f" id="fig-a">'
        '<model-explorer id="who" data-states="8"><form class="quiz" id="quiz-a-1">'
        '<div id="about-x">'
        '<form id="level"><div class="s" id="turns-a-b"><li id="c3-01"><span id="id4"></span>'
    )
    anchors = ["verdict", "fig-a", "quiz-a-1", "turns-a-b", "c3-01"]
    assert names.parts(text) == Page(anchors, ["who"])


def test_a_drafts_names_may_still_change(tmp_path: Path) -> None:
    chapter = "{slug: %s, title: T, question: Why?%s}"
    both = f"[{chapter % ('a', '')}, {chapter % ('b', ', state: draft')}]"
    for name in ("data/quizzes/x", "book/x", "site/book/x"):
        (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / "data" / "chapters.yml").write_text(
        f"parts: [{{title: P, chapters: {both}}}]", "utf-8"
    )
    (tmp_path / "book" / "a.md").write_text(
        "**1. No exercise.**\n\n## Exercises\n\n**1. Warm-up.** Add.\n", "utf-8"
    )
    (tmp_path / "data" / "quizzes" / "a.yml").write_text("- {ask: What?}", "utf-8")
    for slug in "ab":
        (tmp_path / "site" / "book" / f"{slug}.html").write_text('<section id="top">', "utf-8")
    assert names.standing(tmp_path, tmp_path / "site") == {
        "book/a.html": Page(["top"], [], {1: "What?"}, {1: "Warm-up"})
    }
