"""The core path of a chapter: what is on it, how long it takes, how much of it is shown.

    ```{core-path} who-is-paid cheapest-loan
    You need percentages.
    ```

It runs up to the first section whose heading begins “Go deeper”, and goes on with the verdict. The
explorers named are those on it, in their order. The build says how long it takes, numbers these
explorers in the page, and folds: what goes deeper, equations and code. Without the script the first
two stand open. `levels.js` opens and closes them as the reader wishes. A paragraph that only names
an equation's symbols stands before it in `:::{div} symbols`, and is folded with it.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from bookkit.directives.base import BookDirective
from bookkit.page.html_tag import Tag, button, form, option, rung, tag
from bookkit.page.minutes import Takes, explorers, keep, minutes, path_time

PATH = "core-path"
DEEPER = "Go deeper"
VERDICT = "Verdict"
LEVELS = {"words": "words", "algebra": "with algebra", "code": "with code"}


class CorePathError(SphinxError):
    """A path that names an explorer which is not on it."""

    category = "Core path error"


class CorePath(BookDirective):
    """Say what the core path is and takes, what it needs, and let the reader choose a level."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the sentence, the chapter's own behind it, and the switch."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        own = [node for each in holder for node in (nodes.Text(" "), *each.children)]
        told = nodes.paragraph("", "The core path takes ", path_time(self.env, self.env.docname))
        told += [nodes.Text(": the text up to "), nodes.emphasis(DEEPER, DEEPER)]
        told += [nodes.Text(", with the explorers that are marked, then the verdict."), *own]
        path = tag("div", told, levels(), class_=PATH)
        path["core"] = self.arguments[0].split()
        return [path]


def levels() -> Tag:
    """Make the switch between words, algebra and code."""
    choices = (option("radio", "level", key, nodes.Text(each)) for key, each in LEVELS.items())
    return form("levels", "level", tag("fieldset", tag("legend", nodes.Text("Show")), *choices))


def lay_out(app: Sphinx, doctree: nodes.document) -> None:
    """Time, mark and fold a chapter that has a core path."""
    for path in [node for node in doctree.findall(Tag) if "core" in node]:
        chapter = path.parent
        sections = [each for each in chapter if isinstance(each, nodes.section)]
        deeper = [each for each in sections if each[0].astext().startswith(DEEPER)]
        verdict = next((each for each in sections if each[0].astext() == VERDICT), None)
        before = sections[: sections.index((deeper or [verdict])[0]) if deeper or verdict else None]
        core = before if verdict is None else [*before, verdict]
        number(path["core"], before, app.env.docname)
        opening = [each for each in chapter if each not in sections]
        taken = {each["ids"][0]: minutes([each], path["core"]) for each in core}
        off = {each["ids"][0]: beyond(each) for each in deeper}
        said = {name: f"{one} min" for name, one in taken.items()}
        said |= {name: f"+{one} min" for name, one in off.items()}
        on_path = minutes(opening, ()) + sum(taken.values())
        moving = sum(1 for _, moves in explorers(sections) if moves)
        keep(app.env, Takes(on_path, said, on_path + sum(off.values()), moving))
        for each in [*before, *deeper]:
            fold_rungs(each)
        for each in deeper:
            fold_deeper(each, off[each["ids"][0]], verdict)


def beyond(section: nodes.section) -> int:
    """Return the minutes of a section off the path, all of whose explorers are played."""
    return minutes([section], [name for name, moves in explorers([section]) if moves])


def number(core: list[str], sections: list[nodes.section], page: str) -> None:
    """Mark the explorers of the path; each must stand on it, in the order in which it is named."""
    found = [name for name, moves in explorers(sections) if moves and name in core]
    if found != core:
        raise CorePathError(
            f"{page}: core-path must name explorers that stand before “{DEEPER}”, in their order; "
            f"it names {', '.join(core)}, of which there are {', '.join(found) or 'none'}"
        )
    for section in sections:
        for raw in list(section.findall(nodes.raw)):
            for name, _ in explorers([raw]):
                if name in core:
                    words = f"Core path: explorer {core.index(name) + 1} of {len(core)}"
                    put_before(cell_of(raw), nodes.paragraph(words, words, classes=["core-mark"]))


def cell_of(node: nodes.Element) -> nodes.Element:
    """Return the cell that a node comes from."""
    while node.get("nb_element") != "cell_code":
        node = node.parent
    return node


def put_before(place: nodes.Element, node: nodes.Node) -> None:
    """Put a node before another."""
    place.parent.insert(place.parent.index(place), node)


def fold_rungs(section: nodes.section) -> None:
    """Fold equations, open at first, and code that prints, closed; what it prints stays."""
    for equation in list(section.findall(nodes.math_block)):
        wrap([*symbols_of(equation), equation], "algebra", "The equation", open="")
    for cell in list(section.findall(nodes.container)):
        if cell.get("nb_element") == "cell_code_source" and not cell.parent.get("hide_mode"):
            wrap([cell], "code", "The code")


def symbols_of(equation: nodes.Element) -> list[nodes.Node]:
    """Return the block that names an equation's symbols, if one stands before it."""
    before = equation.parent[: equation.parent.index(equation)]
    while before and isinstance(before[-1], nodes.target):
        before.pop()
    return [each for each in before[-1:]
            if isinstance(each, nodes.container) and "symbols" in each["classes"]]  # fmt: skip


def wrap(together: list[nodes.Node], level: str, words: str, **opened: str) -> None:
    """Put nodes into a fold of their rung, where the last of them stands."""
    *others, last = together
    fold = rung(level, words, **opened)
    last.parent.replace(last, fold)
    for each in others:
        each.parent.remove(each)
    fold += together


def fold_deeper(section: nodes.section, taken: int, verdict: nodes.section | None) -> None:
    """Put what goes deeper into a box for the script to fold, and a way past it above."""
    name = f"{section['ids'][0]}-folded"
    said = f"Off the core path, {taken} minute{'s' if taken > 1 else ''}."
    way = tag("div", button("Read it here", aria_controls=name), tag("span", nodes.Text(said)),
              class_="deeper-way")  # fmt: skip
    if verdict is not None:
        way += tag("a", nodes.Text("On to the verdict"), href=f"#{verdict['ids'][0]}")
    body = section[1:]
    del section[1:]
    section += [way, tag("div", *body, class_="deeper", id=name)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("bookkit.page.html_tag")
    app.setup_extension("bookkit.page.minutes")
    app.setup_extension("bookkit.page.scripts")
    app.add_directive("core-path", CorePath)
    app.connect("doctree-read", lay_out)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
