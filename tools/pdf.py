"""Pages printed by Chromium: tagged, with an outline, and with what a library asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Page, ViewportSize, sync_playwright

import browser
from paper import Wanted, name, paper
from refusal import RefusalError

DRAFT = "paper-{}.html"  # beside the pages while it is printed
FONT = "fonts-noto-cjk"
ROUNDS = 6  # of printing, until the contents name the right pages
FEWEST = 1_280  # letters on a chapter's last sheet; with less, notes set closer save it
NODE = re.compile(r"node\d{8}")
CHINESE = re.compile("[\u4e00-\u9fff]")
# A character that no font here has is drawn as a box, and so is every other one.
SAME = """([one, other]) => {
  const drawn = (character) => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    pen.font = '40px "Book Sans", sans-serif';
    pen.fillText(character, 10, 60);
    return canvas.toDataURL();
  };
  return drawn(one) === drawn(other);
}"""

# Each face, those too that only paper uses: one that comes late is left out. Some are not here.
FACES = "Promise.allSettled([...document.fonts].map((face) => face.load())).then(() => null)"

SHEET: ViewportSize = {"width": 642, "height": 986}  # of the text on a sheet, in pixels
# Of a paragraph of four lines the browser leaves one on the next sheet, whatever `widows` says.
SHORT = """() => {
  for (const part of document.querySelectorAll("p, li, dd"))
    if (part.offsetHeight < 4.5 * parseFloat(getComputedStyle(part).lineHeight))
      part.style.breakInside = "avoid";
}"""


@dataclass(frozen=True)
class About:
    """What a document says of itself."""

    authors: Sequence[str]
    released: date
    keywords: Sequence[str]
    licence: str


def lacks(page: Page, one: str, other: str) -> bool:
    """Tell whether there is no font with these two characters: they then look the same."""
    return bool(page.evaluate(SAME, [one, other]))


def check_fonts(page: Page, html: str) -> None:
    """Refuse to print boxes in the place of Chinese."""
    if CHINESE.search(html) and lacks(page, "风", "险"):
        raise RefusalError(
            "the PDFs need a font with Chinese characters, and there is none here; install one (on "
            f"Debian: {FONT}), or make the site without PDFs: ONLY=pages."
        )


@contextmanager
def printing() -> Iterator[Page]:
    """Yield a page of a browser that can print."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser.chromium(), args=browser.CHROMIUM_FLAGS
        )
        page = started.new_page(java_script_enabled=True, viewport=SHEET)
        page.emulate_media(media="print", color_scheme="light")
        yield page
        started.close()


def printed(page: Page, site: Path, html: str, target: Path) -> None:
    """Print a document whose links start in the folder of the pages."""
    check_fonts(page, html)
    draft = site / "book" / DRAFT.format(target.stem)
    draft.write_text(html, "utf-8")
    try:
        page.goto(draft.as_uri())
        page.evaluate(FACES)
        page.evaluate(SHORT)
        page.pdf(path=str(target), prefer_css_page_size=True, tagged=True, outline=True)
    finally:
        draft.unlink()


def numbers(file: Path) -> dict[str, int]:
    """Return the number of the page of each place that a link leads to."""
    with pikepdf.open(file) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names: Any = pdf.Root.get("/Dests", {})
        found = {name.removeprefix("/"): place for name, place in names.items()}
        return {
            name: pages[place[0].objgen]
            for name, place in found.items()
            if place[0].objgen in pages
        }


def letters(page: pikepdf.Page) -> int:
    """Count the letters that are drawn on a sheet."""
    steps = pikepdf.parse_content_stream(page)
    drawn = [step.operands[0] for step in steps if str(step.operator) in ("Tj", "TJ")]
    runs = [run for each in drawn for run in (each if isinstance(each, pikepdf.Array) else [each])]
    return sum(len(bytes(run)) // 2 for run in runs if isinstance(run, pikepdf.String))


def spilled(file: Path, wanted: Wanted) -> dict[str, int]:
    """Return the pages of which but a few notes stand on the last sheet, with its number."""
    places = numbers(file)
    starts = [places.get(name(page, ""), 1) for page in wanted.pages]
    noted = {place.partition("--about-")[0] for place in places if "--about-" in place}
    with pikepdf.open(file) as pdf:
        ends = [*(start - 1 for start in starts[1:]), len(pdf.pages)]
        return {
            page: end
            for page, end in zip(wanted.pages, ends, strict=True)
            if name(page, "") in noted and letters(pdf.pages[end - 1]) < FEWEST
        }


def named(part: Any) -> Iterator[tuple[Any, Any, str]]:
    """Yield where a name of Chromium's nodes stands in an object: holder, key and name."""
    if isinstance(part, pikepdf.Array):
        held: list[tuple[Any, Any]] = list(enumerate(part))
    elif isinstance(part, pikepdf.Dictionary):
        held = list(part.items())
    else:
        return
    for key, value in held:
        if isinstance(value, pikepdf.String) and NODE.fullmatch(str(value)):
            yield part, key, str(value)
        elif isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from named(value)


def renumber(pdf: pikepdf.Pdf) -> None:
    """Count the nodes that tags refer to from one: Chromium counts what it has made before, too."""
    found = [place for part in pdf.objects for place in named(part)]
    numbers = {old: at for at, old in enumerate(sorted({old for *_, old in found}), 1)}
    for holder, key, old in found:
        holder[key] = pikepdf.String(f"node{numbers[old]:08}")


def name_once(pdf: pikepdf.Pdf) -> None:
    """Mend the outline: Chromium names a heading twice that it put off to the next sheet."""
    for part in pdf.objects:
        if isinstance(part, pikepdf.Dictionary) and "/Dest" in part and "/Title" in part:
            title = str(part.Title)
            half = title[: len(title) // 2]
            if title == half + half:
                part.Title = pikepdf.String(half)


def describe(file: Path, title: str, about: About) -> None:
    """Write the metadata; the same pages give the same bytes on every day."""
    day = f"{about.released:%Y-%m-%d}T00:00:00Z"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        renumber(pdf)
        name_once(pdf)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
            told["dc:title"] = title
            told["dc:creator"] = list(about.authors)
            told["dc:language"] = {"en"}
            told["dc:subject"] = set(about.keywords)
            told["dc:rights"] = about.licence
            told["xmp:CreateDate"] = told["xmp:ModifyDate"] = day
        pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, "; ".join(about.authors)
        pdf.docinfo["/Keywords"] = "; ".join(about.keywords)
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = f"D:{about.released:%Y%m%d}000000Z"
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def make(page: Page, site: Path, wanted: Wanted, about: About, target: Path) -> None:
    """Print until the contents name the right pages and no sheet has but a few notes."""
    known: Mapping[str, int] = {}
    for _ in range(ROUNDS):
        printed(page, site, paper(site, wanted, known), target)
        found = numbers(target)
        begun = {place: found[place] for each in wanted.pages if (place := name(each, "")) in found}
        spills = spilled(target, wanted)
        closer = wanted.closer | spills.keys()
        if closer == wanted.closer and (known == begun or not wanted.fronted):
            break
        ends = [end for each, end in spills.items() if each not in wanted.closer]
        known = {place: at - sum(end < at for end in ends) for place, at in begun.items()}
        wanted = replace(wanted, closer=closer)
    else:
        raise RuntimeError(f"{target.name}: its page numbers have not settled in {ROUNDS} rounds")
    describe(target, wanted.title, about)
