"""A page of this book in few lines that asks its reader: a quiz of every kind, verdicts twice."""

from __future__ import annotations

from pathlib import Path

from sphinx.testing.util import SphinxTestApp

from reader import ROOT

CONF = f"""
import sys
sys.path[:0] = [{str(ROOT / "book")!r}, {str(ROOT / "book" / "_ext")!r}]
extensions = ["myst_parser", "bookkit.directives.ask_verdicts", "bookkit.directives.verdict",
              "bookkit.directives.quiz"]
html_theme = "basic"
html_static_path = [{str(ROOT / "book" / "_static")!r}]
html_css_files = ["book.css"]
html_js_files = [["memory.js", {{"priority": 110, "defer": "defer"}}],
                 ["fold.js", {{"priority": 120, "defer": "defer"}}]]
html_favicon = "icon.svg"


def setup(app):
    '''Leave out the script of Sphinx that trips over blocked storage, as the book does.'''
    app.connect("html-page-context", leave_out, priority=900)


def leave_out(app, page, template, context, doctree):
    files = context["script_files"]
    files[:] = [file for file in files if "sphinx_highlight" not in str(file.filename)]
"""
PARAGRAPHS = """*Right when* they pay.

*Wrong when* they do not.

*For it:* a study.

*Against it:* nothing.

*What would change it:* a list."""
SPREAD = f"""# A page

```{{claim}} C3-01 C3-02
```
```{{quiz}} toy
```

## Verdict

```{{your-verdicts}}
```
```{{verdict}} C3-01
{PARAGRAPHS}
```

So the book.

## Takeaways

Something to take away.
"""
QUESTIONS = """
- ask: Who is paid *first*?
  kind: single
  choices:
    - {text: the owners, why: Owners come last.}
    - {text: the savers, why: Savers come first., right: true}
- ask: What must the rate cover?
  kind: several
  choices:
    - {text: the money, why: Savers want it back., right: true}
    - {text: the handling, why: Clerks are paid., right: true}
    - {text: the weather, why: It is free.}
    - {text: the moon, why: It is far.}
- {ask: "How much?", kind: numeric, answer: 1250, tolerance: 0.5, decimals: 0, unit: yuan a month,
   why: Ten times 125., wrong: [{answer: -3.5, why: The sign.}, {answer: 12.5, why: The comma.}]}
- {ask: "At what rate?", kind: numeric, answer: 7.06, tolerance: 0.02, decimals: 2, unit: "%",
   why: The sum of the parts., wrong: [{answer: 7.2, why: The wrong sum.}]}
"""


def build(folder: Path) -> Path:
    """Build the page; return the site."""
    (folder / "data" / "quizzes").mkdir(parents=True)
    for name in ("claims.yml", "chapters.yml"):
        (folder / "data" / name).write_text((ROOT / "data" / name).read_text("utf-8"), "utf-8")
    (folder / "data" / "quizzes" / "toy.yml").write_text(QUESTIONS, "utf-8")
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (folder / "index.md").write_text("# Toys\n\n```{toctree}\nspread\n```\n", "utf-8")
    (folder / "spread.md").write_text(SPREAD, "utf-8")
    app = SphinxTestApp("html", srcdir=folder, warningiserror=True)
    try:
        app.build()
    finally:
        app.cleanup()
    return folder / "_build" / "html"
