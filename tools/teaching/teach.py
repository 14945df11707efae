"""Write quizzes and test banks for learning platforms, their numbers from a secret, and guides."""

from __future__ import annotations

import os
import sys

from bank import write_bank
from contents import standing
from deal import dealt, key_of, unvaried
from formats import write
from guides import write_guides
from places import OUTPUT, ROOT
from refusal import RefusalError, ended


def main() -> int:
    """Write all files of all chapters of this copy."""
    try:
        key = key_of(os.environ.get("SECRET", ""))
        for slug, title in standing(ROOT).items():
            file = ROOT / "data" / "quizzes" / f"{slug}.yml"
            if file.is_file():
                items = dealt(file, key)
                write(OUTPUT / "teaching" / "quizzes" / slug, slug, title, items, shown=True)
                for each in unvaried(items):
                    print(f"  {each} has the page's numbers: data/quizzes gives it no others.")
                write_bank(ROOT, OUTPUT, slug, title, key)
        write_guides(ROOT, OUTPUT)
    except ValueError as fault:
        raise RefusalError(f"{fault}.") from None
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
