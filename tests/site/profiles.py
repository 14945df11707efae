"""Browser profiles that wait for the next reader.

To open a profile's first window takes a browser most of a visit's time. So a profile that nobody
has changed waits for a reader who asks for the same, with a blank page that keeps its window open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

MOST = 6  # that wait; each holds a process or two
CHANGES = ("add_init_script", "grant_permissions", "route", "set_offline")

WAITING: dict[tuple[Browser, str], BrowserContext] = {}
CHANGED: set[BrowserContext] = set()


def borrowed(browser: Browser, options: dict[str, object]) -> BrowserContext:
    """Take a profile that waits, or make one."""
    if waiting := WAITING.pop((browser, repr(options)), None):
        return waiting
    made = browser.new_context(**options)  # type: ignore[arg-type]
    made.new_page()
    for name in CHANGES:
        setattr(made, name, noting(made, getattr(made, name)))
    return made


def noting(context: BrowserContext, change: Callable[..., Any]) -> Callable[..., Any]:
    """Return a change of a profile that keeps it from the next reader."""

    def noted(*what: object, **how: object) -> Any:
        CHANGED.add(context)
        return change(*what, **how)

    return noted


def given_back(browser: Browser, options: dict[str, object], context: BrowserContext) -> None:
    """Close a profile's pages but the blank one and let it wait, if it is as it was."""
    key = browser, repr(options)
    if context in CHANGED or key in WAITING:
        CHANGED.discard(context)
        context.close()
        return
    forget(context)
    WAITING[key] = context
    if len(WAITING) > MOST:
        WAITING.pop(next(iter(WAITING))).close()


def forget(context: BrowserContext) -> None:
    """Close all pages but the blank one, then clear what they kept: pages write when left."""
    blank, *pages = context.pages
    origins = {
        urlsplit(page.url)._replace(path="", query="", fragment="").geturl() for page in pages
    }
    for page in pages:
        page.close(run_before_unload=False)
    clearer = context.new_cdp_session(blank)
    for origin in origins:
        clearer.send(
            "Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"}
        )
    clearer.detach()
    context.clear_cookies()
