"""`start.py` runs in any Python, finds one that will do, and ends in one line."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import commands
from small_book import ROOT, interruptible
from small_project import Project, write_small_project

READ_BY_EVERY_PYTHON = ("start.py", "tools/children.py")
OLD = "sys.version_info = (3, 8, 18)"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose commands need no set-up and say what runs them."""
    project = write_small_project(tmp_path / "Ein Buch 书")
    (project.root / "tools" / "environment.py").write_text(
        "import os, pathlib, sys\nLOCKS = ('a', 'b', 'c')\n"
        "def prepare(*_locks):\n    return pathlib.Path(os.environ.get('RUNS', sys.executable))\n"
    )
    return project


def says(name: str) -> str:
    """Return a shell script that runs this Python and says on standard error who it is."""
    return f'case "$*" in *start.py*) echo {name} >&2 ;; esac\nexec "{sys.executable}" "$@"'


@pytest.mark.parametrize("name", READ_BY_EVERY_PYTHON)
def test_every_python_can_read_it(name: str) -> None:
    source = (ROOT / name).read_text(encoding="ascii")
    tree = ast.parse(source, feature_version=(3, 4))
    annotated = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and (node.returns or any(arg.annotation for arg in node.args.args))
    ]
    assert annotated == []
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Starred | ast.AnnAssign)]


def test_an_old_python_says_what_is_needed(project: Project) -> None:
    said = project.complaint("book", patch=OLD)
    assert "Python 3.11 or newer is needed, and this is Python 3.8; install a newer one" in said


def test_an_old_python_finds_a_newer_one(project: Project) -> None:
    project.executable("python3", "echo 3 9; echo /usr/bin/python3.9")
    project.executable("python3.12", says("snake"))
    done = project.start("book", patch=OLD)
    assert (done.returncode, done.stderr, done.stdout) == (0, "snake\n", "built\n")


def test_the_python_that_is_named_is_used(project: Project) -> None:
    """Also where a space is in its path. This one is a script that claims to be another Python."""
    snake = str(project.root / "bin" / "a snake")
    place = f"print('3 11'); print({snake!r})"
    project.executable(
        "a snake",
        f'case "$*" in *realpath*) exec "{sys.executable}" -c "{place}" ;; esac\n'
        + says("snake").replace("exec", "unset PYTHON; exec"),
    )
    for words, env in ((("book", f"PYTHON={snake}"), {}), (("book",), {"PYTHON": snake})):
        done = project.start(*words, **env)
        assert (done.returncode, done.stderr, done.stdout) == (0, "snake\n", "built\n")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 3 9; echo /usr/bin/python3.9", "which is Python 3.9; 3.11 or newer is needed"),
        ("exit 1", "and no Python runs there"),
    ],
)
def test_a_named_python_that_will_not_do_is_refused(
    project: Project, script: str, said: str
) -> None:
    project.executable("python3", script)
    assert said in project.complaint("book", PYTHON=str(project.root / "bin" / "python3"))
    assert "no Python runs there" in project.complaint("book", "PYTHON=/no/python")


def test_this_python_may_be_named(project: Project) -> None:
    done = project.start("book", PYTHON=sys.executable)
    assert (done.returncode, done.stdout) == (0, "built\n")


@pytest.mark.parametrize(
    "words",
    [
        ["novel"],
        ["book", "lab"],
        ["book", "--"],
        ["book", "OUTPUT=/x"],
        ["chapter", "p2p", "spread"],
    ],
)
def test_a_word_that_is_no_command_is_refused(project: Project, words: list[str]) -> None:
    said = project.complaint(*words)
    assert "is no command; there are book, watch, site, lab, notebooks, test," in said


@pytest.mark.parametrize("words", [["chapter", "p2p"], ["chapter", "NAME=p2p"]])
def test_a_command_takes_its_name_as_a_word_or_a_setting(
    project: Project, words: list[str]
) -> None:
    (project.root / "tools" / "begin.py").write_text("import sys\nprint(sys.argv[1:])\n")
    assert project.start(*words).stdout == "['p2p']\n"


@pytest.mark.parametrize("words", [["--secret", "words of ours"], ["--secret=words of ours"],
                                   ["SECRET=words of ours"]])  # fmt: skip
def test_a_secret_reaches_its_tool_by_the_environment(project: Project, words: list[str]) -> None:
    (project.root / "tools" / "teaching").mkdir(exist_ok=True)
    (project.root / "tools" / "teaching" / "teach.py").write_text(
        "import os, sys\nprint(sys.argv[1:], os.environ['SECRET'])\n"
    )
    seen = project.start("teach", *words, ONLY="quizzes")
    assert seen.stdout == "[] words of ours\n"
    assert seen.stderr == f"start: {commands.SEEN}\n"
    unseen = project.start("teach", ONLY="quizzes", SECRET="words of ours")
    assert (unseen.stdout, unseen.stderr) == (seen.stdout, "")
    told = "start: teach takes a SECRET, which it asks for at a terminal.\n"
    assert project.complaint("teach") == told
    assert project.complaint("teach", "--secret") == told
    assert "lotus" not in project.complaint("teach", "lotus", "pond", "autumn")


def test_guides_hand_outs_and_slides_need_no_secret(project: Project) -> None:
    (project.root / "tools" / "teaching").mkdir(exist_ok=True)
    (project.root / "tools" / "teaching" / "guides.py").write_text("print('written')\n")
    assert project.start("teach", "ONLY=guides").stdout == "written\n"
    lesson = project.root / "tools" / "teaching" / "lesson.py"
    lesson.write_text("import sys\nprint(sys.argv[1:])\n")
    said = project.start("teach", "ONLY=handouts").stdout
    assert said == "built\n['--only', 'handouts']\n"
    assert project.complaint("teach", "ONLY=pages", SECRET="words of ours") == (
        "start: ONLY is 'pages'; of teach it can be quizzes, guides, handouts, slides.\n"
    )


def test_a_class_is_read_from_the_folder_that_is_named(project: Project) -> None:
    (project.root / "tools" / "teaching").mkdir(exist_ok=True)
    (project.root / "tools" / "teaching" / "class_.py").write_text(
        "import os, sys\nprint(sys.argv[1:], os.environ.get('NAMES'))\n"
    )
    folder = str(project.root / "handed in")
    assert project.start("class", "handed in", "NAMES=shown").stdout == f"[{folder!r}] shown\n"


def test_solutions_are_left_out_where_that_is_asked(project: Project) -> None:
    tools = project.root / "tools"
    tools.joinpath("build.py").write_text("import os, sys\nprint(sys.argv[1:], *os.environ)\n")
    tools.joinpath("apart.py").write_text("print('apart')\n")
    built = {
        kind: project.start("book", f"SOLUTIONS={kind}") for kind in ("folded", "none", "apart")
    }
    folded, none, *more = [each.stdout.splitlines() for each in built.values()]
    assert folded[0].startswith("[] ")
    assert none[0].startswith("['--solutions', 'none'] ")
    assert more[0][0].startswith("['--solutions', 'none'] ")
    assert more[0][1].startswith("['--output', ")
    assert more[0][2:] == ["apart"]
    assert not any("SOLUTIONS" in line for line in (*folded, *none, *more[0]))
    said = project.complaint("site", "SOLUTIONS=hidden")
    assert said == "start: SOLUTIONS is 'hidden'; it can be folded, none, apart.\n"


def test_a_name_that_is_missing_is_asked_for(project: Project) -> None:
    said = project.complaint("chapter")
    assert said == "start: chapter takes a NAME, as in `start.py chapter NAME`.\n"


def test_without_a_command_all_are_named(project: Project) -> None:
    said = project.start().stdout
    assert re.findall(r"^  ([a-z-]+) +[A-Z].*\.$", said, re.MULTILINE) == list(commands.COMMANDS)


@pytest.mark.parametrize(("script", "code"), [("sys.exit(3)", 3), ("os.kill(os.getpid(), 9)", 137)])
def test_the_exit_code_is_the_child_s(project: Project, script: str, code: int) -> None:
    (project.root / "tools" / "build.py").write_text(f"import os, sys\n{script}\n")
    assert project.start("book").returncode == code


def test_an_interrupt_ends_in_one_line_once_the_child_has_ended(project: Project) -> None:
    (project.root / "tools" / "build.py").write_text(
        "import sys, time\ntry:\n    print('ready', flush=True)\n    time.sleep(600)\n"
        "except KeyboardInterrupt:\n    time.sleep(0.1)\n    print('tidied', flush=True)\n"
        "    sys.exit(130)\n"
    )
    command = [sys.executable, str(project.root / "start.py"), "book"]
    pipe = subprocess.PIPE
    with interruptible(command, env=project.environment(), stdout=pipe, stderr=pipe) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        os.killpg(running.pid, signal.SIGINT)
        printed, said = running.communicate()
    assert (running.returncode, printed) == (130, b"tidied\n")
    assert said.decode().strip() == "start: stopped."


@pytest.mark.parametrize("command", list(commands.COMMANDS))
def test_make_does_what_start_does(project: Project, command: str) -> None:
    make = shutil.which("make")
    assert make is not None
    project.executable("python3", 'echo "$@" "$BUILD" "$ONLY" "$NAME"')
    words = [make, command, "ONLY=loans", "BUILD=/else where", "NAME=p2p"]
    env = project.environment(PATH=f"{project.root / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(words, cwd=project.root, env=env, capture_output=True, text=True)
    assert done.stdout == f"start.py {command} /else where loans p2p\n"
    named = [*words, f"PYTHON={project.root / 'bin' / 'python3'}"]
    assert subprocess.run(named, cwd=project.root, env=env).returncode == 0


def test_a_command_is_a_word_and_a_sentence() -> None:
    assert all(commands.said(each).endswith(".") for each in commands.COMMANDS.values())
