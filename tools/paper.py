"""Pages of the built site as one page for paper: the text alone, explorers as they begin.

What a reader can do only on a screen is left out; an explorer tells where it can be moved. All is
in one document, so that pages are numbered through, and links lead from chapter to chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import segno
from bs4 import BeautifulSoup, Tag

STYLE = Path(__file__).with_name("paper.css")
STATES = re.compile(r'<script type="application/json">.*?</script>', re.DOTALL)
OFF_PAPER = (
    "script, noscript, .notes > div > :not(p), .levels, .deeper-way, .core-mark, .headerlink, "
    "details.hide, .directions, "
    ".rung:not([open]), .rung > summary, .glossary-tools, .to-finale, .agreed, .yours, .begin, "
    ".doors, .downloads, .own, .own-told, .own-verdict .quiz-told, .quiz-bar, .quiz-steps, "
    ".take-home, .quiz-hint, .sd-summary-state-marker, button, .mx-guess, .mx-panel, "
    ".mx-challenge, .mx-foot, .mx-numbers, .mx-live, .mx-message"
)
ANSWERS = "form.quiz > details, .quiz-told, #exercises details, .finale"
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
QUIET = 4  # modules around a QR code, as its standard wants


@dataclass(frozen=True)
class Wanted:
    """A document for paper: its pages, named as in `book/spread`, in their order."""

    pages: Sequence[str]
    title: str
    answers: bool
    address: str = ""  # of the site, with `/` at its end; empty where it has none
    imprint: Sequence[str] = ()  # whose it is; of a book before all, of a chapter below its title
    only: Sequence[str] = ()  # the sections that are wanted, by their anchors; all where none is
    closer: frozenset[str] = frozenset()  # pages whose notes are set closer, for one sheet less

    @property
    def fronted(self) -> bool:
        """Whether a page of its own stands before all, with the list of chapters."""
        return bool(self.imprint) and len(self.pages) > 1

    def place(self, page: str, anchor: str = "") -> str:
        """Return where a page is found on the screen."""
        return f"{self.address}{page}.html" + (f"#{anchor}" if anchor else "")


def article(site: Path, page: str) -> Tag:
    """Return the text of a page."""
    html = STATES.sub("", (site / f"{page}.html").read_text("utf-8"))
    found = BeautifulSoup(html, "html.parser").select_one("article")
    assert found is not None, page
    return found


def cut(text: Tag, only: Sequence[str]) -> None:
    """Leave out the sections of a page that are not wanted, and what stands before the first."""
    sections = text.select("section[id]:has(> h2)")
    before = sections[0].find_previous_siblings() if sections else []
    for part in before:
        if isinstance(part, Tag) and part.name != "h1":
            part.decompose()
    for section in sections:
        if section["id"] not in only:
            section.decompose()


def strip(text: Tag, *, answers: bool) -> None:
    """Leave out what is for the screen, and the answers where they are not wanted."""
    movable = [each for each in text.select("model-explorer") if each.select_one(".mx-panel")]
    for explorer in movable:
        explorer["data-moves"] = ""
    for part in text.select(OFF_PAPER if answers else f"{OFF_PAPER}, {ANSWERS}"):
        part.decompose()
    for rung in text.select("details.rung"):
        rung.name = "div"  # else one without its summary would be given another
    for part in text.select(".cell:not(:has(.cell_input)) .output.text_plain"):
        say(part)
    for fold in text.select("details"):
        fold["open"] = ""
    for part in text.select("[hidden]"):
        del part["hidden"]


def say(output: Tag) -> None:
    """Leave out what Python answers to code that paper leaves out, unless it is a sentence."""
    sentence = re.fullmatch(r"(['\"])(.*)\1", output.get_text(strip=True))
    if sentence:
        output.replace_with(BeautifulSoup(f"<p>{escape(sentence[2])}</p>", "html.parser"))
    else:
        output.decompose()


def gather(text: Tag) -> None:
    """Put a quiz's answers after all its questions."""
    for frame in text.select(".quiz-frame:has(details)"):
        answers = BeautifulSoup('<div class="answers"></div>', "html.parser").div
        assert answers is not None
        answers.extend([answer.extract() for answer in frame.select("form.quiz > details")])
        frame.append(answers)


def code(address: str) -> str:
    """Return an address as a QR code, an image within the page."""
    drawn = segno.make(address, error="m", micro=False)
    picture = drawn.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None)
    return picture.replace("<svg", '<svg role="img" aria-label="The address as a QR code"', 1)


def tell_places(text: Tag, page: str, wanted: Wanted) -> None:
    """Say below each explorer where it can be moved."""
    for explorer in text.select("model-explorer[data-moves]"):
        address = wanted.place(page, str(explorer["id"]))
        told = f'<a href="{address}" data-told>{address}</a>' if wanted.address else address
        drawn = code(address) if wanted.address else ""
        words = "Move it:" if wanted.address else "Move it in the book, at"
        line = f'<div class="place">{drawn}<p>{words} {told}</p></div>'
        explorer.append(BeautifulSoup(line, "html.parser"))


def name(page: str, anchor: str) -> str:
    """Return the name of a place within the document."""
    return f"{page.rpartition('/')[2]}--{anchor}" if anchor else page.rpartition("/")[2]


def target(href: str, page: str, wanted: Wanted) -> str | None:
    """Return where a link of a page leads to from paper; None where it leads nowhere."""
    if re.match(r"[a-z]+:", href):
        return href
    path, _, anchor = urljoin(f"{page}.html", href).partition("#")
    there = path.removesuffix(".html") or page
    if there in wanted.pages:
        return f"#{name(there, anchor.partition('?')[0])}"
    return f"{wanted.address}{path}" + (f"#{anchor}" if anchor else "") if wanted.address else None


def speaks(words: str, href: str, wanted: Wanted) -> bool:
    """Tell whether an address need not be printed: the words say it, or it is the book's own."""
    own = bool(wanted.address) and href.startswith(wanted.address)
    return own or "://" in words or href.endswith(words.strip().removeprefix("doi:"))


def drop(link: Tag) -> None:
    """Leave the words of a link that leads nowhere, unless they say nothing but where it leads."""
    line = link.parent
    if (
        line is not None
        and line.name == "p"
        and line.get_text(strip=True) == link.get_text(strip=True)
    ):
        line.decompose()
    else:
        link.unwrap()


def rename(text: Tag, page: str, wanted: Wanted) -> None:
    """Make names differ from page to page, and links follow; pictures' own names do already."""
    for part in text.select("[id]"):
        if part.find_parent("svg") is None:
            part["id"] = name(page, str(part["id"]))
    for part in text.find_all(True):
        for word in REFERRING:
            if word in part.attrs:
                part[word] = " ".join(name(page, each) for each in str(part[word]).split())
        if "src" in part.attrs:
            part["src"] = urljoin(f"../{page}", str(part["src"])).removeprefix("../")
    for link in text.select("a[href]"):
        if (href := target(str(link["href"]), page, wanted)) is None:
            drop(link)
        else:
            link["href"] = href
            if speaks(link.get_text(), href, wanted):
                link["data-told"] = ""


def contents(titles: Mapping[str, str], numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield the list of chapters, with the numbers of their pages once these are known."""
    yield '<nav class="paper-contents"><h2>Contents</h2><ol>'
    for page, title in titles.items():
        place = name(page, "")
        number = numbers.get(place, "")
        yield f'<li><a href="#{place}"><span>{title}</span> <b>{number}</b></a></li>'
    yield "</ol></nav>"


def front(wanted: Wanted, titles: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    """Return what stands before the first chapter of a book."""
    if not wanted.fronted:
        return ""
    lines = "".join(f"<p>{line}</p>" for line in wanted.imprint)
    listed = "".join(contents(titles, numbers))
    title = f'<p class="paper-title">{wanted.title}</p>'
    return f'<section class="imprint">{title}{lines}{listed}</section>'


def quoted(text: str) -> str:
    """Write a text as CSS does."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def running_titles(wanted: Wanted, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield the rules for the line at the top of each page: the chapter's title."""
    for page, title in titles.items():
        told = quoted(
            wanted.title if wanted.title.startswith(title) else f"{wanted.title} · {title}"
        )
        yield f"@page {name(page, '')} {{ @top-left {{ content: {told}; }} }}"
        yield f"#{name(page, '')} {{ page: {name(page, '')}; }}"


def paper(site: Path, wanted: Wanted, numbers: Mapping[str, int] | None = None) -> str:
    """Return the document, for a file beside the pages."""
    texts, titles = {}, {}
    for page in wanted.pages:
        text = texts[page] = article(site, page)
        if wanted.only:
            cut(text, wanted.only)
        strip(text, answers=wanted.answers)
        gather(text)
        tell_places(text, page, wanted)
        rename(text, page, wanted)
        text["id"] = name(page, "")
        if page in wanted.closer:
            text["data-closer"] = ""
        heading = text.h1
        assert heading is not None, page
        titles[page] = heading.get_text(strip=True)
        if wanted.imprint and not wanted.fronted:
            line = f'<p class="imprint-line">{" · ".join(wanted.imprint)}</p>'
            heading.insert_after(BeautifulSoup(line, "html.parser"))
    style = "\n".join([STYLE.read_text("utf-8"), *running_titles(wanted, titles)])
    sheets = "".join(
        f'<link rel="stylesheet" href="../_static/{sheet}.css">'
        for sheet in ("pygments", "explorer", "book")
        if (site / "_static" / f"{sheet}.css").is_file()
    )
    head = f'<meta charset="utf-8"><title>{wanted.title}</title>{sheets}<style>{style}</style>'
    body = front(wanted, titles, numbers or {}) + "".join(map(str, texts.values()))
    start = '<!doctype html><html lang="en" class="pdf">'
    return f"{start}<head>{head}</head><body><main>{body}</main></body></html>"
