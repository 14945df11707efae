"""Ask for a page's style sheets at once, and for its deferred scripts: each request is a wait.

Sources stay apart. A joined file bears the names of its parts, in their order, so that it is known
from the page alone what it must hold. The letters of nearly all text come within the style sheet.
"""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER = "_static/joined"
PART = re.compile(r"_static/([\w.]+)\.(?:js|css)")
ASKED = re.compile(rf"{FOLDER}/([\w.-]+\.(?:js|css))")
FONT = re.compile(r'url\("(fonts/[\w-]+\.woff2)"\)')
BETWEEN = {"css": "\n", "js": ";\n"}  # a script may end without its semicolon
# Scripts that others bring and that can wait for the page as well.
CAN_WAIT = ("documentation_options.js", "clipboard.min.js", "copybutton.js")


def is_part(file: Any) -> bool:
    """Tell whether a file may come with others: the site's own, and a script waits for the page."""
    waits = file.filename.endswith(".css") or "defer" in file.attributes
    return waits and "media" not in file.attributes and bool(PART.fullmatch(file.filename))


def styled(text: str, static: Path) -> str:
    """Put the core of each face into a style sheet; the others are found from where it lies."""

    def font(found: re.Match[str]) -> str:
        if not found[1].endswith("-core.woff2"):
            return f'url("../{found[1]}")'
        data = base64.b64encode((static / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{data})"

    return FONT.sub(font, text)


def write(site: Path, name: str) -> None:
    """Write the file with the parts that its name tells."""
    stem, _, kind = name.rpartition(".")
    static = site / "_static"
    parts = [(static / f"{part}.{kind}").read_text("utf-8") for part in stem.split("-")]
    text = BETWEEN[kind].join(parts)
    target = site / FOLDER / name
    target.parent.mkdir(exist_ok=True)
    target.write_text(styled(text, static) if kind == "css" else text, "utf-8")


def join_files(site: Path, files: list[Any]) -> None:
    """Put one file in the place of those that may come together."""
    files.sort(key=lambda file: file.priority)
    parts = [file for file in files if file.filename and is_part(file)]
    if len(parts) < 2:
        return
    first = parts[0]
    name = "-".join(PART.fullmatch(file.filename)[1] for file in parts)  # type: ignore[index]
    name += Path(first.filename).suffix
    write(site, name)  # at once, for the page bears its checksum
    whole = type(first)(f"{FOLDER}/{name}", priority=first.priority, **first.attributes)
    files[:] = [whole if file is first else file for file in files if file not in parts[1:]]


def join(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Join a page's style sheets, and its scripts."""
    for file in context["script_files"]:
        if file.filename and file.filename.endswith(CAN_WAIT):
            file.attributes["defer"] = "defer"
    for kind in ("css_files", "script_files"):
        join_files(Path(app.outdir), context[kind])


def leave_asked(app: Sphinx, error: Exception | None) -> None:
    """Leave what the pages ask for, those of the last site among them, and no script besides.

    Style sheets stay apart too, for documents of several pages.
    """
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = "".join(page.read_text("utf-8") for page in sorted(site.rglob("*.html")))
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    names = set(ASKED.findall(pages))
    for name in names:
        write(site, name)
    for part in {part for name in names for part in name.removesuffix(".js").split("-")}:
        script = site / "_static" / f"{part}.js"
        if script.exists() and f"_static/{part}.js" not in pages:
            script.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hook in when all scripts have been named and the unneeded ones dropped."""
    app.connect("html-page-context", join, priority=950)
    app.connect("build-finished", leave_asked, priority=900)  # after the theme, which colours code
    return {"parallel_read_safe": True, "parallel_write_safe": True}
