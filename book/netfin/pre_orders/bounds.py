"""How large a parameter may be beside another."""

from __future__ import annotations

import numpy as np

from netfin.checks import Numbers, finite, matching


def no_more(name: str, value: Numbers, limit_name: str, limit: Numbers) -> Numbers:
    """Return a value that is at most another parameter.

    Parameters
    ----------
    name, limit_name : str
        Both parameters as the caller knows them, for the message.
    value, limit : float or ndarray
        In one unit, any; they broadcast against each other.

    Returns
    -------
    float or ndarray
        The value, in that unit, as a float or an array.

    Raises
    ------
    ValueError
        Naming both parameters and the first value that is above its limit.

    Source
    ------
    Ours: a check.
    """
    checked, most = finite(name, value), finite(limit_name, limit)
    matching(**{name: checked, limit_name: most})
    values, limits = np.broadcast_arrays(checked, most)
    above = values > limits
    if np.any(above):
        raise ValueError(
            f"{name} must be no more than {limit_name}, {limits[above][0]:g}, "
            f"not {values[above][0]:g}"
        )
    return checked
