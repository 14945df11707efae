"""Keys name one work, sources are not older than what they say, drafts say what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sources
from pybtex.database import BibliographyDataError, parse_file, parse_string
from test_facts import Build, words

from netfin import facts
from netfin.data import DATA

BIBLIOGRAPHY = parse_file(str(DATA / "references.bib")).entries
CHECKS = {check.__name__: check for check in sources.CHECKS}

SOUND = """
@misc{news2018, author = {{News of the World}}, title = {Lenders lend}, year = {2018}}
@misc{news2018panic, author = {{News of the World}}, title = {Panic spreads}, year = {2018}}
@article{goessel2019, author = {von G{\\"o}{\\ss}el, Ann}, title = {A Model}, year = {2019}}
@techreport{poor2017, author = {Poor, Jo}, title = {A Test}, year = {2017},
  institution = {A Bank}, type = {Working Paper}, published = {Journal 3(1), 2019, 1--20}}
@techreport{bis2006, author = {{Bank for International Settlements}}, title = {Rules},
  institution = {Bank for International Settlements}, year = {2006}}
@misc{ant2020, author = {{Ant Group}}, title = {Prospectus}, year = {2020}}
@misc{jd2020, author = {{JD Digits}}, title = {Prospectus}, year = {2020}}
@misc{mollick2015, author = {Mollick, Ethan}, title = {Report}, year = {2015}}
"""
FACTS = {  # id: key, period, seen in
    "AAA-01": ("news2018", "2017", "News in the Times, 14 March 2018"),
    "AAA-02": ("news2018", "March 2018", "News in the Times, 14 March 2018"),
    "AAA-03": ("news2018panic", "1–20 July 2018", "the article, 19 July 2018"),
    "AAA-04": ("bis2006", "from 2008", "the report"),
    "AAA-09": ("bis2006", "before 2007", "the report"),
    "AAA-05": ("ant2020", "June 2020", "Times, 1 August 2020"),
    "AAA-06": ("ant2020", "October 2020", "an analysis at example.org"),
    "AAA-07": ("mollick2015", "2009–2015", "kickstarter.com"),
    "AAA-08": ("mollick2015", "2015", "SlashGear, December 2015"),
    "AAA-10": ("jd2020", "2017", "a report at example.org"),
    "AAA-11": ("jd2020", "2018", "a report at example.com"),
}


def found(check: str, bib: str, rows: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """Return what a check says of a bibliography and a few facts."""
    (some, *_) = facts.load().values()
    cited = {
        name: replace(some, id=name, bibkey=key, period=period, seen_in=seen, note="", statement="")
        for name, (key, period, seen) in rows.items()
    }
    return CHECKS[check](parse_string(bib.replace("\\\\", "\\"), "bibtex").entries, cited)


@pytest.mark.parametrize("check", CHECKS)
def test_the_bibliography_and_the_facts_agree(check: str) -> None:
    faults = list(CHECKS[check](BIBLIOGRAPHY, facts.load()))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_sound_is_let_pass(check: str) -> None:
    assert list(found(check, SOUND, FACTS)) == []


@pytest.mark.parametrize(("check", "old", "new", "said"), [
    ("keys_agree", "{news2018,", "{news2017,", "news2017: is of 2018, says the entry"),
    ("keys_agree", "{news2018,", "{times2018,", "times2018: is by News of the World, says"),
    ("keys_agree", "{news2018panic,", "{news2018calm,", "title nor a fact says “calm”"),
    ("keys_agree", "{goessel2019,", "{goossel2019,", "goossel2019: is by von Gößel, Ann, says"),
    ("keys_agree", "{news2018,", "{news-2018,", "news-2018: make the key of author and year"),
    ("drafts_say_where_published", ", published = {Journal 3(1), 2019, 1--20}", "",
     "poor2017: is a working paper; give published"),
    ("drafts_say_where_published", "2019, 1--20", "2016, 1--20", "poor2017: is a working paper"),
    ("drafts_say_where_published", "Journal 3(1), 2019, 1--20", "none found", "poor2017: is a"),
    ("drafts_say_where_published", "Journal 3(1), 2019, 1--20", "none found as of 2026-11", None),
    ("drafts_say_where_published",
     "type = {Working Paper}, published = {Journal 3(1), 2019, 1--20}",
     "number = {5}", "poor2017: is a working paper"),  # people wrote it, and it is no journal
    ("drafts_say_where_published", "title = {Rules}", "title = {Rules}, note = {Draft}",
     "bis2006: is a working paper"),
    ("drafts_say_where_published", "title = {Lenders lend}",
     "title = {Lenders lend}, url = {https://papers.ssrn.com/1}", "news2018: is a working paper"),
    ("drafts_say_where_published", "title = {Rules}",
     "title = {Rules}, published = {Journal, 2007}",
     "bis2006: is no working paper"),
])  # fmt: skip
def test_a_faulty_entry_is_named(check: str, old: str, new: str, said: str | None) -> None:
    assert old in SOUND
    faults = list(found(check, SOUND.replace(old, new, 1), {}))
    assert faults == [] if said is None else said in faults[0]


@pytest.mark.parametrize(("check", "name", "row", "said"), [
    ("keys_name_one_work", "AAA-02", ("news2018", "2017", "the article"),
     "news2018: AAA-01 was seen in “News in the Times, 14 March 2018”, AAA-02 in “the article”"),
    ("keys_name_one_work", "AAA-02", ("news2018", "2017", "Post, March 2018"), "news2018: AAA-01"),
    ("keys_name_one_work", "AAA-08", ("mollick2015", "2015", "kickstarter.com"),
     "mollick2015: its facts were seen in one place"),
    ("sources_follow", "AAA-02", ("news2018", "July 2018", "the article"),
     "AAA-02: is about July 2018, but news2018 was written by 2018-03-14"),
    ("sources_follow", "AAA-03", ("news2018panic", "21 July 2018", "the article, 19 July 2018"),
     "AAA-03: is about 21 July 2018"),
    ("sources_follow", "AAA-04", ("bis2006", "2005 to 2008", "the report"), "by 2006-12-31"),
    ("sources_follow", "AAA-05", ("ant2020", "June 2020", "Times, 1 May 2020"), "by 2020-05-01"),
])  # fmt: skip
def test_a_faulty_fact_is_named(
    check: str, name: str, row: tuple[str, str, str], said: str
) -> None:
    (fault,) = found(check, SOUND, FACTS | {name: row})
    assert said in fault


def test_a_forecast_may_be_about_later() -> None:
    (some, *_) = facts.load().values()
    ahead = replace(some, bibkey="bis2006", period="2030", seen_in="the report")
    entries = parse_string(SOUND, "bibtex").entries
    assert list(sources.sources_follow(entries, {"AAA-01": ahead}))
    told = replace(ahead, note="A forecast of the bank.")
    assert list(sources.sources_follow(entries, {"AAA-01": told})) == []


def test_a_key_stands_once() -> None:
    with pytest.raises(BibliographyDataError, match="repeated bibliography entry: bis2006"):
        parse_string(SOUND + "@misc{bis2006, title = {Other}}", "bibtex")


def test_the_references_say_where_a_draft_was_published(build: Build, tmp_path: Path) -> None:
    drafts = {key: entry.fields["published"] for key, entry in BIBLIOGRAPHY.items()
              if "published" in entry.fields}  # fmt: skip
    where = [sources.shown(told) for told in drafts.values() if not told.startswith("none found")]
    assert where
    assert build("").returncode == 0
    page = words(tmp_path / "out" / "references.html")
    assert [told for told in where if f"Published in {told}." not in page] == []
    assert "none found" not in page
