"""Explorers where Chromium is not what shows them: in Firefox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from marionette_driver.by import By
from marionette_driver.errors import NoSuchElementException, StaleElementException
from marionette_driver.keys import Keys
from marionette_driver.marionette import Marionette
from marionette_driver.wait import Wait

from built import Built, explorers
from reader import EXPLORING, PATIENCE, serving

EXPLORER = "model-explorer[id='{}']"
COMING = (NoSuchElementException, StaleElementException)  # while one page replaces another


@pytest.fixture(params=["http", "file"])
def home(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{site.as_uri()}/"
    else:
        with serving(site) as server:
            yield server.url("")


def expect_sentence(driver: Marionette, built: Built, sentence: str) -> None:
    """Wait until a sentence is shown, by a page that may still come and with the next frame."""
    selector = f"{EXPLORER.format(built.name)} .mx-sentence"
    # not .text, in which no space is unbreakable
    Wait(driver, timeout=PATIENCE, ignored_exceptions=COMING).until(
        lambda _: (
            driver.find_element(By.CSS_SELECTOR, selector).get_property("textContent") == sentence
        ),
        message=f"{built.name} does not say {sentence!r}",
    )


@pytest.mark.engine
@pytest.mark.parametrize("address", EXPLORING)
def test_sliders_answer_in_firefox(
    firefox: Marionette, site: Path, home: str, address: str
) -> None:
    firefox.navigate(f"{home}{address}")
    for button in firefox.find_elements(By.CSS_SELECTOR, ".deeper-way button"):
        button.click()
    found = list(explorers(site, address))
    assert found
    for built in found:
        expect_sentence(firefox, built, built.sentences[built.index(built.default)])
        controls = f"{EXPLORER.format(built.name)} .mx-control :is(input, select)"
        stands = [*built.default]
        for k, control in enumerate(firefox.find_elements(By.CSS_SELECTOR, controls)):
            if control.get_property("type") != "range":
                continue
            for key, position in ((Keys.END, built.shape[k] - 1), (Keys.HOME, 0)):
                control.send_keys(key)
                stands[k] = position
                expect_sentence(firefox, built, built.sentences[built.index((*stands,))])


@pytest.mark.parametrize("address", EXPLORING[:1])
def test_an_encoded_link_is_followed_in_firefox(
    firefox: Marionette, site: Path, home: str, address: str
) -> None:
    built = next(built for built in explorers(site, address) if built.axes)
    far = built.corners()[-1]
    firefox.navigate(f"{home}{address}#{quote(built.link(far)[1:], safe='')}")
    expect_sentence(firefox, built, built.sentences[built.index(far)])


def test_a_note_opens_beside_its_number_and_leads_back(firefox: Marionette, home: str) -> None:
    firefox.navigate(f"{home}book/spread.html")
    number = firefox.find_element(By.CSS_SELECTOR, "a.fact")
    number.send_keys(Keys.ENTER)
    note = firefox.find_element(By.CSS_SELECTOR, ".notes > [popover]")
    assert note.is_displayed()
    gap = (
        "return arguments[0].getBoundingClientRect().top - arguments[1].getBoundingClientRect().top"
    )
    assert abs(firefox.execute_script(gap, [note, number])) < 200
    note.find_element(By.CSS_SELECTOR, "button").send_keys(Keys.ESCAPE)
    Wait(firefox, timeout=PATIENCE).until(lambda _: not note.is_displayed())
    back = "return document.activeElement === arguments[0]"
    assert firefox.execute_script(back, [number])
