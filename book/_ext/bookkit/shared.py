"""What a page shows besides its own text: while that stays, only pages that are read are written.

Titles, contents, labels, citations and numbers come from other pages; layout, style sheets, edition
and the days of the data from files. What is not known to be a page's own business counts as shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.made_of import CATALOGUE, LOCK, Sources, digest_of

BIBLIOGRAPHY = "data/references.bib"
FILES = ("_config.yml", "_toc.yml", "CITATION.cff", LOCK, f"data/{CATALOGUE}", BIBLIOGRAPHY)
FOLDERS = ("book/_ext", "book/_static", "book/_templates", "book/explorer")
# Of the environment's attributes: those that other pages show.
SHOWN = (
    "titles",
    "longtitles",
    "tocs",
    "toc_secnumbers",
    "toc_fignumbers",
    "toctree_includes",
)
# Domains of programming languages, which the book does not describe.
UNUSED = ("c", "cpp", "js", "py", "rst")
ORDERLESS = ("citation_refs",)  # in the order in which pages were read
TARGETS = "page_targets"  # of references, by page
PLACES = ("line", "lineno", "mtime")  # where something stands in a file is shown by no page
READ = ("bibdata",)  # what one of the files above says, entry by entry


def plain(value: Any) -> Any:
    """Return what a value holds that pages can show, for JSON; orders that mean nothing go."""
    if isinstance(value, nodes.Node):
        return value.pformat()
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        pairs = ((k, plain(v)) for k, v in value.items() if k not in PLACES + READ)
        told = ([repr(k), sorted(v, key=repr) if k in ORDERLESS else v] for k, v in pairs)
        return sorted(told, key=lambda pair: pair[0])
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, PurePath):
        return value.as_posix()
    # Not `repr`, which tells a text that is translated when it is shown from one that was before.
    return plain(vars(value)) if hasattr(value, "__dict__") else str(value)


def note_targets(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the page that is read refers to."""
    targets = {node["reftarget"].lower() for node in doctree.findall(pending_xref)}
    app.env.__dict__.setdefault(TARGETS, {})[app.env.docname] = targets


def for_others(labels: Mapping[str, Any], targets: Mapping[str, set[str]]) -> dict[str, Any]:
    """Return the labels that other pages than their own refer to: a caption is often for none."""
    return {
        name: label
        for name, label in labels.items()
        if any(name in named for page, named in targets.items() if page != label[0])
    }


def parts(env: BuildEnvironment, sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield what is shared, each with its digest."""
    for name in SHOWN:
        yield name, digest_of(plain(getattr(env, name)))
    yield "pages", digest_of(sorted(env.found_docs))
    targets = env.__dict__.get(TARGETS, {})
    std = env.domaindata["std"]
    seen = {name: for_others(std[name], targets) for name in ("labels", "anonlabels")}
    for name, content in sorted((env.domaindata | {"std": std | seen}).items()):
        if name not in UNUSED:
            yield f"domain {name}", digest_of(plain(content))
    yield from sources.below(*FOLDERS).items()
    yield from sources.record(sources.root / name for name in FILES).items()


def shared(env: BuildEnvironment, sources: Sources) -> dict[str, str]:
    """Return the digests of what pages share."""
    return dict(parts(env, sources))
