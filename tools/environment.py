"""Make .venv hold what the lock files name. Every failure ends in one plain sentence.

What pip said is kept in `_build/setup.log`. Standard library only: nothing is installed yet.
"""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

import children
import places
from alone import alone
from refusal import RefusalError, make_folder

LOCKS = (
    "requirements.txt",
    "requirements-lab.txt",
    "requirements-test.txt",
    "requirements-teach.txt",
)
OLDEST = (3, 11)
NEEDED_MEGABYTES = 1500
LOG = places.OUTPUT / "setup.log"
# How packages are fetched is the user's affair; where they are put and which ones is not.
FETCHING = re.compile(
    "(extra-)?index-url|no-index|find-links|trusted-host|proxy|(client-)?cert|(default-)?timeout|"
    "retries|(no-)?cache-dir|keyring-provider|use-feature|use-deprecated"
)
REASONS = {
    "no space left": "the disk ran full while packages were installed; free some space and run it "
    "again.",
    "long path support": "the path of this folder is too long for Windows; move the folder nearer "
    "to the drive.",
    "path separator": "a folder with “{separator}” in its path cannot hold Python packages; "
    "rename it.",
    "connection (broken|refused)|connectionerror|newconnection|max retries|timed out|"
    "name resolution|could not fetch url|proxyerror": "the packages in {what} could not be "
    "downloaded; check the network and run it again ({log} has the details).",
}


def run(python: Path | str, *words: str, **variables: str) -> bool:
    """Run a Python, its output into the log; tell whether it succeeded."""
    env = {k: v for k, v in places.variables().items() if not k.startswith("PIP_")} | variables
    with LOG.open("ab") as log:
        return children.run([str(python), *words], stdout=log, stderr=log, env=env) == 0


def explain(what: str, otherwise: str) -> RefusalError:
    """Turn the log into one sentence."""
    said = LOG.read_text(encoding="utf-8", errors="replace").lower()
    sentences = (sentence for pattern, sentence in REASONS.items() if re.search(pattern, said))
    sentence = next(sentences, otherwise)
    return RefusalError(sentence.format(what=what, log=LOG, separator=os.pathsep))


def version_of(python: Path) -> tuple[int, ...] | None:
    """Return the version of a Python; None where it does not run."""
    question = [str(python), "-c", "import sys; print(*sys.version_info[:2])"]
    said = children.said_by(question, env=places.variables())
    return tuple(map(int, said.split())) if said else None


def is_usable() -> bool:
    """Tell whether .venv has a Python that will do: the one that the user names, if any."""
    version = version_of(places.interpreter(places.VENV))
    named = sys.version_info[:2] if os.environ.get("PYTHON") else version
    return version is not None and version >= OLDEST and version == named


def stamp_of(lock: str) -> Path:
    """Return the file that says which state of a lock is installed."""
    return places.VENV / f"{lock}.stamp"


def digest_of(lock: str) -> str:
    """Return the digest of a lock file."""
    return hashlib.sha256((places.ROOT / lock).read_bytes()).hexdigest()


def is_current(lock: str) -> bool:
    """Tell whether this state of a lock is installed."""
    stamp = stamp_of(lock)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest_of(lock)


def check_disk() -> None:
    """Refuse to begin what the disk cannot hold."""
    free = shutil.disk_usage(places.HOME).free // 2**20
    if free < NEEDED_MEGABYTES:
        raise RefusalError(
            f"the disk is too full: {NEEDED_MEGABYTES} MB are needed here and {free} MB are free."
        )


def make_environment() -> None:
    """Make an empty .venv of the Python that runs this."""
    check_disk()
    if not run(sys.executable, "-m", "venv", "--clear", str(places.VENV)):
        raise explain(
            ".venv",
            "Python's venv module does not work here; install it (on Debian: python3-venv). "
            "{log} has the details.",
        )


def settings_files(python: Path) -> list[str]:
    """Return the files that pip reads its settings from, the later ones prevailing.

    Of `pip config` only this can be trusted: the setting `user` changes what else it prints.
    """
    question = [str(python), "-m", "pip", "config", "debug"]
    said = children.said_by(question, env=places.variables())
    if said is None:
        raise RefusalError("pip cannot read its settings; `pip config debug` says which.")
    found: dict[str, list[str]] = {"global": [], "user": [], "site": [], "env": []}
    kind = ""
    for line in said.splitlines():
        if heading := re.fullmatch(r"([\w-]+):", line):
            kind = heading[1]
        elif file := re.fullmatch(r"\s+(.+), exists: True", line):
            found[kind].append(file[1])
    return [file for files in found.values() for file in files]


def fetching(python: Path) -> dict[str, str]:
    """Return the user's settings of pip that say how packages are fetched, and no others."""
    settings: dict[str, str] = {}
    parser = configparser.RawConfigParser()
    parser.read(settings_files(python), encoding="utf-8")
    for section in ("global", "install"):
        settings |= dict(parser.items(section)) if parser.has_section(section) else {}
    settings |= {k[4:]: value for k, value in os.environ.items() if k.startswith("PIP_") and value}
    kept = {name.lower().replace("_", "-"): value for name, value in settings.items()}
    return {
        "PIP_" + name.replace("-", "_").upper(): value
        for name, value in kept.items()
        if FETCHING.fullmatch(name)
    } | {"PIP_CONFIG_FILE": os.devnull}


def install(lock: str) -> None:
    """Install a lock. It is complete, so pip looks for nothing else: it only checks at the end."""
    check_disk()
    python = places.interpreter(places.VENV)
    print(f"setup: installing {lock} into {places.VENV}", flush=True)
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-input"]
    wanted = [
        "--no-user",
        "--no-deps",
        "--require-hashes",
        "--requirement",
        str(places.ROOT / lock),
    ]
    if not run(python, *pip, "install", *wanted, **fetching(python)):
        raise explain(lock, "the packages in {what} could not be installed; {log} has the details.")
    if not run(python, *pip, "check"):
        raise RefusalError(
            f"the packages in {places.VENV} do not fit together ({LOG} says which); delete that "
            "folder and run it again."
        )
    stamp_of(lock).write_text(digest_of(lock), encoding="ascii")


def prepare(*locks: str) -> Path:
    """Return the Python of an environment that holds what the locks name."""
    python = places.interpreter(places.VENV)
    if is_usable() and all(map(is_current, locks)):
        return python
    make_folder(places.OUTPUT)
    with alone(places.OUTPUT / "setup.lock", "set-up"):
        LOG.write_text("")
        if not is_usable():
            make_environment()
        for lock in locks:
            if not is_current(lock):
                install(lock)
    return places.interpreter(places.VENV)
