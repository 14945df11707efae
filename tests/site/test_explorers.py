"""Explorers in Chromium: every control, what is announced, touched, printed, and seen.

What only the engine decides is marked so: `make test` runs it on the toys and on one page.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from reader import EXPLORING
from visits import TOYS, MakeVisit, Visit, ends_and_middle, expect_state, reach


def test_every_control_shows_its_state(visit: Visit) -> None:
    for built in visit.found:
        _, explorer = visit.open(built)
        expect_state(explorer, built, built.default)
        for positions in ends_and_middle(built):
            reach(explorer, built, positions)
    assert visit.reader.problems == []


@pytest.mark.engine
def test_every_explorer_answers_from_files(visit_as_files: Visit) -> None:
    for built in visit_as_files.found:
        _, explorer = visit_as_files.open(built)
        for positions in (built.default, built.corners()[-1]):
            reach(explorer, built, positions)
    assert visit_as_files.reader.problems == []


def test_ids_are_unique_on_each_page(visit: Visit) -> None:
    page, _ = visit.open(visit.found[0])
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(found => found.id)")
    assert len(ids) == len(set(ids))
    referred = page.evaluate(
        """[...document.querySelectorAll("model-explorer *")].flatMap((part) =>
             [...part.attributes].flatMap(({name, value}) =>
               name === "href" && part.localName === "use" ? [value.slice(1)]
               : [...value.matchAll(/url\\(#([^)]+)\\)/g)].map((match) => match[1])
                 .concat(["for", "aria-labelledby"].includes(name) ? [value] : [])))"""
    )
    assert set(referred) <= set(ids)


@pytest.mark.engine
def test_reset_brings_the_starting_state_back(visit: Visit) -> None:
    for built in (built for built in visit.found if built.axes):
        _, explorer = visit.open(built)
        reach(explorer, built, built.corners()[-1])
        explorer.locator(".mx-reset:visible").click()
        expect_state(explorer, built, built.default)
        expect(explorer.locator(".mx-trace")).to_have_count(0)


@pytest.mark.engine
def test_the_keyboard_moves_a_slider_step_by_step(visit: Visit) -> None:
    for built in visit.found:
        _, explorer = visit.open(built)
        sliders = explorer.locator("input[type=range]")
        kinds = explorer.locator(".mx-control :is(input, select)")
        for slider in sliders.all():
            names = [kind.get_attribute("id") for kind in kinds.all()]
            k = names.index(slider.get_attribute("id"))
            slider.press("Home")
            for key, position in (("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 1)):
                slider.press(key)
                positions = (*built.default[:k], position, *built.default[k + 1 :])
                expect_state(explorer, built, positions)
                spoken = built.axes[k]["texts"][position]
                expect(slider).to_have_attribute("aria-valuetext", spoken)
            explorer.locator(".mx-reset:visible").click()


def test_what_is_announced_is_the_last_of_many_states(visit: Visit) -> None:
    clock = visit.reader.context.clock
    clock.install()
    for built in (built for built in visit.found if built.axes):
        _, explorer = visit.open(built)
        slider = explorer.locator("input[type=range]").first
        far = slider.evaluate(
            """slider => {
                 const live = slider.closest("model-explorer").querySelector(".mx-live");
                 window.announced = [];
                 new MutationObserver(() => live.textContent && announced.push(live.textContent))
                   .observe(live, {childList: true});
                 for (let at = 0; at <= slider.max; at++) {
                   slider.value = at;
                   slider.dispatchEvent(new Event("input", {bubbles: true}));
                 }
                 return live.textContent;
               }"""
        )
        assert far == ""
        clock.run_for(2000)  # it waits for the last move, and for the picture of the next frame
        live = explorer.locator(".mx-live")
        expect(live).to_have_attribute("role", "status")
        expect(live).not_to_be_empty()
        shown = explorer.locator(".mx-sentence").inner_text()
        assert slider.evaluate("() => announced") == [shown]


TARGET = "target => ({height: target.offsetHeight, text: target.textContent})"


@pytest.mark.engine
def test_things_to_touch_are_large_enough(visiting: MakeVisit) -> None:
    visit = visiting(viewport={"width": 360, "height": 800}, has_touch=True)
    for built in visit.found:
        _, explorer = visit.open(built)
        targets = explorer.locator(
            ":is(button, a, select, summary, input[type=range], .mx-switch label):visible"
        ).all()
        assert targets
        boxes = [target.evaluate(TARGET) for target in targets]
        assert [box for box in boxes if box["height"] < 44] == []


@pytest.mark.engine
def test_without_scripts_the_starting_state_reads(visiting: MakeVisit) -> None:
    visit = visiting(java_script_enabled=False)
    for built in visit.found:
        _, explorer = visit.open(built)
        expect(explorer.locator("svg")).to_be_visible()
        sentence = built.sentences[built.index(built.default)]
        expect(explorer.locator(".mx-sentence")).to_have_text(sentence)
        for dead in explorer.locator(":is(input, select, button)").all():
            expect(dead).to_be_hidden()
        if built.axes:
            note = explorer.locator("noscript").inner_html()
            assert "The controls need JavaScript" in note


@pytest.mark.engine
def test_on_paper_there_is_the_starting_state(visit: Visit) -> None:
    page, _ = visit.open(visit.found[0])
    for built in visit.found:
        reach(visit.open(built)[1], built, built.corners()[-1])
    page.evaluate(
        """() => addEventListener("beforeprint", () => {
             window.printed = [...document.querySelectorAll(".mx-sentence")]
               .map((sentence) => sentence.textContent); })"""
    )
    page.pdf()
    starting = [built.sentences[built.index(built.default)] for built in visit.found]
    assert page.evaluate("printed") == starting
    for built in visit.found:
        expect_state(visit.open(built)[1], built, built.corners()[-1])
    page.emulate_media(media="print")
    for built in visit.found:
        _, explorer = visit.open(built)
        expect(explorer.locator("svg")).to_be_visible()
        for part in explorer.locator(":is(input, select, button, details)").all():
            expect(part).to_be_hidden()


CONTRASTS = """
(explorer) => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const filled = (part) => part.closest("svg") && !part.closest("text")
    && getComputedStyle(part).fill.startsWith("rgb(") && part.localName !== "svg"
    && part.localName !== "g";
  const paper = getComputedStyle(document.body).backgroundColor;
  return [...explorer.querySelectorAll("text")].map((text) => {
    text.scrollIntoView({block: "center"});
    const box = text.getBoundingClientRect();
    const below = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const ground = below.find(filled);
    const [a, b] = [getComputedStyle(text).fill, ground ? getComputedStyle(ground).fill : paper]
      .map(light).sort((x, y) => y - x);
    return [text.textContent, (a + 0.05) / (b + 0.05)];
  });
}
"""


@pytest.mark.parametrize("address", EXPLORING, indirect=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_stand_out_from_their_ground(visiting: MakeVisit, theme: str) -> None:
    visit = visiting(color_scheme=theme)
    for built in visit.found:
        _, explorer = visit.open(built)
        for positions in (built.default, built.corners()[-1]):
            reach(explorer, built, positions)
            measured = explorer.evaluate(CONTRASTS)
            assert measured
            assert [each for each in measured if each[1] < 4.5] == [], built.name


@pytest.mark.parametrize("address", [TOYS], indirect=True)
def test_a_damaged_page_says_so(visit: Visit) -> None:
    page = visit.reader.open("damaged.html")
    expect(page.locator(".mx-message").last).to_contain_text("This page is damaged")
    expect(page.locator("svg")).to_be_visible()
    expect(page.locator(":is(input, select, button)")).to_have_count(0)
    assert visit.reader.problems == []
