"""Places for the reader's own verdicts, which `show_verdicts.js` fills in the browser."""

from __future__ import annotations

from docutils import nodes

from bookkit.directives.claims import badge
from bookkit.page.html_tag import Tag, tag
from bookkit.readers.claims import Claim
from bookkit.readers.verdicts import DIRECTIONS

WHEN = {"before": "Before", "after": "After"}
NONE = "none yet"


def directions() -> Tag:
    """Hold the badge of each direction, once a page, for the script to copy."""
    return tag("div", *map(badge, DIRECTIONS), class_="directions", hidden="")


def own(claim: Claim, when: str, element: str = "span") -> Tag:
    """Make the place of the reader's verdict on a claim, before the chapter or after it."""
    place = {"data_own_claim": claim.id, "data_own_when": when, "data_label": WHEN[when]}
    return tag(element, nodes.Text(NONE), class_="own", **place)


def own_line(claim: Claim) -> Tag:
    """Make a line with both of the reader's verdicts on a claim, hidden while there is none."""
    before, after = (own(claim, when) for when in WHEN)
    said = [nodes.Text("Your verdict before: "), before, nodes.Text(", after: "), after]
    return tag("p", *said, class_="own-told", hidden="")
