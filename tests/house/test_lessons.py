"""Hand-outs and slides are read off the built pages: they say what page and model say."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, expect, sync_playwright

import browser
import handouts
import lesson
import material
import slides
from axe import violations
from confirm import confirmed
from netfin.lending import BANK, break_even_rate
from npm import file_of
from places import OUTPUT
from publish import Source, source
from refusal import RefusalError, make_folder
from small_book import ROOT

SITE = "https://example.org/shops/"
REVEAL = ROOT / "tools" / "teaching" / "reveal"


@pytest.fixture(scope="module")
def book() -> Source:
    """Return the book that `make book` has built."""
    return source(ROOT, OUTPUT / "html")


@pytest.fixture(scope="module")
def chapters(book: Source) -> list[material.Chapter]:
    """Return all chapters."""
    return [*lesson.chapters(book)]


@pytest.fixture(scope="module")
def chapter(book: Source) -> material.Chapter:
    """Return the model chapter."""
    return material.chapter(book.html, "spread", "The intermediation spread")


def text(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_an_explorer_begins_as_on_its_page(chapter: material.Chapter) -> None:
    for each in chapter.explorers:
        element = chapter.text.select_one(f'[id="{each.name}"]')
        assert element is not None
        if each.asks:
            said = material.words(element.select_one(".mx-sentence"))
            assert " ".join(each.sentence(each.start).split()) == said
            assert len(each.table(each.start)) == len(element.select("tr"))
            drawn = BeautifulSoup(each.picture(each.start), "html.parser")
            assert len(drawn.select("path")) == len(element.select(".mx-picture svg path"))


def test_another_state_is_the_model_s(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.name == "who-is-paid")
    assert explorer.moves(explorer.end) == [("Shops that default", "3\xa0%", "10\xa0%")]
    rate = 100 * break_even_rate(dataclasses.replace(BANK, default_probability=0.10))
    assert explorer.table(explorer.end)[1][1] == pytest.approx(rate, abs=0.001)
    assert explorer.anchor(explorer.end) == "who-is-paid?default_probability=10&operating_cost=2"


def test_the_nearest_state_meets_the_challenge(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.name == "who-is-paid")
    assert explorer.met is not None
    bank, *platforms = [row[1] for row in explorer.table(explorer.met)[1:]]
    assert max(platforms) < bank


def test_a_sheet_asks_and_does_not_answer(chapter: material.Chapter, book: Source) -> None:
    made = handouts.documents(chapter, book.title, handouts.Place(""))
    (_, sheets), (_, solutions) = made["spread"], made["spread-solutions"]
    for each in chapter.explorers:
        if each.asks:
            assert text(each.question) in text(sheets)
            assert all(text(option) in text(sheets) for option in each.options)
            assert text(each.held["because"]) not in text(sheets)
            assert text(each.held["because"]) in text(solutions)
            assert text(each.sentence(each.end)) not in text(sheets)
            assert f"book/spread.html#{each.anchor(each.start)}" in text(sheets)
    assert sheets.count('class="sheet"') == sum(each.asks for each in chapter.explorers)


def test_a_sheet_has_all_numbers_of_its_picture(chapters: list[material.Chapter]) -> None:
    """A question asks about any row: grade G, the last line. Minus signs are none of a keyboard."""
    for each in chapters:
        asked = [one for one in each.explorers if one.asks]
        without = {one.name for one in asked} - set(confirmed(each, asked))
        for explorer in (one for one in asked if one.name in without):
            made = handouts.sheet(each, explorer, handouts.Place(""))
            rows = BeautifulSoup(made, "html.parser").select("tbody tr")
            assert len(rows) == len(explorer.table(explorer.start)) - 1, explorer.name
            assert not any(re.search(r"-\d", material.words(row)) for row in rows), explorer.name


def test_where_the_site_has_an_address_a_sheet_has_its_code(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.asks)
    made = handouts.sheet(chapter, explorer, handouts.Place(SITE))
    assert f"{SITE}book/spread.html#{explorer.anchor(explorer.start)}" in text(made)
    assert "The address as a QR code" in made
    assert "QR" not in handouts.sheet(chapter, explorer, handouts.Place(""))


def slides_of(chapter: material.Chapter, address: str = "") -> list[Tag]:
    """Return a chapter's slides."""
    html = slides.deck(chapter, "A book", handouts.Place(address))
    return BeautifulSoup(html, "html.parser").select(".slides > section")


def test_each_explorer_is_guessed_at_before_it_is_moved(chapter: material.Chapter) -> None:
    made = slides_of(chapter)
    for each in chapter.explorers:
        live = [
            at for at, one in enumerate(made) if one.select(f'iframe[data-src$="#{each.name}"]')
        ]
        assert len(live) == bool(each.controls)
        if each.asks:
            before = made[live[0] - 1]
            notes = material.words(before.aside.extract() if before.aside else None)
            assert text(each.held["because"]) in notes
            assert text(each.question) in material.words(before)
            assert text(each.held["because"]) not in material.words(before)


def test_slides_have_headings_formulas_votes_and_questions(chapter: material.Chapter) -> None:
    made = slides_of(chapter)
    shown = " ".join(material.words(each) for each in made)
    for heading in chapter.text.select("section > h2"):
        part = heading.parent
        assert part is not None
        assert (part["id"] in slides.LEFT_OUT) or material.words(heading) in shown
    assert sum(len(each.select("math[display=block]")) for each in made) == 5
    assert shown.count(slides.VOTE) == 2
    assert len([each for each in made if "verdict" in each["class"]]) == 4
    assert all(each.select("aside.notes") for each in made if "live" in each["class"])


def test_a_heading_has_words_and_a_formula_its_sentence_and_letters(
    chapters: list[material.Chapter],
) -> None:
    for each in chapters:
        for made in slides_of(each):
            heads = " ".join(material.words(head) for head in made.select("h2, h3"))
            if made.aside:
                made.aside.extract()
            if "section" in made["class"]:
                assert len(material.words(made)) > len(heads), heads
            if "formula" in made["class"]:
                said = material.words(made.select_one(".words"))
                assert said.startswith(("In words: ", "… ")), (each.slug, heads)
                assert made.select("li") or each.slug in material.OWN, (each.slug, heads)


def test_a_formula_that_ends_its_section_has_the_words_before_it() -> None:
    told = "<p>It falls. The more stay, the less is left.</p><p>With <i>k</i> who stay it is</p>"
    steps = BeautifulSoup(told, "html.parser").select("p")
    assert slides.in_words([]) == ""
    assert slides.before(steps) == "In words: The more stay, the less is left."
    assert slides.before(steps[1:]) == ""


def test_a_slide_leads_to_the_site_where_it_has_an_address(chapter: material.Chapter) -> None:
    asked = next(each for each in slides_of(chapter, SITE) if "guess" in each["class"])
    assert asked.select('.qr svg[aria-label="The address as a QR code"]')
    assert not any(each.select(".qr") for each in slides_of(chapter))


def test_a_copy_without_an_address_says_how_links_get_theirs(
    book: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address in ("", SITE):
        config = {**book.config, "html": {"baseurl": address}}
        lesson.write_slides(dataclasses.replace(book, config=config), tmp_path, ["of no chapter"])
        assert ("html: baseurl" in capsys.readouterr().out) == (not address)


SIZES = """() => {
  const slide = Reveal.getCurrentSlide();
  const parts = [...slide.querySelectorAll(":scope > :not(aside)")];
  const ends = parts.map((part) => part.getBoundingClientRect());
  return [Math.max(slide.scrollWidth, ...ends.map((each) => each.right)),
    Math.max(slide.scrollHeight, ...ends.map((each) => each.bottom))];
}"""


def show_chapters(book: Source, folder: Path, chosen: list[str]) -> None:
    """Lead through the slides of some chapters by key, from files; none may be too full."""
    lesson.share(book, folder)
    lesson.write_slides(book, folder / "slides", chosen)
    (chapter,) = lesson.chapters(book, chosen[:1])
    make_folder(folder / "handouts")
    for name, (_, html) in handouts.documents(chapter, book.title, handouts.Place("")).items():
        (folder / "handouts" / f"{name}.html").write_text(html, "utf-8")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser.chromium(), args=browser.CHROMIUM_FLAGS
        )
        page = started.new_page(viewport={"width": 1366, "height": 768})
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        decks = [each for slug in chosen for end in ("", "-session*")
                 for each in sorted((folder / "slides").glob(f"{slug}{end}.html"))]  # fmt: skip
        for deck in decks:
            page.goto(deck.as_uri())
            lead_through(page, deck.stem)
            check_voted(page)
        check_live(page)
        page.evaluate("Reveal.slide([...document.querySelectorAll('.slides > section')]"
                      ".findIndex((each) => each.matches('.still')))")  # fmt: skip
        assert violations(page) == []
        page.goto((folder / "handouts" / f"{chosen[0]}.html").as_uri())
        assert violations(page) == []
        assert faults == []
        started.close()


def lead_through(page: Page, slug: str) -> None:
    """Lead by key from the first slide to the last; on each, all has room."""
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        assert page.evaluate("Reveal.getIndices().h") == number
        right, bottom = page.evaluate(SIZES)
        assert right <= 1366, (slug, number)
        assert bottom <= 768, (slug, number)
        page.keyboard.press("ArrowRight")


IN_VIEW = """(explorer) => {
  const boxes = [".mx-picture", ".mx-panel", ".mx-words", ".mx-challenge"].map((name) =>
    explorer.querySelector(name).getBoundingClientRect());
  const [picture, panel] = boxes;
  const cut = boxes.filter((each) => each.bottom > innerHeight || each.right > innerWidth);
  return picture.width > panel.width ? cut : [...cut, picture];
}"""


def check_voted(page: Page) -> None:
    """Where a class has voted its figure asks no second question, and can be moved."""
    for number in page.evaluate(
        "[...document.querySelectorAll('.slides > section')]"
        ".flatMap((each, at) => each.querySelector('iframe[data-src*=\"&voted\"]') ? [at] : [])"
    ):
        page.evaluate("at => Reveal.slide(at)", number)
        explorer = page.frame_locator("section.present iframe").locator("model-explorer.mx-kept")
        assert explorer.evaluate(IN_VIEW) == []
        expect(explorer.locator(".mx-guess, .mx-challenge").filter(visible=True)).to_have_count(0)
        moved = explorer.locator("input[type=range], input[type=checkbox], select")
        assert all(each.is_enabled() and each.is_visible() for each in moved.all())


def check_live(page: Page) -> None:
    """An explorer answers in its slide, and the speaker's window has its notes."""
    page.evaluate("Reveal.slide([...document.querySelectorAll('.slides > section')]"
                  ".findIndex((each) => each.matches('.live')))")  # fmt: skip
    explorer = page.frame_locator("section.present iframe").locator("model-explorer.mx-kept")
    assert explorer.evaluate(IN_VIEW) == []
    explorer.locator(".mx-skip").click()
    before = explorer.locator(".mx-sentence").inner_text()
    explorer.locator("input[type=range]").first.press("End")
    expect(explorer.locator(".mx-sentence")).not_to_have_text(before)
    page.locator("section.present .strip").click()
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = page.locator("section.present aside p").first.text_content() or ""
    expect(opened.value.locator(".speaker-controls-notes .value")).to_contain_text(notes[:40])


def test_slides_are_led_by_keyboard_and_hold_what_they_show(book: Source, tmp_path: Path) -> None:
    show_chapters(book, tmp_path, ["spread"])


@pytest.mark.whole
def test_no_slide_of_any_chapter_is_too_full(book: Source, tmp_path: Path) -> None:
    show_chapters(book, tmp_path, [page.rpartition("/")[2] for page in book.chapters()])


def print_chapters(book: Source, folder: Path, chosen: list[str]) -> None:
    """Print some chapters, and look for sheets that need more than their page."""
    lesson.share(book, folder)
    lesson.write_handouts(book, folder / "handouts", chosen)
    for slug in chosen:
        with pikepdf.open(folder / "handouts" / f"{slug}.pdf") as pdf:
            html = (folder / "handouts" / f"{slug}.html").read_text("utf-8")
            assert len(pdf.pages) == html.count('class="sheet"') > 0, slug
        styles = re.findall(r'href="([^"]+\.css)"', html)
        assert all((folder / "handouts" / each).is_file() for each in styles)


def test_each_sheet_is_a_page(book: Source, tmp_path: Path) -> None:
    print_chapters(book, tmp_path, ["spread"])


@pytest.mark.whole
def test_each_sheet_of_every_chapter_is_a_page(book: Source, tmp_path: Path) -> None:
    print_chapters(book, tmp_path, [page.rpartition("/")[2] for page in book.chapters()])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("reveal.js", "dist/reveal.js"),
        ("reveal.css", "dist/reveal.css"),
        ("notes.js", "dist/plugin/notes.js"),
        ("LICENSE.txt", "LICENSE"),
    ],
)
def test_what_shows_the_slides_is_the_package_that_is_locked(ours: str, theirs: str) -> None:
    assert (REVEAL / ours).read_text("utf-8") == file_of("reveal.js", theirs)


def test_what_is_wrong_with_a_source_is_said_in_a_sentence(book: Source, tmp_path: Path) -> None:
    def fail(_book: Source, _folder: Path) -> None:
        raise ValueError("spread: no row of the plan begins at minute 5")

    with pytest.raises(RefusalError, match=r"begins at minute 5\.$"):
        lesson.written(fail, book, tmp_path)
