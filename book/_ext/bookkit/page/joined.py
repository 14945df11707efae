"""Ask for all deferred scripts of a page at once: to a reader far away each request is a wait.

Sources stay apart. The joined file bears the names of its parts, in their order, so that it is
known from the page alone what it must hold.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER = "_static/joined"
PART = re.compile(r"_static/(\w+)\.js")
ASKED = re.compile(rf'src="[^"]*{FOLDER}/([\w-]+)\.js')


def is_part(file: Any) -> bool:
    """Tell whether a script may come with others: it waits for the page, and is the book's own."""
    return "defer" in file.attributes and bool(PART.fullmatch(str(file.filename)))


def write(site: Path, name: str) -> None:
    """Write the file with the parts that its name tells."""
    parts = [site / "_static" / f"{part}.js" for part in name.split("-")]
    target = site / FOLDER / f"{name}.js"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(part.read_text("utf-8") for part in parts), "utf-8")


def join(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put one script in the place of a page's deferred ones."""
    files = context["script_files"]
    files.sort(key=lambda file: file.priority)
    parts = [file for file in files if is_part(file)]
    if len(parts) < 2:
        return
    name = "-".join(Path(file.filename).stem for file in parts)
    write(Path(app.outdir), name)  # at once, for the page bears its checksum
    first = parts[0]
    whole = type(first)(f"{FOLDER}/{name}.js", priority=first.priority, **first.attributes)
    files[:] = [whole if file is first else file for file in files if file not in parts[1:]]


def leave_asked(app: Sphinx, error: Exception | None) -> None:
    """Leave what the pages ask for, those of the last site among them, and no part besides."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = "".join(page.read_text("utf-8") for page in sorted(site.rglob("*.html")))
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    names = set(ASKED.findall(pages))
    for name in names:
        write(site, name)
    for part in {part for name in names for part in name.split("-")}:
        if f"_static/{part}.js" not in pages:
            (site / "_static" / f"{part}.js").unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hook in when all scripts have been named and the unneeded ones dropped."""
    app.connect("html-page-context", join, priority=950)
    app.connect("build-finished", leave_asked)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
