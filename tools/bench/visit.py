"""The built book over http, and a browser to visit it with."""

from __future__ import annotations

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import browser
from places import OUTPUT

COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".csv", ".xml", ".txt"}
HTML = OUTPUT / "html"


class Host(SimpleHTTPRequestHandler):
    """Serve files as hosts of books do: compressed, over connections that stay; and say nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its base's name)
        """Keep the measurements readable."""

    def do_GET(self) -> None:
        """Send a text compressed to a browser that takes it so, everything else as it is."""
        path = Path(self.translate_path(self.path))
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and path.suffix in COMPRESSED and path.is_file()):
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def pages() -> list[str]:
    """Return the addresses of the book's pages."""
    if not (HTML / "index.html").is_file():
        raise FileNotFoundError("there is no built book; run `make book` first")
    return [str(page.relative_to(HTML)) for page in sorted((HTML / "book").rglob("*.html"))]


@contextmanager
def served(folder: Path = HTML) -> Iterator[str]:
    """Serve the built book, or another folder, on this machine; give its address."""
    handler = functools.partial(Host, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        serve = functools.partial(server.serve_forever, poll_interval=0.02)
        threading.Thread(target=serve, daemon=True).start()
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
