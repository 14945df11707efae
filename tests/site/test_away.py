"""The book away from its host: unpacked from its zip, and on a phone whose network has gone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from built import Built, explorers
from cut import cut
from publish import publish
from reader import EXPLORING, ROOT, Reader, serving
from test_pages import sideways

CHAPTER = "book/spread.html"
FOLDER = "Größe 风险 #1"  # a USB stick's name may be anything
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TIPS = 4  # pixels by which a finger's place may differ from a target's middle


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site as its zip gives it back."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "html").symlink_to(site.resolve())
    [made] = publish(ROOT, folder, pdfs=False).glob("*.zip")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder / FOLDER)
    return folder / FOLDER / made.stem


@pytest.fixture
def phone(chromium: Browser, site: Path) -> Iterator[Reader]:
    with serving(site) as server:
        reader = Reader(chromium, server.url(""), **PHONE)
        yield reader
        reader.leave()


def asking(site: Path) -> Built:
    """Return the chapter's first explorer with a guess, whose first control is a slider."""
    found = explorers(site, CHAPTER)
    return next(built for built in found if built.right is not None and built.shape[0] > 3)


def guess(page: Page, built: Built) -> None:
    option = page.locator(f'[id="{built.name}"] .mx-option').first
    option.tap()
    expect(page.locator(f'[id="{built.name}"] .mx-fold > .mx-reply[role=status]')).to_contain_text(
        "Noted."
    )


def touch(page: Page, built: Built) -> None:
    """Put a finger on the right end of the first slider."""
    slider = page.locator(f'[id="{built.name}"] input[type=range]').first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    slider.tap(position={"x": box["width"] - TIPS, "y": box["height"] / 2})
    there = (built.shape[0] - 1, *built.default[1:])
    sentence = page.locator(f'[id="{built.name}"] .mx-sentence')
    expect(sentence).to_have_text(built.sentences[built.index(there)])


def read_note(page: Page) -> None:
    page.locator("a.fact").first.tap()
    note = page.locator(".notes > :popover-open")
    expect(note).to_be_visible()
    note.get_by_role("button", name="Close").tap()
    expect(note).to_be_hidden()


def answer(page: Page) -> None:
    page.locator("[name=quiz-way][value=all]").check()
    question = page.locator("form.quiz[data-kind=single]").first
    question.locator("fieldset label").first.tap()
    question.get_by_role("button", name="Check").tap()
    expect(question.locator(".quiz-told")).not_to_be_empty()


def search(page: Page) -> None:
    page.locator("#bar-search").fill("lemons")
    page.locator("#bar-search").press("Enter")
    expect(page.locator(".found li").first).to_be_visible()


def test_the_zip_works_where_it_is_unpacked(chromium: Browser, unpacked: Path) -> None:
    reader = Reader(chromium, f"{unpacked.as_uri()}/", **PHONE)
    page = reader.open("index.html")
    page.wait_for_url("**/book/index.html")
    page.locator("article a", has_text="The intermediation spread").first.click()
    page.wait_for_url("**/book/spread.html*")
    built = asking(unpacked)
    guess(page, built)
    touch(page, built)
    read_note(page)
    reader.go(page, "search.html", deeper=False)
    search(page)
    assert reader.problems == []
    reader.leave()


def test_what_was_loaded_works_when_the_network_has_gone(phone: Reader, site: Path) -> None:
    chapter = phone.open(CHAPTER, until="networkidle")
    found = phone.open("search.html", deeper=False)
    search(found)
    phone.context.set_offline(True)
    built = asking(site)
    guess(chapter, built)
    touch(chapter, built)
    read_note(chapter)
    answer(chapter)
    found.locator("#bar-search").fill("default")
    found.locator("#bar-search").press("Enter")
    expect(found.locator(".found li").first).to_contain_text("efault")
    with chapter.expect_download() as numbers:
        chapter.locator(f'[id="{built.name}"] .mx-csv').first.tap()
    assert Path(numbers.value.path()).stat().st_size > 0
    assert phone.problems == []


@pytest.mark.parametrize("address", EXPLORING)
def test_each_control_answers_a_finger(phone: Reader, site: Path, address: str) -> None:
    page = phone.open(address)
    for built in (built for built in explorers(site, address) if built.axes):
        control = page.locator(f'[id="{built.name}"] .mx-control').first
        if control.locator("input[type=range]").count():
            touch(page, built)
    assert sideways(page) == 0
    assert cut(page) == []
    assert phone.problems == []


def test_contents_theme_and_questions_answer_a_finger(phone: Reader) -> None:
    page = phone.open(CHAPTER)
    page.locator(".menu-button").tap()
    expect(page.locator("#contents")).to_be_in_viewport()
    page.locator("#contents .here a").last.tap()
    expect(page.locator("#contents")).not_to_be_in_viewport()
    before = page.evaluate("document.documentElement.dataset.theme")
    page.locator(".theme-button").tap()
    assert page.evaluate("document.documentElement.dataset.theme") != before
    answer(page)
    assert phone.problems == []
