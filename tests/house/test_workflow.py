"""What a server runs: pinned actions, every push in full, nothing published that was sampled."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import outside_links
from bookkit.home import zips
from pdf import FONT
from publish import SITE
from small_book import ROOT

TEXT = (ROOT / ".github" / "workflows" / "book.yml").read_text("utf-8")
BOOK = yaml.safe_load(TEXT)
JOBS = BOOK["jobs"]


def steps(job: str, key: str) -> list[Any]:
    return [step[key] for step in JOBS[job]["steps"] if key in step]


def test_only_what_the_whole_suite_has_seen_is_published() -> None:
    suite = ".ci/run ${{ github.event_name == 'pull_request' && 'test' || 'test-all' }}"
    assert steps("test", "run").count(suite) == 1
    assert JOBS["publish"]["needs"] == ["test", "pythons"]
    assert JOBS["publish"]["if"].endswith("&& github.event_name == 'push'")
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    assert script[-1] == 'exec make "${1:-test}"'


def test_what_is_published_is_the_whole_site_with_its_pdfs() -> None:
    commands = steps("test", "run")
    assert [each.split()[-1] for each in commands if "apt-get" in each] == [FONT]
    assert commands[-1] == "python3 start.py site"
    [upload] = [step for step in JOBS["test"]["steps"] if "upload-pages" in step.get("uses", "")]
    assert upload["with"]["path"] == f"_build/{SITE}"


def test_actions_are_pinned_by_commit_and_say_their_version() -> None:
    used = re.findall(r"uses: (.*)", TEXT)
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+")
    assert len(used) >= 6
    assert [each for each in used if not pinned.fullmatch(each)] == []
    by_name = {each.partition("@")[0]: each for each in used}
    assert set(used) == set(by_name.values()), "one action, two commits"


def commits(origin: Path) -> list[str]:
    asked = ["git", "log", "--format=%s", "notebooks"]
    return subprocess.run(asked, cwd=origin, capture_output=True, text=True).stdout.splitlines()


def test_the_branch_of_notebooks_grows_by_what_is_new(tmp_path: Path) -> None:
    """And is never begun anew, for readers have pulled it; nothing new is no commit."""
    assert JOBS["notebooks"]["needs"] == JOBS["publish"]["needs"]
    assert JOBS["notebooks"]["if"] == JOBS["publish"]["if"]
    origin, clone, site = tmp_path / "origin", tmp_path / "clone", tmp_path / "site"
    (site / "notebooks").mkdir(parents=True)
    env = os.environ | JOBS["notebooks"]["env"]

    def run(*words: str, cwd: Path = tmp_path) -> None:
        subprocess.run(words, cwd=cwd, check=True, capture_output=True, env=env)

    run("git", "init", "--quiet", "--bare", str(origin))
    run("git", "clone", "--quiet", str(origin), str(clone))
    run("git", "commit", "--quiet", "--allow-empty", "-m", "x", cwd=clone)
    for text in ("one", "two", "two"):
        packed = zips.packed({"book/a.ipynb": text.encode(), ".x": b""}, "all-of-it")
        (site / "notebooks" / "all-of-it.zip").write_bytes(packed)
        (site / "notebooks" / "a.zip").write_bytes(b"")
        run("tar", "-cf", str(clone / "artifact.tar"), "-C", str(site), ".")
        run(str(ROOT / ".ci" / "notebooks"), "artifact.tar", cwd=clone)
    assert len(commits(origin)) == 2
    asked = ["git", "show", "notebooks:book/a.ipynb"]
    assert subprocess.run(asked, cwd=origin, capture_output=True).stdout == b"two"


def test_what_is_cached_goes_by_the_locks() -> None:
    caches = [step["with"] for job in JOBS.values() for step in job["steps"]
              if step.get("uses", "").startswith("actions/cache@")]  # fmt: skip
    assert {each["path"] for each in caches} == {".venv", "_build"}
    assert all("hashFiles('requirements*.txt')" in each["key"] for each in caches)


def test_the_oldest_and_the_newest_python_run_models_and_explorer() -> None:
    start = (ROOT / "start.py").read_text("utf-8")
    named = re.findall(r"^(?:OLDEST|NEWEST) = \((\d+), (\d+)\)", start, re.MULTILINE)
    assert JOBS["pythons"]["strategy"]["matrix"]["python"] == [".".join(each) for each in named]
    assert steps("pythons", "run") == [".ci/models"]
    script = (ROOT / ".ci" / "models").read_text().splitlines()
    assert script[-1] == "exec .venv/bin/python -m pytest tests/models tests/explorer"


def test_once_a_week_all_is_tried_with_newer_packages_and_outside_links() -> None:
    weekly = {step["run"] for step in JOBS["test"]["steps"]
              if step.get("if") == "github.event_name == 'schedule'"}  # fmt: skip
    assert weekly == {
        "python3 start.py lock UV_UPGRADE=1",
        ".venv/bin/python tools/outside_links.py",
        ".ci/reader",
    }
    assert "schedule" in BOOK[True]  # so YAML reads `on`


def test_what_a_failure_leaves_is_kept() -> None:
    [kept] = [step for step in JOBS["test"]["steps"] if step.get("if") == "failure()"]
    assert kept["with"]["path"].split() == ["_build/report.json", "_build/failures", "_build/*.log"]


def test_papers_for_machines_can_be_read() -> None:
    for name in (".github/dependabot.yml", ".github/ISSUE_TEMPLATE/error.yml"):
        assert yaml.safe_load((ROOT / name).read_text("utf-8"))
    desk = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert (ROOT / ".devcontainer" / desk["build"]["dockerfile"]).is_file()


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        serve = functools.partial(server.serve_forever, poll_interval=0.02)
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("code", "said"), [(200, None), (404, "404 Not Found"), (403, None)])
def test_a_link_that_leads_nowhere_is_told(elsewhere: str, code: int, said: str | None) -> None:
    assert outside_links.fault(f"{elsewhere}/{code}") == said


def test_who_does_not_answer_is_told(elsewhere: str) -> None:
    port = int(elsewhere.rpartition(":")[2])
    assert outside_links.fault(f"http://127.0.0.1:{port}0") is not None


def test_a_site_is_asked_again_before_it_is_given_up() -> None:
    answers, waited = iter(["busy", "busy", None]), []
    assert outside_links.patiently(lambda _: next(answers), "a", waited.append) is None
    assert waited == [1.0, 2.0]
    assert outside_links.patiently(lambda _: "gone", "a", waited.append) == "gone"


def test_links_elsewhere_are_gathered_by_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="https://x.org/b?c=1&amp;d=2#e"><a href="b.html">')
    (tmp_path / "b.html").write_text('<a href="https://x.org/b?c=1&amp;d=2">')
    assert outside_links.links(tmp_path) == {"https://x.org/b?c=1&d=2": ["a.html", "b.html"]}
