"""What a chapter remembers by itself: explorers as they were left, the place read, the totals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from marionette_driver.by import By
from marionette_driver.keys import Keys
from marionette_driver.marionette import Marionette
from playwright.sync_api import Locator, Page, expect

from built import Built, Positions, explorers
from reader import EXPLORING, NO_STORAGE, PAGES, Reader, Server, serving, until
from visits import expect_state, move, reach

MakeReader = Callable[..., Reader]
CHAPTER = next(page for page in EXPLORING if page != PAGES[0])  # whose first is no chapter
SLUG = Path(CHAPTER).stem
READ = "BookMemory.read()"
HEIGHT = "document.querySelector('article').getBoundingClientRect().height"
WRITE = """([name, entry]) =>
  BookMemory.write(({ explorers }) => { explorers[name] = entry; })"""
LINE, REPLY = ".mx-fold:not(.mx-space) .mx-line", ".mx-fold > .mx-reply[role=status]"


@pytest.fixture
def built(site: Path) -> Built:
    """Return an explorer with a guess, a challenge and a slider."""
    return next(each for each in explorers(site, CHAPTER) if each.met and each.right is not None)


def find(page: Page, built: Built) -> Locator:
    return page.locator(f'model-explorer[id="{built.name}"]')


def kept(page: Page, built: Built) -> Any:
    return page.evaluate(f"name => {READ}.explorers[name]", built.name)


def wait_for(page: Page, built: Built, what: str) -> None:
    """Wait until what is kept of an explorer is so."""
    until(page, f"name => {{ const kept = {READ}.explorers[name]; return {what}; }}",
                           built.name)  # fmt: skip


def positions(built: Built, found: bool) -> Positions:
    """Return a state that is neither the first nor the one asked for."""
    return next(
        state
        for state in built.all_positions()
        if (built.index(state) in built.met) is found and state not in (built.default, built.asked)
    )


def tokens(built: Built, state: Positions) -> dict[str, str]:
    return {axis["name"]: axis["tokens"][at] for axis, at in zip(built.axes, state, strict=True)}


def write(page: Page, built: Built, entry: dict[str, Any]) -> None:
    page.evaluate(WRITE, [built.name, entry])


def test_an_explorer_comes_back_as_it_was_left(read: MakeReader, built: Built) -> None:
    reader = read()
    page = reader.open(CHAPTER)
    explorer = find(page, built)
    option = explorer.locator(".mx-option").nth(0 if built.right else 1)
    option.click()
    state = positions(built, found=True)
    reach(explorer, built, state)
    expect(explorer.locator(".mx-found")).to_contain_text("✓ Found.")
    wait_for(page, built, "kept?.found")
    question = str(explorer.locator(".mx-question").text_content())
    entry = kept(page, built)
    assert entry["asked"] == question.removeprefix("Guess first.").strip()
    assert entry["guess"] == option.text_content()
    assert entry["right"] == explorer.locator(".mx-option").nth(built.right or 0).text_content()
    assert (entry["step"], entry["page"]) == ("noted", SLUG)
    assert entry["challenge"] == explorer.locator(".mx-task").text_content()
    assert entry["state"] == tokens(built, state)

    again = find(reader.open(CHAPTER), built)  # another tab, another day
    expect_state(again, built, state)
    expect(again.locator(LINE)).to_contain_text(entry["guess"])
    expect(again.locator(REPLY)).to_contain_text("Noted. Now set ")
    expect(again.locator(".mx-found")).to_contain_text("✓ Found.")
    again.locator("button.mx-set").click()
    expect(again.locator(REPLY)).to_contain_text("✗ ")
    again.locator(".mx-reset:visible").click()
    expect(again.locator(".mx-found")).to_have_text("✓ Found before.")
    assert reader.problems == []


def test_who_has_skipped_has_no_guess_and_reset_leaves_no_state(
    read: MakeReader, built: Built
) -> None:
    page = read().open(CHAPTER)
    explorer = find(page, built)
    explorer.locator(".mx-option").first.click()
    reach(explorer, built, positions(built, found=False))
    wait_for(page, built, "kept?.state && kept.guess")
    explorer.locator("button.mx-again").dispatch_event("click")
    explorer.locator(".mx-skip").click()
    explorer.locator(".mx-reset:visible").click()
    wait_for(page, built, "!kept?.state && kept?.step === 'told' && !kept.guess")
    page.reload()
    expect_state(find(page, built), built, built.default)
    expect(find(page, built).locator(LINE)).to_contain_text("No guess.")


def test_an_explorer_only_looked_at_leaves_nothing(read: MakeReader, built: Built) -> None:
    page = read().open(CHAPTER)
    reach(find(page, built), built, positions(built, found=False))
    wait_for(page, built, "kept?.state")
    find(page, built).locator(".mx-reset:visible").click()
    wait_for(page, built, "!kept")


def test_what_is_met_before_it_is_set_is_not_found(read: MakeReader, built: Built) -> None:
    page = read().open(CHAPTER)
    reach(find(page, built), built, positions(built, found=True))
    wait_for(page, built, "kept?.state")
    assert "found" not in kept(page, built)


def test_a_link_to_a_state_is_seen_and_not_kept(read: MakeReader, built: Built) -> None:
    reader = read()
    page = reader.open(CHAPTER)
    mine, linked = positions(built, found=False), positions(built, found=True)
    write(page, built, {"page": SLUG, "state": tokens(built, mine)})
    for state in (linked, built.default):
        followed = reader.open(f"{CHAPTER}{built.link(state)}")
        expect_state(find(followed, built), built, state)
        assert kept(followed, built)["state"] == tokens(built, mine)
    move(find(followed, built), 0, linked[0])
    wait_for(followed, built, f"kept.state['{built.axes[0]['name']}'] !== undefined")


def test_coming_back_shows_it_as_it_was(read: MakeReader, built: Built) -> None:
    page = read().open(CHAPTER)
    state = positions(built, found=False)
    reach(find(page, built), built, state)
    page.locator(".prev-next a").last.click()  # at once: what is kept is kept as the page is left
    page.wait_for_url(lambda url: CHAPTER not in url)
    assert kept(page, built)["state"] == tokens(built, state)
    page.go_back()
    expect_state(find(page, built), built, state)


CHANGED: dict[str, Callable[[Built], dict[str, Any]]] = {
    "a value": lambda built: {"state": {built.axes[0]["name"]: "never"}},
    "a control": lambda _: {"state": {"never": "1"}},
    "an option": lambda _: {"asked": "@", "guess": "never", "step": "noted"},
    "a question": lambda _: {"asked": "never", "guess": "@", "step": "noted"},
    "a step": lambda _: {"asked": "@", "guess": "@"},
    "no guess": lambda _: {"asked": "@", "step": "noted"},
    "a challenge": lambda _: {"challenge": "never", "found": True},
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_is_no_longer_there_is_passed_over_and_not_lost(
    read: MakeReader, built: Built, what: str
) -> None:
    """`@` stands for what the page says itself."""
    reader = read()
    page = reader.open(CHAPTER)
    explorer = find(page, built)
    said = {"asked": explorer.evaluate("explorer => explorer.guess.asked"),
            "guess": explorer.locator(".mx-option").first.text_content()}  # fmt: skip
    entry = {key: said[key] if value == "@" else value
             for key, value in CHANGED[what](built).items()}  # fmt: skip
    write(page, built, entry)
    page.reload()
    expect_state(explorer, built, built.default)
    expect(explorer.locator(".mx-guess")).to_have_attribute("data-step", "ask")
    expect(explorer.locator(".mx-message")).to_be_empty()
    expect(page.locator(".mx-banner")).to_have_count(0)
    assert kept(page, built) == entry
    move(explorer, 0, positions(built, found=False)[0])
    move(explorer, 0, built.default[0])
    entry.pop("state", None)  # the reader has set another since
    wait_for(page, built, "kept?.page && !kept.state" if entry else "!kept")
    assert not entry or kept(page, built) == {**entry, "page": SLUG}
    assert reader.problems == []


def test_coming_back_is_quiet(read: MakeReader, built: Built) -> None:
    """Nothing scrolls, shifts, is announced or written into the address."""
    reader = read()
    page = reader.open(CHAPTER)
    height = page.evaluate(HEIGHT)
    find(page, built).locator(".mx-option").first.click()
    reach(find(page, built), built, positions(built, found=False))
    wait_for(page, built, "kept?.state && kept.guess")
    reader.context.clock.install()
    again = reader.open(CHAPTER)
    expect_state(find(again, built), built, positions(built, found=False))
    reader.context.clock.run_for(5000)  # the sentence would be announced, the state be written
    expect(find(again, built).locator(".mx-live")).to_be_empty()
    assert again.url.endswith(CHAPTER)
    assert again.evaluate("scrollY") == 0
    assert again.evaluate("document.activeElement === document.body")
    assert again.evaluate("history.length") <= 2
    assert again.evaluate(HEIGHT) == pytest.approx(height, abs=1)


def test_paper_shows_the_start(read: MakeReader, built: Built) -> None:
    page = read().open(CHAPTER)
    reach(find(page, built), built, positions(built, found=False))
    wait_for(page, built, "kept?.state")
    page.reload()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sentence = find(page, built).locator(".mx-sentence")
    expect(sentence).to_have_text(built.sentences[built.index(built.default)])
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect_state(find(page, built), built, positions(built, found=False))


def test_an_explorer_alone_neither_keeps_nor_restores(read: MakeReader, built: Built) -> None:
    reader = read()
    page = reader.open(CHAPTER)
    entry = {"page": SLUG, "state": tokens(built, positions(built, found=False))}
    write(page, built, entry)
    alone = reader.open(f"{CHAPTER}?embed={built.name}")
    expect_state(find(alone, built), built, built.default)
    reach(find(alone, built), built, positions(built, found=True))
    alone.close()
    assert kept(page, built) == entry


def test_explorers_work_where_storage_is_blocked(read: MakeReader, built: Built) -> None:
    reader = read()
    reader.context.add_init_script(NO_STORAGE)
    page = reader.open(CHAPTER)
    reach(find(page, built), built, positions(built, found=False))
    wait_for(page, built, "kept?.state")
    page.goto("about:blank")  # by now the state may stand in the address
    reader.go(page, CHAPTER)
    expect_state(find(page, built), built, built.default)
    assert reader.problems == []


def test_the_place_read_and_the_totals_are_kept(read: MakeReader) -> None:
    reader = read()
    page = reader.open(CHAPTER)
    until(page, f"{READ}.last")
    seen = page.evaluate(f"{READ}.pages")
    count = page.locator
    assert seen == {
        SLUG: {
            "title": page.title().split(" — ")[0],
            "read": page.evaluate("new Date().toLocaleDateString('sv')"),
            "questions": count("form.quiz").count(),
            "guesses": count(".mx-guess").count(),
            "challenges": count(".mx-challenge").count(),
        }
    }
    assert date.fromisoformat(seen[SLUG]["read"])
    third = page.locator("article section[id] > h2").nth(2)
    third.evaluate("heading => heading.scrollIntoView()")
    until(page, f"{READ}.pages['{SLUG}'].place")
    place = page.evaluate(f"{READ}.pages['{SLUG}']")
    assert place["place"] == third.evaluate("heading => heading.parentElement.id")
    assert place["heading"] == str(third.text_content()).removesuffix("#").strip()


def rested(reader: Reader, seconds: float) -> None:
    """Let time pass for the reader, who does nothing."""
    reader.context.clock.run_for(round(1000 * seconds))


def scroll_to(page: Page, heading: int) -> str:
    """Bring a heading into view as a reader's scrolling does; return its section's name."""
    found = page.locator("article section[id] > h2").nth(heading)
    found.evaluate("heading => heading.scrollIntoView()")
    page.evaluate("dispatchEvent(new Event('scroll'))")  # which comes with a frame of the screen
    return str(found.evaluate("heading => heading.parentElement.id"))


def test_a_look_by_a_link_is_no_place(read: MakeReader) -> None:
    """One who follows a link to one section has not begun the chapter."""
    reader = read()
    reader.context.clock.install()
    page = reader.open(CHAPTER)
    third = page.locator("article section[id] > h2").nth(2)
    name = third.evaluate("heading => heading.parentElement.id")
    looked = reader.open(f"{CHAPTER}#{name}")
    rested(reader, 60)
    page.close()
    looked.evaluate("BookMemory.erase()")
    looked.reload()
    rested(reader, 60)
    assert looked.evaluate(f"{READ}.last ?? null") is None
    assert looked.evaluate(f"{READ}.pages") == {}
    looked.locator("form.quiz").first.dispatch_event("submit")  # at work here
    rested(reader, 2)
    assert looked.evaluate(f"{READ}.last") == SLUG


def test_the_place_is_where_reading_stayed(read: MakeReader) -> None:
    """Neither a jump elsewhere nor the way back to the top loses it."""
    reader = read()
    reader.context.clock.install()
    page = reader.open(CHAPTER)
    place = f"{READ}.pages['{SLUG}'].place"
    second = scroll_to(page, 1)
    rested(reader, 2)
    assert page.evaluate(place) == second  # the first place of all
    third = scroll_to(page, 3)
    rested(reader, 2)
    assert page.evaluate(place) == second
    rested(reader, 20)
    assert page.evaluate(place) == third
    page.evaluate("scrollTo(0, 0); dispatchEvent(new Event('scroll'))")
    rested(reader, 20)
    assert page.evaluate(place) == third


def test_the_first_guess_is_kept_beside_the_last(read: MakeReader, built: Built) -> None:
    page = read().open(CHAPTER)
    explorer = find(page, built)
    wrong = explorer.locator(".mx-option").nth(0 if built.right else 1)
    first = wrong.text_content()
    wrong.click()
    explorer.locator("button.mx-set").click()
    for reload in (False, True):
        if reload:
            page.reload()
        explorer.locator("button.mx-again").click()
        explorer.locator(".mx-option").nth(built.right or 0).click()
        wait_for(page, built, "kept && kept.guess === kept.right")
        assert kept(page, built)["first"] == first


def test_a_guess_made_in_another_tab_is_shown(read: MakeReader, built: Built) -> None:
    reader = read()
    page, other = reader.open(CHAPTER), reader.open(CHAPTER)
    option = find(page, built).locator(".mx-option").first
    words = str(option.text_content())
    option.click()
    expect(find(other, built).locator(LINE)).to_contain_text(words)


def test_what_is_met_by_chance_is_found_only_by_another_move(
    read: MakeReader, built: Built
) -> None:
    """Who has moved first and guesses then is not told that the challenge was met before."""
    page = read().open(CHAPTER)
    explorer = find(page, built)
    reach(explorer, built, positions(built, found=True))
    explorer.locator(".mx-option").first.click()
    expect(explorer.locator(".mx-found")).not_to_contain_text("✓")
    wait_for(page, built, "kept?.step")
    assert "found" not in kept(page, built)
    reach(explorer, built, positions(built, found=False))
    expect(explorer.locator(".mx-found")).not_to_contain_text("✓")
    reach(explorer, built, positions(built, found=True))
    expect(explorer.locator(".mx-found")).to_contain_text("✓ Found.")


def test_a_page_that_asks_nothing_is_no_place(read: MakeReader) -> None:
    reader = read()
    reader.context.clock.install()
    page = reader.open("book/glossary.html")
    reader.context.clock.run_for(5000)  # it would be kept after a second
    assert page.evaluate(f"{READ}.last ?? null") is None
    assert page.evaluate("localStorage.length") == 0


def test_a_private_window_forgets(read: MakeReader, built: Built) -> None:
    first, second = read(), read()  # two profiles, as private windows are
    page = first.open(CHAPTER)
    reach(find(page, built), built, positions(built, found=False))
    wait_for(page, built, "kept?.state")
    expect_state(find(second.open(CHAPTER), built), built, built.default)


def test_a_frame_of_another_site_fills_no_book(
    read: MakeReader, site: Path, tmp_path: Path, built: Built
) -> None:
    reader = read()
    reader.home = ""  # two hosts
    with serving(site) as book, serving(tmp_path) as host:
        frame = f'<iframe title="x" src="{book.url(CHAPTER)}" width="900" height="900"></iframe>'
        text = f'<!doctype html><html lang="en"><link rel="icon" href="data:,">{frame}</html>'
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        page = reader.open(f"http://localhost:{host.port}/page.html")
        framed = page.frame_locator("iframe").locator(f'model-explorer[id="{built.name}"]')
        reach(framed, built, positions(built, found=False))
        page.close()
        alone = reader.open(book.url("book/glossary.html"))
        assert kept(alone, built) is None


@pytest.mark.parametrize("way", ["http", "file"])
def test_firefox_brings_an_explorer_back_too(
    firefox: Marionette, site: Path, server: Server, built: Built, way: str
) -> None:
    home = server.url("") if way == "http" else f"{site.as_uri()}/"
    selector = f"model-explorer[id='{built.name}']"
    firefox.navigate(f"{home}{CHAPTER}")
    firefox.execute_script("localStorage.clear()")  # which an earlier visit to the file may fill
    firefox.refresh()
    slider = firefox.find_element(By.CSS_SELECTOR, f"{selector} input[type=range]")
    slider.send_keys(Keys.END)
    firefox.refresh()
    slider = firefox.find_element(By.CSS_SELECTOR, f"{selector} input[type=range]")
    assert slider.get_property("value") == str(built.shape[0] - 1)
    sentence = firefox.find_element(By.CSS_SELECTOR, f"{selector} .mx-sentence")
    far = built.index((built.shape[0] - 1, *built.default[1:]))
    assert sentence.get_property("textContent") == built.sentences[far]
