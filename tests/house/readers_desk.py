"""A reader's desk: an unpacked zip, and a Python that has what the reader was told to install.

What is installed here is lent to that Python: the packages that `requirements-run.txt` names, with
all that these need, and no others. It reaches nothing but this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

FOLDER = "我的 books"  # a space and Chinese characters
SECONDS = 300
OFFLINE = '''"""Let nothing reach another machine."""
import socket

HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "")


def only_here(look_up):
    def asked(host, *more, **named):
        if (host or "") not in HERE:
            raise OSError(f"{host} was asked for, and there is no network")
        return look_up(host, *more, **named)
    return asked


class Socket(socket.socket):
    def connect(self, address):
        if isinstance(address, tuple) and address[0] not in HERE:
            raise OSError(f"{address[0]} was asked for, and there is no network")
        return super().connect(address)


socket.socket = Socket
socket.getaddrinfo = only_here(socket.getaddrinfo)
'''
# Moves every control of every explorer, as a reader's hand does.
HAND = """from ipywidgets import HTML, Checkbox, Dropdown, SelectionSlider, VBox, Widget
from ipywidgets.widgets import widget

every = getattr(widget, "_instances", None) or Widget.widgets


def other(control):
    if isinstance(control, Checkbox):
        return not control.value
    return next(value for _, value in reversed(control.options) if value != control.value)


for box in [each for each in every.values() if isinstance(each, VBox)]:
    controls = [c for c in box.children if isinstance(c, (SelectionSlider, Dropdown, Checkbox))]
    seen = set()
    for control in [None, *controls]:
        if control is not None:
            control.value = other(control)
        words = "".join(each.value for each in box.children if isinstance(each, HTML))
        assert "#b00020" not in words, words
        seen.add(words)
    assert len(seen) > 1 or not controls, "no control changes what is shown"
    print("answered" if controls else "still")
"""


def lines_of(requirements: Path) -> list[Requirement]:
    """Read a short list of requirements."""
    text = requirements.read_text("utf-8").splitlines()
    return [Requirement(line) for line in text if line and line[0] not in "#-"]


def needed(wanted: list[Requirement]) -> dict[str, Distribution]:
    """Return the packages that are wanted, and those that they need, by name."""
    found: dict[str, Distribution] = {}
    todo = list(wanted)
    while todo:
        each = todo.pop()
        key = f"{each.name}[{','.join(sorted(each.extras))}]"
        if key in found or (each.marker and not each.marker.evaluate({"extra": ""})):
            continue
        found[key] = distribution(each.name)
        for line in found[key].requires or ():
            need = Requirement(line)
            extras = each.extras or {""}
            if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in extras):
                need.marker = None
                todo.append(need)
    return found


def borrowed(package: Distribution) -> Iterator[Path]:
    """Yield the folders and modules of a package that lie beside other packages."""
    home = Path(str(package.locate_file("")))
    tops = {file.parts[0] for file in package.files or () if file.parts[0] not in ("..", "bin")}
    yield from (home / top for top in sorted(tops) if top != "__pycache__")


def python_with(wanted: list[Requirement], folder: Path) -> Path:
    """Make a Python that imports what is wanted, and what that needs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    for package in needed(wanted).values():
        for path in borrowed(package):
            if not (site / path.name).exists():
                (site / path.name).symlink_to(path)
    (site / "sitecustomize.py").write_text(OFFLINE, "utf-8")
    for name in ("kernels", "nbconvert"):  # the kernel's entry, and what exported pages are made of
        target = folder / "share" / "jupyter" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(Path(sys.prefix) / "share" / "jupyter" / name)
    return folder / "bin" / "python"


@dataclass(frozen=True)
class Desk:
    """A folder and a Python."""

    python: Path
    folder: Path

    def run(self, *words: str, seconds: float = SECONDS) -> subprocess.CompletedProcess[str]:
        """Run this Python on the desk, without what a developer's shell would add."""
        foreign = ("PYTHON", "JUPYTER", "EXPLORER", "IPYTHON", "MPL", "VIRTUAL_ENV")
        env = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        env |= {"PYTHONNOUSERSITE": "1", "IPYTHONDIR": str(self.folder / ".ipython")}
        command = [str(self.python), *words]
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=seconds
        )

    def unpack(self, archive: Path) -> Path:
        """Unpack a zip; return the folder in it."""
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(self.folder)
        return self.folder / archive.stem

    def exported(self, *files: Path) -> list[str]:
        """Run notebooks to their end, each by itself, move every slider, and export them."""
        for file in files:
            content: dict[str, Any] = json.loads(file.read_text("utf-8"))
            hand = {"cell_type": "code", "id": "hand", "metadata": {}, "source": HAND}
            content["cells"].append(hand | {"execution_count": None, "outputs": []})
            file.write_text(json.dumps(content), "utf-8")
        command = ["-m", "nbconvert", "--execute", "--to", "html", *map(str, files)]
        done = self.run(*command, seconds=len(files) * SECONDS)
        assert done.returncode == 0, done.stderr
        return [file.with_suffix(".html").read_text("utf-8") for file in files]
