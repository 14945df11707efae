"""A page's HTML as a tree, as far as its words need one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
}  # fmt: skip
# Between these and their neighbours there is no space, if none is written.
INLINE = {
    "a", "abbr", "b", "bdi", "button", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "u", "math", "mi", "mn", "mo", "mrow", "msub", "msup", "mtext",
}  # fmt: skip


@dataclass(eq=False)
class Element:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the anchor."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> list[str]:
        """Return the classes."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Element]:
        """Return the children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def below(self) -> Iterator[Element]:
        """Yield all elements in it, in their order."""
        for child in self.elements:
            yield child
            yield from child.below()

    def first(self, *names: str) -> Element | None:
        """Return the first element in it with a tag or a class of this name."""
        wanted = set(names)
        return next((each for each in self.below() if wanted & {each.tag, *each.classes}), None)


class Tree(HTMLParser):
    """What is open while a page is read, the outermost first."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this tag, and what was left open in it."""
        places = [i for i, each in enumerate(self.open) if each.tag == tag]
        if places:
            del self.open[places[-1] :]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up an element that closes itself, as those of pictures and formulas do."""
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Take up text."""
        self.open[-1].children.append(data)


def parsed(html: str) -> Element:
    """Return the tree of a page or of a part of one."""
    tree = Tree()
    tree.feed(html)
    tree.close()
    return tree.open[0]
