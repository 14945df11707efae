"""The book's verdict on a claim: which way it goes, how good the evidence is, what carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from bookkit.readers import checks

# How the paragraphs beside a verdict begin, in this order.
LEADS = ("Right when", "Wrong when", "For it", "Against it", "What would change it")
SENTENCE = re.compile(r"[A-Z].*[.?]", re.DOTALL)
PARTS = ("who", "what", "how much", "why")


class Badge(NamedTuple):
    """The words on a badge, in English and in Chinese."""

    en: str
    zh: str


DIRECTIONS = {
    "holds": Badge("Holds", "成立"),
    "holds-if": Badge("Holds if …", "有条件成立"),
    "too-strong": Badge("Too strong", "言过其实"),
    "fails": Badge("Fails", "不成立"),
    "cannot-be-told": Badge("Cannot be told", "无从判断"),
}
MEANINGS = {
    "holds": "what was found agrees with the claim",
    "holds-if": "it is true under one condition that can be observed, and nobody has shown "
    "whether the firms of the article met it",
    "too-strong": "a part of it is true, but the part that decides says more than was found",
    "fails": "what was found says the opposite",
    "cannot-be-told": "what would decide it has not been measured, or not published",
}
EVIDENCE = {
    "strong": Badge("Evidence: strong", "证据强"),
    "fair": Badge("Evidence: fair", "证据中等"),
    "thin": Badge("Evidence: thin", "证据弱"),
    "model-only": Badge("Evidence: model only", "仅有模型"),
}
# Which directions a condition leaves open, by whether the firms of the article met it.
MET = {
    "met": ("holds",),
    "not-met": ("too-strong", "fails"),
    "unknown": ("holds-if", "too-strong", "cannot-be-told"),
}


@dataclass(frozen=True)
class Verdict:
    """The verdict on one claim, part by part; `bears` names the part that decides it.

    The condition is one inequality in things that can be observed; `met` says whether the firms of
    the article met it.
    """

    direction: str
    evidence: str
    ruling: str
    parts: Mapping[str, str]
    bears: str
    condition: str | None = None
    met: str | None = None

    def __post_init__(self) -> None:
        """Refuse a verdict that says too little, or two things at once."""
        checks.one_of("direction", self.direction, DIRECTIONS)
        checks.one_of("evidence", self.evidence, EVIDENCE)
        if unknown := set(self.parts) - set(PARTS):
            raise ValueError(f"parts are {', '.join(PARTS)}, not {checks.listed(unknown)}")
        checks.one_of("bears", self.bears, self.parts)
        for key, text in self.sentences():
            if not SENTENCE.fullmatch(text):
                raise ValueError(f"{key} must be a sentence, is {text!r}")
        self._check_condition()

    def _check_condition(self) -> None:
        """Hold the direction to what is known of the condition."""
        if (self.condition is None) != (self.met is None):
            raise ValueError("condition and met come together or not at all")
        if self.met is None:
            if self.direction == "holds-if":
                raise ValueError("holds-if needs a condition, and met: unknown")
            return
        checks.one_of("met", self.met, MET)
        if self.direction not in MET[self.met]:
            allowed = " or ".join(MET[self.met])
            raise ValueError(f"with met: {self.met} direction is {allowed}, not {self.direction}")

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Yield what the verdict says in words, each with the key it stands under."""
        yield "ruling", self.ruling
        yield from ((f"parts, {key}", text) for key, text in self.parts.items())
        if self.condition is not None:
            yield "condition", self.condition


def lacking(text: str) -> str:
    """Say what is wrong with the paragraphs beside a verdict; nothing where all are there."""
    begun = [re.match(r"\*([^*:]+):?\* ", each) for each in re.split(r"\n\s*\n", text.strip())]
    if [each and each[1] for each in begun] == [*LEADS]:
        return ""
    wanted = ", ".join(f"*{each}*" for each in LEADS)
    found = ", ".join(f"*{each[1]}*" if each else "none of these" for each in begun)
    return f"a verdict needs five paragraphs that begin {wanted}; these begin {found}"


KEYS = frozenset(each.name for each in fields(Verdict))


def verdict_of(row: checks.Entry) -> Verdict | None:
    """Take the verdict out of a claim's entry: all of what it needs, or nothing."""
    given = {key: row[key] for key in KEYS if key in row}
    if not given:
        return None
    optional = {"condition", "met"}
    checks.entry(given, KEYS - optional, optional)
    checks.texts(given, given.keys() - {"parts"})
    if not isinstance(given["parts"], Mapping):
        raise ValueError(f"parts must give a line for each part, is {given['parts']!r}")
    checks.texts(given["parts"], given["parts"])
    return Verdict(**given)
