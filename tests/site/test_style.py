"""The palette: what its table says is what the page has, and all of it can be seen."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from figures.style import COLOURS
from reader import ROOT

CSS = (ROOT / "book" / "_static" / "book.css").read_text(encoding="utf-8")
TEXT = ("ink", "ink-soft", "traditional", "internet", "loss", "grey-3")
GRAPHIC = ("grey-2", "scale-3", "scale-4", "scale-5")
TINTED = ("traditional", "internet")


def block(selector: str) -> dict[str, str]:
    """Return the colours that the rule with this selector declares."""
    rule = re.search(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", CSS, re.MULTILINE | re.DOTALL)
    assert rule, selector
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", rule[1]))


PALETTES = {"light": block("html"), "dark": block('html[data-theme="dark"]')}


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_ways_into_the_dark_are_the_same() -> None:
    assert block("html:not([data-theme])") == PALETTES["dark"]
    assert PALETTES["dark"].keys() == PALETTES["light"].keys()


def test_the_pictures_have_the_colours_of_the_page() -> None:
    pictures = {name.removeprefix("--"): colour for colour, name in COLOURS.items()}
    page = {name: colour for name, colour in PALETTES["light"].items() if name != "paper-raised"}
    assert pictures == page


def test_the_table_states_the_colours() -> None:
    table = CSS[: CSS.index("*/")]
    for light, dark in zip(*(palette.values() for palette in PALETTES.values()), strict=True):
        assert re.search(rf"{light}\s+{dark}", table), (light, dark)


@pytest.mark.parametrize("theme", PALETTES)
def test_colours_stand_out_from_the_paper(theme: str) -> None:
    palette = PALETTES[theme]
    for ground in ("paper", "paper-raised"):
        faint = [c for c in TEXT if contrast(palette[c], palette[ground]) < 4.5]
        assert faint == [], ground
    assert [c for c in GRAPHIC if contrast(palette[c], palette["paper"]) < 3] == []


@pytest.mark.parametrize("theme", PALETTES)
def test_tinted_areas_carry_text_and_their_accent(theme: str) -> None:
    palette = PALETTES[theme]
    for accent in TINTED:
        for text in ("ink", accent):
            assert contrast(palette[text], palette[f"{accent}-tint"]) >= 4.5, (text, accent)


@pytest.mark.parametrize("theme", PALETTES)
def test_the_scale_runs_evenly_from_the_paper_away(theme: str) -> None:
    palette = PALETTES[theme]
    steps = [contrast(palette[f"scale-{n}"], palette["paper"]) for n in range(1, 6)]
    assert all(near * 1.4 < far for near, far in pairwise(steps))
