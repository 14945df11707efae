"""The files of a class: which of them count, under which pseudonym, what is wrong with others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from record import Record, plain, read_record

LEFT_ALONE = ("Thumbs.db", "desktop.ini", "__MACOSX")  # what systems put into a folder


@dataclass(frozen=True)
class Student:
    """One student's file; the pseudonym tells nothing of name or file."""

    pseudonym: str
    file: str
    record: Record

    @property
    def name(self) -> str:
        """Return the name that was typed, such that only its words count."""
        return " ".join(plain(self.record.name).split()).casefold()

    @cached_property
    def digest(self) -> str:
        """Return what stands for all that the record holds."""
        text = json.dumps(self.record.tables, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Class:
    """The students whose files count, and a sentence on each file that needs one."""

    students: tuple[Student, ...]
    told: tuple[str, ...]
    left_out: int


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and those below it: platforms make a folder for each student."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in LEFT_ALONE for part in parts)
        if not hidden and (path.is_symlink() or not path.is_dir()):
            yield path


def read_class(folder: Path) -> Class:
    """Read all files of a folder; none of them stops the others."""
    read: list[Student] = []
    told: list[str] = []
    for path in files_in(folder):
        name = plain(path.relative_to(folder).as_posix())
        try:
            read.append(Student("", name, _read(path)))
        except ValueError as fault:
            told.append(f"{name} {fault}; it is left out.")
    students, said = once(read)
    every = len(read) + len(told)
    return Class(with_pseudonyms(students), (*told, *said), every - len(students))


def _read(path: Path) -> Record:
    """Read a file; what only points somewhere else is no student's."""
    if path.is_symlink() or not path.is_file():
        raise ValueError("is a link or no file at all")
    return read_record(path)


def once(read: list[Student]) -> tuple[list[Student], list[str]]:
    """Leave out records without anything in them, copies, and earlier saves; the latest counts."""
    kept: list[Student] = []
    told: list[str] = []
    for each in sorted(read, key=lambda one: (one.record.saved, one.file), reverse=True):
        counts, said = beside(each, kept)
        kept += [each] * counts
        told += [f"{each.file} {said}{'both count' if counts else 'it is left out'}."] * bool(said)
    return kept, told


def beside(each: Student, kept: list[Student]) -> tuple[bool, str]:
    """Tell whether a file counts beside those that count already, and what is to be said of it."""
    if each.record.is_empty:
        return False, "holds nothing guessed, answered or judged; "
    for one in kept:
        if one.digest == each.digest:
            apart = bool(one.name and each.name) and one.name != each.name
            return apart, f"holds exactly what {one.file} holds{' under another name' * apart}; "
    for one in kept:
        if one.name == each.name != "":
            if goes_on(each.record, one.record):
                return False, f"is an earlier save of {one.file}; "
            return True, f"bears the name that {one.file} bears, and holds other answers; "
    return True, ""


def goes_on(earlier: Record, later: Record) -> bool:
    """Tell whether a record holds all first answers, guesses and judgements of an earlier one."""
    return firsts(earlier).items() <= firsts(later).items()


def firsts(record: Record) -> dict[tuple[str, str], str]:
    """Return what was said first of each thing that was asked: it stays as more is done."""
    quiz, explorers, verdicts = (record.tables[each] for each in ("quiz", "explorers", "verdicts"))
    answers = {name: entry.get("first", entry).get("answer") for name, entry in quiz.items()}
    guesses = {name: entry.get("first", entry.get("guess")) for name, entry in explorers.items()}
    before = {name: entry.get("before") for name, entry in verdicts.items()}
    return {
        (table, name): json.dumps(said)
        for table, found in (("quiz", answers), ("guess", guesses), ("before", before))
        for name, said in found.items()
        if said
    }


def with_pseudonyms(students: list[Student]) -> tuple[Student, ...]:
    """Number students in an order that comes from no name, but from what they have done."""
    width = len(str(len(students)))
    ordered = sorted(students, key=lambda one: (one.digest, one.file))
    return tuple(
        replace(each, pseudonym=f"S{number:0{width}}")
        for number, each in enumerate(ordered, start=1)
    )
