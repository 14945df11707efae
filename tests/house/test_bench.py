"""`make bench` comes to an end, names what it could not measure and prints the rest."""

from __future__ import annotations

import gzip
import queue
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import run
import sliders
import stages
import toys
import visit
from playwright.sync_api import Error

import suite
from explorer.page import compiled
from places import ROOT

ENGINE = ROOT / "book" / "explorer" / "static" / "explorer.js"
HEAD = (
    '"""{name}, a toy."""\nimport time\n\n\n'
    'def fails():\n    raise OSError("no disk\\nat all")\n\n\n'
)
TOYS = {
    "fine": 'def measure():\n    yield "one", lambda: "1 s"\n    yield "two", lambda: "2 s"\n',
    "half": 'def measure():\n    yield "one", fails\n    yield "two", lambda: "2 s"\n',
    "broken": 'def measure():\n    fails()\n    yield "one", lambda: "1 s"\n',
    "endless": (
        'def measure():\n    yield "last", lambda: "1 s"\n'
        '    yield "two", lambda: time.sleep(999)\n'
    ),
    "gone": "import os\n\nos._exit(7)\n",
    "unreadable": "import nothing_of_that_name\n",
}


@pytest.fixture
def toy_measurements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in TOYS.items():
        (tmp_path / f"{name}.py").write_text(HEAD.format(name=name) + text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


class Lines(queue.Queue[str | None]):
    """What a measurement prints; after the figure `last` the time is up at once."""

    def get(self, block: bool = True, timeout: float | None = None) -> str | None:
        assert timeout == 60, "it may wait for ever"
        line = super().get(block, timeout)
        if line and line.split()[:1] == ["last"]:
            self.get = self.time_is_up  # type: ignore[method-assign]
        return line

    def time_is_up(self, block: bool = True, timeout: float | None = None) -> str | None:
        assert (block, timeout) == (True, 60)
        raise queue.Empty


def bench(monkeypatch: pytest.MonkeyPatch, *names: str) -> int:
    monkeypatch.setattr(run, "MEASUREMENTS", names)
    monkeypatch.setattr(run.queue, "Queue", Lines)
    monkeypatch.setattr("sys.argv", ["run.py", "--seconds", "60"])
    return run.main()


@pytest.mark.usefixtures("toy_measurements")
def test_whole_measurements_pass(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(monkeypatch, "fine") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == ["", "fine, a toy.", "one 1 s", "two 2 s"]


@pytest.mark.usefixtures("toy_measurements")
@pytest.mark.parametrize(
    ("name", "said", "still_measured"),
    [
        ("half", "one not measured: OSError: no disk", ["two 2 s"]),
        ("broken", "broken not measured: OSError: no disk", []),
        ("gone", "gone: ended with code 7; the rest is left out", []),
        ("unreadable", "unreadable not measured: ModuleNotFoundError: No module named "
         "'nothing_of_that_name'", []),
        ("endless", "endless: the next figure did not come in 60 s; the rest is left out",
         ["last 1 s"]),
    ],
)  # fmt: skip
def test_what_could_not_be_measured_is_named_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    said: str,
    still_measured: list[str],
) -> None:
    assert bench(monkeypatch, name, "fine") == 1
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert said in lines
    assert lines[-3:] == ["fine, a toy.", "one 1 s", "two 2 s"]
    assert [line for line in lines[:-3] if line.endswith(" s") and "not" not in line] == (
        still_measured
    )


def test_the_suites_table_is_read_as_it_prints_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(suite, "OUTPUT", tmp_path)
    monkeypatch.setattr(suite, "run", lambda _command: (True, 7.4))
    monkeypatch.setattr(suite.browser, "chromium", lambda: "")
    monkeypatch.setattr("sys.argv", ["suite.py"])
    assert suite.main() == 0
    found = stages.seconds(capsys.readouterr().out)
    assert found == {"setup": 0, "lint, types": 7, "build": 7, "tests": 7, "coverage": 7}


@pytest.fixture
def toy_pages(tmp_path: Path) -> Iterator[str]:
    """Serve pages whose first explorer has no slider."""
    (tmp_path / "explorer.js").write_bytes(ENGINE.read_bytes())
    pages = {"slider": (toys.still, toys.one_slider), "none": (toys.still,)}
    for name, shown in pages.items():
        elements = "".join(map(compiled, shown))
        html = f'<!doctype html><script defer src="explorer.js"></script>{elements}'
        (tmp_path / f"{name}.html").write_text(html)
    with visit.served(tmp_path) as address:
        yield address


def test_the_first_slider_answers_though_the_first_explorer_has_none(toy_pages: str) -> None:
    assert sliders.first_answer(f"{toy_pages}/slider.html").endswith(" ms")


def test_a_page_on_which_no_slider_answers_says_so(toy_pages: str) -> None:
    with pytest.raises(Error, match=r"no slider answered in 0\.1 s"):
        sliders.first_answer(f"{toy_pages}/none.html", seconds=0.1)


def test_pages_are_served_compressed_to_those_who_take_it(toy_pages: str) -> None:
    plain = urllib.request.urlopen(f"{toy_pages}/explorer.js").read()
    request = urllib.request.Request(
        f"{toy_pages}/explorer.js", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == plain == ENGINE.read_bytes()
