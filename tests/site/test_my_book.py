"""My book: what it shows of a reader's record, and what becomes of it in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from axe import violations
from bookkit.readers.verdicts import DIRECTIONS
from my_book import HEAD, READ, RULED, explorer, question, record, whole
from reader import NO_STORAGE, OURS, PAGES, Reader, Server, serving, until

MakeReader = Callable[..., Reader]
ADDRESS = "book/my-book.html"
CHAPTER, OTHER = READ[0], READ[1]
CLAIM = next(claim for claim in RULED if claim.chapter == CHAPTER.slug)
MARKUP = '<img src=x onerror="window.ran = 1"><script>window.ran = 1</script>'
KEYS = "(() => { try { return Object.keys(localStorage); } catch { return []; } })()"
MOST_PAGES = 10  # of paper, for all ten chapters with all there is to do


def opened(reader: Reader, kept: dict[str, Any] | None = None) -> Page:
    """Open the page in a browser that keeps a record."""
    page = reader.open(ADDRESS)
    if kept:
        page.evaluate("record => BookMemory.replace(record)", kept)
    return page


def remembered(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("BookMemory.read()")
    return found


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def load(page: Page, name: str, content: str | bytes) -> None:
    """Choose a file with this content."""
    buffer = content.encode() if isinstance(content, str) else content
    chosen = {"name": name, "mimeType": "text/html", "buffer": buffer}
    page.locator(".my-book input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]


def answer(page: Page, name: str) -> str:
    """Answer the box that asks; return what it said."""
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    told = box.inner_text()
    box.get_by_role("button", name=name).click()
    expect(box).to_be_hidden()
    return told


def said(page: Page) -> str:
    expect(page.get_by_role("status")).not_to_be_empty()
    return page.get_by_role("status").inner_text()


@pytest.fixture(params=["stored", "blocked"])
def reader(request: pytest.FixtureRequest, chromium: Browser, site: Path) -> Iterator[Reader]:
    """Return a reader with storage and one without."""
    with serving(site) as server:
        reader = Reader(chromium, server.url(""))
        if request.param == "blocked":
            reader.context.add_init_script(NO_STORAGE)
        yield reader
        reader.leave()


# ---- What the page shows ----


@pytest.mark.parametrize("name", PAGES)
def test_it_is_reached_from_every_page(site: Path, name: str) -> None:
    page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    links = page.select("header.topbar a.mine-link")
    assert [link.get_text(strip=True) for link in links] == ["My book"]


def test_without_a_script_it_says_what_is_missing_and_has_the_books_verdicts(
    read: MakeReader,
) -> None:
    page = read(java_script_enabled=False).open(ADDRESS)
    notice = page.locator("noscript p")
    expect(notice).to_be_visible()
    assert "Without it the book remembers nothing" in (notice.text_content() or "")
    assert not any(button.is_visible() for button in page.locator("main button").all())
    badges = page.locator(".my-verdicts .badges")
    expect(badges).to_have_count(len(RULED))
    assert all(badge.is_visible() for badge in badges.all())
    expect(page.get_by_text("none yet").first).to_be_hidden()


def test_the_books_verdict_comes_after_the_readers(read: MakeReader) -> None:
    assert CLAIM.verdict is not None
    page = opened(read())
    row = page.locator(f"tr[data-claim='{CLAIM.id}']")
    book = row.get_by_text(DIRECTIONS[CLAIM.verdict.direction].en, exact=True)
    before, after = row.locator("[data-label=Before]"), row.locator("[data-label=After]")
    expect(before).to_have_text("none yet")
    expect(book).to_be_hidden()
    given = {"before": "fails", "page": CHAPTER.slug}
    page.evaluate("record => BookMemory.replace(record)", record(verdicts={CLAIM.id: given}))
    expect(before).to_contain_text("Fails")
    expect(book).to_be_hidden()
    given["after"] = "cannot-be-told"
    page.evaluate("record => BookMemory.replace(record)", record(verdicts={CLAIM.id: given}))
    expect(after).to_contain_text("Cannot be told")
    expect(row.locator(".badges")).to_be_visible()


def test_a_chapter_shows_what_was_guessed_found_and_answered(read: MakeReader) -> None:
    noted = explorer(CHAPTER.slug, asked="Which?", guess="This", right="SECRET", step="noted",
                     found=False)  # fmt: skip
    skipped = explorer(CHAPTER.slug, asked="Who?", right="All", guess="x", found=True)
    del skipped["guess"]
    moved = {"page": CHAPTER.slug, "state": {"rate": "10"}}
    near = question(CHAPTER.slug, asked="How much?", answer=["8.3"], result="near")
    several = question(
        CHAPTER.slug,
        asked="What?",
        answer=["One.", "Two."],
        result="wrong",
        first={"answer": ["Three."], "result": "wrong"},
    )
    kept = record(pages={CHAPTER.slug: {"questions": 8, "challenges": 4, "read": "2026-11-26"}},
                  explorers={"which-one": noted, "who": skipped, "moved": moved},
                  quiz={"quiz-2": several, "quiz-1": near})  # fmt: skip
    reader = read()
    page = opened(reader, kept)
    chapter = page.locator(f"section#{CHAPTER.slug}")
    rows = [row.inner_text().split("\t") for row in chapter.locator(".my-found tbody tr").all()]
    assert rows == [
        ["Which?", "This", "not yet", "not yet"],
        ["Who?", "skipped", "All", "met"],
        ["1. How much?", "8.3", "almost · Try again"],
        ["2. What?", "Three (not so); later: One; Two", "not so · Try again"],
    ]
    assert "SECRET" not in page.content()
    expect(chapter.locator(".my-progress")).to_have_text(
        "0 of 8 questions right, 1 of 4 challenges."
    )
    expect(page.locator(f"section#{OTHER.slug} .my-progress")).to_have_text("Not begun yet.")
    link = page.get_by_role("link", name="Which?")
    expect(link).to_have_attribute("href", f"{CHAPTER.slug}.html#which-one")
    assert reader.problems == []


def test_what_this_edition_does_not_have_is_shown_without_a_link(read: MakeReader) -> None:
    pages = {"gone": {"title": f"A chapter {MARKUP}"}, "constructor": {}}
    explorers = {"old": explorer("gone"), "odd": explorer("constructor")}
    kept = record(pages=pages, explorers=explorers, verdicts={"C9-99": {"after": "holds"}})
    page = opened(read(), kept)
    others = page.locator(".my-other")
    expect(others.locator("h2")).to_have_text([f"A chapter {MARKUP}", "constructor"])
    expect(others.locator("a")).to_have_count(0)


def test_a_guess_made_on_start_stands_in_it(read: MakeReader) -> None:
    reader = read()
    start = reader.open("book/index.html")
    guess = start.locator(".mx-guess .mx-option").first
    words = guess.inner_text()
    guess.click()
    until(start, "Object.keys(BookMemory.read().explorers).length === 1")
    cells = reader.open(ADDRESS).locator(".my-other tbody tr td")
    expect(cells.nth(1)).to_have_text(words)
    expect(cells.nth(2)).to_have_text("not yet")
    cells.nth(0).get_by_role("link").click()
    expect(cells.page.locator("h1")).to_contain_text("Why Shops Become Banks")
    assert reader.problems == []


def test_what_is_kept_elsewhere_in_the_book_appears_at_once(read: MakeReader) -> None:
    reader = read()
    page, other = opened(reader), reader.open("book/reading.html")
    kept = record(quiz={"quiz-1": question(CHAPTER.slug)})
    other.evaluate("record => BookMemory.replace(record)", kept)
    expect(page.locator(".my-sum")).to_have_text("Your book so far: 1 question answered.")


def test_the_page_of_claims_has_the_readers_verdict_beside_the_books(read: MakeReader) -> None:
    reader = read()
    page = reader.open("book/claims.html")
    line = page.locator(f"#{CLAIM.id.lower()} .own-told")
    expect(line).to_be_hidden()
    kept = record(verdicts={CLAIM.id: {"after": "fails", "page": CHAPTER.slug}})
    page.evaluate("record => BookMemory.replace(record)", kept)
    expect(line).to_be_visible()
    told = re.sub(r"\s+", " ", line.inner_text())
    assert told == "Your verdict before: none yet, after: Fails"
    expect(page.locator(".own-told:visible")).to_have_count(1)
    assert reader.problems == []


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_full_book_is_sound(read: MakeReader, width: int, theme: str) -> None:
    reader = read(viewport={"width": width, "height": 740}, color_scheme=theme)
    page = opened(reader, whole())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Erase everything").click()
    assert violations(page, "dialog") == []
    assert reader.problems == []


def test_on_a_phone_each_cell_says_what_it_is(read: MakeReader) -> None:
    page = opened(read(viewport={"width": 360, "height": 740}), whole())
    label = 'cell => [getComputedStyle(cell).display, getComputedStyle(cell, "::before").content]'
    cells = page.locator(".cards td:nth-child(n + 2)").all()
    assert len(cells) > 100
    for cell in cells[:: len(cells) // 20]:
        assert cell.evaluate(label) == ["grid", f'"{cell.get_attribute("data-label")}"']
    for button in page.locator(".my-actions button:visible, #my-name").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_on_paper_it_is_a_few_pages_of_what_was_done(read: MakeReader) -> None:
    page = opened(read(), whole())
    page.locator("#my-name").fill("Wei")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= MOST_PAGES
    page.evaluate("record => BookMemory.replace(record)",
                  record(quiz={"quiz-1": question(CHAPTER.slug)}))  # fmt: skip
    page.emulate_media(media="print")
    expect(page.locator(f"section#{CHAPTER.slug}")).to_be_visible()
    expect(page.locator(f"section#{OTHER.slug}")).to_be_hidden()
    assert not any(button.is_visible() for button in page.locator("main button").all())
    expect(page.locator("#my-name")).to_be_visible()
    page.locator("#my-name").fill("")
    expect(page.locator("#my-name")).to_be_hidden()


# ---- Files ----


def test_what_is_saved_erased_and_loaded_is_the_same(reader: Reader, tmp_path: Path) -> None:
    page = opened(reader, whole())
    kept = remembered(page)
    assert len(kept["quiz"]) == 8 * len(READ)
    file = saved(page, tmp_path)
    page.get_by_role("button", name="Erase everything").click()
    told = answer(page, "Erase it")
    assert f"{len(RULED)} claims judged, {8 * len(READ)} questions answered" in told
    assert said(page).startswith("Erased")
    assert remembered(page) == record()
    load(page, file.name, file.read_bytes())
    expect(page.get_by_role("status")).to_contain_text("Loaded:")
    assert remembered(page) == kept
    keys = page.evaluate(KEYS)
    assert [key for key in keys if key != OURS.rstrip(":")] == []
    assert page.evaluate("window.violations ?? []") == []
    assert reader.problems == []


def test_the_file_opens_by_itself(read: MakeReader, chromium: Browser, tmp_path: Path) -> None:
    kept = record(
        explorers={"who": explorer(CHAPTER.slug, asked=f"Who? {MARKUP}", guess="谁")},
        quiz={"quiz-1": question("index", answer=["</script><!--"])},
        verdicts={CLAIM.id: {"before": "holds", "page": CHAPTER.slug}},
    )
    page = opened(read(), kept)
    name = f"Wei {MARKUP} & 伟"
    page.locator("#my-name").fill(name)
    file = saved(page, tmp_path)
    assert re.fullmatch(r"my-book-\d{4}-\d\d-\d\d-[0-9a-z]{4}\.html", file.name)
    html = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    assert {each.name for each in html.find_all(["img", "a", "input", "button", "link"])} == set()
    (script,) = html.find_all("script")
    assert (script["type"], script["id"]) == ("application/json", "my-book")
    written = json.loads(str(script.string))
    about = {key: written.pop(key) for key in ("name", "saved", "edition")}
    assert written == kept
    assert about["name"] == name
    assert file.name.startswith(f"my-book-{about['saved']}-")
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    alone = context.new_page()
    alone.goto(file.as_uri())
    told = alone.inner_text("body")
    for words in (name, about["saved"], about["edition"], f"Who? {MARKUP}", "谁", "</script><!--",
                  CHAPTER.title, CLAIM.claim, "Start"):  # fmt: skip
        assert words in told
    assert OTHER.title not in told
    assert "Open the chapter" not in told
    assert alone.evaluate("window.ran") is None
    assert alone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(alone) == []
    context.close()


def test_a_name_is_kept_nowhere_but_in_the_file(read: MakeReader, tmp_path: Path) -> None:
    reader = read()
    page = opened(reader, record(quiz={"quiz-1": question(CHAPTER.slug)}))
    assert "name" not in json.loads(embedded(saved(page, tmp_path)))
    page.locator("#my-name").fill("Wei")
    saved(page, tmp_path)
    assert "Wei" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    page.reload()
    expect(page.locator("#my-name")).to_have_value("")


def embedded(file: Path) -> str:
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    script = page.find("script", id="my-book")
    assert script is not None
    return script.get_text()


def test_what_a_file_brings_is_text(read: MakeReader) -> None:
    reader = read()
    page = opened(reader)
    quiz = question(CHAPTER.slug, asked=MARKUP, answer=[MARKUP])
    guess = explorer("elsewhere", asked=MARKUP, guess=MARKUP, right=MARKUP, challenge=MARKUP)
    pages = {"elsewhere": {"title": MARKUP}, CHAPTER.slug: {"title": MARKUP, "heading": MARKUP}}
    brought = record(quiz={"quiz-1": quiz}, explorers={"x": guess}, pages=pages)
    load(page, "handed-in.json", json.dumps(brought | {"name": MARKUP}))
    expect(page.get_by_role("status")).to_contain_text("Loaded: 1 question answered")
    expect(page.get_by_text(MARKUP).first).to_be_visible()
    expect(page.locator("#my-name")).to_have_value(MARKUP)
    assert page.locator("main :is(img, script)").count() == 0
    assert page.evaluate("window.ran") is None
    assert reader.problems == []


def in_page(value: object) -> str:
    held = json.dumps(value).replace("<", "\\u003c")
    return f'<p>x</p><script type="application/json" id="my-book">{held}</script>'


DEEP = 200_000
REFUSED = {
    "empty": ("", "This file is empty."),
    "spaces": (" \n", "This file holds no My book"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "This file holds no My book"),
    "large": (b" " * 10_000_000, "This file is larger than 4 megabytes"),
    "word": ("Dear teacher, here is my book.", "This file holds no My book"),
    "other page": (f"<h1>My book</h1>{MARKUP}", "This file holds no My book"),
    "other script": ("<script id=my-book>{}</script>", "This file holds no My book"),
    "cut off": (json.dumps(whole())[:-9], "What this file holds of My book is damaged."),
    "list": ("[]", "This file holds no My book"),
    "other format": (in_page({"format": "x", "version": 1}), "not a file of what this book"),
    "newer": (in_page(HEAD | {"version": 2}), "comes from a newer edition"),
    "version in words": (in_page(HEAD | {"version": "1"}), "does not say which version"),
    "no version": (in_page({"format": HEAD["format"]}), "does not say which version"),
    "prototype": (
        f'{json.dumps(HEAD)[:-1]}, "pages": {{"__proto__": {{"title": "x"}}}}}}',
        "damaged",
    ),
    "no verdict": (in_page(record(verdicts={"C3-01": {"before": "banana"}})), "damaged"),
    "wrong kind": (in_page(record(quiz={"q": question("p", asked=[MARKUP])})), "damaged"),
    "long": (in_page(record(quiz={"q": question("p", asked="x" * 501)})), "damaged"),
    "many": (in_page(record(quiz={f"q{n}": {} for n in range(2001)})), "damaged"),
    "deep": (
        f'{json.dumps(HEAD)[:-1]}, "pages": {"[" * DEEP}{"]" * DEEP}}}',
        "damaged",
    ),
    "deep page": ("<div>" * DEEP, "This file holds no My book"),
}


def test_files_of_another_kind_are_refused_in_a_sentence(read: MakeReader) -> None:
    reader = read()
    page = opened(reader, record(quiz={"quiz-1": question(CHAPTER.slug)}))
    kept = remembered(page)
    for name, (content, reason) in REFUSED.items():
        page.evaluate("document.querySelector('.my-said').textContent = ''")
        load(page, f"{name}.html", content)
        told = said(page)
        assert reason in told, name
        assert re.fullmatch(r"[^.]+(\.[^ ][^.]*)*\. Nothing was changed\.", told), name
        assert remembered(page) == kept, name
    assert page.evaluate("({}).title") is None
    assert page.evaluate("window.ran") is None
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert reader.problems == []


def test_a_page_of_the_book_saved_by_the_browser_is_refused(read: MakeReader, site: Path) -> None:
    page = opened(read(), whole())
    load(page, "My book.html", page.content())
    assert said(page).startswith("This file holds no My book")
    load(page, "spread.html", (site / "book" / "spread.html").read_bytes())
    assert said(page).startswith("This file holds no My book")


def test_unknown_keys_are_dropped(read: MakeReader) -> None:
    page = opened(read())
    entry = question(CHAPTER.slug)
    brought = record(quiz={"quiz-1": entry | {"more": MARKUP}}) | {"extra": {"deep": [1]}}
    load(page, "handed-in.html", in_page(brought))
    assert said(page) == "Loaded: 1 question answered."
    assert remembered(page) == record(quiz={"quiz-1": entry})


def test_before_it_replaces_anything_it_asks(read: MakeReader) -> None:
    page = opened(read(), record(quiz={"quiz-1": question(CHAPTER.slug)}))
    kept = remembered(page)
    brought = json.dumps(whole())
    load(page, "handed-in.json", brought)
    told = answer(page, "Keep what is here")
    assert "In this browser: 1 question answered" in told
    assert said(page) == "Nothing was loaded, all is as it was."
    assert remembered(page) == kept
    load(page, "handed-in.json", brought)
    answer(page, "Replace it")
    expect(page.get_by_role("status")).to_contain_text("Loaded:")
    assert remembered(page) == whole()


def test_erasing_is_asked_first_and_may_be_given_up(read: MakeReader) -> None:
    page = opened(read(), whole())
    button = page.get_by_role("button", name="Erase everything")
    button.click()
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    assert said(page) == "Nothing was erased."
    expect(button).to_be_focused()
    assert remembered(page) == whole()
    page.evaluate("BookMemory.erase()")
    button.click()
    expect(page.get_by_role("status")).to_have_text("There was nothing to erase.")


def test_a_damaged_record_that_was_laid_aside_is_erased_too(read: MakeReader) -> None:
    reader = read()
    page = opened(reader)
    page.evaluate("key => localStorage.setItem(key, '{')", OURS.rstrip(":"))
    page.reload()
    assert page.evaluate("Object.keys(localStorage)") == [f"{OURS}damaged"]
    page.get_by_role("button", name="Erase everything").click()
    said(page)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_an_empty_book_is_not_saved_and_a_fault_looks_like_one(read: MakeReader) -> None:
    page = opened(read())
    page.get_by_role("button", name="Save to a file").click()
    assert said(page) == "There is nothing to save yet; no file was made."
    expect(page.get_by_role("status")).to_have_class("my-said fault")
    page.evaluate("record => BookMemory.replace(record)",
                  record(quiz={"quiz-1": question(CHAPTER.slug)}))  # fmt: skip
    expect(page.get_by_role("status")).to_be_empty()  # it was said of another record


def test_a_first_guess_is_not_hidden_by_a_later_one(read: MakeReader) -> None:
    guess = explorer(CHAPTER.slug, first="The savers", guess="Nobody", right="Nobody")
    skipped = explorer(CHAPTER.slug, first="", guess="Nobody", right="Nobody")
    page = opened(read(), record(explorers={"a": guess, "b": skipped}))
    rows = page.locator(".my-found tbody tr")
    expect(rows.nth(0).locator("td").nth(1)).to_have_text("The savers; later: Nobody")
    expect(rows.nth(0).locator("td").nth(2)).to_have_text("Nobody")
    expect(rows.nth(1).locator("td").nth(1)).to_have_text("skipped; later: Nobody")


def test_a_chapter_only_opened_and_a_verdict_only_seen_are_nothing_done(read: MakeReader) -> None:
    pages = {CHAPTER.slug: {"read": "2026-11-26", "questions": 8, "challenges": 4}}
    page = opened(read(), record(pages=pages))
    told = page.locator(f"section#{CHAPTER.slug} .my-progress")
    expect(told).to_have_text("Opened, nothing answered yet.")
    row = page.locator(f"tr[data-claim='{CLAIM.id}']")
    row.get_by_text("Show it").click()
    expect(row.locator(".badges")).to_be_visible()
    assert list(remembered(page)["verdicts"][CLAIM.id]) == ["book", "page"]
    expect(page.locator(".my-sum")).to_have_text("Your book is empty so far.")


def test_it_says_where_storage_is_full(read: MakeReader) -> None:
    reader = read()
    full = 'Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); }'
    reader.context.add_init_script(full)
    expect(opened(reader).locator(".my-where")).to_contain_text("has no room")


def test_it_says_where_storage_is_blocked(read: MakeReader, server: Server) -> None:
    reader = read()
    expect(opened(reader).locator(".my-where")).to_contain_text("in this browser alone")
    reader.context.add_init_script(NO_STORAGE)
    expect(opened(reader).locator(".my-where")).to_contain_text("keeps nothing for the book, or")
    assert not [path for path in server.asked if "handed" in path]


def test_no_two_buttons_and_links_of_the_verdicts_share_a_name(site: Path) -> None:
    page = BeautifulSoup((site / ADDRESS).read_text("utf-8"), "html.parser")
    for kind in (".withheld > summary", ".withheld > a"):
        named = [str(each.get("aria-label")) for each in page.select(kind)]
        assert len(set(named)) == len(named) == len(RULED)
