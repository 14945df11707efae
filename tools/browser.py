"""Find the browsers that the site's tests drive; fetch one where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from refusal import RefusalError

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL_NAMES = ("chromium-headless-shell", "chrome-headless-shell")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AS_WIDE = "--font-render-hinting=slight"  # the shell's letters are then as wide as Chromium's
UNPACED = "--disable-frame-rate-limit"  # it draws at once, not at a screen's 60 times a second
DOWNLOAD_SECONDS = 600
SHELL_SECONDS = 60


class NoBrowserError(RefusalError):
    """No browser is here and none can be fetched."""


def _installed(names: tuple[str, ...]) -> str | None:
    """Return the path of the first of `names` that is installed."""
    return next(filter(None, map(shutil.which, names)), None)


def _runs(command: list[str], seconds: int = DOWNLOAD_SECONDS) -> bool:
    """Run a download; tell whether it succeeded in time."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _from_debian(package: str, patience: int = DOWNLOAD_SECONDS) -> bool:
    """Install a Debian package, where we are root on such a system and its list comes in time."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    print(f"setup: installing Debian's {package}", flush=True)
    update = _runs(["apt-get", "update"], patience)
    return update and _runs(["apt-get", "install", "-y", package])


def _from_playwright() -> str | None:
    """Return Playwright's own Chromium, downloading it if need be."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        print("setup: downloading Playwright's Chromium", flush=True)
        _runs([sys.executable, "-m", "playwright", "install", "chromium"])
    return path if Path(path).exists() else None


@cache
def chromium() -> str:
    """Return the path of a Chromium.

    $CHROME_PATH, an installed one, Debian's package when we are root, else Playwright's download.
    """
    named = os.environ.get("CHROME_PATH")
    if named and not Path(named).exists():
        raise NoBrowserError(f"CHROME_PATH names {named}, and no file is there.")
    path = named or _installed(CHROMIUM_NAMES)
    if path is None and _from_debian("chromium"):
        path = _installed(CHROMIUM_NAMES)
    path = path or _from_playwright()
    if path is None:
        raise NoBrowserError(
            "no Chromium was found or could be fetched; install Chromium or Chrome."
        )
    return path


def fetch_shell() -> None:
    """Have a shell installed, if it can be had soon: it only saves time."""
    if not os.environ.get("CHROME_PATH") and _installed(SHELL_NAMES) is None:
        _from_debian(SHELL_NAMES[0], SHELL_SECONDS)


@cache
def shell() -> str:
    """Return the path of a Chromium that has no windows: a page costs it half the work.

    It is Chromium's engine without the program around it. $CHROME_PATH goes before it, and any
    Chromium does where there is none.
    """
    named = os.environ.get("CHROME_PATH")
    return (None if named else _installed(SHELL_NAMES)) or chromium()


@cache
def firefox() -> str | None:
    """Return the path of a Firefox, or None where it cannot be had."""
    names = ("firefox-esr", "firefox")
    if _installed(names) is None:
        _from_debian("firefox-esr")
    return _installed(names)


@cache
def webkit() -> tuple[str, str, str] | None:
    """Return the paths of a WebKit's driver, of its browser and of a screen for it, or None."""
    for name, package in (("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")):
        if _installed((name,)) is None:
            _from_debian(package)
    driver, screen = _installed(("WebKitWebDriver",)), _installed(("Xvfb",))
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"), None)
    return (driver, str(browser), screen) if driver and browser and screen else None
