"""A chapter as slides: its claims, headings, formulas, pictures, explorers and questions.

One HTML file a chapter, made of the built page; reveal.js shows it, with the text that belongs to a
slide as speaker notes. Explorers live in a frame, out of a copy of the page beside the slides. What
is to be told in another way is changed in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from bs4 import Tag

from handouts import Place
from material import Chapter, Explorer, inner, words
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


def section(part: Tag, place: Place, chapter: Chapter) -> Iterator[str]:
    """Yield the slides of a section: its heading, then each formula, figure and explorer."""
    steps = [each for each in part.select("p, h3, div.math, model-explorer") if _is_step(each)]
    first = next((words(each) for each in steps if each.name == "p"), "")
    heading = f"<h2>{escape(words(part.h2))}</h2>"
    made: list[tuple[str, str]] = [(f"{heading}<p>{escape(_first(first))}</p>", "section")]
    notes: list[list[str]] = [[]]
    for step in steps:
        if step.name == "p":
            notes[-1].append(words(step))
            continue
        for content, kind, told in _shown(step, heading, place, chapter):
            made.append((content, kind))
            notes.append([*told])
    for (content, kind), told in zip(made, notes, strict=True):
        yield slide(content, paragraphs(told), kind)


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


def _shown(
    step: Tag, heading: str, place: Place, chapter: Chapter
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the slides of a step: content, kind, and what is said first."""
    if step.name == "h3":
        yield f"{heading}<h3>{escape(words(step))}</h3>", "section", []
    elif step.name == "div" and step.math:
        letters = [f"<math>{each.written}</math> {escape(each.meaning)}"
                   for each in chapter.letters(step.math)]  # fmt: skip
        yield f"{heading}{step.math}{listed(letters)}", "formula", []
    elif step.name == "model-explorer":
        explorer = next(each for each in chapter.explorers if each.name == step["id"])
        yield from _figure(chapter, explorer, place)


def _figure(
    chapter: Chapter, explorer: Explorer, place: Place
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the slides of a figure: its question first, where it asks one."""
    if explorer.asks:
        options = listed([escape(each) for each in explorer.options], "ol")
        vote = f"<h2>{escape(explorer.title)}</h2><p>{escape(explorer.question)}</p>{options}"
        told = f"The model says: {explorer.right}. {explorer.held['because']}"
        yield vote, "guess", [TWO_VOTES, told]
    if explorer.controls:
        yield _frame(chapter, explorer, place), "live", [*_tasks(explorer)]
    else:
        picture = f"{explorer.picture(())}<p class='caption'>{escape(explorer.caption)}</p>"
        yield picture, "still", [explorer.sentence(())]


def _tasks(explorer: Explorer) -> Iterator[str]:
    """Yield what is done with an explorer."""
    if explorer.asks:
        moves = explorer.moves(explorer.end)
        yield "; ".join(f"{label}: from {one} to {two}" for label, one, two in moves) + "."
    if explorer.task:
        yield f"Challenge: {explorer.task}"


def _frame(chapter: Chapter, explorer: Explorer, place: Place) -> str:
    """Return the explorer in a frame; where the site has an address, with its QR code."""
    page = f"site/book/{chapter.slug}.html?embed={explorer.name}&amp;theme=light#{explorer.name}"
    title = escape(f"{explorer.number} {explorer.title}".strip())
    there = f"{place.address}book/{chapter.slug}.html#{explorer.name}"
    drawn = f'<div class="qr">{code(there)}</div>' if place.address else ""
    return (f'<iframe data-src="{page}" title="{title}"></iframe>{drawn}'
            f'<p class="strip">{title}</p>')  # fmt: skip


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
    title = escape(f"{chapter.title} – {book}")
    sheets = "".join(f'<link rel="stylesheet" href="../_static/{each}.css">'
                     for each in ("faces", "reveal/reveal", "slides"))  # fmt: skip
    scripts = "".join(f'<script src="../_static/{each}.js"></script>'
                      for each in ("reveal/reveal", "reveal/notes", "slides"))  # fmt: skip
    head = f'<meta charset="utf-8"><title>{title}</title>{sheets}'
    body = f'<div class="reveal"><div class="slides">\n{"".join(parts)}</div></div>{scripts}'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'
