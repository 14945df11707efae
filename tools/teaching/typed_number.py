"""A number that a student typed, read and compared as the page does it (`book/_static/quiz.js`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from math import trunc

from bookkit.readers.quizzes import Number, Numeric

CLOSE = 0.02  # of the answer: what early rounding does, and no other mistake
ROUNDING = 1 + 1e-9  # of the tolerance, which a computer's number may miss by a hair
MULTIPLE = re.compile(
    "hundred|thousand|[mbr]illion|dozen|basis|^(k|w|m|mn|mln|bn|fen|jiao)(?![a-z])|[百千万萬亿億分角]"
)
PERIODS = tuple(map(re.compile, ("year|年", "month|月", "week|周|週", "day|天|日")))
_NUMBER = re.compile(r"(?:[¥€$£]|rmb)?([-+0-9.,]+)((?:(?:[^\W\d_]|[%¥€$£])[^0-9]*)?)")
_PLAIN = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")


def _closed(text: str) -> str:
    """Write a text without blanks, in small letters, with a minus that programs read."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-", 1).lower()


def _split(typed: str, unit: str) -> tuple[str, str]:
    """Return the number, and what stands behind it: a unit with no number but the asked one's."""
    count = re.search(r"\bof ([0-9]+)$", unit)
    whole = _closed(typed)
    if count:
        whole = re.sub(f"(outof|of|in){count[1]}$", "", whole)
    found = _NUMBER.fullmatch(whole)
    return (found[1], found[2]) if found else ("", "")


def _is_other(typed: str, unit: str) -> bool:
    """Tell a number of something else: of thousands, or of a year where a month was asked for."""
    _, behind = _split(typed, unit)
    if MULTIPLE.search(behind) and not _closed(unit).startswith(behind):
        return True
    told, wanted = ([each for each in PERIODS if each.search(text)] for text in (behind, unit))
    return bool(told and wanted and told != wanted)


def readings(typed: str, unit: str) -> list[str]:
    """Return the numbers that a text may mean: as it is written in Britain, and in Europe."""
    bare = "" if _is_other(typed, unit) else _split(typed, unit)[0]
    thousands = [bare.replace(",", "")] if _THOUSANDS.fullmatch(bare) else []
    return [each for each in (*thousands, bare.replace(",", ".", 1)) if _PLAIN.fullmatch(each)]


def _is_coarse(text: str, asked: Number) -> bool:
    """Tell whether it is the answer rounded, or cut off, to fewer decimals than asked for."""
    places = len(text.partition(".")[2])
    if places >= asked.decimals:  # of which there may be more than can be computed with
        return False
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(asked.value).quantize(step, ROUND_HALF_UP)
    cut = trunc(asked.value * 10**places) / 10**places
    return float(text) in (float(rounded), cut)


def _met(question: Numeric, found: list[str]) -> Iterator[Number]:
    """Yield the known numbers, right one and usual mistakes, that a reading comes near to."""
    for each in (question.answer, *question.wrong):
        if any(abs(float(text) - each.value) <= each.tolerance * ROUNDING for text in found):
            yield each


def known(question: Numeric, typed: str) -> Number | None:
    """Return the right number or the usual mistake that was typed, if it is one of them."""
    return next(_met(question, readings(typed, question.answer.unit)), None)


def result(question: Numeric, typed: str) -> str:
    """Return right, near or wrong; nothing for what is no number, which the page does not take."""
    asked = question.answer
    found = readings(typed, asked.unit)
    if not found:
        return ""
    if met := next(_met(question, found), None):
        return "right" if met is asked else "wrong"
    close = CLOSE * abs(asked.value)
    if any(_is_coarse(text, asked) for text in found):
        return "near"
    if asked.decimals and any(abs(float(text) - asked.value) <= close for text in found):
        return "near"
    return "wrong"
