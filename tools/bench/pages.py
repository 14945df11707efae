"""Pages on a first visit: weight as a static host would compress it, and requests."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import visit
from playwright.sync_api import Response


def measure() -> Iterator[tuple[str, str]]:
    """Open each page with an empty cache."""
    with visit.served() as address, visit.chromium() as chromium:
        for name in visit.pages():
            responses: list[Response] = []
            page = chromium.new_page()
            page.on("response", responses.append)
            page.goto(f"{address}/{name}", wait_until="networkidle")
            weight = sum(len(gzip.compress(each.body(), mtime=0)) for each in responses)
            page.close()
            yield name, f"{weight / 1000:.0f} kB gzipped, {len(responses)} requests"
