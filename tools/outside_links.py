"""Follow the links of the built book to other sites; name those that lead nowhere.

For the weekly run alone: other sites fail for their own reasons, so no suite depends on them.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from html import unescape
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from places import OUTPUT
from refusal import ended

LINK = re.compile(r'href="(https?://[^"]+)"')
PATIENCE = 30  # seconds
TRIES = 3
# A site that lets no program in may still let readers in.
CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, 418, 999}
AGENT = {"User-Agent": "Mozilla/5.0 (compatible; a check of this book's links)"}


def links(site: Path) -> dict[str, list[str]]:
    """List the addresses elsewhere, each with the pages that name it."""
    found: dict[str, list[str]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        named = {unescape(each) for each in LINK.findall(page.read_text(encoding="utf-8"))}
        for address in sorted(named):
            found[address.partition("#")[0]].append(page.relative_to(site).as_posix())
    return dict(found)


def fault(address: str) -> str | None:
    """Say what is wrong with an address; nothing if somebody answers."""
    try:
        with urlopen(Request(address, headers=AGENT), timeout=PATIENCE):
            return None
    except HTTPError as error:
        return None if error.code in CLOSED else f"{error.code} {error.reason}"
    except (URLError, OSError) as error:
        return str(getattr(error, "reason", error))


def patiently(
    ask: Callable[[str], str | None], address: str, wait: Callable[[float], None] = time.sleep
) -> str | None:
    """Ask a few times before an address is given up."""
    said = None
    for turn in range(TRIES):
        said = ask(address)
        if said is None:
            return None
        wait(2.0**turn)
    return said


def main() -> int:
    """Follow all links; return an exit code."""
    listed = links(OUTPUT / "html")
    broken = 0
    for address, pages in listed.items():
        if said := patiently(fault, address):
            broken += 1
            print(f"{address}: {said}; on {', '.join(sorted(set(pages)))}", flush=True)
    print(f"{len(listed)} links to other sites, {broken} lead nowhere")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(ended(main))
