"""The explorer in a real Jupyter kernel, spoken to as a notebook's front end does."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import toys
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

SECONDS = 60
HERE = Path(__file__).resolve().parent


class Notebook:
    """A front end's memory of the widgets' states."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.widgets: dict[str, dict[str, Any]] = {}
        self.shown: list[dict[str, Any]] = []

    def run(self, code: str) -> None:
        self._listen(self.client.execute(code))

    def move(self, label: str, index: int) -> None:
        """Send what a front end sends when its reader moves a slider."""
        name = next(k for k, v in self.widgets.items() if v.get("description") == label)
        content = {
            "comm_id": name,
            "data": {"method": "update", "state": {"index": index}, "buffer_paths": []},
        }
        message = self.client.session.msg("comm_msg", content)
        self.client.shell_channel.send(message)
        self._listen(message["header"]["msg_id"])

    def _listen(self, request: str) -> None:
        """Take in all that the kernel says until it has dealt with a request."""
        while True:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            kind, content = message["msg_type"], message["content"]
            parent = message["parent_header"].get("msg_id")
            if kind == "comm_open":
                self.widgets[content["comm_id"]] = dict(content["data"]["state"])
            elif kind == "comm_msg" and content["data"].get("method") == "update":
                self.widgets[content["comm_id"]] |= content["data"]["state"]
            elif kind == "display_data":
                self.shown.append(content["data"])
            elif kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            elif content.get("execution_state") == "idle" and parent == request:
                return

    def texts(self) -> list[str]:
        return [str(w["value"]) for w in self.widgets.values() if w["_model_name"] == "HTMLModel"]


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    path = os.pathsep.join([str(HERE), str(HERE.parents[1] / "book")])
    env = {k: v for k, v in os.environ.items() if not k.startswith("EXPLORER_")}
    manager, client = start_new_kernel(env=env | {"PYTHONPATH": path}, startup_timeout=SECONDS)
    yield Notebook(client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_the_widgets_hide_the_picture_that_outlives_them(notebook: Notebook) -> None:
    notebook.run("from toys import loan_rate\nloan_rate")
    still = notebook.shown[-1]["text/html"]
    ids = re.findall(r' id="([^"]+)"', f" {still}")
    assert ids[0].endswith(".still")
    assert f'<style>[id="{ids[0]}"]{{display:none}}</style>' in "".join(notebook.texts())
    assert not set(ids) & set(re.findall(r' id="([^"]+)"', "".join(notebook.texts())))


def test_moving_a_slider_in_a_notebook_recomputes(notebook: Notebook) -> None:
    notebook.run("from toys import loan_rate\nloan_rate")
    view, still = notebook.shown
    assert "application/vnd.jupyter.widget-view+json" in view
    assert toys.loan_rate.show((2, 3)).sentence == still["text/plain"]
    before = notebook.texts()
    assert any(toys.loan_rate.show((2, 3)).sentence in text for text in before)

    notebook.move("Funding rate", 7)  # 3.5 %, which the page does not hold
    after = notebook.texts()
    assert any(toys.loan_rate.show((3.5, 3)).sentence in text for text in after)
    pictures = [[text for text in texts if "<svg" in text] for texts in (before, after)]
    assert [len(found) for found in pictures] == [1, 1]
    assert pictures[0] != pictures[1]
    numbers = [[text for text in texts if "<table>" in text] for texts in (before, after)]
    assert numbers[0] != numbers[1]
