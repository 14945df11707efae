"""What is seen stands in the address, and a link to a state leads there."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from reader import EXPLORING, until
from visits import TOYS, Visit, expect_state, reach

NOT_HERE = "The link asks for “nowhere”, which this page does not hold."


@pytest.mark.parametrize("end", [0, -1])
def test_a_link_restores_its_state(visit: Visit, end: int) -> None:
    """By a link from elsewhere, to one explorer of a page, and from there to the others."""
    for k, built in enumerate(visit.found[end:] + visit.found[:end]):
        corner = built.corners()[end]
        _, explorer = (visit.turn if k else visit.follow)(built, built.link(corner))
        expect_state(explorer, built, corner)
        controls = explorer.locator(".mx-control :is(input:not([type=checkbox]), select)")
        ranges = [
            p for p, axis in zip(corner, built.axes, strict=True) if "on" not in axis["texts"]
        ]
        assert [int(control.input_value()) for control in controls.all()] == ranges
        expect(explorer.page.locator(".mx-banner")).to_have_count(0)
        expect(explorer).to_be_in_viewport()


@pytest.mark.engine
def test_a_link_that_changes_while_the_page_is_open_is_followed(visit: Visit) -> None:
    for built in visit.found:
        _, explorer = visit.open(built)
        for positions in (*built.corners(), built.default):
            visit.turn(built, built.link(positions))
            expect_state(explorer, built, positions)


ENCODED = {
    "?": lambda link: link.replace("?", "%3F"),
    "= and &": lambda link: link.replace("=", "%3D").replace("&", "%26"),
    "all": lambda link: "#" + quote(link[1:], safe=""),
    "twice": lambda link: "#" + quote(quote(link[1:], safe=""), safe=""),
    "as in HTML": lambda link: link.replace("&", "&amp;"),
    "words appended": lambda link: f"{link}&utm_source=letter&fbclid=x%3Fy",
    "words appended, then all": lambda link: "#" + quote(f"{link[1:]}&utm_source=x", safe=""),
    "a second question": lambda link: f"{link}?utm_source=letter",
}


@pytest.mark.engine
@pytest.mark.parametrize("address", [EXPLORING[0], TOYS], indirect=True)
@pytest.mark.parametrize("way", ENCODED)
def test_a_link_survives_what_programs_do_to_it(visit: Visit, way: str) -> None:
    for built in (built for built in visit.found if built.axes):
        far = built.corners()[-1]
        page, explorer = visit.turn(built, ENCODED[way](built.link(far)))
        expect_state(explorer, built, far)
        expect(explorer).to_be_in_viewport()
        expect(page.locator(".mx-banner")).to_have_count(0)


@pytest.mark.engine
def test_a_sign_that_encodes_nothing_is_no_fault(visit: Visit) -> None:
    page, _ = visit.follow(visit.found[0], "#50%")
    page.evaluate("location.hash = '#a%3Fb=%E0%A4%A'")
    assert visit.reader.problems == []


@pytest.mark.engine
def test_the_link_on_show_is_that_of_the_state(visit: Visit) -> None:
    visit.reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for built in (built for built in visit.found if built.axes):
        page, explorer = visit.open(built)
        far = built.corners()[-1]
        reach(explorer, built, far)
        link = explorer.locator(".mx-link")
        expect(link).to_have_attribute("href", built.link(far))
        link.click()
        expect(explorer.locator(".mx-message")).to_have_text("Link copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url == f"{visit.reader.home}{built.page}{built.link(far)}"


@pytest.mark.engine
def test_links_to_what_is_not_there_say_so(visit: Visit) -> None:
    for built in (built for built in visit.found if built.axes):
        axis = built.axes[0]
        offered = built.link(built.corners()[-1])
        for fragment, said in (
            (f"#{built.name}?{axis['name']}=0.123", f"= 0.123; this page holds {axis['texts'][0]}"),
            (f"#{built.name}?colour=red", "sets “colour”, which is no control here"),
            (f"#{built.name}%3Fcolour%3Dred", "sets “colour”, which is no control here"),
        ):
            page, explorer = visit.follow(built, fragment)
            banner = page.locator(".mx-banner")
            expect(banner).to_contain_text(said)
            expect(banner).to_contain_text("the starting state")
            expect(banner).to_be_in_viewport()
            expect_state(explorer, built, built.default)
            page.evaluate("fragment => { location.hash = fragment; }", offered)
            expect(banner).to_have_count(0)
            expect_state(explorer, built, built.corners()[-1])


@pytest.mark.engine
@pytest.mark.parametrize("fragment", ["#nowhere?price=1", "#nowhere%3Fprice=1"])
def test_a_link_to_an_explorer_that_is_not_there_says_so(visit: Visit, fragment: str) -> None:
    page, _ = visit.follow(visit.found[0], fragment)
    banner = page.locator(".mx-banner")
    expect(banner.locator("p")).to_have_text(NOT_HERE)
    expect(banner).to_be_in_viewport(ratio=1)
    expect(banner).to_have_attribute("role", "alert")
    banner.locator("button").click()
    expect(banner).to_have_count(0)


@pytest.mark.engine
def test_what_is_seen_stands_in_the_address(visit: Visit) -> None:
    for built in (built for built in visit.found if built.axes):
        page, explorer = visit.follow(built, "")
        far = built.corners()[-1]
        reach(explorer, built, far)
        seen = f"{visit.reader.home}{built.page}{built.link(far)}"
        page.wait_for_url(seen)
        page.evaluate("scrollTo(0, 0)")
        page.reload()
        expect_state(explorer, built, far)
        assert page.evaluate("scrollY") == 0  # no link has led here
        explorer.locator(".mx-reset:visible").click()
        assert page.url == f"{visit.reader.home}{built.page}#{built.name}"
        page.reload()
        expect_state(explorer, built, built.default)
    assert visit.reader.problems == []


@pytest.mark.engine
def test_the_address_is_written_now_and_then(visit: Visit) -> None:
    built = next(built for built in visit.found if built.axes)
    page, explorer = visit.follow(built, "")
    page.evaluate(
        """() => {
          window.written = 0;
          const write = history.replaceState.bind(history);
          history.replaceState = (...all) => { written += 1; write(...all); };
        }"""
    )
    slider = explorer.locator("input[type=range]").first
    for _ in range(20):
        slider.press("ArrowRight")
        slider.press("ArrowLeft")
    slider.press("End")
    until(page, "end => location.hash.includes(end)", f"={built.axes[0]['tokens'][-1]}")
    assert page.evaluate("written") < 20  # of 41 moves; a browser may allow 100 in half a minute
