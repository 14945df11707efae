"""Notes: what a number, a word or a citation of a page opens. All three are of one kind.

A link in the text leads to its note, in a list at the end of the page. The script shows the note
beside the link instead; on paper, and without the script, there is the list.
"""

from __future__ import annotations

from docutils import nodes

from bookkit.page.html_tag import Tag, tag

Door = tuple[str, str]  # the words of a link and its address


def note_id(name: str) -> str:
    """Return the id of the note about a fact, a term or a work."""
    return f"about-{nodes.make_id(name)}"


def opens(name: str, kind: str, *words: nodes.Node, **more: str) -> Tag:
    """Return the link to a note; `kind` is for the style sheet."""
    return tag("a", *words, class_=kind, href=f"#{note_id(name)}", **more)


def note(name: str, door: Door | None, *told: nodes.Node) -> Tag:
    """Return a note; its door leads to the page that lists all of its kind."""
    doors = [tag("a", nodes.Text(door[0]), href=door[1])] if door else []
    return tag("div", tag("p", *told), *doors, id=note_id(name))
