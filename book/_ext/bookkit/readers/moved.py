"""Where a page or an anchor is now that was elsewhere: `data/moved.yml`, read and checked.

Old address to new one, each from the root of the site: `book/old.html`, or `book/old.html#anchor`.
A page that has moved takes its anchors along, unless an anchor has an entry of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from bookkit.readers import checks

_ADDRESS = re.compile(r"[\w/-]+\.html(#[\w.-]+)?")
Moved = dict[str, str]


def load_moved(file: Path) -> Moved:
    """Read and check the addresses that have moved; a fault names the file and the address."""
    with checks.within(file.name):
        content = checks.read(file)
        if not isinstance(content, dict):
            raise ValueError("needs old addresses, each with its new one")
        for each in (*content, *content.values()):
            if not isinstance(each, str) or not _ADDRESS.fullmatch(each):
                raise ValueError(f"{each!r} is no address such as book/page.html#anchor")
        for old in content:
            leads_to(old, content)
    return content


def leads_to(address: str, moved: Moved) -> str:
    """Follow an address to where it is now, over as many moves as there were."""
    passed = [address]
    while (following := _next(passed[-1], moved)) is not None:
        if following in passed:
            raise ValueError(f"{address} moves in a circle")
        passed.append(following)
    return passed[-1]


def _next(address: str, moved: Moved) -> str | None:
    """Return where an address was moved to, by its own entry or by its page's."""
    page, mark, anchor = address.partition("#")
    if address in moved or page not in moved:
        return moved.get(address)
    new = moved[page]
    return new if "#" in new else f"{new}{mark}{anchor}"
