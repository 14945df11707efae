"""How long a page takes, by one rule: counted when it is read, shown wherever it is asked for.

Two hundred words are a minute, with those of tables, captions and headings; an equation is half a
minute, an explorer three, any other picture one. In a section of the core path only the path's own
explorers are played, the others looked at. Code is not counted. Each section is rounded to whole
minutes, and a path is the sum of what its sections say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

WORDS = 200  # a minute
EQUATION = 0.5
PICTURE = 1.0
EXPLORER = 3.0
KEPT = "reading_minutes"  # attribute of the environment: what each page takes, by its name
TOLD = "told_minutes"  # attribute of the environment: what each took when it was last told
TELLING = "pages_telling_minutes"  # attribute of the environment: pages that tell those of others
_EXPLORER = re.compile(r'<model-explorer id="([^"]+)"[^>]* data-states="(\d+)"')
_ENTRY = re.compile(r'(href="#([^"]+)">.*?)</a>')


class Takes(NamedTuple):
    """What a page takes: its core path, what stands beside each section in the contents, all.

    All is the path and what goes deeper; exercises and questions are not timed. `explorers` are
    those with something to move.
    """

    path: int
    sections: Mapping[str, str]
    whole: int = 0
    explorers: int = 0


class PathTime(nodes.General, nodes.Inline, nodes.Element):  # type: ignore[misc]
    """The place of the words that say how long the core path of a page takes."""


def path_time(env: BuildEnvironment, page: str, told: str = "about {0.path} minutes") -> PathTime:
    """Leave room for what a page takes; nothing is said of one without a core path."""
    if page != env.docname:
        env.__dict__.setdefault(TELLING, set()).add(env.docname)
    return PathTime("", page=page, told=told)


def telling(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to be written because they tell what others take, which has changed."""
    old, now = env.__dict__.get(TOLD), dict(env.__dict__.get(KEPT, {}))
    env.__dict__[TOLD] = now
    return sorted(env.__dict__.get(TELLING, set()) & env.found_docs) if old != now else []


def explorers(parts: Iterable[nodes.Element]) -> Iterator[tuple[str, bool]]:
    """Yield the names of the explorers, and whether there is something to move."""
    for part in parts:
        for raw in part.findall(nodes.raw):
            for name, states in _EXPLORER.findall(raw.astext()):
                yield name, int(states) > 1


def minutes(parts: Collection[nodes.Element], played: Collection[str]) -> int:
    """Return the whole minutes that parts of a page take, at least one."""
    told = (nodes.paragraph, nodes.title, nodes.caption)
    texts = [node for part in parts for kind in told for node in part.findall(kind)]
    taken = sum(len(node.astext().split()) for node in texts) / WORDS
    taken += EQUATION * sum(1 for part in parts for _ in part.findall(nodes.math_block))
    taken += sum(EXPLORER if name in played else PICTURE for name, _ in explorers(parts))
    return max(1, int(taken + 0.5))


def keep(env: BuildEnvironment, takes: Takes) -> None:
    """Keep what the page that is read takes."""
    env.__dict__.setdefault(KEPT, {})[env.docname] = takes


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page takes and tells, before it is read again or when it is gone."""
    env.__dict__.get(KEPT, {}).pop(docname, None)
    env.__dict__.get(TELLING, set()).discard(docname)


def fill(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Say how long paths take: when a page is written, for the other pages have been read then."""
    kept: Mapping[str, Takes] = app.env.__dict__.get(KEPT, {})
    for room in list(doctree.findall(PathTime)):
        takes = kept.get(room["page"])
        room.replace_self(nodes.Text(room["told"].format(takes) if takes else ""))


def offer(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Offer the template to put minutes beside the entries of a page's contents."""
    takes: Takes = app.env.__dict__.get(KEPT, {}).get(page, Takes(0, {}))

    def beside(entry: re.Match[str]) -> str:
        said = takes.sections.get(entry[2])
        return f'{entry[1]} <span class="minutes">{said}</span></a>' if said else entry[0]

    context["timed"] = lambda contents: _ENTRY.sub(beside, str(contents))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the writing of pages."""
    app.add_node(PathTime)
    app.connect("env-purge-doc", forget)
    app.connect("env-get-updated", telling, priority=950)  # once what is not read has been copied
    app.connect("doctree-resolved", fill)
    app.connect("html-page-context", offer)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
