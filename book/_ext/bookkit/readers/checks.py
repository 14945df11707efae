"""What the readers of YAML share: entries with the right keys, of the right kind, named if wrong.

Every fault is a `ValueError`. `within` puts before it where it was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

Entry = Mapping[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast if it is there


@contextmanager
def within(where: str) -> Iterator[None]:
    """Name the place in whatever fault is found there."""
    try:
        yield
    except (ValueError, yaml.YAMLError) as fault:
        raise ValueError(f"{where}: {fault}") from fault


def read(file: Path) -> Any:
    """Read what stands in a file, which must be there."""
    if not file.is_file():
        raise ValueError(f"there is no such file in {file.parent.name}/")
    return yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)


def entry(content: object, required: Set[str], optional: Set[str] | None = frozenset()) -> Entry:
    """Take a mapping with something in each required key, and no others than these.

    Which others an entry may have, None leaves open.
    """
    if not isinstance(content, Mapping):
        raise ValueError(f"needs the keys {listed(required)}, is {content!r}")
    if missing := {key for key in required if content.get(key) in (None, "")}:
        raise ValueError(f"{listed(missing)} is missing")
    unknown = set() if optional is None else set(content) - required - optional
    if unknown:
        raise ValueError(f"unknown key {listed(unknown)}")
    return content


def entries(content: Entry, key: str) -> list[Any]:
    """Take a list of entries, or none."""
    found = content.get(key, [])
    if not isinstance(found, list):
        raise ValueError(f"{key} must be a list, is {found!r}")
    return found


def texts(content: Entry, keys: Iterable[str]) -> None:
    """Refuse what YAML has read as something other than the text that was meant."""
    for key in keys:
        if not isinstance(content.get(key, ""), str):
            raise ValueError(f"{key} must be text, in quotation marks, is {content[key]!r}")


def amount(content: Entry, key: str) -> float:
    """Take a number."""
    number = content[key]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError(f"{key} must be a number, is {number!r}")
    return float(number)


def one_of(name: str, value: object, allowed: Iterable[str]) -> None:
    """Refuse a value that is not in a list."""
    known = list(allowed)
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, is {value!r}")


def unique(what: str, names: Iterable[str]) -> None:
    """Refuse a name that stands twice."""
    seen = list(names)
    if twice := {name for name in seen if seen.count(name) > 1}:
        raise ValueError(f"{what} {listed(twice)} stands twice")


def listed(names: Iterable[object]) -> str:
    """Write names one after the other, in order."""
    return ", ".join(sorted(map(str, names)))
