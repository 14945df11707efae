"""Number sections and figures from what matters of each page, kept with the environment.

Sphinx numbers them anew in each build, and reads all pages' trees for it: an eighth of the build.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

KEPT = "page_bones"  # attribute of the environment: by page
NUMBERED = 500  # when Sphinx numbers


def bones(node: nodes.Element, env: BuildEnvironment) -> nodes.Element:
    """Return of a tree its sections, contents and what bears a number, with their titles.

    Nothing in it refers to the whole tree, which would be kept with it.
    """
    kept = nodes.container() if isinstance(node, nodes.document) else node.copy()
    kept.document = None
    for child in node.children:
        if isinstance(child, nodes.caption | nodes.title):
            kept += type(child)("", child.astext())
        elif isinstance(child, nodes.Element):
            inner = bones(child, env)
            if inner.children or is_wanted(child, env):
                kept += inner
    return kept


def is_wanted(node: nodes.Element, env: BuildEnvironment) -> bool:
    """Tell whether numbering asks for a node itself."""
    named = isinstance(node, nodes.section | addnodes.toctree)
    return named or any(each.get_enumerable_node_type(node) for each in env.domains.values())


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what matters of the page that is read."""
    app.env.__dict__.setdefault(KEPT, {})[app.env.docname] = bones(doctree, app.env)


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop a page before it is read again or when it is gone."""
    env.__dict__.get(KEPT, {}).pop(docname, None)


def offer(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give out what is kept in place of the trees."""
    env.__dict__["get_doctree"] = env.__dict__[KEPT].__getitem__
    return []


def give_back(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give out trees again."""
    del env.__dict__["get_doctree"]
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the reading of a page, when nothing more is changed, and to numbering."""
    app.connect("env-purge-doc", forget)
    app.connect("doctree-read", keep, priority=990)
    app.connect("env-get-updated", offer, priority=NUMBERED - 10)
    app.connect("env-get-updated", give_back, priority=NUMBERED + 10)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
