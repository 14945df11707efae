"""Where a statement turns, in sentences and as a small picture of the boundary."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.ndimage import distance_transform_edt

from explorer import halo
from figures.panels import minus
from figures.style import INK, INK_SOFT, SCALE, new_axes
from netfin.checks import Array
from netfin.turning import Boundary, Decider, Design, Kind, Range, Tally, Turning

_DIGITS = 3
_MOST = {
    Design.HALVED: "ranges halved",
    Design.WIDENED: "ranges widened by half",
    Design.EVENLY: "all drawn evenly",
    Design.TOGETHER: "the two deciders moving together",
}
_LEAST = 0.2  # of an axis, between two marks
_WORD = (0.54, 0.30)  # a step of the grid, upwards and across, in halves of a word's size
_ROOM = 0.9  # halves of a word that it needs around its middle


def written(value: float, unit: str) -> str:
    """Write a number with three digits and its unit; shares and rates as percentages."""
    number = 100.0 * value if unit == "%" else value
    places = max(0, _DIGITS - 1 - floor(log10(abs(number)))) if number else 0
    text = f"{number:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return minus(f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text)


def of_100(share: float) -> str:
    """Write a share as so many of 100; only all is 100, and only none is 0."""
    if 0.0 < share < 0.005:
        return "fewer than 1"
    if 0.995 < share < 1.0:
        return "more than 99"
    return f"{100.0 * share:.0f}"


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def answer(found: Turning) -> str:
    """Say what the model answers at the defaults, and, of a possible statement, where it is so."""
    said = found.statement
    told = f"At our numbers it is {'so' if found.at_default else 'not so'}."
    if said.kind is not Kind.POSSIBLE or found.at_default:
        return told
    spans = [(said.range_of(name), value) for name, value in said.shown.items()]
    state = " and ".join(f"{each.label} at {written(value, each.unit)}" for each, value in spans)
    return f"{told} It is so with {state}, all else at our numbers."


def turning_rule(found: Turning) -> str:
    """Give the rule with both its sides at the defaults."""
    rule = found.statement.rule
    sides = f"{written(found.left, rule.unit)} against {written(found.right, rule.unit)}"
    told = f"{rule.words} At our numbers: {sides}."
    if rule.exact:
        return told
    least = min(each.agreement for each in found.tallies.values())
    return f"{told} This is an approximation; it says the same in {of_100(least)} of 100 cases."


def tipping(found: Turning) -> str:
    """Say at which values of the parameters the answer turns, all else at the defaults.

    Of the two deciders also that they do not; of the others only those that turn it.
    """
    told = [_tipping(found, each) for each in found.deciders[:2]]
    if not told:
        return ""
    others = [_tipping(found, each) for each in found.deciders[2:] if each.turns]
    also = f" Of the others, {'; '.join(others)}." if others else ""
    return f"{capital('; '.join(told))}; all else at our numbers.{also}"


def _tipping(found: Turning, decider: Decider) -> str:
    span = found.statement.range_of(decider.name)
    if decider.turns:
        at = " and ".join(_turn(each[span.name], span) for each in decider.turns)
        return f"{span.label}: {at}"
    return f"{span.label}: does not turn it by itself {_ends(span)}"


def _turn(value: float, span: Range) -> str:
    """Write where it turns; what counts in whole numbers turns between two of them."""
    if not span.whole:
        return written(value, span.unit)
    return f"between {floor(value)} and {written(floor(value) + 1.0, span.unit)}"


def _ends(span: Range) -> str:
    return f"from {written(span.low, span.unit)} to {written(span.high, span.unit)}"


def counted(found: Turning) -> str:
    """Say in how many cases the statement is so, in each design, and what that counts."""
    meaning = "This counts our cases; it is not the chance that the statement is true."
    if found.constant is not None:
        return f"{'Always' if found.constant else 'Never'} so, in every case we tried. {meaning}"
    shares = [each.share for name, each in found.tallies.items() if name is not Design.AS_GIVEN]
    ends = f"{of_100(min(shares))} to {of_100(max(shares))}"
    ways = "halved, widened by half, drawn evenly instead of by ratio"
    together = ", or the two deciders move together" if Design.TOGETHER in found.tallies else ""
    return (
        f"In {of_100(found.tallies[Design.AS_GIVEN].share)} of 100 of the cases we tried ({ends} "
        f"when ranges are {ways}{together}). {meaning}{_outside(found.tallies)}"
    )


def _outside(tallies: Mapping[Design, Tally]) -> str:
    """Say how many cases the model does not take, if there are any, and in which design most."""
    given = tallies[Design.AS_GIVEN]
    most = max(tallies, key=lambda design: tallies[design].outside)
    if not tallies[most].outside:
        return ""
    drawn = f"{given.outside + given.taken:,} cases drawn so"
    if not given.outside:
        told = f" It speaks of all {drawn}, and not of {tallies[most].outside:,} with {_MOST[most]}"
    elif most is Design.AS_GIVEN:
        told = f" It does not speak of {given.outside:,} of the {drawn}"
    else:
        told = (
            f" It does not speak of {given.outside:,} of the {drawn}, "
            f"nor of {tallies[most].outside:,} with {_MOST[most]}"
        )
    return f"{told}; they are left out."


def in_short(found: Turning) -> str:
    """Say kind and count in a few words."""
    if found.constant is not None:
        return f"{found.statement.kind}; {'always' if found.constant else 'never'}"
    all_shares = [each.share for each in found.tallies.values()]
    share = of_100(found.tallies[Design.AS_GIVEN].share)
    ends = f"{of_100(min(all_shares))}–{of_100(max(all_shares))}"
    return f"{found.statement.kind}; {share} of 100 of our cases ({ends})"


def alternative(found: Turning) -> str:
    """Say in words what the picture of the boundary shows."""
    if found.boundary is None:
        raise ValueError(f"boundary: {found.statement.name} has none to show")
    shown = found.boundary
    across, up = (found.statement.range_of(name) for name in (shown.across, shown.up))
    where = "inside" if found.at_default else "outside"
    part = (
        "everywhere"
        if shown.holds.all()
        else "in the shaded part"
        if shown.holds.any()
        else "nowhere"
    )
    dot = f"; our numbers, the dot, lie {where} it" if part == "in the shaded part" else ""
    left_out = (
        "" if shown.taken.all() else " Cases that the statement does not speak of are left out."
    )
    return (
        f"Across: {across.label}, {_ends(across)}. Upwards: {up.label}, {_ends(up)}. "
        f"It is so {part}{dot}.{left_out}"
    )


def boundary_picture(found: Turning) -> Figure:
    """Draw where the statement is so, over its two deciders, all else at the defaults."""
    if found.boundary is None:
        raise ValueError(f"boundary: {found.statement.name} has none to draw")
    shown = found.boundary
    across, up = (found.statement.range_of(name) for name in (shown.across, shown.up))
    figure, axes = new_axes(box=(70, 50, 30, 30), height=254)
    _scale(axes, across, up)
    axes.set(xlim=(across.low, across.high), ylim=(up.low, up.high))
    _shade(axes, shown, exact=found.statement.rule.exact)
    axes.plot(across.default, up.default, "o", color=INK, markersize=8, clip_on=False, zorder=5)
    _name_regions(axes, shown, (across.place(across.default), up.place(up.default)))
    axes.set_xlabel(_with_unit(across))
    axes.text(-0.2, 1.06, _with_unit(up), transform=axes.transAxes, color=INK_SOFT)
    return figure


def _with_unit(span: Range) -> str:
    """Name a parameter with its unit, unless the marks bear it."""
    return span.label if span.unit in ("", "%") else f"{span.label}, {span.unit}"


def _scale(axes: Axes, across: Range, up: Range) -> None:
    """Mark ends and default of both ranges, which are gone through as they are drawn."""
    if across.by_ratio:
        axes.set_xscale("log")
    if up.by_ratio:
        axes.set_yscale("log")
    for axis, span in ((axes.xaxis, across), (axes.yaxis, up)):
        marks = [span.low, span.high]
        if _LEAST < span.place(span.default) < 1.0 - _LEAST:
            marks.insert(1, span.default)
        unit = span.unit if span.unit == "%" else ""
        axis.set_ticks(marks, labels=[written(mark, unit) for mark in marks])
        axis.set_ticks([], minor=True)
        axis.set_tick_params(pad=7)


def _shade(axes: Axes, shown: Boundary, *, exact: bool) -> None:
    """Shade where it is so; the edge is the rule's own where the rule is exact."""
    if shown.holds.all():
        axes.axhspan(shown.y[0], shown.y[-1], color=SCALE[0], linewidth=0)
        return
    height = np.ma.masked_where(
        ~shown.taken, shown.lead if exact else np.where(shown.holds, 1.0, -1.0)
    )
    if shown.holds.any():
        top = float(np.max(height)) + 1.0
        axes.contourf(shown.x, shown.y, height, levels=[0.0, top], colors=[SCALE[0]])
        axes.contour(shown.x, shown.y, height, levels=[0.0], colors=[SCALE[3]], linewidths=2)


def _name_regions(axes: Axes, shown: Boundary, dot: tuple[float, float]) -> None:
    """Write into each part, where it has the most room, whether it is so there."""
    taken = shown.taken.copy()
    up, across = (
        round(at * (len(side) - 1)) for at, side in ((dot[1], shown.y), (dot[0], shown.x))
    )
    taken[up, across] = False
    parts = (
        (shown.holds & taken, "so"),
        (~shown.holds & taken, "not so"),
        (~shown.taken, "left out"),
    )
    for inside, word in parts:
        free = np.pad(inside[1:-1, 1:-1], 2)  # a word on the edge would lie on an axis
        room: Array = distance_transform_edt(free, sampling=_WORD)[1:-1, 1:-1]
        row, column = np.unravel_index(int(np.argmax(room)), room.shape)
        if room[row, column] >= _ROOM:
            at = (shown.x[column], shown.y[row])
            halo(axes.text(*at, word, color=INK, ha="center", va="center"))
