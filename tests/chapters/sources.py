"""What the bibliography and the facts owe each other. A check yields what is wrong and what to do.

That a key exists says nothing of whether it names the work that was read. These checks look for
what two works under one key, a source older than what it is cited for, and a paper that has been
published since, leave behind in the files.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from pybtex.richtext import Text

from netfin.facts import Fact

Entries = Mapping[str, Any]
Facts = Mapping[str, Fact]
Faults = Iterator[str]

SHORT = {  # what keys call those whose name says it otherwise
    "agencies": "Office of the Comptroller of the Currency and others",
    "ccrc": "Credit Reference Center of the People's Bank of China",
    "constructionmanager": "Construction Management",
    "cpl": "National People's Congress of China",
    "mofcom": "Ministry of Commerce of China",
    "regb": "Consumer Financial Protection Bureau",
    "wdzj": "Online Lending House",
}
TOLD_BY = {  # works that were read in what others say of them
    "ant2020": "a prospectus of many hundred pages",
    "jd2020": "a prospectus that two reports quote",
    "mollick2015": "a report and the news of it",
}
ITSELF = "the work itself"
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
DATE = re.compile(rf"(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) )?\b((?:1[89]|20)\d\d)\b")
DRAFT = re.compile(
    r"working paper|discussion (?:paper|series)|\b(?:NBER|SSRN)\b|draft|mimeo|preprint|manuscript",
    re.IGNORECASE,
)
NONE_FOUND = re.compile(r"none found as of 20\d\d-(?:0[1-9]|1[0-2])")
AHEAD = re.compile(r"^(?:from|since|rule of)\b")


def shown(latex: str) -> str:
    """Return a field of an entry as it is printed."""
    told: str = Text.from_latex(latex).render_as("text")
    return told


def plain(text: str) -> str:
    """Return letters and digits of a text without accents, as keys are written."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).casefold())


def spelt(text: str) -> set[str]:
    """Return both ways in which a key spells a name with an umlaut."""
    return {plain(text), plain(re.sub("[äöü]", lambda found: found[0] + "e", text))}


def is_called(said: str, entry: Any) -> bool:
    """Tell whether the first part of a key can mean an entry: who wrote it, or where it stands."""
    people = entry.persons["author"]
    author, title = shown(str(people[0])), shown(entry.fields["title"])
    surnames = [shown(" ".join((*each.prelast_names, *each.last_names))) for each in people]
    turned = " ".join(reversed(author.split(", ")))  # Yu, Feng is Feng Yu, or Yu Feng
    last = " ".join(people[0].last_names)  # of van der Vliet, Vliet
    names = {surnames[0], shown(last), author.split()[0], " ".join(surnames), turned, author}
    hosts = set(urlsplit(entry.fields.get("url", "")).netloc.split("."))
    initials = ["".join(re.findall(r"\b[A-Z]", text)) for text in (author, title)]
    whole = set().union(*map(spelt, (*names, *hosts, *initials)))
    if said in whole or SHORT.get(said) == author:
        return True
    starts = [*author.split(), author, *initials]  # Fed, Blue Lotus, SPC of SPCC
    return len(said) > 2 and any(plain(each).startswith(said) for each in starts)


def keys_agree(entries: Entries, facts: Facts) -> Faults:
    """Hold the author, the year and the word of a key to its entry."""
    about: dict[str, str] = defaultdict(str)
    for fact in facts.values():
        about[fact.bibkey] += fact.statement
    for key, entry in entries.items():
        parts = re.fullmatch(r"([a-z]+)(\d{4})([a-z]?|[a-z]\w+)", key)
        if parts is None:
            yield f"{key}: make the key of author and year, and of a word where two have both"
            continue
        name, year, word = parts.groups()
        if year != entry.fields["year"]:
            yield f"{key}: is of {entry.fields['year']}, says the entry; give it a key of that year"
        if not is_called(name, entry):
            author = shown(str(entry.persons["author"][0]))
            yield f"{key}: is by {author}, says the entry; give it a key of that name"
        if len(word) > 1 and word not in plain(shown(entry.fields["title"]) + about[key]):
            yield f"{key}: neither its title nor a fact says “{word}”; take a word that one says"


def publishers(seen_in: str) -> set[str]:
    """Return who published what was read: hosts and names, or the work itself."""
    bare = re.sub(rf"\b(?:{'|'.join(MONTHS)})\b", "", DATE.sub("", seen_in))
    hosts = set(re.findall(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", bare))
    names = set(re.findall(r"\b[A-Z][\w&.]*(?: [A-Z][\w&.]*)*", bare))
    return hosts | names or {ITSELF}


def keys_name_one_work(_entries: Entries, facts: Facts) -> Faults:
    """Refuse facts of one key that were read at places which have nothing in common."""
    by_key: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts.values():
        if fact.seen_in:
            by_key[fact.bibkey].append(fact)
    for key in {**by_key, **TOLD_BY}:
        apart = [(one, other) for one, other in combinations(by_key[key], 2)
                 if not publishers(one.seen_in) & publishers(other.seen_in)]  # fmt: skip
        if key in TOLD_BY and not apart:
            yield f"{key}: its facts were seen in one place; take it out of TOLD_BY"
        elif apart and key not in TOLD_BY:
            one, other = apart[0]
            yield (
                f"{key}: {one.id} was seen in “{one.seen_in}”, {other.id} in “{other.seen_in}”; if "
                "these are two works, give each its key, else enter it in TOLD_BY"
            )


def spans(text: str) -> list[tuple[date, date]]:
    """Return first and last day of each date in a text, however exact it is."""
    found = []
    for day, name, number in DATE.findall(text):
        year = int(number)
        first, last = (MONTHS.index(name) + 1,) * 2 if name else (1, 12)
        end = int(day) if day else monthrange(year, last)[1]
        found.append((date(year, first, int(day or 1)), date(year, last, end)))
    return found


def latest(text: str) -> date:
    """Return the last day on which what is dated in a text can have been written."""
    return max((end for _, end in spans(text)), default=date.max)


def written(entries: Entries, facts: Facts) -> dict[str, date]:
    """Return for each source the last day on which it can have been written.

    That is the end of its year, or earlier, if a fact was seen in a copy of that year's date.
    """
    known = {key: date(int(entry.fields["year"]), 12, 31) for key, entry in entries.items()}
    for fact in facts.values():
        seen = latest(fact.seen_in)
        if seen.year == known[fact.bibkey].year and fact.bibkey not in TOLD_BY:
            known[fact.bibkey] = min(known[fact.bibkey], seen)
    return known


def sources_follow(entries: Entries, facts: Facts) -> Faults:
    """Refuse a fact about a time that its source cannot have seen yet."""
    known = written(entries, facts)
    day = timedelta(days=1)  # what is evening in New York is tomorrow in Shanghai
    for fact in facts.values():
        period = re.sub(r"\bbefore [^,;]*", "", fact.period)  # that day itself is not told of
        begun = max((start for start, _ in spans(period)), default=date.min)
        by = min(known[fact.bibkey], latest(fact.seen_in))
        marked = AHEAD.search(fact.period) or "forecast" in fact.note.lower()
        if begun > by + day and not marked:
            yield (
                f"{fact.id}: is about {fact.period}, but {fact.bibkey} was written by {by}; cite "
                "what came after, or say “forecast” in the note, or “from” if a rule begins"
            )


def is_draft(entry: Any) -> bool:
    """Tell a paper that may be published later from a report that is final."""
    if entry.type not in ("techreport", "unpublished", "misc"):
        return False
    fields = ("type", "number", "institution", "howpublished", "note", "title", "url")
    by_people = all(each.first_names for each in entry.persons["author"])
    told = any(DRAFT.search(entry.fields.get(name, "")) for name in fields)
    return told or (by_people and entry.type != "misc")


def drafts_say_where_published(entries: Entries, _facts: Facts) -> Faults:
    """Ask of a working paper where it was published, or when that was looked for in vain."""
    for key, entry in entries.items():
        where = entry.fields.get("published", "")
        if not is_draft(entry):
            if where:
                yield f"{key}: is no working paper; take published away"
        elif not NONE_FOUND.fullmatch(where):
            years = [int(each) for each in re.findall(r"\b(?:19|20)\d\d\b", where)]
            if not re.match("[A-Z]", where) or max(years, default=0) < int(entry.fields["year"]):
                yield (f"{key}: is a working paper; give published = {{journal volume, year, "
                       "pages}, or {none found as of YYYY-MM}")  # fmt: skip


CHECKS: list[Callable[[Entries, Facts], Faults]] = [
    keys_agree, keys_name_one_work, sources_follow, drafts_say_where_published,
]  # fmt: skip
