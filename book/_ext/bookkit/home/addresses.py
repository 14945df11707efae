"""Where the notebooks can be opened once the book has a public address.

The branch `notebooks` of that address holds what the zip of all notebooks holds: small, and without
the book's own tools, so that each place fetches and installs only what a reader needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlparse

BRANCH = "notebooks"
COLAB = "https://colab.research.google.com/github"
BINDER = "https://mybinder.org/v2/gh"
ADDRESS = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/?")
PULL = "hub/user-redirect/git-pull"


@dataclass(frozen=True)
class Published:
    """The public address of the repository; empty while there is none.

    archive : how the zip of all notebooks is called.
    """

    archive: str
    repository: str = ""

    def __post_init__(self) -> None:
        """Refuse an address from which neither owner nor name can be read."""
        if self.repository and not ADDRESS.fullmatch(self.repository):
            raise ValueError(
                "repository url must be such as https://github.com/owner/name, "
                f"is {self.repository!r}"
            )

    @property
    def name(self) -> str:
        """Owner and name of the repository."""
        return urlparse(self.repository).path.strip("/").removesuffix(".git")

    @property
    def folder(self) -> str:
        """The folder in a download of the branch."""
        return f"{self.name.split('/')[1]}-{BRANCH}"

    @property
    def download(self) -> str:
        """Where the branch is found as a zip."""
        return f"https://github.com/{self.name}/archive/refs/heads/{BRANCH}.zip"

    def colab(self, slug: str) -> str:
        """Open a chapter on Colab."""
        return f"{COLAB}/{self.name}/blob/{BRANCH}/book/{slug}.ipynb"

    def binder(self, slug: str) -> str:
        """Open a chapter on Binder."""
        return f"{BINDER}/{self.name}/{BRANCH}?urlpath={quote(f'lab/tree/book/{slug}.ipynb', '')}"

    def pull(self, slug: str) -> str:
        """Open a chapter on any JupyterHub with nbgitpuller: what follows the hub's own address."""
        place = f"lab/tree/{self.name.split('/')[1]}/book/{slug}.ipynb"
        asked = {"repo": f"https://github.com/{self.name}", "branch": BRANCH, "urlpath": place}
        return f"{PULL}?{urlencode(asked)}"
