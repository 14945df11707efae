"""Explorers in Chromium: those of the book, and toys that use what the book does not.

What only the engine decides is marked so: `make test` runs it on the toys and on one page.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import toys
from playwright.sync_api import Browser, Locator, Page, expect

from built import Built, Positions, explorers
from explorer.page import compiled
from explorer.shown import readable
from explorer.sphinx_ext import FILES
from reader import EXPLORING, Reader, serving

TOYS = "toys.html"
TOY_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Toys</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="explorer.css">
<script defer src="explorer.js"></script></head>
<body><main><h1>Toys</h1>{}</main></body></html>
"""
STATE = """
async (explorer, picture) => {
  await new Promise(requestAnimationFrame);  // the picture is drawn with the screen's next frame
  const expected = document.createElement("div");
  expected.innerHTML = picture;
  return {
    same: explorer.querySelector(".mx-picture").innerHTML.trim() === expected.innerHTML.trim(),
    sentence: explorer.querySelector(".mx-sentence").textContent,
    table: [...explorer.querySelectorAll("tr")].map((row) =>
      [...row.cells].map((cell) => cell.textContent)),
    outputs: [...explorer.querySelectorAll("output")].map((output) => output.value),
  };
}
"""


@dataclass
class Visit:
    """A page with explorers, and a reader who can open it."""

    reader: Reader
    address: str
    found: list[Built]
    page: Page | None = None

    def open(self, built: Built) -> tuple[Page, Locator]:
        """Show an explorer, on the page that is open already if there is one."""
        self.page = self.page or self.reader.open(self.address)
        return self.page, self.page.locator(f'model-explorer[id="{built.name}"]')

    def follow(self, built: Built, fragment: str) -> tuple[Page, Locator]:
        """Load the page anew, by a link."""
        if self.page:
            self.page.close()
        self.page = self.reader.open(f"{self.address}{fragment}")
        return self.open(built)

    def named(self, name: str) -> Built:
        return next(built for built in self.found if built.name == name)


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two pages of toys, the second of them damaged."""
    folder = tmp_path_factory.mktemp("toys")
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    markup = "\n".join(compiled(toy) for toy in toys.TOYS)
    (folder / TOYS).write_text(TOY_PAGE.format(markup), encoding="utf-8")
    damaged = compiled(toys.loan_rate).replace('"axes"', "axes")
    (folder / "damaged.html").write_text(TOY_PAGE.format(damaged), encoding="utf-8")
    return folder


@pytest.fixture(params=[*EXPLORING, TOYS])
def address(request: pytest.FixtureRequest) -> str:
    """Return in turn each page with explorers, and the toys' page."""
    return str(request.param)


@pytest.fixture
def folder(address: str, request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue("toy_site" if address == TOYS else "site")
    return found


MakeVisit = Callable[..., Visit]


@pytest.fixture
def visiting(chromium: Browser, folder: Path, address: str) -> Iterator[MakeVisit]:
    """Return a maker of visits over http, whose options are those of a browser context."""
    found = list(explorers(folder, address))
    assert found
    readers: list[Reader] = []
    with serving(folder) as server:

        def make(**options: object) -> Visit:
            readers.append(Reader(chromium, server.url(""), **options))
            return Visit(readers[-1], address, found)

        yield make
        for reader in readers:
            reader.context.close()


@pytest.fixture
def visit(visiting: MakeVisit) -> Visit:
    return visiting()


@pytest.fixture
def visit_as_files(chromium: Browser, folder: Path, address: str) -> Iterator[Visit]:
    reader = Reader(chromium, f"{folder.as_uri()}/")
    yield Visit(reader, address, list(explorers(folder, address)))
    reader.context.close()


def move(explorer: Locator, k: int, position: int) -> None:
    """Move the k-th control, as a reader would."""
    control = explorer.locator(".mx-control :is(input, select)").nth(k)
    kind = control.evaluate("control => control.type")
    if kind == "range":
        control.fill(str(position))
    elif kind == "checkbox":
        control.set_checked(bool(position))
    else:
        control.select_option(index=position)


def reach(explorer: Locator, built: Built, positions: Positions) -> None:
    for k, position in enumerate(positions):
        move(explorer, k, position)
    expect_state(explorer, built, positions)


def expect_state(explorer: Locator, built: Built, positions: Positions) -> None:
    """Hold what a reader sees to what the page holds for this state, decoded without a browser."""
    index = built.index(positions)
    expect(explorer.locator(".mx-sentence")).to_have_text(built.sentences[index])
    texts = [axis["texts"][p] for axis, p in zip(built.axes, positions, strict=True)]
    seen = explorer.evaluate(STATE, built.pictures[index])
    assert seen["same"], f"{built.name}: another picture than that of {texts}"
    assert seen["sentence"] == built.sentences[index]
    assert seen["table"] == [[readable(cell) for cell in row] for row in built.tables[index]]
    assert seen["outputs"] == [text for text in texts if text in seen["outputs"]]


def ends_and_middle(built: Built) -> Iterator[Positions]:
    """Yield each control at its ends and its middle, then all of them at their far ends."""
    for k, size in enumerate(built.shape):
        for position in (0, size // 2, size - 1):
            yield (*built.default[:k], position, *built.default[k + 1 :])
    yield tuple(size - 1 for size in built.shape)


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


@pytest.mark.parametrize("end", [0, -1])
def test_a_link_restores_its_state(visit: Visit, end: int) -> None:
    for built in visit.found:
        corner = built.corners()[end]
        _, explorer = visit.follow(built, built.link(corner))
        expect_state(explorer, built, corner)
        controls = explorer.locator(".mx-control :is(input:not([type=checkbox]), select)")
        ranges = [
            p for p, axis in zip(corner, built.axes, strict=True) if "on" not in axis["texts"]
        ]
        assert [int(control.input_value()) for control in controls.all()] == ranges
        expect(explorer.locator(".mx-message")).to_have_text([""] * 1)
        expect(explorer).to_be_in_viewport()


@pytest.mark.engine
def test_a_link_that_changes_while_the_page_is_open_is_followed(visit: Visit) -> None:
    for built in visit.found:
        page, explorer = visit.open(built)
        for positions in (*built.corners(), built.default):
            page.evaluate("fragment => { location.hash = fragment; }", built.link(positions))
            expect_state(explorer, built, positions)


ENCODED = {
    "?": lambda link: link.replace("?", "%3F"),
    "= and &": lambda link: link.replace("=", "%3D").replace("&", "%26"),
    "all": lambda link: "#" + quote(link[1:], safe=""),
    "twice": lambda link: "#" + quote(quote(link[1:], safe=""), safe=""),
    "as in HTML": lambda link: link.replace("&", "&amp;"),
    "words appended": lambda link: f"{link}&utm_source=letter&fbclid=x%3Fy",
    "words appended, then all": lambda link: "#" + quote(f"{link[1:]}&utm_source=x", safe=""),
    "a second question": lambda link: f"{link}?utm_source=letter",
}


@pytest.mark.engine
@pytest.mark.parametrize("address", [EXPLORING[0], TOYS], indirect=True)
@pytest.mark.parametrize("way", ENCODED)
def test_a_link_survives_what_programs_do_to_it(visit: Visit, way: str) -> None:
    for built in (built for built in visit.found if built.axes):
        far = built.corners()[-1]
        page, explorer = visit.open(built)
        page.evaluate("fragment => { location.hash = fragment; }", ENCODED[way](built.link(far)))
        expect_state(explorer, built, far)
        expect(explorer).to_be_in_viewport()
        assert not any(page.locator(".mx-message").all_text_contents())


@pytest.mark.engine
def test_a_sign_that_encodes_nothing_is_no_fault(visit: Visit) -> None:
    page, _ = visit.follow(visit.found[0], "#50%")
    page.evaluate("location.hash = '#a%3Fb=%E0%A4%A'")
    assert visit.reader.problems == []


@pytest.mark.engine
def test_the_link_on_show_is_that_of_the_state(visit: Visit) -> None:
    visit.reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for built in (built for built in visit.found if built.axes):
        page, explorer = visit.open(built)
        far = built.corners()[-1]
        reach(explorer, built, far)
        link = explorer.locator(".mx-link")
        expect(link).to_have_attribute("href", built.link(far))
        link.click()
        expect(explorer.locator(".mx-message")).to_have_text("Link copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url == f"{visit.reader.home}{built.page}{built.link(far)}"


@pytest.mark.engine
def test_links_to_what_is_not_there_say_so(visit: Visit) -> None:
    for built in (built for built in visit.found if built.axes):
        axis = built.axes[0]
        offered = built.link(built.corners()[-1])
        for fragment, said in (
            (f"#{built.name}?{axis['name']}=0.123", f"= 0.123; this page holds {axis['texts'][0]}"),
            (f"#{built.name}?colour=red", "sets “colour”, which is no control here"),
            (f"#{built.name}%3Fcolour%3Dred", "sets “colour”, which is no control here"),
        ):
            page, explorer = visit.follow(built, fragment)
            expect(explorer.locator(".mx-message")).to_contain_text(said)
            expect(explorer.locator(".mx-message")).to_contain_text("the starting state")
            expect_state(explorer, built, built.default)
            page.evaluate("fragment => { location.hash = fragment; }", offered)
            expect(explorer.locator(".mx-message")).to_be_empty()
            expect_state(explorer, built, built.corners()[-1])


@pytest.mark.engine
@pytest.mark.parametrize("fragment", ["#nowhere?price=1", "#nowhere%3Fprice=1"])
def test_a_link_to_an_explorer_that_is_not_there_says_so(visit: Visit, fragment: str) -> None:
    page, _ = visit.follow(visit.found[0], fragment)
    said = "The link asks for “nowhere”, which this page does not hold."
    assert [text for text in page.locator(".mx-message").all_text_contents() if text] == [said]


@pytest.mark.engine
def test_reset_brings_the_starting_state_back(visit: Visit) -> None:
    for built in (built for built in visit.found if built.axes):
        _, explorer = visit.open(built)
        reach(explorer, built, built.corners()[-1])
        explorer.locator(".mx-reset").click()
        expect_state(explorer, built, built.default)
        expect(explorer.locator(".mx-trace")).to_have_count(0)


@pytest.mark.engine
def test_the_numbers_can_be_taken_away(visit: Visit) -> None:
    for built in visit.found:
        page, explorer = visit.open(built)
        reach(explorer, built, built.corners()[-1])
        if not built.axes:
            explorer.locator("summary").click()
        with page.expect_download() as download:
            explorer.locator(".mx-csv").click()
        with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        table = built.tables[built.index(built.corners()[-1])]
        assert [[str(cell) for cell in row] for row in table] == rows
        tokens = [axis["tokens"][-1] for axis in built.axes]
        assert download.value.suggested_filename == f"{'_'.join([built.name, *tokens])}.csv"


@pytest.mark.engine
def test_a_guess_comes_before_the_answer(visit: Visit) -> None:
    asking = [built for built in visit.found if built.right is not None]
    assert asking
    for built in asking:
        _, explorer = visit.open(built)
        answers, because = explorer.locator(".mx-ranges button"), explorer.locator(".mx-because")
        reach(explorer, built, built.elsewhere(1))
        expect(because).to_be_empty()  # who has not guessed is told nothing
        wrong, right = answers.nth(0 if built.right else 1), answers.nth(built.right or 0)
        wrong.click()
        expect(wrong).to_have_attribute("aria-pressed", "true")
        expect(because).to_contain_text("Noted. Now ")
        for axis, value in built.at:
            expect(because).to_contain_text(built.axes[axis]["texts"][value])
            reach(explorer, built, built.elsewhere(-1))  # moved, and not yet where it is answered
            expect(because).to_contain_text("Noted. Now ")
        reach(explorer, built, built.answering(built.corners()[0]))
        expect(because).to_contain_text(f"The model says: {right.inner_text()}.")
        right.click()
        expect(wrong).to_have_attribute("aria-pressed", "false")
        reach(explorer, built, built.answering(built.corners()[-1]))
        expect(because).to_contain_text("You were right.")


@pytest.mark.engine
def test_a_challenge_is_found_where_the_model_says(visit: Visit) -> None:
    setting = [built for built in visit.found if built.met]
    assert setting
    for built in setting:
        page, explorer = visit.open(built)
        found = explorer.locator(".mx-found")
        expect(found).to_be_empty()
        for positions in (*built.corners(), built.all_positions()[built.met[0]], built.default):
            page.evaluate("fragment => { location.hash = fragment; }", built.link(positions))
            expect_state(explorer, built, positions)
            is_met = built.index(positions) in built.met
            assert found.inner_text().startswith("Found.") is is_met


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
            explorer.locator(".mx-reset").click()


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


@pytest.mark.engine
def test_things_to_touch_are_large_enough(visiting: MakeVisit) -> None:
    visit = visiting(viewport={"width": 360, "height": 800}, has_touch=True)
    for built in visit.found:
        _, explorer = visit.open(built)
        targets = explorer.locator(
            ":is(button, a, select, summary, input[type=range], .mx-switch label):visible"
        ).all()
        assert targets
        boxes = [target.bounding_box() for target in targets]
        assert [box for box in boxes if box is None or box["height"] < 44] == []


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


def test_one_explorer_alone_for_a_frame(visiting: MakeVisit) -> None:
    visit = visiting(viewport={"width": 360, "height": 800})
    for built in visit.found:
        page = visit.reader.open(f"{built.page}?embed={built.name}")
        explorer = page.locator(f'model-explorer[id="{built.name}"]')
        reach(explorer, built, built.corners()[-1])
        alone = page.evaluate(
            """name => [...document.querySelectorAll("body *")].filter((part) =>
                 !part.closest("model-explorer") && !part.querySelector("model-explorer")
                 && part.checkVisibility()).map((part) => part.outerHTML.slice(0, 99))"""
        )
        assert alone == []
        for other in (other for other in visit.found if other != built):
            expect(page.locator(f'model-explorer[id="{other.name}"]')).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()
    assert visit.reader.problems == []


@pytest.mark.engine
def test_a_frame_that_names_no_explorer_shows_the_page(visit: Visit) -> None:
    page = visit.reader.open(f"{visit.address}?embed=nowhere")
    expect(page.locator("h1")).to_be_visible()


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
