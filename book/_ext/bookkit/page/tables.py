"""Make tables, folds and the bibliography sound for screen readers, the keyboard and the phone."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


SCROLLS = '<div class="pst-scrollable-table-container"'
REPAIRS = {
    "<th></th>": "<td></td>",  # the corner over a data frame's index: empty, it is no heading
    f"{SCROLLS}>": f'{SCROLLS} tabindex="0">',  # the keyboard reaches what is wider than the page
    ' aria-label="Toggle hidden content"': "",  # a fold is named by the words that it shows
    ' role="doc-biblioentry"': ' role="listitem"',  # the other is deprecated
}
FRAME_STYLE = re.compile(r"<style scoped>.*?</style>\s*", re.DOTALL)  # pandas' own, with each frame
FRAME = re.compile(r'(class="dataframe">\s*<thead>)(.*?)(</thead>)', re.DOTALL)
CARDS = re.compile(r'(<table class="cards table">.*?</thead>)(.*?</table>)', re.DOTALL)
TABLE = re.compile(r'<table[^>]*class="[^"]*\b(?:dataframe|cards)\b.*?</table>', re.DOTALL)
LONG = re.compile(r"(?<=>)[-−]?\d{5,}(?=(?:\.\d+)?</)")  # a cell that is one number; no year is one
ROW = re.compile(r"<tr[ >].*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NAME = re.compile(r'(?<=<span class="pre">)\w+(?=</span>)')


def flat_head(head: re.Match[str]) -> str:
    """Put a data frame's two rows of headings into one: pandas gives the index's names their own.

    Names of the columns' own, which pandas sets over the index, give way to the index's.
    """
    rows = [CELL.findall(row) for row in ROW.findall(head[2])]
    if len(rows) != 2 or "colspan" in head[2]:
        return head[0]
    cells = "".join(
        f"<th>{below[1] or above[1]}</th>"
        for above, below in zip_longest(*rows, fillvalue=("td", ""))
    )
    return f'{head[1]}<tr style="text-align: right;">{cells}</tr>{head[3]}'


def labelled(table: re.Match[str]) -> str:
    """Give each cell its column's heading, which stands beside it where a row is a card.

    Names of the code may break after an underscore, so that they cost no column its words.
    """
    heads = [TAG.sub("", words).strip() for _, words in CELL.findall(table[1])]

    def told(row: re.Match[str]) -> str:
        names = iter(heads)
        return re.sub("<td>", lambda _: f'<td data-label="{next(names)}">', row[0])

    named = NAME.sub(lambda name: name[0].replace("_", "_<wbr>"), table[2])
    return table[1] + ROW.sub(told, named)


def grouped(table: re.Match[str]) -> str:
    """Write 34,710 where a cell holds 34710, as the text does."""
    return LONG.sub(lambda long: f"{int(long[0].replace('−', '-')):,}", table[0])


def sound(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put right in a page's body what docutils, pandas and the theme write."""
    if "body" not in context:
        return
    body = FRAME_STYLE.sub("", context["body"])
    body = FRAME.sub(flat_head, body)
    for old, new in REPAIRS.items():
        body = body.replace(old, new)
    context["body"] = TABLE.sub(grouped, CARDS.sub(labelled, body))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the change, which the page's template then finds in its body."""
    app.connect("html-page-context", sound)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
