"""Begin a chapter as a draft: its page, models, pictures, tests and quiz, from the templates.

All files are written and entered in the book's lists, or none: what fails on the way is undone.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from bookkit.readers.chapters import Chapter, Part, load_parts
from bookkit.readers.claims import load_claims
from bookkit.readers.verdicts import LEADS
from places import ROOT, variables
from refusal import RefusalError, ended
from rooms import package_of, to_write
from where import lines, of_lists

TEMPLATES = Path(__file__).resolve().parent / "templates" / "chapter"
ENDING = ".in"
APPENDED = ("data/notation.csv",)  # templates of rows, not of files
LAYER = re.compile(r'^(    ")([a-z0-9_]+(?: \| [a-z0-9_]+)+)(",)$', re.MULTILINE)


def read(root: Path) -> tuple[Part, ...]:
    """Read the list of chapters."""
    try:
        return load_parts(root / "data" / "chapters.yml")
    except ValueError as fault:
        raise RefusalError(f"data/{fault}") from None


def planned(root: Path, name: str) -> Chapter:
    """Find a chapter that can be begun, or say which can."""
    chapters = {each.slug: each for part in read(root) for each in part.chapters}
    free = [slug for slug in chapters if not (root / "book" / f"{slug}.md").exists()]
    allowed = f"NAME is one of {', '.join(free) or 'none: every chapter has its page'}"
    if name not in chapters:
        raise RefusalError(f"NAME {name!r} is no chapter of data/chapters.yml; {allowed}.")
    if name not in free:
        raise RefusalError(f"NAME {name!r} has its page already, book/{name}.md; {allowed}.")
    return chapters[name]


def words(root: Path, chapter: Chapter) -> dict[str, str]:
    """Return what stands in the templates for the chapter's own words."""
    listed = load_claims(root / "data" / "claims.yml").of_chapter(chapter.slug)
    claims = [each.id for each in listed]
    if not claims:
        raise RefusalError(f"NAME {chapter.slug!r} has no claim in data/claims.yml; give it one.")
    parts = package_of(chapter.slug).split("_")
    return {
        "slug": chapter.slug,
        "package": package_of(chapter.slug),
        "Name": "".join(each.capitalize() for each in parts),
        "index": "".join(parts),
        "claim": claims[0],
        "title": chapter.title,
        "question": chapter.question,
        "claims": " ".join(claims),
        "verdicts": "\n\n".join(map(verdict, claims)),
    }


def verdict(claim: str) -> str:
    """Return the place of a verdict, with a line for each paragraph that it needs."""
    paragraphs = "\n\n".join(f"*{lead}* To write: {lead.lower()}." for lead in LEADS)
    return f":::{{verdict}} {claim}\n{paragraphs}\n:::"


def filled(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file, from the templates."""
    for template in sorted(TEMPLATES.rglob(f"*{ENDING}")):
        path = template.relative_to(TEMPLATES).as_posix().removesuffix(ENDING)
        path = path.replace("PACKAGE", said["package"]).replace("SLUG", said["slug"])
        text = template.read_text(encoding="utf-8")
        yield path, re.sub(r"@(\w+)@", lambda found: said[found[1]], text)


def as_draft(text: str, slug: str) -> str:
    """Call a chapter a draft in the text of data/chapters.yml."""
    entry = re.compile(rf"^( +)- slug: {re.escape(slug)}\n(?:\1  .*\n)+", re.MULTILINE)
    return entry.sub(lambda found: f"{found[0]}{found[1]}  state: draft\n", text, count=1)


def in_contents(text: str, parts: tuple[Part, ...], slug: str) -> str:
    """Enter a chapter in the text of _toc.yml, in the order of the list of chapters."""
    part = next(each for each in parts if slug in [one.slug for one in each.chapters])
    line = f"      - file: book/{slug}\n"
    slugs = [each.slug for each in part.chapters]
    for before in reversed(slugs[: slugs.index(slug)]):
        if f"book/{before}\n" in text:
            return text.replace(f"- file: book/{before}\n", f"- file: book/{before}\n{line}")
    head = f"  - caption: {part.title}\n    chapters:\n"
    if head in text:
        return text.replace(head, head + line)
    later = [each.title for each in parts[parts.index(part) + 1 :]]
    captions: list[str] = re.findall(r"^  - caption: (.*)$", text, re.MULTILINE)
    listed = [each.title for each in parts]
    following = next(each for each in captions if each in later or each not in listed)
    mark = f"  - caption: {following}\n"
    return text.replace(mark, head + line + mark)


def in_layers(text: str, package: str, known: set[str]) -> str:
    """Enter a package beside the other chapters' in the layers of pyproject.toml."""

    def with_it(found: re.Match[str]) -> str:
        names = found[2].split(" | ")
        if not known & set(names):
            return found[0]
        return f"{found[1]}{' | '.join(sorted({*names, package}))}{found[3]}"

    return LAYER.sub(with_it, text)


@dataclass(frozen=True)
class Work:
    """What was written so far, and how it was before."""

    root: Path
    before: dict[Path, str | None]

    def write(self, name: str, text: str) -> None:
        """Write a new file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.before[path] = None
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Change a file, which must then be another one."""
        path = self.root / name
        old = path.read_text(encoding="utf-8")
        new = change(old)
        if new == old:
            raise RefusalError(f"{name} has no place for the chapter; enter it there by hand.")
        self.before[path] = old
        path.write_text(new, encoding="utf-8")

    def undo(self) -> None:
        """Put everything back, and take away the folders that are empty then."""
        for path, old in self.before.items():
            if old is not None:
                path.write_text(old, encoding="utf-8")
                continue
            path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == self.root or any(folder.iterdir()):
                    break
                folder.rmdir()


def enter(work: Work, chapter: Chapter, rows: dict[str, str]) -> None:
    """Enter the chapter in the lists of the book."""
    parts, package = read(work.root), package_of(chapter.slug)
    known = {package_of(each.slug) for part in parts for each in part.chapters}
    for name, text in rows.items():
        work.edit(name, lambda old, new=text: old + new)  # type: ignore[misc]
    work.edit("_toc.yml", lambda text: in_contents(text, parts, chapter.slug))
    work.edit("pyproject.toml", lambda text: in_layers(text, package, known))
    work.edit("data/chapters.yml", lambda text: as_draft(text, chapter.slug))
    contents = yaml.safe_load((work.root / "_toc.yml").read_text(encoding="utf-8"))
    files = [page["file"] for part in contents["parts"] for page in part["chapters"]]
    if files.count(f"book/{chapter.slug}") != 1:
        raise RefusalError("_toc.yml has no place for the chapter; enter it there by hand.")


def left_over(root: Path, chapter: Chapter, files: Iterable[str], rows: str) -> Iterator[str]:
    """Yield what is there already of a chapter without a page: nothing is overwritten."""
    yield from (name for name in files if (root / name).exists())
    written = set(rows.splitlines())
    entered = (
        *of_lists(root, chapter.slug),
        *lines(root, "data/notation.csv", written.__contains__),
    )
    for place in entered:
        file, number, _ = place.split(":", maxsplit=2)
        if file != "data/chapters.yml":
            yield f"{file}:{number}"
        elif chapter.draft:
            yield f"state: draft below {file}:{number}"


def tidy(root: Path, files: list[str]) -> None:
    """Lay out the modules as `check` wants them: names of chapters are long and short."""
    modules = [name for name in files if name.endswith(".py")]
    for words in (("check", "--fix", "--select", "I"), ("format",)):
        command = [sys.executable, "-m", "ruff", *words, "--quiet", *modules]
        done = subprocess.run(command, cwd=root, env=variables(), capture_output=True, text=True)
        if done.returncode != 0:
            raise RefusalError(f"ruff does not lay out the new modules: {done.stderr.strip()}")


def begin(root: Path, name: str) -> list[str]:
    """Write the chapter and enter it everywhere; return its files."""
    chapter = planned(root, name)
    made = dict(filled(words(root, chapter)))
    rows = {name: made.pop(name) for name in APPENDED}
    if there := ", ".join(left_over(root, chapter, made, "".join(rows.values()))):
        raise RefusalError(
            f"NAME {name!r} is half there, in {there}; take that away and run it again."
        )
    work = Work(root, {})
    try:
        for path, text in made.items():
            work.write(path, text)
        enter(work, chapter, rows)
        tidy(root, list(made))
    except BaseException:
        work.undo()
        raise
    return list(made)


def told(root: Path, files: list[str]) -> str:
    """Say what was begun, and what is left to write."""
    left = [f"  {each}" for file in files for each in to_write(root, file)]
    said = (
        f"{len(files)} files. The chapter is a draft, and the book builds. What is left to write:",
        *left,
        "`start.py test` tells what a chapter must have besides. When all is there, take the line",
        "`state: draft` out of data/chapters.yml.",
    )
    return "\n".join(said)


def main() -> int:
    """Begin the chapter that is named."""
    print(told(ROOT, begin(ROOT, sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
