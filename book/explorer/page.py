"""An explorer as markup for a static page: controls, the default state, and all other states packed."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from .axes import Axis
from .cache import ENGINE, Store, content_key, files_below, import_closure
from .explore import CACHE, Explorer
from .frames import Frame, all_frames, default_index, packed, picture, row_lines
from .shown import ExplorerError, Guess, Row

HEAVIEST = 40_000  # bytes of one explorer, compressed


def html(explorer: Explorer) -> str:
    """The whole `<model-explorer>` element; from the cache where nothing it depends on has changed."""
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
    root = source.resolve().parents[explorer.function.__module__.count(".")]
    files = import_closure(source, root) | {
        path.resolve() for path in files_below([ENGINE, *explorer.depends_on])
    }
    return content_key([explorer.name], files, root)


def compiled(explorer: Explorer) -> str:
    """The element, made anew. Raises ExplorerError where a state fails or a budget is exceeded."""
    frames = all_frames(explorer)
    guess = explorer.guess() if explorer.guess else None
    _check_challenge(explorer, frames)
    text = "\n".join(_element(explorer, frames, guess))
    weight = len(gzip.compress(text.encode(), mtime=0))
    if weight > HEAVIEST:
        raise ExplorerError(
            f"Explorer {explorer.name!r} weighs {weight:,} bytes compressed with {len(frames)} states; "
            f"at most {HEAVIEST:,} are allowed"
        )
    return text


def _check_challenge(explorer: Explorer, frames: list[Frame]) -> None:
    if explorer.challenge:
        met = sum(frame.met for frame in frames)
        if not 0 < met < len(frames) or frames[default_index(explorer.axes)].met:
            raise ExplorerError(
                f"Explorer {explorer.name!r}: the challenge is met in {met} of {len(frames)} states"
                f"{', the default among them' if frames[default_index(explorer.axes)].met else ''}; "
                "it must be met in some, not in all, and not in the default state"
            )


def _element(explorer: Explorer, frames: list[Frame], guess: Guess | None) -> Iterator[str]:
    name, default = explorer.name, frames[default_index(explorer.axes)]
    still = not explorer.axes
    yield f'<model-explorer id="{name}" class="mx{" mx-still" if still else ""}" data-states="{len(frames)}">'
    if guess:
        yield from _guess(name, guess)
    yield '<div class="mx-stage">'
    yield '<div class="mx-picture">'
    yield from picture(explorer, default, default)
    yield "</div>"
    if not still:
        yield from _panel(name, explorer.axes)
    yield "</div>"
    yield f'<p class="mx-sentence" id="{name}-sentence">{escape(default.sentence, quote=False)}</p>'
    yield '<p class="mx-live" role="status" aria-live="polite"></p>'
    yield '<p class="mx-message" role="status"></p>'
    if explorer.challenge:
        yield f'<div class="mx-challenge"><p><strong>Challenge.</strong> {escape(explorer.challenge.task)}</p>'
        yield '<p class="mx-found" role="status"></p></div>'
    yield from _numbers(name, default.rows, still)
    yield f'<script type="application/json">{_json(_payload(explorer, frames, guess))}</script>'
    yield "</model-explorer>"


def _guess(name: str, guess: Guess) -> Iterator[str]:
    yield f'<div class="mx-guess" role="group" aria-labelledby="{name}-question">'
    yield f'<p id="{name}-question"><strong>Guess first.</strong> {escape(guess.question)}</p><div class="mx-ranges">'
    for text in guess.ranges:
        yield f'<button type="button" aria-pressed="false">{escape(text)}</button>'
    yield '</div><p class="mx-because" role="status"></p></div>'


def _panel(name: str, axes: dict[str, Axis]) -> Iterator[str]:
    yield '<div class="mx-panel">'
    for key, axis in axes.items():
        control = f"{name}-{key.replace('_', '-')}"
        yield f'<div class="mx-control mx-{axis.kind}"><label for="{control}">{escape(axis.label)}</label>'
        yield from _control(control, axis)
        yield "</div>"
    yield '<div class="mx-buttons"><button type="button" class="mx-reset">Reset</button>'
    yield f'<a class="mx-link" href="#{name}">Link to this state</a>'
    yield '<button type="button" class="mx-csv">Numbers as CSV</button></div></div>'
    yield '<noscript><p class="mx-message">The controls need JavaScript; the picture shows the starting state.</p></noscript>'


def _control(control: str, axis: Axis) -> Iterator[str]:
    index = axis.values.index(axis.default)
    text = escape(axis.text(axis.default))
    if axis.kind == "range":
        yield f'<output for="{control}">{text}</output>'
        yield (
            f'<input type="range" id="{control}" min="0" max="{len(axis.values) - 1}" step="1" value="{index}" '
            f'aria-valuetext="{text}" autocomplete="off">'
        )
    elif axis.kind == "choice":
        yield f'<select id="{control}" autocomplete="off">'
        for i, value in enumerate(axis.values):
            yield f'<option value="{i}"{" selected" if i == index else ""}>{escape(axis.text(value))}</option>'
        yield "</select>"
    else:
        yield f'<input type="checkbox" id="{control}"{" checked" if index else ""} autocomplete="off">'


def _numbers(name: str, rows: tuple[Row, ...], still: bool) -> Iterator[str]:
    yield '<details class="mx-numbers"><summary>The numbers in the picture</summary>'
    yield f'<div class="mx-scroll" tabindex="0" role="region" aria-label="Numbers of {name}"><table>'
    yield f"<thead><tr>{_cells(rows[0], 'th')}</tr></thead><tbody>"
    yield from (f"<tr>{_cells(row, 'td')}</tr>" for row in rows[1:])
    yield "</tbody></table></div>"
    if still:
        yield '<button type="button" class="mx-csv">Numbers as CSV</button>'
    yield "</details>"


def _cells(row: Row, tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "".join(f"<{tag}{scope}>{escape(readable(cell))}</{tag}>" for cell in row)


def readable(cell: str | int | float) -> str:
    """A number to four significant digits, as the page's script writes it too; text as it is."""
    return cell if isinstance(cell, str) else f"{float(f'{cell:.4g}'):.10g}"


def _payload(explorer: Explorer, frames: list[Frame], guess: Guess | None) -> dict[str, Any]:
    default = frames[default_index(explorer.axes)]
    return {
        "axes": [_axis(key, axis) for key, axis in explorer.axes.items()],
        "pictures": packed([picture(explorer, frame, default) for frame in frames]),
        "sentences": packed([_phrases(frame.sentence) for frame in frames]),
        "tables": packed([row_lines(frame.rows) for frame in frames]),
        "met": [i for i, frame in enumerate(frames) if frame.met],
        "found": explorer.challenge.found if explorer.challenge else "",
        "right": guess.right if guess else None,
        "because": guess.because if guess else "",
    }


def _phrases(sentence: str) -> list[str]:
    """A sentence cut after each space: the words are what states share."""
    return sentence.replace(" ", " \n").split("\n")


def _axis(key: str, axis: Axis) -> dict[str, Any]:
    return {
        "name": key,
        "default": axis.values.index(axis.default),
        "texts": [axis.text(value) for value in axis.values],
        "tokens": [axis.token(value) for value in axis.values],
    }


def _json(payload: dict[str, Any]) -> str:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
