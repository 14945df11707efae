"""Pages on a first visit: what a host that compresses sends, and requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import visit
from playwright.sync_api import Browser, Request


def first_visit(chromium: Browser, address: str) -> str:
    """Open a page with an empty cache; say what its answers weigh."""
    requests: list[Request] = []
    page = chromium.new_page()
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(address, wait_until="networkidle")
    weight = sum(request.sizes()["responseBodySize"] for request in requests)
    page.close()
    return f"{weight / 1000:.0f} kB gzipped, {len(requests)} requests"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Visit every page of the built book."""
    with visit.served() as address, visit.chromium() as chromium:
        for name in visit.pages():
            yield name, partial(first_visit, chromium, f"{address}/{name}")
