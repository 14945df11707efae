"""What pages share, without its place in a file and without orders that mean nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docutils import nodes

from bookkit.shared import plain


class Citation(NamedTuple):
    """As the bibliography notes one."""

    page: str
    line: int
    key: str


def title(text: str) -> nodes.title:
    return nodes.title(text, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a", "b"}, {"b", "a"}),
        (Citation("a", 3, "stein1990"), Citation("a", 4, "stein1990")),
        ({"label": {"lineno": 1}}, {"label": {"lineno": 2}}),
        ({"citation_refs": [("a", 1), ("b", 2)]}, {"citation_refs": [("b", 2), ("a", 1)]}),
        (title("One"), title("One")),
    ],
)
def test_what_no_page_shows_makes_no_difference(one: Any, other: Any) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 2}),
        (("a", "b"), ("b", "a")),
        (Citation("a", 3, "stein1990"), Citation("b", 3, "stein1990")),
        ({"citation_refs": [("a", 1)]}, {"citation_refs": [("a", 2)]}),
        (title("One"), title("Two")),
        (Path("a"), Path("b")),
    ],
)
def test_what_pages_show_does(one: Any, other: Any) -> None:
    assert plain(one) != plain(other)
