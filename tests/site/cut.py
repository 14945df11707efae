"""What a reader cannot see the end of: text cut off where nothing shows that there is more."""

from __future__ import annotations

from playwright.sync_api import Page

# A box that scrolls has a cue if its background holds shadows and paper that moves along with the
# text. What is hidden from the eye is for the ear alone; folds and popovers are not open.
FIND = """
() => {
  const told = (box) => `${box.localName}.${box.className}: ${box.textContent.trim().slice(0, 60)}`;
  const wide = [...document.querySelectorAll("main *")].filter((box) =>
    box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1 && !box.closest("svg")
    && getComputedStyle(box).overflowX !== "visible" && box.localName !== "input");
  return wide.filter((box) => {
    const style = getComputedStyle(box);
    const shaded = style.backgroundImage.includes("gradient");
    const cue = shaded && style.backgroundAttachment.includes("local");
    return !(cue && ["auto", "scroll"].includes(style.overflowX));
  }).map(told);
}
"""


def cut(page: Page) -> list[str]:
    """Return what is cut off without a cue, folds included."""
    page.evaluate(
        "document.querySelectorAll('main details').forEach(fold => { fold.open = true; })"
    )
    found: list[str] = page.evaluate(FIND)
    return found
