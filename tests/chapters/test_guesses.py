"""The state in which a guess is answered shows the number that makes its answer right."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import pytest
from oracle import book_explorers, numbers, same

from explorer import Explorer, Guess
from explorer.axes import Value

ALL = book_explorers()
EXPLORERS = {name: each for name, each in ALL.items() if each.guess}
# Values that no table can hold, and what the asked state shows instead.
SEEN_OTHERWISE = {
    "poorest-orders-most": "a limit between two states; the one asked lies in the same option",
    "share-of-sales": "the week after the last that the cash lasts, where the curve ends",
}


@cache  # the models that answer some of them take half a second
def guess_of(name: str) -> Guess:
    make = EXPLORERS[name].guess
    assert make
    return make()


def asked(explorer: Explorer, guess: Guess) -> list[Value]:
    """Take the state in which a guess is answered."""
    at = zip(explorer.axes.values(), explorer.asked_state(guess), strict=True)
    return [axis.values[index] for axis, index in at]  # noqa: PD011


class Seen(NamedTuple):
    """What a state shows but for its picture, which is large to keep."""

    sentence: str
    table: pd.DataFrame


@cache  # some models take half a second, and several tests ask for the same state
def seen_at(explorer: Explorer, state: tuple[Value, ...]) -> Seen:
    shown = explorer.show(state)
    return Seen(shown.sentence, shown.table)


def cells(explorer: Explorer, state: Sequence[Value]) -> list[float]:
    """List the numbers of a state's table."""
    rows = seen_at(explorer, tuple(state)).table.itertuples(index=False)
    return [float(cell) for row in rows for cell in row if not isinstance(cell, str)]


def readings(explorer: Explorer, state: Sequence[Value]) -> Iterator[float]:
    """Yield what a reader takes from a state: its cells, what sets them apart, its controls."""
    here = cells(explorer, state)
    yield from here
    yield from (value for value in state if isinstance(value, int | float))
    yield from (cell / 1000 for cell in here)  # the options speak of thousands
    for one, other in itertools.permutations(here, 2):
        yield one - other
        if other:
            yield one / other
    found = cells(explorer, explorer.default)  # the state that the reader comes from
    if len(found) == len(here):
        yield from (now / then for now, then in zip(here, found, strict=True) if then)


def is_shown(explorer: Explorer, state: Sequence[Value], value: float) -> bool:
    said = numbers(seen_at(explorer, tuple(state)).sentence)
    return any(same(abs(seen), abs(value)) for seen in readings(explorer, state)) or any(
        abs(abs(seen) - abs(value)) <= 0.5 * 10**-decimals + 1e-9 for seen, decimals in said
    )


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_asked_state_shows_the_value_of_the_guess(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer, values = EXPLORERS[name], []
    make = Guess.between.__func__  # type: ignore[attr-defined]

    def between(cls: type[Guess], question: str, value: float, *rest: Any, **named: Any) -> Guess:
        values.append(float(value))
        made: Guess = make(cls, question, value, *rest, **named)
        return made

    monkeypatch.setattr(Guess, "between", classmethod(between))
    assert explorer.guess
    guess = explorer.guess()
    state = asked(explorer, guess)
    unseen = [value for value in values if not is_shown(explorer, state, value)]

    assert bool(unseen) == (name in SEEN_OTHERWISE), f"{explorer.describe(state)} shows no {values}"


@pytest.mark.parametrize("name", [name for name, each in EXPLORERS.items() if each.challenge])
def test_the_asked_state_leaves_the_challenge_to_be_met(name: str) -> None:
    explorer = EXPLORERS[name]
    assert explorer.challenge
    state = tuple(asked(explorer, guess_of(name)))
    found = explorer.challenge.met(seen_at(explorer, state).table)
    assert not found, f"{explorer.challenge.task!r} is met where the guess is answered"


# What an option says that names no number of its own: all on one side of one, or between two.
RANGE = re.compile(
    r"\d to [\d.]|\b(less|more|fewer|beyond|up to|worse|better|longer)\b", re.IGNORECASE
)


def test_what_names_a_number_is_marked_as_one() -> None:
    guesses = {name: guess_of(name) for name in EXPLORERS}
    marked = [
        (name, option)
        for name, guess in guesses.items()
        if guess.reading
        for option, said in zip(guess.ranges, guess.reading.said, strict=True)
        if said is None and not RANGE.search(option)
    ]
    assert marked == [], "marked as a range"


def texts(name: str, explorer: Explorer) -> Iterator[str]:
    """Yield what an explorer says to its reader, of its states the one he finds."""
    yield seen_at(explorer, explorer.default).sentence
    yield from (axis.label for axis in explorer.axes.values())
    if name in EXPLORERS:
        guess = guess_of(name)
        yield from (guess.question, *guess.ranges, guess.because)
    if explorer.challenge:
        yield from (explorer.challenge.task, explorer.challenge.found)


@pytest.mark.parametrize("name", ALL)
def test_no_text_shows_the_name_of_a_number(name: str) -> None:
    said = [text for text in texts(name, ALL[name]) if re.search(r"[{}]", text)]
    assert said == []


@pytest.mark.parametrize("name", EXPLORERS)
def test_where_to_look_does_not_tell_the_answer(name: str) -> None:
    guess = guess_of(name)
    answer = [seen for seen, _ in numbers(guess.ranges[guess.right])]
    asked_for = [seen for seen, _ in numbers(guess.question)]  # may be set: it is no answer
    told = len(answer) == 1 and answer[0] not in asked_for and answer[0] in guess.at.values()
    assert not told, f"{guess.ranges[guess.right]!r} is told by {guess.at}"
