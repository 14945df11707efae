"""The built book over http, and a browser to visit it with."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import browser

HTML = Path(__file__).resolve().parents[2] / "_build" / "html"


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and say nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its base's name)
        """Keep the measurements readable."""


def pages() -> list[str]:
    """Return the addresses of the book's pages."""
    if not (HTML / "index.html").is_file():
        raise FileNotFoundError("there is no built book; run `make book` first")
    return [str(page.relative_to(HTML)) for page in sorted((HTML / "book").rglob("*.html"))]


@contextmanager
def served() -> Iterator[str]:
    """Serve the built book on this machine; give its address."""
    handler = functools.partial(Quiet, directory=str(HTML))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the Chromium that the tests use."""
    with sync_playwright() as playwright:
        path, flags = browser.chromium(), browser.CHROMIUM_FLAGS
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()
