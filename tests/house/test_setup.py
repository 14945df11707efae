"""Whatever the machine lacks, setting up ends in one plain sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from small_book import ROOT

SYSTEM_TOOLS = ("sh", "dirname", "awk", "df", "grep", "mkdir", "cat", "cksum")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that asks for one package, and a bin/ with nothing but system tools."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", tmp_path / "tools")
    lock = "tiny==1.0 --hash=sha256:" + 64 * "0" + "\n"
    (tmp_path / "requirements.txt").write_text(lock)
    (tmp_path / "bin").mkdir()
    for tool in SYSTEM_TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def put(folder: Path, name: str, script: str) -> None:
    """Write an executable shell script."""
    (folder / "bin" / name).unlink(missing_ok=True)
    (folder / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bin" / name).chmod(0o755)


def complaint(project: Path, **environment: str) -> str:
    """Run the setup, which must fail; return its only line on standard error."""
    env = {"PATH": str(project / "bin"), "HOME": str(project), **environment}
    command = ["sh", "tools/setup.sh"]
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def use_this_python(project: Path) -> None:
    put(project, "python3", f'exec "{sys.executable}" "$@"')


def test_no_python(project: Path) -> None:
    assert "no Python was found" in complaint(project)


def test_old_python(project: Path) -> None:
    put(project, "python3", 'case "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac')
    assert "Python 3.11 or newer is needed, and python3 is 3.9" in complaint(project)


def test_the_python_that_is_named_is_used(project: Path) -> None:
    put(project, "python3", "exit 1")
    use_this_python(project)
    (project / "bin" / "python3").rename(project / "bin" / "snake")
    assert "requirements.txt could not be downloaded" in complaint(
        project, PYTHON="snake", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_CONFIG_FILE=os.devnull
    )


def test_no_network(project: Path) -> None:
    use_this_python(project)
    said = complaint(project, PIP_INDEX_URL="http://127.0.0.1:9/", PIP_CONFIG_FILE=os.devnull)
    assert "could not be downloaded; check the network" in said
    assert not list((project / ".venv").glob("*.stamp"))


def test_little_disk_space(project: Path) -> None:
    use_this_python(project)
    put(project, "df", "echo head; echo disk 100 90 10240 90% /")
    assert "the disk is too full: 1500 MB are needed here and 10 MB are free" in complaint(project)


def test_disk_that_fills_up_while_installing(project: Path) -> None:
    pip = 'echo "OSError: [Errno 28] No space left on device"; exit 1'
    put(project, "python", f'case "$*" in *pip*) {pip} ;; *) exec "{sys.executable}" "$@" ;; esac')
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / "bin" / "python").rename(project / ".venv" / "bin" / "python")
    assert "the disk ran full while packages were installed" in complaint(project)


def test_a_package_that_does_not_match_its_hash(project: Path) -> None:
    use_this_python(project)
    wheels = project / "wheels"
    wheels.mkdir()
    (wheels / "tiny-1.0-py3-none-any.whl").write_bytes(b"not the one that was locked")
    env = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}
    said = complaint(project, **env)
    assert "could not be installed; _build/setup.log has the details" in said
    assert "hash" in (project / "_build" / "setup.log").read_text().lower()


def test_a_finished_setup_does_nothing_more(project: Path) -> None:
    (project / "requirements.txt").write_text("# nothing to install\n")
    use_this_python(project)
    env = {"PATH": str(project / "bin"), "HOME": str(project)}
    command = ["sh", "tools/setup.sh"]
    first = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
    second = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "installing requirements.txt" in first.stdout
    assert second.stdout == ""
