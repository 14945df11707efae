"""Run the notebooks that are read, unless the same cells have run on the same code and data.

What a notebook prints is kept by its cells and by what these are made of. Prose, directives and
captions play no part in that, so only what is run again is run: one process a notebook, the longest
first, on all cores. Sphinx then reads notebooks whose outputs are there.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from sphinx.errors import SphinxError
from sphinx.util import logging

from bookkit.made_of import Sources, digest_of
from explorer.cache import CACHE, Store

READER = f"{__name__}.with_outputs"
node: Any = from_dict
STEERING = ("kernelspec",)  # metadata of a notebook that decides how it runs

log = logging.getLogger(__name__)


class CellError(SphinxError):
    """A cell that fails."""

    category = "Notebook"


@dataclass
class Notebook:
    """A page with code cells, and how it ran."""

    page: str
    source: Path
    content: NotebookNode
    key: str
    seconds: float = 0.0
    at: int = field(default=0)  # the number of the code cell that runs

    @property
    def code(self) -> list[NotebookNode]:
        """Return its code cells."""
        return [cell for cell in self.content.cells if cell.cell_type == "code"]


def store() -> Store:
    """Return what keeps outputs, beside the pictures of explorers."""
    return Store(Path(os.environ[CACHE]).with_name("runs"), ".json")


def key_of(content: NotebookNode, sources: Sources) -> str:
    """Digest what a notebook's outputs depend on."""
    cells = [cell for cell in content.cells if cell.cell_type == "code"]
    told = [[cell.source, cell.metadata.get("tags", [])] for cell in cells]
    steering = {name: content.metadata.get(name) for name in STEERING}
    made_of = sources.made_of(cell.source for cell in cells) | sources.packages()
    return digest_of([told, steering, made_of])


def outputs_of(notebook: Notebook) -> str:
    """Write down what running has added to a notebook."""
    cells = [[cell.get("execution_count"), cell.outputs] for cell in notebook.code]
    added = {
        k: v for k, v in notebook.content.metadata.items() if k in ("language_info", "widgets")
    }
    return json.dumps({"seconds": notebook.seconds, "metadata": added, "cells": cells})


def with_outputs(text: str, *, config: Any, path: str, page: str, key: str) -> NotebookNode:
    """Read a page as a notebook, with the outputs that are kept of it."""
    content: NotebookNode = read_myst_markdown_notebook(
        text, config, add_source_map=True, path=path
    )
    kept = json.loads(store().get(name_of(page), key) or "null")
    if kept is None:
        raise CellError(f"{page}: its outputs are gone; build again.")
    content.metadata.update(node(kept["metadata"]))
    code = (cell for cell in content.cells if cell.cell_type == "code")
    for cell, (count, outputs) in zip(code, kept["cells"], strict=True):
        cell.execution_count, cell.outputs = count, [node(each) for each in outputs]
    return content


def name_of(page: str) -> str:
    """Return the name under which a page's outputs are kept."""
    return page.replace("/", ".")


def duration(notebook: Notebook) -> tuple[float, int]:
    """Return what tells how long a notebook will take: how long it took, how much code it has."""
    kept = sorted(store().folder.glob(f"{name_of(notebook.page)}@*"), key=os.path.getmtime)
    known = json.loads(kept[-1].read_text(encoding="utf-8"))["seconds"] if kept else float("inf")
    return known, sum(len(cell.source) for cell in notebook.code)


async def run(notebook: Notebook, timeout: int, cores: int) -> None:
    """Run one notebook in a process of its own, beside its source, on so many cores."""
    import zmq  # late: most builds run nothing
    from nbclient import NotebookClient
    from traitlets.config import Config

    started = time.perf_counter()

    def at(cell: NotebookNode, cell_index: int) -> None:
        notebook.at += 1

    client = NotebookClient(
        notebook.content,
        timeout=timeout,
        resources={"metadata": {"path": str(notebook.source.parent)}},
        record_timing=False,
        on_cell_execute=at,
        # Else each notebook's process warns that others on this machine might listen.
        config=Config(KernelManager={"transport_encryption": "auto"} if zmq.has("curve") else {}),
    )
    await client.async_execute(env=os.environ | {"LOKY_MAX_CPU_COUNT": str(cores)})
    notebook.seconds = round(time.perf_counter() - started, 2)
    store().put(name_of(notebook.page), notebook.key, outputs_of(notebook))
    log.info("ran %s in %.1f s", notebook.page, notebook.seconds)


def failure(notebook: Notebook, error: BaseException) -> str:
    """Say in one line which page and cell an error is about."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).rstrip()
    last = text.splitlines()[-1] if text else type(error).__name__
    return f"{notebook.page}.md, code cell {notebook.at}: {last}"


def cores_here() -> int:
    """Return how many cores this process may use."""
    import joblib  # late: most builds run nothing

    return int(joblib.cpu_count())


async def _run_all(notebooks: list[Notebook], timeout: int) -> list[str]:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    cores = cores_here()
    free = asyncio.Semaphore(cores)

    async def one(notebook: Notebook) -> str:
        async with free:
            try:
                await run(notebook, timeout, max(1, cores // len(notebooks)))
            except (CellExecutionError, CellTimeoutError, RuntimeError) as error:
                log.warning("%s", error)
                return failure(notebook, error)
            return ""

    return [told for told in await asyncio.gather(*map(one, notebooks)) if told]


def run_all(notebooks: list[Notebook], timeout: int) -> list[Notebook]:
    """Run the notebooks whose outputs are not kept; return them. Cells that fail end the build."""
    kept = store()
    todo = [each for each in notebooks if kept.get(name_of(each.page), each.key) is None]
    todo.sort(key=duration, reverse=True)
    if todo and (faults := asyncio.run(_run_all(todo, timeout))):
        raise CellError("; ".join(faults))
    return todo
