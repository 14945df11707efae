"""A project whose commands set up a few tiny packages of its own, from wheels made here."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from small_book import ROOT

LOCKS = (
    "requirements.txt",
    "requirements-lab.txt",
    "requirements-test.txt",
    "requirements-teach.txt",
)


@dataclass(frozen=True)
class Project:
    """A folder with `start.py` and the modules it uses."""

    root: Path

    @property
    def wheels(self) -> Path:
        return self.root / "wheels"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment in which nothing but the wheels can be had."""
        clean = {"PATH": str(self.root / "bin"), "HOME": str(self.root)}
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        return clean | pip | {"PIP_CONFIG_FILE": os.devnull} | more

    def start(
        self, *words: str, patch: str = "", python: str = sys.executable, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `start.py` in a Python in which `patch` has been run before."""
        script = str(self.root / "start.py")
        code = f"import runpy, sys\nsys.argv = {['start.py', *words]!r}\n{patch}\n"
        command = [python, "-c", f"{code}runpy.run_path({script!r}, run_name='__main__')"]
        env = self.environment(**more)
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True)

    def complaint(self, *words: str, patch: str = "", **more: str) -> str:
        """Return the only line that a command which must fail says on standard error."""
        done = self.start(*words, patch=patch, **more)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        return done.stderr

    def installed(self) -> str:
        """Return the names and versions of the tiny packages that are installed."""
        question = (
            "from importlib.metadata import distributions as d\n"
            "print(sorted(f'{x.name} {x.version}' for x in d() if x.name.startswith('tiny')))"
        )
        done = subprocess.run([self.python, "-I", "-c", question], capture_output=True, text=True)
        return done.stdout.strip()

    def lock(self, *entries: str, name: str = "requirements.txt") -> None:
        (self.root / name).write_text("".join(f"{entry}\n" for entry in entries))

    def executable(self, name: str, script: str) -> None:
        """Put a shell script into the only folder where programs are found."""
        (self.root / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.root / "bin" / name).chmod(0o755)


def make_wheel(
    folder: Path,
    name: str,
    version: str,
    requires: tuple[str, ...] = (),
    extras: Mapping[str, str] | None = None,
) -> str:
    """Write the wheel of a package with one empty module; return its entry in a lock."""
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    about += "".join(f"Requires-Dist: {each}\n" for each in requires)
    for extra, wanted in (extras or {}).items():
        about += f"Provides-Extra: {extra}\nRequires-Dist: {wanted}; extra == '{extra}'\n"
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": about,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(text)},{len(text)}\n" for path, text in files.items())
    file = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            archive.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def write_small_project(root: Path) -> Project:
    """Lay out the project, with a space and Chinese in its path."""
    project = Project(root)
    (root / "bin").mkdir(parents=True)
    project.wheels.mkdir()
    shutil.copy(ROOT / "start.py", root)
    shutil.copy(ROOT / "Makefile", root)
    (root / "tools").mkdir()
    for file in (ROOT / "tools").glob("*.py"):
        shutil.copy(file, root / "tools")
    (root / "tools" / "build.py").write_text("print('built')\n")
    for name in LOCKS:
        project.lock("# nothing", name=name)
    return project
