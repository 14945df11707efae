"""Print the measurements that the book is held to; `--only NAME` prints one of them.

Figures are wall-clock times of this machine at this moment; none is too slow to pass. What could
not be measured is named, the rest is printed, and then the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

from refusal import ended

ONE = Path(__file__).with_name("one.py")
MEASUREMENTS = (
    "loans", "clearing", "frames", "builds", "pages", "sliders", "lighthouse", "stages"
)  # fmt: skip
SECONDS = 1800  # for one figure; the longest is the suite on a busy machine
GRACE = 10


def end(child: subprocess.Popen[str]) -> None:
    """End a measurement with all that it started: browsers, servers, builds."""
    for name in ("SIGTERM", "SIGKILL"):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, getattr(signal, name))
        else:
            child.kill()
        try:
            child.wait(GRACE)
            return
        except subprocess.TimeoutExpired:
            continue


def lines_of(child: subprocess.Popen[str]) -> queue.Queue[str | None]:
    """Collect what a measurement prints, and None at its end, so that waiting has a limit."""
    lines: queue.Queue[str | None] = queue.Queue()

    def collect() -> None:
        assert child.stdout is not None
        for line in child.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=collect, daemon=True).start()
    return lines


def passed(name: str, seconds: float) -> bool:
    """Print a measurement, made in a process of its own; tell whether it was whole."""
    command = [sys.executable, str(ONE), name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        try:
            lines = lines_of(child)
            while line := lines.get(timeout=seconds):
                print(line, end="", flush=True)
            code = child.wait(GRACE)
        except queue.Empty:
            print(f"  {name}: the next figure did not come in {seconds:g} s; the rest is left out")
            return False
        finally:
            if child.poll() is None:
                end(child)
    if code not in (0, 1):  # with 1 it has said itself what is missing
        print(f"  {name}: ended with code {code}; the rest is left out", flush=True)
    return code == 0


def main() -> int:
    """Run the measurements that were asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=MEASUREMENTS, action="append")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="the most for one figure")
    asked = parser.parse_args()
    whole = [passed(name, asked.seconds) for name in asked.only or MEASUREMENTS]
    return 0 if all(whole) else 1


if __name__ == "__main__":
    sys.exit(ended(main))
