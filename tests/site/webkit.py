"""WebKit as a reader's browser, driven over WebDriver: what Safari draws with, in Debian's dress.

WebDriver is JSON over HTTP, so that no package is needed to speak it; WebKit wants a screen, which
Xvfb pretends to be.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from reader import PATIENCE, free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver's standard marks an element
SCREEN = ":87"
END = "\ue010"  # the key


class WebKit:
    """One window of a browser."""

    def __init__(self, driver: str, browser: str) -> None:
        self.address = driver
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.session = self._ask("POST", "/session", {"capabilities": wanted})["sessionId"]

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}{path}", data, method=method)
        try:
            with urlopen(request, timeout=PATIENCE) as reply:
                return json.load(reply)["value"]
        except HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()}") from None

    def _do(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", f"/session/{self.session}/{path}", body)

    def open(self, address: str, width: int, height: int) -> None:
        """Open a page in a window of this size; wait for it and its fonts."""
        self._do("window/rect", {"width": width, "height": height})
        self._do("url", {"url": address})
        self.wait("return document.readyState === 'complete' && document.fonts.status === 'loaded'")

    def enter(self, frame: str) -> None:
        """Go into a frame of the page, and wait for it."""
        self._do("frame", {"id": self.find(frame)})
        self.wait("return document.readyState === 'complete' && document.fonts.status === 'loaded'")

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page."""
        return self._do("execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, script: str, *arguments: Any) -> None:
        """Wait until such a function returns true."""
        end = time.monotonic() + PATIENCE
        while not self.run(script, *arguments):
            if time.monotonic() > end:
                raise AssertionError(f"never true: {script} of {arguments}")
            time.sleep(0.05)

    def find(self, selector: str) -> dict[str, str]:
        """Find the first element, to be handed to other calls."""
        found: dict[str, str] = self._do("element", {"using": "css selector", "value": selector})
        return found

    def press(self, element: dict[str, str], key: str) -> None:
        """Press a key on an element."""
        self.run("arguments[0].scrollIntoView({block: 'center'}); arguments[0].focus()", element)
        strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self._do("actions", {"actions": [{"type": "key", "id": "k", "actions": strokes}]})

    def click(self, selector: str) -> None:
        """Bring an element into view and click it."""
        element = self.find(selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        self._do(f"element/{element[ELEMENT]}/click", {})

    def drag(self, element: dict[str, str], start: int, end: int) -> None:
        """Draw the pointer across, from the element's middle, in px."""
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        at = {"type": "pointerMove", "duration": 0, "origin": element, "y": 0}
        steps = [{**at, "x": start + (end - start) * k // 8} for k in range(9)]
        steps.insert(1, {"type": "pointerDown", "button": 0})
        steps.append({"type": "pointerUp", "button": 0})
        mouse = {"type": "pointer", "id": "m", "actions": steps}
        self._do("actions", {"actions": [mouse]})

    def close(self) -> None:
        """Close the window."""
        self._ask("DELETE", f"/session/{self.session}")


@contextmanager
def driven(driver: str, browser: str, screen: str) -> Iterator[WebKit]:
    """Start a screen, a driver on it and a browser; end all three."""
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    commands = ([screen, SCREEN, "-screen", "0", "1400x1000x24"], [driver, f"--port={port}"])
    started = []
    try:
        for command in commands:
            environment = {"DISPLAY": SCREEN, "PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C"}
            started.append(subprocess.Popen(command, env=environment, **quiet))  # type: ignore[call-overload]
        _wait_for(f"http://127.0.0.1:{port}/status")
        page = WebKit(f"http://127.0.0.1:{port}", browser)
        yield page
        page.close()
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(URLError, ConnectionError):
            urlopen(address, timeout=1).close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {address}")
