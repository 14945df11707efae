"""Browser profiles that wait for the next reader.

To open a window takes a browser most of a visit's time, and a tab in it half of what is left. So a
profile that nobody has changed waits for a reader who asks for the same, with one blank tab for the
first page: the tab that was there before, if nobody has changed it either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

MOST = 6  # that wait; each holds a process or two
CHANGES = ("add_init_script", "grant_permissions", "route", "set_offline")
# What a tab keeps when it shows another page.
OF_A_TAB = ("add_init_script", "emulate_media", "expose_function", "on", "route",
            "set_viewport_size")  # fmt: skip

WAITING: dict[tuple[Browser, str], BrowserContext] = {}
CHANGED: set[BrowserContext] = set()
TABS: dict[BrowserContext, Page] = {}  # that nobody has changed


def borrowed(browser: Browser, options: dict[str, object]) -> BrowserContext:
    """Take a profile that waits, or make one."""
    if waiting := WAITING.pop((browser, repr(options)), None):
        return waiting
    made = browser.new_context(**options)  # type: ignore[arg-type]
    for name in CHANGES:
        note(made, name, lambda: CHANGED.add(made))
    blank_tab(made)
    return made


def note(lent: BrowserContext | Page, name: str, changed: Callable[[], object]) -> None:
    """Have a change of what is lent keep it from the next reader."""
    change = getattr(lent, name)

    def noted(*what: object, **how: object) -> Any:
        changed()
        return change(*what, **how)

    setattr(lent, name, noted)


def blank_tab(context: BrowserContext) -> Page:
    """Return the tab in which the next reader's first page opens."""
    tab = TABS.get(context)
    if tab is None or tab.is_closed():
        tab = TABS[context] = context.new_page()
        for name in OF_A_TAB:
            note(tab, name, lambda: TABS.pop(context, None))
    return tab


def given_back(browser: Browser, options: dict[str, object], context: BrowserContext) -> None:
    """Leave a profile with a blank tab and let it wait, if it is as it was."""
    key = browser, repr(options)
    if context in CHANGED or key in WAITING:
        close(context)
        return
    forget(context)
    WAITING[key] = context
    if len(WAITING) > MOST:
        close(WAITING.pop(next(iter(WAITING))))


def close(context: BrowserContext) -> None:
    CHANGED.discard(context)
    TABS.pop(context, None)
    context.close()


def forget(context: BrowserContext) -> None:
    """Close all pages but the blank one, then clear what they kept: pages write when left."""
    origins = {
        urlsplit(page.url)._replace(path="", query="", fragment="").geturl()
        for page in context.pages
    }
    tab = blank_tab(context)
    for page in context.pages:
        if page is not tab:
            page.close(run_before_unload=False)
    tab.goto("about:blank")
    clearer = context.new_cdp_session(tab)
    clearer.send("Page.resetNavigationHistory")
    for origin in origins:
        clearer.send(
            "Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"}
        )
    clearer.detach()
    context.clear_cookies()
