"""Numbers for the prose: computed in a cell, printed by the glue role, never stale."""

from __future__ import annotations

from IPython.display import display

_PREFIX = "application/papermill.record/"


def say(**texts: str) -> None:
    """Hand texts to the page by name: `{glue:text}` prints them; a notebook shows nothing.

    The form is the one MyST-NB reads; it is written here so that a chapter runs without MyST-NB.
    """
    for name, text in texts.items():
        record = {"scrapbook": {"mime_prefix": _PREFIX, "name": name}}
        unbroken = text.replace(" %", "\u00a0%")
        display({f"{_PREFIX}text/plain": repr(unbroken)}, metadata=record, raw=True)
