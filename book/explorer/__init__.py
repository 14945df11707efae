"""Figure functions under sliders: live in a notebook, compiled into a page. See README.md."""

from .axes import Axis, Choice, Count, Money, Percent, Switch
from .explore import Explore
from .explorer import Explorer
from .shelf import Shelf
from .shown import Challenge, ExplorerError, Guess, Shown
from .svg import Style, leave_trace

__all__ = [
    "Axis",
    "Challenge",
    "Choice",
    "Count",
    "Explore",
    "Explorer",
    "ExplorerError",
    "Guess",
    "Money",
    "Percent",
    "Shelf",
    "Shown",
    "Style",
    "Switch",
    "leave_trace",
]
