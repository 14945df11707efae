"""What `start.py site` makes of a built book: PDFs that machines can read, and a zip."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from pdf import letters, name_once, renumber
from places import OUTPUT, ROOT
from small_book import Book

NAME = "why-shops-become-banks"
FEWEST = 400  # letters on a page that is not nearly empty


def published(root: Path, output: Path, *words: str, **more: str) -> Path:
    """Publish in a process of its own, for it drives a browser."""
    command = [sys.executable, str(root / "tools" / "publish.py"), "--output", str(output), *words]
    env = os.environ | {"PYTHONPATH": str(root / "book" / "_ext")} | more
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return output / "site"


@pytest.fixture(scope="module")
def twice(first_build: Book, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the small book, published on all cores, and on one."""
    output = first_build.root / "_build"
    folder = tmp_path_factory.mktemp("published")
    found = []
    for name, more in {"all": {}, "one": {"LOKY_MAX_CPU_COUNT": "1"}}.items():
        site = published(first_build.root, output, **more)
        found.append(site.rename(folder / name))
    return found


def outline(file: Path) -> list[tuple[str, int]]:
    """Return the entries of an outline with the numbers of their pages."""
    with pikepdf.open(file) as opened, opened.open_outline() as told:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        return [(each.title, pages[each.destination[0].objgen]) for each in told.root]


def test_the_folder_has_the_book_and_what_can_be_taken_along(twice: list[Path]) -> None:
    [site, _] = twice
    files = [f"{name}{ending}.pdf" for name in ("alpha", NAME) for ending in ("", "-with-answers")]
    assert sorted(file.name for file in (site / "pdf").iterdir()) == sorted(files)
    page = (site / "book" / "index.html").read_text("utf-8")
    links = re.findall(r'<a href="\.\./([^"]*)" type=', page)
    assert {f"pdf/{file}" for file in files} | {f"{NAME}.zip"} == set(links)
    assert [link for link in links if not (site / link).is_file()] == []
    assert list((site / "book").glob("paper*")) == []


def test_the_same_book_gives_the_same_bytes(twice: list[Path]) -> None:
    [one, two] = ({f.relative_to(s): f.read_bytes() for f in s.rglob("*") if f.is_file()}
                  for s in twice)  # fmt: skip
    assert sorted(one) == sorted(two)
    assert [str(name) for name in one if one[name] != two[name]] == []


def test_the_zip_holds_the_whole_site(twice: list[Path]) -> None:
    [site, _] = twice
    with zipfile.ZipFile(site / f"{NAME}.zip") as archive:
        held = {name.removeprefix(f"{NAME}/"): archive.read(name) for name in archive.namelist()}
    there = {f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file()}
    assert held.keys() == there - {f"{NAME}.zip"}
    first = held["book/index.html"].decode()
    assert f"pdf/{NAME}.pdf" in first
    assert f"{NAME}.zip" not in first  # which a zip cannot hold


def test_a_pdf_is_tagged_outlined_and_described(twice: list[Path]) -> None:
    [site, _] = twice
    with pikepdf.open(site / "pdf" / f"{NAME}.pdf") as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "en"
        assert str(opened.docinfo["/Title"]) == "Why Shops Become Banks"
        assert str(opened.docinfo["/Author"])
        with opened.open_metadata() as told:
            assert told["dc:title"] == "Why Shops Become Banks"
            assert "CC BY 4.0" in str(told["dc:rights"])
    titles = [title for title, _ in outline(site / "pdf" / f"{NAME}.pdf")]
    assert titles == ["Contents", "A book", "Alpha", "Beta"]


def test_what_a_browser_has_made_before_leaves_no_trace() -> None:
    """Tags refer to nodes by numbers that a browser counts on from page to page."""
    made = pikepdf.new()
    cell = pikepdf.Dictionary(ID=pikepdf.String("node00001001"), S=pikepdf.Name.TH)
    other = pikepdf.Dictionary(ID=pikepdf.String("node00000996"), T=pikepdf.String("node"))
    heads = pikepdf.Array([pikepdf.String("node00001001"), pikepdf.String("node00000996")])
    tags = pikepdf.Dictionary(K=[made.make_indirect(cell), other], A=[{"/Headers": heads}])
    made.Root.StructTreeRoot = made.make_indirect(tags)
    renumber(made)
    tree = made.Root.StructTreeRoot
    assert [str(each.ID) for each in tree.K] == ["node00000002", "node00000001"]
    assert [str(each) for each in tree.A[0].Headers] == ["node00000002", "node00000001"]
    assert str(tree.K[1].T) == "node"


def test_an_outline_names_each_heading_once() -> None:
    made = pikepdf.new()
    for title in ("VerdictVerdict", "Verdict", "Mama goes"):
        entry = pikepdf.Dictionary(Title=pikepdf.String(title), Dest=pikepdf.Array([]))
        made.make_indirect(entry)
    name_once(made)
    found = [str(each.Title) for each in made.objects if isinstance(each, pikepdf.Dictionary)
             and "/Title" in each]  # fmt: skip
    assert found == ["Verdict", "Verdict", "Mama goes"]


def test_pdfs_may_be_left_out(first_build: Book) -> None:
    site = published(first_build.root, first_build.root / "_build", "--only", "pages")
    assert not (site / "pdf").exists()
    page = (site / "book" / "index.html").read_text("utf-8")
    assert f"{NAME}.zip" in page
    assert ".pdf" not in page


def missing_fonts() -> str:
    """Return what is said where no font has Chinese; in a process without another browser."""
    lines = (
        "import pdf; from playwright.sync_api import sync_playwright as start; import browser",
        "with start() as p:",
        "    page = p.chromium.launch(executable_path=browser.chromium(),"
        " args=browser.CHROMIUM_FLAGS).new_page()",
        "    print(pdf.lacks(page, 'a', 'b'), pdf.lacks(page, chr(0xE123), chr(0xE124)))",
        "    pdf.lacks = lambda *_: True",
        "    pdf.check_fonts(page, 'risk')",
        "    try: pdf.check_fonts(page, chr(0x98ce))",
        "    except pdf.RefusalError as told: print(told)",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ROOT / "tools",
                          capture_output=True, text=True, check=True)  # fmt: skip
    return done.stdout


def test_boxes_are_never_printed_for_chinese() -> None:
    measured, told = missing_fonts().splitlines()
    assert measured == "False True"
    assert "fonts-noto-cjk" in told
    assert "ONLY=pages" in told


@pytest.mark.whole
def test_the_whole_book_is_printed(tmp_path: Path) -> None:
    """Each chapter begins where outline and contents say, and no page is nearly empty."""
    (tmp_path / "html").symlink_to(OUTPUT / "html")
    site = published(ROOT, tmp_path)
    file = site / "pdf" / f"{NAME}-with-answers.pdf"
    begun = [number for _, number in outline(file)]
    assert begun == sorted(begun)
    with pikepdf.open(file) as opened:
        drawn = [letters(page) for page in opened.pages]
    assert [number for number, count in enumerate(drawn, 1) if count < FEWEST] == []
