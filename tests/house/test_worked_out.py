"""What the models say is asked for once, until something decides that may say otherwise."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bookkit.page import minutes
from bookkit.page.minutes import Takes
from bookkit.worked_out import worked_out


class App:
    """Something that lives as long as a build."""


def test_models_are_asked_again_when_code_or_files_have_changed(tmp_path: Path) -> None:
    module, file = tmp_path / "book" / "netfin" / "rates.py", tmp_path / "data" / "facts.csv"
    env: Any = SimpleNamespace()
    asked: list[str] = []

    def said(name: str = "facts", way: str = "") -> str:
        env.app = App()
        env.app.srcdir = tmp_path
        extension = tmp_path / "book" / "_ext" / "way.py"
        extension.parent.mkdir(exist_ok=True)
        extension.write_text(way)
        worked_out(env, name, ["import netfin.rates"], lambda: asked.append(name), [file])
        return "".join(asked)

    for each in (module, file):
        each.parent.mkdir(parents=True)
        each.write_text("")
    assert said() == said() == "facts"
    assert said("!") == "facts!"
    module.write_text("ONE = 1")
    assert said() == said() == "facts!facts"
    file.write_text("id")
    assert said() == said() == "facts!factsfacts"
    assert said(way="another") == "facts!factsfactsfacts"


def test_pages_that_tell_minutes_are_written_when_these_change() -> None:
    env: Any = SimpleNamespace(docname="map", found_docs={"map", "spread"})
    app: Any = None
    minutes.path_time(env, "spread")
    env.docname = "spread"
    minutes.path_time(env, "spread")  # which is no news to others
    minutes.keep(env, Takes(9, {}))
    assert minutes.telling(app, env) == ["map"]
    assert minutes.telling(app, env) == []
    minutes.forget(app, env, "spread")
    minutes.keep(env, Takes(10, {}))
    assert minutes.telling(app, env) == ["map"]
    minutes.forget(app, env, "map")
    minutes.keep(env, Takes(11, {}))
    assert minutes.telling(app, env) == []
