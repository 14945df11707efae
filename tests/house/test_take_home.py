"""Chapters as plain notebooks: what becomes of roles and directives, zips, addresses, builds."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from packaging.requirements import Requirement

import environment
import notebooks
from bookkit.home import notebook, zips
from bookkit.home.addresses import Published
from bookkit.home.directives import WRITERS, written
from bookkit.home.markdown import Block, blocks
from bookkit.home.roles import Shared, spoken
from bookkit.home.sources import Sources
from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.claims import load_claims
from bookkit.readers.edition import citation
from small_book import ROOT, Book

ADDRESS = "https://github.com/someone/shops-and-banks"
LISTED = titles(load_parts(ROOT / "data" / "chapters.yml"))
CHAPTERS = [slug for slug in LISTED if (ROOT / "book" / f"{slug}.md").is_file()]
LEFT_OVER = re.compile(r"^ *(?:`{3,}|:{3,})\{|\{[a-z:]+\}`|^:::|\.md\)", re.MULTILINE)
FACT = SimpleNamespace(
    id="INT-01", amount="2 %", basis="of assets", place="Utopia", period="1516", bibkey="more1516",
    status="seen", statement="What it costs", note="", seen_in="the book",
)  # fmt: skip


@pytest.fixture
def sources() -> Sources:
    def nothing(*_words: object) -> list[object]:
        raise AssertionError("not asked for")

    claims = load_claims(ROOT / "data" / "claims.yml")
    facts = {"INT-01": FACT, "INT-02": SimpleNamespace(**vars(FACT) | {"status": "claim"})}
    return Sources("spread", {"rate": "7.06 %"}, facts, claims, quiz=nothing, statements=nothing,
                   source=lambda _: "def f(): ...", parameters=nothing)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def shared() -> Shared:
    labels = {"more1516": "More 1516", "two2020": "One and Two 2020a"}
    works = {"more1516": ("More (1516): Utopia.", "https://doi.org/10.1/u"), "two2020": ("T", "")}
    numbers = {"fig-a": "3", "eq-a": "7"}
    titles = {"spread": "The spread", "data": "Data"}
    listed = {"spread": "The spread", "p2p": "Person to person"}
    get = works.__getitem__
    return Shared(labels, get, numbers, frozenset({"spread"}), titles, listed=listed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is {glue:text}`rate`.", "It is 7.06 %."),
        ("{fact:value}`INT-01`", "2 %<sup>1</sup>"),
        ("{fact}`INT-01`", "2 %<sup>1</sup> of assets (Utopia, 1516; {cite:label}`more1516`)"),
        (
            "{fact}`INT-02`",
            "2 %<sup>1</sup> of assets (Utopia, 1516; reported by {cite:label}`more1516`)",
        ),
        ("`{glue:text}` and `x` of {glue:text}`rate`", "`{glue:text}` and `x` of 7.06 %"),
    ],
)  # fmt: skip
def test_numbers_and_facts_are_written_out(text: str, told: str, sources: Sources) -> None:
    assert spoken(text, sources) == told


def test_one_fact_has_one_note(sources: Sources) -> None:
    assert spoken("{fact:value}`INT-02` {fact:value}`INT-01` {fact:value}`INT-02`", sources) == (
        "2 %<sup>1</sup> (reported by {cite:label}`more1516`) 2 %<sup>2</sup> 2 %<sup>1</sup>"
    )
    assert sources.used == ["INT-02", "INT-01"]


def test_a_sentence_names_who_claims_once(sources: Sources) -> None:
    by, value = " (reported by {cite:label}`more1516`)", "{fact:value}`INT-02`"
    told = "2 %<sup>1</sup>"
    text = (
        f"{value}, {value}. {value}\n\n{{cite:t}}`two2020`, {value}; {{cite:t}}`more1516`, {value}"
    )
    assert spoken(text, sources) == (
        f"{told}{by}, {told}. {told}{by}\n\n"
        f"{{cite:t}}`two2020`, {told}{by}; {{cite:t}}`more1516`, {told}"
    )
    assert spoken("{fact}`INT-01`; {fact}`INT-02`", sources).endswith("of assets (Utopia, 1516)")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{cite:t}`more1516` says", "[More (1516)](https://doi.org/10.1/u) says"),
        ("({cite:label}`two2020`)", "(One and Two 2020a)"),
        ("{cite:t}`two2020`", "One and Two (2020a)"),
        ("{numref}`fig-a`, {eq}`eq-a`", "Fig. 3, (7)"),
        (r"\tag{{eqno}`eq-a`}", r"\tag{7}"),
        ("[its own](spread.md)", "[its own](spread.ipynb)"),
        ("[](data.md#x)", "Data (page “Data” of the book)"),
        ("[another](p2p.md#x) or [](p2p.md)", "another or Person to person"),
    ],
)
def test_what_other_pages_decide_is_written_at_last(text: str, told: str, shared: Shared) -> None:
    assert shared.resolved(text) == told


def test_pages_are_linked_to_where_the_book_is_published(shared: Shared) -> None:
    shared.site = "https://books.example/shops/"
    assert (
        shared.resolved("[it](data.md#x)") == "[it](https://books.example/shops/book/data.html#x)"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{glue:text}`gone`", "no cell says the number 'gone'"),
        ("{fact}`INT-99`", "there is no fact 'INT-99'"),
        ("{emphatic}`x`", "cannot write the role 'emphatic'"),
        ("```{mermaid}\nx\n```", "cannot write the directive 'mermaid'"),
        ("```{quiz} spread", "has no end"),
    ],
)
def test_what_a_notebook_cannot_show_is_refused(text: str, fault: str, sources: Sources) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        written(text, sources)


@pytest.mark.parametrize("text", ["{cite:t}`x`", "{numref}`x`", "[x](x.md)"])
def test_what_is_nowhere_is_refused(text: str, shared: Shared) -> None:
    with pytest.raises(ValueError, match=r"'x'|x\.md"):
        shared.resolved(text)


def test_blocks_within_blocks_end_where_they_should() -> None:
    text = "a\n```python\n::: x\n```\n::::{dropdown} Hint\n```{quiz} s\n```\nb\n::::\nc"
    before, block, after = blocks(text)
    assert before == "a\n```python\n::: x\n```"
    assert block == Block("dropdown", "Hint", "```{quiz} s\n```\nb")
    assert after == "c"


def test_a_solution_is_folded_and_stays_markdown(sources: Sources) -> None:
    text = "::::{dropdown} Solution\n{glue:text}`rate` of *it*.\n::::"
    told = "<details><summary>Solution</summary>\n\n7.06 % of *it*.\n\n</details>"
    assert written(text, sources) == told


def test_an_equation_keeps_its_number(sources: Sources, shared: Shared) -> None:
    told = shared.resolved(written("$$\nx = 1\n$$ (eq-a)\n\nthen", sources))
    assert told == "$$\nx = 1\n\\tag{7}\n$$\n\nthen"


@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_chapter_is_ordinary_markdown_with_all_its_blocks(site: Path, slug: str) -> None:
    made = json.loads((site / "notebooks" / f"{slug}.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in made["cells"]]
    prose = "\n".join(text for text, cell in zip(cells, made["cells"], strict=True)
                      if cell["cell_type"] == "markdown")  # fmt: skip
    assert LEFT_OVER.findall(prose) == []
    source = (ROOT / "book" / f"{slug}.md").read_text("utf-8")
    assert prose.count("<summary>Solution") == source.count("{dropdown} Solution")
    assert prose.count("<summary>The book's verdict") == source.count(":::{verdict}")
    assert prose.count("**Question ") >= 6
    headings = re.findall(r"^## .*", source, re.MULTILINE)
    assert [
        line for line in re.findall(r"^## .*", prose, re.MULTILINE) if line in headings
    ] == headings
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in made["cells"])
    assert "say(numbers())" not in "\n".join(cells)


def test_each_directive_of_a_chapter_has_one_writer() -> None:
    every = "\n".join((ROOT / "book" / f"{slug}.md").read_text("utf-8") for slug in CHAPTERS)
    used = set(re.findall(r"^(?:`{3,}|:{3,})\{([\w-]+)\}", every, re.MULTILINE))
    assert set(WRITERS) == used - {"code-cell"}


def test_a_zip_of_the_same_files_has_the_same_bytes() -> None:
    content = {"b.txt": b"b", "a/ä.gz": b"a"}
    packed = zips.packed(content, "home")
    assert packed == zips.packed(dict(reversed(content.items())), "home")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["home/a/ä.gz", "home/b.txt"]
    with zipfile.ZipFile(io.BytesIO(zips.packed(content, day=date(2026, 1, 2)))) as archive:
        assert [(each.filename, each.date_time[:3]) for each in archive.infolist()] == [
            ("a/ä.gz", (2026, 1, 2)), ("b.txt", (2026, 1, 2)),
        ]  # fmt: skip


def test_a_chapters_zip_has_its_data_with_licences_and_no_others(site: Path) -> None:
    with zipfile.ZipFile(site / "notebooks" / "spread.zip") as archive:
        names = {name.removeprefix("spread/") for name in archive.namelist()}
        days = {date(*each.date_time[:3]) for each in archive.infolist()}
        said = archive.read("spread/data/us_treasury_cm_monthly_1953_1999.csv.license").decode()
    assert days == {citation(ROOT / "CITATION.cff")["released"]}, "not of the edition's day"
    assert "Licence: " in said
    sets = {name for name in names if name.startswith("data/") and ".csv" in name}
    assert {name.removesuffix(".license") for name in sets if name.endswith(".license")} == {
        name for name in sets if not name.endswith(".license")} - {"data/facts.csv"}  # fmt: skip
    assert "data/german_credit_uci.csv" not in names
    assert {"book/spread.ipynb", "requirements-run.txt", "LICENSE", "data/catalogue.toml"} <= names
    assert not [name for name in names if "scoring" in name or "_ext" in name]


def test_data_and_bibliography_can_be_saved_from_their_pages(site: Path) -> None:
    for page, endings in {"data": (".csv", ".csv.gz", ".license"), "references": (".bib",)}.items():
        html = BeautifulSoup((site / "book" / f"{page}.html").read_text("utf-8"), "html.parser")
        saved = [str(link["href"]) for link in html.select("a[download]")]
        assert {ending for ending in endings for link in saved if link.endswith(ending)} == {
            *endings
        }
        for link in saved:
            assert (site / "book" / link).read_bytes()
    assert (site / "data/references.bib").read_bytes() == (
        ROOT / "data/references.bib"
    ).read_bytes()


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_chapter_has_a_button_and_none_of_places_without_an_address(
    site: Path, slug: str
) -> None:
    html = BeautifulSoup((site / "book" / f"{slug}.html").read_text("utf-8"), "html.parser")
    found = [str(link["href"]) for link in html.select(".take-home a")]
    assert found == [f"../notebooks/{slug}.ipynb", f"../notebooks/{slug}.zip"]


def test_addresses_lead_where_they_say() -> None:
    there = Published("shops", ADDRESS)
    assert there.colab("spread") == (
        "https://colab.research.google.com/github/someone/shops-and-banks/blob/notebooks/"
        "book/spread.ipynb"
    )
    assert there.binder("spread") == (
        "https://mybinder.org/v2/gh/someone/shops-and-banks/notebooks"
        "?urlpath=lab%2Ftree%2Fbook%2Fspread.ipynb"
    )
    assert there.download == f"{ADDRESS}/archive/refs/heads/notebooks.zip"
    path, asked = (
        urlsplit(there.pull("spread")).path,
        parse_qs(urlsplit(there.pull("spread")).query),
    )
    assert path == "hub/user-redirect/git-pull"
    place = "lab/tree/shops-and-banks/book/spread.ipynb"
    assert asked == {"repo": [ADDRESS], "branch": ["notebooks"], "urlpath": [place]}


@pytest.mark.parametrize("wrong", ["github.com/a", "https://github.com/a", "https://x.org/a/b/c"])
def test_an_address_without_owner_and_name_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="repository url must be such as"):
        Published("shops", wrong)


def test_the_first_cell_fetches_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a branch is downloaded as lies in a folder named after repository and branch."""
    packed = zips.packed({"book/netfin_elsewhere.py": b"FOUND = 1\n"}, "shops-and-banks-notebooks")
    asked: list[str] = []
    monkeypatch.setattr(notebook, "NEEDED", "netfin_elsewhere")
    _, (_, code) = notebook.how_to_run(
        "spread", notebook.Edition("B", "1"), Published("s", ADDRESS)
    )

    def answer(address: str) -> io.BytesIO:
        asked.append(address)
        return io.BytesIO(packed)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("urllib.request.urlopen", answer)
    monkeypatch.setattr("sys.path", ["", *sys.path])
    exec(compile(code, "first cell", "exec"), {})
    exec("import netfin_elsewhere; assert netfin_elsewhere.FOUND", {})
    assert asked == [f"{ADDRESS}/archive/refs/heads/notebooks.zip"]


def test_a_notebook_is_never_older_than_its_page(book: Book) -> None:
    """Nor is its zip; and with an address the book has a button for each place."""
    first = book.site()
    book.edit("book/netfin/rates.py", "12 *", "11 *")
    book.built()
    after = book.site()
    assert b"The rate is 11 a year." in after["notebooks/alpha.ipynb"]
    assert after["notebooks/alpha.zip"] != first["notebooks/alpha.zip"]
    book.edit("book/alpha.md", "The rate is", "The yearly rate is")
    book.edit("book/beta.md", "See [](alpha.md).", "See.\n\n```{take-home}\n```")
    book.built()
    assert b"The yearly rate is 11 a year." in book.site()["notebooks/alpha.ipynb"]
    assert book.site()["notebooks/alpha.zip"] != after["notebooks/alpha.zip"]
    listed = BeautifulSoup(book.site()["book/beta.html"].decode(), "html.parser")
    saved = {str(link["href"]) for link in listed.select("a[download]")}
    assert {f"../notebooks/{name}" for name in ("alpha.ipynb", "alpha.zip")} < saved
    assert {f"book/{name}" for name in saved} < {f"book/../{name}" for name in book.site()}
    assert "git-pull" not in str(listed)
    book.edit("_config.yml", 'url: ""', f'url: "{ADDRESS}"')
    book.built()
    html = BeautifulSoup(book.site()["book/alpha.html"].decode(), "html.parser")
    there = Published("", ADDRESS)
    links = [str(link["href"]) for link in html.select(".take-home a")]
    assert links[2:] == [there.colab("alpha"), there.binder("alpha")]
    assert there.download.encode() in book.site()["notebooks/alpha.ipynb"]
    listed = BeautifulSoup(book.site()["book/beta.html"].decode(), "html.parser")
    codes = [code.get_text() for code in listed.select("td code")]
    assert codes == [there.pull("alpha"), there.pull("beta")][: len(codes)] != []


def test_a_notebook_that_was_worked_on_stays(tmp_path: Path) -> None:
    built, book, record = (tmp_path / name for name in ("built", "book", "record.json"))
    built.mkdir()
    book.mkdir()
    for name in ("one", "two"):
        (built / f"{name}.ipynb").write_text("first")
    assert len(notebooks.lay(built, book, record)) == 2
    (book / "one.ipynb").write_text("mine")
    for name in ("one", "two"):
        (built / f"{name}.ipynb").write_text("second")
    said = notebooks.lay(built, book, record)
    assert "one.ipynb has been worked on and stays" in said[0]
    assert [(book / f"{name}.ipynb").read_text() for name in ("one", "two")] == ["mine", "second"]


def test_a_container_has_what_a_reader_needs_and_no_more() -> None:
    """What `repo2docker` reads; it installs the list by its path from `binder/`."""
    lines = (ROOT / "binder" / "requirements.txt").read_text("utf-8").splitlines()
    named = [line for line in lines if not line.startswith("#")]
    assert named[0] == "-r ../requirements-run.txt"
    assert [Requirement(each).name for each in named[1:]] == ["nbgitpuller"]
    runtime = (ROOT / "binder" / "runtime.txt").read_text("utf-8").strip()
    assert runtime == "python-" + ".".join(map(str, environment.OLDEST))


def test_a_reader_installs_what_the_notebooks_import_and_something_to_open_them() -> None:
    needed = [Requirement(line) for line in (ROOT / "requirements-run.txt").read_text().splitlines()
              if not line.startswith("#")]  # fmt: skip
    assert {each.name for each in needed} == {
        "numpy", "pandas", "matplotlib", "scipy", "scikit-learn", "joblib", "ipywidgets",
        "jupyterlab",
    }  # fmt: skip
    assert all([part.operator for part in each.specifier] == [">="] for each in needed)
    for each in needed:
        assert each.specifier.contains(version(each.name)), "older than a reader may have"


def test_every_step_names_a_python_that_is_there() -> None:
    """A Mac, and many a Linux, has no `python` outside an environment."""
    for text in (notebook.HOW, (ROOT / "book" / "running.md").read_text("utf-8")):
        assert "python3 -m " in text
        assert re.findall(r"(?<![\w/\\])python -m.*", text) == []


def test_editors_find_the_code_where_it_lies() -> None:
    module = ElementTree.parse(ROOT / ".idea" / "book.iml")
    folders = [each.attrib["url"].removeprefix("file://$MODULE_DIR$/")
               for each in module.iter("sourceFolder")]  # fmt: skip
    assert "book" in folders
    assert [each for each in folders if not (ROOT / each).is_dir()] == []
    listed = ElementTree.parse(ROOT / ".idea" / "modules.xml").iter("module")
    assert [each.attrib["fileurl"] for each in listed] == ["file://$PROJECT_DIR$/.idea/book.iml"]
    code = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert [f for f in code["python.analysis.extraPaths"] if not (ROOT / f).is_dir()] == []
    # The folder: the program in it has another place on Windows.
    assert code["python.defaultInterpreterPath"] == "${workspaceFolder}/.venv"
    wanted = json.loads((ROOT / ".vscode" / "extensions.json").read_text("utf-8"))
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["customizations"]["vscode"]["extensions"] == wanted["recommendations"]
