"""A node for the HTML elements that docutils has none for: forms, folds, words in Chinese."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


class Tag(nodes.General, nodes.Element):  # type: ignore[misc]
    """An HTML element."""


def tag(element: str, /, *children: nodes.Node, **attributes: object) -> Tag:
    """Make an element; in attributes' names `_` stands for `-`, and `class_` for `class`."""
    named = {key.rstrip("_").replace("_", "-"): str(each) for key, each in attributes.items()}
    return Tag("", *children, tag=element, attributes=named)


def form(class_: str, name: str, *children: nodes.Node, **data: object) -> Tag:
    """Make a form that never sends anything, not even without the script."""
    never = {"method": "dialog", "autocomplete": "off"}
    return tag("form", *children, class_=class_, id=name, **never, **data)


def option(kind: str, name: str, value: object, *text: nodes.Node) -> Tag:
    """Make one radio button or box with its label around it."""
    box = tag("input", type=kind, name=name, value=value)
    return tag("label", box, tag("span", *text))


def button(words: str, **attributes: object) -> Tag:
    """Make a button that does nothing without the script, which therefore shows it."""
    return tag("button", nodes.Text(words), **({"type": "button", "hidden": ""} | attributes))


def rung(level: str, words: str, *folded: nodes.Node, **opened: str) -> Tag:
    """Fold what is shown from a reader's level on; `levels.js` opens and closes it."""
    summary = tag("summary", nodes.Text(words))
    return tag("details", summary, *folded, class_="rung", data_rung=level, **opened)


def chinese(words: str) -> Tag:
    """Mark words as Chinese.

    Not by docutils' class `language-zh`: its smart quotes know no Chinese and warn.
    """
    return tag("span", nodes.Text(words), lang="zh")


def visit_tag(writer: Any, node: Tag) -> None:
    """Open the element."""
    pairs = (f' {key}="{writer.attval(each)}"' for key, each in node["attributes"].items())
    writer.body.append(f"<{node['tag']}{''.join(pairs)}>")


def depart_tag(writer: Any, node: Tag) -> None:
    """Close the element, if it is one that holds something."""
    if node["tag"] != "input":
        writer.body.append(f"</{node['tag']}>")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node."""
    app.add_node(Tag, html=(visit_tag, depart_tag))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
