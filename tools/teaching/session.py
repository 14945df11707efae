"""A session out of the guide's plan: slides in its order, and a page of its links for students.

The minutes and what the teacher does are speaker notes; what students do is on the slide, with what
the guide has written on the board, and the explorers that it opens then (its line *On the page, by
the minute*). A plan with other rows for a class is a session of its own. The guide's vote is
asked first, then checked on its figure, then answered; what students are to find is in the notes
alone. A figure that the next row opens too is not yet live: in a frame of its own its guess would
be forgotten by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

import slides
from guide import Guide, rows
from handouts import Place
from material import Chapter, Explorer, words
from paper import code

NO_ADDRESS = ("This copy has no address, so nothing here is a link: enter the site's address in "
              "_config.yml (html: baseurl), build, and write the slides again.")  # fmt: skip
PLAN, VOTE = "Fifty minutes", "A vote"
BY_THE_MINUTE = re.compile(r"(?:;|\*) (\d+) \[|\]\([a-z0-9-]+\.html#([a-z0-9-]+)")
VERDICT = re.compile(r"\b(?:[Ff]irst|[Ss]econd) verdict")
CLAIM = re.compile(r"(C\d-\d\d)")
ON_CLAIMS = re.compile(
    rf" on {CLAIM.pattern}(?:(?:,| and|, and) {CLAIM.pattern})*(?: on the page)?"
)
_READ = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Step:
    """A row of the plan."""

    minutes: str
    you: str  # what the teacher does, in Markdown
    they: str
    opened: Sequence[str]  # explorers, in their order

    @property
    def begins(self) -> int:
        """The minute at which it begins."""
        return int(self.minutes.partition("–")[0])

    @property
    def ends(self) -> int:
        """The minute at which it ends."""
        return int(self.minutes.partition("–")[2])


def sessions(guide: Guide) -> list[str]:
    """Return for whom a guide has a plan: for all, which is empty, and those with other rows."""
    return [name.removeprefix(PLAN).strip() for name in guide.sections if name.startswith(PLAN)]


def steps(guide: Guide, whom: str = "") -> list[Step]:
    """Return the rows of a guide's plan, those for a class in place of those of their minutes."""
    usual = _steps(guide, PLAN)
    if not whom:
        return usual
    others = _steps(guide, f"{PLAN} {whom}")
    if not others:
        raise ValueError(f"{guide.slug}: the plan {whom} has no rows; it must have some")
    first, last = others[0].begins, others[-1].ends
    kept = [each for each in usual if each.ends <= first or each.begins >= last]
    made = sorted([*kept, *others], key=lambda each: each.begins)
    joined = all(one.ends == two.begins for one, two in pairwise(made))
    if not joined or (made[0].begins, made[-1].ends) != (usual[0].begins, usual[-1].ends):
        raise ValueError(f"{guide.slug}: the rows {whom} take the minutes {first}–{last}; "
                         "they must begin and end where rows of the plan do")  # fmt: skip
    return made


def _steps(guide: Guide, section: str) -> list[Step]:
    """Return the rows of a table; refuse a minute at which none begins."""
    plan = guide.section(section)
    opened: dict[str, list[str]] = {}
    at = ""
    for minute, name in BY_THE_MINUTE.findall(_line(plan)):
        at = minute or at
        if name:
            opened.setdefault(at, []).append(name)
    made = [Step(minutes, you, they, opened.pop(minutes.partition("–")[0], []))
            for minutes, you, they in rows(plan)]  # fmt: skip
    if opened:
        raise ValueError(f"{guide.slug}: no row of the plan begins at minute {', '.join(opened)}")
    return made


def _line(plan: str) -> str:
    """Return the line that says what is opened when."""
    found = (each for each in plan.splitlines() if each.startswith("*On the page, by the minute"))
    return next(found, "")


def inline(markdown: str) -> str:
    """Write Markdown as HTML whose links are words."""
    read = BeautifulSoup(_READ.renderInline(markdown), "html.parser")
    for link in read.select("a"):
        link.unwrap()
    return str(read)


def plain(markdown: str) -> str:
    """Write Markdown as words."""
    return words(BeautifulSoup(inline(markdown), "html.parser"))


def deck(chapter: Chapter, guide: Guide, book: str, place: Place, whom: str = "") -> str:
    """Return the file of a session's slides."""
    plan = steps(guide, whom)
    drawn = slides.qr(chapter, place)
    told = f"{PLAN} {whom}".strip()
    title = f"<h1>{escape(chapter.title)}</h1><p class='question'>{escape(told)}</p>{drawn}"
    parts = [slides.slide(title, slides.paragraphs([slides.KEYS]), "title")]
    claims = _claims(chapter, " ".join(f"{each.you} {each.they}" for each in plan))
    for at, step in enumerate(plan):
        if _is_vote(step):
            parts += _voted(step, chapter, guide)
        else:
            parts += _step(step, chapter, place, claims)
            parts += [_shown(each, chapter, plan, at) for each in _named(step, chapter)]
    return slides.document(f"{chapter.title}, {told.lower()} – {book}", parts)


def _named(step: Step, chapter: Chapter) -> list[Explorer]:
    known = {each.name: each for each in chapter.explorers}
    if unknown := set(step.opened) - set(known):
        raise ValueError(f"minute {step.minutes}: no explorer {', '.join(sorted(unknown))}")
    return [known[name] for name in step.opened]


def _claims(chapter: Chapter, plan: str) -> dict[str, str]:
    """Return the claims of which the plan has a verdict, as the chapter words them."""
    named = set(CLAIM.findall(plan))
    found = chapter.text.select(".claims fieldset[data-when=before]")
    return {str(each["data-claim"]): words(each.legend) for each in found
            if each["data-claim"] in named and each.legend}  # fmt: skip


def task(they: str) -> str:
    """Return what students are asked to do: without what they will find, which comes after it."""
    first = re.split(r"\. |: | \(", inline(they), maxsplit=1)[0].strip(" .:;")
    kept = [each for each in first.split("; ") if not each.lower().startswith("find that")]
    return f"{BeautifulSoup('; '.join(kept), 'html.parser')}." if kept else ""


def asked_aloud(you: str) -> list[str]:
    """Return what is asked of the class: what the guide quotes, or else its questions."""
    quoted = re.findall(r"“[^”]*”", plain(you))
    asked = quoted or [each.strip() for each in re.findall(r"[^.?!:]+\?", plain(you))]
    return [escape(each[:1].upper() + each[1:]) for each in asked]


def on_the_board(you: str) -> str:
    """Return the sentence that the guide has written on the board, if it has one written."""
    _, _, rest = you.partition("On the board: ")
    told = re.split(r"(?<=\.) ", rest, maxsplit=1)[0]
    return f"<p class='board'>{inline(told[:1].upper() + told[1:])}</p>" if told else ""


def exercise(they: str, chapter: Chapter) -> str:
    """Return the text of the exercise that students are to do, if it is one."""
    if (named := re.search(r"[Ee]xercise (\d+)", they)) is None:
        return ""
    texts = [each for each in chapter.text.select("#exercises p:has(> strong)")
             if words(each.strong).startswith(f"{named[1]}. ")]  # fmt: skip
    return "".join(f"<p>{' '.join(slides.sentences(each))}</p>" for each in texts[:1])


def challenge(they: str, opened: Sequence[Explorer]) -> str:
    """Return the challenges of the figures, where students are to meet them."""
    texts = [each.task for each in opened if each.task and "challenge" in they.lower()]
    return "".join(f"<p>Challenge: {escape(each)}</p>" for each in texts)


def _step(step: Step, chapter: Chapter, place: Place, claims: dict[str, str]) -> Iterator[str]:
    """Yield the slide of a row: what is asked aloud, and what students do."""
    they = task(step.they)
    opened = _named(step, chapter)
    more = exercise(they, chapter) + challenge(they, opened)
    if VERDICT.search(they):
        named = set(CLAIM.findall(step.they)) or set(claims)
        told = slides.listed([escape(text) for each, text in claims.items() if each in named])
        they, more = ON_CLAIMS.sub("", they), f"{told}<p class='vote'>{slides.VOTE}</p>"
    asked = asked_aloud(step.you)
    heads = "".join(f"<h2>{each}</h2>" for each in asked or [they])
    does = f"<p>{they}</p>" if asked else ""
    where = " · ".join(escape(f"{each.number} {each.title}".strip()) for each in opened)
    drawn = slides.qr(chapter, place, opened[0]) if opened else ""
    content = f"{drawn}{heads}{on_the_board(step.you)}{does}{more}<p class='caption'>{where}</p>"
    notes = [f"Minutes {step.minutes}.", _aloud(step.you, claims),
             f"They: {_aloud(step.they, claims)}"]  # fmt: skip
    yield slides.slide(content, slides.paragraphs(notes), "step")


def _aloud(markdown: str, claims: dict[str, str]) -> str:
    """Write Markdown as words, with the claims that it names."""
    return CLAIM.sub(lambda found: f"“{claims.get(found[1], found[1])}”", plain(markdown))


def _is_vote(step: Step) -> bool:
    return "vote below" in step.you


def _opens(plan: Sequence[Step], at: int, name: str) -> bool:
    """Tell whether a row opens an explorer itself: a vote has its figure for itself."""
    return 0 <= at < len(plan) and not _is_vote(plan[at]) and name in plan[at].opened


def _shown(explorer: Explorer, chapter: Chapter, plan: Sequence[Step], at: int) -> str:
    """Return the slide of a row's figure: live in the last of those that open it in a row.

    Right before it stands its question, and before that its picture as it begins.
    """
    content, kind, told = slides.shown_live(chapter, explorer)
    if explorer.asks and _opens(plan, at + 1, explorer.name):
        content, kind, told = slides.asked(explorer)
        if _opens(plan, at + 2, explorer.name):
            content, kind, told = slides.still(explorer)
    elif explorer.asks and _opens(plan, at - 1, explorer.name):
        told = ["First click what most have guessed; then drag.", *told]
    return slides.slide(content, slides.paragraphs([f"Minutes {plan[at].minutes}.", *told]), kind)


def _voted(step: Step, chapter: Chapter, guide: Guide) -> list[str]:
    """Return the slides of a vote: it is asked, checked on its figures and answered."""
    asked, answered = vote(guide, step.minutes)
    return [
        asked,
        *(_check(each, chapter, step, guide) for each in _named(step, chapter)),
        answered,
    ]


def _check(explorer: Explorer, chapter: Chapter, step: Step, guide: Guide) -> str:
    """Return the figure of a vote, in the first state that the guide shows after it, if it does.

    Its own question is left out: the class has voted on another, and was asked it where the plan
    opens the figure for it.
    """
    shown = [explorer.state(dict(each.state)) for each in Guide("", guide.section(VOTE)).links()
             if each.anchor == explorer.name and each.state]  # fmt: skip
    state = shown[0] if shown else explorer.start
    content, kind, _ = slides.shown_live(chapter, explorer, state, voted=True)
    told = [f"Minutes {step.minutes}."]
    told += [f"It opens at {explorer.settings(state)}."] if state else []
    told += [f"Then set {explorer.settings(each)}." for each in shown[1:]]
    return slides.slide(content, slides.paragraphs(told), kind)


def vote(guide: Guide, minutes: str) -> tuple[str, str]:
    """Return the guide's vote: its question and choices, and the right one with its reason."""
    section = guide.section(VOTE)
    before, _, rest = section.partition("\n|")
    after = " ".join(each for each in f"|{rest}".splitlines() if not each.startswith("|"))
    options = rows(section)
    question = f"<p>{inline(' '.join(before.split()))}</p>"
    asked = slides.listed([inline(answer) for _, answer, _ in options], "ol")
    told = [f"Minutes {minutes}.", slides.TWO_VOTES]
    first = slides.slide(question + asked, slides.paragraphs(told), "guess")
    ((letter, answer, why),) = [each for each in options if each[2].startswith("Right")]
    reason = re.sub(r"^Right[.,:]?\s*", "", why)
    shown = f"<h2>{letter}. {inline(answer)}</h2><p>{inline(reason)}</p>"
    others = [f"{one}: {plain(from_)}" for one, _, from_ in options if one != letter]
    return first, slides.slide(shown, slides.paragraphs([plain(after), *others]), "verdict")


def links(chapter: Chapter, guide: Guide, book: str, place: Place, whom: str = "") -> str:
    """Return a page of what a session opens, in its order, to be put where students find it.

    Each explorer is opened as it begins: a link to another state would answer its question.
    """
    every = [each for step in steps(guide, whom) for each in _named(step, chapter)]
    once = {each.name: each for each in every}
    shown = "".join(_link(each, chapter, place) for each in once.values())
    title = escape(f"{chapter.title}: what we open")
    style = ("body { font: 1.1rem/1.5 sans-serif; max-width: 44rem; margin: 2rem auto; "
             "padding: 0 1rem } li { margin-bottom: 1.5rem } svg { display: block; width: 8rem; "
             "height: 8rem }")  # fmt: skip
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    view = '<meta name="viewport" content="width=device-width">'
    apart = "" if place.address else f"<p>{escape(NO_ADDRESS)}</p>"
    body = f"<h1>{title}</h1>{apart}<ol>{shown}</ol><p>{escape(book)}</p>"
    return f'<!doctype html>\n<html lang="en"><head>{head}{view}</head><body>{body}</body></html>\n'


def _link(explorer: Explorer, chapter: Chapter, place: Place) -> str:
    there = f"{place.address}book/{chapter.slug}.html#{explorer.name}"
    name = escape(f"{explorer.number} {explorer.title}".strip())
    if not place.address:
        return f"<li>{name}, in the folder or zip of the book: <code>{escape(there)}</code></li>"
    return f'<li><a href="{escape(there)}">{name}</a>{code(there)}</li>'
