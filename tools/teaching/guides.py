"""Write the instructors' guides as pages, whose links open the built book beside them.

A guide names a claim by its number, `C3-01`; its page has the claim's words instead, for no page of
the book shows the number. A copy with some chapters has the guides of these, in which what leads to
the others is plain words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

import contents
from bookkit.readers.claims import Claims, load_claims
from places import OUTPUT, ROOT
from refusal import RefusalError, ended, make_folder

BOOK = "../../html/book/"  # from where a guide is written to the pages of the built book
_READ = MarkdownIt("commonmark", {"html": False}).enable("table")
_LINK = re.compile(r'(?<=<a href=")(?=[a-z0-9-]+\.html)')
_TO_PAGE = re.compile(r"\[([^]]*)\]\(([a-z0-9-]+)\.html[^)]*\)")
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


def among(text: str, pages: Collection[str]) -> str:
    """Return a guide whose links to pages that this copy does not have are words."""
    return _TO_PAGE.sub(lambda found: found[0] if found[2] in pages else found[1], text)


def write_guides(root: Path, output: Path) -> None:
    """Write the guides of the chapters of this copy, and say which are not in it."""
    claims = load_claims(root / "data" / "claims.yml")
    chapters, pages = contents.standing(root), contents.pages(root)
    folder = output / "teaching" / "guides"
    make_folder(folder)
    guides = {each.parent.name: each for each in sorted(root.glob("teaching/*/guide.md"))}
    absent = [slug for slug in guides if slug not in chapters]
    for slug in absent:
        (folder / f"{slug}.html").unlink(missing_ok=True)  # of when the copy had the chapter
    for slug in (each for each in guides if each in chapters):
        text = among(guides[slug].read_text(encoding="utf-8"), pages)
        (folder / f"{slug}.html").write_text(page(said(text, claims)), encoding="utf-8")
    print(f"{folder}: {len(guides) - len(absent)} instructors' guides")
    if absent:
        print(f"  left out, as this copy has no such chapter: {', '.join(absent)}")


def main() -> int:
    """Write the guides alone, for which no secret is needed."""
    try:
        write_guides(ROOT, OUTPUT)
    except ValueError as fault:
        raise RefusalError(f"{fault}.") from None
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
