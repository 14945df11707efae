"""Sections and figures are numbered without reading all trees."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from bookkit.bones import bones


class Standard:
    """A domain that numbers figures."""

    def get_enumerable_node_type(self, node: nodes.Node) -> str | None:
        return "figure" if isinstance(node, nodes.figure) else None


def test_bones_are_what_numbering_asks_for() -> None:
    env: Any = type("Env", (), {"domains": {"std": Standard()}})
    caption = nodes.caption("A dot", "A dot")
    figure = nodes.figure("", nodes.image(uri="dot.svg"), caption, ids=["fig-dot"])
    words = nodes.paragraph("Words", "Words")
    box = nodes.container("", words.deepcopy(), figure)
    contents = nodes.compound("", addnodes.toctree(entries=[("", "alpha")]))
    title = nodes.title("A title", "A title")
    page = new_document("page")
    page += nodes.section("", title, words, box, nodes.container("", words.deepcopy()), contents)
    kept = bones(page, env)
    assert [type(each) for each in kept.findall()] == [
        nodes.container, nodes.section, nodes.title, nodes.Text,
        nodes.container, nodes.figure, nodes.caption, nodes.Text,
        nodes.compound, addnodes.toctree,
    ]  # fmt: skip
    (found,) = kept.findall(nodes.figure)
    assert found["ids"] == ["fig-dot"]
    assert {each.document for each in kept.findall()} == {None}
    assert len(page[0]) == 5  # is left as it was
