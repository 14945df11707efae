"""The chosen theme where a book is read as files, in Firefox: each file has its own storage."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from marionette_driver.by import By
from marionette_driver.marionette import Marionette
from marionette_driver.wait import Wait

from built import explorers
from reader import PATIENCE

PAGE = "return [document.documentElement.dataset.theme, location.href, document.readyState]"


class Book:
    """The book as files; a link is followed as a reader would."""

    def __init__(self, firefox: Marionette, site: Path) -> None:
        self.firefox, self.home = firefox, site.as_uri()
        self.open("book/reading.html")
        firefox.execute_script("localStorage.clear()", sandbox=None)
        firefox.refresh()
        self.system = self.theme()

    def open(self, page: str) -> None:
        self.firefox.navigate(f"{self.home}/{page}")

    def theme(self) -> str:
        return str(self.firefox.execute_script(PAGE, sandbox=None)[0])

    def turn(self) -> str:
        self.firefox.find_element(By.CSS_SELECTOR, ".theme-button").click()
        return self.theme()

    def go(self, selector: str, to: str) -> str:
        """Follow a link or send a form; return the address that it leads to."""
        self.firefox.find_element(By.CSS_SELECTOR, selector).click()
        return self.arrive(to)

    def arrive(self, to: str) -> str:
        def there(driver: Marionette) -> str | None:
            _, address, state = driver.execute_script(PAGE, sandbox=None)
            ends = urlsplit(address).path.endswith(to)
            return address if ends and state == "complete" else None

        return str(Wait(self.firefox, timeout=PATIENCE).until(there, message=f"never came to {to}"))


@pytest.fixture
def book(firefox: Marionette, site: Path) -> Book:
    return Book(firefox, site)


def test_it_goes_along_from_page_to_page_and_back(book: Book) -> None:
    chosen = book.turn()
    assert chosen != book.system
    for to in ("spread.html", "running.html"):
        address = book.go(f"#contents a[href='{to}']", to)
        assert book.theme() == chosen
        assert "theme" not in address
    book.firefox.refresh()
    assert book.theme() == chosen
    assert book.turn() == book.system
    book.go("#contents a[href='spread.html']", "spread.html")
    assert book.theme() == book.system  # though this page has stored the other


def test_it_goes_along_with_a_search_and_to_its_finds(book: Book) -> None:
    chosen = book.turn()
    book.firefox.find_element(By.ID, "bar-search").send_keys("intermediation")
    assert "q=intermediation" in book.go(".topbar .search button", "search.html")
    assert book.theme() == chosen
    find = "#search-results li a[href*='spread.html']"
    Wait(book.firefox, timeout=PATIENCE).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, find)
    )
    book.go(find, "spread.html")
    assert book.theme() == chosen


def test_anchors_and_states_in_links_are_kept(book: Book, site: Path) -> None:
    built = next(built for built in explorers(site, "book/spread.html") if built.axes)
    chosen, link = book.turn(), built.link(built.corners()[-1])
    book.firefox.execute_script(
        "document.querySelector(\"#contents a[href='spread.html']\").href += arguments[0]",
        script_args=[link],
    )
    address = book.go("#contents a[href*='spread.html#']", "spread.html")
    assert address == f"{book.home}/book/spread.html{link}"
    assert book.theme() == chosen
    shown = book.firefox.find_element(
        By.CSS_SELECTOR, f"model-explorer[id='{built.name}'] .mx-sentence"
    )
    assert shown.get_property("textContent") == built.sentences[built.index(built.corners()[-1])]
    anchor = book.firefox.find_element(By.CSS_SELECTOR, "#main-content h2 .headerlink")
    book.firefox.execute_script("arguments[0].click()", script_args=[anchor])
    assert book.arrive("spread.html").partition("#")[2] == anchor.get_attribute("href")[1:]


def test_a_word_that_is_no_theme_leaves_the_system_its_wish(book: Book) -> None:
    book.open("book/reading.html?theme=auto")
    assert book.theme() == book.system
