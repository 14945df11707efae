"""Nothing on a page moves when its fonts and scripts arrive, be they ever so late."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from reader import PAGES, Reader

MOST = 0.02  # as the Web Vitals count it; 0.1 is called good
LATE = 0.4  # seconds by which fonts and scripts come after the page
SHIFTS = """new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.hadRecentInput) return;
  const told = (node) => node && `${node.localName ?? node.nodeName}.${node.className ?? ""}`;
  (window.shifts ??= []).push([entry.value, entry.sources.map(({ node }) => told(node))]);
})).observe({ type: "layout-shift", buffered: true });"""


def late(route: Route) -> None:
    """Let a file come after the page has been drawn without it."""
    time.sleep(LATE)
    route.continue_()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves(read: Callable[..., Reader], address: str, width: int) -> None:
    reader = read(viewport={"width": width, "height": 740})
    reader.context.add_init_script(SHIFTS)
    for files in ("fonts", "joined"):
        reader.context.route(f"**/_static/{files}/*", late)
    page = reader.open(address, until="networkidle")
    shifts = page.evaluate("window.shifts ?? []")
    assert sum(value for value, _ in shifts) <= MOST, shifts
