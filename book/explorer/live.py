"""An explorer under a kernel: ipywidgets controls, every move recomputed on the finer grid.

Widgets die with their kernel: an exported notebook, or one opened again, has none. So a still
picture of the default state stands beside them, which the widgets hide as long as they are there.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from html import escape
from typing import Any
from uuid import uuid4

import ipywidgets as widgets

from .axes import Axis
from .explorer import Explorer
from .frames import Frame, frame, picture
from .lines import point_rows
from .live_guess import LiveGuess
from .shown import ExplorerError, readable

VIEW = "application/vnd.jupyter.widget-view+json"
WIDEST = "540px"
# A notebook may be dark; the pictures' colours, without a page's variables, are those for light.
_PAPER = f"max-width:{WIDEST};background:#fff;color:#222;padding:4px"
_CLASS = "book-explorer"
# Jupyter Notebook takes plain keys for its commands even from a control in use: the left arrow on a
# slider folds the section away. It takes none from what bears this attribute.
_KEYS_OF_ITS_OWN = f"""<script>
addEventListener("keydown", (key) => {{
  const command = key.ctrlKey || key.altKey || key.metaKey || key.shiftKey;
  if (key.target.closest?.(".{_CLASS}"))
    key.target.toggleAttribute("data-lm-suppress-shortcuts", !command);
}}, true);
</script>"""


def widget(explorer: Explorer) -> widgets.VBox:
    """Controls, picture, sentence and numbers in one box; needs a kernel to answer."""
    return _Live(explorer).box


def bundles_of(explorer: Explorer) -> list[dict[str, Any]]:
    """What a cell displays: the widgets, then the still picture that outlives them.

    Two outputs, for of one output's forms a front end shows the widgets even where they are dead.
    The first says nothing in words, since they would be shown beside the still picture.
    """
    live = _Live(explorer)
    # Written here, for ipywidgets 7 and 8 have other methods for it.
    view = {"version_major": 2, "version_minor": 0, "model_id": live.box.model_id}
    still = {"text/html": live.still(), "text/plain": live.default.sentence}
    return [{VIEW: view, "text/plain": ""}, still]


class _Live:
    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        # The same explorer may be shown twice in a notebook: ids of each display are its own.
        self.prefix = f"{explorer.name}.{uuid4().hex[:8]}"
        self.still_id = f"{self.prefix}.still"
        self.default = self._frame(explorer.default)
        self.controls = {name: _control(axis) for name, axis in explorer.axes.items()}
        self.picture, self.sentence = widgets.HTML(), widgets.HTML()
        self.numbers, self.found, self.task = widgets.HTML(), widgets.HTML(), widgets.HTML()
        guess = explorer.guess() if explorer.guess else None
        self.guess = guess and LiveGuess(explorer, guess, self.controls, self.guess_made)
        for control in self.controls.values():
            control.observe(self.moved, names="value")
        self.box = widgets.VBox(self._children())
        self.box.add_class(_CLASS)
        self.show(self.default)

    def _frame(self, state: Sequence[Any]) -> Frame:
        return frame(self.explorer, tuple(state), self.prefix)

    def _children(self) -> list[widgets.Widget]:
        children = [*(self.guess.parts if self.guess else ()), self.picture]
        children += self.controls.values()
        if self.controls:
            reset = widgets.Button(description="Reset")
            reset.on_click(self.reset)
            children.append(reset)
        children.append(self.sentence)
        if self.explorer.challenge:
            children += [self.task, self.found]
            if not self.guess:
                self.set_task()
        return [*children, self.numbers]

    def set_task(self) -> None:
        """Show the challenge: with the guess made, or where none is asked for."""
        if challenge := self.explorer.challenge:
            self.task.value = f"<b>Challenge.</b> {escape(challenge.task)}"

    def guess_made(self) -> None:
        self.set_task()
        self.update()

    def moved(self, _change: Any) -> None:
        if self.guess:
            self.guess.moved()
        self.update()

    def reset(self, _button: widgets.Button) -> None:
        for name, axis in self.explorer.axes.items():
            self.controls[name].value = axis.default

    def update(self) -> None:
        try:
            self.show(self._frame([control.value for control in self.controls.values()]))
        except ExplorerError as error:  # out of a callback it would vanish; the reader should know
            self.sentence.value = f'<b style="color:#b00020">{escape(str(error))}</b>'

    def still(self) -> str:
        """The default state without widgets; it shows where they are not drawn."""
        parts = self._picture(self.default) + self._sentence(self.default)
        own = parts.replace(self.prefix, self.still_id)  # no id may occur twice in a notebook
        return f'<div id="{self.still_id}" style="{_PAPER}">{own}</div>{_KEYS_OF_ITS_OWN}'

    def _picture(self, now: Frame) -> str:
        *svg, end = picture(self.explorer, now, self.default, self.prefix)
        marked = self.guess.marks() if self.guess else ""
        lines = "\n".join([*svg, marked, end])
        return f'<div style="{_PAPER}">{lines}</div>'

    def _sentence(self, now: Frame) -> str:
        opening = f'<p id="{self.prefix}.sentence" style="line-height:1.4">'
        return f"{opening}{escape(now.sentence)}</p>"

    def show(self, now: Frame) -> None:
        hide_still = f'<style>[id="{self.still_id}"]{{display:none}}</style>'
        self.picture.value = hide_still + self._picture(now)
        self.sentence.value = self._sentence(now)
        self.numbers.value = _numbers(self.explorer.name, now)
        if challenge := self.explorer.challenge:
            found = f"✓ <b>Found.</b> {escape(challenge.found)}"
            self.found.value = found if now.met and self.task.value else ""


def _control(axis: Axis) -> widgets.Widget:
    if axis.kind == "switch":
        return widgets.Checkbox(value=bool(axis.default), description=axis.label, indent=False)
    make = widgets.SelectionSlider if axis.kind == "range" else widgets.Dropdown
    return make(
        options=[(axis.text(value), value) for value in axis.live_values],
        value=axis.default,
        description=axis.label,
        style={"description_width": "initial"},
        layout=widgets.Layout(width="100%", max_width=WIDEST),
    )


def _numbers(name: str, now: Frame) -> str:
    text, rows = io.StringIO(), now.rows
    csv.writer(text).writerows([*rows, *point_rows(now.lines)])
    data = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode()  # as Excel asks for
    cells = ["".join(f"<td>{escape(readable(cell))}</td>" for cell in row) for row in rows]
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return (
        f"<details><summary>The numbers in the picture</summary><table>{body}</table>"
        f'<a download="{name}.csv" href="data:text/csv;base64,{data}">Numbers as CSV</a></details>'
    )
