"""The scripts of a page in one file: all of them, in their order, and none besides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.sphinx_ext import FILES
from reader import EXPLORING, PAGES, ROOT

SOURCES = (ROOT / "book" / "_static", FILES)
SCRIPT = re.compile(r'<script([^>]*) src="[^"]*_static/([^"?]+)')


def source(part: str) -> str:
    found = [folder / f"{part}.js" for folder in SOURCES if (folder / f"{part}.js").is_file()]
    return found[0].read_text("utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_its_deferred_scripts_at_once(site: Path, address: str) -> None:
    scripts = SCRIPT.findall((site / address).read_text("utf-8"))
    deferred = [name for attributes, name in scripts if "defer" in attributes]
    assert len(deferred) == 1
    parts = Path(deferred[0]).stem.split("-")
    assert parts[0] == "memory"  # which the others ask
    assert parts[-1] == "progress"  # which restores what the others have made
    assert ("explorer" in parts) is (address in EXPLORING)
    joined = (site / "_static" / deferred[0]).read_text("utf-8")
    assert joined == "\n".join(map(source, parts))


def test_nothing_is_there_that_no_page_asks_for(site: Path) -> None:
    pages = "".join(page.read_text("utf-8") for page in site.rglob("*.html"))
    joined = [f"joined/{script.name}" for script in (site / "_static" / "joined").iterdir()]
    parts = {part for name in joined for part in Path(name).stem.split("-")}
    assert [name for name in joined if f"_static/{name}" not in pages] == []
    assert [part for part in parts if (site / "_static" / f"{part}.js").exists()] == []
