"""A formula of a quiz, computed with the names of one module of the models and no others."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

PACKAGE = "netfin"


def value(formula: str, module: str, given: Mapping[str, float] | None = None) -> float:
    """Compute a formula over a module, and numbers that are given.

    Whatever goes wrong is a ValueError that shows the formula.
    """
    try:
        return float(eval(formula, {"__builtins__": {}, **names(module), **(given or {})}))
    except NameError as fault:
        problem: object = f"{module} defines no {fault.name!r}"
    except Exception as fault:
        problem = fault
    raise ValueError(f"model {formula!r} fails: {problem}")


@cache
def names(module: str) -> dict[str, Any]:
    """Return what a module of the models has of ours.

    That is what any module of the package defines, and constants that this one defines or
    lists in `__all__`; not what it imports from numpy, pandas or Python.
    """
    if module.partition(".")[0] != PACKAGE:
        raise ValueError(f"{module} is no module of {PACKAGE}")
    loaded = import_module(module)
    constants = {*getattr(loaded, "__all__", ()), *_assigned(loaded)}
    return {k: v for k, v in vars(loaded).items() if k in constants or _is_ours(v)}


def _is_ours(found: object) -> bool:
    """Tell whether something, or its class, was defined in the package."""
    name = found.__name__ if isinstance(found, ModuleType) else getattr(found, "__module__", "")
    return str(name).partition(".")[0] == PACKAGE


def _assigned(module: ModuleType) -> set[str]:
    """Find the constants at the top of a module's source."""
    names: set[str] = set()
    for node in ast.parse(inspect.getsource(module)).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names |= {each.id for each in targets if isinstance(each, ast.Name)}
    return names
