"""Let one process at a time work in a folder; a second one is told so."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from refusal import RefusalError

WINDOWS = os.name == "nt"
PATIENCE = 0.05  # seconds until a number that is being written can be read


def _number(file: Path) -> int | None:
    """Return the number of the process that made the file; None if it names none."""
    for _ in range(3):
        try:
            text = file.read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        if text.isdigit():
            return int(text)
        time.sleep(PATIENCE)
    return None


def _runs(number: int) -> bool:
    """Tell whether there is such a process."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def _is_cleared(file: Path) -> bool:
    """Remove the file of a process that is gone; tell whether it is gone.

    On Windows a file that is open cannot be renamed, and asking for a process would end it.
    """
    number = _number(file)
    if not WINDOWS and number is not None and _runs(number):
        return False
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.rename(aside)
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    if _number(aside) != number:  # a third process was faster, and this is its file
        aside.rename(file)
        return False
    aside.unlink()
    return True


@contextmanager
def alone(file: Path, what: str) -> Iterator[None]:
    """Hold `file`, which only one process can; refuse if another one that runs holds it."""
    while True:
        try:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            break
        except FileExistsError:
            if not _is_cleared(file):
                raise RefusalError(
                    f"another {what} is running here (process {_number(file)}); wait for its end, "
                    f"or delete {file} if there is none."
                ) from None
    try:
        os.write(handle, str(os.getpid()).encode("ascii"))
        yield
    finally:
        os.close(handle)
        file.unlink(missing_ok=True)
