"""The glossary and the notation, out of `data/glossary.csv` and `data/notation.csv`.

    ```{glossary-list}
    ```
    ```{notation-list}
    ```

Every English and every Chinese term can be referred to by {term}`default`.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.domains.std import Glossary

from bookkit.directives.base import BookDirective
from bookkit.page.html_tag import Tag, chinese, tag
from bookkit.readers.words import read_glossary, read_notation


class GlossaryList(BookDirective, Glossary):
    """Sphinx's own glossary, its entries taken from the file."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Write the entries as the glossary wants them; mark the Chinese terms as Chinese."""
        rows = self.load(read_glossary, "glossary.csv")
        self.options["sorted"] = None
        lines = [
            line
            for row in rows
            for line in (row["English"], row["Chinese"], f"  {row['Definition']}", "")
        ]
        self.content = StringList(lines, "data/glossary.csv")
        made = super().run()
        for item in made[-1].findall(nodes.definition_list_item):
            term: Any = item.children[1]
            term[0] = chinese(term[0].astext())
        return [tools(made[-1]), *made]


def tools(glossary: nodes.Node) -> Tag:
    """Return what leads through the glossary: a filter, if there is a script, and the letters."""
    firsts: dict[str, str] = {}
    for term in sorted(glossary.findall(nodes.term), key=lambda each: each.astext().lower()):
        if not term.next_node(Tag):  # of the two terms of an entry, the English one
            firsts.setdefault(term.astext()[0].upper(), term["ids"][0])
    letters = [tag("a", nodes.Text(each), href=f"#{place}") for each, place in firsts.items()]
    name = "glossary-filter"
    box = tag("input", id=name, type="search", autocomplete="off", spellcheck="false")
    label = tag("label", nodes.Text("Show terms with"), for_=name)
    return tag("div", tag("p", label, box, class_="filter"),
               tag("nav", *letters, aria_label="Terms by their first letter"),
               tag("p", role="status"), class_="glossary-tools")  # fmt: skip


class NotationList(BookDirective):
    """A table of the symbols."""

    def run(self) -> list[nodes.Node]:
        """Write the table in Markdown, so that formulas become what they are elsewhere."""
        rows = self.load(read_notation, "notation.csv")
        lines = ["| Symbol | Meaning | Unit | In the code |", "| --- | --- | --- | --- |"]
        lines += [
            f"| ${row['latex']}$ | {row['meaning']} | {row['unit']} | `{row['name']}` |"
            for row in rows
        ]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, "data/notation.csv"), 0, holder)
        for table in holder.findall(nodes.table):
            table["classes"].insert(0, "cards")
        return list(holder.children)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("bookkit.page.html_tag")
    app.setup_extension("bookkit.page.scripts")
    app.add_directive("glossary-list", GlossaryList)
    app.add_directive("notation-list", NotationList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
