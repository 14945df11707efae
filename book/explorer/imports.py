"""What does a piece of Python depend on? Static analysis: nothing is imported or run."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from .cache import CACHE, Store

UNUSED_BY_CODE = {".py", ".pyc", ".md"}
_OURS = Path(__file__).read_text(encoding="utf-8")  # another way to scan finds something else


@dataclass(frozen=True)
class Code:
    """What one source text mentions."""

    modules: frozenset[str] = frozenset()  # dotted names it imports
    words: frozenset[str] = frozenset()  # its string literals, docstrings apart
    opaque: bool = False  # it imports what cannot be known, or cannot be parsed


@dataclass(frozen=True)
class Closure:
    """The files a source text can reach, and the string literals in it and in them."""

    files: frozenset[Path]
    words: frozenset[str]
    opaque: bool = False  # some of it imports what cannot be known: then `files` are all modules


def _imports(node: ast.AST, package: str) -> Iterator[str]:
    """Yield the dotted names that an import statement may load."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parents = package.split(".")[: len(package.split(".")) - node.level + 1]
        start = parents if node.level else []
        base = ".".join([*start, *([node.module] if node.module else [])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _imported_by_call(node: ast.AST) -> str | None:
    """Return the module an `import_module` call names, "" if only running it would tell."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in ("import_module", "__import__"):
        return None
    first = node.args[0] if node.args else None
    known = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return str(first.value) if known and isinstance(first, ast.Constant) else ""


@cache
def scan(source: str, package: str = "") -> Code:
    """Find imports and string literals in a module or a notebook cell (magics allowed)."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return Code(opaque=True)
    nodes = list(ast.walk(tree))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    calls = [name for node in nodes if (name := _imported_by_call(node)) is not None]
    literals = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in prose)
    return Code(
        modules=frozenset(name for node in nodes for name in _imports(node, package))
        | frozenset(filter(None, calls)),
        words=frozenset(node.value for node in literals if isinstance(node.value, str)),
        opaque="" in calls,
    )


def _module_files(name: str, root: Path, known: dict[str, set[Path]]) -> set[Path]:
    """Return the files below `root` that importing `name` runs or puts at hand."""
    if name not in known:
        package, _, own = name.rpartition(".")
        path = root.joinpath(*name.split("."))
        files = {path.with_suffix(".py"), path / "__init__.py"} if path.parent.is_dir() else set()
        if own and path.is_dir():
            files |= {file for file in path.rglob("*") if file.suffix not in UNUSED_BY_CODE}
        above = _module_files(package, root, known) if package else set()
        known[name] = {file for file in files if file.is_file()} | above
    return known[name]


def _all_modules(root: Path) -> Iterator[str]:
    """Yield the dotted names of all modules below `root` that code can import."""
    for file in root.rglob("*.py"):
        parts = file.relative_to(root).with_suffix("").parts
        if not parts[0].startswith(("_", ".")):  # _ext and _static: the build's, not the cells'
            yield ".".join(parts)


def closure(
    sources: Iterable[str], root: Path, known: dict[str, set[Path]] | None = None
) -> Closure:
    """Follow imports from `sources` to the files below `root`.

    known : what was found before of modules' files, by name; it grows.
    """
    known = {} if known is None else known
    files: set[Path] = set()
    words: set[str] = set()
    modules: set[str] = set()
    opaque = False
    todo = [scan(source) for source in sources]
    while todo:
        code = todo.pop()
        words |= code.words
        opaque |= code.opaque
        names = {*(_all_modules(root) if code.opaque else code.modules)} - modules
        modules |= names
        reached = {file for name in names for file in _module_files(name, root, known)} - files
        files |= reached
        todo += [_scan_of_file(file, root) for file in sorted(reached) if file.suffix == ".py"]
    return Closure(frozenset(files), frozenset(words), opaque)


def _scan_of_file(file: Path, root: Path) -> Code:
    """Scan a module; where a build keeps its work, as it was scanned when it last read so."""
    text = file.read_text(encoding="utf-8")
    package = ".".join(file.parent.relative_to(root).parts)
    folder = os.environ.get(CACHE)
    return _kept_scan(text, package, file.stem, folder) if folder else scan(text, package)


@cache
def _kept_scan(text: str, package: str, stem: str, folder: str) -> Code:
    store, name = Store(Path(folder) / "scans", ".json"), f"{package}.{stem}"
    key = hashlib.sha256(f"{sys.version}\0{_OURS}\0{package}\0{text}".encode()).hexdigest()
    kept = store.get(name, key)
    if kept is None:
        code = scan(text, package)
        kept = json.dumps([sorted(code.modules), sorted(code.words), code.opaque])
        store.put(name, key, kept)
    modules, words, opaque = json.loads(kept)
    return Code(frozenset(modules), frozenset(words), opaque)


def files_named(words: Iterable[str], files: Iterable[Path]) -> set[Path]:
    """Return the files that string literals name: by their name, or a path or pattern ending so."""
    last = {word.rsplit("/", 1)[-1] for word in words}
    patterns = [word for word in last if word.startswith("*.")]
    return {
        file
        for file in files
        if file.name in last or any(fnmatch(file.name, pattern) for pattern in patterns)
    }
