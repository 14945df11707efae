"""The stage: question, picture, controls and reply in one view, and nothing else that moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from built import Built
from visits import CONTROLS, TOYS, MakeVisit, Visit

LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
# What stands between the question's top and the last control's bottom, or the picture's.
HIGHEST = {1366: 710, 360: 685}
SPAN = """explorer => {
  const box = (part) => part.getBoundingClientRect();
  const top = box(explorer.querySelector(".mx-guess") ?? explorer.querySelector(".mx-stage")).top;
  const below = [...explorer.querySelectorAll(".mx-control, .mx-picture")];
  return Math.max(...below.map((part) => box(part).bottom)) - top;
}"""
# How far the options or the reply begin below the question, and the picture below them; the least.
BELOW = """explorer => {
  const parts = ".mx-question, .mx-option, .mx-line > *, .mx-reply";
  const seen = [...explorer.querySelectorAll(parts)].filter((part) =>
    !part.closest(".mx-space") && part.checkVisibility({visibilityProperty: true}));
  const box = (part) => part.getBoundingClientRect();
  const [question, ...others] = seen.map(box).filter(({height}) => height > 0);
  const picture = box(explorer.querySelector(".mx-picture"));
  return Math.min(0, ...others.flatMap(({top, bottom}) =>
    [top - question.bottom, picture.top - bottom]));
}"""
# Where everything stands that a reader looks at or touches, in the explorer's own coordinates.
PLACES = """explorer => {
  const {top} = explorer.getBoundingClientRect();
  const parts = ".mx-stage, .mx-picture, .mx-control, .mx-control :is(input, select, label), "
    + ".mx-words, .mx-challenge, .mx-foot, .mx-foot > *, .mx-numbers";
  const shown = [...explorer.querySelectorAll(parts)].filter((part) => part.offsetHeight !== 0);
  return shown.map((part) => {
    const box = part.getBoundingClientRect();
    return [part.className || part.id, box.left, box.top - top, box.width, box.height]
      .map((side) => typeof side === "number" ? Math.round(2 * side) / 2 : side).join(" ");
  });
}"""
# Steps through all values of a control; tells where something stood elsewhere than before.
STEPS = """
async (control) => {
  const explorer = control.closest("model-explorer");
  const where = () => (PLACES)(explorer);
  const last = control.options ? control.options.length - 1 : Number(control.max || 1);
  const seen = [];
  for (let at = 0; at <= last; at++) {
    if (control.type === "checkbox") control.checked = Boolean(at);
    else control.value = at;
    control.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise(requestAnimationFrame);
    seen.push(where());
  }
  return seen.map((now, at) => now.filter((place, k) => place !== seen[0][k])
    .map((place) => `${at}: ${place}`)).flat();
}
""".replace("PLACES", PLACES)


def moments(explorer: Locator) -> Iterator[str]:
    """Yield before the guess, after it, and when it is answered."""
    yield "before a guess"
    if explorer.locator(".mx-guess").count():
        expect(explorer.locator(".mx-question")).to_be_visible()
        longest = max(explorer.locator(".mx-option").all(), key=lambda each: len(each.inner_text()))
        longest.click()
        yield "after the guess"
        explorer.locator("button.mx-set").click()
        expect(explorer.locator(".mx-fold > .mx-reply[role=status]")).to_contain_text("✓")
        yield "when it is answered"
        expect(explorer.locator(".mx-question")).to_be_visible()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_question_picture_controls_and_reply_are_in_one_view(
    visiting: MakeVisit, size: dict[str, int]
) -> None:
    visit = visiting(viewport=size)
    for built in visit.found:
        _, explorer = visit.open(built)
        seen = {}
        for moment in moments(explorer):
            seen[moment] = explorer.evaluate(SPAN)
            assert explorer.evaluate(BELOW) >= 0, f"{built.name}, {moment}"
        assert max(seen.values()) <= HIGHEST[size["width"]], f"{built.name}: {seen}"
        assert max(seen.values()) - min(seen.values()) < 1, f"{built.name}: {seen}"


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_moves_but_the_picture(visiting: MakeVisit, size: dict[str, int]) -> None:
    visit = visiting(viewport=size)
    for built in (built for built in visit.found if built.axes):
        _, explorer = visit.open(built)
        before = explorer.evaluate(PLACES)
        for moment in moments(explorer):
            moved = set(explorer.evaluate(PLACES)) - set(before)
            assert not moved, f"{built.name}, {moment}"
        for control in explorer.locator(CONTROLS).all():
            assert control.evaluate(STEPS) == [], built.name


WHOLE = """(select) => {
  const ink = document.createElement("canvas").getContext("2d");
  ink.font = getComputedStyle(select).font;
  const longest = Math.max(...[...select.options].map(({text}) => ink.measureText(text).width));
  return select.clientWidth - longest;
}"""
ARROW = 40  # px beside the text of a closed list


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_list_shows_the_whole_text_of_each_choice(
    visiting: MakeVisit, size: dict[str, int]
) -> None:
    visit = visiting(viewport=size)
    for built in visit.found:
        _, explorer = visit.open(built)
        for select in explorer.locator("select").all():
            assert select.evaluate(WHOLE) >= ARROW, built.name


# The ring of a slider is drawn by its control, round the slider's middle; it has no box of its own.
RING = """slider => {
  const ring = getComputedStyle(slider.parentElement, "::after");
  const box = (part) => part.getBoundingClientRect();
  const beyond = parseFloat(ring.outlineOffset) + parseFloat(ring.outlineWidth);
  const {top, height, right} = box(slider);
  const edge = top + height / 2 - parseFloat(ring.height) / 2 - beyond;
  return [ring.outlineStyle, edge - box(slider.labels[0]).bottom,
    edge - box(slider.previousElementSibling).bottom,
    innerWidth - right + parseFloat(ring.marginRight) - beyond];
}"""


@pytest.mark.engine
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_ring_of_the_focus_covers_no_label(visiting: MakeVisit, size: dict[str, int]) -> None:
    visit = visiting(viewport=size)
    for built in visit.found:
        page, explorer = visit.open(built)
        for slider in explorer.locator("input[type=range]").all():
            slider.focus()
            page.keyboard.press("ArrowRight")
            ring, *room = slider.evaluate(RING)
            assert ring == "solid"
            assert min(room) >= 0, built.name


def touch(page: Page, slider: Locator, across: float, along: float) -> tuple[float, str]:
    """Put a finger on a slider's middle, draw it in ten steps, lift it; return scroll and value.

    Along the page it goes to where this has more to show.
    """
    slider.evaluate("slider => slider.scrollIntoView({block: 'center'})")
    box = slider.bounding_box()
    assert box
    start = page.evaluate("scrollY")
    along *= 1 if start > 300 else -1
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 11):
        send("touchMove", {"x": x + across * step / 10, "y": y + along * step / 10})
        page.wait_for_timeout(16)
    send("touchEnd")
    page.wait_for_timeout(100)
    return page.evaluate("scrollY") - start, slider.input_value()


def at_an_end(built: Built, explorer: Locator) -> Iterator[tuple[int, Locator]]:
    """Yield the sliders, each at its low end, far from where a finger comes down."""
    for k, control in enumerate(explorer.locator(CONTROLS).all()):
        if control.get_attribute("type") == "range" and built.shape[k] > 3:
            control.press("Home")
            yield k, control


@pytest.mark.engine
def test_a_swipe_along_the_page_scrolls_and_moves_no_slider(visiting: MakeVisit) -> None:
    visit = visiting(viewport=PHONE, has_touch=True, is_mobile=True)
    for built in visit.found:
        page, explorer = visit.open(built)
        for _, slider in at_an_end(built, explorer):
            page.evaluate("new Promise(requestAnimationFrame)")  # the last picture is drawn with it
            shown = explorer.locator(".mx-sentence").text_content()
            scrolled, value = touch(page, slider, across=10, along=250)
            assert abs(scrolled) > 100
            assert value == "0"
            assert explorer.locator(".mx-sentence").text_content() == shown
            assert slider.evaluate("slider => slider.previousElementSibling.value") == (
                slider.get_attribute("aria-valuetext")
            )


@pytest.mark.engine
def test_a_swipe_along_a_slider_moves_it(visiting: MakeVisit) -> None:
    visit = visiting(viewport=PHONE, has_touch=True, is_mobile=True)
    for built in visit.found:
        page, explorer = visit.open(built)
        for k, slider in at_an_end(built, explorer):
            scrolled, value = touch(page, slider, across=120, along=8)
            assert abs(scrolled) < 2
            assert int(value) > built.shape[k] // 2
            text = built.axes[k]["texts"][int(value)]
            expect(slider).to_have_attribute("aria-valuetext", text)


@pytest.mark.engine
def test_a_tap_moves_a_slider(visiting: MakeVisit) -> None:
    visit = visiting(viewport=PHONE, has_touch=True, is_mobile=True)
    for built in visit.found:
        _, explorer = visit.open(built)
        for k, slider in at_an_end(built, explorer):
            box = slider.bounding_box()
            assert box
            slider.tap(position={"x": box["width"] - 3, "y": box["height"] / 2})
            expect(slider).to_have_attribute("aria-valuetext", built.axes[k]["texts"][-1])


def test_the_title_stands_above_and_the_code_below(visit: Visit) -> None:
    if visit.address == TOYS:
        return
    page, _ = visit.open(visit.found[0])
    order = page.evaluate(
        """() => [...document.querySelectorAll("model-explorer")].map((explorer) => {
          const caption = explorer.closest("figure")?.querySelector("figcaption");
          const code = explorer.closest(".cell").querySelector("details.hide");
          const before = (one, other) => one.compareDocumentPosition(other) & 4;
          return [explorer.id, !caption || before(caption, explorer) > 0,
            !code || before(explorer, code) > 0, code?.querySelector("p").textContent ?? ""];
        })"""
    )
    assert [each for each in order if each[1:3] != [True, True]] == []
    assert {each[3] for each in order} <= {"", "Code of this figure"}
