"""JupyterLab as `make lab` starts it, on a copy of the chapters."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import commands
from reader import ROOT, free_port

SECONDS = 90
BOOK = ROOT / "book"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab and the folder it shows."""

    address: str
    folder: Path

    def answer(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.address}/{path}") as answer:
            content: dict[str, Any] = json.loads(answer.read())
            return content


def project_options() -> list[str]:
    """Return what the project's own command tells JupyterLab; it is run in book/."""
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands.environment, "prepare", lambda *_: Path(sys.executable))
        patch.setattr(commands, "run", lambda _python, *words, **_: told.extend(words))
        commands.lab()
    assert told[:2] == ["-m", "jupyterlab"]
    return told[2:]


@contextmanager
def running(folder: Path) -> Iterator[Lab]:
    """Start JupyterLab with settings of its own and nothing to reach but this machine."""
    port, books = free_port(), folder / "books"
    env = {k: v for k, v in os.environ.items() if not k.startswith(("EXPLORER_", "JUPYTER"))}
    env |= {f"JUPYTER_{name.upper()}_DIR": str(folder / name) for name in ("config", "data")}
    env |= {"JUPYTER_RUNTIME_DIR": str(folder / "runtime"), "PYTHONPATH": str(BOOK)}
    env |= {"IPYTHONDIR": str(folder / "ipython")}
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--port-retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={books}",
        f"--LabApp.user_settings_dir={folder / 'lab'}",
        f"--LabApp.workspaces_dir={folder / 'lab'}",
    ]
    books.mkdir()
    for page in BOOK.glob("*.md"):
        shutil.copy(page, books)
    command = [sys.executable, "-m", "jupyterlab", *project_options(), *options]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=BOOK, env=env, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", server)
            yield Lab(address, books)
        finally:
            server.terminate()
            server.wait(timeout=SECONDS)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            assert server.poll() is None, "JupyterLab ended at once"
            assert time.monotonic() < ends, "JupyterLab did not answer"
            time.sleep(0.2)
