"""The folder works in another Jupyter Book, by its own README and with nothing of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import explorer

FOLDER = Path(explorer.__file__).parent
PAGE = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---
# A page

```{code-cell} ipython3
from pictures import growth

growth
```
"""


def fenced(language: str) -> str:
    """Return the README's only block in a language."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"^( *)```{language}\n(.*?)```", readme, re.DOTALL | re.MULTILINE)
    return dedent(block[1])


def test_another_book_has_its_sliders(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(FOLDER, book / "explorer", ignore=shutil.ignore_patterns("__pycache__"))
    (book / "pictures.py").write_text(fenced("python"))
    (book / "page.md").write_text(PAGE)
    (tmp_path / "_config.yml").write_text(f"title: Another\n{fenced('yaml')}")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/page\n")
    build = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", build, "build", str(tmp_path), "-W", "--keep-going"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    html = (tmp_path / "_build" / "html" / "book" / "page.html").read_text()
    assert '<model-explorer id="growth" data-states="11">' in html
    assert "100 yuan become 163." in html
    assert re.search(r'<script[^>]* src="[^"]*explorer\.js', html)
