"""List the files of a chapter, and its rows in the lists that all chapters share, with lines."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.claims import load_claims
from places import ROOT
from refusal import RefusalError, ended
from rooms import files_of, package_of

SHOWN = 72  # signs of a row


def text_of(root: Path, slug: str) -> str:
    """Return all that stands in the chapter's own files."""
    return "\n".join((root / file).read_text(encoding="utf-8") for file in files_of(root, slug))


def lines(root: Path, name: str, belongs: Callable[[str], object]) -> Iterator[str]:
    """Yield place and beginning of the lines of a list that belong to the chapter."""
    for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), start=1):
        if belongs(line):
            words = line.strip()
            yield f"{name}:{number}: {words[:SHOWN]}{'…' if len(words) > SHOWN else ''}"


def symbols(root: Path, package: str) -> set[tuple[str, str]]:
    """Return symbol and name of each parameter that the chapter's models declare."""
    found = set()
    for file in sorted((root / "book" / "netfin" / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                calls = (each for each in ast.walk(node.annotation) if isinstance(each, ast.Call))
                for call in calls:
                    if ast.unparse(call.func) == "About" and isinstance(call.args[0], ast.Constant):
                        found.add((str(call.args[0].value), node.target.id))
    return found


def beginning(line: str, names: set[str], after: str) -> bool:
    """Tell whether a line begins with one of some names and the sign after it."""
    start, sign, _ = line.partition(after)
    return bool(sign) and start.strip() in names


def of_facts(root: Path, slug: str) -> Iterator[str]:
    """Yield the rows of the facts that the chapter uses."""
    used = set(re.findall(r"\b[A-Z]{2,4}-\d+[a-z]?\b", text_of(root, slug)))
    yield from lines(root, "data/facts.csv", lambda line: beginning(line, used, ","))


def of_references(root: Path, slug: str) -> Iterator[str]:
    """Yield the entries of the works that the chapter cites."""
    cited = re.findall(r"\{cite:\w+\}`([^`]+)`", text_of(root, slug))
    keys = {key.strip() for each in cited for key in each.split(",")}
    yield from lines(
        root, "data/references.bib", lambda line: line.strip("\n,").partition("{")[2] in keys
    )


def of_claims(root: Path, slug: str) -> Iterator[str]:
    """Yield the chapter's claims."""
    own = {claim.id for claim in load_claims(root / "data" / "claims.yml").of_chapter(slug)}
    yield from lines(
        root, "data/claims.yml", lambda line: line.strip().removeprefix("- id: ") in own
    )


def of_notation(root: Path, slug: str) -> Iterator[str]:
    """Yield the rows of the parameters of the chapter's models."""
    own = symbols(root, package_of(slug))
    yield from lines(
        root,
        "data/notation.csv",
        lambda line: (line.partition(",")[0], line.rpartition(",")[2]) in own,
    )


def of_glossary(root: Path, slug: str) -> Iterator[str]:
    """Yield the terms of the glossary that the chapter's page uses."""
    page = (root / "book" / f"{slug}.md").read_text(encoding="utf-8").lower()

    def used(line: str) -> bool:
        term = re.escape(line.partition(",")[0].lower())
        return re.search(rf"\b{term}\b", page) is not None

    yield from lines(root, "data/glossary.csv", used)


def of_data(root: Path, slug: str) -> Iterator[str]:
    """Yield the catalogue's entries of the data sets that the chapter names."""
    named = set(re.findall(r"[\"'`](\w+)[\"'`]", text_of(root, slug)))
    yield from lines(root, "data/catalogue.toml", lambda line: line.strip("[]") in named)


def of_lists(root: Path, slug: str) -> Iterator[str]:
    """Yield where the chapter is entered: its title, the contents, the contracts of imports."""
    word = re.compile(rf"\b{re.escape(package_of(slug))}\b")
    yield from lines(root, "data/chapters.yml", lambda line: line.strip() == f"- slug: {slug}")
    yield from lines(root, "_toc.yml", lambda line: line.strip() == f"- file: book/{slug}")
    yield from lines(root, "pyproject.toml", lambda line: " | " in line and word.search(line))


LISTS = {
    "entered": of_lists,
    "claims": of_claims,
    "facts": of_facts,
    "data sets": of_data,
    "works cited": of_references,
    "notation": of_notation,
    "glossary": of_glossary,
}


def told(root: Path, slug: str) -> str:
    """Say where everything of a chapter is."""
    try:
        known = titles(load_parts(root / "data" / "chapters.yml"))
    except ValueError as fault:
        raise RefusalError(f"data/{fault}") from None
    begun = [each for each in known if (root / "book" / f"{each}.md").is_file()]
    if slug not in begun:
        raise RefusalError(f"NAME {slug!r} has no page; NAME is one of {', '.join(begun)}.")
    said = [f"{known[slug]}", "", "files", *(f"  {file}" for file in files_of(root, slug))]
    for name, found in LISTS.items():
        said += ["", name, *([f"  {each}" for each in found(root, slug)] or ["  none"])]
    return "\n".join(said)


def main() -> int:
    """Print where everything of the chapter that is named is."""
    print(told(ROOT, sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
