"""Put a new site and state in the place of the old ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from refusal import RefusalError

KEPT = (".doctrees", "jupyter_execute")  # the state: what the next build starts from
REPORT, STAMPS = "report.json", "stamps.json"  # what was done, and of which files


def recover(output: Path) -> None:
    """Put the last good site back if a former swap was killed halfway."""
    if (output / "html.previous").is_dir() and not (output / "html").is_dir():
        (output / "html.previous").rename(output / "html")


def _files(folder: Path) -> list[Path]:
    """List the files below a folder, pages last: what a page needs is there before it."""
    files = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return sorted(files, key=lambda file: (file.suffix == ".html", file))


def _replace_files(new: Path, old: Path) -> None:
    """Replace a folder file by file, then remove what is there no longer."""
    files = _files(new)
    for file in files:
        (old / file).parent.mkdir(parents=True, exist_ok=True)
        try:
            (new / file).replace(old / file)
        except PermissionError:
            raise RefusalError(
                f"{old / file} is open in another program; close it and run again."
            ) from None
    for file in set(_files(old)) - set(files):
        (old / file).unlink(missing_ok=True)


def replace(new: Path, old: Path) -> None:
    """Put a folder in the place of another one.

    By renaming, which readers do not notice. Windows refuses that while a program, such as a
    terminal or a server, has the folder open.
    """
    previous = old.with_name(f"{old.name}.previous")
    shutil.rmtree(previous, ignore_errors=True)
    try:
        if old.exists():
            old.rename(previous)
        new.rename(old)
    except PermissionError:
        _replace_files(new, old)
    shutil.rmtree(previous, ignore_errors=True)


def swap(build: Path, output: Path) -> None:
    """Replace site and state by the new ones.

    The stamps vouch that these two belong together; they are gone while they might not.
    """
    (output / STAMPS).unlink(missing_ok=True)
    replace(build / "html", output / "html")
    (output / "state").mkdir(exist_ok=True)
    for name in KEPT:
        if (build / name).is_dir():
            replace(build / name, output / "state" / name)
        else:
            shutil.rmtree(output / "state" / name, ignore_errors=True)
    for name in (REPORT, STAMPS):
        if (build / name).is_file():
            (build / name).replace(output / name)
