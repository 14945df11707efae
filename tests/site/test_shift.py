"""Nothing on a page moves when its fonts and scripts arrive, be they ever so late."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from reader import PAGES, Reader, until

MOST = 0.02  # as the Web Vitals count it; 0.1 is called good
FILES = ("fonts/*", "joined/*.js")  # nothing is painted before the styles are there
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
AFTER = 100  # milliseconds until what has moved is told, and what the last script moves
SHIFTS = """new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.hadRecentInput) return;
  const told = (node) => node && `${node.localName ?? node.nodeName}.${node.className ?? ""}`;
  (window.shifts ??= []).push([entry.value, entry.sources.map(({ node }) => told(node))]);
})).observe({ type: "layout-shift", buffered: true });"""


def late(route: Route) -> None:
    """Let a file come only after the page has been painted without it."""
    until(route.request.frame.page, PAINTED)
    route.continue_()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves(read: Callable[..., Reader], address: str, width: int) -> None:
    reader = read(viewport={"width": width, "height": 740})
    reader.context.add_init_script(SHIFTS)
    for files in FILES:
        reader.context.route(f"**/_static/{files}", late)
    page = reader.open(address)
    page.wait_for_timeout(AFTER)
    shifts = page.evaluate("window.shifts ?? []")
    assert sum(value for value, _ in shifts) <= MOST, shifts
