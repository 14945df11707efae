"""A reader takes a chapter home: unpacks its zip, runs the notebook to its end, exports it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from bookkit.readers.chapters import load_parts, titles
from reader import PAGES
from readers_desk import FOLDER, Desk, lines_of, python_with
from selection import Selection, Visit
from small_book import ROOT

ZIPS = "notebooks"
LIVE = 'script[type="application/vnd.jupyter.widget-view+json"]'
LISTED = {f"book/{slug}.html" for slug in titles(load_parts(ROOT / "data" / "chapters.yml"))}
CHAPTERS = [page for page in PAGES if page in LISTED]
AT_HOME = "test_a_chapter_runs_at_home_and_keeps_its_pictures"


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("home") / FOLDER
    folder.mkdir()
    python = python_with(lines_of(ROOT / "requirements-run.txt"), folder.parent / "python")
    return Desk(python, folder)


@pytest.fixture(scope="module")
def desk(lent: Desk) -> Desk:
    """Return the desk, with the Python that READER_PYTHON names, if it names one."""
    named = os.environ.get("READER_PYTHON")
    return Desk(Path(named), lent.folder) if named else lent


def test_the_desk_has_what_the_reader_was_told_and_no_more(lent: Desk) -> None:
    for name, found in {"numpy": 0, "jupyterlab": 0, "bs4": 0, "myst_nb": 1, "jupytext": 1}.items():
        assert lent.run("-c", f"import {name}").returncode == found, name
    asked = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    assert "there is no network" in lent.run("-c", asked).stderr


@pytest.fixture(scope="module")
def exported(site: Path, desk: Desk, request: pytest.FixtureRequest) -> dict[str, str]:
    """Return as pages the chapters that are tried: the programs that run them start but once."""
    tried = [str(each.callspec.params["address"]) for each in request.session.items
             if isinstance(each, pytest.Function) and each.originalname == AT_HOME]  # fmt: skip
    slugs = [Path(address).stem for address in tried]
    homes = {slug: desk.unpack(site / ZIPS / f"{slug}.zip") for slug in slugs}
    files = [home / "book" / f"{slug}.ipynb" for slug, home in homes.items()]
    return dict(zip(tried, desk.exported(*files), strict=True))


@pytest.mark.parametrize("address", CHAPTERS)
def test_a_chapter_runs_at_home_and_keeps_its_pictures(
    site: Path, exported: dict[str, str], address: str
) -> None:
    page = BeautifulSoup(exported[address], "html.parser")
    areas = [area for area in page.select(".jp-OutputArea") if area.select(LIVE)]
    on_the_site = BeautifulSoup((site / address).read_text("utf-8"), "html.parser")
    assert len(areas) == len(on_the_site.select("model-explorer")) > 0
    assert [faults for area in areas if (faults := wrong_with(area))] == []
    answers = page.select(".jp-OutputArea")[-1].get_text().split()
    assert len(answers) == len(areas)
    assert "answered" in answers


def wrong_with(area: Tag) -> list[str]:
    """Say what an exported explorer lacks: one picture, with its sentence below it."""
    faults = []
    if len(area.select("svg[aria-labelledby]")) != 1:
        faults.append(f"{len(area.select('svg[aria-labelledby]'))} pictures")
    if not any(each.get_text() for each in area.select("p[id$='.sentence']")):
        faults.append("no sentence")
    return faults


@pytest.mark.whole
def test_all_chapters_lie_in_one_folder_and_link_to_each_other(site: Path, desk: Desk) -> None:
    (archive,) = [f for f in (site / ZIPS).glob("*.zip") if f"book/{f.stem}.html" not in CHAPTERS]
    home = desk.unpack(archive)
    names = {file.name for file in (home / "book").glob("*.ipynb")}
    assert names == {f"{Path(page).stem}.ipynb" for page in CHAPTERS}
    for name in names:
        text = json.loads((home / "book" / name).read_text("utf-8"))
        linked = {word.partition(")")[0] for cell in text["cells"]
                  for word in "".join(cell["source"]).split("](")[1:]}  # fmt: skip
        assert {each for each in linked if each.endswith(".ipynb")} <= names
    desk.exported(*(home / "book" / name for name in sorted(names)))


def test_whatever_the_commit_one_chapter_at_least_is_tried() -> None:
    for turn in range(4):
        visits = [Visit("taken home", page) for page in CHAPTERS]
        assert any(Selection("", turn, (), tuple(PAGES)).kept(visits))


def test_a_notebook_alone_says_where_its_folders_are(site: Path, tmp_path: Path) -> None:
    content = json.loads((site / ZIPS / f"{Path(CHAPTERS[0]).stem}.ipynb").read_text("utf-8"))
    first, title, code = content["cells"][:3]
    assert "".join(first["source"]).startswith("**How to run this notebook.**")
    assert "".join(title["source"]).startswith("# ")
    command = [sys.executable, "-c", "".join(code["source"])]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Unpack the chapter's zip and open the notebook that lies in it." in done.stderr
