"""What a chapter's headline statements say, worked out once for each state of their code.

A page is read for each word of its prose; to find where its statements turn takes a second, and
importing what finds it another one. So what is printed of them is kept beside what cells print.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.made_of import digest_of, sources_of
from explorer.cache import CACHE, Store

COLUMNS = ("statement", "kind", "what", "name", "value")


def module_of(chapter: str) -> str:
    """Name the module of a chapter's statements."""
    return f"netfin.{chapter.replace('-', '_')}.statements"


def code(chapter: str) -> tuple[str, ...]:
    """Return the Python that what is said depends on."""
    return f"import {module_of(chapter)}, netfin.turning", "import figures.turning, explorer.svg"


def address(chapter: str, name: str) -> str:
    """Return the id of a statement on its chapter's page."""
    return str(nodes.make_id(f"turns-{chapter}-{name}"))


def told_id(name: str) -> str:
    """Return the id of the words below a statement's picture."""
    return f"{name}-told"


@cache
def found(chapter: str) -> tuple[Any, ...]:
    """Compute all statements of a chapter; none where it has no such module."""
    from netfin.turning import turning

    package = module_of(chapter).rpartition(".")[0]
    if find_spec(package) is None or find_spec(module_of(chapter)) is None:
        return ()
    return tuple(turning(each) for each in import_module(module_of(chapter)).STATEMENTS)


def told(app: Sphinx, chapter: str) -> dict[str, Any]:
    """Return a chapter's `statements` in words and their `numbers`, computed if the code is new."""
    sources = sources_of(app)
    ours = sources.record([Path(__file__)])
    key = digest_of(sources.made_of(code(chapter)) | sources.packages() | ours)
    beside = os.environ.get(CACHE) or app.doctreedir  # of the pictures, or in a build by hand
    store = Store(Path(beside).with_name("turning"), ".json")
    if (kept := store.get(chapter, key)) is None:
        every = found(chapter)
        in_words = [said(chapter, one) for one in every]
        kept = json.dumps({"statements": in_words, "numbers": numbers(every)})
        store.put(chapter, key, kept)
    statements: dict[str, Any] = json.loads(kept)
    return statements


def said(chapter: str, one: Any) -> dict[str, Any]:
    """Put into words what was found of a statement."""
    from figures import turning as words

    statement, id_ = one.statement, address(chapter, one.statement.name)
    drawn = one.boundary is not None
    return {
        "id": id_,
        "kind": str(statement.kind),
        "words": statement.words,
        "claims": list(statement.claims),
        "answer": words.answer(one),
        "rule": words.turning_rule(one),
        "tipping": words.tipping(one),
        "picture": picture(id_, one) if drawn else "",
        "alternative": words.alternative(one) if drawn else "",
        "counted": words.counted(one),
        "in short": words.in_short(one).capitalize(),
        "left out": statement.left_out,
        "ranges": [ends(each) for each in statement.ranges],
    }


def ends(each: Any) -> dict[str, Any]:
    """Put a range into words, its reason and source apart."""
    from figures.turning import capital, written

    values = [written(value, each.unit) for value in (each.default, each.low, each.high)]
    drawn = "by ratio" if each.by_ratio else "evenly"
    drawn += f", with {each.tied}" if each.tied else ""
    return {
        "cells": [capital(each.label), *values, drawn],
        "reason": f"Ours: {each.reason}." if each.ours else capital(each.reason),
        "ours": each.ours,
        "source": each.source,
        "facts": list(each.facts),
    }


def picture(name: str, one: Any) -> str:
    """Draw the boundary; the words below it are its text alternative."""
    from explorer.svg import compose, draw, faults_of
    from figures.style import explore
    from figures.turning import boundary_picture

    style = explore.style
    with style.context():
        drawing = draw(boundary_picture(one), style, name)
    if faults := faults_of(drawing, style):
        raise ValueError(f"{one.statement.name}: {'; '.join(faults)}")
    return "\n".join(compose(drawing, drawing, told_id(name), style))


def numbers(all_found: tuple[Any, ...]) -> str:
    """Write all numbers of a chapter's statements as CSV, one a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in all_found:
        writer.writerows((one.statement.name, one.statement.kind, *each) for each in _lines(one))
    return text.getvalue()


def _lines(one: Any) -> Iterator[tuple[str, str, object]]:
    """Yield what, name and value of each number of a statement."""
    yield "at our numbers", "statement", one.at_default
    yield "at our numbers", "rule, left side", one.left
    yield "at our numbers", "rule, right side", one.right
    for design, counts in one.tallies.items():
        yield "share of cases", design, counts.share
        yield "cases in which the rule agrees", design, counts.agreement
        yield "cases", design, counts.taken
        yield "cases outside the model", design, counts.outside
    for decider in one.deciders:
        yield "total effect", decider.name, decider.index
        for turn in decider.turns:
            yield from (("turns at", name, value) for name, value in turn.items())
    for each in one.statement.ranges:
        ends = {"default": each.default, "low": each.low, "high": each.high}
        yield from ((f"range, {what}", each.name, value) for what, value in ends.items())
