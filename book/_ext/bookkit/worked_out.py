"""What the models say for a page, kept until they, their data or the way they are asked change.

A page is read for each word of its prose; to import its models takes up to a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from sphinx.environment import BuildEnvironment

from bookkit.made_of import digest_of, sources_of

KEPT = "worked_out"  # attribute of the environment: key and value by name

T = TypeVar("T")


def worked_out(
    env: BuildEnvironment,
    name: str,
    code: Iterable[str],
    make: Callable[[], T],
    files: Iterable[Path] = (),
) -> T:
    """Return what `make` returns, which nothing but the code and the files decides.

    It is kept with the environment, so it must hold nothing of the models' own classes: to read
    these back would import them.
    """
    sources = sources_of(env.app)
    made_of = sources.made_of(code) | sources.record(files) | sources.packages()
    key = digest_of([made_of, sources.ours])
    kept: dict[str, tuple[str, T]] = env.__dict__.setdefault(KEPT, {})
    if kept.get(name, ("",))[0] != key:
        kept[name] = key, make()
    return kept[name][1]
