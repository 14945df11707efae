"""Roles in a sentence, written out.

What a page knows by itself is written when the page is read: numbers and facts. What depends on
other pages waits until all are read: citations, the numbers of figures and equations, links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bookkit.home.markdown import plain
from bookkit.home.sources import Sources

TOKEN = re.compile(
    r"^(?P<fence>`{3,})[^`].*?^(?P=fence)$"
    r"|\{(?P<role>[a-z]+:?[a-z]*)\}`(?P<text>[^`]+)`"
    r"|(?P<code>`[^`\n]+`)"
    r"|(?<!!)\[(?P<words>[^\]]*)\]\((?P<page>[\w-]+)\.md(?P<place>#[^)]*)?\)",
    re.MULTILINE | re.DOTALL,
)
SENTENCE_ENDS = re.compile(r"[.?!]\s|\n\s*\n|\n\s*(?:[-*+]|\d+\.)\s|\|")  # items and cells are such
LATER = ("cite:t", "cite:label", "ref", "numref", "eq", "eqno")

Change = Callable[[re.Match[str]], str]


def as_it_is(found: re.Match[str]) -> str:
    """Leave it."""
    return found[0]


def changed(text: str, *, role: Change, link: Change = as_it_is) -> str:
    """Change roles and links to pages in a text; code stays."""

    def each(found: re.Match[str]) -> str:
        if found["role"]:
            return role(found)
        return link(found) if found["page"] else found[0]

    return TOKEN.sub(each, text)


def spoken(text: str, sources: Sources) -> str:
    """Write out numbers and facts; a role that no notebook can say is refused."""

    def said(found: re.Match[str]) -> str:
        role, name = found["role"], found["text"]
        if role in ("glue:", "glue:text"):
            if name not in sources.numbers:
                raise ValueError(f"no cell says the number {name!r}")
            return sources.numbers[name]
        if role in ("fact", "fact:value"):
            named = last_named(found.string[: found.start()], sources)
            return fact(name, sources, whole=role == "fact", named=named)
        if role in LATER:
            return found[0]
        if role == "solved":
            raise ValueError(
                f"{found[0]} cannot stand in a page with code, whose notebook says the same in "
                "every kind of book: put it into a page without code, or say what is so in each"
            )
        raise ValueError(f"bookkit.home.roles cannot write the role {role!r} for a notebook")

    return changed(text, role=said)


def last_named(before: str, sources: Sources) -> str:
    """Return the key of the work that a sentence has named last, or nothing."""
    sentence = SENTENCE_ENDS.split(before)[-1]
    for found in reversed(list(TOKEN.finditer(sentence))):
        role, name = found["role"] or "", found["text"]
        if role.startswith("cite"):
            return name
        if role == "fact" or (role == "fact:value" and sources.fact(name).status == "claim"):
            return str(sources.fact(name).bibkey)
    return ""


def fact(name: str, sources: Sources, *, whole: bool, named: str = "") -> str:
    """Write a fact as the page does, with the number of the note that tells its source."""
    found = sources.fact(name)
    amount = f"{plain(found.amount)}<sup>{sources.used.index(name) + 1}</sup>"
    basis = f" {plain(found.basis)}" if whole and found.basis else ""
    claim = found.status == "claim"
    where = f"{plain(found.place)}, {plain(found.period)}" if whole else ""
    by = (
        f"{'reported by ' if claim else ''}{{cite:label}}`{found.bibkey}`" if whole or claim else ""
    )
    if claim and found.bibkey == named:
        by = ""
    told = "; ".join(filter(None, (where, by)))
    return f"{amount}{basis} ({told})" if told else f"{amount}{basis}"


def notes(sources: Sources) -> str:
    """List the facts used, each under its number: what it is, and where it was read."""
    lines = []
    for number, name in enumerate(sources.used, start=1):
        found = sources.facts[name]
        parts = [f"**{plain(found.amount)}** {plain(found.basis)}".rstrip() + ".",
                 f"{plain(found.statement)} ({plain(found.place)}, {plain(found.period)}).",
                 plain(found.note), f"{{cite:label}}`{found.bibkey}`;",
                 f"seen in: {plain(found.seen_in)}.",
                 "A claim." if found.status == "claim" else ""]  # fmt: skip
        lines.append(f"{number}. {' '.join(filter(None, parts))}")
    return "\n".join(lines)


@dataclass
class Shared:
    """What the pages of the book say of each other.

    labels : of works by key, as the references show them: Bouvard et al. 2022.
    works : tells by key what a work is, and its address, which may be empty.
    numbers : of figures and equations by label.
    notebooks : the names of the pages that are notebooks too.
    titles : of all pages by name.
    site : where the book is published; empty where that is not known.
    listed : the titles of all chapters, also of those that are not in this copy.
    """

    labels: Mapping[str, str]
    works: Callable[[str], tuple[str, str]]
    numbers: Mapping[str, str]
    notebooks: frozenset[str]
    titles: Mapping[str, str]
    site: str = ""
    listed: Mapping[str, str] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)

    def work(self, found: re.Match[str]) -> str:
        """Cite a work by its label, or in a sentence, as a link to where it can be read."""
        key = found["text"]
        if key not in self.labels:
            raise ValueError(f"there is no work {key!r}")
        if key not in self.cited:
            self.cited.append(key)
        words = self.labels[key]
        if found["role"] == "cite:t":
            words = re.sub(r" (\d{4}[a-z]?)$", r" (\1)", words)
        address = self.works(key)[1]
        return f"[{words}]({address})" if address else words

    def reference(self, found: re.Match[str]) -> str:
        """Name a figure or an equation by the number that it has in the book."""
        name = found["text"]
        if name not in self.numbers:
            raise ValueError(f"nothing bears the label {name!r}")
        worded = {"eq": "({})", "eqno": "{}"}.get(found["role"], "Fig. {}")
        return worded.format(self.numbers[name])

    def link(self, found: re.Match[str]) -> str:
        """Link to another notebook, to the book's site, or name the page where there is neither."""
        name = found["page"]
        if name in self.listed and name not in self.titles:
            return found["words"] or self.listed[name]
        if name not in self.titles:
            raise ValueError(f"there is no page {name}.md")
        words = found["words"] or self.titles[name]
        if name in self.notebooks:
            return f"[{words}]({name}.ipynb)"
        if self.site:
            return f"[{words}]({self.site.rstrip('/')}/book/{name}.html{found['place'] or ''})"
        return f"{words} (page “{self.titles[name]}” of the book)"

    def resolved(self, text: str) -> str:
        """Write out what had to wait."""

        def said(found: re.Match[str]) -> str:
            return self.work(found) if found["role"].startswith("cite") else self.reference(found)

        return changed(text, role=said, link=self.link)

    def bibliography(self) -> str:
        """List the works cited so far by their labels, with where they can be read."""
        lines = []
        for key in sorted(self.cited, key=lambda key: self.labels[key].lower()):
            told, address = self.works(key)
            lines.append(f"- {plain(told)}" + (f" <{address}>" if address else ""))
        return "\n".join(lines)
