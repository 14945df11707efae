"""The numbers of a picture as a file, for programs, and for who writes decimals with commas."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from built import Built
from visits import TOYS, Visit, reach

pytestmark = pytest.mark.engine


def taken(page: Page, explorer: Locator, mark: str) -> tuple[str, bytes]:
    """Download the numbers; return the file's name and its bytes."""
    with page.expect_download() as download:
        explorer.locator(f'.mx-csv[data-mark="{mark}"]').click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def parted(text: str, mark: str) -> tuple[list[str], list[list[str]]]:
    """Part the lines about the numbers from the rows."""
    rows = list(csv.reader(text.splitlines(), delimiter=mark))
    first = next(k for k, row in enumerate(rows) if not row[0].startswith("# "))
    return [row[0] for row in rows[:first]], rows[first:]


def localised(cell: str | float, mark: str) -> str:
    return str(cell).replace(".", ",") if mark == ";" and not isinstance(cell, str) else str(cell)


def one_exponent(cell: str) -> str:
    """Write an exponent as Python does, with two digits: 1e-7 is 1e-07."""
    return re.sub(r"(?<=\de)([-+])(\d)$", r"\g<1>0\2", cell)


def expect_about(about: list[str], built: Built, home: str) -> None:
    """Hold what stands above the numbers: title, state, source, licence, address."""
    far = built.corners()[-1]
    texts = {axis["texts"][p] for axis, p in zip(built.axes, far, strict=True)}
    state = [line for line in about if " = " in line and "Source: " not in line]
    assert {line.rsplit(" = ", 1)[1] for line in state} == texts
    assert f"{home}{built.page}{built.link(far) if built.axes else '#' + built.name}" in about[-1]
    assert about[-1].startswith("# Source: ")
    assert "=" not in about[0]
    if built.page != TOYS:
        assert ", edition " in about[-1]
        assert "; CC BY 4.0; " in about[-1]


@pytest.mark.parametrize("mark", [",", ";"])
def test_the_numbers_can_be_taken_away(visit: Visit, mark: str) -> None:
    for built in visit.found:
        page, explorer = visit.open(built)
        reach(explorer, built, built.corners()[-1])
        name, content = taken(page, explorer, mark)
        tokens = [axis["tokens"][-1] for axis in built.axes]
        last = ["semicolon"] if mark == ";" else []
        assert name == f"{'_'.join([built.name, *tokens, *last])}.csv"
        assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows the letters
        about, rows = parted(content.decode("utf-8-sig"), mark)
        expect_about(about, built, visit.reader.home)
        table, lines = (
            each[built.index(built.corners()[-1])] for each in (built.tables, built.lines)
        )
        written = [[localised(cell, mark) for cell in row] for row in table]
        assert [[one_exponent(cell) for cell in row] for row in rows[: len(table)]] == written
        assert points(rows[len(table) :], mark) == [
            (line.name, *line.labels, pytest.approx(x), pytest.approx(y))
            for line in lines
            for x, y in zip(line.xs, line.ys, strict=True)
        ]


def points(rows: list[list[str]], mark: str) -> list[tuple[str, str, str, float, float]]:
    """Read the points of lines: name, the labels of their axes, x and y."""
    found, labels = [], ["", ""]
    for first, *others in rows:
        if first == "line":
            labels = others
        elif not first.startswith("# Lines of the picture, rounded to "):
            x, y = (float(each.replace(",", ".") if mark == ";" else each) for each in others)
            found.append((first, labels[0], labels[1], x, y))
    return found
