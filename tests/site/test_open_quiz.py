"""Questions of a book without solutions: answers are kept, and nobody says what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

import asking
from my_book import READ, question, record
from reader import Reader, serving
from test_my_book import opened

MakeReader = Callable[..., Reader]
CHAPTER = READ[0]


def test_answers_are_kept_and_the_teacher_has_the_key(chromium: Browser, tmp_path: Path) -> None:
    with serving(asking.build(tmp_path, solutions="none")) as server:
        reader = Reader(chromium, server.url(""))
        page = reader.open("spread.html")
        page.locator("[name=quiz-way][value=all]").check()
        question, number = page.locator("#quiz-toy-1"), page.locator("#quiz-toy-3")
        for each, fault in ((question, "Choose an answer first."), (number, "Give a number")):
            each.get_by_role("button", name="Keep my answer").click()
            expect(each.get_by_role("status")).to_contain_text(fault)
        question.get_by_label("the owners").check()
        number.get_by_label("Your answer").fill("12,5 yuan")
        for each in (question, number):
            each.get_by_role("button", name="Keep my answer").click()
            told = "Your answer is kept. Your teacher has the key."
            expect(each.get_by_role("status")).to_have_text(told)
        page.reload()
        counted = page.locator(".quiz-count")
        expect(counted).to_have_text("2 of 4 answered; your teacher has the key")
        expect(question.get_by_label("the owners")).to_be_checked()
        expect(page.locator(".quiz-retry")).to_be_hidden()
        kept = page.evaluate("Object.values(BookMemory.read().quiz)")
        assert [each["answer"] for each in kept] == [["the owners"], ["12,5 yuan"]]
        assert not any({"result", "first", "solved"} & each.keys() for each in kept)
        reader.leave()
        assert [problem for problem in reader.problems if "icon.svg" not in problem] == []


def test_my_book_shows_them_unmarked(read: MakeReader) -> None:
    given = question(CHAPTER.slug, asked="How much?", answer=["8.3"])
    del given["result"]
    pages = {CHAPTER.slug: {"questions": 8, "challenges": 4, "read": "2026-11-26"}}
    page = opened(read(), record(pages=pages, quiz={"quiz-1": given}))
    chapter = page.locator(f"section#{CHAPTER.slug}")
    expect(chapter.locator(".my-found tbody td")).to_have_text(
        ["1. How much?", "8.3", "not checked"]
    )
    expect(chapter.locator(".my-progress")).to_have_text(
        "1 of 8 questions answered, 0 of 4 challenges."
    )
