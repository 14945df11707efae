"""Release an edition: date and version in the papers, a commit and a tag. Nothing is pushed.

Only what the whole suite has seen is released: `test-all` leaves a record of the commit that it
passed on, and the release adds to that commit nothing but the date and the version.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from bookkit.readers.edition import in_words
from places import OUTPUT, ROOT
from refusal import RefusalError, ended
from selection import git
from suite import RECORD, passed_on

VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
UNRELEASED = re.compile(r"^## (?:\d+\.\d+\.\d+ )?\(?unreleased\)?$", re.MULTILINE | re.IGNORECASE)
PAPERS = ("CITATION.cff", "CHANGELOG.md")


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare it by."""
    found = VERSION.fullmatch(version)
    if not found:
        raise RefusalError(f"VERSION must be three numbers such as 1.2.0, not {version!r}.")
    return tuple(map(int, found.groups()))


def check_version(root: Path, version: str) -> None:
    """Refuse a version that is not above all those released."""
    tags = (git(root, "tag", "--list", "v[0-9]*") or "").split()
    released = [tag[1:] for tag in tags if VERSION.fullmatch(tag[1:])]
    newest = max(released, key=numbers, default=None)
    if newest is not None and numbers(version) <= numbers(newest):
        raise RefusalError(f"VERSION must be above {newest}, the last one, and is {version}.")
    numbers(version)


def check_tree(root: Path, output: Path) -> None:
    """Refuse what is not committed, and what the whole suite has not passed on."""
    head = git(root, "rev-parse", "HEAD")
    if head is None:
        raise RefusalError("a release needs git and a commit.")
    if changed := git(root, "status", "--porcelain"):
        files = ", ".join(line.split()[-1] for line in changed.splitlines())
        raise RefusalError(f"commit or put away what has changed: {files}.")
    if (seen := passed_on(output / RECORD)) != head:
        told = f"it passed on {seen[:7]}" if seen else "no run of it is on record"
        raise RefusalError(f"run `start.py test-all` on this commit, {head[:7]}, first; {told}.")


def dated(changes: str, version: str, day: date) -> str:
    """Write version and day over the changes that are not released."""
    found = UNRELEASED.search(changes)
    entries = changes[found.end() :].partition("\n## ")[0] if found else ""
    if found is None or not re.search(r"^- \S", entries, re.MULTILINE):
        raise RefusalError(
            "CHANGELOG.md has nothing to release: put its entries under a heading "
            f"“## {version} (unreleased)”."
        )
    heading = f"## {version} ({in_words(day)})"
    return f"{changes[: found.start()]}{heading}{changes[found.end() :]}"


def cited(citation: str, version: str, day: date) -> str:
    """Write version and day into CITATION.cff."""
    text, count = re.subn(r"^version: .*$", f"version: {version}", citation, flags=re.MULTILINE)
    text, days = re.subn(
        r"^date-released: .*$", f'date-released: "{day.isoformat()}"', text, flags=re.MULTILINE
    )
    if (count, days) != (1, 1):
        raise RefusalError("CITATION.cff must have one line version: and one line date-released:.")
    return text


def run(root: Path, *words: str) -> None:
    """Have git do something; what it refuses ends the release."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RefusalError(f"git {words[0]} failed: {said[-1] if said else done.returncode}")


def release(root: Path, output: Path, version: str, day: date) -> None:
    """Release a version, or leave everything as it was."""
    check_version(root, version)
    check_tree(root, output)
    old = {name: (root / name).read_text(encoding="utf-8") for name in PAPERS}
    new = {
        "CITATION.cff": cited(old["CITATION.cff"], version, day),
        "CHANGELOG.md": dated(old["CHANGELOG.md"], version, day),
    }
    head = str(git(root, "rev-parse", "HEAD"))
    try:
        for name, text in new.items():
            (root / name).write_text(text, encoding="utf-8")
        run(root, "commit", "--quiet", "--allow-empty", "--message", f"Edition {version}", *PAPERS)
        run(root, "tag", "--annotate", f"v{version}", "--message", f"Edition {version}")
    except BaseException:
        run(root, "reset", "--quiet", "--soft", head)
        run(root, "reset", "--quiet", "--", *PAPERS)
        for name, text in old.items():
            (root / name).write_text(text, encoding="utf-8")
        raise


def main() -> int:
    """Release the version that is named, today."""
    version = sys.argv[1]
    release(ROOT, OUTPUT, version, date.today())
    print(f"v{version} is tagged. Publish it: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
