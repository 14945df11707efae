"""Many cases in one test: all are tried, and those that fail are told together, each by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

Cases = Mapping[str, tuple[Any, ...]]
"""By a case's name, what a check is called with."""


def together(cases: Cases, check: Callable[..., None]) -> None:
    """Try a check on every case, and raise what all of those that fail have raised."""
    failed: dict[str, BaseException] = {}
    for name, case in cases.items():
        try:
            check(*case)
        except (Exception, pytest.fail.Exception) as failure:
            failure.add_note(f"This was {name}.")
            failed[name] = failure
    if failed:
        told = f"{len(failed)} of {len(cases)} failed: {', '.join(failed)}"
        raise BaseExceptionGroup(told, list(failed.values()))


def in_groups(groups: Mapping[str, Cases]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make of a check of one case a test of each group of cases."""

    def grouped(check: Callable[..., None]) -> Callable[..., None]:
        @pytest.mark.parametrize("group", groups)
        def test(group: str) -> None:
            together(groups[group], check)

        return test

    return grouped
