"""What a page is made of: its code, the data this names, and what its directives have run."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bookkit import fresh
from bookkit.directives import base
from bookkit.readers.outcomes import load_promise

FILES = {
    "data/catalogue.toml": '[yields]\nfile = "harvest.csv"\n',
    "data/harvest.csv": "rye\n",
    "data/glossary.csv": "English\n",
    "data/quizzes/one.yml": "- {}\n",
    "book/netfin/__init__.py": "",
    "book/netfin/rates.py": "from netfin import yearly\nONE = load('yields')\n",
    "book/netfin/yearly.py": "NOTHING = ''\n",
    "book/netfin/other.py": "",
}


class App:
    """Something that lives as long as a build."""


@pytest.fixture
def env() -> Any:
    return SimpleNamespace(docname="page", dependencies={"page": set()})


@pytest.fixture
def records(tmp_path: Path, env: Any) -> fresh.Freshness:
    """Return the records of a small project."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    app: Any = App()
    app.srcdir, app.env = tmp_path, env
    return fresh.Freshness(app)


CODE = {"book/netfin/__init__.py", "book/netfin/rates.py", "book/netfin/yearly.py"}
DATA = {"data/harvest.csv", "data/catalogue.toml [yields]"}


def test_code_is_made_of_its_modules_and_the_data_that_they_name(
    records: fresh.Freshness,
) -> None:
    assert set(records.sources.made_of(["import netfin.rates"])) == CODE | DATA


@pytest.mark.parametrize("word", ["", "one", "quizzes", "glossary", "csv", "glossary.txt"])
def test_a_word_that_is_no_data_sets_name_names_none(records: fresh.Freshness, word: str) -> None:
    assert records.sources.made_of([f"x = {word!r}"]) == {}


def test_a_data_set_may_be_named_without_its_files_ending(records: fresh.Freshness) -> None:
    assert set(records.sources.made_of(["x = 'harvest'"])) == DATA


def test_a_file_is_named_in_full(records: fresh.Freshness) -> None:
    assert set(records.sources.made_of(["x = 'glossary.csv'"])) == {"data/glossary.csv"}


def test_code_that_names_no_set_may_read_any_set_but_no_other_file(
    records: fresh.Freshness,
) -> None:
    (records.root / "book" / "netfin" / "data.py").write_text("")
    assert set(records.sources.made_of(["import netfin.data"])) == {
        "book/netfin/__init__.py",
        "book/netfin/data.py",
        "data/harvest.csv",
        "data/catalogue.toml",
    }


def test_code_that_imports_what_cannot_be_known_may_read_every_file(
    records: fresh.Freshness,
) -> None:
    made_of = records.sources.made_of(["__import__(name)"])
    assert {name for name in made_of if name.startswith("data/")} == {
        name for name in FILES if name.startswith("data/")
    }


def test_what_a_directive_has_run_counts_until_the_page_is_read_again(
    records: fresh.Freshness, env: Any
) -> None:
    assert records.noted("page") == {}
    fresh.note_code(env, "import netfin.rates")
    assert set(records.noted("page")) == CODE | DATA
    fresh.note_code(env, "import netfin.other")
    assert set(records.noted("page")) == CODE | DATA | {"book/netfin/other.py"}
    fresh.forget(env, env, "page")
    assert records.noted("page") == {}


def first_line(file: Path) -> str:
    """Read what a page shows of a file."""
    if not file.read_text():
        raise ValueError(f"{file.name} is empty")
    return file.read_text().splitlines()[0]


def test_a_page_may_depend_on_what_it_shows_of_a_file(tmp_path: Path, env: Any) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "other.md"

    def noted(text: str) -> dict[str, str]:
        file.write_text(text)
        app: Any = App()
        app.srcdir, app.env = tmp_path, env
        return fresh.Freshness(app).noted("page")

    fresh.note_part(env, file, first_line)
    first = noted("One\nTwo\n")
    assert list(first) == ["data/other.md [first_line]"]
    assert noted("One\nThree\n") == first
    assert noted("None\nThree\n") != first
    assert noted("") != first
    assert noted("One\n") == first


def test_what_another_process_has_read_is_taken_over(env: Any) -> None:
    other: Any = SimpleNamespace(docname="elsewhere")
    fresh.note_code(other, "import netfin.rates")
    fresh.kept(other, "page_seconds").update(elsewhere=1.5, stale=9.0)
    fresh.merge(env, env, ["elsewhere"], other)
    assert fresh.kept(env, "page_code") == {"elsewhere": {"import netfin.rates"}}
    assert fresh.kept(env, "page_seconds") == {"elsewhere": 1.5}


def test_uses_that_another_process_has_read_are_taken_over() -> None:
    mine: Any = SimpleNamespace(data={"used": {"a": ["INT-01"]}, "page": None})
    read = {"used": {"b": ["INT-02"], "old": ["INT-03"]}, "page": "facts"}
    base.UsesDomain.merge_domaindata(mine, ["b"], read)
    assert mine.data == {"used": {"a": ["INT-01"], "b": ["INT-02"]}, "page": None}
    base.UsesDomain.merge_domaindata(mine, ["facts"], read)
    assert mine.data["page"] == "facts"


def test_a_file_is_loaded_once_a_build_and_noted_by_each_page(tmp_path: Path) -> None:
    asked: list[Path] = []
    noted: list[str] = []

    def loader(file: Path) -> str:
        asked.append(file)
        return file.name

    file = tmp_path / "data" / "claims.yml"
    for app in (App(), App()):
        env: Any = SimpleNamespace(app=app, srcdir=tmp_path, note_dependency=noted.append)
        assert [base.load(env, loader, "claims.yml", "chapters.yml") for _ in range(3)] == [
            "claims.yml"
        ] * 3
    assert asked == [file, file]
    assert noted == [str(file), str(file.with_name("chapters.yml"))] * 6


def test_a_part_of_a_file_that_is_gone_is_another_part(
    records: fresh.Freshness, env: Any, tmp_path: Path
) -> None:
    """A chapter may have been renamed since another page told what it promises."""
    chapter = tmp_path / "book" / "one.md"
    chapter.write_text("**What you will be able to do.** *Compute* a rate.\n", "utf-8")
    fresh.note_part(env, chapter, load_promise)
    before = records.noted("page")
    chapter.unlink()
    later: Any = App()  # another build
    later.srcdir, later.env = tmp_path, env
    assert fresh.Freshness(later).noted("page") != before
