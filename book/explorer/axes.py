"""The controls of an explorer: one small class for each kind of quantity a reader can move."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

Value = float | int | str | bool
LONGEST_OPTION = 32  # letters: so many a closed list shows whole beside a picture, and on a phone


class Axis:
    """One control. A *value* is what the reader moves, an *argument* what the function gets."""

    kind: ClassVar[str]
    label: str
    default: Value

    @property
    def values(self) -> tuple[Value, ...]:
        """The values of which the static page holds a picture, in the order of the control."""
        raise NotImplementedError

    @property
    def live_values(self) -> tuple[Value, ...]:
        """The values offered under a kernel; a finer grid where the axis has one."""
        return self.values

    def argument(self, value: Value) -> object:
        """What the function receives for a value."""
        return value

    def text(self, value: Value) -> str:
        """The value as the reader sees it, with its unit."""
        raise NotImplementedError

    def token(self, value: Value) -> str:
        """The value as it stands in a link."""
        return f"{value:.10g}" if isinstance(value, int | float) else str(value)


@dataclass(frozen=True, kw_only=True)
class _Numeric(Axis):
    """A range from `low` to `high` in equal steps, both ends included."""

    low: float
    high: float
    step: float
    default: float
    label: str
    live_step: float | None = None

    kind: ClassVar[str] = "range"

    def __post_init__(self) -> None:
        for name in ("low", "high", "step", "default", "live_step"):
            number = getattr(self, name)
            if number is not None and not math.isfinite(number):
                raise ValueError(
                    f"{name} of {self.label!r} is {number}; it must be a finite number"
                )
        if self.low >= self.high:
            raise ValueError(
                f"low of {self.label!r} is {self.low}; it must be below high = {self.high}"
            )
        for name in ("step", "live_step"):
            self._check_step(name)
        if missed := set(self.values) - set(self.live_values):
            raise ValueError(
                f"live_step of {self.label!r} is {self.live_step}; its steps must meet all of "
                f"the coarser grid, and miss {min(missed):g}"
            )
        if self.default not in self.values:
            raise ValueError(
                f"default of {self.label!r} is {self.default}; it must be one of "
                + ", ".join(f"{value:g}" for value in self.values)
            )

    def _check_step(self, name: str) -> None:
        step = getattr(self, name)
        if step is None:
            return
        steps = (self.high - self.low) / step if step > 0 else 0.5
        if abs(steps - round(steps)) > 1e-9:
            raise ValueError(
                f"{name} of {self.label!r} is {step}; it must be positive and lead from "
                f"{self.low} to {self.high} in whole steps"
            )

    def _grid(self, step: float) -> tuple[float, ...]:
        count = round((self.high - self.low) / step)
        return tuple(round(self.low + i * step, 10) for i in range(count + 1))

    @property
    def values(self) -> tuple[float, ...]:
        return self._grid(self.step)

    @property
    def live_values(self) -> tuple[float, ...]:
        return self._grid(self.live_step or self.step)

    def _decimals(self) -> int:
        """Decimals enough for every value of the finer grid, so that the text does not jump."""
        shown = (f"{value:.6f}".rstrip("0") for value in self.live_values)
        return max(len(text.partition(".")[2]) for text in shown)


@dataclass(frozen=True, kw_only=True)
class Percent(_Numeric):
    """A percentage. The reader sees 2.5 %, the function gets the fraction 0.025."""

    def argument(self, value: Value) -> float:
        return float(value) / 100

    def text(self, value: Value) -> str:
        return f"{value:.{self._decimals()}f} %"


@dataclass(frozen=True, kw_only=True)
class Money(_Numeric):
    """An amount of money."""

    unit: str = "yuan"

    def argument(self, value: Value) -> float:
        return float(value)

    def text(self, value: Value) -> str:
        return f"{value:,.{self._decimals()}f} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class Count(_Numeric):
    """A whole number of things, such as months or lenders."""

    unit: str = ""
    one: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(value != int(value) for value in self.live_values):
            raise ValueError(
                f"low and steps of {self.label!r} must be whole numbers: it is a count"
            )

    def argument(self, value: Value) -> int:
        return int(value)

    def text(self, value: Value) -> str:
        unit = self.one if value == 1 and self.one else self.unit
        return f"{value:,.0f} {unit}".rstrip()


@dataclass(frozen=True, kw_only=True)
class Choice(Axis):
    """One of a few named options. Keys are shown and stand in links, values are passed on."""

    options: Mapping[str, object]
    default: str
    label: str

    kind: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ValueError(f"options of {self.label!r} must hold at least two choices")
        if len(longest := max(self.options, key=len)) > LONGEST_OPTION:
            raise ValueError(
                f"options of {self.label!r} hold {longest!r}, {len(longest)} characters; "
                f"at most {LONGEST_OPTION} are shown whole"
            )
        if self.default not in self.options:
            raise ValueError(
                f"default of {self.label!r} is {self.default!r}; it must be one of "
                + ", ".join(map(repr, self.options))
            )
        tokens = [self.token(value) for value in self.options]
        if clashing := sorted({token for token in tokens if tokens.count(token) > 1}):
            raise ValueError(
                f"options of {self.label!r} cannot be told apart in a link: {', '.join(clashing)}; "
                "they must differ in letters or digits"
            )

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.options)

    def argument(self, value: Value) -> object:
        return self.options[str(value)]

    def text(self, value: Value) -> str:
        return str(value)

    def token(self, value: Value) -> str:
        return re.sub(r"[^\w.]+", "-", str(value).lower()).strip("-")


@dataclass(frozen=True, kw_only=True)
class Switch(Axis):
    """On or off."""

    label: str
    default: bool = False

    kind: ClassVar[str] = "switch"

    @property
    def values(self) -> tuple[bool, ...]:
        return (False, True)

    def text(self, value: Value) -> str:
        return "on" if value else "off"

    def token(self, value: Value) -> str:
        return self.text(value)
