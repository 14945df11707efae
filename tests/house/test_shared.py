"""What pages share, without its place in a file and without orders that mean nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docutils import nodes
from sphinx.locale import get_translation, init

from bookkit.shared import for_others, plain


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


def test_a_text_translated_late_is_the_text_translated_before() -> None:
    """Which of the two Sphinx has depends on what a process had imported before it built."""
    late = get_translation("no such catalogue")("Index")
    init([None], None, "no such catalogue")
    early = get_translation("no such catalogue")("Index")
    assert type(late) is not type(early)
    assert plain({"labels": late}) == plain({"labels": early})


def test_labels_are_shared_if_another_page_refers_to_them() -> None:
    labels = {"fig-a": ("a", "id", "A caption"), "fig-b": ("b", "id", "Another")}
    targets = {"a": {"fig-a", "fig-b"}, "b": {"fig-b"}}
    assert for_others(labels, targets) == {"fig-b": labels["fig-b"]}
