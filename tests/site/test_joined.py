"""The scripts of a page in one file, and its styles: all of them, in their order, none besides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bookkit.page.joined import write
from explorer.sphinx_ext import FILES
from reader import EXPLORING, PAGES, ROOT

SOURCES = (ROOT / "book" / "_static", FILES)
SCRIPT = re.compile(r'<script([^>]*) src="[^"]*_static/([^"?]+)')
SHEET = re.compile(r'<link rel="stylesheet"[^>]* href="[^"]*_static/([^"?]+)')
BEFORE = ["theme.js"]  # what is run before anything is drawn
FROM_OTHERS = {"documentation_options", "clipboard.min", "copybutton"}


def source(part: str) -> str:
    found = [folder / f"{part}.js" for folder in SOURCES if (folder / f"{part}.js").is_file()]
    return found[0].read_text("utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_its_deferred_scripts_at_once(site: Path, address: str) -> None:
    scripts = SCRIPT.findall((site / address).read_text("utf-8"))
    deferred = [name for attributes, name in scripts if "defer" in attributes]
    assert [name for attributes, name in scripts if "defer" not in attributes] == BEFORE
    assert len(deferred) == 1
    parts = Path(deferred[0]).stem.split("-")
    assert parts[0] == "memory"  # which the others ask
    assert parts[-1] == "progress"  # which restores what the others have made
    assert ("explorer" in parts) is (address in EXPLORING)
    joined = (site / "_static" / deferred[0]).read_text("utf-8")
    assert all(source(part) in joined for part in {*parts} - FROM_OTHERS)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_its_styles_at_once_with_the_letters(site: Path, address: str) -> None:
    sheets = SHEET.findall((site / address).read_text("utf-8"))
    assert len(sheets) == 1
    parts = Path(sheets[0]).stem.split("-")
    assert parts[-1] == "book"  # which has the last word
    assert ("explorer" in parts) is (address in EXPLORING)
    text = (site / "_static" / sheets[0]).read_text("utf-8")
    assert text.count("url(data:font/woff2;base64,") == 3
    others = re.findall(r'url\("(.*?)"\)', text)
    assert len(others) == 3
    assert all((site / "_static" / "joined" / other).is_file() for other in others)


def test_one_script_after_another_runs(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    for name in ("one", "two"):
        (tmp_path / "_static" / f"{name}.js").write_text("(() => 1)()", "utf-8")
    write(tmp_path, "one-two.js")
    joined = (tmp_path / "_static" / "joined" / "one-two.js").read_text("utf-8")
    assert joined == "(() => 1)();\n(() => 1)()"


def test_nothing_is_there_that_no_page_asks_for(site: Path) -> None:
    pages = "".join(page.read_text("utf-8") for page in site.rglob("*.html"))
    joined = [f"joined/{script.name}" for script in (site / "_static" / "joined").iterdir()]
    parts = {part for name in joined if name.endswith(".js") for part in Path(name).stem.split("-")}
    assert [name for name in joined if f"_static/{name}" not in pages] == []
    assert [part for part in parts if (site / "_static" / f"{part}.js").exists()] == []
