"""Choose which pages `make test` visits in full, and which visits it makes to the others.

In full: the pages made of anything that has changed since the base, which is where the branch left
the main one, on the main branch the last tagged release, else the last commit if files have been
edited since. Of the other pages' tests a share is run that rotates with the commit, so that a rerun
is the same: each test in one variant at most (width, theme, end), and each visit in one turn of
`EVERY`. What all pages share, the explorer's engine, is tested on toys and on one page, a changed
one if there is one. `make test-all` chooses nothing.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 4
# What every page is shown with, or visited by; a change to it changes all pages.
SHARED = (
    "_config.yml",
    "_toc.yml",
    "requirements.txt",
    "book/_ext/",
    "book/_static/",
    "book/_templates/",
    "book/explorer/",
    "tests/site/",
    "tests/chapters/oracle",
    "tools/browser.py",
)


@dataclass(frozen=True)
class Visit:
    """A test of one page; `variant` tells apart those that run one test function on it.

    `engine` says that the test is of what all pages share.
    """

    test: str
    address: str
    variant: str = ""
    engine: bool = False


@dataclass(frozen=True)
class Selection:
    """The pages in full, why, and where in the rotation this commit stands."""

    since: str
    turn: int
    full: tuple[str, ...]
    sampled: tuple[str, ...]

    def kept(self, visits: Sequence[Visit]) -> list[bool]:
        """Tell of each visit whether it is made."""
        variants: dict[str, dict[str, list[Visit]]] = {}
        for visit in (visit for visit in visits if not visit.engine):
            variants.setdefault(visit.address, {}).setdefault(visit.test, []).append(visit)
        chosen = set()
        for address, tests in variants.items():
            first = self.turn + self.place(address)
            for turn, several in enumerate(tests.values(), first):
                variant = turn % max(EVERY, len(several))
                chosen.update(several[variant : variant + 1])
        chosen |= self.of_the_engine(visits)
        pages = {*self.full, *self.sampled}
        others = {visit for visit in visits if visit.address not in pages}
        full = {visit for visit in visits if visit.address in self.full and not visit.engine}
        made = chosen | others | full
        return [visit in made for visit in visits]

    def of_the_engine(self, visits: Sequence[Visit]) -> set[Visit]:
        """Choose the one page on which the tests of what all pages share are run."""
        engine = [visit for visit in visits if visit.engine]
        known = {visit.address for visit in engine}
        pool = [page for page in self.full if page in known]
        pool = pool or [page for page in self.sampled if page in known]
        return {visit for visit in engine if visit.address == pool[self.turn % len(pool)]}

    def place(self, address: str) -> int:
        """Return a page's place among the sampled ones: neighbours get different visits."""
        return self.sampled.index(address) if address in self.sampled else 0

    def told(self, left_out: Iterable[Visit]) -> list[str]:
        """Say what was chosen, and what was left out by name and count."""
        counts = Counter(visit.test for visit in left_out)
        names = ", ".join(f"{test} {count}" for test, count in sorted(counts.items()))
        return [
            f"visited in full ({self.since}): {', '.join(self.full) or 'none'}",
            f"sampled (turn {self.turn % EVERY} of {EVERY}): {', '.join(self.sampled) or 'none'}",
            f"left out, {counts.total()} tests: {names or 'none'}",
        ]


def git(root: Path, *command: str) -> str | None:
    """Ask git; return None where it does not answer."""
    try:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def base(root: Path) -> tuple[str, str] | None:
    """Find the commit to compare with, and say in words what it is."""
    head = git(root, "rev-parse", "HEAD")
    for main in ("origin/main", "main"):
        left = git(root, "merge-base", "HEAD", main)
        if left and left != head:
            return left, f"changed since the branch left {main}"
    tag = git(root, "describe", "--tags", "--abbrev=0", "--match=v[0-9]*")
    released = git(root, "rev-parse", f"{tag}^{{commit}}") if tag else None
    if released and released != head:
        return released, f"changed since {tag}"
    if head and git(root, "status", "--porcelain"):
        return head, "edited since the last commit"
    return None


def changed_files(root: Path, since: str) -> set[str]:
    """List the files that differ from a commit, new ones included."""
    differing = git(root, "diff", "--name-only", "--no-renames", since, "--") or ""
    new = git(root, "ls-files", "--others", "--exclude-standard") or ""
    return {*differing.splitlines(), *new.splitlines()}


def made_of(report: Path) -> dict[str, set[str]]:
    """Read, for each page, the files that it was built of."""
    content = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    depends: dict[str, list[str]] = content.get("made_of", {})
    return {
        f"{page}.html": {f.partition(" [")[0] for f in files} for page, files in depends.items()
    }


def select(root: Path, addresses: Sequence[str], report: Path) -> Selection:
    """Choose for the pages of a project at the commit that is checked out.

    report : what the last build of these pages wrote about them.
    """
    found = base(root)
    turn = int((git(root, "rev-parse", "HEAD") or "0")[:8], 16)
    if found is None:
        return Selection("nothing to compare with", turn, (), tuple(addresses))
    changed = changed_files(root, found[0])
    if shared := sorted(file for file in changed if file.startswith(SHARED)):
        return Selection(f"{shared[0]} {found[1]}", turn, tuple(addresses), ())
    known = made_of(report)
    full = [page for page in addresses if page not in known or known[page] & changed]
    return Selection(found[1], turn, tuple(full), tuple(p for p in addresses if p not in full))
