"""The newest axe-core, locked and fetched by npm, and what it finds wrong on a page."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from npm import file_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another width or theme may break; the others read names and roles, which stay.
SEEN = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
]


def violations(
    page: Page, within: str | None = None, rules: Sequence[str] | None = None
) -> list[str]:
    """Return what axe finds wrong, on the whole page or within what a selector finds.

    By all rules, or by some.
    """
    page.evaluate(f"() => {{ {file_of('axe-core', 'axe.min.js')} }}")
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    run = "([within, options]) => axe.run(within ?? document, options)"
    found = page.evaluate(run, [within, options])
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
