"""Markup for the static page, and the cache that keeps it."""

from __future__ import annotations

import gzip
import html as entities
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import joblib
import pytest
import toys
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell

from explorer import Choice, Explorer, ExplorerError, Guess, Percent, Shown, page
from explorer.cache import CACHE
from explorer.explore import STATIC
from explorer.frames import all_frames, picture
from explorer.live import widget
from explorer.marks import marks
from explorer.packing import row_lines, unpacked
from explorer.page import compiled, html
from explorer.shown import readable
from explorer.signs import typeset

TOY = """
from pathlib import Path
import pandas as pd
import toys
from explorer import Explore, Money, Shelf, Shown

HERE = Path(__file__).parent
LOG = HERE / "log"
DEPOT = Shelf(HERE / "depot", HERE / "storekeeper.py")
explore = Explore(toys.STYLE, depends_on=(DEPOT, HERE / "lock.txt"))

def later():
    import storekeeper
    storekeeper.fetch({goods})

@explore(price=Money(low=0, high=2, step=1, default=0, label="Price"))
def {name}(price):
    with LOG.open("a") as log:
        log.write("x")
    return Shown(toys.bars([price]), f"It is {{price}}.", pd.DataFrame({{"price": [price]}}))
"""

DEPOT = """
['all the goods']
file = "goods.csv"
['the others']
file = "bads.csv"
"""


page_of = cache(compiled)  # of one of the toys, which several tests look at


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """Start no other processes for a few toys; test_frames.py does."""
    with joblib.parallel_config("sequential"):
        yield


def payload(markup: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json">(.*?)</script>', markup, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize("toy", toys.TOYS, ids=lambda toy: toy.name)
def test_the_page_holds_every_state(toy: Explorer) -> None:
    frames = all_frames(toy)
    data = payload(page_of(toy))
    default = frames[[frame.sentence for frame in frames].index(toy.show(defaults(toy)).sentence)]
    pictures = unpacked(data["pictures"])
    assert pictures == [picture(toy, frame, default) for frame in frames]
    assert ["".join(words) for words in unpacked(data["sentences"])] == [
        frame.sentence for frame in frames
    ]
    assert unpacked(data["tables"]) == [row_lines(frame.rows) for frame in frames]
    assert data["met"] == [i for i, frame in enumerate(frames) if frame.met]


def test_the_page_holds_where_the_picture_shows_a_guess() -> None:
    assert toys.loan_rate.guess
    found = payload(page_of(toys.loan_rate))
    drawn = marks(toys.loan_rate, toys.loan_rate.guess())
    assert drawn
    assert found["marks"] == {
        "yours": list(drawn.yours),
        "signs": ["▬", "▬", "▬"],
        "model": drawn.model,
    }
    assert found["at"] == [2, 2]


def test_a_label_under_the_mark_of_its_guess_stops_the_build() -> None:
    loan = toys.loan_rate

    def labelled(funding_rate: float, default_rate: float) -> Shown:
        shown: Shown = loan.function(funding_rate, default_rate)
        shown.figure.axes[0].text(-0.98, 15, "word", color=toys.INK)
        return shown

    explorer = Explorer(labelled, loan.axes, loan.style, guess=loan.guess)
    with pytest.raises(ExplorerError, match="'word' lies under the mark of the reader's guess"):
        compiled(explorer)


def defaults(toy: Explorer) -> list[Any]:
    return [axis.default for axis in toy.axes.values()]


@pytest.mark.parametrize("toy", toys.TOYS, ids=lambda toy: toy.name)
def test_the_default_state_reads_without_a_script(toy: Explorer) -> None:
    markup = page_of(toy).split("<script")[0]
    shown = toy.show(defaults(toy))
    assert entities.escape(shown.sentence, quote=False) in markup
    assert markup.count("<svg ") == 1
    for axis in toy.axes.values():
        assert entities.escape(typeset(axis.label), quote=False) in markup
        assert entities.escape(typeset(axis.text(axis.default)), quote=False) in markup
    for column in shown.table.columns:
        assert f'<th scope="col">{entities.escape(column)}</th>' in markup


def test_texts_cannot_break_out_of_the_markup() -> None:
    markup = page_of(toys.menu)
    assert markup.count("</script>") == 1
    assert "<b>" not in markup.split("<script")[0]
    assert "<new>" not in markup.split("<script")[0]


def test_ids_of_an_explorer_are_its_own() -> None:
    ids = [name for toy in toys.TOYS for name in re.findall(r' id="([^"]+)"', shell(toy))]
    assert len(ids) == len(set(ids))
    for toy in toys.TOYS:
        own = re.findall(r' id="([^"]+)"', shell(toy))
        assert all(name.split(".")[0] == toy.name for name in own)


def shell(toy: Explorer) -> str:
    return page_of(toy).split("<script")[0]


@given(st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-5))
def test_numbers_are_read_to_four_digits_or_to_the_whole(number: float) -> None:
    text = readable(number)
    assert re.fullmatch(r"−?\d{1,3}(,\d{3})*(\.\d*[1-9])?", text)
    told = float(text.replace("−", "-").replace(",", ""))
    assert abs(told - number) <= max(abs(number) * 5.001e-4, 0)
    if abs(number) >= 1000:
        assert abs(told - number) <= 0.5


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12_389, "12,389"),
        (-1000.4, "−1,000"),
        (3, "3"),
        (0, "0"),
        (100, "100"),
        (12.125, "12.13"),
        (-0.5, "−0.5"),
        (3.1764e-7, "0.0000003176"),
        (-5.67272e-10, "−0.0000000005673"),
    ],
)
def test_cells_as_a_reader_sees_them(cell: float, text: str) -> None:
    assert readable(cell) == text


def test_an_explorer_that_weighs_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weight = len(gzip.compress(page_of(toys.one_slider).encode(), mtime=0))
    monkeypatch.setattr(page, "HEAVIEST", weight)
    assert compiled(toys.one_slider)
    monkeypatch.setattr(page, "HEAVIEST", weight - 1)
    said = f"'one-slider' weighs {weight:,} bytes compressed with 5 states; at most {weight - 1:,}"
    with pytest.raises(ExplorerError, match=said):
        compiled(toys.one_slider)


class Workshop:
    """A folder with a module that holds one explorer, which logs each state it computes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"shop_{random.randrange(10**9)}"
        self.write()
        (folder / "storekeeper.py").write_text("import neighbour\n")
        (folder / "neighbour.py").write_text("ONE = 1\n")
        (folder / "stranger.py").write_text("TWO = 2\n")
        (folder / "lock.txt").write_text("numpy\n")
        (folder / "depot").mkdir()
        (folder / "depot" / "catalogue.toml").write_text(DEPOT)
        (folder / "depot" / "goods.csv").write_text("1\n")
        (folder / "depot" / "bads.csv").write_text("1\n")

    def write(self, old: str = "", new: str = "", goods: str = "'all the goods'") -> None:
        source = TOY.format(name="priced", goods=goods).replace(old, new)
        (self.folder / f"{self.name}.py").write_text(source)

    def computed(self) -> int:
        """Show the explorer as a new process would; return how many states were computed."""
        log = self.folder / "log"
        log.write_text("")
        module = ModuleType(self.name)
        module.__file__ = str(self.folder / f"{self.name}.py")
        sys.modules[self.name] = module
        exec(compile(Path(module.__file__).read_text(), module.__file__, "exec"), vars(module))
        assert "It is 0.0." in html(module.priced)
        return len(log.read_text())


def told_alone(explorer: Explorer) -> str:
    """Work out every state as `compiled` does, and draw none: what is kept hangs on no picture."""
    return "\n".join(explorer.show(state).sentence for state in explorer.states())


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    (tmp_path / "shop").mkdir()
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    monkeypatch.setattr(page, "compiled", told_alone)
    workshop = Workshop(tmp_path / "shop")
    yield workshop
    sys.modules.pop(workshop.name, None)


def test_what_has_not_changed_is_not_computed_again(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "compiled", compiled)
    assert [shop.computed(), shop.computed()] == [3, 0]


@pytest.mark.parametrize("changed", ["neighbour.py", "depot/goods.csv", "lock.txt"])
def test_what_a_picture_depends_on_makes_it_anew(shop: Workshop, changed: str) -> None:
    shop.computed()
    with (shop.folder / changed).open("a") as file:
        file.write("# changed\n")
    assert [shop.computed(), shop.computed()] == [3, 0]


def test_an_edited_entry_of_its_data_makes_it_anew(shop: Workshop) -> None:
    shop.computed()
    catalogue = shop.folder / "depot" / "catalogue.toml"
    catalogue.write_text(DEPOT + "rows = 3\n")  # of the others
    assert shop.computed() == 0
    catalogue.write_text(DEPOT.replace("\n['the", "\nrows = 3\n['the"))
    assert shop.computed() == 3


def test_a_changed_figure_function_is_computed_again(shop: Workshop) -> None:
    shop.computed()
    shop.write("high=2", "high=4")
    assert shop.computed() == 5


UNRELATED = ("stranger.py", "depot/bads.csv", "notes.md", ".hidden/a.py", "__pycache__/a.py")


def touch(shop: Workshop, name: str) -> None:
    """Change a file, or make it."""
    file = shop.folder / name
    file.parent.mkdir(exist_ok=True)
    with file.open("a") as stream:
        stream.write("\nx = 1\n")


@pytest.mark.parametrize("unrelated", UNRELATED)
def test_what_no_picture_depends_on_changes_nothing(shop: Workshop, unrelated: str) -> None:
    shop.computed()
    touch(shop, unrelated)
    assert shop.computed() == 0


@pytest.mark.parametrize("unrelated", UNRELATED[:2])
def test_imports_that_cannot_be_known_depend_on_everything(shop: Workshop, unrelated: str) -> None:
    shop.write("import storekeeper", "storekeeper = __import__(LOG.name)")
    shop.computed()
    touch(shop, unrelated)
    assert shop.computed() == 3


def test_code_that_names_no_data_may_read_any(shop: Workshop) -> None:
    shop.write(goods="LOG.name")
    shop.computed()
    touch(shop, "depot/bads.csv")
    assert shop.computed() == 3


def test_the_last_three_versions_are_kept(shop: Workshop) -> None:
    neighbour, kept = shop.folder / "neighbour.py", shop.folder.parent / "cache"
    for version, states in ((1, 3), (2, 3), (3, 3), (1, 0), (4, 3), (1, 0), (3, 0), (2, 3)):
        neighbour.write_text(f"ONE = {version}\n")
        assert shop.computed() == states, version
    assert len(list(kept.glob("priced@*"))) == 3


def test_without_a_cache_folder_nothing_is_kept(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CACHE)
    assert [shop.computed(), shop.computed()] == [3, 3]


def displayed(toy: Explorer, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Show an explorer as a cell's last line; return what the kernel would publish."""
    published: list[dict[str, Any]] = []
    shell = InteractiveShell.instance()
    monkeypatch.setattr(
        shell.display_pub, "publish", lambda data, **_: published.append(data), raising=False
    )
    DisplayFormatter(parent=shell).format(toy)
    return published


def test_a_build_that_asks_for_it_gets_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STATIC, "1")
    [data] = displayed(toys.one_slider, monkeypatch)
    assert data["text/html"] == page_of(toys.one_slider)
    assert data["text/plain"] == "<explorer one-slider>"


@pytest.mark.parametrize("value", [None, ""])
def test_everybody_else_gets_widgets(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv(STATIC, raising=False)
    if value is not None:
        monkeypatch.setenv(STATIC, value)
    widgets, still = displayed(toys.one_slider, monkeypatch)
    assert "application/vnd.jupyter.widget-view+json" in widgets
    assert "text/html" not in widgets
    assert "<input" not in still["text/html"]


def asking(at: dict[str, Any]) -> tuple[Explorer, Guess]:
    """Return an explorer and a guess to be answered at a state."""
    guess = Guess("What?", ("low", "high"), 1, "It is 7 %.", at=at)
    rate = Percent(low=0, high=10, step=5, default=0, label="Rate")
    lender = Choice(options={"Bank": 1, "Shop": 2}, default="Bank", label="Lender")
    explore = toys.explore(guess=lambda: guess, rate=rate, lender=lender)
    return explore(lambda rate, lender: toys.menu(lender, 1, rate > 0)), guess


def test_a_guess_is_answered_where_it_asks_to_be() -> None:
    explorer, guess = asking({"rate": 5, "lender": "Shop"})
    assert explorer.asked_state(guess) == [1, 1]
    explorer, guess = asking({"lender": "Shop"})
    assert explorer.asked_state(guess) == [0, 1]  # an axis that is not named: its default


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ({"rate": 3}, "must name axes and values of theirs"),
        ({"year": 1}, "must name axes and values of theirs"),
        ({}, "must name a value that is not its axis' default"),
        ({"rate": 0, "lender": "Bank"}, "must name a value that is not its axis' default"),
    ],
)
@pytest.mark.parametrize("show", [compiled, widget])
def test_a_guess_cannot_ask_for_any_state(
    show: Callable[[Explorer], Any], at: dict[str, Any], said: str
) -> None:
    with pytest.raises(ExplorerError, match=rf"at of its guess is .* {said}"):
        show(asking(at)[0])
