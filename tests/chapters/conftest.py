"""A book of a few lines with this book's roles and directives, built in a second."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

ROOT = Path(__file__).resolve().parents[2]

CONF = f"""
import sys
sys.path[:0] = [{str(ROOT / "book")!r}, {str(ROOT / "book" / "_ext")!r}]
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
extensions += ["bookkit.directives." + name for name in
               ("references", "facts", "notes", "parameters", "data", "claims", "ask_verdicts",
                "verdict", "turning", "board", "quiz", "source")]
exclude_patterns = ["book"]
bibtex_bibfiles = [{str(ROOT / "data" / "references.bib")!r}]
bibtex_default_style = "author_year"
bibtex_reference_style = "author_year_round"

def setup(app):
    app.connect("builder-inited", kept_between_builds)

def kept_between_builds(app):
    # works are formatted once a process, and nobody searches these books
    from bookkit.directives.references import AuthorYear
    app.env.formatted_works = AuthorYear.formatted
    app.builder.search = False
"""
TOC = "\n\n```{toctree}\nfacts\nreferences\ndata\n```\n"
Build = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return a builder of a book whose first page is a given text; the site lies in tmp_path."""

    def run(text: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "conf.py").write_text(CONF)
        (tmp_path / "data").mkdir(exist_ok=True)
        for name in ("facts.csv", "glossary.csv", "catalogue.toml"):
            if not (tmp_path / "data" / name).exists():  # a test may have written its own
                shutil.copy(ROOT / "data" / name, tmp_path / "data" / name)
        (tmp_path / "book").symlink_to(ROOT / "book")
        (tmp_path / "index.md").write_text(f"# A chapter\n\n{text}{TOC}")
        for name in ("facts", "references", "data"):
            (tmp_path / f"{name}.md").write_text((ROOT / "book" / f"{name}.md").read_text("utf-8"))
        command = ["-W", "--keep-going", "-n", "-q", str(tmp_path), str(tmp_path / "out")]
        with redirect_stderr(StringIO()) as said:
            code = build_main(command)
        return subprocess.CompletedProcess(command, code, "", said.getvalue())

    return run
