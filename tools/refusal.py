"""What a command says instead of a traceback: one sentence, and what to do."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import children

READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class RefusalError(RuntimeError):
    """A command cannot go on, for a reason that its user can mend."""


def unwritable(folder: Path, error: OSError) -> RefusalError:
    """Say why a folder cannot be written."""
    if error.errno in READ_ONLY:
        return RefusalError(
            f"{folder} cannot be written, for it is read-only or another user's; have everything "
            "written elsewhere: BUILD=/another/folder."
        )
    if error.errno == errno.ENOSPC:
        return RefusalError(f"{folder} cannot be written, for the disk is full.")
    return RefusalError(f"{folder} cannot be written: {error.strerror or error}.")


def make_folder(folder: Path) -> None:
    """Make a folder that can be written, or say why not."""
    probe = folder / "probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error


@contextmanager
def plainly() -> Iterator[None]:
    """Say in a sentence what the disk refuses in between."""
    try:
        yield
    except OSError as error:
        if error.filename is None or error.errno not in (*READ_ONLY, errno.ENOSPC):
            raise
        raise unwritable(Path(error.filename), error) from error


def ended(work: Callable[[], int]) -> int:
    """Do a command's work; return its exit code, also of what it refuses and of a Ctrl-C."""
    try:
        with plainly():
            return work()
    except RefusalError as reason:
        print(f"start: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return children.STOPPED
