"""The instructors' guides: what each holds, where its links lead, whether its numbers are true."""

from __future__ import annotations

import importlib
import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup
from chapter import ROOT, drafts, listed, standing
from oracle import book_explorers, numbers, unfounded

import names
import session
from bookkit.readers.claims import load_claims
from explorer import Explorer
from explorer.axes import Value
from guide import Guide, Link, rows
from guides import BOOK, page, said, write_guides

MINUTES = 50
LEAST_CHECKED = 12  # numbers of states in a guide, so that it cannot grow stale unseen
SECTIONS = (
    "The idea in five lines",
    "What students believe",
    "Fifty minutes",
    "A vote",
    "Questions for discussion",
    "Where students get stuck",
    "Rubric of exercise ",
    "An experiment",
)
# Chapters whose guide is still to be written, each with the reason. Empty it.
WITHOUT: dict[str, str] = {}
TIME = re.compile(r"\*Time and seats\.\* (\d+) minutes: ([^.]*)\. \S")
SLUGS = [slug for slug in standing() if (ROOT / "teaching" / slug / "guide.md").is_file()]
NAMES = names.load_names(ROOT / "data" / "names.yml")
EXPLORERS = book_explorers()
CLAIMS = load_claims(ROOT / "data" / "claims.yml")


@pytest.fixture(params=SLUGS)
def guide(request: pytest.FixtureRequest) -> Guide:
    return Guide.read(ROOT, request.param)


def missing(link: Link) -> str:
    """Say what is not there of what a link leads to; empty if all is."""
    page = NAMES.get(f"book/{link.slug}.html")
    if page is None:
        return "no such page"
    if link.anchor and link.anchor not in page.parts:
        return f"no {link.anchor} on the page"
    axes = EXPLORERS[link.anchor].axes if link.state else {}
    if link.state and [key for key, _ in link.state] != list(axes):
        return f"a state must name {', '.join(axes)}, in this order"
    for (key, value), axis in zip(link.state, axes.values(), strict=True):
        if value not in map(axis.token, axis.values):
            return f"{key}={value} is not on the grid"
    return ""


def tells(link: Link) -> bool:
    """Tell whether a link opens the state in which the explorer's guess is answered."""
    explorer = EXPLORERS.get(link.anchor)
    if not explorer or not explorer.guess:
        return False
    there = dict(link.state)
    asked = explorer.guess().at
    return all(explorer.axes[key].token(value) == there.get(key) for key, value in asked.items())


def state_of(explorer: Explorer, link: Link) -> list[Value]:
    """Return where the controls stand in a link, as the reader sees it."""
    pairs = zip(explorer.axes.values(), link.state, strict=True)
    return [next(v for v in axis.values if axis.token(v) == token) for axis, (_, token) in pairs]


@cache
def known(link: Link) -> list[float]:
    """Gather the numbers of what is linked: of a state, else those that the chapter says.

    Each also without its sign: a guide says that somebody loses 2 where the table has −2.
    """
    if link.anchor in EXPLORERS:
        explorer = EXPLORERS[link.anchor]
        shown = explorer.show(state_of(explorer, link) if link.state else explorer.default)
        text = [shown.sentence, *shown.table.astype(str).to_numpy().ravel()]
    else:
        prose = importlib.import_module(f"figures.{link.slug.replace('-', '_')}.prose")
        text = list(map(str, prose.numbers().values()))
    found = [number for each in text for number, _ in numbers(str(each))]
    return [*found, *map(abs, found)]


def test_every_chapter_that_stands_has_a_guide_or_a_reason() -> None:
    assert set(standing()) - set(SLUGS) - set(WITHOUT) == set()
    assert set(WITHOUT) & set(SLUGS) == set(), "take the chapter out of WITHOUT: it has a guide"
    planned = set(listed()) | set(drafts())
    assert set(WITHOUT) <= planned, "WITHOUT names a chapter that the book does not know"
    for slug, reason in WITHOUT.items():
        assert reason.strip(), slug


def test_it_has_its_sections(guide: Guide) -> None:
    found = [name for name in guide.sections if not name.startswith(f"{session.PLAN} ")]
    pairs = zip(SECTIONS, found, strict=True)
    assert [found for begins, found in pairs if not found.startswith(begins)] == []
    assert [name for name, text in guide.sections.items() if not text.strip()] == []
    assert len(guide.section(SECTIONS[0]).strip().splitlines()) == 5


def test_its_links_lead_to_what_is_there(guide: Guide) -> None:
    links = guide.links()
    assert [f"{link}: {told}" for link in links if (told := missing(link))] == []
    moved = {name for name in NAMES[f"book/{guide.slug}.html"].explorers if EXPLORERS[name].axes}
    assert moved - {link.anchor for link in links} == set(), "an explorer is met nowhere"


def test_its_numbers_are_those_of_what_is_linked(guide: Guide) -> None:
    checked = 0
    for link, bold in guide.said():
        if bold and (told := numbers(bold)):
            assert link, f"{bold}: a bold number stands without a link before it"
            assert unfounded(bold, known(link)) == [], f"{link} has not {bold}"
            checked += len(told)
    assert checked >= LEAST_CHECKED


def test_no_link_of_its_plan_answers_what_is_asked_then(guide: Guide) -> None:
    plans = [text for name, text in guide.sections.items() if name.startswith(session.PLAN)]
    plan = Guide(guide.slug, "\n\n".join(plans)).links()
    assert [str(link) for link in plan if tells(link)] == []


def test_no_link_of_the_page_on_teaching_answers_a_guess() -> None:
    text = (ROOT / "book" / "teaching.md").read_text("utf-8").replace("&amp;", "&")
    found = re.findall(r"([a-z-]+)\.html\?embed=[^#\"]*#([a-z-]+)(?:\?([^\")]*))?", text)
    assert len(found) >= 2
    links = [Link(slug, name, tuple(parse_qsl(state))) for slug, name, state in found]
    assert [str(each) for each in links if tells(each)] == []


def test_a_link_that_answers_is_told() -> None:
    fourth = (("year", "4"), ("fickle", "30"), ("loyal_share", "50"))
    assert tells(Link("merchants", "who-comes-back", fourth))
    first = (("year", "1"), *fourth[1:])
    assert not tells(Link("merchants", "who-comes-back", first))


def test_it_says_how_long_its_experiment_takes_and_who_plays(guide: Guide) -> None:
    told = TIME.search(guide.section("An experiment"))
    assert told, "An experiment begins with *Time and seats.* N minutes: what N, what N."
    assert sum(map(int, re.findall(r" (\d+)(?=,|$)", told[2]))) == int(told[1]) <= MINUTES
    assert "debriefing" in told[2]


def test_its_plans_fill_the_hour(guide: Guide) -> None:
    for whom in session.sessions(guide):
        at = 0
        for step in session.steps(guide, whom):
            assert step.begins == at < step.ends, f"minutes {step.minutes} do not follow {at}"
            at = step.ends
        assert at == MINUTES


def test_what_students_compute_stands_on_the_board(guide: Guide) -> None:
    every = [each for whom in session.sessions(guide) for each in session.steps(guide, whom)]
    asked = [each for each in every if each.they.startswith("Compute")]
    assert [each.you for each in asked if not numbers(session.on_the_board(each.you))] == []


def test_it_asks_for_verdicts_in_the_words_of_the_page(guide: Guide) -> None:
    named = re.findall(r"C\d-\d\d", guide.text)
    assert set(named) <= {each.id for each in CLAIMS.of_chapter(guide.slug)}
    assert len(named) >= 1
    written = BeautifulSoup(page(said(guide.text, CLAIMS)), "html.parser").get_text(" ")
    assert re.findall(r"C\d+-\d+", written) == [], "no page of the book shows a claim's number"
    assert [name for name in named if CLAIMS.find(name).claim.rstrip(".") not in written] == []


def test_its_vote_has_one_right_answer(guide: Guide) -> None:
    options = rows(guide.section("A vote"))
    assert [cells[0] for cells in options] == [*"ABCD"[: len(options)]]
    assert len(options) >= 3
    assert sum(cells[2].startswith("Right") for cells in options) == 1


def test_the_exercises_that_it_names_are_there(guide: Guide) -> None:
    exercises = NAMES[f"book/{guide.slug}.html"].exercises
    named = {int(number) for number in re.findall(r"[Ee]xercise (\d+)", guide.text)}
    assert named <= set(exercises)
    heading = next(name for name in guide.sections if name.startswith("Rubric"))
    number, _, title = heading.removeprefix("Rubric of exercise ").partition(", ")
    assert exercises[int(number)] == title


def test_its_rubric_and_its_two_grades_add_up(guide: Guide) -> None:
    *criteria, whole = rows(guide.section("Rubric"))
    assert len(criteria) >= 4
    assert whole[0] == "Together"
    points = [[int(cell) for cell in cells[1:4]] for cells in criteria]
    assert [sum(column) for column in zip(*points, strict=True)] == list(map(int, whole[1:4]))
    assert all(0 <= given <= most for most, *both in points for given in both)
    assert int(whole[1]) > int(whole[2]) > int(whole[3]), "A is good and flawed, B is weak"


@pytest.mark.parametrize(("link", "told"), [
    (Link("no-page"), "no such page"),
    (Link("spread", "no-anchor"), "no no-anchor on the page"),
    (Link("spread", "verdict"), ""),
    (Link("spread", "cheapest-loan", (("take_rate", "5"),)),
     "a state must name take_rate, extra_sales, in this order"),
    (Link("spread", "cheapest-loan", (("take_rate", "5"), ("extra_sales", "0.6"))),
     "extra_sales=0.6 is not on the grid"),
    (Link("spread", "cheapest-loan", (("take_rate", "5"), ("extra_sales", "0.5"))), ""),
])  # fmt: skip
def test_a_link_that_leads_nowhere_is_told(link: Link, told: str) -> None:
    assert missing(link) == told


def test_a_number_belongs_to_the_link_before_it() -> None:
    text = (
        "## A\nSee [x](spread.html#a?b=1): **2 %**, **so**.\n\nThen **3**.\n- [y](p2p.html) **4**"
    )
    first, second = Link("spread", "a", (("b", "1"),)), Link("p2p")
    assert list(Guide("spread", text).said()) == [
        (first, ""), (first, "2 %"), (first, "so"), (None, "3"), (second, ""), (second, "4")
    ]  # fmt: skip


def test_a_number_that_no_longer_holds_is_told() -> None:
    link = Link("spread", "cheapest-loan", (("take_rate", "5"), ("extra_sales", "0.5")))
    assert unfounded("8.4", known(link)) == []
    assert unfounded("8.3", known(link)) == [8.3]


def test_it_is_written_as_a_page_whose_links_open_the_book(tmp_path: Path) -> None:
    write_guides(ROOT, tmp_path)
    written = tmp_path / "teaching" / "guides"
    assert sorted(each.stem for each in written.iterdir()) == sorted(SLUGS)
    for slug in SLUGS:
        found = BeautifulSoup((written / f"{slug}.html").read_text("utf-8"), "html.parser")
        there = [each["href"] for each in found.select("a")]
        assert there == [f"{BOOK}{link}".rstrip("#") for link in Guide.read(ROOT, slug).links()]
        assert (written / BOOK).resolve() == (tmp_path / "html" / "book").resolve()
        assert len(found.select("table")) >= 3


def test_a_copy_with_some_chapters_has_their_guides_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "copy"
    (copied / "data").mkdir(parents=True)
    for name in ("claims.yml", "chapters.yml"):
        shutil.copy(ROOT / "data" / name, copied / "data")
    for slug in ("spread", "risk-transfer"):
        shutil.copytree(ROOT / "teaching" / slug, copied / "teaching" / slug)
    contents = "root: book/index\nchapters:\n  - file: book/{}\n  # - file: book/spread\n"
    for kept, left_out in (("spread", "risk-transfer"), ("risk-transfer", "spread")):
        (copied / "_toc.yml").write_text(contents.format(kept), "utf-8")
        write_guides(copied, tmp_path)
        assert f"no such chapter: {left_out}" in capsys.readouterr().out
        (written,) = (tmp_path / "teaching" / "guides").iterdir()
        assert written.stem == kept
        links = BeautifulSoup(written.read_text("utf-8"), "html.parser").select("a")
        assert links
        assert all(str(each["href"]).startswith(f"{BOOK}{kept}.html") for each in links)
    text = Guide.read(ROOT, "risk-transfer").text
    assert "spread.html" in text
    assert "the bank's bar" in written.read_text("utf-8")


def test_a_guide_s_text_is_no_html() -> None:
    assert "<b>" not in page("# A & B\n\n<b>x</b>")
