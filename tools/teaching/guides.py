"""Write the instructors' guides as pages, whose links open the built book beside them.

A guide names a claim by its number, `C3-01`; its page has the claim's words instead, for no page of
the book shows the number.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

from bookkit.readers.claims import Claims, load_claims
from places import OUTPUT, ROOT
from refusal import RefusalError, ended, make_folder

BOOK = "../../html/book/"  # from where a guide is written to the pages of the built book
_READ = MarkdownIt("commonmark", {"html": False}).enable("table")
_LINK = re.compile(r'(?<=<a href=")(?=[a-z0-9-]+\.html)')
_CLAIM = re.compile(r"\b(C\d-\d\d)\b")
_STYLE = """body { font: 1.05rem/1.5 serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } td, th { border: 1px solid; padding: .3rem .5rem;
vertical-align: top; text-align: left } @media print { a { color: inherit } }"""


def page(text: str) -> str:
    """Return a guide as a page that opens by itself."""
    title = text.partition("\n")[0].lstrip("# ")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    view = '<meta name="viewport" content="width=device-width">'
    body = _LINK.sub(BOOK, _READ.render(text))
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}{view}</head><body>\n{body}</body></html>\n'
    )


def said(text: str, claims: Claims) -> str:
    """Return a guide with the words of the claims that it names."""
    return _CLAIM.sub(lambda found: f"“{claims.find(found[1]).claim.rstrip('.')}”", text)


def write_guides(root: Path, output: Path) -> None:
    """Write all guides that there are."""
    claims = load_claims(root / "data" / "claims.yml")
    folder = output / "teaching" / "guides"
    make_folder(folder)
    found = sorted(root.glob("teaching/*/guide.md"))
    for each in found:
        written = page(said(each.read_text(encoding="utf-8"), claims))
        (folder / f"{each.parent.name}.html").write_text(written, encoding="utf-8")
    print(f"{folder}: {len(found)} instructors' guides")


def main() -> int:
    """Write the guides alone, for which no secret is needed."""
    try:
        write_guides(ROOT, OUTPUT)
    except ValueError as fault:
        raise RefusalError(f"{fault}.") from None
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
