"""The page of the models says what the code says, and pages and entries lead to one another."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from bookkit.directives.models import entry_id, home_of, spoken_of
from bookkit.readers.models import modules, public

Build = Callable[[str], subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]
MODELS = [each for module in modules(ROOT / "book", "netfin") for each in public(*module)]
PAGE = """```{models}
```

```{show-source} netfin.spread.who_is_paid
```

```{parameters} netfin.lending.LendingTerms BANK
```
"""


def words(html: str) -> str:
    plain = unescape(re.sub(r"<[^>]+>", "", html)).translate(
        {0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2026: "..."}
    )
    return " ".join(plain.split())


def hold_entries(html: str) -> None:
    assert len(MODELS) > 200
    wanted = [f'id="{entry_id(each.name)}"' for each in MODELS]
    assert [each for each in wanted if html.count(each) != 1] == []


def hold_words(html: str) -> None:
    entries = dict(
        re.findall(r'<dt id="([^"]+)">(.*?)(?=<dt id=|</dl>\s*</section>)', html, re.DOTALL)
    )
    for each in MODELS:
        told, said = words(entries[entry_id(each.name)]), each.said
        parts = [each.call, said.sentence.split("`")[0]]
        parts += [name for item in said.parameters for name in item.names]
        parts += [name for name, _ in each.fields]
        parts += [item.kind for item in (*said.returns, *said.raises)]
        assert [part for part in parts if " ".join(part.split()) not in told] == [], each.name


def hold_links(html: str) -> None:
    listing, table = "netfin.spread.arrangements.who_is_paid", "netfin.lending.LendingTerms"
    for name in (listing, table):
        assert f'href="#{entry_id(name)}">All about it</a>' in html
    assert html.count("Explained in <a") == 2


def hold_lists(html: str) -> None:
    """Refuse what is a list or a heading in a docstring and runs on as a text here."""
    paragraphs = [words(each) for each in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]
    assert [each for each in paragraphs if re.search(r"^\* |\w : |[-–—]{3}", each)] == []
    assert [each for each in paragraphs if each.startswith("equal means, pR + (1")]
    assert [each for each in paragraphs if each.startswith("low, high: lowest and highest")]


def hold_formulas(html: str) -> None:
    [formula] = re.findall(r"<pre>(?:<span></span>)?(ρ = [^<]*)", html)
    assert "(1 − e^(−35·PD)) / (1 − e^(−35))" in formula


def test_the_page_says_what_the_code_says(build: Build, tmp_path: Path) -> None:
    done = build(PAGE)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    hold_entries(html)
    hold_words(html)
    hold_links(html)
    hold_formulas(html)
    hold_lists(html)


@pytest.mark.parametrize(("text", "names"), [
    ("```{show-source} netfin.lending.margin_at\n```", ["netfin.lending.margin_at"]),
    ("```{parameters} netfin.lending.LendingTerms BANK\n```", ["netfin.lending.LendingTerms"]),
    ("```{code-cell} ipython3\nfrom netfin.lending import BANK, decompose as cut\n```",
     ["netfin.lending.BANK", "netfin.lending.decompose"]),
    ("```{code-cell} ipython3\nfrom netfin.spread import (\n    a,\n    b,\n)\n```",
     ["netfin.spread.a", "netfin.spread.b"]),
    ("`from netfin.lending import BANK` in the text", []),
])  # fmt: skip
def test_what_a_page_speaks_of_is_seen(text: str, names: list[str]) -> None:
    assert list(spoken_of(text)) == names


@pytest.mark.parametrize(("name", "home"), [
    ("netfin.spread.who_is_paid", "netfin.spread.arrangements.who_is_paid"),
    ("netfin.lending.decompose", "netfin.lending.decompose"),
    ("netfin.lending.BANK", None),
    ("netfin.nothing.at_all", None),
])  # fmt: skip
def test_a_name_is_traced_to_where_it_is_defined(name: str, home: str | None) -> None:
    assert home_of(name, ROOT / "book") == home
