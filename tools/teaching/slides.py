"""A chapter as slides: its claims, headings, formulas, pictures, explorers and questions.

One HTML file a chapter, made of the built page; reveal.js shows it, with the text that belongs to a
slide as speaker notes. Explorers live in a frame, out of a copy of the page beside the slides. What
is to be told in another way is changed in the file.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import dropwhile, takewhile
from pathlib import Path

from bs4 import Tag

from handouts import Place
from material import Chapter, Explorer, State, inner, words
from paper import code

STYLE = Path(__file__).with_name("slides.css")
START = Path(__file__).with_name("slides.js")
LEFT_OUT = ("verdict", "check-yourself", "takeaways", "exercises", "parameters", "further-reading")
VOTE = "Holds · Holds if … · Too strong · Fails · Cannot be told"
FIRST_VOTE = ("Let the class vote before anything is explained; write down how many chose what. "
              "The vote is repeated at the end.")  # fmt: skip
TWO_VOTES = "Vote. Let neighbours convince each other, and vote once more; then drag."
MOST = 4  # lines of a list on a slide
LONGEST = 1_500  # characters of notes
ENOUGH = 240  # characters of a section's first words on its slide
KEYS = ("Arrow keys and space lead on, Esc shows all slides, S opens these notes in a window of "
        "their own, F fills the screen, B makes it dark. After a click into a figure, click below "
        "it to lead on by key again.")  # fmt: skip


def slide(content: str, notes: str = "", kind: str = "") -> str:
    """Return a slide with what the speaker reads."""
    told = f'<aside class="notes">{notes}</aside>' if notes else ""
    return f'<section class="{kind}">{content}{told}</section>\n'


def paragraphs(texts: list[str]) -> str:
    """Write notes, no longer than can be read while speaking."""
    kept: list[str] = []
    length = 0
    for each in texts:
        length += len(each)
        if kept and length > LONGEST:
            break
        kept.append(f"<p>{escape(each)}</p>")
    return "".join(kept)


def listed(texts: list[str], kind: str = "ul") -> str:
    """Return a list; its texts are HTML already."""
    return f"<{kind}>{''.join(f'<li>{each}</li>' for each in texts)}</{kind}>"


def parted(texts: list[str]) -> Iterator[list[str]]:
    """Yield a few texts at a time, so that they stand on a slide."""
    count = -(-len(texts) // MOST)
    for part in range(count):
        yield texts[part::count] if count == 1 else texts[part * MOST : (part + 1) * MOST]


def opening(chapter: Chapter) -> Iterator[str]:
    """Yield the title and the claims to vote on."""
    root = chapter.text.select_one("section:has(> h1)") or chapter.text
    question = words(root.select_one(".question"))
    told = [words(each) for each in root.find_all("p", recursive=False)]
    title = f"<h1>{escape(chapter.title)}</h1><p class='question'>{escape(question)}</p>"
    yield slide(title, paragraphs([KEYS, *told]), "title")
    claims = [escape(words(each)) for each in root.select(".claims legend")]
    for part in parted(claims):
        vote = f"<h2>How far is it true?</h2>{listed(part)}<p class='vote'>{VOTE}</p>"
        yield slide(vote, paragraphs([FIRST_VOTE]))


@dataclass
class Slide:
    """A slide as it is made: what is shown, of what kind, and what is said."""

    content: str
    kind: str
    told: list[str]
    heads: bool = False  # a heading, which needs first words below it


def section(part: Tag, place: Place, chapter: Chapter) -> Iterator[str]:
    """Yield the slides of a section: its heading, then each formula, figure and explorer.

    A heading without words of its own is dropped: it stands on the next slide too.
    """
    steps = [each for each in part.select("p, h3, div.math, model-explorer") if _is_step(each)]
    heading = f"<h2>{escape(words(part.h2))}</h2>"
    made = [Slide(heading, "section", [], heads=True)]
    for at, step in enumerate(steps):
        if step.name == "p":
            made[-1].told.append(words(step))
        elif step.name == "h3":
            heading_ = f"{heading}<h3>{escape(words(step))}</h3>"
            made.append(Slide(heading_, "section", [], heads=True))
        elif step.name == "div" and step.math:
            made.append(Slide(heading + formula(steps, at, chapter), "formula", []))
        elif step.name == "model-explorer":
            explorer = next(each for each in chapter.explorers if each.name == step["id"])
            made += [Slide(*each) for each in _figure(chapter, explorer, place)]
    yield from _written(made)


def _written(made: list[Slide]) -> Iterator[str]:
    """Yield slides as HTML; what is said at a heading that is dropped is said on the next one."""
    spare: list[str] = []
    for each in made:
        first = _first(each.told[0]) if each.heads and each.told else ""
        if each.heads and not first:
            spare += each.told
            continue
        content = f"{each.content}<p>{escape(first)}</p>" if first else each.content
        yield slide(content, paragraphs([*spare, *each.told]), each.kind)
        spare = []


def _is_step(element: Tag) -> bool:
    """Tell whether an element is told or shown on slides by itself."""
    within = ("model-explorer", "table", "form", "nav", "figcaption", "summary")
    if element.find_parent(within) or element.find_parent(class_="deeper-way"):
        return False
    return not {"core-mark", "model-link"} & {*(element.get("class") or [])}


def _first(text: str) -> str:
    """Return the first sentences of a text, as many as a slide has room for."""
    kept = ""
    for sentence in text.replace("? ", "?\0").replace(". ", ".\0").split("\0"):
        if kept and len(kept) + len(sentence) > ENOUGH:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= 2 * ENOUGH else ""


def formula(steps: list[Tag], at: int, chapter: Chapter) -> str:
    """Return a formula with what leads to it, its sentence in words and its letters."""
    shown = steps[at].math
    assert shown is not None
    lead = sentences(steps[at - 1])[-1:] if at and steps[at - 1].name == "p" else []
    leads = [each for each in lead if not each.rstrip().endswith((".", "?", "!"))]
    letters = [f"<math>{written}</math> {escape(means)}" for written, means in
               chapter.letters(shown)]  # fmt: skip
    said = in_words(_until_next(steps[at + 1 :])) or before(steps[:at])
    return (f"<p>{''.join(leads)}</p>{shown}<p class='words'>{said}</p>"
            f"{listed(letters)}")  # fmt: skip


def _until_next(steps: list[Tag]) -> list[Tag]:
    """Return what follows a formula, or those right below it, before the next one."""
    below = dropwhile(lambda each: each.name == "div", steps)
    return [*takewhile(lambda each: each.name != "div", below)]


def in_words(steps: list[Tag]) -> str:
    """Return the sentence that says a formula in words, or how the text goes on from it."""
    following = [each for step in steps if step.name == "p" for each in sentences(step)]
    for each in following:
        if found := re.search(r"\b[Ii]n words\W+(.*)", each):
            return f"In words: {found[1]}"
    return f"… {following[0]}" if following else ""


def before(steps: list[Tag]) -> str:
    """Return the last whole sentence before a formula that nothing follows: it says it in words."""
    told = [each for step in steps if step.name == "p" for each in sentences(step)]
    whole = [each for each in told if each.rstrip().endswith((".", "?", "!"))]
    return f"In words: {whole[-1].strip()}" if whole else ""


def sentences(paragraph: Tag) -> list[str]:
    """Return a paragraph's sentences as HTML: words, and formulas as they are written."""
    kept: list[str] = []
    made = copy.copy(paragraph)
    for math in made.select("math"):
        kept.append(str(math))
        math.replace_with(f"\ue000{len(kept) - 1}\ue001")
    parts = escape(words(made)).replace(". ", ".\0").replace("? ", "?\0").split("\0")
    return [re.sub("\ue000(\\d+)\ue001", lambda at: kept[int(at[1])], each) for each in parts]


def _figure(
    chapter: Chapter, explorer: Explorer, place: Place
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the slides of a figure: its question first, where it asks one."""
    if explorer.asks:
        vote, kind, told = asked(explorer)
        yield f"{qr(chapter, place, explorer)}{vote}", kind, told
    yield shown_live(chapter, explorer)


def asked(explorer: Explorer) -> tuple[str, str, list[str]]:
    """Return the slide of a figure's question: content, kind, notes."""
    options = listed([escape(each) for each in explorer.options], "ol")
    vote = f"<h2>{escape(explorer.title)}</h2><p>{escape(explorer.question)}</p>{options}"
    return (
        vote,
        "guess",
        [TWO_VOTES, f"The model says: {explorer.right}. {explorer.held['because']}"],
    )


def shown_live(
    chapter: Chapter, explorer: Explorer, state: State = (), *, voted: bool = False
) -> tuple[str, str, list[str]]:
    """Return the slide of a figure, in a state or as it begins; after a vote it asks nothing."""
    if explorer.controls:
        return _frame(chapter, explorer, state, voted), "live", [*_tasks(explorer)]
    return still(explorer)


def still(explorer: Explorer) -> tuple[str, str, list[str]]:
    """Return the slide of a figure's picture as it begins."""
    caption = f"<p class='caption'>{escape(explorer.caption)}</p>"
    return explorer.picture(explorer.start) + caption, "still", [explorer.sentence(explorer.start)]


def qr(chapter: Chapter, place: Place, explorer: Explorer | None = None) -> str:
    """Return where a chapter or an explorer is, as a code; empty where the site has no address."""
    there = f"{place.address}book/{chapter.slug}.html{f'#{explorer.name}' if explorer else ''}"
    return f'<div class="qr">{code(there)}</div>' if place.address else ""


def _tasks(explorer: Explorer) -> Iterator[str]:
    """Yield what is done with an explorer."""
    if explorer.asks:
        moves = explorer.moves(explorer.end)
        yield "; ".join(f"{label}: from {one} to {two}" for label, one, two in moves) + "."
    if explorer.task:
        yield f"Challenge: {explorer.task}"


def _frame(chapter: Chapter, explorer: Explorer, state: State, voted: bool) -> str:
    """Return the explorer in a frame."""
    there = escape(explorer.anchor(state) if state else explorer.name)
    asked = f"embed={explorer.name}&amp;theme=light{'&amp;voted' if voted else ''}"
    page = f"site/book/{chapter.slug}.html?{asked}#{there}"
    title = escape(f"{explorer.number} {explorer.title}".strip())
    return f'<iframe data-src="{page}" title="{title}"></iframe><p class="strip">{title}</p>'


def verdicts(chapter: Chapter) -> Iterator[str]:
    """Yield the second vote, and then the book's verdicts."""
    found = chapter.text.select(".ruling")
    claims = [escape(words(each.select_one(".ruling-claim"))) for each in found]
    for part in parted(claims):
        vote = f"<h2>Vote again: how far is it true?</h2>{listed(part)}<p class='vote'>{VOTE}</p>"
        yield slide(vote, paragraphs(["Compare with the vote at the beginning."]))
    for each in found:
        badges = "".join(f"<b>{inner(badge)}</b> " for badge in each.select(".badges > span"))
        sides = "".join(f"<p>{escape(words(side))}</p>" for side in each.select(".sides p"))
        why = [words(part) for part in each.select(".why > p, .why li > p")]
        claim = f"<h2>{escape(words(each.select_one('.ruling-claim')))}</h2>"
        yield slide(f"{claim}<p class='badges'>{badges}</p>{sides}", paragraphs(why), "verdict")


def takeaways(chapter: Chapter) -> Iterator[str]:
    """Yield what is to be taken away, a few sentences a slide."""
    part = chapter.text.select_one("#takeaways")
    told = [words(each) for each in part.select("p, li")] if part else []
    sentences = [each for text in told for each in text.replace(". ", ".\0").split("\0")]
    for few in parted([escape(each) for each in sentences]):
        yield slide(f"<h2>Takeaways</h2>{listed(few)}")


def questions(chapter: Chapter) -> Iterator[str]:
    """Yield the questions with choices, to vote on; their key, if there is one, in the notes."""
    for form in chapter.text.select("form.quiz:not([data-kind=numeric])"):
        legend = words(form.legend).partition(". ")[2]
        choices = [escape(words(each.span)) for each in form.select("fieldset label")]
        key = [words(each) for each in form.select("details li")]
        asked = f"<h2>Check yourself</h2><p>{escape(legend)}</p>{listed(choices, 'ol')}"
        yield slide(asked, paragraphs(key), "guess")


def deck(chapter: Chapter, book: str, place: Place) -> str:
    """Return the file of a chapter's slides."""
    parts = [*opening(chapter)]
    for part in chapter.sections:
        if part["id"] not in LEFT_OUT:
            parts += section(part, place, chapter)
    parts += [*verdicts(chapter), *takeaways(chapter), *questions(chapter)]
    return document(f"{chapter.title} – {book}", parts)


def document(title: str, parts: list[str]) -> str:
    """Return the file of some slides."""
    title = escape(title)
    sheets = "".join(f'<link rel="stylesheet" href="../_static/{each}.css">'
                     for each in ("faces", "reveal/reveal", "slides"))  # fmt: skip
    scripts = "".join(f'<script src="../_static/{each}.js"></script>'
                      for each in ("reveal/reveal", "reveal/notes", "slides"))  # fmt: skip
    head = f'<meta charset="utf-8"><title>{title}</title>{sheets}'
    body = f'<div class="reveal"><div class="slides">\n{"".join(parts)}</div></div>{scripts}'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'
