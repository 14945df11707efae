"""Pages on a first visit: weight as a static host would compress it, and requests."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import visit
from playwright.sync_api import Browser, Response


def _first_visit(chromium: Browser, address: str) -> list[int]:
    """Open a page with an empty cache; return the compressed size of each answer."""
    answers: list[Response] = []
    page = chromium.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    sizes = [len(gzip.compress(answer.body(), mtime=0)) for answer in answers]
    page.close()
    return sizes


def measure() -> Iterator[tuple[str, str]]:
    """Visit every page of the built book."""
    with visit.served() as address, visit.chromium() as chromium:
        for name in visit.pages():
            sizes = _first_visit(chromium, f"{address}/{name}")
            yield name, f"{sum(sizes) / 1000:.0f} kB gzipped, {len(sizes)} requests"
