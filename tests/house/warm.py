"""Build a book again and again in forks of this process, which has imported what builds import.

And compiled the patterns that they compile.

`warm.py ROOT` reads on its standard input where to build, and how the names of the files begin that
take what is printed, and which kind of book; it answers with the exit code.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1])
sys.path.insert(0, str(ROOT / "tools"))

import build  # noqa: E402  (of that book)
import watch  # noqa: E402
from places import variables_of_a_build  # noqa: E402


def built(output: str, told: str, solutions: str) -> int:
    """Build in a fork, then import what that one had to import, and compile what it compiled."""
    if (child := os.fork()) == 0:
        os.chdir(ROOT)  # the folder may have been laid out anew
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{told}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        code = build.build_alone(ROOT / output, solutions)
        Path(f"{told}.names").write_text("\n".join(watch.of_others()))
        Path(f"{told}.patterns").write_bytes(pickle.dumps([each[1:] for each in re._cache]))  # type: ignore[attr-defined]
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    names = Path(f"{told}.names").read_text().split()
    watch.import_all(name for name in names if name not in sys.modules)
    for pattern, flags in pickle.loads(Path(f"{told}.patterns").read_bytes()):
        re.compile(pattern, flags)
    return code


if __name__ == "__main__":
    if dict(os.environ) != (variables := variables_of_a_build()):
        os.execve(sys.executable, [sys.executable, *sys.argv], variables)
    sys.dont_write_bytecode = False  # the folder is there to be written to
    build.import_lean()
    build.read_plugins_once()
    watch.import_all(watch.FIRST)
    for line in sys.stdin:
        print(built(*line.rstrip("\n").split("\t")), flush=True)
