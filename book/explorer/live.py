"""An explorer under a kernel: ipywidgets controls, every move recomputed on the finer grid."""

from __future__ import annotations

import base64
import csv
import io
from html import escape
from typing import Any

import ipywidgets as widgets

from .axes import Axis
from .explore import Explorer
from .frames import Frame, frame, picture
from .page import readable
from .shown import ExplorerError, Guess, Row


def widget(explorer: Explorer) -> widgets.VBox:
    """Controls, picture, sentence and numbers in one box; needs a kernel to answer."""
    return _Live(explorer).box


class _Live:
    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.default = frame(explorer, tuple(axis.default for axis in explorer.axes.values()))
        self.controls = {name: _control(axis) for name, axis in explorer.axes.items()}
        self.picture, self.sentence = widgets.HTML(), widgets.HTML()
        self.numbers, self.found, self.because = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.guess = explorer.guess() if explorer.guess else None
        self.guessed: str | None = None
        for control in self.controls.values():
            control.observe(self.moved, names="value")
        self.box = widgets.VBox(self._children())
        self.update()

    def _children(self) -> list[widgets.Widget]:
        children: list[widgets.Widget] = self._guess(self.guess) if self.guess else []
        children += [self.picture, *self.controls.values()]
        if self.controls:
            reset = widgets.Button(description="Reset")
            reset.on_click(self.reset)
            children.append(reset)
        children.append(self.sentence)
        if self.explorer.challenge:
            children += [
                widgets.HTML(f"<b>Challenge.</b> {escape(self.explorer.challenge.task)}"),
                self.found,
            ]
        return [*children, self.numbers]

    def _guess(self, guess: Guess) -> list[widgets.Widget]:
        buttons = [widgets.Button(description=text, tooltip=text) for text in guess.ranges]
        for button in buttons:
            button.layout.width = "auto"
            button.on_click(self.guess_made)
        question = widgets.HTML(f"<b>Guess first.</b> {escape(guess.question)}")
        return [question, widgets.HBox(buttons), self.because]

    def guess_made(self, button: widgets.Button) -> None:
        self.guessed = button.description
        self.because.value = (
            f"Your guess: {escape(button.description)}. Now move a control and see."
        )

    def moved(self, _change: Any) -> None:
        if self.guess and self.guessed:
            right = self.guess.ranges[self.guess.right]
            verdict = "You were right" if right == self.guessed else f"The model says: {right}"
            self.because.value = escape(
                f"Your guess: {self.guessed}. {verdict}. {self.guess.because}"
            )
        self.update()

    def reset(self, _button: widgets.Button) -> None:
        for name, axis in self.explorer.axes.items():
            self.controls[name].value = axis.default

    def update(self) -> None:
        state = tuple(control.value for control in self.controls.values())
        try:
            self.show(frame(self.explorer, state))
        except (
            ExplorerError
        ) as error:  # a callback's exception would vanish; the reader should read it
            self.sentence.value = f'<b style="color:#b00020">{escape(str(error))}</b>'

    def show(self, now: Frame) -> None:
        lines = "\n".join(picture(self.explorer, now, self.default))
        self.picture.value = (
            f'<div style="max-width:540px;background:#fff;color:#222">{lines}</div>'
        )
        sentence_id = f"{self.explorer.name}-sentence"
        self.sentence.value = (
            f'<p id="{sentence_id}" style="line-height:1.4">{escape(now.sentence)}</p>'
        )
        self.numbers.value = _numbers(self.explorer.name, now.rows)
        if challenge := self.explorer.challenge:
            self.found.value = f"<b>Found.</b> {escape(challenge.found)}" if now.met else ""


def _control(axis: Axis) -> Any:
    style = {"description_width": "initial"}
    if axis.kind == "switch":
        return widgets.Checkbox(value=bool(axis.default), description=axis.label, indent=False)
    options = [(axis.text(value), value) for value in axis.live_values]
    make = widgets.SelectionSlider if axis.kind == "range" else widgets.Dropdown
    layout = widgets.Layout(width="100%", max_width="540px")
    return make(
        options=options, value=axis.default, description=axis.label, style=style, layout=layout
    )


def _numbers(name: str, rows: tuple[Row, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    data = base64.b64encode(text.getvalue().encode()).decode()
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(readable(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f"<details><summary>The numbers in the picture</summary><table>{body}</table>"
        f'<a download="{name}.csv" href="data:text/csv;base64,{data}">Numbers as CSV</a></details>'
    )
