"""Directives of a chapter, written out; `WRITERS` has one function for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bookkit.home.markdown import Block, blocks, bullets, fold, paragraphs, plain, table
from bookkit.home.questions import questions
from bookkit.home.roles import fact, spoken
from bookkit.home.sources import Sources
from bookkit.readers.claims import Claim
from bookkit.readers.symbols import latex
from bookkit.readers.verdicts import DIRECTIONS, EVIDENCE, LEADS, MEANINGS, PARTS

MET = {
    "met": "The firms of the article met it.",
    "not-met": "The firms of the article did not meet it.",
    "unknown": "Whether the firms of the article met it is not known.",
}
LABEL = re.compile(r"^\$\$ \((?P<label>[\w-]+)\)$", re.MULTILINE)
RANGES = ("Parameter", "Ours", "From", "To", "Drawn", "Why these ends")


def written(text: str, sources: Sources) -> str:
    """Write out a text with its directives; one that no notebook can show is refused."""
    parts = []
    for part in blocks(text):
        if isinstance(part, str):
            parts.append(spoken(numbered(part), sources))
        elif part.name in WRITERS:
            parts.append(WRITERS[part.name](part, sources))
        else:
            raise ValueError(
                f"bookkit.home.directives cannot write the directive {part.name!r} for a notebook"
            )
    return paragraphs(*parts)


def numbered(text: str) -> str:
    r"""Move the label of an equation into it, for its number: `\tag{…}`."""
    return LABEL.sub(lambda found: rf"\tag{{{{eqno}}`{found['label']}`}}" "\n$$", text)


def question(block: Block, sources: Sources) -> str:
    """Quote what a chapter opens with."""
    inside = written(block.body, sources)
    return "\n".join(f"> {line}".rstrip() for line in inside.splitlines())


def dropdown(block: Block, sources: Sources) -> str:
    """Fold a hint or a solution."""
    return fold(block.argument, written(block.body, sources))


def wording(claim: Claim) -> str:
    """Write a claim, with its Chinese term and what that means."""
    return f"{plain(claim.claim)} {claim.zh} ({plain(claim.zh_in_english)})"


def claim(block: Block, sources: Sources) -> str:
    """State the chapter's claims, and ask how far each is true."""
    claims = [sources.claims.find(name) for name in block.argument.split()]
    many = len(claims) > 1
    asked = f"Before you read: how far is {'each' if many else 'it'} true? Note it down: "
    lead = f"**{'The claims' if many else 'The claim'}.** {asked}{directions()}."
    return paragraphs(lead, bullets(wording(each) for each in claims), meanings())


def directions() -> str:
    """Name the verdicts to choose from."""
    return ", ".join(each.en for each in DIRECTIONS.values())


def meanings() -> str:
    """Fold what the verdicts mean."""
    lines = (f"**{each.en}**: {MEANINGS[key]}." for key, each in DIRECTIONS.items())
    return fold("What the five words mean", bullets(lines))


def your_verdicts(_block: Block, sources: Sources) -> str:
    """Ask once more, before the book's verdicts."""
    many = len(sources.claims.of_chapter(sources.chapter)) > 1
    return (f"**Now that you have read:** how far is {'each claim' if many else 'the claim'} true? "
            f"{directions()}. Note it down before you open the book's answer below.")  # fmt: skip


def verdict(block: Block, sources: Sources) -> str:
    """Fold the book's verdict on a claim, with what carries it."""
    about = sources.claims.find(block.argument)
    told = [each.strip() for each in re.split(r"\n\s*\n", block.body.strip()) if each.strip()]
    own = [spoken(strong(each), sources) for each in told]
    ruled = about.verdict
    if ruled is None:
        return paragraphs(f"**{wording(about)}**", "The verdict is still to come.", *own)
    both = (DIRECTIONS[ruled.direction], EVIDENCE[ruled.evidence])
    badges = " · ".join(f"**{each.en}** {each.zh}" for each in both)
    condition = (f"**Condition.** {plain(ruled.condition)} {MET[ruled.met]}"
                 if ruled.condition and ruled.met else "")  # fmt: skip
    lines = [part_of(part, ruled) for part in PARTS if part in ruled.parts]
    inside = [badges, *own[:2], plain(ruled.ruling), condition, bullets(lines), *own[2:]]
    return paragraphs(f"**The claim.** {wording(about)}", fold("The book's verdict", *inside))


def part_of(part: str, ruled: Any) -> str:
    """Write what is found of one part of a claim."""
    bears = " (decides the verdict)" if part == ruled.bears else ""
    return f"**{part.capitalize()}{bears}.** {plain(ruled.parts[part])}"


def strong(paragraph: str) -> str:
    """Set the lead of a paragraph in bold."""
    leads = "|".join(LEADS)
    return re.sub(rf"^\*((?:{leads}):?)\*", r"**\1**", paragraph)


def core_path(block: Block, sources: Sources) -> str:
    """Say what the core path is, and what it needs."""
    told = "The core path is the text up to *Go deeper*, then the verdict."
    return f"{told} {written(block.body, sources)}".strip()


def quiz(block: Block, sources: Sources) -> str:
    """Ask the questions; their texts have roles of their own."""
    return spoken(questions(sources.quiz(block.argument), solved=sources.solved), sources)


def show_source(block: Block, sources: Sources) -> str:
    """Show a model as it stands in its module."""
    return paragraphs(
        f"The model in code, `{block.argument}`:",
        f"```python\n{sources.source(block.argument)}\n```",
    )


def parameters(block: Block, sources: Sources) -> str:
    """Tabulate the parameters of a model."""
    found = sources.parameters(block.argument.split())
    head = ("Symbol", "In code", *found.objects, "Unit", "Source", "Date")
    rows = []
    for each in found.rows:
        values = [f"`{value}`" for value in each.values]
        source, day = plain(each.source), each.as_of or "—"
        if each.fact:
            known = sources.facts[each.fact]
            value = fact(each.fact, sources, whole=False, named=known.bibkey)
            told = f"{value} {plain(known.basis)}; {{cite:label}}`{known.bibkey}`"
            source, day = f"{source} ({told})", known.period
        rows.append([f"${latex(each.symbol)}$", f"`{each.name}`", *values, each.unit, source, day])
    return table(head, rows)


def where_it_turns(block: Block, sources: Sources) -> str:
    """Give the headline statements with their answers; what carries them is folded."""
    made = [statement(each, sources) for each in sources.statements(block.argument)]
    return paragraphs("### Where it turns", *made)


def statement(one: dict[str, Any], sources: Sources) -> str:
    """Write one statement."""
    leads = {"The turning rule": one["rule"], "Where it tips": one["tipping"],
             "The boundary": one["alternative"], "How often": one["counted"],
             "Not covered": one["left out"]}  # fmt: skip
    inside = [f"**{lead}.** {plain(text)}" for lead, text in leads.items() if text]
    rows = [[*map(plain, each["cells"]), ends(each, sources)] for each in one["ranges"]]
    return paragraphs(
        f"*{one['kind'].capitalize()}.* {plain(one['words'])}",
        f"**The answer.** {plain(one['answer'])}",
        fold("The rule, where it tips, how often it holds", *inside, table(RANGES, rows)),
    )


def ends(each: dict[str, Any], sources: Sources) -> str:
    """Say why a range has these ends, and who says so."""
    if each["ours"]:
        return plain(each["reason"])
    told = plain(each["reason"]) + (f" ({plain(each['source'])})" if each["source"] else "")
    for name in each["facts"]:
        key = sources.facts[name].bibkey
        value = fact(name, sources, whole=False, named=key)
        told += f"; {value} {{cite:label}}`{key}`"
    return f"{told}."


Writer = Callable[[Block, Sources], str]
WRITERS: dict[str, Writer] = {
    "div": question,
    "dropdown": dropdown,
    "claim": claim,
    "your-verdicts": your_verdicts,
    "verdict": verdict,
    "core-path": core_path,
    "quiz": quiz,
    "show-source": show_source,
    "parameters": parameters,
    "where-it-turns": where_it_turns,
}
