"""The page for what is missing, on hosts that serve it at any address, in any folder."""

from __future__ import annotations

import functools
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from axe import violations
from bookkit.page.not_found import palette
from reader import PAGES, ROOT, VIOLATIONS
from test_pages import sideways

MISSING = ("missing.html", "book/spraed.html", "a/b/c/", "book/deep/er?x=1#y")


@contextmanager
def hosted(site: Path, prefix: str, status: int = 404) -> Iterator[str]:
    """Serve the site below a folder of a strict host that knows no HEAD; 404.html for all else."""

    class Host(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.send_error(405)

        def send_head(self) -> io.BytesIO | None:  # type: ignore[override]
            path = self.path.partition("?")[0].removeprefix(prefix).lstrip("/")
            file = site / path
            there = self.path.startswith(f"{prefix}/") and file.is_file()
            body = (file if there else site / "404.html").read_bytes()
            self.send_response(200 if there else status)
            self.send_header("Content-Type", self.guess_type(path) if there else "text/html")
            self.end_headers()
            return io.BytesIO(body)

    handler = functools.partial(Host, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}/"
        server.shutdown()


@pytest.mark.parametrize(("prefix", "status"), [("", 404), ("/courses/2026", 404), ("/x", 200)])
def test_a_lost_reader_finds_the_book(
    chromium: Browser, site: Path, prefix: str, status: int
) -> None:
    with hosted(site, prefix, status) as home:
        page = chromium.new_page()
        page.add_init_script(VIOLATIONS)
        for missing in MISSING:
            page.goto(f"{home}{missing}")
            expect(page.locator("h1")).to_have_text("There is no such page")
            page.wait_for_selector(f"html[data-root='{prefix}/']")
            assert page.evaluate("violations") == [], missing
            page.get_by_role("link", name="How to read this book").click()
            expect(page).to_have_url(f"{home}book/reading.html")
            expect(page.locator("h1")).to_contain_text("How to read this book")
        page.close()


def test_it_lists_every_page_and_asks_for_no_file(chromium: Browser, site: Path) -> None:
    with hosted(site, "") as home:
        page = chromium.new_page(java_script_enabled=False)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{home}a/b")
        links = [link.get_attribute("href") for link in page.locator("a").all()]
        assert sorted(filter(None, links)) == sorted(
            f"/{name}" for name in PAGES if name != "search.html"
        )
        assert [url for url in asked if not url.startswith("data:")] == [f"{home}a/b"]
        page.get_by_role("link", name="How to run it yourself").click()
        expect(page).to_have_url(f"{home}book/running.html")
        page.close()


def test_it_has_the_theme_that_the_reader_chose(chromium: Browser, site: Path) -> None:
    with hosted(site, "/courses") as home:
        page = chromium.new_page(color_scheme="light")
        page.goto(f"{home}book/reading.html")
        page.locator(".theme-button").click()
        page.goto(f"{home}book/nowhere.html")
        page.wait_for_selector("html[data-theme='dark']")
        page.close()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("theme", "paper"), [("light", "#fffdf8"), ("dark", "#15181c")])
def test_it_is_sound_in_light_and_dark(
    chromium: Browser, site: Path, theme: str, paper: str, scripts: bool
) -> None:
    with hosted(site, "") as home:
        page = chromium.new_page(
            java_script_enabled=scripts,
            color_scheme=theme,  # type: ignore[arg-type]
            viewport={"width": 360, "height": 700},
        )
        page.goto(f"{home}nowhere")
        ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        channels = ", ".join(str(int(paper[i : i + 2], 16)) for i in (1, 3, 5))
        assert ground == f"rgb({channels})"
        assert sideways(page) == 0
        assert not scripts or violations(page) == []
        page.close()


def test_a_colour_that_is_not_in_the_palette_stops_the_build() -> None:
    css = (ROOT / "book" / "_static" / "book.css").read_text(encoding="utf-8")
    assert "--paper: #fffdf8;" in palette(css, "html")
    with pytest.raises(ValueError, match=r"rule of 'html' sets no --internet"):
        palette(css.replace("--internet:", "--inter:"), "html")
