"""A small book with the real configuration, extensions and build tool, to edit and break."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n"
CELL = "```{{code-cell}} ipython3\n{}\n```\n"
PICTURE = (
    "from IPython.display import SVG\n\n"
    'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\')'
)
PAGES = {
    "index": "# A book\n\nPlain words.\n\n```{chapter-map}\n```\n",
    "alpha": f"{HEAD}# Alpha\n\n"
    + CELL.format(
        "from myst_nb import glue\n\nfrom netfin.rates import yearly\n\n"
        'glue("rate", yearly(1), display=False)'
    )
    + CELL.format(PICTURE)
    + "\nThe rate is {glue:}`rate` a year.\n",
    "beta": f"{HEAD}# Beta\n\n"
    + CELL.format('from netfin.data import load\n\nprint(load("harvest").split())')
    + "\nSee [](alpha.md).\n",
}
MODULES = {
    "__init__": "",
    "rates": "def yearly(monthly):\n    return 12 * monthly\n",
    "data": (
        "from pathlib import Path\n\n"
        'FOLDER = Path(__file__).parents[2] / "data"\n\n\n'
        "def load(name):\n"
        '    """Read a data set, such as `weather`."""\n'
        '    return (FOLDER / f"{name}.csv").read_text()\n'
    ),
}
CATALOGUE = (
    '[harvest]\nfile = "harvest.csv"\ntitle = "A harvest"\nretrieved = 2026-03-01\n'
    '[weather]\nfile = "weather.csv"\ntitle = "A weather"\nretrieved = 2026-05-09\n'
)
GLOSSARY = "English,Chinese,Definition\nmoral hazard,道德风险,Whoever is insured takes less care.\n"
CHAPTERS = (
    "parts:\n- title: A part\n  chapters:\n"
    "  - {slug: alpha, title: Alpha, question: 'What is alpha?'}\n"
    "  - {slug: gamma, title: Gamma, question: 'What is gamma?'}\n"
)
TOC = "format: jb-book\nroot: book/index\nchapters:\n- file: book/alpha\n- file: book/beta\n"


PATIENCE = 300  # seconds after which a child that waits for ever is killed


@contextmanager
def interruptible(command: list[str], **how: Any) -> Iterator[subprocess.Popen[Any]]:
    """Start a child in a session of its own, in which Ctrl-C works as it does at a desk.

    What a shell runs in the background ignores it, and so would the child.
    """

    def heed() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with subprocess.Popen(command, start_new_session=True, preexec_fn=heed, **how) as running:
        end = Timer(PATIENCE, os.killpg, (running.pid, signal.SIGKILL))
        end.daemon = True
        end.start()
        try:
            yield running
        finally:
            end.cancel()


@cache
def warm(root: Path) -> subprocess.Popen[str]:
    """Start the process that builds a book in its forks; it ends with this one."""
    command = [sys.executable, str(Path(__file__).with_name("warm.py")), str(root)]
    return subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def built_warm(root: Path, output: str, solutions: str) -> subprocess.CompletedProcess[str]:
    """Build where no time goes into imports."""
    process, told = warm(root), root.with_name("told")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{output}\t{told}\t{solutions}\n")
    process.stdin.flush()
    code = int(process.stdout.readline())
    out, err = (Path(f"{told}.{name}").read_text("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess([], code, out, err)


@dataclass(frozen=True)
class Book:
    """A project folder that can be built."""

    root: Path

    def build(
        self, output: str = "_build", solutions: str = "folded", **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Build as `make watch` does; with more variables, as `make book` does."""
        if not more and hasattr(os, "fork"):
            return built_warm(self.root, output, solutions)
        how = ("--output", output, "--solutions", solutions)
        command = [sys.executable, "tools/build.py", *how]
        env = os.environ | more
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True)

    def built(self, output: str = "_build") -> dict[str, str]:
        """Build, which must succeed; return the pages redone and why."""
        done = self.build(output)
        assert done.returncode == 0, done.stdout + done.stderr
        pages = self.report(output)["pages"]
        return {page["page"].removeprefix("book/"): page["why"] for page in pages}

    def report(self, output: str = "_build") -> dict[str, Any]:
        """Return what the last build that succeeded did."""
        report: dict[str, Any] = json.loads((self.root / output / "report.json").read_text())
        return report

    def ran(self) -> set[str]:
        """Build, which must succeed; return the pages whose cells were run."""
        self.built()
        return {page.removeprefix("book/") for page in self.report()["run"]}

    def written(self) -> set[str]:
        """Return the pages that the last build wrote."""
        return {page.removeprefix("book/") for page in self.report()["written"]}

    def site(self, output: str = "_build") -> dict[str, bytes]:
        """Return every file of the built site."""
        html = self.root / output / "html"
        return {
            f.relative_to(html).as_posix(): f.read_bytes() for f in html.rglob("*") if f.is_file()
        }

    def cold(self) -> dict[str, bytes]:
        """Build from nothing but what cells have printed; return every file of the site."""
        for name in ("runs", "explorers"):
            shutil.copytree(self.root / "_build" / name, self.root / "cold" / name)
        self.built("cold")
        return self.site("cold")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file; it must be there."""
        path = self.root / name
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new), encoding="utf-8")


def as_built(book: Book) -> Book:
    """Put the small book back in the place it was built in, for Sphinx keeps absolute paths."""
    shutil.rmtree(book.root)
    shutil.copytree(book.root.with_name("pristine"), book.root)
    return book


def write_project(root: Path) -> None:
    """Lay out the small book, with this project's own configuration and tools."""
    for name in ("_config.yml", "requirements.txt", "CITATION.cff"):
        shutil.copy(ROOT / name, root / name)
    for name in ("tools", "book/_ext", "book/_static", "book/_templates", "book/explorer"):
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name,
                root / name,
                ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
            )
    (root / "_toc.yml").write_text(TOC)
    (root / "data").mkdir()
    (root / "data" / "references.bib").write_text("")
    (root / "data" / "glossary.csv").write_text(GLOSSARY)
    (root / "data" / "harvest.csv").write_text("rye barley\n")
    (root / "data" / "weather.csv").write_text("rain\n")
    (root / "data" / "catalogue.toml").write_text(CATALOGUE)
    (root / "data" / "chapters.yml").write_text(CHAPTERS)
    (root / "book" / "netfin").mkdir()
    for name, text in MODULES.items():
        (root / "book" / "netfin" / f"{name}.py").write_text(text)
    for name, text in PAGES.items():
        (root / "book" / f"{name}.md").write_text(text)
