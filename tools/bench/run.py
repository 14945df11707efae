"""Print the measurements that the book is held to; `--only NAME` prints one of them.

Figures are wall-clock times of this machine at this moment; nothing fails because of them.
"""

from __future__ import annotations

import argparse
import sys

import builds
import frames
import lighthouse
import loans
import pages
import sliders

MEASUREMENTS = {
    "loans": loans,
    "frames": frames,
    "builds": builds,
    "pages": pages,
    "sliders": sliders,
    "lighthouse": lighthouse,
}


def main() -> int:
    """Run the measurements that were asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=MEASUREMENTS, action="append")
    for name in parser.parse_args().only or MEASUREMENTS:
        module = MEASUREMENTS[name]
        print(f"\n{(module.__doc__ or name).splitlines()[0]}", flush=True)
        for what, value in module.measure():
            print(f"  {what:<44} {value}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
