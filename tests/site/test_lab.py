"""Chapters as notebooks: JupyterLab in a real browser, started with the project's settings."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lab import SECONDS, Lab, running

NOTEBOOK = ".jp-NotebookPanel:visible"
CODE = f"{NOTEBOOK} .jp-CodeCell .cm-content"
# Ends the kernels, as a restart of the server would.
END_SESSIONS = """
async () => {
  const token = document.cookie.match(/_xsrf=([^;]+)/)[1];
  for (const session of await (await fetch("/api/sessions")).json()) {
    const ending = {method: "DELETE", headers: {"X-XSRFToken": token}};
    await fetch(`/api/sessions/${session.id}`, ending);
  }
}
"""
# Keys reach commands before they reach what has the focus: in Jupyter Notebook 7, and in older
# JupyterLabs.
COMMANDS_FIRST = """
const listen = document.addEventListener;
document.addEventListener = (type, heard, how) =>
  listen.call(document, type, heard, type === "keydown" || how);
"""
EXPLORER_CELL = "from figures.front import shop_or_bank\nshop_or_bank"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """Return one profile for all, which loads JupyterLab's scripts once."""
    context = chromium.new_context()
    context.set_default_timeout(1000 * SECONDS)
    yield context
    context.close()


@pytest.fixture
def tab(profile: BrowserContext) -> Iterator[Page]:
    expect.set_options(timeout=1000 * SECONDS)
    page = profile.new_page()
    yield page
    page.close()


def open_file(tab: Page, lab: Lab, name: str) -> None:
    """Open a file by a double click, and wait for its kernel: cells run earlier are not run."""
    tab.goto(f"{lab.address}/lab?reset")
    tab.locator(".jp-DirListing-item").get_by_text(name, exact=True).dblclick()
    expect(tab.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()


def save(tab: Page) -> None:
    """Save by the keyboard, and wait until the server has written the file."""
    with tab.expect_response(
        lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url
    ) as saved:
        tab.keyboard.press("Control+s")
    assert saved.value.ok


def test_each_page_is_a_notebook_by_jupytext(lab: Lab) -> None:
    settings = lab.answer("lab/api/settings/@jupyterlab/docmanager-extension:plugin")
    viewers = settings["schema"]["properties"]["defaultViewers"]["default"]
    assert viewers["markdown"] == "Jupytext Notebook"
    for page in sorted(lab.folder.glob("*.md")):
        model = lab.answer(f"api/contents/{page.name}?content=0")
        assert (page.name, model["type"]) == (page.name, "notebook")


def test_a_chapter_opened_by_a_double_click_is_saved_as_it_was(tab: Page, lab: Lab) -> None:
    file = lab.folder / "spread.md"
    before = file.read_text("utf-8").splitlines()
    open_file(tab, lab, file.name)
    expect(tab.locator(f"{NOTEBOOK} .jp-MarkdownCell h1")).to_contain_text("intermediation spread")
    tab.locator(f"{NOTEBOOK} .jp-MarkdownCell").first.click()
    save(tab)
    assert file.read_text("utf-8").splitlines() == before

    tab.locator(CODE).first.click()
    tab.keyboard.press("Control+Home")
    tab.keyboard.type("# mine\n")
    save(tab)
    after = file.read_text("utf-8").splitlines()
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    assert changed == ["+ # mine"]


def test_a_slider_answers_and_a_picture_is_shown_once_with_the_kernel_and_without(
    tab: Page, lab: Lab
) -> None:
    write_notebook(lab.folder / "toy.ipynb")
    open_file(tab, lab, "toy.ipynb")
    tab.locator(CODE).first.click()
    tab.keyboard.press("Shift+Enter")
    output = tab.locator(f"{NOTEBOOK} .jp-OutputArea-output")
    sentence = output.locator("p[id$='.sentence']:visible")
    picture = output.locator("svg[aria-labelledby]:visible")
    expect(sentence).to_contain_text("the cheaper lender is the bank")
    expect(picture).to_have_count(1)
    before = picture.inner_html()
    output.locator(".noUi-handle").press("End")
    expect(sentence).to_contain_text("the cheaper lender is the platform")
    assert picture.inner_html() != before
    assert "without encryption" not in (lab.folder.parent / "log").read_text("utf-8")

    save(tab)
    tab.evaluate(END_SESSIONS)
    open_file(tab, lab, "toy.ipynb")
    still = tab.locator(f"{NOTEBOOK} [id$='.still']")
    expect(still.locator("svg")).to_be_visible()
    expect(still).to_contain_text("the cheaper lender is the bank")


def test_an_arrow_moves_the_slider_and_not_the_notebook(tab: Page, lab: Lab) -> None:
    """And what is no plain key stays a command, as to save the notebook."""
    tab.add_init_script(COMMANDS_FIRST)
    write_notebook(lab.folder / "arrow.ipynb")
    open_file(tab, lab, "arrow.ipynb")
    tab.locator(CODE).first.click()
    tab.keyboard.press("Control+Enter")
    output = tab.locator(f"{NOTEBOOK} .jp-OutputArea-output")
    sentence = output.locator("p[id$='.sentence']:visible")
    before = sentence.inner_text()
    output.locator(".noUi-handle").press("ArrowRight")
    expect(sentence).not_to_have_text(before)
    save(tab)


def write_notebook(path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(EXPLORER_CELL)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)
