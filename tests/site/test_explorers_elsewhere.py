"""Explorers where Chromium on a page is not what shows them: in Firefox, and in JupyterLab."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from marionette_driver.by import By
from marionette_driver.keys import Keys
from marionette_driver.marionette import Marionette
from marionette_driver.wait import Wait
from playwright.sync_api import Browser, expect

from built import Built, explorers
from firefox_driver import SECONDS, free_port
from reader import EXPLORING, ROOT, serving

EXPLORER = "model-explorer[id='{}']"


@pytest.fixture(params=["http", "file"])
def home(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{site.as_uri()}/"
    else:
        with serving(site) as server:
            yield server.url("")


def expect_sentence(driver: Marionette, built: Built, sentence: str) -> None:
    """Wait until a sentence is shown, for the picture follows with the screen's next frame."""
    shown = driver.find_element(By.CSS_SELECTOR, f"{EXPLORER.format(built.name)} .mx-sentence")
    # not .text, in which no space is unbreakable
    Wait(driver, timeout=SECONDS).until(
        lambda _: shown.get_property("textContent") == sentence,
        message=f"{built.name}: {shown.text!r}, not {sentence!r}",
    )


@pytest.mark.parametrize("address", EXPLORING)
def test_sliders_answer_in_firefox(
    firefox: Marionette, site: Path, home: str, address: str
) -> None:
    firefox.navigate(f"{home}{address}")
    found = list(explorers(site, address))
    assert found
    for built in found:
        expect_sentence(firefox, built, built.sentences[built.index(built.default)])
        controls = f"{EXPLORER.format(built.name)} .mx-control :is(input, select)"
        stands = [*built.default]
        for k, control in enumerate(firefox.find_elements(By.CSS_SELECTOR, controls)):
            if control.get_property("type") != "range":
                continue
            for key, position in ((Keys.END, built.shape[k] - 1), (Keys.HOME, 0)):
                control.send_keys(key)
                stands[k] = position
                expect_sentence(firefox, built, built.sentences[built.index((*stands,))])


@pytest.mark.parametrize("address", EXPLORING[:1])
def test_an_encoded_link_is_followed_in_firefox(
    firefox: Marionette, site: Path, home: str, address: str
) -> None:
    built = next(built for built in explorers(site, address) if built.axes)
    far = built.corners()[-1]
    firefox.navigate(f"{home}{address}#{quote(built.link(far)[1:], safe='')}")
    expect_sentence(firefox, built, built.sentences[built.index(far)])


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Start JupyterLab, with settings of its own and nothing to reach but this machine."""
    port = free_port()
    folders = ("config", "data", "runtime", "lab")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("EXPLORER_", "JUPYTER"))}
    env |= {f"JUPYTER_{name.upper()}_DIR": str(tmp_path / name) for name in folders[:3]}
    env |= {"PYTHONPATH": str(ROOT / "book"), "IPYTHONDIR": str(tmp_path / "ipython")}
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--port-retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={tmp_path / 'books'}",
        f"--LabApp.user_settings_dir={tmp_path / 'lab'}",
        f"--LabApp.workspaces_dir={tmp_path / 'lab'}",
        f"--LabApp.app_settings_dir={ROOT / 'tools' / 'lab'}",
    ]
    (tmp_path / "books").mkdir()
    write_notebook(tmp_path / "books" / "toy.ipynb")
    address = f"http://127.0.0.1:{port}"
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options], env=env, stdout=log, stderr=log
    )
    try:
        wait_for(f"{address}/api", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=SECONDS)
        log.close()


def write_notebook(path: Path) -> None:
    cell = {
        "cell_type": "code",
        "id": "one",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": "from figures.front import shop_or_bank\nshop_or_bank",
    }
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    book = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book))


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            assert server.poll() is None, "JupyterLab ended at once"
            assert time.monotonic() < ends, "JupyterLab did not answer"
            time.sleep(0.2)


def test_a_slider_answers_in_jupyterlab(chromium: Browser, lab: str) -> None:
    page = chromium.new_page()
    page.set_default_timeout(1000 * SECONDS)
    expect.set_options(timeout=1000 * SECONDS)
    page.goto(f"{lab}/lab/tree/toy.ipynb?reset")
    # a cell run before its kernel is there is not run at all
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.locator(".jp-Notebook .jp-Cell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    output = page.locator(".jp-OutputArea-output")
    sentence = output.locator("p[id$='.sentence']")
    expect(sentence).to_contain_text("the cheaper lender is the bank")
    expect(output.locator("svg")).to_be_visible()
    before = output.locator("svg").inner_html()
    output.locator(".noUi-handle").press("End")
    expect(sentence).to_contain_text("the cheaper lender is the platform")
    assert output.locator("svg").inner_html() != before
    page.close()
