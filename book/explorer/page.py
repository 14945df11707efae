"""An explorer as markup for a static page: controls, the default state, all others packed."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from .axes import Axis
from .cache import CACHE, Store, content_key, files_below
from .explorer import Explorer
from .frames import Frame, all_frames, picture
from .imports import closure
from .lines import line_rows
from .marks import Marks, marks
from .packing import packed, row_lines
from .shelf import Shelf
from .shown import Challenge, ExplorerError, Guess, Row, readable
from .signs import typeset

ENGINE = Path(__file__).parent
HEAVIEST = 40_000  # bytes of one explorer, compressed
LEEWAY = 0.06  # of a text's length, by which another can be shorter and yet take a line more
NOT_FOUND = "Not found yet."


def html(explorer: Explorer) -> str:
    """The whole `<model-explorer>`; from the cache where nothing it depends on has changed."""
    folder, source = os.environ.get(CACHE), explorer.source
    if not folder or not source:
        return compiled(explorer)
    store, key = Store(Path(folder)), _key(explorer, source)
    text = store.get(explorer.name, key)
    if text is None:
        text = compiled(explorer)
        store.put(explorer.name, key, text)
    return text


def _key(explorer: Explorer, source: Path) -> str:
    """A digest of all that a picture depends on: imports, the data they name, engine, packages.

    Where imports cannot be known, of every module and all data: a picture made anew for nothing
    costs a moment, a stale one would be wrong.
    """
    root = source.resolve().parents[explorer.function.__module__.count(".")]
    code = closure([f"import {explorer.function.__module__}"], root)
    others = [each for each in explorer.depends_on if isinstance(each, Path)]
    files = {*code.files, *files_below([ENGINE], "*.py"), *files_below(others)}
    parts = [explorer.name]
    for shelf in (each for each in explorer.depends_on if isinstance(each, Shelf)):
        named, entries = shelf.used(code)
        files |= named
        parts.append(json.dumps(entries, sort_keys=True, default=str))
    return content_key(parts, files, root)


def compiled(explorer: Explorer) -> str:
    """The element, made anew. Raises ExplorerError where a state fails or a budget is exceeded."""
    guess = explorer.guess() if explorer.guess else None
    marked = marks(explorer, guess)
    frames = all_frames(explorer, marked)
    _check_challenge(explorer, frames)
    text = "\n".join(_element(explorer, frames, guess, marked))
    weight = len(gzip.compress(text.encode(), mtime=0))
    if weight > HEAVIEST:
        raise ExplorerError(
            f"Explorer {explorer.name!r} weighs {weight:,} bytes compressed with "
            f"{len(frames)} states; at most {HEAVIEST:,} are allowed"
        )
    return text


def _check_challenge(explorer: Explorer, frames: list[Frame]) -> None:
    if not explorer.challenge:
        return
    met = sum(frame.met for frame in frames)
    at_once = frames[explorer.default_index].met
    if met == 0 or at_once:
        raise ExplorerError(
            f"Explorer {explorer.name!r}: the challenge is met in {met} of {len(frames)} states"
            f"{', the default among them' if at_once else ''}; "
            "it must be met in some state, and not in the default one"
        )


def _element(
    explorer: Explorer, frames: list[Frame], guess: Guess | None, marked: Marks | None
) -> Iterator[str]:
    name, default = explorer.name, frames[explorer.default_index]
    still = not explorer.axes
    yield f'<model-explorer id="{name}" data-states="{len(frames)}">'
    if guess:
        yield from _guess(name, guess)
    yield f'<div class="mx-stage mx-{len(explorer.axes)}-controls">'
    yield f'<div class="mx-picture" style="--mx-slope:{_slope(frames):.3f}">'
    yield from picture(explorer, default, default)
    yield "</div>"
    if not still:
        yield from _panel(name, explorer.axes, traced=bool(default.drawing.trace))
    yield "</div>"
    yield from _words(name, default, frames)
    if explorer.challenge:
        yield from _challenge(explorer.challenge, asked_first=guess is not None)
    yield from _foot(name, still)
    yield from _numbers(name, default.rows)
    data = _json(_payload(explorer, frames, guess, marked))
    yield f'<script type="application/json">{data}</script>'
    yield "</model-explorer>"


def _slope(frames: list[Frame]) -> float:
    """How high a picture is for its width: what bounds the one bounds the other."""
    return max(frame.drawing.height / frame.drawing.width for frame in frames)


def _text(text: str) -> str:
    return escape(typeset(text), quote=False)


def _status(part: str, text: str = "") -> str:
    """A line that is read out when a script changes it."""
    return f'<p class="mx-{part}" role="status">{text}</p>'


def _reserving(part: str, texts: Iterable[str]) -> str:
    """The opening of a box that is as high as the tallest of these texts in it.

    That is the longest or one nearly so, which breaks otherwise: hence a little more.
    """
    longest = typeset(max(texts, key=len))
    more = "n" * round(LEEWAY * len(longest))
    return f'<div class="mx-{part}" data-longest="{escape(longest)} {more}">'


def _words(name: str, default: Frame, frames: list[Frame]) -> Iterator[str]:
    yield _reserving("words", (frame.sentence for frame in frames))
    yield f'<p class="mx-sentence" id="{name}.sentence">{_text(default.sentence)}</p></div>'
    yield _status("live") + _status("message")


def _guess(name: str, guess: Guess) -> Iterator[str]:
    question = f"{name}.question"
    yield f'<div class="mx-guess" role="group" aria-labelledby="{question}" data-step="ask">'
    yield f'<p class="mx-question" id="{question}"><strong>Guess first.</strong> '
    yield f"{_text(guess.question)}</p>"
    yield '<div class="mx-ranges">'
    for text in guess.ranges:
        yield f'<button type="button" class="mx-option" aria-pressed="false">{_text(text)}</button>'
    yield '<button type="button" class="mx-skip">Skip</button></div>'
    yield '<div class="mx-fold"><p class="mx-line"><span class="mx-yours"></span>'
    yield '<button type="button" class="mx-set">Set it for me</button>'
    yield '<button type="button" class="mx-again">Guess again</button></p>'
    yield f"{_status('reply')}</div></div>"


def _challenge(challenge: Challenge, asked_first: bool) -> Iterator[str]:
    """The task, hidden as long as the reader has not guessed: it gives answers away."""
    waiting = " data-waiting" if asked_first else ""
    yield f'<div class="mx-challenge"{waiting}><p><strong>Challenge.</strong> '
    if asked_first:
        yield '<span class="mx-wait">It comes after your guess.</span>'
    yield f'<span class="mx-task">{_text(challenge.task)}</span></p>'
    yield _reserving("finding", [f"✓ Found. {challenge.found}"])
    yield f"{_status('found', NOT_FOUND)}</div></div>"


def _panel(name: str, axes: dict[str, Axis], traced: bool) -> Iterator[str]:
    yield '<div class="mx-panel">'
    for key, axis in axes.items():
        control = f"{name}.{key}.control"
        yield f'<div class="mx-control mx-{axis.kind}">'
        yield f'<label for="{control}">{_text(axis.label)}</label>'
        yield from _control(control, axis)
        yield "</div>"
    if traced:
        yield '<p class="mx-note">Dashed: where you started.</p>'
    yield '<button type="button" class="mx-reset">Reset</button></div>'
    yield (
        '<noscript><p class="mx-message">The controls need JavaScript; '
        "the picture shows the starting state.</p></noscript>"
    )


def _control(control: str, axis: Axis) -> Iterator[str]:
    index = axis.values.index(axis.default)
    text = escape(typeset(axis.text(axis.default)))
    if axis.kind == "range":
        longest = escape(typeset(max(map(axis.text, axis.values), key=len)))
        yield f'<output for="{control}" data-longest="{longest}">{text}</output>'
        yield (
            f'<input type="range" id="{control}" min="0" max="{len(axis.values) - 1}" step="1" '
            f'value="{index}" aria-valuetext="{text}" autocomplete="off">'
        )
    elif axis.kind == "choice":
        yield f'<select id="{control}" autocomplete="off">'
        for i, value in enumerate(axis.values):
            chosen = " selected" if i == index else ""
            yield f'<option value="{i}"{chosen}>{_text(axis.text(value))}</option>'
        yield "</select>"
    else:
        checked = " checked" if index else ""
        yield f'<input type="checkbox" id="{control}"{checked} autocomplete="off">'


def _foot(name: str, still: bool) -> Iterator[str]:
    yield '<div class="mx-foot">'
    if not still:
        yield '<button type="button" class="mx-reset">Reset</button>'
        yield f'<a class="mx-link" href="#{name}">Link to this state</a>'
    yield '<button type="button" class="mx-csv" data-mark=",">Numbers as CSV (comma)</button>'
    yield '<button type="button" class="mx-csv" data-mark=";">CSV (semicolon)</button></div>'


def _numbers(name: str, rows: tuple[Row, ...]) -> Iterator[str]:
    yield '<details class="mx-numbers"><summary>The numbers in the picture</summary>'
    label = f"Numbers of {name.replace('-', ' ')}"
    yield f'<div class="mx-scroll" tabindex="0" role="region" aria-label="{label}"><table>'
    yield f"<thead><tr>{_cells(rows[0], 'th')}</tr></thead><tbody>"
    yield from (f"<tr>{_cells(row, 'td')}</tr>" for row in rows[1:])
    yield "</tbody></table></div></details>"


def _cells(row: Row, tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "".join(f"<{tag}{scope}>{_text(readable(cell))}</{tag}>" for cell in row)


def _payload(
    explorer: Explorer, frames: list[Frame], guess: Guess | None, marked: Marks | None
) -> dict[str, Any]:
    default = frames[explorer.default_index]
    return {
        "axes": [_axis(key, axis) for key, axis in explorer.axes.items()],
        "pictures": packed([picture(explorer, frame, default) for frame in frames]),
        "sentences": packed([_phrases(frame.sentence) for frame in frames]),
        "tables": packed([row_lines(frame.rows) for frame in frames]),
        "lines": packed([line_rows(frame.lines) for frame in frames]),
        "met": [i for i, frame in enumerate(frames) if frame.met],
        "found": typeset(explorer.challenge.found) if explorer.challenge else "",
        "right": guess.right if guess else None,
        "because": typeset(guess.because) if guess else "",
        "at": explorer.asked_state(guess) if guess else [],
        "marks": marked and {"yours": marked.yours, "signs": marked.signs, "model": marked.model},
    }


def _phrases(sentence: str) -> list[str]:
    """A sentence cut after each space: the words are what states share."""
    return sentence.replace(" ", " \n").split("\n")


def _axis(key: str, axis: Axis) -> dict[str, Any]:
    return {
        "name": key,
        "default": axis.values.index(axis.default),
        "texts": [typeset(axis.text(value)) for value in axis.values],
        "tokens": [axis.token(value) for value in axis.values],
    }


def _json(payload: dict[str, Any]) -> str:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
