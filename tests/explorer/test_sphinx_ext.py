"""The explorer in a plain Sphinx project: files where they are needed, limits that hold."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import toys
from docutils import nodes
from docutils.utils import new_document
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from explorer import sphinx_ext
from explorer.cache import CACHE
from explorer.explore import STATIC
from explorer.page import compiled

Build = Callable[..., Path]


def raw(markup: str) -> str:
    indented = "\n".join(f"   {line}" for line in markup.splitlines())
    return f".. raw:: html\n\n{indented}\n"


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Return a builder of projects: page names and their sources → the built folder."""
    for name in (STATIC, CACHE):
        monkeypatch.setenv(name, "")  # so that both are put back afterwards
        monkeypatch.delenv(name)

    def run(builder: str = "html", settings: str = "", **pages: str) -> Path:
        source = tmp_path / "source"
        source.mkdir()
        (source / "conf.py").write_text(f"extensions = ['explorer.sphinx_ext']\n{settings}")
        (source / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        toc = "".join(f"   {name}\n" for name in pages)
        (source / "index.rst").write_text(f"Top\n===\n\n.. toctree::\n\n{toc}")
        for name, text in pages.items():
            (source / f"{name}.rst").write_text(f"{name}\n=======\n\n{text}")
        out = tmp_path / "out"
        warnings = StringIO()
        folders = [str(folder) for folder in (source, source, out, tmp_path / "trees")]
        with docutils_namespace():
            Sphinx(*folders, builder, status=None, warning=warnings).build()
        assert warnings.getvalue() == ""
        return out

    return run


def test_script_and_style_stand_where_there_is_an_explorer(build: Build, tmp_path: Path) -> None:
    out = build(plain="Words.", lively=raw(compiled(toys.one_slider)))
    assert "explorer.js" in (out / "lively.html").read_text()
    assert "explorer.css" in (out / "lively.html").read_text()
    assert "explorer" not in (out / "plain.html").read_text()
    assert (out / "_static" / "explorer.js").is_file()
    assert os.environ[STATIC]
    assert Path(os.environ[CACHE]) == tmp_path / "explorers"


def test_a_page_names_its_source_and_licence(build: Build) -> None:
    settings = "explorer_source = 'A book, edition 2'\nexplorer_licence = 'CC BY <4>'\n"
    out = build(plain="Words.", lively=raw(compiled(toys.one_slider)), settings=settings)
    lively = (out / "lively.html").read_text()
    assert '<meta name="explorer-source" content="A book, edition 2">' in lively
    assert '<meta name="explorer-licence" content="CC BY &lt;4&gt;">' in lively
    assert "explorer-source" not in (out / "plain.html").read_text()


def test_title_stands_above_and_code_below() -> None:
    document = new_document("page")
    code = HideCodeCellNode(prompt_show="Show code cell source", prompt_hide="Hide it")
    picture = nodes.raw("", compiled(toys.still), format="html")
    caption = nodes.caption("", "What it shows.")
    figure = nodes.figure("", nodes.container("", picture), caption)
    output = nodes.container("", figure, nb_element="cell_code_output")
    document += nodes.container("", code, output, nb_element="cell_code")
    sphinx_ext.Stages(document).run()
    [cell] = document.children
    assert cell.children == [output, code]
    assert code["prompt_show"] == code["prompt_hide"] == "Code of this figure"
    assert figure.children[0] is caption


FIGURES = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Shows(Directive):
    has_content = True

    def run(self):
        shown = nodes.raw("", "\\n".join(self.content), format="html")
        return [nodes.figure("", nodes.container("", shown), nodes.caption("", "In words."))]

def setup(app):
    app.add_directive("shows", Shows)
"""


def test_a_title_is_closed_before_its_picture(build: Build) -> None:
    lively = compiled(toys.still).replace("\n", "\n   ")
    shows = {"plain": ".. shows::\n\n   <p>A dot</p>", "lively": f".. shows::\n\n   {lively}"}
    out = build(settings=FIGURES, **shows)
    for page, opening in (("plain", "<p>A dot"), ("lively", "<model-explorer")):
        html = (out / f"{page}.html").read_text()
        [shown] = re.findall("<figure.*?</figure>", html, re.DOTALL)
        assert shown.count("<figcaption>") == shown.count("</figcaption>") == 1
        title_first = shown.index("</figcaption>") < shown.index(opening)
        assert title_first is (page == "lively")


def test_cells_without_an_explorer_stay_as_they_are() -> None:
    document = new_document("page")
    code = HideCodeCellNode(prompt_show="Show code cell source", prompt_hide="Hide it")
    output = nodes.container("", nodes.raw("", "<p>Words.</p>", format="html"))
    document += nodes.container("", code, output, nb_element="cell_code")
    sphinx_ext.Stages(document).run()
    assert document.children[0].children == [code, output]


def test_a_cache_folder_that_is_named_stays(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE, "elsewhere")
    build(plain="Words.")
    assert os.environ[CACHE] == "elsewhere"


def test_too_many_states_on_a_page_are_refused(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sphinx_ext, "MOST_STATES_A_PAGE", 5)
    said = r"lively: 6 states of explorers \(one-slider 5, still 1\); at most 5 a page"
    with pytest.raises(ExtensionError, match=said):
        build(lively=raw(compiled(toys.one_slider) + "\n" + compiled(toys.still)))


def test_a_page_that_weighs_too_much_is_refused(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sphinx_ext, "HEAVIEST_PAGE", 1000)
    with pytest.raises(ExtensionError, match=r"lively weighs \d,\d+ bytes .* at most 1,000"):
        build(plain="Words.", lively=raw(compiled(toys.one_slider)))


@pytest.mark.parametrize("places", [("one", "one"), ("one", "two")])
def test_a_name_has_one_home(build: Build, places: tuple[str, str]) -> None:
    pages = dict.fromkeys(places, "")
    for place in places:
        pages[place] += f"{raw(compiled(toys.still))}\n"
    said = f"'still' stands in {places[0]} and in {places[1]}; once is allowed"
    with pytest.raises(ExtensionError, match=said):
        build(**pages)


def test_other_builders_are_left_alone(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx_ext, "HEAVIEST_PAGE", 0)
    assert build("text", lively=raw(compiled(toys.still)))


def test_a_build_that_failed_is_not_checked_on_top() -> None:
    sphinx_ext.Book().check(None, RuntimeError("the build failed"))  # type: ignore[arg-type]
