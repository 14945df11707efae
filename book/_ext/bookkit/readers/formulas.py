"""A formula of a quiz: computed with its numbers, one module of the models, and nothing else."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import CodeType, ModuleType
from typing import Any

PACKAGE = "netfin"
ALLOWED = {"abs": abs, "max": max, "min": min}  # of Python itself


def computed(formula: str, numbers: Mapping[str, Any], module: str = "") -> Any:
    """Compute a formula over numbers or functions, and over a module if one is named.

    Whatever goes wrong is a ValueError that shows the formula.
    """
    try:
        known = names(module) if module else {}
        return eval(compiled(formula), {"__builtins__": ALLOWED, **known, **numbers})
    except NameError as fault:
        there = f"{module} defines no {fault.name!r}" if module else f"there is no {fault.name!r}"
        problem: object = there
    except Exception as fault:
        problem = fault
    raise ValueError(f"{formula!r} fails: {problem}")


@cache
def compiled(formula: str) -> CodeType:
    """Read a formula once, for it is computed with many numbers."""
    return compile(formula.strip(), "<string>", "eval")


def value(formula: str, numbers: Mapping[str, Any], module: str = "") -> float:
    """Compute a number."""
    found = computed(formula, numbers, module)
    try:
        return float(found)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{formula!r} is no number: {fault}") from fault


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
