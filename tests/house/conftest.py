"""Fixtures of the tests of commands and builds."""

from __future__ import annotations

import os
import shutil

import pytest

from small_book import PAGES, Book, write_project


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return the small book, built once; tests must leave it alone."""
    book = Book(tmp_path_factory.mktemp("house") / "book")
    book.root.mkdir()
    write_project(book.root)
    assert set(book.built()) == set(PAGES)
    return book


@pytest.fixture
def book(first_build: Book) -> Book:
    """Return the built small book in the place it was built in, as if nothing had happened.

    The place matters: Sphinx keeps absolute paths of its own files.
    """
    pristine = first_build.root.with_name("pristine")
    if not pristine.exists():
        shutil.copytree(first_build.root, pristine)
    shutil.rmtree(first_build.root)
    shutil.copytree(pristine, first_build.root)
    return first_build


@pytest.fixture
def shell_environment() -> dict[str, str]:
    """Return the environment without what a developer's shell may add to it."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHON", "PYTHONPATH", "MAKEFLAGS")}
