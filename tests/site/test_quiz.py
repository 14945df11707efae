"""Questions that the page answers: by mouse, by keyboard, spoken, kept, as files, unscripted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import violations
from bookkit.readers.quizzes import FRACTION, Numeric, Question, load_quiz
from reader import PAGES, ROOT, Reader, Server
from test_pages import sideways

MakeReader = Callable[..., Reader]
QUIZZES = ROOT / "data" / "quizzes"
ASKING = [page for page in PAGES if (QUIZZES / Path(page).with_suffix(".yml").name).is_file()]


def form(page: Page, number: int, quiz: str = "toy") -> Locator:
    return page.locator(f"#quiz-{quiz}-{number}")


def check(question: Locator) -> Locator:
    """Have an answer checked; return what is told."""
    question.get_by_role("button", name="Check").click()
    return question.get_by_role("status")


def test_a_right_choice_is_confirmed_with_its_reason(ask: Callable[..., Page]) -> None:
    question = form(ask(), 1)
    question.get_by_label("the savers").check()
    expect(check(question)).to_have_text("Right. Savers come first.")
    expect(question).to_have_attribute("data-result", "right")


def test_a_wrong_choice_is_explained_by_its_own_reason(ask: Callable[..., Page]) -> None:
    question = form(ask(), 1)
    question.get_by_label("the owners").check()
    expect(check(question)).to_have_text("Not so. Owners come last.")
    expect(question).to_have_attribute("data-result", "wrong")
    question.get_by_label("the savers").check()  # the comment was on the former answer
    expect(question.get_by_role("status")).to_be_empty()
    assert question.get_attribute("data-result") is None


def test_without_a_choice_one_is_asked_for(ask: Callable[..., Page]) -> None:
    page = ask()
    for number in (1, 2):
        expect(check(form(page, number))).to_have_text("Choose an answer first.")
        assert form(page, number).get_attribute("data-result") is None


@pytest.mark.parametrize(
    ("chosen", "told", "result"),
    [
        (["money", "handling"], "Right. Clerks are paid.Right. Savers want it back.", "right"),
        (
            ["money"],
            "What you chose is right, but not all of it.One more holds; try again.",
            "wrong",
        ),
        (
            ["money", "weather"],
            "Not so: “the weather”. It is free.One more holds; try again.",
            "wrong",
        ),
        (["money", "handling", "moon"], "Not so: “the moon”. It is far.", "wrong"),
    ],
)
def test_of_several_choices_all_count(
    ask: Callable[..., Page], chosen: list[str], told: str, result: str
) -> None:
    question = form(ask(), 2)
    for name in chosen:
        question.get_by_label(f"the {name}").check()
    expect(check(question)).to_have_text(told)
    expect(question).to_have_attribute("data-result", result)


SHARE = f"Not so. {FRACTION}"
CLOSE = "Close, but not the number. Round at the end only, and less on the way."
USUAL = "Not so. This number comes from none of the usual mistakes; try again."
NONE = "Give a number, such as 12.5."
OTHER = "The question asks for yuan a month."

COARSE = "Right as far as it goes, but rounded too far: give 2 decimals."
RESULT = {"Right.": "right", "Right": "near", "Close,": "near", "Not": "wrong"}
TYPED = [
    (3, "1250", "Right. Ten times 125."),
    (3, "1,250", "Right. Ten times 125."),
    (3, " 1 250.4 yuan ", "Right. Ten times 125."),  # the unit is yuan a month
    (3, "1250 Yuan a month", "Right. Ten times 125."),
    (3, "1250 yuan per month", "Right. Ten times 125."),
    (3, "1250 yuan/month", "Right. Ten times 125."),
    (3, "1250元", "Right. Ten times 125."),
    (3, "RMB 1250", "Right. Ten times 125."),
    (3, "￥1250", "Right. Ten times 125."),
    (3, "1.25 thousand yuan", OTHER),  # another number, which no reading may take for 1.25
    (3, "1.25k", OTHER),
    (3, "1.25 trillion", OTHER),
    (3, "1250 yuan a year", OTHER),
    (3, "1250元/年", OTHER),
    (3, "1250 yuan in 12 months", NONE),
    (3, "1250/2", NONE),
    (3, "１２５０", "Right. Ten times 125."),  # as a Chinese keyboard writes it
    (3, "1250.6", USUAL),
    (3, "12,5", "Not so. The comma."),
    (3, "−3.5", "Not so. The sign."),
    (3, "-3.5", "Not so. The sign."),
    (3, "0", USUAL),
    (4, "7.08", "Right. The sum of the parts."),
    (4, "7,04 %", "Right. The sum of the parts."),
    (4, "7.06％", "Right. The sum of the parts."),
    (4, "7.06 per cent", "Right. The sum of the parts."),
    (4, "7 yuan", COARSE),
    (4, "7.2", "Not so. The wrong sum."),
    (4, "7.1", COARSE),
    (4, "7.0", COARSE),
    (4, "7", COARSE),
    (4, "7.09", CLOSE),
    (4, "7.001", CLOSE),
    (4, "8", USUAL),
    (4, "6.9", USUAL),
    (4, "0.0706", SHARE),
    (4, "0.071", SHARE),
    (4, "0,07", SHARE),
    (4, "706", USUAL),
    (4, "", NONE),
    (4, "  ", NONE),
    (4, "%", NONE),
    (4, "seven", NONE),
    (4, "7.0.6", NONE),
    (4, "0x7", NONE),
    (4, "1e400", NONE),
    (4, "Infinity", NONE),
    (4, "7 or 7.06", NONE),
    (4, "7 -", NONE),
    (4, "abc", NONE),
]


def test_a_number_is_read_as_it_was_meant(ask: Callable[..., Page]) -> None:
    page = ask()
    for number, typed, told in TYPED:
        question = form(page, number)
        field = question.get_by_role("textbox")
        field.fill(typed)
        assert check(question).inner_text() == told, typed
        result = RESULT.get(told.split()[0])
        assert question.get_attribute("data-result") == result, typed
        assert field.get_attribute("aria-invalid") == (None if result else "true"), typed
        field.press("1")
        expect(question.get_by_role("status")).to_be_empty()
        assert field.get_attribute("aria-invalid") is None


def test_the_number_of_a_unit_is_none_of_the_readers(read: MakeReader) -> None:
    page = read().open("book/p2p.html")
    page.locator("[name=quiz-way][value=all]").check()
    for typed in (
        "78.5",
        "78.5 years of 100",
        "78.5 of 100",
        "78.5 years",
        "78.5 in 100",
        "78.5 years out of 100",
    ):
        question = form(page, 3, "p2p")  # it asks for years of 100
        question.get_by_role("textbox").fill(typed)
        expect(check(question)).to_contain_text("Right. ")


def test_the_keyboard_does_all(ask: Callable[..., Page]) -> None:
    page = ask()
    keys = page.keyboard
    form(page, 1).get_by_label("the owners").focus()
    keys.press("Space")
    keys.press("ArrowDown")
    expect(form(page, 1).get_by_label("the savers")).to_be_checked()
    keys.press("Tab")
    expect(form(page, 1).get_by_role("button", name="Check")).to_be_focused()
    keys.press("Enter")
    expect(form(page, 1).get_by_role("status")).to_contain_text("Right.")
    keys.press("Tab")
    expect(form(page, 1).locator("summary")).to_be_focused()
    keys.press("Enter")
    expect(form(page, 1).locator("details li").first).to_be_visible()
    for key in ("Tab", "Tab", "Space") * 2:  # the second of four boxes, and the last
        keys.press(key)
    keys.press("Tab")
    keys.press("Space")
    expect(form(page, 2).get_by_role("status")).to_contain_text("Right.")
    form(page, 4).get_by_role("textbox").focus()
    keys.type("7.06")
    keys.press("Enter")
    expect(form(page, 4).get_by_role("status")).to_contain_text("Right.")
    assert page.url.endswith("/spread.html")


def test_everything_has_a_name_to_be_spoken(ask: Callable[..., Page]) -> None:
    page = ask()
    for number, asked, hint in (
        (1, "1. Who is paid first?", "Choose one."),
        (2, "2. What must the rate cover?", "Choose all that hold."),
        (3, "3. How much?", "Give a whole number, in yuan a month."),
        (4, "4. At what rate?", "Give a number with 2 decimals, in %."),
    ):
        group = form(page, number).get_by_role("group", name=asked, exact=True)
        expect(group).to_have_count(1)
        expect(group).to_have_accessible_description(hint)
        status = form(page, number).get_by_role("status")
        expect(status).to_have_count(1)  # there before anything is told, so that it is spoken
        expect(status).to_be_empty()
    expect(form(page, 1).get_by_role("radio")).to_have_count(2)
    expect(form(page, 1).get_by_role("radio").first).to_have_accessible_name("the owners")
    expect(form(page, 2).get_by_role("checkbox").last).to_have_accessible_name("the money")
    expect(form(page, 3).get_by_role("textbox")).to_have_accessible_name("Your answer yuan a month")


def kept(page: Page) -> dict[str, dict[str, object]]:
    """Return the answers that the reader's book holds."""
    found: dict[str, dict[str, object]] = page.evaluate("BookMemory.read().quiz")
    return found


def test_answers_are_kept_with_their_comments_and_nothing_is_sent(
    ask: Callable[..., Page], asking_server: Server
) -> None:
    page = ask()
    page.wait_for_load_state("networkidle")
    asked = list(asking_server.asked)
    form(page, 1).get_by_label("the savers").check()
    for name in ("money", "moon"):
        form(page, 2).get_by_label(f"the {name}").check()
    form(page, 4).get_by_role("textbox").fill("7.1")
    for number in (1, 2, 4):
        check(form(page, number))
    count = page.locator(".quiz-count")
    expect(count).to_have_text("1 of 4 right, 3 answered")
    assert asking_server.asked == asked
    assert page.evaluate("document.cookie") == ""
    assert kept(page)["quiz-toy-2"] == {
        "page": "spread", "asked": "What must the rate cover?", "result": "wrong",
        "answer": ["the moon", "the money"],
    }  # fmt: skip
    form(page, 1).get_by_label("the owners").check()  # not checked, so not kept
    page.reload()
    expect(form(page, 1).get_by_label("the savers")).to_be_checked()
    expect(form(page, 1).get_by_role("status")).to_have_text("Right. Savers come first.")
    told = "Not so: “the moon”. It is far.One more holds; try again."
    expect(form(page, 2).get_by_role("status")).to_have_text(told)
    expect(form(page, 3).get_by_role("status")).to_be_empty()
    expect(form(page, 4).get_by_role("textbox")).to_have_value("7.1")
    expect(form(page, 4)).to_have_attribute("data-result", "near")
    expect(count).to_have_text("1 of 4 right, 3 answered")


def test_answers_of_another_edition_are_shown_and_not_restored(ask: Callable[..., Page]) -> None:
    page = ask()
    old = {"quiz-toy-1": {"asked": "Who is paid first?", "answer": ["the <b>king</b>"]},
           "quiz-toy-4": {"asked": "At which rate?", "answer": ["7.06"]}}  # fmt: skip
    page.evaluate("old => BookMemory.write(({ quiz }) => { Object.assign(quiz, old); })", old)
    page.reload()
    told = "In another edition you answered: the <b>king</b>."
    expect(form(page, 1).get_by_role("status")).to_have_text(told)
    expect(form(page, 1).get_by_role("radio", checked=True)).to_have_count(0)
    expect(form(page, 4).get_by_role("textbox")).to_have_value("")
    expect(page.locator(".quiz-count")).to_have_text("4 questions")


def test_a_new_beginning_loses_nothing(ask: Callable[..., Page]) -> None:
    page = ask()
    again = page.locator(".quiz-again")
    expect(again).to_be_hidden()
    for number, label in ((1, "the savers"), (2, "the moon")):
        form(page, number).get_by_label(label).check()
        check(form(page, number))
    both = kept(page)
    again.click()
    expect(page.locator(".quiz-count")).to_have_text("4 questions")
    expect(form(page, 1).locator("fieldset")).to_be_focused()
    expect(form(page, 1).get_by_role("radio", checked=True)).to_have_count(0)
    assert kept(page) == both
    form(page, 2).get_by_label("the weather").check()
    check(form(page, 2))
    expect(again).to_have_text("Bring my answers back")  # those not answered anew
    again.click()
    expect(form(page, 1).get_by_role("status")).to_have_text("Right. Savers come first.")
    expect(form(page, 2).get_by_label("the moon")).not_to_be_checked()
    expect(again).to_have_text("Begin again")
    again.click()
    page.reload()
    expect(form(page, 1).get_by_label("the savers")).to_be_checked()


def test_the_first_answer_is_kept_and_a_right_one_stays_right(ask: Callable[..., Page]) -> None:
    page = ask()
    for label in ("the owners", "the savers", "the owners"):
        form(page, 1).get_by_label(label).check()
        check(form(page, 1))
    entry = kept(page)["quiz-toy-1"]
    assert entry["first"] == {"answer": ["the owners"], "result": "wrong"}
    assert (entry["result"], entry["solved"]) == ("wrong", True)
    expect(page.locator(".quiz-count")).to_have_text("1 of 4 right, 1 answered")


def test_what_is_missing_is_told_at_the_second_miss(ask: Callable[..., Page]) -> None:
    page = ask()
    form(page, 2).get_by_label("the money").check()
    for _ in range(2):  # the same answer is no other try
        expect(check(form(page, 2))).to_contain_text("One more holds; try again.")
    retry = page.locator(".quiz-retry")
    expect(retry).to_have_text("To try again: question 2")
    form(page, 2).get_by_label("the moon").check()
    expect(check(form(page, 2))).to_contain_text("Missing: the handling")
    page.reload()
    expect(form(page, 2).get_by_role("status")).to_contain_text("Missing: the handling")
    retry.get_by_role("link").click()
    expect(form(page, 2).locator("fieldset")).to_be_focused()


def test_a_phone_shows_what_is_told(ask: Callable[..., Page]) -> None:
    page = ask(viewport={"width": 360, "height": 640})
    button = form(page, 1).get_by_role("button", name="Check")
    form(page, 1).get_by_label("the owners").check()
    button.evaluate("button => scrollTo(0, scrollY + button.getBoundingClientRect().bottom - 640)")
    told = check(form(page, 1))
    box = told.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640


def test_one_question_follows_another(ask: Callable[..., Page]) -> None:
    page = ask(way="one")
    shown = page.locator("form.quiz:visible")
    here, ahead = page.locator(".quiz-here"), page.get_by_role("button", name="Next")
    expect(shown).to_have_attribute("id", "quiz-toy-1")
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    form(page, 1).get_by_label("the savers").check()
    check(form(page, 1))
    ahead.focus()
    for number in (2, 3, 4):
        ahead.press("Enter")
        expect(form(page, number).locator("fieldset")).to_be_focused()
        expect(shown).to_have_attribute("id", f"quiz-toy-{number}")
        expect(here).to_have_text(f"{number} of 4")
    expect(ahead).to_be_disabled()
    page.reload()
    expect(shown).to_have_attribute("id", "quiz-toy-2")  # the first without an answer
    page.evaluate("location.hash = 'quiz-toy-4'")
    expect(shown).to_have_attribute("id", "quiz-toy-4")
    page.emulate_media(media="print")
    expect(page.locator("form.quiz legend:visible")).to_have_count(4)
    page.emulate_media(media="screen")
    page.get_by_label("all", exact=True).check()
    expect(shown).to_have_count(4)
    expect(ahead).to_be_hidden()
    page.reload()
    expect(page.get_by_label("all", exact=True)).to_be_checked()
    expect(shown).to_have_count(4)


def test_questions_work_from_files(chromium: Browser, asking_site: Path) -> None:
    reader = Reader(chromium, f"{asking_site.as_uri()}/")
    page = reader.open("spread.html#quiz-toy-4")
    form(page, 4).get_by_role("textbox").fill("7.06")
    expect(check(form(page, 4))).to_contain_text("Right.")
    page.reload()
    expect(form(page, 4).get_by_role("status")).to_contain_text("Right.")
    assert reader.problems == []
    reader.leave()


def test_without_scripts_questions_and_folded_answers_read(ask: Callable[..., Page]) -> None:
    page = ask(java_script_enabled=False)
    expect(page.get_by_role("button")).to_have_count(0)
    for number in range(1, 5):
        question = form(page, number)
        expect(question.locator("legend")).to_be_visible()
        expect(question.locator("li").first).to_be_hidden()
        question.locator("summary").click()
        expect(question.locator("li").first).to_be_visible()
    expect(form(page, 1).locator("li")).to_have_text(
        ["Wrong: the owners. Owners come last.", "Right: the savers. Savers come first."]
    )
    expect(form(page, 3).locator("li")).to_have_text(
        [
            "Right: 1250 yuan a month. Ten times 125.",
            "Wrong: −4 yuan a month. The sign.",
            "Wrong: 12 yuan a month. The comma.",
        ]
    )
    form(page, 3).get_by_role("textbox").press("Enter")
    assert page.url.endswith("/spread.html")


def told_for(question: Question, asked: Locator) -> Iterator[tuple[str, bool, str]]:
    """Give every answer that the file knows; yield what the page tells, and what it should."""
    if isinstance(question, Numeric):
        for each in (question.answer, *question.wrong):
            asked.get_by_role("textbox").fill(repr(each.value))
            yield check(asked).inner_text(), each is question.answer, each.why
        return
    for index, choice in enumerate(question.choices):
        for k, box in enumerate(asked.locator("fieldset input").all()):
            if k == index or question.several:
                box.set_checked(k == index)
        yield check(asked).inner_text(), choice.right, choice.why


def spoken(markdown: str) -> str:
    """Drop what marks words up, and the kinds of quotation marks."""
    return re.sub(r"[*$`'’\s\\{}]", "", markdown)


@pytest.mark.parametrize("address", ASKING)
def test_every_answer_in_the_book_gets_its_own_reason(read: MakeReader, address: str) -> None:
    page, slug = read().open(address), Path(address).stem
    page.locator("[name=quiz-way][value=all]").check()
    for number, question in enumerate(load_quiz(QUIZZES / f"{slug}.yml"), 1):
        asked = form(page, number, slug)
        for told, right, why in told_for(question, asked):
            if right and getattr(question, "several", False):
                assert told.startswith(("What you chose is right, but", "Right. "))
            else:
                assert told.startswith("Right. " if right else ("Not so. ", "Not so: ")), (
                    number,
                    why,
                )
                assert spoken(why) in spoken(told)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ASKING)
def test_answered_questions_are_sound_on_a_phone(
    read: MakeReader, address: str, theme: str
) -> None:
    phone = {"viewport": {"width": 360, "height": 800}, "has_touch": True}
    reader = read(color_scheme=theme, **phone)
    page = reader.open(address)
    page.locator("[name=quiz-way][value=all]").check()
    page.evaluate("document.querySelectorAll('form details').forEach(d => { d.open = true; })")
    for question in page.locator("form.quiz").all():
        answers = question.locator("fieldset input")
        if question.get_attribute("data-kind") == "numeric":
            answers.fill("12")
        else:
            answers.first.check()
        expect(check(question)).not_to_be_empty()
    for claim in page.locator(".own-verdict").all():
        claim.locator("input").last.check()
    page.get_by_role("button", name="I have judged: show").click()
    page.locator(".finale summary").first.click()
    assert sideways(page) == 0
    touched = page.locator(
        ":is(.quiz-frame, .own-verdicts) :is(label, button, summary, input[type=text]):visible"
    )
    heights = touched.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert len(heights) > 20
    assert min(heights) >= 44
    assert violations(page, ":is(.quiz-frame, .own-verdicts, .finale)") == []
    assert reader.problems == []
