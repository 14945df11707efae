"""Facts are sound, print with their source, and are refused where they may not be printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pybtex.database import parse_file

from bookkit.readers.works import Works
from netfin import facts
from netfin.data import DATA, DataError

Build = Callable[[str], subprocess.CompletedProcess[str]]
BOOK = DATA.parent / "book"
BIBLIOGRAPHY = parse_file(str(DATA / "references.bib")).entries
ROLE = re.compile(r"\{fact(?::value)?\}`([^`]+)`")


def words(file: Path) -> str:
    """Return the text of a page's main part, without marks."""
    html = file.read_text(encoding="utf-8").partition('role="main"')[2]
    text = re.sub(r'<(script|footer|div class="notes").*', "", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_every_fact_has_its_primary_source_in_the_bibliography():
    assert {fact.bibkey for fact in facts.load().values()} <= set(BIBLIOGRAPHY)


@pytest.mark.parametrize("key", BIBLIOGRAPHY)
def test_a_source_has_author_title_year_and_well_formed_links(key):
    entry = BIBLIOGRAPHY[key]
    assert entry.persons["author"]
    assert entry.fields["title"]
    assert re.fullmatch(r"\d{4}", entry.fields["year"])
    assert re.fullmatch(r"10\.\d{4,}/\S+", entry.fields.get("doi", "10.1257/none"))
    link = urlsplit(entry.fields.get("url", "https://example.org/"))
    assert link.scheme == "https"
    assert link.netloc.count(".") >= 1


def test_facts_used_in_the_book_exist_and_may_be_printed():
    known = facts.load()
    used = {name for page in BOOK.glob("*.md") for name in ROLE.findall(page.read_text("utf-8"))}
    assert [name for name in used if name not in known] == []
    assert [name for name in used if known[name].status is facts.Status.RECALLED] == []


def users() -> str:
    """Return all that may use a fact or a source: pages, quizzes, verdicts, figures and models."""
    code = [file for folder in ("figures", "netfin") for file in (BOOK / folder).rglob("*.py")]
    pages = [*BOOK.glob("*.md"), *(DATA / "quizzes").glob("*.yml"), DATA / "claims.yml"]
    return "\n".join(file.read_text("utf-8") for file in (*pages, *code))


def unused(names: Iterable[str], text: str) -> list[str]:
    """List the names that do not stand in a text by themselves."""
    alone = r"{0}(?<![\w-]{0})(?!\w)"  # looks at what stands before only where the name is found
    return [name for name in names if not re.search(alone.format(re.escape(name)), text)]


def test_a_fact_and_a_source_are_there_for_something():
    """What no page prints and no model takes comes when a chapter uses it."""
    text, known = users(), facts.load()
    named = {key for _, key in Works(BIBLIOGRAPHY).parts(text)}  # as docstrings name them
    assert unused(known, text) == []
    assert unused(set(BIBLIOGRAPHY) - {fact.bibkey for fact in known.values()} - named, text) == []


def test_a_name_within_another_is_no_use_of_it():
    assert unused(["INT-1", "INT-1a", "RSK-2"], "{fact}`INT-1a`, `RSK-22`") == ["INT-1", "RSK-2"]


GOOD = "INT-99,A rate,2,,,2,%,a year,2020,China,philippon2015,a report,seen,"


def read_rows(folder: Path, *rows: str) -> dict[str, facts.Fact]:
    header = (DATA / facts.FILE).read_text("utf-8").splitlines()[0]
    (folder / facts.FILE).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return facts.load(folder)


def test_a_model_takes_a_fact_s_number_or_the_ends_of_its_range(tmp_path):
    ranged = GOOD.replace("INT-99", "INT-98").replace(",2,,,2,", ",,2,3,2–3,")
    known = read_rows(tmp_path, GOOD, ranged)

    assert known["INT-99"].number == 2
    assert known["INT-99"].ends == (2, 2)
    assert known["INT-98"].ends == (2, 3)
    with pytest.raises(DataError, match=r"^Fact INT-98 gives a range, 2–3, and no value\.$"):
        known["INT-98"].number  # noqa: B018


def test_a_sound_row_is_read(tmp_path):
    fact = read_rows(tmp_path, GOOD)["INT-99"]
    assert (fact.value, fact.low, fact.high, fact.amount) == (2.0, None, None, "2\u00a0%")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("INT-99", "INT99", "row 2, column “id”: “INT99”"),
        ("A rate", " ", "column “statement”"),
        ("2,,,2", "two,,,2", "column “value”: “two” must be a finite number"),
        ("2,,,2", "inf,,,2", "column “value”: “inf”"),
        ("2,,,2", ",,,2", "column “value”: “”"),
        ("2,,,2", "2,1,,2", "column “high”"),
        ("2,,,2", "2,3,4,3–4", "between low 3.0 and high 4.0"),
        ("2,,,2", "2,,,3", "column “as_text”: “3”"),
        ("2,,,2", ",1,3,1 to 2", "column “as_text”"),
        ("philippon2015", "", "column “bibkey”"),
        ("a report", "", "column “seen_in”"),
        ("seen", "sure", "column “status”: “sure” must be one of seen, claim, recalled"),
        (",2020", "", "row 2: 13 cells, not 14"),
    ],
)
def test_a_faulty_row_is_refused_by_row_and_column(tmp_path, old, new, said):
    assert old in GOOD
    with pytest.raises(DataError, match=re.escape(said)):
        read_rows(tmp_path, GOOD.replace(old, new, 1))


def test_an_id_stands_once(tmp_path):
    with pytest.raises(DataError, match="row 3, column “id”: “INT-99”"):
        read_rows(tmp_path, GOOD, GOOD)


def test_a_missing_file_and_a_renamed_column_are_named(tmp_path):
    with pytest.raises(DataError, match=r"facts\.csv is missing"):
        facts.load(tmp_path)
    shutil.copy(DATA / facts.FILE, tmp_path)
    path = tmp_path / facts.FILE
    path.write_text(path.read_text("utf-8").replace("as_text", "text", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"must have the columns .* but has .* text,"):
        facts.load(tmp_path)


def test_a_fact_prints_amount_place_period_and_citation(build: Build, tmp_path):
    done = build("It costs {fact}`INT-01`. Or {fact:value}`INT-01`.")
    assert done.returncode == 0, done.stderr
    page = words(tmp_path / "out" / "index.html")
    assert (
        "It costs 1.5–2 % of intermediated assets a year (United States, over 130 years to about "
        "2012; Philippon 2015). Or 1.5–2 %." in page
    )
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert 'href="#about-int-01"' in html
    assert html.count('id="about-int-01"') == html.count('id="about-philippon2015"') == 1
    note = html.partition('id="about-int-01"')[2]
    assert "Philippon (2015): Has the US Finance Industry" in note
    assert 'href="facts.html#fact-int-01"' in html
    assert re.search(r'href="references\.html#[^"]+"', html)


def test_the_page_of_facts_lists_what_is_used_and_links_back(build: Build, tmp_path):
    assert build("{fact}`INT-45` and {fact:value}`INT-13`").returncode == 0
    html = (tmp_path / "out" / "facts.html").read_text("utf-8")
    assert html.count('id="fact-int-45"') == html.count('id="fact-int-13"') == 1
    assert 'href="index.html#uses-int-45"' in html
    assert "fact-int-01" not in html
    page = words(tmp_path / "out" / "facts.html")
    assert "A chapter" in page
    assert "Jiemian News, 26 August 2020" in page
    assert "0.62 and 0.43 from the two lenders" in page
    assert 'id="uses-int-45"' in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_claim_is_worded_as_somebodys(build: Build, tmp_path):
    assert build("Bad are {fact}`INC-05a`; a loan costs {fact:value}`INT-46a`.").returncode == 0
    page = words(tmp_path / "out" / "index.html")
    assert "around 1 % of loans (China, 2019; reported by MYbank 2020)" in page
    assert "a loan costs 2.3 yuan (reported by Qianjiang Evening News 2018)." in page


def test_a_sentence_names_who_claims_once(build: Build, tmp_path):
    text = "One {fact:value}`INT-46a`; one {fact:value}`INT-46b` before. But {fact:value}`INT-46a`,"
    text += " {fact}`INC-12a`, {fact}`INC-12b`, {fact:value}`INT-46a`; {cite:t}`shine2020`:"
    assert build(f"{text} {{fact:value}}`INC-12a`.").returncode == 0
    page = words(tmp_path / "out" / "index.html")
    by = " (reported by Qianjiang Evening News 2018)"
    assert f"One 2.3 yuan{by}; one 2,000 yuan before. But 2.3 yuan{by}, " in page
    assert page.count("reported by Shanghai Daily 2020)") == 1
    assert f"(China, from May to June 2020), 2.3 yuan{by}; Shanghai Daily (2020): around" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [("INT-00", "there is no fact 'INT-00'"), ("INT-99", "'INT-99' is only recalled")],
)
def test_what_may_not_be_printed_fails_the_build(build: Build, tmp_path, name, said):
    (tmp_path / "data").mkdir()
    known = (DATA / facts.FILE).read_text("utf-8")
    recalled = GOOD.replace("a report,seen", ",recalled")
    (tmp_path / "data" / facts.FILE).write_text(f"{known}{recalled}\n", encoding="utf-8")
    done = build(f"It is {{fact}}`{name}`.")
    assert done.returncode != 0
    assert said in done.stderr
    assert "index" in done.stderr
