"""Small helpers with which functions over floats and arrays give what they got."""

from __future__ import annotations

from typing import Any

import numpy as np

from netfin.checks import Numbers


def plain(numbers: Any) -> Numbers:
    """Give a numpy scalar as a float and leave an array as it is."""
    return float(numbers) if np.ndim(numbers) == 0 else numbers


def filling(shape: tuple[int, ...], numbers: Numbers) -> Numbers:
    """Repeat numbers so that they fill a shape; a float stays a float."""
    return plain(np.broadcast_to(numbers, shape))
