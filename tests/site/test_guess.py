"""The guess before the answer, its marks in the picture, and the challenge after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from built import Built
from visits import Visit, expect_state, reach

pytestmark = pytest.mark.engine
TOGETHER = "[...document.activeElement.classList].join()"


class Asked:
    """An explorer that asks for a guess, on a page just opened."""

    def __init__(self, built: Built, page: Page, explorer: Locator) -> None:
        assert built.right is not None
        self.built, self.page, self.explorer = built, page, explorer
        options = explorer.locator(".mx-option")
        self.right, self.wrong = options.nth(built.right), options.nth(0 if built.right else 1)
        self.reply = explorer.locator(".mx-fold > .mx-reply[role=status]")
        self.set_it, self.again = (
            explorer.locator(f"button.mx-{name}") for name in ("set", "again")
        )

    def sign(self, option: Locator) -> str:
        """How the words mark an option: a range or a number."""
        texts = self.explorer.locator(".mx-option").all_text_contents()
        assert self.built.marks
        return str(self.built.marks["signs"][texts.index(str(option.text_content()))])

    def told(self, option: Locator) -> str:
        right = self.right.text_content()
        guessed = option.text_content()
        yours, model = (f"{self.sign(option)} ", "◆ ") if self.built.marks else ("", "")
        if guessed == right:
            return f"✓ {yours}{model}Right: {right}. "
        return f"✗ {yours}You: {guessed}. {model}The model: ✓ {right}. "


@pytest.fixture
def asking(visit: Visit) -> list[Asked]:
    found = [built for built in visit.found if built.right is not None]
    assert found
    return [Asked(built, *visit.open(built)) for built in found]


def test_a_guess_comes_before_the_answer(asking: list[Asked]) -> None:
    for asked in asking:
        built, explorer = asked.built, asked.explorer
        reach(explorer, built, built.asked)
        expect(asked.reply).to_be_empty()  # who has not guessed is told nothing
        reach(explorer, built, built.elsewhere())
        asked.wrong.click()
        expect(asked.reply).to_contain_text("Noted. Now set ")
        for axis, there, asked_for in zip(built.axes, built.elsewhere(), built.asked, strict=True):
            step = f" to {axis['texts'][asked_for]}".replace(" %", "\u00a0%")
            assert (step in str(asked.reply.text_content())) is (there != asked_for)
        explorer.locator(".mx-reset:visible").click()
        expect(asked.reply).to_contain_text("Noted. Now set ")  # no move of the reader's
        reach(explorer, built, built.asked)
        expect(asked.reply).to_contain_text(asked.told(asked.wrong))
        explorer.locator(".mx-reset:visible").click()
        expect(asked.reply).to_contain_text(asked.told(asked.wrong))  # once told it stays so


def test_options_fold_into_the_guess_and_unfold(asking: list[Asked]) -> None:
    for asked in asking:
        built, explorer, page = asked.built, asked.explorer, asked.page
        asked.wrong.press("Enter")
        expect(asked.wrong).to_be_hidden()
        expect(explorer.locator(".mx-fold:not(.mx-space) .mx-line")).to_contain_text(
            str(asked.wrong.text_content())
        )
        assert page.evaluate(TOGETHER) == "mx-set"  # the focus goes where the next step is
        page.keyboard.press("Enter")
        expect_state(explorer, built, built.asked)
        assert page.evaluate(TOGETHER) == "mx-again"  # and on, when its button is gone
        expect(asked.reply).to_contain_text(asked.told(asked.wrong))
        expect(asked.set_it).to_be_hidden()
        asked.again.click()
        expect(asked.reply).to_be_empty()
        expect(asked.wrong).to_have_attribute("aria-pressed", "true")
        expect_state(explorer, built, built.default)  # which gives nothing away
        reach(explorer, built, built.asked)
        asked.right.click()  # where it is answered: at once
        expect(asked.reply).to_contain_text(asked.told(asked.right))
        expect(asked.wrong).to_have_attribute("aria-pressed", "false")


def test_who_skips_is_told(asking: list[Asked]) -> None:
    for asked in asking:
        asked.explorer.locator(".mx-skip").click()
        expect(asked.reply).to_contain_text(f"The model: ✓ {asked.right.text_content()}. ")
        expect(asked.explorer.locator(".mx-task")).to_be_visible() if asked.built.met else None
        expect(asked.explorer.locator(".mx-yours-mark")).to_have_count(0)
        sign = asked.explorer.locator(".mx-model-sign")
        expect(sign).to_be_hidden()  # no sign in the words of a mark that is not drawn
        asked.set_it.click()
        marks = asked.explorer.locator(".mx-model-mark")
        for each in (marks, sign):
            expect(each).to_have_count(1 if asked.built.marks else 0)
            expect(each).to_be_visible() if asked.built.marks else None


def marked(asking: list[Asked]) -> Iterator[Asked]:
    found = [asked for asked in asking if asked.built.marks]
    yield from found


INSIDE = """mark => {
  const [inner, outer] = [mark, mark.ownerSVGElement].map((part) => part.getBoundingClientRect());
  return inner.width + inner.height > 0
    && inner.left >= outer.left - 8 && inner.right <= outer.right + 8
    && inner.top >= outer.top - 8 && inner.bottom <= outer.bottom + 8;
}"""


def test_the_picture_shows_the_guess_and_then_the_answer(asking: list[Asked]) -> None:
    for asked in marked(asking):
        explorer, built = asked.explorer, asked.built
        yours, model = (explorer.locator(f".mx-{name}-mark") for name in ("yours", "model"))
        expect(yours).to_have_count(0)
        asked.wrong.click()
        expect(explorer.locator(".mx-fold:not(.mx-space) .mx-line")).to_contain_text(
            f"{asked.sign(asked.wrong)} Your guess: "
        )
        assert yours.evaluate(INSIDE)
        expect(model).to_have_count(0)
        reach_beside(asked)
        expect(yours).to_have_count(1)  # the picture is another, the guess the same
        expect(model).to_have_count(0)
        asked.set_it.click()
        expect(model).to_have_count(1)
        assert model.evaluate(INSIDE)
        expect(explorer.locator(".mx-model-sign")).to_be_visible()
        explorer.locator(".mx-reset:visible").click()
        expect(model).to_have_count(0)  # it is the answer of the asked state alone
        expect(explorer.locator(".mx-model-sign")).to_be_hidden()
        expect(yours).to_have_count(1)
        asked.set_it.click()
        expect(model).to_have_count(1)
        asked.again.click()
        expect(yours).to_have_count(0)
        expect(model).to_have_count(0)
        assert built.marks


def reach_beside(asked: Asked) -> None:
    """Move the first slider, away from where the guess is answered."""
    slider = asked.explorer.locator("input[type=range]").first
    slider.press("End")
    if slider.get_attribute("value") == str(asked.built.asked[0]):
        slider.press("Home")


def test_a_challenge_comes_after_the_guess(asking: list[Asked]) -> None:
    for asked in (asked for asked in asking if asked.built.met):
        task, found = (asked.explorer.locator(f".mx-{name}") for name in ("task", "found"))
        waiting = asked.explorer.get_by_text("It comes after your guess.")
        expect(waiting).to_be_visible()
        expect(task).to_be_hidden()
        expect(found).to_be_hidden()
        asked.wrong.click()
        expect(waiting).to_be_hidden()
        expect(task).to_be_visible()
        expect(found).to_have_text("Not found yet.")


def test_a_challenge_is_found_where_the_model_says(visit: Visit) -> None:
    setting = [built for built in visit.found if built.met]
    assert setting
    for built in setting:
        page, explorer = visit.open(built)
        found = explorer.locator(".mx-found")
        for skip in explorer.locator("button.mx-skip").all():  # the challenge comes after the guess
            skip.click()
        for positions in (*built.corners(), built.all_positions()[built.met[0]], built.default):
            page.evaluate("fragment => { location.hash = fragment; }", built.link(positions))
            expect_state(explorer, built, positions)
            is_met = built.index(positions) in built.met
            assert str(found.text_content()).startswith("✓ Found.") is is_met
