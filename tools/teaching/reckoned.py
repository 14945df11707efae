"""How the numbers of a figure without an equation follow: `teaching/<slug>/reckon.yml`, computed.

By the explorer's name an entry has a list of lines, for the teacher's solution. A line has

- `line`, a reckoning whose numbers are those of the figure after the move: `[row | column]` of its
  table, or `[column]` where that has one row, each by its beginning; `{row | column}` of the table
  before the move; `<control>`, where a control stands after it; and numbers that the chapter gives;
- `gives`, the place in the table of what comes out, or `says`, the words for it, where that is told
  by the figure's sentence or by its answer; and perhaps `while`, for when the line is good.

or, where no reckoning in a line leads to a number,

- `read`, the place in the table where it is read off, and `because`, why it is not reckoned.

A line is refused if the figure has another number, and if the move changes nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from numbers import Real
from pathlib import Path
from typing import Any

import algebra
from bookkit.readers import checks, formulas
from confirm import CLOSE, is_said
from material import Chapter, Explorer, State
from places import ROOT

PLACE = re.compile(r"\[([^\]]+)\]|\{([^}]+)\}|<([^>]+)>")
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
LARGE = re.compile(r"(?<![\d.,])\d{4,}(?![\d.,])")
POWER = re.compile(r"\*\*([\d.]+)")
ROUGH = 1e-2  # what numbers of four digits may be off together
KINDS = ({"line", "gives"}, {"line", "says"}, {"read", "because"})


def place(explorer: Explorer, state: State, told: str) -> tuple[str, Any]:
    """Find a place of a figure's table by the beginnings of its row and its column."""
    head, *rows = explorer.table(state)
    *named, column = (each.strip() for each in told.split("|"))
    at = head.index(_only("the column", column, list(map(str, head))))
    if not named and len(rows) > 1:
        raise ValueError(f"{told!r} must name a row too, as [row | column]: the table has several")
    known = [str(row[0]) for row in rows]
    row = rows[known.index(_only("the row", named[0], known))] if named else rows[0]
    what = f"{row[0]}: {head[at]}" if named else str(head[at])
    return what, row[at]


def _only(what: str, beginning: str, known: Sequence[str]) -> str:
    """Return the one that is named so, or else begins so."""
    found = [each for each in known if each == beginning] or [
        each for each in known if each.startswith(beginning)
    ]
    if len(found) != 1:
        raise ValueError(
            f"{what} {beginning!r} must be the beginning of one of {checks.listed(known)}"
        )
    return found[0]


def number(explorer: Explorer, state: State, told: str) -> float:
    """Return the number at a place of the table."""
    what, found = place(explorer, state, told)
    if isinstance(found, bool) or not isinstance(found, Real):
        raise ValueError(f"{what} must be a number, is {found!r}")
    return float(found)


def control(explorer: Explorer, state: State, told: str) -> float:
    """Return where a control stands."""
    labels = [each.label for each in explorer.controls]
    at = labels.index(_only("the control", told, labels))
    text = explorer.controls[at].texts[state[at]]
    if (found := NUMBER.match(text)) is None:
        raise ValueError(f"the control {told!r} must stand at a number, stands at {text!r}")
    return float(found[0].replace("−", "-").replace(",", ""))


@dataclass(frozen=True)
class Line:
    """A line of an entry, in the numbers of a figure after its move or in another state."""

    explorer: Explorer
    entry: checks.Entry

    def filled(self, state: State, write: Callable[[float], str]) -> str:
        """Return the reckoning with numbers in its places."""

        def found(at: re.Match[str]) -> str:
            inside, before, moved = at.groups()
            if moved:
                return write(control(self.explorer, state, moved))
            return write(number(self.explorer, self.explorer.start if before else state,
                                inside or before))  # fmt: skip

        return PLACE.sub(found, str(self.entry["line"]))

    def value(self, state: State) -> float:
        """Compute the reckoning."""
        return formulas.value(self.filled(state, lambda one: f"({one!r})"), {})

    def rounded(self, state: State) -> float:
        """Compute it from the numbers that are printed."""
        return formulas.value(self.filled(state, lambda one: f"({_read(algebra.digits(one))})"), {})

    def gives(self, state: State) -> float:
        """Return what the figure has for it."""
        return number(self.explorer, state, str(self.entry["gives"]))

    def check(self) -> None:
        """Refuse a line that does not give what the figure has after the move."""
        at = self.explorer.end
        if "read" in self.entry:
            self._check_moved(
                str(self.entry["read"]), number(self.explorer, at, self.entry["read"])
            )
            return
        made = self.value(at)
        if "gives" in self.entry:
            if abs(made - self.gives(at)) > CLOSE * max(1, abs(self.gives(at))):
                raise ValueError(
                    f"it gives {made:g}, and the figure's table has {self.gives(at):g}"
                )
            self._check_moved(str(self.entry["gives"]), made)
        else:
            told = f"{self.explorer.sentence(at)} {self.explorer.held['because']}"
            if not is_said(made, told):
                raise ValueError(f"it gives {made:g}, which the figure does not say: {told}")
        if abs(self.rounded(at) - made) > ROUGH * max(1, abs(made)):
            raise ValueError(f"by the numbers that are printed it gives {self.rounded(at):g} and "
                             f"not {made:g}")  # fmt: skip

    def _check_moved(self, told: str, made: float) -> None:
        before = place(self.explorer, self.explorer.start, told)[1]
        if isinstance(before, Real) and abs(float(before) - made) <= CLOSE * max(1, abs(made)):
            raise ValueError(f"the move changes nothing: {told} is {made:g} before and after")

    def written(self) -> str:
        """Write the line as HTML."""
        at = self.explorer.end
        if "read" in self.entry:
            what, _ = place(self.explorer, at, str(self.entry["read"]))
            after = number(self.explorer, at, str(self.entry["read"]))
            before = place(self.explorer, self.explorer.start, str(self.entry["read"]))[1]
            first = f"{algebra.digits(float(before))}, then " if isinstance(before, Real) else ""
            return (f"<p>To be read off: {escape(what)}, {first}{algebra.digits(after)}. "
                    f"{escape(str(self.entry['because']))}</p>")  # fmt: skip
        made = algebra.digits(self.value(at))
        sign = "=" if algebra.digits(self.rounded(at)) == made else "≈"
        what = str(self.entry.get("says") or place(self.explorer, at, str(self.entry["gives"]))[0])
        when = f" (while {escape(str(self.entry['while']))})" if "while" in self.entry else ""
        shown = _shown(self.filled(at, _printed))
        return f"<p>Reckoned: {escape(what)}{when}: {shown} {sign} {made}.</p>"


def _read(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def _printed(one: float) -> str:
    told = algebra.digits(one)
    return f"({told})" if one < 0 else told


def _shown(reckoning: str) -> str:
    """Write a reckoning as on paper."""
    parted = LARGE.sub(lambda found: f"{int(found[0]):,}", " ".join(reckoning.split()))
    raised = POWER.sub(r"<sup>\1</sup>", parted)
    return raised.replace("*", "×").replace("-", "−")


def sound(content: object) -> checks.Entry:
    """Take a line with the keys of its kind."""
    every = checks.entry(content, set(), None)
    for kind in KINDS:
        if kind <= set(every):
            entry = checks.entry(content, kind, {"while"} if "line" in kind else set())
            checks.texts(entry, entry)
            return entry
    told = "; ".join(checks.listed(kind) for kind in KINDS)
    raise ValueError(
        f"a line must have the keys of one of these: {told}; has {checks.listed(every)}"
    )


def reckoned(chapter: Chapter, file: Path | None = None) -> Mapping[str, list[Line]]:
    """Return the lines of a chapter's explorers, by their names; refuse a wrong one."""
    file = file or ROOT / "teaching" / chapter.slug / "reckon.yml"
    told = f"teaching/{chapter.slug}/reckon.yml"
    known = {each.name: each for each in chapter.explorers if each.asks}
    found: dict[str, list[Line]] = {}
    with checks.within(told):
        content = checks.entry(checks.read(file) if file.is_file() else {}, set(), None)
    for name in content:
        with checks.within(f"{told}, {name}"):
            checks.one_of("the explorer", name, known)
            found[name] = [Line(known[name], sound(each)) for each in checks.entries(content, name)]
            for line in found[name]:
                line.check()
    return found
