"""What a chapter's notebook is made of besides its own text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bookkit.readers.claims import Claims
from bookkit.readers.parameters import Parameters
from bookkit.readers.quizzes import Question


@dataclass
class Sources:
    """Where the words come from that roles and directives stand for.

    chapter : the slug of the chapter that is written.
    numbers : what its cells have said, by name.
    facts : all facts by id, as `netfin.facts` reads them.
    claims : all claims, with the chapters' titles.
    quiz : reads the questions of a chapter.
    statements : returns what was found of a chapter's headline statements, in words.
    source : returns the code of a model by its name with its module.
    parameters : returns a class's parameters, with their values in its objects.
    solved : whether answers and reasons of its quiz are told.
    used : the facts that the text has used so far, in its order; a fact's place is its number.
    """

    chapter: str
    numbers: Mapping[str, str]
    facts: Mapping[str, Any]
    claims: Claims
    quiz: Callable[[str], tuple[Question, ...]]
    statements: Callable[[str], list[dict[str, Any]]]
    source: Callable[[str], str]
    parameters: Callable[[list[str]], Parameters]
    solved: bool = True
    used: list[str] = field(default_factory=list)

    def fact(self, name: str) -> Any:
        """Look up a fact, and note that it is used."""
        if name not in self.facts:
            raise ValueError(f"there is no fact {name!r}")
        if name not in self.used:
            self.used.append(name)
        return self.facts[name]
