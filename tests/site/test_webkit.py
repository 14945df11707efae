"""A page on a phone where WebKit shows it: its contents, notes, questions, and explorers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from built import Built, explorers
from reader import EXPLORING, serving
from test_stage import HIGHEST, PHONE, SPAN
from webkit import END, WebKit

# A window of this browser is never as narrow as a phone; a frame in it is.
PHONE_FRAME = """<!doctype html><html lang="en"><title>Phone</title>
<iframe src="{}" width="{width}" height="{height}" style="border:0" title="Book"></iframe>"""
CHAPTER = EXPLORING[0] if "index" not in EXPLORING[0] else EXPLORING[1]


@pytest.fixture
def phone(webkit: WebKit, site: Path, tmp_path: Path) -> Iterator[WebKit]:
    """Return a chapter at the width of a phone."""
    with serving(site) as book, serving(tmp_path) as host:
        text = PHONE_FRAME.format(book.url(CHAPTER), **PHONE)
        (tmp_path / "phone.html").write_text(text, encoding="utf-8")
        webkit.open(host.url("phone.html"), 1000, 900)
        webkit.enter("iframe")
        assert webkit.run("return innerWidth") == PHONE["width"]
        yield webkit


@pytest.fixture
def asking(site: Path) -> Built:
    """Return the chapter's first explorer with a guess, whose first control is a slider."""
    found = explorers(site, CHAPTER)
    return next(built for built in found if built.right is not None and built.shape[0] > 3)


SAYS = """const explorer = document.getElementById(arguments[0]);
return explorer.querySelector(arguments[1]).textContent"""


def test_its_contents_open(phone: WebKit) -> None:
    visible = "return getComputedStyle(document.querySelector('.contents')).visibility"
    assert phone.run(visible) == "hidden"
    phone.click(".menu-button")
    assert phone.run(visible) == "visible"
    assert phone.run("return document.documentElement.scrollWidth <= innerWidth")


def test_its_sliders_are_dragged_and_pressed(phone: WebKit, asking: Built) -> None:
    slider = phone.find(f"#{asking.name} input[type=range]")
    says = f"{SAYS} === arguments[2]"
    phone.drag(slider, 100, -60)
    value = int(phone.run("return arguments[0].value", slider))
    there = (value, *asking.default[1:])
    assert there != asking.default
    phone.wait(says, asking.name, ".mx-sentence", asking.sentences[asking.index(there)])
    phone.wait("return location.hash === arguments[0]", asking.link(there))
    phone.press(slider, END)
    last = (asking.shape[0] - 1, *asking.default[1:])
    phone.wait(says, asking.name, ".mx-sentence", asking.sentences[asking.index(last)])


def test_question_reply_picture_and_controls_are_in_one_view(phone: WebKit, asking: Built) -> None:
    span = f"return ({SPAN})(document.getElementById(arguments[0]))"
    spans = [phone.run(span, asking.name)]
    phone.click(f"#{asking.name} .mx-option")
    assert "Noted. Now set " in phone.run(SAYS, asking.name, ".mx-reply")
    spans.append(phone.run(span, asking.name))
    phone.click(f"#{asking.name} button.mx-set")
    phone.wait(f"{SAYS}.includes('✓')", asking.name, ".mx-reply")
    spans.append(phone.run(span, asking.name))
    assert max(spans) <= HIGHEST[PHONE["width"]]
    assert max(spans) - min(spans) < 1


def test_its_notes_open(phone: WebKit) -> None:
    phone.click("a.fact")
    phone.wait("return document.querySelector('[popover]:popover-open')?.offsetHeight > 0")


def test_its_questions_answer(phone: WebKit) -> None:
    phone.click("[name=quiz-way][value=all]")
    phone.click("form.quiz[data-kind=single] fieldset input")
    phone.click("form.quiz[data-kind=single] button")
    told = "return document.querySelector('form.quiz[data-kind=single] .quiz-told').textContent"
    phone.wait(f"{told} !== ''")
