"""Fixtures of the tests of commands and builds."""

from __future__ import annotations

import os
import shutil

import pytest

from small_book import PAGES, Book, as_built, write_project


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return the small book, built, with a copy of it beside it."""
    book = Book(tmp_path_factory.mktemp("house") / "book")
    book.root.mkdir()
    write_project(book.root)
    assert set(book.built()) == set(PAGES)
    shutil.copytree(book.root, book.root.with_name("pristine"))
    return book


@pytest.fixture(scope="module")
def first_build(built_once: Book) -> Book:
    """Return the small book as it was built; tests must leave it alone."""
    return as_built(built_once)


@pytest.fixture
def book(built_once: Book) -> Book:
    """Return the small book as it was built, to change it."""
    return as_built(built_once)


@pytest.fixture
def shell_environment() -> dict[str, str]:
    """Return the environment without what a developer's shell may add to it."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHON", "PYTHONPATH", "MAKEFLAGS")}
