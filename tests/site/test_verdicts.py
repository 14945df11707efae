"""The reader's own verdicts, before and after, and the book's, which open only then."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from bookkit.readers.claims import load_claims
from bookkit.readers.verdicts import DIRECTIONS
from reader import NO_STORAGE, ROOT, until

Ask = Callable[..., Page]
CLAIMS = load_claims(ROOT / "data" / "claims.yml")


def asked_for(page: Page, when: str, claim: str = "c3-01") -> Locator:
    return page.locator(f"#{when}-{claim}")


def test_a_verdict_before_is_shown_beside_the_one_after(ask: Ask) -> None:
    page = ask()
    before, after = asked_for(page, "before"), asked_for(page, "after")
    before.get_by_label("Holds", exact=True).check()
    expect(before.get_by_role("status")).to_have_text("Noted, in this browser only.")
    expect(after.get_by_role("status")).to_be_empty()  # it would lead the second verdict
    after.get_by_label("Too strong").check()
    told = "Before: holds. Now: too strong."
    expect(after.get_by_role("status")).to_have_text(told)
    expect(asked_for(page, "after", "c3-02").get_by_role("status")).to_be_empty()
    kept = page.evaluate("BookMemory.read().verdicts")
    assert kept == {"C3-01": {"before": "holds", "after": "too-strong", "page": "spread"}}
    yours = page.locator("#verdict-c3-01 .yours")  # folded with the book's
    expect(yours).to_be_hidden()
    expect(yours).to_have_text("Yours: holds before, too strong now.")
    page.reload()
    expect(before.get_by_label("Holds", exact=True)).to_be_checked()
    expect(after.get_by_label("Too strong")).to_be_checked()
    expect(after.get_by_role("status")).to_have_text(told)
    before.get_by_label("Fails").check()
    expect(after.get_by_role("status")).to_contain_text("Before: fails. Now: too strong.")


def test_who_gave_no_verdict_before_is_told_so(ask: Ask) -> None:
    after = asked_for(ask(), "after", "c3-02")
    after.get_by_label("Cannot be told").check()
    told = "Before: none. Now: cannot be told."
    expect(after.get_by_role("status")).to_have_text(told)


def test_a_verdict_that_is_none_of_the_five_is_no_verdict(ask: Ask) -> None:
    page = ask()
    key = "why-shops-become-banks:verdict:C3-01:before"
    page.evaluate("key => localStorage.setItem(key, 'of-old')", key)
    page.reload()
    expect(asked_for(page, "before").get_by_role("status")).to_be_empty()
    expect(asked_for(page, "before").get_by_role("button")).to_have_count(0)
    asked_for(page, "after").get_by_label("Holds", exact=True).check()
    expect(asked_for(page, "after").get_by_role("status")).to_contain_text("Before: none.")


def test_a_verdict_in_the_light_of_the_book_s_is_marked(ask: Ask) -> None:
    page = ask()
    late = "after the book’s verdict was open"
    before, after = asked_for(page, "before"), asked_for(page, "after")
    kept = "BookMemory.read().verdicts['C3-01']"
    before.get_by_label("Fails").check()
    page.get_by_role("button", name="Show the book’s verdicts").click()
    until(page, f"{kept}.book")
    assert page.evaluate(f"{kept}.changed") is None
    expect(before.get_by_role("status")).not_to_contain_text(late)
    page.reload()
    before.get_by_label("Holds", exact=True).check()
    after.get_by_label("Holds", exact=True).check()
    assert page.evaluate(f"{kept}.changed") is True
    for box in (before, after):
        expect(box.get_by_role("status")).to_contain_text(late)


def test_a_verdict_is_taken_back(ask: Ask) -> None:
    page = ask()
    before, after = asked_for(page, "before"), asked_for(page, "after")
    back = "Take back"
    expect(page.get_by_role("button", name=back)).to_have_count(0)
    before.get_by_label("Fails").check()
    after.get_by_label("Holds", exact=True).check()
    before.get_by_role("button", name=back).press("Enter")
    expect(before.get_by_role("radio", checked=True)).to_have_count(0)
    expect(before.get_by_role("radio").first).to_be_focused()
    expect(before.get_by_role("status")).to_be_empty()
    expect(after.get_by_role("status")).to_contain_text("Before: none. Now: holds.")
    after.get_by_role("button", name=back).click()
    expect(after.get_by_role("status")).to_be_empty()
    assert page.evaluate("BookMemory.read().verdicts") == {}
    page.reload()
    expect(page.locator(".own-verdict :checked")).to_have_count(0)


def test_a_verdict_shows_in_another_tab_at_once(ask: Ask) -> None:
    page = ask()
    other = page.context.new_page()
    other.goto(page.url)
    asked_for(page, "before").get_by_label("Fails").check()
    expect(asked_for(other, "before").get_by_label("Fails")).to_be_checked()


def test_verdicts_are_compared_where_storage_is_blocked(ask: Ask) -> None:
    page = ask()
    page.context.add_init_script(NO_STORAGE)
    page.reload()
    before, after = asked_for(page, "before"), asked_for(page, "after")
    before.get_by_label("Holds", exact=True).check()
    expect(before.get_by_role("status")).to_have_text("Noted, until you leave this page.")
    after.get_by_label("Holds if …").check()
    expect(after.get_by_role("status")).to_contain_text("Before: holds. Now: holds if …")
    page.reload()
    expect(before.get_by_label("Holds", exact=True)).not_to_be_checked()


def test_every_claim_has_its_name_and_five_directions(ask: Ask) -> None:
    page = ask()
    for when, asked, claims in (
        ("before", "The claims. Before you read: how far is each claim true?", ("C3-01", "C3-02")),
        ("after", "Now that you have read: how far is each claim true?",
         [claim.id for claim in CLAIMS.of_chapter("spread")]),
    ):  # fmt: skip
        rows = page.locator(f"form[data-when={when}] fieldset")
        expect(rows).to_have_count(len(claims))
        for row, claim in zip(rows.all(), map(CLAIMS.find, claims), strict=True):
            expect(row).to_have_accessible_name(f"{claim.claim} {claim.zh} ({claim.zh_in_english})")
            expect(row).to_have_accessible_description(asked)
            expect(row.locator("label")).to_have_text([each.en for each in DIRECTIONS.values()])
            expect(row.get_by_role("radio")).to_have_count(len(DIRECTIONS))


def test_the_book_s_verdicts_open_once_asked_for(ask: Ask) -> None:
    page = ask()
    book, button = page.locator("#verdict-c3-01"), page.get_by_role("button", name="Show the book")
    expect(book).to_be_hidden()
    expect(page.get_by_text("So the book.")).to_be_hidden()
    expect(page.get_by_text("Something to take away.")).to_be_visible()
    page.emulate_media(media="print")  # paper shows what the screen shows
    expect(book).to_be_hidden()
    page.emulate_media(media="screen")
    button.press("Enter")
    expect(book).to_be_visible()
    page.emulate_media(media="print")
    expect(book).to_be_visible()
    page.emulate_media(media="screen")
    expect(button).to_have_count(0)
    expect(page.get_by_role("heading", name="The book’s verdicts")).to_be_focused()


def test_the_book_s_verdicts_wait_for_the_button_however_a_claim_is_judged(ask: Ask) -> None:
    page = ask()
    book, rows = page.locator("#verdict-c3-01"), page.locator("form[data-when=after] fieldset")
    way = page.locator(".to-finale")
    expect(way.get_by_role("status")).to_have_text("You have judged 0 of 4.")
    for row in rows.all():
        row.get_by_label("Holds", exact=True).check()
    for _ in range(3):  # the arrow keys choose what they pass
        page.keyboard.press("ArrowDown")
    expect(rows.last.get_by_label("Fails")).to_be_checked()
    expect(book).to_be_hidden()
    way.get_by_role("button", name="I have judged: show the book’s verdicts").press("Enter")
    expect(book).to_be_visible()
    expect(way.get_by_role("status")).to_contain_text("open below")
    rows.first.get_by_role("button", name="Take back").click()
    expect(book).to_be_visible()  # what was seen is not hidden again


def test_the_first_line_says_how_far_the_reader_and_the_book_agree(ask: Ask) -> None:
    page = ask()
    book = CLAIMS.find("C3-01").verdict
    assert book is not None
    agreed, yours = page.locator(".agreed"), page.locator("#verdict-c3-01 .yours")
    page.get_by_role("button", name="Show the book").click()
    expect(agreed).to_be_empty()
    words, others = DIRECTIONS[book.direction].en, [
        each.en for key, each in DIRECTIONS.items() if key != book.direction
    ]  # fmt: skip
    asked_for(page, "after").get_by_label(words, exact=True).check()
    expect(agreed).to_have_text("You and the book agree on 1 of 1.")
    expect(yours).to_have_text(f"Yours: {words.lower()} now, as the book.")
    asked_for(page, "before").get_by_label(others[0], exact=True).check()
    expect(agreed).to_contain_text("You changed your mind on 1.")
    asked_for(page, "after").get_by_label(others[0], exact=True).check()
    expect(agreed).to_have_text("You and the book agree on 0 of 1. You did not change your mind.")


def test_what_carries_a_verdict_is_folded_on_the_screen_and_open_on_paper(ask: Ask) -> None:
    page = ask()
    page.get_by_role("button", name="Show the book").click()
    why, sides = page.locator("#verdict-c3-01 .why > p").first, page.locator(".sides")
    expect(sides).to_be_visible()
    expect(why).to_be_hidden()
    page.emulate_media(media="print")
    expect(why).to_be_visible()
    page.emulate_media(media="screen")
    why.evaluate("each => { each.id = 'inside'; }")
    page.evaluate("location.hash = 'inside'")
    expect(why).to_be_visible()


def test_an_address_opens_the_book_s_verdicts(ask: Ask) -> None:
    page = ask()
    book = page.locator("#verdict-c3-01")
    page.evaluate("location.hash = 'verdict'")
    expect(book).to_be_hidden()
    page.evaluate("location.hash = 'verdict-c3-01'")
    expect(book).to_be_visible()
    expect(book).to_be_in_viewport()
    page.reload()
    expect(book).to_be_in_viewport()
    page.goto(f"{page.url.partition('#')[0]}?again#:~:text=So%20the%20book.")
    expect(page.get_by_text("So the book.")).to_be_in_viewport()  # as by the browser's own search


def test_without_a_script_all_is_open(ask: Ask) -> None:
    page = ask(java_script_enabled=False)
    expect(page.locator("#verdict-c3-01")).to_be_visible()
    expect(page.get_by_text("So the book.")).to_be_visible()
    expect(page.get_by_text("a study.")).to_be_visible()


def test_on_paper_the_answers_of_a_quiz_stand_behind_all_its_questions(ask: Ask) -> None:
    page = ask()
    page.emulate_media(media="print")
    asked, answers = page.locator("form.quiz > fieldset"), page.locator("form.quiz > details")
    last, first = asked.last.bounding_box(), answers.first.locator("ul").bounding_box()
    assert last is not None
    assert first is not None
    assert first["y"] >= last["y"] + last["height"]
