"""A reader's visit to a built page: the server it comes from, and what goes wrong on the way."""

from __future__ import annotations

import functools
import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from profiles import CHANGED, blank_tab, borrowed, given_back

ROOT = Path(__file__).resolve().parent.parent.parent
Until = Literal["load", "networkidle"]
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });"""
OPEN_DEEPER = "document.querySelectorAll('.deeper').forEach((part) => BookFold.open(part))"
OURS = "why-shops-become-banks:"  # begins every key in storage
VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(
  `${event.effectiveDirective}: ${event.blockedURI} ${event.sample} ${event.sourceFile}`));"""
COMPRESSIBLE = {".html", ".css", ".js", ".svg", ".json", ".csv"}


def contents() -> list[str]:
    """Return the addresses of the book's pages, the search page included."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [f"{name}.html" for name in (toc["root"], *chapters, "search")]


def shows_pictures(page: str) -> bool:
    """Tell whether a page's cells show something out of `figures`."""
    source = ROOT / Path(page).with_suffix(".md")
    text = source.read_text(encoding="utf-8") if source.is_file() else ""
    return any(not line.startswith("from figures.numbers") for line in text.splitlines()
               if line.startswith("from figures."))  # fmt: skip


PAGES = contents()
EXPLORING = [page for page in PAGES if shows_pictures(page)]
PATIENCE = 90  # seconds that a browser or a server may take on a busy machine


@dataclass
class Server:
    """A static host that remembers what it was asked for, and what that weighs compressed."""

    site: Path
    port: int
    asked: list[str] = field(default_factory=list)

    def url(self, page: str) -> str:
        return f"http://127.0.0.1:{self.port}/{page}"

    def weight(self, path: str) -> int:
        """Return the bytes that a host with gzip sends for this path."""
        content = (self.site / urlsplit(path).path.lstrip("/")).read_bytes()
        small = Path(urlsplit(path).path).suffix in COMPRESSIBLE
        return len(gzip.compress(content, mtime=0)) if small else len(content)


def until(page: Page | Frame, expression: str, given: object = None) -> None:
    """Wait until something is so in a page; the browser itself would wait by a forbidden `eval`."""
    patient = time.monotonic() + PATIENCE
    while not page.evaluate(expression, given):
        assert time.monotonic() < patient, f"never came about: {expression}"
        page.wait_for_timeout(20)


def free_port() -> int:
    """Find a port that no other run of this suite uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(site: Path, *, noting: bool = False) -> Iterator[Server]:
    """Serve a site; where asked for, each page first loads a script that notes its violations."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            server.asked.append(self.path)
            file = Path(self.translate_path(self.path))
            if noting and file.suffix == ".html" and file.is_file():
                page = file.read_text(encoding="utf-8")
                first = '<head><script src="/violations.js"></script>'
                self.send(page.replace("<head>", first, 1), "text/html; charset=utf-8")
            elif noting and self.path == "/violations.js":
                self.send(VIOLATIONS, "text/javascript")
            else:
                super().do_GET()

        def send(self, text: str, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as http_server:
        server = Server(site, http_server.server_port)
        # It asks itself that often whether to stop, and each test waits for it.
        serve = functools.partial(http_server.serve_forever, poll_interval=0.01)
        threading.Thread(target=serve, daemon=True).start()
        yield server
        http_server.shutdown()


class Reader:
    """One browser profile; `problems` gathers what a reader's console would show."""

    def __init__(self, browser: Browser, home: str, **options: object) -> None:
        self.home, self.browser, self.options = home, browser, options
        self.scripted = options.get("java_script_enabled", True)
        self.problems: list[str] = []
        self._context = borrowed(browser, options)
        if home.startswith("file:"):  # all files have one storage
            CHANGED.add(self._context)
        self._heard: dict[str, Callable[..., None]] = {
            "request": lambda request: self._check_host(request.url),
            "requestfailed": lambda request: self._note("failed", request.url),
            "response": lambda reply: self._check_status(reply.status, reply.url),
            "weberror": lambda failed: self._note("script error", str(failed.error)),
            "console": lambda said: (
                said.type in ("error", "warning") and self._note(said.type, said.text)
            ),
        }
        for event, hear in self._heard.items():
            self._context.on(event, hear)  # type: ignore[call-overload]

    @property
    def context(self) -> BrowserContext:
        """Return the profile for what only it can do; the next reader gets another one."""
        CHANGED.add(self._context)
        return self._context

    @property
    def pages(self) -> list[Page]:
        """Return what was opened and is not closed."""
        return [page for page in self._context.pages if page.url != "about:blank"]

    def leave(self) -> None:
        """Close all that was opened."""
        for event, hear in self._heard.items():
            self._context.remove_listener(event, hear)
        given_back(self.browser, self.options, self._context)

    def _note(self, kind: str, text: str) -> None:
        self.problems.append(f"{kind}: {text}")

    def _check_host(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self._note("other host", url)

    def _check_status(self, status: int, url: str) -> None:
        if status >= 400:
            self._note(f"status {status}", url)

    def open(self, page: str, until: Until = "load", *, deeper: bool = True) -> Page:
        """Open a page and wait for it and its fonts, or until nothing more is loaded."""
        tab = self._context.new_page() if self.pages else blank_tab(self._context)
        self.go(tab, page, until, deeper=deeper)
        return tab

    def go(self, tab: Page, page: str, until: Until = "load", *, deeper: bool = True) -> None:
        """Load another page in an open tab, and wait for it; what goes deeper opens, if wanted."""
        tab.goto(f"{self.home}{page}", wait_until=until)
        if self.scripted and page not in ("", "index.html"):  # the root leads on to the first page
            tab.evaluate("document.fonts.ready.then(() => null)")
            if deeper:
                tab.evaluate(OPEN_DEEPER)
