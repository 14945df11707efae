"""The glossary leads to a letter, and shows the terms that hold what is typed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from reader import Reader

MakeReader = Callable[..., Reader]
PAGE = "book/glossary.html"


def test_a_letter_leads_to_its_first_term(read: MakeReader) -> None:
    page = read().open(PAGE)
    letters = page.get_by_role("navigation", name="Terms by their first letter").locator("a")
    words = letters.all_inner_texts()
    assert words == sorted(set(words))
    for letter in letters.all():
        target = page.locator(str(letter.get_attribute("href")))
        assert target.inner_text()[0].upper() == letter.inner_text()
    letters.last.click()
    expect(target).to_be_in_viewport()


def test_the_filter_takes_english_and_chinese_and_says_what_it_finds(read: MakeReader) -> None:
    reader = read()
    page = reader.open(PAGE)
    shown = page.locator("dl.glossary dd:visible")
    every = shown.count()
    box, status = (
        page.get_by_label("Show terms with"),
        page.locator(".glossary-tools [role=status]"),
    )
    one = {"RISK W": "risk weight", "风险权重": "risk weight", "winner's c": "curse"}
    for word, term in one.items():
        box.fill(word)
        expect(shown).to_have_count(1)
        expect(page.locator("dl.glossary dt:visible").first).to_contain_text(term)
        expect(status).to_have_text(f"1 of {every} terms")
    for word in ("constructor", "__proto__", "<b>"):
        box.fill(word)
        expect(shown).to_have_count(0)
        expect(status).to_have_text(f"Nothing found for “{word}”.")
    for word, term in {"averse selection": "adverse selection", "wineskins": ""}.items():
        box.fill(word)
        expect(shown).to_have_count(1 if term else 0)
        expect(status).to_have_text(f"Nothing found for “{word}”.{' Similar:' if term else ''}")
    page.goto(f"{page.url}#term-capital")
    expect(page.locator("#term-capital")).to_be_in_viewport()
    expect(shown).to_have_count(every)
    assert reader.problems == []


def test_without_a_script_there_are_the_letters_alone(read: MakeReader) -> None:
    page = read(java_script_enabled=False).open(PAGE)
    expect(page.get_by_label("Show terms with")).to_be_hidden()
    expect(page.get_by_role("link", name="A", exact=True)).to_be_visible()
