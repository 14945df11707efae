"""Questions that the page answers: by mouse, by keyboard, spoken, as a file, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sphinx.testing.util import SphinxTestApp

from axe import violations
from bookkit.readers.claims import load_claims
from bookkit.readers.quizzes import FRACTION, Numeric, Question, load_quiz
from bookkit.readers.verdicts import DIRECTIONS
from reader import NO_STORAGE, OURS, PAGES, ROOT, Reader, Server, serving
from test_pages import sideways

MakeReader = Callable[..., Reader]
QUIZZES = ROOT / "data" / "quizzes"
ASKING = [page for page in PAGES if (QUIZZES / Path(page).with_suffix(".yml").name).is_file()]

CONF = f"""
import sys
sys.path[:0] = [{str(ROOT / "book")!r}, {str(ROOT / "book" / "_ext")!r}]
extensions = ["myst_parser", "bookkit.directives.claims", "bookkit.directives.quiz"]
html_theme = "basic"
html_static_path = [{str(ROOT / "book" / "_static")!r}]
html_css_files = ["book.css"]
html_favicon = "icon.svg"
"""
SPREAD = """# A page

```{before-after} C3-01
:when: before
```
```{quiz} toy
```
```{before-after} C3-01
:when: after
```
```{before-after} C3-02
:when: after
```
"""
QUESTIONS = """
- ask: Who is paid *first*?
  kind: single
  choices:
    - {text: the owners, why: Owners come last.}
    - {text: the savers, why: Savers come first., right: true}
- ask: What must the rate cover?
  kind: several
  choices:
    - {text: the money, why: Savers want it back., right: true}
    - {text: the handling, why: Clerks are paid., right: true}
    - {text: the weather, why: It is free.}
    - {text: the moon, why: It is far.}
- {ask: "How much?", kind: numeric, answer: 1250, tolerance: 0.5, decimals: 0, unit: yuan,
   why: Ten times 125., wrong: [{answer: -3.5, why: The sign.}, {answer: 12.5, why: The comma.}]}
- {ask: "At what rate?", kind: numeric, answer: 7.06, tolerance: 0.02, decimals: 2, unit: "%",
   why: The sum of the parts., wrong: [{answer: 7.2, why: The wrong sum.}]}
"""


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of one page with a quiz of every kind and a verdict asked for twice."""
    folder = tmp_path_factory.mktemp("quiz")
    (folder / "data" / "quizzes").mkdir(parents=True)
    for name in ("claims.yml", "chapters.yml"):
        if (ROOT / "data" / name).is_file():
            (folder / "data" / name).write_text((ROOT / "data" / name).read_text("utf-8"), "utf-8")
    (folder / "data" / "quizzes" / "toy.yml").write_text(QUESTIONS, "utf-8")
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (folder / "index.md").write_text("# Toys\n\n```{toctree}\nspread\n```\n", "utf-8")
    (folder / "spread.md").write_text(SPREAD, "utf-8")
    app = SphinxTestApp("html", srcdir=folder, warningiserror=True)
    try:
        app.build()
    finally:
        app.cleanup()
    return folder / "_build" / "html"


@pytest.fixture
def toys(toy: Path) -> Iterator[Server]:
    with serving(toy) as server:
        yield server


@pytest.fixture
def ask(chromium: Browser, toys: Server) -> Iterator[Callable[..., Page]]:
    """Return an opener of the page of toys; nothing may go wrong on it, nor be sent from it."""
    readers: list[Reader] = []

    def make(**options: object) -> Page:
        readers.append(Reader(chromium, toys.url(""), **options))
        return readers[-1].open("spread.html")

    yield make
    for reader in readers:
        reader.leave()
        assert [problem for problem in reader.problems if "icon.svg" not in problem] == []


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
        (["money"], "What you chose is right, but not all of it.Missing: the handling", "wrong"),
        (["money", "weather"], "Not so. It is free.Missing: the handling", "wrong"),
        (["money", "handling", "moon"], "Not so. It is far.", "wrong"),
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

COARSE = "Right as far as it goes, but rounded too far: give 2 decimals."
RESULT = {"Right.": "right", "Right": "near", "Close,": "near", "Not": "wrong"}
TYPED = [
    (3, "1250", "Right. Ten times 125."),
    (3, "1,250", "Right. Ten times 125."),
    (3, " 1 250.4 yuan ", "Right. Ten times 125."),
    (3, "１２５０", "Right. Ten times 125."),  # as a Chinese keyboard writes it
    (3, "1250.6", USUAL),
    (3, "12,5", "Not so. The comma."),
    (3, "−3.5", "Not so. The sign."),
    (3, "-3.5", "Not so. The sign."),
    (3, "0", USUAL),
    (4, "7.08", "Right. The sum of the parts."),
    (4, "7,04 %", "Right. The sum of the parts."),
    (4, "7.06％", "Right. The sum of the parts."),
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
    (4, "7 yuan", NONE),
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
        (3, "3. How much?", "Give a whole number, in yuan."),
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
    expect(form(page, 3).get_by_role("textbox")).to_have_accessible_name("Your answer yuan")
    asked = page.locator("#before-c3-01").get_by_role("group")
    expect(asked).to_have_accessible_name(re.compile("^Before you read: how far is this true?"))
    expect(page.locator("#before-c3-01").get_by_role("radio")).to_have_count(5)


def test_answers_are_not_kept_and_nothing_is_sent(ask: Callable[..., Page], toys: Server) -> None:
    page = ask()
    page.wait_for_load_state("networkidle")
    asked = list(toys.asked)
    form(page, 1).get_by_label("the savers").check()
    form(page, 3).get_by_role("textbox").fill("1250")
    check(form(page, 1))
    check(form(page, 3))
    assert toys.asked == asked
    assert page.evaluate("Object.keys(localStorage).length + document.cookie.length") == 0
    page.reload()
    expect(form(page, 1).get_by_label("the savers")).not_to_be_checked()
    expect(form(page, 3).get_by_role("textbox")).to_have_value("")
    expect(form(page, 1).get_by_role("status")).to_be_empty()


def ruled(claim: str) -> str:
    """Return the direction of the book's verdict as it is told in a sentence."""
    verdict = load_claims(ROOT / "data" / "claims.yml").find(claim).verdict
    assert verdict is not None
    told = DIRECTIONS[verdict.direction].en.lower()
    return told if told.endswith("…") else f"{told}."


def asked_for(page: Page, when: str, claim: str = "c3-01") -> Locator:
    return page.locator(f"#{when}-{claim}")


def test_a_verdict_before_is_shown_beside_the_one_after(ask: Callable[..., Page]) -> None:
    page = ask()
    before, after = asked_for(page, "before"), asked_for(page, "after")
    before.get_by_label("Holds", exact=True).check()
    expect(before.get_by_role("status")).to_have_text("Noted, in this browser only.")
    expect(after.get_by_role("status")).to_be_empty()  # it would lead the second verdict
    after.get_by_label("Too strong").check()
    told = f"Before: holds. Now: too strong. The book: {ruled('C3-01')}"
    expect(after.get_by_role("status")).to_have_text(told)
    expect(asked_for(page, "after", "c3-02").get_by_role("status")).to_be_empty()
    assert page.evaluate("Object.keys(localStorage).sort()") == [
        f"{OURS}verdict:C3-01:after",
        f"{OURS}verdict:C3-01:before",
    ]
    page.reload()
    expect(before.get_by_label("Holds", exact=True)).to_be_checked()
    expect(after.get_by_label("Too strong")).to_be_checked()
    expect(after.get_by_role("status")).to_have_text(told)
    before.get_by_label("Fails").check()
    expect(after.get_by_role("status")).to_contain_text("Before: fails. Now: too strong.")


def test_who_gave_no_verdict_before_is_told_so(ask: Callable[..., Page]) -> None:
    after = asked_for(ask(), "after", "c3-02")
    after.get_by_label("Cannot be told").check()
    told = f"You gave no verdict before. Now: cannot be told. The book: {ruled('C3-02')}"
    expect(after.get_by_role("status")).to_have_text(told)


def test_a_verdict_that_storage_has_garbled_is_no_verdict(ask: Callable[..., Page]) -> None:
    page = ask()
    key = f"{OURS}verdict:C3-01:before"
    page.evaluate(f"""localStorage.setItem("{key}", '"] input')""")
    page.reload()
    expect(asked_for(page, "before").get_by_role("status")).to_be_empty()
    asked_for(page, "after").get_by_label("Holds", exact=True).check()
    expect(asked_for(page, "after").get_by_role("status")).to_contain_text("no verdict before")


def test_verdicts_are_compared_where_storage_is_blocked(ask: Callable[..., Page]) -> None:
    page = ask()
    page.add_init_script(NO_STORAGE)
    page.reload()
    before, after = asked_for(page, "before"), asked_for(page, "after")
    before.get_by_label("Holds", exact=True).check()
    expect(before.get_by_role("status")).to_have_text("Noted, until you leave this page.")
    after.get_by_label("Holds if …").check()
    expect(after.get_by_role("status")).to_contain_text("Before: holds. Now: holds if … The book:")
    page.reload()
    expect(before.get_by_label("Holds", exact=True)).not_to_be_checked()


def test_questions_and_verdicts_work_from_files(chromium: Browser, toy: Path) -> None:
    reader = Reader(chromium, f"{toy.as_uri()}/")
    page = reader.open("spread.html")
    form(page, 4).get_by_role("textbox").fill("7.06")
    expect(check(form(page, 4))).to_contain_text("Right.")
    asked_for(page, "before").get_by_label("Holds", exact=True).check()
    page.reload()
    expect(asked_for(page, "before").get_by_label("Holds", exact=True)).to_be_checked()
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
        ["Wrong: the owners Owners come last.", "Right: the savers Savers come first."]
    )
    expect(form(page, 3).locator("li")).to_have_text(
        [
            "Right: 1250 yuan. Ten times 125.",
            "Wrong: −4 yuan. The sign.",
            "Wrong: 12 yuan. The comma.",
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
    for number, question in enumerate(load_quiz(QUIZZES / f"{slug}.yml"), 1):
        asked = form(page, number, slug)
        for told, right, why in told_for(question, asked):
            if right and getattr(question, "several", False):
                assert told.startswith(("What you chose is right, but", "Right. "))
            else:
                assert told.startswith("Right. " if right else "Not so. "), (number, why)
                assert spoken(why) in spoken(told)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ASKING)
def test_answered_questions_are_sound_on_a_phone(
    read: MakeReader, address: str, theme: str
) -> None:
    phone = {"viewport": {"width": 360, "height": 800}, "has_touch": True}
    reader = read(color_scheme=theme, **phone)
    page = reader.open(address)
    page.evaluate("document.querySelectorAll('form.quiz details').forEach(d => { d.open = true; })")
    for question in page.locator("form.quiz").all():
        answers = question.locator("fieldset input")
        if question.get_attribute("data-kind") == "numeric":
            answers.fill("12")
        else:
            answers.first.check()
        expect(check(question)).not_to_be_empty()
    for when in ("before", "after"):
        page.locator(f"form[data-when={when}] input").first.check()
    assert sideways(page) == 0
    touched = page.locator(
        ":is(form.quiz, form.own-verdict) :is(label, button, summary, input[type=text]):visible"
    )
    heights = touched.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert len(heights) > 20
    assert min(heights) >= 44
    assert violations(page, ":is(form.quiz, form.own-verdict)") == []
    assert reader.problems == []
