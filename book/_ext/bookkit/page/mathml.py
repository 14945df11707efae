r"""Formulas become MathML while the book is built: no script, no fonts, nothing to load.

A formula that cannot be read stops the build, naming page and formula. Lines that belong together
are written with ``\begin{aligned}`` inside ``$$``; the number comes from the label, as in
``$$ … $$ (eq-name)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.errors import SphinxError
from sphinx.util.math import get_node_equation_number

from bookkit.page.formula_breaks import breakable

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

CONVERTER = LatexToMathML(fancy_error=False)


class FormulaError(SphinxError):
    """A formula that is not LaTeX, or not the part of it that MathML has."""

    category = "Formula error"


def to_mathml(latex: str, *, display: bool) -> str:
    """Return the formula as a ``<math>`` element.

    Raises
    ------
    ValueError
        When `latex` is empty or cannot be read; the message holds the formula and the reason.
    """
    if not latex.strip():
        raise ValueError("latex is empty; allowed is a formula")
    try:
        return CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        raise ValueError(f'latex "{latex.strip()}" cannot be read, at character {error}') from error


def _render(writer: HTML5Translator, node: nodes.Element, *, display: bool) -> str:
    try:
        return to_mathml(node.astext(), display=display)
    except ValueError as error:
        page = writer.builder.env.doc2path(writer.builder.current_docname, base=False)
        raise FormulaError(f"{page}:{node.line or '?'}: {error}") from error


def visit_inline(writer: HTML5Translator, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    writer.body.append(breakable(_render(writer, node, display=False)))
    raise nodes.SkipNode


def visit_display(writer: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number and the link to it."""
    writer.body.append(writer.starttag(node, "div", CLASS="math"))
    writer.body.append(_render(writer, node, display=True))
    if node["number"]:
        number = get_node_equation_number(writer, node)
        writer.body.append(f'<span class="eqno">({number})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer; `html_math_renderer: mathml` selects it."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
