"""`make book` redoes what is out of date, nothing else, and never leaves half a book."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import jupytext
import yaml

from alone import alone
from small_book import ROOT, Book, interruptible

QUIZ = """- ask: Why?
  kind: single
  choices:
    - {text: Because., why: It is so., right: true}
    - {text: Never., why: It is not so.}
"""
CHANGED_RATES = "changed: book/netfin/rates.py"


def test_nothing_changed_redoes_nothing(book: Book) -> None:
    """Nor does a new time stamp, and Sphinx is not even started to find that out."""
    before, made_of = book.site(), book.report()["made_of"]
    for file in (book.root / "book").glob("*.md"):
        file.touch()
    done = book.build()
    assert (done.returncode, done.stderr) == (0, "")
    assert "Sphinx" not in done.stdout
    assert book.report() | {"seconds": 0} == {
        "pages": [], "run": {}, "written": [], "all_written_for": [], "made_of": made_of,
        "seconds": 0, "solutions": "folded",
    }  # fmt: skip
    assert book.site() == before


def test_a_site_that_is_gone_is_built_again(book: Book) -> None:
    before = book.site()
    shutil.rmtree(book.root / "_build" / "html")
    assert book.built() == {}
    assert book.written() == {"index", "alpha", "beta"}
    assert book.site() == before


def test_an_edited_chapter_is_redone_alone(book: Book) -> None:
    book.edit("book/beta.md", "See ", "Do see ")
    assert book.built() == {"beta": "changed: book/beta.md"}
    assert b"Do see " in book.site()["book/beta.html"]
    found = book.site()["searchtexts.js"].decode()
    assert "Do see Alpha" in found
    assert "The rate is" in found  # though its page was not written
    assert book.written() == {"beta", "index"}  # Sphinx always writes the first page
    assert book.report()["run"] == {}
    assert book.site() == book.cold()


CAPTION = "---\nmystnb:\n  figure:\n    caption: A dot\n---\n"


UNSEEN = (  # by any cell
    ("book/alpha.md", "The rate is", "The only rate is"),
    ("book/alpha.md", "from IPython.display", f"{CAPTION}from IPython.display"),
    ("book/_ext/bookkit/page/foot.py", '"""The foot', '"""A foot'),
    ("book/_ext/bookkit/directives/quiz.py", "from __future__", "# A word.\nfrom __future__"),
    ("data/chapters.yml", "What is alpha?", "What is Alpha?"),
)


def test_what_no_cell_can_see_runs_none(book: Book) -> None:
    """Though for each of it a page is read, and says so."""
    for file, old, new in UNSEEN:
        book.edit(file, old, new)
    why = " ".join(book.built().values())
    assert {file for file, *_ in UNSEEN} == {*re.findall(r"[\w/]+\.\w+", why)}
    assert book.report()["run"] == {}


def test_what_cells_can_see_runs_those_that_see_it(book: Book) -> None:
    """Code that does not say which data it reads may see any."""
    book.edit("book/netfin/rates.py", "12 *", "13 *")
    book.edit("book/beta.md", 'load("harvest")', 'load("harv" + "est")')
    assert book.ran() == {"alpha", "beta"}
    book.edit("data/weather.csv", "rain", "snow")
    assert book.built() == {"beta": "changed: data/weather.csv"}
    assert {*book.report()["run"]} == {"book/beta"}
    book.edit("data/weather.csv", "snow", "rain")
    book.edit("book/netfin/rates.py", "13 *", "12 *")
    assert book.ran() == set()  # their outputs are still known


def test_what_no_page_shows_writes_the_first_page(book: Book) -> None:
    """Sphinx always does."""
    before = book.site()
    book.edit("tools/where.py", '"""', '"""Here: ')
    assert book.built() == {}
    assert book.written() == {"index"}
    assert book.site() == before


def test_what_pages_share_writes_all(book: Book) -> None:
    everything = {"index", "alpha", "beta"}
    book.edit("book/alpha.md", "The rate", "See [](beta.md). The rate")
    book.built()
    book.edit("book/beta.md", "# Beta", "# Better")
    assert book.built() == {"beta": "changed: book/beta.md"}
    assert book.written() == everything
    assert b"Better" in book.site()["notebooks/alpha.ipynb"]
    book.edit("book/_static/book.css", "--paper: #", " --paper: #")
    assert book.built() == {}
    assert book.written() == everything
    assert book.report()["all_written_for"] == ["book/_static/book.css"]
    assert book.site() == book.cold()


FIGURE = "```{figure} dot.svg\n---\nname: fig-dot\nalt: A dot\n---\nA caption\n```\n\n"


def test_a_caption_writes_all_if_another_page_refers_to_it(book: Book) -> None:
    (book.root / "book" / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    book.edit("book/beta.md", "See ", f"{FIGURE}See ")
    book.built()
    book.edit("book/beta.md", "A caption", "The caption")
    book.built()
    assert book.written() == {"beta", "index"}
    book.edit("book/alpha.md", "The rate", "{ref}`fig-dot`. The rate")
    book.built()
    book.edit("book/beta.md", "The caption", "One caption")
    assert set(book.built()) == {"beta"}
    assert book.written() == {"alpha", "beta", "index"}
    assert b"One caption" in book.site()["book/alpha.html"]
    assert book.site() == book.cold()


def test_a_zip_of_the_same_files_is_not_packed_again(book: Book) -> None:
    name = "notebooks/alpha.zip"
    packed, marked = book.site()[name], b"as it was"
    (book.root / "_build" / "html" / name).write_bytes(marked)
    book.edit("book/beta.md", "See ", "Do see ")
    book.built()
    assert book.site()[name] == marked
    book.edit("book/alpha.md", "The rate", "One rate")
    book.built()
    assert book.site()[name] not in (marked, packed)


def test_a_zip_is_packed_again_by_an_edited_extension(book: Book) -> None:
    book.edit("book/_ext/bookkit/home/zips.py", "0o644", "0o600")
    book.built()
    assert book.site() == book.cold()


def test_a_chapter_that_is_gone_leaves_nothing_behind(book: Book) -> None:
    book.edit("book/beta.md", "See [](alpha.md).", "")
    book.edit("_toc.yml", "- file: book/alpha\n", "")
    (book.root / "book" / "alpha.md").unlink()
    book.built()
    warm = book.site()
    assert warm == book.cold()
    assert not [name for name in warm if "alpha" in name or "_images" in name]


def test_a_page_is_redone_for_what_it_is_made_of_and_for_nothing_else(book: Book) -> None:
    """Also for a file with the time stamp it had: a version control system may restore any.

    And it must not be run as Python has kept it, which it takes to be the same.
    """
    rates = book.root / "book/netfin/rates.py"
    old = rates.stat()
    book.edit("book/netfin/rates.py", "12 *", "13 *")
    os.utime(rates, ns=(old.st_atime_ns, old.st_mtime_ns))
    book.edit("data/harvest.csv", "rye", "oats")
    book.edit("data/weather.csv", "rain", "snow")
    book.edit("data/catalogue.toml", "A weather", "The weather")
    assert book.built() == {"alpha": CHANGED_RATES, "beta": "changed: data/harvest.csv"}
    assert b">13</" in book.site()["book/alpha.html"]
    assert b"oats" in book.site()["book/beta.html"]
    book.edit("data/catalogue.toml", "2026-03-01", "2026-04-01")
    assert book.built() == {"beta": "changed: data/catalogue.toml [harvest]"}
    assert b"Data as of 1 April 2026." in book.site()["book/beta.html"]


def test_a_book_built_anew_runs_nothing_that_python_has_kept(book: Book) -> None:
    rates = book.root / "book/netfin/rates.py"
    old = rates.stat()
    book.edit("book/netfin/rates.py", "12 *", "13 *")
    os.utime(rates, ns=(old.st_atime_ns, old.st_mtime_ns))
    book.built("anew")
    assert b">13</" in book.site("anew")["book/alpha.html"]


def test_a_quiz_runs_no_cell_that_happens_to_say_its_name(book: Book) -> None:
    """Nor is a page read again for it that does not show it."""
    quiz = book.root / "data" / "quizzes" / "beta.yml"
    quiz.parent.mkdir()
    quiz.write_text(QUIZ)
    book.edit("book/alpha.md", "glue(", 'kept_in = "beta"\nglue(')
    book.edit("book/beta.md", "See ", "```{quiz} beta\n```\n\nSee ")
    book.built()
    quiz.write_text(QUIZ.replace("Why?", "Why so?"))
    assert book.built() == {"beta": "changed: data/quizzes/beta.yml"}
    assert book.report()["run"] == {}
    assert b"Why so?" in book.site()["book/beta.html"]


def test_a_new_lock_redoes_everything(book: Book) -> None:
    with (book.root / "requirements.txt").open("a") as lock:
        lock.write("# another\n")
    assert set(book.built()) == {"index", "alpha", "beta"}


def test_edit_and_revert_equals_a_cold_build(book: Book) -> None:
    """As what is there before the edit is one."""
    cold = book.site()
    book.edit("book/netfin/rates.py", "12 *", "13 *")
    book.edit("book/alpha.md", "# Alpha", "# Aleph\n\n## Another section")
    book.built()
    book.edit("book/netfin/rates.py", "13 *", "12 *")
    book.edit("book/alpha.md", "# Aleph\n\n## Another section", "# Alpha")
    book.built()
    assert book.site() == cold


def test_a_new_chapter_opens_its_station_on_the_map(book: Book) -> None:
    assert book.site()["book/index.html"].count(b'class="station planned"') == 1
    (book.root / "book" / "gamma.md").write_text("# Gamma\n")
    book.edit("_toc.yml", "book/beta", "book/beta\n- file: book/gamma")
    assert book.built() == {"gamma": "new", "index": "changed: _toc.yml"}
    assert b'class="station planned"' not in book.site()["book/index.html"]
    assert b"planned" not in book.site()["book/index.html"]
    assert book.site() == book.cold()


def test_a_chapter_that_is_written_and_not_in_the_contents_is_not_called_planned(
    book: Book,
) -> None:
    book.edit("_toc.yml", "- file: book/alpha\n", "")
    book.edit("book/beta.md", "See [](alpha.md).", "")
    book.built()
    page = book.site()["book/index.html"].decode()
    stations = [each.partition("</p>")[0] for each in page.split('class="station ')[1:]]
    assert [each.partition('"')[0] for each in stations] == ["left-out", "planned"]
    assert ["(not in this copy)" in each for each in stations] == [True, False]
    assert ["(planned)" in each for each in stations] == [False, True]
    assert "Chapters in this copy: 0 of 2, the numbered stations." in page
    assert "Left out of this copy, and in the whole book: 1. Planned: 1." in page
    (book.root / "book" / "gamma.md").write_text("# Gamma\n")
    assert set(book.built()) == {"index", "beta"}
    page = book.site()["book/index.html"].decode()
    assert page.count('class="station left-out"') == 2
    assert "in the whole book: 2." in page
    assert "lanned" not in page


def test_a_link_to_a_chapter_that_is_not_in_this_copy_is_words(book: Book) -> None:
    (book.root / "book" / "gamma.md").write_text("# Gamma\n\n## Later\n")
    book.edit("book/alpha.md", "The rate is", "See [what comes](gamma.md). The rate is")
    book.built()
    page = book.site()["book/alpha.html"]
    assert b"See what comes. The rate is" in page.replace(b"<span>", b"").replace(b"</span>", b"")
    assert b"gamma" not in page
    book.edit("_toc.yml", "book/beta", "book/beta\n- file: book/gamma")
    book.built()
    assert b'href="gamma.html"' in book.site()["book/alpha.html"]
    book.edit("book/alpha.md", "gamma.md", "delta.md")
    failed = book.build()
    assert failed.returncode != 0
    assert "delta" in failed.stdout + failed.stderr


def test_such_a_link_without_words_says_the_chapter_s_title(book: Book) -> None:
    (book.root / "book" / "gamma.md").write_text("# Gamma\n")
    book.edit("book/alpha.md", "The rate is", "See [](gamma.md). The rate is")
    book.built()
    page = re.sub(r"</?span[^>]*>", "", book.site()["book/alpha.html"].decode())
    assert "See Gamma. The rate is" in page
    assert "gamma.html" not in page
    book.edit("_toc.yml", "book/beta", "book/beta\n- file: book/gamma")
    book.built()
    assert 'href="gamma.html"' in book.site()["book/alpha.html"].decode()


def test_what_no_notebook_can_say_is_refused_with_what_to_do(book: Book) -> None:
    book.edit("book/alpha.md", "The rate is", "See {solved}`a|b`. The rate is")
    done = book.build()
    assert done.returncode != 0
    assert (
        "book/alpha: {solved}`a|b` cannot stand in a page with code, whose notebook says the same "
        "in every kind of book: put it into a page without code, or say what is so in each"
    ) in done.stderr + done.stdout


def test_the_foot_dates_the_data_that_the_page_uses(book: Book) -> None:
    pages = {name: book.site()[f"book/{name}.html"].decode() for name in ("alpha", "beta")}
    assert "Data as of 1 March 2026." in pages["beta"]
    assert "Data as of 9 May 2026." in pages["alpha"]  # of none in particular: of all
    assert all("Edition 0.1.0 of " in page for page in pages.values())


def test_an_error_is_reported_where_the_book_lives(book: Book) -> None:
    assert b"Report an error" not in book.site()["book/alpha.html"]  # nowhere to report it to
    book.edit(
        "_config.yml", 'repository: {url: ""}', "repository: {url: 'https://github.com/us/book'}"
    )
    book.built()
    page = book.site()["book/alpha.html"].decode()
    [address] = re.findall(r'href="https://github.com/us/book/issues/new\?([^"]*)"', page)
    filled = dict(parse_qsl(unescape(address)))
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / filled.pop("template")).read_text())
    assert filled.pop("title") == "Error on page book/alpha"
    assert filled["page"] == "book/alpha.html"
    assert filled["edition"].startswith("0.1.0 of ")
    assert set(filled) <= {field["id"] for field in form["body"]}


def test_a_failing_cell_names_page_and_cell_and_keeps_the_last_book(book: Book) -> None:
    before = book.site()
    book.edit("book/alpha.md", "glue(", "1 / 0\nglue(")
    done = book.build()
    assert done.returncode != 0
    assert "book/alpha.md, code cell 1: ZeroDivisionError" in done.stderr.splitlines()[-1]
    assert book.site() == before


def test_a_warning_fails_every_build_until_it_is_mended(book: Book) -> None:
    """Sphinx warns while it reads a page: a second run must read it, and warn, again."""
    before = book.site()
    book.edit("book/beta.md", "(alpha.md)", "(missing.md)")
    for _ in range(2):
        done = book.build()
        assert done.returncode != 0
        assert "missing.md" in done.stderr
    assert book.site() == before
    book.edit("book/beta.md", "(missing.md)", "(alpha.md)")
    book.built()
    assert book.site() == before


def test_a_swap_that_was_killed_halfway_is_mended(book: Book) -> None:
    before = book.site()
    html: Path = book.root / "_build" / "html"
    html.rename(html.with_name("html.previous"))
    book.edit("book/alpha.md", "glue(", "1 / 0\nglue(")
    assert book.build().returncode != 0
    assert book.site() == before


def test_a_swap_that_was_killed_between_site_and_state_is_mended(book: Book) -> None:
    """Then a page of the site may be newer than its source, if that is put back."""
    before, page = book.site(), book.root / "_build" / "html" / "book" / "beta.html"
    page.write_text(page.read_text().replace("See ", "Do see "))
    (book.root / "_build" / "stamps.json").unlink()
    assert book.built() == {}
    assert book.site() == before


def test_a_notebook_beside_its_chapter_changes_nothing(book: Book) -> None:
    """Editors that know no MyST keep one there, and it may be older than the chapter."""
    before = book.site()
    for name in ("alpha", "beta", "gamma"):
        jupytext.write(jupytext.reads("# Another text\n", "md"), book.root / f"book/{name}.ipynb")
    assert book.built() == {}
    assert book.site() == before
    assert book.cold() == before


def test_a_second_build_at_once_is_refused(book: Book) -> None:
    with alone(book.root / "_build" / "build.lock", "build"):
        done = book.build()
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert "another build is running here" in line
        assert "Traceback" not in done.stdout
    assert book.built() == {}


def test_what_the_user_has_set_for_other_projects_stays_there(book: Book) -> None:
    """A cold build in a process of its own, and all that it runs, is as any other."""
    foreign = book.root / "foreign"
    (foreign / "numpy").mkdir(parents=True)
    for name in ("numpy/__init__.py", "sphinx.py", "yaml.py"):
        (foreign / name).write_text("raise ImportError('another project')\n")
    startup = book.root / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print = None\n")
    done = book.build(
        "cold",
        PYTHONPATH=str(foreign),
        PYTHONHASHSEED="7",
        PYTHONWARNINGS="error",
        PYTHONOPTIMIZE="2",
        MPLBACKEND="no_such_backend",
        IPYTHONDIR=str(startup.parents[1]),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("Open ")
    assert book.site("cold") == book.site()


def test_watching_builds_what_is_saved_and_ends_without_a_word(book: Book) -> None:
    command = [sys.executable, "-u", "tools/watch.py", "--output", "_build"]
    pipe = subprocess.PIPE
    with interruptible(command, cwd=book.root, stdout=pipe, stderr=pipe, text=True) as running:
        assert running.stdout is not None
        said = iter(running.stdout.readline, "")
        assert any(line.startswith("Watching") for line in said)
        for old, new in (("See ", "Do see "), ("Do see ", "Please see ")):
            book.edit("book/beta.md", old, new)
            assert any(line.startswith("Watching") for line in said)
            assert new.encode() in book.site()["book/beta.html"]
            assert book.report()["all_written_for"] == []
        os.killpg(running.pid, signal.SIGINT)
        assert "Traceback" not in running.communicate()[1]
    assert running.returncode == 130


def test_an_interrupt_while_a_cell_runs_ends_without_a_word(book: Book) -> None:
    before = book.site()
    ready = book.root / "ready"
    endless = f"import pathlib, time\n\npathlib.Path({str(ready)!r}).touch()\ntime.sleep(600)\n"
    book.edit("book/beta.md", "from netfin.data", f"{endless}from netfin.data")
    pipe = subprocess.PIPE
    command = [sys.executable, "tools/build.py", "--output", "_build"]
    with interruptible(command, cwd=book.root, stdout=subprocess.DEVNULL, stderr=pipe) as running:
        while not ready.exists() and running.poll() is None:
            time.sleep(0.1)
        os.killpg(running.pid, signal.SIGINT)
        said = running.communicate()[1].decode()
    assert running.returncode == 130
    assert "Traceback" not in said
    assert "was not built" not in said
    assert book.site() == before
    assert not (book.root / "_build" / "build.lock").exists()
