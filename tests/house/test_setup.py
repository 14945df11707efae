"""Whatever the machine lacks or its user has set, setting up works or ends in one sentence."""

from __future__ import annotations

import os
import shutil
import sysconfig
import venv
from pathlib import Path

import pytest

from alone import alone
from small_project import Project, make_wheel, write_small_project

TINY = "tiny==1.0 --hash=sha256:" + 64 * "0"


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose environment had no Python any more, after a command."""
    project = write_small_project(tmp_path_factory.mktemp("made") / "Ein Buch 书")
    project.python.parent.mkdir(parents=True)
    project.python.symlink_to("/no/python")
    project.start("book")
    return project


@pytest.fixture
def bare(tmp_path: Path) -> Project:
    """Return a project without an environment."""
    return write_small_project(tmp_path / "Ein Buch 书")


@pytest.fixture
def project(bare: Project, made_again: Project) -> Project:
    """Return a project whose environment has been made elsewhere and moved here.

    There is nothing in it but the pip that Python brings along. Its files are linked and not
    copied: whatever is written there takes the place of a file.
    """
    stamps = shutil.ignore_patterns("*.stamp")
    shutil.copytree(made_again.venv, bare.venv, True, stamps, copy_function=linked)
    return bare


def linked(old: str, new: str) -> None:
    """Give a file a second name; the environment's settings, which may be edited, are copied."""
    (shutil.copy if old.endswith(".cfg") else os.link)(old, new)


@pytest.fixture
def hasty(bare: Project) -> Project:
    """Return a project whose pip takes no time, for it does nothing."""
    venv.create(bare.venv, symlinks=os.name != "nt")
    (packages,) = bare.venv.glob("[Ll]ib/**/site-packages")
    (packages / "pip.py").touch()
    return bare


def use_pip_of_this_environment(project: Project) -> None:
    """Replace the pip of a project's environment."""
    (theirs,) = project.venv.glob("lib/python*/site-packages")
    for old in theirs.glob("pip*"):
        shutil.rmtree(old)
    for new in Path(sysconfig.get_path("purelib")).glob("pip*"):
        if new.name == "pip" or new.match("pip-*.dist-info"):
            shutil.copytree(new, theirs / new.name)


@pytest.mark.parametrize("pip", ["that Python brings along", "of this environment"])
def test_a_lock_stays_complete_when_a_newer_release_appears(project: Project, pip: str) -> None:
    """Pip up to 23.2 looks for `tinycover[toml]` anew, although tinycover is pinned."""
    if pip == "of this environment":
        use_pip_of_this_environment(project)
    plug = make_wheel(project.wheels, "tinyplug", "1.0", requires=("tinycover[toml]>=1.0",))
    cover = make_wheel(project.wheels, "tinycover", "1.0", extras={"toml": "tinytoml"})
    make_wheel(project.wheels, "tinycover", "2.0", extras={"toml": "tinytoml"})
    toml = make_wheel(project.wheels, "tinytoml", "1.0")
    project.lock(plug, cover, toml)
    done = project.start("book")
    assert done.returncode == 0, done.stderr + (project.root / "_build/setup.log").read_text()
    assert project.installed() == "['tinycover 1.0', 'tinyplug 1.0', 'tinytoml 1.0']"


def test_a_lock_that_is_not_complete_is_refused(project: Project) -> None:
    project.lock(make_wheel(project.wheels, "tinyplug", "1.0", requires=("tinycover",)))
    make_wheel(project.wheels, "tinycover", "1.0")
    said = project.complaint("book")
    assert "do not fit together" in said
    assert project.complaint("book") == said


def test_what_the_user_has_set_for_other_projects_stays_there(project: Project) -> None:
    foreign = project.root / "foreign"
    foreign.mkdir()
    for name in ("argparse", "hashlib", "pip", "tiny"):
        (foreign / f"{name}.py").write_text("raise ImportError('another project')\n")
    project.lock(make_wheel(project.wheels, "tiny", "1.0"))
    (project.root / "tools" / "build.py").write_text("import argparse, os, tiny\nprint('built')\n")
    target = str(project.root / "target")
    done = project.start(
        "book",
        PYTHONPATH=str(foreign),
        PIP_USER="1",
        PIP_TARGET=target,
        PIP_REQUIRE_VIRTUALENV="1",
        PIP_CONSTRAINT="/no/file",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("built\n")
    assert project.installed() == "['tiny 1.0']"
    assert not Path(target).exists()


def test_settings_of_pip_say_whence_and_not_where(project: Project) -> None:
    project.lock(make_wheel(project.wheels, "tiny", "1.0"))
    config = project.root / "pip.conf"
    config.write_text(
        f"[global]\nno-index = true\nuser = true\ntarget = {project.root}/target\n"
        f"[install]\nfind-links =\n    {project.root.as_uri()}\n    {project.wheels.as_uri()}\n"
    )
    names = ("PIP_NO_INDEX", "PIP_FIND_LINKS")
    patch = f"import os\nfor name in {names}: del os.environ[name]"
    done = project.start("book", patch=patch, PIP_CONFIG_FILE=str(config))
    assert (done.returncode, done.stderr) == (0, "")
    assert project.installed() == "['tiny 1.0']"


def test_no_network(project: Project) -> None:
    """It is tried once more, for else pip would not say why."""
    project.lock(TINY)
    nowhere = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
    said = project.complaint("book", **nowhere)
    assert "requirements.txt could not be downloaded; check the network" in said
    assert not list(project.venv.glob("*.stamp"))


def test_a_package_that_does_not_match_its_hash(project: Project) -> None:
    project.lock(TINY)
    make_wheel(project.wheels, "tiny", "1.0")
    assert "could not be installed" in project.complaint("book")
    assert "hash" in (project.root / "_build" / "setup.log").read_text().lower()


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk ran full while packages were"),
        (
            "HINT: this system does not have Windows Long Path support enabled",
            "is too long for Windows",
        ),
        ("Refusing to create a venv because it contains the PATH separator :.", "rename it"),
        ("anything else", "Python's venv module does not work here"),
    ],
)
def test_why_no_environment_could_be_made(bare: Project, log: str, said: str) -> None:
    (bare.root / "snake").write_text(f"#!/bin/sh\necho {log!r}\nexit 1\n")
    (bare.root / "snake").chmod(0o755)
    patch = f"sys.executable = {str(bare.root / 'snake')!r}"
    assert said in bare.complaint("book", patch=patch)


def test_little_disk_space(bare: Project) -> None:
    patch = (
        "import shutil, types\n"
        "shutil.disk_usage = lambda folder: types.SimpleNamespace(free=10 * 2**20)"
    )
    said = bare.complaint("book", patch=patch)
    assert "the disk is too full: 1500 MB are needed here and 10 MB are free" in said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("EROFS", "read-only or another user's; have everything written elsewhere: BUILD=/another"),
        ("EACCES", "read-only or another user's"),
        ("ENOSPC", "_build cannot be written, for the disk is full."),
    ],
)
def test_a_folder_that_cannot_be_written(bare: Project, number: str, said: str) -> None:
    patch = (
        "import errno, pathlib\n"
        "def refuse(*_words, **_options):\n"
        f"    raise OSError(errno.{number}, 'no')\n"
        "pathlib.Path.mkdir = refuse"
    )
    assert said in bare.complaint("book", patch=patch)


def test_a_disk_that_fills_up_at_the_end(hasty: Project) -> None:
    patch = (
        "import errno, pathlib\n"
        "real = pathlib.Path.write_text\n"
        "def write(file, *words, **options):\n"
        "    if file.suffix == '.stamp':\n"
        "        raise OSError(errno.ENOSPC, 'no space', str(file))\n"
        "    return real(file, *words, **options)\n"
        "pathlib.Path.write_text = write"
    )
    assert "cannot be written, for the disk is full." in hasty.complaint("book", patch=patch)


def test_two_set_ups_at_once(hasty: Project) -> None:
    (hasty.root / "_build").mkdir()
    with alone(hasty.root / "_build" / "setup.lock", "set-up"):
        assert "another set-up is running here" in hasty.complaint("book")
    assert hasty.start("book").returncode == 0


def test_everything_is_written_where_build_says(project: Project) -> None:
    project.lock(make_wheel(project.wheels, "tiny", "1.0"))
    elsewhere = project.root / "else where"
    elsewhere.mkdir()
    project.venv.rename(elsewhere / ".venv")
    before = sorted(project.root.iterdir())
    done = project.start("book", f"BUILD={elsewhere}", PYTHONDONTWRITEBYTECODE="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert (elsewhere / "_build" / "setup.log").is_file()
    assert sorted(project.root.iterdir()) == before
    (elsewhere / "mine").touch()
    assert project.start("clean", f"BUILD={elsewhere}").returncode == 0
    assert sorted(file.name for file in elsewhere.iterdir()) == [".venv", "mine"]


def test_a_finished_setup_does_nothing_more(hasty: Project) -> None:
    first, second = hasty.start("book"), hasty.start("book")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "installing requirements.txt" in first.stdout
    assert second.stdout == "built\n"


def test_each_command_installs_no_more_than_it_needs(project: Project) -> None:
    names = {"requirements.txt": "tinybook", "requirements-lab.txt": "tinylab"}
    for file, package in (names | {"requirements-test.txt": "tinytest"}).items():
        project.lock(make_wheel(project.wheels, package, "1.0"), name=file)
    project.start("book")
    assert project.installed() == "['tinybook 1.0']"
    project.start("lab")
    assert project.installed() == "['tinybook 1.0', 'tinylab 1.0']"
    (project.root / "tools" / "check.py").write_text("")
    assert project.start("check").returncode == 0
    assert project.installed() == "['tinybook 1.0', 'tinylab 1.0', 'tinytest 1.0']"


def test_an_environment_whose_python_is_gone_is_made_again(made_again: Project) -> None:
    assert made_again.start("book").stdout == "built\n"


def test_the_layout_of_windows_is_known(tmp_path: Path) -> None:
    import places

    assert places.interpreter(tmp_path) == tmp_path / "bin" / "python"
    (tmp_path / "Scripts").mkdir()
    (tmp_path / "Scripts" / "python.exe").touch()
    assert places.interpreter(tmp_path) == tmp_path / "Scripts" / "python.exe"
