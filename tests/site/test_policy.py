"""Pages under their policy: no script stands in a page, and nothing comes from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from marionette_driver.by import By
from marionette_driver.keys import Keys
from marionette_driver.marionette import Marionette
from marionette_driver.wait import Wait
from playwright.sync_api import Browser, expect

from bookkit.page.policy import meta
from built import explorers
from reader import EXPLORING, PAGES, PATIENCE, Reader, Server, serving

CHAPTER = "book/spread.html"
THEME = "return document.documentElement.dataset.theme"


@pytest.fixture
def strict(site: Path) -> Iterator[Server]:
    with serving(site, noting=True) as server:
        yield server


@pytest.fixture
def reader(chromium: Browser, strict: Server) -> Iterator[Reader]:
    reader = Reader(chromium, strict.url(""), color_scheme="dark")
    yield reader
    reader.leave()


@pytest.mark.parametrize("name", [*PAGES, "404.html", "index.html"])
def test_no_script_stands_in_a_page(site: Path, name: str) -> None:
    html = (site / name).read_text(encoding="utf-8")
    scripts = re.findall(r"<script([^>]*)>", html)
    marks = ("src=", 'type="application/json"')
    assert [found for found in scripts if not any(mark in found for mark in marks)] == []
    assert re.findall(r"<[^>]*\son[a-z]+=[^>]*>", html) == []
    assert "javascript:" not in html


@pytest.mark.parametrize("name", [*PAGES, "404.html", "index.html"])
def test_a_page_tells_its_policy_before_it_asks_for_anything(site: Path, name: str) -> None:
    html = (site / name).read_text(encoding="utf-8")
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(style) <= 1
    before, told, _ = html.partition(meta(*style))
    assert told
    assert "src=" not in before
    assert "href=" not in before


@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_no_policy(reader: Reader, address: str) -> None:
    page = reader.open(address, until="networkidle")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator(".theme-button").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    for slider in page.locator(".mx-control input[type=range]").all():
        slider.press("End")
    for choice in page.locator("[name=quiz-way][value=all]").all():
        choice.check()
    for question in page.locator("form.quiz:not([data-kind=numeric])").all():
        question.locator("fieldset input").first.check()
        question.get_by_role("button", name="Check").click()
        expect(question.locator(".quiz-told")).not_to_be_empty()
    assert page.evaluate("violations") == []
    assert reader.problems == []


@pytest.mark.engine
@pytest.mark.parametrize("address", EXPLORING)
def test_explorers_move_under_a_policy(reader: Reader, site: Path, address: str) -> None:
    page = reader.open(address)
    for built in (built for built in explorers(site, address) if built.axes):
        far = built.corners()[-1]
        page.evaluate("fragment => { location.hash = fragment; }", built.link(far))
        sentence = page.locator(f'model-explorer[id="{built.name}"] .mx-sentence')
        expect(sentence).to_have_text(built.sentences[built.index(far)])
    with page.expect_download():
        page.locator(".mx-foot .mx-csv").first.click()
    assert page.evaluate("violations") == []
    assert reader.problems == []


def test_a_breach_is_seen(chromium: Browser, tmp_path: Path) -> None:
    head = f"<!doctype html><head>{meta('p {}')}<title>x</title><style>p {{}}</style></head>"
    breach = "<p style='color: red'>x</p><script>window.ran = 1</script><style>b {}</style>"
    (tmp_path / "breach.html").write_text(head + breach, encoding="utf-8")
    with serving(tmp_path, noting=True) as server:
        reader = Reader(chromium, server.url(""))
        opened = reader.open("breach.html")
        assert opened.evaluate("window.ran") is None
        broken = [told.partition(":")[0] for told in opened.evaluate("violations")]
        assert sorted(broken) == ["script-src-elem", "style-src-elem"]
        reader.leave()


def test_a_chapter_breaks_no_policy_in_firefox(
    firefox: Marionette, strict: Server, site: Path
) -> None:
    built = next(built for built in explorers(site, CHAPTER) if built.axes)
    firefox.navigate(strict.url(CHAPTER))
    assert firefox.execute_script(THEME) in ("light", "dark")
    selector = f"model-explorer[id='{built.name}']"
    slider = firefox.find_element(By.CSS_SELECTOR, f"{selector} input[type=range]")
    slider.send_keys(Keys.END)
    positions = (built.shape[0] - 1, *built.default[1:])
    sentence = firefox.find_element(By.CSS_SELECTOR, f"{selector} .mx-sentence")
    Wait(firefox, timeout=PATIENCE).until(
        lambda _: sentence.get_property("textContent") == built.sentences[built.index(positions)]
    )
    assert firefox.execute_script("return window.violations", sandbox=None) == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_no_policy_in_firefox(
    firefox: Marionette, strict: Server, address: str
) -> None:
    firefox.navigate(strict.url(address))
    assert firefox.execute_script(THEME) in ("light", "dark")
    for button in firefox.find_elements(By.CSS_SELECTOR, ".deeper-way button")[:1]:
        button.click()
    assert firefox.execute_script("return window.violations", sandbox=None) == []
