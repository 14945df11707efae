"""A session's slides follow the guide's plan, and ask before they answer; its links lead there."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag
from chapter import standing

import lesson
import material
import session
import slides
from guide import Guide, rows
from handouts import Place
from places import OUTPUT
from small_book import ROOT

SITE = "https://example.org/shops/"


PLANS = [(slug, whom) for slug in standing() for whom in session.sessions(Guide.read(ROOT, slug))]


@pytest.fixture(scope="module", params=PLANS, ids=" ".join)
def plan(request: pytest.FixtureRequest) -> tuple[str, str]:
    found: tuple[str, str] = request.param
    return found


@cache
def read(slug: str) -> material.Chapter:
    """Read a chapter of the built book, once for all of its plans."""
    return material.chapter(OUTPUT / "html", slug, "A chapter")


@pytest.fixture(scope="module")
def chapter(plan: tuple[str, str]) -> material.Chapter:
    return read(plan[0])


@pytest.fixture(scope="module")
def guide(plan: tuple[str, str]) -> Guide:
    return Guide.read(ROOT, plan[0])


@pytest.fixture(scope="module")
def whom(plan: tuple[str, str]) -> str:
    return plan[1]


@cache
def deck(slug: str, whom: str) -> str:
    """Make a session's slides, once for all that is asked of them."""
    return session.deck(read(slug), Guide.read(ROOT, slug), "A book", Place(""), whom)


def shown(chapter: material.Chapter, whom: str) -> list[tuple[Tag, str]]:
    """Return a session's slides, each with its notes."""
    found = BeautifulSoup(deck(chapter.slug, whom), "html.parser").select(".slides > section")
    return [(each, material.words(each.aside.extract() if each.aside else None)) for each in found]


def test_its_slides_have_the_plan_s_minutes_and_order(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    told = [notes for _, notes in shown(chapter, whom)]
    minutes = [found[1] for each in told if (found := re.match(r"Minutes (\d+–\d+)\.", each))]
    usual = [row[0] for row in rows(guide.section(session.PLAN))]
    others = [row[0] for row in rows(guide.section(f"{session.PLAN} {whom}"))] if whom else []
    made = list(dict.fromkeys(minutes))
    assert made == [each.minutes for each in session.steps(guide, whom)]
    assert made == usual if not whom else {*others} <= {*made} < {*usual, *others}


def test_its_vote_is_asked_without_its_answer_checked_and_then_answered(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    made = shown(chapter, whom)
    (right,) = [row for row in rows(guide.section(session.VOTE)) if row[2].startswith("Right")]
    choice = session.plain(right[1])
    (at,) = [number for number, (each, _) in enumerate(made)
             if "guess" in each["class"] and choice in material.words(each)]  # fmt: skip
    (step,) = [each for each in session.steps(guide, whom) if "vote below" in each.you]
    end = at + 1 + len(step.opened)
    assert step.opened
    assert all({"live", "still"} & {*each["class"]} for each, _ in made[at + 1 : end])
    asked, answered = (material.words(made[number][0]) for number in (at, end))
    assert answered.startswith(f"{right[0]}. {choice}")
    reason = session.plain(re.sub(r"^Right[.,:]?\s*", "", right[2]))
    assert reason in answered
    assert "Right" not in asked
    assert not reason or all(reason not in material.words(each) for each, _ in made[:end])


def test_a_vote_s_figure_opens_where_the_guide_leads_and_its_notes_say_where(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    (step,) = [each for each in session.steps(guide, whom) if "vote below" in each.you]
    told = Guide("", guide.section(session.VOTE)).links()
    for explorer in (each for each in chapter.explorers if each.name in step.opened):
        states = [each.state for each in told if each.anchor == explorer.name]
        state = explorer.state(dict(states[0])) if states else explorer.start
        there = f"#{explorer.anchor(state)}"
        said = " ".join(f"It opens at {explorer.settings(state)}.".split())
        notes = [each for one, each in shown(chapter, whom) for frame in one.select("iframe")
                 if str(frame["data-src"]).endswith(there)]  # fmt: skip
        assert any(said in each for each in notes)


def test_the_figure_of_a_vote_asks_no_question_of_its_own(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    (vote,) = [each for each in session.steps(guide, whom) if "vote below" in each.you]
    for each, notes in shown(chapter, whom):
        for frame in each.select("iframe"):
            voted = notes.startswith(f"Minutes {vote.minutes}.")
            assert ("&voted#" in str(frame["data-src"])) == voted


def test_a_figure_that_two_rows_open_is_live_once_after_its_question(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    plan = session.steps(guide, whom)
    known = {each.name: each for each in chapter.explorers}
    made = shown(chapter, whom)
    for row, then in itertools.pairwise(plan):
        twice = [] if any("vote below" in each.you for each in (row, then)) else row.opened
        for explorer in (known[name] for name in twice if name in then.opened):
            own = [each for each, notes in made if notes.startswith(f"Minutes {row.minutes}.")]
            later = [each for each, notes in made if notes.startswith(f"Minutes {then.minutes}.")]
            assert explorer.asks
            assert not any(each.select("iframe") for each in own)
            assert {"guess", "still"} & {*own[-1]["class"]}
            assert "guess" in later[-1]["class"] or later[-1].select_one("iframe")


def test_each_explorer_of_the_plan_is_live_and_named_in_the_links(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    opened = [name for step in session.steps(guide, whom) for name in step.opened]
    assert len(set(opened)) >= (1 if whom else 2)
    frames = [frame for each, _ in shown(chapter, whom) for frame in each.select("iframe")]
    known = {each.name: each for each in chapter.explorers}
    moving = {name for name in opened if known[name].controls}
    live = [re.split(r"[#?]", str(each["data-src"]).partition("#")[2])[0] for each in frames]
    assert {*live} == moving
    page = BeautifulSoup(session.links(chapter, guide, "A book", Place(SITE), whom), "html.parser")
    told = [f"{SITE}book/{chapter.slug}.html#{name}" for name in dict.fromkeys(opened)]
    assert [each["href"] for each in page.select("a")] == told
    assert len(page.select("svg")) == len(told)
    apart = session.links(chapter, guide, "A book", Place(""), whom)
    assert f"book/{chapter.slug}.html#{opened[0]}" in apart
    assert "<a " not in apart
    assert material.words(BeautifulSoup(apart, "html.parser").p) == session.NO_ADDRESS
    assert "html: baseurl" not in str(page)


def test_verdicts_are_asked_of_claims_in_words(chapter: material.Chapter, whom: str) -> None:
    for each, notes in shown(chapter, whom):
        text = material.words(each)
        assert not re.search(r"C\d-\d\d", text + notes)
        assert "](" not in text
        assert (slides.VOTE in text) == bool(re.search("(First|Second|second) verdict", text))


def test_a_row_is_headed_by_what_is_asked_or_done_and_has_what_it_takes(
    chapter: material.Chapter, guide: Guide, whom: str
) -> None:
    made = [each for each in shown(chapter, whom) if "step" in each[0]["class"]]
    plan = [each for each in session.steps(guide, whom) if "vote below" not in each.you]
    known = {each.name: each for each in chapter.explorers}
    for (each, _), row in zip(made, plan, strict=True):
        text, heads = material.words(each), [material.words(head) for head in each.select("h2")]
        assert all(heads)
        assert chapter.title not in heads
        they = session.task(row.they)
        assert session.on_the_board(row.you) in str(each).replace('"', "'")
        if "challenge" in they.lower():
            assert any(known[name].task in text for name in row.opened)
        if named := re.search(r"[Ee]xercise (\d+)", they):
            assert f"{named[1]}. " in text.replace(they, "")


@pytest.mark.parametrize(("you", "heads"), [
    ("A store. “Take it?” Or not?", ["“Take it?”"]),
    ("One question only: where did the other 75 go?", ["Where did the other 75 go?"]),
    ("Draw a ring.", []),
])  # fmt: skip
def test_what_is_asked_aloud_is_quoted_or_a_question(you: str, heads: list[str]) -> None:
    assert session.asked_aloud(you) == heads


@pytest.mark.parametrize(("they", "asked"), [
    ("**Predict**: the guess beside [the figure](merchants.html#a?b=0).",
     "<strong>Predict</strong>."),
    ("Compute the share at which it turns (14 of 79).", "Compute the share at which it turns."),
    ("Fill in for 30, 50, 70 %. Find that no row has both.", "Fill in for 30, 50, 70 %."),
    ("List; find that the useful number is on no page.", "List."),
    ("Find that points alone cannot say.", ""),
])  # fmt: skip
def test_what_students_will_find_is_no_task(they: str, asked: str) -> None:
    assert session.task(they) == asked


PLAN = """# A guide
## Fifty minutes

| minutes | what you do | what they do |
| :--- | :--- | :--- |
| 0–4 | Begin. | Listen. |
| 4–50 | Go on. | Drag. |

*On the page, by the minute:* {line}.
"""


def test_what_is_opened_belongs_to_the_row_that_begins_then() -> None:
    line = "0 [one](x.html#one), [two](x.html#two); 4 [one](x.html#one)"
    opened = [each.opened for each in session.steps(Guide("x", PLAN.format(line=line)))]
    assert opened == [["one", "two"], ["one"]]


OTHERS = """
## Fifty minutes for others

| minutes | what you do | what they do |
| :--- | :--- | :--- |
| {} | Other. | Look. |

*On the page, by the minute:* 4 [two](x.html#two).

## A vote
"""


def test_the_rows_of_a_class_take_the_place_of_those_of_their_minutes() -> None:
    text = PLAN.format(line="4 [one](x.html#one)") + OTHERS.format("4–50")
    guide = Guide("x", text)
    assert session.sessions(guide) == ["", "for others"]
    told = [(each.minutes, each.you, [*each.opened]) for each in session.steps(guide, "for others")]
    assert told == [("0–4", "Begin.", []), ("4–50", "Other.", ["two"])]
    assert [each.you for each in session.steps(guide)] == ["Begin.", "Go on."]


@pytest.mark.parametrize("minutes", ["4–40", "4–60"])
def test_rows_of_a_class_that_leave_a_gap_are_refused(minutes: str) -> None:
    text = PLAN.format(line="4 [one](x.html#one)") + OTHERS.format(minutes)
    told = f"x: the rows for others take the minutes {minutes}; they must begin and end where rows"
    with pytest.raises(ValueError, match=told):
        session.steps(Guide("x", text), "for others")


def test_a_plan_without_rows_is_refused() -> None:
    text = PLAN.format(line="4 [one](x.html#one)") + "\n## Fifty minutes for others\n\nDo it.\n"
    with pytest.raises(ValueError, match="x: the plan for others has no rows; it must have some"):
        session.steps(Guide("x", text), "for others")


@pytest.mark.parametrize(("you", "board"), [
    ("On the board: 3,000 yuan, 0.3 % a month. Draw it. “How much?”", "3,000 yuan, 0.3 % a month."),
    ("Say it. On the board: two costs.", "Two costs."),
    ("Two kinds on the board.", ""),
])  # fmt: skip
def test_what_is_written_on_the_board_stands_on_the_slide(you: str, board: str) -> None:
    assert material.words(BeautifulSoup(session.on_the_board(you), "html.parser")) == board


def test_a_minute_at_which_nothing_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="x: no row of the plan begins at minute 5"):
        session.steps(Guide("x", PLAN.format(line="5 [one](x.html#one)")))


def test_an_explorer_that_is_not_there_is_refused(chapter: material.Chapter, guide: Guide) -> None:
    text = re.sub(r"(by the minute:\* \d+ \[[^]]*\]\([a-z0-9-]+\.html#)", r"\1no-", guide.text)
    with pytest.raises(ValueError, match="no explorer no-"):
        session.deck(chapter, Guide(guide.slug, text), "A book", Place(""))


def test_decks_and_links_lie_beside_each_other(chapter: material.Chapter) -> None:
    names = [*lesson.decks(chapter, "A book", Place(""))]
    slug = chapter.slug
    assert names[:3] == [f"{slug}.html", f"{slug}-session.html", f"{slug}-links.html"]
    others = {"payments": ["for-finance"], "platforms": ["for-computer-science"],
              "scoring": ["for-computer-science"],
              "risk-transfer": ["without-a-lesson-on-the-spread"]}.get(slug, [])  # fmt: skip
    assert names[3:] == [f"{slug}-{one}-{each}.html" for each in others
                         for one in ("session", "links")]  # fmt: skip
