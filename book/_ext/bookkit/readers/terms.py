"""Terms of the glossary in a text: where one is used, in the singular or the plural."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SIBILANTS = ("s", "x", "ch", "sh")
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"  # which pages set for an apostrophe


def plural(term: str) -> str:
    """Return the simple plural of a term."""
    if term.endswith("y") and term[-2] not in "aeiou":
        return f"{term[:-1]}ies"
    return f"{term}es" if term.endswith(SIBILANTS) else f"{term}s"


def forms(term: str) -> Iterator[str]:
    """Yield the ways in which a text writes a term, at the head of a sentence as well."""
    for form in (term, plural(term)):
        yield form
        yield form[0].upper() + form[1:]


class Terms:
    """The terms that can be found; of two that begin alike, the longer one is meant."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.named = {form: term for term in terms for form in forms(term)}
        longest = sorted(map(re.escape, self.named), key=len, reverse=True)
        either = "|".join(longest).replace("'", f"['{CURLY}]")
        # Not within a compound: "non-default" and "pre-orders" are words of their own.
        self._found = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")

    def parts(self, text: str, used: set[str]) -> Iterator[tuple[str, str | None]]:
        """Cut a text into first uses, each with its term, and the rest; add these to `used`."""
        end = 0
        for found in self._found.finditer(text):
            term = self.named[found[0].replace(CURLY, "'")]
            if term not in used:
                used.add(term)
                yield text[end : found.start()], None
                yield found[0], term
                end = found.end()
        yield text[end:], None
