"""The guess under a kernel: asked, noted, told, in the words of the page's script."""

from __future__ import annotations

import functools
from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from .explorer import Explorer
from .marks import MODEL, Marks, marks
from .shown import ExplorerError, Guess
from .signs import typeset

_INK = 'fill="#222" stroke="#fff" stroke-width="2" paint-order="stroke"'


class LiveGuess:
    """Question and options; once the reader has chosen, in the options' place the reply."""

    def __init__(
        self, explorer: Explorer, guess: Guess, controls: dict[str, Any], told: Callable[[], None]
    ) -> None:
        axes = explorer.axes.values()
        asked = zip(axes, explorer.asked_state(guess), strict=True)  # refused now: in a callback
        self.asked = [axis.values[index] for axis, index in asked]  # an error would vanish
        self.explorer, self.guess, self.controls = explorer, guess, controls
        self.chosen = told
        self.guessed: int | None = None
        self.step = "ask"
        question = widgets.HTML(f"<b>Guess first.</b> {escape(guess.question)}")
        self.options = widgets.HBox(self._options())
        self.yours, self.reply = widgets.HTML(), widgets.HTML()
        self.set_button = _button("Set it for me", self._set)
        self.fold = widgets.HBox(
            [self.yours, self.set_button, _button("Guess again", self._ask_again)]
        )
        self.parts: list[widgets.Widget] = [question, self.options, self.fold, self.reply]
        self._show()

    def _options(self) -> list[widgets.Button]:
        buttons = [
            _button(text, functools.partial(self._commit, choice))
            for choice, text in enumerate(self.guess.ranges)
        ]
        return [*buttons, _button("Skip", functools.partial(self._commit, None))]

    def _commit(self, choice: int | None, _button: widgets.Button) -> None:
        self.guessed = choice
        self.step = "told" if choice is None else "noted"
        self.moved()
        self.chosen()

    def _ask_again(self, _button: widgets.Button) -> None:
        """Ask from the start, where the picture does not give the answer."""
        self.step = "ask"
        for control, value in zip(self.controls.values(), self.explorer.default, strict=True):
            control.value = value
        self._show()
        self.chosen()

    def _set(self, _button: widgets.Button) -> None:
        for control, value in zip(self.controls.values(), self.asked, strict=True):
            control.value = value

    def moved(self) -> None:
        """Say what is still to be done; where it has been done, answer."""
        if self.step == "noted" and not self._steps():
            self.step = "told"
        self._show()

    def _steps(self) -> list[str]:
        names = zip(self.controls.values(), self.explorer.axes.values(), self.asked, strict=True)
        return [
            f"set “{axis.label}” to {axis.text(value)}"
            for control, axis, value in names
            if control.value != value
        ]

    def _show(self) -> None:
        asking = self.step == "ask"
        self.options.layout.display = "" if asking else "none"
        self.fold.layout.display = "none" if asking else ""
        self.set_button.layout.visibility = "visible" if self._steps() else "hidden"
        chosen = "" if self.guessed is None else self.guess.ranges[self.guessed]
        line = f"{self._own_sign()}Your guess: {chosen}" if chosen else "No guess."
        self.yours.value = f"<b>{escape(line)}</b>"
        self.reply.value = "" if asking else escape(typeset(self._words()))

    def _words(self) -> str:
        if self.step == "noted":
            return f"Noted. Now {' and '.join(self._steps())} and see."
        right = self.guess.ranges[self.guess.right]
        yours, model = self._own_sign(), self._model_sign()
        if self.guessed == self.guess.right:
            verdict = f"✓ {yours}{model}Right: {right}."
        else:
            chosen = None if self.guessed is None else self.guess.ranges[self.guessed]
            verdict = f"✗ {yours}You: {chosen}. " if chosen else ""
            verdict += f"{model}The model: ✓ {right}."
        return f"{verdict} {self.guess.because}"

    @functools.cached_property
    def _marks(self) -> Marks | None:
        try:
            return marks(self.explorer, self.guess)
        except ExplorerError:  # of a model that the reader has changed: the words are still right
            return None

    def _own_sign(self) -> str:
        """What marks the reader's guess in the picture, if anything does."""
        if self._marks is None or self.guessed is None:
            return ""
        return f"{self._marks.signs[self.guessed]} "

    def _model_sign(self) -> str:
        """What marks the model's value, where the picture shows it now."""
        return f"{MODEL} " if self._marks and not self._steps() else ""

    def marks(self) -> str:
        """The reader's option and, in the state that answers, the model's value, as markup."""
        if self.step == "ask" or not self._marks:
            return ""
        drawn = [] if self.guessed is None else [self._marks.yours[self.guessed]]
        if self.step == "told" and not self._steps():
            drawn.append(self._marks.model)
        paths = "".join(f'<path d="{path}"/>' for path in drawn)
        return f'<g class="mx-marks" {_INK}>{paths}</g>'


def _button(text: str, pressed: Callable[[widgets.Button], None]) -> widgets.Button:
    button = widgets.Button(description=text, tooltip=text)
    button.layout.width = "auto"
    button.on_click(pressed)
    return button
