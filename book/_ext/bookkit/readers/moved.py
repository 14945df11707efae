"""Where a page or an anchor is now that was elsewhere: `data/moved.yml`, read and checked.

`old: new` for a page, by its name in `book/`; `page#old: page#new` for an anchor. A page that has
moved takes its anchors along, unless an anchor has an entry of its own. What is read is whole
addresses, from the root of the site: `book/old.html`.
"""

from __future__ import annotations

import re
from pathlib import Path

from bookkit.readers import checks

_PLACE = re.compile(r"([\w-]+)(#[\w.-]+)?")
Moved = dict[str, str]


def load_moved(file: Path) -> Moved:
    """Read and check the addresses that have moved; a fault names the file and the address."""
    with checks.within(file.name):
        content = checks.read(file) or {}
        if not isinstance(content, dict):
            raise ValueError(f"must be places such as `old: new`, is {content!r}")
        for old, new in content.items():
            if "#" in str(new) and "#" not in str(old):
                raise ValueError(f"{old}: a page leads to a page, is {new!r}")
        moved = {_address(old): _address(new) for old, new in content.items()}
        for old in moved:
            leads_to(old, moved)
    return moved


def _address(place: object) -> str:
    """Return the whole address of a page, or of an anchor on it."""
    if not isinstance(place, str) or not (found := _PLACE.fullmatch(place)):
        raise ValueError(f"{place!r} is no place such as page or page#anchor")
    return f"book/{found[1]}.html{found[2] or ''}"


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
    return f"{moved[page]}{mark}{anchor}"
