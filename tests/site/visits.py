"""A visit to a page with explorers: open one, move it, hold what is seen to what is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from built import Built, Positions
from explorer.shown import readable
from reader import Reader

TOYS = "toys.html"
CONTROLS = ".mx-control :is(input, select)"
STATE = """
async (explorer, picture) => {
  await new Promise(requestAnimationFrame);  // the picture is drawn with the screen's next frame
  const expected = document.createElement("div");
  expected.innerHTML = picture;
  const seen = explorer.querySelector(".mx-picture").cloneNode(true);
  seen.querySelector(".mx-marks")?.remove();  // the guess is the reader's own
  return {
    same: seen.innerHTML.trim() === expected.innerHTML.trim(),
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
        if self.page is None:
            self.page = self.reader.open(f"{self.address}{fragment}")
        else:
            self.page.goto("about:blank")  # else a link that differs by its end alone loads nothing
            self.reader.go(self.page, f"{self.address}{fragment}")
        return self.open(built)

    def turn(self, built: Built, fragment: str) -> tuple[Page, Locator]:
        """Follow a link on the page that is open."""
        page, explorer = self.open(built)
        page.evaluate("fragment => { location.hash = fragment; }", fragment)
        return page, explorer

    def named(self, name: str) -> Built:
        return next(built for built in self.found if built.name == name)


MakeVisit = Callable[..., Visit]


STANDS = """(explorer, controls) => [...explorer.querySelectorAll(controls)]
  .map((control) => Number(control.type === "checkbox" ? control.checked : control.value))"""


def move(explorer: Locator, k: int, position: int) -> None:
    """Move the k-th control, as a reader would."""
    control = explorer.locator(CONTROLS).nth(k)
    kind = control.evaluate("control => control.type")
    if kind == "range":
        control.fill(str(position))
    elif kind == "checkbox":
        control.set_checked(bool(position))
    else:
        control.select_option(index=position)


def reach(explorer: Locator, built: Built, positions: Positions) -> None:
    """Move the controls that stand elsewhere, and hold what is seen to what is built."""
    stands = explorer.evaluate(STANDS, CONTROLS)
    for k, (position, at) in enumerate(zip(positions, stands, strict=True)):
        if position != at:
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
