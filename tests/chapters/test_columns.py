"""The numbers under a picture say in what they are counted: each file of them goes about alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from built import Built, explorers
from reader import EXPLORING

UNIT = re.compile(r"\([^()]+\)")
THEIR_OWN_UNIT = {"year", "month", "week", "day"}  # a number under them is one of these


def without_unit(built: Built) -> list[str]:
    """Name the columns of numbers whose header has no unit in brackets."""
    rows = [row for table in built.tables for row in table[1:]]
    header = built.tables[0][0]
    numbers = [
        str(name)
        for k, name in enumerate(header)
        if any(len(row) > k and isinstance(row[k], int | float) for row in rows)
    ]
    return [name for name in numbers if not UNIT.search(name) and name not in THEIR_OWN_UNIT]


@pytest.mark.parametrize("address", EXPLORING)
def test_every_column_of_numbers_has_a_unit(site: Path, address: str) -> None:
    missing = {built.name: without_unit(built) for built in explorers(site, address)}
    assert {name: columns for name, columns in missing.items() if columns} == {}
