"""The public functions and classes of a package, module by module."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any


def modules(package: str) -> Iterator[ModuleType]:
    """Yield the modules of a package, in the order of the alphabet."""
    found = importlib.import_module(package)
    for each in pkgutil.walk_packages(found.__path__, f"{package}."):
        if not each.name.rpartition(".")[2].startswith("_"):
            yield importlib.import_module(each.name)


def public(module: ModuleType) -> dict[str, Any]:
    """Return the functions and classes that a module defines for others, in their order."""
    defined = {
        name: value
        for name, value in vars(module).items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }
    return dict(sorted(defined.items(), key=lambda each: inspect.getsourcelines(each[1])[1]))


def functions(package: str) -> list[Callable[..., Any]]:
    """List the public functions of all modules of a package."""
    every = (value for module in modules(package) for value in public(module).values())
    return [value for value in every if inspect.isfunction(value)]
